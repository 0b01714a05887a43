//! What came of looking through a set of 练习县.

use plan_checklist_domain::training::practice::Difficulty;
use plan_checklist_domain::training::{Attempt, Fault, FaultKind, Practice, builtin};
use plan_checklist_domain::{Date, RequirementId, Status, UnitKind, Workbook};
use yew::prelude::*;

use super::super::references;
use super::reviewing::{HEADING, band};
use super::sheet::title;
use super::view::{View, name, points};
use crate::components::advice_tag::advice_tag;
use crate::components::button::{Button, ButtonStyle};
use crate::components::link::link;
use crate::route::{Route, Target};
use crate::store::{Action, Printout, Store};

/// How points are given, for whoever asks.
pub(super) const RULE: &str = "找到一处、毛病也选对，得 1 分；找到了、毛病选错，得半分；冤枉一项没有问题的，扣 1 分；最少 0 分。样样都说有问题，得不到分。";

pub(super) fn scored(
    store: &Store,
    practice: &Practice,
    (number, attempt): (u32, &Attempt),
    go: &Callback<View>,
) -> Html {
    let score = practice.score(store.catalogue, &attempt.verdicts);
    let (half, planted) = (score.half_points(), score.planted());
    let day = attempt.day.map(|day| format!("，{}", day.in_chinese())).unwrap_or_default();
    let of = |faults: &mut dyn Iterator<Item = &'static Fault>, difficulty| {
        faults.filter(|fault| fault.difficulty == difficulty).count()
    };
    let rows = Difficulty::ALL.map(|difficulty| {
        let found = of(&mut score.found.iter().copied(), difficulty);
        let misnamed = of(&mut score.misnamed.iter().map(|(fault, _)| *fault), difficulty);
        let missed = of(&mut score.missed.iter().copied(), difficulty);
        html! {
            <tr key={difficulty.name()}>
                <th scope="row">{ difficulty.name() }</th><td>{ (found + misnamed + missed).to_string() }</td>
                <td>{ found.to_string() }</td><td>{ misnamed.to_string() }</td><td>{ missed.to_string() }</td>
            </tr>
        }
    });
    let workbook = &practice.workbook;
    let found = score.found.iter().map(|fault| planted_fault(store, workbook, fault, None));
    let misnamed = score.misnamed.iter().map(|(fault, said)| planted_fault(store, workbook, fault, Some(*said)));
    let missed = score.missed.iter().map(|fault| planted_fault(store, workbook, fault, None));
    let accused = score.accused.iter().filter_map(|(id, said)| sound(store, workbook, *id, *said));
    let to = |view: View| go.reform(move |_: MouseEvent| view);
    let again = View::Reviewing { set: practice.number, attempt: number.saturating_add(1), step: 0 };
    let on_print = store.dispatch.on(Action::PrintWanted(Printout::Page));
    html! {
        <div class="practice result">
            <h2 id={HEADING} tabindex="-1" class="page__subtitle practice__heading" data-half-points={half.to_string()} data-planted={planted.to_string()}>
                { format!("{}：得 {} 分，满分 {planted} 分", name(practice.number), points(half)) }
            </h2>
            <p>
                { format!("第 {number} 次{day}。埋了 {planted} 处毛病：找到 {} 处，找到但毛病选错 {} 处，漏掉 {} 处；另冤枉了 {} 项。",
                    score.found.len(), score.misnamed.len(), score.missed.len(), score.accused.len()) }
            </p>
            <p class="page__sources">{ RULE }</p>
            <table class="result__steps">
                <thead>
                    <tr>
                        <th scope="col">{ "难度" }</th><th scope="col">{ "埋了" }</th><th scope="col">{ "找到" }</th>
                        <th scope="col">{ "毛病选错" }</th><th scope="col">{ "漏掉" }</th>
                    </tr>
                </thead>
                <tbody>{ for rows }</tbody>
            </table>
            { list("missed", "漏掉的", missed.collect(), "没有漏掉的。") }
            { list("accused", "冤枉的", accused.collect(), "没有冤枉的。") }
            { list("found", "找到的", misnamed.chain(found).collect(), "一处也没有找到。") }
            <p class="buttons needs-program">
                <Button action="again" style={ButtonStyle::Primary} onclick={to(again)}>{ "再做一次" }</Button>
                <Button action="practice-start" onclick={to(View::Start)}>{ "换一套" }</Button>
                <Button action="print" onclick={on_print}>{ "打印" }</Button>
            </p>
            { band(practice.number) }
        </div>
    }
}

