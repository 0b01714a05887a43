//! A backup file brings back what went into it; a damaged one brings back what is left, and says what is not.

#![expect(clippy::unwrap_used, reason = "the fixtures are ours")]

mod common;

use common::{ID, workbook};
use plan_checklist_domain::storage::backup::{Counted, FileError, Import, Loss, SIZE_LIMIT, export, import, rescue};
use plan_checklist_domain::storage::record;
use plan_checklist_domain::storage::saved::{decode, encode};
use plan_checklist_domain::workbook::merge::merge;
use plan_checklist_domain::workbook::update::update;
use plan_checklist_domain::{CATALOGUE, Date, Msg, Status, UnitKind, Workbook, WorkbookId};
use proptest::prelude::*;

proptest! {
    #[test]
    fn what_is_saved_is_what_comes_back(workbook in workbook()) {
        let decoded = decode(serde_json::from_str(&encode(&workbook)).unwrap()).unwrap();
        prop_assert_eq!(decoded.workbook, workbook);
        prop_assert!(decoded.unreadable.is_empty());
    }

    #[test]
    fn a_backup_brings_back_what_went_in(a in workbook(), b in workbook()) {
        let b = b.duplicate(WorkbookId(u64::MAX));
        let text = export(&[a.clone(), b.clone()], Date::new(2020, 11, 24));
        prop_assert_eq!(import(&text), Ok(Import { workbooks: vec![a, b], losses: vec![] }));
    }

    #[test]
    fn a_backup_cut_off_anywhere_brings_back_a_part_and_says_so(workbook in workbook(), cut in 0.0..1.0f64) {
        let text = export(std::slice::from_ref(&workbook), None);
        let at = (text.trim_end().len() as f64 * cut) as usize;
        let at = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        match import(&text[..at]) {
            Ok(found) => {
                prop_assert!(found.losses.contains(&Loss::CutOff));
                // Nothing is made up: what came back adds nothing to what was written.
                prop_assert_eq!(merge(&workbook, &found.workbooks[0]).latest(), workbook.latest());
            }
            Err(error) => prop_assert!(matches!(error, FileError::NotOurs | FileError::Empty | FileError::Newer)),
        }
    }

    #[test]
    fn no_text_makes_importing_panic(text in ".{0,300}", json in "[\\[\\]{}:,\"a0]{0,60}") {
        let _ = import(&text);
        let _ = import(&json);
        let _ = import(&format!("{{\"format\":\"plan-checklist\",\"version\":1,\"workbooks\":[{json}"));
    }

    #[test]
    fn a_rescue_file_can_be_imported(workbook in workbook()) {
        let stored = [("plan-checklist/w/x/a/0".to_owned(), record::write(&workbook, 1, 1)), ("plan-checklist/m/x".into(), "5".into())];
        prop_assert_eq!(import(&rescue(&stored)), Ok(Import { workbooks: vec![workbook], losses: vec![] }));
    }
}

#[test]
fn a_backup_of_one_workbook_cut_off_inside_its_answers_brings_back_those_before() {
    let ids: Vec<_> = CATALOGUE.requirements_for(UnitKind::County).map(|requirement| requirement.id).collect();
    let workbook = ids.iter().fold(Workbook::new(ID, UnitKind::County), |workbook, id| {
        update(&workbook, Msg::Answered(*id, Status::Done), common::at(1, 1))
    });
    let text = export(&[workbook], None);
    let mut last = 0;
    for quarter in 1..4 {
        let found = import(&text[..text.len() * quarter / 4]).expect("the answers before the cut are whole");
        let count = found.workbooks[0].answers().count();
        assert_eq!((found.workbooks[0].id, found.workbooks[0].kind), (ID, UnitKind::County));
        assert!(count > last && count < ids.len(), "{count} of {} after {quarter}/4", ids.len());
        assert!(found.losses.contains(&Loss::CutOff));
        let missing = |loss: &Loss| matches!(loss, Loss::Missing { what: Counted::Answers, .. });
        assert!(found.losses.iter().any(missing));
        last = count;
    }
}

