//! The one place that knows both Yew and the domain: a reducer, and the handle by which pages and components send it actions.

use std::rc::Rc;

use plan_checklist_domain::file::{FileError, Import};
use plan_checklist_domain::history::{Deed, History, apply};
use plan_checklist_domain::map::{Map, Set, sort_by_key};
use plan_checklist_domain::merge::merge;
use plan_checklist_domain::search::Query;
use plan_checklist_domain::shelf::{Key, Refusal};
use plan_checklist_domain::update::{restoring, update};
use plan_checklist_domain::{
    AsOf, Author, CATALOGUE, Clock, Date, EntryId, Msg, Requirement, RequirementId, Role, Status, UnitKind, Workbook,
    WorkbookId,
};
use yew::prelude::*;

use crate::effects::clock;
use crate::effects::persistence::Persistence;
use crate::effects::storage::Inventory;
use crate::route::{Route, Target};
use crate::words;

/// Everything the pages show.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    pub route: Route,
    pub arrival: Arrival,
    /// Every workbook of this browser, those in the recycle bin too, and the blank ones still without a save.
    pub books: Rc<Map<WorkbookId, Rc<Workbook>>>,
    /// The one in use, of each kind.
    current: [WorkbookId; 3],
    histories: Map<WorkbookId, Rc<History>>,
    /// The kind of the workbook changed last: what is undone on a page that belongs to none.
    changed: Option<UnitKind>,
    clock: Clock,
    /// Whether storage was read. Until then nothing can be entered, so nothing can be lost.
    pub is_restored: bool,
    /// Today where the user is; `None` until it is known.
    today: Option<Date>,
    /// The day to look at instead of today.
    pub chosen_day: Option<Date>,
    /// How many days ahead count as 临近.
    pub near_days: u16,
    pub saving: Saving,
    pub notices: Set<Notice>,
    /// Workbooks that a later release wrote: this one must not.
    locked: Set<WorkbookId>,
    /// Workbooks that another tab wiped: not written unless somebody says so.
    wiped: Set<WorkbookId>,
    /// When each workbook was last backed up, in milliseconds since 1970.
    pub backups: Map<WorkbookId, u64>,
    pub is_help_open: bool,
    pub asked: Option<Question>,
    /// A backup that could not be downloaded.
    pub not_downloaded: Option<Rc<str>>,
    /// What is looked for among all requirements; `None` until this page was asked.
    pub query: Option<Query>,
    pub duties_filter: DutiesFilter,
    pub inventory: Rc<Inventory>,
    pub persistence: Option<Persistence>,
    pub stage: Rc<Stage>,
    /// Due dates that are looked over before they are taken over; `None` for what is to stay as it is.
    pub proposal: Option<Rc<Proposals>>,
}

/// Proposed due dates; `None` for a requirement whose date is to stay as it is.
pub type Proposals = Vec<(RequirementId, Option<Date>)>;

/// How the current page was reached.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arrival {
    /// What the address points at on the page.
    pub fragment: Option<Rc<str>>,
    /// Counts arrivals, so that arriving at the same place again is a new event.
    pub count: u32,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Notice {
    /// A later release saved a workbook; this page does not write it.
    Newer,
    /// The last write was cut off; the one before it is what is shown.
    Recovered,
    /// A record cannot be read, and was set aside.
    SetAside,
    /// A record cannot be read, and there was no room to set it aside.
    NotSetAside,
    /// Something emptied storage while the page was open; it was written again.
    Emptied,
    /// Another tab wiped a workbook that is open here.
    WipedElsewhere,
}

