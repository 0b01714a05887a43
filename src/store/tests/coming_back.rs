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
