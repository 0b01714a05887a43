//! Links to our own pages, and buttons.

use plan_checklist_domain::CATALOGUE;
use web_sys::MouseEvent;
use yew::prelude::*;

use crate::components::element::{classed, el};
use crate::route::{Route, Target};
use crate::store::Store;

/// A link to a page of ours, with a text.
pub(crate) fn link(store: &Store, to: impl Into<Target>, class: &'static str, text: impl Into<AttrValue>) -> Html {
    link_around(store, to.into(), class, false, Html::from(text.into()))
}

/// A link around anything; `is_current` where it leads to where the reader is.
pub(crate) fn link_around(store: &Store, to: Target, class: &'static str, is_current: bool, inside: Html) -> Html {
    anchor(store.route.href_to(to), class, is_current, inside)
}

/// The link in the navigation that leads to sharing what the reader looks at.
pub(crate) fn share_link(store: &Store) -> Html {
    let shown = store.arrival.fragment.as_deref().and_then(|id| CATALOGUE.requirement(id));
    let about = Target { route: store.route, requirement: shown.map(|requirement| requirement.id) };
    let is_current = matches!(store.route, Route::Share | Route::Poster(_) | Route::Snapshot | Route::Start(_));
    let href = store.route.href_to_share(about);
    anchor(href, "nav__link", is_current, "分享".into())
}

/// An ordinary `<a>`: the app follows it without loading the page anew, and without this program it still is a link.
fn anchor(href: String, class: &'static str, is_current: bool, inside: Html) -> Html {
    let current = is_current.then_some("page");
    classed(class, html! { <a {href} class="link" aria-current={current}>{ inside }</a> })
}

/// What a button looks like and is called by tests.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Look {
    pub(crate) class: &'static str,
    pub(crate) action: &'static str,
    pub(crate) is_disabled: bool,
}

impl Look {
    pub(crate) fn plain(action: &'static str) -> Self {
        Self { class: "button", action, is_disabled: false }
    }

    pub(crate) fn primary(action: &'static str) -> Self {
        Self { class: "button button--primary", ..Self::plain(action) }
    }

    pub(crate) fn quiet(action: &'static str) -> Self {
        Self { class: "button button--quiet", ..Self::plain(action) }
    }

    pub(crate) fn disabled(self, is_disabled: bool) -> Self {
        Self { is_disabled, ..self }
    }
}

pub(crate) fn button(text: impl Into<AttrValue>, look: Look, onclick: Callback<MouseEvent>) -> Html {
    button_of(text.into(), look, onclick)
}

fn button_of(text: AttrValue, look: Look, onclick: Callback<MouseEvent>) -> Html {
    let button = html! {
        <button type="button" class="button" data-action={look.action} disabled={look.is_disabled} {onclick}>{ text }</button>
    };
    classed(look.class, button)
}

/// A headed part of a page.
pub(crate) fn section(id: &'static str, title: impl Into<AttrValue>, class: &'static str, inside: Html) -> Html {
    let title: AttrValue = title.into();
    let section = html! {
        <section class="section" aria-labelledby={id}>
            <h2 {id} class="page__subtitle">{ title }</h2>
            { inside }
        </section>
    };
    classed(class, section)
}

/// The head of a page: what it belongs to, its title, and what it is for.
pub(crate) fn page_head(kicker: Option<AttrValue>, title: impl Into<AttrValue>, lead: Html) -> Html {
    let title: AttrValue = title.into();
    let kicker = kicker.map(|kicker| html! { <p class="page__kicker">{ kicker }</p> });
    html! {
        <header class="page__head">
            <div>{ for kicker }<h1 class="page__title">{ title }</h1></div>
            { lead }
        </header>
    }
}

/// A paragraph with a class.
pub(crate) fn p(class: &'static str, text: impl Into<AttrValue>) -> Html {
    paragraph(class, text.into())
}

fn paragraph(class: &'static str, text: AttrValue) -> Html {
    el("p", class, Html::from(text))
}
