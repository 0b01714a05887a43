//! What can happen: facts in the past tense, as plain data.

use std::rc::Rc;

use plan_checklist_domain::sharing::snapshot::Snapshot;
use plan_checklist_domain::storage::key::{Key, RestorePoint};
use plan_checklist_domain::storage::log::Log;
use plan_checklist_domain::storage::store::Refusal;
use plan_checklist_domain::workbook::history::History;
use plan_checklist_domain::{Author, Cycle, Date, Msg, UnitKind, Workbook, WorkbookId};
use std::collections::{BTreeMap, BTreeSet};

use super::command::{BackedUp, BigChange, File, Printout, StorageChange, Wipe};
use super::state::{Inventory, Notice, PageNote, Persistence, Question};
use crate::route::Route;

/// An action, and when it happened, in milliseconds since 1970.
#[derive(Debug, Clone)]
pub struct Event {
    pub action: Action,
    pub now: u64,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    // Going from page to page.
    /// A key led to a page of ours. (Links are followed by the browser's own address bar, see `app`.)
    KeyFollowed {
        route: Route,
        fragment: Option<Rc<str>>,
    },
    /// The address now shows this page. `note` is what the page had noted of itself when it was left, where the browser's
    /// own buttons led back to it.
    Arrived {
        route: Route,
        fragment: Option<Rc<str>>,
        note: Option<Rc<PageNote>>,
    },
    /// The address points at what is not on the page.
    PlaceMissed,
    /// Something was entered that only this page keeps; it is there again when the browser's buttons lead back.
    Entered(String),
    /// The first page was rendered.
    Started,
    /// The tab was closed, or shows another site for now.
    Hidden,
    /// The browser shows the page again that it had laid aside.
    ShownAgain,
    /// Time went by.
    ClockTicked(Option<Date>),
    /// Somebody turned to the page again.
    LookedAt,
    /// Somebody is about to follow a link, maybe into another tab.
    LinkPressed,

    // Storage.
    /// Another tab changed it.
    StorageChanged(StorageChange),
    /// Something emptied it.
    Emptied,
    /// Something removed what this tab had written.
    RecordRemoved,
    /// Storage was read for the first time.
    Restored(Rc<Restored>),
    /// Storage was read again, after other pages may have written.
    Reread(Rc<Restored>),
    /// Another tab saved this.
    Heard(Rc<Workbook>),
    /// Another tab learned this.
    TrainingHeard(Rc<Log>),
    /// This workbook became part of one that another tab began in the same moment.
    BecameOne(WorkbookId),
    /// A later release saved this workbook: this page stops writing it.
    Outdated(WorkbookId),
    /// Another tab wiped these for good; what is shown here is not saved any more.
    WipedElsewhere(Wipe),
    /// What another tab wiped is to be kept after all.
    Kept,
    /// Everything that may be saved is, since this time of day (`14:03`).
    Saved {
        time: Rc<str>,
        has_written: bool,
    },
    SaveFailed(Refusal),
    /// It is time to try again what failed.
    RetryDue,
    Noticed(Notice),
    NoticeClosed(Notice),
    InventoryTaken(Rc<Inventory>),
    PersistenceLearned(Persistence),
    PersistenceWanted,

    // Answering.
    /// The workbook of this kind in use was edited.
    Edited(UnitKind, Msg),
    /// The same was written into many of its answers at once, to be undone as one.
    EditedTogether(UnitKind, Vec<Msg>),
    /// A unit's own requirement was added to the step with this id.
    OwnRequirementAdded(UnitKind, &'static str),
    Undone(UnitKind),
    Redone(UnitKind),
    /// A big change was asked for.
    BigChangeWanted(BigChange),
    /// It may be made now; `is_kept` says whether there are restore points of what it changes.
    BigChangeMade {
        change: BigChange,
        is_kept: bool,
    },
    /// There was no room for the restore points.
    BigChangeHeldBack(BigChange),

    // Training.
    /// Something was learned: a line of the log, without its stamp.
    Learned(String),

    // Workbooks.
    /// A workbook of this browser came into use.
    Opened(WorkbookId),
    /// A new workbook came into use.
    Begun {
        kind: UnitKind,
        cycle: Option<Cycle>,
        unit: Option<String>,
    },
    /// What a link carried became a workbook.
    SnapshotAdded(Rc<Snapshot>),
    Duplicated(WorkbookId),
    /// What is begun from now on is to be of this cycle.
    UsualCycleChosen(Cycle),
    CycleChosen(WorkbookId, Cycle),
    /// The unit of a workbook was named.
    Renamed(WorkbookId, String),
    /// A workbook went to the recycle bin, or came back from there.
    Binned(WorkbookId, bool),
    /// Somebody who was asked said that this is to go for good.
    WipeConfirmed(Wipe),
    /// These are gone for good.
    Wiped(Vec<WorkbookId>),
    /// Everything is, these workbooks and what was learned: in one, as what is left would be saved in between.
    EverythingWiped(Vec<WorkbookId>),

    // Restore points and damaged records.
    RestorePointChosen(RestorePoint),
    /// What a restore point holds; `None` where it cannot be read.
    RestorePointRead(Option<Rc<Workbook>>),
    DamagedWanted(Key),
    DamagedRemoved(Key),

    // Files and handing on.
    /// A backup of these workbooks was asked for; of all outside the recycle bin where none is named.
    BackupWanted(Vec<WorkbookId>),
    /// A backup that the page made itself, of these workbooks.
    BackupMade(File, Vec<WorkbookId>),
    /// Everything in storage and on this page was asked for, as it is.
    RescueWanted,
    FileWanted(File),
    /// The browser took a file; it is a backup of these workbooks.
    FileOffered(Vec<WorkbookId>),
    /// The browser did not let a file be downloaded; its text is shown instead.
    FileRefused(Rc<str>),
    /// The text in the field with this id was to be copied.
    CopyWanted {
        field: Rc<str>,
        text: Rc<str>,
    },
    /// It was, by the browser or (`false`) left selected for the user to copy.
    Copied {
        text: Rc<str>,
        by_browser: bool,
    },
    ShareWanted {
        title: Rc<str>,
        address: Rc<str>,
    },
    PrintWanted(Printout),

    // What is shown.
    HelpOpened,
    HelpClosed,
    /// Something that cannot be taken back waits for a second click; `None` calls it off.
    Asked(Option<Question>),
    /// Another day is looked at; `None` for today.
    DayChosen(Option<Date>),
    /// So many days ahead count as 临近.
    NearDaysChosen(u16),
}

/// What was found in storage.
#[derive(Debug, Clone, PartialEq)]
pub struct Restored {
    /// Who this page is, in stamps.
    pub author: Author,
    pub books: BTreeMap<WorkbookId, Rc<Workbook>>,
    /// The workbook to use of each kind; a blank one where there is none.
    pub current: [WorkbookId; 3],
    pub training: Rc<Log>,
    pub locked: BTreeSet<WorkbookId>,
    pub notices: Vec<Notice>,
    pub backups: Vec<(WorkbookId, BackedUp)>,
    /// What can be undone, as the page before in this tab left it.
    pub histories: BTreeMap<WorkbookId, Rc<History>>,
    /// Why storage could not be read at all.
    pub refusal: Option<Refusal>,
    pub today: Option<Date>,
    pub chosen_day: Option<Date>,
    pub near_days: Option<u16>,
    /// Whether all of it stays with this tab only.
    pub is_guest: bool,
}
