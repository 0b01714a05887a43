//! What the edition in a single file carries: the script in it (`crates/prerender/src/single_file.js`) unpacks it.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Worker;

/// The licences of all that is shipped, as text.
///
/// # Errors
/// If this is not that edition.
pub fn licences() -> Result<JsValue, JsValue> {
    ask("licences")
}

/// The worker that makes and reads Word and Excel files, started.
///
/// # Errors
/// If it cannot be started here.
pub fn office_worker() -> Result<Worker, JsValue> {
    ask("officeWorker").map(JsCast::unchecked_into)
}

fn ask(function: &str) -> Result<JsValue, JsValue> {
    Reflect::get(&js_sys::global(), &function.into())?.dyn_into::<Function>()?.call0(&JsValue::NULL)
}
