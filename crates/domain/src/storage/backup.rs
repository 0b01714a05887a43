//! The backup file: workbooks as readable JSON, with counts and a checksum. docs/file-format.md describes it.

use crate::checksum::checksum;
use crate::dates::date::Date;
use crate::json::{self, Map, Value, compact};
use crate::map;
use crate::workbook::merge::merge;
use crate::storage::record;
use crate::storage::saved::{self, Decoded};
use crate::workbook::workbook::{Workbook, WorkbookId};

/// The version this release writes.
pub const VERSION: u64 = 1;
/// The most bytes a file may have: a hundred times what a full workbook takes.
pub const SIZE_LIMIT: usize = 20 * 1024 * 1024;

const FORMAT: &str = "plan-checklist";
/// What the page hands out when it can do no better: raw records from storage.
const RESCUE: &str = "plan-checklist-rescue";

/// Why nothing could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileError {
    /// More than [`SIZE_LIMIT`].
    TooLarge,
    /// No backup file of ours, nor the rest of one.
    NotOurs,
    /// A later release wrote it.
    Newer,
    /// It is one of ours, but holds no workbook that can be read.
    Empty,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// The workbooks, each once.
    pub workbooks: Vec<Workbook>,
    /// What is missing or doubtful; empty for a sound file.
    pub losses: Vec<Loss>,
}

/// Something about a file that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Loss {
    /// It ends too early, or is broken from some place on.
    CutOff,
    /// It was changed since it was written.
    Altered,
    /// It should hold this many, and this many were read.
    Missing { what: Counted, expected: u64, found: u64 },
    /// The value at this place could not be read: `answers/2.4-b/due`. It is kept, but not shown.
    Unreadable(String),
    /// This many entries are no workbooks at all.
    NoWorkbook(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    Workbooks,
    Answers,
    Evidence,
}

