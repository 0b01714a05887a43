//! What a unit answers: workbooks, how they change, how two copies become one, how a change is taken back.

pub mod field;
pub mod history;
pub mod merge;
pub mod stamp;
pub mod update;
#[expect(clippy::module_inception, reason = "the wing is named after its main type, and so is the type's file")]
pub mod workbook;
