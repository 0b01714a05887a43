//! The table of units × steps: which units are in it, in which order; and what stands below it.

use crate::catalogue::Catalogue;
use crate::catalogue::kinds::UnitKind;
use crate::catalogue::requirement_id::RequirementId;
use crate::checking::review::Finding;
use crate::cycle::Cycle;
use crate::rollup::unit::{Round, Unit, UnitFinding};
use crate::training::class::key;
use crate::workbook::status::Status;

/// Units that can be compared: of one kind and cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    pub kind: UnitKind,
    pub cycle: Cycle,
}

/// What the rows are ordered by. Of equals, the order of names decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    #[default]
    Name,
    Percent,
    Open,
    Late,
}

/// Which rows are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Only {
    #[default]
    All,
    /// Something is late, or lacks its evidence or reason.
    Problems,
}

/// What is to be seen of the table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    pub sort: Sort,
    pub is_descending: bool,
    /// What names must contain.
    pub text: String,
    pub only: Only,
}

/// A requirement, and how many of the units it is asked of have not got there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missed {
    pub id: RequirementId,
    pub asked: usize,
    /// 未核对, 未启动 or 推进中.
    pub open: usize,
    pub unchecked: usize,
}

/// The groups of this round, the largest first, each with how many units are in it.
#[must_use]
pub fn groups(units: &[Unit]) -> Vec<(Group, usize)> {
    let mut groups: Vec<(Group, usize)> = Vec::new();
    for unit in units.iter().filter(|unit| unit.round == Round::Now) {
        let group = Group::of(unit);
        match groups.iter_mut().find(|(other, _)| *other == group) {
            Some((_, count)) => *count += 1,
            None => groups.push((group, 1)),
        }
    }
    groups.sort_by_key(|(group, count)| (usize::MAX - count, *group));
    groups
}

impl Group {
    #[must_use]
    pub fn of(unit: &Unit) -> Self {
        Self { kind: unit.kind, cycle: unit.cycle }
    }

    /// Its units of this round.
    pub fn units(self, units: &[Unit]) -> impl Iterator<Item = &Unit> {
        units.iter().filter(move |unit| unit.round == Round::Now && Self::of(unit) == self)
    }
}

/// The places of the units to be shown, in their order.
#[must_use]
pub fn rows(units: &[Unit], group: Group, query: &Query) -> Vec<usize> {
    let wanted = key(&query.text);
    let is_shown = |unit: &Unit| {
        let has_name = wanted.is_empty() || key(&unit.name).windows(wanted.len()).any(|part| *part == wanted);
        has_name && (query.only == Only::All || unit.has_problems())
    };
    let of_group = |unit: &Unit| unit.round == Round::Now && Group::of(unit) == group;
    let mut rows: Vec<usize> = (0..units.len()).filter(|at| of_group(&units[*at]) && is_shown(&units[*at])).collect();
    let rank = |at: &usize| -> usize {
        let unit = &units[*at];
        match query.sort {
            Sort::Name => *at,
            // What nothing applies to stands after all others.
            Sort::Percent => unit.tally.percent().map_or(101, usize::from),
            Sort::Open => unit.tally.open(),
            Sort::Late => unit.count(Finding::Overdue),
        }
    };
    rows.sort_by(|one, other| {
        let order = rank(one).cmp(&rank(other));
        (if query.is_descending { order.reverse() } else { order }).then(one.cmp(other))
    });
    rows
}

/// What most units of a group miss, first; what none misses is left out.
#[must_use]
pub fn missed(catalogue: &Catalogue, units: &[Unit], group: Group) -> Vec<Missed> {
    let mut missed: Vec<Missed> = Vec::new();
    for (at, requirement) in catalogue.requirements_for(group.kind).enumerate() {
        let statuses = || group.units(units).filter_map(|unit| unit.statuses.get(at).copied().flatten());
        missed.push(Missed {
            id: requirement.id,
            asked: statuses().count(),
            open: statuses().filter(|status| status.is_open()).count(),
            unchecked: statuses().filter(|status| *status == Status::Unchecked).count(),
        });
    }
    missed.retain(|missed| missed.open > 0);
    // Shares, without dividing; the order of the catalogue decides between equals.
    missed.sort_by(|one, other| (other.open * one.asked).cmp(&(one.open * other.asked)));
    missed
}

/// What is late or nearly so in a group, by date, each with the place of its unit.
#[must_use]
pub fn laggards(units: &[Unit], group: Group) -> Vec<(usize, &UnitFinding)> {
    let mut found: Vec<(usize, &UnitFinding)> = Vec::new();
    for (at, unit) in units.iter().enumerate().filter(|(_, unit)| unit.round == Round::Now && Group::of(unit) == group)
    {
        let is_pressing = |found: &&UnitFinding| {
            found.findings.iter().any(|finding| matches!(finding, Finding::Overdue | Finding::Near))
        };
        found.extend(unit.found.iter().filter(is_pressing).map(|found| (at, found)));
    }
    found.sort_by_key(|(at, found)| (found.due, *at));
    found
}
