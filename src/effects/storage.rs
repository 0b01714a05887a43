//! Local storage, as the domain's shelf sees it, and what is done with it.

use std::cell::RefCell;
use std::rc::Rc;

use plan_checklist_domain::map::{Map, Set};
use plan_checklist_domain::record;
use plan_checklist_domain::shelf::{self, Key, Loaded, Reason, Refusal, Shelf, SnapshotKey, Storage};
use plan_checklist_domain::{UnitKind, Workbook, WorkbookId};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomException;

use crate::effects::{clock, day, identity};
use crate::store::{Notice, Restored};

/// The browser's local storage.
#[derive(Debug, Clone, Copy)]
pub struct Local;

impl Local {
    fn storage() -> Result<web_sys::Storage, Refusal> {
        let window = web_sys::window().ok_or(Refusal::Blocked)?;
        // Reading the property itself throws where storage is blocked.
        window.local_storage().ok().flatten().ok_or(Refusal::Blocked)
    }
}

impl Storage for Local {
    fn keys(&self) -> Result<Vec<String>, Refusal> {
        let storage = Self::storage()?;
        let count = storage.length().map_err(|_| Refusal::Blocked)?;
        Ok((0..count).filter_map(|at| storage.key(at).ok()?).collect())
    }

    fn get(&self, key: &str) -> Result<Option<String>, Refusal> {
        Self::storage()?.get_item(key).map_err(|_| Refusal::Blocked)
    }

    fn set(&self, key: &str, text: &str) -> Result<(), Refusal> {
        Self::storage()?.set_item(key, text).map_err(|error| refusal(&error))
    }

    fn remove(&self, key: &str) -> Result<(), Refusal> {
        Self::storage()?.remove_item(key).map_err(|_| Refusal::Blocked)
    }
}

/// Firefox has a name of its own for a full storage.
fn refusal(error: &JsValue) -> Refusal {
    match error.dyn_ref::<DomException>().map(DomException::name).as_deref() {
        Some("QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED") => Refusal::Full,
        _ => Refusal::Blocked,
    }
}

fn memo(name: &str) -> String {
    Key::Memo(name.into()).text()
}

fn backup_memo(id: WorkbookId) -> String {
    memo(&format!("backup/{id}"))
}

fn current_memo(kind: UnitKind) -> String {
    memo(&format!("current/{}", kind.as_str()))
}

/// How many cards the home page will show to who comes back; the page's first script reads it.
const CARDS: &str = "cards";
/// Set and removed again by a tab that wipes: the event tells the other tabs what is gone.
pub const WIPED: &str = "wiped";

/// How many days ahead count as 临近.
pub(crate) const NEAR_DAYS: &str = "near-days";

/// What this tab knows of storage: its shelf, and what it found there.
#[derive(Debug)]
pub struct Keeper {
    shelf: Shelf,
    /// The workbooks as this page found them, until a daily snapshot of them was taken or found needless.
    found: Map<WorkbookId, Rc<Workbook>>,
}

impl Keeper {
    /// Reads storage.
    pub fn open() -> (Self, Restored) {
        let now = clock::now();
        let (loaded, refusal) = match shelf::load(&Local, now) {
            Ok(loaded) => (loaded, None),
            Err(refusal) => (Loaded::default(), Some(refusal)),
        };
        let notices = loaded.damaged.iter().map(|damage| match (damage.is_set_aside, damage.has_earlier) {
            (false, _) => Notice::NotSetAside,
            (true, true) => Notice::Recovered,
            (true, false) => Notice::SetAside,
        });
        let mut notices: Set<Notice> = notices.collect();
        if !loaded.newer.is_empty() {
            notices.insert(Notice::Newer);
        }
        let mut slot = identity::take_slot();
        if notices.contains(&Notice::NotSetAside) {
            // What lies damaged in this slot is not to be overwritten. It was taken; the next one is new.
            slot = identity::take_slot();
        }
        let books: Map<_, _> = loaded.workbooks.into_iter().map(|(id, book)| (id, Rc::new(book))).collect();
        let fresh = identity::workbook_ids();
        let current = UnitKind::ALL.map(|kind| {
            let remembered = [
                identity::current(kind),
                Local.get(&current_memo(kind)).ok().flatten().and_then(|text| WorkbookId::parse(&text)),
            ];
            let is_usable = |id: &WorkbookId| books.get(id).is_some_and(|book| book.kind == kind && !*book.is_deleted);
            let latest = books.values().filter(|book| book.kind == kind && !*book.is_deleted);
            let latest = latest.max_by_key(|book| book.latest()).map(|book| book.id);
            // One that this tab has begun and nothing was entered into yet is nowhere but here.
            let begun = remembered[0].filter(|id| !books.contains_key(id));
            let known = remembered.into_iter().flatten().find(is_usable).or(latest);
            begun.or(known).unwrap_or(fresh[kind as usize])
        });
        let backups = books.keys().filter_map(|id| {
            let text = Local.get(&backup_memo(*id)).ok()??;
            Some((*id, text.parse().ok()?))
        });
        let restored = Restored {
            author: identity::author(),
            backups: backups.collect(),
            books: books.clone(),
            current,
            locked: loaded.newer,
            notices,
            refusal,
            today: clock::today(),
            chosen_day: day::chosen(),
            near_days: day::near_days(),
        };
        (Self { shelf: Shelf::new(slot), found: books }, restored)
    }

