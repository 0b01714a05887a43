//! This tab's hold on storage: what it read, the slot it writes to, and what other tabs do meanwhile.

use std::rc::Rc;

use plan_checklist_domain::storage::key::{Key, Reason, RestorePoint};
use plan_checklist_domain::storage::loading::{self, Loaded};
use plan_checklist_domain::storage::log::Log;
use plan_checklist_domain::storage::log_shelf::LogShelf;
use plan_checklist_domain::storage::record::{self, RecordError};
use plan_checklist_domain::storage::restore_points;
use plan_checklist_domain::storage::shelf::{Saved, Shelf};
use plan_checklist_domain::storage::store::{Refusal, Storage as _};
use plan_checklist_domain::workbook::history::History;
use plan_checklist_domain::{Date, UnitKind, Workbook, WorkbookId};
use std::collections::{BTreeMap, BTreeSet};

use super::storage::{self, Local};
use super::{clock, day, guest, identity, notes};
use crate::store::{Action, Notice, Restored, StorageChange, Wipe};

/// What this tab knows of storage.
#[derive(Debug)]
pub struct Keeper {
    shelf: Shelf,
    log_shelf: LogShelf,
    /// What was learned, as storage has it.
    known_log: Option<Rc<Log>>,
    /// The workbooks as storage has them: as this page found them, or wrote them last.
    known: BTreeMap<WorkbookId, Rc<Workbook>>,
    /// The days for which there is a restore point of a workbook.
    kept: BTreeMap<WorkbookId, Date>,
    /// Whether the page was laid aside: its slot belongs to others then, and nothing is written.
    is_aside: bool,
}

impl Keeper {
    /// Reads storage for the first time.
    pub fn open() -> (Self, Restored) {
        guest::arrive();
        let mut restored = read();
        let shelf = Shelf::new(identity::take_slot(), restored.author);
        restored.histories = identity::take_histories();
        // Of a workbook that was wiped meanwhile, nothing comes back.
        restored.histories.retain(|id, _| restored.books.contains_key(id));
        let known = restored.books.clone();
        let log_shelf = LogShelf::new(shelf.slot(), restored.author);
        let known_log = Some(restored.training.clone());
        (Self { shelf, log_shelf, known_log, known, kept: BTreeMap::new(), is_aside: false }, restored)
    }

    /// Reads storage again, after the page was laid aside.
    pub fn reopen(&mut self) -> Restored {
        let restored = read();
        self.shelf = Shelf::new(identity::take_slot(), restored.author);
        self.log_shelf = LogShelf::new(self.shelf.slot(), restored.author);
        self.known = restored.books.clone();
        self.known_log = Some(restored.training.clone());
        self.is_aside = false;
        restored
    }

    /// Leaves the slot, and what can be undone, to whatever page this tab shows next. Nothing is written from now on.
    pub fn let_go(&mut self, histories: &BTreeMap<WorkbookId, Rc<History>>) {
        if !self.is_aside {
            identity::release_slot(&self.shelf.release());
            identity::leave_histories(histories);
            self.is_aside = true;
        }
    }

    /// Storage no longer holds what this tab wrote, nor what it found.
    fn forget(&mut self) {
        self.shelf.forget();
        self.log_shelf.forget();
        self.known.clear();
        self.known_log = None;
    }

    /// Removes what this tab wrote in the moment before it heard that it was wiped.
    fn remove_own(&self, what: &Wipe) {
        for text in Local.keys().unwrap_or_default() {
            let is_meant = match Key::parse(&text) {
                Some(key @ Key::Slot { workbook, .. }) => self.shelf.is_own(&key) && what.includes(workbook),
                Some(key @ Key::Training { .. }) => *what == Wipe::Everything && self.log_shelf.is_own(&key),
                _ => false,
            };
            if is_meant {
                // Where that fails, nothing could have been written either.
                let _ = Local.remove(&text);
            }
        }
    }

