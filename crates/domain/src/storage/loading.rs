//! Everything there is in storage: read, sorted out, wiped.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::storage::key::{Key, Parity};
use crate::storage::log::Log;
use crate::storage::record::{self, PREFIX, RecordError};
use crate::storage::store::{Refusal, Storage};
use crate::workbook::merge::merge;
use crate::workbook::workbook::Workbook;
use crate::workbook::workbook_id::WorkbookId;

/// What reading everything brought to light.
#[derive(Debug, Default, PartialEq)]
pub struct Loaded {
    pub workbooks: BTreeMap<WorkbookId, Rc<Workbook>>,
    /// What was learned.
    pub training: Log,
    /// Workbooks of which a later release wrote some slot: they must not be written.
    pub newer: BTreeSet<WorkbookId>,
    /// Records that could not be read were found.
    pub damaged: Vec<Damage>,
    /// Workbooks of which no record can be read, but of which there are restore points: to be offered.
    pub restorable: BTreeSet<WorkbookId>,
}

/// A record that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// `None` where it is of what was learned.
    pub workbook: Option<WorkbookId>,
    /// Whether the generation before it, in the same slot, is there.
    pub has_earlier: bool,
    /// Whether it was moved to a key of its own. Where not, it stays where it is, and is not written over.
    pub is_set_aside: bool,
}

/// Reads every workbook there is, and what was learned.
///
/// A record that cannot be read is moved to a key of its own, which nothing ever overwrites.
///
/// # Errors
/// [`Refusal::Blocked`] where storage cannot be read at all.
pub fn load(storage: &impl Storage, now: u64) -> Result<Loaded, Refusal> {
    let mut loaded = Loaded::default();
    let mut damaged = Vec::new();
    let mut sound = Vec::new();
    let keys = storage.keys()?;
    for text in &keys {
        let (id, slot, parity) = match Key::parse(text) {
            Some(Key::Slot { workbook, slot, parity }) => (workbook, slot, parity),
            Some(Key::Training { slot, parity }) => {
                let Some(record) = storage.get(text)? else { continue };
                match Log::read(&record) {
                    Ok((_, log)) => {
                        sound.push((None, slot));
                        loaded.training = loaded.training.merge(&log);
                    }
                    // It stays where it is: this release writes to other slots, and merging loses nothing.
                    Err(RecordError::Newer) => {}
                    Err(RecordError::Damaged) => damaged.push((None, slot, parity, text, record)),
                }
                continue;
            }
            _ => continue,
        };
        let Some(record) = storage.get(text)? else { continue };
        match record::read(&record) {
            Ok((_, workbook)) if workbook.id == id => {
                sound.push((Some(id), slot));
                let merged = match loaded.workbooks.get(&id) {
                    Some(held) => merge(held, &workbook),
                    None => workbook,
                };
                loaded.workbooks.insert(id, Rc::new(merged));
            }
            Err(RecordError::Newer) => {
                loaded.newer.insert(id);
            }
            Ok(_) | Err(RecordError::Damaged) => damaged.push((Some(id), slot, parity, text, record)),
        }
    }
    for (workbook, slot, parity, text, record) in damaged {
        let is_set_aside = set_aside(storage, workbook, &slot, parity, text, &record, now).is_ok();
        let has_earlier = sound.contains(&(workbook, slot));
        loaded.damaged.push(Damage { workbook, has_earlier, is_set_aside });
    }
    for text in &keys {
        if let Some(Key::RestorePoint(point)) = Key::parse(text)
            && !loaded.workbooks.contains_key(&point.workbook)
            && !loaded.newer.contains(&point.workbook)
        {
            loaded.restorable.insert(point.workbook);
        }
    }
    Ok(loaded)
}

/// Moves a damaged record to a key that is still free.
fn set_aside(
    storage: &impl Storage,
    workbook: Option<WorkbookId>,
    slot: &str,
    parity: Parity,
    from: &str,
    record: &str,
    now: u64,
) -> Result<(), Refusal> {
    let place = workbook.map_or_else(|| "t".into(), |id| id.to_string());
    let mut to = String::new();
    for count in 0.. {
        to = Key::Damaged(format!("{place}/{slot}/{}-{count}/{now}", parity.as_str())).text();
        if storage.get(&to)?.is_none() {
            break;
        }
    }
    storage.set(&to, record)?;
    storage.remove(from)
}

/// Removes every key of ours that `belongs` picks, looks again, and says what is still there: another tab may have
/// written meanwhile.
///
/// # Errors
/// As [`Storage::remove`].
pub fn wipe(storage: &impl Storage, belongs: impl Fn(&Key) -> bool) -> Result<Vec<Key>, Refusal> {
    let chosen = |storage: &_| -> Result<Vec<Key>, Refusal> {
        let keys = Storage::keys(storage)?;
        Ok(keys.iter().filter_map(|text| Key::parse(text)).filter(|key| belongs(key)).collect())
    };
    for key in chosen(storage)? {
        storage.remove(&key.text())?;
    }
    chosen(storage)
}

/// How much room each key of ours takes, in bytes as browsers count them (two for every UTF-16 unit).
///
/// # Errors
/// [`Refusal::Blocked`] where storage cannot be read.
pub fn sizes(storage: &impl Storage) -> Result<Vec<(Option<Key>, usize)>, Refusal> {
    let mut sizes = Vec::new();
    for text in storage.keys()?.into_iter().filter(|text| text.starts_with(PREFIX)) {
        let size = storage.get(&text)?.map_or(0, |value| value.encode_utf16().count());
        sizes.push((Key::parse(&text), 2 * (size + text.len())));
    }
    Ok(sizes)
}
