//! What the speech asks of those who prepare a five-year plan, and what a unit answers.
//!
//! Pure: no browser, no clock, no randomness. Today's date and the saved text enter as arguments.

pub mod catalogue;
pub mod checking;
pub mod chinese;
pub mod dates;
pub mod hidden;
mod percent;
pub mod sharing;
pub mod storage;
mod text_form;
pub mod workbook;

pub use catalogue::requirement_id::RequirementId;
pub use catalogue::{CATALOGUE, Catalogue, Clause, Phase, Requirement, Role, Step, UnitKind};
pub use checking::pressing::Pressing;
pub use checking::progress::Tally;
pub use checking::review::{Finding, Review};
pub use dates::cycle::Cycle;
pub use dates::date::Date;
pub use dates::urgency::{AsOf, Urgency};
pub use workbook::answer::Answer;
pub use workbook::entry::{Entry, EntryId, List};
pub use workbook::own_date::OwnDate;
pub use workbook::stamp::{Author, Clock, Stamp};
pub use workbook::status::Status;
pub use workbook::update::Msg;
pub use workbook::workbook::Workbook;
pub use workbook::workbook_id::WorkbookId;

// What the app still calls by its earlier names; it goes once the app uses the new ones.
mod earlier_names;
#[doc(hidden)]
pub use earlier_names::*;
