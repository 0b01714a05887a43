//! Workbooks in a browser's storage, shared by its tabs, so that nothing acknowledged is ever lost.
//!
//! Every tab writes to a slot of its own, so no tab can overwrite another's; what is known is the merger of all slots.
//! A slot holds two generations, written in turn: a write cut off at any byte leaves the one before it. Only keys under
//! [`PREFIX`] are ever touched.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::storage::record::{self, PREFIX, RecordError};
use crate::workbook::merge::merge;
use crate::workbook::workbook::Workbook;
use crate::workbook::workbook_id::WorkbookId;

/// How long a slot of another tab must have been silent before what it holds, and we hold too, is cleared away.
const SILENCE: u64 = 60 * 60 * 1000;
/// How many restore points of one workbook are kept.
const RESTORE_POINTS: usize = 10;

/// A store of texts under keys: local storage, or a simulation of it.
pub trait Storage {
    /// Every key, ours and others'.
    ///
    /// # Errors
    /// [`Refusal::Blocked`] where there is no access; so for the others.
    fn keys(&self) -> Result<Vec<String>, Refusal>;
    /// The text under a key; `None` where there is none.
    ///
    /// # Errors
    /// [`Refusal::Blocked`].
    fn get(&self, key: &str) -> Result<Option<String>, Refusal>;
    /// Puts a text under a key.
    ///
    /// # Errors
    /// [`Refusal::Full`] where there is no room; nothing has changed then.
    fn set(&self, key: &str, text: &str) -> Result<(), Refusal>;
    /// Removes a key.
    ///
    /// # Errors
    /// [`Refusal::Blocked`].
    fn remove(&self, key: &str) -> Result<(), Refusal>;
}

/// Why storage did not do what it was asked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    Blocked,
    Full,
}

/// Where something of ours lies.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// `w/<workbook>/<slot>/<even or odd>`
    Slot { workbook: WorkbookId, slot: String, parity: Parity },
    /// `r/<workbook>/<milliseconds>-<reason>`
    RestorePoint(RestorePoint),
    /// `d/<…>`: a record that could not be read, as it was.
    Damaged(String),
    /// `m/<…>`: small notes, such as the time of the last backup.
    Memo(String),
}

/// Which of the two records of a slot: that of the even generations, or that of the odd ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Parity {
    Even,
    Odd,
}

impl Parity {
    pub const ALL: [Self; 2] = [Self::Even, Self::Odd];

    /// Where a generation is written.
    #[must_use]
    pub fn of(generation: u64) -> Self {
        if generation.is_multiple_of(2) { Self::Even } else { Self::Odd }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Even => "even",
            Self::Odd => "odd",
        }
    }
}

/// Names a restore point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RestorePoint {
    pub workbook: WorkbookId,
    /// When it was taken, in milliseconds since 1970.
    pub taken: u64,
    pub reason: Reason,
}

/// Why a restore point was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The first change of a day.
    Daily,
    Import,
    Restore,
    /// Before what a link carried was merged in.
    Link,
    /// Before proposed due dates were taken over.
    Schedule,
}

impl Reason {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Daily, "daily"),
        (Self::Import, "import"),
        (Self::Restore, "restore"),
        (Self::Link, "link"),
        (Self::Schedule, "schedule"),
    ];
}

impl Key {
    /// The key as it stands in storage.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Slot { workbook, slot, parity } => format!("{PREFIX}w/{workbook}/{slot}/{}", parity.as_str()),
            Self::RestorePoint(RestorePoint { workbook, taken, reason }) => {
                let word = Reason::ALL.iter().find(|(other, _)| other == reason).map_or("", |(_, word)| word);
                format!("{PREFIX}r/{workbook}/{taken}-{word}")
            }
            Self::Damaged(rest) => format!("{PREFIX}d/{rest}"),
            Self::Memo(rest) => format!("{PREFIX}m/{rest}"),
        }
    }

    /// Reads a key; `None` for whatever is not ours.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (sort, rest) = text.strip_prefix(PREFIX)?.split_once('/')?;
        match sort {
            "w" => {
                let mut parts = rest.split('/');
                let (workbook, slot, parity) = (parts.next()?, parts.next()?, parts.next()?);
                let parity = Parity::ALL.into_iter().find(|known| known.as_str() == parity)?;
                let is_whole = parts.next().is_none() && !slot.is_empty();
                let workbook = WorkbookId::parse(workbook)?;
                is_whole.then(|| Self::Slot { workbook, slot: slot.into(), parity })
            }
            "r" => {
                let (workbook, rest) = rest.split_once('/')?;
                let (taken, word) = rest.split_once('-')?;
                let (reason, _) = Reason::ALL.iter().find(|(_, other)| *other == word)?;
                let (workbook, taken) = (WorkbookId::parse(workbook)?, taken.parse().ok()?);
                Some(Self::RestorePoint(RestorePoint { workbook, taken, reason: *reason }))
            }
            "d" => Some(Self::Damaged(rest.into())),
            "m" => Some(Self::Memo(rest.into())),
            _ => None,
        }
    }

    /// The workbook it belongs to.
    #[must_use]
    pub fn workbook(&self) -> Option<WorkbookId> {
        match self {
            Self::Slot { workbook, .. } => Some(*workbook),
            Self::RestorePoint(point) => Some(point.workbook),
            Self::Damaged(rest) => WorkbookId::parse(rest.split('/').next()?),
            Self::Memo(_) => None,
        }
    }
}

