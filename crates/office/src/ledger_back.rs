//! 台账 as it comes back: what was filled in, as changes to look at, and what could not be read. Nothing is guessed.

use std::collections::{BTreeMap, BTreeSet};

use plan_checklist_domain::{Catalogue, Date, List, Msg, RequirementId, Status, Workbook};

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
    let (sheet, head) = choose(&sheets)?;
    let mut reader = Reader { original: original(&sheets), ..Reader::new(workbook, catalogue, &sheets, sheet) };
    reader.whose(sheets.iter().find(|sheet| sheet.name == HELP));
    reader.rows(&head);
    reader.reading.problems.truncate(MOST_PROBLEMS);
    Ok(reader.reading)
}

/// What 填写说明 says under this name.
pub(crate) fn fact<'a>(help: &'a Sheet, name: &str) -> Option<&'a str> {
    let row = help.cells.iter().find(|((_, column), value)| *column == 0 && **value == Value::Text(name.into()));
    row.and_then(|((row, _), _)| help.text(*row, 1)).map(str::trim)
}

/// The names of the columns: in which row they stand, and in which column each.
pub(crate) struct Head {
    pub(crate) row: u32,
    columns: Vec<(u32, Column)>,
}

impl Head {
    /// In which column this one stands, where there is one.
    pub(crate) fn at(&self, wanted: Column) -> Option<u32> {
        self.columns.iter().find(|(_, column)| *column == wanted).map(|(at, _)| *at)
    }
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
pub(crate) fn choose(sheets: &[Sheet]) -> Result<(&Sheet, Head), Refusal> {
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

/// What the hidden sheet of a file says of that; nothing where there is none.
pub(crate) fn original(sheets: &[Sheet]) -> Original {
    let mut original = Original::new();
    let Some(sheet) = sheets.iter().find(|sheet| sheet.name == ORIGINAL) else { return original };
    let Some(head) = head(sheet) else { return original };
    let Some(ids) = head.at(Column::Id) else { return original };
    let last = sheet.cells.keys().map(|(row, _)| *row).max().unwrap_or_default();
    for row in head.row + 1..=last {
        let Some(id) = sheet.text(row, ids) else { continue };
        original.extend(Field::ALL.into_iter().filter_map(|field| {
            let column = head.at(Column::Field(field))?;
            Some(((id.to_owned(), field), clean(sheet.text(row, column).unwrap_or_default())))
        }));
    }
    original
}

pub(crate) struct Reader<'a> {
    workbook: &'a Workbook,
    catalogue: &'a Catalogue,
    sheet: &'a Sheet,
    is_text: bool,
    pub(crate) lines: Vec<Line>,
    original: Original,
    is_others: bool,
    /// Nothing is known of the workbook but what stands in the file.
    pub(crate) is_alone: bool,
    /// How many rows are about what the unit asks of itself, where the workbook that says so is not there.
    pub(crate) own: usize,
    pub(crate) reading: Reading,
}

impl<'a> Reader<'a> {
    /// Of one of the sheets of a file.
    pub(crate) fn new(workbook: &'a Workbook, catalogue: &'a Catalogue, sheets: &[Sheet], sheet: &'a Sheet) -> Self {
        Self {
            workbook,
            catalogue,
            sheet,
            // In a text, no sheet has a name.
            is_text: sheets.iter().all(|sheet| sheet.name.is_empty()),
            lines: Line::all(workbook, catalogue),
            original: Original::new(),
            is_others: false,
            is_alone: false,
            own: 0,
            reading: Reading { rows: 0, changes: Vec::new(), problems: Vec::new() },
        }
    }

    fn problem(&mut self, sentence: String) {
        self.reading.problems.push(sentence);
    }

