//! Links to our own pages, followed without loading them anew.

use plan_checklist_domain::CATALOGUE;
use web_sys::MouseEvent;
use yew::prelude::*;

use crate::effects::address;
use crate::route::{Bundle, Route, Target};
use crate::store::{Dispatch, Saving, Store};

/// An ordinary `<a>`: without this program, in a new tab and in print it still is a link.
pub(crate) fn link(store: &Store, to: impl Into<Target>, class: &'static str, text: impl Into<AttrValue>) -> Html {
    link_around(store, to.into(), class, false, Html::from(text.into()))
}

/// A link around anything; `is_current` where it leads to where the reader is.
pub(crate) fn link_around(store: &Store, to: Target, class: &'static str, is_current: bool, inside: Html) -> Html {
    anchor(store, to, store.route.href_to(to), class, is_current, inside)
}

/// The link in the navigation that leads to sharing what the reader looks at.
pub(crate) fn share_link(store: &Store) -> Html {
    let shown = store.arrival.fragment.as_deref().and_then(|id| CATALOGUE.requirement(id));
    let about = Target { route: store.route, requirement: shown.map(|requirement| requirement.id) };
    let is_current = matches!(store.route.bundle(), Bundle::Sharing | Bundle::Receiving);
    let href = store.route.href_to_share(about);
    anchor(store, Route::Share.into(), href, "nav__link", is_current, "分享".into())
}

fn anchor(store: &Store, to: Target, href: String, class: &'static str, is_current: bool, inside: Html) -> Html {
    let from = store.route;
    let dispatch = Dispatch::of(store);
    let is_same_bundle = from.bundle() == to.route.bundle();
    // What could not be saved lives in this page only: leaving it would lose it.
    let is_to_stay = !is_same_bundle && matches!(store.saving, Saving::Failed(_));
    let onclick = Callback::from(move |event: MouseEvent| {
        let is_plain =
            event.button() == 0 && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        if is_plain && is_same_bundle && address::push(from, to) {
            event.prevent_default();
            dispatch.send(to.arrival());
        }
    });
    let current = is_current.then_some("page");
    let target = is_to_stay.then_some("_blank");
    html! { <a {href} {class} aria-current={current} {target} {onclick}>{ inside }</a> }
}
