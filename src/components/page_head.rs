//! The head of a page: what it belongs to, its title, and what it is for.

use yew::prelude::*;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct PageHeadProps {
    #[prop_or_default]
    pub(crate) kicker: Option<AttrValue>,
    pub(crate) title: AttrValue,
    /// What the page is for.
    pub(crate) children: Html,
}

#[component]
pub(crate) fn PageHead(props: &PageHeadProps) -> Html {
    html! {
        <header class="page__head">
            <div>
                if let Some(kicker) = &props.kicker {
                    <p class="page__kicker">{ kicker }</p>
                }
                <h1 class="page__title">{ &props.title }</h1>
            </div>
            { props.children.clone() }
        </header>
    }
}
