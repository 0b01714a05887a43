//! How every step stands, in a table.

use plan_checklist_domain::{Status, Step, Tally};
use yew::prelude::*;

use crate::components::meter::meter;
use crate::words;

/// One step: its title, perhaps as a link, and how it stands.
#[derive(Debug)]
pub(crate) struct StepRow {
    pub(crate) step: &'static Step,
    pub(crate) title: Html,
    pub(crate) tally: Tally,
}

pub(crate) fn step_table(rows: impl IntoIterator<Item = StepRow>) -> Html {
    let rows = rows.into_iter().map(|StepRow { step, title, tally }| {
        html! {
            <tr key={step.id.as_str()}>
                <th scope="row">{ title }</th>
                <td class="by-step__bar">{ meter(&tally) }</td>
                <td class="by-step__number">{ format!("{}/{}", tally.count(Status::Done), tally.applicable()) }</td>
                <td class="by-step__state">{ words::state(&tally) }</td>
            </tr>
        }
    });
    html! {
        <table class="by-step__table">
            <thead>
                <tr>
                    <th scope="col">{ "步骤" }</th>
                    <th scope="col">{ "进度" }</th>
                    <th scope="col">{ "已落实/适用" }</th>
                    <th scope="col">{ "状态" }</th>
                </tr>
            </thead>
            <tbody>{ for rows }</tbody>
        </table>
    }
}
