//! How many of a requirement's points are met, and what follows for its status.

use crate::catalogue::Catalogue;
use crate::catalogue::kinds::UnitKind;
use crate::catalogue::requirement_id::RequirementId;
use crate::workbook::answer::Answer;
use crate::workbook::field::Field;
use crate::workbook::plan::{id_for_plan, requirement_of};
use crate::workbook::status::Status;
use crate::workbook::update::{Msg, update};
use crate::workbook::workbook::Workbook;

/// How many points are met, of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PointCount {
    pub met: usize,
    pub total: usize,
}

impl PointCount {
    /// Counts the first `total` points of an answer.
    #[must_use]
    pub fn of(answer: &Answer, total: usize) -> Self {
        Self { met: answer.points.iter().take(total).filter(|point| ***point).count(), total }
    }

    /// The status that follows: 已落实 where all are met, 未启动 where none is, else 推进中.
    #[must_use]
    pub fn status(self) -> Status {
        match self.met {
            0 => Status::NotStarted,
            met if met < self.total => Status::InProgress,
            _ => Status::Done,
        }
    }

    /// The status that follows from points that somebody ticked, where the answer has another.
    #[must_use]
    pub fn contradicts(self, answer: &Answer) -> Option<Status> {
        let is_used = answer.points.iter().any(Field::is_written);
        let is_open_to_it = !matches!(*answer.status, Status::NotApplicable);
        Some(self.status()).filter(|status| is_used && is_open_to_it && *status != *answer.status)
    }
}

/// The status that comes along with a tick, or with the status of one of several plans: the one that follows from all of
/// them now, unless somebody has chosen another than followed before. `None` for every other message.
#[must_use]
pub fn status_after(catalogue: &Catalogue, workbook: &Workbook, msg: &Msg) -> Option<Msg> {
    let requirement = match msg {
        Msg::PointTicked(id, ..) => catalogue.requirement(id.as_str())?,
        Msg::Answered(id, _) => catalogue.requirement(requirement_of(id)?)?,
        _ => return None,
    };
    let id = requirement.id;
    let total = requirement.ask(workbook.kind, *workbook.cycle).points.len();
    let follows = |workbook: &Workbook| match msg {
        Msg::PointTicked(..) => PointCount::of(&workbook.answer(id), total).status(),
        _ => status_of_plans(workbook, id),
    };
    let held = workbook.status(id);
    let is_followed = [Status::Unchecked, follows(workbook)].contains(&held);
    // The stamp does not matter: this is only looked at.
    let status = follows(&update(workbook, msg.clone(), workbook.latest()));
    (is_followed && held != status).then_some(Msg::Answered(id, status))
}

/// By which ids a requirement is answered for each of a department's several plans, with the plans' names; none where it is
/// asked once for all.
#[must_use]
pub fn plan_ids<'a>(
    catalogue: &Catalogue,
    workbook: &'a Workbook,
    requirement: RequirementId,
) -> Vec<(RequirementId, &'a str)> {
    if workbook.kind != UnitKind::Department || !catalogue.each_plan.contains(&requirement) {
        return Vec::new();
    }
    let id = |(plan, name): (_, &'a str)| {
        Some((id_for_plan(requirement, plan)?, if name.is_empty() { "未写名称的规划" } else { name }))
    };
    workbook.plans().filter_map(id).collect()
}

/// The status that follows for a requirement from those of a department's several plans: 已落实 or 不适用 where all are,
/// 未核对 where nobody has looked at any, 未启动 where none is begun, else 推进中.
#[must_use]
pub fn status_of_plans(workbook: &Workbook, requirement: RequirementId) -> Status {
    let statuses =
        workbook.plans().filter_map(|(plan, _)| id_for_plan(requirement, plan)).map(|id| workbook.status(id));
    status_of_all(&statuses.collect::<Vec<_>>())
}

