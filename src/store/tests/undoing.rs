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
    assert!(!state.arrival.is_by_address, "the address may point at none of it");
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
