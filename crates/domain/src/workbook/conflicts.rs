//! Taking in a copy from a file, which somebody may have edited outside of this program.

use crate::catalogue::requirement_id::RequirementId;
use crate::workbook::answer::Answer;
use crate::workbook::entry::{Entries, List};
use crate::workbook::field::Field;
use crate::workbook::history::apply;
use crate::workbook::merge::merge;
use crate::workbook::own_date::OwnDate;
use crate::workbook::stamp::Clock;
use crate::workbook::update::{EntryValue, Msg};
use crate::workbook::workbook::Workbook;

/// What both copies know, together; where one stamp stands for two different values, the value of `theirs`.
///
/// Within this program one stamp stands for one value. A file can have been edited, or garbled: then the copy here and
/// the copy there claim the same stamp for different values, and neither is later. Whoever takes a file in wants what it
/// says, so it is written anew, as a change of this moment.
#[must_use]
pub fn take_in(ours: &Workbook, theirs: &Workbook, clock: &mut Clock, now: u64) -> Workbook {
    let merged = merge(ours, theirs);
    clock.observe(merged.latest());
    apply(&merged, &conflicts(ours, theirs), clock, now)
}

/// The messages that write what `theirs` says where both copies claim the same stamp for different values.
#[must_use]
pub fn conflicts(ours: &Workbook, theirs: &Workbook) -> Vec<Msg> {
    let mut found = Vec::new();
    put(&mut found, &ours.cycle, &theirs.cycle, Msg::CycleChosen);
    put(&mut found, &ours.unit, &theirs.unit, Msg::UnitNamed);
    put(&mut found, &ours.filler, &theirs.filler, Msg::FillerNamed);
    put(&mut found, &ours.is_deleted, &theirs.is_deleted, Msg::Deleted);
    for (which, (ours, theirs)) in OwnDate::ALL.into_iter().zip(ours.own_dates.iter().zip(&theirs.own_dates)) {
        put(&mut found, ours, theirs, |date| Msg::OwnDateSet(which, date));
    }
    put_entries(&mut found, List::Milestones, &ours.milestones, &theirs.milestones);
    put_entries(&mut found, List::Plans, &ours.plans, &theirs.plans);
    put_entries(&mut found, List::OwnRequirements, &ours.own_requirements, &theirs.own_requirements);
    for (id, theirs) in &theirs.answers {
        if let Some(ours) = ours.answers.get(id) {
            put_answer(&mut found, *id, ours, theirs);
        }
    }
    found
}

fn put_answer(found: &mut Vec<Msg>, id: RequirementId, ours: &Answer, theirs: &Answer) {
    put(found, &ours.status, &theirs.status, |status| Msg::Answered(id, status));
    put(found, &ours.note, &theirs.note, |note| Msg::NoteWritten(id, note));
    put(found, &ours.problem, &theirs.problem, |problem| Msg::ProblemWritten(id, problem));
    put(found, &ours.measure, &theirs.measure, |measure| Msg::MeasureWritten(id, measure));
    put(found, &ours.reason, &theirs.reason, |reason| Msg::ReasonGiven(id, reason));
    put(found, &ours.owner, &theirs.owner, |owner| Msg::OwnerNamed(id, owner));
    put(found, &ours.due, &theirs.due, |due| Msg::DueSet(id, due));
    for (number, (ours, theirs)) in (1..).zip(ours.points.iter().zip(&theirs.points)) {
        put(found, ours, theirs, |is_met| Msg::PointTicked(id, number, is_met));
    }
    put_entries(found, List::Evidence(id), &ours.entries, &theirs.entries);
}

fn put_entries(found: &mut Vec<Msg>, list: List, ours: &Entries, theirs: &Entries) {
    for (at, theirs) in theirs {
        let Some(ours) = ours.get(at) else { continue };
        let write = |value| Msg::EntryWritten(list, *at, value);
        put(found, &ours.what, &theirs.what, |what| write(EntryValue::What(what)));
        put(found, &ours.reference, &theirs.reference, |reference| write(EntryValue::Reference(reference)));
        put(found, &ours.place, &theirs.place, |place| write(EntryValue::Place(place)));
        put(found, &ours.date, &theirs.date, |date| write(EntryValue::Date(date)));
        put(found, &ours.is_removed, &theirs.is_removed, |is_removed| Msg::EntryRemoved(list, *at, is_removed));
    }
}

fn put<T: Clone + Ord>(found: &mut Vec<Msg>, ours: &Field<T>, theirs: &Field<T>, msg: impl FnOnce(T) -> Msg) {
    if theirs.is_written() && ours.stamp() == theirs.stamp() && **ours != **theirs {
        found.push(msg((**theirs).clone()));
    }
}
