//! The band that says how it all stands: the percentage, the bar, and what is beside them.

use plan_checklist_domain::Tally;
use yew::prelude::*;

use crate::components::counts::counts;
use crate::components::meter::{meter, percent};

/// How many there are of each status, and what the percentage is of; `more` is said after that.
pub(crate) fn summary(tally: &Tally, more: &str) -> Html {
    let (total, applicable) = (tally.total(), tally.applicable());
    let basis = format!("共 {total} 项；百分比 = 已落实 ÷ 适用的 {applicable} 项，只舍不入。{more}");
    html! {
        <section class="summary" aria-label="总数">
            { percent(tally) }
            <div class="summary__body">
                { meter(tally) }
                { counts(tally) }
                <p class="summary__basis">{ basis }</p>
            </div>
        </section>
    }
}
