//! Every requirement on one page: to search, to filter, to print.

use std::collections::BTreeSet;

use plan_checklist_domain::checking::search::{Hit, Place, Query};
use plan_checklist_domain::{Answer, Finding, OwnRequirement, Requirement, RequirementId, Role, Status, UnitKind};
use yew::prelude::*;

use crate::components::button::Button;
use crate::components::duty::duty;
use crate::components::icon::status_icon;
use crate::components::link::link_around;
use crate::components::owners::owners;
use crate::components::page_head::book_head;
use crate::components::people::People;
use crate::components::select::Select;
use crate::components::text_field::{Shape, TextField};
use crate::components::together::Together;
use crate::components::unit_names::signature;
use crate::pages::page_props::PageOfKindProps;
use crate::route::{Route, Target};
use crate::store::{Action, Printout, Store};
use crate::words;

/// The name and id of the search field, which is what the address shows of it.
pub(crate) const SEARCH_FIELD: &str = "查找";

#[component]
pub(crate) fn All(props: &PageOfKindProps) -> Html {
    let PageOfKindProps { store, kind } = props;
    let kind = *kind;
    let workbook = store.workbook(kind);
    let is_disabled = !store.is_restored;
    let day = store.as_of(workbook);
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
                dispatch.send(Action::PrintWanted(Printout::Page));
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
    let print = store.dispatch.on(Action::PrintWanted(Printout::Page));
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

    // What was ticked, to be filled in together.
    let picked = use_state_eq(BTreeSet::<RequirementId>::new);
    let pick = {
        let picked = picked.clone();
        Callback::from(move |(ids, is_picked): (Vec<RequirementId>, bool)| {
            let mut next = (*picked).clone();
            for id in ids {
                if is_picked {
                    next.insert(id)
                } else {
                    next.remove(&id)
                };
            }
            picked.set(next);
        })
    };

    let (mut count, mut own_count) = (0, 0);
    let mut shown = Vec::new();
    let groups: Vec<Html> = store
        .catalogue
        .steps
        .iter()
        .filter_map(|step| {
            let found: Vec<_> = step
                .requirements_for(kind)
                .filter_map(|requirement| Some((requirement, query.find(store.catalogue, requirement, workbook, day)?)))
                .collect();
            count += found.len();
            let own: Vec<_> = workbook
                .own_requirements()
                .filter(|own| own.step == step.id)
                .filter_map(|own| {
                    let hits = query.find_in_own(&own, workbook, day)?;
                    Some((own, hits))
                })
                .collect();
            own_count += own.len();
            let ids: Vec<_> = found.iter().map(|(found, _)| found.id).chain(own.iter().map(|(own, _)| own.id)).collect();
            shown.extend(&ids);
            let is_all = ids.iter().all(|id| picked.contains(id));
            let list = List { store, kind, query: &query, picked: &picked, pick: &pick };
            let rows = found.iter().map(|(requirement, hits)| row(&list, requirement, hits));
            let own_rows = own.iter().map(|(own, hits)| own_row(&list, own, hits));
            let is_any = !ids.is_empty();
            let pick_all = pick.reform(move |_: Event| (ids.clone(), !is_all));
            is_any.then(|| {
                html! {
                    <section key={step.id.as_str()} class="group">
                        <div class="group__title">
                            <label class="row__picked">
                                <input class="row__pick needs-program" type="checkbox" aria-label={format!("勾选“{}”下的各项", step.title)}
                                    checked={is_all} disabled={is_disabled} autocomplete="off" onchange={pick_all} />
                            </label>
                            <h2>{ step.title.as_str() }</h2>
                        </div>
                        <ul class="group__list">{ for rows }{ for own_rows }</ul>
                    </section>
                }
            })
        })
        .collect();
    let total = store.catalogue.requirements_for(kind).count();
    let result = match count {
        0 => "没有符合条件的要求。换个词，或放宽条件。".to_owned(),
        count if count == total => format!("共 {total} 项"),
        count => format!("{total} 项中找到 {count} 项"),
    };
    let result = match (count, own_count) {
        (_, 0) => result,
        (0, own) => format!("找到本单位自加 {own} 项"),
        (_, own) => format!("{result}，另有本单位自加 {own} 项"),
    };
    let ids: Vec<_> = shown.into_iter().filter(|id| picked.contains(id)).collect();
    let on_find = changing(|query, owner| query.words = owner);
    let everything = [(AttrValue::from(""), AttrValue::from("全部"))];
    let statuses = Status::ALL.map(|status| (status.as_str().into(), words::status(status).into()));
    let statuses: Vec<_> = everything.clone().into_iter().chain(statuses).collect();
    let findings = FINDINGS.map(|(word, finding)| (word.into(), finding.name().into()));
    let findings: Vec<_> = everything.into_iter().chain(findings).collect();
    let roles: Vec<_> = ROLES.map(|(word, text)| (word.into(), text.into())).into();
    html! {
        <div class="page">
            { book_head(store, kind, None, "全部要求", html! {
                <p class="page__lead">{ "按词、人、状态查找，勾选几项一起填责任人和时限；也可以打印成一份核对表。" }</p>
            }) }
            { signature(store, kind) }
            <div class="filter needs-program" role="search">
                <TextField label="查找" name={SEARCH_FIELD} value={query.words.clone()} shape={Shape::Search} {is_disabled}
                    class="filter__words" placeholder="要求里的词、自己写的内容、人名，空格隔开"
                    on_write={changing(|query, words| query.words = words)} />
                <Select label="状态" name="status" options={statuses} value={query.status.map_or("", Status::as_str)} {is_disabled}
                    on_choose={changing(|query, word| query.status = Status::parse(&word))} />
                <Select label="情况" name="finding" options={findings} value={finding_word(query.finding)} {is_disabled}
                    on_choose={changing(|query, word| query.finding = parse_finding(&word))} />
                <Select label="我的角色" name="role" options={roles} value={role_word(query.role)} {is_disabled}
                    on_choose={changing(|query, word| query.role = parse_role(&word))} />
            </div>
            <p class="filter__result" role="status" data-found={count.to_string()}>{ result }</p>
            <People {kind} workbook={workbook.clone()} is_disabled={!store.is_editable(kind)} {on_find} dispatch={store.dispatch.clone()} />
            <div class="needs-program">
                if count < total {
                    <p class="buttons">
                        <Button action="show-all" onclick={show_all}>{ format!("看全部 {total} 项") }</Button>
                        <Button action="print-found" is_disabled={count + own_count == 0} onclick={print}>{ format!("打印这 {} 项", count + own_count) }</Button>
                        <Button action="print-all" onclick={print_all}>{ format!("打印全部 {total} 项") }</Button>
                    </p>
                } else {
                    <p class="buttons"><Button action="print" onclick={print}>{ format!("打印全部 {total} 项") }</Button></p>
                }
            </div>
            <p class="print-only filter__printed">{ (count < total).then(|| printed(&query, count, total)) }</p>
            <div class="groups">{ for groups }</div>
            <div class="picked needs-program">
                if !ids.is_empty() {
                    <Together {kind} workbook={workbook.clone()} {ids} is_disabled={!store.is_editable(kind)} dispatch={store.dispatch.clone()} />
                }
            </div>
            { owners(workbook) }
        </div>
    }
}

