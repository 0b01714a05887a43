//! The columns of 台账: what each is called, and what stands in it.

use plan_checklist_domain::checking::points::plan_ids;
use plan_checklist_domain::sharing::report::OWN;
use plan_checklist_domain::{Answer, Catalogue, Date, EntryId, RequirementId, Status, Workbook};

use crate::text::{CELL_LIMIT, cell_length, clean, one_line};

/// A column of 台账, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Column {
    Id,
    Step,
    Title,
    Question,
    Role,
    Phase,
    Field(Field),
}

/// What people fill in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Status,
    Reason,
    Problem,
    Measure,
    Owner,
    Due,
    Evidence,
    Note,
}

impl Field {
    pub const ALL: [Self; 8] =
        [Self::Status, Self::Reason, Self::Problem, Self::Measure, Self::Owner, Self::Due, Self::Evidence, Self::Note];

    /// What its column is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Status => "状态",
            Self::Reason => "不适用的理由",
            Self::Problem => "存在问题",
            Self::Measure => "下一步措施",
            Self::Owner => "责任人",
            Self::Due => "完成时限",
            Self::Evidence => "佐证",
            Self::Note => "备注",
        }
    }
}

impl Column {
    pub(crate) const ALL: [Self; 14] = [
        Self::Id,
        Self::Step,
        Self::Title,
        Self::Question,
        Self::Role,
        Self::Phase,
        Self::Field(Field::Status),
        Self::Field(Field::Reason),
        Self::Field(Field::Problem),
        Self::Field(Field::Measure),
        Self::Field(Field::Owner),
        Self::Field(Field::Due),
        Self::Field(Field::Evidence),
        Self::Field(Field::Note),
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Id => "编号",
            Self::Step => "步骤",
            Self::Title => "要求",
            Self::Question => "核对问题",
            Self::Role => "职责",
            Self::Phase => "阶段",
            Self::Field(field) => field.name(),
        }
    }

    /// In characters of the sheet's font.
    pub(crate) fn width(self) -> f64 {
        match self {
            Self::Id | Self::Role | Self::Field(Field::Status) => 9.0,
            Self::Step | Self::Phase | Self::Field(Field::Owner) => 10.0,
            Self::Field(Field::Due) => 12.0,
            Self::Field(Field::Reason) => 14.0,
            Self::Title | Self::Field(Field::Problem | Field::Measure | Field::Note) => 18.0,
            Self::Field(Field::Evidence) => 22.0,
            Self::Question => 32.0,
        }
    }
}

/// What is answered for one of a department's several plans stands under this name, below its requirement.
pub(crate) const PLAN: &str = "分规划";

/// A row of 台账: one requirement, or one for one of several plans, and what was answered to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) id: RequirementId,
    pub(crate) step: String,
    pub(crate) title: String,
    pub(crate) question: String,
    pub(crate) role: String,
    pub(crate) phase: &'static str,
    /// By when it is to be done, whether the unit or the speech says so.
    pub(crate) due: Option<Date>,
    /// What the answer says, in the order of [`Field::ALL`], as a cell shows it; dates as `YYYY-MM-DD`.
    values: [String; 8],
}

impl Line {
    pub(crate) fn value(&self, field: Field) -> &str {
        &self.values[field as usize]
    }

    /// Whether this is filled in in its row: of one of several plans there is a status and a note.
    pub(crate) fn has(&self, field: Field) -> bool {
        self.step != PLAN || matches!(field, Field::Status | Field::Note)
    }

    /// Every row of a workbook: what is asked of its unit, with the rows for its plans after each, then what the unit asks of
    /// itself.
    pub(crate) fn all(workbook: &Workbook, catalogue: &Catalogue) -> Vec<Self> {
        let (kind, cycle) = (workbook.kind, *workbook.cycle);
        let mut lines = Vec::new();
        for step in &catalogue.steps {
            for requirement in step.requirements_for(kind) {
                let due = workbook.due(requirement);
                let line = Self {
                    id: requirement.id,
                    step: step.title.clone(),
                    title: cycle.reword(requirement.title(kind, cycle)).into_owned(),
                    question: cycle.reword(requirement.ask(kind, cycle).question).into_owned(),
                    role: requirement.role_name(kind).into(),
                    phase: requirement.phase.name(),
                    due,
                    values: values(&workbook.answer(requirement.id), due),
                };
                let plans = line.for_plans(workbook, catalogue);
                lines.push(line);
                lines.extend(plans);
            }
        }
        lines.extend(workbook.own_requirements().map(|own| {
            let answer = workbook.answer(own.id);
            Self {
                id: own.id,
                step: OWN.into(),
                title: clean(own.name()),
                question: clean(own.source),
                role: OWN.into(),
                phase: "",
                due: *answer.due,
                values: values(&answer, *answer.due),
            }
        }));
        lines
    }

