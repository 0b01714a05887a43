//! Undoing a change shows the workbook as it was; redoing it shows it as it had become.

mod common;

use std::collections::BTreeMap;
use std::rc::Rc;

use common::{Deed, ID, busy_requirement, deed_on, kind};
use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::storage::{journal, saved};
use plan_checklist_domain::workbook::differences::differences;
use plan_checklist_domain::workbook::history::{ChangeKind, History};
use plan_checklist_domain::workbook::merge::merge;
use plan_checklist_domain::workbook::update::update;
use plan_checklist_domain::{Author, Clock, Cycle, Date, Msg, Status, UnitKind, Workbook};
use proptest::prelude::*;

fn deeds(count: usize) -> impl Strategy<Value = Vec<Deed>> {
    prop::collection::vec(deed_on(busy_requirement().boxed()), 0..count)
}

/// Does the deeds a minute apart, and returns every state there was.
fn record(history: &mut History, clock: &mut Clock, start: Workbook, deeds: Vec<Deed>) -> Vec<Workbook> {
    let mut states = vec![start];
    for (minute, deed) in deeds.into_iter().enumerate() {
        let before = states.last().expect("there is a first state").clone();
        let Some(msg) = deed.msg(&before) else { continue };
        let now = 60_000 * minute as u64;
        let after = update(&before, msg.clone(), clock.tick(now));
        let is_seen = !differences(&before, &after).is_empty();
        history.record(ChangeKind::Edit(msg), &before, &after, now);
        if is_seen {
            states.push(after);
        }
    }
    states
}

proptest! {
    #[test]
    fn undoing_everything_goes_back_through_every_state_and_redoing_returns(kind in kind(), deeds in deeds(40)) {
        let (mut history, mut clock) = (History::default(), Clock::new(Author(1)));
        let states = record(&mut history, &mut clock, Workbook::new(ID, kind), deeds);
        let mut now = states.last().expect("there is a first state").clone();
        for state in states.iter().rev().skip(1) {
            now = history.undo(&now, &mut clock, 0).expect("there is a step for each state");
            prop_assert_eq!(differences(state, &now), vec![]);
        }
        prop_assert!(history.undo(&now, &mut clock, 0).is_none());
        for state in states.iter().skip(1) {
            now = history.redo(&now, &mut clock, 0).expect("all of them were undone");
            prop_assert_eq!(differences(state, &now), vec![]);
        }
        prop_assert!(history.redo(&now, &mut clock, 0).is_none());
    }

    #[test]
    fn what_can_be_undone_outlasts_the_page(kind in kind(), deeds in deeds(40), back in 0usize..40) {
        let (mut history, mut clock) = (History::default(), Clock::new(Author(1)));
        let mut now = record(&mut history, &mut clock, Workbook::new(ID, kind), deeds).pop().expect("there is a state");
        for _ in 0..back {
            now = history.undo(&now, &mut clock, 0).unwrap_or(now);
        }
        let histories: BTreeMap<_, _> = (!history.is_empty()).then(|| (ID, Rc::new(history))).into_iter().collect();
        prop_assert_eq!(journal::decode(&journal::encode(&histories)), histories);
    }

    #[test]
    fn what_is_no_journal_is_read_as_nothing(text in ".*", at in any::<prop::sample::Index>()) {
        prop_assert_eq!(journal::decode(&text), BTreeMap::new());
        let before = Workbook::new(ID, UnitKind::County);
        let after = common::done(before.clone(), 1, vec![Deed::Msg(Msg::UnitNamed("甲县".into()))]);
        let mut history = History::default();
        history.record(ChangeKind::Merge, &before, &after, 1);
        let sound = journal::encode(&[(ID, Rc::new(history))].into_iter().collect());
        prop_assert!(journal::decode(&sound).contains_key(&ID));
        let cut: String = sound.chars().take(at.index(sound.chars().count())).collect();
        prop_assert_eq!(journal::decode(&cut), BTreeMap::new());
    }

    #[test]
    fn undo_leaves_alone_what_others_did_elsewhere(ours in deeds(20), theirs in prop::collection::vec(
        deed_on(Just(builtin().steps[3].requirements[0].id)), 0..20)) {
        let (mut history, mut clock) = (History::default(), Clock::new(Author(1)));
        let start = Workbook::new(ID, UnitKind::County);
        let is_apart = |deed: &Deed| !matches!(deed, Deed::Msg(msg) if msg.requirement().is_none());
        let ours = ours.into_iter().filter(is_apart).collect();
        let theirs: Vec<_> = theirs.into_iter().filter(is_apart).collect();
        let mut now = record(&mut history, &mut clock, start.clone(), ours).pop().expect("there is a first state");
        let theirs = common::done(start, 5, theirs);
        now = merge(&now, &theirs);
        clock.observe(now.latest());
        while let Some(before) = history.undo(&now, &mut clock, 0) {
            now = before;
        }
        prop_assert_eq!(differences(&theirs, &now), vec![]);
    }
}

