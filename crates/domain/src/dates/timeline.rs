//! 节点图, laid out but not drawn: where along the axis each thing lies.

use crate::catalogue::kinds::Phase;
use crate::date::Date;
use crate::dates::chart::{Chart, Flow, Label};
use crate::dates::phases::{Edge, Window};
use crate::dates::urgency::Urgency;

/// The chart laid out. Positions are whole units along the axis, from 0 to `length`.
///
/// A date's mark lies where the day ends: what is due on a day may be done on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    pub length: i32,
    /// The days on which the axis begins and ends.
    pub first: Date,
    pub last: Date,
    /// In the order of the dates.
    pub ticks: Vec<Tick>,
    pub bars: [Bar; 4],
    /// Due dates; by phase, then date.
    pub dots: Vec<Dot>,
    /// In the order of the dates.
    pub marks: Vec<Mark>,
    /// How many lanes the labels take.
    pub lanes: usize,
}

/// Where a month or, on a long axis, a quarter begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tick {
    pub at: i32,
    pub date: Date,
}

/// A phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    pub phase: Phase,
    pub start: Edge,
    pub end: Edge,
    pub from: i32,
    pub to: i32,
    /// How far along the axis its progress reaches: between `from` and `to`.
    pub done: i32,
}

/// What one phase has due on one date, or on several that lie too close to tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dot {
    pub phase: Phase,
    pub date: Date,
    /// The last of its dates; mostly the same.
    pub until: Date,
    pub at: i32,
    /// Dots that would cover each other lie in lanes of their own, of [`DOT_LANES`].
    pub lane: usize,
    pub count: usize,
    /// `None` where all of it is closed.
    pub worst: Option<Urgency>,
}

/// How many dots may lie beside each other, and how much of the axis one takes.
pub const DOT_LANES: usize = 3;
pub const DOT_EXTENT: i32 = 9;

/// A date with a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    pub label: Label,
    pub date: Date,
    pub at: i32,
    /// The date lies beyond the axis, and the mark at its end.
    pub is_outside: bool,
    pub lane: usize,
    /// The label takes the axis from here…
    pub label_from: i32,
    /// …to here.
    pub label_to: i32,
}

/// Lays the chart out along an axis of this length (at least, for [`Flow::Down`]).
///
/// `extent` says how much of the axis a label takes; a label longer than the axis is cut to it.
///
/// The axis shows whole months: the phases, the binding dates, the milestones and the due dates, but no more than four
/// years before the plan's first year and the first two years of the plan. What lies beyond, as today may, is put at
/// its end.
#[must_use]
pub fn layout(chart: &Chart<'_>, flow: Flow, length: i32, extent: &dyn Fn(Label) -> i32) -> Timeline {
    let cycle = chart.cycle;
    let mut dated = vec![(Label::Proposals, cycle.proposals_by()), (Label::Approval, cycle.approval_by())];
    let milestones = chart.milestones.iter().enumerate();
    dated.extend(milestones.filter_map(|(at, milestone)| Some((Label::Milestone(at), milestone.date?))));

    let edges = chart.windows.iter().flat_map(|window| [window.start.date, window.end.date]);
    let shown = edges.chain(dated.iter().map(|dated| dated.1)).chain(chart.dues.iter().map(|due| due.1));
    let (earliest, latest) = (cycle.day(-4, 1, 1), cycle.day(1, 12, 31));
    let (mut first, mut last) = (cycle.proposals_by(), cycle.approval_by());
    for date in shown {
        first = first.min(date.max(earliest));
        last = last.max(date.min(latest));
    }
    let (first, last) = (first.month_start(), last.month_end());

    dated.extend(chart.today.map(|today| (Label::Today, today)));
    dated.sort_by_key(|dated| dated.1);
    let extents: Vec<_> = dated.iter().map(|dated| extent(dated.0).max(0)).collect();
    let length = match flow {
        Flow::Across => length.max(1),
        Flow::Down => length.max(extents.iter().sum()).max(1),
    };

    let days = first.days_until(last) + 1;
    let begin = |date: Date| first.days_until(date).clamp(0, days) * length / days;
    let end = |date: Date| (first.days_until(date) + 1).clamp(0, days) * length / days;

    let step = if days > 366 * 2 { 3 } else { 1 };
    let months = std::iter::successors(Some(first), |month| Some(month.month_end().add_days(1)));
    let ticks = months
        .take_while(|month| *month < last)
        .filter(|month| (month.month() - 1) % step == 0)
        .map(|date| Tick { at: begin(date), date })
        .collect();

    let bars = chart.windows.map(|Window { phase, start, end: edge }| {
        let from = begin(start.date);
        let to = end(edge.date).max(from);
        let percent = chart.progress[phase as usize].map_or(0, |percent| i32::from(percent.min(100)));
        Bar { phase, start, end: edge, from, to, done: from + (to - from) * percent / 100 }
    });

    let mut marks: Vec<_> = dated
        .iter()
        .zip(extents)
        .map(|(&(label, date), extent)| {
            let (at, extent) = (end(date), extent.min(length));
            let label_from = (at - extent / 2).clamp(0, length - extent);
            let is_outside = !(first..=last).contains(&date);
            Mark { label, date, at, is_outside, lane: 0, label_from, label_to: label_from + extent }
        })
        .collect();
    let lanes = match flow {
        Flow::Across => stack(&mut marks),
        Flow::Down => {
            nudge(&mut marks, length);
            1
        }
    };
    Timeline { length, first, last, ticks, bars, dots: fan_out(&dots(chart.dues, end)), marks, lanes }
}

