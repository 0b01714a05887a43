//! The unit's own milestones that are late or soon will be.

use plan_checklist_domain::{Date, UnitKind, Urgency};
use yew::prelude::*;

use crate::components::findings::{finding, finding_list, findings};
use crate::components::link::link;
use crate::route::Route;
use crate::store::Store;
use crate::words;

/// Nothing where none is late.
pub(crate) fn late_milestones(store: &Store, kind: UnitKind) -> Option<Html> {
    let workbook = store.workbook(kind);
    let day = store.as_of(workbook)?;
    let rows = workbook.milestones(store.catalogue).filter_map(|(at, milestone)| {
        let urgency = Urgency::of_milestone(&milestone, day, |id| workbook.status(id).is_open())?;
        if urgency > Urgency::Near {
            return None;
        }
        let text =
            format!("{} · {}", words::urgency(urgency), milestone.date.map(Date::in_chinese).unwrap_or_default());
        let name = milestone.name.trim();
        let name = if name.is_empty() { "未命名的节点" } else { name };
        Some(finding(&at.0.to_string(), link(store, Route::Dates(kind), "", name.to_owned()), text))
    });
    let rows: Vec<Html> = rows.collect();
    (!rows.is_empty()).then(|| {
        let title = format!("自定节点（{} 个）", rows.len());
        findings("milestones", title, "自定节点过了或快到了，要做的还没做完。", finding_list(rows))
    })
}
