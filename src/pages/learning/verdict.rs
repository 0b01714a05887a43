//! What is said once a question was handed in: what it is worth, why, and where to look it up.

use plan_checklist_domain::training::{Choice, Form, Mark, Outcome, Question};
use yew::prelude::*;

use super::references;
use crate::store::Store;

/// Its id, by which it gets the focus: so it is read out, once.
pub(super) const VERDICT: &str = "verdict";

/// How points are given, for whoever asks.
pub(super) const RULES: [(&str, &str); 6] = [
    ("单选", "选对得 1 分。"),
    ("多选", "每选对一个得 1 分，每选错一个扣 1 分，最少 0 分。"),
    ("判断", "对不对判断准了得 1 分，理由也选对再得 1 分。"),
    ("排序", "应当紧挨着的两项，前后没有颠倒的，得 1 分。"),
    ("配对", "每配对一个得 1 分。"),
    ("填空", "填对得 1 分；空格、全角半角、标点不影响。"),
];

pub(super) fn form(form: &Form) -> &'static str {
    match form {
        Form::Single(_) => "单选",
        Form::Multiple(_) => "多选",
        Form::Judge { .. } => "判断",
        Form::Order(_) => "排序",
        Form::Match(_) => "配对",
        Form::Blank(_) => "填空",
    }
}

pub(super) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Right => "答对了",
        Outcome::Partly => "对了一部分",
        Outcome::Wrong => "答错了",
    }
}

pub(super) fn verdict(store: &Store, question: &'static Question, mark: Mark) -> Html {
    let word = outcome(mark.outcome());
    let options: &'static [Choice] = match &question.form {
        Form::Single(options) | Form::Multiple(options) | Form::Judge { reasons: options, .. } => options,
        _ => &[],
    };
    let wrong = options.iter().filter(|option| !option.is_right()).map(|option| {
        html! { <li key={option.text.as_str()}><strong>{ option.text.as_str() }</strong>{ "：" }{ option.why.as_str() }</li> }
    });
    let right = match &question.form {
        Form::Order(items) => Some(format!("正确的次序：{}。", items.join(" → "))),
        Form::Blank(answers) => answers.first().map(|answer| format!("应填：{answer}。")),
        _ => None,
    };
    html! {
        <section id={VERDICT} tabindex="-1" aria-label="评判和说明" class="verdict" data-outcome={mark.outcome().as_str()}>
            <p class="verdict__word"><strong>{ word }</strong>{ format!(" · 得 {} 分，满分 {} 分", mark.points, mark.of) }</p>
            <p class="verdict__right">{ right }</p>
            <p>{ question.explanation.as_str() }</p>
            <div>
                if !options.is_empty() {
                    <h3 class="verdict__why">{ "错的选项错在哪里" }</h3>
                    <ul class="plain-list">{ for wrong }</ul>
                }
            </div>
            { references::of_question(store, question) }
        </section>
    }
}