    /// A row for each of a department's several plans.
    fn for_plans(&self, workbook: &Workbook, catalogue: &Catalogue) -> Vec<Self> {
        let line = |(id, name): (RequirementId, &str)| Self {
            id,
            step: PLAN.into(),
            title: format!("{}：{}", self.title, clean(name)),
            question: String::new(),
            role: self.role.clone(),
            phase: "",
            due: None,
            values: values(&workbook.answer(id), None),
        };
        plan_ids(catalogue, workbook, self.id).into_iter().map(line).collect()
    }
}

fn values(answer: &Answer, due: Option<Date>) -> [String; 8] {
    Field::ALL.map(|field| match field {
        Field::Status => answer.status.name().into(),
        Field::Reason => clean(&answer.reason),
        Field::Problem => clean(&answer.problem),
        Field::Measure => clean(&answer.measure),
        Field::Owner => one_line(&answer.owner),
        Field::Due => due.map(|due| due.to_string()).unwrap_or_default(),
        Field::Evidence => evidence(answer).into_iter().map(|(_, line)| line).collect::<Vec<_>>().join("\n"),
        Field::Note => clean(&answer.note),
    })
}

/// The evidence of an answer, a line each.
pub(crate) fn evidence(answer: &Answer) -> Vec<(EntryId, String)> {
    let lines = answer.evidence().map(|(at, entry)| (at, one_line(&entry.in_words())));
    lines.filter(|(_, line)| !line.is_empty()).collect()
}

/// The status that a cell names, whatever blanks are in it; `None` where it names none.
pub(crate) fn status(text: &str) -> Option<Status> {
    let text: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    Status::ALL.into_iter().find(|status| status.name() == text)
}

/// Stands at the end of what is longer than a cell may be.
const CUT: &str = "……（太长，这里没有写全）";

/// As much of a text as a cell holds.
pub(crate) fn fit(text: &str) -> String {
    if cell_length(text) <= CELL_LIMIT {
        return text.into();
    }
    let mut left = CELL_LIMIT - cell_length(CUT);
    let fits = text.chars().take_while(|letter| {
        let is_in = letter.len_utf16() <= left;
        left = left.saturating_sub(letter.len_utf16());
        is_in
    });
    fits.collect::<String>() + CUT
}

/// Whether a cell holds all of it.
pub(crate) fn fits(text: &str) -> bool {
    cell_length(text) <= CELL_LIMIT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_and_fields_are_in_one_order() {
        let fields: Vec<_> = Column::ALL
            .into_iter()
            .filter_map(|column| match column {
                Column::Field(field) => Some(field),
                _ => None,
            })
            .collect();
        assert_eq!(fields, Field::ALL);
        assert!(Field::ALL.into_iter().enumerate().all(|(at, field)| field as usize == at));
    }

    #[test]
    fn a_status_is_read_with_blanks_in_it_and_never_guessed() {
        for (text, expected) in [
            ("已落实", Some(Status::Done)),
            (" 推 进\u{3000}中\n", Some(Status::InProgress)),
            ("完成", None),
            ("已落实？", None),
            ("", None),
        ] {
            assert_eq!(status(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_too_long_for_a_cell_is_cut_and_says_so() {
        assert_eq!(fit("短"), "短");
        for letter in ["长", "𠮷"] {
            let cut = fit(&letter.repeat(40_000));
            assert!(cut.ends_with(CUT) && fits(&cut) && cell_length(&cut) > CELL_LIMIT - 2);
        }
    }
}
