//! When each phase runs and when each thing is due: what the speech says, what the unit says, and what we propose.

use crate::catalogue::{Phase, Requirement, RequirementId};
use crate::dates::cycle::Cycle;
use crate::dates::date::Date;

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

/// 自定节点: a date the unit set itself, and what is to be done by then.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Milestone {
    pub name: String,
    /// `None` while it is being entered.
    pub date: Option<Date>,
    /// May be empty: an event, such as a meeting.
    pub requirements: Vec<RequirementId>,
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

/// Something about entered dates that the unit should look at. Nothing is ever changed because of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warning {
    /// The phase ends before it starts.
    EndBeforeStart(Phase),
    /// 前期研究 starts or ends before 动员部署 does.
    PhasesSwapped,
    /// The phase starts or ends after the day by which the next one must be finished.
    PhaseTooLate { phase: Phase, limit: Edge },
    /// The milestone at this index comes after the end of the phase of something to be done by then, or, where it names
    /// nothing, after the end of the last phase.
    MilestoneTooLate { at: usize, phase: Phase, limit: Edge },
    /// The requirement is due after its phase ends.
    DueTooLate { id: RequirementId, phase: Phase, limit: Edge },
}

/// 倒排工期: due dates for the unit to look over, and the phases they were laid into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub windows: [Window; 4],
    /// In the order of the dates.
    pub dues: Vec<(RequirementId, Date)>,
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

