//! Every rule of the reducer as a case: what was, what happened, what must be so then, and what is to be done outside.

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
        locked: Default::default(),
        notices: Default::default(),
        backups: Default::default(),
        histories: Default::default(),
        refusal: None,
        today: Some(day("2020-11-24")),
        chosen_day: None,
        near_days: None,
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
        Command::Save(books) => Some(books),
        _ => None,
    });
    books.flatten().map(|book| book.id).collect()
}

mod starting {
    use super::*;

    #[test]
    fn the_first_page_has_storage_read() {
        check(&State::new(Route::Home), Action::Started, |_| {}, &[Command::Open]);
    }

    #[test]
    fn nothing_is_saved_and_nothing_remembered_before_anything_was_entered() {
        let (state, commands) = play(&State::new(Route::Home), [Action::Restored(found().into())]);
        assert!(state.is_restored);
        assert_eq!(commands, [Command::RememberUse { current: [None; 3], cards: 0 }]);
        assert_eq!(state.workbook(KIND).id, WorkbookId(12));
    }

    #[test]
    fn what_was_found_is_shown() {
        let theirs = theirs(12, KIND, &[Msg::Answered(first(), Status::Done)]);
        let books = [(theirs.id, theirs)].into_iter().collect();
        let state = play(&State::new(Route::Home), [Action::Restored(Restored { books, ..found() }.into())]).0;
        assert_eq!(status(&state), Status::Done);
        assert_eq!(state.shown_books().len(), 1);
    }

    #[test]
    fn blocked_storage_is_said_at_once_and_asks_before_leaving_what_was_entered() {
        let refusal = Some(Refusal::Blocked);
        let (state, commands) =
            play(&State::new(Route::Home), [Action::Restored(Restored { refusal, ..found() }.into())]);
        assert_eq!(state.saving, Saving::Failed(Refusal::Blocked));
        assert!(!commands.contains(&Command::AskBeforeLeaving(true)));
        assert!(play(&state, [answered(Status::Done)]).1.contains(&Command::AskBeforeLeaving(true)));
    }

    #[test]
    fn new_stamps_come_after_everything_found() {
        let ahead = Stamp { wall: NOON + 1_000_000_000, counter: 3, author: Author(9) };
        let late = update(&Workbook::new(WorkbookId(12), KIND), Msg::Answered(first(), Status::Done), ahead);
        let books = [(late.id, Rc::new(late))].into_iter().collect();
        let restored = Action::Restored(Restored { books, ..found() }.into());
        let state = play(&State::new(Route::Home), [restored, answered(Status::InProgress)]).0;
        assert_eq!(status(&state), Status::InProgress);
    }

    #[test]
    fn what_this_tab_could_undo_can_be_undone_after_a_reload() {
        let before = filled();
        let restored = Restored { books: (*before.books).clone(), histories: before.histories_to_keep(), ..found() };
        let state = play(&State::new(Route::Home), [Action::Restored(restored.into()), Action::Undone(KIND)]).0;
        assert_eq!(status(&state), Status::Unchecked);
    }
}

mod answering {
    use super::*;

    #[test]
    fn an_answer_is_saved_at_once() {
        let (state, commands) = play(&fresh(), [answered(Status::Done)]);
        assert_eq!(status(&state), Status::Done);
        assert_eq!(saves(&commands), [WorkbookId(12)]);
        assert_eq!(commands[1], Command::RememberUse { current: [None, None, Some(WorkbookId(12))], cards: 1 });
    }

    #[test]
    fn the_same_answer_again_is_no_change() {
        check(&filled(), answered(Status::Done), |_| {}, &[]);
    }

    #[test]
    fn before_storage_was_read_nothing_is_saved() {
        let (_, commands) = play(&State::new(Route::Home), [answered(Status::Done)]);
        assert_eq!(commands, []);
    }

    #[test]
    fn an_edit_calls_a_question_off() {
        let asked = play(&filled(), [Action::Asked(Some(Question::WipeEverything))]).0;
        assert_eq!(play(&asked, [answered(Status::NotStarted)]).0.asked, None);
    }

    #[test]
    fn entries_are_added_written_and_removed() {
        let list = List::Evidence(first());
        let state = play(&fresh(), [Action::Edited(KIND, Msg::EntryAdded(list))]).0;
        let at: EntryId = book(&state).answer(first()).evidence().next().expect("one was added").0;
        let state = play(&state, [Action::Edited(KIND, Msg::EntryRemoved(list, at, true))]).0;
        assert_eq!(book(&state).answer(first()).evidence().count(), 0);
        let state = play(&state, [Action::Undone(KIND)]).0;
        assert_eq!(book(&state).answer(first()).evidence().count(), 1);
    }
}

