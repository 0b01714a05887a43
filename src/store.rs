//! The one place that knows both Yew and the domain: a reducer, and two contexts that hand it out.

use std::rc::Rc;

use plan_checklist_domain::history::{Deed, History, apply};
use plan_checklist_domain::map::{Map, Set, sort_by_key};
use plan_checklist_domain::merge::merge;
use plan_checklist_domain::shelf::Refusal;
use plan_checklist_domain::update::{restoring, update};
use plan_checklist_domain::{Author, CATALOGUE, Clock, Date, Msg, Requirement, Status, UnitKind, Workbook, WorkbookId};
use yew::prelude::*;

use crate::effects::clock;
use crate::route::{Route, Target};

/// Everything the pages show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    pub route: Route,
    pub arrival: Arrival,
    /// Every workbook of this browser, those in the recycle bin too, and the blank ones still without a save.
    pub books: Rc<Map<WorkbookId, Rc<Workbook>>>,
    /// The one in use, of each kind.
    current: [WorkbookId; 3],
    histories: Map<WorkbookId, Rc<History>>,
    clock: Clock,
    /// Whether storage was read. Until then nothing can be entered, so nothing can be lost.
    pub is_restored: bool,
    pub today: Option<Date>,
    pub saving: Saving,
    pub notices: Set<Notice>,
    /// Workbooks whose records must not be written.
    locked: Set<WorkbookId>,
    /// When each workbook was last backed up, in milliseconds since 1970.
    pub backups: Map<WorkbookId, u64>,
    pub is_help_open: bool,
}

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

/// Which workbook a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// The one of this kind in use.
    Current(UnitKind),
    Book(WorkbookId),
}

/// What was found in storage.
#[derive(Debug)]
pub struct Restored {
    /// Who this page is, in stamps.
    pub author: Author,
    pub books: Map<WorkbookId, Workbook>,
    /// The workbook to use of each kind; a blank one where there is none.
    pub current: [WorkbookId; 3],
    pub locked: Set<WorkbookId>,
    pub notices: Set<Notice>,
    pub backups: Map<WorkbookId, u64>,
    /// Why storage could not be read at all.
    pub refusal: Option<Refusal>,
    pub today: Option<Date>,
}

/// What happened. Times are in milliseconds since 1970.
#[derive(Debug)]
pub enum Action {
    Arrived {
        route: Route,
        fragment: Option<Rc<str>>,
    },
    Restored(Box<Restored>),
    /// Another tab saved this.
    Heard(Workbook),
    /// A later release saved this workbook: this page stops writing it.
    Outdated(WorkbookId),
    Edited {
        at: At,
        msg: Msg,
        now: u64,
    },
    Undone {
        kind: UnitKind,
        now: u64,
    },
    Redone {
        kind: UnitKind,
        now: u64,
    },
    /// A copy from a file was merged in.
    Merged {
        workbook: Workbook,
        now: u64,
    },
    /// A workbook was made to show again what it showed then.
    WentBack {
        workbook: Workbook,
        now: u64,
    },
    /// A workbook of this browser, or a new one, came into use.
    Opened(WorkbookId),
    Added(Workbook),
    /// A workbook went to the recycle bin; another one, or a blank one with this id, comes into use.
    Binned {
        id: WorkbookId,
        fresh: WorkbookId,
    },
    /// These are gone for good; a blank workbook with this id takes the place of one in use.
    Wiped {
        ids: Vec<WorkbookId>,
        fresh: [WorkbookId; 3],
    },
    /// Another tab wiped them; what is shown here is not saved any more.
    WipedElsewhere(Vec<WorkbookId>),
    /// What another tab wiped is to be kept after all.
    Kept,
    Saved(Rc<str>),
    SaveFailed(Refusal),
    Noticed(Notice),
    NoticeClosed(Notice),
    BackedUp {
        ids: Vec<WorkbookId>,
        now: u64,
    },
    HelpOpened,
    HelpClosed,
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
            clock: Clock::default(),
            is_restored: false,
            today: None,
            saving: Saving::Idle,
            notices: Set::new(),
            locked: Set::new(),
            backups: Map::new(),
            is_help_open: false,
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
        self.is_restored && !self.locked.contains(&workbook.id) && !workbook.is_blank()
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