/// Puts each label into the first lane where it is free; the number of lanes.
fn stack(marks: &mut [Mark]) -> usize {
    let mut lanes: Vec<i32> = Vec::new();
    for mark in marks {
        let free = lanes.iter().position(|taken| *taken <= mark.label_from);
        mark.lane = free.unwrap_or(lanes.len());
        lanes.resize(lanes.len().max(mark.lane + 1), 0);
        lanes[mark.lane] = mark.label_to;
    }
    lanes.len()
}

/// Moves labels on until each is clear of the one before, then back until the last is within the axis.
fn nudge(marks: &mut [Mark], length: i32) {
    let mut free = 0;
    for mark in &mut *marks {
        let on = (free - mark.label_from).max(0);
        mark.label_from += on;
        mark.label_to += on;
        free = mark.label_to;
    }
    let mut free = length;
    for mark in marks.iter_mut().rev() {
        let back = (mark.label_to - free).max(0);
        mark.label_from -= back;
        mark.label_to -= back;
        free = mark.label_from;
    }
}

fn dots(dues: &[(Phase, Date, Option<Urgency>)], end: impl Fn(Date) -> i32) -> Vec<Dot> {
    let mut dots: Vec<Dot> = Vec::new();
    for &(phase, date, urgency) in dues {
        let at = dots.partition_point(|dot| (dot.phase, dot.date) < (phase, date));
        match dots.get_mut(at) {
            Some(dot) if (dot.phase, dot.date) == (phase, date) => {
                dot.count += 1;
                dot.worst = Urgency::worst(dot.worst.into_iter().chain(urgency));
            }
            _ => {
                let dot = Dot { phase, date, until: date, at: end(date), lane: 0, count: 1, worst: urgency };
                dots.insert(at, dot);
            }
        }
    }
    dots
}

