//! When each phase runs: what the speech says, what the unit says, and what we assume.

use crate::catalogue::kinds::Phase;
use crate::cycle::Cycle;
use crate::date::Date;

/// The unit's own dates for the two phases that the speech does not date.
///
/// The other two are bound by the speech; a unit that wants finer dates there has milestones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PhaseDates {
    /// 动员部署
    pub mobilisation: Span,
    /// 前期研究
    pub research: Span,
}

/// From when to when; either may be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    pub start: Option<Date>,
    pub end: Option<Date>,
}

/// Whose word a date is; never shown without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// It follows from the speech and the cycle.
    Speech,
    /// The unit entered it.
    Own,
    /// We assume it: 建议.
    Assumed,
}

/// One end of a phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    pub date: Date,
    pub basis: Basis,
}

/// From when to when a phase runs, both days included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub phase: Phase,
    pub start: Edge,
    pub end: Edge,
}

impl PhaseDates {
    /// What the unit entered for this phase; nothing for a phase that the speech dates.
    #[must_use]
    pub fn of(&self, phase: Phase) -> Span {
        match phase {
            Phase::Mobilisation => self.mobilisation,
            Phase::Research => self.research,
            Phase::Drafting | Phase::Approval => Span::default(),
        }
    }
}

/// The last day of a phase that is not merely assumed: the unit's own end, unless the speech binds earlier.
#[must_use]
pub fn limit(cycle: Cycle, own: &PhaseDates, phase: Phase) -> Edge {
    let date = if phase == Phase::Approval { cycle.approval_by() } else { cycle.proposals_by() };
    match own.of(phase).end {
        Some(end) if end < date => Edge { date: end, basis: Basis::Own },
        _ => Edge { date, basis: Basis::Speech },
    }
}

/// The four phases, in their order, with what is not known assumed.
///
/// The last ends are the speech's. Of the time from the beginning of the year before the plan (when, as the speech says,
/// the city settles its scheme) to the proposals, we give a sixth to 动员部署, a third to 前期研究 and half to 起草修改, to the
/// end of a month where there is room. Where that time has already begun on `from`, only what is left is shared out.
#[must_use]
pub fn windows(cycle: Cycle, own: &PhaseDates, from: Option<Date>) -> [Window; 4] {
    let by = cycle.proposals_by();
    let new_year = cycle.day(-1, 1, 1);
    let begin = from.filter(|from| (new_year..=by).contains(from)).unwrap_or(new_year);
    let (mobilisation, research) = (own.mobilisation, own.research);
    let or = |own: Option<Date>, assumed: Date| match own {
        Some(date) => Edge { date, basis: Basis::Own },
        None => Edge { date: assumed, basis: Basis::Assumed },
    };
    let speech = |date| Edge { date, basis: Basis::Speech };

    let first_entered = [mobilisation.end, research.start, research.end].into_iter().flatten().min();
    let start = or(mobilisation.start, first_entered.map_or(begin, |date| begin.min(date.month_start())));
    let end = or(
        mobilisation.end,
        match (research.start, research.end) {
            (Some(next), _) => next.add_days(-1).max(start.date),
            (None, Some(end)) => share(start.date, end, 1, 3),
            (None, None) => share(start.date, by, 1, 6),
        },
    );
    let mobilisation = Window { phase: Phase::Mobilisation, start, end };

    let next = end.date.add_days(1);
    let start = or(research.start, research.end.unwrap_or(by).min(next));
    let end = or(research.end, share(start.date, by, 2, 5));
    let research = Window { phase: Phase::Research, start, end };

    let start = or(None, by.min(end.date.add_days(1)));
    let drafting = Window { phase: Phase::Drafting, start, end: speech(by) };
    let approval = Window { phase: Phase::Approval, start: speech(by), end: speech(cycle.approval_by()) };
    [mobilisation, research, drafting, approval]
}

/// The last day of the first `part` of `whole` equal parts, moved to the nearest month's end where it is longer than a
/// month.
fn share(start: Date, end: Date, part: i32, whole: i32) -> Date {
    let days = start.days_until(end).max(0) * part / whole;
    let date = start.add_days(days);
    if days <= 31 {
        return date;
    }
    let (before, after) = (date.month_start().add_days(-1), date.month_end());
    if before.days_until(date) <= date.days_until(after) { before } else { after.min(end) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::as_entered::{date, own};

    fn check_windows(own_dates: [&str; 4], from: &str, expected: [&str; 5]) {
        let windows = windows(Cycle(2021), &own(own_dates), date(from));
        let [mobilisation, research, drafting, approval] = windows;
        let edges = [mobilisation.start, mobilisation.end, research.start, research.end, drafting.start];
        assert_eq!(edges.map(|edge| edge.date.to_string()), expected);
        for (edge, own) in edges.iter().zip(own_dates) {
            assert_eq!(edge.basis, if own.is_empty() { Basis::Assumed } else { Basis::Own });
        }
        let speech = |text| Edge { date: date(text).expect("a date"), basis: Basis::Speech };
        assert_eq!(drafting.end, speech("2020-12-31"));
        assert_eq!((approval.start, approval.end), (speech("2020-12-31"), speech("2021-06-30")));
    }

    #[test]
    fn what_is_not_dated_is_assumed_around_what_is() {
        let none = [""; 4];
        let whole_year = ["2020-01-01", "2020-02-29", "2020-03-01", "2020-06-30", "2020-07-01"];
        check_windows(none, "", whole_year);
        check_windows(none, "2019-06-01", whole_year);
        check_windows(none, "2021-03-01", whole_year);
        check_windows(none, "2020-09-01", ["2020-09-01", "2020-09-21", "2020-09-22", "2020-10-31", "2020-11-01"]);
        check_windows(none, "2020-12-31", ["2020-12-31"; 5]);
        check_windows(
            ["2019-03-01", "", "", "2020-03-31"],
            "",
            ["2019-03-01", "2019-06-30", "2019-07-01", "2020-03-31", "2020-04-01"],
        );
        check_windows(
            ["", "2019-11-20", "", ""],
            "",
            ["2019-11-01", "2019-11-20", "2019-11-21", "2020-04-30", "2020-05-01"],
        );
        check_windows(
            ["", "", "2020-04-10", ""],
            "",
            ["2020-01-01", "2020-04-09", "2020-04-10", "2020-07-31", "2020-08-01"],
        );
    }
}
