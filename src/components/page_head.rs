//! The head of a page: what it belongs to, its title, and what it is for.

use plan_checklist_domain::UnitKind;
use yew::prelude::*;

use crate::components::cycle_choice::{Length, cycle_choice};
use crate::store::Store;
use crate::words;

/// `kicker` says what the page belongs to, `lead` what it is for.
pub(crate) fn page_head(kicker: Option<&str>, title: &str, lead: Html) -> Html {
    let kicker = kicker.map(|kicker| html! { <p class="page__kicker">{ kicker }</p> });
    head(kicker, title, lead)
}

/// The head of a page that belongs to a workbook: whose it is and of which cycle, which is changed here. `more` says what
/// else the page belongs to.
pub(crate) fn book_head(store: &Store, kind: UnitKind, more: Option<&str>, title: &str, lead: Html) -> Html {
    let workbook = store.workbook(kind);
    let kicker = html! {
        <div class="page__kicker page__kicker--book">
            <span>{ words::whose(workbook) }</span>
            { cycle_choice(store, workbook, Length::Name) }
            <span>{ more }</span>
        </div>
    };
    head(Some(kicker), title, lead)
}

fn head(kicker: Option<Html>, title: &str, lead: Html) -> Html {
    html! {
        <header class="page__head">
            <div>
                { kicker }
                <h1 class="page__title">{ title }</h1>
            </div>
            { lead }
        </header>
    }
}