mod saving {
    use super::*;

    #[test]
    fn what_was_saved_is_said_with_its_time() {
        let state = play(&fresh(), [answered(Status::Done)]).0;
        check(&state, saved(), |state| state.saving = Saving::Saved("12:00".into()), &[]);
    }

    #[test]
    fn where_nothing_was_written_nothing_is_said() {
        check(&fresh(), Action::Saved { time: "12:00".into(), has_written: false }, |_| {}, &[]);
    }

    #[test]
    fn a_failed_save_is_said_tried_again_and_asks_before_leaving() {
        let again = Command::Later { milliseconds: 4000, action: Box::new(Action::RetryDue) };
        check(
            &filled(),
            Action::SaveFailed(Refusal::Full),
            |state| state.saving = Saving::Failed(Refusal::Full),
            &[again, Command::AskBeforeLeaving(true)],
        );
    }

    #[test]
    fn trying_again_saves_everything() {
        let failed = play(&filled(), [Action::SaveFailed(Refusal::Full)]).0;
        let (_, commands) = play(&failed, [Action::RetryDue]);
        assert_eq!(saves(&commands), [WorkbookId(12)]);
    }

    #[test]
    fn when_it_works_again_nobody_is_asked_any_more() {
        let failed = play(&filled(), [Action::SaveFailed(Refusal::Full)]).0;
        let (state, commands) = play(&failed, [Action::Saved { time: "12:01".into(), has_written: false }]);
        assert_eq!(state.saving, Saving::Saved("12:01".into()));
        assert_eq!(commands, [Command::AskBeforeLeaving(false)]);
    }

    #[test]
    fn with_blocked_storage_and_nothing_entered_it_is_still_tried_again() {
        let refusal = Some(Refusal::Blocked);
        let blocked = play(&State::new(Route::Home), [Action::Restored(Restored { refusal, ..found() }.into())]).0;
        let (_, commands) = play(&blocked, [Action::RetryDue]);
        assert_eq!(commands, [Command::Save(Vec::new())]);
    }
}

mod undoing {
    use super::*;

    #[test]
    fn undo_and_redo_go_back_and_forth_and_are_saved() {
        let (undone, commands) = play(&filled(), [Action::Undone(KIND)]);
        assert_eq!(status(&undone), Status::Unchecked);
        assert_eq!(saves(&commands), [WorkbookId(12)]);
        let (redone, commands) = play(&undone, [Action::Redone(KIND)]);
        assert_eq!(status(&redone), Status::Done);
        assert_eq!(saves(&commands), [WorkbookId(12)]);
    }

    #[test]
    fn with_nothing_to_undo_or_redo_nothing_happens() {
        check(&fresh(), Action::Undone(KIND), |_| {}, &[]);
        check(&filled(), Action::Redone(KIND), |_| {}, &[]);
    }

    #[test]
    fn undo_reaches_across_pages() {
        let route = Route::Workbooks;
        let elsewhere = play(&filled(), [Action::Arrived { route, fragment: None, note: None }]).0;
        assert_eq!(elsewhere.undo_kind(), Some(KIND));
        assert_eq!(status(&play(&elsewhere, [Action::Undone(KIND)]).0), Status::Unchecked);
    }

    #[test]
    fn undo_shows_what_it_changed() {
        let other = id("1.1-b");
        let both = play(&filled(), [Action::Edited(KIND, Msg::Answered(other, Status::Done)), Action::Undone(KIND)]).0;
        let state = play(&both, [Action::Undone(KIND)]).0;
        assert_eq!(state.arrival.fragment.as_deref(), Some("1.1-a"));
    }

    #[test]
    fn after_a_new_edit_nothing_can_be_redone() {
        let state = play(&filled(), [Action::Undone(KIND), answered(Status::NotStarted)]).0;
        assert_eq!(status(&play(&state, [Action::Redone(KIND)]).0), Status::NotStarted);
    }

    #[test]
    fn what_is_to_be_kept_for_the_next_page_leaves_out_what_is_not_saved() {
        let state = filled();
        assert_eq!(state.histories_to_keep().len(), 1);
        let wiped = play(&state, [Action::WipedElsewhere(Wipe::Everything)]).0;
        assert_eq!(wiped.histories_to_keep().len(), 0);
    }
}

