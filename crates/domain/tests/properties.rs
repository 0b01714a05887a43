//! Laws that hold for every workbook anybody could fill in.

mod common;

use common::{ID, at, copies, date, kind, requirement, status, text, workbook};
use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::checking::review::review;
use plan_checklist_domain::workbook::differences::{differences, restoring};
use plan_checklist_domain::workbook::history::apply;
use plan_checklist_domain::workbook::merge::merge;
use plan_checklist_domain::workbook::update::update;
use plan_checklist_domain::{AsOf, Author, Clock, Finding, Msg, Status, Tally, Workbook};
use proptest::prelude::*;

/// A workbook in which every requirement has been looked at, so that percentages near 100 are common.
fn nearly_done() -> impl Strategy<Value = Workbook> {
    let rare = prop_oneof![40 => Just(Status::Done), 4 => Just(Status::NotApplicable), 1 => status()];
    (kind(), prop::collection::vec((rare, text()), 80)).prop_map(|(kind, answers)| {
        let requirements = builtin().requirements_for(kind);
        requirements.zip(answers).fold(Workbook::new(ID, kind), |workbook, (requirement, (status, reason))| {
            let workbook = update(&workbook, Msg::Answered(requirement.id, status), at(1, 1));
            update(&workbook, Msg::ReasonGiven(requirement.id, reason), at(2, 1))
        })
    })
}

fn check_percentage(workbook: &Workbook) -> Result<(), TestCaseError> {
    let tally = Tally::of_workbook(builtin(), workbook);
    let answers: Vec<_> = builtin().requirements_for(workbook.kind).map(|r| workbook.answer(r.id)).collect();
    let done = answers.iter().filter(|answer| *answer.status == Status::Done).count();
    let applicable = answers.iter().filter(|answer| *answer.status != Status::NotApplicable).count();
    let is_left = answers.iter().any(|answer| match *answer.status {
        Status::Done => false,
        Status::NotApplicable => answer.reason.trim().is_empty(),
        _ => true,
    });
    match tally.percent() {
        None => prop_assert_eq!(applicable, 0),
        Some(percent) => {
            prop_assert!(
                usize::from(percent) * applicable <= done * 100,
                "{}% of {} with {} done",
                percent,
                applicable,
                done
            );
            prop_assert_eq!(percent == 100, !is_left && applicable > 0);
            prop_assert!(is_left || applicable != done || percent == 100);
        }
    }
    prop_assert_eq!(tally.total(), answers.len());
    prop_assert_eq!(tally.is_complete(), !is_left);
    Ok(())
}

proptest! {
    #[test]
    fn a_percentage_never_exceeds_the_truth(workbook in workbook()) {
        check_percentage(&workbook)?;
    }

    #[test]
    fn a_hundred_appears_exactly_when_nothing_is_left(workbook in nearly_done()) {
        check_percentage(&workbook)?;
    }

    #[test]
    fn the_steps_add_up_to_the_whole(workbook in workbook()) {
        let whole = Tally::of_workbook(builtin(), &workbook);
        for status in Status::ALL {
            let sum: usize = builtin().steps.iter().map(|step| Tally::of_step(&workbook, step).count(status)).sum();
            prop_assert_eq!(sum, whole.count(status));
        }
    }

    #[test]
    fn the_review_counts_what_the_tally_counts(workbook in workbook(), today in date()) {
        let day = today.map(|today| AsOf { today, near_days: 30 });
        let (review, tally) = (review(builtin(), &workbook, day), Tally::of_workbook(builtin(), &workbook));
        prop_assert_eq!(review.count(Finding::Unchecked), tally.count(Status::Unchecked));
        prop_assert_eq!(review.count(Finding::NotStarted), tally.count(Status::NotStarted));
        prop_assert_eq!(review.count(Finding::InProgress), tally.count(Status::InProgress));
        prop_assert_eq!(review.count(Finding::WithoutReason), tally.unreasoned());
        prop_assert_eq!(review.count(Finding::WithoutEvidence), tally.unproven());
        prop_assert!(review.count(Finding::Overdue) + review.count(Finding::Near) <= tally.open());
        prop_assert!(today.is_some() || review.count(Finding::Overdue) == 0);
        // Every requirement is in one group, or in order.
        let grouped: usize = Finding::ALL.iter().map(|finding| review.group(*finding).count()).sum();
        let in_order = tally.count(Status::Done) - tally.unproven() + tally.count(Status::NotApplicable) - tally.unreasoned();
        prop_assert_eq!(grouped + in_order, tally.total());
        prop_assert!(review.found.iter().all(|found| found.findings.is_sorted()));
    }

    #[test]
    fn an_update_touches_one_answer_only(workbook in workbook(), id in requirement(), chosen in status()) {
        let next = update(&workbook, Msg::Answered(id, chosen), at(u64::MAX / 2, 9));
        prop_assert_eq!(next.status(id), chosen);
        for other in builtin().requirements().filter(|other| other.id != id) {
            prop_assert_eq!(next.answer(other.id), workbook.answer(other.id));
        }
        let before = workbook.answer(id);
        let after = next.answer(id);
        prop_assert_eq!((&after.note, &after.reason), (&before.note, &before.reason));
    }

    #[test]
    fn merging_is_commutative_associative_and_idempotent([a, b, c] in copies()) {
        let ab = merge(&a, &b);
        prop_assert_eq!(&ab, &merge(&b, &a));
        prop_assert_eq!(merge(&ab, &c), merge(&a, &merge(&b, &c)));
        prop_assert_eq!(merge(&a, &a), a.clone());
        prop_assert_eq!(merge(&ab, &b), ab);
    }

    #[test]
    fn of_two_values_the_later_wins_and_the_other_is_kept([a, b, _] in copies()) {
        let merged = merge(&a, &b);
        for requirement in builtin().requirements() {
            let (a, b, merged) = (a.answer(requirement.id), b.answer(requirement.id), merged.answer(requirement.id));
            let later = if a.note.stamp() > b.note.stamp() { &a.note } else { &b.note };
            prop_assert_eq!(&*merged.note, &**later);
            for note in [&a.note, &b.note] {
                // What the same page overwrote later is known to the other copy, and nobody misses it.
                let is_kept = merged.note.values().any(|(_, value)| *value == **note);
                let is_superseded = merged.note.values().any(|(stamp, _)| stamp.author == note.stamp().author && stamp > note.stamp());
                prop_assert!(is_kept || is_superseded || !note.is_written());
            }
            for (id, entry) in a.evidence() {
                let held = merged.evidence().find(|(other, _)| *other == id);
                let is_removed = b.evidence().all(|(other, _)| other != id);
                prop_assert!(held.is_some() || is_removed, "{:?} was dropped", entry);
            }
        }
    }

    #[test]
    fn restoring_a_state_shows_it_again([a, b, _] in copies()) {
        let both = merge(&a, &b);
        let msgs = restoring(&both, &a);
        let mut clock = Clock::new(Author(9));
        clock.observe(both.latest());
        let restored = apply(&both, &msgs, &mut clock, 1);
        prop_assert_eq!(differences(&restored, &a), vec![]);
        prop_assert_eq!(merge(&both, &restored), restored.clone(), "restoring is a change like any other");
    }
}
