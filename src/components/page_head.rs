//! The head of a page: what it belongs to, its title, and what it is for.

use yew::prelude::*;

/// `kicker` says what the page belongs to, `lead` what it is for.
pub(crate) fn page_head(kicker: Option<&str>, title: &str, lead: Html) -> Html {
    html! {
        <header class="page__head">
            <div>
                if let Some(kicker) = kicker {
                    <p class="page__kicker">{ kicker }</p>
                }
                <h1 class="page__title">{ title }</h1>
            </div>
            { lead }
        </header>
    }
}