/// The status that follows from those of several plans, see [`status_of_plans`].
#[must_use]
pub fn status_of_all(statuses: &[Status]) -> Status {
    let all = |found: &[Status]| statuses.iter().all(|status| found.contains(status));
    match () {
        () if all(&[Status::Unchecked]) => Status::Unchecked,
        () if all(&[Status::NotApplicable]) => Status::NotApplicable,
        () if all(&[Status::Done, Status::NotApplicable]) => Status::Done,
        () if all(&[Status::Unchecked, Status::NotStarted, Status::NotApplicable]) => Status::NotStarted,
        () => Status::InProgress,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::builtin;
    use crate::workbook::entry::List;
    use crate::workbook::stamp::{Author, Clock};
    use crate::workbook::workbook_id::WorkbookId;

    /// The status after each tick (`1`: the first point is met, `-1`: it is not after all) on top of one chosen by hand.
    fn check(chosen: Option<Status>, ticks: &[(i8, Status)]) {
        let id = builtin().requirement("2.4-b").expect("it is there").id;
        let mut clock = Clock::new(Author(1));
        let mut workbook = Workbook::new(WorkbookId(1), UnitKind::County);
        if let Some(status) = chosen {
            workbook = update(&workbook, Msg::Answered(id, status), clock.tick(1));
        }
        for (tick, expected) in ticks {
            let msg = Msg::PointTicked(id, tick.unsigned_abs(), *tick > 0);
            let more = status_after(builtin(), &workbook, &msg);
            for msg in [Some(msg), more].into_iter().flatten() {
                workbook = update(&workbook, msg, clock.tick(1));
            }
            assert_eq!(workbook.status(id), *expected, "after {tick} of {ticks:?} on {chosen:?}");
        }
    }

    #[test]
    fn the_status_follows_the_points_until_somebody_says_otherwise() {
        use Status::{Done, InProgress, NotApplicable, NotStarted, Unchecked};
        check(
            None,
            &[(1, InProgress), (2, InProgress), (3, Done), (-3, InProgress), (-1, InProgress), (-2, NotStarted)],
        );
        check(Some(Unchecked), &[(2, InProgress)]);
        check(Some(NotStarted), &[(2, InProgress)]);
        check(Some(InProgress), &[(1, InProgress), (2, InProgress), (3, Done)]);
        check(Some(Done), &[(1, Done), (2, Done), (3, Done), (-3, InProgress)]);
        check(Some(NotApplicable), &[(1, NotApplicable), (2, NotApplicable), (3, NotApplicable)]);
    }

    #[test]
    fn the_status_follows_those_of_several_plans() {
        use Status::{Done, InProgress, NotApplicable, NotStarted, Unchecked};
        let id = builtin().requirement("2.4-b").expect("it is there").id;
        for (statuses, expected) in [
            ([Unchecked, Unchecked], Unchecked),
            ([Done, Unchecked], InProgress),
            ([NotStarted, Unchecked], NotStarted),
            ([NotApplicable, NotStarted], NotStarted),
            ([Done, NotApplicable], Done),
            ([NotApplicable, NotApplicable], NotApplicable),
            ([Done, InProgress], InProgress),
            ([Done, Done], Done),
        ] {
            let mut clock = Clock::new(Author(1));
            let mut workbook = Workbook::new(WorkbookId(1), UnitKind::Department);
            for name in ["交通专项规划", "水利专项规划"] {
                workbook = update(&workbook, Msg::EntryAdded(List::Plans, name.into()), clock.tick(1));
            }
            let plans: Vec<_> = workbook.plans().map(|(plan, _)| plan).collect();
            for (plan, status) in plans.into_iter().zip(statuses) {
                let msg = Msg::Answered(id_for_plan(id, plan).expect("ids are short"), status);
                let more = status_after(builtin(), &workbook, &msg);
                for msg in [Some(msg), more].into_iter().flatten() {
                    workbook = update(&workbook, msg, clock.tick(1));
                }
            }
            assert_eq!(workbook.status(id), expected, "{statuses:?}");
            assert_eq!(workbook.unasked(builtin()).count(), 0);
        }
    }

    #[test]
    fn a_status_that_is_not_what_the_points_say_shows() {
        let count = PointCount { met: 1, total: 3 };
        let mut answer = Answer::default();
        answer.status.write(Status::Done, Clock::new(Author(1)).tick(1));
        assert_eq!(count.contradicts(&answer), None, "nobody ticked anything");
        answer.points[0].write(true, Clock::new(Author(1)).tick(2));
        assert_eq!(count.contradicts(&answer), Some(Status::InProgress));
        assert_eq!(PointCount { met: 3, total: 3 }.contradicts(&answer), None);
    }
}