    /// Writes every workbook, and what was learned, where storage does not hold it as it is, and says what came of it.
    ///
    /// One that cannot be written does not keep the others from it.
    pub fn save_all(&mut self, workbooks: &[Rc<Workbook>], training: Option<&Rc<Log>>) -> Vec<Action> {
        if self.is_aside {
            return vec![Action::SaveFailed(Refusal::Blocked)];
        }
        let (mut actions, mut has_written, mut refused) = (Vec::new(), false, None);
        let mut stored = BTreeSet::new();
        let mut is_log_stored = false;
        match Local.keys() {
            Ok(keys) => {
                stored.extend(keys.iter().filter_map(|key| slot_of(key)));
                is_log_stored = keys.iter().any(|key| matches!(Key::parse(key), Some(Key::Training { .. })));
            }
            Err(refusal) => refused = Some(refusal),
        }
        match training.map(|log| self.save_log(log, is_log_stored)) {
            None | Some(Ok(None)) => {}
            Some(Ok(Some(taken_in))) => {
                has_written = true;
                actions.extend(taken_in.map(Action::TrainingHeard));
            }
            Some(Err(refusal)) => refused = refused.or(Some(refusal)),
        }
        for workbook in workbooks {
            match self.save(workbook, &stored) {
                Ok(None) => {}
                Ok(Some(saved)) => {
                    has_written = true;
                    // What lay in the slot and was not known here is shown now.
                    actions.extend(saved.taken_in.map(Action::Heard));
                }
                Err(refusal) => refused = refused.or(Some(refusal)),
            }
        }
        actions.push(match refused {
            Some(refusal) => Action::SaveFailed(refusal),
            None => Action::Saved { time: clock::time_of_day().into(), has_written },
        });
        actions
    }

    /// Writes a workbook; `None` where storage holds it as it is. `stored` are those of which storage holds any record.
    fn save(&mut self, workbook: &Rc<Workbook>, stored: &BTreeSet<WorkbookId>) -> Result<Option<Saved>, Refusal> {
        let id = workbook.id;
        if self.known.get(&id).is_some_and(|known| Rc::ptr_eq(known, workbook)) {
            // Something else may have removed what this tab wrote, or every record there was.
            let is_there =
                if self.shelf.holds(workbook) { self.shelf.is_stored(&Local, id)? } else { stored.contains(&id) };
            if is_there {
                return Ok(None);
            }
        }
        let now = clock::now();
        let saved = self.shelf.save(&Local, workbook, now)?;
        let _ = self.shelf.tidy(&Local, id, now);
        let stored = saved.taken_in.as_ref().unwrap_or(workbook).clone();
        if let Some(before) = self.known.insert(id, stored) {
            self.keep_daily(&before, now);
        }
        Ok(Some(saved))
    }

    /// Writes what was learned; `None` where storage holds it as it is. Else what was stored instead, if anything.
    fn save_log(&mut self, log: &Rc<Log>, is_any_stored: bool) -> Result<Option<Option<Rc<Log>>>, Refusal> {
        let is_known = self.known_log.as_ref().is_some_and(|known| Rc::ptr_eq(known, log));
        if is_known && (self.log_shelf.is_stored(&Local, log)? || (is_any_stored && !self.log_shelf.has_written())) {
            return Ok(None);
        }
        let taken_in = self.log_shelf.save(&Local, log, clock::now())?;
        self.known_log = Some(taken_in.as_ref().unwrap_or(log).clone());
        Ok(Some(taken_in))
    }

    /// Keeps the workbook as it was before today's first change. There is none for want of room: answers come first.
    fn keep_daily(&mut self, before: &Workbook, now: u64) {
        let Some(today) = clock::date_of(now) else { return };
        if self.kept.insert(before.id, today) == Some(today) || before.is_blank() {
            return;
        }
        let is_of_today =
            |point: &RestorePoint| point.workbook == before.id && clock::date_of(point.made) == Some(today);
        if !restore_points::list(&Local).is_ok_and(|all| all.iter().any(is_of_today)) {
            let _ = restore_points::make(&Local, before, Reason::Daily, now);
        }
    }

