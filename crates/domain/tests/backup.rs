//! A backup file brings back what went into it; a damaged one brings back what is left, and says what is not.

#![expect(clippy::unwrap_used, reason = "the fixtures are ours")]

mod common;

/// Later than every stamp of these tests.
const NOW: u64 = 1_606_204_800_000;

use common::{ID, workbook};
use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::storage::backup::{Counted, FileError, Import, Loss, SIZE_LIMIT, export, import, rescue};
use plan_checklist_domain::storage::log::Log;
use plan_checklist_domain::storage::record;
use plan_checklist_domain::storage::saved::{decode, encode};
use plan_checklist_domain::workbook::conflicts::take_in;
use plan_checklist_domain::workbook::differences::{Difference, differences};
use plan_checklist_domain::workbook::merge::merge;
use plan_checklist_domain::workbook::plan::id_for_plan;
use plan_checklist_domain::workbook::update::update;
use plan_checklist_domain::{Author, Clock, Date, List, Msg, Stamp, Status, UnitKind, Workbook, WorkbookId};
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
        let text = export(&[a.clone(), b.clone()], &Log::default(), Date::new(2020, 11, 24));
        prop_assert_eq!(import(&text, NOW), Ok(Import { workbooks: vec![a, b], training: Log::default(), losses: vec![] }));
    }

    #[test]
    fn a_backup_cut_off_anywhere_brings_back_a_part_and_says_so(workbook in workbook(), cut in 0.0..1.0f64) {
        let text = export(std::slice::from_ref(&workbook), &Log::default(), None);
        let at = (text.trim_end().len() as f64 * cut) as usize;
        let at = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        match import(&text[..at], NOW) {
            Ok(found) => {
                prop_assert!(found.losses.contains(&Loss::CutOff));
                // Nothing is made up: what came back adds nothing to what was written.
                prop_assert_eq!(merge(&workbook, &found.workbooks[0]).latest(), workbook.latest());
            }
            Err(error) => prop_assert!(matches!(error, FileError::NotOurs | FileError::Office | FileError::Empty | FileError::Newer)),
        }
    }

    #[test]
    fn no_text_makes_importing_panic(text in ".{0,300}", json in "[\\[\\]{}:,\"a0]{0,60}") {
        let _ = import(&text, NOW);
        let _ = import(&json, NOW);
        let _ = import(&format!("{{\"format\":\"plan-checklist\",\"version\":1,\"workbooks\":[{json}"), NOW);
    }

    #[test]
    fn a_rescue_file_can_be_imported(workbook in workbook()) {
        let stored = [("plan-checklist/w/x/a/0".to_owned(), record::write(&workbook, 1, 1)), ("plan-checklist/m/x".into(), "5".into())];
        prop_assert_eq!(import(&rescue(&stored), NOW), Ok(Import { workbooks: vec![workbook], training: Log::default(), losses: vec![] }));
    }
}

