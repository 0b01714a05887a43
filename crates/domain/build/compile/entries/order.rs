//! `order.toml`: what goes by ids.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::super::kinds::Binding;
use super::{List, Text};

/// `order.toml`: what goes by ids.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct OrderFile {
    /// What a department with several plans answers for each.
    pub(in super::super) each_plan: Option<List>,
    pub(in super::super) phases: PhasesEntry,
    #[serde(default)]
    pub(in super::super) part: Vec<PlaceEntry>,
    #[serde(default)]
    pub(in super::super) binding: Vec<BindingEntry>,
    #[serde(default)]
    pub(in super::super) rule: Vec<RuleEntry>,
    #[serde(default)]
    pub(in super::super) renamed: BTreeMap<String, Text>,
}

/// The clause that sets the order of the phases.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct PhasesEntry {
    pub(in super::super) clause: Text,
}

/// The chapter that begins with a part, and how locators call the part where its number does not say it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct PlaceEntry {
    pub(in super::super) id: Text,
    pub(in super::super) chapter: Option<Text>,
    pub(in super::super) place: Option<Text>,
}

/// A requirement that the speech binds to one of its two dates.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct BindingEntry {
    pub(in super::super) requirement: Text,
    pub(in super::super) date: Binding,
}

/// A requirement that rests on others.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct RuleEntry {
    pub(in super::super) requirement: Text,
    pub(in super::super) after: List,
    pub(in super::super) clause: Option<Text>,
    pub(in super::super) reason: Text,
}
