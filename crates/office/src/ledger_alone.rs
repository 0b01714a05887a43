//! 台账 read without the workbook it is of, as 汇总 does with those of many units.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use plan_checklist_domain::rollup::gathering::morning;
use plan_checklist_domain::workbook::update::update;
use plan_checklist_domain::{
    Author, Catalogue, Cycle, Date, Msg, RequirementId, Stamp, UnitKind, Workbook, WorkbookId,
};

use crate::columns::{Column, Line};
use crate::ledger::{CYCLE, HELP, KIND, SENT, UNIT, WORKBOOK_ID};
use crate::ledger_back::{Head, Reader, choose, fact, narrow, original};
use crate::sheet::{Refusal, Sheet, open};
use crate::text::{clean, one_line};

/// A 台账 read without the workbook it is of.
#[derive(Debug, Clone, PartialEq)]
pub struct Alone {
    /// What the sheet says, as a workbook of its own. What is the same as when it went out was written that day, all else
    /// when the file was saved.
    pub workbook: Workbook,
    /// Whether the sheet says of which workbook it is.
    pub is_named: bool,
    /// What was not read, and what had to be assumed: a sentence each.
    pub notes: Vec<String>,
}

/// Where a file without its workbook is from.
#[derive(Debug, Clone, Copy)]
pub struct Received<'a> {
    pub name: &'a str,
    /// When it was saved, in milliseconds since 1970; 0 where nobody knows.
    pub saved: u64,
    pub today: Option<Date>,
}

/// Reads a filled sheet without the workbook it is of: its own rows and what stands in 填写说明 say whose it is.
///
/// # Errors
///
/// Why the file is not read at all.
pub fn read_alone(catalogue: &Catalogue, received: Received<'_>, bytes: &[u8]) -> Result<Alone, Refusal> {
    let sheets = open(bytes)?;
    let (sheet, head) = choose(&sheets)?;
    let help = sheets.iter().find(|sheet| sheet.name == HELP);
    let told = |name: &str| help.and_then(|help| fact(help, name)).filter(|fact| !fact.is_empty());
    let id = told(WORKBOOK_ID).and_then(WorkbookId::parse);
    let kind = told(KIND).and_then(|name| UnitKind::ALL.into_iter().find(|kind| kind.name() == name));
    let cycle = told(CYCLE).and_then(|text| {
        let year: String = text.chars().skip_while(|letter| !letter.is_ascii_digit()).take(4).collect();
        Cycle::parse(&year)
    });
    let mut notes = Vec::new();
    let (kind, cycle) = match (kind, cycle) {
        (Some(kind), Some(cycle)) => (kind, cycle),
        (kind, cycle) => {
            let (by_rows, cycle_by_rows) = whose_rows(catalogue, sheet, &head, kind, received.today)?;
            let cycle = cycle.or(cycle_by_rows).unwrap_or_else(|| {
                let assumed = received.today.map_or(Cycle::AFTER_THE_SPEECH, Cycle::current);
                notes.push(format!("表里没有写规划期，按{}算。", assumed.name()));
                assumed
            });
            (by_rows, cycle)
        }
    };
    let unit = told(UNIT).map(one_line).or_else(|| unit_of(received.name)).unwrap_or_default();
    let mut blank = Workbook::new(id.unwrap_or(WorkbookId(0)), kind);
    blank.assume_cycle(cycle);
    let mut reader = Reader::new(&blank, catalogue, &sheets, sheet);
    reader.is_alone = true;
    reader.rows(&head);
    let (own, reading, asked) = (reader.own, reader.reading, reader.lines.len());
    if reading.rows < asked {
        notes.push(format!("表里只有 {} 行，另外 {} 项按未核对算。", reading.rows, asked - reading.rows));
    }
    if own > 0 {
        notes.push(format!("本单位自加的 {own} 项只在自查表里，汇总时没有算。"));
    }
    notes.extend(reading.problems.iter().take(MOST_NOTES).cloned());
    if reading.problems.len() > MOST_NOTES {
        notes.push(format!("还有 {} 处没有读。", reading.problems.len() - MOST_NOTES));
    }
    let sent = told(SENT).and_then(Date::parse).map_or(0, morning);
    let original = original(&sheets);
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    let author = Author(hasher.finish() | 1);
    let (mut counter, mut workbook) = (0, Workbook::new(blank.id, kind));
    let mut write = |wall: u64, msg: Msg| {
        workbook = update(&workbook, msg, Stamp { wall: wall.max(1), counter, author });
        counter += 1;
    };
    let (sent, saved) = (if sent == 0 { received.saved } else { sent }, received.saved.max(sent));
    write(sent, Msg::CycleChosen(cycle));
    if !unit.is_empty() {
        write(sent, Msg::UnitNamed(unit));
    }
    for change in reading.changes {
        let is_as_sent = original.get(&(change.id.to_string(), change.field)) == Some(&change.sheet);
        for msg in change.msgs {
            write(if is_as_sent { sent } else { saved }, msg);
        }
    }
    Ok(Alone { workbook, is_named: id.is_some(), notes })
}

