//! What a unit answers, as reports and comparisons read it: the requirements asked of it, then its own.

use std::rc::Rc;

use crate::catalogue::Catalogue;
use crate::catalogue::requirement::Requirement;
use crate::catalogue::requirement_id::RequirementId;
use crate::checking::points::plan_ids;
use crate::checking::review::Finding;
use crate::date::Date;
use crate::dates::urgency::AsOf;
use crate::workbook::answer::Answer;
use crate::workbook::status::Status;
use crate::workbook::workbook::Workbook;

/// What the unit asks of itself stands under this name, apart from the steps.
pub const OWN: &str = "本单位自加";

/// What is answered: a requirement of the catalogue, or one of the unit's own.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    pub id: RequirementId,
    pub step: String,
    pub title: String,
    pub points: Vec<String>,
    /// The speech's own date, where that is over and the unit has set another.
    pub missed: Option<Date>,
    pub due: Option<Date>,
    pub answer: Rc<Answer>,
    /// What was answered for each of a department's several plans, by its name.
    pub plans: Vec<(String, Status)>,
}

/// Everything that is asked, in the order of the catalogue.
pub(super) fn subjects(workbook: &Workbook, catalogue: &Catalogue) -> Vec<Subject> {
    let cycle = *workbook.cycle;
    let mut subjects = Vec::new();
    for step in &catalogue.steps {
        subjects.extend(step.requirements_for(workbook.kind).map(|requirement| {
            Subject {
                id: requirement.id,
                step: step.title.clone(),
                title: cycle.reword(requirement.title(workbook.kind, cycle)).into_owned(),
                points: points(workbook, requirement),
                missed: requirement.binding_due(cycle).filter(|binding| workbook.due(requirement) != Some(*binding)),
                due: workbook.due(requirement),
                answer: workbook.answer(requirement.id),
                plans: plan_ids(catalogue, workbook, requirement.id)
                    .into_iter()
                    .map(|(id, name)| (name.to_owned(), workbook.status(id)))
                    .collect(),
            }
        }));
    }
    subjects.extend(workbook.own_requirements().map(|own| {
        let answer = workbook.answer(own.id);
        Subject {
            id: own.id,
            step: OWN.into(),
            title: own.name().into(),
            points: Vec::new(),
            missed: None,
            due: *answer.due,
            answer,
            plans: Vec::new(),
        }
    }));
    subjects
}

fn points(workbook: &Workbook, requirement: &Requirement) -> Vec<String> {
    let asked = requirement.ask(workbook.kind, *workbook.cycle).points;
    asked.iter().map(|point| workbook.cycle.reword(point).into_owned()).collect()
}

/// The unit, or its kind where it has no name.
pub(super) fn whose(workbook: &Workbook) -> &str {
    let name = workbook.unit.trim();
    if name.is_empty() { workbook.kind.name() } else { name }
}

impl Subject {
    /// What is to be looked at, the gravest first.
    pub(super) fn findings(&self, day: Option<AsOf>) -> Vec<Finding> {
        Finding::of(&self.answer, self.due, day)
    }

    /// 推进中，逾期: the status, and what else there is to say.
    pub(super) fn state(&self, day: Option<AsOf>) -> String {
        let status = self.answer.status.name();
        let others = self.findings(day).into_iter().map(Finding::name).filter(|name| *name != status);
        std::iter::once(status).chain(others).collect::<Vec<_>>().join("，")
    }
}

/// By step, in the order in which they come.
pub(super) fn by_step<'a, T>(subjects: &'a [Subject], of: impl Fn(&'a [Subject]) -> T) -> Vec<(String, T)> {
    subjects.chunk_by(|one, next| one.step == next.step).map(|group| (group[0].step.clone(), of(group))).collect()
}
