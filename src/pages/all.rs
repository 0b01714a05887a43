//! Every requirement on one page: to search, to filter, to print.

use plan_checklist_domain::search::Query;
use plan_checklist_domain::{CATALOGUE, Requirement, Role, Status, UnitKind, Workbook};
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::components::field::{Field, Shape};
use crate::components::icon::status_icon;
use crate::components::link::Link;
use crate::route::Target;
use crate::store::use_store;
use crate::words;

/// The name and id of the search field.
pub(crate) const SEARCH_FIELD: &str = "words";

#[derive(Debug, Properties, PartialEq)]
pub(crate) struct AllProps {
    pub(crate) kind: UnitKind,
}

#[component]
pub(crate) fn All(props: &AllProps) -> Html {
    let kind = props.kind;
    let state = use_store();
    let workbook = state.workbook(kind);
    let query = use_state_eq(Query::default);
    let change = |edit: fn(&mut Query, String)| {
        let query = query.clone();
        move |text| {
            let mut next = (*query).clone();
            edit(&mut next, text);
            query.set(next);
        }
    };
    let on_words = Callback::from(change(|query, words| query.words = words));
    let on_status = change(|query, word| query.status = Status::parse(&word));
    let on_role = change(|query, word| query.role = parse_role(&word));
    let is_disabled = !state.is_restored;

    let mut count = 0;
    let groups: Vec<Html> = CATALOGUE
        .steps
        .iter()
        .filter_map(|step| {
            let found: Vec<_> =
                step.requirements_for(kind).filter(|requirement| query.matches(requirement, workbook)).collect();
            count += found.len();
            let rows = found.iter().map(|requirement| row(kind, requirement, workbook));
            (!found.is_empty()).then(|| {
                html! {
                    <section key={step.id} class="group">
                        <h2 class="group__title">{ step.title }</h2>
                        <ul class="group__list">{ for rows }</ul>
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
    let statuses = Status::ALL.map(
        |status| html! { <option key={status.as_str()} value={status.as_str()}>{ words::status(status) }</option> },
    );
    html! {
        <div class="page">
            <header class="page__head">
                <p class="page__kicker">{ words::kind(kind) }</p>
                <h1 class="page__title">{ "全部要求" }</h1>
                <p class="page__lead">{ "按词、状态、分工查找；也可以直接打印成一份核对表。" }</p>
            </header>
            <div class="filter needs-program" role="search">
                <Field label="查找" name={SEARCH_FIELD} value={query.words.clone()} shape={Shape::Search} {is_disabled}
                    class="filter__words" placeholder="标题、问题、要点里的词，空格隔开" on_write={on_words} />
                <Select label="状态" name="status" {is_disabled} on_choose={Callback::from(on_status)}>
                    <option value="">{ "全部" }</option>{ for statuses }
                </Select>
                <Select label="分工" name="role" {is_disabled} on_choose={Callback::from(on_role)}>
                    <option value="">{ "全部" }</option>
                    <option value="lead">{ "我牵头" }</option>
                    <option value="support">{ "我配合" }</option>
                </Select>
            </div>
            <p class="filter__result" role="status" data-found={count.to_string()}>{ result }</p>
            <div class="groups">{ for groups }</div>
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

fn row(kind: UnitKind, requirement: &'static Requirement, workbook: &Workbook) -> Html {
    let wording = requirement.wording(kind);
    let status = workbook.status(requirement.id);
    let role = requirement.role(kind).map(words::role).unwrap_or_default();
    html! {
        <li key={requirement.id.as_str()} class="row">
            <span class={classes!("row__status", format!("row__status--{}", status.as_str()))}>{ status_icon(status) }{ words::status(status) }</span>
            <span class="row__body">
                <Link to={Target::requirement(kind, requirement.id)} class="row__title">{ wording.title }</Link>
                <span class="row__question">{ wording.question }</span>
            </span>
            <span class="row__meta">{ role }{ " · " }{ words::phase(requirement.phase) }</span>
        </li>
    }
}

#[derive(Debug, Properties, PartialEq)]
struct SelectProps {
    label: AttrValue,
    name: AttrValue,
    is_disabled: bool,
    on_choose: Callback<String>,
    children: Html,
}

#[component]
fn Select(props: &SelectProps) -> Html {
    let on_choose = props.on_choose.clone();
    let onchange = Callback::from(move |event: Event| {
        if let Some(select) = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok()) {
            on_choose.emit(select.value());
        }
    });
    html! {
        <div class="field">
            <label class="field__label" for={props.name.clone()}>{ props.label.clone() }</label>
            <select id={props.name.clone()} name={props.name.clone()} class="field__input" disabled={props.is_disabled} autocomplete="off" {onchange}>
                { props.children.clone() }
            </select>
        </div>
    }
}