/// What was found in storage.
#[derive(Debug)]
pub struct Restored {
    /// Who this page is, in stamps.
    pub author: Author,
    pub books: Map<WorkbookId, Rc<Workbook>>,
    /// The workbook to use of each kind; a blank one where there is none.
    pub current: [WorkbookId; 3],
    pub locked: Set<WorkbookId>,
    pub notices: Set<Notice>,
    pub backups: Map<WorkbookId, u64>,
    /// Why storage could not be read at all.
    pub refusal: Option<Refusal>,
    pub today: Option<Date>,
    pub chosen_day: Option<Date>,
    pub near_days: Option<u16>,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Action {
    Arrived {
        route: Route,
        fragment: Option<Rc<str>>,
    },
    Restored(Rc<Restored>),
    /// Another tab saved this.
    Heard(Rc<Workbook>),
    /// A later release saved this workbook: this page stops writing it.
    Outdated(WorkbookId),
    /// The workbook of this kind in use was edited.
    Edited(UnitKind, Msg),
    Undone(UnitKind),
    Redone(UnitKind),
    /// A workbook of this browser came into use.
    Opened(WorkbookId),
    /// A new, blank workbook came into use.
    Begun(UnitKind),
    /// What only some pages do.
    Special(Special),
    /// Another tab wiped them; what is shown here is not saved any more.
    WipedElsewhere(Vec<WorkbookId>),
    /// What another tab wiped is to be kept after all.
    Kept,
    Saved(Rc<str>),
    SaveFailed(Refusal),
    Noticed(Notice),
    NoticeClosed(Notice),
    BackedUp(Vec<WorkbookId>),
    /// The browser did not let a file be downloaded; its text is shown instead.
    NotDownloaded(Rc<str>),
    HelpOpened,
    HelpClosed,
    /// Something that cannot be taken back waits for a second click; `None` calls it off.
    Asked(Option<Question>),
    /// Another day is looked at; `None` for today.
    DayChosen(Option<Date>),
}

/// What only some pages do. A function rather than a variant, so that it becomes part of the programs alone that do it.
#[derive(Clone)]
pub struct Special(Rc<Act>);

/// Changes the state, at a moment in milliseconds since 1970.
type Act = dyn Fn(&mut State, u64);

impl std::fmt::Debug for Special {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Special")
    }
}

impl Action {
    fn special(act: impl Fn(&mut State, u64) + 'static) -> Self {
        Self::Special(Special(Rc::new(act)))
    }

    /// The unit of a workbook was named.
    #[must_use]
    pub fn renamed(id: WorkbookId, name: String) -> Self {
        Self::special(move |state, now| state.edit(id, Msg::UnitNamed(name.clone()), now))
    }

    /// A copy from a file was merged in.
    #[must_use]
    pub fn merged(workbook: Rc<Workbook>) -> Self {
        Self::special(move |state, now| state.merge_in(&workbook, now))
    }

    /// A copy from a file became a workbook of its own, beside the one it is a copy of.
    #[must_use]
    pub fn added(workbook: Rc<Workbook>) -> Self {
        Self::special(move |state, now| state.begin(|id| workbook.duplicate(id), now))
    }

    /// A workbook was made to show again what it showed then.
    #[must_use]
    pub fn went_back(workbook: Rc<Workbook>) -> Self {
        Self::special(move |state, now| state.go_back(&workbook, now))
    }

    /// Many edits that are undone as one.
    #[must_use]
    pub fn applied(id: WorkbookId, deed: Deed, msgs: Vec<Msg>) -> Self {
        Self::special(move |state, now| {
            if let Some(before) = state.books.get(&id).cloned() {
                let after = apply(&before, &msgs, &mut state.clock, now);
                state.change(&before, after, deed.clone(), now);
            }
        })
    }

    /// A workbook was copied.
    #[must_use]
    pub fn duplicated(id: WorkbookId) -> Self {
        Self::special(move |state, now| {
            if let Some(book) = state.books.get(&id).cloned() {
                state.begin(|id| book.duplicate(id), now);
                let name = format!("{}（副本）", words::book(&book));
                state.edit(state.current[book.kind as usize], Msg::UnitNamed(name), now);
            }
        })
    }

    /// A workbook went to the recycle bin, or came back from there.
    #[must_use]
    pub fn binned(id: WorkbookId, is_binned: bool) -> Self {
        Self::special(move |state, now| {
            state.edit(id, Msg::Deleted(is_binned), now);
            if let Some(kind) = state.books.get(&id).map(|book| book.kind) {
                if is_binned && state.current[kind as usize] == id {
                    state.use_another(kind, now);
                }
                // Nothing was begun since: what came back is in use again.
                if !is_binned && state.workbook(kind).is_blank() {
                    state.current[kind as usize] = id;
                }
            }
        })
    }

    /// These workbooks are gone for good.
    #[must_use]
    pub fn wiped(ids: Vec<WorkbookId>) -> Self {
        Self::special(move |state, now| state.wipe(&ids, now))
    }

    /// So many days ahead count as 临近.
    #[must_use]
    pub fn near_days_chosen(days: u16) -> Self {
        Self::special(move |state, _| state.near_days = days)
    }

