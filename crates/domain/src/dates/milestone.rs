//! A date that the unit set itself.

use crate::catalogue::requirement_id::RequirementId;
use crate::date::Date;

/// 自定节点: a date the unit set itself, and what is to be done by then.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Milestone {
    pub name: String,
    /// `None` while it is being entered.
    pub date: Option<Date>,
    /// May be empty: an event, such as a meeting.
    pub requirements: Vec<RequirementId>,
}
