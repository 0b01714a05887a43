//! What is so, in rows: a term, and what it means here.

use yew::prelude::*;

pub(crate) fn terms(rows: impl IntoIterator<Item = (&'static str, Html)>) -> Html {
    let rows = rows.into_iter().map(|(term, meaning)| {
        html! { <div key={term} class="terms__row"><dt>{ term }</dt><dd>{ meaning }</dd></div> }
    });
    html! { <dl class="terms">{ for rows }</dl> }
}
