//! Several plans of one department: what they are called, and how each stands with a requirement.

use std::rc::Rc;

use plan_checklist_domain::checking::points::{plan_ids, status_of_all};
use plan_checklist_domain::workbook::update::EntryValue;
use plan_checklist_domain::{Answer, Catalogue, List, Msg, RequirementId, Status, UnitKind, Workbook};
use web_sys::Element;
use yew::prelude::*;

use crate::components::button::{Button, ButtonStyle};
use crate::components::editing::Editing;
use crate::components::history::history;
use crate::components::select::Select;
use crate::components::text_field::TextField;
use crate::effects::scroll;
use crate::store::{Action, Store};
use crate::words;

/// What one plan answers to a requirement.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PlanAnswer {
    pub(crate) id: RequirementId,
    pub(crate) name: AttrValue,
    pub(crate) answer: Rc<Answer>,
}

/// What each of the workbook's plans answers to a requirement.
pub(crate) fn plan_answers(catalogue: &Catalogue, workbook: &Workbook, requirement: RequirementId) -> Vec<PlanAnswer> {
    let answer = |(id, name): (_, &str)| PlanAnswer { id, name: name.to_owned().into(), answer: workbook.answer(id) };
    plan_ids(catalogue, workbook, requirement).into_iter().map(answer).collect()
}

/// A row for each plan. The requirement's own status follows from them.
pub(crate) fn plans_of_requirement(plans: &[PlanAnswer], editing: &Editing) -> Option<Html> {
    if plans.is_empty() {
        return None;
    }
    let statuses: Vec<_> = Status::ALL.map(|status| (status.as_str().into(), words::status(status).into())).into();
    let rows = plans.iter().map(|plan| {
        let id = plan.id;
        let choose = editing.on_edit.reform(move |word: String| Msg::Answered(id, Status::parse(&word).unwrap_or_default()));
        html! {
            <li key={id.to_string()} class="plan">
                <Select label={plan.name.clone()} name={format!("plan-{id}")} options={statuses.clone()} value={plan.answer.status.as_str()}
                    is_disabled={editing.is_disabled} on_choose={choose} />
                <TextField label={format!("{}的备注", plan.name)} name={format!("plan-note-{id}")} is_label_hidden={true} placeholder="备注"
                    value={(*plan.answer.note).clone()} is_disabled={editing.is_disabled}
                    on_write={editing.on_edit.reform(move |text| Msg::NoteWritten(id, text))} />
                { history(id, &plan.answer, editing.is_disabled, &editing.on_edit) }
            </li>
        }
    });
    Some(html! {
        <div class="plans">
            <p class="points__label">{ "几个规划分别核对，上面的状态跟着走" }</p>
            <ul>{ for rows }</ul>
        </div>
    })
}

/// Said where somebody chose another status than follows from those of the plans.
pub(crate) fn unmet_plans(id: RequirementId, chosen: Status, plans: &[PlanAnswer], editing: &Editing) -> Option<Html> {
    let statuses: Vec<_> = plans.iter().map(|plan| *plan.answer.status).collect();
    let follows = status_of_all(&statuses);
    if plans.is_empty() || follows == Status::Unchecked || follows == chosen {
        return None;
    }
    let done = statuses.iter().filter(|status| !status.is_open()).count();
    let onclick = editing.on_edit.reform(move |_: MouseEvent| Msg::Answered(id, follows));
    let text = format!("规划了结了 {done}/{}，按各个规划是“{}”。", plans.len(), words::status(follows));
    Some(html! {
        <p class="points__other">
            { text }
            <Button action="follow-plans" style={ButtonStyle::Quiet} is_disabled={editing.is_disabled} {onclick}>
                { format!("改为{}", words::status(follows)) }
            </Button>
        </p>
    })
}

/// Where a department names its plans, if it draws up more than one.
pub(crate) fn plan_names(store: &Store, kind: UnitKind) -> Html {
    let workbook = store.workbook(kind);
    let is_disabled = !store.is_editable(kind);
    let on_edit = {
        let dispatch = store.dispatch.clone();
        Callback::from(move |msg| dispatch.send(Action::Edited(kind, msg)))
    };
    let rows = workbook.plans().map(|(at, name)| {
        let on_remove = on_edit.reform(move |_: MouseEvent| Msg::EntryRemoved(List::Plans, at, true));
        let on_write = on_edit.reform(move |text| Msg::EntryWritten(List::Plans, at, EntryValue::What(text)));
        html! {
            <li key={at.0.to_string()} class="plan">
                <TextField label="规划名称" name={format!("plan-name-{}", at.0)} value={name.to_owned()} {is_disabled} placeholder="如：综合交通专项规划" {on_write} />
                <Button action="remove-plan" style={ButtonStyle::Quiet} label={format!("移除{name}")} {is_disabled} onclick={on_remove}>{ "移除" }</Button>
            </li>
        }
    });
    let on_add = on_edit.reform(|click: MouseEvent| {
        // What is added has the focus, before the next key.
        let box_of_plans = click.target_dyn_into::<Element>().and_then(|button| button.closest(".plans").ok()?);
        if let Some(list) = box_of_plans.and_then(|found| found.query_selector("ul").ok()?) {
            let added = list.clone();
            scroll::once_changed(&list, move || {
                if let Some(field) = added.query_selector("li:last-child input").ok().flatten() {
                    scroll::focus_in_sight(&field);
                }
            });
        }
        Msg::EntryAdded(List::Plans, String::new())
    });
    html! {
        <details class="plans needs-program" open={workbook.plans().next().is_some()}>
            <summary>{ "本部门编好几个专项规划？分别核对（可不填）" }</summary>
            <ul>{ for rows }</ul>
            <Button action="add-plan" {is_disabled} onclick={on_add}>{ "＋ 添一个规划" }</Button>
        </details>
    }
}