/// What is on paper where not everything is.
fn printed(query: &Query, count: usize, total: usize) -> String {
    let parts = [
        (!query.words.trim().is_empty()).then(|| format!("含“{}”", query.words.trim())),
        query.status.map(|status| format!("状态是{}", words::status(status))),
        query.finding.map(|finding| finding.name().to_owned()),
        query.role.map(|role| {
            ROLES.iter().find(|(word, _)| *word == role_word(Some(role))).map_or("", |(_, text)| *text).into()
        }),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("只印了全部 {total} 项中的 {count} 项：{}。", parts.join("，"))
}

/// Adds rows to what is picked, or takes them away.
type Pick = Callback<(Vec<RequirementId>, bool)>;

/// What all rows of the list are drawn with.
struct List<'a> {
    store: &'a Store,
    kind: UnitKind,
    query: &'a Query,
    picked: &'a BTreeSet<RequirementId>,
    pick: &'a Pick,
}

fn row(list: &List<'_>, requirement: &'static Requirement, hits: &[Hit]) -> Html {
    let List { store, kind, query, .. } = *list;
    let workbook = store.workbook(kind);
    let title = workbook.cycle.reword(requirement.title(kind, *workbook.cycle));
    let question = workbook.cycle.reword(requirement.ask(kind, *workbook.cycle).question);
    let answer = workbook.answer(requirement.id);
    html! {
        <li key={requirement.id.as_str()} class="row">
            { state(list, requirement.id, &title, *answer.status) }
            <span class="row__body">
                { link_around(store, Target::requirement(kind, requirement.id), "row__title", false, marked(query, &title)) }
                <span class="row__question">{ marked(query, &question) }</span>
                { answered(query, &answer) }
                { found_in(query, hits) }
            </span>
            <span class="row__meta">{ duty(store.catalogue, requirement, kind) }<span>{ words::suggested_phase(requirement.phase) }</span></span>
        </li>
    }
}

