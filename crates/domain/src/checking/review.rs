//! What a reviewer should look at before the workbook is handed in.

use crate::catalogue::Catalogue;
use crate::catalogue::requirement::Requirement;
use crate::date::Date;
use crate::dates::urgency::{AsOf, Urgency};
use crate::workbook::answer::Answer;
use crate::workbook::status::Status;
use crate::workbook::workbook::Workbook;

/// 问题: something to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// 逾期: due before today and still open.
    Overdue(Date),
    /// 临近: due today or soon, and still open.
    Near(Date),
    /// 未核对: nobody has looked.
    Unchecked,
    /// 未启动.
    NotStarted,
    /// 推进中.
    InProgress,
    /// 不适用 without a reason.
    WithoutReason,
    /// 已落实 without evidence.
    WithoutEvidence,
}

/// Everything found, grouped; each group in the order of the catalogue.
#[derive(Debug, Default, PartialEq)]
pub struct Review<'a> {
    pub overdue: Vec<(&'a Requirement, Date)>,
    pub near: Vec<(&'a Requirement, Date)>,
    pub unchecked: Vec<&'a Requirement>,
    pub not_started: Vec<&'a Requirement>,
    pub in_progress: Vec<&'a Requirement>,
    pub without_reason: Vec<&'a Requirement>,
    pub without_evidence: Vec<&'a Requirement>,
}

impl Finding {
    /// What one answer gives rise to, most pressing first. `due` is when it is to be done; `day` is `None` where lateness
    /// says nothing, or today is not known yet.
    #[must_use]
    pub fn of(answer: &Answer, due: Option<Date>, day: Option<AsOf>) -> Vec<Self> {
        let mut findings = Vec::new();
        if let (Some(due), Some(day)) = (due, day)
            && answer.status.is_open()
        {
            match Urgency::of(Some(due), day) {
                Urgency::Overdue => findings.push(Self::Overdue(due)),
                Urgency::Near => findings.push(Self::Near(due)),
                Urgency::Normal | Urgency::Undated => {}
            }
        }
        match *answer.status {
            Status::Unchecked => findings.push(Self::Unchecked),
            Status::NotStarted => findings.push(Self::NotStarted),
            Status::InProgress => findings.push(Self::InProgress),
            Status::NotApplicable if !answer.has_reason() => findings.push(Self::WithoutReason),
            Status::Done if !answer.has_evidence() => findings.push(Self::WithoutEvidence),
            Status::Done | Status::NotApplicable => {}
        }
        findings
    }
}

/// Walks the catalogue and gathers every finding.
#[must_use]
pub fn review<'a>(catalogue: &'a Catalogue, workbook: &Workbook, day: Option<AsOf>) -> Review<'a> {
    let mut review = Review::default();
    for requirement in catalogue.requirements_for(workbook.kind) {
        for finding in Finding::of(&workbook.answer(requirement.id), workbook.due(requirement), day) {
            match finding {
                Finding::Overdue(due) => review.overdue.push((requirement, due)),
                Finding::Near(due) => review.near.push((requirement, due)),
                Finding::Unchecked => review.unchecked.push(requirement),
                Finding::NotStarted => review.not_started.push(requirement),
                Finding::InProgress => review.in_progress.push(requirement),
                Finding::WithoutReason => review.without_reason.push(requirement),
                Finding::WithoutEvidence => review.without_evidence.push(requirement),
            }
        }
    }
    review
}
