//! The calendar file of what is dated and still open.

use plan_checklist_domain::dates::calendar::{CalendarItem, calendar, uid};
use plan_checklist_domain::{Date, EntryId, RequirementId, Workbook};
use yew::prelude::*;

use crate::components::button::{Button, ButtonStyle};
use crate::store::{Action, File, Media, Store};
use crate::words;

/// What goes into a calendar file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    All,
    Requirement(RequirementId),
    Milestone(EntryId),
}

pub(super) fn calendar_button(store: &Store, workbook: &Workbook, which: Which, text: &'static str) -> Html {
    let (store, kind) = (store.clone(), workbook.kind);
    let style = if which == Which::All { ButtonStyle::Plain } else { ButtonStyle::Quiet };
    let onclick = Callback::from(move |_| {
        let workbook = store.workbook(kind);
        let name = format!("{}-节点期限.ics", words::file_safe(&words::book(workbook)));
        let text = file(&store, workbook, which, store.now).into();
        store.dispatch.send(Action::FileWanted(File { name, media: Media::Calendar, text }));
    });
    html! { <Button action="calendar" {style} {onclick}>{ text }</Button> }
}

/// The calendar file of what is dated and still open, made at this moment in milliseconds since 1970.
fn file(store: &Store, workbook: &Workbook, which: Which, now: u64) -> String {
    let (book, name) = (workbook.id.to_string(), words::book(workbook));
    let mut found: Vec<(String, Date, String, String)> = Vec::new();
    for requirement in store.catalogue.requirements_for(workbook.kind) {
        let id = requirement.id;
        let is_wanted = match which {
            Which::All => workbook.status(id).is_open(),
            Which::Requirement(wanted) => wanted == id,
            Which::Milestone(_) => false,
        };
        if let Some(due) = workbook.due(requirement).filter(|_| is_wanted) {
            let whose = if workbook.answer(id).due.is_some() {
                "时限由本单位填。"
            } else {
                "讲话给全市定的时限。"
            };
            let title = workbook.cycle.reword(requirement.title(workbook.kind, *workbook.cycle));
            found.push((uid(&book, id.as_str()), due, format!("规划自查：{title}"), format!("{name}。{whose}")));
        }
    }
    for (at, milestone) in workbook.milestones(store.catalogue) {
        let is_wanted = which == Which::All || which == Which::Milestone(at);
        if let Some(date) = milestone.date.filter(|_| is_wanted) {
            let title = format!("规划节点：{}", milestone.name.trim());
            found.push((uid(&book, &at.0.to_string()), date, title, format!("{name}。本单位自定节点。")));
        }
    }
    let items: Vec<_> = found
        .iter()
        .map(|(uid, date, title, description)| CalendarItem { uid, date: *date, title, description })
        .collect();
    calendar(&format!("{name}规划编制节点"), &items, now)
}