fn own_row(list: &List<'_>, own: &OwnRequirement<'_>, hits: &[Hit]) -> Html {
    let List { store, kind, query, .. } = *list;
    let workbook = store.workbook(kind);
    let to = store.place(workbook, own.id).map_or(Route::TaskList(kind).into(), |(target, _)| target);
    let answer = workbook.answer(own.id);
    html! {
        <li key={own.id.as_str()} class="row">
            { state(list, own.id, own.name(), *answer.status) }
            <span class="row__body">
                { link_around(store, to, "row__title", false, marked(query, own.name())) }
                <span class="row__question">{ marked(query, own.source) }</span>
                { answered(query, &answer) }
                { found_in(query, hits) }
            </span>
            <span class="row__meta"><span class="tag">{ "本单位自加" }</span></span>
        </li>
    }
}

/// Who answers for it, and until when.
fn answered(query: &Query, answer: &Answer) -> Html {
    let owner = answer.owner.trim();
    html! {
        <span class="row__own">
            if !owner.is_empty() {
                <span>{ "责任人：" }{ marked(query, owner) }</span>
            }
            if let Some(due) = *answer.due {
                <span>{ format!("{}前完成", due.in_chinese()) }</span>
            }
        </span>
    }
}

/// Where else the words are, each with what is written around them.
fn found_in(query: &Query, hits: &[Hit]) -> Html {
    let rows = hits.iter().enumerate().map(|(at, hit)| {
        let place = match &hit.place {
            Place::Id => "编号",
            Place::Point => "核对要点",
            Place::Note => "备注",
            Place::Problem => "存在问题",
            Place::Measure => "下一步措施",
            Place::Reason => "为什么不适用",
            Place::Evidence => "佐证",
            Place::Finding => "情况",
            Place::Plan(name) => name,
        };
        html! { <span key={at} class="row__hit">{ format!("{place}：") }{ marked(query, &hit.excerpt) }</span> }
    });
    html! { <span class="row__hits">{ for rows }</span> }
}

/// A text with what was looked for marked in it.
fn marked(query: &Query, text: &str) -> Html {
    let pieces = query.marked(text).into_iter();
    pieces
        .map(|(is_found, piece)| {
            if is_found {
                html! { <mark>{ piece }</mark> }
            } else {
                html! { piece }
            }
        })
        .collect()
}

fn state(list: &List<'_>, id: RequirementId, title: &str, status: Status) -> Html {
    let is_picked = list.picked.contains(&id);
    html! {
        <label class={classes!("row__picked", "row__status", format!("row__status--{}", status.as_str()))}>
            <input class="row__pick needs-program" type="checkbox" aria-label={format!("勾选“{title}”")} checked={is_picked}
                disabled={!list.store.is_restored} autocomplete="off" onchange={list.pick.reform(move |_: Event| (vec![id], !is_picked))} />
            { status_icon(status) }
            { words::status(status) }
        </label>
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

/// What can be looked for besides a status.
const FINDINGS: [(&str, Finding); 4] = [
    ("overdue", Finding::Overdue),
    ("near", Finding::Near),
    ("without-evidence", Finding::WithoutEvidence),
    ("without-reason", Finding::WithoutReason),
];

fn finding_word(finding: Option<Finding>) -> &'static str {
    FINDINGS.iter().find(|(_, other)| Some(*other) == finding).map_or("", |(word, _)| word)
}

fn parse_finding(word: &str) -> Option<Finding> {
    FINDINGS.iter().find(|(other, _)| *other == word).map(|(_, finding)| *finding)
}

/// As the page notes it: status, role, finding, words.
fn text(query: &Query) -> String {
    let status = query.status.map_or("", Status::as_str);
    format!("{status} {} {} {}", role_word(query.role), finding_word(query.finding), query.words)
}

fn parse(text: &str) -> Query {
    let mut parts = text.splitn(4, ' ');
    let mut next = || parts.next().unwrap_or_default();
    Query {
        status: Status::parse(next()),
        role: parse_role(next()),
        finding: parse_finding(next()),
        words: next().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_says_what_was_looked_for() {
        let query = Query {
            words: " 定位 ".into(),
            status: Some(Status::InProgress),
            role: Some(Role::Support),
            finding: Some(Finding::Near),
        };
        let expected = "只印了全部 73 项中的 3 项：含“定位”，状态是推进中，临近，我配合。";
        assert_eq!(printed(&query, 3, 73), expected);
    }

    #[test]
    fn what_is_looked_for_is_remembered_whole() {
        for query in [
            Query::default(),
            Query { words: " 定位  目标".into(), ..Query::default() },
            Query {
                words: "done lead".into(),
                status: Some(Status::InProgress),
                role: Some(Role::Support),
                finding: Some(Finding::WithoutReason),
            },
        ] {
            assert_eq!(parse(&text(&query)), query);
        }
        assert_eq!(parse(""), Query::default());
    }
}
