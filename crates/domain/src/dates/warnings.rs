//! Dates that cannot be meant.

use crate::catalogue::Catalogue;
use crate::catalogue::kinds::Phase;
use crate::catalogue::requirement::Requirement;
use crate::catalogue::requirement_id::RequirementId;
use crate::cycle::Cycle;
use crate::date::Date;
use crate::dates::milestone::Milestone;
use crate::dates::phases::{Edge, PhaseDates, limit};

/// Something about entered dates that the unit should look at. Nothing is ever changed because of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warning {
    /// The phase ends before it starts.
    EndBeforeStart(Phase),
    /// 前期研究 starts or ends before 动员部署 does.
    PhasesSwapped,
    /// The phase starts or ends after the day by which the next one must be finished.
    PhaseTooLate { phase: Phase, limit: Edge },
    /// The milestone at this index comes after the end of the phase of something to be done by then, or, where it names
    /// nothing, after the end of the last phase.
    MilestoneTooLate { at: usize, phase: Phase, limit: Edge },
    /// The requirement is due after its phase ends.
    DueTooLate { id: RequirementId, phase: Phase, limit: Edge },
}

/// Everything about the entered dates that the unit should look at: phases, then milestones, then due dates.
#[must_use]
pub fn warnings<'a>(
    catalogue: &Catalogue,
    cycle: Cycle,
    own: &PhaseDates,
    milestones: &[Milestone],
    dues: impl IntoIterator<Item = (&'a Requirement, Date)>,
) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let is_before = |one: Option<Date>, other: Option<Date>| one.zip(other).is_some_and(|(one, other)| one < other);
    let (mobilisation, research) = (own.mobilisation, own.research);
    let phases = [(Phase::Mobilisation, mobilisation), (Phase::Research, research)];
    for (phase, span) in phases {
        if is_before(span.end, span.start) {
            warnings.push(Warning::EndBeforeStart(phase));
        }
    }
    if is_before(research.start, mobilisation.start)
        || is_before(research.end, mobilisation.end)
        || is_before(research.end, mobilisation.start)
    {
        warnings.push(Warning::PhasesSwapped);
    }
    for (phase, span) in phases {
        let limit = limit(cycle, &PhaseDates::default(), phase);
        if is_before(Some(limit.date), span.start.max(span.end)) {
            warnings.push(Warning::PhaseTooLate { phase, limit });
        }
    }
    for (at, milestone) in milestones.iter().enumerate() {
        let named = catalogue.requirements().filter(|found| milestone.requirements.contains(&found.id));
        let phase = named.map(|requirement| requirement.phase).min_by_key(|phase| limit(cycle, own, *phase).date);
        let phase = phase.unwrap_or(Phase::Approval);
        let limit = limit(cycle, own, phase);
        if is_before(Some(limit.date), milestone.date) {
            warnings.push(Warning::MilestoneTooLate { at, phase, limit });
        }
    }
    for (requirement, due) in dues {
        let (id, phase) = (requirement.id, requirement.phase);
        let limit = limit(cycle, own, phase);
        if limit.date < due {
            warnings.push(Warning::DueTooLate { id, phase, limit });
        }
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::builtin;
    use crate::dates::as_entered::{date, own};
    use crate::dates::phases::Basis;

    fn check_warnings(own_dates: [&str; 4], milestone: (&str, &[&str]), due: (&str, &str), expected: &[Warning]) {
        let find = |id: &str| match id {
            "research" => builtin().requirements().find(|found| found.phase == Phase::Research).expect("there is one"),
            id => builtin().requirement(id).expect("a requirement"),
        };
        let milestone = Milestone {
            name: String::new(),
            date: date(milestone.0),
            requirements: milestone.1.iter().map(|id| find(id).id).collect(),
        };
        let dues = date(due.1).map(|date| (find(due.0), date));
        assert_eq!(warnings(builtin(), Cycle(2021), &own(own_dates), &[milestone], dues), expected);
    }

    #[test]
    fn impossible_dates_are_pointed_out() {
        use Phase::{Approval, Drafting, Mobilisation, Research};
        use Warning::{DueTooLate, EndBeforeStart, MilestoneTooLate, PhaseTooLate, PhasesSwapped};
        let none = [""; 4];
        let speech = |text| Edge { date: date(text).expect("a date"), basis: Basis::Speech };
        let (proposals, approval) = (speech("2020-12-31"), speech("2021-06-30"));
        let ours = Edge { date: date("2020-06-30").expect("a date"), basis: Basis::Own };
        let fine = ["2020-01-01", "2020-03-01", "2020-02-01", "2020-06-30"];

        check_warnings(none, ("", &[]), ("2.2-b", ""), &[]);
        check_warnings(fine, ("2020-06-30", &["research"]), ("2.2-b", "2020-12-31"), &[]);
        check_warnings(["2020-03-01", "2020-02-29", "", ""], ("", &[]), ("", ""), &[EndBeforeStart(Mobilisation)]);
        check_warnings(["2020-03-01", "", "2020-02-01", ""], ("", &[]), ("", ""), &[PhasesSwapped]);
        check_warnings(["", "2020-08-01", "", "2020-07-01"], ("", &[]), ("", ""), &[PhasesSwapped]);
        check_warnings(
            ["", "", "2021-01-01", ""],
            ("", &[]),
            ("", ""),
            &[PhaseTooLate { phase: Research, limit: proposals }],
        );
        check_warnings(
            fine,
            ("2020-07-01", &["2.2-c", "research"]),
            ("", ""),
            &[MilestoneTooLate { at: 0, phase: Research, limit: ours }],
        );
        check_warnings(none, ("2021-06-30", &[]), ("", ""), &[]);
        check_warnings(
            none,
            ("2021-07-01", &[]),
            ("", ""),
            &[MilestoneTooLate { at: 0, phase: Approval, limit: approval }],
        );
        let id = builtin().requirement("2.2-b").expect("a requirement").id;
        check_warnings(
            none,
            ("", &[]),
            ("2.2-b", "2021-01-01"),
            &[DueTooLate { id, phase: Drafting, limit: proposals }],
        );
    }
}
