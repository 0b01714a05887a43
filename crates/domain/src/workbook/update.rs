//! What can happen to a workbook, and what it then looks like.

use std::mem::discriminant;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::catalogue::requirement_id::RequirementId;
use crate::cycle::Cycle;
use crate::date::Date;
use crate::workbook::answer::Answer;
use crate::workbook::entry::{Entries, Entry, EntryId, List};
use crate::workbook::own_date::OwnDate;
use crate::workbook::stamp::Stamp;
use crate::workbook::status::Status;
use crate::workbook::workbook::Workbook;

/// A fact about a workbook, in the past tense.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Msg {
    CycleChosen(Cycle),
    UnitNamed(String),
    FillerNamed(String),
    /// Moved to the recycle bin, or taken out again.
    Deleted(bool),
    Answered(RequirementId, Status),
    NoteWritten(RequirementId, String),
    ProblemWritten(RequirementId, String),
    MeasureWritten(RequirementId, String),
    ReasonGiven(RequirementId, String),
    OwnerNamed(RequirementId, String),
    DueSet(RequirementId, Option<Date>),
    /// The point with this number, counted from 1, is met, or is not after all.
    PointTicked(RequirementId, u8, bool),
    OwnDateSet(OwnDate, Option<Date>),
    /// An entry was made that says what it is, or nothing yet; its id is the stamp of this change.
    EntryAdded(List, String),
    EntryWritten(List, EntryId, EntryValue),
    /// An entry was removed, or put back.
    EntryRemoved(List, EntryId, bool),
}

/// What was written into an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum EntryValue {
    What(String),
    Reference(String),
    Place(String),
    Date(Option<Date>),
}

impl Msg {
    /// The requirement it is about.
    #[must_use]
    pub fn requirement(&self) -> Option<RequirementId> {
        match self {
            Self::CycleChosen(_)
            | Self::UnitNamed(_)
            | Self::FillerNamed(_)
            | Self::Deleted(_)
            | Self::OwnDateSet(..)
            | Self::EntryAdded(List::Milestones | List::OwnRequirements | List::Plans, _)
            | Self::EntryWritten(List::Milestones | List::OwnRequirements | List::Plans, ..)
            | Self::EntryRemoved(List::Milestones | List::OwnRequirements | List::Plans, ..) => None,
            Self::Answered(id, _)
            | Self::NoteWritten(id, _)
            | Self::ProblemWritten(id, _)
            | Self::MeasureWritten(id, _)
            | Self::PointTicked(id, ..)
            | Self::ReasonGiven(id, _)
            | Self::OwnerNamed(id, _)
            | Self::DueSet(id, _)
            | Self::EntryAdded(List::Evidence(id), _)
            | Self::EntryWritten(List::Evidence(id), ..)
            | Self::EntryRemoved(List::Evidence(id), ..) => Some(*id),
        }
    }

    /// Whether both write the same field.
    #[must_use]
    pub fn is_of_same_field(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::CycleChosen(_), Self::CycleChosen(_))
            | (Self::UnitNamed(_), Self::UnitNamed(_))
            | (Self::FillerNamed(_), Self::FillerNamed(_))
            | (Self::Deleted(_), Self::Deleted(_)) => true,
            (Self::Answered(a, _), Self::Answered(b, _))
            | (Self::NoteWritten(a, _), Self::NoteWritten(b, _))
            | (Self::ProblemWritten(a, _), Self::ProblemWritten(b, _))
            | (Self::MeasureWritten(a, _), Self::MeasureWritten(b, _))
            | (Self::ReasonGiven(a, _), Self::ReasonGiven(b, _))
            | (Self::OwnerNamed(a, _), Self::OwnerNamed(b, _))
            | (Self::DueSet(a, _), Self::DueSet(b, _)) => a == b,
            (Self::PointTicked(a, one, _), Self::PointTicked(b, other, _)) => (a, one) == (b, other),
            (Self::OwnDateSet(a, _), Self::OwnDateSet(b, _)) => a == b,
            (Self::EntryWritten(a, at, one), Self::EntryWritten(b, bt, other)) => {
                (a, at) == (b, bt) && discriminant(one) == discriminant(other)
            }
            (Self::EntryRemoved(a, at, _), Self::EntryRemoved(b, bt, _)) => (a, at) == (b, bt),
            _ => false,
        }
    }

    /// Whether both are typing into the same field, so that undoing one should undo both.
    #[must_use]
    pub fn continues(&self, before: &Self) -> bool {
        let is_typed = match self {
            Self::UnitNamed(_)
            | Self::FillerNamed(_)
            | Self::NoteWritten(..)
            | Self::ProblemWritten(..)
            | Self::MeasureWritten(..)
            | Self::ReasonGiven(..)
            | Self::OwnerNamed(..)
            | Self::EntryWritten(..)
            // A date typed over another is several on the way.
            | Self::DueSet(..)
            | Self::OwnDateSet(..) => true,
            Self::CycleChosen(_)
            | Self::Deleted(_)
            | Self::Answered(..)
            | Self::PointTicked(..)
            | Self::EntryAdded(..)
            | Self::EntryRemoved(..) => false,
        };
        is_typed && self.is_of_same_field(before)
    }
}

