//! What is printed as one: the whole report, or one person's list. On the screen it is a preview.

use plan_checklist_domain::sharing::problems::Problem;
use plan_checklist_domain::sharing::report::{Planned, Report, StepRows};
use plan_checklist_domain::sharing::since::Since;
use plan_checklist_domain::{Date, Workbook};
use yew::prelude::*;

use crate::store::{Action, Dispatch, Printout};
use crate::words;

/// What the page holds ready to be printed, and how often that was asked for.
type Printing<T> = UseStateHandle<(Option<T>, u32)>;

/// Has the paper printed once it is drawn. What is returned says which paper is to be drawn, and asks for one.
#[hook]
pub(crate) fn use_printing<T: Clone + PartialEq + 'static>(dispatch: &Dispatch) -> (Option<T>, Callback<T>) {
    let printing: Printing<T> = use_state_eq(|| (None, 0));
    {
        let dispatch = dispatch.clone();
        use_effect_with(printing.1, move |count| {
            if *count > 0 {
                dispatch.send(Action::PrintWanted(Printout::Paper));
            }
        });
    }
    let on_print = {
        let printing = printing.clone();
        Callback::from(move |what| printing.set((Some(what), printing.1 + 1)))
    };
    (printing.0.clone(), on_print)
}

/// The report with everything that is in it.
pub(crate) fn report_printout(report: &Report) -> Html {
    let facts: Vec<_> = report.facts.iter().map(|(_, value)| value.as_str()).collect();
    let problems = report.problems.iter().map(|step| {
        let unchecked: Vec<_> = step.unchecked.iter().map(|problem| problem.title.as_str()).collect();
        html! {
            <>
                <h4>{ &step.step }</h4>
                { problem_items(&step.problems) }
                if !unchecked.is_empty() {
                    <p>{ format!("尚未核对 {} 项：{}。", unchecked.len(), unchecked.join("；")) }</p>
                }
            </>
        }
    });
    let steps = report.steps.iter().map(|(step, sentence)| html! { <p><b>{ format!("{step}。") }</b>{ sentence }</p> });
    let inside = html! {
        <>
            <h2 class="printout__title">{ &report.title }</h2>
            <p class="printout__facts">{ for report.facts.iter().map(|(what, value)| html! { <span>{ format!("{what}：{value}") }</span> }) }</p>
            <h3>{ "总体情况" }</h3>
            <p>{ report.overview.concat() }</p>
            { for steps }
            { for report.since.iter().map(since) }
            <h3>{ "存在问题" }</h3>
            if report.problems.is_empty() {
                <p>{ "各项要求都已落实，佐证齐全，没有发现问题。" }</p>
            }
            { for problems }
            <h3>{ "下一步安排" }</h3>
            { next(&report.next, report.unplanned) }
            <p class="printout__sign"><span>{ format!("填表人：{}", report.filler) }</span><span>{ "审核：" }</span><span>{ "签字：" }</span></p>
            if !report.table.is_empty() {
                <h3 class="printout__attachment">{ "附件　各项要求核对情况表" }</h3>
                { everything(&report.table, report.has_notes) }
            }
        </>
    };
    sheets(&facts.join(" · "), inside)
}

/// What one person is to do.
pub(crate) fn person_printout(workbook: &Workbook, owner: &str, problems: &[Problem], today: Option<Date>) -> Html {
    let today = today.map(|day| format!(" · {}", day.in_chinese())).unwrap_or_default();
    let inside = html! {
        <>
            <h2 class="printout__title">{ format!("{owner}：要办的 {} 项", problems.len()) }</h2>
            { problem_items(problems) }
        </>
    };
    sheets(&format!("{} · 责任人：{owner}{today}", words::book(workbook)), inside)
}

/// A table, as its head is the one thing that every engine repeats on every sheet.
fn sheets(running: &str, inside: Html) -> Html {
    html! {
        <table class="printout__sheets" role="presentation">
            <thead><tr><td class="printout__running">{ running }</td></tr></thead>
            <tbody><tr><td>{ inside }</td></tr></tbody>
        </table>
    }
}

