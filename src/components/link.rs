//! A link to one of our own pages, followed without loading it anew.

use web_sys::MouseEvent;
use yew::prelude::*;

use crate::effects::address;
use crate::route::Target;
use crate::store::{Action, use_dispatch, use_store};

#[derive(Debug, Properties, PartialEq)]
pub(crate) struct LinkProps {
    pub(crate) to: Target,
    #[prop_or_default]
    pub(crate) class: Classes,
    /// Whether it leads to where the reader is.
    #[prop_or_default]
    pub(crate) is_current: bool,
    pub(crate) children: Html,
}

/// An ordinary `<a>`: without this program, in a new tab and in print it still is a link.
#[component]
pub(crate) fn Link(props: &LinkProps) -> Html {
    let dispatch = use_dispatch();
    let from = use_store().route;
    let to = props.to;
    let onclick = Callback::from(move |event: MouseEvent| {
        let is_plain =
            event.button() == 0 && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        if is_plain && address::push(from, to) {
            event.prevent_default();
            let fragment = to.requirement.map(|id| id.as_str().into());
            dispatch.dispatch(Action::Arrived { route: to.route, fragment });
        }
    });
    let current = props.is_current.then_some("page");
    html! {
        <a href={from.href_to(to)} class={props.class.clone()} aria-current={current} {onclick}>{ props.children.clone() }</a>
    }
}
