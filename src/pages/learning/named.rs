//! Whose record it is, where they say so.

use plan_checklist_domain::sharing::snapshot::clean_unit;
use plan_checklist_domain::training::{Deed, Progress};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::components::text_field::TextField;
use crate::store::{Action, Store};

/// A field for the learner's name, which is kept once it is left: every line of the log stays.
pub(super) fn name_field(store: &Store, progress: &Progress) -> Html {
    let onchange = {
        let (dispatch, before) = (store.dispatch.clone(), progress.name.clone());
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            let name = clean_unit(&input.value()).unwrap_or_default();
            if name != before {
                dispatch.send(Action::Learned(Deed::Named(name).text()));
            }
        })
    };
    html! {
        <div class="named needs-program" {onchange}>
            <TextField label="姓名（可不填）" name="learner" value={progress.name.clone()} is_disabled={!store.is_restored}
                on_write={Callback::noop()} />
        </div>
    }
}
