//! How many of a requirement's points are met, and what follows for its status.

use crate::catalogue::Catalogue;
use crate::workbook::answer::Answer;
use crate::workbook::field::Field;
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

/// The status that comes along with a tick: the one that follows from the points now, unless somebody has chosen another
/// than followed before. `None` for every other message.
#[must_use]
pub fn status_after(catalogue: &Catalogue, workbook: &Workbook, msg: &Msg) -> Option<Msg> {
    let Msg::PointTicked(id, ..) = msg else { return None };
    let total = catalogue.requirement(id.as_str())?.ask(workbook.kind, *workbook.cycle).points.len();
    let before = workbook.answer(*id);
    let is_followed = [Status::Unchecked, PointCount::of(&before, total).status()].contains(&before.status);
    // The stamp does not matter: this is only looked at.
    let after = update(workbook, msg.clone(), before.latest()).answer(*id);
    let status = PointCount::of(&after, total).status();
    (is_followed && *before.status != status).then_some(Msg::Answered(*id, status))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::builtin;
    use crate::catalogue::kinds::UnitKind;
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
