//! A round on paper: the same questions and options in the same order as on the screen, with or without the answers.

use plan_checklist_domain::training::bank::right_sides;
use plan_checklist_domain::training::marking::most;
use plan_checklist_domain::training::{Asked, Assignment, BankVersion, Choice, Form, Question, Round, builtin};
use yew::prelude::*;

use super::assigned::scope_name;
use super::verdict::form;
use crate::store::Store;
use crate::words;

pub(super) fn paper(store: &Store, set: &Assignment, round: &Round, has_answers: bool) -> Html {
    let questions = || round.asked.iter().filter_map(|asked| Some((builtin().question(&asked.question)?, asked)));
    let full: usize = questions().map(|(question, _)| most(&question.form)).sum();
    let rows =
        questions().enumerate().map(|(at, (question, asked))| asked_on_paper(at + 1, question, asked, has_answers));
    let title = if has_answers { "测验 · 答案" } else { "测验" };
    html! {
        <section class="paper" aria-label="试卷的样子" data-answers={has_answers.to_string()}>
            <h2 class="paper__title">{ title }</h2>
            <p class="paper__facts">
                { format!("{} · {} 题 · 满分 {full} 分 · 题库 {} 版", scope_name(store, &set.scope), round.asked.len(), BankVersion::of(builtin()).text()) }
            </p>
            <div>
                if !has_answers {
                    <p class="paper__who">
                        <span>{ "姓名" }</span><span>{ "单位" }</span><span>{ "日期" }</span><span>{ "得分" }</span>
                    </p>
                }
            </div>
            <ol class="paper__questions">{ for rows }</ol>
            <p class="paper__facts">{ format!("{} · 非官方工具，依据一篇讲话整理 · 请勿填写涉密信息", words::PRODUCT) }</p>
        </section>
    }
}

/// What stands before the nth of something to choose from.
fn letter(at: usize) -> char {
    u8::try_from(at).ok().and_then(|at| b'A'.checked_add(at)).map_or('？', char::from)
}

/// The letters of those that are right, as they stand on paper.
fn letters(asked: &Asked, is_right: impl Fn(usize) -> bool) -> String {
    asked.order.iter().enumerate().filter(|(_, place)| is_right(**place)).map(|(at, _)| letter(at)).collect()
}

/// The letter that something at this place in the bank has on paper.
fn letter_of(asked: &Asked, place: usize) -> char {
    asked.order.iter().position(|other| *other == place).map_or('？', letter)
}

fn asked_on_paper(number: usize, question: &'static Question, asked: &Asked, has_answers: bool) -> Html {
    let is_right = |choices: &'static [Choice]| move |at: usize| choices.get(at).is_some_and(Choice::is_right);
    let (below, answer): (Html, String) = match &question.form {
        Form::Single(choices) => (
            html! { <>{ listed(asked, |at| Some(choices.get(at)?.text.as_str())) }{ line("选一个：（　　）") }</> },
            letters(asked, is_right(choices)),
        ),
        Form::Multiple(choices) => (
            html! { <>{ listed(asked, |at| Some(choices.get(at)?.text.as_str())) }{ line("可以选几个：（　　　　）") }</> },
            letters(asked, is_right(choices)),
        ),
        Form::Judge { is_true, reasons } => (
            html! {
                <>
                    { line("这个说法：　□ 对　　□ 不对") }
                    { listed(asked, |at| Some(reasons.get(at)?.text.as_str())) }
                    { line("为什么，选一个：（　　）") }
                </>
            },
            format!("{}，理由选 {}", if *is_true { "对" } else { "不对" }, letters(asked, is_right(reasons))),
        ),
        Form::Order(items) => {
            let right: Vec<_> = (0..items.len()).map(|item| letter_of(asked, item).to_string()).collect();
            let gaps = vec!["（　）"; items.len()].join(" → ");
            (
                html! { <>{ listed(asked, |at| items.get(at).map(String::as_str)) }{ line(format!("按先后填字母：{gaps}")) }</> },
                right.join(" → "),
            )
        }
        Form::Match(pairs) => {
            let sides = right_sides(&question.form);
            let right =
                |side: &str| sides.iter().position(|other| *other == side).map_or('？', |at| letter_of(asked, at));
            let lefts = pairs.iter().enumerate().map(|(at, (left, _))| {
                html! { <li key={at}>{ format!("{left}　（　）") }</li> }
            });
            let answers: Vec<_> =
                pairs.iter().enumerate().map(|(at, (_, side))| format!("{} {}", at + 1, right(side))).collect();
            (
                html! {
                    <>
                        <ol class="paper__lefts">{ for lefts }</ol>
                        { listed(asked, |at| sides.get(at).copied()) }
                        { line("在括号里填字母，可以重复用。") }
                    </>
                },
                answers.join("，"),
            )
        }
        // The gap stands in the stem.
        Form::Blank(answers) => (html! {}, answers.first().cloned().unwrap_or_default()),
    };
    html! {
        <li key={question.id.as_str()} class="paper__question" data-paper={question.id.as_str()} data-form={form(&question.form)}>
            <p class="paper__stem">
                { format!("{number}. {}", question.stem) }
                <span>{ format!("（{}，{} 分）", form(&question.form), most(&question.form)) }</span>
            </p>
            { below }
            <div>
                if has_answers {
                    <p class="paper__answer"><strong>{ format!("答案：{answer}") }</strong>{ "　" }{ question.explanation.as_str() }</p>
                }
            </div>
        </li>
    }
}

fn line(text: impl Into<AttrValue>) -> Html {
    html! { <p class="paper__line">{ text.into() }</p> }
}

/// What is to be chosen from, with its letters.
fn listed<'a>(asked: &Asked, text: impl Fn(usize) -> Option<&'a str>) -> Html {
    let rows = asked.order.iter().enumerate().filter_map(|(at, place)| Some((at, text(*place)?)));
    html! {
        <ul class="paper__options">{ for rows.map(|(at, text)| html! { <li key={at}>{ format!("{}. {text}", letter(at)) }</li> }) }</ul>
    }
}
