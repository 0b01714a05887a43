//! Links to our own pages. The app follows them without loading the page anew; without this program, in a new tab and in
//! print they still are links.

use yew::prelude::*;

use crate::route::{Route, Target};
use crate::store::Store;

/// A link with a text.
pub(crate) fn link(store: &Store, to: impl Into<Target>, class: &'static str, text: impl Into<AttrValue>) -> Html {
    link_around(store, to.into(), class, false, Html::from(text.into()))
}

/// A link around anything; `is_current` where it leads to where the reader is.
pub(crate) fn link_around(store: &Store, to: Target, class: &'static str, is_current: bool, inside: Html) -> Html {
    anchor(store.route.href_to(to), class, is_current, inside)
}

/// The link in the navigation that leads to sharing what the reader looks at.
pub(crate) fn share_link(store: &Store) -> Html {
    let shown = store.arrival.fragment.as_deref().and_then(|id| store.catalogue.requirement(id));
    let about = Target { route: store.route, requirement: shown.map(|requirement| requirement.id) };
    let is_current = matches!(store.route, Route::Share | Route::Poster(_) | Route::Snapshot | Route::Start(_));
    anchor(store.route.href_to_share(about), "nav__link", is_current, "分享".into())
}

fn anchor(href: String, class: &'static str, is_current: bool, inside: Html) -> Html {
    html! { <a {href} {class} aria-current={is_current.then_some("page")}>{ inside }</a> }
}
