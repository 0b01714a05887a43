//! Every requirement on one page: to search, to filter, to print.

use plan_checklist_domain::search::Query;
use plan_checklist_domain::{CATALOGUE, Requirement, Role, Status, UnitKind, Workbook};
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::components::element::{el, many};
use crate::components::field::{Field, Shape};
use crate::components::icon::status_icon;
use crate::components::link::{link, p, page_head};
use crate::components::unit_names::signature;
use crate::effects::search;
use crate::route::Target;
use crate::store::{Action, Dispatch, Store};
use crate::words;

/// The name and id of the search field, which is what the address shows of it.
pub(crate) const SEARCH_FIELD: &str = "查找";

pub(crate) fn all(store: &Store, kind: UnitKind) -> Html {
    let workbook = store.workbook(kind);
    let query = &query(store);
    let is_disabled = !store.is_restored;

    let mut count = 0;
    let groups: Vec<Html> = CATALOGUE
        .steps
        .iter()
        .filter_map(|step| {
            let found: Vec<_> =
                step.requirements_for(kind).filter(|requirement| query.matches(requirement, workbook)).collect();
            count += found.len();
            let rows = found.iter().map(|requirement| row(store, kind, requirement, workbook));
            (!found.is_empty()).then(|| {
                html! {
                    <section key={step.id} class="group">
                        { el("h2", "group__title", step.title) }
                        { many("ul", "group__list", rows) }
                    </section>
                }
            })
        })
        .collect();
    let total = CATALOGUE.requirements_for(kind).count();
    let result = match count {
        0 => "没有符合条件的要求。换个词，或放宽状态和分工。".to_owned(),
        count if count == total => format!("共 {total} 项"),
        count => format!("{total} 项中找到 {count} 项"),
    };
    let statuses = [("", "全部")].into_iter().chain(Status::ALL.map(|status| (status.as_str(), words::status(status))));
    let statuses: Vec<_> = statuses.collect();
    html! {
        <div class="page">
            { page_head(Some(words::kind(kind).into()), "全部要求", p("page__lead", "按词、状态、分工查找；也可以直接打印成一份核对表。")) }
            { signature(store, kind) }
            <div class="filter needs-program" role="search">
                <Field label="查找" name={SEARCH_FIELD} value={query.words.clone()} shape={Shape::Search} {is_disabled}
                    class="filter__words" placeholder="标题、问题、要点里的词，空格隔开" on_write={changing(store, |query, words| query.words = words)} />
                { select("状态", "status", &statuses, query.status.map_or("", Status::as_str), is_disabled, changing(store, |query, word| query.status = Status::parse(&word))) }
                { select("分工", "role", &ROLES, role_word(query.role), is_disabled, changing(store, |query, word| query.role = parse_role(&word))) }
            </div>
            <p class="filter__result" role="status" data-found={count.to_string()}>{ result }</p>
            { many("div", "groups", groups) }
        </div>
    }
}

fn parse_role(word: &str) -> Option<Role> {
    match word {
        "lead" => Some(Role::Lead),
        "support" => Some(Role::Support),
        _ => None,
    }
}

fn row(store: &Store, kind: UnitKind, requirement: &'static Requirement, workbook: &Workbook) -> Html {
    let status = workbook.status(requirement.id);
    let role = requirement.role(kind).map(words::role).unwrap_or_default();
    html! {
        <li key={requirement.id.as_str()} class="row">
            <span class={classes!("row__status", format!("row__status--{}", status.as_str()))}>{ status_icon(status) }{ words::status(status) }</span>
            <span class="row__body">
                { link(store, Target::requirement(kind, requirement.id), "row__title", workbook.cycle.reword(requirement.title(kind))) }
                { el("span", "row__question", AttrValue::from(workbook.cycle.reword(requirement.ask(kind).question))) }
            </span>
            <span class="row__meta">{ role }{ " · " }{ words::phase(requirement.phase) }</span>
        </li>
    }
}

const ROLES: [(&str, &str); 3] = [("", "全部"), ("lead", "我牵头"), ("support", "我配合")];

fn role_word(role: Option<Role>) -> &'static str {
    match role {
        None => "",
        Some(Role::Lead) => "lead",
        Some(Role::Support) => "support",
    }
}

/// What is looked for; in a page just loaded, what the tab looked for before.
fn query(store: &Store) -> Query {
    let before = || store.is_restored.then(search::recall).flatten().map(|text| parse(&text));
    store.query.clone().or_else(before).unwrap_or_default()
}

/// As [`search`] keeps it: status, role, words.
fn text(query: &Query) -> String {
    format!("{} {} {}", query.status.map_or("", Status::as_str), role_word(query.role), query.words)
}

fn parse(text: &str) -> Query {
    let mut parts = text.splitn(3, ' ');
    let mut next = || parts.next().unwrap_or_default();
    Query { status: Status::parse(next()), role: parse_role(next()), words: next().into() }
}

/// Searches for something slightly different.
fn changing(store: &Store, edit: fn(&mut Query, String)) -> Callback<String> {
    let (dispatch, query) = (Dispatch::of(store), query(store));
    Callback::from(move |typed| {
        let mut next = query.clone();
        edit(&mut next, typed);
        search::remember(&text(&next));
        dispatch.send(Action::searched(next));
    })
}

fn select(
    label: &'static str,
    name: &'static str,
    options: &[(&'static str, &'static str)],
    chosen: &str,
    is_disabled: bool,
    on_choose: Callback<String>,
) -> Html {
    let onchange = Callback::from(move |event: Event| {
        if let Some(select) = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok()) {
            on_choose.emit(select.value());
        }
    });
    let options = options.iter().map(|(word, text)| {
        html! { <option key={*word} value={*word} selected={*word == chosen}>{ *text }</option> }
    });
    html! {
        <div class="field">
            <label class="field__label" for={name}>{ label }</label>
            <select id={name} {name} class="field__input" disabled={is_disabled} autocomplete="off" {onchange}>{ for options }</select>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_for_is_remembered_whole() {
        for query in [
            Query::default(),
            Query { words: " 定位  目标".into(), ..Query::default() },
            Query { words: "done lead".into(), status: Some(Status::InProgress), role: Some(Role::Support) },
        ] {
            assert_eq!(parse(&text(&query)), query);
        }
        assert_eq!(parse(""), Query::default());
    }
}
