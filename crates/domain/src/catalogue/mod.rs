//! The catalogue: everything made from the speech.
//!
//! A plain value. That of this release is compiled from `catalogue/*.toml` and comes with the program; another can be read
//! while it runs.

pub mod clause;
pub mod kinds;
pub(crate) mod read;
pub mod requirement;
pub mod requirement_id;
pub mod rule;
pub mod step;

use std::fmt;
use std::sync::LazyLock;

use crate::catalogue::clause::{Clause, Part, Unsaid};
use crate::catalogue::kinds::UnitKind;
use crate::catalogue::requirement::Requirement;
use crate::catalogue::requirement_id::RequirementId;
use crate::catalogue::rule::Rule;
use crate::catalogue::step::Step;
use crate::percent::unescape;

/// The whole content: the speech's clauses, the steps that ask for them, and what else goes by ids.
pub struct Catalogue {
    pub parts: Vec<Part>,
    pub clauses: Vec<Clause>,
    /// 讲话没有说的.
    pub unsaid: Vec<Unsaid>,
    pub steps: Vec<Step>,
    /// Which requirement rests on which, in the order of the catalogue.
    pub rules: Vec<Rule>,
    /// The clause that sets the order of the phases.
    pub phases_clause: String,
    /// What a department with several plans answers for each.
    pub each_plan: Vec<RequirementId>,
    /// Ids of requirements that were renamed, each with the id that took over.
    pub renamed: Vec<(String, String)>,
    /// Which statuses links carry; see [`LinkOrder`](crate::sharing::link_order::LinkOrder).
    pub link_order: String,
}

/// The catalogue of this release.
#[must_use]
pub fn builtin() -> &'static Catalogue {
    static BUILTIN: LazyLock<Catalogue> = LazyLock::new(|| {
        Catalogue::parse(include_str!(concat!(env!("OUT_DIR"), "/catalogue.json"))).expect("the build has written it")
    });
    &BUILTIN
}

/// There is one of each catalogue, so that nothing in it need be compared.
impl PartialEq for Catalogue {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Catalogue").finish_non_exhaustive()
    }
}

impl Catalogue {
    /// Reads a catalogue in its compiled form: the JSON that the build makes of the sources.
    /// `None` where something in it cannot be read. What the build checks is not checked again.
    #[must_use]
    pub fn parse(json: &str) -> Option<Self> {
        read::catalogue(serde_json::from_str(json).ok()?)
    }

    /// Every requirement, in the order of the steps.
    pub fn requirements(&self) -> impl DoubleEndedIterator<Item = &Requirement> {
        self.steps.iter().flat_map(|step| &step.requirements)
    }

    /// Every requirement that concerns a unit of this kind, in the order of the steps.
    pub fn requirements_for(&self, kind: UnitKind) -> impl DoubleEndedIterator<Item = &Requirement> {
        self.requirements().filter(move |requirement| requirement.role(kind).is_some())
    }

    /// The requirement with this id, whatever kind it concerns.
    #[must_use]
    pub fn requirement(&self, id: &str) -> Option<&Requirement> {
        self.requirements().find(|requirement| requirement.id.as_str() == id)
    }

    /// The id of the requirement or clause that the fragment of an address begins with, with whatever chat programs made of
    /// it: percent-encoded up to twice, in capitals, with `#` before it and punctuation or more after it.
    #[must_use]
    pub fn place_in(&self, fragment: &str) -> Option<&str> {
        let plain = unescape(&unescape(fragment.as_bytes()));
        // No id has capitals.
        let text = String::from_utf8_lossy(&plain).to_ascii_lowercase();
        let text = text.trim_start_matches(|letter: char| !letter.is_ascii_alphanumeric());
        let is_end = |at: usize| !text[at..].starts_with(|letter: char| letter.is_ascii_alphanumeric());
        // The longest that is one; ids are short.
        let ends = (1..=text.len().min(16)).rev().filter(|at| text.is_char_boundary(*at) && is_end(*at));
        let mut found = ends.filter_map(|at| {
            let id = &text[..at];
            let requirement = self.requirement(self.canonical_id(id)).map(|requirement| requirement.id.as_str());
            requirement.or_else(|| self.clause(id).map(|clause| clause.id.as_str()))
        });
        found.next()
    }

