//! The slots of all tabs: which of them hold nothing that others do not hold as well.

use std::collections::BTreeSet;

use crate::storage::key::Key;
use crate::storage::record;
use crate::storage::store::{Refusal, Storage};
use crate::workbook::merge::merge;
use crate::workbook::workbook::Workbook;
use crate::workbook::workbook_id::WorkbookId;

/// How long a slot of another tab must have been silent before it may be cleared away.
pub(crate) const SILENCE: u64 = 60 * 60 * 1000;
/// The same where storage is full.
const SILENCE_WHEN_FULL: u64 = 60 * 1000;

/// Clears away what can be spared of every workbook, to make room.
pub(crate) fn tidy_all(storage: &impl Storage, own_slot: &str, now: u64) -> Result<(), Refusal> {
    for id in workbooks(storage)? {
        tidy(storage, id, own_slot, SILENCE_WHEN_FULL, now)?;
    }
    Ok(())
}

/// The workbooks of which there are slots.
fn workbooks(storage: &impl Storage) -> Result<BTreeSet<WorkbookId>, Refusal> {
    let keys = storage.keys()?;
    let slots = keys.iter().filter_map(|text| match Key::parse(text) {
        Some(Key::Slot { workbook, .. }) => Some(workbook),
        _ => None,
    });
    let mut found = BTreeSet::new();
    found.extend(slots);
    Ok(found)
}

/// What one slot holds of a workbook.
struct Slot {
    name: String,
    keys: Vec<String>,
    saved: u64,
    workbook: Option<Workbook>,
    /// Whether all of it can be read; where not, it stays.
    is_sound: bool,
}

/// Clears away the slots of a workbook that were silent for so long and hold nothing that later ones do not hold as well.
///
/// Every tab goes by the same order, the slot saved last first, so that two tabs that tidy at once keep the same ones.
pub(crate) fn tidy(
    storage: &impl Storage,
    id: WorkbookId,
    own_slot: &str,
    silence: u64,
    now: u64,
) -> Result<(), Refusal> {
    let mut slots = Vec::<Slot>::new();
    for text in storage.keys()? {
        let Some(Key::Slot { workbook, slot, .. }) = Key::parse(&text) else { continue };
        if workbook != id {
            continue;
        }
        let Some(record) = storage.get(&text)? else { continue };
        let at = slots.iter().position(|found| found.name == slot).unwrap_or(slots.len());
        if at == slots.len() {
            slots.push(Slot { name: slot, keys: Vec::new(), saved: 0, workbook: None, is_sound: true });
        }
        let found = &mut slots[at];
        found.keys.push(text);
        match record::read(&record) {
            Ok((header, theirs)) if theirs.id == id => {
                found.saved = found.saved.max(header.saved);
                found.workbook = Some(match &found.workbook {
                    Some(held) => merge(held, &theirs),
                    None => theirs,
                });
            }
            _ => found.is_sound = false,
        }
    }
    slots.sort_unstable_by(|one, other| (other.saved, &other.name).cmp(&(one.saved, &one.name)));
    let mut kept: Option<Workbook> = None;
    for slot in slots {
        let Some(theirs) = slot.workbook else { continue };
        let is_silent = slot.saved.abs_diff(now) > silence && slot.name != own_slot;
        let both = kept.as_ref().map(|kept| merge(kept, &theirs));
        let is_elsewhere = both.is_some() && both == kept;
        if is_silent && is_elsewhere && slot.is_sound {
            for key in slot.keys {
                storage.remove(&key)?;
            }
        } else {
            kept = Some(both.unwrap_or(theirs));
        }
    }
    Ok(())
}
