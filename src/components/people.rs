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
    // Whose name is being written anew, and how. No state: a click may come faster than the page is rendered.
    let renamed = use_mut_ref(|| None::<(String, String)>);
    let update = use_force_update();
    let owners = workbook.owners();
    let rows = owners.iter().map(|owner| {
        let ids: Vec<_> = workbook.answers().filter(|(_, answer)| answer.owner.trim() == *owner).map(|(id, _)| id).collect();
        let count = ids.len();
        let draft = renamed.borrow().clone().filter(|(who, _)| who == owner).map(|(_, name)| name);
        let new = draft.as_deref().and_then(|name| new_name(owner, name));
        let on_find = on_find.reform({
            let owner = (*owner).to_owned();
            move |_: MouseEvent| owner.clone()
        });
        let on_write = {
            let (renamed, update, who) = (renamed.clone(), update.clone(), (*owner).to_owned());
            Callback::from(move |name| {
                renamed.replace(Some((who.clone(), name)));
                update.force_update();
            })
        };
        let on_rename = {
            let (kind, dispatch, renamed, update, who) =
                (*kind, dispatch.clone(), renamed.clone(), update.clone(), (*owner).to_owned());
            Callback::from(move |_: MouseEvent| {
                let written = renamed.take().filter(|(of, _)| *of == who);
                if let Some(new) = written.as_ref().and_then(|(_, name)| new_name(&who, name)) {
                    let msgs = ids.iter().map(|id| Msg::OwnerNamed(*id, new.into())).collect();
                    dispatch.send(Action::EditedTogether(kind, msgs));
                }
                update.force_update();
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
                <TextField label={format!("{owner}的新写法")} name={format!("person-{owner}")} class="people__name" value={draft.clone().unwrap_or_else(|| (*owner).to_owned())}
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

/// What a name is to become; `None` where that is no other name.
fn new_name<'a>(owner: &str, written: &'a str) -> Option<&'a str> {
    Some(written.trim()).filter(|name| !name.is_empty() && *name != owner)
}
