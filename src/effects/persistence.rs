//! Asking the browser to keep our storage even when it wants room.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::store::Persistence;

/// Learns what the browser has promised so far.
pub fn learn(on_answer: impl FnOnce(Persistence) + 'static) {
    call("persisted", on_answer);
}

/// Asks for the promise. Some browsers ask the user in turn, so call it from a click.
pub fn ask(on_answer: impl FnOnce(Persistence) + 'static) {
    call("persist", on_answer);
}

fn call(method: &'static str, on_answer: impl FnOnce(Persistence) + 'static) {
    spawn_local(async move {
        let answer = match promise(method) {
            Ok(promise) => JsFuture::from(promise).await.ok().and_then(|answer| answer.as_bool()),
            Err(_) => None,
        };
        on_answer(match answer {
            Some(true) => Persistence::Promised,
            Some(false) => Persistence::NotPromised,
            None => Persistence::Unknown,
        });
    });
}

fn promise(method: &str) -> Result<Promise, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    // On plain http there is no `navigator.storage` at all.
    let manager = Reflect::get(&window.navigator(), &"storage".into())?;
    Reflect::get(&manager, &method.into())?.dyn_into::<Function>()?.call0(&manager)?.dyn_into()
}
