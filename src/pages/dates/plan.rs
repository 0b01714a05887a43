//! 倒排工期: due dates proposed from the binding dates backwards, looked over, taken over as one; and the calendar file.

use std::rc::Rc;

use plan_checklist_domain::calendar::{CalendarItem, calendar, uid};
use plan_checklist_domain::history::Deed;
use plan_checklist_domain::schedule::{Basis, back_schedule, windows};
use plan_checklist_domain::shelf::Reason;
use plan_checklist_domain::{CATALOGUE, Date, EntryId, Msg, OwnDate, Requirement, RequirementId, Workbook};
use yew::prelude::*;

use super::edge;
use crate::components::element::{el, many};
use crate::components::evidence::date_value;
use crate::components::field::{Field, Shape};
use crate::components::link::{Look, button, p};
use crate::effects::{clock, download, storage};
use crate::store::{Action, Dispatch, Proposals, Store};
use crate::words;

pub(super) fn plan(store: &Store, workbook: &Workbook) -> Html {
    let lead = "从讲话的两个时限往回排，给每项要求建议一个完成时限：按阶段、按步骤先后，均匀排在工作日上（周一到周五，不含节假日调休）。这是建议，不是讲话要求；先看，再改，再用。";
    let body = match &store.proposal {
        None => {
            let propose = |is_all: bool, text: &'static str, look: Look| {
                let (held, kind) = (store.clone(), workbook.kind);
                let onclick = Callback::from(move |_: MouseEvent| {
                    let proposals = proposals(&held, held.workbook(kind), is_all);
                    Dispatch::of(&held).send(Action::proposed(Some(Rc::new(proposals))));
                });
                button(text, look.disabled(!store.is_restored), onclick)
            };
            let ways = vec![
                propose(false, "给没有时限的排一排", Look::primary("propose")),
                propose(true, "没落实的全部重排", Look::plain("propose-all")),
            ];
            many("p", "buttons needs-program", ways)
        }
        Some(proposals) => preview(store, workbook, proposals),
    };
    many("div", "stack", vec![p("page__lead", lead), body])
}

/// What is open gets a date; of what has one already, only if everything is to be dated anew.
fn proposals(store: &Store, workbook: &Workbook, is_all: bool) -> Proposals {
    let open = || CATALOGUE.requirements_for(workbook.kind).filter(|found| workbook.status(found.id).is_open());
    let plan = back_schedule(*workbook.cycle, &workbook.phase_dates(), open(), store.day());
    let dues = plan.dues.into_iter().filter(|(id, _)| is_all || workbook.answer(*id).due.is_none());
    dues.map(|(id, due)| (id, Some(due))).collect()
}

fn preview(store: &Store, workbook: &Workbook, proposals: &Rc<Proposals>) -> Html {
    let dispatch = Dispatch::of(store);
    let drop = dispatch.on::<MouseEvent>(Action::proposed(None));
    if proposals.is_empty() {
        let close = button("知道了", Look::plain("drop-plan"), drop);
        return many("div", "stack", vec![p("", "没落实的要求都有时限了，不用再排。"), el("p", "buttons", close)]);
    }
    let title = |requirement: &Requirement| workbook.cycle.reword(requirement.title(workbook.kind)).into_owned();
    let rows = proposals.iter().enumerate().filter_map(|(at, (id, due))| {
        let requirement = CATALOGUE.requirement(id.as_str())?;
        let (held, dispatch) = (proposals.clone(), dispatch.clone());
        let on_write = Callback::from(move |text: String| {
            let mut next = (*held).clone();
            next[at].1 = Date::parse(&text);
            dispatch.send(Action::proposed(Some(Rc::new(next))));
        });
        let now = *workbook.answer(*id).due;
        Some(html! {
            <tr key={id.as_str()} data-proposed={id.to_string()}>
                <th scope="row">{ title(requirement) }</th>
                <td>{ words::phase(requirement.phase) }</td>
                <td>{ now.map_or_else(|| "未定".into(), words::date) }</td>
                <td><Field label={format!("建议时限：{}", title(requirement))} name={format!("plan-{id}")} value={date_value(*due)} shape={Shape::Date} class="field--bare" {on_write} /></td>
            </tr>
        })
    });
    let windows = windows(*workbook.cycle, &workbook.phase_dates(), store.day());
    let assumed =
        windows.iter().filter(|window| window.end.basis == Basis::Assumed || window.start.basis == Basis::Assumed);
    let assumed = assumed.map(|window| {
        many(
            "li",
            "",
            vec![
                Html::from(format!("{}：", words::phase(window.phase))),
                edge(window.start),
                Html::from(" 至 "),
                edge(window.end),
            ],
        )
    });
    let count = proposals.iter().filter(|(_, due)| due.is_some()).count();
    let apply = {
        let (store, kind, proposals) = (store.clone(), workbook.kind, proposals.clone());
        Callback::from(move |_: MouseEvent| apply(&store, store.workbook(kind), &proposals))
    };
    let ways = vec![
        button(format!("用这 {count} 个时限"), Look::primary("apply-plan"), apply),
        button("不用了，什么都不改", Look::plain("drop-plan"), drop),
    ];
    html! {
        <div class="stack preview" data-plan={count.to_string()}>
            { p("", "依据：下面的阶段起止。没填过的动员部署、前期研究起止是推算的，用的时候会一并填上，作为本单位的日期，之后可以改。") }
            { many("ul", "plain-list", assumed) }
            <div class="scroll-x plan__list">
                <table class="table">
                    <thead><tr><th scope="col">{ "要求" }</th><th scope="col">{ "阶段" }</th><th scope="col">{ "现在" }</th><th scope="col">{ "建议（可改，清空就不动）" }</th></tr></thead>
                    { many("tbody", "", rows) }
                </table>
            </div>
            { many("p", "buttons", ways) }
        </div>
    }
}

