//! The review: what is still missing before the workbook is handed in.

use plan_checklist_domain::review::review as findings;
use plan_checklist_domain::{CATALOGUE, Date, Requirement, Status, Tally, UnitKind};
use yew::prelude::*;

use crate::components::backup::reminder;
use crate::components::blank;
use crate::components::element::{el, many};
use crate::components::icon::status_icon;
use crate::components::link::{link, p, page_head};
use crate::components::meter::{meter, percent};
use crate::components::out_of_turn::{disorder, late_milestones};
use crate::components::unit_names::{signature, unit_names};
use crate::route::{Route, Target};
use crate::store::Store;
use crate::words;

/// The most requirements nobody has looked at that are listed without being asked for.
const SHORT: usize = 12;

pub(crate) fn review(store: &Store, kind: UnitKind) -> Html {
    let workbook = store.workbook(kind);
    let tally = Tally::of_workbook(workbook);
    let review = findings(&CATALOGUE, workbook, store.as_of(workbook));

    let counts = Status::ALL.map(|status| {
        html! {
            <li key={status.as_str()} class="count" data-count={status.as_str()}>
                { status_icon(status) }{ el("span", "count__status", words::status(status)) }
                { el("strong", "count__number", tally.count(status)) }
            </li>
        }
    });
    let dated = |list: &[(&'static Requirement, Date)]| {
        let list =
            list.iter().map(|(requirement, due)| (*requirement, Some(format!("应于{}前完成", words::date(*due)))));
        list.collect::<Vec<_>>()
    };
    let plain = |list: &[&'static Requirement]| list.iter().map(|requirement| (*requirement, None)).collect::<Vec<_>>();
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
    let groups = groups.into_iter().filter(|(.., list)| !list.is_empty()).map(|(id, title, hint, list)| {
        let count = list.len();
        let items = list.into_iter().map(|(requirement, more)| finding(store, kind, requirement, more));
        let mut items = many("ul", "findings__list", items);
        if id == "unchecked" && count > SHORT {
            let summary = el("summary", "findings__more", "看是哪几项");
            items = many("details", "", vec![summary, items]);
        }
        html! {
            <section key={id} class="findings" data-finding={id} aria-labelledby={format!("finding-{id}")}>
                <h2 class="findings__title" id={format!("finding-{id}")}>{ format!("{title}（{count} 项）") }</h2>
                { el("p", "findings__hint", hint) }
                { items }
            </section>
        }
    });
    let steps = CATALOGUE.steps.iter().enumerate().map(|(position, step)| {
        let tally = Tally::of_step(workbook, step);
        html! {
            <tr key={step.id}>
                <th scope="row">{ link(store, Route::Step(kind, position), "", step.title) }</th>
                <td class="by-step__bar">{ meter(&tally) }</td>
                <td class="by-step__number">{ format!("{}/{}", tally.count(Status::Done), tally.applicable()) }</td>
                <td class="by-step__state">{ words::state(&tally) }</td>
            </tr>
        }
    });
    let nothing_yet = workbook.is_blank().then(|| {
        let start = link(store, Route::Step(kind, 0), "", "从第一项开始");
        many("p", blank::class(store), vec![Html::from(blank::NOTHING_YET), start])
    });
    html! {
        <div class="page">
            { page_head(Some(words::kind(kind).into()), "核对结果", p("page__lead review__verdict", verdict(&tally))) }
            { signature(store, kind) }
            <section class="summary" aria-label="总数">
                { percent(&tally) }
                <div class="summary__body">
                    { meter(&tally) }
                    { many("ul", "counts", counts) }
                    { el("p", "summary__basis", format!("共 {} 项；百分比 = 已落实 ÷ 适用的 {} 项，只舍不入。", tally.total(), tally.applicable())) }
                </div>
            </section>
            { many("div", "", nothing_yet) }
            { reminder(store, workbook) }
            <section class="by-step" aria-labelledby="by-step">
                <h2 id="by-step" class="page__subtitle">{ "各步骤" }</h2>
                <table class="by-step__table">
                    <thead><tr><th scope="col">{ "步骤" }</th><th scope="col">{ "进度" }</th><th scope="col">{ "已落实/适用" }</th><th scope="col">{ "状态" }</th></tr></thead>
                    { many("tbody", "", steps) }
                </table>
            </section>
            { many("div", "review__groups", late_milestones(store, kind).into_iter().chain(disorder(store, kind))) }
            { many("div", "review__groups", groups) }
            { unit_names(store, kind) }
        </div>
    }
}

fn finding(store: &Store, kind: UnitKind, requirement: &'static Requirement, more: Option<String>) -> Html {
    let step = CATALOGUE.step_of(requirement.id).map_or("", |step| step.title);
    html! {
        <li key={requirement.id.as_str()} class="findings__item">
            { link(store, Target::requirement(kind, requirement.id), "", store.workbook(kind).cycle.reword(requirement.title(kind))) }
            <span class="findings__where">{ step }{ for more.map(|more| format!(" · {more}")) }</span>
        </li>
    }
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