    /// The slot this tab writes to.
    #[must_use]
    pub fn slot(&self) -> &str {
        self.shelf.slot()
    }

    /// Whether a key is one this tab writes.
    #[must_use]
    pub fn is_own(&self, key: &Key) -> bool {
        self.shelf.is_own(key)
    }

    /// Storage no longer holds what this tab wrote, nor what it found.
    pub fn forget(&mut self) {
        self.shelf.forget();
        self.found.clear();
    }

    /// Writes a workbook, unless storage holds it as it is.
    ///
    /// Where there is no room, it is made: first by what is dispensable, then by letting old snapshots go.
    ///
    /// # Errors
    /// Where there is no room to be made, or no access.
    pub fn save(&mut self, workbook: &Rc<Workbook>) -> Result<Written, Refusal> {
        if self.shelf.holds(workbook) {
            return Ok(Written::Nothing);
        }
        let id = workbook.id;
        if self.found.get(&id).is_some_and(|found| Rc::ptr_eq(found, workbook)) {
            // Read a moment ago, and unchanged since.
            return Ok(Written::Nothing);
        }
        let now = clock::now();
        let mut result = self.shelf.save(&Local, workbook, now);
        while result == Err(Refusal::Full) && shelf::drop_oldest_snapshot(&Local)? {
            result = self.shelf.save(&Local, workbook, now);
        }
        result?;
        let _ = self.shelf.tidy(&Local, id, now);
        if let Some(found) = self.found.remove(&id) {
            snapshot_daily(&found, now);
        }
        Ok(Written::Workbook)
    }
}

/// Keeps the workbook as it was before today's first change. There is none for want of room: answers come first.
fn snapshot_daily(found: &Workbook, now: u64) {
    let today = clock::date_of(now);
    let is_taken = shelf::snapshots(&Local)
        .is_ok_and(|all| all.iter().any(|key| key.workbook == found.id && clock::date_of(key.taken) == today));
    if !is_taken {
        let _ = shelf::take_snapshot(&Local, found, Reason::Daily, now);
    }
}

/// What [`Keeper::save`] wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    Workbook,
    /// Storage held the same already.
    Nothing,
}

/// A handle that effects share.
pub type SharedKeeper = Rc<RefCell<Option<Keeper>>>;

/// Whether storage can be read.
#[must_use]
pub fn is_reachable() -> bool {
    Local.keys().is_ok()
}

/// Reads what another tab wrote under this key.
#[must_use]
pub fn heard(record: &str) -> Option<Workbook> {
    record::read(record).ok().map(|(_, workbook)| workbook)
}

/// Keeps a snapshot before something big happens; `false` where there is no room for one.
pub fn snapshot(workbook: &Workbook, reason: Reason) -> bool {
    workbook.is_blank() || shelf::take_snapshot(&Local, workbook, reason, clock::now()).is_ok()
}

/// Reads a snapshot.
#[must_use]
pub fn read_snapshot(key: SnapshotKey) -> Option<Workbook> {
    heard(&Local.get(&Key::RestorePoint(key).text()).ok()??)
}

