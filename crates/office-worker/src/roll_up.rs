//! 汇总: what the page asks of a worker that lives as long as the reading does. Files come one at a time, and only what is
//! needed of each is kept; the page gets what it shows.

use std::cell::RefCell;

use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::rollup::details::{csv, title};
use plan_checklist_domain::rollup::notice::percent;
use plan_checklist_domain::rollup::table::{groups, laggards, missed, rows};
use plan_checklist_domain::rollup::unit::Round;
use plan_checklist_domain::rollup::{
    Detail, Gathering, Group, Notice, Only, Origin, Query, Roster, Rounds, Sort, Source, Unit,
};
use plan_checklist_domain::training::class::ListFault;
use plan_checklist_domain::{Catalogue, Cycle, Date, Finding, Status, Tally, UnitKind};
use plan_checklist_office::ledger_alone::{Received, read_alone};
use plan_checklist_office::{notice, roll_up};
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

use crate::occasion;

/// All that was read, and what it comes to once somebody has looked.
struct Desk {
    gathering: Gathering<'static>,
    units: Option<Vec<Unit>>,
    now: u64,
    today: Option<Date>,
}

thread_local! {
    static DESK: RefCell<Option<Desk>> = const { RefCell::new(None) };
}

fn catalogue() -> &'static Catalogue {
    builtin()
}

/// A moment as JavaScript has it, in milliseconds since 1970.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is held within bounds first")]
fn moment(value: f64) -> u64 {
    if value.is_finite() { value.clamp(0.0, 8.64e15) as u64 } else { 0 }
}

fn with<T>(act: impl FnOnce(&mut Desk) -> T) -> Result<T, String> {
    DESK.with(|desk| desk.borrow_mut().as_mut().map(act)).ok_or_else(|| "nothing has begun".into())
}

/// The same with the units put together.
fn with_units<T>(act: impl FnOnce(&Desk, &[Unit]) -> T) -> Result<T, String> {
    with(|desk| {
        let units = desk.units.take().unwrap_or_else(|| desk.gathering.units());
        let outcome = act(desk, &units);
        desk.units = Some(units);
        outcome
    })
}

/// Begins, with nothing read.
#[wasm_bindgen]
pub fn rollup_begin(today: &str, near_days: i32, now: f64) {
    let occasion = occasion(today, near_days);
    let gathering = Gathering::new(catalogue(), occasion.day);
    let begun = Desk { gathering, units: None, now: moment(now), today: occasion.today };
    DESK.with(|desk| desk.replace(Some(begun)));
}

fn round(word: &str) -> Round {
    if word == "earlier" { Round::Earlier } else { Round::Now }
}

/// Reads a file, whatever it is. What it could not be read for is among the sources.
///
/// # Errors
/// What went wrong, for the console.
#[wasm_bindgen]
pub fn rollup_file(word: &str, name: &str, saved: f64, file: &[u8]) -> Result<(), String> {
    let round = round(word);
    let begins = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file).trim_ascii_start();
    if begins.starts_with(b"{") {
        return add(|gathering, now| match std::str::from_utf8(file) {
            Ok(text) => gathering.add_backup(round, name, text, now),
            Err(_) => gathering.add_failure(round, name, "文件损坏了，或者没有传完整。请对方重新发一次。"),
        });
    }
    let text = std::str::from_utf8(file).ok().filter(|text| text.contains("#s=") && !text.contains("编号"));
    if let Some(text) = text {
        return add(|gathering, _| {
            gathering.add_links(round, &format!("{name} "), text);
        });
    }
    // Nothing is held meanwhile: a file that the libraries choke on must not take the others with it.
    let today = with(|desk| desk.today)?;
    let read = read_alone(catalogue(), Received { name, saved: moment(saved), today }, file);
    add(|gathering, _| match read {
        Ok(read) => gathering.add_sheet(round, name, read.workbook, read.is_named, read.notes),
        Err(refusal) => gathering.add_failure(round, name, refusal.to_string()),
    })
}

