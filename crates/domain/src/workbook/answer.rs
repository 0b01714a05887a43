//! 答复: what a unit says to one requirement.

use serde_json::Value;

use crate::date::Date;
use crate::workbook::entry::{self, Entries, Entry, EntryId, shown};
use crate::workbook::field::Field;
use crate::workbook::stamp::Stamp;
use crate::workbook::status::Status;

/// The most points a requirement can have.
pub const MOST_POINTS: usize = 10;

/// 答复 to one requirement.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    pub status: Field<Status>,
    pub note: Field<String>,
    /// 存在问题.
    pub problem: Field<String>,
    /// 下一步措施.
    pub measure: Field<String>,
    /// Why 不适用.
    pub reason: Field<String>,
    /// 责任人.
    pub owner: Field<String>,
    /// 完成时限.
    pub due: Field<Option<Date>>,
    /// Which points are met, by their numbers less one.
    pub(crate) points: [Field<bool>; MOST_POINTS],
    /// Every entry ever made; [`evidence`](Self::evidence) leaves out the removed ones.
    pub(crate) entries: Entries,
    pub(crate) unknown: serde_json::Map<String, Value>,
}

impl Answer {
    /// The entries of evidence that were not removed, in the order in which they were made.
    pub fn evidence(&self) -> impl Iterator<Item = (EntryId, &Entry)> {
        shown(&self.entries)
    }

    /// Everything written in words.
    #[must_use]
    pub fn texts(&self) -> [&Field<String>; 5] {
        [&self.note, &self.problem, &self.measure, &self.reason, &self.owner]
    }

    /// Whether the point with this number, counted from 1, is met; `None` where no point can have that number.
    #[must_use]
    pub fn point(&self, number: u8) -> Option<&Field<bool>> {
        self.points.get(usize::from(number).checked_sub(1)?)
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

    /// Whether it says 不适用 without a reason, or 已落实 without evidence.
    #[must_use]
    pub fn lacks_grounds(&self) -> bool {
        match *self.status {
            Status::NotApplicable => !self.has_reason(),
            Status::Done => !self.has_evidence(),
            Status::Unchecked | Status::NotStarted | Status::InProgress => false,
        }
    }

    /// Whether it says nothing now, whatever it said before: the one meaning of “nothing was filled in”, wherever answers
    /// are counted or listed.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        *self.status == Status::Unchecked
            && self.texts().iter().all(|text| text.trim().is_empty())
            && self.due.is_none()
            && !self.points.iter().any(|point| **point)
            && self.evidence().all(|(_, entry)| entry.is_blank() && entry.date.is_none())
            && self.unknown.is_empty()
    }

    pub(crate) fn bound(&mut self, latest: u64) {
        self.status.bound(latest);
        self.note.bound(latest);
        self.problem.bound(latest);
        self.measure.bound(latest);
        self.reason.bound(latest);
        self.owner.bound(latest);
        self.due.bound(latest);
        for point in &mut self.points {
            point.bound(latest);
        }
        let _ = entry::bound(&mut self.entries, latest);
    }

    /// The stamp of the earliest write that is still known, also of values that no longer hold.
    pub(crate) fn earliest(&self) -> Stamp {
        fn first<T: Clone + Ord>(field: &Field<T>) -> Option<Stamp> {
            field.values().map(|(stamp, _)| stamp).min()
        }
        let own = [first(&self.status), first(&self.due)].into_iter().chain(self.texts().map(first));
        let own = own.chain(self.points.iter().map(first)).flatten();
        own.chain(self.entries.keys().map(|id| id.0)).min().unwrap_or_default()
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
        [self.status.stamp(), self.due.stamp()].into_iter().for_each(&mut *take);
        self.texts().map(Field::stamp).into_iter().for_each(&mut *take);
        self.points.iter().map(Field::stamp).for_each(&mut *take);
        entry::each_stamp(&self.entries, take);
    }
}
