//! What can happen to a workbook, and what it then looks like.

use std::rc::Rc;

use crate::catalogue::RequirementId;
use crate::date::Date;
use crate::workbook::{Answer, Evidence, Status, Workbook};

/// A fact about a workbook, in the past tense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Msg {
    UnitNamed(String),
    FillerNamed(String),
    Answered(RequirementId, Status),
    NoteWritten(RequirementId, String),
    ReasonGiven(RequirementId, String),
    OwnerNamed(RequirementId, String),
    DueSet(RequirementId, Option<Date>),
    EvidenceAdded(RequirementId),
    /// The entry at this position was rewritten.
    EvidenceWritten(RequirementId, usize, EvidenceField),
    EvidenceRemoved(RequirementId, usize),
}

/// What was written into an entry of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvidenceField {
    What(String),
    Reference(String),
    Date(Option<Date>),
}

/// The workbook after `msg`. Total: a message about an entry that is not there changes nothing.
#[must_use]
pub fn update(workbook: &Workbook, msg: Msg) -> Workbook {
    let mut next = workbook.clone();
    match msg {
        Msg::UnitNamed(name) => next.unit = name.into(),
        Msg::FillerNamed(name) => next.filler = name.into(),
        Msg::Answered(id, status) => edit(&mut next, id, |answer| answer.status = status),
        Msg::NoteWritten(id, note) => edit(&mut next, id, |answer| answer.note = note),
        Msg::ReasonGiven(id, reason) => edit(&mut next, id, |answer| answer.reason = reason),
        Msg::OwnerNamed(id, owner) => edit(&mut next, id, |answer| answer.owner = owner),
        Msg::DueSet(id, due) => edit(&mut next, id, |answer| answer.due = due),
        Msg::EvidenceAdded(id) => edit(&mut next, id, |answer| answer.evidence.push(Evidence::default())),
        Msg::EvidenceWritten(id, at, field) => edit(&mut next, id, |answer| {
            if let Some(entry) = answer.evidence.get_mut(at) {
                match field {
                    EvidenceField::What(what) => entry.what = what,
                    EvidenceField::Reference(reference) => entry.reference = reference,
                    EvidenceField::Date(date) => entry.date = date,
                }
            }
        }),
        Msg::EvidenceRemoved(id, at) => edit(&mut next, id, |answer| {
            if at < answer.evidence.len() {
                answer.evidence.remove(at);
            }
        }),
    }
    next
}

/// Changes one answer, copying it only; an answer that ends up empty is no answer.
fn edit(workbook: &mut Workbook, id: RequirementId, change: impl FnOnce(&mut Answer)) {
    let answer = workbook.answers.entry(id).or_default();
    change(Rc::make_mut(answer));
    if **answer == Answer::default() {
        workbook.answers.remove(&id);
    }
    workbook.place = Some(id);
}
