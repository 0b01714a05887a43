//! 成绩单: what was learned, on a sheet to print.

use plan_checklist_domain::Date;
use plan_checklist_domain::training::practice::SETS;
use plan_checklist_domain::training::record::{RoundDone, StepDone};
use plan_checklist_domain::training::{Outcome, Practice, Progress, Question, Record, builtin};
use yew::prelude::*;

use super::named::NameField;
use super::practice::view::name as set_name;
use super::verdict::outcome;
use super::{progress, references};
use crate::components::button::{Button, ButtonStyle};
use crate::components::link::link;
use crate::components::page_head::page_head;
use crate::components::section::section;
use crate::components::terms::terms;
use crate::route::Route;
use crate::store::{Action, Printout, Store};

/// How many rounds are listed; who has done more knows what the first ones were.
const ROUNDS: usize = 30;

pub(crate) fn record(store: &Store) -> Html {
    let (bank, progress) = (builtin(), progress(store));
    let record = Record::of(&store.training, bank, &progress);
    let on_print = store.dispatch.on(Action::PrintWanted(Printout::Page));
    let name = if progress.name.is_empty() { "＿＿＿＿＿＿" } else { &progress.name };
    let made = store.clock_day().map_or_else(|| "\u{a0}".to_owned(), Date::in_chinese);
    html! {
        <div class="page">
            { page_head(None, "成绩单", html! {
                <p class="page__lead">{ "学了哪些、做过几组题、各步骤答得怎样、还要看什么。只是给自己和带教的人看的，不是证书。" }</p>
            }) }
            <NameField store={store.clone()} />
            { section("record-who", "学习情况", terms([
                ("姓名", html! { <bdi class="record-name">{ name.to_owned() }</bdi> }),
                ("日期", made.into()),
                ("读本", format!("学了 {} 条，共 {} 条", progress.read.len(), bank.lessons.len()).into()),
                ("测验", format!("做了 {} 组，答过 {} 题，题库共 {} 题", record.rounds.len(), progress.seen(), bank.questions.len()).into()),
                ("错题本", format!("{} 题", progress.mistakes().count()).into()),
            ])) }
            { section("record-steps", "各步骤", steps(store, &record.steps)) }
            { section("record-rounds", "做过的题", rounds(&record.rounds)) }
            { section("record-practice", "练习县", practised(store, &progress)) }
            { section("record-revise", "还要看什么", revise(store, &record.steps, &progress)) }
            <p class="buttons needs-program">
                <Button action="print" style={ButtonStyle::Primary} onclick={on_print}>{ "打印" }</Button>
                { link(store, Route::Training, "button", "回到学习") }
            </p>
        </div>
    }
}

/// A count for each outcome.
fn counts(counts: [usize; 3]) -> Html {
    let cells = Outcome::ALL.into_iter().zip(counts);
    cells
        .map(|(of, count)| html! { <td key={of.as_str()} data-outcome={of.as_str()}>{ count.to_string() }</td> })
        .collect()
}

fn heads() -> Html {
    Outcome::ALL.into_iter().map(|of| html! { <th key={of.as_str()} scope="col">{ outcome(of) }</th> }).collect()
}

/// By the last answer to each question.
fn steps(store: &Store, steps: &[StepDone]) -> Html {
    let rows = steps.iter().filter_map(|done| Some((done, store.catalogue.step(&done.step)?))).map(|(done, step)| {
        html! {
            <tr key={step.id.as_str()} data-step={step.id.as_str()}>
                <th scope="row">{ step.title.as_str() }</th>
                <td>{ format!("{} / {}", done.answered(), done.questions) }</td>
                { counts(done.counts) }
            </tr>
        }
    });
    html! {
        <>
            <p class="page__sources">{ "同一题答过几次的，按最后一次算。" }</p>
            <table class="result__steps">
                <thead><tr><th scope="col">{ "步骤" }</th><th scope="col">{ "答过 / 共有" }</th>{ heads() }</tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
        </>
    }
}

