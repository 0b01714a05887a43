//! 节点期限: which dates bind, which the unit sets, what is late, and what to do by when.

mod chart;
mod choose_cycle;
mod choose_day;
mod dues;
mod edge;
mod milestones;
mod phases;
mod plan;
mod urgency_tag;

use plan_checklist_domain::{UnitKind, Workbook};
use yew::prelude::*;

use crate::components::page_head::book_head;
use crate::components::section::{section, section_of};
use crate::store::Store;

pub(crate) fn dates(store: &Store, kind: UnitKind) -> Html {
    let workbook = store.workbook(kind);
    html! {
        <div key={kind.as_str()} class="page dates">
            { book_head(store, kind, None, "节点期限", html! {
                <>
                    <p class="page__lead">{ whose_dates(kind) }</p>
                    <p class="page__sources">{ "其余日期先按全市编制工作方案的节点填；方案没有定的，再由本单位定（建议）。填的日期只用来提醒自己。" }</p>
                </>
            }) }
            <div>{ over(store, workbook) }</div>
            { section_of("wall", "chart-heading", "节点图", chart::chart(store, workbook)) }
            { section("due-heading", "各项时限", dues::dues(store, workbook)) }
            { section("phase-heading", "四个阶段", phases::phases(store, workbook)) }
            { section("milestone-heading", "自定节点", milestones::milestones(store, workbook)) }
            { section_of("screen-only", "plan-heading", "倒排工期", html! { <plan::Plan store={store.clone()} {kind} /> }) }
            { section_of("screen-only", "cycle-heading", "规划期", choose_cycle::choose_cycle(store, workbook)) }
            { section_of("needs-program", "day-heading", "按哪天看", choose_day::choose_day(store)) }
        </div>
    }
}

/// Whose the speech's two dates are.
fn whose_dates(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Commission => "讲话只定了两个时限，说的是全市的规划。",
        UnitKind::Department => "讲话只定了两个时限，说的是全市的规划，本部门的规划参照（建议）。",
        UnitKind::County => "讲话只定了两个时限，说的是全市的规划，本县区的规划参照（建议）。",
    }
}

fn over(store: &Store, workbook: &Workbook) -> Option<Html> {
    let cycle = *workbook.cycle;
    let today = store.day().filter(|today| cycle.is_over(*today))?;
    let later = cycle
        .successor(today)
        .map_or_else(String::new, |later| format!("现在要编的是{}规划，可以在上面或下面“规划期”改；", later.name()));
    let text = format!(
        "{}规划的编制早已结束，逾期和临近不再提示。{later}要回头看当年的进度，可以在“按哪天看”选一天。",
        cycle.name(),
    );
    Some(html! { <p class="note">{ text }</p> })
}
