//! Whose record it is, where they say so.

use plan_checklist_domain::sharing::snapshot::clean_unit;
use plan_checklist_domain::training::{Deed, Progress};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::components::text_field::TextField;
use crate::store::{Action, Store};

/// A field for the learner's name, which is kept once it is left: every line of the log stays.
pub(super) fn name_field(store: &Store, progress: &Progress) -> Html {
    let keep = {
        let dispatch = store.dispatch.clone();
        move |input: Option<HtmlInputElement>| {
            let name = input.map(|input| clean_unit(&input.value()).unwrap_or_default());
            // Leaving the field is heard in two ways.
            if let Some(name) = name.filter(|name| *name != super::progress(&dispatch.state()).name) {
                dispatch.send(Action::Learned(Deed::Named(name).text()));
            }
        }
    };
    let onchange = {
        let keep = keep.clone();
        Callback::from(move |event: Event| keep(event.target_dyn_into()))
    };
    let onfocusout = Callback::from(move |event: FocusEvent| keep(event.target_dyn_into()));
    html! {
        <div class="named needs-program" {onchange} {onfocusout}>
            <TextField label="姓名（可不填）" name="learner" value={progress.name.clone()} is_disabled={!store.is_restored}
                on_write={Callback::noop()} />
        </div>
    }
}
