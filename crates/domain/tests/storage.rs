//! Nothing acknowledged is lost: not to a write cut off anywhere, not to three tabs at once, not to a full disk.

#![expect(clippy::unwrap_used, reason = "the simulation does not refuse unless told to")]

mod common;

use std::rc::Rc;

use common::simulated::Simulated;
use common::{Deed, ID, busy_requirement, deed_on, workbook};
use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::storage::key::{Key, Parity, Reason, RestorePoint};
use plan_checklist_domain::storage::loading::{load, wipe};
use plan_checklist_domain::storage::record::{self, PREFIX, RecordError};
use plan_checklist_domain::storage::restore_points::{self, RestoreError};
use plan_checklist_domain::storage::saved;
use plan_checklist_domain::storage::shelf::Shelf;
use plan_checklist_domain::storage::store::{Refusal, Storage};
use plan_checklist_domain::workbook::merge::merge;
use plan_checklist_domain::workbook::update::update;
use plan_checklist_domain::{Author, Clock, Msg, UnitKind, Workbook, WorkbookId};
use proptest::prelude::*;

const HOUR: u64 = 3_600_000;

fn stored(storage: &Simulated) -> Workbook {
    Rc::unwrap_or_clone(load(storage, 0).unwrap().workbooks.remove(&ID).unwrap())
}

/// A page: its clock, its copy, its shelf.
struct Tab {
    clock: Clock,
    workbook: Rc<Workbook>,
    shelf: Shelf,
}

impl Tab {
    fn open(storage: &Simulated, slot: &str, author: u64) -> Self {
        let held = load(storage, 0).unwrap().workbooks.remove(&ID);
        let workbook = held.unwrap_or_else(|| Rc::new(Workbook::new(ID, UnitKind::County)));
        let mut clock = Clock::new(Author(author));
        clock.observe(workbook.latest());
        Self { clock, workbook, shelf: Shelf::new(slot, Author(author)) }
    }

    fn act(&mut self, deed: Deed, now: u64) {
        if let Some(msg) = deed.msg(&self.workbook) {
            self.workbook = Rc::new(update(&self.workbook, msg, self.clock.tick(now)));
        }
    }

    fn save(&mut self, storage: &Simulated, now: u64) {
        if let Some(both) = self.shelf.save(storage, &self.workbook, now).unwrap().taken_in {
            self.clock.observe(both.latest());
            self.workbook = both;
        }
        let json = saved::encode(&self.workbook);
        let keys = Parity::ALL.map(|parity| Key::Slot { workbook: ID, slot: self.shelf.slot().into(), parity }.text());
        let is_whole =
            keys.into_iter().filter_map(|key| storage.get(&key).unwrap()).any(|record| record.ends_with(&*json));
        assert!(is_whole, "a save differs from the workbook");
    }

    /// What a storage event tells.
    fn hear(&mut self, storage: &Simulated, from: &str) {
        for parity in Parity::ALL {
            let key = Key::Slot { workbook: ID, slot: from.into(), parity }.text();
            if let Some(Ok((_, theirs))) = storage.get(&key).unwrap().map(|record| record::read(&record)) {
                self.workbook = Rc::new(merge(&self.workbook, &theirs));
                self.clock.observe(self.workbook.latest());
            }
        }
    }
}

