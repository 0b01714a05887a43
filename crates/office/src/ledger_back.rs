//! 台账 as it comes back: what was filled in, as changes to look at, and what could not be read. Nothing is guessed.

use std::collections::{BTreeMap, BTreeSet};

use plan_checklist_domain::{Catalogue, Date, List, Msg, RequirementId, Workbook};

pub use crate::columns::Field;
use crate::columns::{Column, Line, evidence, fit, fits, status};
use crate::ledger::{HELP, LEDGER, LIKE_FORMULA, ORIGINAL, UNIT, WORKBOOK_ID};
pub use crate::sheet::Refusal;
use crate::sheet::{Sheet, Value, open};
use crate::text::{clean, one_line};

/// What a sheet says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// How many rows were recognised.
    pub rows: usize,
    /// What differs from the workbook, in the order of the sheet.
    pub changes: Vec<Change>,
    /// What was not read, and why: a sentence each.
    pub problems: Vec<String>,
}

/// A field in which the sheet and the workbook differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub id: RequirementId,
    pub title: String,
    pub field: Field,
    /// What the workbook says.
    pub here: String,
    /// What the sheet says.
    pub sheet: String,
    pub standing: Standing,
    /// What makes the workbook say it, too.
    pub msgs: Vec<Msg>,
}

/// Which of the two values is the newer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It was filled in in the sheet, and nothing is overwritten that came later.
    Filled,
    /// It was changed in the sheet and here, too, since the sheet went out.
    BothChanged,
    /// The sheet does not tell what it said when it went out, or is another workbook's.
    Unknown,
}

impl Standing {
    /// Whether to take the sheet's value where nobody has said otherwise.
    #[must_use]
    pub fn is_safe(self) -> bool {
        self == Self::Filled
    }
}

/// The most sentences; more would not be read.
const MOST_PROBLEMS: usize = 200;

/// Reads a filled sheet: .xlsx, CSV, or rows pasted from a spreadsheet program as text.
///
/// # Errors
///
/// Why the file is not read at all.
pub fn read(workbook: &Workbook, catalogue: &Catalogue, bytes: &[u8]) -> Result<Reading, Refusal> {
    let sheets = open(bytes)?;
    // Only what has a name can have hidden sheets.
    let is_text = sheets.iter().all(|sheet| sheet.name.is_empty());
    let (sheet, head) = choose(&sheets)?;
    let mut reader = Reader {
        workbook,
        catalogue,
        sheet,
        is_text,
        lines: Line::all(workbook, catalogue),
        original: sheets.iter().find(|sheet| sheet.name == ORIGINAL).map(original).unwrap_or_default(),
        is_others: false,
        reading: Reading { rows: 0, changes: Vec::new(), problems: Vec::new() },
    };
    reader.whose(sheets.iter().find(|sheet| sheet.name == HELP));
    reader.rows(&head);
    reader.reading.problems.truncate(MOST_PROBLEMS);
    Ok(reader.reading)
}

/// The names of the columns: in which row they stand, and in which column each.
struct Head {
    row: u32,
    columns: Vec<(u32, Column)>,
}

/// A name without what people and programs put into it: blanks, line ends, marks of being required.
fn plain(name: &str) -> String {
    name.chars().filter(|letter| !letter.is_whitespace() && !"*＊：:".contains(*letter)).collect()
}

fn column(name: &str) -> Option<Column> {
    let name = plain(name);
    Column::ALL.into_iter().find(|column| column.name() == name)
}

/// The first row that has 编号 and something to fill in.
fn head(sheet: &Sheet) -> Option<Head> {
    let mut rows: BTreeMap<u32, Vec<(u32, Column)>> = BTreeMap::new();
    for ((row, at), value) in sheet.cells.range(..(20, 0)) {
        if let Value::Text(text) = value
            && let Some(column) = column(text)
        {
            rows.entry(*row).or_default().push((*at, column));
        }
    }
    let is_head = |columns: &[(u32, Column)]| {
        columns.iter().any(|(_, column)| *column == Column::Id)
            && columns.iter().any(|(_, column)| matches!(column, Column::Field(_)))
    };
    rows.into_iter().find(|(_, columns)| is_head(columns)).map(|(row, columns)| Head { row, columns })
}

