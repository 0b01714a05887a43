//! A snapshot: a workbook frozen for sharing, without its notes, names and evidence.

use std::collections::BTreeMap;

use crate::catalogue::Catalogue;
use crate::catalogue::kinds::UnitKind;
use crate::catalogue::requirement_id::RequirementId;
use crate::date::Date;
use crate::sharing::late::Late;
pub use crate::sharing::unit_name::{UNIT_LIMIT, clean_unit};
use crate::workbook::status::Status;
use crate::workbook::workbook::Workbook;

/// 自查快照. What a link carries, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    pub kind: UnitKind,
    /// First year of the plan.
    pub cycle: u16,
    /// The day it was taken.
    pub taken: Option<Date>,
    /// 单位名称, as [`clean_unit`] leaves it.
    pub unit: Option<String>,
    /// What was looked at; a requirement that is missing here is 未核对.
    pub statuses: BTreeMap<RequirementId, Status>,
    /// How many statuses belong to requirements that this catalogue does not ask of this kind.
    pub unknown: usize,
    /// What this catalogue asks and that of the link did not: not even 未核对.
    pub absent: Vec<RequirementId>,
    /// 逾期, where whoever sent it chose to say so.
    pub late: Late,
}

/// A requirement on which two sides do not agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disagreement {
    pub id: RequirementId,
    pub theirs: Status,
    pub ours: Status,
}

impl Snapshot {
    /// Nothing looked at yet.
    #[must_use]
    pub fn new(kind: UnitKind, cycle: u16) -> Self {
        Self {
            kind,
            cycle,
            taken: None,
            unit: None,
            statuses: BTreeMap::new(),
            unknown: 0,
            absent: Vec::new(),
            late: Late::NotTold,
        }
    }

    /// A workbook as it stands on this day, without the name of its unit.
    #[must_use]
    pub fn of(catalogue: &Catalogue, workbook: &Workbook, today: Option<Date>) -> Self {
        let mut snapshot = Self { taken: today, ..Self::new(workbook.kind, workbook.cycle.first_year()) };
        for requirement in catalogue.requirements_for(workbook.kind) {
            let status = workbook.status(requirement.id);
            if status != Status::Unchecked {
                snapshot.statuses.insert(requirement.id, status);
            }
        }
        snapshot
    }

    /// The status of a requirement.
    #[must_use]
    pub fn status(&self, id: RequirementId) -> Status {
        self.statuses.get(&id).copied().unwrap_or_default()
    }

    /// How many stand at each status, in the order of [`Status::ALL`]; what is absent is not counted.
    #[must_use]
    pub fn counts(&self, catalogue: &Catalogue) -> [usize; 5] {
        let mut counts = [0; 5];
        for requirement in catalogue.requirements_for(self.kind) {
            if !self.absent.contains(&requirement.id) {
                counts[self.status(requirement.id) as usize] += 1;
            }
        }
        counts
    }