/// What may happen with three tabs open.
#[derive(Debug, Clone)]
enum Event {
    Acts(usize, Deed),
    Hears(usize, usize),
    /// The page dies, without a word, and is opened again.
    Dies(usize),
    Tidies(usize),
    HoursPass(u64),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        12 => (0usize..3, deed_on(busy_requirement().boxed())).prop_map(|(tab, deed)| Event::Acts(tab, deed)),
        4 => (0usize..3, 0usize..3).prop_map(|(tab, from)| Event::Hears(tab, from)),
        1 => (0usize..3).prop_map(Event::Dies),
        1 => (0usize..3).prop_map(Event::Tidies),
        1 => (1u64..4).prop_map(Event::HoursPass),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn nothing_acknowledged_is_lost_with_three_tabs_open(events in prop::collection::vec(event(), 0..300)) {
        let storage = Simulated::default();
        let slots = ["a", "b", "c"];
        let mut tabs: Vec<Tab> = slots.iter().enumerate().map(|(at, slot)| Tab::open(&storage, slot, at as u64 + 1)).collect();
        let mut acknowledged = Workbook::new(ID, UnitKind::County);
        let (mut now, mut author) = (1000, 3);
        for event in events {
            now += 7;
            match event {
                Event::Acts(tab, deed) => {
                    tabs[tab].act(deed, now);
                    tabs[tab].save(&storage, now);
                    acknowledged = merge(&acknowledged, &tabs[tab].workbook);
                }
                Event::Hears(tab, from) => tabs[tab].hear(&storage, slots[from]),
                Event::Dies(tab) => {
                    author += 1;
                    tabs[tab] = Tab::open(&storage, slots[tab], author);
                }
                Event::Tidies(tab) => {
                    let tab = &mut tabs[tab];
                    tab.shelf.tidy(&storage, ID, now).unwrap();
                }
                Event::HoursPass(hours) => now += hours * HOUR,
            }
            if let Some(held) = load(&storage, now).unwrap().workbooks.remove(&ID) {
                prop_assert_eq!(merge(&held, &acknowledged), (*held).clone(), "something acknowledged is not stored");
            }
        }
    }

    #[test]
    fn a_write_cut_off_at_any_byte_leaves_the_one_before(workbook in workbook(), deeds in prop::collection::vec(common::deed(), 1..4), cut in 0.0..1.0f64) {
        let storage = Simulated::default();
        let mut tab = Shelf::new("a", Author(7));
        let first = Rc::new(workbook);
        tab.save(&storage, &first, 1).unwrap();
        let second = Rc::new(common::done((*first).clone(), 9, deeds));
        tab.save(&storage, &second, 2).unwrap();
        let key = Key::Slot { workbook: ID, slot: "a".into(), parity: Parity::Even }.text();
        let whole = storage.get(&key).unwrap().unwrap();
        let at = (whole.len() as f64 * cut) as usize;
        let at = (0..=at).rev().find(|at| whole.is_char_boundary(*at)).unwrap();
        storage.set(&key, &whole[..at]).unwrap();
        let loaded = load(&storage, 3).unwrap();
        prop_assert_eq!(&loaded.workbooks[&ID], &first);
        prop_assert_eq!(loaded.damaged.len(), 1);
        prop_assert!(loaded.damaged[0].has_earlier && loaded.damaged[0].is_set_aside);
        // The next page writes on, and the damaged record waits where nothing overwrites it.
        let mut next = Shelf::new("a", Author(8));
        next.save(&storage, &second, 4).unwrap();
        prop_assert_eq!(stored(&storage), merge(&first, &second));
        prop_assert!(storage.keys().unwrap().iter().any(|key| key.starts_with("plan-checklist/d/")));
    }

    #[test]
    fn a_record_comes_back_as_it_was(workbook in workbook()) {
        let text = record::write(&workbook, 7, 1_606_204_800_000);
        let (header, again) = record::read(&text).unwrap();
        prop_assert_eq!((header.generation, header.saved), (7, 1_606_204_800_000));
        prop_assert_eq!(again, workbook);
    }

    #[test]
    fn any_change_to_a_record_is_noticed(workbook in workbook(), at in 0.0..1.0f64, bit in 0u8..8) {
        let text = record::write(&workbook, 7, 1);
        // In the header as well.
        let mut bytes = text.into_bytes();
        let at = ((bytes.len() - 1) as f64 * at) as usize;
        bytes[at] ^= 1 << bit;
        if let Ok(text) = String::from_utf8(bytes) {
            prop_assert_eq!(record::read(&text), Err(RecordError::Damaged));
        }
    }