/// Takes the proposals over, as one step that can be undone.
fn apply(store: &Store, workbook: &Workbook, proposals: &Proposals) {
    let dues = proposals.iter().filter_map(|(id, due)| Some(Msg::DueSet(*id, Some((*due)?))));
    let [mobilisation, research, ..] = windows(*workbook.cycle, &workbook.phase_dates(), store.day());
    let edges = [mobilisation.start, mobilisation.end, research.start, research.end];
    let edges = OwnDate::ALL.into_iter().zip(edges).filter(|(_, edge)| edge.basis == Basis::Assumed);
    let msgs = dues.chain(edges.map(|(which, edge)| Msg::OwnDateSet(which, Some(edge.date)))).collect();
    storage::snapshot(workbook, Reason::Schedule);
    let dispatch = Dispatch::of(store);
    dispatch.send(Action::applied(workbook.id, Deed::Schedule, msgs));
    dispatch.send(Action::proposed(None));
}

/// What goes into a calendar file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    All,
    Requirement(RequirementId),
    Milestone(EntryId),
}

pub(super) fn calendar_button(store: &Store, workbook: &Workbook, which: Which, text: &'static str) -> Html {
    let (store, kind) = (store.clone(), workbook.kind);
    let look = if which == Which::All { Look::plain("calendar") } else { Look::quiet("calendar") };
    let onclick = Callback::from(move |_: MouseEvent| {
        let workbook = store.workbook(kind);
        let text = file(workbook, which);
        if download::offer_as("text/calendar", &format!("{}-节点期限.ics", words::book(workbook)), &text).is_err() {
            Dispatch::of(&store).send(Action::NotDownloaded(text.into()));
        }
    });
    button(text, look, onclick)
}

/// The calendar file of what is dated and still open.
fn file(workbook: &Workbook, which: Which) -> String {
    let (book, name) = (workbook.id.to_string(), words::book(workbook));
    let mut found: Vec<(String, Date, String, String)> = Vec::new();
    for requirement in CATALOGUE.requirements_for(workbook.kind) {
        let id = requirement.id;
        let is_wanted = match which {
            Which::All => workbook.status(id).is_open(),
            Which::Requirement(wanted) => wanted == id,
            Which::Milestone(_) => false,
        };
        if let Some(due) = workbook.due(id).filter(|_| is_wanted) {
            let whose =
                if workbook.answer(id).due.is_some() { "时限由本单位定。" } else { "时限出自讲话。" };
            let title = workbook.cycle.reword(requirement.title(workbook.kind));
            found.push((uid(&book, id.as_str()), due, format!("规划自查：{title}"), format!("{name}。{whose}")));
        }
    }
    for (at, milestone) in workbook.milestones() {
        let is_wanted = which == Which::All || which == Which::Milestone(at);
        if let Some(date) = milestone.date.filter(|_| is_wanted) {
            let title = format!("规划节点：{}", milestone.name.trim());
            found.push((uid(&book, &at.0.to_string()), date, title, format!("{name}。本单位自定节点。")));
        }
    }
    let items: Vec<_> = found
        .iter()
        .map(|(uid, date, title, description)| CalendarItem { uid, date: *date, title, description })
        .collect();
    calendar(&format!("{name}规划编制节点"), &items, clock::now())
}
