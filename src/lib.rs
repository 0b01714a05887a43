//! 规划编制自查: the app. The UI, thin; what it shows comes from `plan-checklist-domain`.

pub mod app;
mod components;
pub mod effects;
pub mod pages;
pub mod route;
pub mod store;
pub mod words;

use yew::Renderer;

pub use app::{App, AppProps, Pages};
pub use route::{Bundle, Route};

/// Starts the program: takes over the prerendered page, or renders into an empty one.
///
/// `pages` renders the pages of one bundle; only those become part of its program.
pub fn start(pages: fn(&store::Store) -> yew::Html) {
    let Some(root) = effects::address::app_root() else { return };
    // A page that was not prerendered (trunk's own server) has an empty root, which must not be hydrated.
    let is_prerendered = root.has_child_nodes();
    let props = AppProps { route: effects::address::prerendered_route(), pages: pages.into() };
    let renderer = Renderer::<App>::with_root_and_props(root, props);
    if is_prerendered {
        renderer.hydrate();
    } else {
        renderer.render();
    }
}
