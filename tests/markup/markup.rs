//! Every page's markup, as it is prerendered: what a reader without scripts gets, and what the program takes over.

mod content;
mod sound;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use plan_checklist::route::Target;
use plan_checklist::{Route, words};
use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::{Cycle, Requirement, Role, Status, UnitKind};
use plan_checklist_prerender::markup;
use scraper::{ElementRef, Html, Node, Selector};

fn render(route: Route) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime starts");
    tokio::task::LocalSet::new().block_on(&runtime, markup(route))
}

fn pages() -> &'static [(Route, String)] {
    static PAGES: OnceLock<Vec<(Route, String)>> = OnceLock::new();
    PAGES.get_or_init(|| Route::every().into_iter().map(|route| (route, render(route))).collect())
}

fn page(route: Route) -> Html {
    let (_, markup) = pages().iter().find(|(other, _)| *other == route).expect("every route is rendered");
    Html::parse_fragment(markup)
}

/// Runs `faults` over every page and fails with all that it finds.
fn check(faults: impl Fn(Route, &Html) -> Vec<String>) {
    let found: Vec<String> = pages()
        .iter()
        .flat_map(|(route, markup)| {
            let faults = faults(*route, &Html::parse_fragment(markup));
            faults.into_iter().map(|fault| format!("/{}: {fault}", route.path()))
        })
        .collect();
    assert!(found.is_empty(), "{} faults\n{}", found.len(), found.join("\n"));
}

fn all<'a>(root: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    root.select(&Selector::parse(selector).expect("a selector")).collect()
}

fn within<'a>(root: ElementRef<'a>, selector: &str) -> Vec<ElementRef<'a>> {
    root.select(&Selector::parse(selector).expect("a selector")).collect()
}

fn text(element: ElementRef) -> String {
    element.text().collect::<String>().trim().to_owned()
}

fn texts(elements: &[ElementRef]) -> Vec<String> {
    elements.iter().map(|element| text(*element)).collect()
}

fn label(control: ElementRef, page: &Html) -> String {
    let of_id = control.value().attr("id").and_then(|id| all(page, &format!("label[for='{id}']")).first().copied());
    let around =
        || control.ancestors().filter_map(ElementRef::wrap).find(|ancestor| ancestor.value().name() == "label");
    of_id.or_else(around).map(text).unwrap_or_default()
}
