//! The steps with their states, beside a step's page.

use plan_checklist_domain::{Pressing, Tally, UnitKind, Urgency};
use yew::prelude::*;

use crate::components::link::link_around;
use crate::route::Route;
use crate::store::Store;
use crate::words;

/// The list of all steps; `current` is the one being read.
pub(crate) fn steps(store: &Store, kind: UnitKind, current: usize) -> Html {
    let workbook = store.workbook(kind);
    let entries = store.catalogue.steps.iter().enumerate().map(|(position, step)| {
        let tally = Tally::of_step(workbook, step);
        let count =
            if tally.is_complete() { "✓".to_owned() } else { format!("{}/{}", tally.total() - tally.open(), tally.total()) };
        // What nobody has begun is not yet late here.
        let late = store.as_of(workbook).filter(|_| !workbook.is_blank()).filter(|day| {
            Pressing::of(workbook, step.requirements_for(kind), *day).count(Urgency::Overdue) > 0
        });
        let late = late.map(|_| html! { <><span class="visually-hidden">{ "，" }</span><span class="badge badge--late">{ words::urgency(Urgency::Overdue) }</span></> });
        let label = format!("，了结 {} 项，共 {} 项", tally.total() - tally.open(), tally.total());
        let inside = html! {
            <>
                <span class="steps__number">{ position + 1 }</span>
                <span class="steps__title">{ step.title.as_str() }{ late }</span>
                <span class={classes!("steps__count", tally.is_complete().then_some("steps__count--done"))}>
                    <span aria-hidden="true">{ count }</span>
                    <span class="visually-hidden">{ label }</span>
                </span>
            </>
        };
        let to = Route::Step(kind, position).into();
        html! { <li key={step.id.as_str()}>{ link_around(store, to, "steps__link", position == current, inside) }</li> }
    });
    html! {
        <nav class="steps" aria-label="自查步骤">
            <ol class="steps__list">{ for entries }</ol>
        </nav>
    }
}
