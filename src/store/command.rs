//! What is to be done outside the program: plain data, carried out by `effects`.

use std::rc::Rc;

use plan_checklist_domain::storage::key::{Key, Reason, RestorePoint};
use plan_checklist_domain::storage::log::Log;
use plan_checklist_domain::workbook::history::History;
use plan_checklist_domain::{Date, Msg, Stamp, Workbook, WorkbookId};
use std::collections::BTreeMap;

use super::Action;
use crate::route::Route;

/// What is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Printout {
    /// The page as it is.
    Page,
    /// Only what is for the wall.
    Wall,
    /// Only the paper that the page holds ready: see `components/printout.rs`.
    Paper,
}

/// Something to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Read storage for the first time.
    Open,
    /// Read it again, after the page was laid aside.
    Reopen,
    /// Leave what this tab has to whatever page it shows next: its place in storage, and what can be undone.
    LetGo(BTreeMap<WorkbookId, Rc<History>>),
    /// Write these workbooks, and what was learned, where storage does not hold them as they are.
    Save {
        books: Vec<Rc<Workbook>>,
        training: Option<Rc<Log>>,
    },
    /// Find out what another tab did to storage.
    TakeIn(StorageChange),
    /// Keep these workbooks as they are before a big change; then say whether there was room.
    KeepRestorePoints {
        workbooks: Vec<Rc<Workbook>>,
        reason: Reason,
        change: Box<BigChange>,
    },
    /// Read a restore point.
    ReadRestorePoint(RestorePoint),
    /// Remove a record that could not be read.
    RemoveDamaged(Key),
    /// Hand out a record that could not be read.
    DownloadDamaged(Key),
    /// Remove workbooks for good, and tell the other tabs.
    Wipe(Wipe),
    /// Look through storage, for the page that shows what is in it.
    TakeInventory,
    /// Learn whether the browser will keep our storage.
    LearnPersistence,
    /// Ask the browser to keep it.
    AskPersistence,
    /// Note what is in use, for the next visit.
    RememberUse {
        current: [Option<WorkbookId>; 3],
        cards: usize,
    },
    /// Note that these were backed up.
    RememberBackup(Vec<(WorkbookId, BackedUp)>),
    RememberNearDays(u16),
    /// Note which other day this tab looks at; `None` for today.
    RememberDay(Option<Date>),
    /// Offer a file; it is a backup of these workbooks.
    Download {
        file: File,
        backed_up: Vec<WorkbookId>,
    },
    /// Offer everything in storage, these workbooks, and what was learned, as they are.
    DownloadRescue(Vec<Rc<Workbook>>, Rc<Log>),
    /// Copy a text, which stands in the field with this id.
    Copy {
        field: Rc<str>,
        text: Rc<str>,
    },
    /// Open the browser's own dialog for handing an address on.
    Share {
        title: Rc<str>,
        address: Rc<str>,
    },
    /// Note what was entered on this page, for when the browser's buttons lead back to it.
    NoteEntered(String),
    Print(Printout),
    /// Go to a page: add it to the browser's history, and say that it was reached.
    Go {
        route: Route,
        fragment: Option<Rc<str>>,
    },
    /// Do this a little later.
    Later {
        milliseconds: u32,
        action: Box<Action>,
    },
    /// Ask before the page is left, or stop asking.
    AskBeforeLeaving(bool),
}

/// What another tab did to storage, as the browser tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StorageChange {
    /// `None` where all of it was emptied.
    pub key: Option<String>,
    /// What stands there now; `None` where it was removed.
    pub text: Option<String>,
}

/// A backup of a workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackedUp {
    /// When it was made, in milliseconds since 1970.
    pub at: u64,
    /// The last write that is in it: clocks go wrong, stamps do not.
    pub latest: Stamp,
}

/// A file to hand out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub name: String,
    pub media: Media,
    pub text: Rc<str>,
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    Json,
    Calendar,
}

/// What to remove for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wipe {
    Workbooks(Vec<WorkbookId>),
    Everything,
}

impl Wipe {
    /// Whether this workbook is meant.
    #[must_use]
    pub fn includes(&self, id: WorkbookId) -> bool {
        match self {
            Self::Workbooks(ids) => ids.contains(&id),
            Self::Everything => true,
        }
    }
}

/// A change of many answers at once. What it changes is kept as restore points first.
#[derive(Debug, Clone, PartialEq)]
pub enum BigChange {
    /// Copies from a file: merged in, or added beside what is there; and what the file says was learned.
    Import { merged: Vec<Rc<Workbook>>, added: Vec<Rc<Workbook>>, training: Rc<Log> },
    /// The workbook shows again what this copy of it shows.
    Restore(Rc<Workbook>),
    /// What a link carried is taken over.
    Link { id: WorkbookId, msgs: Vec<Msg> },
    /// Proposed due dates are taken over.
    Schedule { id: WorkbookId, msgs: Vec<Msg> },
    /// What was filled in in a sheet is taken over: this many fields.
    Sheet { id: WorkbookId, fields: usize, msgs: Vec<Msg> },
}

impl BigChange {
    /// Why the restore points are taken.
    #[must_use]
    pub fn reason(&self) -> Reason {
        match self {
            Self::Import { .. } | Self::Sheet { .. } => Reason::Import,
            Self::Restore(_) => Reason::Restore,
            Self::Link { .. } => Reason::Link,
            Self::Schedule { .. } => Reason::Schedule,
        }
    }

    /// The workbooks that it changes.
    #[must_use]
    pub fn ids(&self) -> Vec<WorkbookId> {
        match self {
            Self::Import { merged, .. } => merged.iter().map(|workbook| workbook.id).collect(),
            Self::Restore(workbook) => vec![workbook.id],
            Self::Link { id, .. } | Self::Schedule { id, .. } | Self::Sheet { id, .. } => vec![*id],
        }
    }
}
