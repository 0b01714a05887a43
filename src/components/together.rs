//! The same person or date for many requirements at once, undone as one change.

use std::rc::Rc;

use plan_checklist_domain::{Date, Msg, RequirementId, UnitKind, Workbook};
use yew::prelude::*;

use crate::components::button::Button;
use crate::components::record::OWNERS;
use crate::components::text_field::{Shape, TextField, date_value};
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

/// What stands in the fields.
#[derive(Debug, Clone, Default)]
struct Entered {
    owner: String,
    due: Option<Date>,
}

impl Entered {
    fn msgs(&self, ids: &[RequirementId]) -> Vec<Msg> {
        let named = self.owner.trim();
        let msgs = ids.iter().flat_map(|id| {
            let owner = (!named.is_empty()).then(|| Msg::OwnerNamed(*id, named.into()));
            owner.into_iter().chain(self.due.map(|due| Msg::DueSet(*id, Some(due))))
        });
        msgs.collect()
    }
}

#[component]
pub(crate) fn Together(props: &TogetherProps) -> Html {
    let TogetherProps { kind, workbook, ids, is_disabled, dispatch } = props;
    // No state: a click may come faster than the page is rendered, and means what stands in the fields by then.
    let entered = use_mut_ref(Entered::default);
    let update = use_force_update();
    let filled = use_state_eq(|| 0);
    let Entered { owner, due } = entered.borrow().clone();
    let named = owner.trim();
    let replaced = ids.iter().filter(|id| {
        let answer = workbook.answer(**id);
        let has_owner = !named.is_empty() && !answer.owner.trim().is_empty() && answer.owner.trim() != named;
        has_owner || due.is_some_and(|due| answer.due.is_some_and(|held| held != due))
    });
    let replaced = replaced.count();
    let is_empty = named.is_empty() && due.is_none();
    let onclick = {
        let (kind, ids, dispatch) = (*kind, ids.clone(), dispatch.clone());
        let (entered, filled, update) = (entered.clone(), filled.setter(), update.clone());
        Callback::from(move |_: MouseEvent| {
            dispatch.send(Action::EditedTogether(kind, entered.take().msgs(&ids)));
            filled.set(ids.len());
            update.force_update();
        })
    };
    let on_owner = {
        let (entered, update) = (entered.clone(), update.clone());
        Callback::from(move |text| {
            entered.borrow_mut().owner = text;
            update.force_update();
        })
    };
    let on_due = Callback::from(move |text: String| {
        entered.borrow_mut().due = Date::parse(&text);
        update.force_update();
    });
    html! {
        <div class="together">
            <TextField label="责任人" name="together-owner" value={owner.clone()} list={OWNERS} is_disabled={*is_disabled} on_write={on_owner} />
            <TextField label="完成时限" name="together-due" value={date_value(due)} shape={Shape::Date}
                is_disabled={*is_disabled} on_write={on_due} />
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
