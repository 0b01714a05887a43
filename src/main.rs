//! Start: take over the prerendered page, or render into an empty one.

use plan_checklist::app::{App, AppProps};
use plan_checklist::effects::{address, crash};
use yew::Renderer;

fn main() {
    crash::show_on_panic();
    let Some(root) = address::app_root() else { return };
    // A page that was not prerendered (trunk's own server) has an empty root, which must not be hydrated.
    let is_prerendered = root.has_child_nodes();
    let props = AppProps { route: address::prerendered_route() };
    let renderer = Renderer::<App>::with_root_and_props(root, props);
    if is_prerendered {
        renderer.hydrate();
    } else {
        renderer.render();
    }
}
