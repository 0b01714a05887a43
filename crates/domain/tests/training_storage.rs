//! What tabs write of what was learned, in a storage that is cut off, full or wiped.

#![expect(clippy::unwrap_used, reason = "tests")]

mod common;

use std::rc::Rc;

use common::simulated::Simulated;
use plan_checklist_domain::storage::key::{Key, Parity};
use plan_checklist_domain::storage::loading::{Loaded, load, wipe};
use plan_checklist_domain::storage::log::Log;
use plan_checklist_domain::storage::log_shelf::LogShelf;
use plan_checklist_domain::storage::store::{Refusal, Storage};
use plan_checklist_domain::{Author, Stamp};
use proptest::prelude::*;

const HOUR: u64 = 60 * 60 * 1000;

fn log(lines: &[u64]) -> Rc<Log> {
    let mut log = Log::default();
    for wall in lines {
        log.add(Stamp { wall: *wall, counter: 0, author: Author(1) }, "l l-1.1-a");
    }
    Rc::new(log)
}

fn read(storage: &Simulated) -> Loaded {
    load(storage, 1).unwrap()
}

fn key(slot: &str, parity: Parity) -> String {
    Key::Training { slot: slot.into(), parity }.text()
}

#[test]
fn keys_are_read_back_and_others_are_not_ours() {
    for parity in Parity::ALL {
        let key = Key::Training { slot: "a1b2".into(), parity };
        assert_eq!(Key::parse(&key.text()), Some(key));
    }
    for text in ["plan-checklist/t/a", "plan-checklist/t//even", "plan-checklist/t/a/third", "other/t/a/even"] {
        assert_eq!(Key::parse(text), None, "{text}");
    }
}

#[test]
fn a_write_cut_off_anywhere_leaves_the_one_before() {
    let storage = Simulated::default();
    let mut shelf = LogShelf::new("a", Author(1));
    shelf.save(&storage, &log(&[1]), 1).unwrap();
    shelf.save(&storage, &log(&[1, 2]), 2).unwrap();
    let last = key("a", Parity::Even);
    let whole = storage.get(&last).unwrap().unwrap();
    for end in 0..whole.len() {
        let cut = Simulated::default();
        *cut.texts.borrow_mut() = storage.texts.borrow().clone();
        cut.set(&last, &whole[..end]).unwrap();
        let loaded = read(&cut);
        assert_eq!(loaded.training, *log(&[1]), "cut at {end}");
        assert!(loaded.damaged.iter().all(|damage| damage.workbook.is_none() && damage.is_set_aside));
        // What was cut off is kept aside, under a key that nothing writes.
        assert!(cut.keys().unwrap().iter().any(|text| matches!(Key::parse(text), Some(Key::Damaged(_)))));
    }
}

#[test]
fn a_duplicated_tab_moves_to_a_slot_of_its_own_and_loses_nothing() {
    let storage = Simulated::default();
    let (mut one, mut other) = (LogShelf::new("a", Author(1)), LogShelf::new("a", Author(2)));
    one.save(&storage, &log(&[1]), 1).unwrap();
    // It takes the slot over, as the next page of the tab does.
    assert_eq!(other.save(&storage, &log(&[2]), 2).unwrap(), Some(log(&[1, 2])));
    // The first one lives after all.
    assert_eq!(one.save(&storage, &log(&[1, 3]), 3).unwrap(), Some(log(&[1, 2, 3])));
    assert_eq!(read(&storage).training, *log(&[1, 2, 3]));
    assert!(!one.is_own(&Key::Training { slot: "a".into(), parity: Parity::Even }));
}

#[test]
fn what_a_later_release_wrote_is_left_alone() {
    let storage = Simulated::default();
    LogShelf::new("a", Author(1)).save(&storage, &log(&[1]), 1).unwrap();
    let text = storage.get(&key("a", Parity::Odd)).unwrap().unwrap();
    let later = text.replacen("plan-checklist-training 1 ", "plan-checklist-training 2 ", 1);
    assert!(Log::read(&later).is_err(), "the checksum covers the version");
    storage.set(&key("a", Parity::Odd), &later).unwrap();
    let mut shelf = LogShelf::new("a", Author(2));
    shelf.save(&storage, &log(&[2]), 2).unwrap();
    assert_eq!(storage.get(&key("a", Parity::Odd)).unwrap(), Some(later));
    assert_eq!(read(&storage).training, *log(&[2]));
}

#[test]
fn slots_of_closed_tabs_go_once_another_holds_all_of_them() {
    let storage = Simulated::default();
    LogShelf::new("a", Author(1)).save(&storage, &log(&[1]), 1).unwrap();
    LogShelf::new("b", Author(2)).save(&storage, &log(&[2]), 1).unwrap();
    LogShelf::new("c", Author(3)).save(&storage, &log(&[1, 3]), 2 * HOUR).unwrap();
    let slots: Vec<_> = storage.keys().unwrap();
    assert!(!slots.contains(&key("a", Parity::Odd)) && slots.contains(&key("b", Parity::Odd)), "{slots:?}");
    assert_eq!(read(&storage).training, *log(&[1, 2, 3]));
}

#[test]
fn refusals_are_told_and_what_was_removed_is_noticed() {
    let storage = Simulated::default();
    let mut shelf = LogShelf::new("a", Author(1));
    let log = log(&[1]);
    storage.is_blocked.set(true);
    assert_eq!(shelf.save(&storage, &log, 1), Err(Refusal::Blocked));
    storage.is_blocked.set(false);
    storage.room.set(Some(10));
    assert_eq!(shelf.save(&storage, &log, 1), Err(Refusal::Full));
    storage.room.set(None);
    shelf.save(&storage, &log, 1).unwrap();
    assert!(shelf.is_stored(&storage, &log).unwrap());
    storage.texts.borrow_mut().clear();
    assert!(!shelf.is_stored(&storage, &log).unwrap());
    shelf.save(&storage, &log, 1).unwrap();
    assert_eq!(read(&storage).training, *log);
    // Wiping everything takes it along; wiping a workbook does not.
    assert_eq!(wipe(&storage, |key| key.workbook().is_some()), Ok(Vec::new()));
    assert!(!read(&storage).training.is_empty());
    assert_eq!(wipe(&storage, |_| true), Ok(Vec::new()));
    assert!(storage.keys().unwrap().is_empty());
}

proptest! {
    /// Two tabs write in any order, are reloaded, and hear nothing of each other: nothing that was saved is missing.
    #[test]
    fn nothing_saved_is_lost(steps in prop::collection::vec((0_usize..2, 0_u8..4), 1..30)) {
        let storage = Simulated::default();
        let mut shelves = ["a", "a"].map(|slot| LogShelf::new(slot, Author(1)));
        let mut logs = [Rc::<Log>::default(), Rc::<Log>::default()];
        let mut all = Log::default();
        for (at, (tab, what)) in steps.into_iter().enumerate() {
            let now = at as u64 + 1;
            if what == 0 {
                // Reloaded.
                shelves[tab] = LogShelf::new("a", Author(now + 10));
                logs[tab] = Rc::new(read(&storage).training);
            } else {
                let stamp = Stamp { wall: now, counter: 0, author: Author(tab as u64) };
                Rc::make_mut(&mut logs[tab]).add(stamp, "l l-1.1-a");
                all.add(stamp, "l l-1.1-a");
                let log = logs[tab].clone();
                if let Some(taken_in) = shelves[tab].save(&storage, &log, now * HOUR).unwrap() {
                    logs[tab] = taken_in;
                }
            }
            prop_assert!(read(&storage).training.includes(&all));
        }
    }
}
