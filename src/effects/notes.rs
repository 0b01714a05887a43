//! What pages note of themselves when they are left: how far they were scrolled, which boxes stood open, what was entered.
//!
//! The browser scrolls back by itself only where a page is as high as it was at once, and opens no boxes. So every entry
//! of its history gets a number, and the notes are kept under it: in the page, and for the next one in session storage.

use std::cell::RefCell;

use plan_checklist_domain::storage::record::PREFIX;
use serde::Deserialize as _;
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, History, HtmlDetailsElement, ScrollRestoration, Window};

use super::identity::tab;
use crate::store::PageNote;

/// The notes of this tab.
#[derive(Debug, Default)]
struct Notes {
    /// The entry shown now.
    entry: u32,
    /// What was entered on it.
    entered: String,
    /// By the numbers of the entries, the one left last at the end.
    kept: Vec<(u32, PageNote)>,
}

thread_local! {
    static NOTES: RefCell<Notes> = RefCell::default();
}

/// How many entries of the browser's history are remembered.
const KEPT: usize = 60;

fn key() -> String {
    format!("{PREFIX}notes")
}

fn history() -> Option<History> {
    web_sys::window()?.history().ok()
}

/// The number of the entry that the address bar shows; 0 for one that has none yet.
fn entry() -> u32 {
    let state = history().and_then(|history| history.state().ok()).and_then(|state| state.as_f64());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturating is what is wanted")]
    state.map_or(0, |number| number as u32)
}

/// What is kept in the browser's history with an entry.
#[must_use]
pub fn state_of_next_entry() -> JsValue {
    NOTES.with_borrow(|notes| JsValue::from(notes.next()))
}

impl Notes {
    fn next(&self) -> u32 {
        self.kept.iter().map(|(entry, _)| *entry).fold(self.entry, u32::max) + 1
    }

    /// Takes up what was noted of the entry shown now.
    fn note(&mut self) -> Option<PageNote> {
        let note = self.kept.iter().find(|(entry, _)| *entry == self.entry).map(|(_, note)| note.clone());
        self.entered = note.as_ref().map(|note| note.entered.clone()).unwrap_or_default();
        note
    }
}

/// Takes up the notes of the page before in this tab, and returns those of the page shown now.
pub fn open() -> Option<PageNote> {
    let text = tab().and_then(|tab| tab.get_item(&key()).ok()?).unwrap_or_default();
    let value: Value = serde_json::from_str(&text).unwrap_or_default();
    let kept = Vec::deserialize(&value).unwrap_or_default();
    let note = NOTES.with_borrow_mut(|notes| {
        notes.kept = kept;
        notes.entry = entry();
        if notes.entry == 0 {
            notes.entry = notes.next();
            if let Some(history) = history() {
                let _ = history.replace_state_with_url(&notes.entry.into(), "", None);
            }
        }
        notes.note()
    });
    restore_scroll_ourselves(true);
    note
}

/// While the program runs, it scrolls to where a page was left; for a page that is being loaded, the browser does.
fn restore_scroll_ourselves(is_ours: bool) {
    if let Some(history) = history() {
        let way = if is_ours { ScrollRestoration::Manual } else { ScrollRestoration::Auto };
        let _ = history.set_scroll_restoration(way);
    }
}

/// Notes what the page that is still shown looks like. Call it before another one is rendered.
pub fn leave() {
    let (scroll, boxes) = (scroll(), boxes().map(|(name, details)| (name, details.open())).collect());
    NOTES.with_borrow_mut(|notes| {
        let note = PageNote { scroll, boxes, entered: std::mem::take(&mut notes.entered) };
        let entry = notes.entry;
        notes.kept.retain(|(other, _)| *other != entry);
        notes.kept.push((entry, note));
        if notes.kept.len() > KEPT {
            notes.kept.remove(0);
        }
    });
}

/// Turns to the entry that the address bar shows now, and returns what was noted of it.
pub fn arrive() -> Option<PageNote> {
    NOTES.with_borrow_mut(|notes| {
        notes.entry = entry();
        notes.note()
    })
}

/// Notes what was entered on the page shown now.
pub fn enter(text: String) {
    NOTES.with_borrow_mut(|notes| notes.entered = text);
}

/// Keeps everything for the next page of this tab.
pub fn keep() {
    leave();
    restore_scroll_ourselves(false);
    let text = NOTES.with_borrow(|notes| serde_json::to_string(&notes.kept));
    if let (Some(tab), Ok(text)) = (tab(), text) {
        let _ = tab.set_item(&key(), &text);
    }
}

/// Forgets everything, also what was entered.
pub fn forget() {
    NOTES.with_borrow_mut(|notes| {
        notes.kept.clear();
        notes.entered.clear();
    });
    if let Some(tab) = tab() {
        let _ = tab.remove_item(&key());
    }
}

/// Makes the page look as it was noted. Call it once the page is rendered.
pub fn restore(note: &PageNote) {
    for (name, details) in boxes() {
        if let Some((_, is_open)) = note.boxes.iter().find(|(other, _)| *other == name) {
            details.set_open(*is_open);
        }
    }
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, f64::from(note.scroll));
    }
}

#[expect(clippy::cast_possible_truncation, reason = "no page is so long")]
fn scroll() -> i32 {
    web_sys::window().and_then(|window: Window| window.scroll_y().ok()).unwrap_or_default() as i32
}

/// The boxes of the page that open and close, each with a name of its own: what it stands in, its class, and its place
/// among those of the same.
fn boxes() -> impl Iterator<Item = (String, HtmlDetailsElement)> {
    let document = web_sys::window().and_then(|window| window.document());
    let list = document.and_then(|document| document.query_selector_all("details").ok());
    let mut seen = Vec::<String>::new();
    let count = list.as_ref().map_or(0, web_sys::NodeList::length);
    (0..count).filter_map(move |at| {
        let details = list.as_ref()?.item(at)?.dyn_into::<HtmlDetailsElement>().ok()?;
        let around = details.closest("[id]").ok().flatten().map_or_else(String::new, |around: Element| around.id());
        let name = format!("{around}/{}", details.class_name());
        let place = seen.iter().filter(|other| **other == name).count();
        let named = format!("{name}/{place}");
        seen.push(name);
        Some((named, details))
    })
}
