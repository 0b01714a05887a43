//! What one tab writes of its log to storage, as [`shelf`](crate::storage::shelf) does of workbooks: a slot of its own, two
//! generations in turn, and nothing is written over that it does not know.

use std::rc::Rc;

use crate::storage::key::{Key, Parity};
use crate::storage::log::Log;
use crate::storage::room;
use crate::storage::shelf::BEGINNING;
use crate::storage::slots::SILENCE;
use crate::storage::store::{Refusal, Storage};
use crate::workbook::stamp::Author;

/// What one tab knows of the records it wrote.
#[derive(Debug, Clone)]
pub struct LogShelf {
    author: Author,
    slot: String,
    /// How many slots this tab left.
    moves: u32,
    stored: Option<StoredLog>,
    is_tidied: bool,
}

#[derive(Debug, Clone)]
struct StoredLog {
    generation: u64,
    log: Rc<Log>,
    /// How the two records of the slot begin, as this tab left them.
    beginnings: [Option<String>; 2],
}

impl LogShelf {
    /// `slot` should be this tab's alone. `author` is this page's, and makes up the names of slots it has to move to.
    #[must_use]
    pub fn new(slot: impl Into<String>, author: Author) -> Self {
        Self { author, slot: slot.into(), moves: 0, stored: None, is_tidied: false }
    }

    /// Whether a key is one this tab writes.
    #[must_use]
    pub fn is_own(&self, key: &Key) -> bool {
        matches!(key, Key::Training { slot, .. } if *slot == self.slot)
    }

    /// Whether storage holds this log as this tab wrote it.
    ///
    /// # Errors
    /// [`Refusal::Blocked`].
    pub fn is_stored(&self, storage: &impl Storage, log: &Rc<Log>) -> Result<bool, Refusal> {
        let Some(stored) = self.stored.as_ref().filter(|stored| Rc::ptr_eq(&stored.log, log)) else {
            return Ok(false);
        };
        Ok(self.beginnings(storage)? == stored.beginnings)
    }

    /// Whether this tab wrote anything that it has not taken note of as gone.
    #[must_use]
    pub fn has_written(&self) -> bool {
        self.stored.is_some()
    }

    /// Takes note that storage no longer holds what was written.
    pub fn forget(&mut self) {
        self.stored = None;
    }

    /// Saves a log. Gives what was stored instead, where the slot held lines that the page did not know.
    ///
    /// # Errors
    /// [`Refusal`]. Whatever was stored before is still there then.
    pub fn save(&mut self, storage: &impl Storage, log: &Rc<Log>, now: u64) -> Result<Option<Rc<Log>>, Refusal> {
        let found = self.beginnings(storage)?;
        let mut log = log.clone();
        let mut taken_in = None;
        let known = self.stored.as_ref().map(|stored| &stored.beginnings);
        if known != Some(&found) {
            let is_first = known.is_none();
            let is_strange = |parity: &Parity| {
                let at = *parity as usize;
                found[at].is_some() && known.is_none_or(|known| known[at] != found[at])
            };
            let strange: Vec<_> = Parity::ALL.into_iter().filter(is_strange).collect();
            let (mut merged, mut is_sound) = ((*log).clone(), true);
            for parity in &strange {
                match storage.get(&self.key(*parity))?.map(|text| Log::read(&text)) {
                    Some(Ok((_, theirs))) => merged = merged.merge(&theirs),
                    Some(Err(_)) => is_sound = false,
                    None => {}
                }
            }
            if merged != *log {
                log = Rc::new(merged);
                taken_in = Some(log.clone());
            }
            // The page before in this tab left its slot to this one; anybody else's stays theirs, and so does what cannot be
            // read.
            let is_inherited = is_first && is_sound;
            if !strange.is_empty() && !is_inherited {
                self.moves += 1;
                self.slot = format!("{:x}-{}", self.author.0, self.moves);
                self.stored = None;
            }
        }
        let generation = self.last_generation(storage)? + 1;
        let parity = Parity::of(generation);
        let record = log.record(generation, now);
        room::put(storage, &self.key(parity), &record, &self.slot, now)?;
        let beginnings = self.beginnings(storage)?;
        if beginnings[parity as usize] != Some(record.chars().take(BEGINNING).collect()) {
            // Storage says yes and does nothing.
            return Err(Refusal::Blocked);
        }
        self.stored = Some(StoredLog { generation, log, beginnings });
        self.tidy(storage, now)?;
        Ok(taken_in)
    }

    /// Clears away, once, the slots of tabs that are long gone and hold nothing that was not just saved.
    fn tidy(&mut self, storage: &impl Storage, now: u64) -> Result<(), Refusal> {
        let Some(stored) = self.stored.as_ref().filter(|_| !self.is_tidied) else { return Ok(()) };
        for text in storage.keys()? {
            let Some(key @ Key::Training { .. }) = Key::parse(&text) else { continue };
            let Some(record) = storage.get(&text)?.filter(|_| !self.is_own(&key)) else { continue };
            if let Ok((header, theirs)) = Log::read(&record)
                && header.saved.abs_diff(now) > SILENCE
                && stored.log.includes(&theirs)
            {
                storage.remove(&text)?;
            }
        }
        self.is_tidied = true;
        Ok(())
    }

    fn key(&self, parity: Parity) -> String {
        Key::Training { slot: self.slot.clone(), parity }.text()
    }

    fn beginnings(&self, storage: &impl Storage) -> Result<[Option<String>; 2], Refusal> {
        let [even, odd] = Parity::ALL.map(|parity| storage.beginning(&self.key(parity), BEGINNING));
        Ok([even?, odd?])
    }

    /// The generation written last to this tab's slot.
    fn last_generation(&self, storage: &impl Storage) -> Result<u64, Refusal> {
        if let Some(stored) = &self.stored {
            return Ok(stored.generation);
        }
        let headers = self.beginnings(storage)?.into_iter().flatten().filter_map(|text| Log::header(&text));
        Ok(headers.map(|header| header.generation).max().unwrap_or(0))
    }
}
