//! One of several plans that a department draws up.

use crate::catalogue::requirement_id::RequirementId;
use crate::workbook::entry::EntryId;
use crate::workbook::workbook_id::WorkbookId;

/// By which a requirement is answered for this plan alone: `2.4-b2+9f3a61c0`. `None` for an id too long for that, which no
/// requirement of a catalogue has.
#[must_use]
pub fn id_for_plan(requirement: RequirementId, plan: EntryId) -> Option<RequirementId> {
    let number = WorkbookId::from(plan.0).0 & 0xffff_ffff;
    RequirementId::parse(&format!("{requirement}+{number:08x}"))
}

/// The requirement that such an id is about; `None` for every other id.
#[must_use]
pub fn requirement_of(id: &RequirementId) -> Option<&str> {
    id.as_str().split_once('+').map(|(requirement, _)| requirement)
}