fn sample() -> String {
    export(&[Workbook::new(ID, UnitKind::County)], Date::new(2020, 11, 24))
}

#[test]
fn each_kind_of_bad_file_has_its_error() {
    let huge = " ".repeat(SIZE_LIMIT + 1);
    for (text, error) in [
        ("", FileError::NotOurs),
        ("null", FileError::NotOurs),
        ("{}", FileError::NotOurs),
        ("PK\u{3}\u{4}", FileError::NotOurs),
        (r#"{"format":"else","version":1}"#, FileError::NotOurs),
        (r#"{"format":"plan-checklist","version":2,"workbooks":[]}"#, FileError::Newer),
        (r#"{"format":"plan-checklist"}"#, FileError::Newer),
        (r#"{"format":"plan-checklist","version":1}"#, FileError::Empty),
        (r#"{"format":"plan-checklist","version":1,"workbooks":[1,{}]}"#, FileError::Empty),
        (&huge, FileError::TooLarge),
    ] {
        assert_eq!(import(text), Err(error), "{}", &text[..text.len().min(80)]);
    }
    let deep = format!("{{\"format\":\"plan-checklist\",\"version\":1,\"workbooks\":{}", "[".repeat(100_000));
    assert!(import(&deep).is_err());
}

#[test]
fn a_file_reformatted_by_an_editor_is_sound_and_an_altered_one_is_not() {
    let text = sample();
    let compact = serde_json::from_str::<serde_json::Value>(&text).unwrap().to_string();
    assert_eq!(import(&compact).unwrap().losses, []);
    assert_eq!(import(&format!("\u{feff}{text}")).unwrap().losses, []);
    assert_eq!(import(&text.replace("county", "department")).unwrap().losses, [Loss::Altered]);
}

#[test]
fn what_cannot_be_read_is_listed_and_written_back() {
    let stamp = "5.0.1";
    let inner = r#"{"answers":{"2.4-b":{"due":["soon","5.0.1"],"evidence":{"5.0.1":{"what":["函","5.0.1"],"stars":3},"x":1},"mood":"good","note":7,"status":["done","5.0.1"]},"9.9-z":{"status":["done","5.0.1"]},"2.4-c":"yes"},"cycle":["last","5.0.1"],"id":"0123456789abcdef","kind":"county","theme":"dark"}"#;
    let text = format!(r#"{{"format":"plan-checklist","version":1,"counts":{{"answers":9}},"workbooks":[{inner}]}}"#);
    let found = import(&text).unwrap();
    for place in ["cycle", "answers/2.4-b/due", "answers/2.4-b/note", "answers/2.4-b/evidence/x", "answers/2.4-c"] {
        assert!(found.losses.contains(&Loss::Unreadable(place.into())), "{place} is not listed: {:?}", found.losses);
    }
    assert!(found.losses.contains(&Loss::Missing { what: Counted::Answers, expected: 9, found: 2 }));
    let again = encode(&found.workbooks[0]);
    for kept in [
        r#""due":["soon","5.0.1"]"#,
        r#""note":7"#,
        r#""mood":"good""#,
        r#""stars":3"#,
        r#""unreadable":{"evidence":{"x":1}}"#,
        r#""unreadable":{"answers":{"2.4-c":"yes"}}"#,
        r#""9.9-z":{"status":["done","5.0.1"]}"#,
        r#""theme":"dark""#,
        r#""cycle":["last","5.0.1"]"#,
    ] {
        assert!(again.contains(kept), "{kept} was lost: {again} ({stamp})");
    }
    let twice = decode(serde_json::from_str(&again).unwrap()).unwrap();
    assert_eq!(twice.workbook, found.workbooks[0]);
    assert_eq!(found.workbooks[0].unasked(&CATALOGUE).map(|(id, _)| id.to_string()).collect::<Vec<_>>(), ["9.9-z"]);
}
