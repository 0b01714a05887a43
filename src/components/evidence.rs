//! The evidence entries of one answer.

use plan_checklist_domain::update::EntryField;
use plan_checklist_domain::{Date, Entry, EntryId, List, Msg};
use yew::prelude::*;

use crate::components::element::many;
use crate::components::field::{Field, Shape};
use crate::components::link::{Look, button};
use crate::components::requirement::{RequirementCardProps, writing};
use crate::store::{Action, Question};

/// Every entry, and the way to one more.
pub(crate) fn evidence(props: &RequirementCardProps) -> Html {
    let (kind, id) = (props.kind, props.requirement.id);
    let entries = props.answer.evidence().enumerate().map(|(position, (at, entry))| row(props, position, at, entry));
    let add = props.dispatch.on(Action::Edited(kind, Msg::EntryAdded(List::Evidence(id))));
    html! {
        <div class="evidence">
            { many("ol", "evidence__list", entries) }
            { button("＋ 添一条佐证", Look::plain("add-evidence").disabled(props.is_disabled), add) }
        </div>
    }
}

fn row(props: &RequirementCardProps, position: usize, at: EntryId, entry: &Entry) -> Html {
    let RequirementCardProps { kind, requirement, is_disabled, dispatch, .. } = props;
    let (id, is_disabled) = (requirement.id, *is_disabled);
    let list = List::Evidence(id);
    let key = at.0.to_string();
    let question = Question::RemoveEvidence(id, at);
    let is_asked = props.asked == Some(at);
    let remove = if is_asked || entry.is_blank() {
        Action::Edited(*kind, Msg::EntryRemoved(list, at, true))
    } else {
        Action::Asked(Some(question))
    };
    let keep = is_asked.then(|| button("保留", Look::quiet("keep-evidence"), dispatch.on(Action::Asked(None))));
    html! {
        <li key={key.clone()} class="evidence__entry">
            <Field label="是什么" name={format!("what-{id}-{key}")} value={(*entry.what).clone()} {is_disabled}
                class="evidence__what" placeholder="如：评估报告、会议纪要"
                on_write={writing(props, move |text| Msg::EntryWritten(list, at, EntryField::What(text)))} />
            <Field label="文号或链接" name={format!("reference-{id}-{key}")} value={(*entry.reference).clone()} {is_disabled}
                class="evidence__reference"
                on_write={writing(props, move |text| Msg::EntryWritten(list, at, EntryField::Reference(text)))} />
            <Field label="日期" name={format!("date-{id}-{key}")} value={date_value(*entry.date)} shape={Shape::Date} {is_disabled}
                class="evidence__date"
                on_write={writing(props, move |text| Msg::EntryWritten(list, at, EntryField::Date(Date::parse(&text))))} />
            <div class="evidence__actions">
                <button type="button" class="button button--quiet" data-action="remove-evidence" disabled={is_disabled} onclick={dispatch.on(remove)}
                    aria-label={format!("{}第 {} 条佐证", if is_asked { "确认移除" } else { "移除" }, position + 1)}>
                    { if is_asked { "确认移除" } else { "移除" } }
                </button>
                { many("span", "", keep) }
            </div>
        </li>
    }
}

/// What a date field shows.
pub(crate) fn date_value(date: Option<Date>) -> String {
    date.map_or_else(String::new, |date| date.to_string())
}
