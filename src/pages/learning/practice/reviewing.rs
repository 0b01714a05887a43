//! A set of 练习县 being looked through, a step at a time.

use plan_checklist_domain::checking::order::{OutOfTurn, out_of_turn};
use plan_checklist_domain::checking::review::review;
use plan_checklist_domain::training::practice::day;
use plan_checklist_domain::training::{FaultKind, Practice, Verdicts};
use plan_checklist_domain::{Finding, RequirementId, Step, Tally, UnitKind, Workbook};
use yew::prelude::*;

use super::sheet::{place, sheet, title};
use super::view::{View, name};
use crate::components::button::{Button, ButtonStyle};
use crate::components::findings::{finding, finding_list, findings};
use crate::components::select::Select;
use crate::components::summary::summary;
use crate::components::terms::terms;
use crate::store::Store;

/// The id of what asks whether it is to be handed in.
pub(super) const ASKED: &str = "practice-asked";
/// The id of the heading above what is shown.
pub(super) const HEADING: &str = "practice-heading";

/// What can be done.
pub(super) struct Reviewing {
    pub(super) judge: Callback<(RequirementId, String)>,
    pub(super) go: Callback<View>,
    /// Goes to an answer, by its place on the page and the view it is in.
    pub(super) go_to: Callback<(View, String)>,
    /// Whether it is being asked if it is to be handed in.
    pub(super) is_asked: bool,
    pub(super) ask: Callback<bool>,
    pub(super) hand_in: Callback<()>,
}

/// How many of a step were looked at, of how many, and how many were said to be wrong.
fn counts(step: &Step, verdicts: &Verdicts) -> (usize, usize, usize) {
    let said = step.requirements_for(UnitKind::County).map(|asked| verdicts.get(&asked.id));
    said.fold((0, 0, 0), |(seen, all, wrong), verdict| {
        (seen + usize::from(verdict.is_some()), all + 1, wrong + usize::from(verdict.is_some_and(Option::is_some)))
    })
}

pub(super) fn reviewing(
    store: &Store,
    practice: &Practice,
    (attempt, at): (u32, usize),
    verdicts: &Verdicts,
    with: &Reviewing,
) -> Html {
    let (set, steps) = (practice.number, &store.catalogue.steps);
    let step = &steps[at];
    let to = |step: usize| View::Reviewing { set, attempt, step };
    let options = steps.iter().enumerate().map(|(at, step)| {
        let (seen, all, wrong) = counts(step, verdicts);
        let text = format!("第 {} 步 {}：看过 {seen}/{all}，指出 {wrong} 处", at + 1, step.title);
        (AttrValue::from(at.to_string()), AttrValue::from(text))
    });
    let on_step = {
        let (go, count) = (with.go.clone(), steps.len());
        Callback::from(move |word: String| {
            if let Some(step) = word.parse().ok().filter(|step| *step < count) {
                go.emit(View::Reviewing { set, attempt, step });
            }
        })
    };
    let sheets = step
        .requirements_for(UnitKind::County)
        .map(|asked| sheet(store, &practice.workbook, day(), asked, verdicts, &with.judge));
    let turn = |to: Option<View>, action: &'static str, text: &'static str| {
        let onclick = {
            let go = with.go.clone();
            Callback::from(move |_: MouseEvent| to.into_iter().for_each(|to| go.emit(to)))
        };
        html! { <Button {action} is_disabled={to.is_none()} {onclick}>{ text }</Button> }
    };
    let (before, after) = (at.checked_sub(1).map(to), (at + 1 < steps.len()).then(|| to(at + 1)));
    let back = with.go.reform(|_: MouseEvent| View::Start);
    html! {
        <div class="practice">
            <details class="practice__rules print-open">
                <summary>{ "程序按规则查出的（核对结果）" }</summary>
                { rules(store, practice, to, &with.go_to) }
            </details>
            <details class="practice__rules">
                <summary>{ "九种毛病各是什么" }</summary>
                { kinds() }
            </details>
            <Select label="看哪一步" name="practice-step" options={options.collect::<Vec<_>>()} value={at.to_string()}
                class="practice__step" on_choose={on_step} />
            <h2 id={HEADING} tabindex="-1" class="page__subtitle practice__heading">{ format!("第 {} 步 {}", at + 1, step.title) }</h2>
            <div key={at} class="practice__sheets">{ for sheets }</div>
            <p class="buttons needs-program">
                { turn(before, "previous-step", "上一步") }
                { turn(after, "next-step", "下一步") }
                <Button action="practice-start" style={ButtonStyle::Quiet} onclick={back}>{ "先放下，回到选套" }</Button>
            </p>
            { ending(store, verdicts, with) }
            { band(set) }
        </div>
    }
}

/// What stays in sight as long as a set is looked at.
pub(super) fn band(set: u8) -> Html {
    let text = format!("练习数据 · 练习县 · {} · 按 {} 看", name(set), day().today.in_chinese());
    html! { <p class="practice__band">{ text }</p> }
}

