//! What the speech asks of those who prepare a five-year plan, and what a unit answers.
//!
//! Pure: no browser, no clock, no randomness. Today's date and the saved text enter as arguments.

pub mod catalogue;
pub mod checking;
pub mod chinese;
pub mod cycle;
pub mod date;
pub mod dates;
pub mod hidden;
mod percent;
pub mod rollup;
pub mod sharing;
pub mod storage;
mod text_form;
pub mod training;
pub mod workbook;

pub use catalogue::Catalogue;
pub use catalogue::clause::Clause;
pub use catalogue::kinds::{Phase, Role, UnitKind};
pub use catalogue::requirement::Requirement;
pub use catalogue::requirement_id::RequirementId;
pub use catalogue::step::Step;
pub use checking::points::PointCount;
pub use checking::pressing::Pressing;
pub use checking::progress::Tally;
pub use checking::review::{Finding, Review};
pub use cycle::Cycle;
pub use date::Date;
pub use dates::urgency::{AsOf, Urgency};
pub use workbook::answer::Answer;
pub use workbook::entry::{Entry, EntryId, List};
pub use workbook::own_date::OwnDate;
pub use workbook::own_requirement::OwnRequirement;
pub use workbook::stamp::{Author, Clock, Stamp};
pub use workbook::status::Status;
pub use workbook::update::Msg;
pub use workbook::workbook::Workbook;
pub use workbook::workbook_id::WorkbookId;
