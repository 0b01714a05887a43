//! The names that somebody was made responsible by, offered where another is typed.

use plan_checklist_domain::Workbook;
use yew::prelude::*;

use crate::components::record::OWNERS;

/// Once on a page with such fields.
pub(crate) fn owners(workbook: &Workbook) -> Html {
    let names = workbook.owners();
    let names = names.iter().map(|name| html! { <option key={*name} value={(*name).to_owned()} /> });
    html! { <datalist id={OWNERS}>{ for names }</datalist> }
}
