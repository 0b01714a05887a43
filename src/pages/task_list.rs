//! The task list: every step with its state, in any order.

use plan_checklist_domain::checking::review::review;
use plan_checklist_domain::{AsOf, Finding, Msg, Pressing, Step, Tally, UnitKind};
use yew::prelude::*;

use crate::components::backup::reminder;
use crate::components::button::Button;
use crate::components::empty_note::empty_note;
use crate::components::link::{link, link_around};
use crate::components::meter::{meter, percent};
use crate::components::page_head::page_head;
use crate::components::plans::plan_names;
use crate::components::unit_names::{signature, start_line};
use crate::route::Route;
use crate::store::{Action, Store};
use crate::words;

pub(crate) fn task_list(store: &Store, kind: UnitKind) -> Html {
    let workbook = store.workbook(kind);
    let tally = Tally::of_workbook(store.catalogue, workbook);
    // What nobody has begun is not yet late here; nor does anything move when the day becomes known.
    let day = store.as_of(workbook).filter(|_| !workbook.is_blank());
    let review = review(store.catalogue, workbook, day);

    let attention: Vec<String> = [Finding::Overdue, Finding::Near, Finding::WithoutEvidence, Finding::WithoutReason]
        .into_iter()
        .map(|finding| (review.count(finding), finding.name()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} 项{what}"))
        .collect();
    let rows = store.catalogue.steps.iter().enumerate().map(|(position, step)| row(store, kind, day, position, step));
    let lead =
        format!("{} 步，{} 项。按顺序做最顺手，也可以从任何一步开始。", store.catalogue.steps.len(), tally.total());
    html! {
        <div class="page">
            { page_head(Some(&words::book(workbook)), &format!("{}自查", words::kind(kind)), html! {
                <p class="page__lead">{ lead }</p>
            }) }
            { signature(store, kind) }
            { start_line(store, kind) }
            <div>
                if kind == UnitKind::Department {
                    { plan_names(store, kind) }
                }
            </div>
            <section class="summary">
                { percent(&tally) }
                <div class="summary__body">
                    { meter(&tally) }
                    <p class="summary__state">{ words::state(&tally) }</p>
                    <div>
                        if !attention.is_empty() {
                            <p class="attention">
                                { format!("要留意：{}。", attention.join("、")) }
                                { link(store, Route::Review(kind), "", "看是哪几项") }
                            </p>
                        }
                    </div>
                </div>
                <div class="summary__action needs-program">
                    if let Some(to) = store.next_unchecked(kind, None) {
                        { link(store, to, "button button--primary", if tally.checked() == 0 { "从第一项开始" } else { "下一个未核对" }) }
                    }
                </div>
            </section>
            <div>{ over(store, kind) }</div>
            { reminder(store, workbook) }
            <div>
                if workbook.is_blank() {
                    { empty_note(store, html! {}) }
                }
            </div>
            <ol class="tasks">{ for rows }</ol>
        </div>
    }
}

fn row(store: &Store, kind: UnitKind, day: Option<AsOf>, position: usize, step: &'static Step) -> Html {
    let workbook = store.workbook(kind);
    let tally = Tally::of_step(workbook, step);
    let late = day.and_then(|day| words::pressing(Pressing::of(workbook, step.requirements_for(kind), day)));
    let inside = html! {
        <>
            <span class="task__number">{ position + 1 }</span>
            <span class="task__body">
                <span class="task__title">{ step.title.as_str() }</span>
                <span class="task__summary">{ step.summary.as_str() }</span>
            </span>
            <span class="task__state">
                { meter(&tally) }
                <span>{ words::state(&tally) }</span>
                if let Some(late) = late {
                    <span class="task__late">{ late }</span>
                }
            </span>
        </>
    };
    html! {
        <li key={step.id.as_str()} class={classes!("task", tally.is_complete().then_some("task--complete"))}>
            { link_around(store, Route::Step(kind, position).into(), "task__link", false, inside) }
        </li>
    }
}

/// Said where approval is long past: lateness means nothing any more, and another plan is in hand.
fn over(store: &Store, kind: UnitKind) -> Option<Html> {
    let cycle = *store.workbook(kind).cycle;
    let today = store.day().filter(|today| cycle.is_over(*today))?;
    // Where nothing later is in hand yet, there is nothing to change to.
    let later = cycle.successor(today).map(|later| {
        let choose = store.dispatch.on(Action::Edited(kind, Msg::CycleChosen(later)));
        html! { <Button action="choose-cycle" onclick={choose}>{ format!("改为{}规划", later.name()) }</Button> }
    });
    let text = format!(
        "{}规划应于{}前报批，编制早已结束，这里不再提示逾期和临近。",
        cycle.name(),
        cycle.approval_by().in_chinese()
    );
    Some(html! {
        <div class="note">
            <p>{ text }</p>
            <p class="buttons">
                <span>{ later }</span>
                { link(store, Route::Dates(kind), "button button--quiet", "看节点期限") }
            </p>
        </div>
    })
}
