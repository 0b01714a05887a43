//! The catalogue: everything made from the speech, as static data checked at build time.

mod packed;
pub mod requirement_id;

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::chinese::numeral;
use crate::percent::unescape;

pub use requirement_id::RequirementId;

/// The whole content: the speech's clauses and the steps that ask for them.
#[derive(Debug)]
pub struct Catalogue {
    pub parts: &'static [Part],
    pub clauses: &'static [Clause],
    pub steps: &'static [Step],
}

/// The catalogue of this release, compiled from `catalogue/*.toml`.
///
/// Packed as one text and unpacked at first use: as structs, their pointers would cost a quarter more in the download.
pub static CATALOGUE: LazyLock<Catalogue> =
    LazyLock::new(|| packed::unpack(&include!(concat!(env!("OUT_DIR"), "/catalogue.rs"))));

// What not every page shows is packed and unpacked apart: a program that does not show it does not hold it.
static CLAUSE_TEXTS: LazyLock<&[&str]> =
    LazyLock::new(|| packed::lines(&include!(concat!(env!("OUT_DIR"), "/clause_texts.rs"))));
static ASKS: LazyLock<&[[Ask; 3]]> = LazyLock::new(|| packed::asks(&include!(concat!(env!("OUT_DIR"), "/asks.rs"))));
static ADVICE: LazyLock<&[[Advice; 3]]> =
    LazyLock::new(|| packed::advice(&include!(concat!(env!("OUT_DIR"), "/advice.rs"))));

/// A headed part of the speech (`2.4`, 精心编制发展规划).
#[derive(Debug, PartialEq, Eq)]
pub struct Part {
    pub id: &'static str,
    pub title: &'static str,
}

/// One row of the speech, restated in our words.
#[derive(Debug, PartialEq, Eq)]
pub struct Clause {
    /// Permanent locator, `part.point-letter`.
    pub id: &'static str,
    /// What the speech itself calls it; empty where it gives no name.
    pub name: &'static str,
    pub kind: ClauseKind,
    pub who: Who,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClauseKind {
    /// 任务: something to do.
    Task,
    /// 认识: something to have understood and written into the plan's reasoning.
    Insight,
    /// 背景: a fact; nothing to check.
    Background,
    /// 节点: a date.
    Date,
}

/// Whom a clause addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    All,
    Commission,
    CommissionLeads,
    Department,
    DepartmentLeads,
    County,
    Nobody,
}

/// A page of requirements, in the order a person works through them.
#[derive(Debug, PartialEq, Eq)]
pub struct Step {
    /// The last part of the page's address; permanent.
    pub id: &'static str,
    pub title: &'static str,
    pub summary: &'static str,
    pub requirements: &'static [Requirement],
}

/// One thing to check.
#[derive(Debug, PartialEq, Eq)]
pub struct Requirement {
    pub id: RequirementId,
    pub phase: Phase,
    /// Locators of the clauses it rests on.
    pub clauses: &'static [&'static str],
    roles: [Option<Role>; 3],
    titles: [&'static str; 3],
    /// Its place among all requirements.
    at: usize,
}

/// What a unit of one kind is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    /// Answered by 已落实 or not: “……是否……？”.
    pub question: &'static str,
    /// What together makes up a yes.
    pub points: &'static [&'static str],
}

/// 建议: what is ours, not the speech's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Advice {
    /// Evidence worth keeping.
    pub evidence: &'static [&'static str],
    /// Common mistakes.
    pub mistakes: &'static [&'static str],
}

/// 牵头 or 配合.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    Lead,
    Support,
}

/// The four phases, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// 动员部署
    Mobilisation,
    /// 前期研究
    Research,
    /// 起草修改
    Drafting,
    /// 审定报批
    Approval,
}

impl Phase {
    pub const ALL: [Self; 4] = [Self::Mobilisation, Self::Research, Self::Drafting, Self::Approval];
}

/// 单位类别: which of the three kinds of responsible unit is checking itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnitKind {
    /// 市发展改革委
    Commission,
    /// 市级部门
    Department,
    /// 县区政府
    County,
}

