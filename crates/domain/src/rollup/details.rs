//! 明细: every requirement of every unit, a row each. docs/rollup-format.md describes the columns.

use std::collections::BTreeSet;

use crate::catalogue::Catalogue;
use crate::catalogue::requirement_id::RequirementId;
use crate::checking::review::Finding;
use crate::date::Date;
use crate::rollup::gathering::Gathering;
use crate::rollup::unit::{Unit, day_of, findings, is_bare, one_line};
use crate::workbook::status::Status;

/// The names of the columns.
pub const COLUMNS: [&str; 16] = [
    "轮次",
    "单位",
    "单位类别",
    "规划首年",
    "步骤",
    "编号",
    "要求",
    "状态",
    "问题",
    "完成时限",
    "责任人",
    "佐证条数",
    "不适用的理由",
    "存在问题",
    "下一步措施",
    "材料份数",
];

/// What a unit says to one requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// The place of its step in the catalogue.
    pub step: usize,
    pub id: RequirementId,
    pub title: String,
    pub status: Status,
    pub findings: Vec<Finding>,
    pub due: Option<Date>,
    pub owner: String,
    /// How many pieces of evidence; `None` where the status comes from a link, which carries none.
    pub evidence: Option<usize>,
    pub reason: String,
    pub problem: String,
    pub measure: String,
    /// Its sources say different things; the newest counts.
    pub is_disputed: bool,
}

impl Detail {
    /// Everything that is asked of a unit and that its sources ask, in the order of the catalogue.
    #[must_use]
    pub fn of(gathering: &Gathering<'_>, unit: &Unit) -> Vec<Self> {
        let Some((workbook, absent)) = gathering.workbook(unit) else { return Vec::new() };
        let (catalogue, day) = (gathering.catalogue(), day_of(unit.cycle, gathering.day()));
        let mut details = Vec::new();
        for (step, at) in catalogue.steps.iter().zip(0..) {
            for requirement in step.requirements_for(unit.kind).filter(|it| !absent.contains(&it.id)) {
                let (answer, due) = (workbook.answer(requirement.id), workbook.due(requirement));
                // What a workbook and its sheet both list is one piece.
                let mut evidence = BTreeSet::new();
                evidence.extend(
                    answer.evidence().filter(|(_, entry)| !entry.is_blank()).map(|(_, entry)| entry.in_words()),
                );
                details.push(Self {
                    step: at,
                    id: requirement.id,
                    title: unit.cycle.reword(requirement.title(unit.kind, unit.cycle)).into_owned(),
                    status: *answer.status,
                    findings: findings(&answer, due, day),
                    due,
                    owner: one_line(&answer.owner),
                    evidence: (!is_bare(&answer)).then_some(evidence.len()),
                    reason: one_line(&answer.reason),
                    problem: one_line(&answer.problem),
                    measure: one_line(&answer.measure),
                    is_disputed: unit.disputed.contains(&requirement.id),
                });
            }
        }
        details
    }

    /// What it is found to be, the gravest first: 逾期；推进中. What the status says already is left out.
    #[must_use]
    pub fn problems(&self) -> String {
        let names = self.findings.iter().map(|finding| finding.name()).filter(|name| *name != self.status.name());
        names.collect::<Vec<_>>().join("；")
    }

    /// The cells of its row, in the order of [`COLUMNS`].
    #[must_use]
    pub fn cells(&self, catalogue: &Catalogue, unit: &Unit) -> [String; 16] {
        [
            unit.round.name().into(),
            unit.name.clone(),
            unit.kind.name().into(),
            unit.cycle.first_year().to_string(),
            catalogue.steps.get(self.step).map_or_else(String::new, |step| step.title.clone()),
            self.id.to_string(),
            self.title.clone(),
            self.status.name().into(),
            self.problems(),
            self.due.map(|due| due.to_string()).unwrap_or_default(),
            self.owner.clone(),
            self.evidence.map(|count| count.to_string()).unwrap_or_default(),
            self.reason.clone(),
            self.problem.clone(),
            self.measure.clone(),
            unit.sources.len().to_string(),
        ]
    }
}

/// What a requirement is called for this unit.
#[must_use]
pub fn title(catalogue: &Catalogue, unit: &Unit, id: RequirementId) -> String {
    catalogue.requirement(id.as_str()).map_or_else(String::new, |requirement| {
        unit.cycle.reword(requirement.title(unit.kind, unit.cycle)).into_owned()
    })
}

/// All of it as CSV with a byte order mark.
#[must_use]
pub fn csv(gathering: &Gathering<'_>, units: &[Unit]) -> String {
    let mut text = String::from('\u{feff}');
    put(&mut text, &COLUMNS);
    for unit in units {
        for detail in Detail::of(gathering, unit) {
            put(&mut text, &detail.cells(gathering.catalogue(), unit));
        }
    }
    text
}

/// What spreadsheet programs would take for a formula begins with an apostrophe, and so does what begins with one.
const LIKE_FORMULA: [char; 5] = ['=', '+', '-', '@', '\''];

fn put<T: AsRef<str>>(text: &mut String, cells: &[T]) {
    for (at, cell) in cells.iter().map(AsRef::as_ref).enumerate() {
        if at > 0 {
            text.push(',');
        }
        text.push('"');
        if cell.starts_with(LIKE_FORMULA) {
            text.push('\'');
        }
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    }
    text.push_str("\r\n");
}
