//! The five statuses, one of which holds.

use plan_checklist_domain::{RequirementId, Status};
use yew::prelude::*;

use crate::components::icon::status_icon;
use crate::words;

#[derive(Debug, Properties, PartialEq)]
pub(crate) struct StatusPickerProps {
    pub(crate) id: RequirementId,
    pub(crate) status: Status,
    pub(crate) is_disabled: bool,
    pub(crate) on_answer: Callback<Status>,
}

#[component]
pub(crate) fn StatusPicker(props: &StatusPickerProps) -> Html {
    let StatusPickerProps { id, status: chosen, is_disabled, on_answer } = props;
    let options = Status::ALL.map(|status| {
        let on_answer = on_answer.clone();
        let onchange = Callback::from(move |_: Event| on_answer.emit(status));
        html! {
            <label key={status.as_str()} class={classes!("status-picker__option", format!("status-picker__option--{}", status.as_str()))}>
                <input class="status-picker__radio" type="radio" name={format!("status-{id}")} value={status.as_str()}
                    checked={status == *chosen} disabled={*is_disabled} autocomplete="off" {onchange} />
                <span class="status-picker__face">{ status_icon(status) }<span>{ words::status(status) }</span></span>
            </label>
        }
    });
    html! {
        <fieldset class="status-picker">
            <legend class="visually-hidden">{ "状态" }</legend>
            { for options }
        </fieldset>
    }
}
