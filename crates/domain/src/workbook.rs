//! A workbook: one unit's answers for one cycle.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::{Map, Value};

use crate::catalogue::{RequirementId, UnitKind};
use crate::date::Date;

pub use crate::cycle::Cycle;

/// 自查表. Answers are shared, so that a change copies one answer and leaves the others the same pointers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workbook {
    pub kind: UnitKind,
    pub cycle: Cycle,
    /// 单位名称, may be empty.
    pub unit: Rc<str>,
    /// 填表人, may be empty.
    pub filler: Rc<str>,
    /// The requirement answered last: where the person stopped.
    pub place: Option<RequirementId>,
    pub(crate) answers: BTreeMap<RequirementId, Rc<Answer>>,
    /// What a save holds and this release has no word for: kept and written back as it was.
    pub(crate) unknown: Map<String, Value>,
    /// Answers to requirements this catalogue does not have, kept as they were.
    pub(crate) attic: Map<String, Value>,
}

/// 答复 to one requirement.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    pub status: Status,
    pub note: String,
    /// Why 不适用.
    pub reason: String,
    /// 责任人.
    pub owner: String,
    /// 完成时限.
    pub due: Option<Date>,
    pub evidence: Vec<Evidence>,
    pub(crate) unknown: Map<String, Value>,
}

/// 佐证: something that shows the answer is true.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    /// What it is.
    pub what: String,
    /// Document number or link.
    pub reference: String,
    pub date: Option<Date>,
    pub(crate) unknown: Map<String, Value>,
}

/// 状态. [`Unchecked`](Self::Unchecked) is not [`NotStarted`](Self::NotStarted): nobody has looked yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Status {
    /// 未核对
    #[default]
    Unchecked,
    /// 未启动
    NotStarted,
    /// 推进中
    InProgress,
    /// 已落实
    Done,
    /// 不适用, which needs a reason.
    NotApplicable,
}

impl Status {
    /// In the order of the number keys 1–5.
    pub const ALL: [Self; 5] = [Self::Unchecked, Self::NotStarted, Self::InProgress, Self::Done, Self::NotApplicable];

    /// The status's word in save files and form values.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unchecked => "unchecked",
            Self::NotStarted => "not-started",
            Self::InProgress => "in-progress",
            Self::Done => "done",
            Self::NotApplicable => "not-applicable",
        }
    }

    /// The status that [`as_str`](Self::as_str) names so; `None` for any other word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }
}

impl Workbook {
    /// An empty workbook for the speech's cycle.
    #[must_use]
    pub fn new(kind: UnitKind) -> Self {
        Self {
            kind,
            cycle: Cycle::OF_THE_SPEECH,
            unit: "".into(),
            filler: "".into(),
            place: None,
            answers: BTreeMap::new(),
            unknown: Map::new(),
            attic: Map::new(),
        }
    }

    /// The answer to a requirement; the empty answer where there is none yet.
    #[must_use]
    pub fn answer(&self, id: RequirementId) -> Rc<Answer> {
        self.answers.get(&id).cloned().unwrap_or_default()
    }

    /// The status of a requirement.
    #[must_use]
    pub fn status(&self, id: RequirementId) -> Status {
        self.answers.get(&id).map_or(Status::Unchecked, |answer| answer.status)
    }

    /// Whether nothing was ever entered.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        *self == Self::new(self.kind)
    }
}

impl Answer {
    /// Whether an entry of evidence says anything.
    #[must_use]
    pub fn has_evidence(&self) -> bool {
        self.evidence.iter().any(|entry| !entry.is_blank())
    }

    /// Whether the reason says anything.
    #[must_use]
    pub fn has_reason(&self) -> bool {
        !self.reason.trim().is_empty()
    }

    /// Whether it is due before `today` and still open.
    #[must_use]
    pub fn is_overdue(&self, today: Date) -> bool {
        let is_open = !matches!(self.status, Status::Done | Status::NotApplicable);
        is_open && self.due.is_some_and(|due| due < today)
    }
}

impl Evidence {
    /// Whether it names nothing: neither what it is nor where it is. A date alone is no evidence.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.what.trim().is_empty() && self.reference.trim().is_empty()
    }
}
