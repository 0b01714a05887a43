//! The backup file: workbooks as readable JSON, with counts and a checksum. docs/file-format.md describes it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::date::Date;
use crate::storage::checksum::checksum;
use crate::storage::log::Log;
use crate::storage::record;
use crate::storage::saved::{self, Decoded};
use crate::workbook::merge::merge;
use crate::workbook::workbook::Workbook;

/// The version this release writes.
pub const VERSION: u64 = 1;
/// The most bytes a file may have: a hundred times what a full workbook takes.
pub const SIZE_LIMIT: usize = 20 * 1024 * 1024;

/// The most answers and entries of evidence a file may have: a thousand full workbooks.
pub const COUNT_LIMIT: usize = 300_000;
/// How far ahead of this computer's clock, in milliseconds, a file's clock is believed.
const TRUSTED_AHEAD: u64 = 2 * DAY;
const DAY: u64 = 24 * 60 * 60 * 1000;

const FORMAT: &str = "plan-checklist";

/// Why nothing could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileError {
    /// More than [`SIZE_LIMIT`].
    TooLarge,
    /// More than [`COUNT_LIMIT`] answers and entries.
    TooMany,
    /// No backup file of ours, nor the rest of one.
    NotOurs,
    /// A spreadsheet or another office file: 台账 is read elsewhere.
    Office,
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
    /// What was learned; empty where the file says nothing of it.
    pub training: Log,
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

/// What a file counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    Workbooks,
    Answers,
    Evidence,
    /// Lines of what was learned.
    Training,
}

/// How many of each a file should hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Counts {
    workbooks: u64,
    answers: u64,
    evidence: u64,
}

impl Counts {
    fn of(workbooks: &[Workbook]) -> Self {
        let answers = || workbooks.iter().flat_map(|workbook| workbook.answers.values());
        Self {
            workbooks: workbooks.len() as u64,
            answers: answers().count() as u64,
            evidence: answers().map(|answer| answer.entries.len() as u64).sum(),
        }
    }

    /// What is fewer than expected.
    fn missing(self, found: Self) -> impl Iterator<Item = Loss> {
        let all = [
            (Counted::Workbooks, self.workbooks, found.workbooks),
            (Counted::Answers, self.answers, found.answers),
            (Counted::Evidence, self.evidence, found.evidence),
        ];
        let missing = all.into_iter().filter(|(_, expected, found)| expected > found);
        missing.map(|(what, expected, found)| Loss::Missing { what, expected, found })
    }
}

/// A file being written.
#[derive(Serialize)]
struct File<'a> {
    format: &'static str,
    version: u64,
    made: Option<Date>,
    counts: Counts,
    checksum: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    training: Option<Training<'a>>,
    /// Last, because a file that is cut off then still says what it held.
    workbooks: &'a [Workbook],
}

/// What was learned, in a file.
#[derive(Serialize)]
struct Training<'a> {
    checksum: String,
    lines: Vec<&'a str>,
}

/// A backup of these workbooks, and of what was learned, made on this date.
#[must_use]
pub fn export(workbooks: &[Workbook], training: &Log, made: Option<Date>) -> String {
    let list = serde_json::to_string(workbooks).ok().and_then(|text| serde_json::from_str(&text).ok());
    let list: Value = list.expect("what was written can be read");
    let counts = Counts::of(workbooks);
    let checksum = canonical_checksum(&list);
    let training = (!training.is_empty()).then(|| {
        let lines: Vec<_> = training.lines().collect();
        Training { checksum: lines_checksum(&lines), lines }
    });
    let file = File { format: FORMAT, version: VERSION, made, counts, checksum, training, workbooks };
    let mut text = serde_json::to_string_pretty(&file).expect("all keys are texts");
    text.push('\n');
    text
}

/// A file of last resort: what was found in storage, as the text it is, under the keys it has there.
///
/// The start script writes the same when the program cannot.
#[must_use]
pub fn rescue(stored: &[(String, String)]) -> String {
    let mut root = Map::new();
    for (key, text) in stored {
        root.insert(key.clone(), Value::String(text.clone()));
    }
    serde_json::to_string(&root).expect("all keys are texts")
}

/// Reads a backup file, or as much of it as is left, at `now`, in milliseconds since 1970.
///
/// Stamps later than the day after the file was made, or than two days from now, count as stamps of that moment: else what
/// a wrong clock wrote could never be written over. The bound is the file's own where it has one, so that reading the
/// file again later gives the same.
///
/// # Errors
/// If not a single workbook could be read; see [`FileError`].
pub fn import(text: &str, now: u64) -> Result<Import, FileError> {
    if text.len() > SIZE_LIMIT {
        return Err(FileError::TooLarge);
    }
    let text = text.trim_start_matches('\u{feff}');
    if text.starts_with("PK\u{3}\u{4}") || text.starts_with("\"编号\",") {
        return Err(FileError::Office);
    }
    let mut losses = Vec::new();
    let root = match serde_json::from_str(text) {
        Ok(root) => root,
        Err(error) => {
            losses.push(Loss::CutOff);
            salvage(text, place(text, &error)).ok_or(FileError::NotOurs)?
        }
    };
    let Value::Object(mut root) = root else { return Err(FileError::NotOurs) };
    match root.get("format").and_then(Value::as_str) {
        Some(FORMAT) => {}
        _ if root.keys().any(|key| key.starts_with(record::PREFIX)) => return import_rescue(&root, losses, now),
        _ => return Err(FileError::NotOurs),
    }
    if root.get("version").and_then(Value::as_u64).is_none_or(|version| version > VERSION) {
        return Err(FileError::Newer);
    }
    let made = root.get("made").and_then(Value::as_str).and_then(Date::parse);
    let latest = made.map_or(u64::MAX, after).min(now.saturating_add(TRUSTED_AHEAD));
    let training = training(root.get("training"), &mut losses).bounded(latest);
    let list = root.remove("workbooks").unwrap_or_default();
    if losses.is_empty() && root.get("checksum").and_then(Value::as_str) != Some(&canonical_checksum(&list)) {
        losses.push(Loss::Altered);
    }
    let list = match list {
        Value::Array(list) => list,
        _ if training.is_empty() => return Err(FileError::Empty),
        _ => Vec::new(),
    };
    if list.iter().map(count).sum::<usize>() > COUNT_LIMIT {
        return Err(FileError::TooMany);
    }
    let mut strangers = 0;
    let mut workbooks = Vec::new();
    for value in list {
        match saved::decode(value) {
            Some(decoded) => add(&mut workbooks, decoded, latest, &mut losses),
            None => strangers += 1,
        }
    }
    if strangers > 0 {
        losses.push(Loss::NoWorkbook(strangers));
    }
    let expected = root.get("counts").and_then(|counts| Counts::deserialize(counts).ok()).unwrap_or_default();
    losses.extend(expected.missing(Counts::of(&workbooks)));
    finish(workbooks, training, losses)
}

