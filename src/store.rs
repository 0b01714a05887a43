//! The one place that knows both Yew and the domain: a reducer, and two contexts that hand it out.

use std::rc::Rc;

use plan_checklist_domain::update::update;
use plan_checklist_domain::{CATALOGUE, Date, Msg, Requirement, Status, UnitKind, Workbook};
use yew::prelude::*;

use crate::route::{Route, Target};

/// Everything the pages show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    pub route: Route,
    pub arrival: Arrival,
    workbooks: [Rc<Workbook>; 3],
    /// Whether storage was read. Until then nothing can be entered, so nothing can be lost.
    pub is_restored: bool,
    pub today: Option<Date>,
    pub saving: Saving,
    /// Workbooks whose save must not be overwritten.
    locked: [bool; 3],
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
    Failed(Trouble),
}

/// Why changes are not being saved, or why earlier ones could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The browser refuses storage altogether.
    Blocked,
    /// Storage is full.
    Full,
    /// A later release saved this workbook.
    Newer,
    /// The save cannot be read. It was set aside, untouched.
    SetAside,
    /// The save cannot be read and could not be set aside; it is left as it is.
    Damaged,
}

/// What happened.
#[derive(Debug)]
pub enum Action {
    Arrived {
        route: Route,
        fragment: Option<Rc<str>>,
    },
    DateLearned(Date),
    /// A save was found.
    Restored(Workbook),
    /// A save was found that cannot be used.
    RestoreFailed(UnitKind, Trouble),
    RestoreFinished,
    Edited(UnitKind, Msg),
    Saved(Rc<str>),
    SaveFailed(Trouble),
    HelpOpened,
    HelpClosed,
}

impl State {
    #[must_use]
    pub fn new(route: Route) -> Self {
        Self {
            route,
            arrival: Arrival::default(),
            workbooks: UnitKind::ALL.map(|kind| Rc::new(Workbook::new(kind))),
            is_restored: false,
            today: None,
            saving: Saving::Idle,
            locked: [false; 3],
            is_help_open: false,
        }
    }

    #[must_use]
    pub fn workbook(&self, kind: UnitKind) -> &Rc<Workbook> {
        &self.workbooks[kind as usize]
    }

    /// Whether this workbook may be written to storage.
    #[must_use]
    pub fn may_save(&self, kind: UnitKind) -> bool {
        self.is_restored && !self.locked[kind as usize]
    }

    /// The next requirement of this kind nobody has looked at, after the one given.
    #[must_use]
    pub fn next_unchecked(&self, kind: UnitKind, from: Option<&'static Requirement>) -> Option<Target> {
        let workbook = self.workbook(kind);
        let is_open = |id| workbook.status(id) == Status::Unchecked;
        let next = CATALOGUE.next_open(kind, from.map(|requirement| requirement.id), is_open)?;
        Some(Target::requirement(kind, next.id))
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
            Action::DateLearned(today) => next.today = Some(today),
            Action::Restored(workbook) => {
                let kind = workbook.kind as usize;
                next.workbooks[kind] = Rc::new(workbook);
                next.locked[kind] = false;
            }
            Action::RestoreFailed(kind, trouble) => {
                next.locked[kind as usize] = trouble != Trouble::SetAside;
                next.saving = Saving::Failed(trouble);
            }
            Action::RestoreFinished => next.is_restored = true,
            Action::Edited(kind, msg) => {
                next.workbooks[kind as usize] = Rc::new(update(&next.workbooks[kind as usize], msg));
            }
            // A lasting trouble is not covered up by the next save of another workbook.
            Action::Saved(_) if next.locked.contains(&true) => {}
            Action::Saved(time) => next.saving = Saving::Saved(time),
            Action::SaveFailed(trouble) => next.saving = Saving::Failed(trouble),
            Action::HelpOpened => next.is_help_open = true,
            Action::HelpClosed => next.is_help_open = false,
        }
        Rc::new(next)
    }
}

/// Sends actions to the store; never changes, so passing it on re-renders nothing.
pub type Dispatch = UseReducerDispatcher<State>;

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
