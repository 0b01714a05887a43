//! 练习县: sound where nothing is planted, wrong only where something is, and scored so that guessing does not pay.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::checking::order::{OutOfTurn, out_of_turn};
use plan_checklist_domain::checking::review::{missed_binding, review};
use plan_checklist_domain::dates::phases::PhaseDates;
use plan_checklist_domain::dates::warnings::{Warning, warnings};
use plan_checklist_domain::storage::log::Log;
use plan_checklist_domain::training::practice::{SETS, day, faults};
use plan_checklist_domain::training::{self, Deed, Difficulty, Fault, FaultKind, Practice, Progress, Score, Verdicts};
use plan_checklist_domain::{
    Author, Cycle, Date, Finding, PointCount, RequirementId, Stamp, Status, UnitKind, Workbook,
};
use proptest::prelude::*;

const COUNTY: UnitKind = UnitKind::County;
const FIRST_IDS: &str = include_str!("fixtures/practice_ids.txt");

fn asked() -> Vec<RequirementId> {
    builtin().requirements_for(COUNTY).map(|asked| asked.id).collect()
}

/// Every requirement of which the rules of checking find something that a sound answer does not have.
fn found_by_rules(workbook: &Workbook) -> BTreeSet<RequirementId> {
    let mut found = BTreeSet::new();
    let grave = [Finding::Overdue, Finding::WithoutReason, Finding::WithoutEvidence, Finding::Unchecked];
    let reviewed = review(builtin(), workbook, Some(day()));
    let grave = |findings: &[Finding]| findings.iter().any(|finding| grave.contains(finding));
    found.extend(reviewed.found.iter().filter(|found| grave(&found.findings)).map(|found| found.requirement.id));
    for turn in out_of_turn(builtin(), COUNTY, |id| workbook.status(id)) {
        match turn {
            OutOfTurn::Requirement { id, .. } => found.insert(id),
            OutOfTurn::Phase { .. } => panic!("{turn:?}"),
        };
    }
    let dues: Vec<_> = builtin()
        .requirements_for(COUNTY)
        .filter_map(|asked| Some((asked, (*workbook.answer(asked.id).due)?)))
        .collect();
    for warning in warnings(builtin(), Cycle::OF_THE_SPEECH, &PhaseDates::default(), &[], dues) {
        match warning {
            Warning::DueTooLate { id, .. } => found.insert(id),
            other => panic!("{other:?}"),
        };
    }
    for asked in builtin().requirements_for(COUNTY) {
        let answer = workbook.answer(asked.id);
        let count = PointCount::of(&answer, asked.ask(COUNTY, *workbook.cycle).points.len());
        let is_lacking = matches!(*answer.status, Status::NotStarted | Status::InProgress)
            && [&answer.problem, &answer.measure].iter().any(|text| text.trim().is_empty());
        if count.contradicts(&answer).is_some()
            || is_lacking
            || missed_binding(asked, *workbook.cycle, &answer, Some(day())).is_some()
        {
            found.insert(asked.id);
        }
    }
    found
}

#[test]
fn with_nothing_planted_the_rules_find_nothing_wrong() {
    for number in SETS {
        let workbook = Practice::sound(builtin(), number);
        assert_eq!(found_by_rules(&workbook), BTreeSet::new(), "set {number}");
        assert_eq!(workbook.answers().count(), asked().len());
        assert_eq!((workbook.kind, *workbook.cycle), (COUNTY, Cycle::OF_THE_SPEECH));
        assert!(workbook.unit.contains("练习数据"));
        for (id, answer) in workbook.answers() {
            let is_closed_away = *answer.status == Status::NotApplicable;
            assert!(is_closed_away || !answer.owner.is_empty() && answer.due.is_some(), "{id}");
        }
    }
}

#[test]
fn what_the_rules_find_is_planted_and_what_is_planted_shows() {
    for number in SETS {
        let (practice, sound) = (Practice::set(builtin(), number), Practice::sound(builtin(), number));
        for id in found_by_rules(&practice.workbook) {
            assert!(practice.fault(id).is_some(), "set {number}: the rules accuse {id}, which is sound");
        }
        for id in asked() {
            let says = |workbook: &Workbook| {
                let answer = workbook.answer(id);
                let evidence: Vec<_> = answer
                    .evidence()
                    .map(|(_, entry)| ((*entry.what).clone(), (*entry.place).clone(), *entry.date))
                    .collect();
                let points: Vec<bool> = (1..=5).map(|point| answer.point(point).is_some_and(|point| **point)).collect();
                (*answer.status, *answer.due, answer.texts().map(|text| (**text).clone()), points, evidence)
            };
            let is_changed = says(&practice.workbook) != says(&sound);
            assert_eq!(is_changed, practice.fault(id).is_some(), "set {number}: {id}");
        }
    }
}

