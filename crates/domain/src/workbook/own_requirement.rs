//! What a unit asks of itself.

use crate::catalogue::requirement_id::RequirementId;
use crate::workbook::entry::{Entry, EntryId};
use crate::workbook::workbook_id::WorkbookId;

/// 本单位自加: a requirement that the unit added to a step, from its province's plan say. The speech does not ask for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnRequirement<'a> {
    /// The entry of the workbook that says what it is.
    pub entry: EntryId,
    /// By which it is answered, as every other requirement.
    pub id: RequirementId,
    pub title: &'a str,
    /// The id of the step it was added to.
    pub step: &'a str,
    /// What it rests on; may be empty.
    pub source: &'a str,
}

impl<'a> OwnRequirement<'a> {
    pub(crate) fn new(at: EntryId, entry: &'a Entry) -> Self {
        Self { entry: at, id: id_of(at), title: &entry.what, step: &entry.reference, source: &entry.place }
    }

    /// What to call it where a name is needed.
    #[must_use]
    pub fn name(&self) -> &'a str {
        let title = self.title.trim();
        if title.is_empty() { "未写名称的自加要求" } else { title }
    }
}

/// The id of the answer: no requirement of a catalogue has one that begins so.
pub(crate) fn id_of(at: EntryId) -> RequirementId {
    let number = WorkbookId::from(at.0).0 & 0xffff_ffff_ffff;
    RequirementId::parse(&format!("own-{number:012x}")).expect("sixteen ASCII characters are an id")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::workbook::stamp::{Author, Clock};

    #[test]
    fn each_has_an_id_of_its_own() {
        let mut clock = Clock::new(Author(0x9f3a_61c0_2b11_7755));
        let mut ids = BTreeSet::new();
        for minute in 0..1000 {
            let id = id_of(EntryId(clock.tick(1_600_000_000_000 + minute / 10)));
            assert!(ids.insert(id), "{id} twice");
        }
        assert!(ids.iter().all(|id| id.as_str().len() == 16 && id.as_str().starts_with("own-")));
    }
}
