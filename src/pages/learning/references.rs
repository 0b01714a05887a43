//! What a question or a lesson rests on: its clauses, and the requirements that ask for them.

use plan_checklist_domain::training::{Question, Topic};
use plan_checklist_domain::{Requirement, UnitKind};
use yew::prelude::*;

use crate::components::link::link;
use crate::route::{Route, Target};
use crate::store::Store;

/// Links to clauses, by their locators.
pub(super) fn clauses(store: &Store, ids: &'static [String]) -> Html {
    let clauses = ids.iter().filter_map(|id| store.catalogue.clause(id)).map(|clause| {
        let href = format!("{}#{}", store.route.href_to(Route::Source.into()), clause.id);
        html! { <a key={clause.id.as_str()} class="references__clause" {href}>{ clause.locator.as_str() }</a> }
    });
    html! { <span class="references">{ for clauses }</span> }
}

/// Where a question comes from, and what the checklist asks of it.
pub(super) fn of_question(store: &Store, question: &'static Question) -> Html {
    let what = match question.topic {
        Some(Topic::Unsaid) => "讲话最接近的一条：",
        _ => "出处：",
    };
    let requirement = requirement(store, question).map(|(kind, requirement)| {
        let title = store.workbook(kind).cycle.reword(requirement.title(kind, *store.workbook(kind).cycle));
        html! { <>{ "自查表里的要求：" }{ link(store, Target::requirement(kind, requirement.id), "", title.into_owned()) }</> }
    });
    html! {
        <p class="page__sources">{ what }{ clauses(store, &question.clauses) }{ for requirement }</p>
    }
}

/// The first requirement that asks for it, as a unit of the kind that the reader works for is asked.
fn requirement(store: &Store, question: &'static Question) -> Option<(UnitKind, &'static Requirement)> {
    let own = store.shown_books().first().map(|book| book.kind);
    let kinds = own.into_iter().chain(question.kinds.iter().copied()).chain([
        UnitKind::County,
        UnitKind::Department,
        UnitKind::Commission,
    ]);
    let kinds: Vec<_> = kinds.filter(|kind| question.concerns(*kind)).collect();
    let mut covering = question.clauses.iter().flat_map(|clause| store.catalogue.covering(clause));
    let found = |requirement: &'static Requirement| {
        kinds.iter().find(|kind| requirement.role(**kind).is_some()).map(|kind| (*kind, requirement))
    };
    covering.find_map(found)
}