/// The date by which the speech itself wants this requirement done (`2.2-b`, `2.2-c`).
#[must_use]
pub fn binding_due(cycle: Cycle, id: RequirementId) -> Option<Date> {
    match id.as_str() {
        "2.2-b" => Some(cycle.proposals_by()),
        "2.2-c" => Some(cycle.approval_by()),
        _ => None,
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

/// Proposes a due date for each of these requirements, which come in the order of the catalogue.
///
/// From the binding dates backwards. Phase follows phase, within a phase step follows step, and what the speech binds
/// to a date closes its phase. The workdays of a phase are shared out evenly. No date is after its phase's end, none on
/// a weekend, and each is on or after the one before. None is before `from` either, unless its phase has ended by then
/// (which is late, and has to look so).
#[must_use]
pub fn back_schedule(
    cycle: Cycle,
    own: &PhaseDates,
    requirements: impl IntoIterator<Item = &'static Requirement>,
    from: Option<Date>,
) -> Proposal {
    let windows = windows(cycle, own, from);
    let asked: Vec<_> = requirements.into_iter().collect();
    let mut dues = Vec::with_capacity(asked.len());
    let mut latest = cycle.approval_by();
    for window in windows.iter().rev() {
        latest = latest.min(window.end.date);
        let start = from.filter(|from| *from <= latest).map_or(window.start.date, |from| from.max(window.start.date));
        let last = latest.workday_number();
        let first = start.workday_or_after().workday_number().min(last);
        let group = asked.iter().rev().copied().filter(|requirement| requirement.phase == window.phase);
        let (bound, free): (Vec<&Requirement>, Vec<_>) =
            group.partition(|requirement| binding_due(cycle, requirement.id).is_some());
        let count = i32::try_from(bound.len() + free.len()).unwrap_or(i32::MAX);
        for (after, requirement) in (0..).zip(bound.into_iter().chain(free)) {
            let share = (last - first + 1) * after / count;
            latest = Date::of_workday_number(last - share);
            dues.push((requirement.id, latest));
        }
    }
    dues.reverse();
    Proposal { windows, dues }
}

/// Everything about the entered dates that the unit should look at: phases, then milestones, then due dates.
#[must_use]
pub fn warnings(
    cycle: Cycle,
    own: &PhaseDates,
    milestones: &[Milestone],
    dues: impl IntoIterator<Item = (&'static Requirement, Date)>,
) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let is_before = |one: Option<Date>, other: Option<Date>| one.zip(other).is_some_and(|(one, other)| one < other);
    let (mobilisation, research) = (own.mobilisation, own.research);
    let phases = [(Phase::Mobilisation, mobilisation), (Phase::Research, research)];
    for (phase, span) in phases {
        if is_before(span.end, span.start) {
            warnings.push(Warning::EndBeforeStart(phase));
        }
    }
    if is_before(research.start, mobilisation.start)
        || is_before(research.end, mobilisation.end)
        || is_before(research.end, mobilisation.start)
    {
        warnings.push(Warning::PhasesSwapped);
    }
    for (phase, span) in phases {
        let limit = limit(cycle, &PhaseDates::default(), phase);
        if is_before(Some(limit.date), span.start.max(span.end)) {
            warnings.push(Warning::PhaseTooLate { phase, limit });
        }
    }
    for (at, milestone) in milestones.iter().enumerate() {
        let named = crate::CATALOGUE.requirements().filter(|found| milestone.requirements.contains(&found.id));
        let phase = named.map(|requirement| requirement.phase).min_by_key(|phase| limit(cycle, own, *phase).date);
        let phase = phase.unwrap_or(Phase::Approval);
        let limit = limit(cycle, own, phase);
        if is_before(Some(limit.date), milestone.date) {
            warnings.push(Warning::MilestoneTooLate { at, phase, limit });
        }
    }
    for (requirement, due) in dues {
        let (id, phase) = (requirement.id, requirement.phase);
        let limit = limit(cycle, own, phase);
        if limit.date < due {
            warnings.push(Warning::DueTooLate { id, phase, limit });
        }
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{CATALOGUE, UnitKind};

    fn date(text: &str) -> Option<Date> {
        (!text.is_empty()).then(|| Date::parse(text).expect("a date"))
    }

    /// Own dates: 动员部署 from and to, 前期研究 from and to; empty where not entered.
    fn own(dates: [&str; 4]) -> PhaseDates {
        let [a, b, c, d] = dates.map(date);
        PhaseDates { mobilisation: Span { start: a, end: b }, research: Span { start: c, end: d } }
    }

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

    fn check_warnings(own_dates: [&str; 4], milestone: (&str, &[&str]), due: (&str, &str), expected: &[Warning]) {
        let find = |id: &str| CATALOGUE.requirement(id).expect("a requirement");
        let milestone = Milestone {
            name: String::new(),
            date: date(milestone.0),
            requirements: milestone.1.iter().map(|id| find(id).id).collect(),
        };
        let dues = date(due.1).map(|date| (find(due.0), date));
        assert_eq!(warnings(Cycle(2021), &own(own_dates), &[milestone], dues), expected);
    }

    #[test]
    fn impossible_dates_are_pointed_out() {
        use Phase::{Approval, Drafting, Mobilisation, Research};
        use Warning::{DueTooLate, EndBeforeStart, MilestoneTooLate, PhaseTooLate, PhasesSwapped};
        let none = [""; 4];
        let speech = |text| Edge { date: date(text).expect("a date"), basis: Basis::Speech };
        let (proposals, approval) = (speech("2020-12-31"), speech("2021-06-30"));
        let ours = Edge { date: date("2020-06-30").expect("a date"), basis: Basis::Own };
        let fine = ["2020-01-01", "2020-03-01", "2020-02-01", "2020-06-30"];

        check_warnings(none, ("", &[]), ("2.2-b", ""), &[]);
        check_warnings(fine, ("2020-06-30", &["2.3-a"]), ("2.2-b", "2020-12-31"), &[]);
        check_warnings(["2020-03-01", "2020-02-29", "", ""], ("", &[]), ("", ""), &[EndBeforeStart(Mobilisation)]);
        check_warnings(["2020-03-01", "", "2020-02-01", ""], ("", &[]), ("", ""), &[PhasesSwapped]);
        check_warnings(["", "2020-08-01", "", "2020-07-01"], ("", &[]), ("", ""), &[PhasesSwapped]);
        check_warnings(
            ["", "", "2021-01-01", ""],
            ("", &[]),
            ("", ""),
            &[PhaseTooLate { phase: Research, limit: proposals }],
        );
        check_warnings(
            fine,
            ("2020-07-01", &["2.2-c", "2.3-a"]),
            ("", ""),
            &[MilestoneTooLate { at: 0, phase: Research, limit: ours }],
        );
        check_warnings(none, ("2021-06-30", &[]), ("", ""), &[]);
        check_warnings(
            none,
            ("2021-07-01", &[]),
            ("", ""),
            &[MilestoneTooLate { at: 0, phase: Approval, limit: approval }],
        );
        let id = CATALOGUE.requirement("2.2-b").expect("a requirement").id;
        check_warnings(
            none,
            ("", &[]),
            ("2.2-b", "2021-01-01"),
            &[DueTooLate { id, phase: Drafting, limit: proposals }],
        );
    }

    #[test]
    fn the_speechs_own_dates_close_their_phases() {
        for kind in UnitKind::ALL {
            let asked = CATALOGUE.requirements_for(kind);
            let proposal = back_schedule(Cycle(2026), &PhaseDates::default(), asked, None);
            assert_eq!(proposal.dues.len(), CATALOGUE.requirements_for(kind).count());
            let due = |id| proposal.dues.iter().find(|due| due.0.as_str() == id).map(|due| due.1.to_string());
            assert_eq!(due("2.2-b").as_deref(), Some("2025-12-31"));
            assert_eq!(due("2.2-c").as_deref(), Some("2026-06-30"));
            // Each in its phase: no day of an earlier one, no bunching at the end.
            assert!(proposal.dues[0].1 < date("2025-02-01").expect("a date"));
        }
    }

    #[test]
    fn only_what_is_left_of_a_phase_is_shared_out() {
        let own = own(["2020-03-02", "2020-03-06", "2020-03-09", "2020-03-20"]);
        let dues = |phase, count, from| {
            let asked = CATALOGUE.requirements().filter(|requirement| requirement.phase == phase).take(count);
            let dues = back_schedule(Cycle(2021), &own, asked, date(from)).dues;
            dues.iter().map(|due| due.1.to_string()[5..].to_owned()).collect::<Vec<_>>()
        };
        let week = ["03-02", "03-03", "03-04", "03-05", "03-06"];
        assert_eq!(dues(Phase::Mobilisation, 5, ""), week);
        assert_eq!(dues(Phase::Mobilisation, 2, "2020-03-05"), ["03-05", "03-06"]);
        assert_eq!(dues(Phase::Mobilisation, 5, "2020-02-01"), week, "the phase has not begun");
        assert_eq!(dues(Phase::Mobilisation, 5, "2020-03-07"), week, "the phase is over");
        assert_eq!(dues(Phase::Research, 5, ""), ["03-10", "03-12", "03-16", "03-18", "03-20"]);
    }
}