/// What reading everything brought to light.
#[derive(Debug, Default, PartialEq)]
pub struct Loaded {
    pub workbooks: BTreeMap<WorkbookId, Workbook>,
    /// Workbooks of which a later release wrote some slot: they must not be written.
    pub newer: BTreeSet<WorkbookId>,
    /// Records that could not be read were found.
    pub damaged: Vec<Damage>,
}

/// A record that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    pub workbook: WorkbookId,
    /// Whether the generation before it, in the same slot, is there.
    pub has_earlier: bool,
    /// Whether it was moved to a key of its own. Where not, its slot must not be written.
    pub is_set_aside: bool,
}

/// What one tab knows of the records it wrote.
#[derive(Debug, Clone)]
pub struct Shelf {
    /// This tab's slot.
    slot: String,
    written: BTreeMap<WorkbookId, StoredRecord>,
}

#[derive(Debug, Clone)]
struct StoredRecord {
    generation: u64,
    workbook: Rc<Workbook>,
    is_tidied: bool,
}

impl Shelf {
    /// `slot` must be this tab's alone: two tabs that write to one slot overwrite each other.
    #[must_use]
    pub fn new(slot: impl Into<String>) -> Self {
        Self { slot: slot.into(), written: BTreeMap::new() }
    }

    #[must_use]
    pub fn slot(&self) -> &str {
        &self.slot
    }

    /// Whether a key is one this tab writes.
    #[must_use]
    pub fn is_own(&self, key: &Key) -> bool {
        matches!(key, Key::Slot { slot, .. } if *slot == self.slot)
    }

    /// Whether this workbook is stored as it is.
    #[must_use]
    pub fn holds(&self, workbook: &Rc<Workbook>) -> bool {
        self.written.get(&workbook.id).is_some_and(|written| Rc::ptr_eq(&written.workbook, workbook))
    }

    /// Takes note that storage no longer holds what was written: the next [`save`](Self::save) writes again.
    pub fn forget(&mut self) {
        self.written.clear();
    }

    /// Saves a workbook.
    ///
    /// # Errors
    /// As [`Storage::set`]; both generations written before are still there then, or whatever is left of them.
    pub fn save(&mut self, storage: &impl Storage, workbook: &Rc<Workbook>, now: u64) -> Result<(), Refusal> {
        let id = workbook.id;
        let key = |parity| Key::Slot { workbook: id, slot: self.slot.clone(), parity }.text();
        let last = self.written.get(&id);
        let generation = match last {
            Some(last) => last.generation + 1,
            None => {
                // A page before this one wrote here: go on after it, so that its last generation stays until the next.
                let mut last = 0;
                for parity in Parity::ALL {
                    let held = storage.get(&key(parity))?;
                    let header = held.as_deref().and_then(record::header);
                    last = last.max(header.map_or(0, |header| header.generation));
                }
                last + 1
            }
        };
        let is_tidied = last.is_some_and(|last| last.is_tidied);
        storage.set(&key(Parity::of(generation)), &record::write(workbook, generation, now))?;
        self.written.insert(id, StoredRecord { generation, workbook: workbook.clone(), is_tidied });
        Ok(())
    }

    /// Clears away slots of tabs that are long gone and hold nothing this tab has not saved itself. Does so once per
    /// workbook, and only after a [`save`](Self::save).
    ///
    /// A living tab that was merely silent learns of the removal and writes its slot again.
    ///
    /// # Errors
    /// As [`Storage::remove`].
    pub fn tidy(&mut self, storage: &impl Storage, id: WorkbookId, now: u64) -> Result<(), Refusal> {
        let Some(written) = self.written.get_mut(&id).filter(|written| !written.is_tidied) else { return Ok(()) };
        written.is_tidied = true;
        let held = written.workbook.clone();
        for text in storage.keys()? {
            let Some(key @ Key::Slot { workbook, .. }) = Key::parse(&text) else { continue };
            if workbook != id || self.is_own(&key) {
                continue;
            }
            let Some(record) = storage.get(&text)? else { continue };
            let Ok((header, theirs)) = record::read(&record) else { continue };
            let is_silent = header.saved.saturating_add(SILENCE) < now;
            if is_silent && merge(&held, &theirs) == *held {
                storage.remove(&text)?;
            }
        }
        Ok(())
    }
}

