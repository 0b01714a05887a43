//! The five statuses, one of which holds.

use plan_checklist_domain::{Msg, Status};
use yew::prelude::*;

use crate::components::element::{el, many};
use crate::components::icon::status_icon;
use crate::components::requirement::RequirementCardProps;
use crate::store::Action;
use crate::words;

pub(crate) fn status_picker(props: &RequirementCardProps) -> Html {
    let id = props.requirement.id;
    let options = Status::ALL.map(|status| {
        let onchange = props.dispatch.on::<Event>(Action::Edited(props.kind, Msg::Answered(id, status)));
        html! {
            <label key={status.as_str()} class="status-picker__option" data-option={status.as_str()}>
                <input class="status-picker__radio" type="radio" name={format!("status-{id}")} value={status.as_str()}
                    checked={status == *props.answer.status} disabled={props.is_disabled} autocomplete="off" {onchange} />
                { many("span", "status-picker__face", vec![status_icon(status), el("span", "", words::status(status))]) }
            </label>
        }
    });
    many("fieldset", "status-picker", [el("legend", "visually-hidden", "状态")].into_iter().chain(options))
}