/// Every kind of fault, and when to choose it.
pub(super) fn kinds() -> Html {
    terms(FaultKind::ALL.map(|kind| (kind.name(), kind.meaning().into())))
}

/// The review of the county's workbook: the same rules as for any other.
fn rules(store: &Store, practice: &Practice, to: impl Fn(usize) -> View, go_to: &Callback<(View, String)>) -> Html {
    let workbook: &Workbook = &practice.workbook;
    let row = |id: RequirementId, about: String| {
        let step = store.catalogue.steps.iter().position(|step| step.requirements.iter().any(|asked| asked.id == id));
        let (requirement, step) = (store.catalogue.requirement(id.as_str())?, step?);
        let view = to(step);
        let onclick = go_to.reform(move |_: MouseEvent| (view, place(id)));
        let link = html! {
            <Button action="go-to" style={ButtonStyle::Quiet} class="practice__go" {onclick}>{ title(requirement, workbook) }</Button>
        };
        Some(finding(id.as_str(), link, about))
    };
    let found = review(store.catalogue, workbook, Some(day()));
    let groups = [
        (Finding::Overdue, "overdue", "逾期", "过了完成时限，还没落实。"),
        (Finding::WithoutReason, "without-reason", "不适用，缺理由", "写明为什么不适用，才算核对完。"),
        (Finding::WithoutEvidence, "without-evidence", "已落实，缺佐证", "已计入“已落实”，但没有登记佐证。"),
    ];
    let groups = groups.into_iter().filter_map(|(wanted, id, title, hint)| {
        let rows: Vec<_> = found
            .all(wanted)
            .filter_map(|found| {
                let due = found.due.map(|due| format!("{}前完成", due.in_chinese())).unwrap_or_default();
                row(found.requirement.id, due)
            })
            .collect();
        let title = format!("{title}（{} 项）", rows.len());
        (!rows.is_empty()).then(|| findings(id, title, hint, finding_list(rows)))
    });
    let turns = out_of_turn(store.catalogue, UnitKind::County, |id| workbook.status(id));
    let turns: Vec<_> = turns
        .iter()
        .filter_map(|turn| match turn {
            OutOfTurn::Requirement { id, .. } => row(*id, turn.reason().to_owned()),
            OutOfTurn::Phase { .. } => None,
        })
        .collect();
    let order = (!turns.is_empty()).then(|| {
        findings(
            "order",
            format!("次序（{} 项）", turns.len()),
            "跑到了前面，它所依据的还没做完。",
            finding_list(turns),
        )
    });
    html! {
        <>
            { summary(&Tally::of_workbook(store.catalogue, workbook), "") }
            <p>{ "规则只看得出一部分：缺佐证、逾期、次序。佐证对不对得上、理由站不站得住、写得全不全，要自己看。" }</p>
            <div class="review__groups">{ for groups }{ for order }</div>
        </>
    }
}

/// Handing in, which asks first.
fn ending(store: &Store, verdicts: &Verdicts, with: &Reviewing) -> Html {
    let steps = store.catalogue.steps.iter().map(|step| (step, counts(step, verdicts)));
    let steps: Vec<_> = steps.collect();
    let left: usize = steps.iter().map(|(_, (seen, all, _))| all - seen).sum();
    let wrong: usize = steps.iter().map(|(_, (.., wrong))| wrong).sum();
    let unseen = steps.iter().filter(|(_, (seen, all, _))| seen < all).map(|(step, (seen, all, _))| {
        html! { <li key={step.id.as_str()}>{ format!("{}：还有 {} 项", step.title, all - seen) }</li> }
    });
    let ask = |is_asked: bool| with.ask.reform(move |_: MouseEvent| is_asked);
    let onclick = with.hand_in.reform(|_: MouseEvent| ());
    html! {
        <div class="practice__ending needs-program">
            if with.is_asked {
                <section id={ASKED} tabindex="-1" class="practice__asked" aria-label="交卷">
                    <p>{ format!("指出了 {wrong} 处问题。") }</p>
                    if left == 0 {
                        <p>{ "各项都看过了。" }</p>
                    } else {
                        <p>{ format!("还有 {left} 项没有看，交卷以后按“没发现问题”算：") }</p>
                        <ul class="plain-list">{ for unseen }</ul>
                    }
                    <p class="buttons">
                        <Button action="hand-in-practice" style={ButtonStyle::Primary} {onclick}>{ "确认交卷" }</Button>
                        <Button action="keep-reviewing" onclick={ask(false)}>{ "再看看" }</Button>
                    </p>
                </section>
            } else {
                <p class="buttons">
                    <Button action="ask-hand-in" style={ButtonStyle::Primary} is_disabled={!store.is_restored} onclick={ask(true)}>{ "交卷" }</Button>
                </p>
            }
        </div>
    }
}
