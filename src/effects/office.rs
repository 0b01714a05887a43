//! The worker that makes and reads Word and Excel files (`crates/office-worker`): loaded for each file that is asked for, and
//! let go with it; or kept for as long as many are read. What it needs of memory goes with it, too.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Worker;

use super::{beside, carried};
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

/// Who waits for the answers, in the order in which they come: who is told, and who is told that there is none.
type Waiting = Rc<RefCell<VecDeque<(Function, Function)>>>;

/// A worker that is kept, with what it has read, until this is dropped.
pub struct Session {
    worker: Worker,
    waiting: Waiting,
    _heard: [Closure<dyn FnMut(JsValue)>; 2],
}

impl Session {
    /// `None` where workers cannot be started.
    #[must_use]
    pub fn start() -> Option<Self> {
        let worker = start().ok()?;
        let waiting = Waiting::default();
        let on_message = {
            let waiting = waiting.clone();
            Closure::new(move |event: JsValue| {
                let next = waiting.borrow_mut().pop_front();
                if let Some((tell, _)) = next {
                    let _ = tell.call1(&JsValue::NULL, &event);
                }
            })
        };
        // It did not arrive: nobody will be answered.
        let on_error = {
            let waiting = waiting.clone();
            Closure::new(move |_: JsValue| fail_all(&waiting))
        };
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Some(Self { worker, waiting, _heard: [on_message, on_error] })
    }

    /// Asks for `job` with these arguments; a file among them is read by the worker.
    ///
    /// # Errors
    /// Why there is no answer.
    pub async fn ask(&self, job: &str, arguments: &[JsValue]) -> Result<JsValue, Fault> {
        let message = Array::of1(&job.into());
        for argument in arguments {
            message.push(argument);
        }
        self.worker.post_message(&message).map_err(|_| Fault::Failed)?;
        let answer = Promise::new(&mut |tell, fail| self.waiting.borrow_mut().push_back((tell, fail)));
        let event = JsFuture::from(answer).await.map_err(|_| Fault::NotLoaded)?;
        done(&event).ok_or(Fault::Failed)
    }

    /// Ends it, whatever it is doing. Who waits is told that there is no answer.
    pub fn end(&self) {
        self.worker.terminate();
        fail_all(&self.waiting);
    }
}

fn fail_all(waiting: &Waiting) {
    let all = waiting.take();
    for (_, fail) in all {
        let _ = fail.call0(&JsValue::NULL);
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").finish_non_exhaustive()
    }
}

/// What it was about to do is not done.
impl Drop for Session {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

/// It lies beside the script that starts the program.
fn start() -> Result<Worker, JsValue> {
    if IS_SINGLE_FILE {
        return carried::office_worker();
    }
    Worker::new(&beside::url("office.js").ok_or(JsValue::NULL)?)
}

/// What a message says was done.
fn done(event: &JsValue) -> Option<JsValue> {
    let data = Reflect::get(event, &"data".into()).ok()?;
    Reflect::get(&data, &"done".into()).ok().filter(|done| !done.is_undefined())
}
