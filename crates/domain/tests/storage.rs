//! Nothing acknowledged is lost: not to a write cut off anywhere, not to three tabs at once, not to a full disk.

#![expect(clippy::unwrap_used, reason = "the simulation does not refuse unless told to")]

mod common;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use common::{Deed, ID, busy_requirement, deed_on, workbook};
use plan_checklist_domain::storage::record::{self, PREFIX, RecordError};
use plan_checklist_domain::storage::saved;
use plan_checklist_domain::storage::shelf::{self, Key, Parity, Reason, Refusal, RestorePoint, Shelf, Storage};
use plan_checklist_domain::workbook::merge::merge;
use plan_checklist_domain::workbook::update::update;
use plan_checklist_domain::{Author, Clock, Msg, UnitKind, Workbook, WorkbookId};
use proptest::prelude::*;

const HOUR: u64 = 3_600_000;

/// A browser's storage, with a quota.
#[derive(Default)]
struct Simulated {
    texts: RefCell<BTreeMap<String, String>>,
    room: Cell<Option<usize>>,
    is_blocked: Cell<bool>,
}

impl Simulated {
    fn check(&self) -> Result<(), Refusal> {
        if self.is_blocked.get() { Err(Refusal::Blocked) } else { Ok(()) }
    }

    fn used(&self) -> usize {
        self.texts.borrow().iter().map(|(key, text)| key.len() + text.len()).sum()
    }
}

impl Storage for Simulated {
    fn keys(&self) -> Result<Vec<String>, Refusal> {
        self.check()?;
        Ok(self.texts.borrow().keys().cloned().collect())
    }
    fn get(&self, key: &str) -> Result<Option<String>, Refusal> {
        self.check()?;
        Ok(self.texts.borrow().get(key).cloned())
    }
    fn set(&self, key: &str, text: &str) -> Result<(), Refusal> {
        self.check()?;
        let held = self.texts.borrow().get(key).map_or(0, |text| key.len() + text.len());
        if self.room.get().is_some_and(|room| self.used() - held + key.len() + text.len() > room) {
            return Err(Refusal::Full);
        }
        self.texts.borrow_mut().insert(key.into(), text.into());
        Ok(())
    }
    fn remove(&self, key: &str) -> Result<(), Refusal> {
        self.check()?;
        self.texts.borrow_mut().remove(key);
        Ok(())
    }
}

fn stored(storage: &Simulated) -> Workbook {
    shelf::load(storage, 0).unwrap().workbooks.remove(&ID).unwrap()
}

/// A page: its clock, its copy, its shelf.
struct Tab {
    clock: Clock,
    workbook: Rc<Workbook>,
    shelf: Shelf,
}

impl Tab {
    fn open(storage: &Simulated, slot: &str, author: u64) -> Self {
        let held = shelf::load(storage, 0).unwrap().workbooks.remove(&ID);
        let workbook = held.unwrap_or_else(|| Workbook::new(ID, UnitKind::County));
        let mut clock = Clock::new(Author(author));
        clock.observe(workbook.latest());
        Self { clock, workbook: Rc::new(workbook), shelf: Shelf::new(slot) }
    }

    fn act(&mut self, deed: Deed, now: u64) {
        if let Some(msg) = deed.msg(&self.workbook) {
            self.workbook = Rc::new(update(&self.workbook, msg, self.clock.tick(now)));
        }
    }

    fn save(&mut self, storage: &Simulated, now: u64) {
        self.shelf.save(storage, &self.workbook, now).unwrap();
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
            if let Some(held) = shelf::load(&storage, now).unwrap().workbooks.remove(&ID) {
                prop_assert_eq!(merge(&held, &acknowledged), held, "something acknowledged is not stored");
            }
        }
    }

    #[test]
    fn a_write_cut_off_at_any_byte_leaves_the_one_before(workbook in workbook(), deeds in prop::collection::vec(common::deed(), 1..4), cut in 0.0..1.0f64) {
        let storage = Simulated::default();
        let mut tab = Shelf::new("a");
        let first = Rc::new(workbook);
        tab.save(&storage, &first, 1).unwrap();
        let second = Rc::new(common::done((*first).clone(), 9, deeds));
        tab.save(&storage, &second, 2).unwrap();
        let key = Key::Slot { workbook: ID, slot: "a".into(), parity: Parity::Even }.text();
        let whole = storage.get(&key).unwrap().unwrap();
        let at = (whole.len() as f64 * cut) as usize;
        let at = (0..=at).rev().find(|at| whole.is_char_boundary(*at)).unwrap();
        storage.set(&key, &whole[..at]).unwrap();
        let loaded = shelf::load(&storage, 3).unwrap();
        prop_assert_eq!(&loaded.workbooks[&ID], &*first);
        prop_assert_eq!(loaded.damaged.len(), 1);
        prop_assert!(loaded.damaged[0].has_earlier && loaded.damaged[0].is_set_aside);
        // The next page writes on, and the damaged record waits where nothing overwrites it.
        let mut next = Shelf::new("a");
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
    let mut shelf = Shelf::new("a");
    let id = plan_checklist_domain::CATALOGUE.steps[0].requirements[0].id;
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
    let mut shelf = Shelf::new("a");
    let id = plan_checklist_domain::CATALOGUE.steps[0].requirements[0].id;
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
    let mut shelf = Shelf::new("a");
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
    let loaded = shelf::load(&storage, 1).unwrap();
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
    let mut shelf = Shelf::new("a");
    let workbook = Rc::new(Workbook::new(ID, UnitKind::County));
    shelf.save(&storage, &workbook, 1).unwrap();
    shelf::make_restore_point(&storage, &workbook, Reason::Daily, 2).unwrap();
    shelf::remove_all(&storage, |_| true).unwrap();
    assert_eq!(storage.keys().unwrap().len(), 4);
    assert!(storage.keys().unwrap().iter().all(|key| !key.starts_with(PREFIX)));
}

#[test]
fn the_latest_ten_restore_points_of_a_workbook_stay() {
    let storage = Simulated::default();
    let other = Workbook::new(WorkbookId(5), UnitKind::County);
    shelf::make_restore_point(&storage, &other, Reason::Import, 1).unwrap();
    let workbook = Workbook::new(ID, UnitKind::County);
    for day in 1..=15 {
        shelf::make_restore_point(&storage, &workbook, Reason::Daily, day * 24 * HOUR).unwrap();
    }
    let found = shelf::restore_points(&storage).unwrap();
    assert_eq!(found.iter().filter(|point| point.workbook == ID).count(), 10);
    assert_eq!((found[0].taken, found[9].taken), (15 * 24 * HOUR, 6 * 24 * HOUR));
    assert_eq!(found[10].workbook, other.id);
    assert!(shelf::drop_oldest_restore_point(&storage).unwrap());
    assert_eq!(shelf::restore_points(&storage).unwrap().len(), 10);
}

#[test]
fn keys_are_read_as_they_are_written() {
    let slot = Key::Slot { workbook: ID, slot: "x1".into(), parity: Parity::Odd };
    let point = Key::RestorePoint(RestorePoint { workbook: ID, taken: 12, reason: Reason::Restore });
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
