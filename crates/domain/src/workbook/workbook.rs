//! A workbook: one unit's answers for one cycle.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::Value;

use crate::catalogue::Catalogue;
use crate::catalogue::kinds::UnitKind;
use crate::catalogue::requirement::Requirement;
use crate::catalogue::requirement_id::RequirementId;
use crate::cycle::Cycle;
use crate::date::Date;
use crate::dates::milestone::Milestone;
use crate::dates::phases::{PhaseDates, Span};
use crate::workbook::answer::Answer;
use crate::workbook::entry::{self, Entries, Entry, EntryId, List, shown};
use crate::workbook::field::Field;
use crate::workbook::own_date::OwnDate;
use crate::workbook::own_requirement::{OwnRequirement, id_of};
use crate::workbook::plan::{id_for_plan, requirement_of};
use crate::workbook::stamp::Stamp;
use crate::workbook::status::Status;
use crate::workbook::workbook_id::WorkbookId;

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
    pub last_answered: Field<Option<RequirementId>>,
    /// The unit's own dates for the phases that the speech does not date, in the order of [`OwnDate::ALL`].
    pub(crate) own_dates: [Field<Option<Date>>; 4],
    /// Every milestone ever set; [`milestones`](Self::milestones) leaves out the removed ones.
    pub(crate) milestones: Entries,
    /// Every plan ever named; [`plans`](Self::plans) leaves out the removed ones.
    pub(crate) plans: Entries,
    /// Everything the unit ever asked of itself; [`own_requirements`](Self::own_requirements) leaves out what was removed.
    pub(crate) own_requirements: Entries,
    /// Answers to requirements that the catalogue does not have are among them.
    pub(crate) answers: BTreeMap<RequirementId, Rc<Answer>>,
    /// What a save holds and this release has no word for: kept and written back as it was.
    pub(crate) unknown: serde_json::Map<String, Value>,
}

impl Workbook {
    /// An empty workbook, for the speech's cycle unless another is [assumed](Self::assume_cycle).
    #[must_use]
    pub fn new(id: WorkbookId, kind: UnitKind) -> Self {
        Self {
            id,
            kind,
            cycle: Field::default(),
            unit: Field::default(),
            filler: Field::default(),
            is_deleted: Field::default(),
            last_answered: Field::default(),
            own_dates: Default::default(),
            milestones: Entries::new(),
            own_requirements: Entries::new(),
            plans: Entries::new(),
            answers: BTreeMap::new(),
            unknown: serde_json::Map::new(),
        }
    }

    /// Has a blank workbook show this cycle. Nobody wrote it, so it is stored only with the first change, and what was
    /// stored without a cycle stays one of the speech's.
    pub fn assume_cycle(&mut self, cycle: Cycle) {
        if !self.cycle.is_written() && self.is_blank() {
            self.cycle.assume(cycle);
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
    pub fn due(&self, requirement: &Requirement) -> Option<Date> {
        let own = self.answers.get(&requirement.id).and_then(|answer| *answer.due);
        own.or_else(|| requirement.binding_due(*self.cycle))
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
    pub fn milestones(&self, catalogue: &Catalogue) -> impl Iterator<Item = (EntryId, Milestone)> {
        shown(&self.milestones).map(|(id, entry)| (id, entry.milestone(catalogue)))
    }

    /// What the unit asks of itself, in the order in which it was added.
    pub fn own_requirements(&self) -> impl Iterator<Item = OwnRequirement<'_>> {
        shown(&self.own_requirements).map(|(at, entry)| OwnRequirement::new(at, entry))
    }

    /// The requirement of the unit's own with this id.
    #[must_use]
    pub fn own_requirement(&self, id: RequirementId) -> Option<OwnRequirement<'_>> {
        self.own_requirements().find(|own| own.id == id)
    }

    /// The plans the unit draws up, in the order in which they were named: what each is called.
    pub fn plans(&self) -> impl Iterator<Item = (EntryId, &str)> {
        shown(&self.plans).map(|(at, entry)| (at, entry.what.trim()))
    }

    /// Every name that somebody was made responsible by, once, in the order of their texts.
    #[must_use]
    pub fn owners(&self) -> Vec<&str> {
        let named = self.answers.values().map(|answer| answer.owner.trim());
        let mut owners: Vec<&str> = named.filter(|owner| !owner.is_empty()).collect();
        owners.sort_unstable();
        owners.dedup();
        owners
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
            List::OwnRequirements => self.own_requirements.get(&at),
            List::Plans => self.plans.get(&at),
        }
        .map(|entry| &**entry)
    }

