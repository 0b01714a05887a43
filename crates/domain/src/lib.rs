//! What the speech asks of those who prepare a five-year plan, and what a unit answers.
//!
//! Pure: no browser, no clock, no randomness. Today's date and the saved text enter as arguments.

pub mod catalogue;
pub mod date;
pub mod link;
pub mod link_order;
pub mod progress;
pub mod qr;
pub mod review;
pub mod saved;
pub mod search;
pub mod snapshot;
pub mod summary;
pub mod update;
pub mod workbook;

pub use catalogue::{CATALOGUE, Catalogue, Clause, Phase, Requirement, RequirementId, Role, Step, UnitKind, Wording};
pub use date::Date;
pub use progress::Tally;
pub use review::{Finding, Review};
pub use update::Msg;
pub use workbook::{Answer, Cycle, Evidence, Status, Workbook};