/// Reads every workbook there is.
///
/// A record that cannot be read is moved to a key of its own first, so that writing its slot again destroys nothing.
///
/// # Errors
/// [`Refusal::Blocked`] where storage cannot be read at all.
pub fn load(storage: &impl Storage, now: u64) -> Result<Loaded, Refusal> {
    let mut loaded = Loaded::default();
    let mut damaged = Vec::new();
    let mut sound = Vec::new();
    for text in storage.keys()? {
        let Some(Key::Slot { workbook: id, slot, .. }) = Key::parse(&text) else { continue };
        let Some(record) = storage.get(&text)? else { continue };
        match record::read(&record) {
            Ok((_, workbook)) if workbook.id == id => {
                sound.push((id, slot));
                let merged = match loaded.workbooks.get(&id) {
                    Some(held) => merge(held, &workbook),
                    None => workbook,
                };
                loaded.workbooks.insert(id, merged);
            }
            Err(RecordError::Newer) => {
                loaded.newer.insert(id);
            }
            Ok(_) | Err(RecordError::Damaged) => damaged.push((id, slot, text, record)),
        }
    }
    for (workbook, slot, text, record) in damaged {
        let aside = Key::Damaged(format!("{workbook}/{slot}/{now}")).text();
        let is_set_aside = storage.set(&aside, &record).is_ok() && storage.remove(&text).is_ok();
        let has_earlier = sound.contains(&(workbook, slot));
        loaded.damaged.push(Damage { workbook, has_earlier, is_set_aside });
    }
    Ok(loaded)
}

/// Every restore point there is, the latest first.
///
/// # Errors
/// [`Refusal::Blocked`] where storage cannot be read.
pub fn restore_points(storage: &impl Storage) -> Result<Vec<RestorePoint>, Refusal> {
    let keys = storage.keys()?.into_iter().filter_map(|text| match Key::parse(&text) {
        Some(Key::RestorePoint(point)) => Some(point),
        _ => None,
    });
    let mut found: Vec<_> = keys.collect();
    found.sort_by_key(|point| Reverse((point.taken, point.workbook)));
    Ok(found)
}

/// Keeps a copy of the workbook as it is, and lets the oldest of its restore points go where there are too many.
///
/// # Errors
/// As [`Storage::set`].
pub fn make_restore_point(
    storage: &impl Storage,
    workbook: &Workbook,
    reason: Reason,
    now: u64,
) -> Result<(), Refusal> {
    let key = RestorePoint { workbook: workbook.id, taken: now, reason };
    storage.set(&Key::RestorePoint(key).text(), &record::write(workbook, 0, now))?;
    let own = restore_points(storage)?.into_iter().filter(|point| point.workbook == workbook.id);
    for old in own.skip(RESTORE_POINTS) {
        storage.remove(&Key::RestorePoint(old).text())?;
    }
    Ok(())
}

/// Lets the oldest restore point of any workbook go, to make room; `false` where there is none left.
///
/// # Errors
/// As [`Storage::remove`].
pub fn drop_oldest_restore_point(storage: &impl Storage) -> Result<bool, Refusal> {
    let Some(oldest) = restore_points(storage)?.pop() else { return Ok(false) };
    storage.remove(&Key::RestorePoint(oldest).text())?;
    Ok(true)
}

/// Removes every key of ours that `belongs` picks.
///
/// # Errors
/// As [`Storage::remove`].
pub fn remove_all(storage: &impl Storage, belongs: impl Fn(&Key) -> bool) -> Result<(), Refusal> {
    for text in storage.keys()? {
        if text.starts_with(PREFIX) && Key::parse(&text).is_some_and(|key| belongs(&key)) {
            storage.remove(&text)?;
        }
    }
    Ok(())
}

/// What of ours takes how much room, in bytes as browsers count them (two for every UTF-16 unit).
///
/// # Errors
/// [`Refusal::Blocked`] where storage cannot be read.
pub fn sizes(storage: &impl Storage) -> Result<BTreeMap<Option<Key>, usize>, Refusal> {
    let mut sizes = BTreeMap::new();
    for text in storage.keys()?.into_iter().filter(|text| text.starts_with(PREFIX)) {
        let size = storage.get(&text)?.map_or(0, |value| value.encode_utf16().count());
        sizes.insert(Key::parse(&text), 2 * (size + text.len()));
    }
    Ok(sizes)
}
