//! What the app knows: everything that more than one page shows, or that outlives a page.

use std::cmp::Reverse;
use std::rc::Rc;

use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::storage::key::{Key, RestorePoint};
use plan_checklist_domain::storage::log::Log;
use plan_checklist_domain::storage::store::Refusal;
use plan_checklist_domain::workbook::history::History;
use plan_checklist_domain::workbook::plan::requirement_of;
use plan_checklist_domain::{
    AsOf, Catalogue, Clock, Cycle, Date, EntryId, RequirementId, Stamp, Status, UnitKind, Workbook, WorkbookId,
};
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::command::{BackedUp, BigChange};
use crate::route::{Route, Target};
use crate::words;

/// Everything the pages show.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// The content: what is asked, and what it rests on.
    pub catalogue: &'static Catalogue,
    pub route: Route,
    pub arrival: Arrival,
    /// The address points at what is not on the page.
    pub is_place_missed: bool,
    /// Every workbook of this browser, those in the recycle bin too, and the blank ones still without a save.
    pub books: Rc<BTreeMap<WorkbookId, Rc<Workbook>>>,
    /// The one in use, of each kind.
    pub(super) current: [WorkbookId; 3],
    /// Those begun on purpose: what another tab begins does not take their place.
    pub(super) begun: BTreeSet<WorkbookId>,
    pub(super) histories: BTreeMap<WorkbookId, Rc<History>>,
    /// The kind of the workbook changed last: what is undone on a page that belongs to none.
    pub(super) changed: Option<UnitKind>,
    pub(super) clock: Clock,
    /// What is begun from now on is of this cycle, where somebody chose on the home page; else of the day's.
    pub(super) begun_cycle: Option<Cycle>,
    /// Whether storage was read. Until then nothing can be entered, so nothing can be lost.
    pub is_restored: bool,
    /// When the last thing happened, in milliseconds since 1970; 0 before anything did.
    pub now: u64,
    /// Today where the user is; `None` until it is known.
    pub(super) today: Option<Date>,
    /// The day to look at instead of today.
    pub chosen_day: Option<Date>,
    /// How many days ahead count as 临近.
    pub near_days: u16,
    /// 公用电脑: what is entered stays with this tab, and goes with it.
    pub is_guest: bool,
    pub saving: Saving,
    pub notices: Vec<Notice>,
    /// Workbooks that a later release wrote: this one must not.
    pub(super) locked: BTreeSet<WorkbookId>,
    /// Workbooks wiped here: what other tabs still say of them is not listened to.
    pub(super) wiped_here: BTreeSet<WorkbookId>,
    /// Workbooks that another tab wiped, and how they stood by then: not written unless somebody says so.
    pub(super) wiped: BTreeMap<WorkbookId, Rc<Workbook>>,
    /// What was learned in this browser.
    pub training: Rc<Log>,
    /// What was learned was wiped here: what other tabs still say of it is not listened to.
    pub(super) is_training_wiped_here: bool,
    /// What was learned by the time that another tab wiped it: it is not written unless somebody says so.
    pub(super) wiped_training: Option<Rc<Log>>,
    /// The last backup of each workbook.
    pub backups: BTreeMap<WorkbookId, BackedUp>,
    pub is_help_open: bool,
    pub asked: Option<Question>,
    /// What came of the last big change on this page.
    pub outcome: Option<Outcome>,
    /// A file that could not be downloaded.
    pub not_downloaded: Option<Rc<str>>,
    /// The text copied last, and whether the browser did it.
    pub copied: Option<(Rc<str>, bool)>,
    pub inventory: Rc<Inventory>,
    pub persistence: Option<Persistence>,
}

/// How the current page was reached.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arrival {
    /// What the address points at on the page, or what was undone.
    pub fragment: Option<Rc<str>>,
    /// Whether the address has led here; else something was undone, wherever it is.
    pub is_by_address: bool,
    /// What the page had noted of itself when it was left, where the browser's own buttons led back to it.
    pub note: Option<Rc<PageNote>>,
    /// Counts arrivals, so that arriving at the same place again is a new event.
    pub count: u32,
}

