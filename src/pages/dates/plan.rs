//! 倒排工期: due dates proposed from the binding dates backwards, looked over, taken over as one.

use plan_checklist_domain::dates::phases::{Basis, windows};
use plan_checklist_domain::dates::schedule::back_schedule;
use plan_checklist_domain::{Date, Msg, OwnDate, RequirementId, UnitKind, Workbook};
use yew::prelude::*;

use super::edge::edge;
use crate::components::button::{Button, ButtonStyle};
use crate::components::text_field::{Shape, TextField, date_value};
use crate::pages::page_props::PageOfKindProps;
use crate::store::{Action, BigChange, Store};
use crate::words;

/// Due dates that are looked over before they are taken over; `None` for a requirement whose date is to stay as it is.
type Proposals = Vec<(RequirementId, Option<Date>)>;

#[component]
pub(crate) fn Plan(props: &PageOfKindProps) -> Html {
    let PageOfKindProps { store, kind } = props;
    let workbook = store.workbook(*kind);
    let proposed = use_state_eq(|| None::<Proposals>);
    html! {
        <div class="stack">
            <p class="page__lead">
                { "从讲话的两个时限往回排，给每项要求建议一个完成时限：按阶段、按步骤先后，均匀排在工作日上（周一到周五，不含节假日调休）。这是建议，不是讲话要求；先看，再改，再用。" }
            </p>
            if let Some(proposals) = &*proposed {
                { preview(store, workbook, &proposed, proposals) }
            } else {
                { ways(store, *kind, &proposed) }
            }
        </div>
    }
}

type Proposed = UseStateHandle<Option<Proposals>>;

/// What can be proposed.
fn ways(store: &Store, kind: UnitKind, proposed: &Proposed) -> Html {
    let propose = |is_all| {
        let (store, proposed) = (store.clone(), proposed.setter());
        Callback::from(move |_| proposed.set(Some(proposals(&store, store.workbook(kind), is_all))))
    };
    let is_disabled = !store.is_editable(kind);
    html! {
        <p class="buttons needs-program">
            <Button action="propose" style={ButtonStyle::Primary} {is_disabled} onclick={propose(false)}>{ "给没有时限的排一排" }</Button>
            <Button action="propose-all" {is_disabled} onclick={propose(true)}>{ "没落实的全部重排" }</Button>
        </p>
    }
}

/// What is open gets a date; of what has one already, only if everything is to be dated anew.
fn proposals(store: &Store, workbook: &Workbook, is_all: bool) -> Proposals {
    let open = || store.catalogue.requirements_for(workbook.kind).filter(|found| workbook.status(found.id).is_open());
    let plan = back_schedule(*workbook.cycle, &workbook.phase_dates(), open(), store.day());
    let dues = plan.dues.into_iter().filter(|(id, _)| is_all || workbook.answer(*id).due.is_none());
    dues.map(|(id, due)| (id, Some(due))).collect()
}

fn preview(store: &Store, workbook: &Workbook, proposed: &Proposed, proposals: &Proposals) -> Html {
    let on_drop = {
        let proposed = proposed.setter();
        Callback::from(move |_| proposed.set(None))
    };
    if proposals.is_empty() {
        return html! {
            <div class="stack">
                <p>{ "没落实的要求都有时限了，不用再排。" }</p>
                <p class="buttons"><Button action="drop-plan" onclick={on_drop}>{ "知道了" }</Button></p>
            </div>
        };
    }
    let rows = (0..proposals.len()).filter_map(|at| row(store, workbook, proposed, proposals, at));
    let windows = windows(*workbook.cycle, &workbook.phase_dates(), store.day());
    let assumed =
        windows.iter().filter(|window| window.end.basis == Basis::Assumed || window.start.basis == Basis::Assumed);
    let assumed = assumed.map(|window| {
        let phase = words::phase(window.phase);
        html! { <li key={phase}>{ format!("{phase}：") }{ edge(window.start) }{ " 至 " }{ edge(window.end) }</li> }
    });
    let count = proposals.iter().filter(|(_, due)| due.is_some()).count();
    let on_apply = {
        let (store, kind, proposed, proposals) = (store.clone(), workbook.kind, proposed.setter(), proposals.clone());
        Callback::from(move |_| {
            apply(&store, store.workbook(kind), &proposals);
            proposed.set(None);
        })
    };
    html! {
        <div class="stack preview" data-plan={count.to_string()}>
            <p>{ "依据：下面的阶段起止。没填过的动员部署、前期研究起止是推算的，用的时候会一并填上，作为本单位的日期，之后可以改。" }</p>
            <ul class="plain-list">{ for assumed }</ul>
            <div class="scroll-x plan__list">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{ "要求" }</th>
                            <th scope="col">{ "阶段" }</th>
                            <th scope="col">{ "现在" }</th>
                            <th scope="col">{ "建议（可改，清空就不动）" }</th>
                        </tr>
                    </thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
            <p class="buttons">
                <Button action="apply-plan" style={ButtonStyle::Primary} onclick={on_apply}>{ format!("用这 {count} 个时限") }</Button>
                <Button action="drop-plan" onclick={on_drop}>{ "不用了，什么都不改" }</Button>
            </p>
        </div>
    }
}

fn row(store: &Store, workbook: &Workbook, proposed: &Proposed, proposals: &Proposals, at: usize) -> Option<Html> {
    let (id, due) = proposals[at];
    let requirement = store.catalogue.requirement(id.as_str())?;
    let title = workbook.cycle.reword(requirement.title(workbook.kind, *workbook.cycle));
    let now = *workbook.answer(id).due;
    let on_write = {
        let proposed = proposed.clone();
        Callback::from(move |text: String| {
            if let Some(mut next) = (*proposed).clone() {
                next[at].1 = Date::parse(&text);
                proposed.set(Some(next));
            }
        })
    };
    Some(html! {
        <tr key={id.as_str()} data-proposed={id.to_string()}>
            <th scope="row">{ title.clone() }</th>
            <td>{ words::phase(requirement.phase) }</td>
            <td>{ now.map_or_else(|| "未定".into(), Date::in_chinese) }</td>
            <td>
                <TextField label={format!("建议时限：{title}")} name={format!("plan-{id}")} value={date_value(due)}
                    shape={Shape::Date} class="field--bare" {on_write} />
            </td>
        </tr>
    })
}

/// Takes the proposals over, as one step that can be undone.
fn apply(store: &Store, workbook: &Workbook, proposals: &Proposals) {
    let dues = proposals.iter().filter_map(|(id, due)| Some(Msg::DueSet(*id, Some((*due)?))));
    let [mobilisation, research, ..] = windows(*workbook.cycle, &workbook.phase_dates(), store.day());
    let edges = [mobilisation.start, mobilisation.end, research.start, research.end];
    let edges = OwnDate::ALL.into_iter().zip(edges).filter(|(_, edge)| edge.basis == Basis::Assumed);
    let msgs = dues.chain(edges.map(|(which, edge)| Msg::OwnDateSet(which, Some(edge.date)))).collect();
    store.dispatch.send(Action::BigChangeWanted(BigChange::Schedule { id: workbook.id, msgs }));
}