/// The one sheet that is a 台账.
fn choose(sheets: &[Sheet]) -> Result<(&Sheet, Head), Refusal> {
    let found = sheets.iter().filter(|sheet| sheet.name != ORIGINAL).filter_map(|sheet| Some((sheet, head(sheet)?)));
    let mut found: Vec<_> = found.collect();
    if let Some(at) = found.iter().position(|(sheet, _)| sheet.name.trim() == LEDGER) {
        return Ok(found.swap_remove(at));
    }
    if found.len() > 1 {
        return Err(Refusal::SeveralLedgers(found.into_iter().map(|(sheet, _)| sheet.name.clone()).collect()));
    }
    found.pop().ok_or(Refusal::NoLedger)
}

/// What 台账 said when it went out, by id and field.
type Original = BTreeMap<(String, Field), String>;

fn original(sheet: &Sheet) -> Original {
    let mut original = Original::new();
    let Some(head) = head(sheet) else { return original };
    let at = |wanted| head.columns.iter().find(|(_, column)| *column == wanted).map(|(at, _)| *at);
    let Some(ids) = at(Column::Id) else { return original };
    let last = sheet.cells.keys().map(|(row, _)| *row).max().unwrap_or_default();
    for row in head.row + 1..=last {
        let Some(id) = sheet.text(row, ids) else { continue };
        original.extend(Field::ALL.into_iter().filter_map(|field| {
            let column = at(Column::Field(field))?;
            Some(((id.to_owned(), field), clean(sheet.text(row, column).unwrap_or_default())))
        }));
    }
    original
}

struct Reader<'a> {
    workbook: &'a Workbook,
    catalogue: &'a Catalogue,
    sheet: &'a Sheet,
    is_text: bool,
    lines: Vec<Line>,
    original: Original,
    is_others: bool,
    reading: Reading,
}