impl UnitKind {
    pub const ALL: [Self; 3] = [Self::Commission, Self::Department, Self::County];

    /// The kind's word in addresses and save files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Commission => "commission",
            Self::Department => "department",
            Self::County => "county",
        }
    }

    /// The kind that [`as_str`](Self::as_str) names so; `None` for any other word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

impl Requirement {
    /// Whether a unit of this kind leads or supports; `None` where it is not concerned and must not be asked.
    #[must_use]
    pub fn role(&self, kind: UnitKind) -> Option<Role> {
        self.roles[kind as usize]
    }

    /// What it is called, for a unit of this kind.
    #[must_use]
    pub fn title(&self, kind: UnitKind) -> &'static str {
        self.titles[kind as usize]
    }

    /// What a page calls it that speaks to nobody in particular: as the first kind that leads does.
    #[must_use]
    pub fn common_title(&self) -> &'static str {
        let leader = UnitKind::ALL.into_iter().rev().find(|kind| self.role(*kind) == Some(Role::Lead));
        self.title(leader.unwrap_or(UnitKind::County))
    }

    /// What a unit of this kind is asked.
    #[must_use]
    pub fn ask(&self, kind: UnitKind) -> Ask {
        ASKS[self.at][kind as usize]
    }

    /// Our advice for a unit of this kind.
    #[must_use]
    pub fn advice(&self, kind: UnitKind) -> Advice {
        ADVICE[self.at][kind as usize]
    }

    /// Whether the split into leading and supporting units is our advice rather than the speech's word.
    ///
    /// The speech names units in some clauses and addresses everybody in the others. Where a requirement rests only on
    /// the latter and we still tell leading from supporting, the split is ours and is shown as 建议.
    #[must_use]
    pub fn is_role_advice(&self, catalogue: &Catalogue) -> bool {
        let mut whos = self.clauses.iter().filter_map(|id| catalogue.clause(id)).map(|clause| clause.who);
        let is_named = whos.any(|who| !matches!(who, Who::All | Who::Nobody));
        !is_named && self.roles.iter().any(|role| *role != Some(Role::Lead))
    }
}

