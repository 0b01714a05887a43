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
    let hear = |state: &State, other: &State, now| reduce(state, &Event { action: Action::Heard(book(other)), now });
    let (one, other) = (begin(20, 7, NOON, "1.1-a"), begin(21, 8, NOON + 4, "2.2-a"));
    let (one_then, _) = hear(&one, &other, NOON + 9);
    let (other_then, commands) = hear(&other, &one, NOON + 9);
    assert_eq!(book(&one_then), book(&other_then));
    assert_eq!(book(&one_then).answers().count(), 2);
    assert_eq!(saves(&commands), [WorkbookId(20)]);
    let became_one = Action::BecameOne(WorkbookId(21));
    assert!(commands.contains(&Command::Later { milliseconds: 0, action: Box::new(became_one.clone()) }));
    // The record of the one is removed only where the other is stored.
    let wipe = Command::Wipe(Wipe::Workbooks(vec![WorkbookId(21)]));
    assert_eq!(play(&other_then, [saved(), became_one.clone()]).1, std::slice::from_ref(&wipe));
    let (_, commands) = play(&other_then, [Action::SaveFailed(Refusal::Full), became_one]);
    assert!(!commands.contains(&wipe) && matches!(commands[..], [Command::Later { .. }]), "{commands:?}");
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
    assert!(wiped.is_wiped_shown() && !state.is_wiped_shown());
    // Who enters something all the same is asked before it goes with the page.
    let (changed, commands) = play(&wiped, [answered(Status::NotStarted)]);
    assert_eq!(commands, [Command::AskBeforeLeaving(true)]);
    let again = Action::WipedElsewhere(Wipe::Workbooks(vec![WorkbookId(12)]));
    assert_eq!(play(&changed, [again]).1, [], "it is told twice");
    let (kept, commands) = play(&changed, [Action::Kept]);
    assert!(kept.notices.is_empty() && !kept.is_wiped_shown());
    assert!(commands.contains(&Command::AskBeforeLeaving(false)));
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
