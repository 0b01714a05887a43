//! The five statuses, one of which holds.

use plan_checklist_domain::{Msg, Status};
use yew::prelude::*;

use crate::components::element::el;
use crate::components::icon::status_icon;
use crate::components::requirement::RequirementCardProps;
use crate::store::Action;
use crate::words;

pub(crate) fn status_picker(props: &RequirementCardProps) -> Html {
    let id = props.requirement.id;
    let options = Status::ALL.map(|status| {
        let onchange = props.dispatch.on::<Event>(Action::Edited(props.kind, Msg::Answered(id, status)));
        html! {
            <label key={status.as_str()} class={classes!("status-picker__option", format!("status-picker__option--{}", status.as_str()))}>
                <input class="status-picker__radio" type="radio" name={format!("status-{id}")} value={status.as_str()}
                    checked={status == *props.answer.status} disabled={props.is_disabled} autocomplete="off" {onchange} />
                <span class="status-picker__face">{ status_icon(status) }{ el("span", "", words::status(status)) }</span>
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
