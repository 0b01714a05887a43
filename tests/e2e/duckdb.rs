//! The questions in docs/rollup-format.md, asked of DuckDB: it answers what the program answers.

use std::fs;
use std::process::Command;

use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::rollup::details::csv;
use plan_checklist_domain::rollup::notice::percent;
use plan_checklist_domain::rollup::table::{laggards, missed};
use plan_checklist_domain::rollup::unit::Round;
use plan_checklist_domain::rollup::{Gathering, Group, Roster, Rounds};
use plan_checklist_domain::storage::backup::export;
use plan_checklist_domain::storage::log::Log;
use plan_checklist_domain::workbook::update::update;
use plan_checklist_domain::{AsOf, Author, Clock, Cycle, Date, Finding, Msg, Status, UnitKind, Workbook, WorkbookId};
use serde_json::{Value, json};
use xtask::places::{project, tools};

/// Each example with its name.
fn examples() -> Vec<(String, String)> {
    let text = fs::read_to_string(project().join("docs/rollup-format.md")).expect("it is there");
    let blocks = text.split("```sql\n").skip(1).filter_map(|block| block.split_once("```"));
    let named = blocks.map(|(sql, _)| {
        let name = sql.lines().next().and_then(|line| line.strip_prefix("-- ")).expect("a name");
        (name.to_owned(), sql.to_owned())
    });
    named.collect()
}

/// A county some way on; every seventh requirement does not apply, with a reason or without.
fn county(number: u64, reached: usize) -> Workbook {
    let mut clock = Clock::new(Author(number));
    let mut workbook = Workbook::new(WorkbookId(number), UnitKind::County);
    let mut write = |msg| workbook = update(&workbook, msg, clock.tick(1));
    write(Msg::CycleChosen(Cycle(2026)));
    write(Msg::UnitNamed(format!("第{number}县")));
    for (at, requirement) in builtin().requirements_for(UnitKind::County).enumerate() {
        let id = requirement.id;
        let status = match at {
            _ if at % 7 == 6 => Status::NotApplicable,
            _ if at < reached => Status::Done,
            _ => [Status::InProgress, Status::NotStarted, Status::Unchecked][at % 3],
        };
        write(Msg::Answered(id, status));
        if at % 7 == 6 && number != 3 {
            write(Msg::ReasonGiven(id, "不涉及".into()));
        }
        write(Msg::DueSet(id, Date::new(2026, 1 + u8::try_from(at % 6).unwrap_or_default(), 9)));
        write(Msg::OwnerNamed(id, "=张三".into()));
    }
    workbook
}

#[test]
fn the_examples_for_duckdb_answer_what_the_program_answers() {
    let day = Date::new(2026, 3, 1).map(|today| AsOf { today, near_days: 30 });
    let mut gathering = Gathering::new(builtin(), day);
    for (number, then, now) in [(1, 30, 79), (2, 40, 20), (3, 0, 79), (4, 10, 10)] {
        for (round, reached) in [(Round::Earlier, then), (Round::Now, now)] {
            gathering.add_backup(round, "", &export(&[county(number, reached)], &Log::default(), None), u64::MAX);
        }
    }
    let units = gathering.units();
    let folder = crate::data::folder("duckdb");
    fs::write(folder.join("details-1.csv"), csv(&gathering, &units)).expect("it can be written");
    fs::write(folder.join("roster.csv"), "单位\n第1县\n第9县\n").expect("it can be written");
    let mut node = Command::new("node");
    node.arg(project().join("tests/e2e/duckdb.js")).arg(json!(examples()).to_string());
    let output = node.current_dir(folder).env("NODE_PATH", tools().join("node_modules")).output();
    let output = output.expect("node runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let rows = |name: &str| said[name].as_array().cloned().unwrap_or_default();
    let number = |value: &Value| value.as_u64().or_else(|| value.as_str()?.parse().ok());

    let now: Vec<_> = units.iter().filter(|unit| unit.round.is_now()).collect();
    assert_eq!(rows("完成率").len(), now.len());
    for row in rows("完成率") {
        let unit = now.iter().find(|unit| row[0] == *unit.name).expect("a unit of this round");
        assert_eq!(number(&row[5]).map(|it| format!("{it}%")), Some(percent(&unit.tally)), "{row}");
        assert_eq!(number(&row[6]), Some(unit.count(Finding::Overdue) as u64), "{row}");
    }
    let group = Group { kind: UnitKind::County, cycle: Cycle(2026) };
    let expected = missed(builtin(), &units, group);
    assert_eq!(rows("多数单位缺的要求").len(), expected.len());
    for row in rows("多数单位缺的要求") {
        let missed = expected.iter().find(|missed| row[0] == missed.id.as_str()).expect("it is missed");
        assert_eq!((number(&row[2]), number(&row[3])), (Some(missed.asked as u64), Some(missed.open as u64)));
    }
    let late = laggards(&units, group);
    let late: Vec<_> = late.iter().filter(|(_, found)| found.findings.contains(&Finding::Overdue)).collect();
    assert!(!late.is_empty());
    let due = |row: &Value| row[0].as_str().and_then(Date::parse);
    assert!(rows("逾期").iter().map(due).eq(late.iter().map(|(_, found)| found.due)));
    let roster = Roster::read("第1县\n第9县", &units);
    assert_eq!(json!(rows("未报")), json!(roster.missing.iter().map(|name| [name]).collect::<Vec<_>>()));
    let rounds = Rounds::of(builtin(), &units, group);
    let moves = rows("两轮对比");
    assert_eq!(moves.len(), rounds.moves.len());
    for (row, moved) in moves.iter().zip(&rounds.moves) {
        let expected = (json!(moved.name), Some(moved.done as u64), Some(moved.back.len() as u64));
        assert_eq!((row[0].clone(), number(&row[1]), number(&row[2])), expected);
    }
}