impl Counted {
    const ALL: [(Self, &'static str); 3] =
        [(Self::Workbooks, "workbooks"), (Self::Answers, "answers"), (Self::Evidence, "evidence")];

    fn of(self, workbooks: &[Workbook]) -> u64 {
        let count = match self {
            Self::Workbooks => workbooks.len(),
            Self::Answers => workbooks.iter().map(|workbook| workbook.answers.len() + workbook.attic.len()).sum(),
            Self::Evidence => {
                let answers = workbooks.iter().flat_map(|w| w.answers.values().chain(w.attic.values()));
                answers.map(|answer| answer.entries.len()).sum()
            }
        };
        count as u64
    }
}

/// A backup of these workbooks, made on this date.
#[must_use]
pub fn export(workbooks: &[Workbook], made: Option<Date>) -> String {
    let list: Vec<Value> = workbooks
        .iter()
        .map(|workbook| {
            let Ok(value) = json::parse(&saved::encode(workbook)) else { unreachable!("encode writes JSON") };
            value
        })
        .collect();
    let contents = workbooks.iter().map(|workbook| {
        let mut entry = Map::new();
        entry.insert("id".into(), Value::Text(workbook.id.to_string()));
        entry.insert("kind".into(), workbook.kind.as_str().into());
        Value::Object(entry)
    });
    let contents = Value::List(contents.collect());
    let list = Value::List(list);
    let mut counts = Map::new();
    for (what, key) in Counted::ALL {
        counts.insert(key.into(), what.of(workbooks).into());
    }
    let mut root = Map::new();
    root.insert("format".into(), FORMAT.into());
    root.insert("version".into(), VERSION.into());
    root.insert("made".into(), Value::Text(made.map_or_else(String::new, |date| date.to_string())));
    root.insert("contents".into(), contents);
    root.insert("counts".into(), Value::Object(counts));
    root.insert("checksum".into(), Value::Text(canonical_checksum(&list)));
    root.insert("workbooks".into(), list);
    let mut text = json::indented(&Value::Object(root));
    text.push('\n');
    text
}

/// A file of last resort: what was found in storage, as the text it is.
#[must_use]
pub fn rescue(stored: &[(String, String)]) -> String {
    let mut records = Map::new();
    for (key, text) in stored {
        records.insert(key.clone(), text.as_str().into());
    }
    let mut root = Map::new();
    root.insert("format".into(), RESCUE.into());
    root.insert("stored".into(), Value::Object(records));
    compact(&Value::Object(root))
}

/// Reads a backup file, or as much of it as is left.
///
/// # Errors
/// If not a single workbook could be read; see [`FileError`].
pub fn import(text: &str) -> Result<Import, FileError> {
    if text.len() > SIZE_LIMIT {
        return Err(FileError::TooLarge);
    }
    let text = text.trim_start_matches('\u{feff}');
    let mut losses = Vec::new();
    let root = match json::parse(text) {
        Ok(root) => root,
        Err(end) => {
            losses.push(Loss::CutOff);
            salvage(text, end).ok_or(FileError::NotOurs)?
        }
    };
    let Value::Object(mut root) = root else { return Err(FileError::NotOurs) };
    match root.get("format").and_then(Value::as_str) {
        Some(FORMAT) => {}
        Some(RESCUE) => return import_rescue(&root, losses),
        _ => return Err(FileError::NotOurs),
    }
    if root.get("version").and_then(Value::as_u64).is_none_or(|version| version > VERSION) {
        return Err(FileError::Newer);
    }
    let list = root.remove("workbooks").unwrap_or_default();
    if losses.is_empty() && root.get("checksum").and_then(Value::as_str) != Some(&canonical_checksum(&list)) {
        losses.push(Loss::Altered);
    }
    let Value::List(list) = list else { return Err(FileError::Empty) };
    let (mut strangers, mut workbooks) = (0, map::Map::new());
    let contents = root.get("contents").and_then(Value::as_list).unwrap_or_default();
    for (at, mut value) in list.into_iter().enumerate() {
        if let (Value::Object(workbook), Some(entry)) = (&mut value, contents.get(at).and_then(Value::as_object)) {
            name(workbook, entry);
        }
        match saved::decode(value) {
            Some(decoded) => add(&mut workbooks, decoded, &mut losses),
            None => strangers += 1,
        }
    }
    if strangers > 0 {
        losses.push(Loss::NoWorkbook(strangers));
    }
    let workbooks: Vec<_> = workbooks.into_iter().map(|(_, workbook)| workbook).collect();
    for (what, key) in Counted::ALL {
        let expected = root.get("counts").and_then(|counts| counts.as_object()?.get(key)?.as_u64());
        let found = what.of(&workbooks);
        if let Some(expected) = expected.filter(|expected| *expected > found) {
            losses.push(Loss::Missing { what, expected, found });
        }
    }
    finish(workbooks, losses)
}

/// A workbook's id and kind stand after its answers: one that is cut off has them from the table of contents.
fn name(workbook: &mut Map, entry: &Map) {
    for (key, value) in entry.iter() {
        if !workbook.contains_key(key) {
            workbook.insert(key.clone(), value.clone());
        }
    }
}

fn import_rescue(root: &Map, mut losses: Vec<Loss>) -> Result<Import, FileError> {
    let stored = root.get("stored").and_then(Value::as_object).into_iter().flat_map(Map::values);
    let mut workbooks = map::Map::new();
    let mut broken = 0;
    // Only records count: a rescue file also holds small notes.
    for text in stored.filter_map(Value::as_str).filter(|text| record::header(text).is_some()) {
        match record::read(text) {
            Ok((_, workbook)) => add(&mut workbooks, Decoded { workbook, unreadable: Vec::new() }, &mut losses),
            Err(_) => broken += 1,
        }
    }
    if broken > 0 {
        losses.push(Loss::NoWorkbook(broken));
    }
    finish(workbooks.into_iter().map(|(_, workbook)| workbook).collect(), losses)
}

fn add(workbooks: &mut map::Map<WorkbookId, Workbook>, decoded: Decoded, losses: &mut Vec<Loss>) {
    losses.extend(decoded.unreadable.into_iter().map(Loss::Unreadable));
    let workbook = decoded.workbook;
    let merged = match workbooks.get(&workbook.id) {
        Some(held) => merge(held, &workbook),
        None => workbook,
    };
    workbooks.insert(merged.id, merged);
}

fn finish(workbooks: Vec<Workbook>, losses: Vec<Loss>) -> Result<Import, FileError> {
    if workbooks.is_empty() { Err(FileError::Empty) } else { Ok(Import { workbooks, losses }) }
}

/// CRC-32 of the compact JSON with the members of every object in the order of their names.
fn canonical_checksum(value: &Value) -> String {
    format!("{:08x}", checksum(compact(value).as_bytes()))
}

/// What stands whole before the byte where JSON breaks off.
fn salvage(text: &str, end: usize) -> Option<Value> {
    let (mut open, mut whole) = (Vec::new(), None);
    let (mut is_string, mut is_escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate().take(end) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_string => is_escaped = true,
            b'"' => is_string = !is_string,
            _ if is_string => {}
            // A bracket's counterpart is the second character after it.
            b'{' | b'[' => open.push(byte + 2),
            b'}' | b']' => {
                open.pop();
                whole = Some((at + 1, open.len()));
            }
            b',' => whole = Some((at, open.len())),
            _ => {}
        }
    }
    // Since the last whole value, brackets were only opened: those open at that time are still the first ones.
    let (end, depth) = whole?;
    let mut mended = text.get(..end)?.to_owned();
    mended.extend(open.get(..depth)?.iter().rev().map(|byte| char::from(*byte)));
    json::parse(&mended).ok()
}
