//! A group of what is not in order: its title, what it means, and the list.

use yew::prelude::*;

/// `id` is unique on the page; `list` is made with [`finding_list`].
pub(crate) fn findings(id: &str, title: String, hint: &'static str, list: Html) -> Html {
    let heading = format!("finding-{id}");
    html! {
        <section key={id} class="findings" data-finding={id.to_owned()} aria-labelledby={heading.clone()}>
            <h2 class="findings__title" id={heading}>{ title }</h2>
            <p class="findings__hint">{ hint }</p>
            { list }
        </section>
    }
}

pub(crate) fn finding_list(rows: impl IntoIterator<Item = Html>) -> Html {
    html! { <ul class="findings__list">{ for rows }</ul> }
}

/// What is not in order, as a link, and what there is to say about it.
pub(crate) fn finding(key: &str, link: Html, about: String) -> Html {
    html! {
        <li key={key} class="findings__item">{ link }<span class="findings__where">{ about }</span></li>
    }
}
