//! The saved form of a workbook: JSON, version 1.
//!
//! ```json
//! {"version":1,"kind":"county","cycle":2021,"unit":"","filler":"","place":"2.4-b",
//!  "answers":{"2.4-b":{"status":"done","note":"","reason":"","owner":"","due":"2020-12-31",
//!             "evidence":[{"what":"","reference":"","date":"2020-06-30"}]}}}
//! ```
//!
//! Empty fields are left out. What a save holds and this release cannot read, an unknown field or a value of the wrong
//! type, stays where it was and is written back; answers to requirements that no longer exist wait in the attic.

use std::rc::Rc;

use serde_json::{Map, Value};

use crate::catalogue::{CATALOGUE, UnitKind};
use crate::date::Date;
use crate::workbook::{Answer, Cycle, Evidence, Status, Workbook};

/// The version this release writes.
pub const VERSION: u64 = 1;

/// Why a save could not be read. The save itself must then be left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecodeError {
    /// It is not JSON, or not a workbook.
    Damaged,
    /// A later release wrote it.
    Newer,
}

/// The workbook as text. Equal workbooks give equal text.
#[must_use]
pub fn encode(workbook: &Workbook) -> String {
    let mut root = workbook.unknown.clone();
    root.insert("version".into(), VERSION.into());
    root.insert("kind".into(), workbook.kind.as_str().into());
    // A cycle this release could not read waits among the unknown fields, as it was.
    if !(workbook.cycle == Cycle::OF_THE_SPEECH && root.contains_key("cycle")) {
        root.insert("cycle".into(), workbook.cycle.0.into());
    }
    put(&mut root, "unit", &workbook.unit);
    put(&mut root, "filler", &workbook.filler);
    put(&mut root, "place", workbook.place.map_or("", |id| id.as_str()));
    let mut answers = workbook.attic.clone();
    for (id, answer) in &workbook.answers {
        answers.insert(id.as_str().into(), Value::Object(encode_answer(answer)));
    }
    root.insert("answers".into(), Value::Object(answers));
    Value::Object(root).to_string()
}

/// Reads what [`encode`] wrote, in this or an earlier release.
///
/// # Errors
/// [`DecodeError::Newer`] for a version this release does not know, [`DecodeError::Damaged`] for anything that is not a
/// workbook at all. Single values that cannot be read are no error: they are kept aside and written back.
pub fn decode(text: &str) -> Result<Workbook, DecodeError> {
    let Ok(Value::Object(mut root)) = serde_json::from_str(text) else { return Err(DecodeError::Damaged) };
    match root.remove("version").as_ref().and_then(Value::as_u64) {
        Some(VERSION) => {}
        Some(version) if version > VERSION => return Err(DecodeError::Newer),
        _ => return Err(DecodeError::Damaged),
    }
    let kind = take(&mut root, "kind", |value| UnitKind::parse(value.as_str()?)).ok_or(DecodeError::Damaged)?;
    let mut workbook = Workbook::new(kind);
    if let Some(cycle) = take(&mut root, "cycle", |value| value.as_u64()?.try_into().ok()) {
        workbook.cycle = Cycle(cycle);
    }
    workbook.unit = take_text(&mut root, "unit").into();
    workbook.filler = take_text(&mut root, "filler").into();
    workbook.place = take(&mut root, "place", |value| CATALOGUE.requirement(value.as_str()?)).map(|found| found.id);
    let answers = take(&mut root, "answers", |value| value.as_object().cloned()).unwrap_or_default();
    for (id, value) in answers {
        match (CATALOGUE.requirement(&id), value) {
            (Some(requirement), Value::Object(answer)) => {
                workbook.answers.insert(requirement.id, Rc::new(decode_answer(answer)));
            }
            (_, value) => {
                workbook.attic.insert(id, value);
            }
        }
    }
    workbook.unknown = root;
    Ok(workbook)
}

/// A file of last resort: the workbooks on the page and everything found in storage, each as the text it is.
#[must_use]
pub fn rescue(open: &[String], stored: &[(String, String)]) -> String {
    let open: Vec<Value> = open.iter().map(|text| text.as_str().into()).collect();
    let stored: Map<String, Value> = stored.iter().map(|(key, text)| (key.clone(), text.as_str().into())).collect();
    let mut root = Map::new();
    root.insert("product".into(), "plan-checklist".into());
    root.insert("open".into(), open.into());
    root.insert("stored".into(), stored.into());
    Value::Object(root).to_string()
}

fn encode_answer(answer: &Answer) -> Map<String, Value> {
    let mut map = answer.unknown.clone();
    if answer.status != Status::Unchecked {
        map.insert("status".into(), answer.status.as_str().into());
    }
    put(&mut map, "note", &answer.note);
    put(&mut map, "reason", &answer.reason);
    put(&mut map, "owner", &answer.owner);
    put_date(&mut map, "due", answer.due);
    if !answer.evidence.is_empty() {
        map.insert("evidence".into(), answer.evidence.iter().map(encode_evidence).collect());
    }
    map
}

fn encode_evidence(entry: &Evidence) -> Value {
    let mut map = entry.unknown.clone();
    put(&mut map, "what", &entry.what);
    put(&mut map, "reference", &entry.reference);
    put_date(&mut map, "date", entry.date);
    Value::Object(map)
}

fn decode_answer(mut map: Map<String, Value>) -> Answer {
    let is_all_objects = |value: &Value| value.as_array().filter(|list| list.iter().all(Value::is_object)).cloned();
    let evidence = take(&mut map, "evidence", is_all_objects).unwrap_or_default();
    Answer {
        status: take(&mut map, "status", |value| Status::parse(value.as_str()?)).unwrap_or_default(),
        note: take_text(&mut map, "note"),
        reason: take_text(&mut map, "reason"),
        owner: take_text(&mut map, "owner"),
        due: take_date(&mut map, "due"),
        evidence: evidence.into_iter().map(decode_evidence).collect(),
        unknown: map,
    }
}

fn decode_evidence(value: Value) -> Evidence {
    let Value::Object(mut map) = value else { return Evidence::default() };
    Evidence {
        what: take_text(&mut map, "what"),
        reference: take_text(&mut map, "reference"),
        date: take_date(&mut map, "date"),
        unknown: map,
    }
}

fn put(map: &mut Map<String, Value>, key: &str, text: &str) {
    if !text.is_empty() {
        map.insert(key.into(), text.into());
    }
}

fn put_date(map: &mut Map<String, Value>, key: &str, date: Option<Date>) {
    if let Some(date) = date {
        map.insert(key.into(), date.to_string().into());
    }
}

/// Takes a value out where `read` understands it; leaves it in the map where not.
fn take<T>(map: &mut Map<String, Value>, key: &str, read: impl Fn(&Value) -> Option<T>) -> Option<T> {
    let value = read(map.get(key)?)?;
    map.remove(key);
    Some(value)
}

fn take_text(map: &mut Map<String, Value>, key: &str) -> String {
    take(map, key, |value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn take_date(map: &mut Map<String, Value>, key: &str) -> Option<Date> {
    take(map, key, |value| Date::parse(value.as_str()?))
}
