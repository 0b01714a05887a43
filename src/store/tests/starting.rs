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
    let (state, commands) = play(&State::new(Route::Home), [Action::Restored(Restored { refusal, ..found() }.into())]);
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
