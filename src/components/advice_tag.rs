//! Marks what is ours, not the speech's.

use yew::prelude::*;

use crate::words;

pub(crate) fn advice_tag() -> Html {
    html! { <span class="tag tag--advice">{ words::ADVICE }</span> }
}
