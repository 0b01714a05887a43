//! How many requirements have each status.

use plan_checklist_domain::Tally;
use yew::prelude::*;

use crate::components::icon::status_icon;
use crate::components::meter::IN_ORDER;
use crate::words;

pub(crate) fn counts(tally: &Tally) -> Html {
    let rows = IN_ORDER.map(|status| {
        html! {
            <li key={status.as_str()} class="count" data-count={status.as_str()}>
                { status_icon(status) }
                <span class="count__status">{ words::status(status) }</span>
                <strong class="count__number">{ tally.count(status) }</strong>
            </li>
        }
    });
    html! { <ul class="counts">{ for rows }</ul> }
}
