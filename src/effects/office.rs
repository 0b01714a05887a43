//! The worker that makes Word and Excel files (`crates/office-worker`): loaded for each file that is asked for, and let go
//! with it. What it needs of memory goes with it, too.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlLinkElement, Worker};

use crate::route::IS_SINGLE_FILE;

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The worker did not arrive, or cannot be started here.
    NotLoaded,
    /// It could not do what was asked.
    Failed,
}

/// Asks for `job` with these arguments; the answer is bytes or text, as the job has it.
pub fn ask(job: &str, arguments: &[JsValue], on_answer: impl FnOnce(Result<JsValue, Fault>) + 'static) {
    let message = Array::of1(&job.into());
    for argument in arguments {
        message.push(argument);
    }
    let Ok(worker) = start() else { return on_answer(Err(Fault::NotLoaded)) };
    let answer = {
        let worker = worker.clone();
        Promise::new(&mut |resolve, reject| {
            worker.set_onmessage(Some(&resolve));
            worker.set_onerror(Some(&reject));
        })
    };
    let is_asked = worker.post_message(&message).is_ok();
    spawn_local(async move {
        let answer =
            if is_asked { JsFuture::from(answer).await.map_err(|_| Fault::NotLoaded) } else { Err(Fault::Failed) };
        worker.terminate();
        on_answer(answer.and_then(|event| done(&event).ok_or(Fault::Failed)));
    });
}

/// It lies beside the script that starts the program; the single file carries it, and has a function that starts it.
fn start() -> Result<Worker, JsValue> {
    if IS_SINGLE_FILE {
        let start = Reflect::get(&js_sys::global(), &"officeWorker".into())?;
        return start.dyn_into::<Function>()?.call0(&JsValue::NULL).map(JsCast::unchecked_into);
    }
    let program = web_sys::window().and_then(|window| window.document()?.get_element_by_id("program"));
    let program = program.ok_or(JsValue::NULL)?.unchecked_into::<HtmlLinkElement>().href();
    Worker::new(&program.replace("program.js", "office.js"))
}

/// What a message says was done.
fn done(event: &JsValue) -> Option<JsValue> {
    let data = Reflect::get(event, &"data".into()).ok()?;
    Reflect::get(&data, &"done".into()).ok().filter(|done| !done.is_undefined())
}
