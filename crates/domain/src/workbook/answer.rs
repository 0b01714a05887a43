//! 答复: what a unit says to one requirement.

use serde_json::Value;

use crate::date::Date;
use crate::workbook::entry::{self, Entries, Entry, EntryId, shown};
use crate::workbook::field::Field;
use crate::workbook::stamp::Stamp;
use crate::workbook::status::Status;

/// 答复 to one requirement.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    pub status: Field<Status>,
    pub note: Field<String>,
    /// Why 不适用.
    pub reason: Field<String>,
    /// 责任人.
    pub owner: Field<String>,
    /// 完成时限.
    pub due: Field<Option<Date>>,
    /// Every entry ever made; [`evidence`](Self::evidence) leaves out the removed ones.
    pub(crate) entries: Entries,
    pub(crate) unknown: serde_json::Map<String, Value>,
}

impl Answer {
    /// The entries of evidence that were not removed, in the order in which they were made.
    pub fn evidence(&self) -> impl Iterator<Item = (EntryId, &Entry)> {
        shown(&self.entries)
    }

    /// Whether an entry of evidence says anything.
    #[must_use]
    pub fn has_evidence(&self) -> bool {
        self.evidence().any(|(_, entry)| !entry.is_blank())
    }

    /// Whether the reason says anything.
    #[must_use]
    pub fn has_reason(&self) -> bool {
        !self.reason.trim().is_empty()
    }

    /// Whether it says nothing now, whatever it said before.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        *self.status == Status::Unchecked
            && [&self.note, &self.reason, &self.owner].iter().all(|text| text.is_empty())
            && self.due.is_none()
            && self.evidence().next().is_none()
            && self.unknown.is_empty()
    }

    pub(crate) fn bound(&mut self, latest: u64) {
        self.status.bound(latest);
        self.note.bound(latest);
        self.reason.bound(latest);
        self.owner.bound(latest);
        self.due.bound(latest);
        entry::bound(&mut self.entries, latest);
    }

    /// The stamp of the last write to any field.
    #[must_use]
    pub fn latest(&self) -> Stamp {
        let mut latest = Stamp::NEVER;
        self.each_stamp(&mut |stamp| latest = latest.max(stamp));
        latest
    }

    /// Hands out the stamps of all that was written.
    pub(crate) fn each_stamp(&self, take: &mut dyn FnMut(Stamp)) {
        let own = [self.status.stamp(), self.note.stamp(), self.reason.stamp(), self.owner.stamp(), self.due.stamp()];
        own.into_iter().for_each(&mut *take);
        entry::each_stamp(&self.entries, take);
    }
}
