//! A step: its requirements, one after the other.

use plan_checklist_domain::{CATALOGUE, Tally, UnitKind};
use yew::prelude::*;

use crate::components::element::{el, many};
use crate::components::link::{link, p, page_head};
use crate::components::meter::meter;
use crate::components::requirement::RequirementCard;
use crate::components::steps::steps;
use crate::route::Route;
use crate::store::{Dispatch, Question, Store};
use crate::words;

pub(crate) fn step(store: &Store, kind: UnitKind, position: usize) -> Html {
    let workbook = store.workbook(kind);
    let step = &CATALOGUE.steps[position];
    let tally = Tally::of_step(workbook, step);
    let fragment = store.arrival.fragment.as_deref();

    let (dispatch, day) = (Dispatch::of(store), store.as_of(workbook));
    let asked = |id| match &store.asked {
        Some(Question::RemoveEvidence(other, entry)) if *other == id => Some(*entry),
        _ => None,
    };
    let cards = step.requirements_for(kind).map(|requirement| {
        html! {
            <RequirementCard key={requirement.id.as_str()} {kind} {requirement} answer={workbook.answer(requirement.id)}
                due={workbook.due(requirement.id)} {day} cycle={*workbook.cycle}
                is_target={fragment == Some(requirement.id.as_str())} is_disabled={!store.is_restored}
                asked={asked(requirement.id)} dispatch={dispatch.clone()} />
        }
    });
    let last = step.requirements_for(kind).next_back();
    let next_unchecked = match store.next_unchecked(kind, last) {
        Some(to) => link(store, to, "button", "下一个未核对"),
        None => link(store, Route::Review(kind), "button", "全部核对过了，看结果"),
    };
    let kicker = format!("第 {} 步，共 {} 步", position + 1, CATALOGUE.steps.len());
    let progress = vec![meter(&tally), el("span", "", words::state(&tally))];
    let lead = vec![p("page__lead", step.summary), many("div", "page__progress", progress)];
    let ways = vec![
        el("span", "turn__back", turn(store, kind, position.checked_sub(1), "上一步")),
        el("span", "turn__unchecked", next_unchecked),
        el("span", "turn__on", on(store, kind, position)),
    ];
    let page = vec![
        page_head(Some(kicker.into()), step.title, lead.into_iter().collect()),
        many("div", "requirements", cards),
        html! { <nav class="turn" aria-label="前后步骤">{ for ways }</nav> },
    ];
    // Its own element for every step: what one holds open, the next does not.
    html! {
        <div key={format!("{}-{position}", kind.as_str())} class="with-steps">
            { el("aside", "with-steps__aside", steps(store, kind, position)) }
            { many("div", "page", page) }
        </div>
    }
}

fn turn(store: &Store, kind: UnitKind, position: Option<usize>, text: &str) -> Html {
    let Some((position, step)) = position.and_then(|at| Some((at, CATALOGUE.steps.get(at)?))) else { return html! {} };
    link(store, Route::Step(kind, position), "button", format!("{text}：{}", step.title))
}

/// The next step; after the last one, the review.
fn on(store: &Store, kind: UnitKind, position: usize) -> Html {
    if position + 1 < CATALOGUE.steps.len() {
        turn(store, kind, Some(position + 1), "下一步")
    } else {
        link(store, Route::Review(kind), "button button--primary", "看核对结果")
    }
}
