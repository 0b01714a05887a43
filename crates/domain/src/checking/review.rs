//! What a reviewer should look at before the workbook is handed in.

use crate::catalogue::Catalogue;
use crate::catalogue::requirement::Requirement;
use crate::cycle::Cycle;
use crate::date::Date;
use crate::dates::urgency::{AsOf, Urgency};
use crate::workbook::answer::Answer;
use crate::workbook::status::Status;
use crate::workbook::workbook::Workbook;

/// 问题: something to look at. The gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// 逾期: due before today and still open.
    Overdue,
    /// 临近: due today or soon, and still open.
    Near,
    /// 不适用 without a reason.
    WithoutReason,
    /// 已落实 without evidence.
    WithoutEvidence,
    /// 未启动.
    NotStarted,
    /// 推进中.
    InProgress,
    /// 未核对: nobody has looked.
    Unchecked,
}

/// A requirement that is not in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Found<'a> {
    pub requirement: &'a Requirement,
    /// When it is to be done.
    pub due: Option<Date>,
    /// What is to be looked at, the gravest first; at least one.
    pub findings: Vec<Finding>,
}

/// Every requirement that is not in order, once, in the order of the catalogue.
#[derive(Debug, Default, PartialEq)]
pub struct Review<'a> {
    pub found: Vec<Found<'a>>,
}

impl Finding {
    /// The gravest first.
    pub const ALL: [Self; 7] = [
        Self::Overdue,
        Self::Near,
        Self::WithoutReason,
        Self::WithoutEvidence,
        Self::NotStarted,
        Self::InProgress,
        Self::Unchecked,
    ];

    /// What one answer gives rise to, gravest first. `due` is when it is to be done; `day` is `None` where lateness says
    /// nothing, or today is not known yet.
    #[must_use]
    pub fn of(answer: &Answer, due: Option<Date>, day: Option<AsOf>) -> Vec<Self> {
        let urgency = day.filter(|_| answer.status.is_open()).map(|day| Urgency::of(due, day));
        let lateness = match urgency {
            Some(Urgency::Overdue) => Some(Self::Overdue),
            Some(Urgency::Near) => Some(Self::Near),
            Some(Urgency::Normal | Urgency::Undated) | None => None,
        };
        let state = match *answer.status {
            Status::Unchecked => Some(Self::Unchecked),
            Status::NotStarted => Some(Self::NotStarted),
            Status::InProgress => Some(Self::InProgress),
            Status::NotApplicable => (!answer.has_reason()).then_some(Self::WithoutReason),
            Status::Done => (!answer.has_evidence()).then_some(Self::WithoutEvidence),
        };
        lateness.into_iter().chain(state).collect()
    }

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Overdue => "逾期",
            Self::Near => "临近",
            Self::WithoutReason => "缺理由",
            Self::WithoutEvidence => "缺佐证",
            Self::NotStarted => "未启动",
            Self::InProgress => "推进中",
            Self::Unchecked => "未核对",
        }
    }
}

impl<'a> Review<'a> {
    /// How many requirements this is found of, among other things too.
    #[must_use]
    pub fn count(&self, finding: Finding) -> usize {
        self.all(finding).count()
    }

    /// The requirements this is found of, among other things too.
    pub fn all(&self, finding: Finding) -> impl Iterator<Item = &Found<'a>> {
        self.found.iter().filter(move |found| found.findings.contains(&finding))
    }

    /// The requirements of which this is the gravest finding: each stands in one group only.
    pub fn group(&self, finding: Finding) -> impl Iterator<Item = &Found<'a>> {
        self.found.iter().filter(move |found| found.findings.first() == Some(&finding))
    }
}

/// The date the speech itself set, where it is over and the answer still open: a later one of the unit's own does not
/// silence it.
#[must_use]
pub fn missed_binding(requirement: &Requirement, cycle: Cycle, answer: &Answer, day: Option<AsOf>) -> Option<Date> {
    requirement.binding_due(cycle).filter(|due| answer.status.is_open() && day.is_some_and(|day| *due < day.today))
}

/// Walks the catalogue and gathers every finding.
#[must_use]
pub fn review<'a>(catalogue: &'a Catalogue, workbook: &Workbook, day: Option<AsOf>) -> Review<'a> {
    let all = catalogue.requirements_for(workbook.kind).map(|requirement| {
        let due = workbook.due(requirement);
        Found { requirement, due, findings: Finding::of(&workbook.answer(requirement.id), due, day) }
    });
    Review { found: all.filter(|found| !found.findings.is_empty()).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::builtin;
    use crate::workbook::stamp::{Author, Clock};

    #[test]
    fn the_speechs_date_is_missed_whatever_the_unit_has_set_until_it_is_done() {
        let requirement = builtin().requirement("2.2-b").expect("it is there");
        let day = |text: &str| Some(AsOf { today: Date::parse(text).expect("a day"), near_days: 30 });
        let mut clock = Clock::new(Author(1));
        let mut answer = Answer::default();
        answer.due.write(Date::parse("2027-09-27"), clock.tick(1));
        let missed = |answer: &Answer, day| missed_binding(requirement, Cycle(2026), answer, day);
        assert_eq!(missed(&answer, day("2026-01-01")), Date::parse("2025-12-31"));
        assert_eq!(missed(&answer, day("2025-12-31")), None, "it is not over yet");
        assert_eq!(missed(&answer, None), None);
        answer.status.write(Status::Done, clock.tick(2));
        assert_eq!(missed(&answer, day("2026-01-01")), None);
        let other = builtin().requirement("2.4-b").expect("it is there");
        assert_eq!(missed_binding(other, Cycle(2026), &Answer::default(), day("2030-01-01")), None, "it has none");
    }
}
