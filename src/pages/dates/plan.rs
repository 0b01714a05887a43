//! 倒排工期: due dates proposed from the binding dates backwards, looked over, taken over as one. Where those dates are past
//! or too near, between two days of the unit's own.

use plan_checklist_domain::dates::phases::{Basis, Edge, windows};
use plan_checklist_domain::dates::schedule::{Room, back_schedule, own_schedule, room};
use plan_checklist_domain::{Cycle, Date, Msg, OwnDate, Requirement, RequirementId, Workbook};
use yew::prelude::*;

use super::edge::edge;
use crate::components::button::{Button, ButtonStyle};
use crate::components::text_field::{Shape, TextField, date_value};
use crate::pages::page_props::PageOfKindProps;
use crate::store::{Action, BigChange, Store};
use crate::words;

/// How long a plan of the unit's own takes unless somebody says otherwise.
const USUAL_DAYS: i32 = 180;

/// What is looked over before it is taken over.
#[derive(Debug, Clone, PartialEq)]
struct Draft {
    /// What it was made for: it is no use for another cycle, or from another day on.
    made_for: (Cycle, Option<Date>),
    /// Whether everything open is dated anew, or only what has no date.
    is_all: bool,
    /// Why it keeps no binding date, and the first and last day it has instead.
    own: Option<(Room, [Option<Date>; 2])>,
    /// `None` for a requirement whose date is to stay as it is.
    dues: Vec<(RequirementId, Option<Date>)>,
}

#[component]
pub(crate) fn Plan(props: &PageOfKindProps) -> Html {
    let PageOfKindProps { store, kind } = props;
    let workbook = store.workbook(*kind);
    let draft = use_state_eq(|| None::<Draft>);
    let fitting = draft.as_ref().filter(|draft| draft.made_for == (*workbook.cycle, store.day()));
    html! {
        <div class="stack">
            <p class="page__lead">
                { "从讲话的两个时限往回排，给每项要求建议一个完成时限：按阶段、按步骤先后，均匀排在工作日上（周一到周五，不含节假日调休）。不排到今天以前。这是建议，不是讲话要求；先看，再改，再用。" }
            </p>
            if let Some(fitting) = fitting {
                { preview(store, workbook, &draft, fitting) }
            } else {
                { ways(store, workbook, &draft) }
            }
        </div>
    }
}

type DraftHandle = UseStateHandle<Option<Draft>>;

/// What can be proposed.
fn ways(store: &Store, workbook: &Workbook, draft: &DraftHandle) -> Html {
    let propose = |is_all| {
        let (store, draft, kind) = (store.clone(), draft.setter(), workbook.kind);
        Callback::from(move |_| draft.set(Some(propose(&store, store.workbook(kind), is_all))))
    };
    let count = |is_all| planned(store, workbook, is_all).count();
    let is_disabled = !store.is_editable(workbook.kind);
    html! {
        <p class="buttons needs-program">
            <Button action="propose" style={ButtonStyle::Primary} {is_disabled} onclick={propose(false)}>
                { format!("给没有时限的 {} 项排一排", count(false)) }
            </Button>
            <Button action="propose-all" {is_disabled} onclick={propose(true)}>
                { format!("没落实的 {} 项全部重排", count(true)) }
            </Button>
        </p>
    }
}

/// What is open and gets a date; of what has one already, only if everything is to be dated anew.
fn planned<'a>(
    store: &Store,
    workbook: &'a Workbook,
    is_all: bool,
) -> impl Iterator<Item = &'static Requirement> + use<'a> {
    let asked = store.catalogue.requirements_for(workbook.kind);
    let open = asked.filter(|found| workbook.status(found.id).is_open());
    open.filter(move |found| is_all || workbook.answer(found.id).due.is_none())
}

