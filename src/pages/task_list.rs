//! The task list: every step with its state, in any order.

use plan_checklist_domain::review::review;
use plan_checklist_domain::{CATALOGUE, Tally, UnitKind};
use yew::prelude::*;

use crate::components::backup::reminder;
use crate::components::link::Link;
use crate::components::meter::meter;
use crate::components::unit_names::UnitNames;
use crate::route::Route;
use crate::store::use_store;
use crate::words;

#[derive(Debug, Properties, PartialEq)]
pub(crate) struct TaskListProps {
    pub(crate) kind: UnitKind,
}

#[component]
pub(crate) fn TaskList(props: &TaskListProps) -> Html {
    let kind = props.kind;
    let state = use_store();
    let workbook = state.workbook(kind);
    let tally = Tally::of_workbook(workbook);
    let review = review(&CATALOGUE, workbook, state.today);

    let next = state.next_unchecked(kind, None).map(|to| {
        let text = if tally.checked() == 0 { "从第一项开始" } else { "下一个未核对" };
        html! { <Link {to} class="button button--primary">{ text }</Link> }
    });
    let attention: Vec<String> = [
        (review.overdue.len(), "逾期"),
        (review.without_evidence.len(), "缺佐证"),
        (review.without_reason.len(), "缺理由"),
    ]
    .iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| format!("{count} 项{what}"))
    .collect();
    let attention = (!attention.is_empty()).then(|| {
        html! { <p class="attention">{ "要留意：" }{ attention.join("、") }{ "。" }<Link to={Route::Review(kind)}>{ "看是哪几项" }</Link></p> }
    });
    let rows = CATALOGUE.steps.iter().enumerate().map(|(position, step)| {
        let tally = Tally::of_step(workbook, step);
        html! {
            <li key={step.id} class={classes!("task", tally.is_complete().then_some("task--complete"))}>
                <Link to={Route::Step(kind, position)} class="task__link">
                    <span class="task__number">{ position + 1 }</span>
                    <span class="task__body">
                        <span class="task__title">{ step.title }</span>
                        <span class="task__summary">{ step.summary }</span>
                    </span>
                    <span class="task__state">{ meter(&tally) }<span>{ words::state(&tally) }</span></span>
                </Link>
            </li>
        }
    });
    html! {
        <div class="page">
            <header class="page__head">
                <h1 class="page__title">{ words::kind(kind) }{ "自查" }</h1>
                <p class="page__lead">{ format!("{} 步，{} 项。按顺序做最顺手，也可以从任何一步开始。", CATALOGUE.steps.len(), tally.total()) }</p>
            </header>
            <section class="summary" aria-label="总进度">
                <p class="summary__percent"><span class="summary__number" data-percent={words::percent(&tally)}>{ words::percent(&tally) }</span>{ " 已落实" }</p>
                <div class="summary__body">
                    { meter(&tally) }
                    <p class="summary__state">{ words::state(&tally) }</p>
                    <div>{ for attention }</div>
                </div>
                <div class="summary__action needs-program">{ for next }</div>
            </section>
            { reminder(&state, workbook) }
            <ol class="tasks">{ for rows }</ol>
            <section class="page__aside" aria-labelledby="unit-heading">
                <h2 id="unit-heading" class="page__subtitle">{ "这份自查表是谁的" }</h2>
                <UnitNames {kind} unit={(*workbook.unit).clone()} filler={(*workbook.filler).clone()} is_disabled={!state.is_restored} />
            </section>
        </div>
    }
}
