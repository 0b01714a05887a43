//! The calendar file of what is dated and still open.

use plan_checklist_domain::dates::calendar::{CalendarItem, calendar, uid};
use plan_checklist_domain::{Date, EntryId, RequirementId, Workbook};
use yew::prelude::*;

use crate::components::button::{Button, ButtonStyle};
use crate::store::{Action, File, Media, Store};
use crate::words;

/// What goes into a calendar file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Which {
    All,
    Requirement(RequirementId),
    Milestone(EntryId),
    /// What this person is responsible for.
    Owner(String),
}

impl Which {
    /// Whether what is answered under this id is in it.
    fn holds(&self, workbook: &Workbook, id: RequirementId) -> bool {
        match self {
            Self::All => workbook.status(id).is_open(),
            Self::Requirement(wanted) => *wanted == id,
            Self::Milestone(_) => false,
            Self::Owner(owner) => {
                let answer = workbook.answer(id);
                answer.status.is_open() && answer.owner.trim() == owner
            }
        }
    }
}

pub(crate) fn calendar_button(store: &Store, workbook: &Workbook, which: Which, text: &'static str) -> Html {
    // Where there is one in every row, it says of what.
    let label = match &which {
        Which::All | Which::Owner(_) => None,
        Which::Milestone(at) => {
            let milestone = workbook.milestones(store.catalogue).find(|(other, _)| other == at);
            milestone.map(|(_, milestone)| format!("{text}：{}", milestone.name).into())
        }
        Which::Requirement(id) => store.catalogue.requirement(id.as_str()).map(|requirement| {
            let title = requirement.title(workbook.kind, *workbook.cycle);
            AttrValue::from(format!("{text}：{}", workbook.cycle.reword(title)))
        }),
    };
    let (store, kind) = (store.clone(), workbook.kind);
    let style = if matches!(which, Which::All | Which::Owner(_)) { ButtonStyle::Plain } else { ButtonStyle::Quiet };
    let onclick = Callback::from(move |_| {
        let workbook = store.workbook(kind);
        let whose = match &which {
            Which::Owner(owner) => format!("-{}", words::file_safe(owner)),
            _ => String::new(),
        };
        let name = format!("{}{whose}-节点期限.ics", words::file_safe(&words::book(workbook)));
        let text = file(&store, workbook, &which, store.now).into();
        store.dispatch.send(Action::FileWanted(File { name, media: Media::Calendar, text }));
    });
    html! { <Button action="calendar" {style} {label} {onclick}>{ text }</Button> }
}

/// The calendar file of what is dated and still open, made at this moment in milliseconds since 1970.
fn file(store: &Store, workbook: &Workbook, which: &Which, now: u64) -> String {
    let (book, name) = (workbook.id.to_string(), words::book(workbook));
    let mut found: Vec<(String, Date, String, String)> = Vec::new();
    for requirement in store.catalogue.requirements_for(workbook.kind) {
        let id = requirement.id;
        if let Some(due) = workbook.due(requirement).filter(|_| which.holds(workbook, id)) {
            let whose = if workbook.answer(id).due.is_some() {
                "时限由本单位填。"
            } else {
                "讲话给全市定的时限。"
            };
            let title = workbook.cycle.reword(requirement.title(workbook.kind, *workbook.cycle));
            found.push((uid(&book, id.as_str()), due, format!("规划自查：{title}"), format!("{name}。{whose}")));
        }
    }
    for own in workbook.own_requirements().filter(|own| which.holds(workbook, own.id)) {
        if let Some(due) = *workbook.answer(own.id).due {
            let uid = uid(&book, own.id.as_str());
            found.push((uid, due, format!("规划自查：{}", own.name()), format!("{name}。本单位自加的要求。")));
        }
    }
    for (at, milestone) in workbook.milestones(store.catalogue) {
        let is_wanted = matches!(which, Which::All) || *which == Which::Milestone(at);
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
