//! 公用电脑: while it is on, what is entered stays with this tab and goes with it. The tab's storage takes the place of the
//! browser's; what lies in that is neither read nor written.
//!
//! Browsers bring a closed tab back with its storage. So the time is noted as long as the page lives, and a tab that was away
//! for longer than [`KEPT`] begins with nothing.
//!
//! A tab that is opened by a link of this one starts with a storage of its own. That it is to be on there, too, stands in the
//! browser's storage for a moment, without a word of what was entered.

use js_sys::Reflect;
use plan_checklist_domain::storage::key::Key;
use plan_checklist_domain::storage::record::PREFIX;
use web_sys::Storage;

use super::identity::tab;
use super::{address, clock};

/// How long a tab may be away: enough for a reload, or for Back. In milliseconds.
const KEPT: u64 = 5 * 60 * 1000;
/// How long after a link was pressed a new tab may still be the one it opens: enough for a menu. In milliseconds.
const OPENS: u64 = 15 * 1000;
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

fn browser() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn opened_key() -> String {
    Key::Memo("guest-opened".into()).text()
}

/// Call it when a link is pressed that may open another tab.
pub fn hand_on() {
    if let Some(browser) = browser().filter(|_| is_on()) {
        let _ = browser.set_item(&opened_key(), &clock::now().to_string());
    }
}

/// Call it when a link was followed in this tab after all.
pub fn keep() {
    if let Some(browser) = browser().filter(|_| is_on()) {
        let _ = browser.remove_item(&opened_key());
    }
}

/// Whether a link of a tab in which it is on has opened this one.
fn was_handed_on() -> bool {
    let Some(browser) = browser() else { return false };
    let Some(pressed) = browser.get_item(&opened_key()).ok().flatten() else { return false };
    let _ = browser.remove_item(&opened_key());
    ours().is_empty() && pressed.parse().is_ok_and(|time: u64| clock::now().abs_diff(time) <= OPENS)
}

/// Call it before anything is read: a tab that was away for too long has nothing left.
pub fn arrive() {
    let Some(noted) = noted() else {
        if was_handed_on() {
            note(&clock::now().to_string());
        }
        return;
    };
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

/// The keys of all that is ours in the tab's storage.
fn ours() -> Vec<String> {
    let Some(tab) = tab() else { return Vec::new() };
    let keys = (0..tab.length().unwrap_or_default()).filter_map(|at| tab.key(at).ok()?);
    keys.filter(|key| key.starts_with(PREFIX)).collect()
}

/// Removes all that is ours from the tab's storage.
fn clear() {
    for key in ours() {
        let _ = tab().map(|tab| tab.remove_item(&key));
    }
}
