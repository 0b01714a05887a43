//! 四个阶段: the four phases with their dates, and what is odd about them.

use plan_checklist_domain::Phase;
use plan_checklist_domain::dates::milestone::Milestone;
use plan_checklist_domain::dates::phases::{Basis, Edge, Window, windows};
use plan_checklist_domain::dates::warnings::{Warning, warnings};
use plan_checklist_domain::{Date, Msg, OwnDate, Pressing, Status, Tally, Workbook};
use yew::prelude::*;

use super::edge::edge;
use crate::components::text_field::{Shape, TextField, date_value};
use crate::store::{Action, Store};
use crate::words;

/// The most requirements due too late that are named one by one.
const MOST_LATE: usize = 5;

/// How far each phase has come.
pub(super) fn progress(store: &Store, workbook: &Workbook) -> [Tally; 4] {
    Phase::ALL.map(|phase| {
        let asked = store.catalogue.requirements_for(workbook.kind);
        Tally::of(workbook, asked.filter(|requirement| requirement.phase == phase))
    })
}

pub(super) fn phases(store: &Store, workbook: &Workbook) -> Html {
    let (cycle, own) = (*workbook.cycle, workbook.phase_dates());
    let rows = windows(cycle, &own, None).into_iter().zip(progress(store, workbook));
    let rows = rows.map(|(window, tally)| row(store, workbook, window, &tally));
    let milestones: Vec<Milestone> = workbook.milestones(store.catalogue).map(|(_, milestone)| milestone).collect();
    let own_dues = store.catalogue.requirements_for(workbook.kind);
    let own_dues = own_dues.filter_map(|found| Some((found, (*workbook.answer(found.id).due)?)));
    let found = warnings(store.catalogue, cycle, &own, &milestones, own_dues);
    // A plan of the unit's own, after the binding dates, is meant: that is one sentence, not one for each requirement.
    let (late, others): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|warning| matches!(warning, Warning::DueTooLate { .. }));
    let (late, folded) = if late.len() > MOST_LATE { (Vec::new(), late.len()) } else { (late, 0) };
    let found = others.into_iter().chain(late);
    let found = found.map(|warning| html! { <li>{ describe(store, &warning, workbook, &milestones) }</li> });
    html! {
        <div class="stack">
            <p class="page__lead">
                { "标“讲话”的是讲话给全市定的时限，按规划期推出来，不能改。动员部署、前期研究，讲话没有定日子：先按全市方案填，方案没有定的由本单位定，没填的按建议推算。各项要求放在哪个阶段，是我们的建议。" }
            </p>
            <div class="scroll-x">
                <table class="table phases">
                    <thead>
                        <tr>
                            <th scope="col">{ "阶段" }</th>
                            <th scope="col">{ "开始" }</th>
                            <th scope="col">{ "结束" }</th>
                            <th scope="col">{ "要求" }</th>
                        </tr>
                    </thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
            <ul class="plain-list attention" data-warnings="true">
                { for found }
                if folded > 0 {
                    <li key="folded">{ format!("有 {folded} 项的完成时限晚于所在阶段的期限。本单位另有安排的，不用管。") }</li>
                }
            </ul>
        </div>
    }
}

fn row(store: &Store, workbook: &Workbook, Window { phase, start, end }: Window, tally: &Tally) -> Html {
    let input = |which, label, shown| own_date(store, workbook, which, label, shown);
    let (from, to) = match phase {
        Phase::Mobilisation => (
            input(OwnDate::MobilisationStart, "动员部署开始", start),
            input(OwnDate::MobilisationEnd, "动员部署结束", end),
        ),
        Phase::Research => {
            (input(OwnDate::ResearchStart, "前期研究开始", start), input(OwnDate::ResearchEnd, "前期研究结束", end))
        }
        Phase::Drafting | Phase::Approval => (edge(start), edge(end)),
    };
    let late = store.as_of(workbook).and_then(|day| {
        let asked = store.catalogue.requirements_for(workbook.kind).filter(|requirement| requirement.phase == phase);
        words::pressing(Pressing::of(workbook, asked, day))
    });
    html! {
        <tr key={words::phase(phase)} class="phase">
            <th scope="row">{ words::phase(phase) }</th>
            <td>{ from }</td>
            <td>{ to }</td>
            <td>
                { format!("{} 项，已落实 {}", tally.applicable(), tally.count(Status::Done)) }
                <span class="task__late">{ late.map(|late| format!("；{late}")) }</span>
            </td>
        </tr>
    }
}

/// A date the unit sets, and what is assumed as long as it has not.
fn own_date(store: &Store, workbook: &Workbook, which: OwnDate, label: &'static str, shown: Edge) -> Html {
    let (kind, dispatch) = (workbook.kind, store.dispatch.clone());
    let on_write = Callback::from(move |text: String| {
        dispatch.send(Action::Edited(kind, Msg::OwnDateSet(which, Date::parse(&text))));
    });
    html! {
        <div class={classes!("dates__own", (shown.basis == Basis::Assumed).then_some("dates__own--assumed"))}>
            <TextField {label} name={which.as_str()} value={date_value(**workbook.own_date(which))} shape={Shape::Date}
                class="field--bare" is_disabled={!store.is_editable(workbook.kind)} {on_write} />
            <span class="dates__assumed">
                if shown.basis == Basis::Assumed {
                    { edge(shown) }
                }
            </span>
        </div>
    }
}

/// What is odd about an entered date, and why.
fn describe(store: &Store, warning: &Warning, workbook: &Workbook, milestones: &[Milestone]) -> String {
    let whose = |edge: &Edge| match edge.basis {
        Basis::Speech => "讲话给全市定的时限",
        Basis::Own | Basis::Assumed => "本单位填的结束日期",
    };
    let limit = |phase: Phase, edge: &Edge| {
        format!("{}的期限是{}（{}）", words::phase(phase), edge.date.in_chinese(), whose(edge))
    };
    match warning {
        Warning::EndBeforeStart(phase) => format!("{}：结束早于开始，请核对。", words::phase(*phase)),
        Warning::PhasesSwapped => "前期研究排到了动员部署前面，和讲话说的四个阶段次序不一致，请核对。".into(),
        Warning::PhaseTooLate { phase, limit } => format!(
            "{}排到了{}之后：讲话要求全市那天之前就提出总体思路、主要目标、重点任务。",
            words::phase(*phase),
            limit.date.in_chinese()
        ),
        Warning::MilestoneTooLate { at, phase, limit: edge } => {
            let name = milestones.get(*at).map_or("", |milestone| milestone.name.trim());
            format!("自定节点“{name}”晚了：{}。", limit(*phase, edge))
        }
        Warning::DueTooLate { id, phase, limit: edge } => {
            let title = store
                .catalogue
                .requirement(id.as_str())
                .map_or("", |found| found.title(workbook.kind, *workbook.cycle));
            format!("“{}”的完成时限晚了：{}。", workbook.cycle.reword(title), limit(*phase, edge))
        }
    }
}
