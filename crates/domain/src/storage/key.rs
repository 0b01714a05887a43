//! Where something of ours lies in storage.

use crate::storage::record::PREFIX;
use crate::workbook::workbook_id::WorkbookId;

/// The key of something of ours.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// `w/<workbook>/<slot>/<even or odd>`: a record.
    Slot { workbook: WorkbookId, slot: String, parity: Parity },
    /// `r/<workbook>/<number>-<milliseconds>-<reason>`: a record.
    RestorePoint(RestorePoint),
    /// `t/<slot>/<even or odd>`: a record of what was learned.
    Training { slot: String, parity: Parity },
    /// `d/<workbook>/<…>`, `d/t/<…>`: a record that could not be read, as it was.
    Damaged(String),
    /// `m/<…>`: small notes, such as the time of the last backup.
    Memo(String),
}

/// Which of the two records of a slot: that of the even generations, or that of the odd ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Parity {
    Even,
    Odd,
}

/// 历史留底: names a copy of a workbook that was kept to go back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RestorePoint {
    /// Counts the restore points made in this browser: of two, the greater was made later, whatever the clock said.
    pub number: u64,
    pub workbook: WorkbookId,
    /// When it was made, in milliseconds since 1970, by the clock of then.
    pub made: u64,
    pub reason: Reason,
}

/// Why a restore point was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The first change of a day.
    Daily,
    Import,
    Restore,
    /// Before what a link carried was merged in.
    Link,
    /// Before proposed due dates were taken over.
    Schedule,
}

impl Parity {
    pub const ALL: [Self; 2] = [Self::Even, Self::Odd];

    /// Where a generation is written.
    #[must_use]
    pub fn of(generation: u64) -> Self {
        if generation.is_multiple_of(2) { Self::Even } else { Self::Odd }
    }

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Even => "even",
            Self::Odd => "odd",
        }
    }
}

impl Reason {
    const ALL: [Self; 5] = [Self::Daily, Self::Import, Self::Restore, Self::Link, Self::Schedule];

    fn as_str(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Import => "import",
            Self::Restore => "restore",
            Self::Link => "link",
            Self::Schedule => "schedule",
        }
    }
}

impl Key {
    /// The key as it stands in storage.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Slot { workbook, slot, parity } => format!("{PREFIX}w/{workbook}/{slot}/{}", parity.as_str()),
            Self::RestorePoint(RestorePoint { number, workbook, made, reason }) => {
                format!("{PREFIX}r/{workbook}/{number}-{made}-{}", reason.as_str())
            }
            Self::Training { slot, parity } => format!("{PREFIX}t/{slot}/{}", parity.as_str()),
            Self::Damaged(rest) => format!("{PREFIX}d/{rest}"),
            Self::Memo(rest) => format!("{PREFIX}m/{rest}"),
        }
    }

    /// Reads a key; `None` for whatever is not ours.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (sort, rest) = text.strip_prefix(PREFIX)?.split_once('/')?;
        match sort {
            "w" => {
                let mut parts = rest.split('/');
                let (workbook, slot, parity) = (parts.next()?, parts.next()?, parts.next()?);
                let parity = Parity::ALL.into_iter().find(|known| known.as_str() == parity)?;
                let is_whole = parts.next().is_none() && !slot.is_empty();
                let workbook = WorkbookId::parse(workbook)?;
                is_whole.then(|| Self::Slot { workbook, slot: slot.into(), parity })
            }
            "r" => {
                let (workbook, rest) = rest.split_once('/')?;
                let mut parts = rest.splitn(3, '-');
                let (number, made, word) = (parts.next()?, parts.next()?, parts.next()?);
                let reason = Reason::ALL.into_iter().find(|known| known.as_str() == word)?;
                let workbook = WorkbookId::parse(workbook)?;
                let point = RestorePoint { number: number.parse().ok()?, workbook, made: made.parse().ok()?, reason };
                Some(Self::RestorePoint(point))
            }
            "t" => {
                let (slot, parity) = rest.split_once('/')?;
                let parity = Parity::ALL.into_iter().find(|known| known.as_str() == parity)?;
                (!slot.is_empty()).then(|| Self::Training { slot: slot.into(), parity })
            }
            "d" => Some(Self::Damaged(rest.into())),
            "m" => Some(Self::Memo(rest.into())),
            _ => None,
        }
    }

    /// The workbook it belongs to.
    #[must_use]
    pub fn workbook(&self) -> Option<WorkbookId> {
        match self {
            Self::Slot { workbook, .. } => Some(*workbook),
            Self::RestorePoint(point) => Some(point.workbook),
            Self::Damaged(rest) => WorkbookId::parse(rest.split('/').next()?),
            Self::Training { .. } | Self::Memo(_) => None,
        }
    }
}
