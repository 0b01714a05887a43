//! What should not run ahead of what.

use crate::catalogue::Catalogue;
use crate::catalogue::kinds::{Phase, UnitKind};
use crate::catalogue::requirement_id::RequirementId;
use crate::catalogue::rule::Rule;
use crate::workbook::status::Status;

/// 次序问题: something further along than what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutOfTurn<'a> {
    /// A requirement, and those of its needs that are behind it.
    Requirement { id: RequirementId, behind: Vec<RequirementId>, rule: &'a Rule },
    /// A phase of which everything is closed, and an earlier one of which so many are 未核对.
    Phase { done: Phase, earlier: Phase, unchecked: usize, clause: &'a str },
}

impl<'a> OutOfTurn<'a> {
    /// Why it matters, as a sentence.
    #[must_use]
    pub fn reason(&self) -> &'a str {
        match self {
            Self::Requirement { rule, .. } => &rule.reason,
            Self::Phase { .. } => "四个阶段依次推进，后一阶段全部办完时，前一阶段不该还有没核对的要求。",
        }
    }

    /// The clause that sets this order; `None` where it is our advice: 建议.
    #[must_use]
    pub fn clause(&self) -> Option<&'a str> {
        match self {
            Self::Requirement { rule, .. } => rule.clause.as_deref(),
            Self::Phase { clause, .. } => Some(clause),
        }
    }
}