mod tabs {
    use super::*;

    #[test]
    fn what_another_tab_wrote_is_merged_in_and_not_lost() {
        let state = filled();
        let other = id("1.1-b");
        let theirs = theirs(12, KIND, &[Msg::Answered(other, Status::InProgress)]);
        let (state, commands) = play(&state, [Action::Heard(theirs)]);
        assert_eq!((status(&state), book(&state).status(other)), (Status::Done, Status::InProgress));
        assert_eq!(saves(&commands), [WorkbookId(12)]);
    }

    #[test]
    fn what_is_known_already_changes_nothing() {
        let state = filled();
        check(&state, Action::Heard(book(&state)), |_| {}, &[]);
    }

    #[test]
    fn a_tab_that_began_nothing_goes_on_with_what_another_began() {
        let theirs = theirs(99, KIND, &[Msg::Answered(first(), Status::Done)]);
        let state = play(&fresh(), [Action::Heard(theirs)]).0;
        assert_eq!(state.workbook(KIND).id, WorkbookId(99));
    }

    #[test]
    fn a_tab_that_has_a_workbook_keeps_it() {
        let theirs = theirs(99, KIND, &[Msg::Answered(first(), Status::NotStarted)]);
        let state = play(&filled(), [Action::Heard(theirs)]).0;
        assert_eq!(state.workbook(KIND).id, WorkbookId(12));
        assert_eq!(state.shown_books().len(), 2);
    }

    #[test]
    fn a_workbook_begun_on_purpose_is_never_swapped_even_while_blank() {
        let begun = Action::Begun { kind: KIND, cycle: None, unit: None };
        let state = play(&fresh(), [begun]).0;
        let mine = state.workbook(KIND).id;
        let theirs = theirs(99, KIND, &[Msg::Answered(first(), Status::Done)]);
        let state = play(&state, [Action::Heard(theirs)]).0;
        assert_eq!(state.workbook(KIND).id, mine);
    }

    #[test]
    fn two_tabs_that_begin_in_the_same_moment_begin_one_workbook() {
        let begin = |workbook: u64, author: u64, now: u64, requirement: &str| {
            let found = Restored {
                author: Author(author),
                current: [WorkbookId(1), WorkbookId(2), WorkbookId(workbook)],
                ..found()
            };
            let restored = Event { action: Action::Restored(found.into()), now };
            let state = reduce(&State::new(Route::Home), &restored).0;
            reduce(&state, &Event { action: Action::Edited(KIND, Msg::Answered(id(requirement), Status::Done)), now }).0
        };
        let hear =
            |state: &State, other: &State, now| reduce(state, &Event { action: Action::Heard(book(other)), now });
        let (one, other) = (begin(20, 7, NOON, "1.1-a"), begin(21, 8, NOON + 4, "2.2-a"));
        let (one_then, _) = hear(&one, &other, NOON + 9);
        let (other_then, commands) = hear(&other, &one, NOON + 9);
        assert_eq!(book(&one_then), book(&other_then));
        assert_eq!(book(&one_then).answers().count(), 2);
        assert_eq!(saves(&commands), [WorkbookId(20)]);
        let wipe = Action::WipeConfirmed(Wipe::Workbooks(vec![WorkbookId(21)]));
        assert!(commands.contains(&Command::Later { milliseconds: 0, action: Box::new(wipe) }));
        for state in [&one_then, &other_then] {
            assert_eq!(state.shown_books().len(), 1);
            assert!(state.history(KIND).is_some(), "it can be undone");
        }
        // Where somebody can have meant two, there are two.
        let later = begin(21, 8, NOON + 60_000, "2.2-a");
        assert_eq!(hear(&one, &later, NOON + 60_009).0.shown_books().len(), 2);
    }

    #[test]
    fn what_lies_in_another_tabs_recycle_bin_does_not_come_into_use() {
        let theirs = theirs(99, KIND, &[Msg::Answered(first(), Status::Done), Msg::Deleted(true)]);
        assert_eq!(play(&fresh(), [Action::Heard(theirs)]).0.workbook(KIND).id, WorkbookId(12));
    }