/// Adds to what was read, at the moment of beginning.
fn add(act: impl FnOnce(&mut Gathering<'static>, u64)) -> Result<(), String> {
    with(|desk| {
        desk.units = None;
        act(&mut desk.gathering, desk.now);
    })
}

/// Notes a file that could not even be opened.
///
/// # Errors
/// What went wrong, for the console.
#[wasm_bindgen]
pub fn rollup_failed(word: &str, name: &str, why: &str) -> Result<(), String> {
    with(|desk| desk.gathering.add_failure(round(word), name, why))
}

/// Reads links, one a line; says how many there are.
///
/// # Errors
/// What went wrong, for the console.
#[wasm_bindgen]
pub fn rollup_links(word: &str, text: &str) -> Result<u32, String> {
    with(|desk| {
        desk.units = None;
        u32::try_from(desk.gathering.add_links(round(word), "粘贴的链接", text)).unwrap_or(u32::MAX)
    })
}

fn group_of(units: &[Unit], word: &str) -> Option<Group> {
    let named = word
        .split_once(' ')
        .and_then(|(kind, year)| Some(Group { kind: UnitKind::parse(kind)?, cycle: Cycle(year.parse().ok()?) }));
    let all = groups(units);
    named.filter(|named| all.iter().any(|(group, _)| group == named)).or_else(|| all.first().map(|(group, _)| *group))
}

fn word_of(group: Group) -> String {
    format!("{} {}", group.kind.as_str(), group.cycle.first_year())
}

/// What is to be shown, as JSON. `asked` is JSON too: `group`, `sort`, `descending`, `text`, `problems`, `rows`, `late`, `moves`,
/// `roster`.
///
/// # Errors
/// What went wrong, for the console.
#[wasm_bindgen]
pub fn rollup_view(asked: &str) -> Result<String, String> {
    let asked: Value = serde_json::from_str(asked).map_err(|error| error.to_string())?;
    with_units(|desk, units| view(desk, units, &asked).to_string())
}

fn view(desk: &Desk, units: &[Unit], asked: &Value) -> Value {
    let gathering = &desk.gathering;
    let sources = &gathering.sources;
    let said = json!({
        "files": sources.len(),
        "all_failed": sources.iter().filter(|source| source.outcome.is_err()).count(),
        "failed": sources.iter().filter_map(failed).take(MOST_LISTED).collect::<Vec<_>>(),
        "all_noted": sources.iter().filter(|source| !source.notes.is_empty()).count(),
        "noted": sources.iter().filter(|source| !source.notes.is_empty()).take(MOST_LISTED).map(noted).collect::<Vec<_>>(),
    });
    let Some(group) = group_of(units, asked["group"].as_str().unwrap_or_default()) else {
        return json!({ "sources": said });
    };
    let most = |name: &str| asked[name].as_u64().and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX);
    let query = Query {
        sort: match asked["sort"].as_str() {
            Some("percent") => Sort::Percent,
            Some("open") => Sort::Open,
            Some("late") => Sort::Late,
            _ => Sort::Name,
        },
        is_descending: asked["descending"].as_bool().unwrap_or_default(),
        text: asked["text"].as_str().unwrap_or_default().into(),
        only: if asked["problems"].as_bool().unwrap_or_default() { Only::Problems } else { Only::All },
    };
    let shown = rows(units, group, &query);
    let roster = Roster::read(asked["roster"].as_str().unwrap_or_default(), units);
    let sample = group.units(units).next();
    let name = |id| sample.map(|unit| title(catalogue(), unit, id)).unwrap_or_default();
    let late = laggards(units, group);
    let rounds = Rounds::of(catalogue(), units, group);
    let merged = || group.units(units).filter(|unit| unit.sources.len() > 1);
    let all_merged = merged().count();
    let merged: Vec<_> = merged()
        .take(MOST_LISTED)
        .map(|unit| {
            let from = unit.sources.iter().filter_map(|at| sources.get(*at)).map(from).collect::<Vec<_>>();
            json!({ "name": unit.name, "from": from, "disputed": unit.disputed.len() })
        })
        .collect();
    let notice = Notice::of(gathering, units, group, &roster, desk.today);
    json!({
        "sources": said,
        "groups": groups(units).into_iter().map(|(group, count)| json!({
            "word": word_of(group), "kind": group.kind.name(), "cycle": group.cycle.name(), "count": count,
        })).collect::<Vec<_>>(),
        "group": word_of(group),
        "steps": catalogue().steps.iter().map(|step| &step.title).collect::<Vec<_>>(),
        "total": group.units(units).count(),
        "found": shown.len(),
        "rows": shown.iter().take(most("rows")).map(|at| row(*at, &units[*at])).collect::<Vec<_>>(),
        "missed": missed(catalogue(), units, group).into_iter().take(20).map(|missed| json!({
            "title": name(missed.id), "asked": missed.asked, "open": missed.open, "unchecked": missed.unchecked,
        })).collect::<Vec<_>>(),
        "late": late.iter().take(most("late")).map(|(at, found)| json!({
            "unit": units[*at].name, "title": title(catalogue(), &units[*at], found.id), "owner": found.owner,
            "due": found.due.map(|due| due.to_string()),
            "is_late": found.findings.contains(&Finding::Overdue),
        })).collect::<Vec<_>>(),
        "all_late": late.len(),
        "roster": {
            "named": roster.named, "missing": roster.missing, "all_beyond": roster.beyond.len(),
            "beyond": roster.beyond.iter().take(MOST_LISTED).collect::<Vec<_>>(),
            "faults": roster.faults.iter().map(fault).collect::<Vec<_>>(),
        },
        "rounds": {
            "moves": rounds.moves.iter().take(most("moves")).map(|moved| json!({
                "name": moved.name, "then": percent(&moved.then), "now": percent(&moved.now), "done": moved.done,
                "back": moved.back.iter().map(|id| name(*id)).collect::<Vec<_>>(), "others": moved.others,
            })).collect::<Vec<_>>(),
            "all": rounds.moves.len(), "gone": rounds.gone, "new": rounds.new,
        },
        "merged": merged,
        "all_merged": all_merged,
        "text": notice.text(),
    })
}

