//! One end of a phase or a due date, and whose word it is.

use plan_checklist_domain::dates::phases::{Basis, Edge};
use yew::prelude::*;

use crate::words;

pub(super) fn edge(edge: Edge) -> Html {
    let (class, whose) = match edge.basis {
        Basis::Speech => (None, "讲话"),
        Basis::Own => (None, "本单位填"),
        Basis::Assumed => (Some("tag--advice"), words::ADVICE),
    };
    html! { <span class="dates__edge">{ edge.date.in_chinese() }<span class={classes!("tag", class)}>{ whose }</span></span> }
}
