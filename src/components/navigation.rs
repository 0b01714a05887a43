//! The bar of pages.

use plan_checklist_domain::{Pressing, Urgency};
use yew::prelude::*;

use crate::components::link::{link_around, share_link};
use crate::route::Route;
use crate::store::Store;
use crate::words;

pub(crate) fn navigation(store: &Store) -> Html {
    html! { <nav class="nav-bar" aria-label="主导航"><div class="nav">{ for entries(store) }</div></nav> }
}

fn entries(store: &Store) -> Vec<Html> {
    let route = store.route;
    let mut entries = Vec::new();
    // A page that belongs to no checklist leads back to the one worked on last.
    match route.kind().or_else(|| store.shown_books().first().map(|book| book.kind)) {
        Some(kind) => entries.extend([
            (Route::TaskList(kind), "自查步骤"),
            (Route::All(kind), "全部要求"),
            (Route::Review(kind), "核对结果"),
            (Route::Dates(kind), "节点期限"),
        ]),
        None => entries.push((Route::Home, "首页")),
    }
    entries.extend([
        (Route::Duties, "责任分工"),
        (Route::Source, "原文对照"),
        (Route::Workbooks, "我的自查表"),
        (Route::Safety, "数据安全"),
    ]);
    let entry = |(to, text): (Route, &'static str)| {
        let is_current = to == route || matches!((to, route), (Route::TaskList(_), Route::Step(..)));
        let late = matches!(to, Route::Dates(_)).then(|| late(store, to)).flatten();
        link_around(store, to.into(), "nav__link", is_current, html! { <>{ text }{ late }</> })
    };
    entries.into_iter().map(entry).chain([share_link(store)]).collect()
}

/// What presses most, beside the way to the dates.
fn late(store: &Store, dates: Route) -> Option<Html> {
    let kind = dates.kind()?;
    // What nobody has begun is not yet late here; nor does anything move when the day becomes known.
    let workbook = Some(store.workbook(kind)).filter(|workbook| !workbook.is_blank())?;
    let pressing = Pressing::of(workbook, store.catalogue.requirements_for(kind), store.as_of(workbook)?);
    let urgency = [Urgency::Overdue, Urgency::Near].into_iter().find(|urgency| pressing.count(*urgency) > 0)?;
    let class = classes!("badge", (urgency == Urgency::Overdue).then_some("badge--late"));
    Some(html! { <span {class}>{ format!("{} {}", words::urgency(urgency), pressing.count(urgency)) }</span> })
}