fn rounds(rounds: &[RoundDone]) -> Html {
    let shown = rounds.iter().enumerate().rev().take(ROUNDS);
    let rows = shown.map(|(at, round)| {
        let day = round.day.map_or_else(|| "日期不明".to_owned(), Date::in_chinese);
        html! {
            <tr key={at} data-round={at.to_string()}>
                <th scope="row">{ day }</th><td>{ round.counts.iter().sum::<usize>().to_string() }</td>{ counts(round.counts) }
            </tr>
        }
    });
    html! {
        <div>
            if rounds.is_empty() {
                <p>{ "还没有做过题。" }</p>
            } else {
                <table class="result__steps">
                    <thead><tr><th scope="col">{ "哪一天" }</th><th scope="col">{ "答了几题" }</th>{ heads() }</tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            }
            if rounds.len() > ROUNDS {
                <p class="page__sources">{ format!("共 {} 组，只列最近 {ROUNDS} 组。", rounds.len()) }</p>
            }
        </div>
    }
}

/// Of each set of 练习县 the attempt handed in last.
fn practised(store: &Store, progress: &Progress) -> Html {
    let done = SETS.into_iter().filter_map(|set| {
        let (_, attempt) = progress.practice.last(set)?;
        let score = Practice::set(store.catalogue, set).score(store.catalogue, &attempt.verdicts);
        let day = attempt.day.map_or_else(|| "日期不明".to_owned(), Date::in_chinese);
        Some(html! {
            <tr key={set} data-set={set.to_string()}>
                <th scope="row">{ set_name(set) }</th><td>{ day }</td><td>{ format!("{} / {}", score.found.len(), score.planted()) }</td>
                <td>{ score.misnamed.len().to_string() }</td><td>{ score.accused.len().to_string() }</td>
            </tr>
        })
    });
    let done: Vec<Html> = done.collect();
    html! {
        <div>
            if done.is_empty() {
                <p>{ "还没有交过卷。" }</p>
            } else {
                <table class="result__steps">
                    <thead>
                        <tr>
                            <th scope="col">{ "哪一套" }</th><th scope="col">{ "哪一天" }</th><th scope="col">{ "找到 / 埋下" }</th>
                            <th scope="col">{ "毛病说错" }</th><th scope="col">{ "冤枉" }</th>
                        </tr>
                    </thead>
                    <tbody>{ for done }</tbody>
                </table>
            }
        </div>
    }
}

/// The clauses of what was got wrong, step by step, and the steps that nobody has asked about yet.
fn revise(store: &Store, steps: &[StepDone], progress: &Progress) -> Html {
    let named = |done: &StepDone| store.catalogue.step(&done.step).map(|step| step.title.as_str());
    let wrong = steps.iter().filter(|done| !done.mistakes.is_empty()).filter_map(|done| Some((done, named(done)?)));
    let rows = wrong.map(|(done, title)| {
        let mut seen: Vec<&'static str> = Vec::new();
        let questions = done.mistakes.iter().filter_map(|id| builtin().question(id));
        let clauses = questions.filter_map(|question: &'static Question| {
            let first = question.clauses.first()?.as_str();
            let is_new = !seen.contains(&first);
            seen.push(first);
            is_new.then(|| html! { <span key={first}>{ references::clauses(store, &question.clauses[..1]) }</span> })
        });
        html! { <li key={done.step.as_str()}><strong>{ format!("{title}（{} 题）", done.mistakes.len()) }</strong>{ "：" }{ for clauses }</li> }
    });
    let rows: Vec<Html> = rows.collect();
    let untouched: Vec<_> = steps.iter().filter(|done| done.answered() == 0).filter_map(named).collect();
    html! {
        <>
            <div>
                if !rows.is_empty() {
                    <p>{ "错题本里的题，出自这几条：" }</p>
                    <ul class="record-revise">{ for rows }</ul>
                } else if progress.seen() > 0 {
                    <p>{ "错题本是空的。" }</p>
                }
            </div>
            <div>
                if !untouched.is_empty() {
                    <p>{ format!("还没有答过题的步骤：{}。", untouched.join("、")) }</p>
                }
            </div>
        </>
    }
}
