//! The review: what is still missing before the workbook is handed in.

use plan_checklist_domain::checking::review::{Found, missed_binding, review as look_through};
use plan_checklist_domain::{Answer, Finding, PointCount, Review, Status, Tally, UnitKind};
use yew::prelude::*;

use crate::components::backup::reminder;
use crate::components::button::Button;
use crate::components::empty_note::empty_note;
use crate::components::findings::{finding, finding_list, findings};
use crate::components::hand_in::HandIn;
use crate::components::late_milestones::late_milestones;
use crate::components::link::link;
use crate::components::page_head::book_head;
use crate::components::prerequisites::prerequisites;
use crate::components::problem_list::ProblemList;
use crate::components::section::section_of;
use crate::components::since::{EarlierHandle, SinceBox};
use crate::components::step_table::{StepRow, step_table};
use crate::components::summary::summary;
use crate::components::unit_names::{signature, unit_names};
use crate::pages::page_props::PageOfKindProps;
use crate::route::{Route, Target};
use crate::store::{Action, Printout, Store};
use crate::words;

/// The most requirements nobody has looked at that are listed without being asked for.
const SHORT: usize = 12;

#[component]
pub(crate) fn ReviewPage(props: &PageOfKindProps) -> Html {
    let PageOfKindProps { store, kind } = props;
    let kind = *kind;
    let earlier: EarlierHandle = use_state_eq(|| None);
    let workbook = store.workbook(kind);
    let tally = Tally::of_workbook(store.catalogue, workbook);
    let review = look_through(store.catalogue, workbook, store.as_of(workbook));

    let groups = Finding::ALL.into_iter().filter_map(|finding| group(store, kind, finding, &review));
    let own = own_group(store, kind);
    let print = store.dispatch.on(Action::PrintWanted(Printout::Page));
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
            <p class="needs-program"><Button action="print" onclick={print}>{ "打印核对结果" }</Button></p>
            <HandIn store={store.clone()} {kind} earlier={earlier.clone()} />
            <div class="review__groups">{ late_milestones(store, kind) }</div>
            <ProblemList store={store.clone()} {kind}>{ for groups }{ own }</ProblemList>
            <div class="review__groups">{ prerequisites(store, kind) }</div>
            <SinceBox store={store.clone()} {kind} {earlier} />
            { unit_names(store, kind) }
        </div>
    }
}

/// The requirements of which this is the gravest finding; what else there is to say about each stands beside it.
fn group(store: &Store, kind: UnitKind, finding: Finding, review: &Review<'static>) -> Option<Html> {
    let count = review.group(finding).count();
    if count == 0 {
        return None;
    }
    let (id, title, hint) = match finding {
        Finding::Overdue => ("overdue", "逾期", "过了完成时限，还没落实。"),
        Finding::Near => ("near", "临近", "快到完成时限，还没落实。"),
        Finding::WithoutReason => ("without-reason", "不适用，缺理由", "写明为什么不适用，才算核对完。"),
        Finding::WithoutEvidence => {
            ("without-evidence", "已落实，缺佐证", "已计入“已落实”，但还没有登记佐证，补一条。")
        }
        Finding::NotStarted => ("not-started", "未启动", "核对过，工作还没有开始。"),
        Finding::InProgress => ("in-progress", "推进中", "正在做，还没有做完。"),
        Finding::Unchecked => ("unchecked", "未核对", "还没有人看过，不等于没有做。"),
    };
    let list = finding_list(review.group(finding).map(|found| row(store, kind, found)));
    let list = if finding == Finding::Unchecked && count > SHORT {
        html! {
            <details class="print-open">
                <summary class="findings__more">{ "看是哪几项" }</summary>
                { list }
            </details>
        }
    } else {
        list
    };
    Some(findings(id, format!("{title}（{count} 项）"), hint, list))
}

fn row(store: &Store, kind: UnitKind, found: &Found<'static>) -> Html {
    let (requirement, workbook) = (found.requirement, store.workbook(kind));
    let title = workbook.cycle.reword(requirement.title(kind, *workbook.cycle));
    let step = store.catalogue.step_of(requirement.id).map_or("", |step| &step.title);
    let answer = workbook.answer(requirement.id);
    let count = PointCount::of(&answer, requirement.ask(kind, *workbook.cycle).points.len());
    let (owner, is_part_met) = (answer.owner.trim(), (1..count.total).contains(&count.met));
    let missed = missed_binding(requirement, *workbook.cycle, &answer, store.as_of(workbook));
    let missed = missed.filter(|missed| found.due != Some(*missed));
    let facts = [
        Some(step.to_owned()),
        (!owner.is_empty()).then(|| format!("责任人：{owner}")),
        found.due.map(|due| format!("{}前完成", due.in_chinese())),
        missed.map(|due| format!("讲话时限 {} 已过", due.in_chinese())),
        is_part_met.then(|| format!("要点 {}/{}", count.met, count.total)),
    ];
    let facts: Vec<_> = facts.into_iter().flatten().collect();
    finding(
        requirement.id.as_str(),
        html! {
            <span>
                { link(store, Target::requirement(kind, requirement.id), "", title) }
                { for found.findings.iter().skip(1).map(|other| html! { <span key={other.name()} class="tag findings__label">{ other.name() }</span> }) }
                { problem_and_measure(&answer) }
            </span>
        },
        facts.join(" · "),
    )
}

/// What is wrong and what comes next, in the unit's own words: with them the list is one of what is to be put right.
fn problem_and_measure(answer: &Answer) -> Html {
    let line = |what: &str, text: &str| (!text.trim().is_empty()).then(|| format!("{what}：{}", text.trim()));
    let lines = [line("存在问题", &answer.problem), line("下一步措施", &answer.measure)];
    lines.into_iter().flatten().map(|line| html! { <span class="findings__own">{ line }</span> }).collect()
}

/// What the unit asks of itself and has not done, counted apart.
fn own_group(store: &Store, kind: UnitKind) -> Option<Html> {
    let workbook = store.workbook(kind);
    let open: Vec<_> = workbook.own_requirements().filter(|own| workbook.status(own.id).is_open()).collect();
    if open.is_empty() {
        return None;
    }
    let rows = open.iter().filter_map(|own| {
        let (to, title) = store.place(workbook, own.id)?;
        let answer = workbook.answer(own.id);
        let owner = answer.owner.trim();
        let facts = [
            Some(words::status(*answer.status).to_owned()),
            (!owner.is_empty()).then(|| format!("责任人：{owner}")),
            answer.due.map(|due| format!("{}前完成", due.in_chinese())),
        ];
        let facts: Vec<_> = facts.into_iter().flatten().collect();
        Some(finding(own.id.as_str(), link(store, to, "", title), facts.join(" · ")))
    });
    let title = format!("本单位自加，还没落实（{} 项）", open.len());
    Some(findings("own", title, "单位自己加的，不是讲话的要求，不计入百分比。", finding_list(rows)))
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
