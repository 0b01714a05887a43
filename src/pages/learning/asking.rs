//! One question on the screen: the stem, what it is answered with, and what is said afterwards.

use plan_checklist_domain::training::{Given, Grade, Topic};
use yew::prelude::*;

use super::answering::{Answering, answering};
use super::sitting::{Sitting, Touch};
use super::verdict::{form, verdict};
use crate::components::button::{Button, ButtonStyle};
use crate::store::Store;

/// The id of the question's heading, by which it gets the focus.
pub(super) const QUESTION: &str = "question";

/// What can happen to a question.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Asking {
    pub(super) on_touch: Callback<Touch>,
    pub(super) on_hand_in: Callback<()>,
    pub(super) on_go_on: Callback<()>,
    /// How well it was remembered, where that is asked, and in how many days it would come again.
    pub(super) grading: Option<(Callback<Grade>, [u32; 4])>,
    pub(super) on_take_back: Callback<MouseEvent>,
    pub(super) on_stop: Callback<()>,
}

/// What was moved last, said once.
pub(super) fn moved(sitting: &Sitting, item: Option<usize>) -> String {
    let place = item.and_then(|item| match &sitting.given {
        Given::Ordered(order) => order.iter().position(|other| *other == item),
        _ => None,
    });
    place.map_or_else(String::new, |at| format!("移到第 {} 位", at + 1))
}

pub(super) fn asking(store: &Store, sitting: &Sitting, said: String, with: &Asking) -> Html {
    let Some((question, asked)) = sitting.current() else { return html! {} };
    let (number, all) = (sitting.marks.len() + 1, sitting.round.asked.len());
    let topic = match question.topic {
        Some(Topic::Unsaid) => " · 讲话说了没有",
        Some(Topic::Case) => " · 案例",
        None => "",
    };
    let onsubmit = {
        let on_hand_in = with.on_hand_in.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            on_hand_in.emit(());
        })
    };
    let controls = answering(
        question,
        asked,
        &Answering { given: sitting.given.clone(), is_marked: sitting.mark.is_some(), on_touch: with.on_touch.clone() },
    );
    let after = sitting.mark.map(|mark| {
        let onward = match &with.grading {
            Some((on_grade, intervals)) => grades(on_grade, *intervals, mark.outcome().grade()),
            None => {
                let onclick = with.on_go_on.reform(|_: MouseEvent| ());
                let text = if number == all { "看结果" } else { "下一题" };
                html! { <p class="buttons"><Button action="next" style={ButtonStyle::Primary} {onclick}>{ text }</Button></p> }
            }
        };
        html! { <>{ verdict(store, question, mark) }{ onward }</> }
    });
    html! {
        <div class="asking" data-question={question.id.as_str()} data-form={form(&question.form)}>
            <h2 id={QUESTION} key={question.id.as_str()} tabindex="-1" class="asking__stem">
                <span class="asking__count">{ format!("第 {number} 题，共 {all} 题 · {}{topic}", form(&question.form)) }</span>
                { question.stem.as_str() }
            </h2>
            <form key={format!("form-{}", question.id)} {onsubmit}>
                { controls }
                <p class="visually-hidden" role="status">{ said }</p>
                <p class="buttons">
                    if sitting.mark.is_none() {
                        <button type="submit" class="button button--primary" data-action="hand-in" disabled={!sitting.given.is_whole()}>
                            { "交答案" }
                        </button>
                    }
                </p>
            </form>
            <div key="after">{ for after }</div>
            <p key="stop" class="buttons">
                if sitting.can_take_back() {
                    <Button action="take-back" style={ButtonStyle::Quiet} onclick={with.on_take_back.clone()}>
                        { if sitting.mark.is_some() { "按错了，重答这一题" } else { "按错了，重答上一题" } }
                    </Button>
                }
                <Button action="stop" style={ButtonStyle::Quiet} onclick={with.on_stop.reform(|_: MouseEvent| ())}>{ "先到这里，看结果" }</Button>
            </p>
        </div>
    }
}

/// How well it was remembered, with when it comes again.
fn grades(on_grade: &Callback<Grade>, intervals: [u32; 4], usual: Grade) -> Html {
    let buttons = Grade::ALL.into_iter().zip(intervals).map(|(grade, days)| {
        let (action, text) = match grade {
            Grade::Again => ("again", "忘了"),
            Grade::Hard => ("hard", "难"),
            Grade::Good => ("good", "会"),
            Grade::Easy => ("easy", "熟"),
        };
        let onclick = on_grade.reform(move |_: MouseEvent| grade);
        let style = if grade == usual { ButtonStyle::Primary } else { ButtonStyle::Plain };
        html! { <Button key={action} {action} {style} {onclick}>{ format!("{text} · {days} 天后再问") }</Button> }
    });
    html! {
        <div class="grades" role="group" aria-label="记得怎么样">
            <p>{ "这一题记得怎么样？" }</p>
            <p class="buttons">{ for buttons }</p>
        </div>
    }
}
