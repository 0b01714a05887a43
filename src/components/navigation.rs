//! The bar of pages: home, and three groups that say what people come for.

use plan_checklist_domain::{Pressing, UnitKind, Urgency};
use yew::prelude::*;

use crate::components::link::{link_around, share_link};
use crate::route::Route;
use crate::store::Store;
use crate::words;

/// Where the bar has no room for all links, those of the group that the reader is in stay, and the others' names.
pub(crate) fn navigation(store: &Store) -> Html {
    // A page that belongs to no checklist leads back to the one worked on last.
    let kind = store.route.kind().or_else(|| store.shown_books().first().map(|book| book.kind));
    html! {
        <nav class="nav-bar" aria-label="主导航">
            <div class="nav">
                { entry(store, Route::Home, "首页") }
                { for kind.map(|kind| group(store, "check", "自查", &filling(kind), None)) }
                { group(store, "look-up", "查阅", &[(Route::Duties, "分工一览"), (Route::Source, "原文对照"), (Route::Training, "学习")], None) }
                { group(store, "manage", "管理", &[(Route::Workbooks, "我的自查表"), (Route::Safety, "数据安全")], Some(share_link(store))) }
            </div>
        </nav>
    }
}

fn filling(kind: UnitKind) -> [(Route, &'static str); 4] {
    [
        (Route::TaskList(kind), "自查步骤"),
        (Route::All(kind), "全部要求"),
        (Route::Review(kind), "核对结果"),
        (Route::Dates(kind), "节点期限"),
    ]
}

fn is_current(store: &Store, to: Route) -> bool {
    to == store.route
        || matches!((to, store.route), (Route::TaskList(_), Route::Step(..)) | (Route::Workbooks, Route::RollUp))
        || (to == Route::Training && Route::OF_TRAINING.contains(&store.route))
}

fn group(
    store: &Store,
    key: &'static str,
    name: &'static str,
    links: &[(Route, &'static str)],
    more: Option<Html>,
) -> Html {
    let is_here = links.iter().any(|(to, _)| is_current(store, *to))
        || (more.is_some()
            && matches!(store.route, Route::Share | Route::Poster(_) | Route::Snapshot | Route::Start(_)));
    let entries = links.iter().map(|(to, text)| entry(store, *to, text));
    html! {
        <div {key} class={classes!("nav__group", is_here.then_some("nav__group--here"))} role="group" aria-label={name}>
            { link_around(store, links[0].0.into(), "nav__name", false, name.into()) }
            <span class="nav__links">{ for entries }{ for more }</span>
        </div>
    }
}

fn entry(store: &Store, to: Route, text: &'static str) -> Html {
    let is_dates = matches!(to, Route::Dates(_));
    let late = is_dates.then(|| late(store, to)).flatten();
    let class = classes!("nav__entry", is_dates.then_some("nav__entry--dates"));
    let text = html! { <>{ text }{ late }</> };
    html! { <span key={to.path()} class={class}>{ link_around(store, to.into(), "nav__link", is_current(store, to), text) }</span> }
}

/// What presses most, beside the way to the dates.
fn late(store: &Store, dates: Route) -> Option<Html> {
    let kind = dates.kind()?;
    // What nobody has begun is not yet late here; nor does anything move when the day becomes known.
    let workbook = Some(store.workbook(kind)).filter(|workbook| !workbook.is_blank())?;
    let pressing = Pressing::of(workbook, store.catalogue.requirements_for(kind), store.as_of(workbook)?);
    let urgency = [Urgency::Overdue, Urgency::Near].into_iter().find(|urgency| pressing.count(*urgency) > 0)?;
    let class = classes!("badge", (urgency == Urgency::Overdue).then_some("badge--late"));
    let text = format!("{} {}", words::urgency(urgency), pressing.count(urgency));
    Some(html! { <><span class="visually-hidden">{ "，" }</span><span {class}>{ text }</span></> })
}
