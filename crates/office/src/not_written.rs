//! Why a file could not be made.

use std::fmt;

/// A file that could not be made, and what the library that makes it said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotWritten(pub String);

impl fmt::Display for NotWritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotWritten {}
