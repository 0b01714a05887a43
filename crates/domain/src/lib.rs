//! What the speech asks of those who prepare a five-year plan, and what a unit answers.
//!
//! Pure: no browser, no clock, no randomness. Today's date and the saved text enter as arguments.

pub mod calendar;
pub mod catalogue;
pub mod checksum;
pub mod cycle;
pub mod date;
pub mod field;
pub mod file;
pub mod history;
pub mod json;
pub mod link;
pub mod link_order;
pub mod map;
pub mod merge;
pub mod order;
pub mod progress;
pub mod qr;
pub mod record;
pub mod review;
pub mod saved;
pub mod schedule;
pub mod search;
pub mod shelf;
pub mod snapshot;
pub mod stamp;
pub mod summary;
pub mod timeline;
pub mod update;
pub mod urgency;
pub mod workbook;

pub use catalogue::{CATALOGUE, Catalogue, Clause, Phase, Requirement, RequirementId, Role, Step, UnitKind};
pub use date::Date;
pub use progress::Tally;
pub use review::{Finding, Review};
pub use stamp::{Author, Clock, Stamp};
pub use update::Msg;
pub use urgency::{AsOf, Pressing, Urgency};
pub use workbook::{Answer, Cycle, Entry, EntryId, List, OwnDate, Status, Workbook, WorkbookId};