impl Step {
    /// The step's requirements that concern a unit of this kind.
    pub fn requirements_for(&'static self, kind: UnitKind) -> impl DoubleEndedIterator<Item = &'static Requirement> {
        self.requirements.iter().filter(move |requirement| requirement.role(kind).is_some())
    }
}

impl Catalogue {
    /// Every requirement, in the order of the steps.
    pub fn requirements(&'static self) -> impl DoubleEndedIterator<Item = &'static Requirement> {
        self.steps.iter().flat_map(|step| step.requirements)
    }

    /// Every requirement that concerns a unit of this kind, in the order of the steps.
    pub fn requirements_for(&'static self, kind: UnitKind) -> impl DoubleEndedIterator<Item = &'static Requirement> {
        self.requirements().filter(move |requirement| requirement.role(kind).is_some())
    }

    /// The requirement with this id, whatever kind it concerns.
    #[must_use]
    pub fn requirement(&'static self, id: &str) -> Option<&'static Requirement> {
        self.requirements().find(|requirement| requirement.id.as_str() == id)
    }

    /// The requirement that the fragment of an address begins with, with whatever chat programs made of it: percent-encoded
    /// up to twice, with `#` before it and punctuation or more after it.
    #[must_use]
    pub fn requirement_in(&'static self, fragment: &str) -> Option<&'static Requirement> {
        let plain = unescape(&unescape(fragment.as_bytes()));
        let text = String::from_utf8_lossy(&plain);
        let text = text.trim_start_matches(|letter: char| !letter.is_ascii_alphanumeric());
        let is_end = |at: usize| !text[at..].starts_with(|letter: char| letter.is_ascii_alphanumeric());
        // The longest that is one; ids are short.
        let ends = (1..=text.len().min(16)).rev().filter(|at| text.is_char_boundary(*at) && is_end(*at));
        ends.filter_map(|at| self.requirement(canonical_id(&text[..at]))).next()
    }

    /// The step that holds this requirement.
    #[must_use]
    pub fn step_of(&'static self, id: RequirementId) -> Option<&'static Step> {
        self.steps.iter().find(|step| step.requirements.iter().any(|requirement| requirement.id == id))
    }

    /// The step with this id.
    #[must_use]
    pub fn step(&'static self, id: &str) -> Option<&'static Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// The clause with this locator.
    #[must_use]
    pub fn clause(&self, id: &str) -> Option<&'static Clause> {
        self.clauses.iter().find(|clause| clause.id == id)
    }

    /// The requirements that cite this clause, in the order of the steps.
    pub fn covering(&'static self, clause: &'static str) -> impl Iterator<Item = &'static Requirement> {
        self.requirements().filter(move |requirement| requirement.clauses.contains(&clause))
    }

    /// The first unanswered requirement after `from`, going round to the start; `from` itself last.
    ///
    /// `None` when `is_open` holds for no requirement of this kind.
    pub fn next_open(
        &'static self,
        kind: UnitKind,
        from: Option<RequirementId>,
        is_open: impl Fn(RequirementId) -> bool,
    ) -> Option<&'static Requirement> {
        let all: Vec<_> = self.requirements_for(kind).collect();
        let start = from.and_then(|id| all.iter().position(|requirement| requirement.id == id)).map_or(0, |at| at + 1);
        let (before, after) = all.split_at(start);
        after.iter().chain(before).copied().find(|requirement| is_open(requirement.id))
    }
}

impl Clause {
    /// The headed part this clause stands in.
    #[must_use]
    pub fn part(&self) -> &'static str {
        part_of(self.id)
    }

    /// What it says, restated in our words.
    #[must_use]
    pub fn text(&self) -> &'static str {
        let at = CATALOGUE.clauses.iter().position(|other| other.id == self.id);
        at.and_then(|at| CLAUSE_TEXTS.get(at)).copied().unwrap_or("")
    }

    /// Where in the speech the clause stands, as a reader would say it: `讲话二（四）准确把握发展定位`, `讲话二（四）第6条`.
    ///
    /// By the speech's own name where it has one, else by our own count within the point. The speech's numbering is
    /// kept: part three has no （四）, and its closing words carry no number.
    #[must_use]
    pub fn locator(&self) -> String {
        let (part, letter) = self.id.split_once('-').unwrap_or((self.id, ""));
        let numeral = |digits: &str| digits.parse().map_or_else(|_| String::new(), numeral);
        let heading = match part {
            "0" => "讲话开头".to_owned(),
            "3.6" => "讲话结束语".to_owned(),
            part => match part.split_once('.') {
                Some((part, "0")) => format!("讲话{}引言", numeral(part)),
                Some((part, point)) => format!("讲话{}（{}）", numeral(part), numeral(point)),
                None => format!("讲话{}", numeral(part)),
            },
        };
        match letter.bytes().next() {
            _ if !self.name.is_empty() => format!("{heading}{}", self.name),
            Some(byte @ b'a'..=b'z') => format!("{heading}第{}条", byte - b'a' + 1),
            _ => heading,
        }
    }
}

/// Ids of requirements that were renamed, each with the id that took over. Entries are added, never removed.
const RENAMED: &[(&str, &str)] = &[];

/// The id by which a requirement goes today: follows renamings, and leaves every other id as it is.
#[must_use]
pub fn canonical_id(id: &str) -> &str {
    follow(RENAMED, id)
}

fn follow<'a>(renamed: &[(&str, &'a str)], id: &'a str) -> &'a str {
    // A renamed requirement may be renamed again, but no more often than there are renamings.
    renamed.iter().fold(id, |id, _| renamed.iter().find(|(old, _)| *old == id).map_or(id, |(_, new)| new))
}

