//! 次序问题: what is further than what it rests on.

use plan_checklist_domain::catalogue::kinds::RoleBasis;
use plan_checklist_domain::checking::order::{OutOfTurn, out_of_turn};
use plan_checklist_domain::{RequirementId, UnitKind};
use yew::prelude::*;

use crate::components::duty::basis;
use crate::components::findings::{finding_list, findings};
use crate::components::link::link;
use crate::route::{Route, Target};
use crate::store::Store;
use crate::words;

/// What is out of turn in the workbook of this kind; nothing where all is in order.
pub(crate) fn prerequisites(store: &Store, kind: UnitKind) -> Option<Html> {
    let workbook = store.workbook(kind);
    let found = out_of_turn(store.catalogue, kind, |id| workbook.status(id));
    if found.is_empty() {
        return None;
    }
    // What runs ahead stands once, with everything it rests on.
    let mut groups: Vec<Vec<&OutOfTurn<'static>>> = Vec::new();
    for one in &found {
        match groups.iter_mut().find(|group| ahead(group[0]).is_some() && ahead(group[0]) == ahead(one)) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    let title = format!("次序问题（{} 处）", groups.len());
    let list = finding_list(groups.iter().enumerate().map(|(at, group)| row(store, kind, at, group)));
    Some(findings("order", title, "后面的走到了前面，先看看前面的是不是漏了。", list))
}

/// The requirement that runs ahead.
fn ahead(found: &OutOfTurn<'_>) -> Option<RequirementId> {
    match found {
        OutOfTurn::Requirement { id, .. } => Some(*id),
        OutOfTurn::Phase { .. } => None,
    }
}

fn row(store: &Store, kind: UnitKind, at: usize, group: &[&OutOfTurn<'static>]) -> Html {
    let what = match group[0] {
        OutOfTurn::Requirement { id, .. } => {
            let state = words::status(store.workbook(kind).status(*id));
            html! { <p>{ requirement(store, kind, *id) }{ format!("{state}，但依据的这些还没跟上：") }</p> }
        }
        OutOfTurn::Phase { done, earlier, unchecked, .. } => {
            let (done, earlier) = (words::phase(*done), words::phase(*earlier));
            html! { <p>{ format!("{done}阶段的要求都了结了，{earlier}阶段还有 {unchecked} 项未核对。") }</p> }
        }
    };
    html! {
        <li key={at} class="findings__order">
            { what }
            { for group.iter().map(|found| rests_on(store, kind, found)) }
        </li>
    }
}

/// What it rests on, and why.
fn rests_on(store: &Store, kind: UnitKind, found: &OutOfTurn<'static>) -> Html {
    let behind: &[RequirementId] = match found {
        OutOfTurn::Requirement { behind, .. } => behind,
        OutOfTurn::Phase { .. } => &[],
    };
    let behind = behind.iter().map(|id| html! { <li key={id.as_str()}>{ requirement(store, kind, *id) }</li> });
    let whose = match found.clause().and_then(|id| store.catalogue.clause(id)) {
        Some(clause) => {
            let href = format!("{}#{}", store.route.href_to(Route::Source.into()), clause.id);
            html! { <><a {href}>{ clause.locator.as_str() }</a>{ reference(store, kind, found) }</> }
        }
        None => html! { <span class="tag tag--advice">{ words::ADVICE }</span> },
    };
    html! {
        <div>
            <ul class="plain-list">{ for behind }</ul>
            <p class="findings__where">{ found.reason() }{ whose }</p>
        </div>
    }
}

/// 参照（建议）, where what the speech says is of somebody else's plan.
fn reference(store: &Store, kind: UnitKind, found: &OutOfTurn<'static>) -> Option<Html> {
    let OutOfTurn::Requirement { id, .. } = found else { return None };
    let requirement = store.catalogue.requirement(id.as_str())?;
    let is_ours = requirement.duty(kind)?.basis == RoleBasis::Reference;
    is_ours.then(|| basis(store.catalogue, requirement, kind))?
}

fn requirement(store: &Store, kind: UnitKind, id: RequirementId) -> Html {
    let title =
        store.catalogue.requirement(id.as_str()).map_or("", |found| found.title(kind, *store.workbook(kind).cycle));
    link(store, Target::requirement(kind, id), "", store.workbook(kind).cycle.reword(title))
}
