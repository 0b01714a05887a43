//! `clauses.toml`: the speech.

use serde::Deserialize;

use super::super::kinds::{ClauseKind, Who};
use super::Text;

/// `clauses.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct SpeechFile {
    pub(in super::super) part: Vec<PartEntry>,
    pub(in super::super) clause: Vec<ClauseEntry>,
    #[serde(default)]
    pub(in super::super) unsaid: Vec<UnsaidEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct PartEntry {
    pub(in super::super) id: Text,
    pub(in super::super) title: Text,
    pub(in super::super) numbering: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct ClauseEntry {
    pub(in super::super) id: Text,
    /// What the speech itself calls it.
    pub(in super::super) name: Option<Text>,
    pub(in super::super) kind: ClauseKind,
    pub(in super::super) who: Who,
    /// Those whom the speech speaks to, in its words.
    pub(in super::super) addressed: Option<Text>,
    pub(in super::super) numbering: Option<Text>,
    pub(in super::super) note: Option<Text>,
    pub(in super::super) text: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct UnsaidEntry {
    pub(in super::super) title: Text,
    pub(in super::super) text: Text,
}
