//! Every page as HTML: for the build, and for the markup tests.

use plan_checklist::{App, AppProps, Route};
use yew::LocalServerRenderer;

/// The markup of one page, as the app renders it before it knows the clock or storage, ready to be hydrated.
pub async fn markup(route: Route) -> String {
    LocalServerRenderer::<App>::with_props(AppProps { route }).render().await
}

/// The markup of /design/, which only debug builds have.
#[cfg(debug_assertions)]
pub async fn design() -> String {
    LocalServerRenderer::<plan_checklist::design::Design>::new().render().await
}
