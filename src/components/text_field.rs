//! A labelled field that reports every keystroke; of a date, every one that makes it a date.
//!
//! While somebody types, the field shows what they typed, whatever another tab writes meanwhile; when they leave it, what
//! they typed stands, and the other text is in the answer's history.

use plan_checklist_domain::Date;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement, InputEvent};
use yew::prelude::*;

/// What is typed into a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Shape {
    #[default]
    Line,
    Paragraph,
    Date,
    Search,
}

#[derive(Debug, PartialEq, Properties)]
pub(crate) struct TextFieldProps {
    pub(crate) label: AttrValue,
    /// Unique on the page.
    pub(crate) name: AttrValue,
    pub(crate) value: AttrValue,
    #[prop_or_default]
    pub(crate) shape: Shape,
    #[prop_or_default]
    pub(crate) placeholder: Option<AttrValue>,
    #[prop_or_default]
    pub(crate) class: &'static str,
    #[prop_or_default]
    pub(crate) is_disabled: bool,
    pub(crate) on_write: Callback<String>,
}

#[component]
pub(crate) fn TextField(props: &TextFieldProps) -> Html {
    let draft = use_state_eq(|| None::<AttrValue>);
    let on_write = props.on_write.clone();
    let typed = draft.setter();
    let shape = props.shape;
    let oninput = Callback::from(move |event: InputEvent| {
        let Some(target) = event.target() else { return };
        let text = match target.dyn_into::<HtmlInputElement>() {
            Ok(input) => input.value(),
            Err(target) => target.dyn_into::<HtmlTextAreaElement>().map_or_else(|_| String::new(), |area| area.value()),
        };
        typed.set(Some(text.clone().into()));
        if is_whole(shape, &text) {
            on_write.emit(text);
        }
    });
    let onblur = {
        let (draft, held, on_write) = (draft.clone(), props.value.clone(), props.on_write.clone());
        Callback::from(move |_: FocusEvent| {
            if let Some(typed) = &*draft
                && *typed != held
                && is_whole(shape, typed)
            {
                on_write.emit(typed.to_string());
            }
            draft.set(None);
        })
    };
    let TextFieldProps { label, name, placeholder, is_disabled, class, .. } = props;
    let value = draft.as_ref().unwrap_or(&props.value);
    let input = |kind: &'static str| {
        html! {
            <input id={name} name={name} class="field__input" type={kind} {value} placeholder={placeholder.clone()}
                disabled={*is_disabled} autocomplete="off" oninput={oninput.clone()} onblur={onblur.clone()} />
        }
    };
    let control = match shape {
        Shape::Line => input("text"),
        Shape::Date => input("date"),
        Shape::Search => input("search"),
        Shape::Paragraph => html! {
            <textarea id={name} name={name} class="field__input field__input--paragraph" rows="2" {value}
                placeholder={placeholder.clone()} disabled={*is_disabled} autocomplete="off" {oninput} {onblur} />
        },
    };
    html! {
        <div class={classes!("field", *class)}>
            <label class="field__label" for={name}>{ label }</label>
            { control }
        </div>
    }
}

/// A year being typed (0002, 0020, …) is not a date yet; reporting it would empty the field under the fingers.
fn is_whole(shape: Shape, text: &str) -> bool {
    shape != Shape::Date || text.is_empty() || Date::parse(text).is_some()
}

/// What a date field shows.
pub(crate) fn date_value(date: Option<Date>) -> String {
    date.map_or_else(String::new, |date| date.to_string())
}
