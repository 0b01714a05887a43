//! A page of requirements.

use crate::catalogue::kinds::UnitKind;
use crate::catalogue::requirement::Requirement;

/// A page of requirements, in the order a person works through them.
#[derive(Debug, PartialEq, Eq)]
pub struct Step {
    /// The last part of the page's address; permanent.
    pub id: String,
    pub title: String,
    pub summary: String,
    pub requirements: Vec<Requirement>,
}

impl Step {
    /// The step's requirements that concern a unit of this kind.
    pub fn requirements_for(&self, kind: UnitKind) -> impl DoubleEndedIterator<Item = &Requirement> {
        self.requirements.iter().filter(move |requirement| requirement.role(kind).is_some())
    }
}
