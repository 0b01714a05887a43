//! When things are due: dates, planning cycles, schedules, the chart and the calendar file.

pub mod calendar;
pub mod cycle;
pub mod date;
pub mod schedule;
pub mod timeline;
pub mod urgency;
