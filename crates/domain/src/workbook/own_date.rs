//! The dates that the speech leaves to the unit.

use serde::{Deserialize, Serialize};

/// A date that the speech leaves to the unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum OwnDate {
    MobilisationStart,
    MobilisationEnd,
    ResearchStart,
    ResearchEnd,
}

impl OwnDate {
    pub const ALL: [Self; 4] = [Self::MobilisationStart, Self::MobilisationEnd, Self::ResearchStart, Self::ResearchEnd];

    /// Its word in save files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MobilisationStart => "mobilisation-start",
            Self::MobilisationEnd => "mobilisation-end",
            Self::ResearchStart => "research-start",
            Self::ResearchEnd => "research-end",
        }
    }
}