    /// Finds out what another tab did to storage.
    pub fn take_in(&mut self, change: &StorageChange) -> Option<Action> {
        let Some(key) = &change.key else {
            self.forget();
            return Some(Action::Emptied);
        };
        let key = Key::parse(key)?;
        match (&key, &change.text) {
            (Key::Slot { workbook, .. }, Some(text)) if !self.shelf.is_own(&key) => match record::read(text) {
                Ok((_, theirs)) => Some(Action::Heard(theirs.into())),
                Err(RecordError::Newer) => Some(Action::Outdated(*workbook)),
                // Whoever loads it next sets it aside.
                Err(RecordError::Damaged) => None,
            },
            (Key::Slot { workbook, .. }, None) if self.shelf.is_own(&key) || !is_stored(*workbook) => {
                // Unless it was announced as wiped, it is written again.
                self.forget();
                Some(Action::RecordRemoved)
            }
            (Key::Training { .. }, Some(text)) if !self.log_shelf.is_own(&key) => {
                Log::read(text).ok().map(|(_, theirs)| Action::TrainingHeard(theirs.into()))
            }
            (Key::Training { .. }, None) if self.log_shelf.is_own(&key) => {
                self.log_shelf.forget();
                self.known_log = None;
                Some(Action::RecordRemoved)
            }
            (Key::Memo(name), Some(text)) if name == storage::WIPED => {
                // Should it be kept after all, it has to be written again.
                self.forget();
                let what = storage::wiped(text);
                self.remove_own(&what);
                if what == Wipe::Everything {
                    // Nor is anything of it to be left in what this tab remembers.
                    identity::forget();
                    notes::forget();
                }
                Some(Action::WipedElsewhere(what))
            }
            _ => None,
        }
    }
}

/// The workbook a key holds a record of.
fn slot_of(key: &str) -> Option<WorkbookId> {
    match Key::parse(key)? {
        Key::Slot { workbook, .. } => Some(workbook),
        _ => None,
    }
}

/// Whether storage holds any record of a workbook.
fn is_stored(id: WorkbookId) -> bool {
    Local.keys().is_ok_and(|keys| keys.iter().any(|key| slot_of(key) == Some(id)))
}

/// Everything storage holds, and what is in use.
fn read() -> Restored {
    let (loaded, refusal) = match loading::load(&Local, clock::now()) {
        Ok(loaded) => (loaded, None),
        Err(refusal) => (Loaded::default(), Some(refusal)),
    };
    let is_restorable = |workbook: Option<WorkbookId>| workbook.is_some_and(|id| loaded.restorable.contains(&id));
    let lost = loaded.damaged.iter().filter(|damage| !is_restorable(damage.workbook));
    let notices = lost.map(|damage| match (damage.is_set_aside, damage.has_earlier) {
        (false, _) => Notice::NotSetAside,
        (true, true) => Notice::Recovered,
        (true, false) => Notice::SetAside,
    });
    // Said at every visit until it is restored: the home page would greet who comes back as if there had been nothing.
    let notices = notices.chain((!loaded.restorable.is_empty()).then_some(Notice::Restorable));
    let notices = notices.chain((!loaded.newer.is_empty()).then_some(Notice::Newer)).collect();
    let books = loaded.workbooks;
    Restored {
        author: identity::author(),
        current: in_use(&books),
        backups: books.keys().filter_map(|id| Some((*id, storage::last_backup(*id)?))).collect(),
        books,
        training: Rc::new(loaded.training),
        locked: loaded.newer,
        notices,
        histories: BTreeMap::new(),
        refusal,
        today: clock::today(),
        chosen_day: day::chosen(),
        near_days: day::near_days(),
        is_guest: guest::is_on(),
    }
}

/// The workbook to use of each kind: the one this tab used, else the one any tab used, else the one worked on last, else a
/// new one.
fn in_use(books: &BTreeMap<WorkbookId, Rc<Workbook>>) -> [WorkbookId; 3] {
    UnitKind::ALL.map(|kind| {
        let remembered = [identity::current(kind), storage::last_used(kind)];
        let is_usable = |id: &WorkbookId| books.get(id).is_some_and(|book| book.kind == kind && !*book.is_deleted);
        let latest = books.values().filter(|book| book.kind == kind && !*book.is_deleted);
        let latest = latest.max_by_key(|book| book.latest()).map(|book| book.id);
        // One that this tab has begun and nothing was entered into yet is nowhere but here.
        let begun = remembered[0].filter(|id| !books.contains_key(id));
        let known = remembered.into_iter().flatten().find(is_usable).or(latest);
        begun.or(known).unwrap_or_else(identity::workbook_id)
    })
}
