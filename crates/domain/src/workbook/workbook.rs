//! A workbook: one unit's answers for one cycle.

use std::rc::Rc;

use crate::catalogue::{CATALOGUE, RequirementId, UnitKind, canonical_id};
use crate::dates::date::Date;
use crate::workbook::field::Field;
use crate::json;
use crate::map::Map;
use crate::dates::schedule::{Milestone, PhaseDates, Span, binding_due};
use crate::workbook::stamp::Stamp;

pub use crate::dates::cycle::Cycle;

/// 自查表. Answers are shared, so that a change copies one answer and leaves the others the same pointers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workbook {
    pub id: WorkbookId,
    pub kind: UnitKind,
    pub cycle: Field<Cycle>,
    /// 单位名称, may be empty.
    pub unit: Field<String>,
    /// 填表人, may be empty.
    pub filler: Field<String>,
    /// Whether it lies in the recycle bin.
    pub is_deleted: Field<bool>,
    /// The requirement answered last: where the person stopped.
    pub place: Field<Place>,
    /// The unit's own dates for the phases that the speech does not date, in the order of [`OwnDate::ALL`].
    pub(crate) own_dates: [Field<Option<Date>>; 4],
    /// Every milestone ever set; [`milestones`](Self::milestones) leaves out the removed ones.
    pub(crate) milestones: Map<EntryId, Rc<Entry>>,
    pub(crate) answers: Map<RequirementId, Rc<Answer>>,
    /// Answers to requirements this catalogue does not have.
    pub(crate) attic: Map<String, Rc<Answer>>,
    /// What a save holds and this release has no word for: kept and written back as it was.
    pub(crate) unknown: json::Map,
}

/// Tells workbooks apart, in this browser and elsewhere. Random; drawn by the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct WorkbookId(pub u64);

/// Where a person stopped.
pub type Place = Option<RequirementId>;

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
    pub(crate) entries: Map<EntryId, Rc<Entry>>,
    pub(crate) unknown: json::Map,
}

/// Names an entry of a list by the moment it was made: unique, and in the order of making.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub Stamp);

/// An entry of a [`List`]: 佐证, something that shows an answer is true, or 自定节点, a date the unit set itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// What it is.
    pub what: Field<String>,
    /// Document number or link; of a milestone the ids of what is to be done by then, parted by blanks.
    pub reference: Field<String>,
    pub date: Field<Option<Date>>,
    pub is_removed: Field<bool>,
    pub(crate) unknown: json::Map,
}

/// Where entries stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// The evidence of one answer.
    Evidence(RequirementId),
    /// The workbook's milestones.
    Milestones,
}

/// A date that the speech leaves to the unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnDate {
    MobilisationStart,
    MobilisationEnd,
    ResearchStart,
    ResearchEnd,
}

impl OwnDate {
    pub const ALL: [Self; 4] = [Self::MobilisationStart, Self::MobilisationEnd, Self::ResearchStart, Self::ResearchEnd];

    /// Its word in save files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MobilisationStart => "mobilisation-start",
            Self::MobilisationEnd => "mobilisation-end",
            Self::ResearchStart => "research-start",
            Self::ResearchEnd => "research-end",
        }
    }
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

impl Status {
    /// Whether there is still something to do: 未核对, 未启动, 推进中.
    #[must_use]
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Done | Self::NotApplicable)
    }
}

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

impl Workbook {
    /// An empty workbook for the speech's cycle.
    #[must_use]
    pub fn new(id: WorkbookId, kind: UnitKind) -> Self {
        Self {
            id,
            kind,
            cycle: Field::default(),
            unit: Field::default(),
            filler: Field::default(),
            is_deleted: Field::default(),
            place: Field::default(),
            own_dates: Default::default(),
            milestones: Map::new(),
            answers: Map::new(),
            attic: Map::new(),
            unknown: json::Map::new(),
        }
    }

    /// The same content as a workbook of its own: what happens to one from now on does not touch the other.
    #[must_use]
    pub fn duplicate(&self, id: WorkbookId) -> Self {
        Self { id, ..self.clone() }
    }

    /// The answer to a requirement; the empty answer where there is none yet.
    #[must_use]
    pub fn answer(&self, id: RequirementId) -> Rc<Answer> {
        self.answers.get(&id).cloned().unwrap_or_default()
    }

    /// The status of a requirement.
    #[must_use]
    pub fn status(&self, id: RequirementId) -> Status {
        self.answers.get(&id).map_or(Status::Unchecked, |answer| *answer.status)
    }

    /// By when a requirement is to be done: the unit's own date, else the one that follows from the speech.
    #[must_use]
    pub fn due(&self, id: RequirementId) -> Option<Date> {
        let own = self.answers.get(&id).and_then(|answer| *answer.due);
        own.or_else(|| binding_due(*self.cycle, id))
    }

