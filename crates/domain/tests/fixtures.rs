//! Every format ever released still opens. Fixtures are added, never edited: the checksums say so.

#![expect(clippy::unwrap_used, reason = "the fixtures are ours")]

use std::fs;
use std::path::Path;

use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::storage::checksum::checksum;
use plan_checklist_domain::storage::{backup, record};
use plan_checklist_domain::{Date, RequirementId, Status, UnitKind, Workbook, WorkbookId};

/// Each fixture and its CRC-32.
const FIXTURES: [(&str, u32); 4] = [
    ("record/v1.txt", RECORD_V1),
    ("record/v1-dates.txt", RECORD_V1_DATES),
    ("record/v1-points.txt", RECORD_V1_POINTS),
    ("backup/v1.json", BACKUP_V1),
];
const RECORD_V1: u32 = 0xce4b_292c;
const RECORD_V1_DATES: u32 = 0xa46f_0ba3;
const RECORD_V1_POINTS: u32 = 0xd4e7_8765;
const BACKUP_V1: u32 = 0x2dd2_179a;

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)).unwrap()
}

/// What every fixture of version 1 holds.
fn check(workbook: &Workbook) {
    assert_eq!(workbook.id, WorkbookId(0x0123_4567_89ab_cdef));
    assert_eq!(workbook.kind, UnitKind::County);
    assert_eq!(workbook.cycle.0, 2021);
    assert_eq!(*workbook.unit, "某县发展改革局");
    let answer = workbook.answer(builtin().requirement("2.4-b").unwrap().id);
    assert_eq!(
        (*answer.status, answer.note.as_str(), *answer.due),
        (Status::Done, "已对照\n两处", Date::new(2020, 12, 31))
    );
    assert_eq!(answer.status.earlier()[0].1, Status::InProgress);
    let evidence: Vec<_> =
        answer.evidence().map(|(_, entry)| (entry.what.as_str(), entry.reference.as_str())).collect();
    assert_eq!(evidence, [("定位对照表🗂", "某府办〔2020〕1号")]);
    let reason = workbook.answer(builtin().requirement("2.5-h").unwrap().id);
    assert_eq!((*reason.status, reason.reason.as_str()), (Status::NotApplicable, "由市里统一争取"));
    assert_eq!(workbook.unasked(builtin()).map(|(id, _)| id.to_string()).collect::<Vec<_>>(), ["9.9-z"]);
}

#[test]
fn fixtures_are_never_edited_and_none_is_missing_here() {
    for (name, expected) in FIXTURES {
        assert_eq!(checksum(&[read(name).as_bytes()]), expected, "{name} was edited: add a new fixture instead");
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let count: usize = ["record", "backup"].iter().map(|sort| fs::read_dir(folder.join(sort)).unwrap().count()).sum();
    assert_eq!(count, FIXTURES.len(), "every fixture is listed with its checksum");
}

#[test]
fn a_record_of_version_1_opens() {
    let (header, workbook) = record::read(&read("record/v1.txt")).unwrap();
    assert_eq!(header.generation, 17);
    check(&workbook);
}

#[test]
fn a_record_with_dates_of_the_units_own_opens_and_is_written_back_as_it_was() {
    let text = read("record/v1-dates.txt");
    let (header, workbook) = record::read(&text).unwrap();
    let dates = workbook.phase_dates();
    assert_eq!((dates.mobilisation.start, dates.mobilisation.end), (None, Date::new(2025, 3, 31)));
    assert_eq!((dates.research.start, dates.research.end), (Date::new(2025, 4, 1), None));
    let [(_, milestone)] = &workbook.milestones(builtin()).collect::<Vec<_>>()[..] else { panic!("one was removed") };
    assert_eq!((milestone.name.as_str(), milestone.date), ("规划《基本思路》上会", Date::new(2025, 10, 31)));
    let named: Vec<_> = milestone.requirements.iter().map(RequirementId::as_str).collect();
    assert_eq!(named, ["2.3-a", "2.4-b"], "what this catalogue does not have is not shown");
    assert_eq!(record::write(&workbook, header.generation, 1_606_204_800_999), text, "but stays written");
}

#[test]
fn a_record_with_points_and_requirements_of_the_units_own_opens_and_is_written_back_as_it_was() {
    let text = read("record/v1-points.txt");
    let (header, workbook) = record::read(&text).unwrap();
    let answer = workbook.answer(builtin().requirement("2.4-b").unwrap().id);
    let points = [1, 2, 3].map(|number| answer.point(number).map(|point| (**point, point.is_written())));
    assert_eq!(points, [Some((true, true)), Some((false, true)), Some((false, false))]);
    assert_eq!((answer.problem.as_str(), answer.measure.as_str()), ("缺底图\n等测绘", "月底前补测"));
    assert_eq!(answer.evidence().map(|(_, entry)| entry.place.as_str()).collect::<Vec<_>>(), ["规划科三号柜"]);
    let [own] = &workbook.own_requirements().collect::<Vec<_>>()[..] else { panic!("there is one") };
    assert_eq!((own.title, own.step, own.source), ("编制水网专项方案", "plans", "省级规划第三章"));
    assert_eq!(workbook.status(own.id), Status::Done, "its answer is found by its id for good");
    assert_eq!(record::write(&workbook, header.generation, 1_606_204_900_000), text);
}

#[test]
fn a_backup_of_version_1_opens() {
    let import = backup::import(&read("backup/v1.json"), 1_700_000_000_000).unwrap();
    assert_eq!(import.losses, []);
    check(&import.workbooks[0]);
}
