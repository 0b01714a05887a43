//! When the program fails: say so, and let people take their answers with them.

use std::panic;

/// From now on a panic is logged and reveals the message that `index.html` holds ready.
///
/// Whatever was entered is in storage already; the message's button copies it out without any help from this program.
pub fn show_on_panic() {
    panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
        let root =
            web_sys::window().and_then(|window| window.document()).and_then(|document| document.document_element());
        if let Some(root) = root {
            let _ = root.class_list().add_1("has-crashed");
        }
    }));
}
