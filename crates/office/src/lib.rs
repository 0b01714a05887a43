//! Word and Excel files of a workbook, and what a filled sheet says.
//!
//! Pure, as the domain is. The app must not depend on it: what it weighs is loaded only when somebody asks for a file.

pub mod columns;
pub mod docx;
pub mod ledger;
pub mod ledger_alone;
pub mod ledger_back;
mod not_written;
pub mod notice;
pub mod roll_up;
pub mod sheet;
mod text;
mod word;

pub use not_written::NotWritten;

/// Workbooks anybody could have filled in.
#[cfg(test)]
#[path = "../../domain/tests/common/mod.rs"]
mod common;
