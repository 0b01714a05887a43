//! What can happen to a workbook, what it then looks like, and how it is undone.

use std::rc::Rc;

use crate::catalogue::RequirementId;
use crate::dates::date::Date;
use crate::map::{Map, Set};
use crate::workbook::stamp::Stamp;
use crate::workbook::workbook::{Answer, Cycle, Entry, EntryId, List, OwnDate, Status, Workbook};

/// A fact about a workbook, in the past tense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Msg {
    CycleChosen(Cycle),
    UnitNamed(String),
    FillerNamed(String),
    /// Moved to the recycle bin, or taken out again.
    Deleted(bool),
    Answered(RequirementId, Status),
    NoteWritten(RequirementId, String),
    ReasonGiven(RequirementId, String),
    OwnerNamed(RequirementId, String),
    DueSet(RequirementId, Option<Date>),
    OwnDateSet(OwnDate, Option<Date>),
    /// A blank entry was made; its id is the stamp of this change.
    EntryAdded(List),
    EntryWritten(List, EntryId, EntryField),
    /// An entry was removed, or put back.
    EntryRemoved(List, EntryId, bool),
}

/// What was written into an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryField {
    What(String),
    Reference(String),
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
            | Self::EntryAdded(List::Milestones)
            | Self::EntryWritten(List::Milestones, ..)
            | Self::EntryRemoved(List::Milestones, ..) => None,
            Self::Answered(id, _)
            | Self::NoteWritten(id, _)
            | Self::ReasonGiven(id, _)
            | Self::OwnerNamed(id, _)
            | Self::DueSet(id, _)
            | Self::EntryAdded(List::Evidence(id))
            | Self::EntryWritten(List::Evidence(id), ..)
            | Self::EntryRemoved(List::Evidence(id), ..) => Some(*id),
        }
    }

    /// Whether both are typing into the same text, so that undoing one should undo both.
    #[must_use]
    pub fn continues(&self, before: &Self) -> bool {
        match (self, before) {
            (Self::UnitNamed(_), Self::UnitNamed(_)) | (Self::FillerNamed(_), Self::FillerNamed(_)) => true,
            (Self::NoteWritten(a, _), Self::NoteWritten(b, _))
            | (Self::ReasonGiven(a, _), Self::ReasonGiven(b, _))
            | (Self::OwnerNamed(a, _), Self::OwnerNamed(b, _)) => a == b,
            (Self::EntryWritten(a, at, EntryField::What(_)), Self::EntryWritten(b, bt, EntryField::What(_)))
            | (
                Self::EntryWritten(a, at, EntryField::Reference(_)),
                Self::EntryWritten(b, bt, EntryField::Reference(_)),
            ) => (a, at) == (b, bt),
            _ => false,
        }
    }
}

/// The workbook after `msg`, written at `stamp`.
///
/// Total: a message about an entry that is not there changes nothing, and one that changes nothing leaves no trace.
#[must_use]
pub fn update(workbook: &Workbook, msg: Msg, stamp: Stamp) -> Workbook {
    let mut next = workbook.clone();
    let place = msg.requirement();
    match msg {
        Msg::CycleChosen(cycle) => next.cycle.write(cycle, stamp),
        Msg::UnitNamed(name) => next.unit.write(name, stamp),
        Msg::FillerNamed(name) => next.filler.write(name, stamp),
        Msg::Deleted(is_deleted) => next.is_deleted.write(is_deleted, stamp),
        Msg::OwnDateSet(date, value) => next.own_dates[date as usize].write(value, stamp),
        Msg::EntryAdded(List::Milestones)
        | Msg::EntryWritten(List::Milestones, ..)
        | Msg::EntryRemoved(List::Milestones, ..) => change_entries(&mut next.milestones, msg, stamp),
        msg => {
            if let Some(id) = place {
                let before = workbook.answer(id);
                let mut answer = (*before).clone();
                change(&mut answer, msg, stamp);
                if answer != *before {
                    next.answers.insert(id, Rc::new(answer));
                    next.place.write(Some(id), stamp);
                }
            }
        }
    }
    next
}

fn change(answer: &mut Answer, msg: Msg, stamp: Stamp) {
    match msg {
        Msg::Answered(_, status) => answer.status.write(status, stamp),
        Msg::NoteWritten(_, note) => answer.note.write(note, stamp),
        Msg::ReasonGiven(_, reason) => answer.reason.write(reason, stamp),
        Msg::OwnerNamed(_, owner) => answer.owner.write(owner, stamp),
        Msg::DueSet(_, due) => answer.due.write(due, stamp),
        msg => change_entries(&mut answer.entries, msg, stamp),
    }
}

