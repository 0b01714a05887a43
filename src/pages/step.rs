//! A step: its requirements, one after the other.

use plan_checklist_domain::{CATALOGUE, Tally, UnitKind};
use yew::prelude::*;

use crate::components::link::Link;
use crate::components::meter::meter;
use crate::components::requirement::RequirementCard;
use crate::components::steps::steps;
use crate::route::{Route, Target};
use crate::store::use_store;
use crate::words;

#[derive(Debug, Properties, PartialEq)]
pub(crate) struct StepProps {
    pub(crate) kind: UnitKind,
    /// The step's place in the catalogue.
    pub(crate) position: usize,
}

#[component]
pub(crate) fn Step(props: &StepProps) -> Html {
    let StepProps { kind, position } = *props;
    let state = use_store();
    let workbook = state.workbook(kind);
    let step = &CATALOGUE.steps[position];
    let tally = Tally::of_step(workbook, step);
    let fragment = state.arrival.fragment.as_deref();

    let cards = step.requirements_for(kind).map(|requirement| {
        html! {
            <RequirementCard key={requirement.id.as_str()} {kind} {requirement} answer={workbook.answer(requirement.id)} today={state.today}
                is_target={fragment == Some(requirement.id.as_str())} is_disabled={!state.is_restored} />
        }
    });
    let last = step.requirements_for(kind).next_back();
    let next_unchecked = match state.next_unchecked(kind, last) {
        Some(to) => html! { <Link {to} class="button">{ "下一个未核对" }</Link> },
        None => html! { <Link to={Route::Review(kind)} class="button">{ "全部核对过了，看结果" }</Link> },
    };
    html! {
        <div class="with-steps">
            <aside class="with-steps__aside">{ steps(kind, workbook, position) }</aside>
            <div class="page">
                <header class="page__head">
                    <p class="page__kicker">{ format!("第 {} 步，共 {} 步", position + 1, CATALOGUE.steps.len()) }</p>
                    <h1 class="page__title">{ step.title }</h1>
                    <p class="page__lead">{ step.summary }</p>
                    <div class="page__progress">{ meter(&tally) }<span>{ words::state(&tally) }</span></div>
                </header>
                <div class="requirements">{ for cards }</div>
                <nav class="turn" aria-label="前后步骤">
                    <span class="turn__back">{ turn(kind, position.checked_sub(1), "上一步") }</span>
                    <span class="turn__unchecked">{ next_unchecked }</span>
                    <span class="turn__on">{ on(kind, position) }</span>
                </nav>
            </div>
        </div>
    }
}

fn turn(kind: UnitKind, position: Option<usize>, text: &str) -> Html {
    let Some((position, step)) = position.and_then(|at| Some((at, CATALOGUE.steps.get(at)?))) else { return html! {} };
    let to: Target = Route::Step(kind, position).into();
    html! { <Link {to} class="button">{ format!("{text}：{}", step.title) }</Link> }
}

/// The next step; after the last one, the review.
fn on(kind: UnitKind, position: usize) -> Html {
    if position + 1 < CATALOGUE.steps.len() {
        turn(kind, Some(position + 1), "下一步")
    } else {
        html! { <Link to={Route::Review(kind)} class="button button--primary">{ "看核对结果" }</Link> }
    }
}
