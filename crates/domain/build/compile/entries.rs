//! What the sources look like.

use std::collections::BTreeMap;

use serde::de::IntoDeserializer as _;
use serde::de::value::Error as WordError;
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::kinds::{Binding, ClauseKind, Phase, Role, RoleBasis, UnitKind, Who};

pub(super) type Text = Spanned<String>;
pub(super) type List = Spanned<Vec<Text>>;

/// `clauses.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SpeechFile {
    pub(super) part: Vec<PartEntry>,
    pub(super) clause: Vec<ClauseEntry>,
    #[serde(default)]
    pub(super) unsaid: Vec<UnsaidEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartEntry {
    pub(super) id: Text,
    pub(super) title: Text,
    pub(super) numbering: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClauseEntry {
    pub(super) id: Text,
    /// What the speech itself calls it.
    pub(super) name: Option<Text>,
    pub(super) kind: ClauseKind,
    pub(super) who: Who,
    /// Those whom the speech speaks to, in its words.
    pub(super) addressed: Option<Text>,
    pub(super) numbering: Option<Text>,
    pub(super) note: Option<Text>,
    pub(super) text: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnsaidEntry {
    pub(super) title: Text,
    pub(super) text: Text,
}

/// A step.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StepFile {
    pub(super) step: StepEntry,
    #[serde(default)]
    pub(super) requirement: Vec<RequirementEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StepEntry {
    pub(super) id: Text,
    pub(super) title: Text,
    pub(super) summary: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RequirementEntry {
    pub(super) id: Text,
    pub(super) title: Text,
    pub(super) question: Text,
    pub(super) phase: Phase,
    pub(super) clauses: List,
    pub(super) points: List,
    pub(super) evidence: List,
    pub(super) mistakes: List,
    pub(super) hint: Option<Text>,
    commission: Spanned<Duty>,
    department: Spanned<Duty>,
    county: Spanned<Duty>,
    pub(super) other_cycles: Option<WordingEntry>,
    #[serde(default, rename = "for")]
    pub(super) variants: BTreeMap<UnitKind, VariantEntry>,
}

/// Words that differ for one kind of unit.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VariantEntry {
    title: Option<Text>,
    question: Option<Text>,
    points: Option<List>,
    evidence: Option<List>,
    mistakes: Option<List>,
    hint: Option<Text>,
    other_cycles: Option<WordingEntry>,
}

/// Words that differ.
#[derive(Deserialize, Default, Clone)]
#[serde(deny_unknown_fields)]
pub(super) struct WordingEntry {
    pub(super) title: Option<Text>,
    pub(super) question: Option<Text>,
    pub(super) points: Option<List>,
    pub(super) evidence: Option<List>,
    pub(super) mistakes: Option<List>,
    pub(super) hint: Option<Text>,
}

/// A role and its basis, as `lead, named`; `none` for whom it does not concern.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Duty(pub(super) Option<(Role, RoleBasis)>);

/// `order.toml`: what goes by ids.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OrderFile {
    pub(super) phases: PhasesEntry,
    #[serde(default)]
    pub(super) part: Vec<PlaceEntry>,
    #[serde(default)]
    pub(super) binding: Vec<BindingEntry>,
    #[serde(default)]
    pub(super) rule: Vec<RuleEntry>,
    #[serde(default)]
    pub(super) renamed: BTreeMap<String, Text>,
}

/// The clause that sets the order of the phases.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PhasesEntry {
    pub(super) clause: Text,
}

/// The chapter that begins with a part, and how locators call the part where its number does not say it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlaceEntry {
    pub(super) id: Text,
    pub(super) chapter: Option<Text>,
    pub(super) place: Option<Text>,
}

/// A requirement that the speech binds to one of its two dates.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BindingEntry {
    pub(super) requirement: Text,
    pub(super) date: Binding,
}

/// A requirement that rests on others.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleEntry {
    pub(super) requirement: Text,
    pub(super) after: List,
    pub(super) clause: Option<Text>,
    pub(super) reason: Text,
}

impl RequirementEntry {
    pub(super) fn duty(&self, kind: UnitKind) -> &Spanned<Duty> {
        match kind {
            UnitKind::Commission => &self.commission,
            UnitKind::Department => &self.department,
            UnitKind::County => &self.county,
        }
    }

    pub(super) fn concerns(&self, kind: UnitKind) -> bool {
        self.duty(kind).get_ref().0.is_some()
    }

    /// Every wording, the most particular first: whom it is for, whether it is for other cycles only, and its words.
    pub(super) fn wordings(&self) -> Vec<(Option<UnitKind>, bool, WordingEntry)> {
        let mut all = Vec::new();
        for (kind, own) in &self.variants {
            all.extend(own.other_cycles.clone().map(|wording| (Some(*kind), true, wording)));
            all.push((Some(*kind), false, own.wording()));
        }
        all.extend(self.other_cycles.clone().map(|wording| (None, true, wording)));
        let common = WordingEntry {
            title: Some(self.title.clone()),
            question: Some(self.question.clone()),
            points: Some(self.points.clone()),
            evidence: Some(self.evidence.clone()),
            mistakes: Some(self.mistakes.clone()),
            hint: self.hint.clone(),
        };
        all.push((None, false, common));
        all
    }
}

impl VariantEntry {
    fn wording(&self) -> WordingEntry {
        let Self { title, question, points, evidence, mistakes, hint, .. } = self;
        WordingEntry {
            title: title.clone(),
            question: question.clone(),
            points: points.clone(),
            evidence: evidence.clone(),
            mistakes: mistakes.clone(),
            hint: hint.clone(),
        }
    }
}

impl<'de> Deserialize<'de> for Duty {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text == "none" {
            return Ok(Self(None));
        }
        let (role, basis) = text.split_once(", ").unwrap_or((&text, ""));
        let word = |error: WordError| serde::de::Error::custom(error);
        let role = Role::deserialize(role.into_deserializer()).map_err(word)?;
        let basis = RoleBasis::deserialize(basis.into_deserializer()).map_err(word)?;
        Ok(Self(Some((role, basis))))
    }
}
