//! A step: its requirements, and their words.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::super::kinds::{Phase, UnitKind};
use super::duty::Duty;
use super::{List, Text};

/// A step.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct StepFile {
    pub(in super::super) step: StepEntry,
    #[serde(default)]
    pub(in super::super) requirement: Vec<RequirementEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct StepEntry {
    pub(in super::super) id: Text,
    pub(in super::super) title: Text,
    pub(in super::super) summary: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct RequirementEntry {
    pub(in super::super) id: Text,
    pub(in super::super) title: Text,
    pub(in super::super) question: Text,
    pub(in super::super) phase: Phase,
    pub(in super::super) clauses: List,
    pub(in super::super) points: List,
    pub(in super::super) evidence: List,
    pub(in super::super) mistakes: List,
    pub(in super::super) hint: Option<Text>,
    commission: Spanned<Duty>,
    department: Spanned<Duty>,
    county: Spanned<Duty>,
    pub(in super::super) other_cycles: Option<WordingEntry>,
    #[serde(default, rename = "for")]
    pub(in super::super) variants: BTreeMap<UnitKind, VariantEntry>,
}

/// Words that differ for one kind of unit.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct VariantEntry {
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
pub(in super::super) struct WordingEntry {
    pub(in super::super) title: Option<Text>,
    pub(in super::super) question: Option<Text>,
    pub(in super::super) points: Option<List>,
    pub(in super::super) evidence: Option<List>,
    pub(in super::super) mistakes: Option<List>,
    pub(in super::super) hint: Option<Text>,
}

impl RequirementEntry {
    pub(in super::super) fn duty(&self, kind: UnitKind) -> &Spanned<Duty> {
        match kind {
            UnitKind::Commission => &self.commission,
            UnitKind::Department => &self.department,
            UnitKind::County => &self.county,
        }
    }

    pub(in super::super) fn concerns(&self, kind: UnitKind) -> bool {
        self.duty(kind).get_ref().0.is_some()
    }

    /// How many points a unit of this kind has to meet in the speech's cycle; `None` where it is not asked.
    pub(in super::super) fn points_asked(&self, kind: UnitKind) -> Option<usize> {
        let own = self.variants.get(&kind).and_then(|variant| variant.points.as_ref());
        self.concerns(kind).then(|| own.unwrap_or(&self.points).get_ref().len())
    }

    /// Every wording, the most particular first: whom it is for, whether it is for other cycles only, and its words.
    pub(in super::super) fn wordings(&self) -> Vec<(Option<UnitKind>, bool, WordingEntry)> {
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
