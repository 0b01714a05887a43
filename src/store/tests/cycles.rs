use super::*;

/// A page that found these workbooks in storage on this day.
fn on(today: &str, books: &[Rc<Workbook>]) -> State {
    let books = books.iter().map(|book| (book.id, book.clone())).collect();
    let found = Restored { books, today: Some(day(today)), ..found() };
    play(&State::new(Route::Home), [Action::Restored(found.into())]).0
}

/// As an earlier release stored one whose cycle nobody chose.
fn without_a_cycle(id: u64) -> Rc<Workbook> {
    let mut book = Workbook::clone(&theirs(id, KIND, &[Msg::UnitNamed("甲".into())]));
    book.cycle = Default::default();
    book.into()
}

fn cycle(state: &State) -> Cycle {
    *book(state).cycle
}

#[test]
fn a_blank_workbook_is_of_the_days_cycle_and_stays_unsaved() {
    for (today, year) in [("2020-11-24", 2021), ("2023-12-31", 2021), ("2024-01-01", 2026), ("2026-11-25", 2026)] {
        let state = on(today, &[]);
        assert_eq!(cycle(&state), Cycle(year), "{today}");
        assert!(book(&state).is_blank());
        let (state, commands) = play(&state, [Action::ClockTicked(Some(day("2029-01-01")))]);
        assert_eq!((cycle(&state), saves(&commands)), (Cycle(2031), Vec::new()));
    }
    // Nobody knows the day before the program runs.
    assert_eq!(cycle(&State::new(Route::Home)), Cycle::AFTER_THE_SPEECH);
}

#[test]
fn what_was_answered_keeps_its_cycle_whatever_the_day() {
    let (state, commands) = play(&on("2026-11-25", &[]), [answered(Status::Done)]);
    assert!(book(&state).cycle.is_written() && cycle(&state) == Cycle(2026));
    assert_eq!(saves(&commands), [WorkbookId(12)]);
    for later in [Action::ClockTicked(Some(day("2031-01-01"))), Action::DayChosen(Some(day("2020-11-24")))] {
        assert_eq!(cycle(&play(&state, [later]).0), Cycle(2026));
    }
    // Undone, it is still a workbook of that cycle, as a whole.
    let undone = play(&state, [Action::Undone(KIND)]).0;
    assert_eq!((status(&undone), cycle(&undone)), (Status::Unchecked, Cycle(2026)));
    assert!(book(&undone).cycle.is_written());
    let redone = play(&undone, [Action::Redone(KIND)]).0;
    assert_eq!((status(&redone), cycle(&redone)), (Status::Done, Cycle(2026)));
}

#[test]
fn what_was_stored_without_a_cycle_is_one_of_the_speech() {
    let state = on("2026-11-25", &[without_a_cycle(12)]);
    assert_eq!(cycle(&state), Cycle::OF_THE_SPEECH);
    assert_eq!(cycle(&play(&state, [answered(Status::Done)]).0), Cycle::OF_THE_SPEECH);
}

#[test]
fn the_day_that_is_looked_at_counts_while_a_workbook_is_blank() {
    let state = play(&on("2026-11-25", &[]), [Action::DayChosen(Some(day("2020-11-24")))]).0;
    assert_eq!(cycle(&state), Cycle(2021));
    assert_eq!(cycle(&play(&state, [Action::DayChosen(None)]).0), Cycle(2026));
    assert_eq!(cycle(&play(&state, [answered(Status::Done), Action::DayChosen(None)]).0), Cycle(2021));
}

#[test]
fn who_chose_a_cycle_on_the_home_page_begins_with_it() {
    let chosen = Action::UsualCycleChosen(Cycle(2021));
    let (state, commands) = play(&on("2026-11-25", &[]), [chosen]);
    assert_eq!((cycle(&state), saves(&commands)), (Cycle(2021), Vec::new()));
    assert!(book(&state).is_blank());
    let (state, commands) = play(&state, [answered(Status::Done)]);
    assert_eq!((cycle(&state), saves(&commands)), (Cycle(2021), vec![WorkbookId(12)]));
    let another = play(&state, [Action::Begun { kind: KIND, cycle: None, unit: None }]).0;
    assert_eq!(cycle(&another), Cycle(2021));
}

#[test]
fn a_cycle_is_changed_where_it_is_shown_and_that_can_be_undone() {
    let state = play(&on("2026-11-25", &[]), [Action::CycleChosen(WorkbookId(12), Cycle(2021))]).0;
    assert_eq!(cycle(&state), Cycle(2021));
    assert_eq!(cycle(&play(&state, [Action::Undone(KIND)]).0), Cycle(2026));
}

#[test]
fn a_link_says_which_cycle_it_means_also_where_it_is_the_days() {
    for year in [2021, 2026, 2031] {
        let begun = Action::Begun { kind: KIND, cycle: Some(Cycle(year)), unit: None };
        let state = play(&on("2026-11-25", &[]), [begun]).0;
        assert!(book(&state).cycle.is_written() && cycle(&state) == Cycle(year));
        let added = Action::SnapshotAdded(Snapshot::new(KIND, year).into());
        let state = play(&on("2026-11-25", &[]), [added]).0;
        assert!(book(&state).cycle.is_written() && cycle(&state) == Cycle(year));
    }
    // A name alone says nothing of the cycle.
    let begun = Action::Begun { kind: KIND, cycle: None, unit: Some("甲县".into()) };
    let state = play(&on("2026-11-25", &[]), [begun]).0;
    assert!(book(&state).cycle.is_written() && cycle(&state) == Cycle(2026));
}

#[test]
fn what_another_tab_began_brings_its_own_cycle() {
    let theirs = theirs(99, KIND, &[Msg::CycleChosen(Cycle(2021)), Msg::Answered(first(), Status::Done)]);
    let state = play(&on("2026-11-25", &[]), [Action::Heard(theirs)]).0;
    assert_eq!((state.workbook(KIND).id, cycle(&state)), (WorkbookId(99), Cycle(2021)));
    // The same workbook, blank here, begun in a tab of a release that wrote no cycle: both say what storage says.
    let stored = without_a_cycle(12);
    let state = play(&on("2026-11-25", &[]), [Action::Heard(stored.clone())]).0;
    assert_eq!(book(&state), stored);
}

#[test]
fn a_file_that_says_nothing_of_the_cycle_is_of_the_speech() {
    let stored = without_a_cycle(50);
    for (merged, added) in [(vec![stored.clone()], Vec::new()), (Vec::new(), vec![stored])] {
        let change = BigChange::Import { merged, added, training: Rc::default() };
        let state = play(&on("2026-11-25", &[]), [Action::BigChangeMade { change, is_kept: false }]).0;
        assert_eq!((book(&state).unit.as_str(), cycle(&state)), ("甲", Cycle::OF_THE_SPEECH));
    }
}
