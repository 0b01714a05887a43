//! The task list: every step with its state, in any order.

use plan_checklist_domain::review::review;
use plan_checklist_domain::{CATALOGUE, Tally, UnitKind};
use yew::prelude::*;

use crate::components::backup::reminder;
use crate::components::element::{el, many};
use crate::components::link::{link, link_around, p, page_head};
use crate::components::meter::meter;
use crate::components::unit_names::unit_names;
use crate::route::Route;
use crate::store::Store;
use crate::words;

pub(crate) fn task_list(store: &Store, kind: UnitKind) -> Html {
    let workbook = store.workbook(kind);
    let tally = Tally::of_workbook(workbook);
    let review = review(&CATALOGUE, workbook, store.today);

    let next = store.next_unchecked(kind, None).map(|to| {
        let text = if tally.checked() == 0 { "从第一项开始" } else { "下一个未核对" };
        link(store, to, "button button--primary", text)
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
        html! { <p class="attention">{ "要留意：" }{ attention.join("、") }{ "。" }{ link(store, Route::Review(kind), "", "看是哪几项") }</p> }
    });
    let rows = CATALOGUE.steps.iter().enumerate().map(|(position, step)| {
        let tally = Tally::of_step(workbook, step);
        let inside = html! {
            <>
                { el("span", "task__number", position + 1) }
                <span class="task__body">
                    { el("span", "task__title", step.title) }
                    { el("span", "task__summary", step.summary) }
                </span>
                <span class="task__state">{ meter(&tally) }{ el("span", "", words::state(&tally)) }</span>
            </>
        };
        let class = if tally.is_complete() { "task task--complete" } else { "task" };
        html! { <li key={step.id} {class}>{ link_around(store, Route::Step(kind, position).into(), "task__link", false, inside) }</li> }
    });
    let lead = format!("{} 步，{} 项。按顺序做最顺手，也可以从任何一步开始。", CATALOGUE.steps.len(), tally.total());
    html! {
        <div class="page">
            { page_head(None, format!("{}自查", words::kind(kind)), p("page__lead", lead)) }
            <section class="summary" aria-label="总进度">
                <p class="summary__percent"><span class="summary__number" data-percent={words::percent(&tally)}>{ words::percent(&tally) }</span>{ " 已落实" }</p>
                <div class="summary__body">
                    { meter(&tally) }
                    { el("p", "summary__state", words::state(&tally)) }
                    { many("div", "", attention) }
                </div>
                { many("div", "summary__action needs-program", next) }
            </section>
            { reminder(store, workbook) }
            { many("ol", "tasks", rows) }
            { unit_names(store, kind) }
        </div>
    }
}