fn list(id: &'static str, title: &'static str, items: Vec<Html>, none: &'static str) -> Html {
    let heading = format!("practice-{id}");
    let count = items.len();
    html! {
        <section class="practice__list" data-list={id} aria-labelledby={heading.clone()}>
            <h3 id={heading} class="practice__list-title">{ format!("{title}（{count}）") }</h3>
            if items.is_empty() {
                <p>{ none }</p>
            } else {
                <ul>{ for items }</ul>
            }
        </section>
    }
}

/// A fault that was planted: what it is, why, and where to read about it. `said` is what it was called instead.
fn planted_fault(store: &Store, workbook: &Workbook, fault: &'static Fault, said: Option<FaultKind>) -> Html {
    let kinds: Vec<_> = fault.kinds.iter().map(|kind| kind.name()).collect();
    let said = said.map(|said| format!("你选的是“{}”，算半分。", said.name()));
    let lesson = builtin().lessons.iter().find(|lesson| lesson.clauses.iter().any(|id| fault.clauses.contains(id)));
    let lesson = lesson.map(|lesson| {
        let href = format!("{}#{}", store.route.href_to(Route::Lessons.into()), lesson.id);
        html! { <span key="lesson">{ "读本：" }<a {href}>{ lesson.title.as_str() }</a></span> }
    });
    html! {
        <li key={fault.id.as_str()} class="again" data-fault={fault.id.as_str()}>
            { head(store, workbook, fault.requirement, &format!("{} · {}", kinds.join("或"), fault.difficulty.name())) }
            <p class="practice__said">{ said }</p>
            <p>{ fault.seen.as_str() }</p>
            <div>
                if !fault.speech.is_empty() {
                    <p>{ format!("讲话要求：{}", fault.speech) }</p>
                }
                if !fault.advice.is_empty() {
                    <p>{ advice_tag() }{ fault.advice.as_str() }</p>
                }
            </div>
            <p class="page__sources">{ "出处：" }{ references::clauses(store, &fault.clauses) }{ lesson }</p>
        </li>
    }
}

/// A sound answer that was accused: why it is sound.
fn sound(store: &Store, workbook: &Workbook, id: RequirementId, said: FaultKind) -> Option<Html> {
    let requirement = store.catalogue.requirement(id.as_str())?;
    let answer = workbook.answer(id);
    let due = workbook.due(requirement).map(Date::in_chinese).unwrap_or_default();
    let evidence: Vec<_> = answer.evidence().map(|(_, entry)| format!("“{}”", entry.what.trim())).collect();
    let why = match *answer.status {
        Status::Done => {
            format!("要点都做到了，佐证{}与这一项对得上，责任人是“{}”。", evidence.join("、"), answer.owner.trim())
        }
        Status::InProgress => {
            format!("还没做完，可是如实写着推进中，有存在问题，也有下一步措施；时限{due}还没到。没做完不等于有毛病。")
        }
        Status::NotStarted => {
            format!("还没到做的时候：写明了差什么、什么时候开始，时限是{due}。如实写未启动，不是毛病。")
        }
        Status::NotApplicable => format!("理由成立：{}", answer.reason.trim()),
        Status::Unchecked => String::new(),
    };
    Some(html! {
        <li key={id.as_str().to_owned()} class="again" data-accused={id.to_string()}>
            { head(store, workbook, id, "没有问题") }
            <p class="practice__said">{ format!("你选的是“{}”，扣 1 分。", said.name()) }</p>
            <p>{ why }</p>
            <p class="page__sources">{ "出处：" }{ references::clauses(store, &requirement.clauses) }</p>
        </li>
    })
}

/// The requirement, as a link to where a county answers it, and what there is to say in a word.
fn head(store: &Store, workbook: &Workbook, id: RequirementId, word: &str) -> Html {
    let requirement = store.catalogue.requirement(id.as_str());
    let title = requirement.map_or_else(String::new, |requirement| title(requirement, workbook));
    html! {
        <p class="practice__about">
            { link(store, Target::requirement(UnitKind::County, id), "", title) }
            <span class="tag">{ word.to_owned() }</span>
        </p>
    }
}