    #[test]
    fn what_a_later_release_wrote_takes_no_input_and_is_not_written() {
        let (state, _) = play(&filled(), [Action::Outdated(WorkbookId(12))]);
        assert!(state.notices.contains(&Notice::Newer));
        assert!(!state.is_editable(KIND));
        check(&state, answered(Status::NotStarted), |_| {}, &[]);
        check(&state, Action::Undone(KIND), |_| {}, &[]);
        let change = BigChange::Schedule { id: WorkbookId(12), msgs: vec![Msg::DueSet(first(), None)] };
        check(&state, Action::BigChangeWanted(change), |_| {}, &[]);
        assert!(!state.may_save(&book(&state)));
    }

    #[test]
    fn what_another_tab_wiped_is_shown_but_not_written_until_somebody_says_so() {
        let state = filled();
        let (wiped, commands) = play(&state, [Action::WipedElsewhere(Wipe::Workbooks(vec![WorkbookId(12)]))]);
        assert!(wiped.notices.contains(&Notice::WipedElsewhere));
        assert_eq!(saves(&commands), []);
        let (_, commands) = play(&wiped, [answered(Status::NotStarted)]);
        assert_eq!(saves(&commands), []);
        let (kept, commands) = play(&wiped, [Action::Kept]);
        assert!(kept.notices.is_empty());
        assert_eq!(saves(&commands), [WorkbookId(12)]);
    }

    #[test]
    fn wiping_elsewhere_of_what_is_not_here_is_not_mentioned() {
        check(&filled(), Action::WipedElsewhere(Wipe::Workbooks(vec![WorkbookId(5)])), |_| {}, &[]);
    }

    #[test]
    fn emptied_storage_is_filled_again_and_said() {
        let (state, commands) = play(&filled(), [Action::Emptied]);
        assert!(state.notices.contains(&Notice::Emptied));
        assert_eq!(saves(&commands), [WorkbookId(12)]);
    }

    #[test]
    fn emptied_storage_is_not_mentioned_where_nothing_was_entered() {
        check(&fresh(), Action::Emptied, |_| {}, &[]);
    }

    #[test]
    fn a_removed_record_is_written_again_unless_it_was_wiped() {
        let again = Command::Later { milliseconds: 300, action: Box::new(Action::RetryDue) };
        check(&filled(), Action::RecordRemoved, |_| {}, &[again]);
        let (_, commands) = play(&filled(), [Action::RecordRemoved, Action::RetryDue]);
        assert_eq!(saves(&commands), [WorkbookId(12)]);
        let wiped = Action::WipedElsewhere(Wipe::Everything);
        assert_eq!(saves(&play(&filled(), [Action::RecordRemoved, wiped, Action::RetryDue]).1), []);
    }

    #[test]
    fn what_other_tabs_do_is_looked_into() {
        let change = StorageChange { key: Some("plan-checklist/m/wiped".into()), text: Some("all".into()) };
        check(&filled(), Action::StorageChanged(change.clone()), |_| {}, &[Command::TakeIn(change)]);
    }
}

mod coming_back {
    use super::*;

    #[test]
    fn leaving_hands_on_what_can_be_undone() {
        let state = filled();
        check(&state, Action::Hidden, |_| {}, &[Command::LetGo(state.histories_to_keep())]);
    }

    #[test]
    fn a_page_shown_again_reads_storage_first() {
        check(&filled(), Action::ShownAgain, |_| {}, &[Command::Reopen]);
    }

    #[test]
    fn what_was_written_meanwhile_is_taken_in_and_what_was_not_saved_is_saved_now() {
        let state = filled();
        let other = id("1.1-b");
        let theirs = theirs(12, KIND, &[Msg::Answered(other, Status::InProgress)]);
        let stored = merge(&book(&state), &theirs);
        let books = [(stored.id, Rc::new(stored))].into_iter().collect();
        let (state, commands) = play(&state, [Action::Reread(Restored { books, ..found() }.into())]);
        assert_eq!(book(&state).status(other), Status::InProgress);
        assert_eq!(saves(&commands), [WorkbookId(12)]);
    }

    #[test]
    fn what_was_wiped_meanwhile_is_not_written_back() {
        let (state, commands) = play(&filled(), [Action::Reread(found().into())]);
        assert!(state.notices.contains(&Notice::WipedElsewhere));
        assert_eq!(saves(&commands), []);
    }

    #[test]
    fn what_could_never_be_saved_is_not_taken_for_wiped() {
        let failed = play(&filled(), [Action::SaveFailed(Refusal::Full)]).0;
        let (state, commands) = play(&failed, [Action::Reread(found().into())]);
        assert!(!state.notices.contains(&Notice::WipedElsewhere));
        assert_eq!(saves(&commands), [WorkbookId(12)]);
    }

