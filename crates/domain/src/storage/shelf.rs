//! What one tab writes to storage, so that nothing acknowledged is ever lost.
//!
//! Every tab writes to a slot of its own; what is known is the merger of all slots. A slot holds two generations, written
//! in turn: a write cut off at any byte leaves the one before it. Before each write the tab looks whether its slot still
//! holds what it wrote there itself. Where it does not (a duplicated tab, a page that came back from the browser's cache),
//! what is there is merged in, and the tab moves to a new slot.

use std::collections::BTreeMap;
use std::rc::Rc;

pub use crate::storage::key::{Key, Parity};
use crate::storage::record::{self, RecordError};
use crate::storage::room;
use crate::storage::slots;
pub use crate::storage::store::{Refusal, Storage};
use crate::workbook::merge::merge;
use crate::workbook::stamp::Author;
use crate::workbook::workbook::Workbook;
use crate::workbook::workbook_id::WorkbookId;

/// How many characters of a record tell it from every other: those with its checksum, generation and time.
pub(crate) const BEGINNING: usize = 64;

/// What one tab knows of the records it wrote.
#[derive(Debug, Clone)]
pub struct Shelf {
    author: Author,
    /// This tab's slot.
    slot: String,
    /// How many slots this tab left.
    moves: u32,
    stored: BTreeMap<WorkbookId, StoredRecord>,
}

#[derive(Debug, Clone)]
struct StoredRecord {
    generation: u64,
    workbook: Rc<Workbook>,
    /// How the two records of the slot begin, as this tab left them.
    beginnings: [Option<String>; 2],
    is_tidied: bool,
}

/// How a save went.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Saved {
    /// What was stored instead, because the slot held something that the page did not know: it must show this now.
    pub taken_in: Option<Rc<Workbook>>,
    /// What this tab had stored was gone, and was written again.
    pub was_gone: bool,
    /// How many restore points had to go to make room.
    pub restore_points_dropped: usize,
}

impl Shelf {
    /// `slot` should be this tab's alone. `author` is this page's, and makes up the names of slots it has to move to.
    #[must_use]
    pub fn new(slot: impl Into<String>, author: Author) -> Self {
        Self { author, slot: slot.into(), moves: 0, stored: BTreeMap::new() }
    }

    /// The slot this tab writes to; a save may change it.
    #[must_use]
    pub fn slot(&self) -> &str {
        &self.slot
    }

    /// Whether a key is one this tab writes.
    #[must_use]
    pub fn is_own(&self, key: &Key) -> bool {
        matches!(key, Key::Slot { slot, .. } if *slot == self.slot)
    }

    /// Whether this tab stored the workbook as it is. [`is_stored`](Self::is_stored) says whether it is still there.
    #[must_use]
    pub fn holds(&self, workbook: &Rc<Workbook>) -> bool {
        self.stored.get(&workbook.id).is_some_and(|stored| Rc::ptr_eq(&stored.workbook, workbook))
    }

    /// Whether storage still holds everything that this tab wrote of a workbook.
    ///
    /// # Errors
    /// [`Refusal::Blocked`].
    pub fn is_stored(&self, storage: &impl Storage, id: WorkbookId) -> Result<bool, Refusal> {
        let Some(stored) = self.stored.get(&id) else { return Ok(false) };
        Ok(self.beginnings(storage, id)? == stored.beginnings)
    }

    /// Takes note that storage no longer holds what was written: the next [`save`](Self::save) writes again.
    pub fn forget(&mut self) {
        self.stored.clear();
    }

    /// Gives the slot back, for the next page of this tab. Should this page live on, it writes to another.
    pub fn release(&mut self) -> String {
        let next = self.next_slot();
        self.stored.clear();
        std::mem::replace(&mut self.slot, next)
    }

