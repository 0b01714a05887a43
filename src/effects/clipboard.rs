//! Copying to the clipboard, in whatever way the browser has.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::effects::scroll;

/// Copies `text`, which stands in the field with this id. Call it from a click.
///
/// On plain http, in older browsers and where it is forbidden there is no clipboard to write to: then the field's text is
/// selected and copied as if by hand. Where even that is refused (`false`), it stays selected for the user to copy.
pub fn copy(field: &str, text: &str, on_done: impl FnOnce(bool) + 'static) {
    let field = field.to_owned();
    let by_hand = move || {
        scroll::select_all(&field);
        exec_copy().unwrap_or_default()
    };
    match clipboard() {
        Some(clipboard) => super::call(&clipboard, "writeText", &text.into(), move |outcome| {
            on_done(outcome.is_ok() || by_hand());
        }),
        None => on_done(by_hand()),
    }
}

fn clipboard() -> Option<JsValue> {
    let clipboard = Reflect::get(&web_sys::window()?.navigator(), &"clipboard".into()).ok()?;
    (!clipboard.is_undefined()).then_some(clipboard)
}

fn exec_copy() -> Option<bool> {
    let document = web_sys::window()?.document()?;
    let exec = Reflect::get(&document, &"execCommand".into()).ok()?.dyn_into::<Function>().ok()?;
    exec.call1(&document, &"copy".into()).ok()?.as_bool()
}
