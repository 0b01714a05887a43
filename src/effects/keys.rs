//! Keyboard shortcuts.

use plan_checklist_domain::Status;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortcut {
    Answer(Status),
    NextRequirement,
    PreviousRequirement,
    NextUnchecked,
    Find,
    Undo,
    Redo,
    Help,
    /// Open or close the requirement that has the focus.
    Toggle,
    Close,
}

/// The shortcut of a key press; `None` while typing, with a modifier held, or for any other key.
#[must_use]
pub fn shortcut(event: &KeyboardEvent) -> Option<Shortcut> {
    if event.alt_key() || event.is_composing() || event.default_prevented() {
        return None;
    }
    let key = event.key();
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let is_typing = target.as_ref().is_some_and(takes_text);
    match (event.ctrl_key() || event.meta_key(), is_typing) {
        (false, _) if key == "Escape" => Some(Shortcut::Close),
        (_, true) => None,
        // On anything inside of a requirement, Enter is that thing's own.
        (false, false) if key == "Enter" => {
            target.is_some_and(|element| element.has_attribute("data-requirement")).then_some(Shortcut::Toggle)
        }
        // Who has just clicked a button that opens a field begins to type before it has the focus.
        (false, false) => of_key(&key).filter(|shortcut| {
            let is_answer = matches!(shortcut, Shortcut::Answer(_));
            !is_answer || target.as_ref().is_none_or(|element| element.tag_name() != "BUTTON")
        }),
        (true, false) => match (key.as_str(), event.shift_key()) {
            ("z", false) => Some(Shortcut::Undo),
            ("y", false) | ("z" | "Z", true) => Some(Shortcut::Redo),
            _ => None,
        },
    }
}

fn of_key(key: &str) -> Option<Shortcut> {
    Some(match key {
        "1" => Shortcut::Answer(Status::ALL[0]),
        "2" => Shortcut::Answer(Status::ALL[1]),
        "3" => Shortcut::Answer(Status::ALL[2]),
        "4" => Shortcut::Answer(Status::ALL[3]),
        "5" => Shortcut::Answer(Status::ALL[4]),
        "j" => Shortcut::NextRequirement,
        "k" => Shortcut::PreviousRequirement,
        "n" => Shortcut::NextUnchecked,
        "/" => Shortcut::Find,
        "?" | "？" => Shortcut::Help,
        _ => return None,
    })
}

/// Whether keys pressed in this element are meant as its text or choice.
fn takes_text(element: &Element) -> bool {
    match element.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => true,
        "INPUT" => !matches!(element.get_attribute("type").as_deref(), Some("radio" | "checkbox")),
        _ => element.closest("[contenteditable]").is_ok_and(|found| found.is_some()),
    }
}
