//! Printing.

/// Asks the browser to print the page.
pub fn print() {
    if let Some(window) = web_sys::window() {
        // Where printing is not offered, as on some phones, nothing happens.
        let _ = window.print();
    }
}
