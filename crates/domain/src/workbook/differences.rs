//! What differs between two copies of a workbook, and what makes one show what the other shows.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::catalogue::requirement_id::RequirementId;
use crate::workbook::answer::Answer;
use crate::workbook::entry::{Entries, EntryId, List};
use crate::workbook::own_date::OwnDate;
use crate::workbook::update::{EntryValue, Msg};
use crate::workbook::workbook::Workbook;

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
    differences_of_entries(List::Plans, &from.plans, &to.plans, &mut found);
    differences_of_entries(List::OwnRequirements, &from.own_requirements, &to.own_requirements, &mut found);
    let mut ids = BTreeSet::new();
    ids.extend(from.answers.keys().chain(to.answers.keys()).copied());
    for id in ids {
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
    put(*from.problem == *to.problem, Msg::ProblemWritten(id, (*to.problem).clone()));
    put(*from.measure == *to.measure, Msg::MeasureWritten(id, (*to.measure).clone()));
    put(*from.reason == *to.reason, Msg::ReasonGiven(id, (*to.reason).clone()));
    put(*from.owner == *to.owner, Msg::OwnerNamed(id, (*to.owner).clone()));
    put(*from.due == *to.due, Msg::DueSet(id, *to.due));
    for (number, (from, to)) in (1..).zip(from.points.iter().zip(&to.points)) {
        put(**from == **to, Msg::PointTicked(id, number, **to));
    }
    differences_of_entries(List::Evidence(id), &from.entries, &to.entries, found);
}

fn differences_of_entries(list: List, from: &Entries, to: &Entries, found: &mut Vec<Difference>) {
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
        put(*entry.what == *to.what, write(EntryValue::What((*to.what).clone())));
        put(*entry.reference == *to.reference, write(EntryValue::Reference((*to.reference).clone())));
        put(*entry.place == *to.place, write(EntryValue::Place((*to.place).clone())));
        put(*entry.date == *to.date, write(EntryValue::Date(*to.date)));
        put(*entry.is_removed == *to.is_removed, Msg::EntryRemoved(list, *at, *to.is_removed));
    }
    let added = to.iter().filter(|(at, entry)| !*entry.is_removed && from.get(at).is_none());
    found.extend(added.map(|(at, _)| Difference::EntryAdded(list, *at)));
}
