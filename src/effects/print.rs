//! Printing.

/// Asks the browser to print the page.
pub fn print() {
    if let Some(window) = web_sys::window() {
        // Where printing is not offered, as on some phones, nothing happens.
        let _ = window.print();
    }
}

/// Asks the browser to print only what is marked as for the wall.
///
/// Browsers that do not wait for the printing print the whole page instead.
pub fn print_for_wall() {
    let root = web_sys::window().and_then(|window| window.document()).and_then(|document| document.document_element());
    let mark = |is_on: bool| root.as_ref().map(|root| root.class_list().toggle_with_force("print-wall", is_on));
    mark(true);
    print();
    mark(false);
}
