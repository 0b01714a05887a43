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
    assert_eq!(commands, [Command::Save { books: Vec::new(), training: None }]);
}

#[test]
fn what_goes_with_the_tab_is_asked_about_until_it_is_in_a_backup() {
    let guest = play(&State::new(Route::Home), [Action::Restored(Restored { is_guest: true, ..found() }.into())]).0;
    let asks = |commands: &[Command]| {
        commands.iter().rev().find_map(|command| match command {
            Command::AskBeforeLeaving(is_on) => Some(*is_on),
            _ => None,
        })
    };
    let (state, commands) = play(&guest, [answered(Status::Done)]);
    assert_eq!(asks(&commands), Some(true));
    let ids: Vec<_> = state.shown_books().iter().map(|book| book.id).collect();
    let (_, commands) = play(&state, [Action::FileOffered(ids)]);
    assert_eq!(asks(&commands), Some(false));
    let (_, commands) = play(&fresh(), [answered(Status::Done)]);
    assert_eq!(asks(&commands), None, "what stays in the browser is not asked about");
}
