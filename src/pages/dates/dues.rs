//! 各项时限: everything dated and open, the most pressing first; the undated only counted.

use plan_checklist_domain::dates::phases::{Basis, Edge};
use plan_checklist_domain::{AsOf, Date, Requirement, Urgency, Workbook};
use yew::prelude::*;

use super::edge::edge;
use super::urgency_tag::urgency_tag;
use crate::components::calendar::{Which, calendar_button};
use crate::components::link::link;
use crate::route::Target;
use crate::store::Store;
use crate::words;

/// So many of a kind are shown at once; more are folded away.
const SHOWN: usize = 12;

pub(super) fn dues(store: &Store, workbook: &Workbook) -> Html {
    let Some(day) = store.as_of(workbook) else {
        return html! { <p class="page__lead">{ "编制期已过，这里不再列出。" }</p> };
    };
    let open = store.catalogue.requirements_for(workbook.kind).filter(|found| workbook.status(found.id).is_open());
    let mut dated: Vec<(Date, &'static Requirement)> = Vec::new();
    let mut undated = 0;
    for requirement in open {
        match workbook.due(requirement) {
            Some(due) => {
                let at = dated.partition_point(|(other, _)| *other <= due);
                dated.insert(at, (due, requirement));
            }
            None => undated += 1,
        }
    }
    let groups = [Urgency::Overdue, Urgency::Near, Urgency::Normal].into_iter().filter_map(|urgency| {
        let rows: Vec<Html> = dated
            .iter()
            .filter(|(due, _)| Urgency::of(Some(*due), day) == urgency)
            .map(|(due, requirement)| row(store, workbook, day, *due, requirement))
            .collect();
        if rows.is_empty() {
            return None;
        }
        let is_open = urgency != Urgency::Normal && rows.len() <= SHOWN;
        Some(html! {
            <details key={words::urgency(urgency)} class="dues" open={is_open} data-urgency={words::urgency(urgency)}>
                <summary>{ urgency_tag(Some(urgency)) }{ format!(" {} 项", rows.len()) }</summary>
                <ul class="dues__list">{ for rows }</ul>
            </details>
        })
    });
    let rest = match undated {
        0 => "没落实的各项都有时限。".to_owned(),
        _ => format!("另有 {undated} 项未定时限。可以在各项的“完成时限”里填，也可以用下面的“倒排工期”一次排好。"),
    };
    html! {
        <div class="stack">
            <div class="stack">{ for groups }</div>
            <p class="page__lead">{ rest }</p>
            <p class="buttons needs-program">
                { calendar_button(store, workbook, Which::All, "全部时限和节点导出到日历（.ics）") }
            </p>
            <p class="dates__hint needs-program">
                { "用手机或电脑的日历打开这个文件，会提前一周、提前一天提醒。改了日期再导出一次，会更新原来的，不会重复。" }
            </p>
        </div>
    }
}

fn row(store: &Store, workbook: &Workbook, day: AsOf, due: Date, requirement: &'static Requirement) -> Html {
    let id = requirement.id;
    let basis = if workbook.answer(id).due.is_some() { Basis::Own } else { Basis::Speech };
    let title = workbook.cycle.reword(requirement.title(workbook.kind, *workbook.cycle));
    html! {
        <li key={id.as_str()} class="due" data-due={id.to_string()}>
            { link(store, Target::requirement(workbook.kind, id), "due__title", title) }
            <span class="due__about">
                { edge(Edge { date: due, basis }) }
                <span>{ distance(due, day) }</span>
                <span>{ words::status(workbook.status(id)) }</span>
                <span class="needs-program">{ calendar_button(store, workbook, Which::Requirement(id), "加到日历") }</span>
            </span>
        </li>
    }
}

/// How long until a date, or since.
fn distance(date: Date, day: AsOf) -> String {
    match day.today.days_until(date) {
        0 => "就是今天".into(),
        days if days > 0 => format!("还有 {days} 天"),
        days => format!("已过 {} 天", -days),
    }
}
