//! The points that together make up 已落实, each with a tick.

use plan_checklist_domain::{Answer, Cycle, Msg, PointCount, RequirementId, Status};
use yew::prelude::*;

use crate::components::button::{Button, ButtonStyle};
use crate::components::editing::Editing;
use crate::words;

pub(crate) fn points(
    id: RequirementId,
    answer: &Answer,
    points: &'static [String],
    cycle: Cycle,
    editing: &Editing,
) -> Html {
    let rows = (1..).zip(points).map(|(number, point): (u8, _)| {
        let is_met = answer.point(number).is_some_and(|point| **point);
        let onchange = editing.on_edit.reform(move |_: Event| Msg::PointTicked(id, number, !is_met));
        html! {
            <li key={number}>
                <label class="point">
                    <input class="point__box" type="checkbox" name={format!("point-{id}-{number}")} checked={is_met}
                        disabled={editing.is_disabled} autocomplete="off" {onchange} />
                    <span>{ cycle.reword(point) }</span>
                </label>
            </li>
        }
    });
    html! {
        <fieldset class="points">
            <legend class="points__label">{ "核对要点，做到一条勾一条" }</legend>
            <ul>{ for rows }</ul>
        </fieldset>
    }
}

/// Said where somebody chose another status than follows from the points they ticked.
pub(crate) fn unmet_status(id: RequirementId, answer: &Answer, count: PointCount, editing: &Editing) -> Option<Html> {
    if *answer.status == Status::Done && count.met == 0 && count.total > 0 {
        let text = format!("要点一条还没勾（0/{}）：全部做到，才算已落实。", count.total);
        return Some(html! { <p class="points__other">{ text }</p> });
    }
    let status = count.contradicts(answer)?;
    let onclick = editing.on_edit.reform(move |_: MouseEvent| Msg::Answered(id, status));
    let text = format!("要点勾了 {}/{}，按要点是“{}”。", count.met, count.total, words::status(status));
    Some(html! {
        <p class="points__other">
            { text }
            <Button action="follow-points" style={ButtonStyle::Quiet} is_disabled={editing.is_disabled} {onclick}>
                { format!("改为{}", words::status(status)) }
            </Button>
        </p>
    })
}
