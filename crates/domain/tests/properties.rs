//! Laws that hold for every workbook anybody could fill in.

use plan_checklist_domain::catalogue::RequirementId;
use plan_checklist_domain::review::review;
use plan_checklist_domain::saved::{DecodeError, decode, encode};
use plan_checklist_domain::update::{EvidenceField, update};
use plan_checklist_domain::{CATALOGUE, Date, Msg, Status, Tally, UnitKind, Workbook};
use proptest::prelude::*;

fn kind() -> impl Strategy<Value = UnitKind> {
    prop::sample::select(UnitKind::ALL.to_vec())
}

fn requirement() -> impl Strategy<Value = RequirementId> {
    prop::sample::select(CATALOGUE.requirements().map(|requirement| requirement.id).collect::<Vec<_>>())
}

fn status() -> impl Strategy<Value = Status> {
    prop::sample::select(Status::ALL.to_vec())
}

/// Emoji, right-to-left, control characters, blanks, nothing.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,12}",
        ".{0,12}",
        Just(String::new()),
        Just("  ".into()),
        Just("规划\u{202e}纲要🗂\u{0}\"\\".into())
    ]
}

fn date() -> impl Strategy<Value = Option<Date>> {
    prop::option::of(
        (2015..2036, 1u8..=12, 1u8..=28).prop_map(|(y, m, d)| Date::new(y, m, d).expect("days to 28 exist")),
    )
}

fn msg() -> impl Strategy<Value = Msg> {
    prop_oneof![
        1 => text().prop_map(Msg::UnitNamed),
        1 => text().prop_map(Msg::FillerNamed),
        8 => (requirement(), status()).prop_map(|(id, status)| Msg::Answered(id, status)),
        2 => (requirement(), text()).prop_map(|(id, note)| Msg::NoteWritten(id, note)),
        3 => (requirement(), text()).prop_map(|(id, reason)| Msg::ReasonGiven(id, reason)),
        1 => (requirement(), text()).prop_map(|(id, owner)| Msg::OwnerNamed(id, owner)),
        2 => (requirement(), date()).prop_map(|(id, due)| Msg::DueSet(id, due)),
        3 => requirement().prop_map(Msg::EvidenceAdded),
        3 => (requirement(), 0usize..3, text()).prop_map(|(id, at, what)| Msg::EvidenceWritten(id, at, EvidenceField::What(what))),
        1 => (requirement(), 0usize..3, text()).prop_map(|(id, at, what)| Msg::EvidenceWritten(id, at, EvidenceField::Reference(what))),
        1 => (requirement(), 0usize..3, date()).prop_map(|(id, at, date)| Msg::EvidenceWritten(id, at, EvidenceField::Date(date))),
        1 => (requirement(), 0usize..3).prop_map(|(id, at)| Msg::EvidenceRemoved(id, at)),
    ]
}

fn workbook() -> impl Strategy<Value = Workbook> {
    (kind(), prop::collection::vec(msg(), 0..120))
        .prop_map(|(kind, msgs)| msgs.into_iter().fold(Workbook::new(kind), |workbook, msg| update(&workbook, msg)))
}

/// A workbook in which every requirement has been looked at, so that percentages near 100 are common.
fn nearly_done() -> impl Strategy<Value = Workbook> {
    let rare = prop_oneof![40 => Just(Status::Done), 4 => Just(Status::NotApplicable), 1 => status()];
    (kind(), prop::collection::vec((rare, text()), 80)).prop_map(|(kind, answers)| {
        let requirements = CATALOGUE.requirements_for(kind);
        requirements.zip(answers).fold(Workbook::new(kind), |workbook, (requirement, (status, reason))| {
            let workbook = update(&workbook, Msg::Answered(requirement.id, status));
            update(&workbook, Msg::ReasonGiven(requirement.id, reason))
        })
    })
}