/// What a file says was learned. Lines that are none are left out.
fn training(value: Option<&Value>, losses: &mut Vec<Loss>) -> Log {
    let mut log = Log::default();
    let Some(value) = value else { return log };
    let lines: Vec<&str> =
        value.get("lines").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let is_altered = value.get("checksum").and_then(Value::as_str) != Some(&lines_checksum(&lines));
    let unread = lines.iter().filter(|line| !log.insert(line)).count();
    if unread > 0 {
        let expected = lines.len() as u64;
        losses.push(Loss::Missing { what: Counted::Training, expected, found: expected - unread as u64 });
    } else if is_altered && losses.is_empty() {
        losses.push(Loss::Altered);
    }
    log
}

/// CRC-32 of the lines, each with a line break after it.
fn lines_checksum(lines: &[&str]) -> String {
    let parts: Vec<&[u8]> = lines.iter().flat_map(|line| [line.as_bytes(), b"\n"]).collect();
    format!("{:08x}", checksum(&parts))
}

fn import_rescue(stored: &Map<String, Value>, mut losses: Vec<Loss>, now: u64) -> Result<Import, FileError> {
    let mut workbooks = Vec::new();
    let mut training = Log::default();
    let mut broken = 0;
    // Only records count: a rescue file also holds small notes.
    for text in stored.values().filter_map(Value::as_str).filter(|text| record::is_record(text)) {
        match record::read(text) {
            Ok((header, workbook)) => {
                let latest = header.saved.min(now).saturating_add(TRUSTED_AHEAD);
                add(&mut workbooks, Decoded { workbook, unreadable: Vec::new() }, latest, &mut losses);
            }
            Err(_) => broken += 1,
        }
    }
    for text in stored.values().filter_map(Value::as_str).filter(|text| Log::is_record(text)) {
        match Log::read(text) {
            Ok((header, log)) => {
                training = training.merge(&log.bounded(header.saved.min(now).saturating_add(TRUSTED_AHEAD)));
            }
            Err(_) => broken += 1,
        }
    }
    if broken > 0 {
        losses.push(Loss::NoWorkbook(broken));
    }
    finish(workbooks, training, losses)
}

/// How many answers and entries a workbook's JSON holds.
fn count(workbook: &Value) -> usize {
    let members = |value: &Value, key: &str| value.get(key).and_then(Value::as_object).map_or(0, Map::len);
    let answers = workbook.get("answers").and_then(Value::as_object);
    let evidence: usize = answers.into_iter().flat_map(Map::values).map(|answer| members(answer, "evidence")).sum();
    members(workbook, "answers") + members(workbook, "milestones") + evidence
}

/// Two days after a date begins: on that date somewhere, and a day for clocks that differ.
fn after(made: Date) -> u64 {
    let days = Date::new(1970, 1, 1).map_or(0, |first| first.days_until(made));
    (u64::try_from(days).unwrap_or(0) + 2) * DAY
}

/// Adds a workbook to those read before; two of the same id become one.
fn add(workbooks: &mut Vec<Workbook>, decoded: Decoded, latest: u64, losses: &mut Vec<Loss>) {
    losses.extend(decoded.unreadable.into_iter().map(Loss::Unreadable));
    let mut workbook = decoded.workbook;
    workbook.bound_stamps(latest);
    match workbooks.iter_mut().find(|held| held.id == workbook.id) {
        Some(held) => *held = merge(held, &workbook),
        None => workbooks.push(workbook),
    }
}

fn finish(workbooks: Vec<Workbook>, training: Log, losses: Vec<Loss>) -> Result<Import, FileError> {
    if workbooks.is_empty() && training.is_empty() {
        Err(FileError::Empty)
    } else {
        Ok(Import { workbooks, training, losses })
    }
}

/// CRC-32 of the compact JSON with the members of every object in the order of their names.
fn canonical_checksum(value: &Value) -> String {
    let text = serde_json::to_string(value).expect("all keys are texts");
    format!("{:08x}", checksum(&[text.as_bytes()]))
}

/// The byte at which a text stops being JSON.
fn place(text: &str, error: &serde_json::Error) -> usize {
    if error.is_eof() {
        return text.len();
    }
    let before: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    // The library names the byte after the one that is wrong.
    (before + error.column()).saturating_sub(1)
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
    serde_json::from_str(&mended).ok()
}