    /// Every answer that says something, in the order of ids.
    pub fn answers(&self) -> impl Iterator<Item = (RequirementId, &Rc<Answer>)> {
        self.answers.iter().map(|(id, answer)| (*id, answer)).filter(|(_, answer)| !answer.is_blank())
    }

    /// The unit's own dates for the phases that the speech does not date.
    #[must_use]
    pub fn phase_dates(&self) -> PhaseDates {
        let [from, to, next, last] = self.own_dates.each_ref().map(|date| **date);
        PhaseDates { mobilisation: Span { start: from, end: to }, research: Span { start: next, end: last } }
    }

    /// The milestones that were not removed, in the order in which they were made.
    pub fn milestones(&self) -> impl Iterator<Item = (EntryId, Milestone)> {
        shown(&self.milestones).map(|(id, entry)| (id, entry.milestone()))
    }

    /// A date that the speech leaves to the unit.
    #[must_use]
    pub fn own_date(&self, which: OwnDate) -> &Field<Option<Date>> {
        &self.own_dates[which as usize]
    }

    /// An entry, even a removed one.
    #[must_use]
    pub fn entry(&self, list: List, at: EntryId) -> Option<&Entry> {
        match list {
            List::Evidence(id) => self.answers.get(&id)?.entries.get(&at),
            List::Milestones => self.milestones.get(&at),
        }
        .map(|entry| &**entry)
    }

    /// Answers that no page shows: to requirements this catalogue no longer has, or does not ask of this kind of unit.
    pub fn attic(&self) -> impl Iterator<Item = (&str, &Rc<Answer>)> {
        let unasked = self.answers.iter().filter(|(id, _)| {
            CATALOGUE.requirement(id.as_str()).is_none_or(|requirement| requirement.role(self.kind).is_none())
        });
        let unasked = unasked.map(|(id, answer)| (id.as_str(), answer));
        let all = unasked.chain(self.attic.iter().map(|(id, answer)| (id.as_str(), answer)));
        all.filter(|(_, answer)| !answer.is_blank())
    }

    /// Whether nothing was ever entered.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.latest() == Stamp::NEVER && self.unknown.is_empty() && self.attic.is_empty()
    }

    /// The stamp of the last write to any field.
    #[must_use]
    pub fn latest(&self) -> Stamp {
        let mut stamps = vec![
            self.cycle.stamp(),
            self.unit.stamp(),
            self.filler.stamp(),
            self.is_deleted.stamp(),
            self.place.stamp(),
        ];
        stamps.extend(self.own_dates.iter().map(Field::stamp));
        entry_stamps(&self.milestones, &mut stamps);
        stamps.extend(self.answers.values().map(|answer| answer.latest()));
        stamps.extend(self.attic.values().map(|answer| answer.latest()));
        latest(&stamps)
    }

    /// How many answers were written to after this moment, in milliseconds since 1970.
    #[must_use]
    pub fn answers_since(&self, wall: u64) -> usize {
        self.answers.values().filter(|answer| answer.latest().wall > wall).count()
    }
}

fn latest(stamps: &[Stamp]) -> Stamp {
    stamps.iter().copied().max().unwrap_or_default()
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

    /// The stamp of the last write to any field.
    #[must_use]
    pub fn latest(&self) -> Stamp {
        let mut stamps =
            vec![self.status.stamp(), self.note.stamp(), self.reason.stamp(), self.owner.stamp(), self.due.stamp()];
        entry_stamps(&self.entries, &mut stamps);
        latest(&stamps)
    }
}

/// The entries that were not removed.
fn shown(entries: &Map<EntryId, Rc<Entry>>) -> impl Iterator<Item = (EntryId, &Entry)> {
    entries.iter().filter(|(_, entry)| !*entry.is_removed).map(|(id, entry)| (*id, &**entry))
}

fn entry_stamps(entries: &Map<EntryId, Rc<Entry>>, stamps: &mut Vec<Stamp>) {
    for (id, entry) in entries.iter() {
        let own = [entry.what.stamp(), entry.reference.stamp(), entry.date.stamp(), entry.is_removed.stamp()];
        stamps.extend([id.0, latest(&own)]);
    }
}

impl Entry {
    /// The milestone it is. What it names and this catalogue does not have is left out, but stays written.
    #[must_use]
    pub fn milestone(&self) -> Milestone {
        let named = self.reference.split_whitespace().filter_map(|id| CATALOGUE.requirement(canonical_id(id)));
        let requirements = named.map(|requirement| requirement.id).collect();
        Milestone { name: (*self.what).clone(), date: *self.date, requirements }
    }

    /// Whether it names nothing: neither what it is nor where it is. A date alone is no evidence.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.what.trim().is_empty() && self.reference.trim().is_empty()
    }
}
