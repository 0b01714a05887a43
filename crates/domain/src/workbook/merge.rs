//! Two copies of a workbook become one: field by field, the later wins, nothing is dropped.

use std::rc::Rc;

use crate::json::{self, compact};
use crate::map::Map;
use crate::workbook::workbook::{Answer, Entry, Workbook};

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
    merged.place.merge(&theirs.place);
    for (ours, theirs) in merged.own_dates.iter_mut().zip(&theirs.own_dates) {
        ours.merge(theirs);
    }
    merge_maps(&mut merged.milestones, &theirs.milestones, merge_entry);
    merge_maps(&mut merged.answers, &theirs.answers, merge_answer);
    merge_maps(&mut merged.attic, &theirs.attic, merge_answer);
    merge_unknown(&mut merged.unknown, &theirs.unknown);
    merged
}

pub(crate) fn merge_answer(ours: &mut Answer, theirs: &Answer) {
    ours.status.merge(&theirs.status);
    ours.note.merge(&theirs.note);
    ours.reason.merge(&theirs.reason);
    ours.owner.merge(&theirs.owner);
    ours.due.merge(&theirs.due);
    merge_maps(&mut ours.entries, &theirs.entries, merge_entry);
    merge_unknown(&mut ours.unknown, &theirs.unknown);
}

fn merge_entry(ours: &mut Entry, theirs: &Entry) {
    ours.what.merge(&theirs.what);
    ours.reference.merge(&theirs.reference);
    ours.date.merge(&theirs.date);
    ours.is_removed.merge(&theirs.is_removed);
    merge_unknown(&mut ours.unknown, &theirs.unknown);
}

/// Entries of one side only are shared, and so are equal ones: what did not change keeps its pointer.
fn merge_maps<K: Ord + Clone, V: Clone + PartialEq>(
    ours: &mut Map<K, Rc<V>>,
    theirs: &Map<K, Rc<V>>,
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

/// What neither copy understands carries no time: of two values the greater text stays, on every side the same.
fn merge_unknown(ours: &mut json::Map, theirs: &json::Map) {
    for (key, value) in theirs.iter() {
        if ours.get(key).is_none_or(|held| compact(held) < compact(value)) {
            ours.insert(key.clone(), value.clone());
        }
    }
}
