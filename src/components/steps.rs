//! The steps with their states, beside a step's page.

use plan_checklist_domain::{CATALOGUE, Tally, UnitKind, Workbook};
use yew::prelude::*;

use crate::components::link::Link;
use crate::route::Route;

/// The list of all steps; `current` is the one being read.
pub(crate) fn steps(kind: UnitKind, workbook: &Workbook, current: usize) -> Html {
    let entries = CATALOGUE.steps.iter().enumerate().map(|(position, step)| {
        let tally = Tally::of_step(workbook, step);
        let count =
            if tally.is_complete() { "✓".to_owned() } else { format!("{}/{}", tally.checked(), tally.total()) };
        let label = format!("已核对 {} 项，共 {} 项", tally.checked(), tally.total());
        html! {
            <li key={step.id}>
                <Link to={Route::Step(kind, position)} class="steps__link" is_current={position == current}>
                    <span class="steps__number">{ position + 1 }</span>
                    <span class="steps__title">{ step.title }</span>
                    <span class="steps__count" title={label}>{ count }</span>
                </Link>
            </li>
        }
    });
    html! {
        <nav class="steps" aria-label="自查步骤">
            <ol class="steps__list">{ for entries }</ol>
        </nav>
    }
}
