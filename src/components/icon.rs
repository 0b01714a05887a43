//! Status icons: one shape a status, so that colour is never alone.

use plan_checklist_domain::Status;
use yew::prelude::*;

/// The status's shape, hidden from screen readers: its word always stands beside it.
pub(crate) fn status_icon(status: Status) -> Html {
    const RING: &str = "M8 2a6 6 0 1 0 .01 0z";
    let (ring, inner, class) = match status {
        Status::Unchecked => (RING, "", "icon--unchecked"),
        Status::NotStarted => (RING, "", "icon--not-started"),
        Status::InProgress => (RING, "M8 4.5a3.5 3.5 0 0 1 0 7z", "icon--in-progress"),
        Status::Done => ("M8 1a7 7 0 1 0 .01 0z", "M4.8 8.2l2.2 2.2 4.2-4.6", "icon--done"),
        Status::NotApplicable => (RING, "M4 12L12 4", "icon--not-applicable"),
    };
    html! {
        <svg class={classes!("icon", class)} viewBox="0 0 16 16" aria-hidden="true">
            <path class="icon__ring" d={ring} />
            <path class="icon__inner" d={inner} />
        </svg>
    }
}
