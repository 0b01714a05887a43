//! 未报: who is on a list and has handed in nothing.

use std::collections::BTreeSet;

use crate::rollup::unit::{Round, Unit};
use crate::training::class::{Class, ListFault, key};

/// The most characters of a unit's name.
const LONGEST: usize = 60;
/// The most lines that are read.
const MOST: usize = 20_000;
const HEADS: [&str; 6] = ["序号", "单位", "单位名称", "单位名单", "名单", "名称"];

/// A list of units, held against what was handed in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roster {
    /// How many units are on the list.
    pub named: usize,
    /// Those of which there is nothing in this round.
    pub missing: Vec<String>,
    /// Those that are not on the list.
    pub beyond: Vec<String>,
    pub faults: Vec<ListFault>,
}

impl Roster {
    /// Reads a list, one unit a line, as people paste it. An empty one names nobody, and misses nobody.
    #[must_use]
    pub fn read(text: &str, units: &[Unit]) -> Self {
        let list = Class::parse_as(text, &HEADS, LONGEST, MOST);
        let (mut named, mut handed) = (BTreeSet::new(), BTreeSet::new());
        named.extend(list.names.iter().map(|name| key(name)));
        let now = || units.iter().filter(|unit| unit.round == Round::Now);
        handed.extend(now().map(|unit| key(&unit.name)));
        let mut beyond: Vec<String> = Vec::new();
        for unit in now().filter(|unit| !named.is_empty() && !named.contains(&key(&unit.name))) {
            if !beyond.contains(&unit.name) {
                beyond.push(unit.name.clone());
            }
        }
        let count = list.names.len();
        let missing = list.names.into_iter().filter(|name| !handed.contains(&key(name)));
        Self { named: count, missing: missing.collect(), beyond, faults: list.faults }
    }
}
