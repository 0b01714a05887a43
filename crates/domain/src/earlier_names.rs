//! The addresses and names these things had before they moved into wings.

pub use crate::checking::{order, progress, review, search};
pub use crate::dates::{calendar, cycle, date, schedule, timeline, urgency};
pub use crate::sharing::{link, link_order, qr, summary};
pub use crate::storage::{backup as file, record, saved};
pub use crate::workbook::{field, merge, stamp};

pub mod map {
    pub use std::collections::{BTreeMap as Map, BTreeSet as Set};

    pub fn sort_by_key<T, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K) {
        list.sort_by_key(key);
    }
}

pub mod update {
    pub use crate::workbook::differences::*;
    pub use crate::workbook::update::{EntryValue as EntryField, Msg, update};
}

pub mod history {
    pub use crate::workbook::history::{ChangeKind as Deed, History, HistoryEntry as Step, apply};
}

pub mod snapshot {
    pub use crate::sharing::snapshot::Disagreement as Difference;
    pub use crate::sharing::snapshot::*;
}

pub mod shelf {
    pub use crate::storage::record::PREFIX;
    pub use crate::storage::shelf::*;
    pub use crate::storage::shelf::{
        RestorePoint as SnapshotKey, make_restore_point as take_snapshot, restore_points as snapshots,
    };
}