    #[test]
    fn no_text_makes_reading_panic(text in ".{0,200}", header in "plan-checklist [0-9]{1,12} [0-9a-f]{1,9} [0-9]{1,25} [0-9]{1,25} [0-9]{1,3}\n.{0,50}", rest in "[0-9]{1,3} [0-9]{1,3} [0-9]{1,3}\n.{0,50}") {
        let _ = record::read(&text);
        let _ = record::read(&header);
        let _ = record::read(&record::seal(1, "", &rest));
        let _ = Key::parse(&text);
    }
}

#[test]
fn every_prefix_of_a_write_is_survived() {
    let storage = Simulated::default();
    let mut shelf = Shelf::new("a", Author(7));
    let id = builtin().steps[0].requirements[0].id;
    let first =
        Rc::new(update(&Workbook::new(ID, UnitKind::County), Msg::NoteWritten(id, "第一次".into()), common::at(1, 1)));
    shelf.save(&storage, &first, 1).unwrap();
    let second = Rc::new(update(&first, Msg::NoteWritten(id, "第二次🗂".into()), common::at(2, 1)));
    shelf.save(&storage, &second, 2).unwrap();
    let key = Key::Slot { workbook: ID, slot: "a".into(), parity: Parity::Even }.text();
    let whole = storage.get(&key).unwrap().unwrap();
    assert_eq!(stored(&storage), *second);
    for at in (0..whole.len()).filter(|at| whole.is_char_boundary(*at)) {
        let damaged = Simulated::default();
        damaged.texts.borrow_mut().extend(storage.texts.borrow().clone());
        damaged.set(&key, &whole[..at]).unwrap();
        assert_eq!(stored(&damaged), *first, "cut off after {at} bytes");
    }
}

#[test]
fn a_full_storage_refuses_and_keeps_what_it_has() {
    let storage = Simulated::default();
    let mut shelf = Shelf::new("a", Author(7));
    let id = builtin().steps[0].requirements[0].id;
    let first =
        Rc::new(update(&Workbook::new(ID, UnitKind::County), Msg::NoteWritten(id, "短".into()), common::at(1, 1)));
    shelf.save(&storage, &first, 1).unwrap();
    storage.room.set(Some(storage.used() + 100));
    let second = Rc::new(update(&first, Msg::NoteWritten(id, "长".repeat(500)), common::at(2, 1)));
    assert_eq!(shelf.save(&storage, &second, 2), Err(Refusal::Full));
    assert!(!shelf.holds(&second));
    assert_eq!(stored(&storage), *first);
    storage.room.set(None);
    shelf.save(&storage, &second, 3).unwrap();
    assert!(shelf.holds(&second));
    assert_eq!(stored(&storage), *second);
}

#[test]
fn storage_emptied_while_open_is_filled_again_by_the_next_save() {
    let storage = Simulated::default();
    let mut shelf = Shelf::new("a", Author(7));
    let workbook = Rc::new(Workbook::new(ID, UnitKind::County));
    shelf.save(&storage, &workbook, 1).unwrap();
    storage.texts.borrow_mut().clear();
    shelf.forget();
    assert!(!shelf.holds(&workbook));
    shelf.save(&storage, &workbook, 2).unwrap();
    assert_eq!(stored(&storage), *workbook);
}

#[test]
fn a_later_release_is_left_alone() {
    let storage = Simulated::default();
    let key = Key::Slot { workbook: ID, slot: "z".into(), parity: Parity::Odd }.text();
    let text = record::seal(2, "something new\n", "{}");
    storage.set(&key, &text).unwrap();
    let loaded = load(&storage, 1).unwrap();
    assert!(loaded.newer.contains(&ID) && loaded.workbooks.is_empty() && loaded.damaged.is_empty());
    assert_eq!(storage.get(&key).unwrap(), Some(text));
}

