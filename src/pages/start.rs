//! 请填这份清单

use plan_checklist_domain::UnitKind;
use yew::prelude::*;

use crate::components::element::el;
use crate::components::link::page_head;
use crate::store::Store;
use crate::words;

pub(crate) fn start(_store: &Store, kind: UnitKind) -> Html {
    el("div", "page", page_head(Some(words::kind(kind).into()), "请填这份清单", html! {}))
}
