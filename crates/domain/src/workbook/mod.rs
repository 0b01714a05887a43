//! What a unit answers: workbooks, how they change, how two copies become one, how a change is taken back.

pub mod answer;
pub mod conflicts;
pub mod differences;
pub mod entry;
pub mod field;
pub mod history;
pub mod merge;
pub mod own_date;
pub mod own_requirement;
pub mod plan;
pub mod stamp;
pub mod status;
pub mod update;
#[expect(clippy::module_inception, reason = "a wing is named after its main type, and so is that type's file")]
pub mod workbook;
pub mod workbook_id;