/// What a page notes of itself when it is left, so that it looks the same when the browser's buttons lead back to it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageNote {
    /// How far it was scrolled, in CSS pixels.
    pub scroll: i32,
    /// Which boxes stood open or closed otherwise than usual, as `effects::notes` names them.
    pub boxes: Vec<(String, bool)>,
    /// What was entered that only this page keeps, in its own words.
    pub entered: String,
}

/// What became of the last change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saving {
    /// Nothing was changed yet.
    Idle,
    /// Saved, at this time of day (`14:03`).
    Saved(Rc<str>),
    Failed(Refusal),
}

/// Something about storage that people must know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// A later release saved a workbook; this page does not write it.
    Newer,
    /// The last write was cut off; the one before it is what is shown.
    Recovered,
    /// A record cannot be read, and was set aside.
    SetAside,
    /// No record of a workbook can be read, but there are restore points of it.
    Restorable,
    /// A record cannot be read, and there was no room to set it aside.
    NotSetAside,
    /// Something emptied storage while the page was open; it was written again.
    Emptied,
    /// Another tab wiped a workbook that is open here.
    WipedElsewhere,
    /// A restore point cannot be read.
    Unreadable,
    /// What was to be taken back, or done again, was changed in another tab since, and is left as it is.
    ChangedSince,
    /// Not everything that was to be wiped is gone.
    NotAllWiped,
    /// The page stands in a frame of another one, where nothing is wiped.
    Framed,
}

/// What waits for a second click.
#[derive(Debug, Clone, PartialEq)]
pub enum Question {
    RemoveEntry(EntryId),
    Wipe(WorkbookId),
    WipeEverything,
    RemoveDamaged(Key),
    /// There is no room to keep what this changes.
    Unprotected(BigChange),
}

/// What came of a big change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    pub what: Done,
    /// Whether there are restore points of what it changed.
    pub is_kept: bool,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// This many workbooks came from a file.
    Imported(usize),
    Restored,
    /// This many answers came from a link.
    Merged(usize),
    /// A link became a workbook.
    Added,
    /// This many due dates were taken over.
    Scheduled(usize),
    /// This many fields came from a sheet.
    SheetRead(usize),
    /// This is a copy of another workbook.
    Duplicated(WorkbookId),
}

/// What the browser promises about storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Persistence {
    /// It will not clear it by itself.
    Promised,
    /// It may clear it when it wants room.
    NotPromised,
    /// It cannot be asked: an older browser, or a page on plain http.
    Unknown,
}

/// What is in storage, as the page about data safety shows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inventory {
    pub is_blocked: bool,
    pub restore_points: Vec<RestorePoint>,
    pub damaged: Vec<Key>,
    /// Bytes, as browsers count them: of workbooks, of restore points, of records set aside, of what was learned, and all
    /// together.
    pub workbook_bytes: usize,
    pub restore_point_bytes: usize,
    pub damaged_bytes: usize,
    pub training_bytes: usize,
    pub total_bytes: usize,
}

impl State {
    #[must_use]
    pub fn new(route: Route) -> Self {
        let current = [WorkbookId(0), WorkbookId(1), WorkbookId(2)];
        let mut books = BTreeMap::new();
        for (id, kind) in current.into_iter().zip(UnitKind::ALL) {
            books.insert(id, Rc::new(Workbook::new(id, kind)));
        }
        let mut state = Self {
            catalogue: builtin(),
            route,
            arrival: Arrival::default(),
            is_place_missed: false,
            books: Rc::new(books),
            current,
            begun: BTreeSet::new(),
            histories: BTreeMap::new(),
            changed: None,
            clock: Clock::default(),
            begun_cycle: None,
            is_restored: false,
            now: 0,
            today: None,
            chosen_day: None,
            near_days: AsOf::NEAR_DAYS,
            is_guest: false,
            saving: Saving::Idle,
            notices: Vec::new(),
            locked: BTreeSet::new(),
            wiped_here: BTreeSet::new(),
            wiped: BTreeMap::new(),
            training: Rc::default(),
            is_training_wiped_here: false,
            wiped_training: None,
            backups: BTreeMap::new(),
            is_help_open: false,
            asked: None,
            outcome: None,
            not_downloaded: None,
            copied: None,
            inventory: Rc::default(),
            persistence: None,
        };
        state.assume_cycles();
        state
    }

