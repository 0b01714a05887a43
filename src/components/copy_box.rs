//! A text in a field of its own, with a button that copies it.

use yew::prelude::*;

use crate::components::button::{Button, ButtonStyle};
use crate::store::{Action, Store};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct CopyBoxProps {
    pub(crate) store: Store,
    /// Unique on the page.
    pub(crate) id: AttrValue,
    pub(crate) label: AttrValue,
    pub(crate) text: AttrValue,
    pub(crate) rows: AttrValue,
    /// What stands beside the button.
    #[prop_or_default]
    pub(crate) children: Html,
}

#[component]
pub(crate) fn CopyBox(props: &CopyBoxProps) -> Html {
    let CopyBoxProps { store, id, label, text, rows, children } = props.clone();
    // What was copied of another text says nothing of this one.
    let outcome = match store.copied(&text) {
        None => "",
        Some(true) => "已复制",
        Some(false) => "浏览器不让自动复制。上面的文字已经选中，请按 Ctrl+C 复制（手机上长按）。",
    };
    let onclick = store.dispatch.on(Action::CopyWanted { field: id.as_str().into(), text: text.as_str().into() });
    let copy = format!("复制：{label}");
    html! {
        <div class="copyable">
            <label class="field__label" for={&id}>{ label }</label>
            <textarea id={&id} class="field__input" readonly=true {rows} value={text} autocomplete="off" spellcheck="false" />
            <p class="buttons">
                <span data-copy={id}><Button action="copy" style={ButtonStyle::Primary} label={copy} {onclick}>{ "复制" }</Button></span>
                { children }
                <span class="copyable__outcome" role="status">{ outcome }</span>
            </p>
        </div>
    }
}
