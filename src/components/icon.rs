//! Status icons: one shape a status, so that colour is never alone.

use plan_checklist_domain::Status;
use yew::prelude::*;

/// The status's shape, hidden from screen readers: its word always stands beside it.
pub(crate) fn status_icon(status: Status) -> Html {
    let shape = match status {
        Status::Unchecked => html! { <circle cx="8" cy="8" r="6" stroke-dasharray="2.2 2.5" /> },
        Status::NotStarted => html! { <circle cx="8" cy="8" r="6" /> },
        Status::InProgress => {
            html! { <><circle cx="8" cy="8" r="6" /><path d="M8 4.5a3.5 3.5 0 0 1 0 7z" class="icon__fill" /></> }
        }
        Status::Done => {
            html! { <><circle cx="8" cy="8" r="7" class="icon__fill" /><path d="M4.8 8.2l2.2 2.2 4.2-4.6" class="icon__mark" /></> }
        }
        Status::NotApplicable => html! { <><circle cx="8" cy="8" r="6" /><path d="M4 12L12 4" /></> },
    };
    html! { <svg class={classes!("icon", format!("icon--{}", status.as_str()))} viewBox="0 0 16 16" aria-hidden="true">{ shape }</svg> }
}
