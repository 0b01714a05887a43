//! What a question is answered with: a control for every form, none of which needs a mouse.

use plan_checklist_domain::training::bank::right_sides;
use plan_checklist_domain::training::{Asked, Choice, Form, Given, Question};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::sitting::Touch;
use crate::components::select::Select;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Answering {
    pub(super) given: Given,
    /// It was handed in: nothing changes any more, and what is right shows.
    pub(super) is_marked: bool,
    pub(super) on_touch: Callback<Touch>,
}

pub(super) fn answering(question: &'static Question, asked: &Asked, with: &Answering) -> Html {
    match (&question.form, &with.given) {
        (Form::Single(options), Given::Chosen(chosen)) => choices("选一个", options, asked, chosen, false, with),
        (Form::Multiple(options), Given::Chosen(chosen)) => choices("可以选几个", options, asked, chosen, true, with),
        (Form::Judge { is_true, reasons }, Given::Judged { is_true: verdict, reason }) => {
            let reasons = choices("为什么", reasons, asked, reason.as_slice(), false, with);
            html! { <>{ judgement(*is_true, *verdict, with) }{ reasons }</> }
        }
        (Form::Order(items), Given::Ordered(order)) => ordering(items, order, with),
        (Form::Match(pairs), Given::Matched(sides)) => matching(&question.form, pairs, asked, sides, with),
        (Form::Blank(_), Given::Written(text)) => writing(text, with),
        _ => html! {},
    }
}

/// Options to choose one or several of, in the order of the round.
fn choices(
    legend: &'static str,
    options: &'static [Choice],
    asked: &Asked,
    chosen: &[usize],
    is_several: bool,
    with: &Answering,
) -> Html {
    let rows = asked.order.iter().filter_map(|at| Some((*at, options.get(*at)?))).map(|(at, option)| {
        let is_chosen = chosen.contains(&at);
        let onchange = with
            .on_touch
            .reform(move |_: Event| if is_several { Touch::Toggled(at) } else { Touch::Chosen(at) });
        let (word, class) = match (with.is_marked, option.is_right(), is_chosen) {
            (false, ..) | (true, false, false) => ("", None),
            (true, true, _) => ("对的", Some("choice-row--right")),
            (true, false, true) => ("不对", Some("choice-row--wrong")),
        };
        let kind = if is_several { "checkbox" } else { "radio" };
        html! {
            <label key={at} class={classes!("choice-row", class)}>
                <input type={kind} name="choice" value={at.to_string()} checked={is_chosen} disabled={with.is_marked} autocomplete="off" {onchange} />
                <span class="choice-row__text">{ option.text.as_str() }</span>
                <span class="choice-row__word">{ word }</span>
            </label>
        }
    });
    html! { <fieldset class="asking__choices"><legend class="asking__legend">{ legend }</legend>{ for rows }</fieldset> }
}

/// Whether the statement is right.
fn judgement(is_true: bool, verdict: Option<bool>, with: &Answering) -> Html {
    let rows = [(true, "对"), (false, "不对")].map(|(says, text)| {
        let onchange = with.on_touch.reform(move |_: Event| Touch::Judged(says));
        let (word, class) = match (with.is_marked, says == is_true, verdict == Some(says)) {
            (true, true, _) => ("应选这个", Some("choice-row--right")),
            (true, false, true) => ("选错了", Some("choice-row--wrong")),
            _ => ("", None),
        };
        html! {
            <label key={text} class={classes!("choice-row", class)}>
                <input type="radio" name="verdict" value={says.to_string()} checked={verdict == Some(says)} disabled={with.is_marked} autocomplete="off" {onchange} />
                <span class="choice-row__text">{ text }</span>
                <span class="choice-row__word">{ word }</span>
            </label>
        }
    });
    html! {
        <fieldset class="asking__choices asking__choices--short">
            <legend class="asking__legend">{ "这个说法对不对" }</legend>{ for rows }
        </fieldset>
    }
}

/// What a button that moves an item is called in the page.
pub(super) fn mover(item: usize, is_up: bool) -> String {
    format!("{}-{item}", if is_up { "up" } else { "down" })
}

fn ordering(items: &'static [String], order: &[usize], with: &Answering) -> Html {
    let rows = order.iter().enumerate().filter_map(|(at, item)| Some((at, *item, items.get(*item)?)));
    let rows = rows.map(|(at, item, text)| {
        let button = |is_up: bool, text: &'static str, what: &str| {
            let onclick = with.on_touch.reform(move |_: MouseEvent| Touch::Moved { item, is_up });
            let is_end = if is_up { at == 0 } else { at + 1 == order.len() };
            html! {
                <button type="button" id={mover(item, is_up)} class="button" data-action={if is_up { "up" } else { "down" }}
                    aria-label={format!("{text}：{what}")} disabled={with.is_marked || is_end} {onclick}>
                    { text }
                </button>
            }
        };
        html! {
            <li key={item} class="order-row" data-item={item.to_string()}>
                <span class="order-row__text">{ format!("{}. {text}", at + 1) }</span>
                <span class="order-row__buttons">{ button(true, "上移", text) }{ button(false, "下移", text) }</span>
            </li>
        }
    });
    html! { <ol class="asking__order">{ for rows }</ol> }
}

fn matching(
    form: &'static Form,
    pairs: &'static [(String, String)],
    asked: &Asked,
    sides: &[Option<usize>],
    with: &Answering,
) -> Html {
    let rights = right_sides(form);
    let rows = pairs.iter().zip(sides).enumerate().map(|(at, ((left, right), side))| {
        let mut options: Vec<(AttrValue, AttrValue)> = vec![("".into(), "请选".into())];
        options.extend(
            asked.order.iter().filter_map(|at| Some((at.to_string().into(), AttrValue::from((*rights.get(*at)?).to_owned())))),
        );
        let on_choose =
            with.on_touch.reform(move |value: String| Touch::Matched { left: at, right: value.parse().ok() });
        let value = side.map(|side| side.to_string()).unwrap_or_default();
        let is_right = side.and_then(|side| rights.get(side)).is_some_and(|side| side == right);
        let word = match (with.is_marked, is_right) {
            (false, _) => String::new(),
            (true, true) => "对".into(),
            (true, false) => format!("应是：{right}"),
        };
        let class = with.is_marked.then_some(if is_right { "choice-row--right" } else { "choice-row--wrong" });
        html! {
            <li key={at} class={classes!("match-row", class)}>
                <Select label={left.as_str()} name={format!("match-{at}")} {options} {value} is_disabled={with.is_marked} {on_choose} />
                <span class="choice-row__word">{ word }</span>
            </li>
        }
    });
    html! { <ul class="asking__match">{ for rows }</ul> }
}

fn writing(text: &str, with: &Answering) -> Html {
    let oninput = {
        let on_touch = with.on_touch.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                on_touch.emit(Touch::Written(input.value()));
            }
        })
    };
    html! {
        <label class="field asking__blank">
            <span class="field__label">{ "空里填什么（空格、全角半角不影响）" }</span>
            <input class="field__input" name="blank" value={text.to_owned()} disabled={with.is_marked} autocomplete="off" {oninput} />
        </label>
    }
}
