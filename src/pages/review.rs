//! The review: what is still missing before the workbook is handed in.

use plan_checklist_domain::checking::review::review as look_through;
use plan_checklist_domain::{Date, Requirement, Status, Tally, UnitKind};
use yew::prelude::*;

use crate::components::backup::reminder;
use crate::components::empty_note::empty_note;
use crate::components::findings::{finding, finding_list, findings};
use crate::components::late_milestones::late_milestones;
use crate::components::link::link;
use crate::components::page_head::book_head;
use crate::components::prerequisites::prerequisites;
use crate::components::section::section_of;
use crate::components::step_table::{StepRow, step_table};
use crate::components::summary::summary;
use crate::components::unit_names::{signature, unit_names};
use crate::route::{Route, Target};
use crate::store::Store;

/// The most requirements nobody has looked at that are listed without being asked for.
const SHORT: usize = 12;

pub(crate) fn review(store: &Store, kind: UnitKind) -> Html {
    let workbook = store.workbook(kind);
    let tally = Tally::of_workbook(store.catalogue, workbook);
    let review = look_through(store.catalogue, workbook, store.as_of(workbook));

    let dated = |list: &[(&'static Requirement, Date)]| -> Vec<Found> {
        list.iter().map(|(requirement, due)| (*requirement, Some(format!("应于{}前完成", due.in_chinese())))).collect()
    };
    let plain =
        |list: &[&'static Requirement]| -> Vec<Found> { list.iter().map(|requirement| (*requirement, None)).collect() };
    let groups = [
        ("overdue", "逾期", "过了完成时限，还没落实。", dated(&review.overdue)),
        ("near", "临近", "快到完成时限，还没落实。", dated(&review.near)),
        ("without-reason", "不适用，缺理由", "写明为什么不适用，才算核对完。", plain(&review.without_reason)),
        (
            "without-evidence",
            "已落实，缺佐证",
            "已计入“已落实”，但还没有登记佐证，补一条。",
            plain(&review.without_evidence),
        ),
        ("not-started", "未启动", "核对过，工作还没有开始。", plain(&review.not_started)),
        ("in-progress", "推进中", "正在做，还没有做完。", plain(&review.in_progress)),
        ("unchecked", "未核对", "还没有人看过，不等于没有做。", plain(&review.unchecked)),
    ];
    let groups = groups.into_iter().filter(|(.., found)| !found.is_empty());
    let groups = groups.map(|(id, title, hint, found)| group(store, kind, id, title, hint, found));
    let steps = store.catalogue.steps.iter().enumerate().map(|(position, step)| StepRow {
        step,
        title: link(store, Route::Step(kind, position), "", step.title.as_str()),
        tally: Tally::of_step(workbook, step),
    });
    let filler = workbook.filler.trim();
    let filler = (!filler.is_empty()).then(|| format!("填表人：{filler}"));
    html! {
        <div class="page">
            { book_head(store, kind, filler.as_deref(), "核对结果", html! {
                <p class="page__lead review__verdict">{ verdict(&tally) }</p>
            }) }
            { signature(store, kind) }
            { summary(&tally, "") }
            <div>
                if workbook.is_blank() {
                    { empty_note(store, link(store, Route::Step(kind, 0), "", "从第一项开始")) }
                }
            </div>
            { reminder(store, workbook) }
            { section_of("by-step", "by-step", "各步骤", step_table(steps)) }
            <div class="review__groups">{ late_milestones(store, kind) }{ prerequisites(store, kind) }</div>
            <div class="review__groups">{ for groups }</div>
            { unit_names(store, kind) }
        </div>
    }
}

/// A requirement that is not in order, and what there is to say about it.
type Found = (&'static Requirement, Option<String>);

fn group(
    store: &Store,
    kind: UnitKind,
    id: &'static str,
    title: &'static str,
    hint: &'static str,
    found: Vec<Found>,
) -> Html {
    let count = found.len();
    let list = finding_list(found.into_iter().map(|(requirement, more)| row(store, kind, requirement, more)));
    let list = if id == "unchecked" && count > SHORT {
        html! {
            <details class="print-open">
                <summary class="findings__more">{ "看是哪几项" }</summary>
                { list }
            </details>
        }
    } else {
        list
    };
    findings(id, format!("{title}（{count} 项）"), hint, list)
}

fn row(store: &Store, kind: UnitKind, requirement: &'static Requirement, more: Option<String>) -> Html {
    let step = store.catalogue.step_of(requirement.id).map_or("", |step| &step.title);
    let title = store.workbook(kind).cycle.reword(requirement.title(kind, *store.workbook(kind).cycle));
    let about = more.map_or_else(|| step.to_owned(), |more| format!("{step} · {more}"));
    finding(requirement.id.as_str(), link(store, Target::requirement(kind, requirement.id), "", title), about)
}

/// 还差什么, in one sentence.
fn verdict(tally: &Tally) -> String {
    let parts: Vec<String> = [
        (tally.count(Status::Unchecked), "项未核对"),
        (tally.count(Status::NotStarted), "项未启动"),
        (tally.count(Status::InProgress), "项推进中"),
        (tally.unreasoned(), "项不适用缺理由"),
    ]
    .iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| format!("{count} {what}"))
    .collect();
    let unproven = match tally.unproven() {
        0 => String::new(),
        count => format!("另有 {count} 项已落实但缺佐证。"),
    };
    if parts.is_empty() {
        let done = if unproven.is_empty() { "各项都已落实，佐证齐全。" } else { "各项都已落实。" };
        return if tally.applicable() == 0 {
            "全部不适用，没有要落实的。".into()
        } else {
            format!("{done}{unproven}")
        };
    }
    format!("还差 {}。{unproven}", parts.join("、"))
}
