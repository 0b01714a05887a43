//! What the page asks of the worker: a workbook's record and some words in, a file out; or a filled sheet in, and what it
//! says out.

pub mod roll_up;

use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::sharing::link::{Link, decode};
use plan_checklist_domain::sharing::report::{Include, Report, Wanted};
use plan_checklist_domain::sharing::since::Earlier;
use plan_checklist_domain::storage::record;
use plan_checklist_domain::{AsOf, Date, Workbook};
use plan_checklist_office::docx::docx;
use plan_checklist_office::ledger::{self, Occasion, Rows};
use plan_checklist_office::ledger_back::{self, Change, Standing};
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

/// 自查报告 as .docx. `earlier` is what it compares with: a link's fragment, or a record that tells of the day `taken`; empty
/// for nothing.
///
/// # Errors
/// What went wrong, for the console.
#[wasm_bindgen]
pub fn report(
    record: &str,
    include: &str,
    today: &str,
    near_days: i32,
    earlier: &str,
    taken: &str,
) -> Result<Vec<u8>, String> {
    let workbook = workbook(record)?;
    let include = Include::parse(include);
    let Occasion { today, day, .. } = occasion(today, near_days);
    let earlier = earlier_state(earlier, taken)?;
    let report = Report::of(&workbook, builtin(), Wanted { include, today, day, earlier: earlier.as_ref() });
    docx(&report, today).map_err(|error| error.to_string())
}

/// 台账 as .xlsx: all rows, or those of one person. `earlier` and `taken` are as for [`report`].
///
/// # Errors
/// What went wrong, for the console.
#[wasm_bindgen]
pub fn sheet(
    record: &str,
    owner: &str,
    today: &str,
    near_days: i32,
    earlier: &str,
    taken: &str,
) -> Result<Vec<u8>, String> {
    let workbook = workbook(record)?;
    let earlier = earlier_state(earlier, taken)?;
    let occasion = Occasion { earlier: earlier.as_ref(), ..occasion(today, near_days) };
    ledger::xlsx(&workbook, builtin(), rows(owner), occasion).map_err(|error| error.to_string())
}

/// 台账 as CSV.
///
/// # Errors
/// What went wrong, for the console.
#[wasm_bindgen]
pub fn csv(record: &str, owner: &str) -> Result<Vec<u8>, String> {
    Ok(ledger::csv(&workbook(record)?, builtin(), rows(owner)).into_bytes())
}

/// What a filled sheet says, as JSON: `refused`, a sentence; or `rows`, `changes` and `problems`.
///
/// # Errors
/// What went wrong, for the console.
#[wasm_bindgen]
pub fn read(record: &str, file: &[u8]) -> Result<String, String> {
    let workbook = workbook(record)?;
    let answer = match ledger_back::read(&workbook, builtin(), file) {
        Err(refusal) => json!({ "refused": refusal.to_string() }),
        Ok(reading) => json!({
            "rows": reading.rows,
            "changes": reading.changes.iter().map(change).collect::<Vec<_>>(),
            "problems": reading.problems,
        }),
    };
    Ok(answer.to_string())
}

fn change(change: &Change) -> Value {
    let standing = match change.standing {
        Standing::Filled => "filled",
        Standing::BothChanged => "both-changed",
        Standing::Unknown => "unknown",
    };
    json!({
        "title": change.title,
        "field": change.field.name(),
        "here": change.here,
        "sheet": change.sheet,
        "standing": standing,
        "msgs": change.msgs,
    })
}

fn earlier_state(text: &str, taken: &str) -> Result<Option<Earlier>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    if let Ok(Link::Snapshot(snapshot)) = decode(builtin(), text) {
        return Ok(Some(Earlier::Snapshot(snapshot)));
    }
    Ok(Some(Earlier::Workbook(Box::new(workbook(text)?), Date::parse(taken))))
}

fn workbook(text: &str) -> Result<Workbook, String> {
    record::read(text).map(|(_, workbook)| workbook).map_err(|error| format!("{error:?}"))
}

/// Nobody is everybody.
fn rows(owner: &str) -> Rows<'_> {
    if owner.is_empty() { Rows::All } else { Rows::Of(owner) }
}

/// A negative number of days: lateness says nothing.
fn occasion(today: &str, near_days: i32) -> Occasion<'static> {
    let today = Date::parse(today);
    let day = today.zip(u16::try_from(near_days).ok()).map(|(today, near_days)| AsOf { today, near_days });
    Occasion { today, day, earlier: None }
}

#[cfg(test)]
mod tests {
    use plan_checklist_domain::sharing::link::encode;
    use plan_checklist_domain::sharing::snapshot::Snapshot;
    use plan_checklist_domain::workbook::update::update;
    use plan_checklist_domain::{Msg, Stamp, UnitKind, WorkbookId};

    use super::*;

    #[test]
    fn a_record_becomes_files_and_a_filled_sheet_says_what_is_in_it() {
        let blank = Workbook::new(WorkbookId(1), UnitKind::County);
        let stamp = Stamp { wall: 1, ..Stamp::default() };
        let workbook = update(&blank, Msg::UnitNamed("某县".into()), stamp);
        let record = record::write(&workbook, 0, 0);
        for earlier in ["", &record, &encode(builtin(), &Snapshot::of(builtin(), &workbook, None))] {
            let report = report(&record, "all", "2025-11-30", 30, earlier, "2025-10-08");
            assert!(report.is_ok_and(|file| file.starts_with(b"PK")), "{earlier}");
        }
        let file = sheet(&record, "", "2025-11-30", -1, &record, "2025-10-08").expect("it can be packed");
        let said: Value = serde_json::from_str(&read(&record, &file).expect("it is a record")).expect("JSON");
        assert_eq!(
            (said["changes"].as_array().map(Vec::len), said["rows"].as_u64().is_some_and(|rows| rows > 50)),
            (Some(0), true)
        );
        let text = csv(&record, "").expect("it is a record");
        let text = String::from_utf8(text).expect("text").replacen("\"未核对\"", "\"已落实\"", 1);
        let said: Value = serde_json::from_str(&read(&record, text.as_bytes()).expect("it is a record")).expect("JSON");
        let change = &said["changes"][0];
        assert_eq!((change["field"].as_str(), change["sheet"].as_str()), (Some("状态"), Some("已落实")));
        assert!(serde_json::from_value::<Vec<Msg>>(change["msgs"].clone()).is_ok_and(|msgs| msgs.len() == 1));
        let refused: Value = serde_json::from_str(&read(&record, b"%PDF-").expect("it is a record")).expect("JSON");
        assert!(refused["refused"].as_str().is_some_and(|sentence| sentence.contains("PDF")));
        assert!(report("no record", "all", "", 30, "", "").is_err());
        assert!(report(&record, "all", "", 30, "neither", "").is_err());
    }
}
