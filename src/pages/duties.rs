//! 分工一览: who leads and who supports what.

use plan_checklist_domain::{Requirement, Role, UnitKind};
use yew::prelude::*;

use crate::components::duty::{basis, common_duty};
use crate::components::link::link;
use crate::components::page_head::page_head;
use crate::pages::page_props::PageProps;
use crate::route::Target;
use crate::store::Store;
use crate::words;

/// Whose duties to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Filter {
    kind: Option<UnitKind>,
    role: Option<Role>,
}

impl Filter {
    fn shows(self, requirement: &Requirement) -> bool {
        let kinds = UnitKind::ALL.into_iter().filter(|kind| self.kind.is_none_or(|wanted| wanted == *kind));
        kinds.filter_map(|kind| requirement.role(kind)).any(|role| self.role.is_none_or(|wanted| wanted == role))
    }
}

#[component]
pub(crate) fn Duties(props: &PageProps) -> Html {
    let store = &props.store;
    let filter = use_state_eq(Filter::default);
    let chip = |text: &'static str, next: Filter| {
        let is_on = *filter == next;
        let filter = filter.setter();
        let onclick = Callback::from(move |_| filter.set(next));
        html! {
            <button key={text} type="button" class="chip" aria-pressed={is_on.to_string()} disabled={!store.is_restored} {onclick}>
                { text }
            </button>
        }
    };
    let kinds = UnitKind::ALL.map(|kind| chip(words::kind(kind), Filter { kind: Some(kind), ..*filter }));
    let roles = [("负责和配合", None), ("只看负责、牵头", Some(Role::Lead)), ("只看配合", Some(Role::Support))]
        .map(|(text, role)| chip(text, Filter { role, ..*filter }));

    let mut count = 0;
    let groups: Vec<Html> = store
        .catalogue
        .steps
        .iter()
        .filter_map(|step| {
            let shown: Vec<_> = step.requirements.iter().filter(|requirement| filter.shows(requirement)).collect();
            count += shown.len();
            let rows = shown.iter().map(|requirement| row(store, requirement));
            (!shown.is_empty()).then(|| {
                html! {
                    <tbody key={step.id.as_str()}>
                        <tr class="duties__step"><th colspan="4" scope="rowgroup">{ step.title.as_str() }</th></tr>
                        { for rows }
                    </tbody>
                }
            })
        })
        .collect();
    let heads = UnitKind::ALL.map(|kind| {
        html! {
            <th key={kind.as_str()} scope="col">
                <span class="duties__kind">{ words::kind(kind) }</span>
                <span class="duties__short">{ short(kind) }</span>
            </th>
        }
    });
    html! {
        <div class="page">
            { page_head(None, "分工一览", html! {
                <>
                    <p class="page__lead">{ "讲话点名分给三类单位的：市发展改革委统筹推进全市规划编制，总牵头编全市规划纲要，承担市级发展规划和区域规划，协调解决编制中的问题；市级有关部门对市级专项规划、空间规划负主体责任；各县区政府照市里的统一安排，统筹县域发展规划和专项规划。" }</p>
                    <p class="page__lead">{ "下面每项分工都写明出自哪里：" }</p>
                    <ul class="plain-list duties__bases">
                        <li>{ "讲话点名：讲话点到这一类单位。" }</li>
                        <li>{ "讲话对各县区、各部门（或各级各部门、大家）说：讲话一起要求，不分哪一类单位。" }</li>
                        <li>{ "讲话没点名，我们理解都要做：讲话没有说由谁做。" }</li>
                        <li>{ "参照（建议）、建议：讲话没有这样要求这一类单位，照着做是我们的建议。如“四个准确把握”，讲话说的是全市规划纲要，部门、县区编自己的规划时参照。" }</li>
                    </ul>
                </>
            }) }
            <div class="chips needs-program">
                <span class="chips__group" role="group" aria-label="单位类别">
                    { chip("三类单位", Filter { kind: None, ..*filter }) }
                    { for kinds }
                </span>
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
    let to = |kind: UnitKind| Target::requirement(kind, requirement.id);
    let cells = UnitKind::ALL.map(|kind| {
        html! {
            <td key={kind.as_str()}>
                if let Some(duty) = requirement.duty(kind) {
                    { link(store, to(kind), role_class(duty.role), words::role(requirement, kind)) }
                    { basis(store.catalogue, requirement, kind) }
                } else {
                    <span class="duties__none">{ "不涉及" }</span>
                }
            </td>
        }
    });
    let links = UnitKind::ALL.map(|kind| link(store, to(kind), "duties__link", short(kind)));
    html! {
        <tr key={requirement.id.as_str()}>
            <th scope="row" class="duties__title">
                { requirement.common_title() }
            </th>
            if common_duty(requirement).is_some() {
                <td key="all" colspan="3">
                    <strong>{ words::role(requirement, UnitKind::County) }</strong>
                    { basis(store.catalogue, requirement, UnitKind::County) }
                    <span class="duties__links">{ for links }</span>
                </td>
            } else {
                { for cells }
            }
        </tr>
    }
}

fn role_class(role: Role) -> &'static str {
    match role {
        Role::Lead => "duties__role duties__role--lead",
        Role::Support => "duties__role",
    }
}
