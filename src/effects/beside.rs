//! Files that lie beside the script that starts the program.

use std::cell::OnceCell;

use wasm_bindgen::JsCast;
use web_sys::HtmlLinkElement;

thread_local! {
    static SCRIPT: OnceCell<String> = const { OnceCell::new() };
}

/// Notes where the script lies.
///
/// Call it while the document still is at the address it was loaded from: its head names the script by the way from there.
pub fn note_script() {
    let script = web_sys::window().and_then(|window| window.document()?.get_element_by_id("program"));
    if let Some(script) = script {
        // Noted once: a second start would be at another address.
        let _ = SCRIPT.with(|noted| noted.set(script.unchecked_into::<HtmlLinkElement>().href()));
    }
}

/// The address of a file of this name; `None` where no script was noted.
#[must_use]
pub fn url(name: &str) -> Option<String> {
    SCRIPT.with(|script| Some(script.get()?.replace("program.js", name)))
}