    #[test]
    fn who_turns_to_the_page_again_has_everything_stored_that_something_removed() {
        let (_, commands) = play(&filled(), [Action::LookedAt]);
        assert_eq!(saves(&commands), [WorkbookId(12)]);
    }

    #[test]
    fn a_link_takes_the_workbook_of_its_page_along() {
        let state = filled();
        let current = [None, None, Some(WorkbookId(12))];
        check(&state, Action::LinkPressed, |_| {}, &[Command::RememberUse { current, cards: 1 }]);
        check(&State::new(Route::Home), Action::LinkPressed, |_| {}, &[]);
    }

    #[test]
    fn a_new_day_is_noticed() {
        let tomorrow = Some(day("2020-11-25"));
        let state = play(&filled(), [Action::ClockTicked(tomorrow)]).0;
        assert_eq!(state.clock_day(), tomorrow);
    }
}

mod big_changes {
    use super::*;

    fn schedule() -> BigChange {
        BigChange::Schedule { id: WorkbookId(12), msgs: vec![Msg::DueSet(first(), Some(day("2021-03-01")))] }
    }

    #[test]
    fn restore_points_come_first() {
        let state = filled();
        let expected = Command::KeepRestorePoints {
            workbooks: vec![book(&state)],
            reason: Reason::Schedule,
            change: Box::new(schedule()),
        };
        check(&state, Action::BigChangeWanted(schedule()), |_| {}, &[expected]);
    }

    #[test]
    fn it_is_made_once_they_are_kept_and_undone_as_one() {
        let (state, commands) = play(&filled(), [Action::BigChangeMade { change: schedule(), is_kept: true }]);
        assert_eq!(
            book(&state).due(builtin().requirement(first().as_str()).expect("it is there")),
            Some(day("2021-03-01"))
        );
        assert_eq!(state.outcome, Some(Outcome { what: Done::Scheduled(1), is_kept: true }));
        assert_eq!(saves(&commands), [WorkbookId(12)]);
        let undone = play(&state, [Action::Undone(KIND)]).0;
        assert_eq!(*book(&undone).answer(first()).due, None);
        assert_eq!(undone.outcome, None);
    }

    #[test]
    fn without_room_for_them_nothing_changes_and_somebody_is_asked() {
        let state = filled();
        let asked = |state: &mut State| state.asked = Some(Question::Unprotected(schedule()));
        check(&state, Action::BigChangeHeldBack(schedule()), asked, &[]);
    }

    #[test]
    fn who_says_so_changes_without_them() {
        let held = play(&filled(), [Action::BigChangeHeldBack(schedule())]).0;
        let state = play(&held, [Action::BigChangeMade { change: schedule(), is_kept: false }]).0;
        assert_eq!(state.asked, None);
        assert_eq!(state.outcome, Some(Outcome { what: Done::Scheduled(1), is_kept: false }));
    }

    #[test]
    fn what_is_new_needs_none() {
        let theirs = theirs(99, KIND, &[Msg::Answered(first(), Status::Done)]);
        let change = BigChange::Import { merged: vec![theirs], added: Vec::new() };
        let (state, commands) = play(&fresh(), [Action::BigChangeWanted(change)]);
        assert_eq!(state.workbook(KIND).id, WorkbookId(99));
        assert_eq!(saves(&commands), [WorkbookId(99)]);
        assert_eq!(state.outcome, Some(Outcome { what: Done::Imported(1), is_kept: false }));
    }

    #[test]
    fn a_file_is_merged_into_what_is_there_or_added_beside_it() {
        let theirs = theirs(12, KIND, &[Msg::Answered(id("1.1-b"), Status::InProgress)]);
        let change = BigChange::Import { merged: vec![theirs.clone()], added: vec![theirs] };
        let state = play(&filled(), [Action::BigChangeMade { change, is_kept: true }]).0;
        assert_eq!(state.shown_books().len(), 2);
        assert_eq!(state.books[&WorkbookId(12)].status(id("1.1-b")), Status::InProgress);
        assert_eq!(state.books[&WorkbookId(12)].status(first()), Status::Done);
    }

