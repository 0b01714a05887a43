//! Every rule of the reducer as a case: what was, what happened, what must be so then, and what is to be done outside.

mod answering;
mod big_changes;
mod coming_back;
mod cycles;
mod files;
mod going;
mod saving;
mod starting;
mod tabs;
mod training;
mod undoing;
mod workbooks;

use std::rc::Rc;

use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::sharing::snapshot::Snapshot;
use plan_checklist_domain::storage::key::Reason;
use plan_checklist_domain::storage::store::Refusal;
use plan_checklist_domain::workbook::merge::merge;
use plan_checklist_domain::workbook::update::update;
use plan_checklist_domain::{
    Author, Clock, Cycle, Date, EntryId, List, Msg, RequirementId, Stamp, Status, UnitKind, Workbook, WorkbookId,
};

use super::*;
use crate::route::Route;

const KIND: UnitKind = UnitKind::County;
const NOON: u64 = 1_606_204_800_000;

/// Applies actions one after the other, a minute apart, and returns the last state with the commands of the last one.
fn play(before: &State, actions: impl IntoIterator<Item = Action>) -> (State, Vec<Command>) {
    let mut now = before.now.max(NOON);
    actions.into_iter().fold((before.clone(), Vec::new()), |(state, _), action| {
        now += 60_000;
        reduce(&state, &Event { action, now })
    })
}

/// Checks what an action makes of a state, and what it has done outside. `after` turns the state before into the one
/// expected.
#[track_caller]
fn check(before: &State, action: Action, after: impl FnOnce(&mut State), commands: &[Command]) {
    let (found, done) = play(before, [action]);
    let mut expected = before.clone();
    expected.now = found.now;
    // Stamps are spent on edits that turn out to change nothing.
    expected.clock = found.clock;
    after(&mut expected);
    assert_eq!(found, expected);
    assert_eq!(done, commands);
}

fn id(text: &str) -> RequirementId {
    builtin().requirement(text).expect("the catalogue has it").id
}

fn first() -> RequirementId {
    id("1.1-a")
}

fn day(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

fn found() -> Restored {
    Restored {
        author: Author(7),
        books: Default::default(),
        current: [WorkbookId(10), WorkbookId(11), WorkbookId(12)],
        training: Default::default(),
        locked: Default::default(),
        notices: Default::default(),
        backups: Default::default(),
        histories: Default::default(),
        refusal: None,
        today: Some(day("2020-11-24")),
        chosen_day: None,
        near_days: None,
        is_guest: false,
    }
}

/// A page that found nothing in storage.
fn fresh() -> State {
    play(&State::new(Route::Home), [Action::Restored(found().into())]).0
}

fn answered(status: Status) -> Action {
    Action::Edited(KIND, Msg::Answered(first(), status))
}

/// A page on which one answer was given and saved.
fn filled() -> State {
    play(&fresh(), [answered(Status::Done), saved()]).0
}

fn saved() -> Action {
    Action::Saved { time: "12:00".into(), has_written: true }
}

fn book(state: &State) -> Rc<Workbook> {
    state.workbook(KIND).clone()
}

fn status(state: &State) -> Status {
    state.workbook(KIND).status(first())
}

/// A workbook that another page wrote.
fn theirs(id: u64, kind: UnitKind, msgs: &[Msg]) -> Rc<Workbook> {
    let mut clock = Clock::new(Author(9));
    let blank = Workbook::new(WorkbookId(id), kind);
    msgs.iter().fold(blank, |book, msg| update(&book, msg.clone(), clock.tick(NOON))).into()
}

fn saves(commands: &[Command]) -> Vec<WorkbookId> {
    let books = commands.iter().filter_map(|command| match command {
        Command::Save { books, .. } => Some(books),
        _ => None,
    });
    books.flatten().map(|book| book.id).collect()
}
