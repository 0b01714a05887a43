//! 分享

use yew::prelude::*;

use crate::components::element::el;
use crate::components::link::page_head;
use crate::store::Store;

pub(crate) fn share(_store: &Store) -> Html {
    el("div", "page", page_head(None, "分享", html! {}))
}