    #[test]
    fn a_file_edited_by_hand_is_believed_though_its_stamps_are_those_here() {
        let ours = theirs(20, KIND, &[Msg::UnitNamed("甲".into())]);
        let edited = theirs(20, KIND, &[Msg::UnitNamed("乙".into())]);
        let state = play(&fresh(), [Action::Heard(ours)]).0;
        let import = BigChange::Import { merged: vec![edited], added: Vec::new() };
        let state = play(&state, [Action::BigChangeMade { change: import, is_kept: true }]).0;
        assert_eq!(*state.books[&WorkbookId(20)].unit, "乙");
    }

    #[test]
    fn what_a_file_brings_is_not_left_in_the_recycle_bin() {
        let theirs = theirs(12, KIND, &[Msg::UnitNamed("甲".into()), Msg::Deleted(true)]);
        let change = BigChange::Import { merged: vec![theirs], added: Vec::new() };
        let state = play(&filled(), [Action::BigChangeMade { change, is_kept: true }]).0;
        assert!(!*book(&state).is_deleted);
    }

    #[test]
    fn a_restore_point_brings_back_what_was_and_can_be_undone() {
        let before = filled();
        let then = book(&before);
        let now = play(&before, [answered(Status::NotStarted)]).0;
        let state = play(&now, [Action::BigChangeMade { change: BigChange::Restore(then), is_kept: true }]).0;
        assert_eq!(status(&state), Status::Done);
        assert_eq!(status(&play(&state, [Action::Undone(KIND)]).0), Status::NotStarted);
    }

    #[test]
    fn a_restore_point_is_read_first_and_one_that_cannot_be_read_is_said() {
        let state = filled();
        let unreadable = play(&state, [Action::RestorePointRead(None)]).0;
        assert!(unreadable.notices.contains(&Notice::Unreadable));
        let (_, commands) = play(&state, [Action::RestorePointRead(Some(book(&state)))]);
        assert!(matches!(&commands[..], [Command::KeepRestorePoints { reason: Reason::Restore, .. }]));
    }

    #[test]
    fn a_restore_point_of_a_lost_workbook_brings_it_back() {
        let lost = theirs(77, KIND, &[Msg::Answered(first(), Status::Done)]);
        let (state, commands) = play(&fresh(), [Action::RestorePointRead(Some(lost))]);
        assert_eq!(state.workbook(KIND).id, WorkbookId(77));
        assert_eq!(saves(&commands), [WorkbookId(77)]);
    }

    #[test]
    fn what_a_link_carried_is_taken_over_and_undone_as_one() {
        let msgs = vec![Msg::Answered(first(), Status::InProgress), Msg::Answered(id("1.1-b"), Status::Done)];
        let change = BigChange::Link { id: WorkbookId(12), msgs };
        let state = play(&filled(), [Action::BigChangeMade { change, is_kept: true }]).0;
        assert_eq!(state.outcome.map(|outcome| outcome.what), Some(Done::Merged(2)));
        let undone = play(&state, [Action::Undone(KIND)]).0;
        assert_eq!((status(&undone), book(&undone).status(id("1.1-b"))), (Status::Done, Status::Unchecked));
    }
}

mod workbooks {
    use super::*;

    #[test]
    fn a_new_one_comes_into_use_and_is_not_saved_while_blank() {
        let (state, commands) = play(&filled(), [Action::Begun { kind: KIND, cycle: None, unit: None }]);
        assert!(book(&state).is_blank());
        assert_eq!(saves(&commands), [WorkbookId(12)], "only the one that was there");
        assert_eq!(state.shown_books().len(), 1);
    }

    #[test]
    fn a_link_to_begin_brings_the_cycle_and_the_unit() {
        let begun = Action::Begun { kind: KIND, cycle: Some(Cycle(2026)), unit: Some("甲县".into()) };
        let state = play(&filled(), [begun]).0;
        assert_eq!((*book(&state).cycle, book(&state).unit.as_str()), (Cycle(2026), "甲县"));
    }

    #[test]
    fn opening_turns_to_it() {
        let state = play(&filled(), [Action::Begun { kind: KIND, cycle: None, unit: None }]).0;
        assert_eq!(play(&state, [Action::Opened(WorkbookId(12))]).0.workbook(KIND).id, WorkbookId(12));
        check(&state, Action::Opened(WorkbookId(404)), |_| {}, &[]);
    }

    #[test]
    fn what_happens_to_a_copy_does_not_touch_the_other() {
        let state = play(&filled(), [Action::Duplicated(WorkbookId(12)), answered(Status::NotStarted)]).0;
        assert_eq!(status(&state), Status::NotStarted);
        assert_eq!(state.books[&WorkbookId(12)].status(first()), Status::Done);
    }

