//! One answer of 练习县: what is asked, what the county says to it, and what the trainee says of that.
//!
//! It shows what a requirement's card shows, made of the same pieces, and has nothing to fill in: so nothing of it can be
//! written into a workbook.

use plan_checklist_domain::dates::urgency::AsOf;
use plan_checklist_domain::training::{FaultKind, Verdicts};
use plan_checklist_domain::{Answer, Date, Finding, Requirement, RequirementId, UnitKind, Workbook};
use yew::prelude::*;

use super::super::references;
use crate::components::duty::duty;
use crate::components::icon::status_icon;
use crate::components::select::Select;
use crate::components::terms::terms;
use crate::store::Store;
use crate::words;

/// The word for an answer with which nothing is wrong.
pub(super) const SOUND: &str = "sound";

/// The id of an answer's place on the page.
pub(super) fn place(id: RequirementId) -> String {
    format!("practice-{id}")
}

pub(super) fn title(requirement: &'static Requirement, workbook: &Workbook) -> String {
    workbook.cycle.reword(requirement.title(UnitKind::County, *workbook.cycle)).into_owned()
}

/// `judge` takes the requirement and the word that was chosen: of a kind of fault, [`SOUND`], or nothing.
pub(super) fn sheet(
    store: &Store,
    workbook: &Workbook,
    day: AsOf,
    requirement: &'static Requirement,
    verdicts: &Verdicts,
    judge: &Callback<(RequirementId, String)>,
) -> Html {
    let (id, cycle, kind) = (requirement.id, *workbook.cycle, UnitKind::County);
    let answer = workbook.answer(id);
    let ask = requirement.ask(kind, cycle);
    let marks = Finding::of(&answer, workbook.due(requirement), Some(day)).into_iter().filter_map(|finding| {
        let is_grave = matches!(finding, Finding::Overdue);
        let is_shown = !matches!(finding, Finding::NotStarted | Finding::InProgress | Finding::Unchecked);
        let class = classes!("badge", is_grave.then_some("badge--late"));
        is_shown.then(|| html! { <span key={finding.name()} {class}>{ finding.name() }</span> })
    });
    let points = (1..).zip(ask.points).map(|(number, point): (u8, _)| {
        let is_met = answer.point(number).is_some_and(|point| **point);
        html! {
            <li key={number} class="sheet__point">
                <span class="sheet__tick" aria-hidden="true">{ if is_met { "✓" } else { "○" } }</span>
                <span class="visually-hidden">{ if is_met { "已勾：" } else { "没勾：" } }</span>
                <span>{ cycle.reword(point) }</span>
            </li>
        }
    });
    let title = title(requirement, workbook);
    let heading = format!("{}-title", place(id));
    let bound = requirement.binding_due(cycle).map(|due| format!("讲话时限（全市）：{}", due.in_chinese()));
    let verdict = match verdicts.get(&id) {
        None => "",
        Some(None) => SOUND,
        Some(Some(kind)) => kind.as_str(),
    };
    let mut options = vec![("".into(), "还没看".into()), (SOUND.into(), "没发现问题".into())];
    let kinds = FaultKind::ALL.into_iter();
    options.extend(kinds.map(|kind| (kind.as_str().into(), AttrValue::from(format!("有问题：{}", kind.name())))));
    let on_choose = judge.reform(move |word: String| (id, word));
    let label = format!("“{title}”有没有问题");
    html! {
        <article key={id.as_str().to_owned()} id={place(id)} tabindex="-1" class="requirement sheet" aria-labelledby={heading.clone()}
            data-sheet={id.to_string()} data-verdict={verdict}>
            <div class="sheet__head">
                <span class="requirement__state">{ status_icon(*answer.status) }<span class="requirement__status">{ words::status(*answer.status) }</span></span>
                <h3 class="sheet__title" id={heading}>{ title }</h3>
                <span>{ for marks }</span>
            </div>
            <div class="requirement__body">
                <div class="requirement__ask">
                    <p class="requirement__question">{ cycle.reword(ask.question) }</p>
                    <ul>{ for points }</ul>
                    <p class="requirement__meta">
                        { duty(store.catalogue, requirement, kind) }
                        <span>{ words::suggested_phase(requirement.phase) }</span>
                        <span>{ bound.unwrap_or_default() }</span>
                        { references::clauses(store, &requirement.clauses) }
                    </p>
                </div>
                <div class="requirement__answer">{ said(&answer) }</div>
            </div>
            <Select {label} name={format!("verdict-{id}")} {options} value={verdict} class="sheet__verdict"
                is_disabled={!store.is_restored} {on_choose} />
        </article>
    }
}

/// Everything the county wrote.
fn said(answer: &Answer) -> Html {
    let evidence = answer.evidence().map(|(at, entry)| {
        let date = entry.date.map(Date::in_chinese).unwrap_or_default();
        let more: Vec<_> = [entry.place.trim(), &date].into_iter().filter(|text| !text.is_empty()).collect();
        html! { <li key={at.to_string()}>{ entry.what.trim().to_owned() }<span class="sheet__where">{ more.join(" · ") }</span></li> }
    });
    let evidence: Vec<Html> = evidence.collect();
    let evidence = if evidence.is_empty() {
        "没有".into()
    } else {
        html! { <ul>{ for evidence }</ul> }
    };
    let text = |text: &str| Html::from(text.trim().to_owned());
    let due = answer.due.map(Date::in_chinese);
    let rows = [
        ("责任人", (!answer.owner.is_empty()).then(|| text(&answer.owner))),
        ("完成时限", due.map(Html::from)),
        ("佐证", Some(evidence)),
        ("存在问题", (!answer.problem.is_empty()).then(|| text(&answer.problem))),
        ("下一步措施", (!answer.measure.is_empty()).then(|| text(&answer.measure))),
        ("备注", (!answer.note.is_empty()).then(|| text(&answer.note))),
        ("为什么不适用", answer.has_reason().then(|| text(&answer.reason))),
    ];
    terms(rows.into_iter().filter_map(|(term, said)| Some((term, said?))))
}
