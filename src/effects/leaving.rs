//! Asking before the page is left while something is not saved.

use std::cell::RefCell;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::BeforeUnloadEvent;

/// The question, as long as it is asked. A page that always listened would not be kept by the browser for Back.
#[derive(Debug, Default)]
pub struct Leaving(RefCell<Option<EventListener>>);

impl Leaving {
    /// Starts or stops asking.
    pub fn ask(&self, is_on: bool) {
        let Some(window) = web_sys::window().filter(|_| is_on) else {
            self.0.replace(None);
            return;
        };
        let options = EventListenerOptions::enable_prevent_default();
        let listener = EventListener::new_with_options(&window, "beforeunload", options, |event| {
            event.prevent_default();
            // Browsers show a text of their own; older ones ask only where there is one.
            if let Some(event) = event.dyn_ref::<BeforeUnloadEvent>() {
                event.set_return_value("unsaved");
            }
        });
        self.0.replace(Some(listener));
    }
}
