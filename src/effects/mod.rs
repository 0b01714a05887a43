//! Everything impure: the address bar, storage, the clock, chance, files, keys, scrolling. The store's commands are
//! carried out in [`browser`]; what the browser says by itself comes in through [`listeners`].

pub mod address;
pub mod beside;
pub mod browser;
pub mod carried;
pub mod clipboard;
pub mod clock;
pub mod day;
pub mod download;
pub mod guest;
pub mod identity;
pub mod keeper;
pub mod keys;
pub mod leaving;
pub mod listeners;
pub mod notes;
pub mod office;
pub mod persistence;
pub mod pick;
pub mod platform;
pub mod print;
pub mod scroll;
pub mod storage;
pub mod style;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Calls a method that gives a promise, and says what became of it.
fn call(object: &JsValue, method: &str, argument: &JsValue, on_done: impl FnOnce(Result<JsValue, JsValue>) + 'static) {
    let promise = || -> Result<Promise, JsValue> {
        Reflect::get(object, &method.into())?.dyn_into::<Function>()?.call1(object, argument)?.dyn_into()
    };
    let promise = promise();
    spawn_local(async move {
        on_done(match promise {
            Ok(promise) => JsFuture::from(promise).await,
            Err(error) => Err(error),
        });
    });
}
