//! 打印海报

use plan_checklist_domain::UnitKind;
use yew::prelude::*;

use crate::components::element::el;
use crate::components::link::page_head;
use crate::store::Store;
use crate::words;

pub(crate) fn poster(_store: &Store, kind: UnitKind) -> Html {
    el("div", "page", page_head(Some(words::kind(kind).into()), "打印海报", html! {}))
}
