//! A browser with many tabs that open, duplicate, freeze, thaw, die, lose keys, meet a later release, fill storage and
//! live with clocks that jump: nothing acknowledged is lost, and nothing is silently unsaved.

#![expect(clippy::unwrap_used, reason = "the simulation does not refuse unless told to")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use common::simulated::Simulated;
use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::storage::key::{Key, Parity, Reason};
use plan_checklist_domain::storage::loading::load;
use plan_checklist_domain::storage::record;
use plan_checklist_domain::storage::restore_points;
use plan_checklist_domain::storage::shelf::Shelf;
use plan_checklist_domain::storage::store::{Refusal, Storage};
use plan_checklist_domain::workbook::merge::merge;
use plan_checklist_domain::workbook::update::update;
use plan_checklist_domain::{Author, Clock, List, Msg, RequirementId, Status, UnitKind, Workbook, WorkbookId};

const IDS: [WorkbookId; 2] = [WorkbookId(1), WorkbookId(2)];
const HOUR: u64 = 3_600_000;
const YEAR: u64 = 365 * 24 * HOUR;

/// Numbers that look random, the same for the same seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

struct Tab {
    shelf: Shelf,
    clock: Clock,
    books: BTreeMap<WorkbookId, Rc<Workbook>>,
    locked: BTreeSet<WorkbookId>,
    is_frozen: bool,
}

struct Browser {
    storage: Simulated,
    tabs: Vec<Tab>,
    chance: Chance,
    now: u64,
    authors: u64,
    /// Everything that was said to be saved.
    acknowledged: BTreeMap<WorkbookId, Workbook>,
    /// What later releases wrote.
    later: BTreeMap<String, String>,
    asked: Vec<RequirementId>,
}

impl Browser {
    fn new(seed: u64) -> Self {
        let asked = builtin().requirements_for(UnitKind::County).take(4).map(|found| found.id).collect();
        let mut browser = Self {
            storage: Simulated::default(),
            tabs: Vec::new(),
            chance: Chance(seed),
            now: 2 * YEAR,
            authors: 0,
            acknowledged: BTreeMap::new(),
            later: BTreeMap::new(),
            asked,
        };
        browser.open(None);
        browser
    }

    /// A page opens, with the slot that the tab remembers.
    fn open(&mut self, slot: Option<String>) {
        self.authors += 1;
        let author = Author(self.authors);
        let loaded = load(&self.storage, self.now).unwrap();
        let mut clock = Clock::new(author);
        let books = IDS.map(|id| {
            let book =
                loaded.workbooks.get(&id).cloned().unwrap_or_else(|| Rc::new(Workbook::new(id, UnitKind::County)));
            clock.observe(book.latest());
            (id, book)
        });
        let shelf = Shelf::new(slot.unwrap_or_else(|| format!("{:x}", self.authors)), author);
        self.tabs.push(Tab { shelf, clock, books: books.into(), locked: loaded.newer, is_frozen: false });
    }

    fn any_tab(&mut self) -> usize {
        if self.tabs.is_empty() {
            self.open(None);
        }
        self.chance.below(self.tabs.len())
    }

    fn acts(&mut self) {
        let at = self.any_tab();
        let id = IDS[self.chance.below(2)];
        let requirement = self.asked[self.chance.below(self.asked.len())];
        let (what, number) = (self.chance.below(4), self.chance.below(1000));
        let tab = &mut self.tabs[at];
        if tab.is_frozen || tab.locked.contains(&id) {
            return;
        }
        let msg = match what {
            0 => Msg::Answered(requirement, Status::ALL[number % 5]),
            1 => Msg::EntryAdded(List::Evidence(requirement), String::new()),
            2 => Msg::UnitNamed(format!("县{number}")),
            _ => Msg::NoteWritten(requirement, "记".repeat(number % 60)),
        };
        let now = self.now;
        let next = update(&tab.books[&id], msg, tab.clock.tick(now));
        tab.books.insert(id, Rc::new(next));
        self.saves(at, id);
    }

    fn saves(&mut self, at: usize, id: WorkbookId) {
        let tab = &mut self.tabs[at];
        let book = tab.books[&id].clone();
        match tab.shelf.save(&self.storage, &book, self.now) {
            Ok(saved) => {
                if let Some(both) = saved.taken_in {
                    assert_eq!(merge(&both, &book), *both, "what was taken in is more, not less");
                    tab.clock.observe(both.latest());
                    tab.books.insert(id, both);
                }
                let book = tab.books[&id].clone();
                assert!(tab.shelf.holds(&book) && tab.shelf.is_stored(&self.storage, id).unwrap());
                let _ = tab.shelf.tidy(&self.storage, id, self.now);
                let known = self.acknowledged.get(&id).map_or_else(|| (*book).clone(), |known| merge(known, &book));
                self.acknowledged.insert(id, known);
            }
            Err(Refusal::Full) => assert!(self.storage.room.get().is_some(), "there was room"),
            Err(Refusal::Newer) => {
                tab.locked.insert(id);
            }
            Err(refusal) => panic!("{refusal:?}"),
        }
    }

    /// What storage events tell a tab.
    fn hears(&mut self) {
        let at = self.any_tab();
        let tab = &mut self.tabs[at];
        if tab.is_frozen {
            return;
        }
        for key in self.storage.keys().unwrap() {
            let Some(Key::Slot { workbook, .. }) = Key::parse(&key) else { continue };
            match record::read(&self.storage.get(&key).unwrap().unwrap()) {
                Ok((_, theirs)) => {
                    let both = merge(&tab.books[&workbook], &theirs);
                    tab.clock.observe(both.latest());
                    tab.books.insert(workbook, Rc::new(both));
                }
                Err(record::RecordError::Newer) => {
                    tab.locked.insert(workbook);
                }
                Err(record::RecordError::Damaged) => {}
            }
        }
    }

