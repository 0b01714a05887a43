//! What the review finds beyond single answers: 次序问题, and milestones that are late.

use plan_checklist_domain::order::{OutOfTurn, out_of_turn};
use plan_checklist_domain::{CATALOGUE, RequirementId, UnitKind, Urgency};
use yew::prelude::*;

use crate::components::element::{el, many};
use crate::components::link::{link, p};
use crate::route::{Route, Target};
use crate::store::Store;
use crate::words;

/// What is out of turn in the workbook of this kind; nothing where all is in order.
pub(crate) fn disorder(store: &Store, kind: UnitKind) -> Option<Html> {
    let workbook = store.workbook(kind);
    let found = out_of_turn(kind, |id| workbook.status(id));
    if found.is_empty() {
        return None;
    }
    let title = format!("次序问题（{} 处）", found.len());
    let rows = found.iter().enumerate().map(|(at, found)| {
        let (what, behind) = match found {
            OutOfTurn::Requirement { id, behind, .. } => {
                let state = words::status(workbook.status(*id));
                let what = vec![requirement(store, kind, *id), Html::from(format!("{state}，但依据的这些还没跟上："))];
                (what, behind.iter().map(|id| el("li", "", requirement(store, kind, *id))).collect())
            }
            OutOfTurn::Phase { done, earlier, unchecked } => {
                let text = format!(
                    "{}阶段的要求都了结了，{}阶段还有 {unchecked} 项未核对。",
                    words::phase(*done),
                    words::phase(*earlier)
                );
                (vec![Html::from(text)], Vec::new())
            }
        };
        let whose = match found.clause().and_then(|id| CATALOGUE.clause(id)) {
            Some(clause) => {
                let href = format!("{}#{}", store.route.href_to(Route::Source.into()), clause.id);
                html! { <a {href}>{ clause.locator() }</a> }
            }
            None => el("span", "tag tag--advice", words::ADVICE),
        };
        html! {
            <li key={at} class="findings__order">
                { many("p", "", what) }
                { many("ul", "plain-list", behind) }
                { many("p", "findings__where", vec![Html::from(found.reason()), whose]) }
            </li>
        }
    });
    Some(html! {
        <section class="findings" data-finding="order" aria-labelledby="finding-order">
            <h2 class="findings__title" id="finding-order">{ title }</h2>
            { p("findings__hint", "后面的走到了前面，先看看前面的是不是漏了。") }
            { many("ul", "findings__list", rows) }
        </section>
    })
}

/// The unit's own milestones that are late or soon will be; nothing where none is.
pub(crate) fn late_milestones(store: &Store, kind: UnitKind) -> Option<Html> {
    let workbook = store.workbook(kind);
    let day = store.as_of(workbook)?;
    let rows = workbook.milestones().filter_map(|(at, milestone)| {
        let urgency = Urgency::of_milestone(&milestone, day, |id| workbook.status(id).is_open())?;
        if urgency > Urgency::Near {
            return None;
        }
        let text = format!("{} · {}", words::urgency(urgency), milestone.date.map(words::date).unwrap_or_default());
        let name = milestone.name.trim();
        let name = if name.is_empty() { "未命名的节点" } else { name };
        Some(html! {
            <li key={at.0.to_string()} class="findings__item">
                { link(store, Route::Dates(kind), "", name.to_owned()) }
                { el("span", "findings__where", text) }
            </li>
        })
    });
    let rows: Vec<Html> = rows.collect();
    (!rows.is_empty()).then(|| {
        html! {
            <section class="findings" data-finding="milestones" aria-labelledby="finding-milestones">
                <h2 class="findings__title" id="finding-milestones">{ format!("自定节点（{} 个）", rows.len()) }</h2>
                { p("findings__hint", "本单位自己定的节点，过了或快到了，要做的还没做完。") }
                { many("ul", "findings__list", rows) }
            </section>
        }
    })
}

fn requirement(store: &Store, kind: UnitKind, id: RequirementId) -> Html {
    let title = CATALOGUE.requirement(id.as_str()).map_or("", |found| found.title(kind));
    link(store, Target::requirement(kind, id), "", store.workbook(kind).cycle.reword(title))
}