    #[test]
    fn a_name_is_an_edit_that_can_be_undone() {
        let state = play(&filled(), [Action::Renamed(WorkbookId(12), "甲县".into())]).0;
        assert_eq!(book(&state).unit.as_str(), "甲县");
        assert_eq!(book(&play(&state, [Action::Undone(KIND)]).0).unit.as_str(), "");
    }

    #[test]
    fn a_binned_one_gives_way_and_comes_back_into_use() {
        let binned = play(&filled(), [Action::Binned(WorkbookId(12), true)]).0;
        assert_ne!(binned.workbook(KIND).id, WorkbookId(12));
        assert_eq!(binned.shown_books().len(), 0);
        let back = play(&binned, [Action::Binned(WorkbookId(12), false)]).0;
        assert_eq!(back.workbook(KIND).id, WorkbookId(12));
        assert_eq!(status(&back), Status::Done);
    }

    #[test]
    fn what_comes_back_does_not_take_the_place_of_what_was_begun_since() {
        let binned = play(&filled(), [Action::Binned(WorkbookId(12), true), answered(Status::NotStarted)]).0;
        let back = play(&binned, [Action::Binned(WorkbookId(12), false)]).0;
        assert_ne!(back.workbook(KIND).id, WorkbookId(12));
        assert_eq!(back.shown_books().len(), 2);
    }

    #[test]
    fn wiping_waits_for_who_was_asked() {
        let asked = play(&filled(), [Action::Asked(Some(Question::WipeEverything))]).0;
        let called_off = |state: &mut State| state.asked = None;
        check(&asked, Action::WipeConfirmed(Wipe::Everything), called_off, &[Command::Wipe(Wipe::Everything)]);
        check(&asked, Action::Asked(None), called_off, &[]);
    }

    #[test]
    fn what_is_wiped_is_gone_with_all_that_could_bring_it_back() {
        let (state, commands) = play(&filled(), [Action::Wiped(vec![WorkbookId(12)])]);
        assert_eq!(state.shown_books().len(), 0);
        assert!(state.histories_to_keep().is_empty());
        assert_eq!(saves(&commands), []);
        assert!(commands.contains(&Command::RememberUse { current: [None; 3], cards: 0 }));
        assert_eq!(status(&play(&state, [Action::Undone(KIND)]).0), Status::Unchecked);
    }

    #[test]
    fn what_another_tab_still_says_of_it_is_not_listened_to_unless_a_file_brings_it_back() {
        let mine = book(&filled());
        let state = play(&filled(), [Action::Wiped(vec![mine.id]), Action::Heard(mine.clone())]).0;
        assert_eq!(state.shown_books().len(), 0);
        let import = BigChange::Import { merged: vec![mine.clone()], added: Vec::new() };
        let state = play(&state, [Action::BigChangeMade { change: import, is_kept: false }]).0;
        assert_eq!(state.shown_books().len(), 1);
    }

    #[test]
    fn a_link_becomes_a_workbook_of_its_own() {
        let snapshot = Snapshot::of(builtin(), &book(&filled()), None);
        let state = play(&filled(), [Action::SnapshotAdded(snapshot.into())]).0;
        assert_eq!(state.shown_books().len(), 2);
        assert_eq!(status(&state), Status::Done);
        assert_ne!(state.workbook(KIND).id, WorkbookId(12));
    }
}

mod files {
    use super::*;

    #[test]
    fn a_backup_holds_what_is_not_in_the_recycle_bin() {
        let state = play(&filled(), [Action::Begun { kind: KIND, cycle: None, unit: Some("甲".into()) }]).0;
        let second = state.workbook(KIND).id;
        let state = play(&state, [Action::Binned(second, true)]).0;
        let (_, commands) = play(&state, [Action::BackupWanted(Vec::new())]);
        let [Command::Download { file, backed_up }] = &commands[..] else { panic!("{commands:?}") };
        assert_eq!(backed_up, &[WorkbookId(12)]);
        assert_eq!(file.name, "规划编制自查-备份-2020-11-24.json");
        let (_, commands) = play(&state, [Action::BackupWanted(vec![second])]);
        let [Command::Download { file, backed_up }] = &commands[..] else { panic!("{commands:?}") };
        assert_eq!((file.name.as_str(), &backed_up[..]), ("规划编制自查-甲-备份-2020-11-24.json", &[second][..]));
    }

