//! 自定节点: dates the unit sets itself, and what is to be done by then.

use plan_checklist_domain::workbook::update::EntryValue;
use plan_checklist_domain::{Date, Entry, EntryId, List, Msg, RequirementId, Urgency, Workbook};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::urgency_tag::urgency_tag;
use crate::components::button::{Button, ButtonStyle};
use crate::components::calendar::{Which, calendar_button};
use crate::components::text_field::{Shape, TextField, date_value};
use crate::effects::scroll;
use crate::store::{Action, Store};

/// The list they stand in.
const LIST: &str = "milestones";

pub(super) fn milestones(store: &Store, workbook: &Workbook) -> Html {
    let on_edit = {
        let (kind, dispatch) = (workbook.kind, store.dispatch.clone());
        Callback::from(move |msg| dispatch.send(Action::Edited(kind, msg)))
    };
    let rows: Vec<Html> = workbook
        .milestones(store.catalogue)
        .filter_map(|(at, _)| Some(row(store, workbook, at, workbook.entry(List::Milestones, at)?, &on_edit)))
        .collect();
    let on_add = {
        let (kind, dispatch) = (workbook.kind, store.dispatch.clone());
        Callback::from(move |_: MouseEvent| {
            dispatch.send(Action::Edited(kind, Msg::EntryAdded(List::Milestones, String::new())));
            let state = dispatch.state();
            let added = state.workbook(kind).milestones(state.catalogue).map(|(at, _)| at).max();
            if let Some(at) = added {
                scroll::focus_once_added(LIST, name_field(at));
            }
        })
    };
    html! {
        <div class="stack">
            <div>
                if rows.is_empty() {
                    <p class="page__lead">{ "还没有自定节点。先把全市方案定的节点填上，方案没有的再自己加，如：基本思路上会、征求意见截止、送审稿上报。" }</p>
                }
            </div>
            <ol id={LIST} class="milestones">{ for rows }</ol>
            <p class="needs-program">
                <Button action="add-milestone" is_disabled={!store.is_editable(workbook.kind)} onclick={on_add}>{ "＋ 添一个节点" }</Button>
            </p>
        </div>
    }
}

/// The field of a milestone's name.
fn name_field(at: EntryId) -> String {
    format!("milestone-{}", at.0)
}

fn row(store: &Store, workbook: &Workbook, at: EntryId, entry: &Entry, on_edit: &Callback<Msg>) -> Html {
    let is_disabled = !store.is_editable(workbook.kind);
    let key = at.0.to_string();
    let milestone = entry.milestone(store.catalogue);
    let write = |field: fn(String) -> EntryValue| {
        on_edit.reform(move |text: String| Msg::EntryWritten(List::Milestones, at, field(text)))
    };
    let on_remove = on_edit.reform(move |_: MouseEvent| Msg::EntryRemoved(List::Milestones, at, true));
    let urgency = store
        .as_of(workbook)
        .map(|day| urgency_tag(Urgency::of_milestone(&milestone, day, |id| workbook.status(id).is_open())));
    let summary = match milestone.requirements.len() {
        0 => "到时要完成哪些要求（可不选）".to_owned(),
        count => format!("到时要完成 {count} 项要求"),
    };
    html! {
        <li key={key.clone()} class="milestone" data-milestone={key.clone()}>
            <div class="milestone__row">
                <TextField label="节点名称" name={name_field(at)} value={(*entry.what).clone()} {is_disabled}
                    class="milestone__name" placeholder="如：基本思路上会" on_write={write(EntryValue::What)} />
                <TextField label="日期" name={format!("milestone-date-{key}")} value={date_value(*entry.date)} shape={Shape::Date}
                    {is_disabled} class="milestone__date" on_write={write(|text| EntryValue::Date(Date::parse(&text)))} />
                <span class="milestone__state">{ urgency }</span>
            </div>
            <details class="milestone__what">
                <summary>{ summary }</summary>
                <div class="milestone__steps">
                    { for picker(store, workbook, at, entry, &milestone.requirements, on_edit) }
                    <p key="hint" class="dates__hint">{ "勾选以后，这些要求都落实了，节点就算完成。" }</p>
                </div>
            </details>
            <p class="buttons needs-program">
                <span>
                    if milestone.date.is_some() {
                        { calendar_button(store, workbook, Which::Milestone(at), "加到日历") }
                    }
                </span>
                <Button action="remove-milestone" style={ButtonStyle::Quiet} {is_disabled} onclick={on_remove}>{ "移除" }</Button>
            </p>
        </li>
    }
}

/// A box to tick for every requirement, by step.
fn picker(
    store: &Store,
    workbook: &Workbook,
    at: EntryId,
    entry: &Entry,
    chosen: &[RequirementId],
    on_edit: &Callback<Msg>,
) -> Vec<Html> {
    let steps = store.catalogue.steps.iter().map(|step| {
        let boxes = step.requirements_for(workbook.kind).map(|requirement| {
            let (id, held) = (requirement.id, (*entry.reference).clone());
            let onchange = on_edit.reform(move |event: Event| {
                let is_on = event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked());
                // What this catalogue does not know stays named.
                let mut ids: Vec<&str> = held.split_whitespace().filter(|other| *other != id.as_str()).collect();
                if is_on {
                    ids.push(id.as_str());
                }
                Msg::EntryWritten(List::Milestones, at, EntryValue::Reference(ids.join(" ")))
            });
            html! {
                <label key={id.as_str()} class="option">
                    <input type="checkbox" value={id.to_string()} checked={chosen.contains(&id)} disabled={!store.is_editable(workbook.kind)}
                        autocomplete="off" {onchange} />
                    { workbook.cycle.reword(requirement.title(workbook.kind, *workbook.cycle)) }
                </label>
            }
        });
        html! {
            <fieldset key={step.id.as_str()} class="milestone__step"><legend>{ step.title.as_str() }</legend>{ for boxes }</fieldset>
        }
    });
    steps.collect()
}
