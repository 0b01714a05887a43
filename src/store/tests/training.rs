//! What was learned: kept like answers.

use plan_checklist_domain::storage::backup;
use plan_checklist_domain::storage::log::Log;

use super::*;

const READ: &str = "l l-1.1-a";

fn learned() -> State {
    play(&fresh(), [Action::Learned(READ.into()), saved()]).0
}

fn their_log() -> Log {
    let mut log = Log::default();
    log.add(Stamp { wall: NOON, counter: 0, author: Author(9) }, "l l-0-b");
    log
}

/// What is saved of what was learned.
fn saved_log(commands: &[Command]) -> Option<Rc<Log>> {
    commands.iter().find_map(|command| match command {
        Command::Save { training, .. } => training.clone(),
        _ => None,
    })
}

#[test]
fn what_is_learned_is_saved_before_it_is_shown() {
    let (state, commands) = play(&fresh(), [Action::Learned(READ.into())]);
    assert_eq!(state.training.subjects("l"), ["l-1.1-a"]);
    assert_eq!(saved_log(&commands).as_ref(), Some(&state.training));
    // Nothing was learned yet: there is nothing to save, nor before storage was read.
    assert_eq!(saved_log(&play(&fresh(), [Action::RetryDue]).1), None);
    let before = play(&State::new(Route::Training), [Action::Learned(READ.into())]);
    assert_eq!((before.0.training.len(), before.1.len()), (0, 0));
}

#[test]
fn what_storage_holds_is_there_and_later_lines_come_after_it() {
    let training = Rc::new(their_log());
    let state = play(&State::new(Route::Home), [Action::Restored(Restored { training, ..found() }.into())]).0;
    let state = reduce(&state, &Event { action: Action::Learned(READ.into()), now: 5 }).0;
    assert_eq!(state.training.len(), 2);
    // The clock was set back: it is later all the same.
    assert!(state.training.latest() > their_log().latest());
}

#[test]
fn tabs_learn_from_each_other() {
    let (state, commands) = play(&learned(), [Action::TrainingHeard(Rc::new(their_log()))]);
    assert_eq!(state.training.len(), 2);
    assert_eq!(saved_log(&commands), Some(state.training.clone()));
    // What is known already is no news.
    let (again, commands) = play(&state, [Action::TrainingHeard(Rc::new(their_log()))]);
    assert!(Rc::ptr_eq(&again.training, &state.training) && commands.is_empty());
}

#[test]
fn a_backup_of_everything_holds_it_and_one_of_a_single_workbook_does_not() {
    let state = play(&learned(), [answered(Status::Done), saved()]).0;
    let text = |ids: Vec<WorkbookId>| match &play(&state, [Action::BackupWanted(ids)]).1[..] {
        [Command::Download { file, .. }] => file.text.clone(),
        other => panic!("{other:?}"),
    };
    let held = |text: &str| backup::import(text, u64::MAX / 2).expect("a backup").training;
    assert_eq!(held(&text(Vec::new())), *state.training);
    assert!(held(&text(vec![book(&state).id])).is_empty());
    // As before everything is wiped.
    assert_eq!(held(&text(state.books.keys().copied().collect())), *state.training);
    let rescue = play(&learned(), [Action::RescueWanted]).1;
    assert_eq!(rescue, [Command::DownloadRescue(Vec::new(), learned().training)]);
}

#[test]
fn a_file_adds_to_what_was_learned() {
    let import = BigChange::Import { merged: Vec::new(), added: Vec::new(), training: Rc::new(their_log()) };
    let (state, commands) = play(&learned(), [Action::BigChangeWanted(import)]);
    assert_eq!(state.training.len(), 2);
    assert_eq!(saved_log(&commands), Some(state.training));
}

#[test]
fn wiping_everything_wipes_it_and_what_others_say_of_it_is_not_listened_to() {
    let before = play(&learned(), [answered(Status::Done), saved()]).0;
    let ids = before.books.keys().copied().collect();
    let (state, commands) = play(&before, [Action::EverythingWiped(ids)]);
    assert!(state.training.is_empty() && state.shown_books().is_empty());
    assert!(!commands.iter().any(|command| matches!(command, Command::Save { .. })), "{commands:?}");
    let (state, commands) = play(&state, [Action::TrainingHeard(Rc::new(their_log()))]);
    assert!(state.training.is_empty() && commands.is_empty());
    let import = BigChange::Import { merged: Vec::new(), added: Vec::new(), training: Rc::new(their_log()) };
    assert_eq!(play(&state, [Action::BigChangeWanted(import)]).0.training.len(), 1, "it is wanted again");
}

#[test]
fn what_another_tab_wiped_is_shown_and_not_written_unless_somebody_says_so() {
    let (state, commands) = play(&learned(), [Action::WipedElsewhere(Wipe::Everything)]);
    assert_eq!((state.training.len(), saved_log(&commands)), (1, None));
    assert_eq!(state.notices, [Notice::WipedElsewhere]);
    assert_eq!(saved_log(&play(&state, [Action::RetryDue]).1), None);
    let (state, commands) = play(&state, [Action::Kept]);
    assert_eq!(saved_log(&commands), Some(state.training));
    // A single workbook has nothing to do with it.
    let other = play(&learned(), [Action::WipedElsewhere(Wipe::Workbooks(vec![WorkbookId(1)]))]).0;
    assert!(other.notices.is_empty());
    // It was wiped while the page was laid aside.
    let (state, commands) = play(&learned(), [Action::Reread(found().into())]);
    assert_eq!((state.training.len(), saved_log(&commands)), (1, None));
}

#[test]
fn who_leaves_with_something_unsaved_is_asked() {
    let state = play(&fresh(), [Action::Learned(READ.into())]).0;
    let (_, commands) = play(&state, [Action::SaveFailed(Refusal::Full)]);
    assert!(commands.contains(&Command::AskBeforeLeaving(true)), "{commands:?}");
}
