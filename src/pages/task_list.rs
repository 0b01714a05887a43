//! The task list: every step with its state, in any order.

use plan_checklist_domain::review::review;
use plan_checklist_domain::{CATALOGUE, Cycle, Msg, Pressing, Tally, UnitKind};
use yew::prelude::*;

use crate::components::backup::reminder;
use crate::components::blank;
use crate::components::element::{el, many};
use crate::components::link::{Look, button, link, link_around, p, page_head};
use crate::components::meter::{meter, percent};
use crate::components::unit_names::unit_names;
use crate::route::Route;
use crate::store::{Action, Dispatch, Store};
use crate::words;

pub(crate) fn task_list(store: &Store, kind: UnitKind) -> Html {
    let workbook = store.workbook(kind);
    let tally = Tally::of_workbook(workbook);
    let day = store.as_of(workbook);
    let review = review(&CATALOGUE, workbook, day);

    let next = store.next_unchecked(kind, None).map(|to| {
        let text = if tally.checked() == 0 { "从第一项开始" } else { "下一个未核对" };
        link(store, to, "button button--primary", text)
    });
    let attention: Vec<String> = [
        (review.overdue.len(), "逾期"),
        (review.near.len(), "临近"),
        (review.without_evidence.len(), "缺佐证"),
        (review.without_reason.len(), "缺理由"),
    ]
    .iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| format!("{count} 项{what}"))
    .collect();
    let attention = (!attention.is_empty()).then(|| {
        let text = format!("要留意：{}。", attention.join("、"));
        many("p", "attention", vec![Html::from(text), link(store, Route::Review(kind), "", "看是哪几项")])
    });
    let rows = CATALOGUE.steps.iter().enumerate().map(|(position, step)| {
        let tally = Tally::of_step(workbook, step);
        let late = day.and_then(|day| words::pressing(Pressing::of(workbook, step.requirements_for(kind), day)));
        let late = late.map(|late| el("span", "task__late", late));
        let body = vec![el("span", "task__title", step.title), el("span", "task__summary", step.summary)];
        let inside = vec![
            el("span", "task__number", position + 1),
            many("span", "task__body", body),
            many("span", "task__state", [meter(&tally), el("span", "", words::state(&tally))].into_iter().chain(late)),
        ];
        let class = if tally.is_complete() { "task task--complete" } else { "task" };
        let to = Route::Step(kind, position).into();
        el("li", class, link_around(store, to, "task__link", false, inside.into_iter().collect()))
    });
    let lead = format!("{} 步，{} 项。按顺序做最顺手，也可以从任何一步开始。", CATALOGUE.steps.len(), tally.total());
    let summary = vec![
        percent(&tally),
        many(
            "div",
            "summary__body",
            vec![meter(&tally), el("p", "summary__state", words::state(&tally)), many("div", "", attention)],
        ),
        many("div", "summary__action needs-program", next),
    ];
    let nothing_yet = workbook.is_blank().then(|| p(blank::class(store), blank::NOTHING_YET));
    let parts = vec![
        page_head(
            Some(words::cycle(*workbook.cycle).into()),
            format!("{}自查", words::kind(kind)),
            p("page__lead", lead),
        ),
        many("section", "summary", summary),
        many("div", "", over(store, kind)),
        reminder(store, workbook),
        many("div", "", nothing_yet),
        many("ol", "tasks", rows),
        unit_names(store, kind),
    ];
    many("div", "page", parts)
}

/// Said where approval is long past: lateness means nothing any more, and another plan is in hand.
fn over(store: &Store, kind: UnitKind) -> Option<Html> {
    let cycle = *store.workbook(kind).cycle;
    let today = store.day().filter(|today| cycle.is_over(*today))?;
    let now = Cycle::current(today);
    let text = format!(
        "{}规划应于{}前报批，编制早已结束，这里不再提示逾期和临近。",
        cycle.name(),
        words::date(cycle.approval_by())
    );
    let choose = Dispatch::of(store).on(Action::Edited(kind, Msg::CycleChosen(now)));
    let ways = vec![
        button(format!("改为{}规划", now.name()), Look::plain("choose-cycle"), choose),
        link(store, Route::Dates(kind), "button button--quiet", "看节点期限"),
    ];
    Some(many("div", "note", vec![p("", text), many("p", "buttons", ways)]))
}
