//! 自定节点: dates the unit sets itself, and what is to be done by then.

use plan_checklist_domain::update::EntryField;
use plan_checklist_domain::{CATALOGUE, Date, Entry, EntryId, List, Msg, RequirementId, Urgency, Workbook};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{plan, urgency_tag, writing};
use crate::components::element::{el, many};
use crate::components::evidence::date_value;
use crate::components::field::{Field, Shape};
use crate::components::link::{Look, button, p};
use crate::store::{Action, Dispatch, Store};

pub(super) fn milestones(store: &Store, workbook: &Workbook) -> Html {
    let rows = workbook.milestones().map(|(at, _)| at).filter_map(|at| {
        let entry = workbook.entry(List::Milestones, at)?;
        Some(row(store, workbook, at, entry))
    });
    let rows: Vec<Html> = rows.collect();
    let none = rows.is_empty().then(|| p("page__lead", "还没有自定节点。如：基本思路上会、征求意见截止、送审稿上报。"));
    let add = Dispatch::of(store).on(Action::Edited(workbook.kind, Msg::EntryAdded(List::Milestones)));
    html! {
        <div class="stack">
            { many("div", "", none) }
            { many("ol", "milestones", rows) }
            <p class="needs-program">{ button("＋ 添一个节点", Look::plain("add-milestone").disabled(!store.is_restored), add) }</p>
        </div>
    }
}

fn row(store: &Store, workbook: &Workbook, at: EntryId, entry: &Entry) -> Html {
    let is_disabled = !store.is_restored;
    let key = at.0.to_string();
    let milestone = entry.milestone();
    let write = |field: fn(String) -> EntryField| {
        writing(store, workbook, move |text| Msg::EntryWritten(List::Milestones, at, field(text)))
    };
    let state = store.as_of(workbook).map(|day| {
        let urgency = Urgency::of_milestone(&milestone, day, |id| workbook.status(id).is_open());
        urgency_tag(urgency)
    });
    let calendar =
        milestone.date.map(|_| plan::calendar_button(store, workbook, plan::Which::Milestone(at), "加到日历"));
    let remove = Dispatch::of(store).on(Action::Edited(workbook.kind, Msg::EntryRemoved(List::Milestones, at, true)));
    let count = milestone.requirements.len();
    let summary = if count == 0 {
        "到时要完成哪些要求（可不选）".into()
    } else {
        format!("到时要完成 {count} 项要求")
    };
    html! {
        <li key={key.clone()} class="milestone" data-milestone={key.clone()}>
            <div class="milestone__row">
                <Field label="节点名称" name={format!("milestone-{key}")} value={(*entry.what).clone()} {is_disabled} class="milestone__name"
                    placeholder="如：基本思路上会" on_write={write(EntryField::What)} />
                <Field label="日期" name={format!("milestone-date-{key}")} value={date_value(*entry.date)} shape={Shape::Date} {is_disabled}
                    class="milestone__date" on_write={write(|text| EntryField::Date(Date::parse(&text)))} />
                { many("span", "milestone__state", state) }
            </div>
            <details class="milestone__what">
                <summary>{ summary }</summary>
                { many("div", "milestone__steps", picker(store, workbook, at, entry, &milestone.requirements)) }
            </details>
            <p class="buttons needs-program">
                { many("span", "", calendar) }
                { button("移除", Look::quiet("remove-milestone").disabled(is_disabled), remove) }
            </p>
        </li>
    }
}

/// A box to tick for every requirement, by step.
fn picker(store: &Store, workbook: &Workbook, at: EntryId, entry: &Entry, chosen: &[RequirementId]) -> Vec<Html> {
    let steps = CATALOGUE.steps.iter().map(|step| {
        let boxes = step.requirements_for(workbook.kind).map(|requirement| {
            let (id, held) = (requirement.id, (*entry.reference).clone());
            let write = writing(store, workbook, move |text| {
                Msg::EntryWritten(List::Milestones, at, EntryField::Reference(text))
            });
            let onchange = Callback::from(move |event: Event| {
                let is_on = event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked());
                // What this catalogue does not know stays named.
                let mut ids: Vec<&str> = held.split_whitespace().filter(|other| *other != id.as_str()).collect();
                if is_on {
                    ids.push(id.as_str());
                }
                write.emit(ids.join(" "));
            });
            html! {
                <label key={id.as_str()} class="option"><input type="checkbox" value={id.to_string()} checked={chosen.contains(&id)} disabled={!store.is_restored} autocomplete="off" {onchange} />{ workbook.cycle.reword(requirement.title(workbook.kind)) }</label>
            }
        });
        html! {
            <fieldset key={step.id} class="milestone__step"><legend>{ step.title }</legend>{ for boxes }</fieldset>
        }
    });
    steps.chain([el("p", "dates__hint", "勾选以后，这些要求都落实了，节点就算完成。")]).collect()
}