    /// Says so where the sheet went out of another workbook.
    fn whose(&mut self, help: Option<&Sheet>) {
        let Some(help) = help else { return };
        if fact(help, WORKBOOK_ID).is_some_and(|id| id != self.workbook.id.to_string()) {
            self.is_others = true;
            let unit = fact(help, UNIT).map(|unit| format!("（单位：{}）", one_line(unit))).unwrap_or_default();
            self.problem(format!("这份台账是从另一份自查表导出的{unit}。请先看清是不是要读进这一份。"));
        }
    }

    pub(crate) fn rows(&mut self, head: &Head) {
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
        if self.is_alone && text.starts_with("own-") {
            self.own += 1;
            return None;
        }
        // What counts without its workbook is the requirement's own row, which goes by those of the plans.
        if self.is_alone && text.contains('+') {
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
        if !line.has(field) {
            self.problem(format!("{place}没有读：分规划的行只读状态和备注，其他写在上面那项要求的一行。"));
            return;
        }
        if !fits(here) {
            self.problem(format!("{place}在自查表里比一个单元格能写的还长，表里的没有读。"));
            return;
        }
        if field == Field::Status && said.is_empty() {
            // Of what nobody has looked at, nothing is a status, too.
            if here != Status::Unchecked.name() {
                self.problem(format!("{place}是空的，没有读。"));
            }
            return;
        }
        match self.change(line, field, here, &said, original.as_deref()) {
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
    fn change(&self, line: &Line, field: Field, here: &str, said: &str, original: Option<&str>) -> Option<Change> {
        let id = line.id;
        let answer = self.workbook.answer(id);
        let text = said.to_owned();
        let mut standing = match original {
            Some(original) if original == fit(here) => Standing::Filled,
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
                let before = original.unwrap_or(here);
                let added = without(lines(said), before);
                // What has been added here meanwhile stays, whatever the sheet lacks, and is not added again.
                let added = without(added, &without(lines(here), before).join("\n"));
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
pub(crate) fn narrow(text: &str) -> String {
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

#[cfg(test)]
pub(crate) mod tests {
    use plan_checklist_domain::catalogue::builtin;
    use plan_checklist_domain::workbook::plan::id_for_plan;
    use plan_checklist_domain::workbook::update::update;
    use plan_checklist_domain::{Author, Clock, UnitKind, WorkbookId};
    use proptest::prelude::*;
    use rust_xlsxwriter::{Format, Formula, Workbook as File};

    use super::*;
    use crate::common::{date, status as any_status, text, workbook as any_workbook};
    use crate::ledger::{Occasion, Rows, csv, filled, xlsx};

    pub(crate) fn id(text: &str) -> RequirementId {
        RequirementId::parse(text).expect("an id")
    }

    pub(crate) fn after(workbook: &Workbook, msgs: impl IntoIterator<Item = Msg>) -> Workbook {
        let mut clock = Clock::new(Author(7));
        let later = workbook.latest().wall + 1;
        msgs.into_iter().fold(workbook.clone(), |workbook, msg| update(&workbook, msg, clock.tick(later)))
    }

    pub(crate) fn county(msgs: impl IntoIterator<Item = Msg>) -> Workbook {
        after(&Workbook::new(WorkbookId(1), UnitKind::County), msgs)
    }

    fn taken(workbook: &Workbook, reading: &Reading) -> Workbook {
        after(workbook, reading.changes.iter().flat_map(|change| change.msgs.clone()))
    }

    /// What is shown of every field; evidence in any order.
    fn shown(workbook: &Workbook) -> Vec<(RequirementId, Field, Vec<String>)> {
        let lines = Line::all(workbook, builtin());
        let shown = lines.iter().flat_map(|line| {
            Field::ALL.map(|field| {
                let mut said: Vec<_> = line.value(field).lines().map(str::to_owned).collect();
                if field == Field::Evidence {
                    said.sort_unstable();
                }
                (line.id, field, said)
            })
        });
        shown.collect()
    }

    fn read_back(workbook: &Workbook, bytes: &[u8]) -> Reading {
        read(workbook, builtin(), bytes).expect("it is a sheet")
    }

    /// One field of one requirement filled in anew; `None` adds a piece of evidence.
    type Edit = (prop::sample::Index, Option<Field>, String, Status, Option<Date>);

    fn edit() -> impl Strategy<Value = Edit> {
        let field = prop::option::of(prop::sample::select(Field::ALL.to_vec()));
        (any::<prop::sample::Index>(), field, text(), any_status(), date())
    }

    fn edited(workbook: &Workbook, edits: Vec<Edit>) -> Workbook {
        let asked: Vec<_> = builtin().requirements_for(workbook.kind).map(|requirement| requirement.id).collect();
        edits.into_iter().fold(workbook.clone(), |workbook, (at, field, text, status, due)| {
            let id = asked[at.index(asked.len())];
            let msg = match field {
                None => Msg::EntryAdded(List::Evidence(id), text),
                Some(Field::Evidence) => match workbook.answer(id).evidence().next() {
                    Some((entry, _)) => Msg::EntryRemoved(List::Evidence(id), entry, true),
                    None => return workbook,
                },
                Some(Field::Status) => Msg::Answered(id, status),
                Some(Field::Reason) => Msg::ReasonGiven(id, text),
                Some(Field::Problem) => Msg::ProblemWritten(id, text),
                Some(Field::Measure) => Msg::MeasureWritten(id, text),
                Some(Field::Owner) => Msg::OwnerNamed(id, text),
                Some(Field::Note) => Msg::NoteWritten(id, text),
                Some(Field::Due) => Msg::DueSet(id, due),
            };
            after(&workbook, [msg])
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

        #[test]
        fn a_sheet_that_comes_back_as_it_went_out_changes_nothing(workbook in any_workbook()) {
            let file = xlsx(&workbook, builtin(), Rows::All, Occasion::default()).expect("it can be packed");
            let expected = Reading { rows: Line::all(&workbook, builtin()).len(), changes: Vec::new(), problems: Vec::new() };
            prop_assert_eq!(read_back(&workbook, &file), expected.clone());
            prop_assert_eq!(read_back(&workbook, csv(&workbook, builtin(), Rows::All).as_bytes()), expected);
        }

        #[test]
        fn what_was_filled_in_is_what_comes_back(
            workbook in any_workbook(),
            edits in prop::collection::vec(edit(), 1..12),
        ) {
            let edited = edited(&workbook, edits);
            let reading = read_back(&workbook, &filled(&workbook, &edited, builtin()));
            prop_assert!(reading.changes.iter().all(|change| change.standing == Standing::Filled), "{:?}", reading);
            if reading.problems.is_empty() {
                prop_assert_eq!(shown(&taken(&workbook, &reading)), shown(&edited));
            } else {
                prop_assert!(reading.problems.iter().all(|problem| problem.ends_with("是讲话定的，不能清空。")), "{:?}", reading);
            }
            let reading = read_back(&workbook, csv(&edited, builtin(), Rows::All).as_bytes());
            prop_assert_eq!(shown(&taken(&workbook, &reading)), shown(&edited));
        }

        #[test]
        fn a_damaged_file_is_refused_or_read_and_never_more(
            cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        ) {
            let workbook = county([Msg::Answered(id("1.1-a"), Status::Done)]);
            let mut file = xlsx(&workbook, builtin(), Rows::All, Occasion::default()).expect("it can be packed");
            for (at, byte) in cuts {
                let at = at.index(file.len());
                file[at] = byte;
            }
            let _ = read(&workbook, builtin(), &file);
        }
    }

    #[test]
    fn text_that_programs_could_take_for_something_else_is_text() {
        let texts = [
            "=1+1",
            "+86",
            "-3",
            "@SUM(A1)",
            "'=1",
            "''",
            "_x0041_",
            "1-2",
            "007",
            "TRUE",
            "<b>&amp;\"'",
            "a\tb\nc",
            "=HYPERLINK(\"x\")",
        ];
        for text in texts {
            let workbook = county([
                Msg::NoteWritten(id("1.1-a"), text.into()),
                Msg::OwnerNamed(id("1.1-b"), text.into()),
                Msg::EntryAdded(List::Evidence(id("1.1-a")), text.into()),
            ]);
            let blank = county([]);
            for file in [filled(&blank, &workbook, builtin()), csv(&workbook, builtin(), Rows::All).into_bytes()] {
                let reading = read_back(&blank, &file);
                assert_eq!(reading.problems, Vec::<String>::new(), "{text}");
                assert_eq!(shown(&taken(&blank, &reading)), shown(&workbook), "{text}");
            }
        }
    }

    type Found = (String, Field, String, Standing);

    /// Rows as they are pasted from a spreadsheet program.
    fn pasted(workbook: &Workbook, rows: &[&str]) -> (Vec<Found>, Vec<String>) {
        let reading = read_back(workbook, rows.join("\n").as_bytes());
        let changes = reading.changes.into_iter();
        let changes = changes.map(|change| (change.id.to_string(), change.field, change.sheet, change.standing));
        (changes.collect(), reading.problems)
    }

    fn change(id: &str, field: Field, sheet: &str, standing: Standing) -> Found {
        (id.into(), field, sheet.into(), standing)
    }

    #[test]
    fn columns_are_found_by_their_names_wherever_they_are() {
        let (changes, problems) = pasted(
            &county([]),
            &[
                "某县台账",
                "",
                "备注\t 状 态*\t完成时限：\t别的\t编号",
                "看过\t 已 落实 \t２０２５年１１月３０日\tx\t１．１－ａ",
                "\t推进中\t2025/12/1 0:00:00\t\t1.1-b",
            ],
        );
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(
            changes,
            [
                change("1.1-a", Field::Status, "已落实", Standing::Filled),
                change("1.1-a", Field::Due, "2025-11-30", Standing::Filled),
                change("1.1-a", Field::Note, "看过", Standing::Filled),
                change("1.1-b", Field::Status, "推进中", Standing::Filled),
                change("1.1-b", Field::Due, "2025-12-01", Standing::Filled),
            ]
        );
    }

    #[test]
    fn what_cannot_be_read_is_said_in_words_and_nothing_is_guessed() {
        let book = county([Msg::Answered(id("1.1-c"), Status::Done)]);
        let (changes, problems) = pasted(
            &book,
            &[
                "编号\t状态\t完成时限\t备注\t备注",
                "1.1-a\t完成\t下月底\t一\t二",
                "1.1-b\t推进中",
                "1.1-b\t已落实",
                "9.9-x\t已落实",
                "\t已落实",
                "1.1-c\t",
                "",
            ],
        );
        assert_eq!(changes, []);
        let title = "写明这五年的历史方位";
        let third = builtin().requirement("1.1-c").expect("it is there").title(UnitKind::County, *book.cycle);
        assert_eq!(
            problems,
            [
                "有不止一列叫“备注”，分不清以哪一列为准，这几列都没有读。".to_owned(),
                "第 5 行的编号“9.9-x”在这份自查表里没有，这一行没有读。".into(),
                "第 6 行没有编号，没有读。".into(),
                "第 3、4 行的编号都是“1.1-b”，分不清以哪一行为准，都没有读。".into(),
                format!("第 2 行（{title}）的“状态”“完成”不是五种状态里的一种，没有读。"),
                format!("第 2 行（{title}）的“完成时限”“下月底”不是日期，没有读。"),
                format!("第 7 行（{third}）的“状态”是空的，没有读。"),
            ]
        );
        let missing = read(&book, builtin(), "步骤\t状态\n认识到位\t已落实".as_bytes());
        assert_eq!(missing, Err(Refusal::NoLedger));
    }

    #[test]
    fn what_changed_here_since_the_sheet_went_out_is_not_overwritten_silently() {
        let note = |text: &str| Msg::NoteWritten(id("1.1-a"), text.into());
        let proof = |text: &str| Msg::EntryAdded(List::Evidence(id("1.1-a")), text.into());
        let out = county([note("发出时"), Msg::Answered(id("1.1-a"), Status::InProgress), proof("一")]);
        let sheet = after(&out, [note("表里填的"), Msg::Answered(id("1.1-a"), Status::Done), proof("二")]);
        let here = after(&out, [note("这里改的"), proof("三"), Msg::OwnerNamed(id("1.1-a"), "王某".into())]);
        let reading = read_back(&here, &filled(&out, &sheet, builtin()));
        let found: Vec<_> = reading
            .changes
            .iter()
            .map(|change| (change.field, &*change.here, &*change.sheet, change.standing))
            .collect();
        assert_eq!(
            found,
            [
                (Field::Status, "推进中", "已落实", Standing::Filled),
                (Field::Evidence, "一\n三", "一\n二", Standing::Filled),
                (Field::Note, "这里改的", "表里填的", Standing::BothChanged),
            ]
        );
        let taken = taken(&here, &reading);
        let kept: Vec<_> = evidence(&taken.answer(id("1.1-a"))).into_iter().map(|(_, line)| line).collect();
        assert_eq!((kept.join("、"), taken.answer(id("1.1-a")).owner.as_str()), ("一、三、二".into(), "王某"));
        // Rows that do not say what they said when they went out.
        let (changes, _) = pasted(&here, &["编号\t备注\t责任人", "1.1-a\t表里填的\t"]);
        assert_eq!(
            changes,
            [
                change("1.1-a", Field::Owner, "", Standing::Unknown),
                change("1.1-a", Field::Note, "表里填的", Standing::Unknown)
            ]
        );
    }

    #[test]
    fn of_one_of_several_plans_status_and_note_come_back() {
        let blank = Workbook::new(WorkbookId(1), UnitKind::Department);
        let workbook = after(&blank, ["交通", "水利"].map(|name| Msg::EntryAdded(List::Plans, name.into())));
        let (first, _) = workbook.plans().next().expect("there are two");
        let plan = id_for_plan(id("2.4-b2"), first).expect("ids are short");
        let title = Line::all(&workbook, builtin()).iter().find(|line| line.id == plan).map(|line| line.title.clone());
        let title = title.expect("it has a row");
        assert!(title.ends_with("：交通"), "{title}");
        let rows = ["编号\t状态\t备注\t责任人", &format!("{plan}\t推进中\t初稿\t张三")];
        let expected = [
            change(&plan.to_string(), Field::Status, "推进中", Standing::Filled),
            change(&plan.to_string(), Field::Note, "初稿", Standing::Filled),
        ];
        let problem =
            format!("第 2 行（{title}）的“责任人”没有读：分规划的行只读状态和备注，其他写在上面那项要求的一行。");
        assert_eq!(pasted(&workbook, &rows), (expected.to_vec(), vec![problem]));
        // Who gets the requirement's row gets those of its plans.
        let workbook = after(&workbook, [Msg::OwnerNamed(id("2.4-b2"), "张三".into())]);
        let lines = csv(&workbook, builtin(), Rows::Of("张三")).lines().count();
        assert_eq!(lines, 1 + 1 + 2);
        // What is asked once for all plans has one row, as it has one place on the page.
        let once = builtin().requirements_for(UnitKind::Department).find(|r| !builtin().each_plan.contains(&r.id));
        let once = once.expect("there are such").id.to_string();
        assert!(!Line::all(&workbook, builtin()).iter().any(|line| line.id.as_str().starts_with(&format!("{once}+"))));
    }

    #[test]
    fn a_sheet_of_another_workbook_says_so() {
        let mut theirs = county([Msg::UnitNamed("乙县".into()), Msg::NoteWritten(id("1.1-a"), "乙".into())]);
        theirs.id = WorkbookId(2);
        let file = xlsx(&theirs, builtin(), Rows::All, Occasion::default()).expect("it can be packed");
        let reading = read_back(&county([]), &file);
        assert_eq!(reading.problems, ["这份台账是从另一份自查表导出的（单位：乙县）。请先看清是不是要读进这一份。"]);
        assert_eq!(reading.changes.iter().map(|change| change.standing).collect::<Vec<_>>(), [Standing::Unknown]);
    }

    #[test]
    fn formulas_and_merged_cells_are_not_read_and_hidden_rows_are() {
        let mut file = File::new();
        let sheet = file.add_worksheet();
        for (at, name) in (0u16..).zip(["编号", "状态", "备注", "完成时限", "责任人"]) {
            sheet.write_string(0, at, name).expect("it fits");
        }
        for (row, id) in (1u32..).zip(["1.1-a", "1.1-b", "1.1-c", "1.3-a"]) {
            sheet.write_string(row, 0, id).expect("it fits");
        }
        sheet.write_formula(1, 1, Formula::new("=\"已落实\"").set_result("已落实")).expect("it fits");
        sheet.merge_range(2, 2, 3, 2, "合在一起", &Format::new()).expect("it fits");
        sheet.write_number(1, 3, 45_991).expect("it fits");
        sheet.write_number(2, 3, 20_251_201).expect("it fits");
        sheet.write_number(3, 3, 12).expect("it fits");
        sheet.write_number(1, 4, 2025).expect("it fits");
        sheet.write_boolean(2, 4, true).expect("it fits");
        sheet.set_row_hidden(1).expect("it fits");
        let file = file.save_to_buffer().expect("it can be packed");
        let reading = read_back(&county([]), &file);
        let found: Vec<_> = reading.changes.iter().map(|change| (change.id.to_string(), &*change.sheet)).collect();
        let expected = [("1.1-a", "2025"), ("1.1-a", "2025-11-30"), ("1.1-b", "2025-12-01")];
        assert_eq!(found, expected.map(|(id, said)| (id.to_owned(), said)));
        let told = |end: &str| reading.problems.iter().filter(|problem| problem.ends_with(end)).count();
        assert_eq!(told("是公式，没有读。"), 1, "{:?}", reading.problems);
        assert_eq!(told("是合并单元格，分不清是哪一行的，没有读。"), 2, "{:?}", reading.problems);
        assert_eq!((told("“12”不是日期，没有读。"), told("不是文字，没有读。")), (1, 1), "{:?}", reading.problems);
        assert_eq!(reading.problems.len(), 5, "{:?}", reading.problems);
    }

    #[test]
    fn of_two_sheets_that_could_be_meant_neither_is_read() {
        let mut file = File::new();
        for name in ["甲", "乙"] {
            let sheet = file.add_worksheet().set_name(name).expect("it is a name");
            sheet.write_string(0, 0, "编号").expect("it fits");
            sheet.write_string(0, 1, "状态").expect("it fits");
        }
        let file = file.save_to_buffer().expect("it can be packed");
        let refused = read(&county([]), builtin(), &file);
        assert_eq!(refused, Err(Refusal::SeveralLedgers(vec!["甲".into(), "乙".into()])));
    }

    #[test]
    fn what_is_too_long_for_a_cell_is_not_overwritten_by_what_was_cut() {
        let long = "长".repeat(40_000);
        let many =
            (0..10_000).map(|number| Msg::EntryAdded(List::Evidence(id("1.1-a")), format!("佐证材料第 {number} 号")));
        let book = county(many.chain([Msg::NoteWritten(id("1.1-a"), long)]));
        let file = xlsx(&book, builtin(), Rows::All, Occasion::default()).expect("it can be packed");
        assert_eq!(read_back(&book, &file).changes, []);
        let (changes, problems) = pasted(&book, &["编号\t备注", "1.1-a\t短"]);
        assert_eq!(changes, []);
        assert!(problems[0].ends_with("在自查表里比一个单元格能写的还长，表里的没有读。"), "{problems:?}");
    }
}
