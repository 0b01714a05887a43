//! The evidence entries of one answer.

use plan_checklist_domain::update::EntryField;
use plan_checklist_domain::{Date, Entry, EntryId, List, Msg};
use yew::prelude::*;

use crate::components::element::many;
use crate::components::field::{FieldProps, Shape, field};
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
    let what = field(FieldProps {
        label: "是什么".into(),
        name: format!("what-{id}-{key}").into(),
        value: (*entry.what).clone().into(),
        is_disabled,
        class: "evidence__what",
        placeholder: Some("如：评估报告、会议纪要".into()),
        on_write: writing(props, move |text| Msg::EntryWritten(list, at, EntryField::What(text))),
        ..FieldProps::default()
    });
    let reference = field(FieldProps {
        label: "文号或链接".into(),
        name: format!("reference-{id}-{key}").into(),
        value: (*entry.reference).clone().into(),
        is_disabled,
        class: "evidence__reference",
        on_write: writing(props, move |text| Msg::EntryWritten(list, at, EntryField::Reference(text))),
        ..FieldProps::default()
    });
    let date = field(FieldProps {
        label: "日期".into(),
        name: format!("date-{id}-{key}").into(),
        value: date_value(*entry.date).into(),
        shape: Shape::Date,
        is_disabled,
        class: "evidence__date",
        on_write: writing(props, move |text| Msg::EntryWritten(list, at, EntryField::Date(Date::parse(&text)))),
        ..FieldProps::default()
    });
    html! {
        <li key={key.clone()} class="evidence__entry">
            { what }
            { reference }
            { date }
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