    /// The cycle of what is begun now: the one chosen for that, else that of the day that is looked at.
    #[must_use]
    pub fn usual_cycle(&self) -> Cycle {
        let of_the_day = || self.day().map_or(Cycle::AFTER_THE_SPEECH, Cycle::current);
        self.begun_cycle.unwrap_or_else(of_the_day)
    }

    /// Has every blank workbook show the usual cycle.
    pub(super) fn assume_cycles(&mut self) {
        let cycle = self.usual_cycle();
        let is_other = |book: &Rc<Workbook>| !book.cycle.is_written() && *book.cycle != cycle && book.is_blank();
        let others: Vec<_> = self.books.values().filter(|book| is_other(book)).map(|book| book.id).collect();
        for id in others {
            if let Some(book) = Rc::make_mut(&mut self.books).get_mut(&id) {
                Rc::make_mut(book).assume_cycle(cycle);
            }
        }
    }

    /// The workbook of this kind in use.
    #[must_use]
    pub fn workbook(&self, kind: UnitKind) -> &Rc<Workbook> {
        &self.books[&self.current[kind as usize]]
    }

    /// The workbooks in use, one of each kind.
    #[must_use]
    pub fn current(&self) -> [WorkbookId; 3] {
        self.current
    }

    /// The workbooks in use; none of a kind of which nobody has any, where the one in use is nobody's choice.
    #[must_use]
    pub fn chosen(&self) -> [Option<WorkbookId>; 3] {
        let shown = self.shown_books();
        UnitKind::ALL.map(|kind| shown.iter().any(|book| book.kind == kind).then_some(self.current[kind as usize]))
    }

    /// Workbooks in which something was entered and that are not in the recycle bin, the one worked on last first.
    #[must_use]
    pub fn shown_books(&self) -> Vec<&Rc<Workbook>> {
        let mut books: Vec<_> = self.books.values().filter(|book| !book.is_blank() && !*book.is_deleted).collect();
        books.sort_unstable_by_key(|book| (Reverse(book.latest()), book.id));
        books
    }

    /// Whether this workbook may be written to storage.
    #[must_use]
    pub fn may_save(&self, workbook: &Workbook) -> bool {
        let is_forbidden = self.locked.contains(&workbook.id) || self.wiped.contains_key(&workbook.id);
        self.is_restored && !is_forbidden && !workbook.is_blank()
    }

    /// Whether anything is shown here that another tab wiped, and that is not saved for that reason.
    #[must_use]
    pub fn is_wiped_shown(&self) -> bool {
        !self.wiped.is_empty() || self.wiped_training.is_some()
    }

    /// Whether anything was entered into what another tab wiped, since it did.
    pub(super) fn is_wiped_changed(&self) -> bool {
        self.wiped.values().any(|then| self.books.get(&then.id).is_some_and(|book| !Rc::ptr_eq(book, then)))
            || self.wiped_training.as_ref().is_some_and(|then| !Rc::ptr_eq(then, &self.training))
    }

    /// What was learned, where it may be written to storage and there is any.
    #[must_use]
    pub fn training_to_save(&self) -> Option<&Rc<Log>> {
        Some(&self.training).filter(|log| self.is_restored && self.wiped_training.is_none() && !log.is_empty())
    }

    /// Whether a later release wrote this workbook.
    #[must_use]
    pub fn is_locked(&self, id: WorkbookId) -> bool {
        self.locked.contains(&id)
    }