    fn step(&mut self) {
        self.now += self.chance.below(30_000) as u64;
        match self.chance.below(100) {
            0..56 => self.acts(),
            56..70 => self.hears(),
            // The renderer is killed, and the tab opened again, or not.
            70..73 => {
                let at = self.any_tab();
                self.tabs.remove(at);
            }
            73..76 => self.open(None),
            // Reloaded, or on to the next page.
            76..80 => {
                let at = self.any_tab();
                let slot = self.tabs.remove(at).shelf.release();
                self.open(Some(slot));
            }
            // A duplicated tab starts with a copy of what the tab remembers.
            80..83 if self.tabs.len() < 6 => {
                let at = self.any_tab();
                let slot = self.tabs[at].shelf.slot().to_owned();
                self.open(Some(slot));
            }
            // Laid aside by the browser while another page of the tab takes its slot; with or without being told.
            83..86 if self.tabs.len() < 6 => {
                let at = self.any_tab();
                let is_told = self.chance.below(2) == 0;
                let shelf = &mut self.tabs[at].shelf;
                let slot = if is_told { shelf.release() } else { shelf.slot().to_owned() };
                self.tabs[at].is_frozen = true;
                self.open(Some(slot));
            }
            86..89 => {
                let at = self.any_tab();
                self.tabs[at].is_frozen = false;
            }
            // Storage fills up, and is emptied again.
            89..91 => self.storage.room.set(Some(self.storage.used() + self.chance.below(3000))),
            91..94 => self.storage.room.set(None),
            94..96 => self.clock_jumps(),
            96 => self.keys_vanish(),
            97 if self.chance.below(8) == 0 => self.meets_a_later_release(),
            _ => self.makes_a_restore_point(),
        }
        if self.tabs.len() > 6 {
            self.tabs.remove(0);
        }
    }

    fn clock_jumps(&mut self) {
        self.now = match self.chance.below(5) {
            0 => self.now + YEAR,
            1 => self.now.saturating_sub(YEAR).max(1),
            2 => self.now.saturating_sub(HOUR).max(1),
            3 => self.now + 3 * HOUR,
            _ => 2 * YEAR,
        };
    }

    /// Another program of the origin removes keys, some or all.
    fn keys_vanish(&mut self) {
        let is_all = self.chance.below(3) == 0;
        for key in self.storage.keys().unwrap() {
            if !self.later.contains_key(&key) && (is_all || self.chance.below(4) == 0) {
                self.storage.remove(&key).unwrap();
            }
        }
        // What is gone is gone; what tabs still have, they write again with their next save.
        let stored = load(&self.storage, self.now).unwrap().workbooks;
        self.acknowledged = stored.into_iter().map(|(id, book)| (id, Rc::unwrap_or_clone(book))).collect();
    }

    fn meets_a_later_release(&mut self) {
        let at = self.any_tab();
        // In a slot of its own, or in that of a tab that was reloaded into the later release.
        let slot = if self.chance.below(2) == 0 { "later".into() } else { self.tabs[at].shelf.slot().to_owned() };
        let parity = Parity::ALL[self.chance.below(2)];
        let key = Key::Slot { workbook: IDS[1], slot, parity }.text();
        if self.storage.get(&key).unwrap().is_none() {
            let text = record::seal(2, "what a later release writes\n", "{}");
            if self.storage.set(&key, &text).is_ok() {
                self.later.insert(key, text);
            }
        }
    }

    fn makes_a_restore_point(&mut self) {
        let at = self.any_tab();
        let book = self.tabs[at].books[&IDS[self.chance.below(2)]].clone();
        match restore_points::make(&self.storage, &book, Reason::Daily, self.now) {
            Ok(point) => {
                assert_eq!(restore_points::read(&self.storage, point).as_ref(), Ok(&*book));
                let all = restore_points::list(&self.storage).unwrap();
                assert_eq!(all[0], point);
                assert!(all.iter().filter(|other| other.workbook == point.workbook).count() <= 10);
            }
            Err(refusal) => assert_eq!((refusal, self.storage.room.get().is_some()), (Refusal::Full, true)),
        }
    }

    fn check(&self) {
        let stored = load(&self.storage, self.now).unwrap();
        assert!(stored.damaged.is_empty());
        for (id, known) in &self.acknowledged {
            let held = stored.workbooks.get(id).expect("a workbook is gone");
            assert_eq!(merge(held, known), **held, "something acknowledged is not stored");
        }
        for (key, text) in &self.later {
            assert_eq!(self.storage.get(key).unwrap().as_ref(), Some(text), "a later release lost something");
        }
    }
}

#[test]
fn nothing_acknowledged_is_lost_and_nothing_is_silently_unsaved() {
    for seed in 0..30 {
        let mut browser = Browser::new(seed);
        for step in 0..400 {
            browser.step();
            // What was lost once stays lost: looking every other time finds it as well.
            if step % 2 == 0 {
                browser.check();
            }
        }
        // Once there is room, every living tab can save what it has.
        browser.storage.room.set(None);
        for at in 0..browser.tabs.len() {
            for id in IDS {
                if !browser.tabs[at].locked.contains(&id) {
                    browser.saves(at, id);
                }
            }
        }
        browser.check();
    }
}
