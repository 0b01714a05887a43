//! Local storage: one key a workbook, all under one prefix. Nothing else is ever touched.

use plan_checklist_domain::saved::{DecodeError, decode, encode};
use plan_checklist_domain::{UnitKind, Workbook};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, Storage};

use crate::effects::clock;
use crate::store::Trouble;

const PREFIX: &str = "plan-checklist/";

/// The key of a workbook.
#[must_use]
pub fn key(kind: UnitKind) -> String {
    format!("{PREFIX}workbook/{}", kind.as_str())
}

/// The kind whose workbook lives under this key; `None` for every other key.
#[must_use]
pub fn kind_of(key: &str) -> Option<UnitKind> {
    UnitKind::parse(key.strip_prefix(PREFIX)?.strip_prefix("workbook/")?)
}

/// Reads a workbook; `Ok(None)` where none was saved.
///
/// A save that cannot be read is copied to a key of its own first, so that starting afresh destroys nothing.
///
/// # Errors
/// [`Trouble::Blocked`] where the browser refuses storage, [`Trouble::Newer`] for the save of a later release,
/// [`Trouble::SetAside`] or [`Trouble::Damaged`] for one that cannot be read.
pub fn load(kind: UnitKind) -> Result<Option<Workbook>, Trouble> {
    let storage = local()?;
    let Some(text) = storage.get_item(&key(kind)).map_err(|_| Trouble::Blocked)? else { return Ok(None) };
    match decode(&text) {
        Ok(workbook) if workbook.kind == kind => Ok(Some(workbook)),
        Err(DecodeError::Newer) => Err(Trouble::Newer),
        Ok(_) | Err(DecodeError::Damaged) => {
            let aside = format!("{PREFIX}damaged/{}/{}", kind.as_str(), clock::stamp());
            let copied = storage.set_item(&aside, &text).is_ok() && storage.remove_item(&key(kind)).is_ok();
            Err(if copied { Trouble::SetAside } else { Trouble::Damaged })
        }
    }
}

/// Writes a workbook, unless storage holds exactly this already.
///
/// # Errors
/// [`Trouble::Full`] where there is no room, [`Trouble::Blocked`] for every other refusal.
pub fn save(workbook: &Workbook) -> Result<Written, Trouble> {
    let storage = local()?;
    let key = key(workbook.kind);
    let text = encode(workbook);
    let held = storage.get_item(&key).map_err(|_| Trouble::Blocked)?;
    if held.as_deref() == Some(text.as_str()) || (held.is_none() && workbook.is_blank()) {
        return Ok(Written::Nothing);
    }
    storage.set_item(&key, &text).map_err(|error| refusal(&error))?;
    Ok(Written::Workbook)
}

/// What [`save`] wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    Workbook,
    /// Storage held the same already.
    Nothing,
}

/// Everything of ours in storage, as it stands there, for a file to keep. Empty where storage is blocked.
#[must_use]
pub fn everything() -> Vec<(String, String)> {
    let Ok(storage) = local() else { return Vec::new() };
    let keys = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok()?);
    let ours = keys.filter(|key| key.starts_with(PREFIX));
    ours.filter_map(|key| Some((key.clone(), storage.get_item(&key).ok()??))).collect()
}

fn local() -> Result<Storage, Trouble> {
    let window = web_sys::window().ok_or(Trouble::Blocked)?;
    // Reading the property itself throws where storage is blocked.
    window.local_storage().ok().flatten().ok_or(Trouble::Blocked)
}

/// Firefox has a name of its own for a full storage.
fn refusal(error: &JsValue) -> Trouble {
    match error.dyn_ref::<DomException>().map(DomException::name).as_deref() {
        Some("QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED") => Trouble::Full,
        _ => Trouble::Blocked,
    }
}