fn propose(store: &Store, workbook: &Workbook, is_all: bool) -> Draft {
    let (cycle, day) = (*workbook.cycle, store.day());
    let asked = || planned(store, workbook, is_all);
    let room = day.map_or(Room::Enough, |day| room(cycle, asked(), day));
    if let (Some(day), Room::TooNear { .. } | Room::Past { .. }) = (day, room) {
        return between(store, workbook, is_all, room, [Some(day), Some(usual_end(cycle, asked().count(), day))]);
    }
    // What has a date already takes up its own workdays too.
    let all = planned(store, workbook, true);
    let dues = back_schedule(cycle, &workbook.phase_dates(), all, day).dues;
    let is_planned = |id| asked().any(|found| found.id == id);
    let dues = dues.into_iter().filter(|(id, _)| is_planned(*id)).map(|(id, due)| (id, Some(due))).collect();
    Draft { made_for: (cycle, day), is_all, own: None, dues }
}

/// The last binding date, where it leaves a workday for each; else half a year from now.
fn usual_end(cycle: Cycle, count: usize, day: Date) -> Date {
    let by = cycle.approval_by();
    let count = i32::try_from(count).unwrap_or(i32::MAX);
    // Five workdays are seven days.
    if day.days_until(by) >= count.saturating_mul(7) / 5 { by } else { day.add_days(USUAL_DAYS) }
}

/// A plan of the unit's own; nothing is proposed until both days are given, in their order.
fn between(store: &Store, workbook: &Workbook, is_all: bool, why: Room, days: [Option<Date>; 2]) -> Draft {
    let (cycle, day) = (*workbook.cycle, store.day());
    let dues = match days {
        // Not before the day, whatever was entered.
        [Some(start), Some(end)] if start.max(day.unwrap_or(start)) <= end => {
            own_schedule(cycle, planned(store, workbook, is_all), start.max(day.unwrap_or(start)), end)
        }
        _ => Vec::new(),
    };
    let dues = dues.into_iter().map(|(id, due)| (id, Some(due))).collect();
    Draft { made_for: (cycle, day), is_all, own: Some((why, days)), dues }
}

fn preview(store: &Store, workbook: &Workbook, handle: &DraftHandle, draft: &Draft) -> Html {
    let on_drop = {
        let handle = handle.setter();
        Callback::from(move |_| handle.set(None))
    };
    if draft.dues.is_empty() && draft.own.is_none() {
        return html! {
            <div class="stack">
                <p>{ "没落实的要求都有时限了，不用再排。" }</p>
                <p class="buttons"><Button action="drop-plan" onclick={on_drop}>{ "知道了" }</Button></p>
            </div>
        };
    }
    let rows = (0..draft.dues.len()).filter_map(|at| row(store, workbook, handle, draft, at));
    let msgs = changes(workbook, draft);
    let count = msgs.iter().filter(|msg| matches!(msg, Msg::DueSet(..))).count();
    let phases = msgs.len() - count;
    let what = match (count, phases) {
        (0, 0) => "没有要改的".into(),
        (_, 0) => format!("用这 {count} 个时限"),
        (0, _) => format!("填上 {phases} 个阶段起止日期"),
        _ => format!("用这 {count} 个时限，填上 {phases} 个阶段起止日期"),
    };
    let on_apply = {
        let (dispatch, handle, id) = (store.dispatch.clone(), handle.setter(), workbook.id);
        let is_any = !msgs.is_empty();
        Callback::from(move |_| {
            if is_any {
                dispatch.send(Action::BigChangeWanted(BigChange::Schedule { id, msgs: msgs.clone() }));
            }
            handle.set(None);
        })
    };
    html! {
        <div class="stack preview" data-plan={count.to_string()}>
            <div>
                if let Some((why, days)) = draft.own {
                    { own_days(store, workbook, handle, draft.is_all, why, days) }
                } else {
                    { basis(workbook, draft) }
                }
            </div>
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
                <Button action="apply-plan" style={ButtonStyle::Primary} is_disabled={count + phases == 0} onclick={on_apply}>{ what }</Button>
                <Button action="drop-plan" onclick={on_drop}>{ "不用了，什么都不改" }</Button>
            </p>
        </div>
    }
}