/// The most files or units that a list of what is remarkable names.
const MOST_LISTED: usize = 200;

fn fault(fault: &ListFault) -> String {
    match fault {
        ListFault::TooLong(line) => format!("名单第 {line} 行太长，不像单位名称，没有算。"),
        ListFault::Twice(name) => format!("名单里“{name}”不止一个，按一个算。"),
        ListFault::TooMany(line) => format!("名单太长，第 {line} 行起没有读。"),
    }
}

fn failed(source: &Source) -> Option<Value> {
    source.outcome.as_ref().err().map(|why| json!({ "name": source.name, "why": why, "round": source.round.name() }))
}

fn noted(source: &Source) -> Value {
    json!({ "name": source.name, "notes": source.notes })
}

fn from(source: &Source) -> String {
    let what = match source.origin {
        Origin::Backup => "备份",
        Origin::Sheet => "台账",
        Origin::Link => "链接",
        Origin::Unknown => "",
    };
    let day = source.day.map(|day| format!("，{day}")).unwrap_or_default();
    format!("{}（{what}{day}）", source.name)
}

/// A percentage, and how far it is: 0 nothing checked, 1 to 3, 4 all done, or 5 nothing applies.
fn heat(tally: &Tally) -> Value {
    let level = match tally.percent() {
        _ if tally.checked() == 0 => 0,
        None => 5,
        Some(100) => 4,
        Some(80..) => 3,
        Some(40..) => 2,
        Some(_) => 1,
    };
    json!({ "percent": percent(tally), "level": level })
}

fn row(at: usize, unit: &Unit) -> Value {
    let cells = unit.steps.iter().enumerate().map(|(step, tally)| {
        tally.as_ref().map(|tally| {
            json!({
                "heat": heat(tally), "open": tally.open(), "late": unit.count_in(step, Finding::Overdue),
                "lacking": tally.unproven() + tally.unreasoned(),
            })
        })
    });
    json!({
        "at": at,
        "name": unit.name,
        "heat": heat(&unit.tally),
        "done": unit.tally.count(Status::Done),
        "applicable": unit.tally.applicable(),
        "open": unit.tally.open(),
        "late": unit.count(Finding::Overdue),
        "own": unit.own.0,
        "own_done": unit.own.1,
        "plans": unit.plans,
        "sources": unit.sources.len(),
        "cells": cells.collect::<Vec<_>>(),
    })
}

/// What is behind a cell, as JSON: the requirements of a step, or of all (`step` below 0), that are not in order.
///
/// # Errors
/// What went wrong, for the console.
#[wasm_bindgen]
pub fn rollup_cell(at: usize, step: i32) -> Result<String, String> {
    with_units(|desk, units| {
        let found = units.get(at).map(|unit| Detail::of(&desk.gathering, unit)).unwrap_or_default();
        let wanted = usize::try_from(step).ok();
        let found = found
            .into_iter()
            .filter(|detail| wanted.is_none_or(|step| detail.step == step) && !detail.findings.is_empty());
        let found = found.map(|detail| {
            json!({
                "title": detail.title, "status": detail.status.name(), "problems": detail.problems(),
                "due": detail.due.map(|due| due.to_string()), "owner": detail.owner, "problem": detail.problem,
                "measure": detail.measure, "disputed": detail.is_disputed,
            })
        });
        Value::Array(found.collect()).to_string()
    })
}

