//! When each thing is due: what we propose, backwards from the dates that the speech binds.

use crate::catalogue::kinds::Phase;
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

/// Whether there is time for a plan that keeps the dates the speech binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    Enough,
    /// So few workdays are left until a binding date that more than one thing would be due on each.
    TooNear {
        by: Date,
        workdays: usize,
        requirements: usize,
    },
    /// A binding date is over, and something that was due by then is still to be planned.
    Past {
        by: Date,
    },
}

/// Whether these requirements can be planned from this day on so that the binding dates are kept.
#[must_use]
pub fn room<'a>(cycle: Cycle, requirements: impl IntoIterator<Item = &'a Requirement>, from: Date) -> Room {
    let (mut all, mut early) = (0, 0);
    for requirement in requirements {
        all += 1;
        early += usize::from(requirement.phase != Phase::Approval);
    }
    let dates = [(cycle.approval_by(), all), (cycle.proposals_by(), early)].into_iter().filter(|(_, count)| *count > 0);
    if let Some((by, _)) = dates.clone().find(|(by, _)| *by < from) {
        return Room::Past { by };
    }
    let left = |by: Date| {
        let left = by.workday_number() - from.workday_or_after().workday_number() + 1;
        usize::try_from(left).unwrap_or(0)
    };
    let near = dates.rev().map(|(by, requirements)| (by, left(by), requirements));
    let near = near.into_iter().find(|(_, workdays, requirements)| workdays < requirements);
    near.map_or(Room::Enough, |(by, workdays, requirements)| Room::TooNear { by, workdays, requirements })
}

/// Proposes a due date for each of these requirements, which come in the order of the catalogue.
///
/// From the binding dates backwards. Phase follows phase, within a phase step follows step, and what the speech binds
/// to a date closes its phase. The workdays of a phase are shared out evenly. No date is on a weekend or before `from`, and
/// each is on or after the one before. None is after its phase's end either, unless that is over on `from`: what is left of
/// such a phase goes before what belongs to the next one. Where all are over (see [`room`]), everything is due at once.
#[must_use]
pub fn back_schedule<'a>(
    cycle: Cycle,
    own: &PhaseDates,
    requirements: impl IntoIterator<Item = &'a Requirement>,
    from: Option<Date>,
) -> Proposal {
    let windows = windows(cycle, own, from);
    let earliest = from.map(Date::workday_or_after);
    let is_over = |window: &Window| earliest.is_some_and(|from| window.end.date.workday_or_before() < from);
    let mut groups: [Vec<RequirementId>; 4] = Default::default();
    for (phase, requirement) in in_order(cycle, requirements) {
        let place = (phase as usize..4).find(|at| !is_over(&windows[*at])).unwrap_or(3);
        groups[place].push(requirement);
    }
    let mut dues = Vec::new();
    let mut latest = earliest.map_or(cycle.approval_by(), |from| from.max(cycle.approval_by()));
    for (window, group) in windows.iter().zip(&groups).rev() {
        if !is_over(window) {
            latest = latest.min(window.end.date);
        }
        let start = earliest.map_or(window.start.date, |from| from.max(window.start.date));
        for due in shared_out(group, start, latest).into_iter().rev() {
            latest = due.1;
            dues.push(due);
        }
    }
    dues.reverse();
    Proposal { windows, dues }
}

/// Proposes a due date for each of these requirements between two days of the unit's own, both included: in the order of
/// [`back_schedule`], shared out evenly over the workdays.
///
/// None is before `start`; where no workday lies between, all are on the first one after it.
#[must_use]
pub fn own_schedule<'a>(
    cycle: Cycle,
    requirements: impl IntoIterator<Item = &'a Requirement>,
    start: Date,
    end: Date,
) -> Vec<(RequirementId, Date)> {
    let all: Vec<_> = in_order(cycle, requirements).into_iter().map(|(_, id)| id).collect();
    shared_out(&all, start, end.max(start.workday_or_after()))
}

/// Phase after phase, what the speech binds to a date last in its own.
fn in_order<'a>(cycle: Cycle, requirements: impl IntoIterator<Item = &'a Requirement>) -> Vec<(Phase, RequirementId)> {
    let mut all: Vec<_> = requirements.into_iter().collect();
    all.sort_by_key(|requirement| (requirement.phase, requirement.binding_due(cycle).is_some()));
    all.into_iter().map(|requirement| (requirement.phase, requirement.id)).collect()
}

/// Shares the workdays of a time out evenly, the last to the last; where there are none, its last day's serves all.
fn shared_out(ids: &[RequirementId], start: Date, end: Date) -> Vec<(RequirementId, Date)> {
    let last = end.workday_number();
    let first = start.workday_or_after().workday_number().min(last);
    let count = i32::try_from(ids.len()).unwrap_or(i32::MAX);
    let dues = ids.iter().rev().zip(0..).map(|(id, after)| {
        let share = (last - first + 1) * after / count;
        (*id, Date::of_workday_number(last - share))
    });
    let mut dues: Vec<_> = dues.collect();
    dues.reverse();
    dues
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::builtin;
    use crate::catalogue::kinds::UnitKind;
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
        let next = ["03-10", "03-12", "03-16", "03-18", "03-20"];
        assert_eq!(dues(Phase::Mobilisation, 5, "2020-03-07"), next, "the phase is over: the next has room");
        assert_eq!(dues(Phase::Mobilisation, 2, "2021-07-03"), ["07-05", "07-05"], "all are over: at once");
        assert_eq!(dues(Phase::Research, 5, ""), next);
    }

    #[test]
    fn binding_dates_that_are_past_or_too_near_are_named() {
        let asked = || builtin().requirements_for(UnitKind::County);
        let (all, early) =
            (asked().count(), asked().filter(|requirement| requirement.phase != Phase::Approval).count());
        let of = |text: &str| room(Cycle(2021), asked(), date(text).expect("a date"));
        let by = |text| date(text).expect("a date");
        assert_eq!(of("2020-03-02"), Room::Enough);
        let near = Room::TooNear { by: by("2020-12-31"), workdays: 28, requirements: early };
        assert_eq!(of("2020-11-24"), near);
        assert_eq!(of("2021-01-01"), Room::Past { by: by("2020-12-31") });
        assert_eq!(of("2021-07-01"), Room::Past { by: by("2021-06-30") });
        // What was due by the first date is done.
        let last = || asked().filter(|requirement| requirement.phase == Phase::Approval);
        assert_eq!(room(Cycle(2021), last(), by("2021-01-04")), Room::Enough);
        assert_eq!(room(Cycle(2021), [], by("2031-01-01")), Room::Enough);
        assert!(all > early);
    }

    #[test]
    fn an_own_plan_stays_between_its_own_days() {
        let dues = |count, start, end| {
            let asked = builtin().requirements().take(count);
            let [start, end] = [start, end].map(|text| date(text).expect("a date"));
            let dues = own_schedule(Cycle(2021), asked, start, end);
            dues.iter().map(|due| due.1.to_string()[5..].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(dues(5, "2026-11-30", "2026-12-04"), ["11-30", "12-01", "12-02", "12-03", "12-04"]);
        assert_eq!(dues(2, "2026-11-28", "2026-12-06"), ["12-02", "12-04"]);
        assert_eq!(dues(2, "2026-11-28", "2026-11-29"), ["11-30", "11-30"], "no workday lies between");
        assert_eq!(dues(0, "2026-11-28", "2026-11-29"), [""; 0]);
    }
}