/// Everything that has run ahead for a unit of this kind: requirements in the order of the rules, then phases.
///
/// A requirement runs ahead when it is 已落实 and what it rests on is still open, or 推进中 and that is not even begun.
/// 不适用 neither runs ahead nor holds anything up.
#[must_use]
pub fn out_of_turn(
    catalogue: &Catalogue,
    kind: UnitKind,
    status: impl Fn(RequirementId) -> Status,
) -> Vec<OutOfTurn<'_>> {
    let mut found = Vec::new();
    let asked =
        |id: &String| catalogue.requirement(id).filter(|found| found.role(kind).is_some()).map(|found| found.id);
    for rule in &catalogue.rules {
        let Some(id) = asked(&rule.requirement) else { continue };
        let reached = match status(id) {
            Status::Done => 2,
            Status::InProgress => 1,
            Status::Unchecked | Status::NotStarted | Status::NotApplicable => continue,
        };
        let is_behind = |id: &RequirementId| match status(*id) {
            Status::Unchecked | Status::NotStarted => true,
            Status::InProgress => reached == 2,
            Status::Done | Status::NotApplicable => false,
        };
        let behind: Vec<_> = rule.needs.iter().filter_map(asked).filter(is_behind).collect();
        if !behind.is_empty() {
            found.push(OutOfTurn::Requirement { id, behind, rule });
        }
    }
    let count = |phase, wanted| {
        let of_phase = catalogue.requirements_for(kind).filter(|requirement| requirement.phase == phase);
        of_phase.filter(|requirement| status(requirement.id) == wanted).count()
    };
    let open = [Status::Unchecked, Status::NotStarted, Status::InProgress];
    for done in Phase::ALL {
        if count(done, Status::Done) == 0 || open.iter().any(|open| count(done, *open) > 0) {
            continue;
        }
        for earlier in Phase::ALL.into_iter().filter(|phase| *phase < done) {
            let unchecked = count(earlier, Status::Unchecked);
            if unchecked > 0 {
                let clause = &catalogue.phases_clause;
                found.push(OutOfTurn::Phase { done, earlier, unchecked, clause });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::builtin;
    use crate::cycle::Cycle;
    use crate::dates::phases::PhaseDates;
    use crate::dates::schedule::back_schedule;

    /// What is found where the named requirements have these statuses and all others are 已落实.
    fn check(statuses: &[(&str, Status)], expected: &[(&str, &[&str])]) {
        for kind in UnitKind::ALL {
            let status = |id: RequirementId| {
                statuses.iter().find(|(named, _)| *named == id.as_str()).map_or(Status::Done, |named| named.1)
            };
            let found = out_of_turn(builtin(), kind, status);
            let found: Vec<(&str, Vec<&str>)> = found
                .iter()
                .filter_map(|found| match found {
                    OutOfTurn::Requirement { id, behind, .. } => {
                        Some((id.as_str(), behind.iter().map(RequirementId::as_str).collect()))
                    }
                    OutOfTurn::Phase { .. } => None,
                })
                .collect();
            let expected: Vec<(&str, Vec<&str>)> = expected.iter().map(|(id, open)| (*id, open.to_vec())).collect();
            assert_eq!(found, expected, "{kind:?}");
        }
    }

    #[test]
    fn nothing_runs_ahead_of_what_it_rests_on_unnoticed() {
        use Status::{InProgress, NotApplicable, NotStarted, Unchecked};
        check(&[], &[]);
        check(&[("3.2-d", Unchecked)], &[("2.2-c", &["3.2-d"])]);
        check(&[("3.2-d", Unchecked), ("2.2-c", InProgress)], &[("2.2-c", &["3.2-d"])]);
        check(&[("3.2-d", InProgress), ("2.2-c", InProgress)], &[]);
        check(&[("3.2-d", Unchecked), ("2.2-c", NotStarted)], &[]);
        check(&[("3.2-d", NotApplicable)], &[]);
        check(&[("3.2-d", Unchecked), ("2.2-c", NotApplicable)], &[]);
        check(&[("2.4-c", InProgress)], &[("2.4-c2", &["2.4-c"])]);
        check(&[("2.5-d", NotStarted)], &[("2.5-e", &["2.5-d"]), ("2.5-f", &["2.5-d"]), ("2.5-h", &["2.5-d"])]);
        check(&[("2.4-e3", Unchecked)], &[("2.2-c", &["2.4-e3"])]);
    }

    #[test]
    fn a_phase_is_not_done_before_the_one_before_it_was_checked() {
        let found = |unchecked: Phase| {
            out_of_turn(builtin(), UnitKind::County, |id| {
                let phase = builtin().requirement(id.as_str()).map(|found| found.phase);
                if phase == Some(unchecked) { Status::Unchecked } else { Status::NotApplicable }
            })
        };
        assert_eq!(found(Phase::Research), [], "what does not apply is not done");
        let status = |id: RequirementId| match builtin().requirement(id.as_str()).map(|found| found.phase) {
            Some(Phase::Research) => Status::Unchecked,
            Some(Phase::Approval) => Status::Done,
            _ => Status::InProgress,
        };
        let phases: Vec<_> = out_of_turn(builtin(), UnitKind::County, status)
            .into_iter()
            .filter(|found| matches!(found, OutOfTurn::Phase { .. }))
            .collect();
        let unchecked =
            builtin().requirements_for(UnitKind::County).filter(|found| found.phase == Phase::Research).count();
        assert_eq!(
            phases,
            [OutOfTurn::Phase { done: Phase::Approval, earlier: Phase::Research, unchecked, clause: "2.2-a" }]
        );
    }

    #[test]
    fn every_rule_names_requirements_that_one_unit_can_have_in_that_order() {
        for rule in &builtin().rules {
            let found = builtin()
                .requirement(&rule.requirement)
                .unwrap_or_else(|| panic!("no requirement {}", rule.requirement));
            assert!(!rule.needs.is_empty() && rule.reason.ends_with('。'), "{}", rule.requirement);
            assert!(
                rule.clause.as_deref().is_none_or(|clause| builtin().clause(clause).is_some()),
                "{}",
                rule.requirement
            );
            for need in &rule.needs {
                let need = builtin().requirement(need).unwrap_or_else(|| panic!("no requirement {need}"));
                assert!(need.phase <= found.phase, "{} is of a later phase than {}", need.id, found.id);
                let is_shared = UnitKind::ALL.iter().any(|kind| need.role(*kind).and(found.role(*kind)).is_some());
                assert!(is_shared, "no unit is asked both {} and {}", need.id, found.id);
            }
        }
    }

    /// The schedule is one order for all, so the rules that it keeps cannot go round in a circle.
    #[test]
    fn the_proposed_schedule_keeps_every_rule() {
        let all = back_schedule(Cycle::OF_THE_SPEECH, &PhaseDates::default(), builtin().requirements(), None).dues;
        let at = |id: &str| all.iter().position(|due| due.0.as_str() == id);
        for rule in &builtin().rules {
            for need in &rule.needs {
                assert!(at(need) < at(&rule.requirement), "{need} is due after {}", rule.requirement);
            }
        }
    }
}