fn change_entries(entries: &mut Map<EntryId, Rc<Entry>>, msg: Msg, stamp: Stamp) {
    match msg {
        Msg::EntryAdded(_) => entries.insert(EntryId(stamp), Rc::default()),
        Msg::EntryWritten(_, at, field) => {
            if let Some(entry) = entries.get_mut(&at).map(Rc::make_mut) {
                match field {
                    EntryField::What(what) => entry.what.write(what, stamp),
                    EntryField::Reference(reference) => entry.reference.write(reference, stamp),
                    EntryField::Date(date) => entry.date.write(date, stamp),
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

/// One thing that differs between two copies of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// This message would do away with it.
    Value(Msg),
    /// The second copy has an entry that the first never had.
    EntryAdded(List, EntryId),
}

/// The messages that make `from` show what `to` shows: how a change is undone, and how a snapshot is restored.
///
/// Only what people see is compared; histories and where somebody stopped are left alone. Both must be copies of the
/// same workbook, and every entry of `to` known to `from`.
#[must_use]
pub fn restoring(from: &Workbook, to: &Workbook) -> Vec<Msg> {
    let msgs = differences(from, to).into_iter().filter_map(|difference| match difference {
        Difference::Value(msg) => Some(msg),
        Difference::EntryAdded(..) => None,
    });
    msgs.collect()
}

/// What people would see change from the first copy to the second, in the order of ids.
#[must_use]
pub fn differences(from: &Workbook, to: &Workbook) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut put = |is_equal: bool, msg: Msg| {
        if !is_equal {
            found.push(Difference::Value(msg));
        }
    };
    put(*from.cycle == *to.cycle, Msg::CycleChosen(*to.cycle));
    put(*from.unit == *to.unit, Msg::UnitNamed((*to.unit).clone()));
    put(*from.filler == *to.filler, Msg::FillerNamed((*to.filler).clone()));
    put(*from.is_deleted == *to.is_deleted, Msg::Deleted(*to.is_deleted));
    for (date, (from, to)) in OwnDate::ALL.into_iter().zip(from.own_dates.iter().zip(&to.own_dates)) {
        put(**from == **to, Msg::OwnDateSet(date, **to));
    }
    differences_of_entries(List::Milestones, &from.milestones, &to.milestones, &mut found);
    let ids: Set<_> = from.answers.keys().chain(to.answers.keys()).copied().collect();
    for &id in ids.iter() {
        if let (Some(from), Some(to)) = (from.answers.get(&id), to.answers.get(&id))
            && Rc::ptr_eq(from, to)
        {
            continue;
        }
        differences_of_answer(id, &from.answer(id), &to.answer(id), &mut found);
    }
    found
}

fn differences_of_answer(id: RequirementId, from: &Answer, to: &Answer, found: &mut Vec<Difference>) {
    let mut put = |is_equal: bool, msg: Msg| {
        if !is_equal {
            found.push(Difference::Value(msg));
        }
    };
    put(*from.status == *to.status, Msg::Answered(id, *to.status));
    put(*from.note == *to.note, Msg::NoteWritten(id, (*to.note).clone()));
    put(*from.reason == *to.reason, Msg::ReasonGiven(id, (*to.reason).clone()));
    put(*from.owner == *to.owner, Msg::OwnerNamed(id, (*to.owner).clone()));
    put(*from.due == *to.due, Msg::DueSet(id, *to.due));
    differences_of_entries(List::Evidence(id), &from.entries, &to.entries, found);
}

fn differences_of_entries(
    list: List,
    from: &Map<EntryId, Rc<Entry>>,
    to: &Map<EntryId, Rc<Entry>>,
    found: &mut Vec<Difference>,
) {
    let mut put = |is_equal: bool, msg: Msg| {
        if !is_equal {
            found.push(Difference::Value(msg));
        }
    };
    for (at, entry) in from.iter() {
        let Some(to) = to.get(at) else {
            put(*entry.is_removed, Msg::EntryRemoved(list, *at, true));
            continue;
        };
        let write = |field| Msg::EntryWritten(list, *at, field);
        put(*entry.what == *to.what, write(EntryField::What((*to.what).clone())));
        put(*entry.reference == *to.reference, write(EntryField::Reference((*to.reference).clone())));
        put(*entry.date == *to.date, write(EntryField::Date(*to.date)));
        put(*entry.is_removed == *to.is_removed, Msg::EntryRemoved(list, *at, *to.is_removed));
    }
    let added = to.iter().filter(|(at, entry)| !*entry.is_removed && from.get(at).is_none());
    found.extend(added.map(|(at, _)| Difference::EntryAdded(list, *at)));
}
