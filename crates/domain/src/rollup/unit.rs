//! One unit of the table: what its workbook comes to, counted as everywhere else.

use crate::catalogue::Catalogue;
use crate::catalogue::kinds::UnitKind;
use crate::catalogue::requirement::Requirement;
use crate::catalogue::requirement_id::RequirementId;
use crate::checking::progress::Tally;
use crate::checking::review::Finding;
use crate::cycle::Cycle;
use crate::date::Date;
use crate::dates::urgency::AsOf;
use crate::workbook::answer::Answer;
use crate::workbook::stamp::Author;
use crate::workbook::status::Status;
use crate::workbook::workbook::Workbook;
use crate::workbook::workbook_id::WorkbookId;

/// By whom the statuses of links are written: no page draws this author.
pub(crate) const LINK: Author = Author(0);

/// Which of two rounds something was handed in for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Round {
    /// 这一轮
    #[default]
    Now,
    /// 上一轮
    Earlier,
}

impl Round {
    #[must_use]
    pub fn is_now(self) -> bool {
        self == Self::Now
    }

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Now => "这一轮",
            Self::Earlier => "上一轮",
        }
    }
}

/// What is kept apart until units are put together: copies of one workbook are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(super) round: Round,
    pub(super) kind: UnitKind,
    pub(super) which: Which,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Which {
    Workbook(WorkbookId),
    /// It does not say of which workbook it is: the place of its source.
    Loose(usize),
}

/// A unit, of one kind and cycle.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    pub round: Round,
    pub name: String,
    pub kind: UnitKind,
    pub cycle: Cycle,
    /// All that is asked of it.
    pub tally: Tally,
    /// By step, in the order of the catalogue; `None` where a step asks nothing of it.
    pub steps: Vec<Option<Tally>>,
    /// In the order of the catalogue.
    pub found: Vec<UnitFinding>,
    /// Of everything that is asked of its kind, in the order of the catalogue; `None` where what it sent does not ask it.
    pub statuses: Vec<Option<Status>>,
    /// What it asks of itself, and how much of that is done; counted apart.
    pub own: (usize, usize),
    /// How many plans it draws up, where it has named several. What is asked counts once, as in its own workbook.
    pub plans: usize,
    /// Where it was read from, by their places among the sources.
    pub sources: Vec<usize>,
    /// The requirements of which its sources say different things; the newest counts.
    pub disputed: Vec<RequirementId>,
    pub(crate) keys: Vec<Key>,
}

/// A requirement that is not in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitFinding {
    pub id: RequirementId,
    /// The place of its step in the catalogue.
    pub step: usize,
    /// The gravest first.
    pub findings: Vec<Finding>,
    pub due: Option<Date>,
    pub owner: String,
}

/// Whether a status comes from a link, which carries neither reasons nor evidence: none is missed then.
pub(crate) fn is_bare(answer: &Answer) -> bool {
    answer.status.is_written() && answer.status.stamp().author == LINK
}

/// What is to be looked at in one answer.
pub(crate) fn findings(answer: &Answer, due: Option<Date>, day: Option<AsOf>) -> Vec<Finding> {
    let mut found = Finding::of(answer, due, day);
    if is_bare(answer) {
        found.retain(|finding| !matches!(finding, Finding::WithoutEvidence | Finding::WithoutReason));
    }
    found
}

/// The day by which lateness is judged: of a cycle that is over it says nothing.
pub(crate) fn day_of(cycle: Cycle, day: Option<AsOf>) -> Option<AsOf> {
    day.filter(|day| !cycle.is_over(day.today))
}

impl Unit {
    /// What a workbook comes to. `absent` is what its source does not ask, not even to be 未核对.
    pub(crate) fn of(
        catalogue: &Catalogue,
        workbook: &Workbook,
        absent: &[RequirementId],
        round: Round,
        day: Option<AsOf>,
    ) -> Self {
        let (kind, cycle) = (workbook.kind, *workbook.cycle);
        let day = day_of(cycle, day);
        let is_counted = |requirement: &&Requirement| !absent.contains(&requirement.id);
        let tally = |requirements: &mut dyn Iterator<Item = &Requirement>| {
            Tally::of_stated(requirements.map(|requirement| {
                let answer = workbook.answer(requirement.id);
                (*answer.status, answer.lacks_grounds() && !is_bare(&answer))
            }))
        };
        let steps = catalogue.steps.iter().map(|step| {
            let counted = tally(&mut step.requirements_for(kind).filter(is_counted));
            (step.requirements_for(kind).next().is_some()).then_some(counted)
        });
        let mut found = Vec::new();
        for (at, step) in catalogue.steps.iter().enumerate() {
            for requirement in step.requirements_for(kind).filter(is_counted) {
                let (answer, due) = (workbook.answer(requirement.id), workbook.due(requirement));
                let findings = findings(&answer, due, day);
                if !findings.is_empty() {
                    let owner = answer.owner.trim().to_owned();
                    found.push(UnitFinding { id: requirement.id, step: at, findings, due, owner });
                }
            }
        }
        let statuses = catalogue
            .requirements_for(kind)
            .map(|requirement| (!absent.contains(&requirement.id)).then(|| workbook.status(requirement.id)));
        let own: Vec<_> = workbook.own_requirements().map(|own| workbook.status(own.id)).collect();
        let done = own.iter().filter(|status| **status == Status::Done).count();
        Self {
            round,
            name: one_line(&workbook.unit),
            kind,
            cycle,
            tally: tally(&mut catalogue.requirements_for(kind).filter(is_counted)),
            steps: steps.collect(),
            found,
            statuses: statuses.collect(),
            own: (own.len(), done),
            plans: workbook.plans().count(),
            sources: Vec::new(),
            disputed: Vec::new(),
            keys: Vec::new(),
        }
    }

    /// How many requirements this is found of, among other things too.
    #[must_use]
    pub fn count(&self, finding: Finding) -> usize {
        self.found.iter().filter(|found| found.findings.contains(&finding)).count()
    }

    /// The same in one step.
    #[must_use]
    pub fn count_in(&self, step: usize, finding: Finding) -> usize {
        self.found.iter().filter(|found| found.step == step && found.findings.contains(&finding)).count()
    }

    /// Whether something is late, or lacks its evidence or reason.
    #[must_use]
    pub fn has_problems(&self) -> bool {
        let grave = [Finding::Overdue, Finding::WithoutReason, Finding::WithoutEvidence];
        self.found.iter().any(|found| found.findings.iter().any(|finding| grave.contains(finding)))
    }
}

/// A text from somebody else as it may stand in a row: on one line, with nothing hidden in it.
pub(crate) fn one_line(text: &str) -> String {
    let visible: String = text
        .chars()
        .map(|letter| if letter.is_whitespace() { ' ' } else { letter })
        .filter(|letter| !crate::hidden::is_hidden(*letter))
        .collect();
    visible.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