/// A flipped digit makes no later release: that would lock a sound workbook for good.
#[test]
fn a_later_version_without_a_matching_checksum_is_damage() {
    let sound = record::write(&Workbook::new(ID, UnitKind::County), 3, 5);
    for version in ["2", "3", "9", "0", "10", "01"] {
        let changed = sound.replacen("plan-checklist 1 ", &format!("plan-checklist {version} "), 1);
        assert_eq!(record::read(&changed), Err(RecordError::Damaged), "{version}");
    }
    assert_eq!(record::read(&record::seal(2, "", "")), Err(RecordError::Newer));
    assert_eq!(record::read(&record::seal(0, "1 1 2\n", "{}")), Err(RecordError::Damaged));
}

#[test]
fn only_our_own_keys_are_touched() {
    let storage = Simulated::default();
    for key in ["other", "plan-checklist", "plan-checklists/w/x", "Plan-checklist/w/1/a/0"] {
        storage.set(key, "theirs").unwrap();
    }
    let mut shelf = Shelf::new("a", Author(7));
    let workbook = Rc::new(Workbook::new(ID, UnitKind::County));
    shelf.save(&storage, &workbook, 1).unwrap();
    restore_points::make(&storage, &workbook, Reason::Daily, 2).unwrap();
    assert_eq!(wipe(&storage, |_| true), Ok(vec![]));
    assert_eq!(storage.keys().unwrap().len(), 4);
    assert!(storage.keys().unwrap().iter().all(|key| !key.starts_with(PREFIX)));
}

#[test]
fn the_ten_restore_points_made_last_stay_whatever_the_clock_says() {
    let storage = Simulated::default();
    let other = Workbook::new(WorkbookId(5), UnitKind::County);
    let first = restore_points::make(&storage, &other, Reason::Import, 1).unwrap();
    let workbook = Workbook::new(ID, UnitKind::County);
    let year = 365 * 24 * HOUR;
    // The clock was a year ahead for ten of them, and then was put right.
    let days = (1..=10).map(|day| year + day * 24 * HOUR).chain((1..=5).map(|day| day * 24 * HOUR));
    for now in days {
        let made = restore_points::make(&storage, &workbook, Reason::Daily, now).unwrap();
        let all = restore_points::list(&storage).unwrap();
        assert_eq!((all[0], made.made), (made, now), "the one just made is the first");
        assert_eq!(restore_points::read(&storage, made).unwrap(), workbook);
        assert!(all.contains(&first), "another workbook's stay");
        assert!(all.iter().filter(|point| point.workbook == ID).count() <= 10);
    }
    let left = restore_points::list(&storage).unwrap();
    let right: Vec<_> = left.iter().filter(|point| point.made < year && point.workbook == ID).collect();
    assert_eq!((left.len(), right.len()), (11, 5));
}

