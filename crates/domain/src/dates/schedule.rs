//! When each thing is due: what we propose, backwards from the dates that the speech binds.

use crate::catalogue::requirement::Requirement;
use crate::catalogue::requirement_id::RequirementId;
use crate::cycle::Cycle;
use crate::date::Date;
use crate::dates::phases::{PhaseDates, Window, windows};

/// 倒排工期: due dates for the unit to look over, and the phases they were laid into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub windows: [Window; 4],
    /// In the order of the dates.
    pub dues: Vec<(RequirementId, Date)>,
}

/// Proposes a due date for each of these requirements, which come in the order of the catalogue.
///
/// From the binding dates backwards. Phase follows phase, within a phase step follows step, and what the speech binds
/// to a date closes its phase. The workdays of a phase are shared out evenly. No date is after its phase's end, none on
/// a weekend, and each is on or after the one before. None is before `from` either, unless its phase has ended by then
/// (which is late, and has to look so).
#[must_use]
pub fn back_schedule<'a>(
    cycle: Cycle,
    own: &PhaseDates,
    requirements: impl IntoIterator<Item = &'a Requirement>,
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
            group.partition(|requirement| requirement.binding_due(cycle).is_some());
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::builtin;
    use crate::catalogue::kinds::{Phase, UnitKind};
    use crate::dates::as_entered::{date, own};

    #[test]
    fn the_speechs_own_dates_close_their_phases() {
        for kind in UnitKind::ALL {
            let asked = builtin().requirements_for(kind);
            let proposal = back_schedule(Cycle(2026), &PhaseDates::default(), asked, None);
            assert_eq!(proposal.dues.len(), builtin().requirements_for(kind).count());
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
            let of_phase: Vec<_> = builtin().requirements().filter(|requirement| requirement.phase == phase).collect();
            let asked = of_phase.into_iter().cycle().take(count);
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
