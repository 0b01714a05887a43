//! 原文对照: every clause, restated, with the requirements that cover it.

use plan_checklist_domain::catalogue::{ClauseKind, Part, Who};
use plan_checklist_domain::{Clause, Requirement, UnitKind};
use yew::prelude::*;

use crate::components::link::link;
use crate::components::page_head::PageHead;
use crate::route::Target;
use crate::store::Store;
use crate::words;

pub(crate) fn source(store: &Store) -> Html {
    let fragment = store.arrival.fragment.as_deref();
    let parts = store.catalogue.parts.iter().map(|part| section(store, part, fragment));
    html! {
        <div class="page">
            <PageHead title="原文对照">
                <p class="page__lead">{ "讲话各条（我们的转述，不是原文）与要求的对照：每一条由自查表里的哪几项来落实。地名和个别数字以 X 代替。" }</p>
                <p class="note">{ "讲话第三部分的编号是一、二、三、五，没有“四要”。这里照原来的编号，不补第四条。“第几条”是本页在每一处下面数的，不是讲话的编号。" }</p>
            </PageHead>
            <div class="source">{ for parts }</div>
        </div>
    }
}

fn section(store: &Store, part: &'static Part, fragment: Option<&str>) -> Html {
    let chapter = match part.id {
        "0" => Some("会议"),
        "1.1" => Some("一、深化认识"),
        "2.0" => Some("二、突出重点、科学谋划"),
        "3.1" => Some("三、强化措施、推进落实"),
        _ => None,
    };
    let clauses = store.catalogue.clauses.iter().filter(|clause| clause.part() == part.id);
    let clauses = clauses.map(|clause| entry(store, clause, fragment == Some(clause.id)));
    html! {
        <section key={part.id} class="part">
            <div>
                if let Some(title) = chapter {
                    <h2 class="part__chapter">{ title }</h2>
                }
            </div>
            <h3 class="part__title">{ numbered(part) }</h3>
            <ol class="part__clauses">{ for clauses }</ol>
        </section>
    }
}

/// The part's title with the speech's own number.
fn numbered(part: &Part) -> String {
    let number = match part.id {
        "0" | "2.0" | "3.6" => return part.title.into(),
        id => id.split_once('.').map_or("", |(_, point)| point),
    };
    let numeral =
        ["一", "二", "三", "四", "五"].get(number.parse::<usize>().unwrap_or(0).wrapping_sub(1)).copied().unwrap_or("");
    match part.id.as_bytes().first() {
        Some(b'1') => format!("（{numeral}）{}", part.title),
        _ => format!("{numeral}要 {}", part.title),
    }
}

fn entry(store: &Store, clause: &'static Clause, is_target: bool) -> Html {
    let mut covering = store.catalogue.covering(clause.id).peekable();
    let covered = match (clause.kind, covering.peek()) {
        (ClauseKind::Background, None) => html! { <span class="clause__none">{ "背景，不单独核对" }</span> },
        _ => {
            html! { <ul class="clause__requirements">{ for covering.map(|covered| requirement(store, covered)) }</ul> }
        }
    };
    html! {
        <li key={clause.id} id={clause.id} tabindex="-1" class={classes!("clause", is_target.then_some("clause--target"))}>
            <p class="clause__meta">
                <span class="clause__locator">{ clause.locator() }</span>
                <span class="tag">{ words::clause_kind(clause.kind) }</span>
                if clause.who != Who::Nobody {
                    <span class="tag">{ words::who(clause.who) }</span>
                }
            </p>
            <p class="clause__text">{ clause.text() }</p>
            { covered }
        </li>
    }
}

/// A requirement, linked once for each kind of unit it concerns.
fn requirement(store: &Store, requirement: &'static Requirement) -> Html {
    let links = UnitKind::ALL
        .into_iter()
        .filter(|kind| requirement.role(*kind).is_some())
        .map(|kind| link(store, Target::requirement(kind, requirement.id), "clause__link", words::kind(kind)));
    html! {
        <li key={requirement.id.as_str()}>
            { requirement.common_title() }
            <span class="clause__links">{ for links }</span>
        </li>
    }
}