    /// Due dates were proposed, or one of the proposals was adjusted; `None` when they are taken over or dropped.
    #[must_use]
    pub fn proposed(proposal: Option<Rc<Proposals>>) -> Self {
        Self::special(move |state, _| state.proposal.clone_from(&proposal))
    }

    #[must_use]
    pub fn searched(query: Query) -> Self {
        Self::special(move |state, _| state.query = Some(query.clone()))
    }

    #[must_use]
    pub fn duties_filtered(filter: DutiesFilter) -> Self {
        Self::special(move |state, _| state.duties_filter = filter)
    }

    /// Storage was looked through.
    #[must_use]
    pub fn inspected(inventory: Rc<Inventory>) -> Self {
        Self::special(move |state, _| state.inventory = inventory.clone())
    }

    #[must_use]
    pub fn persistence_learned(persistence: Persistence) -> Self {
        Self::special(move |state, _| state.persistence = Some(persistence))
    }

    /// The import of a file came further.
    #[must_use]
    pub fn file_staged(stage: Rc<Stage>) -> Self {
        Self::special(move |state, _| state.stage = stage.clone())
    }
}

/// An action, and when it happened, in milliseconds since 1970.
#[derive(Debug)]
pub struct Event {
    pub action: Action,
    pub now: u64,
}

/// What waits for a second click.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    RemoveEvidence(RequirementId, EntryId),
    Wipe(WorkbookId),
    WipeEverything,
    RemoveDamaged(Key),
}

/// Whose duties to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DutiesFilter {
    pub kind: Option<UnitKind>,
    pub role: Option<Role>,
}

/// How far the import of a file has come.
#[derive(Debug, PartialEq)]
pub enum Stage {
    Waiting,
    Reading,
    Refused(FileError),
    /// What the file holds, and what to do with each of its workbooks.
    Preview {
        import: Import,
        choices: Vec<Choice>,
    },
    /// This many workbooks were taken in.
    Done(usize),
}

/// What to do with one workbook of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Into the workbook it is a copy of; as it is where there is none.
    Merge,
    /// Beside it, as a workbook of its own.
    KeepBoth,
    Leave,
}

