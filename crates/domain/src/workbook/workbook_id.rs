//! What tells workbooks apart.

use crate::workbook::stamp::Stamp;

/// Tells workbooks apart, in this browser and elsewhere. Random; drawn by the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct WorkbookId(pub u64);

impl WorkbookId {
    /// Reads what [`Display`](std::fmt::Display) writes; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_canonical = text.len() == 16 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        is_canonical.then(|| u64::from_str_radix(text, 16).ok().map(Self))?
    }
}

impl From<Stamp> for WorkbookId {
    /// An id for a workbook begun at this moment. The author is random, so nobody else draws the same.
    fn from(stamp: Stamp) -> Self {
        let time = stamp.wall.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(u64::from(stamp.counter));
        Self(stamp.author.0.rotate_left(24) ^ time)
    }
}

impl std::fmt::Display for WorkbookId {
    /// Sixteen hexadecimal digits.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}
