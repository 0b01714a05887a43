//! The people of a workbook: who is responsible for how much, and one name for who was written in two ways.

use std::rc::Rc;

use plan_checklist_domain::{Msg, UnitKind, Workbook};
use yew::prelude::*;

use crate::components::button::{Button, ButtonStyle};
use crate::components::text_field::TextField;
use crate::store::{Action, Dispatch};

#[derive(Debug, PartialEq, Properties)]
pub(crate) struct PeopleProps {
    pub(crate) kind: UnitKind,
    pub(crate) workbook: Rc<Workbook>,
    pub(crate) is_disabled: bool,
    /// Looks for what this person is responsible for.
    pub(crate) on_find: Callback<String>,
    pub(crate) dispatch: Dispatch,
}

/// Nothing where nobody is named.
#[component]
pub(crate) fn People(props: &PeopleProps) -> Html {
    let PeopleProps { kind, workbook, is_disabled, on_find, dispatch } = props;
    // Whose name is being written anew, and how.
    let renamed = use_state_eq(|| None::<(String, String)>);
    let owners = workbook.owners();
    let rows = owners.iter().map(|owner| {
        let ids: Vec<_> = workbook.answers().filter(|(_, answer)| answer.owner.trim() == *owner).map(|(id, _)| id).collect();
        let count = ids.len();
        let draft = renamed.as_ref().filter(|(who, _)| who == owner).map(|(_, name)| name.trim());
        let new = draft.filter(|name| !name.is_empty() && name != owner);
        let on_find = on_find.reform({
            let owner = (*owner).to_owned();
            move |_: MouseEvent| owner.clone()
        });
        let on_write = {
            let (renamed, who) = (renamed.setter(), (*owner).to_owned());
            Callback::from(move |name| renamed.set(Some((who.clone(), name))))
        };
        let on_rename = {
            let (kind, dispatch, renamed) = (*kind, dispatch.clone(), renamed.setter());
            let msgs: Vec<_> = new.into_iter().flat_map(|new| ids.iter().map(|id| Msg::OwnerNamed(*id, new.into()))).collect();
            Callback::from(move |_: MouseEvent| {
                dispatch.send(Action::EditedTogether(kind, msgs.clone()));
                renamed.set(None);
            })
        };
        let rename = match new {
            Some(new) if owners.contains(&new) => format!("并入“{new}”"),
            _ => "改名".to_owned(),
        };
        html! {
            <li key={(*owner).to_owned()} class="people__person">
                <Button action="find-person" style={ButtonStyle::Quiet} label={format!("只看{owner}的 {count} 项")} onclick={on_find}>
                    { format!("{owner} · {count} 项") }
                </Button>
                <TextField label={format!("{owner}的新写法")} name={format!("person-{owner}")} class="people__name" value={draft.unwrap_or(owner).to_owned()}
                    is_disabled={*is_disabled} {on_write} />
                <Button action="rename-person" label={format!("{owner}：{rename}")} is_disabled={*is_disabled || new.is_none()} onclick={on_rename}>{ rename }</Button>
            </li>
        }
    });
    html! {
        <div class="needs-program">
            if !owners.is_empty() {
                <details class="people">
                    <summary>{ format!("责任人（{} 位）：只看一位的，或把两种写法合成一种", owners.len()) }</summary>
                    <ul class="people__list">{ for rows }</ul>
                </details>
            }
        </div>
    }
}
