//! When things are due: schedules, the chart and the calendar file.

pub mod calendar;
pub mod chart;
pub mod milestone;
pub mod phases;
pub mod schedule;
pub mod timeline;
pub mod urgency;
pub mod warnings;

#[cfg(test)]
mod as_entered;
