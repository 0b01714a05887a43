//! Whose record it is, where they say so.

use plan_checklist_domain::sharing::snapshot::clean_unit;
use plan_checklist_domain::training::Deed;
use yew::prelude::*;

use super::progress;
use crate::components::text_field::TextField;
use crate::pages::page_props::PageProps;
use crate::store::Action;

/// A field for the learner's name, which is kept once it is left: every line of the log stays.
#[component]
pub(super) fn NameField(props: &PageProps) -> Html {
    let store = &props.store;
    let typed = use_mut_ref(|| None::<String>);
    let on_write = {
        let typed = typed.clone();
        Callback::from(move |text: String| *typed.borrow_mut() = Some(text))
    };
    let keep = {
        let (typed, dispatch) = (typed.clone(), store.dispatch.clone());
        move || {
            // Leaving the field is heard in two ways.
            let name = typed.take().map(|text| clean_unit(&text).unwrap_or_default());
            if let Some(name) = name.filter(|name| *name != progress(&dispatch.state()).name) {
                dispatch.send(Action::Learned(Deed::Named(name).text()));
            }
        }
    };
    let onchange = {
        let keep = keep.clone();
        Callback::from(move |_: Event| keep())
    };
    let onfocusout = Callback::from(move |_: FocusEvent| keep());
    let value = typed.borrow().clone().unwrap_or_else(|| progress(store).name);
    html! {
        <div class="needs-program" {onchange} {onfocusout}>
            <TextField label="姓名（可不填）" name="learner" {value} is_disabled={!store.is_restored} {on_write} />
        </div>
    }
}