fn since(since: &Since) -> Html {
    html! {
        <>
            <h3>{ "与上次相比" }</h3>
            <p>{ &since.sentence }</p>
            { for since.steps.iter().map(|(step, sentence)| html! { <p><b>{ format!("{step}。") }</b>{ sentence }</p> }) }
        </>
    }
}

fn problem_items(problems: &[Problem]) -> Html {
    let items = problems.iter().map(|problem| {
        let lines = [
            ("还差", problem.missing.join("；")),
            ("存在问题", problem.problem.clone()),
            ("下一步措施", problem.measure.clone()),
        ];
        let lines: Vec<_> = lines
            .iter()
            .map(|(name, line)| (name, line.trim_end_matches('。')))
            .filter(|(_, line)| !line.is_empty())
            .map(|(name, line)| format!("{name}：{line}。"))
            .collect();
        let due = problem.due.map_or_else(|| "未定".to_owned(), Date::in_chinese);
        let owner = if problem.owner.is_empty() { "未定" } else { &problem.owner };
        html! {
            <li>
                <b>{ &problem.title }</b>{ format!("（{}）", problem.state) }
                <br />{ lines.concat() }{ format!("责任人：{owner}；完成时限：{due}。") }
            </li>
        }
    });
    html! { <ol class="printout__list">{ for items }</ol> }
}

fn next(next: &[Planned], unplanned: usize) -> Html {
    let rows = next.iter().map(|planned| {
        let due = planned.due.map_or_else(|| "未定".to_owned(), |due| due.to_string());
        let late = if planned.is_late { "（逾期）" } else { "" };
        html! { <tr><td>{ format!("{due}{late}") }</td><td>{ &planned.title }</td><td>{ &planned.measure }</td><td>{ &planned.owner }</td></tr> }
    });
    html! {
        <>
            if next.is_empty() && unplanned == 0 {
                <p>{ "各项都已办结，没有待办的事项。" }</p>
            }
            if !next.is_empty() {
                { table("下一步安排", &[("完成时限", 18), ("要求", 28), ("下一步措施", 40), ("责任人", 14)], rows) }
            }
            if unplanned > 0 {
                <p>{ format!("{unplanned} 项还没有定完成时限、措施和责任人。") }</p>
            }
        </>
    }
}

fn everything(steps: &[StepRows], has_notes: bool) -> Html {
    let mut number = 0;
    let mut rows = Vec::new();
    for step in steps {
        rows.push(
            html! { <tr class="printout__step"><th scope="rowgroup" colspan={if has_notes { "6" } else { "5" }}>{ &step.step }</th></tr> },
        );
        for row in &step.rows {
            number += 1;
            let who = [row.owner.clone(), row.due.map(|due| due.to_string()).unwrap_or_default()];
            let reason = (!row.reason.is_empty()).then(|| format!("不适用的理由：{}", row.reason));
            let proof: Vec<_> = row.evidence.iter().cloned().chain(reason).collect();
            rows.push(html! {
                <tr>
                    <td>{ number }</td>
                    <td>{ &row.title }</td>
                    <td>{ row.status.name() }</td>
                    <td>{ who.iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(" ") }</td>
                    <td>{ proof.join("；") }</td>
                    if has_notes {
                        <td>{ &row.note }</td>
                    }
                </tr>
            });
        }
    }
    let head = [("序号", 7), ("要求", 25), ("状态", 9), ("责任人、时限", 15), ("佐证或理由", 27), ("备注", 17)];
    table("各项要求核对情况表", if has_notes { &head } else { &head[..5] }, rows.into_iter())
}

/// Names of columns, each with the share of the width that it has, in percent of all there may be.
fn table(caption: &'static str, head: &[(&'static str, u32)], rows: impl Iterator<Item = Html>) -> Html {
    html! {
        <table class="printout__table">
            <caption class="visually-hidden">{ caption }</caption>
            <thead><tr>{ for head.iter().map(|(name, share)| html! { <th scope="col" width={format!("{share}%")}>{ *name }</th> }) }</tr></thead>
            <tbody>{ for rows }</tbody>
        </table>
    }
}
