//! A labelled list to choose from.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct SelectProps {
    pub(crate) label: AttrValue,
    /// Unique on the page.
    pub(crate) name: &'static str,
    /// Values, and what they are called.
    pub(crate) options: Vec<(AttrValue, AttrValue)>,
    pub(crate) value: AttrValue,
    #[prop_or_default]
    pub(crate) is_disabled: bool,
    pub(crate) on_choose: Callback<String>,
}

#[component]
pub(crate) fn Select(props: &SelectProps) -> Html {
    let SelectProps { label, name, options, value, is_disabled, on_choose } = props.clone();
    let onchange = Callback::from(move |event: Event| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            on_choose.emit(select.value());
        }
    });
    let options = options.into_iter().map(|(option, text)| {
        html! { <option key={option.as_str()} value={option.clone()} selected={option == value}>{ text }</option> }
    });
    html! {
        <div class="field">
            <label class="field__label" for={name}>{ label }</label>
            <select id={name} {name} class="field__input" disabled={is_disabled} autocomplete="off" {onchange}>
                { for options }
            </select>
        </div>
    }
}
