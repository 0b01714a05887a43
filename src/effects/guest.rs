//! 公用电脑: while it is on, what is entered stays with this tab and goes with it. The tab's storage takes the place of the
//! browser's; what lies in that is neither read nor written.
//!
//! Browsers bring a closed tab back with its storage. So the time is noted as long as the page lives, and a tab that was away
//! for longer than [`KEPT`] begins with nothing.

use js_sys::Reflect;
use plan_checklist_domain::storage::record::PREFIX;

use super::identity::tab;
use super::{address, clock};

/// How long a tab may be away: enough for a reload, or for Back. In milliseconds.
const KEPT: u64 = 5 * 60 * 1000;
/// What is noted instead of a time: it begins, or ends, with the next load.
const BEGINS: &str = "begins";
const ENDS: &str = "ends";

fn key() -> String {
    format!("{PREFIX}guest")
}

fn noted() -> Option<String> {
    tab()?.get_item(&key()).ok()?
}

fn note(text: &str) {
    if let Some(tab) = tab() {
        let _ = tab.set_item(&key(), text);
    }
}

#[must_use]
pub fn is_on() -> bool {
    noted().is_some()
}

/// Call it before anything is read: a tab that was away for too long has nothing left.
pub fn arrive() {
    let Some(noted) = noted() else { return };
    let is_kept = noted.parse().is_ok_and(|time: u64| clock::now().abs_diff(time) <= KEPT || was_put_away());
    if !is_kept {
        clear();
    }
    if is_kept || noted == BEGINS {
        note(&clock::now().to_string());
    }
}

/// Whether the browser itself put the tab away to save memory: nobody has closed it. Chromium says so.
fn was_put_away() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_some_and(|document| Reflect::get(&document, &"wasDiscarded".into()).is_ok_and(|is| is.is_truthy()))
}

/// Notes that the page lives, where it is on.
pub fn stay() {
    if noted().is_some_and(|noted| noted != BEGINS && noted != ENDS) {
        note(&clock::now().to_string());
    }
}

/// Turns it on, or off, and loads the page anew.
pub fn turn(is_to_be_on: bool) {
    note(if is_to_be_on { BEGINS } else { ENDS });
    address::reload();
}

/// Removes all that is ours from the tab's storage.
fn clear() {
    let Some(tab) = tab() else { return };
    let keys = (0..tab.length().unwrap_or_default()).filter_map(|at| tab.key(at).ok()?);
    let ours: Vec<_> = keys.filter(|key| key.starts_with(PREFIX)).collect();
    for key in ours {
        let _ = tab.remove_item(&key);
    }
}
