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

#[test]
fn the_last_tick_settles_the_status_and_both_are_undone_as_one() {
    let requirement = builtin().requirement(first().as_str()).expect("it is there");
    let points = requirement.ask(KIND, *book(&fresh()).cycle).points.len();
    let ticks = (1..).take(points).map(|number| Action::Edited(KIND, Msg::PointTicked(first(), number, true)));
    let ticked = play(&fresh(), ticks).0;
    assert_eq!(status(&ticked), Status::Done);
    let undone = play(&ticked, [Action::Undone(KIND)]).0;
    assert_eq!(status(&undone), Status::InProgress);
    let number = u8::try_from(points).expect("few");
    assert_eq!(book(&undone).answer(first()).point(number).map(|point| **point), Some(false));
    assert_eq!(status(&play(&undone, [Action::Redone(KIND)]).0), Status::Done);
}

#[test]
fn one_person_for_many_is_undone_as_one() {
    let other = id("1.1-b");
    let msgs = vec![Msg::OwnerNamed(first(), "张三".into()), Msg::OwnerNamed(other, "张三".into())];
    let named = play(&filled(), [Action::EditedTogether(KIND, msgs)]).0;
    assert_eq!(book(&named).owners(), ["张三"]);
    let undone = play(&named, [Action::Undone(KIND)]).0;
    assert_eq!(book(&undone).owners().len(), 0);
    assert_eq!(status(&undone), Status::Done, "what came before stays");
}

#[test]
fn a_requirement_of_the_units_own_is_added_answered_and_undone() {
    let added = play(&fresh(), [Action::OwnRequirementAdded(KIND, "four-grasps")]).0;
    let own = book(&added).own_requirements().next().map(|own| (own.id, own.step.to_owned())).expect("one was added");
    assert_eq!(own.1, "four-grasps");
    let title = book(&added).own_requirements().next().map(|own| format!("own-title-{}", own.entry.0));
    assert_eq!(added.arrival.fragment.as_deref(), title.as_deref(), "its title has the focus");
    let answered = play(&added, [Action::Edited(KIND, Msg::Answered(own.0, Status::Done))]).0;
    assert_eq!(book(&answered).unasked(builtin()).count(), 0);
    assert_eq!(book(&play(&answered, [Action::Undone(KIND), Action::Undone(KIND)]).0).own_requirements().count(), 0);
}

#[test]
fn what_a_later_release_wrote_takes_nothing() {
    let locked = play(&filled(), [Action::Outdated(WorkbookId(12))]).0;
    let msgs = vec![Msg::OwnerNamed(first(), "张三".into())];
    check(&locked, Action::EditedTogether(KIND, msgs), |_| {}, &[]);
    check(&locked, Action::OwnRequirementAdded(KIND, "four-grasps"), |_| {}, &[]);
}
