//! What is not in order, by step, by person or by date: for each person a list to print, a text to send, a calendar file.

use plan_checklist_domain::UnitKind;
use plan_checklist_domain::sharing::problems::{Arrangement, Group, Key, Problem, arrange, problems, reminder};
use yew::prelude::*;

use crate::components::button::{Button, ButtonStyle};
use crate::components::calendar::{Which, calendar_button};
use crate::components::copy_box::CopyBox;
use crate::components::findings::{finding, finding_list, findings};
use crate::components::link::link;
use crate::components::printout::{person_printout, use_printing};
use crate::components::select::Select;
use crate::store::{Action, Store};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct ProblemListProps {
    pub(crate) store: Store,
    pub(crate) kind: UnitKind,
    /// The list by finding, which is shown until another order is chosen.
    pub(crate) children: Html,
}

const ARRANGEMENTS: [(&str, &str, Option<Arrangement>); 4] = [
    ("", "按情况", None),
    ("step", "按步骤", Some(Arrangement::Step)),
    ("owner", "按责任人", Some(Arrangement::Owner)),
    ("due", "按完成时限", Some(Arrangement::Due)),
];

#[component]
pub(crate) fn ProblemList(props: &ProblemListProps) -> Html {
    let ProblemListProps { store, kind, children } = props;
    let kind = *kind;
    let workbook = store.workbook(kind);
    // Who comes back with the browser's buttons finds the order they had chosen.
    let noted = store.arrival.note.as_ref().map(|note| note.entered.to_string()).unwrap_or_default();
    let chosen = use_state_eq(|| noted.clone());
    {
        let chosen = chosen.setter();
        use_effect_with(store.arrival.count, move |_| chosen.set(noted));
    }
    let on_choose = {
        let (chosen, dispatch) = (chosen.setter(), store.dispatch.clone());
        Callback::from(move |word: String| {
            dispatch.send(Action::Entered(word.clone()));
            chosen.set(word);
        })
    };
    let (printed, on_print) = use_printing::<String>(&store.dispatch);
    let by = ARRANGEMENTS.iter().find(|(word, ..)| **word == **chosen).and_then(|(.., by)| *by);
    let groups = by.map(|by| arrange(problems(workbook, store.catalogue, store.as_of(workbook)), by));
    let theirs = groups
        .iter()
        .flatten()
        .find(|group| matches!(&group.key, Key::Owner(owner) if printed.as_ref() == Some(owner)));
    let printout = theirs.zip(printed.as_ref()).map(|(group, owner)| {
        html! { <div class="printout">{ person_printout(workbook, owner, &group.problems, store.clock_day()) }</div> }
    });
    let lists = groups.map(|groups| {
        groups.iter().enumerate().map(|(at, group)| list(store, kind, at, group, &on_print)).collect::<Html>()
    });
    let options = ARRANGEMENTS.map(|(word, text, _)| (word.into(), text.into())).to_vec();
    html! {
        <div class={classes!("printouts", "review__groups", printout.is_some().then_some("printouts--printing"))}>
            <div class="hand-in__row needs-program">
                <Select label="问题清单怎么排" name="arrangement" value={(*chosen).clone()} is_disabled={!store.is_restored} {on_choose} {options} />
            </div>
            <div class="review__groups">{ lists.unwrap_or_else(|| children.clone()) }</div>
            { printout }
        </div>
    }
}

fn list(store: &Store, kind: UnitKind, at: usize, group: &Group, on_print: &Callback<String>) -> Html {
    let count = group.problems.len();
    let (title, hint) = match &group.key {
        Key::Step(step) => (step.clone(), ""),
        Key::Owner(owner) => (owner.clone(), ""),
        Key::Due(due) => (format!("{}前完成", due.in_chinese()), ""),
        Key::None if group.problems.iter().all(|problem| problem.owner.is_empty()) => {
            ("没有定责任人".into(), "到“全部要求”里勾选几项，可以一起填责任人。")
        }
        Key::None => ("没有定完成时限".into(), "到“全部要求”里勾选几项，可以一起填完成时限。"),
    };
    let rows = finding_list(group.problems.iter().map(|problem| row(store, kind, problem, &group.key)));
    let list = html! {
        <>
            { rows }
            if let Key::Owner(owner) = &group.key {
                { for_person(store, kind, at, owner, &group.problems, on_print) }
            }
        </>
    };
    findings(&format!("group-{at}"), format!("{title}（{count} 项）"), hint, list)
}

fn row(store: &Store, kind: UnitKind, problem: &Problem, key: &Key) -> Html {
    let workbook = store.workbook(kind);
    let title = match store.place(workbook, problem.id) {
        Some((to, _)) => link(store, to, "", problem.title.clone()),
        None => problem.title.clone().into(),
    };
    let owner =
        (!problem.owner.is_empty() && !matches!(key, Key::Owner(_))).then(|| format!("责任人：{}", problem.owner));
    let due = problem.due.filter(|_| !matches!(key, Key::Due(_))).map(|due| format!("{}前完成", due.in_chinese()));
    let step = (!matches!(key, Key::Step(_))).then(|| problem.step.clone());
    let facts: Vec<_> = [Some(problem.state.clone()), step, owner, due].into_iter().flatten().collect();
    let own = [("存在问题", &problem.problem), ("下一步措施", &problem.measure)];
    let own = own.into_iter().filter(|(_, text)| !text.is_empty());
    let own = own.map(|(what, text)| html! { <span class="findings__own">{ format!("{what}：{text}") }</span> });
    finding(problem.id.as_str(), html! { <span>{ title }{ for own }</span> }, facts.join(" · "))
}

/// What can be handed to the person who is responsible.
fn for_person(
    store: &Store,
    kind: UnitKind,
    at: usize,
    owner: &str,
    problems: &[Problem],
    on_print: &Callback<String>,
) -> Html {
    let workbook = store.workbook(kind);
    let text = reminder(workbook, owner, problems);
    let rows = (text.lines().count() + 1).min(12).to_string();
    let on_print = on_print.reform({
        let owner = owner.to_owned();
        move |_: MouseEvent| owner.clone()
    });
    html! {
        <details class="needs-program" key={owner.to_owned()}>
            <summary class="findings__more">{ format!("发给{owner}：文字、打印、日历") }</summary>
            <CopyBox store={store.clone()} id={format!("reminder-{at}")} label={format!("可以直接发给{owner}的文字")} {text} rows={AttrValue::from(rows)}>
                <Button action="print-person" style={ButtonStyle::Quiet} onclick={on_print}>{ "打印这一份" }</Button>
                { calendar_button(store, workbook, Which::Owner(owner.into()), "导出时限到日历（.ics）") }
            </CopyBox>
        </details>
    }
}