    /// Whether the workbook of this kind in use can be written to: storage was read, and no later release wrote it.
    #[must_use]
    pub fn is_editable(&self, kind: UnitKind) -> bool {
        self.is_restored && !self.locked.contains(&self.current[kind as usize])
    }

    /// When what this page shows was last changed, in milliseconds since 1970; `None` before anything was.
    #[must_use]
    pub fn last_change(&self) -> Option<u64> {
        let own = self.route.kind().map(|kind| self.workbook(kind)).filter(|book| !book.is_blank());
        let last = own.or_else(|| self.shown_books().first().copied()).map(|book| book.latest().wall);
        last.or_else(|| (!self.training.is_empty()).then(|| self.training.latest().wall))
    }

    /// How many of a workbook's answers were written to since it was last backed up.
    #[must_use]
    pub fn answers_since_backup(&self, workbook: &Workbook) -> usize {
        workbook.answers_since(self.backups.get(&workbook.id).map_or(Stamp::NEVER, |backup| backup.latest))
    }

    /// Today, or the day chosen instead.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        self.chosen_day.or(self.today)
    }

    /// Today by the clock.
    #[must_use]
    pub fn clock_day(&self) -> Option<Date> {
        self.today
    }

    /// The day by which this workbook's dates are judged; `None` where its cycle is over, and lateness says nothing.
    #[must_use]
    pub fn as_of(&self, workbook: &Workbook) -> Option<AsOf> {
        let today = self.day().filter(|today| !workbook.cycle.is_over(*today))?;
        Some(AsOf { today, near_days: self.near_days })
    }

    /// Whose changes can be undone here: the page's, else those made last.
    #[must_use]
    pub fn undo_kind(&self) -> Option<UnitKind> {
        self.route.kind().or(self.changed)
    }

    /// What can be undone and redone.
    #[must_use]
    pub fn history(&self, kind: UnitKind) -> Option<&Rc<History>> {
        self.histories.get(&self.current[kind as usize])
    }

    /// What can be undone in workbooks that will be there for the next page.
    #[must_use]
    pub fn histories_to_keep(&self) -> BTreeMap<WorkbookId, Rc<History>> {
        let is_kept = |id: &WorkbookId| self.books.get(id).is_some_and(|book| self.may_save(book));
        let mut kept = self.histories.clone();
        kept.retain(|id, _| is_kept(id));
        kept
    }

    /// The next requirement of this kind nobody has looked at, after the one given.
    #[must_use]
    pub fn next_unchecked(&self, kind: UnitKind, from: Option<RequirementId>) -> Option<Target> {
        let workbook = self.workbook(kind);
        let is_open = |id| workbook.status(id) == Status::Unchecked;
        let next = self.catalogue.next_open(kind, from, is_open)?;
        Some(Target::requirement(kind, next.id))
    }

    /// Where a workbook's answer with this id is given, and what it answers; `None` where no page asks that.
    #[must_use]
    pub fn place(&self, workbook: &Workbook, id: RequirementId) -> Option<(Target, String)> {
        let target = match workbook.own_requirement(id) {
            Some(own) => {
                let position = self.catalogue.steps.iter().position(|step| step.id == own.step).unwrap_or_default();
                Target { route: Route::Step(workbook.kind, position), requirement: Some(id) }
            }
            None => {
                let requirement = self.catalogue.requirement(requirement_of(&id).unwrap_or(id.as_str()))?;
                requirement.role(workbook.kind)?;
                Target::requirement(workbook.kind, requirement.id)
            }
        };
        Some((target, words::answered(self.catalogue, workbook, id)))
    }

    /// Whether this text was copied last, and by the browser.
    #[must_use]
    pub fn copied(&self, text: &str) -> Option<bool> {
        self.copied.as_ref().filter(|(copied, _)| **copied == *text).map(|(_, by_browser)| *by_browser)
    }
}
