//! Every requirement on one page: to search, to filter, to print.

use plan_checklist_domain::checking::search::Query;
use plan_checklist_domain::{Requirement, Role, Status, UnitKind, Workbook};
use yew::prelude::*;

use crate::components::button::Button;
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
    // Who comes back with the browser's buttons finds what they had looked for; who comes anew finds everything.
    let noted = store.arrival.note.as_ref().map(|note| parse(&note.entered)).unwrap_or_default();
    let query = use_state_eq(|| noted.clone());
    {
        let query = query.setter();
        // The way to the search field, or to what was undone, leads to a place on this page.
        let is_anew = store.arrival.note.is_some() || store.arrival.fragment.is_none();
        use_effect_with(store.arrival.count, move |_| {
            if is_anew {
                query.set(noted);
            }
        });
    }
    let print_due = use_state_eq(|| false);
    {
        let (print_due, dispatch) = (print_due.clone(), store.dispatch.clone());
        let is_due = *print_due && *query == Query::default();
        use_effect_with(is_due, move |is_due| {
            if *is_due {
                print_due.set(false);
                dispatch.send(Action::PrintWanted { for_wall: false });
            }
        });
    }
    let show_all = {
        let (query, dispatch) = (query.setter(), store.dispatch.clone());
        Callback::from(move |_: MouseEvent| {
            dispatch.send(Action::Entered(text(&Query::default())));
            query.set(Query::default());
        })
    };
    let print_all = {
        let (show_all, print_due) = (show_all.clone(), print_due.setter());
        Callback::from(move |click| {
            show_all.emit(click);
            print_due.set(true);
        })
    };
    let print = store.dispatch.on(Action::PrintWanted { for_wall: false });
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
            <div class="needs-program">
                if count < total {
                    <p class="buttons">
                        <Button action="show-all" onclick={show_all}>{ format!("看全部 {total} 项") }</Button>
                        <Button action="print-found" is_disabled={count == 0} onclick={print}>{ format!("打印这 {count} 项") }</Button>
                        <Button action="print-all" onclick={print_all}>{ format!("打印全部 {total} 项") }</Button>
                    </p>
                } else {
                    <p class="buttons"><Button action="print" onclick={print}>{ format!("打印全部 {total} 项") }</Button></p>
                }
            </div>
            <p class="print-only filter__printed">{ (count < total).then(|| printed(&query, count, total)) }</p>
            <div class="groups">{ for groups }</div>
        </div>
    }
}

/// What is on paper where not everything is.
fn printed(query: &Query, count: usize, total: usize) -> String {
    let parts = [
        (!query.words.trim().is_empty()).then(|| format!("含“{}”", query.words.trim())),
        query.status.map(|status| format!("状态是{}", words::status(status))),
        query.role.map(|role| {
            ROLES.iter().find(|(word, _)| *word == role_word(Some(role))).map_or("", |(_, text)| *text).into()
        }),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("只印了全部 {total} 项中的 {count} 项：{}。", parts.join("，"))
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
    fn what_is_printed_says_what_was_looked_for() {
        let query = Query { words: " 定位 ".into(), status: Some(Status::InProgress), role: Some(Role::Support) };
        let expected = "只印了全部 73 项中的 3 项：含“定位”，状态是推进中，我配合。";
        assert_eq!(printed(&query, 3, 73), expected);
    }

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
