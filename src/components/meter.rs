//! How a set of requirements stands: a bar in parts, and the percentage in large figures.

use plan_checklist_domain::{Status, Tally};
use yew::prelude::*;

use crate::words;

/// In the order of the bar, 未核对 last.
pub(crate) const IN_ORDER: [Status; 5] =
    [Status::Done, Status::InProgress, Status::NotStarted, Status::NotApplicable, Status::Unchecked];

const PARTS: [(Status, &str); 4] = [
    (Status::Done, "meter__part--done"),
    (Status::InProgress, "meter__part--in-progress"),
    (Status::NotStarted, "meter__part--not-started"),
    (Status::NotApplicable, "meter__part--not-applicable"),
];

/// A bar whose parts are proportional to the counts; what is left over is 未核对.
///
/// Drawn in SVG attributes, since the content policy forbids inline styles.
pub(crate) fn meter(tally: &Tally) -> Html {
    let total = tally.total().max(1);
    let label = IN_ORDER.map(|status| format!("{} {}", words::status(status), tally.count(status))).join("，");
    let mut from = 0;
    let parts = PARTS.map(|(status, class)| {
        let width = tally.count(status);
        let bar = format!("M{from} 0h{width}v1h-{width}z");
        from += width;
        html! { <path class={class} d={bar} /> }
    });
    html! {
        <svg class="meter" viewBox={format!("0 0 {total} 1")} preserveAspectRatio="none" role="img" aria-label={label}>
            { for parts }
        </svg>
    }
}

/// The percentage in large figures.
pub(crate) fn percent(tally: &Tally) -> Html {
    let percent = words::percent(tally);
    html! {
        <p class="summary__percent">
            <span class="summary__number" data-percent={percent.clone()}>{ percent }</span>{ " 已落实" }
        </p>
    }
}
