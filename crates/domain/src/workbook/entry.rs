//! An entry of a list: evidence, or a milestone.

use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::catalogue::Catalogue;
use crate::catalogue::requirement_id::RequirementId;
use crate::date::Date;
use crate::dates::milestone::Milestone;
use crate::workbook::field::Field;
use crate::workbook::stamp::Stamp;

/// The entries of a list, in the order in which they were made, those that were removed too.
pub(crate) type Entries = BTreeMap<EntryId, Rc<Entry>>;

/// Names an entry of a list by the moment it was made: unique, and in the order of making.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub Stamp);

/// An entry of a [`List`]: 佐证, something that shows an answer is true; 自定节点, a date the unit set itself; something the
/// unit asks of itself; or a plan it draws up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// What it is.
    pub what: Field<String>,
    /// Document number or link; of a milestone the ids of what is to be done by then, parted by blanks; of a unit's own
    /// requirement the id of its step.
    pub reference: Field<String>,
    /// Where it is kept; of a unit's own requirement what it rests on.
    pub place: Field<String>,
    pub date: Field<Option<Date>>,
    pub is_removed: Field<bool>,
    pub(crate) unknown: serde_json::Map<String, Value>,
}

/// Where entries stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum List {
    /// The evidence of one answer.
    Evidence(RequirementId),
    /// The workbook's milestones.
    Milestones,
    /// 本单位自加: what the unit asks of itself besides the speech.
    OwnRequirements,
    /// The plans a department draws up, where it has several.
    Plans,
}

/// The entries that were not removed.
pub(crate) fn shown(entries: &Entries) -> impl Iterator<Item = (EntryId, &Entry)> {
    entries.iter().filter(|(_, entry)| !*entry.is_removed).map(|(id, entry)| (*id, &**entry))
}

/// Hands out when these entries were made and written to.
pub(crate) fn each_stamp(entries: &Entries, take: &mut dyn FnMut(Stamp)) {
    for (id, entry) in entries {
        take(id.0);
        [&entry.what, &entry.reference, &entry.place].map(Field::stamp).into_iter().for_each(&mut *take);
        [entry.date.stamp(), entry.is_removed.stamp()].into_iter().for_each(&mut *take);
    }
}

/// See [`Workbook::bound_stamps`](crate::workbook::workbook::Workbook::bound_stamps). Gives the entries whose ids changed by
/// it: what each was, and what it is now.
pub(crate) fn bound(entries: &mut Entries, latest: u64) -> Vec<(EntryId, EntryId)> {
    let mut renamed = Vec::new();
    for (was, mut entry) in std::mem::take(entries) {
        let fields = Rc::make_mut(&mut entry);
        fields.what.bound(latest);
        fields.reference.bound(latest);
        fields.place.bound(latest);
        fields.date.bound(latest);
        fields.is_removed.bound(latest);
        let mut id = EntryId(was.0.bounded(latest));
        while entries.contains_key(&id) {
            id = EntryId(id.0.or_after(id.0));
        }
        entries.insert(id, entry);
        if id != was {
            renamed.push((was, id));
        }
    }
    renamed
}

impl EntryId {
    /// Reads what [`Display`](fmt::Display) writes; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Stamp::parse(text).map(Self)
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Entry {
    /// The milestone it is. What it names and this catalogue does not have is left out, but stays written.
    #[must_use]
    pub fn milestone(&self, catalogue: &Catalogue) -> Milestone {
        let named = self.reference.split_whitespace();
        let named = named.filter_map(|id| catalogue.requirement(catalogue.canonical_id(id)));
        let requirements = named.map(|requirement| requirement.id).collect();
        Milestone { name: (*self.what).clone(), date: *self.date, requirements }
    }

    /// As evidence on one line: what it is, and in brackets its number, where it is kept, and its date.
    #[must_use]
    pub fn in_words(&self) -> String {
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let date = self.date.map(Date::in_chinese).unwrap_or_default();
        let more = [one_line(&self.reference), one_line(&self.place), date];
        let more: Vec<_> = more.into_iter().filter(|text| !text.is_empty()).collect();
        let what = one_line(&self.what);
        match (what.is_empty(), more.is_empty()) {
            (_, true) => what,
            (true, false) => more.join("；"),
            (false, false) => format!("{what}（{}）", more.join("；")),
        }
    }

    /// Whether it names nothing: neither what it is nor where it is. A date alone is no evidence.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        [&self.what, &self.reference, &self.place].iter().all(|text| text.trim().is_empty())
    }
}
