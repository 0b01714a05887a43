//! How pressing something is; plain words beside a colour.

use plan_checklist_domain::Urgency;
use yew::prelude::*;

use crate::words;

/// `None` for what is settled.
pub(super) fn urgency_tag(urgency: Option<Urgency>) -> Html {
    let class = match urgency {
        Some(Urgency::Overdue) => Some("urgency--overdue"),
        Some(Urgency::Near) => Some("urgency--near"),
        Some(Urgency::Normal | Urgency::Undated) | None => None,
    };
    html! { <span class={classes!("urgency", class)}>{ urgency.map_or("已了结", words::urgency) }</span> }
}
