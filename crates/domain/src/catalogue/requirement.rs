//! A requirement: what is asked, of whom, and in which words.

use crate::catalogue::kinds::{Binding, Phase, Role, RoleBasis, UnitKind};
use crate::catalogue::requirement_id::RequirementId;
use crate::cycle::Cycle;
use crate::date::Date;

/// One thing to check.
#[derive(Debug, PartialEq, Eq)]
pub struct Requirement {
    pub id: RequirementId,
    pub phase: Phase,
    /// Locators of the clauses it rests on.
    pub clauses: Vec<String>,
    /// Which of the speech's own dates it is due by.
    pub(super) binding: Option<Binding>,
    /// In the order of [`UnitKind::ALL`].
    pub(super) duties: [Option<Duty>; 3],
    /// The most particular first; the last one is for everybody and says everything.
    pub(super) wordings: Vec<Wording>,
}

/// What a unit has to do with a requirement, and whose word that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duty {
    pub role: Role,
    pub basis: RoleBasis,
}

/// What a unit of one kind is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask<'a> {
    /// Answered by 已落实 or not: “……是否……？”.
    pub question: &'a str,
    /// What together makes up a yes.
    pub points: &'a [String],
}

/// 建议: what is ours, not the speech's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Advice<'a> {
    /// Evidence worth keeping.
    pub evidence: &'a [String],
    /// Common mistakes.
    pub mistakes: &'a [String],
    /// 用法提示: about this tool only; empty where there is none.
    pub hint: &'a str,
}

/// The words of a requirement, or those that differ for one kind of unit or for other cycles than the speech's. What is
/// empty stands in a more general wording.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wording {
    /// Whom it is for; `None` for everybody.
    pub(super) kind: Option<UnitKind>,
    /// Whether it is for other cycles than the speech's only.
    pub(super) other_cycles: bool,
    pub(super) title: String,
    pub(super) question: String,
    pub(super) points: Vec<String>,
    pub(super) evidence: Vec<String>,
    pub(super) mistakes: Vec<String>,
    pub(super) hint: String,
}

impl Requirement {
    /// What a unit of this kind has to do with it; `None` where it is not concerned and must not be asked.
    #[must_use]
    pub fn duty(&self, kind: UnitKind) -> Option<Duty> {
        self.duties[kind as usize]
    }

    /// Whether a unit of this kind leads or supports; `None` where it is not concerned and must not be asked.
    #[must_use]
    pub fn role(&self, kind: UnitKind) -> Option<Role> {
        self.duty(kind).map(|duty| duty.role)
    }

    /// What a unit of this kind has to do with it, in a word; nothing where it is not concerned.
    ///
    /// Where nobody supports, nobody leads either; where all are responsible on the same word, each is for its own.
    #[must_use]
    pub fn role_name(&self, kind: UnitKind) -> &'static str {
        let Some(own) = self.duty(kind) else { return "" };
        match own.role {
            Role::Support => "配合",
            Role::Lead if self.duties.iter().flatten().any(|duty| duty.role == Role::Support) => "牵头",
            Role::Lead if self.duties.iter().all(|duty| *duty == Some(own)) => "各自负责",
            Role::Lead => "负责",
        }
    }

    /// The date by which the speech itself wants it done.
    #[must_use]
    pub fn binding_due(&self, cycle: Cycle) -> Option<Date> {
        self.binding.map(|binding| match binding {
            Binding::Proposals => cycle.proposals_by(),
            Binding::Approval => cycle.approval_by(),
        })
    }

    /// What it is called, for a unit of this kind. [`Cycle::reword`] puts in the names of the cycle, here as below.
    #[must_use]
    pub fn title(&self, kind: UnitKind, cycle: Cycle) -> &str {
        self.text(kind, cycle, |wording| &wording.title)
    }

    /// What a page calls it that speaks to nobody in particular: as the first kind that leads does.
    #[must_use]
    pub fn common_title(&self) -> &str {
        let leader = UnitKind::ALL.into_iter().rev().find(|kind| self.role(*kind) == Some(Role::Lead));
        self.title(leader.unwrap_or(UnitKind::County), Cycle::OF_THE_SPEECH)
    }

    /// What a unit of this kind is asked.
    #[must_use]
    pub fn ask(&self, kind: UnitKind, cycle: Cycle) -> Ask<'_> {
        Ask {
            question: self.text(kind, cycle, |wording| &wording.question),
            points: self.list(kind, cycle, |wording| &wording.points),
        }
    }

    /// Our advice for a unit of this kind.
    #[must_use]
    pub fn advice(&self, kind: UnitKind, cycle: Cycle) -> Advice<'_> {
        Advice {
            evidence: self.list(kind, cycle, |wording| &wording.evidence),
            mistakes: self.list(kind, cycle, |wording| &wording.mistakes),
            hint: self.text(kind, cycle, |wording| &wording.hint),
        }
    }

    fn text(&self, kind: UnitKind, cycle: Cycle, of: impl Fn(&Wording) -> &String) -> &str {
        self.wordings(kind, cycle).map(of).find(|text| !text.is_empty()).map_or("", String::as_str)
    }

    fn list(&self, kind: UnitKind, cycle: Cycle, of: impl Fn(&Wording) -> &Vec<String>) -> &[String] {
        self.wordings(kind, cycle).map(of).find(|list| !list.is_empty()).map_or(&[], Vec::as_slice)
    }

    /// The wordings for this kind and cycle, the most particular first.
    fn wordings(&self, kind: UnitKind, cycle: Cycle) -> impl Iterator<Item = &Wording> {
        let is_meant = move |wording: &&Wording| {
            wording.kind.is_none_or(|only| only == kind) && (!wording.other_cycles || cycle != Cycle::OF_THE_SPEECH)
        };
        self.wordings.iter().filter(is_meant)
    }
}
