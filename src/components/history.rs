//! What an answer said before, or says in another window: every value that another page wrote.

use plan_checklist_domain::workbook::field::Field;
use plan_checklist_domain::{Answer, Msg, RequirementId, Status};
use yew::prelude::*;

use crate::components::button::{Button, ButtonStyle};
use crate::components::text_field::date_value;
use crate::effects::clock;
use crate::words;

/// One value that does not hold now, and the message that makes it hold again.
struct Earlier {
    wall: u64,
    text: String,
    msg: Msg,
}

/// The answer's earlier values; nothing where there are none.
pub(crate) fn history(id: RequirementId, answer: &Answer, is_disabled: bool, on_edit: &Callback<Msg>) -> Html {
    let rows: Vec<Html> = earlier(id, answer)
        .into_iter()
        .enumerate()
        .map(|(at, Earlier { wall, text, msg })| {
            let label = format!("{} · {}：{text}", clock::moment(wall), words::field(&msg));
            let on_take = on_edit.reform(move |_: MouseEvent| msg.clone());
            html! {
                <li key={at} class="history__entry">
                    <span class="history__text">{ label }</span>
                    <Button action="use-earlier" style={ButtonStyle::Quiet} {is_disabled} onclick={on_take}>{ "用回这个" }</Button>
                </li>
            }
        })
        .collect();
    html! {
        <div>
            if !rows.is_empty() {
                <details class="history">
                    <summary class="history__summary">{ "修改记录" }</summary>
                    <p class="history__hint">{ "以前或别的窗口里填过的内容，没有丢。" }</p>
                    <ul>{ for rows }</ul>
                </details>
            }
        </div>
    }
}

fn earlier(id: RequirementId, answer: &Answer) -> Vec<Earlier> {
    let mut all = Vec::new();
    // Of a status, 未核对 says nothing.
    let status_text = |status| if status == Status::Unchecked { String::new() } else { words::status(status).into() };
    collect(&mut all, &answer.status, |status| (status_text(*status), Msg::Answered(id, *status)));
    collect_texts(&mut all, id, &answer.note, Msg::NoteWritten);
    collect_texts(&mut all, id, &answer.problem, Msg::ProblemWritten);
    collect_texts(&mut all, id, &answer.measure, Msg::MeasureWritten);
    collect_texts(&mut all, id, &answer.reason, Msg::ReasonGiven);
    collect_texts(&mut all, id, &answer.owner, Msg::OwnerNamed);
    collect(&mut all, &answer.due, |due| (date_value(*due), Msg::DueSet(id, *due)));
    all
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
fn collect<T: Clone + Ord>(all: &mut Vec<Earlier>, field: &Field<T>, describe: impl Fn(&T) -> (String, Msg)) {
    for (at, (stamp, value)) in field.earlier().iter().enumerate() {
        let is_known = *value == **field || field.earlier()[..at].iter().any(|(_, other)| other == value);
        let (text, msg) = describe(value);
        if !is_known && !text.trim().is_empty() {
            all.push(Earlier { wall: stamp.wall, text, msg });
        }
    }
}
