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
    let state = play(&fresh(), [Action::Edited(KIND, Msg::EntryAdded(list, String::new()))]).0;
    let at: EntryId = book(&state).answer(first()).evidence().next().expect("one was added").0;
    let state = play(&state, [Action::Edited(KIND, Msg::EntryRemoved(list, at, true))]).0;
    assert_eq!(book(&state).answer(first()).evidence().count(), 0);
    let state = play(&state, [Action::Undone(KIND)]).0;
    assert_eq!(book(&state).answer(first()).evidence().count(), 1);
}
