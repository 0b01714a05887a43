//! Every requirement on one page: to search, to filter, to print.

use plan_checklist_domain::checking::search::Query;
use plan_checklist_domain::{Requirement, Role, Status, UnitKind, Workbook};
use yew::prelude::*;

use crate::components::duty::duty;
use crate::components::icon::status_icon;
use crate::components::link::link;
use crate::components::page_head::book_head;
use crate::components::select::Select;
use crate::components::text_field::{Shape, TextField};
use crate::components::unit_names::signature;
use crate::pages::page_props::PageOfKindProps;
use crate::route::Target;
use crate::store::{Action, Store};
use crate::words;

/// The name and id of the search field, which is what the address shows of it.
pub(crate) const SEARCH_FIELD: &str = "查找";

#[component]
pub(crate) fn All(props: &PageOfKindProps) -> Html {
    let PageOfKindProps { store, kind } = props;
    let kind = *kind;
    let workbook = store.workbook(kind);
    let is_disabled = !store.is_restored;
    // Who comes back with the browser's buttons finds what they had looked for.
    let noted = store.arrival.note.as_ref().map(|note| parse(&note.entered));
    let query = use_state_eq(|| noted.clone().unwrap_or_default());
    {
        let query = query.setter();
        use_effect_with(store.arrival.count, move |_| noted.into_iter().for_each(|noted| query.set(noted)));
    }
    // Searches for something slightly different.
    let changing = |edit: fn(&mut Query, String)| {
        let (query, dispatch) = (query.clone(), store.dispatch.clone());
        Callback::from(move |typed| {
            let mut next = (*query).clone();
            edit(&mut next, typed);
            dispatch.send(Action::Entered(text(&next)));
            query.set(next);
        })
    };

    let mut count = 0;
    let groups: Vec<Html> = store
        .catalogue
        .steps
        .iter()
        .filter_map(|step| {
            let found: Vec<_> =
                step.requirements_for(kind).filter(|requirement| query.matches(requirement, workbook)).collect();
            count += found.len();
            let rows = found.iter().map(|requirement| row(store, kind, requirement, workbook));
            (!found.is_empty()).then(|| {
                html! {
                    <section key={step.id.as_str()} class="group">
                        <h2 class="group__title">{ step.title.as_str() }</h2>
                        <ul class="group__list">{ for rows }</ul>
                    </section>
                }
            })
        })
        .collect();
    let total = store.catalogue.requirements_for(kind).count();
    let result = match count {
        0 => "没有符合条件的要求。换个词，或放宽状态和分工。".to_owned(),
        count if count == total => format!("共 {total} 项"),
        count => format!("{total} 项中找到 {count} 项"),
    };
    let everything = [(AttrValue::from(""), AttrValue::from("全部"))];
    let statuses = Status::ALL.map(|status| (status.as_str().into(), words::status(status).into()));
    let statuses: Vec<_> = everything.into_iter().chain(statuses).collect();
    let roles: Vec<_> = ROLES.map(|(word, text)| (word.into(), text.into())).into();
    html! {
        <div class="page">
            { book_head(store, kind, None, "全部要求", html! {
                <p class="page__lead">{ "按词、状态、分工查找；也可以直接打印成一份核对表。" }</p>
            }) }
            { signature(store, kind) }
            <div class="filter needs-program" role="search">
                <TextField label="查找" name={SEARCH_FIELD} value={query.words.clone()} shape={Shape::Search} {is_disabled}
                    class="filter__words" placeholder="标题、问题、要点里的词，空格隔开"
                    on_write={changing(|query, words| query.words = words)} />
                <Select label="状态" name="status" options={statuses} value={query.status.map_or("", Status::as_str)} {is_disabled}
                    on_choose={changing(|query, word| query.status = Status::parse(&word))} />
                <Select label="分工" name="role" options={roles} value={role_word(query.role)} {is_disabled}
                    on_choose={changing(|query, word| query.role = parse_role(&word))} />
            </div>
            <p class="filter__result" role="status" data-found={count.to_string()}>{ result }</p>
            <div class="groups">{ for groups }</div>
        </div>
    }
}

fn row(store: &Store, kind: UnitKind, requirement: &'static Requirement, workbook: &Workbook) -> Html {
    let status = workbook.status(requirement.id);
    let title = workbook.cycle.reword(requirement.title(kind, *workbook.cycle));
    html! {
        <li key={requirement.id.as_str()} class="row">
            <span class={classes!("row__status", format!("row__status--{}", status.as_str()))}>
                { status_icon(status) }
                { words::status(status) }
            </span>
            <span class="row__body">
                { link(store, Target::requirement(kind, requirement.id), "row__title", title) }
                <span class="row__question">{ workbook.cycle.reword(requirement.ask(kind, *workbook.cycle).question) }</span>
            </span>
            <span class="row__meta">{ duty(store.catalogue, requirement, kind) }<span>{ words::suggested_phase(requirement.phase) }</span></span>
        </li>
    }
}

const ROLES: [(&str, &str); 3] = [("", "全部"), ("lead", "我负责、牵头"), ("support", "我配合")];

fn role_word(role: Option<Role>) -> &'static str {
    match role {
        None => "",
        Some(Role::Lead) => "lead",
        Some(Role::Support) => "support",
    }
}

fn parse_role(word: &str) -> Option<Role> {
    match word {
        "lead" => Some(Role::Lead),
        "support" => Some(Role::Support),
        _ => None,
    }
}

/// As the page notes it: status, role, words.
fn text(query: &Query) -> String {
    format!("{} {} {}", query.status.map_or("", Status::as_str), role_word(query.role), query.words)
}

fn parse(text: &str) -> Query {
    let mut parts = text.splitn(3, ' ');
    let mut next = || parts.next().unwrap_or_default();
    Query { status: Status::parse(next()), role: parse_role(next()), words: next().into() }
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
