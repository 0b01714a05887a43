//! A labelled field that reports every keystroke; of a date, every one that makes it a date.
//!
//! While somebody types, the field shows what they typed, whatever another tab writes meanwhile; when they leave it, what
//! they typed stands, and the other text is in the answer's history. Of a date the one before stands until a whole new one.
//! What is no date is not reported, and said to be so: beside the field, also once it is left. A date is cleared by leaving
//! its field empty, not by the keys on the way there: taking away a part of a date leaves nothing whole either.

use std::mem;

use plan_checklist_domain::Date;
use wasm_bindgen::JsCast;
use web_sys::{EventTarget, HtmlInputElement, HtmlTextAreaElement, InputEvent};
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

#[derive(Debug, Clone, PartialEq, Properties)]
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
    /// Whether it is to say something and does not.
    is_bad: bool,
    /// What the field held before. A date typed over another one is a third one on the way: where none comes of it in the
    /// end, the first stands.
    before: AttrValue,
    /// The dates reported since, and not taken back.
    reported: Vec<AttrValue>,
    /// What the field held when it was left like that. Once it holds something else, there is nothing to say any more.
    left: Option<AttrValue>,
}

impl Draft {
    fn new(props: &TextFieldProps) -> Self {
        let TextFieldProps { name, value, .. } = props.clone();
        Self { name, text: value.clone(), is_bad: false, before: value, reported: Vec::new(), left: None }
    }

    fn is_of(&self, props: &TextFieldProps) -> bool {
        self.name == props.name && self.left.as_ref().is_none_or(|left| *left == props.value)
    }

    /// What to report where no date came of what was reported on the way to it: the one before. Typed into an empty field,
    /// none is whole on the way, and what was reported then is meant. What somebody else wrote meanwhile stays.
    ///
    /// Where keys come faster than the page is rendered, `held` is what the field held a few keys ago.
    fn take_back(&mut self, held: &AttrValue) -> Option<String> {
        if self.before.is_empty() {
            return None;
        }
        let reported = mem::take(&mut self.reported);
        let is_on_the_way = !reported.is_empty() && (*held == self.before || reported.contains(held));
        is_on_the_way.then(|| self.before.to_string())
    }
}

/// What a field says.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Typed {
    /// Something to report.
    Whole(String),
    /// Of a date: nothing, or nothing yet.
    Empty,
    /// Of a date: no date.
    Bad,
}

