use plan_checklist_domain::workbook::plan::id_for_plan;

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
fn what_a_sheet_says_is_undone_as_one() {
    let msgs = vec![Msg::Answered(first(), Status::InProgress), Msg::NoteWritten(first(), "表里填的".into())];
    let change = BigChange::Sheet { id: WorkbookId(12), fields: 2, msgs };
    let before = filled();
    let (state, _) = play(&before, [Action::BigChangeMade { change, is_kept: true }]);
    assert_eq!(*book(&state).answer(first()).note, "表里填的");
    assert_eq!(state.outcome, Some(Outcome { what: Done::SheetRead(2), is_kept: true }));
    let undone = play(&state, [Action::Undone(KIND)]).0;
    assert_eq!(*book(&undone).answer(first()).note, *book(&before).answer(first()).note);
    assert_eq!(book(&undone).status(first()), book(&before).status(first()));
}

#[test]
fn the_status_follows_what_a_sheet_says_of_several_plans() {
    let plan = |name: &str| Action::Edited(KIND, Msg::EntryAdded(List::Plans, name.into()));
    let state = play(&fresh(), [plan("交通规划"), plan("水利规划")]).0;
    let plans: Vec<_> = book(&state).plans().filter_map(|(plan, _)| id_for_plan(first(), plan)).collect();
    let msgs = plans.into_iter().map(|id| Msg::Answered(id, Status::Done)).collect();
    let change = BigChange::Sheet { id: WorkbookId(12), fields: 2, msgs };
    let state = play(&state, [Action::BigChangeMade { change, is_kept: true }]).0;
    assert_eq!(book(&state).status(first()), Status::Done);
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
    let change = BigChange::Import { merged: vec![theirs], added: Vec::new(), training: Rc::default() };
    let (state, commands) = play(&fresh(), [Action::BigChangeWanted(change)]);
    assert_eq!(state.workbook(KIND).id, WorkbookId(99));
    assert_eq!(saves(&commands), [WorkbookId(99)]);
    assert_eq!(state.outcome, Some(Outcome { what: Done::Imported(1), is_kept: false }));
}

#[test]
fn a_file_is_merged_into_what_is_there_or_added_beside_it() {
    let theirs = theirs(12, KIND, &[Msg::Answered(id("1.1-b"), Status::InProgress)]);
    let change = BigChange::Import { merged: vec![theirs.clone()], added: vec![theirs], training: Rc::default() };
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
    let import = BigChange::Import { merged: vec![edited], added: Vec::new(), training: Rc::default() };
    let state = play(&state, [Action::BigChangeMade { change: import, is_kept: true }]).0;
    assert_eq!(*state.books[&WorkbookId(20)].unit, "乙");
}

#[test]
fn what_a_file_brings_is_not_left_in_the_recycle_bin() {
    let theirs = theirs(12, KIND, &[Msg::UnitNamed("甲".into()), Msg::Deleted(true)]);
    let change = BigChange::Import { merged: vec![theirs], added: Vec::new(), training: Rc::default() };
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