impl State {
    #[must_use]
    pub fn new(route: Route) -> Self {
        let current = [WorkbookId(0), WorkbookId(1), WorkbookId(2)];
        let books = UnitKind::ALL.map(|kind| (current[kind as usize], Workbook::new(current[kind as usize], kind)));
        Self {
            route,
            arrival: Arrival::default(),
            books: Rc::new(books.into_iter().map(|(id, book)| (id, Rc::new(book))).collect()),
            current,
            histories: Map::new(),
            changed: None,
            clock: Clock::default(),
            is_restored: false,
            today: None,
            chosen_day: None,
            near_days: AsOf::NEAR_DAYS,
            saving: Saving::Idle,
            notices: Set::new(),
            locked: Set::new(),
            wiped: Set::new(),
            backups: Map::new(),
            is_help_open: false,
            asked: None,
            not_downloaded: None,
            query: None,
            duties_filter: DutiesFilter::default(),
            inventory: Rc::default(),
            persistence: None,
            stage: Rc::new(Stage::Waiting),
            proposal: None,
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
        sort_by_key(&mut books, |book| std::cmp::Reverse(book.latest()));
        books
    }

    /// Whether this workbook may be written to storage.
    #[must_use]
    pub fn may_save(&self, workbook: &Workbook) -> bool {
        let is_forbidden = self.locked.contains(&workbook.id) || self.wiped.contains(&workbook.id);
        self.is_restored && !is_forbidden && !workbook.is_blank()
    }

    /// When what this page shows was last changed, in milliseconds since 1970; `None` before anything was.
    #[must_use]
    pub fn last_change(&self) -> Option<u64> {
        let own = self.route.kind().map(|kind| self.workbook(kind)).filter(|book| !book.is_blank());
        own.or_else(|| self.shown_books().first().copied()).map(|book| book.latest().wall)
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

    /// The next requirement of this kind nobody has looked at, after the one given.
    #[must_use]
    pub fn next_unchecked(&self, kind: UnitKind, from: Option<&'static Requirement>) -> Option<Target> {
        let workbook = self.workbook(kind);
        let is_open = |id| workbook.status(id) == Status::Unchecked;
        let next = CATALOGUE.next_open(kind, from.map(|requirement| requirement.id), is_open)?;
        Some(Target::requirement(kind, next.id))
    }

    fn arrive(&mut self, fragment: Option<Rc<str>>) {
        self.arrival = Arrival { fragment, count: self.arrival.count.wrapping_add(1) };
    }

    fn put(&mut self, workbook: Workbook) {
        self.clock.observe(workbook.latest());
        Rc::make_mut(&mut self.books).insert(workbook.id, Rc::new(workbook));
    }

    /// Puts a workbook in place of the one before, and notes how to undo that.
    fn change(&mut self, before: &Workbook, after: Workbook, deed: Deed, now: u64) {
        let history = self.histories.entry(before.id).or_default();
        Rc::make_mut(history).record(deed, before, &after, now);
        self.changed = Some(after.kind);
        self.put(after);
    }

    /// Turns to the workbook of this kind worked on last; to a blank one where there is none.
    fn use_another(&mut self, kind: UnitKind, now: u64) {
        let others = self.books.values().filter(|book| book.kind == kind && !*book.is_deleted);
        let other = others.max_by_key(|book| book.latest()).map(|book| book.id);
        match other {
            Some(id) => self.current[kind as usize] = id,
            None => self.begin(|id| Workbook::new(id, kind), now),
        }
    }

    /// Adds a workbook with an id of its own, and turns to it.
    fn begin(&mut self, make: impl FnOnce(WorkbookId) -> Workbook, now: u64) {
        let workbook = make(WorkbookId::from(self.clock.tick(now)));
        self.current[workbook.kind as usize] = workbook.id;
        self.put(workbook);
    }

    fn edit(&mut self, id: WorkbookId, msg: Msg, now: u64) {
        if let Some(before) = self.books.get(&id).cloned() {
            let after = update(&before, msg.clone(), self.clock.tick(now));
            if after != *before {
                self.change(&before, after, Deed::Edit(msg), now);
            }
        }
    }

    fn travel(
        &mut self,
        kind: UnitKind,
        now: u64,
        go: fn(&mut History, &Workbook, &mut Clock, u64) -> Option<Workbook>,
    ) {
        let book = self.workbook(kind).clone();
        let Some(history) = self.histories.get_mut(&book.id) else { return };
        if let Some(next) = go(Rc::make_mut(history), &book, &mut self.clock, now) {
            // What changed is shown, where it is on this page.
            if let Some(id) = (*next.last_answered).filter(|_| next.last_answered != book.last_answered) {
                self.arrive(Some(id.as_str().into()));
            }
            self.put(next);
        }
    }

    fn restore(&mut self, found: &Restored) {
        self.clock = Clock::new(found.author);
        let mut books = found.books.clone();
        for (kind, id) in UnitKind::ALL.into_iter().zip(found.current) {
            books.entry(id).or_insert_with(|| Rc::new(Workbook::new(id, kind)));
        }
        for book in books.values() {
            self.clock.observe(book.latest());
        }
        self.books = Rc::new(books);
        self.current = found.current;
        self.locked.clone_from(&found.locked);
        self.notices.clone_from(&found.notices);
        self.backups.clone_from(&found.backups);
        self.today = found.today;
        self.chosen_day = found.chosen_day;
        self.near_days = found.near_days.unwrap_or(AsOf::NEAR_DAYS);
        self.saving = found.refusal.map_or(Saving::Idle, Saving::Failed);
        self.is_restored = true;
    }

    fn hear(&mut self, theirs: &Workbook) {
        let kind = theirs.kind;
        match self.books.get(&theirs.id) {
            Some(ours) => {
                let merged = merge(ours, theirs);
                if merged != **ours {
                    self.put(merged);
                }
            }
            None => {
                // Another tab began a workbook. Where nothing was begun here, this one goes on with it.
                if self.workbook(kind).is_blank() && !*theirs.is_deleted {
                    self.current[kind as usize] = theirs.id;
                }
                self.put(theirs.clone());
            }
        }
    }

    fn merge_in(&mut self, workbook: &Workbook, now: u64) {
        self.clock.observe(workbook.latest());
        let stamp = self.clock.tick(now);
        // Who imports a workbook wants to see it, even if it lies in the recycle bin.
        match self.books.get(&workbook.id).cloned() {
            Some(before) => {
                let shown = update(&merge(&before, workbook), Msg::Deleted(false), stamp);
                self.change(&before, shown, Deed::Merge, now);
            }
            None => self.put(update(workbook, Msg::Deleted(false), stamp)),
        }
        self.current[workbook.kind as usize] = workbook.id;
    }

    fn go_back(&mut self, workbook: &Workbook, now: u64) {
        let Some(before) = self.books.get(&workbook.id).cloned() else { return };
        // What the older copy knows and this one does not is brought along first.
        let both = merge(&before, workbook);
        self.clock.observe(both.latest());
        let msgs = restoring(&both, workbook);
        let after = apply(&both, &msgs, &mut self.clock, now);
        self.change(&before, after, Deed::Restore, now);
        self.current[workbook.kind as usize] = workbook.id;
    }

    fn wipe(&mut self, ids: &[WorkbookId], now: u64) {
        for id in ids {
            Rc::make_mut(&mut self.books).remove(id);
            self.histories.remove(id);
            self.backups.remove(id);
            self.locked.remove(id);
        }
        for kind in UnitKind::ALL {
            if !self.books.contains_key(&self.current[kind as usize]) {
                self.use_another(kind, now);
            }
        }
        self.saving = Saving::Idle;
    }
}

impl Reducible for State {
    type Action = Event;

    fn reduce(self: Rc<Self>, Event { action, now }: Event) -> Rc<Self> {
        let mut next = (*self).clone();
        match action {
            Action::Arrived { route, fragment } => {
                next.route = route;
                next.arrive(fragment);
                next.is_help_open = false;
                next.asked = None;
            }
            Action::Restored(found) => next.restore(&found),
            Action::Heard(theirs) => next.hear(&theirs),
            Action::Outdated(id) => {
                next.locked.insert(id);
                next.notices.insert(Notice::Newer);
            }
            Action::Edited(kind, msg) => {
                next.asked = None;
                next.edit(next.current[kind as usize], msg, now);
            }
            Action::Undone(kind) => next.travel(kind, now, History::undo),
            Action::Redone(kind) => next.travel(kind, now, History::redo),
            Action::Opened(id) => {
                if let Some(kind) = next.books.get(&id).map(|book| book.kind) {
                    next.current[kind as usize] = id;
                }
            }
            Action::Begun(kind) => next.begin(|id| Workbook::new(id, kind), now),
            Action::Special(special) => (special.0)(&mut next, now),
            Action::WipedElsewhere(ids) => {
                for id in ids {
                    if next.books.get(&id).is_some_and(|book| !book.is_blank()) {
                        next.wiped.insert(id);
                        next.notices.insert(Notice::WipedElsewhere);
                    }
                }
            }
            Action::Kept => {
                next.notices.remove(&Notice::WipedElsewhere);
                next.wiped.clear();
            }
            Action::Saved(time) => next.saving = Saving::Saved(time),
            Action::SaveFailed(refusal) => next.saving = Saving::Failed(refusal),
            Action::Noticed(notice) => {
                next.notices.insert(notice);
            }
            Action::NoticeClosed(notice) => {
                next.notices.remove(&notice);
            }
            Action::BackedUp(ids) => {
                for id in ids {
                    next.backups.insert(id, now);
                }
            }
            Action::NotDownloaded(text) => next.not_downloaded = Some(text),
            Action::HelpOpened => next.is_help_open = true,
            Action::HelpClosed => next.is_help_open = false,
            Action::Asked(question) => next.asked = question,
            Action::DayChosen(day) => next.chosen_day = day,
        }
        Rc::new(next)
    }
}

/// The state, and the way to send it actions. Handed down to every page and component.
pub type Store = UseReducerHandle<State>;

/// Sends actions to the store; never changes, so passing it on re-renders nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Dispatch(UseReducerDispatcher<State>);

impl Dispatch {
    #[must_use]
    pub fn of(store: &Store) -> Self {
        Self(store.dispatcher())
    }

    /// Says that something happened, now.
    pub fn send(&self, action: Action) {
        self.0.dispatch(Event { action, now: clock::now() });
    }

    /// Says so when it is called.
    #[must_use]
    pub fn on<E: 'static>(&self, action: Action) -> Callback<E> {
        let dispatch = self.clone();
        Callback::from(move |_: E| dispatch.send(action.clone()))
    }
}
