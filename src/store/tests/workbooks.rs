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

/// The copy made last.
fn copy(state: &State) -> WorkbookId {
    match state.outcome {
        Some(Outcome { what: Done::Duplicated(copy), .. }) => copy,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_copy_leaves_the_original_in_use_and_its_unit_as_somebody_named_it() {
    let (state, commands) = play(&filled(), [Action::Duplicated(WorkbookId(12))]);
    let copy = copy(&state);
    assert_eq!(state.workbook(KIND).id, WorkbookId(12));
    assert_eq!(state.books[&copy].duplicate(WorkbookId(12)), *book(&state));
    assert!(saves(&commands).contains(&copy));
    let left = play(&state, [Action::Arrived { route: Route::Home, fragment: None, note: None }]).0;
    assert_eq!(left.outcome, None, "the question is asked once");
    check(&filled(), Action::Duplicated(WorkbookId(404)), |_| {}, &[]);
}

#[test]
fn what_happens_to_a_copy_does_not_touch_the_other() {
    let copied = play(&filled(), [Action::Duplicated(WorkbookId(12))]).0;
    let state = play(&copied, [Action::Opened(copy(&copied)), answered(Status::NotStarted)]).0;
    assert_eq!(status(&state), Status::NotStarted);
    assert_eq!(state.books[&WorkbookId(12)].status(first()), Status::Done);
    let state = play(&copied, [Action::CycleChosen(copy(&copied), Cycle(2026))]).0;
    assert_eq!((*state.books[&copy(&copied)].cycle, *book(&state).cycle), (Cycle(2026), Cycle(2021)));
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
    let import = BigChange::Import { merged: vec![mine.clone()], added: Vec::new(), training: Rc::default() };
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