#[component]
pub(crate) fn TextField(props: &TextFieldProps) -> Html {
    // No state: keys may come faster than the page is rendered, and each needs what the one before it left.
    let draft = use_mut_ref(|| None::<Draft>);
    let update = use_force_update();
    let shape = props.shape;
    let oninput = {
        let (draft, update, props) = (draft.clone(), update.clone(), props.clone());
        Callback::from(move |event: InputEvent| {
            let Some((text, typed)) = event.target().and_then(|target| typed(target, shape)) else { return };
            let typing = draft.take().filter(|draft| draft.is_of(&props) && draft.left.is_none());
            let mut next = typing.unwrap_or_else(|| Draft::new(&props));
            next.is_bad = typed == Typed::Bad;
            let report = match typed {
                Typed::Whole(whole) if !is_date_to_go_on(shape, &text) => {
                    if shape == Shape::Date {
                        next.reported.push(whole.clone().into());
                    }
                    Some(whole)
                }
                _ => next.take_back(&props.value),
            };
            next.text = text.into();
            draft.replace(Some(next));
            update.force_update();
            if let Some(report) = report {
                props.on_write.emit(report);
            }
        })
    };
    let onblur = {
        let (draft, props) = (draft.clone(), props.clone());
        Callback::from(move |event: FocusEvent| {
            // A part of a date may have come and gone without any word from the browser.
            let Some((text, typed)) = event.target().and_then(|target| typed(target, shape)) else { return };
            let held = &props.value;
            let typing = draft.take().filter(|draft| draft.is_of(&props));
            let is_typed = typing.is_some();
            let mut next = typing.unwrap_or_else(|| Draft::new(&props));
            let report = match typed {
                Typed::Whole(whole) => ((is_typed || shape == Shape::Date) && **held != whole).then_some(whole),
                Typed::Empty => (!held.is_empty() || !next.reported.is_empty()).then(String::new),
                Typed::Bad => {
                    let report = next.take_back(held);
                    let held = report.clone().map_or_else(|| held.clone(), AttrValue::from);
                    // What is no date is not left standing where there is one.
                    let text = if held.is_empty() { text.into() } else { held.clone() };
                    if let Some(input) =
                        event.target_dyn_into::<HtmlInputElement>().filter(|input| *text != input.value())
                    {
                        input.set_value(&text);
                    }
                    next.text = text;
                    next.is_bad = true;
                    next.before = held.clone();
                    next.left = Some(held);
                    draft.replace(Some(next));
                    report
                }
            };
            if is_typed || draft.borrow().is_some() {
                update.force_update();
            }
            if let Some(report) = report {
                props.on_write.emit(report);
            }
        })
    };
    let draft = draft.borrow();
    let draft = draft.as_ref().filter(|draft| draft.is_of(props));
    let TextFieldProps { label, name, placeholder, list, is_disabled, class, is_label_hidden, .. } = props;
    let is_bad = draft.is_some_and(|draft| draft.is_bad);
    let problem = if is_bad { "日期没填对" } else { "" };
    // Who sees the field sees the old date come back.
    let stands = if is_bad && !props.value.is_empty() { "，先按原来的算" } else { "" };
    let value = draft.map_or(&props.value, |draft| &draft.text);
    let input = |kind: &'static str| {
        html! {
            <input id={name} name={name} class="field__input" type={kind} value={value.clone()} placeholder={placeholder.clone()}
                list={*list} disabled={*is_disabled} autocomplete="off" oninput={oninput.clone()} onblur={onblur.clone()} />
        }
    };
    let control = match shape {
        Shape::Line => input("text"),
        // With these bounds a year has four digits. Where there is no field for dates, it is a line, and says what to type.
        Shape::Date => html! {
            <input id={name} name={name} class="field__input" type="date" min="1900-01-01" max="2999-12-31" value={value.clone()}
                placeholder="如 2026-5-1" disabled={*is_disabled} autocomplete="off" {oninput} {onblur} />
        },
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
                    { problem }
                    <span class="visually-hidden">{ stands }</span>
                </span>
            }
        </div>
    }
}

/// What stands in a field, and what it says.
fn typed(target: EventTarget, shape: Shape) -> Option<(String, Typed)> {
    match target.dyn_into::<HtmlInputElement>() {
        Ok(input) if shape == Shape::Date => {
            let text = input.value();
            // Half a date has no text at all, but where dates are typed into a line.
            let is_half = input.validity().bad_input();
            let typed = match Date::read(&text) {
                Some(date) => Typed::Whole(date.to_string()),
                None if text.trim().is_empty() && !is_half => Typed::Empty,
                None => Typed::Bad,
            };
            Some((text, typed))
        }
        Ok(input) => Some((input.value(), Typed::Whole(input.value()))),
        Err(target) => {
            let text = target.dyn_into::<HtmlTextAreaElement>().ok()?.value();
            Some((text.clone(), Typed::Whole(text)))
        }
    }
}

/// Whether one more key would make another date of it, where dates are typed into a line: 2026.5.1 may become 2026.5.15.
fn is_date_to_go_on(shape: Shape, text: &str) -> bool {
    shape == Shape::Date && ('0'..='9').any(|digit| Date::read(&format!("{text}{digit}")).is_some())
}

/// What a date field shows.
pub(crate) fn date_value(date: Option<Date>) -> String {
    date.map_or_else(String::new, |date| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_in_a_line_is_whole_once_nothing_can_be_added() {
        for (text, expected) in [
            ("2026.5.1", true),
            ("2026.5.15", false),
            ("2026-05-01", false),
            ("2026.5.4", false),
            ("20260501", false),
            ("2026年5月1日", false),
        ] {
            assert_eq!(is_date_to_go_on(Shape::Date, text), expected, "{text}");
            assert!(!is_date_to_go_on(Shape::Line, text));
        }
    }
}
