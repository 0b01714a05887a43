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
fn what_was_undone_is_not_counted_as_filled_in() {
    let asked: Vec<_> = builtin().requirements_for(KIND).map(|requirement| requirement.id).collect();
    let filled = asked[..28].iter().map(|id| Action::Edited(KIND, Msg::NoteWritten(*id, "备注".into())));
    let filled = play(&fresh(), filled).0;
    let since = |state: &State| state.answers_since_backup(state.workbook(KIND));
    assert_eq!((since(&filled), book(&filled).answers().count()), (28, 28));
    let msgs = asked.iter().map(|id| Msg::DueSet(*id, Some(day("2021-03-01")))).collect();
    let change = BigChange::Schedule { id: WorkbookId(12), msgs };
    let planned = play(&filled, [Action::BigChangeMade { change, is_kept: true }]).0;
    assert_eq!((since(&planned), book(&planned).answers().count()), (asked.len(), asked.len()));
    let undone = play(&planned, [Action::Undone(KIND)]).0;
    assert_eq!((since(&undone), book(&undone).answers().count()), (28, 28));
    // Blanks, and an entry that nothing was written into, say nothing.
    let more = [Msg::NoteWritten(asked[40], "  ".into()), Msg::EntryAdded(List::Evidence(asked[41]), String::new())];
    let blank = play(&undone, more.map(|msg| Action::Edited(KIND, msg))).0;
    assert_eq!((since(&blank), book(&blank).answers().count()), (28, 28));
}

#[test]
fn what_was_cleared_after_a_backup_is_counted_where_it_can_be_told() {
    let theirs = theirs(12, KIND, &[Msg::Answered(first(), Status::Done)]);
    let state = play(&fresh(), [Action::Heard(theirs), Action::FileOffered(vec![WorkbookId(12)])]).0;
    let cleared = play(&state, [answered(Status::Unchecked)]).0;
    assert_eq!(cleared.answers_since_backup(&book(&cleared)), 1);
}

#[test]
fn one_it_did_not_take_is_shown_and_does_not_count() {
    let shown = |state: &mut State| state.not_downloaded = Some("{}".into());
    check(&filled(), Action::FileRefused("{}".into()), shown, &[]);
}

#[test]
fn the_rescue_holds_everything_that_was_entered() {
    let state = filled();
    check(&state, Action::RescueWanted, |_| {}, &[Command::DownloadRescue(vec![book(&state)], Rc::default())]);
}

#[test]
fn what_was_copied_is_known_until_the_page_is_left() {
    let state = play(&filled(), [Action::Copied { text: "网址".into(), by_browser: true }]).0;
    assert_eq!((state.copied("网址"), state.copied("别的")), (Some(true), None));
    let left = play(&state, [Action::Arrived { route: Route::Home, fragment: None, note: None }]).0;
    assert_eq!(left.copied("网址"), None);
}
