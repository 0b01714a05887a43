//! How often 练习县 was looked through, and what was said of it each time: that part of the log, replayed.

use std::collections::BTreeMap;

use crate::catalogue::requirement_id::RequirementId;
use crate::date::Date;
use crate::training::fault_kind::FaultKind;

/// What was said of requirements: a kind of fault, or that nothing is wrong. What is not among them was not looked at.
pub type Verdicts = BTreeMap<RequirementId, Option<FaultKind>>;

/// One time a set was looked through.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attempt {
    pub verdicts: Verdicts,
    /// Whether it was handed in: from then on nothing of it changes.
    pub is_handed_in: bool,
    /// When, where that is known.
    pub day: Option<Date>,
}

/// Every attempt, by the numbers of the set and of the attempt.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attempts(BTreeMap<(u8, u32), Attempt>);

impl Attempts {
    /// Takes in that something was said of a requirement, or was taken back.
    pub(super) fn judge(
        &mut self,
        set: u8,
        attempt: u32,
        requirement: RequirementId,
        verdict: Option<Option<FaultKind>>,
    ) {
        let attempt = self.0.entry((set, attempt)).or_default();
        if attempt.is_handed_in {
            return;
        }
        match verdict {
            Some(verdict) => attempt.verdicts.insert(requirement, verdict),
            None => attempt.verdicts.remove(&requirement),
        };
    }

    /// Takes in that it was handed in. The first time counts.
    pub(super) fn hand_in(&mut self, set: u8, attempt: u32, day: Option<Date>) {
        let attempt = self.0.entry((set, attempt)).or_default();
        if !attempt.is_handed_in {
            attempt.is_handed_in = true;
            attempt.day = day;
        }
    }

    /// The number of the attempt of a set that is under way, or would be the next.
    #[must_use]
    pub fn current(&self, set: u8) -> u32 {
        self.last(set).map_or(1, |(number, _)| number.saturating_add(1))
    }

    /// What was said so far in the attempt under way; nothing where none was begun.
    #[must_use]
    pub fn under_way(&self, set: u8) -> Verdicts {
        self.0.get(&(set, self.current(set))).map(|attempt| attempt.verdicts.clone()).unwrap_or_default()
    }

    /// The attempt of a set that was handed in last, and its number.
    #[must_use]
    pub fn last(&self, set: u8) -> Option<(u32, &Attempt)> {
        let mut latest_first = self.0.range((set, 0)..=(set, u32::MAX)).rev();
        latest_first.find(|(_, attempt)| attempt.is_handed_in).map(|((_, number), attempt)| (*number, attempt))
    }
}