/// The most sentences on one file among many.
const MOST_NOTES: usize = 5;

/// The unit in the name that the program gives to such a file: `某县-台账.csv`.
fn unit_of(name: &str) -> Option<String> {
    let unit = one_line(name.rsplit_once("-台账")?.0);
    (!unit.is_empty()).then_some(unit)
}

/// Of which kind of unit and which cycle the rows are, as far as they tell.
fn whose_rows(
    catalogue: &Catalogue,
    sheet: &Sheet,
    head: &Head,
    known: Option<UnitKind>,
    today: Option<Date>,
) -> Result<(UnitKind, Option<Cycle>), Refusal> {
    let ids = head.at(Column::Id).ok_or(Refusal::NoLedger)?;
    let last = sheet.cells.keys().map(|(row, _)| *row).max().unwrap_or_default();
    let mut rows: BTreeMap<RequirementId, Vec<String>> = BTreeMap::new();
    for row in head.row + 1..=last {
        let id = sheet.text(row, ids).map(narrow);
        if let Some(id) = id.and_then(|id| RequirementId::parse(catalogue.canonical_id(&id))) {
            let words = [Column::Title, Column::Question].into_iter().filter_map(|column| head.at(column));
            rows.insert(id, words.filter_map(|column| sheet.text(row, column)).map(clean).collect());
        }
    }
    let current = today.map_or(Cycle::AFTER_THE_SPEECH, Cycle::current);
    let mut scores = Vec::new();
    for kind in UnitKind::ALL.into_iter().filter(|kind| known.is_none_or(|known| known == *kind)) {
        for cycle in Cycle::USUAL.into_iter().chain((!Cycle::USUAL.contains(&current)).then_some(current)) {
            let mut blank = Workbook::new(WorkbookId(0), kind);
            blank.assume_cycle(cycle);
            let lines = Line::all(&blank, catalogue);
            let known = || lines.iter().filter_map(|line| Some((line, rows.get(&line.id)?)));
            let same = |line: &Line, words: &[String]| {
                words.iter().filter(|it| **it == line.title || **it == line.question).count()
            };
            let words: usize = known().map(|(line, words)| same(line, words)).sum();
            scores.push(((known().count(), words), kind, cycle));
        }
    }
    let best = scores.iter().map(|(score, ..)| *score).max().unwrap_or_default();
    scores.retain(|(score, ..)| *score == best && best.0 > 0);
    match scores.as_slice() {
        [] => Err(Refusal::NoLedger),
        [(_, kind, cycle)] => Ok((*kind, Some(*cycle))),
        [(_, kind, _), rest @ ..] if rest.iter().all(|(_, other, _)| other == kind) => Ok((*kind, None)),
        _ => Err(Refusal::UnknownKind),
    }
}

#[cfg(test)]
mod tests {
    use plan_checklist_domain::Status;
    use plan_checklist_domain::catalogue::builtin;
    use plan_checklist_domain::sharing::report::OWN;
    use proptest::prelude::*;

