//! 责任分工: who leads and who supports what.

use plan_checklist_domain::{CATALOGUE, Requirement, Role, UnitKind};
use yew::prelude::*;

use crate::components::element::{el, many};
use crate::components::link::{link, p, page_head};
use crate::route::Target;
use crate::store::{Action, Dispatch, DutiesFilter, Store};
use crate::words;

fn shows(filter: DutiesFilter, requirement: &Requirement) -> bool {
    let kinds = UnitKind::ALL.into_iter().filter(|kind| filter.kind.is_none_or(|wanted| wanted == *kind));
    kinds.filter_map(|kind| requirement.role(kind)).any(|role| filter.role.is_none_or(|wanted| wanted == role))
}

pub(crate) fn duties(store: &Store) -> Html {
    let filter = store.duties_filter;
    let dispatch = Dispatch::of(store);
    let button = |text: &'static str, next: DutiesFilter| {
        let onclick = dispatch.on::<MouseEvent>(Action::duties_filtered(next));
        let is_on = filter == next;
        html! { <button key={text} type="button" class="chip" aria-pressed={is_on.to_string()} disabled={!store.is_restored} {onclick}>{ text }</button> }
    };
    let mut kinds = vec![button("三类单位", DutiesFilter { kind: None, ..filter })];
    kinds.extend(UnitKind::ALL.map(|kind| button(words::kind(kind), DutiesFilter { kind: Some(kind), ..filter })));
    let roles = [("牵头和配合", None), ("只看牵头", Some(Role::Lead)), ("只看配合", Some(Role::Support))]
        .map(|(text, role)| button(text, DutiesFilter { role, ..filter }));

    let mut count = 0;
    let groups: Vec<Html> = CATALOGUE
        .steps
        .iter()
        .filter_map(|step| {
            let shown: Vec<_> = step.requirements.iter().filter(|requirement| shows(filter, requirement)).collect();
            count += shown.len();
            let rows = shown.iter().map(|requirement| row(store, requirement));
            (!shown.is_empty()).then(|| {
                html! {
                    <tbody key={step.id}>
                        <tr class="duties__step"><th colspan="4" scope="rowgroup">{ step.title }</th></tr>
                        { for rows }
                    </tbody>
                }
            })
        })
        .collect();
    let heads = UnitKind::ALL.map(|kind| {
        let names = vec![el("span", "duties__kind", words::kind(kind)), el("span", "duties__short", short(kind))];
        html! { <th key={kind.as_str()} scope="col">{ for names }</th> }
    });
    let lead = html! {
        <>
            { p("page__lead", "讲话点名：市发展改革委统筹推进，编制市级发展规划和区域规划；市级部门对专项规划、空间规划负主体责任；各县区统筹县域发展规划和县级专项规划。讲话没有点名的，三类单位各自对本单位的规划负责。") }
            { p("page__lead", "标“建议”的牵头和配合，是我们按工作惯例分的，讲话没有这样说。") }
        </>
    };
    html! {
        <div class="page page--wide">
            { page_head(None, "责任分工", lead) }
            <div class="chips needs-program">
                <span class="chips__group" role="group" aria-label="单位类别">{ for kinds }</span>
                <span class="chips__group" role="group" aria-label="分工">{ for roles }</span>
            </div>
            <p class="filter__result" role="status" data-found={count.to_string()}>{ format!("{count} 项") }</p>
            <table class="duties">
                <thead><tr><th scope="col">{ "要求" }</th>{ for heads }</tr></thead>
                { for groups }
            </table>
        </div>
    }
}

/// Where there is little room.
fn short(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Commission => "发改委",
        UnitKind::Department => "部门",
        UnitKind::County => "县区",
    }
}

fn row(store: &Store, requirement: &'static Requirement) -> Html {
    let is_advice = requirement.is_role_advice(&CATALOGUE);
    let to = |kind: UnitKind| Target::requirement(kind, requirement.id);
    let cells: Vec<Html> = if UnitKind::ALL.into_iter().all(|kind| requirement.role(kind) == Some(Role::Lead)) {
        let links = UnitKind::ALL.map(|kind| link(store, to(kind), "duties__link", short(kind)));
        let inside = vec![el("strong", "", "各自负责"), many("span", "duties__links", links)];
        vec![html! { <td key="all" colspan="3">{ for inside }</td> }]
    } else {
        let cells = UnitKind::ALL.map(|kind| {
            let cell = match requirement.role(kind) {
                None => el("span", "duties__none", "不涉及"),
                Some(role) => {
                    let class = if role == Role::Lead { "duties__role duties__role--lead" } else { "duties__role" };
                    link(store, to(kind), class, words::role(role))
                }
            };
            html! { <td key={kind.as_str()}>{ cell }</td> }
        });
        cells.into()
    };
    let tag = is_advice.then(|| el("span", "tag tag--advice", words::ADVICE));
    html! {
        <tr key={requirement.id.as_str()}>
            <th scope="row" class="duties__title">{ requirement.common_title() }{ many("span", "", tag) }</th>
            { for cells }
        </tr>
    }
}