    /// Answers that no page shows: to requirements this catalogue does not have, or does not ask of this kind of unit.
    pub fn unasked(&self, catalogue: &Catalogue) -> impl Iterator<Item = (RequirementId, &Rc<Answer>)> {
        self.answers().filter(|(id, _)| {
            let asked = catalogue.requirement(id.as_str()).and_then(|requirement| requirement.role(self.kind));
            let of_plan = requirement_of(id).and_then(|requirement| catalogue.requirement(requirement));
            asked.is_none() && of_plan.is_none() && self.own_requirement(*id).is_none()
        })
    }

    /// Whether nothing was ever entered.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        let is_any = self.answers.values().any(|answer| !answer.unknown.is_empty());
        self.latest() == Stamp::NEVER && self.unknown.is_empty() && !is_any
    }

    /// The stamp of the last write to any field.
    #[must_use]
    pub fn latest(&self) -> Stamp {
        let mut latest = Stamp::NEVER;
        self.each_stamp(&mut |stamp| latest = latest.max(stamp));
        latest
    }

    /// The stamp of the earliest write that still stands; [`Stamp::NEVER`] where there is none.
    #[must_use]
    pub fn earliest(&self) -> Stamp {
        let mut earliest = Stamp::NEVER;
        self.each_stamp(&mut |stamp| {
            if stamp > Stamp::NEVER && (earliest == Stamp::NEVER || stamp < earliest) {
                earliest = stamp;
            }
        });
        earliest
    }

    /// Hands out the stamps of all that was written.
    fn each_stamp(&self, take: &mut dyn FnMut(Stamp)) {
        let own = [
            self.cycle.stamp(),
            self.unit.stamp(),
            self.filler.stamp(),
            self.is_deleted.stamp(),
            self.last_answered.stamp(),
        ];
        own.into_iter().chain(self.own_dates.iter().map(Field::stamp)).for_each(&mut *take);
        entry::each_stamp(&self.milestones, take);
        entry::each_stamp(&self.own_requirements, take);
        entry::each_stamp(&self.plans, take);
        for answer in self.answers.values() {
            answer.each_stamp(take);
        }
    }

    /// How many answers were written to after this stamp: that of the last write when a backup was made, say. Clocks
    /// go wrong, stamps do not.
    ///
    /// One that [says nothing](Answer::is_blank) counts only where it may have said something at that time.
    #[must_use]
    pub fn answers_since(&self, stamp: Stamp) -> usize {
        let counts =
            |answer: &&Rc<Answer>| answer.latest() > stamp && (!answer.is_blank() || answer.earliest() <= stamp);
        self.answers.values().filter(counts).count()
    }

    fn rename_answer(&mut self, was: RequirementId, now: RequirementId) {
        if let Some(answer) = self.answers.remove(&was) {
            self.answers.insert(now, answer);
        }
    }

    /// Takes stamps later than this moment, in milliseconds since 1970, for stamps of this moment: no write from a file
    /// may claim to be later than anything that is still to be written here.
    pub fn bound_stamps(&mut self, latest: u64) {
        self.cycle.bound(latest);
        self.unit.bound(latest);
        self.filler.bound(latest);
        self.is_deleted.bound(latest);
        self.last_answered.bound(latest);
        for date in &mut self.own_dates {
            date.bound(latest);
        }
        let _ = entry::bound(&mut self.milestones, latest);
        // Answers go by the ids of these entries.
        for (was, now) in entry::bound(&mut self.own_requirements, latest) {
            self.rename_answer(id_of(was), id_of(now));
        }
        for (was, now) in entry::bound(&mut self.plans, latest) {
            let asked: Vec<_> =
                self.answers.keys().filter_map(requirement_of).filter_map(RequirementId::parse).collect();
            for requirement in asked {
                if let (Some(was), Some(now)) = (id_for_plan(requirement, was), id_for_plan(requirement, now)) {
                    self.rename_answer(was, now);
                }
            }
        }
        for answer in self.answers.values_mut() {
            if answer.latest().wall > latest || answer.entries.keys().any(|id| id.0.wall > latest) {
                Rc::make_mut(answer).bound(latest);
            }
        }
    }
}