impl Reader<'_> {
    fn problem(&mut self, sentence: String) {
        self.reading.problems.push(sentence);
    }

    /// Says so where the sheet went out of another workbook.
    fn whose(&mut self, help: Option<&Sheet>) {
        let Some(help) = help else { return };
        let fact = |name: &str| {
            let row =
                help.cells.iter().find(|((_, column), value)| *column == 0 && **value == Value::Text(name.into()));
            row.and_then(|((row, _), _)| help.text(*row, 1)).map(str::trim)
        };
        if fact(WORKBOOK_ID).is_some_and(|id| id != self.workbook.id.to_string()) {
            self.is_others = true;
            let unit = fact(UNIT).map(|unit| format!("（单位：{}）", one_line(unit))).unwrap_or_default();
            self.problem(format!("这份台账是从另一份自查表导出的{unit}。请先看清是不是要读进这一份。"));
        }
    }

    fn rows(&mut self, head: &Head) {
        let columns = self.columns(head);
        let Some(ids) = columns.get(&Column::Id).copied() else { return };
        let last = self.sheet.cells.keys().map(|(row, _)| *row).max().unwrap_or_default();
        let mut rows: Vec<(u32, RequirementId)> = Vec::new();
        for row in head.row + 1..=last {
            if self.sheet.cells.range((row, 0)..(row + 1, 0)).next().is_none() {
                continue;
            }
            if let Some(id) = self.id(row, ids) {
                rows.push((row, id));
            }
        }
        let mut by_id: BTreeMap<RequirementId, Vec<u32>> = BTreeMap::new();
        for (row, id) in &rows {
            by_id.entry(*id).or_default().push(row + 1);
        }
        for (id, twice) in by_id.iter().filter(|(_, rows)| rows.len() > 1) {
            let rows: Vec<_> = twice.iter().map(u32::to_string).collect();
            self.problem(format!("第 {} 行的编号都是“{id}”，分不清以哪一行为准，都没有读。", rows.join("、")));
        }
        for (row, id) in rows.into_iter().filter(|(_, id)| by_id.get(id).is_some_and(|rows| rows.len() == 1)) {
            let Some(at) = self.lines.iter().position(|line| line.id == id) else { continue };
            self.reading.rows += 1;
            let line = self.lines[at].clone();
            for field in Field::ALL {
                if let Some(column) = columns.get(&Column::Field(field)) {
                    self.field(row, *column, &line, field);
                }
            }
        }
    }

    /// Where each column stands. One that stands there twice is not read.
    fn columns(&mut self, head: &Head) -> BTreeMap<Column, u32> {
        let (mut columns, mut twice) = (BTreeMap::new(), BTreeSet::new());
        for (at, column) in &head.columns {
            if columns.insert(*column, *at).is_some() {
                twice.insert(*column);
            }
        }
        for column in twice {
            columns.remove(&column);
            self.problem(format!("有不止一列叫“{}”，分不清以哪一列为准，这几列都没有读。", column.name()));
        }
        columns
    }

    /// Which requirement a row is about.
    fn id(&mut self, row: u32, column: u32) -> Option<RequirementId> {
        let number = row + 1;
        if self.sheet.is_merged(row, column) {
            // Titles and notes over several columns are no rows.
            if self.sheet.text(row, column).is_some() {
                self.problem(format!("第 {number} 行的“编号”是合并单元格，这一行没有读。"));
            }
            return None;
        }
        let text = match self.sheet.cells.get(&(row, column)) {
            None => {
                self.problem(format!("第 {number} 行没有编号，没有读。"));
                return None;
            }
            Some(Value::Text(text)) => narrow(text),
            Some(Value::Formula) => {
                self.problem(format!("第 {number} 行的“编号”是公式，这一行没有读。"));
                return None;
            }
            Some(_) => {
                self.problem(format!("第 {number} 行的“编号”不是文字，这一行没有读。"));
                return None;
            }
        };
        let text = self.unescaped(&text);
        if text.is_empty() {
            self.problem(format!("第 {number} 行没有编号，没有读。"));
            return None;
        }
        let id = RequirementId::parse(self.catalogue.canonical_id(&text));
        let found = id.filter(|id| self.lines.iter().any(|line| line.id == *id));
        if found.is_none() {
            let is_asked_of_others = self.catalogue.requirement(self.catalogue.canonical_id(&text)).is_some();
            let why = if is_asked_of_others { "不问这类单位" } else { "在这份自查表里没有" };
            let shown: String = text.chars().take(20).collect();
            self.problem(format!("第 {number} 行的编号“{shown}”{why}，这一行没有读。"));
        }
        found
    }

    /// In CSV, an apostrophe keeps a text from being taken for a formula.
    fn unescaped(&self, text: &str) -> String {
        let rest = text.strip_prefix('\'').filter(|rest| self.is_text && rest.starts_with(LIKE_FORMULA));
        rest.unwrap_or(text).to_owned()
    }

    fn field(&mut self, row: u32, column: u32, line: &Line, field: Field) {
        let place = format!("第 {} 行（{}）的“{}”", row + 1, line.title, field.name());
        if self.sheet.is_merged(row, column) {
            self.problem(format!("{place}是合并单元格，分不清是哪一行的，没有读。"));
            return;
        }
        let said = match self.said(row, column, field) {
            Ok(said) => said,
            Err(why) => {
                self.problem(format!("{place}{why}，没有读。"));
                return;
            }
        };
        let here = line.value(field);
        // As it went out: what a cell does not hold was cut.
        let original = self.original.get(&(line.id.to_string(), field)).cloned().filter(|_| !self.is_others);
        if said == fit(here) || original.as_ref() == Some(&said) {
            return;
        }
        if !fits(here) {
            self.problem(format!("{place}在自查表里比一个单元格能写的还长，表里的没有读。"));
            return;
        }
        if field == Field::Status && said.is_empty() {
            self.problem(format!("{place}是空的，没有读。"));
            return;
        }
        match self.change(line, field, here, &said, original) {
            // The same evidence in another order is no change.
            Some(change) if change.msgs.is_empty() => {}
            Some(change) => self.reading.changes.push(change),
            None => self.problem(format!("{place}是讲话定的，不能清空。")),
        }
    }

    /// What a cell says, as [`Line::value`] would; or why it cannot be read.
    fn said(&self, row: u32, column: u32, field: Field) -> Result<String, String> {
        let value = self.sheet.cells.get(&(row, column));
        let text = match value {
            None => return Ok(String::new()),
            Some(Value::Formula) => return Err("是公式".into()),
            Some(Value::Error) => return Err("是出错的值".into()),
            Some(Value::TooLong) => return Err("太长".into()),
            Some(Value::Bool(_)) => return Err("不是文字".into()),
            Some(Value::Date(day)) => day.to_string(),
            Some(Value::Number(number)) if field == Field::Due => {
                return due_of_number(*number).map(|due| due.to_string()).ok_or_else(|| format!("“{number}”不是日期"));
            }
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Text(text)) => clean(&self.unescaped(text)),
        };
        let shown = || text.chars().take(20).collect::<String>();
        match field {
            Field::Status if text.is_empty() => Ok(text),
            Field::Status => status(&text)
                .map(|status| status.name().into())
                .ok_or_else(|| format!("“{}”不是五种状态里的一种", shown())),
            Field::Due if text.is_empty() => Ok(text),
            Field::Due => due_of_text(&text).map(|due| due.to_string()).ok_or_else(|| format!("“{}”不是日期", shown())),
            Field::Owner => Ok(one_line(&text)),
            Field::Evidence => Ok(lines(&text).join("\n")),
            Field::Reason | Field::Problem | Field::Measure | Field::Note => Ok(text),
        }
    }

    /// `None` where no message could bring it about.
    fn change(&self, line: &Line, field: Field, here: &str, said: &str, original: Option<String>) -> Option<Change> {
        let id = line.id;
        let answer = self.workbook.answer(id);
        let text = said.to_owned();
        let mut standing = match &original {
            Some(original) if original == &fit(here) => Standing::Filled,
            Some(_) => Standing::BothChanged,
            None if here.is_empty() || (field == Field::Status && !answer.status.is_written()) => Standing::Filled,
            None => Standing::Unknown,
        };
        let msgs = match field {
            Field::Status => vec![Msg::Answered(id, status(said)?)],
            Field::Reason => vec![Msg::ReasonGiven(id, text)],
            Field::Problem => vec![Msg::ProblemWritten(id, text)],
            Field::Measure => vec![Msg::MeasureWritten(id, text)],
            Field::Note => vec![Msg::NoteWritten(id, text)],
            Field::Owner => vec![Msg::OwnerNamed(id, text)],
            Field::Due if said.is_empty() && answer.due.is_none() => return None,
            Field::Due => vec![Msg::DueSet(id, Date::parse(said))],
            Field::Evidence => {
                let before = original.as_deref().unwrap_or(here);
                let added = without(lines(said), before);
                // What has been added here meanwhile stays, whatever the sheet lacks.
                let added = if original.is_some() { without(added, here) } else { added };
                let mut gone = without(lines(before), said);
                if gone.is_empty() || original.is_some() {
                    standing = Standing::Filled;
                }
                let mut msgs = Vec::new();
                for (at, held) in evidence(&answer) {
                    if let Some(place) = gone.iter().position(|line| *line == held) {
                        gone.remove(place);
                        msgs.push(Msg::EntryRemoved(List::Evidence(id), at, true));
                    }
                }
                msgs.extend(added.into_iter().map(|line| Msg::EntryAdded(List::Evidence(id), line)));
                msgs
            }
        };
        if self.is_others {
            standing = Standing::Unknown;
        }
        let (here, sheet) = (here.to_owned(), said.to_owned());
        Some(Change { id, title: line.title.clone(), field, here, sheet, standing, msgs })
    }
}