fn check_percentage(workbook: &Workbook) -> Result<(), TestCaseError> {
    let tally = Tally::of_workbook(workbook);
    let answers: Vec<_> = CATALOGUE.requirements_for(workbook.kind).map(|r| workbook.answer(r.id)).collect();
    let done = answers.iter().filter(|answer| answer.status == Status::Done).count();
    let applicable = answers.iter().filter(|answer| answer.status != Status::NotApplicable).count();
    let is_left = answers.iter().any(|answer| match answer.status {
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
        let whole = Tally::of_workbook(&workbook);
        for status in Status::ALL {
            let sum: usize = CATALOGUE.steps.iter().map(|step| Tally::of_step(&workbook, step).count(status)).sum();
            prop_assert_eq!(sum, whole.count(status));
        }
    }

    #[test]
    fn the_review_counts_what_the_tally_counts(workbook in workbook(), today in date()) {
        let (review, tally) = (review(&CATALOGUE, &workbook, today), Tally::of_workbook(&workbook));
        prop_assert_eq!(review.unchecked.len(), tally.count(Status::Unchecked));
        prop_assert_eq!(review.not_started.len(), tally.count(Status::NotStarted));
        prop_assert_eq!(review.without_reason.len(), tally.unreasoned());
        prop_assert_eq!(review.without_evidence.len(), tally.unproven());
        prop_assert!(review.overdue.len() <= tally.open());
        prop_assert!(today.is_some() || review.overdue.is_empty());
    }

    #[test]
    fn an_update_touches_one_answer_only(workbook in workbook(), id in requirement(), chosen in status()) {
        let next = update(&workbook, Msg::Answered(id, chosen));
        prop_assert_eq!(next.status(id), chosen);
        for other in CATALOGUE.requirements().filter(|other| other.id != id) {
            prop_assert_eq!(next.answer(other.id), workbook.answer(other.id));
        }
        let before = workbook.answer(id);
        let after = next.answer(id);
        prop_assert_eq!((&after.note, &after.reason, &after.evidence), (&before.note, &before.reason, &before.evidence));
    }

    #[test]
    fn what_is_saved_is_what_comes_back(workbook in workbook()) {
        prop_assert_eq!(decode(&encode(&workbook)), Ok(workbook));
    }

    #[test]
    fn any_text_decodes_or_is_refused(text in ".{0,200}") {
        let _ = decode(&text);
    }

    #[test]
    fn a_save_cut_off_anywhere_is_refused_whole(workbook in workbook(), cut in 0.0..1.0f64) {
        let text = encode(&workbook);
        let at = (0..text.len()).rev().filter(|at| text.is_char_boundary(*at));
        let at = at.min_by_key(|at| at.abs_diff((text.len() as f64 * cut) as usize)).unwrap_or(0);
        prop_assert_eq!(decode(&text[..at]), Err(DecodeError::Damaged));
    }
}

#[test]
fn what_this_release_cannot_read_is_written_back() {
    let text = r#"{"answers":{"2.4-b":{"due":"soon","evidence":[{"stars":3,"what":"a"}],"mood":"good","note":7},"9.9-z":{"status":"done"}},"cycle":"last","kind":"county","theme":"dark","version":1}"#;
    let workbook = decode(text).expect("it is a workbook");
    let again = encode(&workbook);
    for kept in [
        r#""due":"soon""#,
        r#""stars":3"#,
        r#""mood":"good""#,
        r#""note":7"#,
        r#""9.9-z":{"status":"done"}"#,
        r#""theme":"dark""#,
    ] {
        assert!(again.contains(kept), "{kept} was lost: {again}");
    }
    assert_eq!(decode(&again), Ok(workbook));
}

#[test]
fn a_newer_save_is_refused_and_a_stranger_is_damage() {
    assert_eq!(decode(r#"{"version":2,"kind":"county"}"#), Err(DecodeError::Newer));
    for text in [
        "",
        "null",
        "[]",
        "{}",
        r#"{"version":1}"#,
        r#"{"version":1,"kind":"village"}"#,
        r#"{"version":-1,"kind":"county"}"#,
    ] {
        assert_eq!(decode(text), Err(DecodeError::Damaged), "{text}");
    }
}
