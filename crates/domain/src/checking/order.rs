//! What should not run ahead of what.

use crate::catalogue::{CATALOGUE, Phase, RequirementId, UnitKind};
use crate::workbook::status::Status;

/// One requirement that rests on others.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    pub id: &'static str,
    pub needs: &'static [&'static str],
    /// The clause that sets this order; `None` where it is our advice: 建议.
    pub clause: Option<&'static str>,
    /// Why, as a sentence.
    pub reason: &'static str,
}

/// 次序问题: something further along than what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutOfTurn {
    /// A requirement, and those of its needs that are behind it.
    Requirement { id: RequirementId, behind: Vec<RequirementId>, rule: &'static Rule },
    /// A phase of which everything is closed, and an earlier one of which so many are 未核对.
    Phase { done: Phase, earlier: Phase, unchecked: usize },
}

impl OutOfTurn {
    /// Why it matters, as a sentence.
    #[must_use]
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Requirement { rule, .. } => rule.reason,
            Self::Phase { .. } => "四个阶段依次推进，后一阶段全部办完时，前一阶段不该还有没核对的要求。",
        }
    }

    /// The clause that sets this order; `None` where it is our advice: 建议.
    #[must_use]
    pub fn clause(&self) -> Option<&'static str> {
        match self {
            Self::Requirement { rule, .. } => rule.clause,
            Self::Phase { .. } => Some("2.2-a"),
        }
    }
}

/// Which requirement rests on which, in the order of the catalogue.
pub static RULES: [Rule; 16] = [
    Rule {
        id: "1.2-d",
        needs: &["1.2-b", "1.2-c"],
        clause: None,
        reason: "先看清基本市情和困难，再逐个问题找破解的安排，才不会漏项。",
    },
    Rule {
        id: "2.2-b",
        needs: &["2.4-b", "2.4-c2"],
        clause: None,
        reason: "总体思路要有定位作依据，主要目标要经过测算，这两项没做实，提出来的内容还会变。",
    },
    Rule {
        id: "2.2-c",
        needs: &["2.2-b"],
        clause: Some("2.2-a"),
        reason: "起草修改在前，审定报批在后：先提出总体思路、主要目标、重点任务，再审定报批。",
    },
    Rule {
        id: "2.2-c",
        needs: &["2.4-e3"],
        clause: None,
        reason: "先过政策和法律审查，再审定报批，免得报上去又退回来。",
    },
    Rule {
        id: "2.2-c",
        needs: &["3.2-a2", "3.2-a3", "3.2-b", "3.2-c", "3.2-d", "3.2-e"],
        clause: None,
        reason: "规划衔接没有核对就送审，送审之后往往还要改文稿。",
    },
    Rule {
        id: "2.2-c",
        needs: &["2.1-e", "3.3-c"],
        clause: None,
        reason: "试读和听取意见放到报批以后，再好的意见也难写进文稿。",
    },
    Rule {
        id: "2.2-d",
        needs: &["2.2-a"],
        clause: None,
        reason: "台账里的节点要从编制计划里来，计划没有排好，销账就没有依据。",
    },
    Rule {
        id: "2.3-d", needs: &["2.3-a", "2.3-b", "2.3-c"], clause: None, reason: "研究先有成果，才谈得上转成措施。"
    },
    Rule {
        id: "2.4-b2", needs: &["2.3-e2"], clause: None, reason: "写清阶段性特征和个性，要以市情分析为底子。"
    },
    Rule {
        id: "2.4-c2",
        needs: &["2.4-c"],
        clause: Some("2.4-c"),
        reason: "先评估上一个五年规划完成得怎样、找出不足，再定未来五年的目标。",
    },
    Rule {
        id: "2.4-e3",
        needs: &["3.2-b", "3.2-c"],
        clause: None,
        reason: "是否服从上级规划和总体规划，是审查时要看的内容，衔接没有核对，审查就缺依据。",
    },
    Rule {
        id: "2.5-d",
        needs: &["2.5-c"],
        clause: None,
        reason: "先按五个重点领域梳理，再论证筛选，免得整个领域被漏掉。",
    },
    Rule {
        id: "2.5-e",
        needs: &["2.5-d"],
        clause: None,
        reason: "先论证筛选，再包装推介，免得把不成熟的项目介绍出去。",
    },
    Rule {
        id: "2.5-f",
        needs: &["2.5-d"],
        clause: None,
        reason: "先论证筛选，再汇总入库，项目库里才不会混进不成熟的项目。",
    },
    Rule {
        id: "2.5-h",
        needs: &["2.5-d", "2.5-g"],
        clause: None,
        reason: "项目先经论证，并与省上厅局、国家部委对接过，才有把握进入中省规划盘子。",
    },
    Rule {
        id: "3.3-d", needs: &["3.3-c"], clause: None, reason: "先把各方面的意见收齐，才能逐条回应，不漏一条。"
    },
];

