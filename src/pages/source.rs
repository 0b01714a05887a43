//! 原文对照: every clause, restated, with the requirements that cover it.

use plan_checklist_domain::catalogue::clause::Part;
use plan_checklist_domain::catalogue::kinds::{ClauseKind, Who};
use plan_checklist_domain::{Clause, Requirement, UnitKind};
use yew::prelude::*;

use crate::components::duty::{common_duty, duty};
use crate::components::link::link;
use crate::components::page_head::page_head;
use crate::route::Target;
use crate::store::Store;
use crate::words;

pub(crate) fn source(store: &Store) -> Html {
    let fragment = store.arrival.fragment.as_deref();
    let parts = store.catalogue.parts.iter().map(|part| section(store, part, fragment));
    html! {
        <div class="page">
            { page_head(None, "原文对照", html! {
                <>
                    <p class="page__lead">{ "讲话各条（我们的转述，不是原文）与要求的对照：每一条由自查表里的哪几项来落实。" }</p>
                    <div class="note stack">
                        <p>{ "编号照讲话：第一部分是其一、其二、其三（出处写作一（一）、一（二）、一（三）），第二部分是一要到五要，第三部分只有一、二、三、五，没有“四要”，这里不补。“第几条”和第一部分各段的小标题，是我们加的。" }</p>
                        <p>{ "〔〕里是这一条对谁说的，照讲话的原话；标“未点名”的，讲话没有说对谁。文中的 X 是来源文本里就有的，不是我们换上的。" }</p>
                    </div>
                </>
            }) }
            <div class="source">{ for parts }</div>
            { unsaid(store) }
        </div>
    }
}

/// What people expect of the speech and will not find.
fn unsaid(store: &Store) -> Option<Html> {
    let entries = store.catalogue.unsaid.iter().map(|entry| {
        html! { <><dt>{ entry.title.as_str() }</dt><dd>{ entry.text.as_str() }</dd></> }
    });
    (!store.catalogue.unsaid.is_empty()).then(|| {
        html! {
            <section class="unsaid" aria-labelledby="unsaid">
                <h2 class="part__chapter" id="unsaid">{ "讲话没有说的" }</h2>
                <p class="page__lead">{ "下面这些容易以为讲话说过，其实没有。自查表里也就没有相应的要求。" }</p>
                <dl class="unsaid__list">{ for entries }</dl>
            </section>
        }
    })
}

fn section(store: &Store, part: &'static Part, fragment: Option<&str>) -> Html {
    let clauses = store.catalogue.clauses.iter().filter(|clause| clause.part() == part.id);
    let clauses = clauses.map(|clause| entry(store, clause, fragment == Some(clause.id.as_str())));
    // A bracket stands close to what follows it.
    let gap = if part.numbering.is_empty() || part.numbering.ends_with('）') { "" } else { " " };
    html! {
        <section key={part.id.as_str()} class="part">
            <div>
                if !part.chapter.is_empty() {
                    <h2 class="part__chapter">{ part.chapter.as_str() }</h2>
                }
            </div>
            <h3 class="part__title">{ [&*part.numbering, gap, &*part.title].concat() }</h3>
            <ol class="part__clauses">{ for clauses }</ol>
        </section>
    }
}

fn entry(store: &Store, clause: &'static Clause, is_target: bool) -> Html {
    let mut covering = store.catalogue.covering(&clause.id).peekable();
    let covered = match (clause.kind, covering.peek()) {
        (ClauseKind::Background, None) => html! { <span class="clause__none">{ "背景，不单独核对" }</span> },
        _ => {
            html! { <ul class="clause__requirements">{ for covering.map(|covered| requirement(store, covered)) }</ul> }
        }
    };
    html! {
        <li key={clause.id.as_str()} id={clause.id.as_str()} tabindex="-1" class={classes!("clause", is_target.then_some("clause--target"))}>
            <p class="clause__meta">
                <span class="clause__locator">{ clause.locator.as_str() }</span>
                <span class="tag">{ words::clause_kind(clause.kind) }</span>
                if !clause.numbering.is_empty() {
                    <span class="clause__numbering">{ format!("讲话编号：{}", clause.numbering) }</span>
                }
                if !clause.addressed.is_empty() {
                    <span class="clause__addressed">{ format!("〔{}〕", clause.addressed) }</span>
                }
                if clause.who != Who::Nobody && (clause.who != Who::All || clause.addressed.is_empty()) {
                    <span class="tag">{ words::who(clause.who) }</span>
                }
            </p>
            <div>
                <p class="clause__text">{ clause.text.as_str() }</p>
                if !clause.note.is_empty() {
                    <p class="clause__note">{ "说明：" }{ clause.note.as_str() }</p>
                }
            </div>
            { covered }
        </li>
    }
}

/// A requirement, linked once for each kind of unit it concerns, with what that has to do and on whose word.
fn requirement(store: &Store, requirement: &'static Requirement) -> Html {
    let asked = UnitKind::ALL.into_iter().filter(|kind| requirement.role(*kind).is_some());
    let to = |kind: UnitKind| link(store, Target::requirement(kind, requirement.id), "clause__link", words::kind(kind));
    let links: Html = if common_duty(requirement).is_some() {
        html! { <><li>{ duty(store.catalogue, requirement, UnitKind::County) }</li><li>{ for asked.map(to) }</li></> }
    } else {
        asked
            .map(|kind| html! { <li key={kind.as_str()}>{ to(kind) }{ duty(store.catalogue, requirement, kind) }</li> })
            .collect()
    };
    html! {
        <li key={requirement.id.as_str()}>
            { requirement.common_title() }
            <ul class="clause__links">{ links }</ul>
        </li>
    }
}
