//! Said where the address carries something that cannot be used.

use yew::prelude::*;

/// Why what a link carries cannot be used.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LinkFault {
    /// What tests call it.
    pub(crate) word: &'static str,
    pub(crate) text: &'static str,
}

pub(crate) fn link_fault(fault: Option<LinkFault>) -> Html {
    html! {
        <div>
            if let Some(LinkFault { word, text }) = fault {
                <div class="note" role="alert" data-fault={word}>
                    <p class="attention">{ text }</p>
                    <p>{ "什么都没有改动，也没有存下任何东西。" }</p>
                </div>
            }
        </div>
    }
}