/// An id with its full-width digits and letters made narrow, and without blanks.
fn narrow(text: &str) -> String {
    let narrow = |letter: char| match letter {
        '！'..='～' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        '—' | '–' | '‐' | '−' => '-',
        '。' => '.',
        letter => letter,
    };
    clean(text).chars().filter(|letter| !letter.is_whitespace()).map(narrow).collect()
}

fn due_of_text(text: &str) -> Option<Date> {
    // Programs put the time of day behind a date.
    let day = || text.split_whitespace().next().filter(|_| text.contains(':')).and_then(Date::read);
    Date::read(text).or_else(day)
}

/// A date written as a number, `20261130`, or a day that lost its format: days since 1900 as spreadsheet programs count.
fn due_of_number(number: f64) -> Option<Date> {
    if number.fract() != 0.0 {
        return None;
    }
    // 1 January 2000 to 31 December 2099.
    if (36_526.0..=73_050.0).contains(&number) {
        let first = Date::new(2000, 1, 1)?;
        return format!("{}", number - 36_526.0).parse().ok().map(|days| first.add_days(days));
    }
    Date::read(&number.to_string())
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(one_line).filter(|line| !line.is_empty()).collect()
}

/// The lines of the first that the second does not have, as often as it has them less.
fn without(mut these: Vec<String>, those: &str) -> Vec<String> {
    for line in lines(those) {
        if let Some(at) = these.iter().position(|other| *other == line) {
            these.remove(at);
        }
    }
    these
}