    /// Saves a workbook, and makes room for it where there is none: first by clearing away slots of closed tabs, then by
    /// letting the oldest restore points go. Where that does not help, they are put back.
    ///
    /// # Errors
    /// [`Refusal`]. Whatever was stored before is still there then.
    pub fn save(&mut self, storage: &impl Storage, workbook: &Rc<Workbook>, now: u64) -> Result<Saved, Refusal> {
        let id = workbook.id;
        let mut saved = Saved::default();
        let found = self.beginnings(storage, id)?;
        let mut workbook = workbook.clone();
        match self.stored.get(&id) {
            Some(stored) if found == stored.beginnings => {}
            known => {
                let is_known = |at: usize| known.is_some_and(|stored| found[at] == stored.beginnings[at]);
                // What is gone can be written again. What is there and not ours must be neither lost nor written over.
                let is_strange = |parity: &Parity| found[*parity as usize].is_some() && !is_known(*parity as usize);
                let strange: Vec<_> = Parity::ALL.into_iter().filter(is_strange).collect();
                saved.was_gone = known.is_some_and(|stored| {
                    stored.beginnings.iter().zip(&found).any(|(left, found)| left.is_some() && found.is_none())
                });
                let is_first = known.is_none();
                let mut is_sound = true;
                let mut merged = (*workbook).clone();
                for parity in strange.iter().copied() {
                    let Some(text) = storage.get(&self.key(id, parity))? else { continue };
                    match record::read(&text) {
                        Ok((_, theirs)) if theirs.id == id => merged = merge(&merged, &theirs),
                        Err(RecordError::Newer) => return Err(Refusal::Newer),
                        Ok(_) | Err(RecordError::Damaged) => is_sound = false,
                    }
                }
                if merged != *workbook {
                    workbook = Rc::new(merged);
                    saved.taken_in = Some(workbook.clone());
                }
                // The page before in this tab left its slot to this one; anybody else's stays theirs.
                let is_inherited = is_first && is_sound;
                if !strange.is_empty() && !is_inherited {
                    self.slot = self.next_slot();
                    // Every workbook goes to the new slot, each with its next save.
                    self.stored.clear();
                }
            }
        }
        let generation = self.last_generation(storage, id)? + 1;
        let record = record::write(&workbook, generation, now);
        let key = self.key(id, Parity::of(generation));
        saved.restore_points_dropped = room::put(storage, &key, &record, &self.slot, now)?;
        let mut beginnings = self.beginnings(storage, id)?;
        let own = &mut beginnings[Parity::of(generation) as usize];
        if *own != Some(record.chars().take(BEGINNING).collect()) {
            // Storage says yes and does nothing.
            return Err(Refusal::Blocked);
        }
        let is_tidied = self.stored.get(&id).is_some_and(|stored| stored.is_tidied);
        self.stored.insert(id, StoredRecord { generation, workbook, beginnings, is_tidied });
        Ok(saved)
    }

    /// Clears away slots of tabs that are long gone and hold nothing that is not stored elsewhere. Does so once per
    /// workbook, and only after a [`save`](Self::save).
    ///
    /// A living tab that was merely silent writes its slot again with its next save.
    ///
    /// # Errors
    /// As [`Storage::remove`].
    pub fn tidy(&mut self, storage: &impl Storage, id: WorkbookId, now: u64) -> Result<(), Refusal> {
        let Some(stored) = self.stored.get_mut(&id).filter(|stored| !stored.is_tidied) else { return Ok(()) };
        stored.is_tidied = true;
        slots::tidy(storage, id, &self.slot, slots::SILENCE, now)
    }

    fn key(&self, workbook: WorkbookId, parity: Parity) -> String {
        Key::Slot { workbook, slot: self.slot.clone(), parity }.text()
    }

    /// A slot that nobody else has: no two pages have the same author.
    fn next_slot(&mut self) -> String {
        self.moves += 1;
        format!("{:x}-{}", self.author.0, self.moves)
    }

    fn beginnings(&self, storage: &impl Storage, id: WorkbookId) -> Result<[Option<String>; 2], Refusal> {
        let [even, odd] = Parity::ALL.map(|parity| storage.beginning(&self.key(id, parity), BEGINNING));
        Ok([even?, odd?])
    }

    /// The generation written last to this tab's slot.
    fn last_generation(&self, storage: &impl Storage, id: WorkbookId) -> Result<u64, Refusal> {
        if let Some(stored) = self.stored.get(&id) {
            return Ok(stored.generation);
        }
        // A page before this one wrote here: go on after it, so that its last generation stays until the next.
        let headers = self.beginnings(storage, id)?.into_iter().flatten().filter_map(|text| record::header(&text));
        Ok(headers.map(|header| header.generation).max().unwrap_or(0))
    }
}