/// The three kinds that can be seen at a glance are what they say.
#[test]
fn a_fault_is_of_the_kind_it_says() {
    for number in SETS {
        let practice = Practice::set(builtin(), number);
        for fault in &practice.faults {
            let answer = practice.workbook.answer(fault.requirement);
            let (kind, id) = (fault.kinds[0], &fault.id);
            assert_eq!(kind == FaultKind::NoEvidence, *answer.status == Status::Done && !answer.has_evidence(), "{id}");
            assert_eq!(kind == FaultKind::Reason, *answer.status == Status::NotApplicable, "{id}");
            let is_overdue = answer.status.is_open() && answer.due.is_some_and(|due| due < day().today);
            assert!(!is_overdue || kind == FaultKind::Late, "{id}");
        }
    }
}

#[test]
fn there_are_enough_faults_and_sets_differ() {
    assert!(faults().len() >= 36, "{}", faults().len());
    let ids = |number| -> BTreeSet<&str> {
        Practice::set(builtin(), number).faults.iter().map(|fault| fault.id.as_str()).collect()
    };
    for (one, other) in [(1, 2), (1, 3), (2, 3)] {
        assert!(ids(one).intersection(&ids(other)).count() <= 3, "sets {one} and {other} are much the same");
    }
    for number in SETS {
        let planted = Practice::set(builtin(), number).faults;
        assert!(planted.len() >= 20 && planted.len() * 2 < asked().len(), "{}", planted.len());
        for difficulty in Difficulty::ALL {
            assert!(planted.iter().filter(|fault| fault.difficulty == difficulty).count() >= 3);
        }
    }
}

#[test]
fn every_fault_says_why_and_says_no_more_than_the_speech() {
    for fault in faults() {
        assert!(!fault.kinds.is_empty() && !fault.clauses.is_empty() && !fault.seen.is_empty(), "{}", fault.id);
        for text in [&fault.seen, &fault.speech, &fault.advice] {
            assert!(text.is_empty() || text.ends_with('。'), "{}: {text}", fault.id);
        }
        // What the speech does not ask for is no fault by the speech.
        for unsaid in ["考核", "问责", "督查", "领导小组", "人大", "经费"] {
            assert!(!fault.speech.contains(unsaid), "{}", fault.id);
        }
    }
}

#[test]
fn ids_that_were_released_are_still_there() {
    for id in FIRST_IDS.lines() {
        assert!(faults().iter().any(|fault| fault.id == id), "{id} is gone");
    }
}

fn right(practice: &Practice) -> Verdicts {
    let mut verdicts = Verdicts::new();
    verdicts.extend(asked().into_iter().map(|id| (id, practice.fault(id).map(|fault| fault.kinds[0]))));
    verdicts
}

fn score(practice: &Practice, verdicts: &Verdicts) -> Score {
    practice.score(builtin(), verdicts)
}

#[test]
fn who_answers_right_finds_everything_and_accuses_nothing() {
    for number in SETS {
        let practice = Practice::set(builtin(), number);
        let score = score(&practice, &right(&practice));
        assert_eq!(score.found, practice.faults);
        assert!(score.misnamed.is_empty() && score.missed.is_empty() && score.accused.is_empty());
        assert_eq!(score.half_points(), 2 * score.planted());
    }
}

#[test]
fn accusing_everything_or_nothing_is_worth_nothing() {
    for number in SETS {
        let practice = Practice::set(builtin(), number);
        for kind in FaultKind::ALL {
            let all: Verdicts = asked().into_iter().map(|id| (id, Some(kind))).collect();
            assert_eq!(score(&practice, &all).half_points(), 0);
            assert_eq!(score(&practice, &all).accused.len(), asked().len() - practice.faults.len());
        }
        // Not even with all the right names.
        let mut all = right(&practice);
        all.values_mut().for_each(|verdict| *verdict = verdict.or(Some(FaultKind::Gap)));
        assert_eq!(score(&practice, &all).half_points(), 0);
        let none = score(&practice, &Verdicts::new());
        assert_eq!((none.half_points(), none.missed.len()), (0, practice.faults.len()));
    }
}

#[test]
fn what_is_found_and_called_something_else_counts_half() {
    let practice = Practice::set(builtin(), 1);
    let fault: &Fault = practice.faults[0];
    let other = FaultKind::ALL.into_iter().find(|kind| !fault.kinds.contains(kind)).unwrap();
    let mut verdicts = Verdicts::new();
    verdicts.insert(fault.requirement, Some(other));
    let score = score(&practice, &verdicts);
    assert_eq!((score.misnamed, score.missed.len()), (vec![(fault, other)], practice.faults.len() - 1));
    let named = practice.faults.iter().find(|fault| fault.kinds.len() > 1).unwrap();
    for kind in &named.kinds {
        let mut verdicts = Verdicts::new();
        verdicts.insert(named.requirement, Some(*kind));
        assert_eq!(practice.score(builtin(), &verdicts).found, [*named], "both words are right");
    }
}

