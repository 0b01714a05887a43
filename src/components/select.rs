//! A labelled list to choose from.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct SelectProps {
    pub(crate) label: AttrValue,
    /// Unique on the page.
    pub(crate) name: AttrValue,
    /// Values, and what they are called.
    pub(crate) options: Vec<(AttrValue, AttrValue)>,
    pub(crate) value: AttrValue,
    #[prop_or_default]
    pub(crate) class: &'static str,
    #[prop_or_default]
    pub(crate) is_disabled: bool,
    pub(crate) on_choose: Callback<String>,
}

#[component]
pub(crate) fn Select(props: &SelectProps) -> Html {
    let SelectProps { label, name, options, value, class, is_disabled, on_choose } = props.clone();
    let list = use_node_ref();
    {
        // What was chosen by hand would otherwise stand, also once something else is so: after undoing, say.
        let list = list.clone();
        use_effect_with(value.clone(), move |value| {
            if let Some(list) = list.cast::<HtmlSelectElement>() {
                list.set_value(value);
            }
        });
    }
    let onchange = Callback::from(move |event: Event| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            on_choose.emit(select.value());
        }
    });
    let options = options.into_iter().map(|(option, text)| {
        html! { <option key={option.as_str()} value={option.clone()} selected={option == value}>{ text }</option> }
    });
    html! {
        <div class={classes!("field", class)}>
            <label class="field__label" for={name.clone()}>{ label }</label>
            <select ref={list} id={name.clone()} {name} class="field__input" disabled={is_disabled} autocomplete="off" {onchange}>
                { for options }
            </select>
        </div>
    }
}
