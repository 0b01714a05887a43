//! What an answer said before, or says in another window: every value that another page wrote.

use plan_checklist_domain::field::Field;
use plan_checklist_domain::{Msg, RequirementId};
use yew::prelude::*;

use crate::components::element::{el, many};
use crate::components::evidence::date_value;
use crate::components::link::{Look, button};
use crate::components::requirement::RequirementCardProps;
use crate::effects::clock;
use crate::store::Action;
use crate::words;

/// One value that does not hold now, and the message that makes it hold again.
struct Earlier {
    wall: u64,
    text: String,
    msg: Msg,
}

/// The answer's earlier values; nothing where there are none.
pub(crate) fn history(props: &RequirementCardProps) -> Html {
    let (id, answer) = (props.requirement.id, &props.answer);
    let mut all = Vec::new();
    collect(&mut all, &answer.status, |status| (words::status(*status).into(), Msg::Answered(id, *status)));
    collect_texts(&mut all, id, &answer.note, Msg::NoteWritten);
    collect_texts(&mut all, id, &answer.reason, Msg::ReasonGiven);
    collect_texts(&mut all, id, &answer.owner, Msg::OwnerNamed);
    collect(&mut all, &answer.due, |due| (date_value(*due), Msg::DueSet(id, *due)));
    if all.is_empty() {
        return html! { <div></div> };
    }
    let rows = all.into_iter().enumerate().map(|(at, Earlier { wall, text, msg })| {
        let label = format!("{} · {}：{text}", clock::moment(wall), words::field(&msg));
        let take = props.dispatch.on(Action::Edited(props.kind, msg));
        html! {
            <li key={at} class="history__entry">
                { el("span", "history__text", label) }
                { button("用回这个", Look::quiet("use-earlier").disabled(props.is_disabled), take) }
            </li>
        }
    });
    html! {
        <div>
            <details class="history">
                { el("summary", "history__summary", "修改记录") }
                { el("p", "history__hint", "以前或别的窗口里填过的内容，没有丢。") }
                { many("ul", "", rows) }
            </details>
        </div>
    }
}

fn collect_texts(
    all: &mut Vec<Earlier>,
    id: RequirementId,
    field: &Field<String>,
    msg: fn(RequirementId, String) -> Msg,
) {
    collect(all, field, |text| (text.clone(), msg(id, text.clone())));
}

/// Values that say something and differ from the current one, each once.
fn collect<T: Clone + PartialEq>(all: &mut Vec<Earlier>, field: &Field<T>, describe: impl Fn(&T) -> (String, Msg)) {
    for (at, (stamp, value)) in field.earlier().iter().enumerate() {
        let is_known = *value == **field || field.earlier()[..at].iter().any(|(_, other)| other == value);
        let (text, msg) = describe(value);
        if !is_known && !text.trim().is_empty() {
            all.push(Earlier { wall: stamp.wall, text, msg });
        }
    }
}
