//! Two copies of a workbook become one: field by field, the later wins, nothing is dropped.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::Value;

use crate::workbook::answer::Answer;
use crate::workbook::entry::Entry;
use crate::workbook::workbook::Workbook;

/// What both copies know, together. Commutative, associative, idempotent.
///
/// Both must be copies of the same workbook; the result keeps the id and kind of the first.
#[must_use]
pub fn merge(ours: &Workbook, theirs: &Workbook) -> Workbook {
    let mut merged = ours.clone();
    merged.cycle.merge(&theirs.cycle);
    merged.unit.merge(&theirs.unit);
    merged.filler.merge(&theirs.filler);
    merged.is_deleted.merge(&theirs.is_deleted);
    merged.last_answered.merge(&theirs.last_answered);
    for (ours, theirs) in merged.own_dates.iter_mut().zip(&theirs.own_dates) {
        ours.merge(theirs);
    }
    merge_maps(&mut merged.milestones, &theirs.milestones, merge_entry);
    merge_maps(&mut merged.plans, &theirs.plans, merge_entry);
    merge_maps(&mut merged.own_requirements, &theirs.own_requirements, merge_entry);
    merge_maps(&mut merged.answers, &theirs.answers, merge_answer);
    merge_unknown(&mut merged.unknown, &theirs.unknown);
    merged
}

pub(crate) fn merge_answer(ours: &mut Answer, theirs: &Answer) {
    ours.status.merge(&theirs.status);
    ours.note.merge(&theirs.note);
    ours.problem.merge(&theirs.problem);
    ours.measure.merge(&theirs.measure);
    ours.reason.merge(&theirs.reason);
    ours.owner.merge(&theirs.owner);
    ours.due.merge(&theirs.due);
    for (ours, theirs) in ours.points.iter_mut().zip(&theirs.points) {
        ours.merge(theirs);
    }
    merge_maps(&mut ours.entries, &theirs.entries, merge_entry);
    merge_unknown(&mut ours.unknown, &theirs.unknown);
}

fn merge_entry(ours: &mut Entry, theirs: &Entry) {
    ours.what.merge(&theirs.what);
    ours.reference.merge(&theirs.reference);
    ours.place.merge(&theirs.place);
    ours.date.merge(&theirs.date);
    ours.is_removed.merge(&theirs.is_removed);
    merge_unknown(&mut ours.unknown, &theirs.unknown);
}

/// Entries of one side only are shared, and so are equal ones: what did not change keeps its pointer.
fn merge_maps<K: Ord + Clone, V: Clone + PartialEq>(
    ours: &mut BTreeMap<K, Rc<V>>,
    theirs: &BTreeMap<K, Rc<V>>,
    merge: impl Fn(&mut V, &V),
) {
    for (key, theirs) in theirs.iter() {
        match ours.get_mut(key) {
            None => {
                ours.insert(key.clone(), theirs.clone());
            }
            Some(ours) if Rc::ptr_eq(ours, theirs) => {}
            Some(ours) => {
                let mut merged = (**ours).clone();
                merge(&mut merged, theirs);
                if merged != **ours {
                    *ours = Rc::new(merged);
                }
            }
        }
    }
}

/// What neither copy understands carries no time. Objects become one; of two other values the greater text stays, on
/// every side the same.
fn merge_unknown(ours: &mut serde_json::Map<String, Value>, theirs: &serde_json::Map<String, Value>) {
    for (key, value) in theirs {
        match (ours.get_mut(key), value) {
            (Some(Value::Object(ours)), Value::Object(theirs)) => merge_unknown(ours, theirs),
            (Some(held), value) if rank(held) >= rank(value) => {}
            _ => {
                ours.insert(key.clone(), value.clone());
            }
        }
    }
}

/// Objects outrank all else: otherwise the order in which three copies are merged would matter.
fn rank(value: &Value) -> (bool, String) {
    (value.is_object(), serde_json::to_string(value).expect("all keys are texts"))
}