/// The workbook after `msg`, written at `stamp`.
///
/// Total: a message about an entry that is not there changes nothing, and one that changes nothing leaves no trace. The
/// first change to a blank workbook also writes the cycle that was assumed for it: what is stored follows no calendar.
#[must_use]
pub fn update(workbook: &Workbook, msg: Msg, stamp: Stamp) -> Workbook {
    let mut next = workbook.clone();
    let requirement = msg.requirement();
    let is_blank = !workbook.cycle.is_written() && workbook.is_blank();
    match msg {
        Msg::CycleChosen(cycle) => {
            next.cycle.write(cycle, stamp);
            // Chosen is more than assumed.
            if is_blank {
                next.cycle.settle(stamp);
            }
        }
        Msg::UnitNamed(name) => next.unit.write(name, stamp),
        Msg::FillerNamed(name) => next.filler.write(name, stamp),
        Msg::Deleted(is_deleted) => next.is_deleted.write(is_deleted, stamp),
        Msg::OwnDateSet(date, value) => next.own_dates[date as usize].write(value, stamp),
        Msg::EntryAdded(List::Milestones, _)
        | Msg::EntryWritten(List::Milestones, ..)
        | Msg::EntryRemoved(List::Milestones, ..) => change_entries(&mut next.milestones, msg, stamp),
        Msg::EntryAdded(List::Plans, _) | Msg::EntryWritten(List::Plans, ..) | Msg::EntryRemoved(List::Plans, ..) => {
            change_entries(&mut next.plans, msg, stamp);
        }
        Msg::EntryAdded(List::OwnRequirements, _)
        | Msg::EntryWritten(List::OwnRequirements, ..)
        | Msg::EntryRemoved(List::OwnRequirements, ..) => change_entries(&mut next.own_requirements, msg, stamp),
        msg => {
            if let Some(id) = requirement {
                let before = workbook.answer(id);
                let mut answer = (*before).clone();
                change(&mut answer, msg, stamp);
                if answer != *before {
                    next.answers.insert(id, Rc::new(answer));
                    next.last_answered.write(Some(id), stamp);
                }
            }
        }
    }
    if is_blank && !next.is_blank() {
        next.cycle.settle(stamp);
    }
    next
}

fn change(answer: &mut Answer, msg: Msg, stamp: Stamp) {
    match msg {
        Msg::Answered(_, status) => answer.status.write(status, stamp),
        Msg::NoteWritten(_, note) => answer.note.write(note, stamp),
        Msg::ProblemWritten(_, problem) => answer.problem.write(problem, stamp),
        Msg::MeasureWritten(_, measure) => answer.measure.write(measure, stamp),
        Msg::PointTicked(_, number, is_met) => {
            if let Some(point) = usize::from(number).checked_sub(1).and_then(|at| answer.points.get_mut(at)) {
                point.write(is_met, stamp);
            }
        }
        Msg::ReasonGiven(_, reason) => answer.reason.write(reason, stamp),
        Msg::OwnerNamed(_, owner) => answer.owner.write(owner, stamp),
        Msg::DueSet(_, due) => answer.due.write(due, stamp),
        msg => change_entries(&mut answer.entries, msg, stamp),
    }
}

fn change_entries(entries: &mut Entries, msg: Msg, stamp: Stamp) {
    match msg {
        Msg::EntryAdded(_, what) => {
            let mut entry = Entry::default();
            entry.what.write(what, stamp);
            entries.insert(EntryId(stamp), Rc::new(entry));
        }
        Msg::EntryWritten(_, at, field) => {
            if let Some(entry) = entries.get_mut(&at).map(Rc::make_mut) {
                match field {
                    EntryValue::What(what) => entry.what.write(what, stamp),
                    EntryValue::Reference(reference) => entry.reference.write(reference, stamp),
                    EntryValue::Place(place) => entry.place.write(place, stamp),
                    EntryValue::Date(date) => entry.date.write(date, stamp),
                }
            }
        }
        Msg::EntryRemoved(_, at, is_removed) => {
            if let Some(entry) = entries.get_mut(&at).map(Rc::make_mut) {
                entry.is_removed.write(is_removed, stamp);
            }
        }
        _ => {}
    }
}