/// The part a clause locator or requirement id belongs to (`2.4-b` → `2.4`).
#[must_use]
pub fn part_of(id: &'static str) -> &'static str {
    id.split_once('-').map_or(id, |(part, _)| part)
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(CATALOGUE.clause(id).map(Clause::locator).as_deref(), Some(expected));
        }
    }

    #[test]
    fn the_counts_of_the_speech_hold() {
        let of = |part: &str| CATALOGUE.clauses.iter().filter(|clause| clause.part() == part).count();
        for (part, count) in [
            ("0", 2),
            ("1.1", 3),
            ("1.2", 4),
            ("1.3", 5),
            ("2.0", 1),
            ("2.1", 6),
            ("2.2", 4),
            ("2.3", 7),
            ("2.4", 8),
            ("2.5", 8),
            ("3.1", 6),
            ("3.2", 5),
            ("3.3", 5),
            ("3.5", 2),
            ("3.6", 2),
        ] {
            assert_eq!(of(part), count, "clauses in part {part}");
        }
        assert_eq!(of("3.4"), 0, "part three of the speech has no 四要");
        assert_eq!(CATALOGUE.steps.len(), 11);
    }

    #[test]
    fn nobody_is_asked_for_the_duties_of_others() {
        for (clause, kind) in
            [("3.1-a", UnitKind::Commission), ("3.1-d", UnitKind::Department), ("3.1-e", UnitKind::County)]
        {
            let mut found = 0;
            for requirement in CATALOGUE.covering(clause).filter(|r| part_of(r.id.as_str()) == "3.1") {
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
            let mut titles: Vec<_> = CATALOGUE.requirements_for(kind).map(|r| r.title(kind)).collect();
            let count = titles.len();
            assert!((45..=80).contains(&count), "{kind:?} is asked {count} requirements");
            titles.sort_unstable();
            titles.dedup();
            assert_eq!(titles.len(), count, "two requirements of {kind:?} share a title");
        }
    }

    #[test]
    fn renamings_are_followed_to_the_end_and_lead_to_requirements_that_exist() {
        let renamed = [("b", "c"), ("a", "b"), ("x", "y")];
        for (old, new) in [("a", "c"), ("b", "c"), ("c", "c"), ("x", "y"), ("2.4-b", "2.4-b")] {
            assert_eq!(follow(&renamed, old), new);
        }
        // A circle ends, too.
        follow(&[("a", "b"), ("b", "a")], "a");
        for (old, _) in RENAMED {
            assert!(CATALOGUE.requirement(old).is_none(), "{old} still exists");
            assert!(CATALOGUE.requirement(canonical_id(old)).is_some(), "{old} leads nowhere");
        }
    }

    #[test]
    fn a_requirement_is_found_in_whatever_became_of_its_link() {
        for rest in
            ["", "，请看", "%EF%BC%8C", "%25EF%25BC%258C", "?from=timeline", "##", "。", " ", "-", ".", "&x", "/", "）"]
        {
            for start in ["", "#", "##", "%23", "%2523", "\u{200b}"] {
                for id in ["2.4-b", "2.4-b2", "0-x"] {
                    let found = CATALOGUE.requirement_in(&format!("{start}{id}{rest}")).map(|found| found.id.as_str());
                    let expected = CATALOGUE.requirement(id).map(|found| found.id.as_str());
                    assert_eq!(found, expected, "{start}{id}{rest}");
                }
            }
        }
        for other in ["", "#", "2.4", "2.4-bb", "2.4-b22", "s=1abc", "%", "规划", "x2.4-b"] {
            assert!(CATALOGUE.requirement_in(other).is_none(), "{other}");
        }
        assert!(CATALOGUE.requirement_in("2%2E4%2Db").is_some());
    }

    #[test]
    fn the_next_open_requirement_goes_round_once() {
        let kind = UnitKind::County;
        let ids: Vec<_> = CATALOGUE.requirements_for(kind).map(|requirement| requirement.id).collect();
        let next =
            |from, open: &[RequirementId]| CATALOGUE.next_open(kind, from, |id| open.contains(&id)).map(|r| r.id);
        assert_eq!(next(None, &ids), Some(ids[0]));
        assert_eq!(next(Some(ids[3]), &ids), Some(ids[4]));
        assert_eq!(next(Some(ids[3]), &ids[..2]), Some(ids[0]));
        assert_eq!(next(Some(ids[3]), &ids[3..4]), Some(ids[3]));
        assert_eq!(next(Some(ids[3]), &[]), None);
    }
}
