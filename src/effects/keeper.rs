//! This tab's hold on storage: what it read, the slot it writes to, and what other tabs do meanwhile.

use std::rc::Rc;

use plan_checklist_domain::storage::record::{self, RecordError};
use plan_checklist_domain::storage::shelf::{self, Key, Loaded, Reason, Refusal, Shelf, Storage as _};
use plan_checklist_domain::workbook::history::History;
use plan_checklist_domain::{UnitKind, Workbook, WorkbookId};
use std::collections::{BTreeMap, BTreeSet};

use super::storage::{self, Local};
use super::{clock, day, identity};
use crate::store::{Action, Notice, Restored, StorageChange};

/// What this tab knows of storage.
#[derive(Debug)]
pub struct Keeper {
    shelf: Shelf,
    /// The workbooks as this page found them, until a daily restore point of them was taken or found needless.
    found: BTreeMap<WorkbookId, Rc<Workbook>>,
    /// Whether the page was laid aside: its slot belongs to others then, and nothing is written.
    is_aside: bool,
}

impl Keeper {
    /// Reads storage for the first time.
    pub fn open() -> (Self, Restored) {
        let mut restored = read();
        let shelf = Shelf::new(take_slot(&restored.notices));
        restored.histories = identity::take_histories();
        let found = restored.books.clone();
        (Self { shelf, found, is_aside: false }, restored)
    }

    /// Reads storage again, after the page was laid aside.
    pub fn reopen(&mut self) -> Restored {
        let restored = read();
        self.shelf = Shelf::new(take_slot(&restored.notices));
        self.found = restored.books.clone();
        self.is_aside = false;
        restored
    }

    /// Leaves the slot, and what can be undone, to whatever page this tab shows next. Nothing is written from now on.
    pub fn let_go(&mut self, histories: &BTreeMap<WorkbookId, Rc<History>>) {
        if !self.is_aside {
            identity::release_slot(self.shelf.slot());
            identity::leave_histories(histories);
            self.is_aside = true;
        }
    }

    /// Storage no longer holds what this tab wrote, nor what it found.
    fn forget(&mut self) {
        self.shelf.forget();
        self.found.clear();
    }

    /// Writes every workbook that storage does not hold as it is, and says what came of it.
    ///
    /// One that cannot be written does not keep the others from it.
    pub fn save_all(&mut self, workbooks: &[Rc<Workbook>]) -> Action {
        if self.is_aside {
            return Action::SaveFailed(Refusal::Blocked);
        }
        let (mut has_written, mut refused) = (false, None);
        for workbook in workbooks {
            match self.save(workbook) {
                Ok(is_new) => has_written |= is_new,
                Err(refusal) => refused = refused.or(Some(refusal)),
            }
        }
        if let Err(refusal) = Local.keys() {
            refused = refused.or(Some(refusal));
        }
        match refused {
            Some(refusal) => Action::SaveFailed(refusal),
            None => Action::Saved { time: clock::time_of_day().into(), has_written },
        }
    }

    /// Writes a workbook, unless storage holds it as it is. Says whether it was written.
    ///
    /// Where there is no room, it is made: first by what is dispensable, then by letting old restore points go.
    fn save(&mut self, workbook: &Rc<Workbook>) -> Result<bool, Refusal> {
        let id = workbook.id;
        // Stored, or read a moment ago, and unchanged since.
        let is_as_found = self.found.get(&id).is_some_and(|found| Rc::ptr_eq(found, workbook));
        if self.shelf.holds(workbook) || is_as_found {
            return Ok(false);
        }
        let now = clock::now();
        let mut result = self.shelf.save(&Local, workbook, now);
        while result == Err(Refusal::Full) && shelf::drop_oldest_restore_point(&Local)? {
            result = self.shelf.save(&Local, workbook, now);
        }
        result?;
        let _ = self.shelf.tidy(&Local, id, now);
        if let Some(found) = self.found.remove(&id) {
            keep_daily(&found, now);
        }
        Ok(true)
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
            (Key::Slot { .. }, None) if self.shelf.is_own(&key) => {
                // Unless it was announced as wiped, it is written again.
                self.forget();
                Some(Action::RecordRemoved)
            }
            (Key::Memo(name), Some(text)) if name == storage::WIPED => {
                // Should it be kept after all, it has to be written again.
                self.forget();
                Some(Action::WipedElsewhere(storage::wiped(text)))
            }
            _ => None,
        }
    }
}

/// Everything storage holds, and what is in use.
fn read() -> Restored {
    let (loaded, refusal) = match shelf::load(&Local, clock::now()) {
        Ok(loaded) => (loaded, None),
        Err(refusal) => (Loaded::default(), Some(refusal)),
    };
    let notices = loaded.damaged.iter().map(|damage| match (damage.is_set_aside, damage.has_earlier) {
        (false, _) => Notice::NotSetAside,
        (true, true) => Notice::Recovered,
        (true, false) => Notice::SetAside,
    });
    let mut notices: BTreeSet<Notice> = notices.collect();
    if !loaded.newer.is_empty() {
        notices.insert(Notice::Newer);
    }
    let books: BTreeMap<_, _> = loaded.workbooks.into_iter().map(|(id, book)| (id, Rc::new(book))).collect();
    Restored {
        author: identity::author(),
        current: in_use(&books),
        backups: books.keys().filter_map(|id| Some((*id, storage::last_backup(*id)?))).collect(),
        books,
        locked: loaded.newer,
        notices,
        histories: BTreeMap::new(),
        refusal,
        today: clock::today(),
        chosen_day: day::chosen(),
        near_days: day::near_days(),
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

/// The slot this tab writes to. Where a damaged record still lies in the one it had, the next one is new.
fn take_slot(notices: &BTreeSet<Notice>) -> String {
    let slot = identity::take_slot();
    if notices.contains(&Notice::NotSetAside) { identity::take_slot() } else { slot }
}

/// Keeps the workbook as it was before today's first change. There is none for want of room: answers come first.
fn keep_daily(found: &Workbook, now: u64) {
    let today = clock::date_of(now);
    let is_taken = shelf::restore_points(&Local)
        .is_ok_and(|all| all.iter().any(|key| key.workbook == found.id && clock::date_of(key.taken) == today));
    if !is_taken {
        let _ = shelf::make_restore_point(&Local, found, Reason::Daily, now);
    }
}
