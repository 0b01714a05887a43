//! What an answer said before, or says in another window: every value that another page wrote.

use std::rc::Rc;

use plan_checklist_domain::field::Field;
use plan_checklist_domain::{Answer, Date, Msg, RequirementId, UnitKind};
use yew::prelude::*;

use crate::components::evidence::date_value;
use crate::effects::clock;
use crate::store::{edit, use_dispatch};
use crate::words;

#[derive(Debug, Properties, PartialEq)]
pub(crate) struct AnswerHistoryProps {
    pub(crate) kind: UnitKind,
    pub(crate) id: RequirementId,
    pub(crate) answer: Rc<Answer>,
    pub(crate) is_disabled: bool,
}

/// One value that does not hold now, and the message that makes it hold again.
struct Earlier {
    wall: u64,
    text: String,
    msg: Msg,
}

#[component]
pub(crate) fn AnswerHistory(props: &AnswerHistoryProps) -> Html {
    let AnswerHistoryProps { kind, id, answer, is_disabled } = props;
    let (kind, id) = (*kind, *id);
    let dispatch = use_dispatch();
    let mut all = Vec::new();
    collect(&mut all, &answer.status, |status| (words::status(*status).into(), Msg::Answered(id, *status)));
    collect(&mut all, &answer.note, |text| (text.clone(), Msg::NoteWritten(id, text.clone())));
    collect(&mut all, &answer.reason, |text| (text.clone(), Msg::ReasonGiven(id, text.clone())));
    collect(&mut all, &answer.owner, |text| (text.clone(), Msg::OwnerNamed(id, text.clone())));
    collect(&mut all, &answer.due, |due: &Option<Date>| (date_value(*due), Msg::DueSet(id, *due)));
    all.sort_by_key(|earlier| std::cmp::Reverse(earlier.wall));
    if all.is_empty() {
        return html! { <div></div> };
    }
    let rows = all.into_iter().enumerate().map(|(at, Earlier { wall, text, msg })| {
        let dispatch = dispatch.clone();
        let field = words::field(&msg);
        let onclick = Callback::from(move |_: MouseEvent| edit(&dispatch, kind, msg.clone()));
        html! {
            <li key={at} class="history__entry">
                <span class="history__text">{ clock::moment(wall) }{ " · " }{ field }{ "：" }{ text }</span>
                <button type="button" class="button button--quiet" disabled={*is_disabled} {onclick}>{ "用回这个" }</button>
            </li>
        }
    });
    html! {
        <div>
            <details class="history">
                <summary class="history__summary">{ "修改记录" }</summary>
                <p class="history__hint">{ "以前或别的窗口里填过的内容，没有丢。" }</p>
                <ul>{ for rows }</ul>
            </details>
        </div>
    }
}

/// Values that say something and differ from the current one, each once.
fn collect<T: Clone + PartialEq>(all: &mut Vec<Earlier>, field: &Field<T>, describe: impl Fn(&T) -> (String, Msg)) {
    let mut seen = vec![&**field];
    for (stamp, value) in field.earlier() {
        if seen.contains(&value) {
            continue;
        }
        seen.push(value);
        let (text, msg) = describe(value);
        if !text.trim().is_empty() {
            all.push(Earlier { wall: stamp.wall, text, msg });
        }
    }
}