    /// Where the snapshot and `ours` differ, in the order of the catalogue.
    ///
    /// Only what is asked of both kinds is compared, and nothing that the link's catalogue did not have.
    #[must_use]
    pub fn disagreements(
        &self,
        catalogue: &Catalogue,
        our_kind: UnitKind,
        ours: impl Fn(RequirementId) -> Status,
    ) -> Vec<Disagreement> {
        catalogue
            .requirements_for(self.kind)
            .filter(|requirement| requirement.role(our_kind).is_some() && !self.absent.contains(&requirement.id))
            .map(|requirement| requirement.id)
            .map(|id| Disagreement { id, theirs: self.status(id), ours: ours(id) })
            .filter(|disagreement| disagreement.theirs != disagreement.ours)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::builtin;
    use crate::cycle::Cycle;
    use crate::workbook::stamp::{Author, Stamp};
    use crate::workbook::update::{Msg, update};
    use crate::workbook::workbook_id::WorkbookId;

    fn ids(kind: UnitKind) -> Vec<RequirementId> {
        builtin().requirements_for(kind).map(|requirement| requirement.id).collect()
    }

    #[test]
    fn a_name_from_a_link_cannot_hide_anything() {
        for (name, expected) in [
            ("某县发展改革局", Some("某县发展改革局")),
            ("  某县\u{202e}发展\u{0}改革\u{9f}局\n ", Some("某县发展改革局")),
            ("\u{feff} \u{200b}某局", Some("某局")),
            ("<b>某局</b>", Some("<b>某局</b>")),
            (" \u{2066}\u{2069}\t", None),
            ("", None),
        ] {
            assert_eq!(clean_unit(name).as_deref(), expected, "{name:?}");
        }
    }

    #[test]
    fn a_long_name_ends_at_a_whole_character() {
        assert_eq!(clean_unit(&"县".repeat(200)), Some("县".repeat(UNIT_LIMIT)));
        let odd = format!("县{}", "𠮷".repeat(40));
        assert_eq!(clean_unit(&odd), Some(format!("县{}", "𠮷".repeat((UNIT_LIMIT - 1) / 2))));
    }

    #[test]
    fn a_name_stays_as_it_is_when_cleaned_again() {
        for name in ["某县 发展改革局", "a\u{202e} b", " x "] {
            let once = clean_unit(name);
            assert_eq!(once.as_deref().and_then(clean_unit), once);
        }
        let ends_in_a_blank = format!("{} 县", "县".repeat(UNIT_LIMIT - 1));
        assert_eq!(clean_unit(&ends_in_a_blank), Some("县".repeat(UNIT_LIMIT - 1)));
    }

    #[test]
    fn a_snapshot_shows_what_its_workbook_shows_and_no_more() {
        let asked = ids(UnitKind::County);
        let stamp = Stamp { wall: 1, counter: 0, author: Author(1) };
        let msgs = [
            Msg::CycleChosen(Cycle(2026)),
            Msg::UnitNamed("某县".into()),
            Msg::NoteWritten(asked[0], "备注".into()),
            Msg::Answered(asked[1], Status::Done),
        ];
        let blank = Workbook::new(WorkbookId(1), UnitKind::County);
        let workbook = msgs.into_iter().fold(blank, |workbook, msg| update(&workbook, msg, stamp));
        let today = Date::new(2025, 12, 31);
        let mut expected = Snapshot { taken: today, ..Snapshot::new(UnitKind::County, 2026) };
        expected.statuses.insert(asked[1], Status::Done);
        assert_eq!(Snapshot::of(builtin(), &workbook, today), expected);
    }

    #[test]
    fn only_what_both_were_asked_is_compared() {
        let mut theirs = Snapshot::new(UnitKind::County, 2021);
        let asked = ids(UnitKind::County);
        theirs.statuses.insert(asked[0], Status::Done);
        theirs.statuses.insert(asked[1], Status::InProgress);
        theirs.absent.push(asked[2]);
        let ours = |id| if id == asked[1] || id == asked[2] { Status::InProgress } else { Status::Unchecked };
        let expected = Disagreement { id: asked[0], theirs: Status::Done, ours: Status::Unchecked };
        assert_eq!(theirs.disagreements(builtin(), UnitKind::County, ours), [expected]);

        for other in UnitKind::ALL {
            let all = theirs.disagreements(builtin(), other, |_| Status::NotApplicable);
            let shared = ids(other).into_iter().filter(|id| asked.contains(id) && *id != asked[2]);
            assert_eq!(all.iter().map(|disagreement| disagreement.id).collect::<Vec<_>>(), shared.collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_the_link_never_held_is_not_counted() {
        let mut snapshot = Snapshot::new(UnitKind::County, 2021);
        let asked = ids(UnitKind::County);
        snapshot.statuses.insert(asked[0], Status::Done);
        snapshot.absent.push(asked[1]);
        assert_eq!(snapshot.counts(builtin()), [asked.len() - 2, 0, 0, 1, 0]);
    }
}
