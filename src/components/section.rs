//! A headed part of a page.

use yew::prelude::*;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct SectionProps {
    /// The id of its heading.
    pub(crate) id: &'static str,
    pub(crate) title: AttrValue,
    #[prop_or_default]
    pub(crate) class: &'static str,
    pub(crate) children: Html,
}

#[component]
pub(crate) fn Section(props: &SectionProps) -> Html {
    let SectionProps { id, title, class, children } = props.clone();
    html! {
        <section class={class} aria-labelledby={id}>
            <h2 {id} class="page__subtitle">{ title }</h2>
            { children }
        </section>
    }
}
