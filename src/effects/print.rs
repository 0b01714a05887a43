//! Printing.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDetailsElement, Window};

use crate::store::Printout;

/// Closed boxes with what belongs on paper.
const CLOSED: &str = "details.print-open:not([open])";

/// Opens such boxes while the browser prints, however it was asked to, and closes them again.
pub fn open_boxes(window: &Window) -> [EventListener; 2] {
    let opened = Rc::new(RefCell::new(Vec::new()));
    let before = {
        let opened = opened.clone();
        EventListener::new(window, "beforeprint", move |_| {
            let closed = closed_boxes();
            closed.iter().for_each(|details| details.set_open(true));
            opened.borrow_mut().extend(closed);
        })
    };
    let after = EventListener::new(window, "afterprint", move |_| {
        opened.take().iter().for_each(|details: &HtmlDetailsElement| details.set_open(false));
    });
    [before, after]
}

fn closed_boxes() -> Vec<HtmlDetailsElement> {
    let document = web_sys::window().and_then(|window| window.document());
    let Some(list) = document.and_then(|document| document.query_selector_all(CLOSED).ok()) else { return Vec::new() };
    (0..list.length()).filter_map(|at| list.item(at)?.dyn_into().ok()).collect()
}

/// Asks the browser to print.
///
/// Browsers that do not wait for the printing print the whole page instead of a part.
pub fn print(what: Printout) {
    let Some(window) = web_sys::window() else { return };
    let class = match what {
        Printout::Page => None,
        Printout::Wall => Some("print-wall"),
        Printout::Paper => Some("print-paper"),
    };
    let root = window.document().and_then(|document| document.document_element());
    let mark =
        |is_on: bool| root.as_ref().zip(class).map(|(root, class)| root.class_list().toggle_with_force(class, is_on));
    mark(true);
    // Where printing is not offered, as on some phones, nothing happens.
    let _ = window.print();
    mark(false);
}