#[test]
fn what_another_tab_wrote_since_into_the_same_field_stands() {
    let [one, other] = [0, 1].map(|at| builtin().steps[0].requirements[at].id);
    let (mut history, mut clock) = (History::default(), Clock::new(Author(1)));
    let start = Workbook::new(ID, UnitKind::County);
    let msgs = [Msg::NoteWritten(one, "甲写的".into()), Msg::NoteWritten(other, "甲写的".into())];
    let ours = msgs.iter().fold(start.clone(), |workbook, msg| update(&workbook, msg.clone(), clock.tick(1)));
    history.record(ChangeKind::Together, &start, &ours, 1);
    let theirs = update(&ours, Msg::NoteWritten(one, "甲写的，乙接着写".into()), common::at(9, 5));
    let merged = merge(&ours, &theirs);
    clock.observe(merged.latest());
    let notes = |workbook: &Workbook| [one, other].map(|id| (*workbook.answer(id).note).clone());
    let back = history.undo(&merged, &mut clock, 10).expect("one step");
    assert_eq!(notes(&back), ["甲写的，乙接着写", ""]);
    let again = history.redo(&back, &mut clock, 11).expect("one step");
    assert_eq!(notes(&again), ["甲写的，乙接着写", "甲写的"]);
}

#[test]
fn typing_is_one_step_until_there_is_a_pause() {
    let id = builtin().steps[0].requirements[0].id;
    let (mut history, mut clock) = (History::default(), Clock::new(Author(1)));
    let mut now = Workbook::new(ID, UnitKind::County);
    let write = |now: &Workbook, history: &mut History, clock: &mut Clock, text: &str, at: u64| {
        let msg = Msg::NoteWritten(id, text.into());
        let after = update(now, msg.clone(), clock.tick(at));
        history.record(ChangeKind::Edit(msg), now, &after, at);
        after
    };
    for (text, at) in [("规", 0), ("规划", 900), ("规划纲", 1800), ("规划纲要", 9000)] {
        now = write(&now, &mut history, &mut clock, text, at);
    }
    now = history.undo(&now, &mut clock, 9001).expect("the last word");
    assert_eq!(*now.answer(id).note, "规划纲");
    now = history.undo(&now, &mut clock, 9002).expect("the first burst");
    assert_eq!(*now.answer(id).note, "");
    now = history.redo(&now, &mut clock, 9003).expect("the first burst again");
    assert_eq!(*now.answer(id).note, "规划纲");
}

#[test]
fn a_date_typed_over_another_is_one_step_and_none_where_it_comes_back() {
    let id = builtin().steps[0].requirements[0].id;
    let (mut history, mut clock) = (History::default(), Clock::new(Author(1)));
    let mut now = Workbook::new(ID, UnitKind::County);
    let mut set = |now: &mut Workbook, history: &mut History, text: &str, at: u64| {
        let msg = Msg::DueSet(id, Date::parse(text));
        let after = update(now, msg.clone(), clock.tick(at));
        history.record(ChangeKind::Edit(msg), now, &after, at);
        *now = after;
    };
    for (text, at) in [("2026-12-15", 0), ("2026-02-15", 9000), ("2026-02-02", 9300), ("2026-12-15", 9600)] {
        set(&mut now, &mut history, text, at);
    }
    assert_eq!(
        history.next_undo().map(|entry| &entry.kind),
        Some(&ChangeKind::Edit(Msg::DueSet(id, Date::parse("2026-12-15"))))
    );
    let mut clock = Clock::new(Author(1));
    clock.observe(now.latest());
    let back = history.undo(&now, &mut clock, 9900).expect("the first date");
    assert_eq!(*back.answer(id).due, None);
    assert!(history.next_undo().is_none(), "what came back is nothing to take back");
}

#[test]
fn a_new_change_ends_what_could_be_redone() {
    let id = builtin().steps[0].requirements[0].id;
    let (mut history, mut clock) = (History::default(), Clock::new(Author(1)));
    let start = Workbook::new(ID, UnitKind::County);
    let msg = Msg::Answered(id, Status::Done);
    let after = update(&start, msg.clone(), clock.tick(1));
    history.record(ChangeKind::Edit(msg), &start, &after, 1);
    let back = history.undo(&after, &mut clock, 2).expect("one step");
    let msg = Msg::Answered(id, Status::NotStarted);
    let other = update(&back, msg.clone(), clock.tick(3));
    history.record(ChangeKind::Edit(msg), &back, &other, 3);
    assert!(history.next_redo().is_none());
}