#[test]
fn a_backup_of_one_workbook_cut_off_inside_its_answers_brings_back_those_before() {
    let ids: Vec<_> = builtin().requirements_for(UnitKind::County).map(|requirement| requirement.id).collect();
    let workbook = ids.iter().fold(Workbook::new(ID, UnitKind::County), |workbook, id| {
        update(&workbook, Msg::Answered(*id, Status::Done), common::at(1, 1))
    });
    let text = export(&[workbook], &Log::default(), None);
    let mut last = 0;
    for quarter in 1..4 {
        let found = import(&text[..text.len() * quarter / 4], NOW).expect("the answers before the cut are whole");
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
    export(&[Workbook::new(ID, UnitKind::County)], &Log::default(), Date::new(2020, 11, 24))
}

#[test]
fn each_kind_of_bad_file_has_its_error() {
    let huge = " ".repeat(SIZE_LIMIT + 1);
    for (text, error) in [
        ("", FileError::NotOurs),
        ("null", FileError::NotOurs),
        ("{}", FileError::NotOurs),
        ("PK\u{3}\u{4}", FileError::Office),
        ("\u{feff}\"编号\",\"步骤\"", FileError::Office),
        (r#"{"format":"else","version":1}"#, FileError::NotOurs),
        (r#"{"format":"plan-checklist","version":2,"workbooks":[]}"#, FileError::Newer),
        (r#"{"format":"plan-checklist"}"#, FileError::Newer),
        (r#"{"format":"plan-checklist","version":1}"#, FileError::Empty),
        (r#"{"format":"plan-checklist","version":1,"workbooks":[1,{}]}"#, FileError::Empty),
        (&huge, FileError::TooLarge),
    ] {
        assert_eq!(import(text, NOW), Err(error), "{}", &text[..text.len().min(80)]);
    }
    let deep = format!("{{\"format\":\"plan-checklist\",\"version\":1,\"workbooks\":{}", "[".repeat(100_000));
    assert!(import(&deep, NOW).is_err());
}

#[test]
fn a_file_reformatted_by_an_editor_is_sound_and_an_altered_one_is_not() {
    let text = sample();
    let compact = serde_json::from_str::<serde_json::Value>(&text).unwrap().to_string();
    assert_eq!(import(&compact, NOW).unwrap().losses, []);
    assert_eq!(import(&format!("\u{feff}{text}"), NOW).unwrap().losses, []);
    assert_eq!(import(&text.replace("county", "department"), NOW).unwrap().losses, [Loss::Altered]);
}

#[test]
fn what_cannot_be_read_is_listed_and_written_back() {
    let stamp = "5.0.1";
    let inner = r#"{"answers":{"2.4-b":{"due":["soon","5.0.1"],"evidence":{"5.0.1":{"what":["函","5.0.1"],"stars":3},"x":1},"mood":"good","note":7,"status":["done","5.0.1"]},"9.9-z":{"status":["done","5.0.1"]},"2.4-c":"yes"},"cycle":["last","5.0.1"],"id":"0123456789abcdef","kind":"county","theme":"dark"}"#;
    let text = format!(r#"{{"format":"plan-checklist","version":1,"counts":{{"answers":9}},"workbooks":[{inner}]}}"#);
    let found = import(&text, NOW).unwrap();
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
    assert_eq!(found.workbooks[0].unasked(builtin()).map(|(id, _)| id.to_string()).collect::<Vec<_>>(), ["9.9-z"]);
}

/// What a file said that was edited outside of this program, and what a garbled copy of it brings in, can be mended.
#[test]
fn a_value_edited_in_the_file_is_shown_and_taken_and_a_sound_backup_mends_a_garbled_one() {
    let id = builtin().requirement("2.4-b").unwrap().id;
    let sound = update(&Workbook::new(ID, UnitKind::County), Msg::NoteWritten(id, "规划纲要".into()), common::at(9, 1));
    let text = export(std::slice::from_ref(&sound), &Log::default(), Date::new(2020, 11, 24));
    for garbled in ["瑙勫垝绾茶", "一", "\u{10ffff}", ""] {
        let file = import(&text.replace("规划纲要", garbled), NOW).unwrap();
        assert_eq!(file.losses, [Loss::Altered]);
        let mut clock = Clock::new(Author(7));
        let edited = take_in(&sound, &file.workbooks[0], &mut clock, NOW);
        assert_eq!(differences(&sound, &edited), [Difference::Value(Msg::NoteWritten(id, garbled.into()))]);
        // The other way round: the garbled copy came first.
        let held = file.workbooks[0].clone();
        assert_eq!(merge(&held, &sound), merge(&sound, &held), "other tabs agree on one of them");
        let mended = take_in(&held, &import(&text, NOW).unwrap().workbooks[0], &mut clock, NOW);
        assert_eq!(*mended.answer(id).note, "规划纲要");
        assert_eq!(merge(&held, &mended), mended, "and stays mended whatever other tabs hold");
        assert_eq!(take_in(&mended, &sound, &mut clock, NOW), mended, "nothing to take in twice");
    }
}

#[test]
fn what_a_file_dates_at_the_end_of_time_is_overwritten_by_what_comes_later() {
    const END: u64 = 8_640_000_000_000_000;
    let id = builtin().requirement("2.4-b").unwrap().id;
    let last = Stamp { wall: END, counter: u32::MAX, author: Author(5) };
    let file = update(&Workbook::new(ID, UnitKind::County), Msg::NoteWritten(id, "终".into()), last);
    let file = update(&file, Msg::EntryAdded(List::Evidence(id), String::new()), last);
    for made in [Date::new(2020, 11, 24), Date::new(2999, 12, 31), None] {
        let text = export(std::slice::from_ref(&file), &Log::default(), made);
        let read = import(&text, NOW).unwrap().workbooks.remove(0);
        assert!(read.latest().wall <= NOW + 3 * 24 * 3_600_000, "{}", read.latest());
        assert_eq!((read.answer(id).note.as_str(), read.answer(id).evidence().count()), ("终", 1));
        let mut clock = Clock::new(Author(7));
        clock.observe(read.latest());
        let later = update(&read, Msg::NoteWritten(id, "后来".into()), clock.tick(NOW));
        let again = decode(serde_json::from_str(&encode(&later)).unwrap()).unwrap();
        assert_eq!(*again.workbook.answer(id).note, "后来", "it is still there after a reload");
        assert_eq!(again.unreadable, Vec::<String>::new());
        // The same file read again later changes nothing, where it says when it was made.
        if made == Date::new(2020, 11, 24) {
            let second = import(&text, NOW + 365 * 24 * 3_600_000).unwrap().workbooks.remove(0);
            assert_eq!(merge(&later, &second), later);
        }
    }
}

/// Their answers go by the moment in which they were made, and that one may be out of reach.
#[test]
fn own_requirements_and_plans_keep_their_answers_whatever_the_clock_said_when_they_were_made() {
    let mut clock = Clock::new(Author(5));
    let ahead = NOW + 1000 * 24 * 3_600_000;
    let id = builtin().requirement("2.4-b").unwrap().id;
    let mut file = Workbook::new(ID, UnitKind::Department);
    for (list, what) in [
        (List::OwnRequirements, "编制水网方案"),
        (List::OwnRequirements, "编制路网方案"),
        (List::Plans, "水利专项规划"),
        (List::Plans, "交通专项规划"),
    ] {
        file = update(&file, Msg::EntryAdded(list, what.into()), clock.tick(ahead));
    }
    let answered = |book: &Workbook| {
        let own = book.own_requirements().map(|own| (own.title.to_owned(), own.id));
        let plans = book.plans().map(|(plan, name)| (name.to_owned(), id_for_plan(id, plan).unwrap()));
        own.chain(plans).map(|(name, id)| (name, id, (*book.answer(id).note).clone())).collect::<Vec<_>>()
    };
    for (name, id, _) in answered(&file) {
        file = update(&file, Msg::NoteWritten(id, format!("{name}的备注")), clock.tick(ahead));
    }
    let text = export(std::slice::from_ref(&file), &Log::default(), Date::new(2020, 11, 24));
    let read = import(&text, NOW).unwrap().workbooks.remove(0);
    assert!(read.latest().wall < ahead);
    let found = answered(&read);
    assert_eq!(found.len(), 4);
    for (name, _, note) in found {
        assert_eq!(note, format!("{name}的备注"));
    }
    assert_eq!(read.unasked(builtin()).count(), 0);
}

#[test]
fn a_file_with_a_million_answers_is_refused() {
    let answers: Vec<_> = (0..1_000_000).map(|at| format!("\"{at}\":{{}}")).collect();
    let text = format!(
        r#"{{"format":"plan-checklist","version":1,"workbooks":[{{"id":"{ID}","kind":"county","answers":{{{}}}}}]}}"#,
        answers.join(",")
    );
    assert_eq!(import(&text, NOW), Err(FileError::TooMany));
}
