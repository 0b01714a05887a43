//! The same person or date for many requirements at once, undone as one change.

use std::rc::Rc;

use plan_checklist_domain::{Date, Msg, RequirementId, UnitKind, Workbook};
use yew::prelude::*;

use crate::components::button::Button;
use crate::components::record::OWNERS;
use crate::components::text_field::{Shape, TextField};
use crate::store::{Action, Dispatch};

#[derive(Debug, PartialEq, Properties)]
pub(crate) struct TogetherProps {
    pub(crate) kind: UnitKind,
    pub(crate) workbook: Rc<Workbook>,
    /// What it is for.
    pub(crate) ids: Vec<RequirementId>,
    pub(crate) is_disabled: bool,
    pub(crate) dispatch: Dispatch,
}

#[component]
pub(crate) fn Together(props: &TogetherProps) -> Html {
    let TogetherProps { kind, workbook, ids, is_disabled, dispatch } = props;
    let (owner, due) = (use_state_eq(String::new), use_state_eq(|| None::<Date>));
    let filled = use_state_eq(|| 0);
    let named = owner.trim();
    let msgs: Vec<Msg> = ids
        .iter()
        .flat_map(|id| {
            let owner = (!named.is_empty()).then(|| Msg::OwnerNamed(*id, named.into()));
            owner.into_iter().chain(due.map(|due| Msg::DueSet(*id, Some(due))))
        })
        .collect();
    let replaced = ids.iter().filter(|id| {
        let answer = workbook.answer(**id);
        let has_owner = !named.is_empty() && !answer.owner.trim().is_empty() && answer.owner.trim() != named;
        has_owner || due.is_some_and(|due| answer.due.is_some_and(|held| held != due))
    });
    let replaced = replaced.count();
    let is_empty = msgs.is_empty();
    let onclick = {
        let (kind, dispatch, owner_setter, due_setter) = (*kind, dispatch.clone(), owner.setter(), due.setter());
        let (filled, count) = (filled.setter(), ids.len());
        Callback::from(move |_: MouseEvent| {
            dispatch.send(Action::EditedTogether(kind, msgs.clone()));
            owner_setter.set(String::new());
            due_setter.set(None);
            filled.set(count);
        })
    };
    let on_owner = owner.setter();
    let on_due = due.setter();
    html! {
        <div class="together">
            <TextField label="责任人" name="together-owner" value={(*owner).clone()} list={OWNERS} is_disabled={*is_disabled}
                on_write={Callback::from(move |text| on_owner.set(text))} />
            <TextField label="完成时限" name="together-due" value={due.map_or_else(String::new, |due| due.to_string())} shape={Shape::Date}
                is_disabled={*is_disabled} on_write={Callback::from(move |text: String| on_due.set(Date::parse(&text)))} />
            <Button action="fill-together" is_disabled={*is_disabled || is_empty} {onclick}>{ format!("给 {} 项都填上", ids.len()) }</Button>
            <p class="together__replaced" role="status">
                { match (replaced, *filled) {
                    (1.., _) => format!("其中 {replaced} 项原来填的会换掉，可以撤销。"),
                    (_, 1..) if is_empty => format!("已给 {} 项填上，可以撤销。", *filled),
                    _ => String::new(),
                } }
            </p>
        </div>
    }
}
