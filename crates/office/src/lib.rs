//! Word and Excel files of a workbook, and what a filled sheet says.
//!
//! Pure, as the domain is. The app must not depend on it: what it weighs is loaded only when somebody asks for a file.

use std::fmt;

pub mod columns;
pub mod docx;
pub mod ledger;
pub mod ledger_back;
pub mod sheet;
mod text;
mod word;

/// Workbooks anybody could have filled in.
#[cfg(test)]
#[path = "../../domain/tests/common/mod.rs"]
mod common;

/// A file that could not be made, and what the library that makes it said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotWritten(pub String);

impl fmt::Display for NotWritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotWritten {}
