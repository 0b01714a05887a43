//! Reading a file that somebody picked or dropped.

use js_sys::{Function, Promise, Reflect};
use plan_checklist_domain::storage::backup::{FileError, SIZE_LIMIT};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::File;

/// Reads a file's text. One that is too large is not even opened.
///
/// A file that cannot be read any more (a stick pulled out) is like one with nothing in it.
pub fn read(file: &File, on_text: impl FnOnce(Result<String, FileError>) + 'static) {
    if file.size() > f64::from(u32::try_from(SIZE_LIMIT).unwrap_or(u32::MAX)) {
        return on_text(Err(FileError::TooLarge));
    }
    let promise = text_of(file);
    spawn_local(async move {
        let text = match promise {
            Ok(promise) => JsFuture::from(promise).await.ok().and_then(|text| text.as_string()),
            Err(_) => None,
        };
        on_text(Ok(text.unwrap_or_default()));
    });
}

/// Reads a file's bytes. One that is too large is not even opened, and one that cannot be read any more has none.
pub fn read_bytes(file: &File, largest: u32, on_bytes: impl FnOnce(Result<JsValue, FileError>) + 'static) {
    if file.size() > f64::from(largest) {
        return on_bytes(Err(FileError::TooLarge));
    }
    // As `Blob.text`, in all engines that have that.
    let promise = || -> Result<Promise, JsValue> {
        Reflect::get(file, &"arrayBuffer".into())?.dyn_into::<Function>()?.call0(file)?.dyn_into()
    };
    let promise = promise();
    spawn_local(async move {
        let buffer = match promise {
            Ok(promise) => JsFuture::from(promise).await.ok(),
            Err(_) => None,
        };
        on_bytes(Ok(js_sys::Uint8Array::new(&buffer.unwrap_or_else(|| js_sys::ArrayBuffer::new(0).into())).into()));
    });
}

/// What `Blob.text` gives; Chromium has it from 76 on, Firefox from 69, Safari from 14.
fn text_of(file: &File) -> Result<Promise, JsValue> {
    Reflect::get(file, &"text".into())?.dyn_into::<Function>()?.call0(file)?.dyn_into()
}
