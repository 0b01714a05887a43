//! A step: its requirements, one after the other.

use plan_checklist_domain::{Tally, UnitKind};
use yew::prelude::*;

use crate::components::link::link;
use crate::components::meter::meter;
use crate::components::page_head::{book_head, page_head};
use crate::components::requirement::RequirementCard;
use crate::components::steps::steps;
use crate::components::unit_names::{signature, start_line};
use crate::route::Route;
use crate::store::{Question, Store};
use crate::words;

pub(crate) fn step(store: &Store, kind: UnitKind, position: usize) -> Html {
    let workbook = store.workbook(kind);
    let step = &store.catalogue.steps[position];
    let tally = Tally::of_step(workbook, step);
    let fragment = store.arrival.fragment.as_deref();

    let (dispatch, day) = (store.dispatch.clone(), store.as_of(workbook));
    let asked = |id| match &store.asked {
        Some(Question::RemoveEvidence(other, entry)) if *other == id => Some(*entry),
        _ => None,
    };
    let cards = step.requirements_for(kind).map(|requirement| {
        html! {
            <RequirementCard catalogue={store.catalogue} key={requirement.id.as_str()} {kind} {requirement} answer={workbook.answer(requirement.id)}
                due={workbook.due(requirement)} {day} cycle={*workbook.cycle}
                is_target={fragment == Some(requirement.id.as_str())} is_disabled={!store.is_editable(kind)}
                asked={asked(requirement.id)} dispatch={dispatch.clone()} />
        }
    });
    let last = step.requirements_for(kind).next_back();
    let next_unchecked = match store.next_unchecked(kind, last) {
        Some(to) => link(store, to, "button", "下一个未核对"),
        None => link(store, Route::Review(kind), "button", "全部核对过了，看结果"),
    };
    // Its own element for every step: what one holds open, the next does not.
    html! {
        <div key={format!("{}-{position}", kind.as_str())} class="with-steps">
            <aside class="with-steps__aside">{ steps(store, kind, position) }</aside>
            <div class="page">
                { head(store, kind, position, html! {
                    <>
                        <p class="page__lead">{ step.summary.as_str() }</p>
                        <p class="page__sources">
                            { "各项问的事、引的条文出自讲话；问法、核对要点、所属阶段和建议是我们写的。核对要点全部做到，才算“已落实”。" }
                        </p>
                        <div class="page__progress">{ meter(&tally) }<span>{ words::state(&tally) }</span></div>
                    </>
                }) }
                { signature(store, kind) }
                <div>
                    if position == 0 {
                        { start_line(store, kind) }
                    }
                </div>
                <div class="requirements">{ for cards }</div>
                <nav class="turn" aria-label="前后步骤">
                    <span class="turn__back">{ previous(store, kind, position) }</span>
                    <span class="turn__unchecked">{ next_unchecked }</span>
                    <span class="turn__on">{ next(store, kind, position) }</span>
                </nav>
            </div>
        </div>
    }
}

/// Where the work starts, the cycle is asked with the names.
fn head(store: &Store, kind: UnitKind, position: usize, lead: Html) -> Html {
    let title = store.catalogue.steps[position].title.as_str();
    let place = format!("第 {} 步，共 {} 步", position + 1, store.catalogue.steps.len());
    if position == 0 {
        page_head(Some(&format!("{} · {place}", words::book(store.workbook(kind)))), title, lead)
    } else {
        book_head(store, kind, Some(&place), title, lead)
    }
}

fn previous(store: &Store, kind: UnitKind, position: usize) -> Option<Html> {
    let before = position.checked_sub(1)?;
    let text = format!("上一步：{}", store.catalogue.steps[before].title);
    Some(link(store, Route::Step(kind, before), "button", text))
}

/// The next step; after the last one, the review.
fn next(store: &Store, kind: UnitKind, position: usize) -> Html {
    match store.catalogue.steps.get(position + 1) {
        Some(step) => link(store, Route::Step(kind, position + 1), "button", format!("下一步：{}", step.title)),
        None => link(store, Route::Review(kind), "button button--primary", "看核对结果"),
    }
}