    /// The id by which a requirement goes today: follows renamings, and leaves every other id as it is.
    #[must_use]
    pub fn canonical_id<'a>(&'a self, id: &'a str) -> &'a str {
        // A renamed requirement may be renamed again, but no more often than there are renamings.
        self.renamed.iter().fold(id, |id, _| self.renamed.iter().find(|(old, _)| old == id).map_or(id, |(_, new)| new))
    }

    /// The step that holds this requirement.
    #[must_use]
    pub fn step_of(&self, id: RequirementId) -> Option<&Step> {
        self.steps.iter().find(|step| step.requirements.iter().any(|requirement| requirement.id == id))
    }

    /// The step with this id.
    #[must_use]
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// The clause with this locator.
    #[must_use]
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.id == id)
    }

    /// The requirements that cite this clause, in the order of the steps.
    pub fn covering<'a>(&'a self, clause: &'a str) -> impl Iterator<Item = &'a Requirement> {
        self.requirements().filter(move |requirement| requirement.clauses.iter().any(|cited| cited == clause))
    }

    /// The first unanswered requirement after `from`, going round to the start; `from` itself last.
    ///
    /// `None` when `is_open` holds for no requirement of this kind.
    pub fn next_open(
        &self,
        kind: UnitKind,
        from: Option<RequirementId>,
        is_open: impl Fn(RequirementId) -> bool,
    ) -> Option<&Requirement> {
        let all: Vec<_> = self.requirements_for(kind).collect();
        let start = from.and_then(|id| all.iter().position(|requirement| requirement.id == id)).map_or(0, |at| at + 1);
        let (before, after) = all.split_at(start);
        after.iter().chain(before).copied().find(|requirement| is_open(requirement.id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::clause::part_of;
    use crate::cycle::Cycle;

    #[test]
    fn locators_read_as_people_say_them() {
        for (id, expected) in [
            ("2.4-b", "讲话二（四）准确把握发展定位"),
            ("2.4-f", "讲话二（四）第6条"),
            ("2.1-a", "讲话二（一）规划理念"),
            ("1.1-a", "讲话一（一）第1条"),
            ("3.5-b", "讲话三（五）第2条"),
            ("2.0-a", "讲话二引言第1条"),
            ("0-b", "讲话开头第2条"),
            ("3.6-a", "讲话结束语第1条"),
        ] {
            assert_eq!(builtin().clause(id).map(|clause| clause.locator.as_str()), Some(expected));
        }
    }

    #[test]
    fn the_counts_of_the_speech_hold() {
        let of = |part: &str| builtin().clauses.iter().filter(|clause| clause.part() == part).count();
        for (part, count) in [
            ("0", 2),
            ("1.1", 4),
            ("1.2", 4),
            ("1.3", 5),
            ("2.0", 1),
            ("2.1", 6),
            ("2.2", 5),
            ("2.3", 7),
            ("2.4", 8),
            ("2.5", 8),
            ("3.1", 6),
            ("3.2", 5),
            ("3.3", 6),
            ("3.5", 3),
            ("3.6", 2),
        ] {
            assert_eq!(of(part), count, "clauses in part {part}");
        }
        assert_eq!(of("3.4"), 0, "part three of the speech has no 四要");
        assert_eq!(builtin().steps.len(), 11);
    }

    #[test]
    fn nobody_is_asked_for_the_duties_of_others() {
        for (clause, kind) in
            [("3.1-a", UnitKind::Commission), ("3.1-d", UnitKind::Department), ("3.1-e", UnitKind::County)]
        {
            let mut found = 0;
            for requirement in builtin().covering(clause).filter(|r| part_of(r.id.as_str()) == "3.1") {
                found += 1;
                for other in UnitKind::ALL {
                    assert_eq!(requirement.role(other).is_some(), other == kind, "{} asks {other:?}", requirement.id);
                }
            }
            assert!(found > 0, "{clause} has no requirement of its own");
        }
    }

    #[test]
    fn titles_tell_requirements_apart_for_every_kind() {
        for kind in UnitKind::ALL {
            let mut titles: Vec<_> =
                builtin().requirements_for(kind).map(|r| r.title(kind, Cycle::OF_THE_SPEECH)).collect();
            let count = titles.len();
            assert!((45..=80).contains(&count), "{kind:?} is asked {count} requirements");
            titles.sort_unstable();
            titles.dedup();
            assert_eq!(titles.len(), count, "two requirements of {kind:?} share a title");
        }
    }

    #[test]
    fn renamings_are_followed_to_the_end_and_lead_to_requirements_that_exist() {
        let renamed = |pairs: &[(&str, &str)]| Catalogue {
            parts: Vec::new(),
            clauses: Vec::new(),
            unsaid: Vec::new(),
            steps: Vec::new(),
            rules: Vec::new(),
            phases_clause: String::new(),
            each_plan: Vec::new(),
            renamed: pairs.iter().map(|(old, new)| ((*old).into(), (*new).into())).collect(),
            link_order: String::new(),
        };
        let catalogue = renamed(&[("b", "c"), ("a", "b"), ("x", "y")]);
        for (old, new) in [("a", "c"), ("b", "c"), ("c", "c"), ("x", "y"), ("2.4-b", "2.4-b")] {
            assert_eq!(catalogue.canonical_id(old), new);
        }
        // A circle ends, too.
        assert!(!renamed(&[("a", "b"), ("b", "a")]).canonical_id("a").is_empty());
        for (old, _) in &builtin().renamed {
            assert!(builtin().requirement(old).is_none(), "{old} still exists");
            assert!(builtin().requirement(builtin().canonical_id(old)).is_some(), "{old} leads nowhere");
        }
    }

    #[test]
    fn a_place_is_found_in_whatever_became_of_its_link() {
        for rest in
            ["", "，请看", "%EF%BC%8C", "%25EF%25BC%258C", "?from=timeline", "##", "。", " ", "-", ".", "&x", "/", "）"]
        {
            for start in ["", "#", "##", "%23", "%2523", "\u{200b}"] {
                for id in ["2.4-b", "2.4-b2", "0-x"] {
                    let found = builtin().place_in(&format!("{start}{id}{rest}"));
                    let capitals = format!("{start}{}{rest}", id.to_uppercase());
                    assert_eq!(found, builtin().place_in(&capitals), "{capitals}");
                    let expected = builtin().requirement(id).map(|found| found.id.as_str());
                    assert_eq!(found, expected, "{start}{id}{rest}");
                }
            }
        }
        for other in ["", "#", "2.4", "2.4-bb", "2.4-b22", "s=1abc", "%", "规划", "x2.4-b"] {
            assert!(builtin().place_in(other).is_none(), "{other}");
        }
        assert!(builtin().place_in("2%2E4%2Db").is_some());
        for clause in &builtin().clauses {
            let found = builtin().place_in(&format!("%23{}%EF%BC%8C", clause.id.to_uppercase()));
            assert_eq!(found, Some(clause.id.as_str()));
        }
    }

    #[test]
    fn the_next_open_requirement_goes_round_once() {
        let kind = UnitKind::County;
        let ids: Vec<_> = builtin().requirements_for(kind).map(|requirement| requirement.id).collect();
        let next =
            |from, open: &[RequirementId]| builtin().next_open(kind, from, |id| open.contains(&id)).map(|r| r.id);
        assert_eq!(next(None, &ids), Some(ids[0]));
        assert_eq!(next(Some(ids[3]), &ids), Some(ids[4]));
        assert_eq!(next(Some(ids[3]), &ids[..2]), Some(ids[0]));
        assert_eq!(next(Some(ids[3]), &ids[3..4]), Some(ids[3]));
        assert_eq!(next(Some(ids[3]), &[]), None);
    }
}
