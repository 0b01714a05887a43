//! A text in a field of its own, with a button that copies it.

use yew::prelude::*;

use crate::components::button::{Button, ButtonStyle};
use crate::effects::clipboard;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct CopyBoxProps {
    /// Unique on the page.
    pub(crate) id: &'static str,
    pub(crate) label: AttrValue,
    pub(crate) text: AttrValue,
    pub(crate) rows: &'static str,
    /// What stands beside the button.
    #[prop_or_default]
    pub(crate) children: Html,
}

/// What was copied last, and whether the browser did it.
#[derive(Debug, Clone, PartialEq)]
struct Copied {
    text: AttrValue,
    by_browser: bool,
}

#[component]
pub(crate) fn CopyBox(props: &CopyBoxProps) -> Html {
    let CopyBoxProps { id, label, text, rows, children } = props.clone();
    let copied = use_state(|| None::<Copied>);
    // What was copied of another text says nothing of this one.
    let outcome = match copied.as_ref().filter(|copied| copied.text == text) {
        None => "",
        Some(Copied { by_browser: true, .. }) => "已复制",
        Some(Copied { by_browser: false, .. }) => {
            "浏览器不让自动复制。上面的文字已经选中，请按 Ctrl+C 复制（手机上长按）。"
        }
    };
    let onclick = {
        let text = text.clone();
        Callback::from(move |_| {
            let (copied, kept) = (copied.setter(), text.clone());
            clipboard::copy(id, &text, move |by_browser| copied.set(Some(Copied { text: kept, by_browser })));
        })
    };
    html! {
        <div class="copyable">
            <label class="field__label" for={id}>{ label }</label>
            <textarea {id} class="field__input" readonly=true {rows} value={text} autocomplete="off" spellcheck="false" />
            <p class="buttons">
                <span data-copy={id}><Button action="copy" style={ButtonStyle::Primary} {onclick}>{ "复制" }</Button></span>
                { children }
                <span class="copyable__outcome" role="status">{ outcome }</span>
            </p>
        </div>
    }
}
