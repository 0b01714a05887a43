//! The five statuses, one of which holds.

use plan_checklist_domain::{Msg, RequirementId, Status};
use yew::prelude::*;

use crate::components::icon::status_icon;
use crate::words;

pub(crate) fn status_picker(id: RequirementId, chosen: Status, is_disabled: bool, on_edit: &Callback<Msg>) -> Html {
    let options = Status::ALL.map(|status| {
        let onchange = on_edit.reform(move |_: Event| Msg::Answered(id, status));
        html! {
            <label key={status.as_str()} class="status-picker__option" data-option={status.as_str()}>
                <input class="status-picker__radio" type="radio" name={format!("status-{id}")} value={status.as_str()}
                    checked={status == chosen} disabled={is_disabled} autocomplete="off" {onchange} />
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
