//! 规划编制自查: the app. The UI, thin; what it shows comes from `plan-checklist-domain`.

pub mod app;
mod components;
#[cfg(debug_assertions)]
pub mod design;
pub mod effects;
mod pages;
pub mod parts;
pub mod route;
pub mod store;
pub mod words;

use wasm_bindgen_futures::spawn_local;
use yew::Renderer;

pub use app::{App, AppProps};
pub use parts::Part;
pub use route::Route;

/// Starts the program: takes over the prerendered page, or renders into an empty one.
pub fn start() {
    let Some(root) = effects::address::app_root() else { return };
    let route = effects::address::first_route();
    effects::beside::note_script();
    spawn_local(async move {
        // What is not there cannot take over its page. The app then shows that it is missing.
        let is_loaded = parts::load(route).await.is_ok();
        // Nor can it take over a page that something changed: a translator, say.
        let is_prerendered = effects::address::is_as_prerendered(&root);
        let can_take_over = is_loaded && is_prerendered;
        if !can_take_over {
            root.set_inner_html("");
        }
        let renderer = Renderer::<App>::with_root_and_props(root, AppProps { route });
        if can_take_over {
            renderer.hydrate();
        } else {
            renderer.render();
        }
    });
}
