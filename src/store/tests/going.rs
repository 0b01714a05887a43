use super::*;

#[test]
fn a_new_page_closes_what_was_open_over_the_old_one() {
    let open = play(&filled(), [Action::HelpOpened, Action::Asked(Some(Question::WipeEverything))]).0;
    let arrived = Action::Arrived { route: Route::Duties, fragment: None, note: None };
    let state = play(&open, [arrived]).0;
    assert_eq!((state.route, state.is_help_open, &state.asked), (Route::Duties, false, &None));
    assert_eq!(state.arrival.count, open.arrival.count + 1);
}

#[test]
fn what_the_address_points_at_in_vain_is_said_until_the_next_page() {
    let missed = play(&filled(), [Action::PlaceMissed]).0;
    assert!(missed.is_place_missed);
    let arrived = Action::Arrived { route: Route::Duties, fragment: None, note: None };
    assert!(!play(&missed, [arrived]).0.is_place_missed);
    // What a page shows, and what chat programs put there, is no place.
    assert!(Route::Duties.is_place("x") && !Route::Snapshot.is_place("s=1x") && !Route::Duties.is_place("rd"));
}

#[test]
fn the_page_about_data_safety_looks_through_storage_and_looks_again_after_each_save() {
    let arrived = Action::Arrived { route: Route::Safety, fragment: None, note: None };
    let (state, commands) = play(&filled(), [arrived]);
    assert_eq!(commands, [Command::LearnPersistence, Command::TakeInventory]);
    let (_, commands) = play(&state, [Action::SaveFailed(Refusal::Full)]);
    assert!(commands.contains(&Command::TakeInventory));
    let (_, commands) = play(&state, [Action::HelpOpened]);
    assert_eq!(commands, []);
}

#[test]
fn a_key_goes_to_a_page_by_the_address_bar() {
    let go = Command::Go { route: Route::Duties, fragment: None };
    check(&filled(), Action::KeyFollowed { route: Route::Duties, fragment: None }, |_| {}, &[go]);
}

#[test]
fn another_day_is_looked_at_until_today_is_wanted_again() {
    let other = Some(day("2020-12-31"));
    let (state, commands) = play(&filled(), [Action::DayChosen(other)]);
    assert_eq!((state.day(), commands), (other, vec![Command::RememberDay(other)]));
    let (state, _) = play(&state, [Action::DayChosen(None)]);
    assert_eq!(state.day(), Some(day("2020-11-24")));
}

#[test]
fn the_number_of_days_that_count_as_near_is_remembered() {
    check(&filled(), Action::NearDaysChosen(7), |state| state.near_days = 7, &[Command::RememberNearDays(7)]);
}
