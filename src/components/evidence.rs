//! The evidence entries of one answer.

use std::rc::Rc;

use plan_checklist_domain::update::EvidenceField;
use plan_checklist_domain::{Answer, Date, EntryId, Msg, RequirementId, UnitKind};
use yew::prelude::*;

use crate::components::field::{Field, Shape};
use crate::store::{edit, use_dispatch};

#[derive(Debug, Properties, PartialEq)]
pub(crate) struct EvidenceListProps {
    pub(crate) kind: UnitKind,
    pub(crate) id: RequirementId,
    pub(crate) answer: Rc<Answer>,
    pub(crate) is_disabled: bool,
}

#[component]
pub(crate) fn EvidenceList(props: &EvidenceListProps) -> Html {
    let EvidenceListProps { kind, id, is_disabled, .. } = *props;
    let dispatch = use_dispatch();
    // The entry whose removal waits for a second click.
    let doomed = use_state_eq(|| None::<EntryId>);

    let entries = props.answer.evidence().enumerate().map(|(position, (at, entry))| {
        let write = |field: fn(String) -> EvidenceField| {
            let dispatch = dispatch.clone();
            Callback::from(move |text| edit(&dispatch, kind, Msg::EvidenceWritten(id, at, field(text))))
        };
        let remove = {
            let (dispatch, doomed) = (dispatch.clone(), doomed.clone());
            let is_sure = entry.is_blank() || *doomed == Some(at);
            Callback::from(move |_: MouseEvent| {
                doomed.set((!is_sure).then_some(at));
                if is_sure {
                    edit(&dispatch, kind, Msg::EvidenceRemoved(id, at, true));
                }
            })
        };
        let keep = {
            let doomed = doomed.clone();
            Callback::from(move |_: MouseEvent| doomed.set(None))
        };
        let is_doomed = *doomed == Some(at);
        let key = at.0.to_string();
        html! {
            <li key={key.clone()} class="evidence__entry">
                <Field label="是什么" name={format!("what-{id}-{key}")} value={(*entry.what).clone()} {is_disabled}
                    class="evidence__what" placeholder="如：评估报告、会议纪要" on_write={write(EvidenceField::What)} />
                <Field label="文号或链接" name={format!("reference-{id}-{key}")} value={(*entry.reference).clone()} {is_disabled}
                    class="evidence__reference" on_write={write(EvidenceField::Reference)} />
                <Field label="日期" name={format!("date-{id}-{key}")} value={date_value(*entry.date)} shape={Shape::Date} {is_disabled}
                    class="evidence__date" on_write={write(|text| EvidenceField::Date(Date::parse(&text)))} />
                <div class="evidence__actions">
                    <button type="button" class="button button--quiet" disabled={is_disabled} onclick={remove}
                        aria-label={format!("移除第 {} 条佐证", position + 1)}>
                        { if is_doomed { "确认移除" } else { "移除" } }
                    </button>
                    <span>{ for is_doomed.then(|| html! {
                        <button type="button" class="button button--quiet" onclick={keep}>{ "保留" }</button>
                    }) }</span>
                </div>
            </li>
        }
    });
    let add = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| edit(&dispatch, kind, Msg::EvidenceAdded(id)))
    };
    html! {
        <div class="evidence">
            <ol class="evidence__list">{ for entries }</ol>
            <button type="button" class="button" data-action="add-evidence" disabled={is_disabled} onclick={add}>{ "＋ 添一条佐证" }</button>
        </div>
    }
}

/// What a date field shows.
pub(crate) fn date_value(date: Option<Date>) -> String {
    date.map_or_else(String::new, |date| date.to_string())
}