/// Puts each dot into the first lane where it covers none. Where all are taken it becomes part of the dot before it.
fn fan_out(dots: &[Dot]) -> Vec<Dot> {
    let mut fanned: Vec<Dot> = Vec::new();
    for dot in dots {
        let covers = |lane: usize| {
            let last = fanned.iter().rev().find(|other| other.phase == dot.phase && other.lane == lane);
            last.is_some_and(|other| dot.at - other.at < DOT_EXTENT)
        };
        match ((0..DOT_LANES).find(|lane| !covers(*lane)), fanned.last_mut()) {
            (None, Some(other)) => {
                other.until = dot.date;
                other.count += dot.count;
                other.worst = Urgency::worst(other.worst.into_iter().chain(dot.worst));
            }
            (lane, _) => fanned.push(Dot { lane: lane.unwrap_or(0), ..*dot }),
        }
    }
    fanned
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cycle::Cycle;
    use crate::dates::milestone::Milestone;
    use crate::dates::phases::{PhaseDates, windows};

    fn date(text: &str) -> Date {
        Date::parse(text).expect("a date")
    }

    fn chart<'a>(milestones: &'a [Milestone], dues: &'a [(Phase, Date, Option<Urgency>)], today: &str) -> Chart<'a> {
        Chart {
            cycle: Cycle(2021),
            windows: windows(Cycle(2021), &PhaseDates::default(), None),
            progress: [Some(100), Some(50), Some(0), None],
            milestones,
            dues,
            today: Date::parse(today),
        }
    }

    #[test]
    fn the_axis_runs_from_the_first_phase_to_the_approval() {
        // One unit a day: 366 days of 2020 and 181 of 2021.
        let timeline = layout(&chart(&[], &[], "2020-06-30"), Flow::Across, 547, &|_| 10);
        assert_eq!((timeline.first, timeline.last), (date("2020-01-01"), date("2021-06-30")));
        assert_eq!(timeline.bars.map(|bar| (bar.from, bar.to)), [(0, 60), (60, 182), (182, 366), (365, 547)]);
        assert_eq!(timeline.bars.map(|bar| bar.done), [60, 121, 182, 365]);
        let marks: Vec<_> = timeline.marks.iter().map(|mark| (mark.label, mark.at, mark.label_from)).collect();
        assert_eq!(marks, [(Label::Today, 182, 177), (Label::Proposals, 366, 361), (Label::Approval, 547, 537)]);
        assert_eq!((timeline.ticks.len(), timeline.ticks[1]), (18, Tick { at: 31, date: date("2020-02-01") }));
        assert_eq!(timeline.lanes, 1);
    }

    #[test]
    fn what_lies_beyond_the_axis_is_put_at_its_end_and_says_so() {
        let milestone = |text| Milestone { date: Some(date(text)), ..Milestone::default() };
        let milestones = [milestone("2023-01-01"), milestone("2016-12-31"), Milestone::default()];
        let timeline = layout(&chart(&milestones, &[], "2035-01-01"), Flow::Across, 1000, &|_| 0);
        assert_eq!((timeline.first, timeline.last), (date("2017-01-01"), date("2022-12-31")));
        let marks: Vec<_> = timeline.marks.iter().map(|mark| (mark.label, mark.at, mark.is_outside)).collect();
        assert_eq!(marks[0], (Label::Milestone(1), 0, true));
        assert_eq!(marks[3..], [(Label::Milestone(0), 1000, true), (Label::Today, 1000, true)]);
        assert!(timeline.ticks.iter().all(|tick| tick.date.month() % 3 == 1), "a long axis shows quarters");
    }

    #[test]
    fn labels_of_one_day_give_way() {
        let milestone = Milestone { date: Some(date("2020-12-31")), ..Milestone::default() };
        let milestones = [milestone.clone(), milestone];
        let labels = |flow| {
            let timeline = layout(&chart(&milestones, &[], ""), flow, 547, &|_| 20);
            timeline.marks.iter().map(|mark| (mark.lane, mark.label_from)).collect::<Vec<_>>()
        };
        assert_eq!(labels(Flow::Across), [(0, 356), (1, 356), (2, 356), (0, 527)]);
        assert_eq!(labels(Flow::Down), [(0, 356), (0, 376), (0, 396), (0, 527)]);
    }

    #[test]
    fn due_dates_are_counted_by_phase_and_day() {
        let (early, late) = (date("2020-03-02"), date("2020-09-30"));
        let dues = [
            (Phase::Drafting, late, Some(Urgency::Normal)),
            (Phase::Research, early, None),
            (Phase::Drafting, late, Some(Urgency::Overdue)),
            (Phase::Drafting, late, None),
        ];
        let timeline = layout(&chart(&[], &dues, ""), Flow::Down, 547, &|_| 20);
        let dots: Vec<_> = timeline.dots.iter().map(|dot| (dot.phase, dot.at, dot.count, dot.worst)).collect();
        let expected = [(Phase::Research, 62, 1, None), (Phase::Drafting, 274, 3, Some(Urgency::Overdue))];
        assert_eq!(dots, expected);
    }

    #[test]
    fn dots_that_would_cover_each_other_fan_out_and_the_fourth_joins_the_third() {
        let days = ["2020-09-01", "2020-09-02", "2020-09-03", "2020-09-04", "2020-09-10"];
        let mut dues: Vec<_> = days.map(|day| (Phase::Drafting, date(day), Some(Urgency::Normal))).to_vec();
        dues.push((Phase::Approval, date("2020-09-02"), None));
        let timeline = layout(&chart(&[], &dues, ""), Flow::Across, 547, &|_| 20);
        let dots: Vec<_> = timeline.dots.iter().map(|dot| (dot.phase, dot.at, dot.lane, dot.count)).collect();
        let drafting = [(245, 0, 1), (246, 1, 1), (247, 2, 2), (254, 0, 1)];
        let mut expected: Vec<_> = drafting.map(|(at, lane, count)| (Phase::Drafting, at, lane, count)).to_vec();
        expected.push((Phase::Approval, 246, 0, 1));
        assert_eq!(dots, expected);
        assert_eq!((timeline.dots[2].date, timeline.dots[2].until), (date("2020-09-03"), date("2020-09-04")));
    }
}