/// 汇总表 as .xlsx.
///
/// # Errors
/// What went wrong, for the console.
#[wasm_bindgen]
pub fn rollup_sheet() -> Result<Vec<u8>, String> {
    with_units(|desk, units| roll_up::xlsx(&desk.gathering, units, desk.today))?.map_err(|error| error.to_string())
}

/// 通报 as .docx, on one group.
///
/// # Errors
/// What went wrong, for the console.
#[wasm_bindgen]
pub fn rollup_notice(group: &str, roster: &str) -> Result<Vec<u8>, String> {
    with_units(|desk, units| {
        let group = group_of(units, group).ok_or("there is no unit")?;
        let roster = Roster::read(roster, units);
        let notice = Notice::of(&desk.gathering, units, group, &roster, desk.today);
        notice::docx(&notice).map_err(|error| error.to_string())
    })?
}

/// A piece of 明细 as CSV, of the units from this place on; empty after the last. A province's worth at once would take up too
/// much.
///
/// # Errors
/// What went wrong, for the console.
#[wasm_bindgen]
pub fn rollup_details(from: usize) -> Result<Vec<u8>, String> {
    with_units(|desk, units| {
        let piece = units.get(from..(from + PIECE).min(units.len())).filter(|piece| !piece.is_empty());
        let text = piece.map(|piece| csv(&desk.gathering, piece)).unwrap_or_default();
        let rows = text.split_once('\n').map_or("", |(_, rows)| rows);
        if from == 0 { text.into_bytes() } else { rows.as_bytes().to_vec() }
    })
}

/// How many units a piece is of; the page asks for one after the other.
const PIECE: usize = 200;

#[cfg(test)]
mod tests {
    use plan_checklist_domain::storage::backup::export;
    use plan_checklist_domain::storage::log::Log;
    use plan_checklist_domain::workbook::update::update;
    use plan_checklist_domain::{Msg, Stamp, Workbook, WorkbookId};
    use plan_checklist_office::ledger;

    use super::*;

    #[test]
    fn files_of_all_sorts_become_one_table() {
        let unit = |id: u64, name: &str| {
            let stamp = |counter| Stamp { wall: 1, counter, ..Stamp::default() };
            let blank = Workbook::new(WorkbookId(id), UnitKind::County);
            let named = update(&blank, Msg::UnitNamed(name.into()), stamp(1));
            update(&named, Msg::Answered(catalogue().steps[0].requirements[0].id, Status::Done), stamp(2))
        };
        assert!(rollup_view("{}").is_err());
        rollup_begin("2020-11-30", 30, 1e13);
        let backup = export(&[unit(1, "甲县")], &Log::default(), None);
        let csv = ledger::csv(&unit(2, "乙县"), catalogue(), ledger::Rows::All);
        let sheet = ledger::xlsx(&unit(3, "丙县"), catalogue(), ledger::Rows::All, ledger::Occasion::default());
        let sheet = sheet.expect("it can be packed");
        for (name, file) in [
            ("a.json", backup.as_bytes()),
            ("乙县-台账.csv", csv.as_bytes()),
            ("c.xlsx", &sheet),
            ("d.xls", b"\xd0\xcf\x11\xe0"),
        ] {
            rollup_file("now", name, 1e12, file).expect("it has begun");
        }
        rollup_failed("now", "e.json", "太大").expect("it has begun");
        let view: Value =
            serde_json::from_str(&rollup_view(r#"{"roster":"丁县","rows":2}"#).expect("it has begun")).expect("JSON");
        assert_eq!(view["sources"]["failed"].as_array().map(Vec::len), Some(2), "{view}");
        assert_eq!((view["total"].as_u64(), view["rows"].as_array().map(Vec::len)), (Some(3), Some(2)));
        assert_eq!(view["roster"]["missing"][0], "丁县");
        let cell: Value = serde_json::from_str(&rollup_cell(0, 0).expect("it has begun")).expect("JSON");
        assert_eq!(cell[0]["problems"], "缺佐证", "{cell}");
        assert!(rollup_sheet().is_ok_and(|file| file.starts_with(b"PK")));
        assert!(rollup_notice("", "").is_ok_and(|file| file.starts_with(b"PK")));
        assert!(rollup_details(0).is_ok_and(|file| file.starts_with(b"\xef\xbb\xbf")));
        assert!(rollup_details(1).is_ok_and(|file| file.starts_with("\"这一轮".as_bytes())));
        assert_eq!(rollup_details(3), Ok(Vec::new()));
    }
}
