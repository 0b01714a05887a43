//! What the speech asks of those who prepare a five-year plan, and what a unit answers.
//!
//! Pure: no browser, no clock, no randomness. Today's date and the saved text enter as arguments.

pub mod catalogue;
pub mod checking;
pub mod checksum;
pub mod dates;
pub mod json;
pub mod map;
pub mod sharing;
pub mod storage;
pub mod workbook;

pub use catalogue::{CATALOGUE, Catalogue, Clause, Phase, Requirement, RequirementId, Role, Step, UnitKind};
pub use checking::progress::Tally;
pub use checking::review::{Finding, Review};
pub use dates::cycle::Cycle;
pub use dates::date::Date;
pub use dates::urgency::{AsOf, Pressing, Urgency};
pub use workbook::stamp::{Author, Clock, Stamp};
pub use workbook::update::Msg;
pub use workbook::workbook::{Answer, Entry, EntryId, List, OwnDate, Status, Workbook, WorkbookId};

// The addresses these modules had before they moved into wings; they go once the app names the wings.
#[doc(hidden)]
pub use {
    checking::{order, progress, review, search},
    dates::{calendar, cycle, date, schedule, timeline, urgency},
    sharing::{link, link_order, qr, snapshot, summary},
    storage::{backup as file, record, saved, shelf},
    workbook::{field, history, merge, stamp, update},
};