#[test]
fn a_restore_point_that_cannot_be_read_is_reported_and_an_unlisted_workbook_is_offered() {
    let storage = Simulated::default();
    let workbook = Rc::new(Workbook::new(ID, UnitKind::County));
    let point = restore_points::make(&storage, &workbook, Reason::Daily, 1).unwrap();
    let bad = restore_points::make(&storage, &workbook, Reason::Import, 2).unwrap();
    storage.set(&Key::RestorePoint(bad).text(), "plan-checklist 1 0000").unwrap();
    assert_eq!(restore_points::damaged(&storage), Ok(vec![bad]));
    assert_eq!(restore_points::read(&storage, bad), Err(RestoreError::Damaged));
    storage.remove(&Key::RestorePoint(bad).text()).unwrap();
    assert_eq!(restore_points::read(&storage, bad), Err(RestoreError::Gone));
    // Both generations are damaged: each is set aside under a key of its own.
    let mut shelf = Shelf::new("a", Author(7));
    shelf.save(&storage, &workbook, 1).unwrap();
    shelf.save(&storage, &workbook, 2).unwrap();
    for parity in Parity::ALL {
        storage.set(&Key::Slot { workbook: ID, slot: "a".into(), parity }.text(), parity.as_str()).unwrap();
    }
    let loaded = load(&storage, 3).unwrap();
    assert_eq!((loaded.damaged.len(), loaded.workbooks.len()), (2, 0));
    assert!(loaded.restorable.contains(&ID));
    assert_eq!(restore_points::read(&storage, point).as_ref(), Ok(&*workbook));
    let aside = |storage: &Simulated| {
        storage
            .texts
            .borrow()
            .iter()
            .filter(|(key, _)| key.starts_with("plan-checklist/d/"))
            .map(|(_, text)| text.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(aside(&storage), ["even", "odd"]);
    // The same again, at the same moment of a clock that stands: nothing set aside is overwritten.
    storage.set(&Key::Slot { workbook: ID, slot: "a".into(), parity: Parity::Odd }.text(), "again").unwrap();
    load(&storage, 3).unwrap();
    assert_eq!(aside(&storage), ["even", "odd", "again"]);
}

fn noted(text: &str) -> Rc<Workbook> {
    let id = builtin().steps[0].requirements[0].id;
    Rc::new(update(&Workbook::new(ID, UnitKind::County), Msg::NoteWritten(id, text.into()), common::at(1, 1)))
}

#[test]
fn what_fits_no_storage_is_refused_before_anything_goes_for_it() {
    let storage = Simulated::default();
    let small = noted("短");
    restore_points::make(&storage, &small, Reason::Daily, 1).unwrap();
    storage.room.set(Some(storage.used() + 2_000_000));
    let huge = noted(&"长".repeat(1_000_001));
    let mut shelf = Shelf::new("a", Author(7));
    assert_eq!(shelf.save(&storage, &huge, 2), Err(Refusal::TooLarge));
    assert_eq!(restore_points::make(&storage, &huge, Reason::Import, 2), Err(Refusal::TooLarge));
    assert_eq!(restore_points::list(&storage).unwrap().len(), 1);
    // Another workbook is saved all the same.
    let other = Rc::new(Workbook::new(WorkbookId(5), UnitKind::County));
    assert_eq!(shelf.save(&storage, &other, 3).map(|saved| saved.restore_points_dropped), Ok(0));
}

#[test]
fn restore_points_that_would_go_in_vain_stay() {
    let storage = Simulated::default();
    for now in 1..4 {
        restore_points::make(&storage, &noted("短"), Reason::Daily, now).unwrap();
    }
    let before = storage.texts.borrow().clone();
    storage.room.set(Some(storage.used() + 10));
    let mut shelf = Shelf::new("a", Author(7));
    assert_eq!(shelf.save(&storage, &noted(&"长".repeat(5000)), 9), Err(Refusal::Full));
    assert_eq!(*storage.texts.borrow(), before);
    // One that fits once the oldest has gone.
    let saved = shelf.save(&storage, &noted("中"), 9).unwrap();
    assert_eq!(saved.restore_points_dropped, 1);
}

#[test]
fn slots_of_closed_tabs_go_before_restore_points_do() {
    let storage = Simulated::default();
    let workbook = noted(&"长".repeat(1000));
    restore_points::make(&storage, &workbook, Reason::Daily, 1).unwrap();
    let mut now = 1;
    // Opened, saved and closed within an hour, until there is no room.
    storage.room.set(Some(60_000));
    for tab in 0..60u64 {
        now += 61_000;
        let mut shelf = Shelf::new(format!("{tab:x}"), Author(100 + tab));
        let saved = shelf.save(&storage, &workbook, now).expect("room is made");
        assert_eq!(saved.restore_points_dropped, 0);
    }
    assert_eq!(restore_points::list(&storage).unwrap().len(), 1);
    assert_eq!(stored(&storage), *workbook);
}

#[test]
fn two_pages_with_one_slot_keep_what_the_other_wrote() {
    let storage = Simulated::default();
    let ids: Vec<_> = builtin().requirements().map(|found| found.id).collect();
    let mut hidden = Tab::open(&storage, "a", 1);
    let act = |tab: &mut Tab, at: usize, now| tab.act(Deed::Msg(Msg::NoteWritten(ids[at], format!("{at}"))), now);
    act(&mut hidden, 0, 10);
    hidden.save(&storage, 10);
    // Another page of the tab writes to the slot, once or more often; then the hidden one comes back at once.
    for writes in 1..4 {
        let mut next = Tab::open(&storage, hidden.shelf.slot(), 100 + writes as u64);
        for at in 1..=writes {
            act(&mut next, 10 * writes + at, 20);
            next.save(&storage, 20);
        }
        let slot = hidden.shelf.slot().to_owned();
        act(&mut hidden, writes, 30);
        hidden.save(&storage, 30);
        assert_ne!(hidden.shelf.slot(), slot, "it moves to a slot of its own");
        for at in 1..=writes {
            assert_eq!(
                *hidden.workbook.answer(ids[10 * writes + at]).note,
                format!("{}", 10 * writes + at),
                "it shows what it took in"
            );
        }
        assert_eq!(stored(&storage), *hidden.workbook);
    }
}

#[test]
fn a_slot_given_back_is_not_written_any_more() {
    let storage = Simulated::default();
    let mut shelf = Shelf::new("a", Author(7));
    shelf.save(&storage, &noted("一"), 1).unwrap();
    assert_eq!(shelf.release(), "a");
    let before = storage.texts.borrow().clone();
    shelf.save(&storage, &noted("二"), 2).unwrap();
    assert!(before.iter().all(|(key, text)| storage.texts.borrow().get(key) == Some(text)));
}

#[test]
fn what_another_program_removes_is_noticed_and_written_again() {
    let storage = Simulated::default();
    let mut shelf = Shelf::new("a", Author(7));
    let workbook = noted("一");
    shelf.save(&storage, &workbook, 1).unwrap();
    assert_eq!(shelf.is_stored(&storage, ID), Ok(true));
    let keys = storage.keys().unwrap();
    for key in keys {
        storage.remove(&key).unwrap();
    }
    assert_eq!(shelf.is_stored(&storage, ID), Ok(false));
    assert!(shelf.save(&storage, &workbook, 2).unwrap().was_gone);
    assert_eq!((shelf.is_stored(&storage, ID), stored(&storage)), (Ok(true), (*workbook).clone()));
}

#[test]
fn what_a_later_release_wrote_in_our_slot_is_not_overwritten() {
    let storage = Simulated::default();
    let mut shelf = Shelf::new("a", Author(7));
    shelf.save(&storage, &noted("一"), 1).unwrap();
    let key = Key::Slot { workbook: ID, slot: "a".into(), parity: Parity::Even }.text();
    let text = record::seal(2, "new\n", "{}");
    storage.set(&key, &text).unwrap();
    assert_eq!(shelf.save(&storage, &noted("二"), 2), Err(Refusal::Newer));
    assert_eq!(storage.get(&key).unwrap(), Some(text));
}

#[test]
fn keys_are_read_as_they_are_written() {
    let slot = Key::Slot { workbook: ID, slot: "x1".into(), parity: Parity::Odd };
    let point = Key::RestorePoint(RestorePoint { number: 4, workbook: ID, made: 12, reason: Reason::Restore });
    for key in [slot, point, Key::Damaged(format!("{ID}/x1/3")), Key::Memo("backup".into())] {
        assert_eq!(Key::parse(&key.text()), Some(key));
    }
    for text in [
        "plan-checklist/w/1/a/odd",
        "plan-checklist/w/0123456789abcdef/a/1",
        "plan-checklist/w/0123456789abcdef//odd",
        "x",
    ] {
        assert_eq!(Key::parse(text), None, "{text}");
    }
}