/// Everything that has run ahead for a unit of this kind: requirements in the order of the rules, then phases.
///
/// A requirement runs ahead when it is 已落实 and what it rests on is still open, or 推进中 and that is not even begun.
/// 不适用 neither runs ahead nor holds anything up.
#[must_use]
pub fn out_of_turn(kind: UnitKind, status: impl Fn(RequirementId) -> Status) -> Vec<OutOfTurn> {
    let mut found = Vec::new();
    let asked = |id: &&str| CATALOGUE.requirement(id).filter(|found| found.role(kind).is_some()).map(|found| found.id);
    for rule in &RULES {
        let Some(id) = asked(&rule.id) else { continue };
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
        let of_phase = CATALOGUE.requirements_for(kind).filter(|requirement| requirement.phase == phase);
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
                found.push(OutOfTurn::Phase { done, earlier, unchecked });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::cycle::Cycle;
    use crate::dates::schedule::{PhaseDates, back_schedule};

    /// What is found where the named requirements have these statuses and all others are 已落实.
    fn check(statuses: &[(&str, Status)], expected: &[(&str, &[&str])]) {
        for kind in UnitKind::ALL {
            let status = |id: RequirementId| {
                statuses.iter().find(|(named, _)| *named == id.as_str()).map_or(Status::Done, |named| named.1)
            };
            let found = out_of_turn(kind, status);
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
            out_of_turn(UnitKind::County, |id| {
                let phase = CATALOGUE.requirement(id.as_str()).map(|found| found.phase);
                if phase == Some(unchecked) { Status::Unchecked } else { Status::NotApplicable }
            })
        };
        assert_eq!(found(Phase::Research), [], "what does not apply is not done");
        let status = |id: RequirementId| match CATALOGUE.requirement(id.as_str()).map(|found| found.phase) {
            Some(Phase::Research) => Status::Unchecked,
            Some(Phase::Approval) => Status::Done,
            _ => Status::InProgress,
        };
        let phases: Vec<_> = out_of_turn(UnitKind::County, status)
            .into_iter()
            .filter(|found| matches!(found, OutOfTurn::Phase { .. }))
            .collect();
        let unchecked =
            CATALOGUE.requirements_for(UnitKind::County).filter(|found| found.phase == Phase::Research).count();
        assert_eq!(phases, [OutOfTurn::Phase { done: Phase::Approval, earlier: Phase::Research, unchecked }]);
    }

    #[test]
    fn every_rule_names_requirements_that_one_unit_can_have_in_that_order() {
        for rule in &RULES {
            let found = CATALOGUE.requirement(rule.id).unwrap_or_else(|| panic!("no requirement {}", rule.id));
            assert!(!rule.needs.is_empty() && rule.reason.ends_with('。'), "{}", rule.id);
            assert!(rule.clause.is_none_or(|clause| CATALOGUE.clause(clause).is_some()), "{}", rule.id);
            for need in rule.needs {
                let need = CATALOGUE.requirement(need).unwrap_or_else(|| panic!("no requirement {need}"));
                assert!(need.phase <= found.phase, "{} is of a later phase than {}", need.id, found.id);
                let is_shared = UnitKind::ALL.iter().any(|kind| need.role(*kind).and(found.role(*kind)).is_some());
                assert!(is_shared, "no unit is asked both {} and {}", need.id, found.id);
            }
        }
    }

    /// The schedule is one order for all, so the rules that it keeps cannot go round in a circle.
    #[test]
    fn the_proposed_schedule_keeps_every_rule() {
        let all = back_schedule(Cycle::OF_THE_SPEECH, &PhaseDates::default(), CATALOGUE.requirements(), None).dues;
        let at = |id: &str| all.iter().position(|due| due.0.as_str() == id);
        for rule in &RULES {
            for need in rule.needs {
                assert!(at(need) < at(rule.id), "{need} is due after {}", rule.id);
            }
        }
    }
}
