//! How a set of requirements stands: a bar in parts, and its counts in words.

use plan_checklist_domain::{Status, Tally};
use yew::prelude::*;

use crate::words;

const ORDER: [Status; 4] = [Status::Done, Status::InProgress, Status::NotStarted, Status::NotApplicable];

/// A bar whose parts are proportional to the counts; what is left over is 未核对.
///
/// Drawn in SVG attributes, since the content policy forbids inline styles.
pub(crate) fn meter(tally: &Tally) -> Html {
    let total = tally.total().max(1);
    let label: Vec<String> =
        Status::ALL.iter().map(|status| format!("{} {}", words::status(*status), tally.count(*status))).collect();
    let mut from = 0;
    let parts = ORDER.map(|status| {
        let width = tally.count(status);
        let x = from;
        from += width;
        html! {
            <rect key={status.as_str()} class={format!("meter__part meter__part--{}", status.as_str())}
                x={x.to_string()} y="0" width={width.to_string()} height="1" />
        }
    });
    html! {
        <svg class="meter" viewBox={format!("0 0 {total} 1")} preserveAspectRatio="none" role="img" aria-label={label.join("，")}>
            { for parts }
        </svg>
    }
}