/// Notes which workbooks are in use, for the next visit, and how many cards the home page will have, for its first script.
/// Where there is nothing to come back to, nothing is left behind.
///
/// A kind of which nobody has a workbook has only an id that nobody chose: it is `None`, lest what another tab saves of
/// that kind is taken for something else than the one in use.
pub fn remember(current: [Option<WorkbookId>; 3], cards: usize) {
    if cards == 0 {
        let _ = shelf::remove_all(
            &Local,
            |key| matches!(key, Key::Memo(name) if name == CARDS || name.starts_with("current/")),
        );
        return;
    }
    let used = UnitKind::ALL.into_iter().zip(current).filter_map(|(kind, id)| Some((kind, id?)));
    for (kind, id) in used {
        identity::set_current(kind, id);
        put_memo(&current_memo(kind), &id.to_string());
    }
    put_memo(&memo(CARDS), &cards.to_string());
}

/// Notes that workbooks were backed up.
pub fn remember_backup(ids: &[WorkbookId]) {
    let now = clock::now();
    for id in ids {
        put_memo(&backup_memo(*id), &now.to_string());
    }
}

/// Reads a memo.
pub(crate) fn read_memo(name: &str) -> Option<String> {
    Local.get(&memo(name)).ok()?
}

/// Writes a memo.
pub(crate) fn write_memo(name: &str, text: &str) {
    put_memo(&memo(name), text);
}

/// Memos are a convenience: where there is no room for one, nothing is lost.
fn put_memo(key: &str, text: &str) {
    if Local.get(key).ok().flatten().as_deref() != Some(text) {
        let _ = Local.set(key, text);
    }
}

/// Removes everything of these workbooks, and tells the other tabs.
///
/// # Errors
/// [`Refusal::Blocked`].
pub fn wipe(ids: &[WorkbookId]) -> Result<(), Refusal> {
    let names: Vec<String> = ids.iter().map(ToString::to_string).collect();
    announce(&names.join(" "));
    shelf::remove_all(&Local, |key| key.workbook().is_some_and(|id| ids.contains(&id)))?;
    for id in ids {
        Local.remove(&backup_memo(*id))?;
    }
    Ok(())
}

/// Removes everything of ours, and tells the other tabs.
///
/// # Errors
/// [`Refusal::Blocked`].
pub fn wipe_everything() -> Result<(), Refusal> {
    announce("all");
    identity::forget_current();
    shelf::remove_all(&Local, |_| true)
}

fn announce(what: &str) {
    let key = memo(WIPED);
    let _ = Local.set(&key, what);
    let _ = Local.remove(&key);
}

/// What another tab says it wiped: `None` for everything.
#[must_use]
pub fn wiped(text: &str) -> Option<Vec<WorkbookId>> {
    (text != "all").then(|| text.split(' ').filter_map(WorkbookId::parse).collect())
}

/// Removes single keys: snapshots, or records set aside.
///
/// # Errors
/// [`Refusal::Blocked`].
pub fn remove(key: &Key) -> Result<(), Refusal> {
    Local.remove(&key.text())
}

/// Everything of ours in storage, as it stands there, for a file to keep. Empty where storage is blocked.
#[must_use]
pub fn everything() -> Vec<(String, String)> {
    let ours = Local.keys().unwrap_or_default().into_iter().filter(|key| key.starts_with(shelf::PREFIX));
    ours.filter_map(|key| {
        let text = Local.get(&key).ok()??;
        Some((key, text))
    })
    .collect()
}

/// What the data-safety page shows of storage.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inventory {
    pub is_blocked: bool,
    pub snapshots: Vec<SnapshotKey>,
    pub damaged: Vec<Key>,
    /// Bytes, as browsers count them: of workbooks, of snapshots, of records set aside, and all together.
    pub workbook_bytes: usize,
    pub snapshot_bytes: usize,
    pub damaged_bytes: usize,
    pub total_bytes: usize,
}

/// Looks through storage.
#[must_use]
pub fn inventory() -> Inventory {
    let (Ok(sizes), Ok(snapshots)) = (shelf::sizes(&Local), shelf::snapshots(&Local)) else {
        return Inventory { is_blocked: true, ..Inventory::default() };
    };
    let mut inventory = Inventory { snapshots, ..Inventory::default() };
    for (key, bytes) in sizes {
        inventory.total_bytes += bytes;
        match key {
            Some(Key::Slot { .. }) => inventory.workbook_bytes += bytes,
            Some(Key::RestorePoint(_)) => inventory.snapshot_bytes += bytes,
            Some(key @ Key::Damaged(_)) => {
                inventory.damaged_bytes += bytes;
                inventory.damaged.push(key);
            }
            Some(Key::Memo(_)) | None => {}
        }
    }
    inventory
}