#[test]
fn after_the_clock_went_back_one_undo_takes_back_one_edit() {
    let id = builtin().steps[0].requirements[0].id;
    let (mut history, mut clock) = (History::default(), Clock::new(Author(1)));
    let mut now = Workbook::new(ID, UnitKind::County);
    for (text, at) in [("一", 7_200_000), ("二", 3_600_000), ("三", 3_600_500)] {
        let msg = Msg::NoteWritten(id, text.into());
        let after = update(&now, msg.clone(), clock.tick(at));
        history.record(ChangeKind::Edit(msg), &now, &after, at);
        now = after;
    }
    let mut undo = |now: &Workbook| history.undo(now, &mut clock, 4_000_000).expect("there is one");
    let once = undo(&now);
    assert_eq!(*once.answer(id).note, "一");
    assert_eq!(*undo(&once).answer(id).note, "");
}

#[test]
fn a_journal_of_enormous_texts_stays_small() {
    let id = builtin().steps[0].requirements[0].id;
    let (mut history, mut clock) = (History::default(), Clock::new(Author(1)));
    let mut now = Workbook::new(ID, UnitKind::County);
    for minute in 0..40 {
        let msg = Msg::NoteWritten(id, format!("{minute}{}", "长".repeat(20_000)));
        let after = update(&now, msg.clone(), clock.tick(60_000 * minute));
        history.record(ChangeKind::Edit(msg), &now, &after, 60_000 * minute);
        now = after;
    }
    let text = journal::encode(&[(ID, Rc::new(history))].into_iter().collect());
    assert!(text.len() <= 500_000);
    let back = journal::decode(&text);
    assert!(back[&ID].next_undo().is_some());
}

#[test]
fn the_first_change_writes_the_cycle_that_was_assumed_and_undoing_it_leaves_that() {
    let id = builtin().steps[0].requirements[0].id;
    let mut blank = Workbook::new(ID, UnitKind::County);
    blank.assume_cycle(Cycle(2026));
    assert!(blank.is_blank() && *blank.cycle == Cycle(2026));
    for (msg, then, undone) in [
        (Msg::Answered(id, Status::Done), 2026, 2026),
        (Msg::UnitNamed("甲县".into()), 2026, 2026),
        (Msg::CycleChosen(Cycle(2021)), 2021, 2026),
    ] {
        let (mut history, mut clock) = (History::default(), Clock::new(Author(1)));
        let mut after = update(&blank, msg.clone(), clock.tick(1));
        assert!(after.cycle.is_written() && *after.cycle == Cycle(then));
        // From now on no day changes it.
        after.assume_cycle(Cycle(2031));
        assert_eq!(*after.cycle, Cycle(then));
        history.record(ChangeKind::Edit(msg), &blank, &after, 1);
        let back = history.undo(&after, &mut clock, 2).expect("one step");
        assert!(back.cycle.is_written() && *back.cycle == Cycle(undone));
        assert_eq!(differences(&blank, &back), []);
    }
    // Chosen is more than assumed, and what changes nothing leaves a blank one blank.
    assert!(!update(&blank, Msg::CycleChosen(Cycle(2026)), common::at(1, 1)).is_blank());
    assert!(update(&blank, Msg::UnitNamed(String::new()), common::at(1, 1)).is_blank());
}

#[test]
fn what_was_stored_without_a_cycle_stays_one_of_the_speech() {
    let id = builtin().steps[0].requirements[0].id;
    let text = format!(r#"{{"id":"{ID}","kind":"county","answers":{{"{id}":{{"status":["done","5.0.1"]}}}}}}"#);
    let value = serde_json::from_str(&text).expect("JSON");
    let mut stored = saved::decode(value).expect("a workbook").workbook;
    stored.assume_cycle(Cycle(2026));
    assert_eq!(*stored.cycle, Cycle::OF_THE_SPEECH);
    let later = update(&stored, Msg::UnitNamed("甲县".into()), common::at(9, 1));
    assert!(!later.cycle.is_written(), "nothing was assumed");
    // A page that had it blank hears of it.
    let mut blank = Workbook::new(ID, UnitKind::County);
    blank.assume_cycle(Cycle(2026));
    assert_eq!(merge(&blank, &stored), stored);
    assert_eq!(merge(&stored, &blank), stored);
}
