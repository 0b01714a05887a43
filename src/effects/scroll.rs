//! Bringing things into view and giving them the focus.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Document, Element, HtmlDetailsElement, HtmlElement, HtmlTextAreaElement, MutationObserver, MutationObserverInit,
};

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// Shows and focuses the element with this id; `false` where there is none.
pub fn reveal(id: &str) -> bool {
    let Some(element) = document().and_then(|document| document.get_element_by_id(id)) else { return false };
    element.scroll_into_view();
    focus(&element);
    true
}

/// Starts a new page at its top, the focus on its main part so that the keyboard goes on from there.
pub fn to_top() {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
    focus_id("main");
}

/// Focuses the element with this id, if it is on the page.
pub fn focus_id(id: &str) {
    if let Some(element) = document().and_then(|document| document.get_element_by_id(id)) {
        focus(&element);
    }
}

/// Focuses the field with this name, if it is on the page.
pub fn focus_named(name: &str) {
    let found = document().map(|document| document.get_elements_by_name(name)).and_then(|list| list.item(0));
    if let Some(element) = found.and_then(|node| node.dyn_into::<Element>().ok()) {
        focus(&element);
    }
}

/// Selects all the text of the field with this id, and gives it the focus.
pub fn select_all(id: &str) {
    let area = document().and_then(|document| document.get_element_by_id(id));
    if let Some(area) = area.and_then(|element| element.dyn_into::<HtmlTextAreaElement>().ok()) {
        focus(&area);
        area.select();
    }
}

/// Gives the focus to an element, and brings it into sight where it is not.
pub fn focus_in_sight(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// Calls back once something was added to an element or removed from it, before the browser hands out the next key.
///
/// An effect could come later: where rendering takes long, Yew lets the browser go on before it runs effects.
pub fn once_changed(element: &Element, then: impl FnOnce() + 'static) {
    let told = Closure::once_into_js(move |_: JsValue, observer: MutationObserver| {
        observer.disconnect();
        then();
    });
    if let Ok(observer) = MutationObserver::new(told.unchecked_ref()) {
        let what = MutationObserverInit::new();
        what.set_child_list(true);
        // An element can always be observed.
        let _ = observer.observe_with_options(element, &what);
    }
}

/// Gives the focus to what is just being added to a list, once it is there.
pub fn focus_once_added(list: &str, id: String) {
    if let Some(list) = document().and_then(|document| document.get_element_by_id(list)) {
        once_changed(&list, move || {
            if let Some(added) = document().and_then(|document| document.get_element_by_id(&id)) {
                focus_in_sight(&added);
            }
        });
    }
}

/// Whether the address points at an element of the page.
#[must_use]
pub fn is_place(id: &str) -> bool {
    document().is_some_and(|document| document.get_element_by_id(id).is_some())
}

/// The element that has the focus.
#[must_use]
pub fn focused() -> Option<Element> {
    document()?.active_element()
}

/// The id of the requirement the focus is in.
#[must_use]
pub fn focused_requirement() -> Option<String> {
    focused()?.closest("[data-requirement]").ok()??.get_attribute("data-requirement")
}

/// Opens or closes the requirement that has the focus.
pub fn toggle_requirement() {
    let details = focused().and_then(|focused| focused.query_selector("details").ok()?);
    if let Some(details) = details.and_then(|details| details.dyn_into::<HtmlDetailsElement>().ok()) {
        details.set_open(!details.open());
    }
}

/// Takes the focus out of a field; the requirement it belongs to has it then. `false` where no field has it.
pub fn leave_field() -> bool {
    let Some(field) = focused().filter(|focused| ["INPUT", "TEXTAREA", "SELECT"].contains(&&*focused.tag_name()))
    else {
        return false;
    };
    match field.closest("[data-requirement]").ok().flatten() {
        Some(requirement) => focus(&requirement),
        None => {
            if let Some(field) = field.dyn_ref::<HtmlElement>() {
                let _ = field.blur();
            }
        }
    }
    true
}

/// Moves the focus by `steps` among the requirements on the page, from the focused one or into the page.
pub fn move_by(steps: i32) {
    let Some(list) = document().and_then(|document| document.query_selector_all("[data-requirement]").ok()) else {
        return;
    };
    let ids = (0..list.length())
        .filter_map(|at| list.item(at)?.dyn_into::<Element>().ok()?.get_attribute("data-requirement"));
    let ids: Vec<String> = ids.collect();
    let focused = focused_requirement().and_then(|id| ids.iter().position(|other| *other == id));
    let next = match focused {
        Some(at) => i32::try_from(at).unwrap_or(0) + steps,
        None if steps > 0 => 0,
        None => return,
    };
    if let Some(id) = usize::try_from(next).ok().and_then(|at| ids.get(at)) {
        reveal(id);
    }
}

/// Gives the focus to an element, without moving the page.
pub fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = element.focus_with_options(&options);
    }
}
