//! 两轮对比: who moved, and who fell back.

use std::collections::BTreeMap;

use crate::catalogue::Catalogue;
use crate::catalogue::requirement_id::RequirementId;
use crate::checking::progress::Tally;
use crate::rollup::table::Group;
use crate::rollup::unit::{Round, Unit};
use crate::training::class::key;
use crate::workbook::status::Status;

/// Two rounds of a group.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rounds {
    /// Units of both: those that fell back furthest first, then those that moved most.
    pub moves: Vec<Move>,
    /// Units of the earlier round only.
    pub gone: Vec<String>,
    /// Units of this round only.
    pub new: Vec<String>,
}

/// What changed in one unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    pub name: String,
    pub then: Tally,
    pub now: Tally,
    /// How many are done that were not.
    pub done: usize,
    /// Those that were done and are not.
    pub back: Vec<RequirementId>,
    /// How many others changed.
    pub others: usize,
}

impl Rounds {
    /// Holds this round against the earlier one.
    #[must_use]
    pub fn of(catalogue: &Catalogue, units: &[Unit], group: Group) -> Self {
        let mut then: BTreeMap<Vec<char>, &Unit> = BTreeMap::new();
        let earlier = units.iter().filter(|unit| unit.round == Round::Earlier && Group::of(unit) == group);
        then.extend(earlier.map(|unit| (key(&unit.name), unit)));
        let mut rounds = Self::default();
        if then.is_empty() {
            return rounds;
        }
        for now in group.units(units) {
            match then.remove(&key(&now.name)) {
                None => rounds.new.push(now.name.clone()),
                Some(then) => rounds.moves.push(Move::of(catalogue, then, now)),
            }
        }
        rounds.gone.extend(then.into_values().map(|unit| unit.name.clone()));
        rounds.moves.sort_by_key(|moved| (usize::MAX - moved.back.len(), usize::MAX - moved.done));
        rounds
    }
}

impl Move {
    fn of(catalogue: &Catalogue, then: &Unit, now: &Unit) -> Self {
        let mut moved =
            Self { name: now.name.clone(), then: then.tally, now: now.tally, done: 0, back: Vec::new(), others: 0 };
        let both = then.statuses.iter().zip(&now.statuses);
        for (requirement, statuses) in catalogue.requirements_for(now.kind).zip(both) {
            match statuses {
                (Some(then), Some(now)) if then == now => {}
                (Some(_), Some(Status::Done)) => moved.done += 1,
                (Some(Status::Done), Some(now)) if now.is_open() => moved.back.push(requirement.id),
                (Some(_), Some(_)) => moved.others += 1,
                _ => {}
            }
        }
        moved
    }
}