fn verdicts() -> impl Strategy<Value = Verdicts> {
    let one = (0..asked().len(), prop::option::of(0..FaultKind::ALL.len()));
    prop::collection::vec(one, 0..80).prop_map(|said| {
        said.into_iter().map(|(at, kind)| (asked()[at], kind.map(|kind| FaultKind::ALL[kind]))).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn every_requirement_lands_in_one_list(number in 1..=3_u8, verdicts in verdicts()) {
        let practice = Practice::set(builtin(), number);
        let score = score(&practice, &verdicts);
        prop_assert_eq!(score.planted(), practice.faults.len());
        let said = verdicts.values().flatten().count();
        prop_assert_eq!(score.found.len() + score.misnamed.len() + score.accused.len(), said);
        prop_assert!(score.half_points() <= 2 * score.planted());
    }

    /// One more sound answer accused is never worth anything, one more fault found always is, unless nothing is left to lose.
    #[test]
    fn finding_pays_and_accusing_does_not(number in 1..=3_u8, verdicts in verdicts(), at in 0..72_usize) {
        let practice = Practice::set(builtin(), number);
        let id = asked()[at];
        let mut without = verdicts;
        without.remove(&id);
        let mut with = without.clone();
        with.insert(id, Some(practice.fault(id).map_or(FaultKind::Gap, |fault| fault.kinds[0])));
        let (before, after) = (score(&practice, &without).half_points(), score(&practice, &with).half_points());
        if practice.fault(id).is_some() {
            prop_assert!(after >= before);
        } else {
            prop_assert!(after <= before);
        }
    }

    #[test]
    fn the_log_says_the_same_in_whatever_order_it_arrives(
        deeds in prop::collection::vec((0..72_usize, 0..12_usize, 1..3_u32), 0..40),
        cut in 0..40_usize,
    ) {
        let deed = |(at, what, attempt): (usize, usize, u32)| {
            let requirement = asked()[at];
            match what {
                11 => Deed::HandedIn { set: 1, attempt, day: None },
                10 => Deed::Withdrawn { set: 1, attempt, requirement },
                what => Deed::Judged { set: 1, attempt, requirement, verdict: FaultKind::ALL.get(what).copied() },
            }
        };
        let (mut whole, mut one, mut other) = (Log::default(), Log::default(), Log::default());
        for (at, said) in deeds.into_iter().enumerate() {
            let stamp = Stamp { wall: at as u64, counter: 0, author: Author(1) };
            whole.add(stamp, &deed(said).text());
            if at < cut { &mut one } else { &mut other }.add(stamp, &deed(said).text());
        }
        let practice = |log: &Log| Progress::of(log, training::builtin(), None).practice;
        prop_assert_eq!(practice(&one.merge(&other)), practice(&whole));
        prop_assert_eq!(practice(&other.merge(&one)), practice(&whole));
    }
}

#[test]
fn deeds_are_read_back_and_what_is_unknown_is_left_alone() {
    let requirement = RequirementId::parse("2.4-b").unwrap();
    let judged = |verdict| Deed::Judged { set: 2, attempt: 1, requirement, verdict };
    let mut deeds: Vec<_> = FaultKind::ALL.into_iter().map(|kind| judged(Some(kind))).collect();
    deeds.extend([
        judged(None),
        Deed::Withdrawn { set: 3, attempt: 7, requirement },
        Deed::HandedIn { set: 1, attempt: 2, day: Date::parse("2026-11-30") },
        Deed::HandedIn { set: 1, attempt: 2, day: None },
    ]);
    for deed in deeds {
        assert_eq!(Deed::parse(&deed.text()), Some(deed));
    }
    for text in ["pj 1 1 2.4-b later", "pj x 1 2.4-b gap", "pj 1", "pw 1 1", "ph", "ph 1", "pz 1 1 2.4-b gap"] {
        assert_eq!(Deed::parse(text), None, "{text}");
    }
}

/// The lines of the first release with 练习县 are still understood.
#[test]
fn the_log_of_the_first_release_reads_the_same() {
    let mut log = Log::default();
    for line in include_str!("fixtures/practice_log.txt").lines() {
        assert!(log.insert(line), "{line}");
    }
    let practice = Progress::of(&log, training::builtin(), None).practice;
    let (number, last) = practice.last(1).unwrap();
    assert_eq!((number, last.day, last.verdicts.len()), (1, Date::parse("2026-12-01"), 2));
    assert_eq!(last.verdicts[&RequirementId::parse("2.4-b").unwrap()], Some(FaultKind::Clash));
    assert_eq!(last.verdicts[&RequirementId::parse("2.4-d").unwrap()], None);
    assert_eq!((practice.current(1), practice.under_way(1).len()), (2, 1));
    assert_eq!((practice.current(2), practice.under_way(2).len(), practice.last(2)), (1, 0, None));
}
