//! Local storage, as the domain's shelf sees it, and the small notes beside the workbooks.

use plan_checklist_domain::storage::key::{Key, Reason, RestorePoint};
use plan_checklist_domain::storage::log::Log;
use plan_checklist_domain::storage::store::{Refusal, Storage};
use plan_checklist_domain::storage::{backup, loading, record, restore_points};
use plan_checklist_domain::{Stamp, UnitKind, Workbook, WorkbookId};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomException;

use super::{clock, guest, identity, notes};
use crate::store::{BackedUp, File, Inventory, Media, Wipe};

/// The browser's local storage; on a shared computer, where that was chosen, the tab's own.
#[derive(Debug, Clone, Copy)]
pub struct Local;

impl Local {
    fn storage() -> Result<web_sys::Storage, Refusal> {
        let window = web_sys::window().ok_or(Refusal::Blocked)?;
        // Reading the property itself throws where storage is blocked.
        let storage = if guest::is_on() { window.session_storage() } else { window.local_storage() };
        storage.ok().flatten().ok_or(Refusal::Blocked)
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

    fn beginning(&self, key: &str, length: usize) -> Result<Option<String>, Refusal> {
        // Cut off in the browser: a long text would otherwise be brought over whole, at every save.
        let storage = JsValue::from(Self::storage()?);
        let text = js_sys::Reflect::get(&storage, &JsValue::from(key)).map_err(|_| Refusal::Blocked)?;
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        Ok(text.dyn_ref::<js_sys::JsString>().map(|text| text.slice(0, length).into()))
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

/// The workbook of this kind last in use in any tab.
#[must_use]
pub fn last_used(kind: UnitKind) -> Option<WorkbookId> {
    WorkbookId::parse(&Local.get(&current_memo(kind)).ok()??)
}

/// The last backup of a workbook.
#[must_use]
pub fn last_backup(id: WorkbookId) -> Option<BackedUp> {
    let text = Local.get(&backup_memo(id)).ok()??;
    let (at, latest) = text.split_once(' ')?;
    Some(BackedUp { at: at.parse().ok()?, latest: Stamp::parse(latest)? })
}

/// How many cards the home page will show to who comes back; the page's first script reads it.
const CARDS: &str = "cards";
/// Set and removed again by a tab that wipes: the event tells the other tabs what is gone.
pub const WIPED: &str = "wiped";

/// How many days ahead count as 临近.
pub(crate) const NEAR_DAYS: &str = "near-days";

/// Keeps a workbook as it is, before something big happens.
///
/// # Errors
/// Where there is no room for it, or no access.
pub fn keep_restore_point(workbook: &Workbook, reason: Reason) -> Result<(), Refusal> {
    restore_points::make(&Local, workbook, reason, clock::now()).map(|_| ())
}

/// The restore points of a workbook, the one made last first; none where storage cannot be read.
#[must_use]
pub fn restore_points_of(workbook: WorkbookId) -> Vec<RestorePoint> {
    let all = restore_points::list(&Local).unwrap_or_default();
    all.into_iter().filter(|point| point.workbook == workbook).collect()
}

/// Reads a restore point; `None` where it cannot be read.
#[must_use]
pub fn read_restore_point(point: RestorePoint) -> Option<Workbook> {
    restore_points::read(&Local, point).ok()
}

/// Notes which workbooks are in use, for the next visit, and how many cards the home page will have, for its first script.
/// Where there is nothing to come back to, nothing is left behind.
///
/// A kind of which nobody has a workbook has only an id that nobody chose: it is `None`, lest what another tab saves of
/// that kind is taken for something else than the one in use.
pub fn remember_use(current: [Option<WorkbookId>; 3], cards: usize) {
    if cards == 0 {
        let _ = loading::wipe(
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
pub fn remember_backups(made: &[(WorkbookId, BackedUp)]) {
    for (id, BackedUp { at, latest }) in made {
        put_memo(&backup_memo(*id), &format!("{at} {latest}"));
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

/// Tells the other tabs, removes for good, tells them again, and looks how many records are left. The first word keeps
/// them from writing back what they see removed; where storage is too full for it, the second one comes through.
///
/// # Errors
/// [`Refusal::Blocked`].
pub fn wipe(what: &Wipe) -> Result<usize, Refusal> {
    let is_meant = |key: &Key| *what == Wipe::Everything || key.workbook().is_some_and(|id| what.includes(id));
    announce(what);
    loading::wipe(&Local, is_meant)?;
    match what {
        Wipe::Everything => {
            identity::forget();
            notes::forget();
        }
        Wipe::Workbooks(ids) => {
            for id in ids {
                Local.remove(&backup_memo(*id))?;
            }
        }
    }
    announce(what);
    Ok(loading::wipe(&Local, is_meant)?.len())
}

fn announce(what: &Wipe) {
    let text = match what {
        Wipe::Everything => EVERYTHING.to_owned(),
        Wipe::Workbooks(ids) => ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
    };
    let key = memo(WIPED);
    let _ = Local.set(&key, &text);
    let _ = Local.remove(&key);
}

const EVERYTHING: &str = "all";

/// What another tab says it wiped.
#[must_use]
pub fn wiped(text: &str) -> Wipe {
    if text == EVERYTHING {
        Wipe::Everything
    } else {
        Wipe::Workbooks(text.split(' ').filter_map(WorkbookId::parse).collect())
    }
}

/// Removes a single key: a record set aside.
///
/// # Errors
/// [`Refusal::Blocked`].
pub fn remove(key: &Key) -> Result<(), Refusal> {
    Local.remove(&key.text())
}

/// Everything of ours in storage, as it stands there. Empty where storage is blocked.
fn everything() -> Vec<(String, String)> {
    let ours = Local.keys().unwrap_or_default().into_iter().filter(|key| key.starts_with(record::PREFIX));
    ours.filter_map(|key| {
        let text = Local.get(&key).ok()??;
        Some((key, text))
    })
    .collect()
}

/// A file with everything in storage, these workbooks, and what was learned, as they are: for when saving fails.
#[must_use]
pub fn rescue_file(workbooks: &[std::rc::Rc<Workbook>], training: &Log) -> File {
    let mut records = everything();
    let open = workbooks.iter().map(|book| (format!("open/{}", book.id), record::write(book, 0, clock::now())));
    records.extend(open);
    if !training.is_empty() {
        records.push(("open/training".into(), training.record(0, clock::now())));
    }
    File {
        name: "规划编制自查-应急备份.json".into(), media: Media::Json, text: backup::rescue(&records).into()
    }
}

/// A file with one record that cannot be read, as it is.
#[must_use]
pub fn damaged_file(key: &Key) -> File {
    let stored: Vec<_> = everything().into_iter().filter(|(other, _)| *other == key.text()).collect();
    File {
        name: "规划编制自查-损坏的存档.json".into(), media: Media::Json, text: backup::rescue(&stored).into()
    }
}

/// Looks through storage.
#[must_use]
pub fn inventory() -> Inventory {
    let (Ok(sizes), Ok(restore_points)) = (loading::sizes(&Local), restore_points::list(&Local)) else {
        return Inventory { is_blocked: true, ..Inventory::default() };
    };
    let mut inventory = Inventory { restore_points, ..Inventory::default() };
    for (key, bytes) in sizes {
        inventory.total_bytes += bytes;
        match key {
            Some(Key::Slot { .. }) => inventory.workbook_bytes += bytes,
            Some(Key::RestorePoint(_)) => inventory.restore_point_bytes += bytes,
            Some(key @ Key::Damaged(_)) => {
                inventory.damaged_bytes += bytes;
                inventory.damaged.push(key);
            }
            Some(Key::Training { .. }) => inventory.training_bytes += bytes,
            Some(Key::Memo(_)) | None => {}
        }
    }
    inventory
}
