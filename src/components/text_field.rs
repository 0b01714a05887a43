//! A labelled field that reports every keystroke; of a date, every one that makes it a date.
//!
//! While somebody types, the field shows what they typed, whatever another tab writes meanwhile; when they leave it, what
//! they typed stands, and the other text is in the answer's history. A date that is incomplete or no date at all is not
//! reported, and said to be so: the one before stands until a whole new one, or until the field is cleared.

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
    /// The id of a list of what could be meant.
    #[prop_or_default]
    pub(crate) list: Option<&'static str>,
    #[prop_or_default]
    pub(crate) class: &'static str,
    /// Where what stands around it says what it is for; screen readers hear the label all the same.
    #[prop_or_default]
    pub(crate) is_label_hidden: bool,
    #[prop_or_default]
    pub(crate) is_disabled: bool,
    pub(crate) on_write: Callback<String>,
}

/// What is being typed.
#[derive(Debug, Clone, PartialEq)]
struct Draft {
    /// The field it is typed into. What is typed belongs to it alone, also where another field takes its place on the page.
    name: AttrValue,
    text: AttrValue,
    /// Whether it says something whole, which can be reported.
    is_whole: bool,
}

#[component]
pub(crate) fn TextField(props: &TextFieldProps) -> Html {
    let draft = use_state_eq(|| None::<Draft>);
    let shape = props.shape;
    let oninput = {
        let (setter, name, on_write) = (draft.setter(), props.name.clone(), props.on_write.clone());
        Callback::from(move |event: InputEvent| {
            let Some((text, is_bad)) = typed(&event) else { return };
            let is_whole = !is_bad && is_whole(shape, &text);
            setter.set(Some(Draft { name: name.clone(), text: text.clone().into(), is_whole }));
            if is_whole {
                on_write.emit(text);
            }
        })
    };
    let draft_here = draft.as_ref().filter(|draft| draft.name == props.name).cloned();
    let onblur = {
        let (setter, draft, held) = (draft.setter(), draft_here.clone(), props.value.clone());
        let on_write = props.on_write.clone();
        Callback::from(move |event: FocusEvent| {
            match &draft {
                Some(draft) if draft.is_whole && draft.text != held => on_write.emit(draft.text.to_string()),
                // What is no date is not left standing as if it were one.
                Some(draft) if !draft.is_whole => {
                    if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                        input.set_value(&held);
                    }
                }
                _ => {}
            }
            setter.set(None);
        })
    };
    let TextFieldProps { label, name, placeholder, list, is_disabled, class, is_label_hidden, .. } = props;
    let is_bad = draft_here.as_ref().is_some_and(|draft| !draft.is_whole);
    let value = draft_here.map_or_else(|| props.value.clone(), |draft| draft.text);
    let input = |kind: &'static str| {
        html! {
            <input id={name} name={name} class="field__input" type={kind} value={value.clone()} placeholder={placeholder.clone()}
                list={*list} disabled={*is_disabled} autocomplete="off" oninput={oninput.clone()} onblur={onblur.clone()} />
        }
    };
    let control = match shape {
        Shape::Line => input("text"),
        Shape::Date => input("date"),
        Shape::Search => input("search"),
        Shape::Paragraph => html! {
            <textarea id={name} name={name} class="field__input field__input--paragraph" rows="2" value={value.clone()}
                placeholder={placeholder.clone()} disabled={*is_disabled} autocomplete="off" {oninput} {onblur} />
        },
    };
    html! {
        <div class={classes!("field", *class)}>
            <label class={if *is_label_hidden { "visually-hidden" } else { "field__label" }} for={name}>{ label }</label>
            { control }
            if shape == Shape::Date {
                <span class="field__problem" role="status">
                    { if is_bad { "日期还没填对，先按原来的算" } else { "" } }
                </span>
            }
        </div>
    }
}

/// What a field holds now, and whether the browser says that it is nothing whole: half a date has no text at all.
fn typed(event: &InputEvent) -> Option<(String, bool)> {
    let target = event.target()?;
    Some(match target.dyn_into::<HtmlInputElement>() {
        Ok(input) => (input.value(), input.validity().bad_input()),
        Err(target) => (target.dyn_into::<HtmlTextAreaElement>().ok()?.value(), false),
    })
}

/// A year being typed (0002, 0020, …) is not a date yet; reporting it would empty the field under the fingers.
fn is_whole(shape: Shape, text: &str) -> bool {
    shape != Shape::Date || text.is_empty() || Date::parse(text).is_some()
}

/// What a date field shows.
pub(crate) fn date_value(date: Option<Date>) -> String {
    date.map_or_else(String::new, |date| date.to_string())
}
