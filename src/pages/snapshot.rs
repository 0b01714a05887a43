//! 自查快照

use yew::prelude::*;

use crate::components::element::el;
use crate::components::link::page_head;
use crate::store::Store;

pub(crate) fn snapshot(_store: &Store) -> Html {
    el("div", "page", page_head(None, "自查快照", html! {}))
}