    use super::*;
    use crate::columns::{Field, PLAN};
    use crate::common::workbook as any_workbook;
    use crate::ledger::{Occasion, Rows, csv, filled, xlsx};
    use crate::ledger_back::tests::{after, county, id};

    const RECEIVED: Received<'static> = Received { name: "乙县-台账.csv", saved: 1_700_000_000_000, today: None };

    #[test]
    fn a_sheet_tells_by_itself_whose_it_is() {
        let begin =
            [Msg::CycleChosen(Cycle(2031)), Msg::UnitNamed("甲县".into()), Msg::Answered(id("2.4-b"), Status::Done)];
        let workbook = county(begin);
        let today = Date::parse("2030-01-05");
        let file = xlsx(&workbook, builtin(), Rows::All, Occasion { today, day: None, earlier: None })
            .expect("it can be packed");
        let read = read_alone(builtin(), RECEIVED, &file).expect("it is a sheet");
        assert_eq!((read.is_named, read.workbook.id, &**read.workbook.unit), (true, workbook.id, "甲县"));
        assert_eq!((*read.workbook.cycle, read.workbook.kind, read.notes.len()), (Cycle(2031), UnitKind::County, 0));
        // As it went out: written that day.
        assert_eq!(read.workbook.answer(id("2.4-b")).status.stamp().wall, morning(date_of("2030-01-05")));
        // CSV: its rows and its name say so.
        let read =
            read_alone(builtin(), RECEIVED, csv(&workbook, builtin(), Rows::All).as_bytes()).expect("it is a sheet");
        assert_eq!((read.is_named, &**read.workbook.unit), (false, "乙县"));
        assert_eq!((*read.workbook.cycle, read.workbook.kind, read.notes.len()), (Cycle(2031), UnitKind::County, 0));
        assert_eq!(read.workbook.answer(id("2.4-b")).status.stamp().wall, RECEIVED.saved);
        // One row that all kinds are asked tells too little.
        assert_eq!(read_alone(builtin(), RECEIVED, "编号,状态\n1.1-a,已落实".as_bytes()), Err(Refusal::UnknownKind));
        assert_eq!(read_alone(builtin(), RECEIVED, "编号,状态\nx,已落实".as_bytes()), Err(Refusal::NoLedger));
    }

    #[test]
    fn what_was_filled_in_counts_from_the_day_the_file_was_saved() {
        let before = county([Msg::CycleChosen(Cycle(2026)), Msg::Answered(id("2.4-b"), Status::InProgress)]);
        let after =
            after(&before, [Msg::Answered(id("2.4-b"), Status::Done), Msg::OwnerNamed(id("2.4-b"), "张三".into())]);
        let read = read_alone(builtin(), RECEIVED, &filled(&before, &after, builtin())).expect("it is a sheet");
        let answer = read.workbook.answer(id("2.4-b"));
        assert_eq!(
            (*answer.status, answer.status.stamp().wall, &**answer.owner),
            (Status::Done, RECEIVED.saved, "张三")
        );
    }

    fn date_of(text: &str) -> Date {
        Date::parse(text).expect("a date")
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

        #[test]
        fn a_sheet_alone_comes_to_what_its_workbook_does(workbook in any_workbook()) {
            let file = xlsx(&workbook, builtin(), Rows::All, Occasion::default()).expect("it can be packed");
            let read = read_alone(builtin(), RECEIVED, &file).expect("it is a sheet");
            let shown = |workbook: &Workbook| {
                let lines = Line::all(workbook, builtin());
                // What the speech dates cannot be undated, and a sheet does not say that it was.
                let lines = lines.iter().filter(|line| ![OWN, PLAN].contains(&line.step.as_str()));
                lines.map(|line| (line.id, Field::ALL.map(|field| line.value(field).to_owned()))).collect::<Vec<_>>()
            };
            prop_assert_eq!(shown(&read.workbook), shown(&workbook));
        }
    }
}
