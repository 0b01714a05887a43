//! A headed part of a page.

use yew::prelude::*;

/// `id` is that of its heading.
pub(crate) fn section(id: &'static str, title: &'static str, inside: Html) -> Html {
    section_of("", id, title, inside)
}

/// The same with a class.
pub(crate) fn section_of(class: &'static str, id: &'static str, title: &'static str, inside: Html) -> Html {
    html! {
        <section {class} aria-labelledby={id}>
            <h2 {id} class="page__subtitle">{ title }</h2>
            { inside }
        </section>
    }
}
