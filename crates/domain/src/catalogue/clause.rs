//! The speech: its parts and clauses, restated in our words.

use crate::catalogue::kinds::{ClauseKind, Who};

/// A headed part of the speech (`2.4`, 精心编制发展规划).
#[derive(Debug, PartialEq, Eq)]
pub struct Part {
    pub id: String,
    pub title: String,
    /// The speech's own number, as `一要`; empty where it gives none.
    pub numbering: String,
    /// The heading of the chapter that begins with it; empty where none does.
    pub chapter: String,
}

/// One row of the speech, restated in our words.
#[derive(Debug, PartialEq, Eq)]
pub struct Clause {
    /// Permanent locator, `part.point-letter`.
    pub id: String,
    pub kind: ClauseKind,
    pub who: Who,
    /// What it says, restated in our words.
    pub text: String,
    /// Where in the speech it stands, as a reader would say it: `讲话二（四）准确把握发展定位`, `讲话二（四）第6条`.
    ///
    /// By the speech's own name where it has one, else by our own count within the point.
    pub locator: String,
    /// What the speech itself calls it; empty where it gives no name.
    pub name: String,
    /// Those whom the speech speaks to, in its words; empty where it names nobody.
    pub addressed: String,
    /// The speech's own number, as `其一`; empty where it gives none.
    pub numbering: String,
    /// 说明: what a reader must know beside it. Ours.
    pub note: String,
}

/// Something that people expect of the speech and that it does not say.
#[derive(Debug, PartialEq, Eq)]
pub struct Unsaid {
    pub title: String,
    pub text: String,
}

impl Clause {
    /// The headed part this clause stands in.
    #[must_use]
    pub fn part(&self) -> &str {
        part_of(&self.id)
    }
}

/// The part a clause locator or requirement id belongs to (`2.4-b` → `2.4`).
#[must_use]
pub fn part_of(id: &str) -> &str {
    id.split_once('-').map_or(id, |(part, _)| part)
}