/// The phases it was laid into.
fn basis(workbook: &Workbook, draft: &Draft) -> Html {
    let windows = windows(*workbook.cycle, &workbook.phase_dates(), draft.made_for.1);
    let assumed =
        windows.iter().filter(|window| window.end.basis == Basis::Assumed || window.start.basis == Basis::Assumed);
    let assumed = assumed.map(|window| {
        let phase = words::phase(window.phase);
        html! { <li key={phase}>{ format!("{phase}：") }{ edge(window.start) }{ " 至 " }{ edge(window.end) }</li> }
    });
    html! {
        <>
            <p>{ "依据：下面的阶段起止。没填过的动员部署、前期研究起止是推算的，用的时候会一并填上，作为本单位的日期，之后可以改。" }</p>
            <ul class="plain-list">{ for assumed }</ul>
        </>
    }
}

/// Why the binding dates cannot be kept, and the days of the unit's own instead.
fn own_days(
    store: &Store,
    workbook: &Workbook,
    handle: &DraftHandle,
    is_all: bool,
    why: Room,
    days: [Option<Date>; 2],
) -> Html {
    let cycle = workbook.cycle.name();
    let reason = match why {
        Room::Past { by } => {
            format!("讲话给{cycle}规划定的{}已经过了，照它倒排，排出来的都是过去的日子。", by.in_chinese())
        }
        Room::TooNear { by, workdays, requirements } => format!(
            "离讲话给{cycle}规划定的{}只剩 {workdays} 个工作日，要在那之前落实的有 {requirements} 项，一天一项也排不下。",
            by.in_chinese()
        ),
        Room::Enough => String::new(),
    };
    let [start, end] = days;
    let field = |at: usize, label: &'static str, name: &'static str| {
        let (store, handle, kind) = (store.clone(), handle.setter(), workbook.kind);
        let on_write = Callback::from(move |text: String| {
            let mut days = days;
            days[at] = Date::parse(&text);
            handle.set(Some(between(&store, store.workbook(kind), is_all, why, days)));
        });
        html! { <TextField {label} {name} value={date_value(days[at])} shape={Shape::Date} {on_write} /> }
    };
    let problem = match (start, end, store.day()) {
        (Some(start), _, Some(day)) if start < day => "开始早于现在，从现在排起。",
        (Some(start), Some(end), _) if end < start => "结束早于开始，请核对。",
        (Some(_), Some(_), _) => "",
        _ => "开始和结束都填上，才能排。",
    };
    html! {
        <div class="stack" data-own-plan="true">
            <p class="attention">{ reason }{ "请定一个本单位的起止，按阶段、按步骤先后均匀排在中间：" }</p>
            <div class="plan__own">
                { field(0, "从哪天开始", "plan-start") }
                { field(1, "到哪天结束", "plan-end") }
                <span role="status">{ problem }</span>
            </div>
        </div>
    }
}

fn row(store: &Store, workbook: &Workbook, handle: &DraftHandle, draft: &Draft, at: usize) -> Option<Html> {
    let (id, due) = draft.dues[at];
    let requirement = store.catalogue.requirement(id.as_str())?;
    let title = workbook.cycle.reword(requirement.title(workbook.kind, *workbook.cycle));
    let now = *workbook.answer(id).due;
    let on_write = {
        let handle = handle.clone();
        Callback::from(move |text: String| {
            if let Some(mut next) = (*handle).clone() {
                next.dues[at].1 = Date::parse(&text);
                handle.set(Some(next));
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

/// What taking it over changes, as one step that can be undone.
fn changes(workbook: &Workbook, draft: &Draft) -> Vec<Msg> {
    let dues = draft.dues.iter().filter_map(|(id, due)| Some((*id, (*due)?)));
    let dues = dues.filter(|(id, due)| *workbook.answer(*id).due != Some(*due));
    let dues = dues.map(|(id, due)| Msg::DueSet(id, Some(due)));
    let (cycle, day) = draft.made_for;
    let [mobilisation, research, ..] = windows(cycle, &workbook.phase_dates(), day);
    let edges = [mobilisation.start, mobilisation.end, research.start, research.end];
    let is_new = |edge: &Edge| edge.basis == Basis::Assumed && day.is_none_or(|day| day <= edge.date);
    let edges = OwnDate::ALL.into_iter().zip(edges).filter(|(_, edge)| draft.own.is_none() && is_new(edge));
    dues.chain(edges.map(|(which, edge)| Msg::OwnDateSet(which, Some(edge.date)))).collect()
}