    #[test]
    fn a_file_the_browser_took_counts_as_backed_up() {
        let ids = vec![WorkbookId(12)];
        let (state, commands) = play(&filled(), [Action::FileOffered(ids.clone())]);
        let made = BackedUp { at: state.now, latest: state.books[&WorkbookId(12)].latest() };
        assert_eq!(state.backups.get(&WorkbookId(12)), Some(&made));
        assert_eq!(commands, [Command::RememberBackup(ids.into_iter().map(|id| (id, made)).collect())]);
    }

    #[test]
    fn what_came_after_a_backup_is_counted_though_the_clock_was_ahead_when_it_was_made() {
        let a_year_later = 365 * 24 * 60 * 60 * 1000;
        let state = filled();
        let ahead = |action| Event { action, now: state.now + a_year_later };
        let (first, second) = (first(), id("2.2-a"));
        let (state, _) = reduce(&state, &ahead(Action::Edited(KIND, Msg::Answered(first, Status::Done))));
        let (state, _) = reduce(&state, &ahead(Action::FileOffered(vec![WorkbookId(12)])));
        assert_eq!(state.answers_since_backup(state.workbook(KIND)), 0);
        let (state, _) = play(&state, [Action::Edited(KIND, Msg::Answered(second, Status::Done))]);
        assert_eq!(state.answers_since_backup(state.workbook(KIND)), 1);
    }

    #[test]
    fn one_it_did_not_take_is_shown_and_does_not_count() {
        let shown = |state: &mut State| state.not_downloaded = Some("{}".into());
        check(&filled(), Action::FileRefused("{}".into()), shown, &[]);
    }

    #[test]
    fn the_rescue_holds_everything_that_was_entered() {
        let state = filled();
        check(&state, Action::RescueWanted, |_| {}, &[Command::DownloadRescue(vec![book(&state)])]);
    }

    #[test]
    fn what_was_copied_is_known_until_the_page_is_left() {
        let state = play(&filled(), [Action::Copied { text: "网址".into(), by_browser: true }]).0;
        assert_eq!((state.copied("网址"), state.copied("别的")), (Some(true), None));
        let left = play(&state, [Action::Arrived { route: Route::Home, fragment: None, note: None }]).0;
        assert_eq!(left.copied("网址"), None);
    }
}

mod going {
    use super::*;

    #[test]
    fn a_new_page_closes_what_was_open_over_the_old_one() {
        let open = play(&filled(), [Action::HelpOpened, Action::Asked(Some(Question::WipeEverything))]).0;
        let arrived = Action::Arrived { route: Route::Duties, fragment: None, note: None };
        let state = play(&open, [arrived]).0;
        assert_eq!((state.route, state.is_help_open, &state.asked), (Route::Duties, false, &None));
        assert_eq!(state.arrival.count, open.arrival.count + 1);
    }

    #[test]
    fn the_page_about_data_safety_looks_through_storage_and_looks_again_after_each_save() {
        let arrived = Action::Arrived { route: Route::Safety, fragment: None, note: None };
        let (state, commands) = play(&filled(), [arrived]);
        assert_eq!(commands, [Command::LearnPersistence, Command::TakeInventory]);
        let (_, commands) = play(&state, [Action::SaveFailed(Refusal::Full)]);
        assert!(commands.contains(&Command::TakeInventory));
        let (_, commands) = play(&state, [Action::HelpOpened]);
        assert_eq!(commands, []);
    }

    #[test]
    fn a_key_goes_to_a_page_by_the_address_bar() {
        let go = Command::Go { route: Route::Duties, fragment: None };
        check(&filled(), Action::KeyFollowed { route: Route::Duties, fragment: None }, |_| {}, &[go]);
    }

    #[test]
    fn another_day_is_looked_at_until_today_is_wanted_again() {
        let other = Some(day("2020-12-31"));
        let (state, commands) = play(&filled(), [Action::DayChosen(other)]);
        assert_eq!((state.day(), commands), (other, vec![Command::RememberDay(other)]));
        let (state, _) = play(&state, [Action::DayChosen(None)]);
        assert_eq!(state.day(), Some(day("2020-11-24")));
    }

    #[test]
    fn the_number_of_days_that_count_as_near_is_remembered() {
        check(&filled(), Action::NearDaysChosen(7), |state| state.near_days = 7, &[Command::RememberNearDays(7)]);
    }
}