    fn put(&mut self, workbook: Workbook) {
        self.clock.observe(workbook.latest());
        Rc::make_mut(&mut self.books).insert(workbook.id, Rc::new(workbook));
    }

    /// Puts a workbook in place of the one before, and notes how to undo that.
    fn change(&mut self, before: &Workbook, after: Workbook, deed: Deed, now: u64) {
        let history = self.histories.get_or_insert_with(before.id, Rc::default);
        Rc::make_mut(history).record(deed, before, &after, now);
        self.put(after);
    }

    /// Turns to the workbook of this kind worked on last; to a blank one where there is none.
    fn use_another(&mut self, kind: UnitKind, fresh: WorkbookId) {
        let others = self.books.values().filter(|book| book.kind == kind && !*book.is_deleted);
        let other = others.max_by_key(|book| book.latest()).map(|book| book.id);
        self.current[kind as usize] = other.unwrap_or_else(|| {
            self.put(Workbook::new(fresh, kind));
            fresh
        });
    }

    fn id(&self, at: At) -> WorkbookId {
        match at {
            At::Current(kind) => self.current[kind as usize],
            At::Book(id) => id,
        }
    }

    fn travel(
        &mut self,
        kind: UnitKind,
        now: u64,
        go: impl FnOnce(&mut History, &Workbook, &mut Clock, u64) -> Option<Workbook>,
    ) {
        let book = self.workbook(kind).clone();
        let Some(history) = self.histories.get_mut(&book.id) else { return };
        if let Some(next) = go(Rc::make_mut(history), &book, &mut self.clock, now) {
            self.put(next);
        }
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        match action {
            Action::Arrived { route, fragment } => {
                next.route = route;
                next.arrival = Arrival { fragment, count: next.arrival.count.wrapping_add(1) };
                next.is_help_open = false;
            }
            Action::Restored(found) => {
                next.clock = Clock::new(found.author);
                let mut books: Map<_, _> = found.books.into_iter().map(|(id, book)| (id, Rc::new(book))).collect();
                for (kind, id) in UnitKind::ALL.into_iter().zip(found.current) {
                    books.get_or_insert_with(id, || Rc::new(Workbook::new(id, kind)));
                }
                for book in books.values() {
                    next.clock.observe(book.latest());
                }
                next.books = Rc::new(books);
                next.current = found.current;
                next.locked = found.locked;
                next.notices = found.notices;
                next.backups = found.backups;
                next.today = found.today;
                next.saving = found.refusal.map_or(Saving::Idle, Saving::Failed);
                next.is_restored = true;
            }
            Action::Heard(theirs) => match next.books.get(&theirs.id) {
                Some(ours) => {
                    let merged = merge(ours, &theirs);
                    if merged != **ours {
                        next.put(merged);
                    }
                }
                None => {
                    // Another tab began a workbook. Where nothing was begun here, this one goes on with it.
                    let kind = theirs.kind;
                    if next.workbook(kind).is_blank() && !*theirs.is_deleted {
                        next.current[kind as usize] = theirs.id;
                    }
                    next.put(theirs);
                }
            },
            Action::Outdated(id) => {
                next.locked.insert(id);
                next.notices.insert(Notice::Newer);
            }
            Action::Edited { at, msg, now } => {
                let id = next.id(at);
                if let Some(before) = next.books.get(&id).cloned() {
                    let after = update(&before, msg.clone(), next.clock.tick(now));
                    if after != *before {
                        next.change(&before, after, Deed::Edit(msg), now);
                    }
                }
            }
            Action::Undone { kind, now } => next.travel(kind, now, History::undo),
            Action::Redone { kind, now } => next.travel(kind, now, History::redo),
            Action::Merged { workbook, now } => match next.books.get(&workbook.id).cloned() {
                Some(before) => {
                    next.clock.observe(workbook.latest());
                    let merged = merge(&before, &workbook);
                    let shown = update(&merged, Msg::Deleted(false), next.clock.tick(now));
                    next.change(&before, shown, Deed::Merge, now);
                }
                None => {
                    next.clock.observe(workbook.latest());
                    let shown = update(&workbook, Msg::Deleted(false), next.clock.tick(now));
                    next.put(shown);
                }
            },
            Action::WentBack { workbook, now } => {
                if let Some(before) = next.books.get(&workbook.id).cloned() {
                    let is_clear = workbook.is_blank();
                    // What the older copy knows and this one does not is brought along first.
                    let both = merge(&before, &workbook);
                    next.clock.observe(both.latest());
                    let msgs = restoring(&both, &workbook);
                    let clock = &mut next.clock;
                    let after = apply(&both, &msgs, || clock.tick(now));
                    next.change(&before, after, if is_clear { Deed::Clear } else { Deed::Restore }, now);
                }
            }
            Action::Opened(id) => {
                if let Some(kind) = next.books.get(&id).map(|book| book.kind) {
                    next.current[kind as usize] = id;
                }
            }
            Action::Added(workbook) => {
                next.current[workbook.kind as usize] = workbook.id;
                next.put(workbook);
            }
            Action::Binned { id, fresh } => {
                if let Some(kind) = next.books.get(&id).map(|book| book.kind)
                    && next.current[kind as usize] == id
                {
                    next.use_another(kind, fresh);
                }
            }
            Action::Wiped { ids, fresh } => {
                for id in ids {
                    Rc::make_mut(&mut next.books).remove(&id);
                    next.histories.remove(&id);
                    next.backups.remove(&id);
                    next.locked.remove(&id);
                }
                for (kind, id) in UnitKind::ALL.into_iter().zip(fresh) {
                    if !next.books.contains_key(&next.current[kind as usize]) {
                        next.use_another(kind, id);
                    }
                }
                next.saving = Saving::Idle;
            }
            Action::WipedElsewhere(ids) => {
                let open = ids.into_iter().filter(|id| next.books.get(id).is_some_and(|book| !book.is_blank()));
                let open: Vec<_> = open.collect();
                if !open.is_empty() {
                    next.locked.extend(open);
                    next.notices.insert(Notice::WipedElsewhere);
                }
            }
            Action::Kept => {
                next.notices.remove(&Notice::WipedElsewhere);
                next.locked.clear();
            }
            Action::Saved(time) => next.saving = Saving::Saved(time),
            Action::SaveFailed(refusal) => next.saving = Saving::Failed(refusal),
            Action::Noticed(notice) => {
                next.notices.insert(notice);
            }
            Action::NoticeClosed(notice) => {
                next.notices.remove(&notice);
            }
            Action::BackedUp { ids, now } => next.backups.extend(ids.into_iter().map(|id| (id, now))),
            Action::HelpOpened => next.is_help_open = true,
            Action::HelpClosed => next.is_help_open = false,
        }
        Rc::new(next)
    }
}

/// Sends actions to the store; never changes, so passing it on re-renders nothing.
pub type Dispatch = UseReducerDispatcher<State>;

/// Says that the workbook of this kind in use was edited, now.
pub(crate) fn edit(dispatch: &Dispatch, kind: UnitKind, msg: Msg) {
    dispatch.dispatch(Action::Edited { at: At::Current(kind), msg, now: clock::now() });
}

/// The dispatcher, from context.
#[hook]
pub(crate) fn use_dispatch() -> Dispatch {
    use_context::<Dispatch>().expect("App provides the dispatcher")
}

/// The whole state, from context: for pages and the shell. Components get slices as props.
#[hook]
pub(crate) fn use_store() -> UseReducerHandle<State> {
    use_context::<UseReducerHandle<State>>().expect("App provides the state")
}
