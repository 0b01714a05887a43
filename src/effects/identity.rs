//! What tells this page from every other: random numbers, and the slot it writes to.

use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::Math;
use plan_checklist_domain::storage::journal;
use plan_checklist_domain::storage::locked::Chance;
use plan_checklist_domain::storage::record::PREFIX;
use plan_checklist_domain::workbook::history::History;
use plan_checklist_domain::{Author, UnitKind, WorkbookId};
use web_sys::Storage;

fn random() -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies between 0 and 2^32")]
    let half = || (Math::random() * 4_294_967_296.0) as u64;
    half() << 32 | half()
}

/// Random bytes for an encrypted file, of the kind that nobody can guess; `None` where the browser has none.
#[must_use]
pub fn chance() -> Option<Chance> {
    let crypto = web_sys::window()?.crypto().ok()?;
    let mut chance = Chance { salt: [0; 16], nonce: [0; 12] };
    crypto.get_random_values_with_u8_array(&mut chance.salt).ok()?;
    crypto.get_random_values_with_u8_array(&mut chance.nonce).ok()?;
    Some(chance)
}

/// Who this page is, in stamps.
#[must_use]
pub fn author() -> Author {
    // Forty bits: short in every save, and wide enough that no two pages of one workbook meet.
    Author(random() >> 24)
}

#[must_use]
pub fn workbook_id() -> WorkbookId {
    WorkbookId(random())
}

/// Storage that belongs to this tab and survives reloading it.
pub(crate) fn tab() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

fn slot_key() -> String {
    format!("{PREFIX}slot")
}

/// The slot that this tab writes to, as long as the page lives. A reloaded tab gets its slot back.
///
/// The slot is taken out of the tab's storage meanwhile: a tab duplicated from this one, which starts with a copy of that
/// storage, finds none there and draws its own.
#[must_use]
pub fn take_slot() -> String {
    let held = tab().and_then(|tab| {
        let held = tab.get_item(&slot_key()).ok()?;
        tab.remove_item(&slot_key()).ok()?;
        held
    });
    let is_sound = |slot: &String| !slot.is_empty() && slot.bytes().all(|byte| byte.is_ascii_hexdigit());
    held.filter(is_sound).unwrap_or_else(|| format!("{:x}", random() >> 32))
}

/// Leaves the slot to whatever page this tab shows next.
pub fn release_slot(slot: &str) {
    if let Some(tab) = tab() {
        let _ = tab.set_item(&slot_key(), slot);
    }
}

fn current_key(kind: UnitKind) -> String {
    format!("{PREFIX}current/{}", kind.as_str())
}

/// The workbook this tab last used.
#[must_use]
pub fn current(kind: UnitKind) -> Option<WorkbookId> {
    WorkbookId::parse(&tab()?.get_item(&current_key(kind)).ok()??)
}

/// Remembers, for this tab, which workbook is in use.
pub fn set_current(kind: UnitKind, id: WorkbookId) {
    if let Some(tab) = tab() {
        let _ = tab.set_item(&current_key(kind), &id.to_string());
    }
}

fn histories_key() -> String {
    format!("{PREFIX}histories")
}

/// Takes up what can be undone, as the page before in this tab left it.
#[must_use]
pub fn take_histories() -> BTreeMap<WorkbookId, Rc<History>> {
    let Some(tab) = tab() else { return BTreeMap::new() };
    let text = tab.get_item(&histories_key()).ok().flatten().unwrap_or_default();
    let _ = tab.remove_item(&histories_key());
    journal::decode(&text)
}

/// Leaves what can be undone to the next page of this tab.
pub fn leave_histories(histories: &BTreeMap<WorkbookId, Rc<History>>) {
    if let Some(tab) = tab() {
        let _ = tab.set_item(&histories_key(), &journal::encode(histories));
    }
}

/// Removes what this tab remembers.
pub fn forget() {
    if let Some(tab) = tab() {
        for kind in UnitKind::ALL {
            let _ = tab.remove_item(&current_key(kind));
        }
        let _ = tab.remove_item(&histories_key());
    }
}
