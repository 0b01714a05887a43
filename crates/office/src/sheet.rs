//! A sheet that somebody hands in: told from all else that may be handed in, and read without being trusted.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{Cursor, Read as _, copy, sink};

use calamine::{DataRef, Dimensions, ExcelDateTime, Reader as _, Xlsx, XlsxError};
use encoding_rs::{GB18030, UTF_8, UTF_16BE, UTF_16LE};
use plan_checklist_domain::Date;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::text::{CELL_LIMIT, cell_length};

/// The largest file that is looked at, in bytes.
pub const LARGEST_FILE: usize = 20 << 20;
/// The most that a file may unpack to, in bytes.
const LARGEST_INFLATED: u64 = 100 << 20;
const MOST_PARTS: usize = 1000;
/// The most rows and columns that may hold something.
const MOST_ROWS: u32 = 5000;
const MOST_COLUMNS: u32 = 200;
/// The most that all cells together may say, in bytes.
const LARGEST_TEXT: usize = 32 << 20;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Text(String),
    Number(f64),
    Date(Date),
    /// 是 or 否, which no column asks for.
    Bool(bool),
    /// It is calculated: what it says may be old.
    Formula,
    /// `#REF!` and the like.
    Error,
    TooLong,
}

/// A sheet: what its cells hold, by row and column, counted from 0; empty ones are left out.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    pub(crate) cells: BTreeMap<(u32, u32), Value>,
    /// Cells that were merged: first row and column, last row and column.
    pub(crate) merged: Vec<((u32, u32), (u32, u32))>,
}

/// Why a file is not read. [`Display`](fmt::Display) says it in a sentence, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    Empty,
    TooLarge,
    InflatesTooFar,
    TooManyRows,
    TooManyColumns,
    /// .xls, .et
    OldFormat,
    Password,
    Macros,
    /// .xlsb, .ods
    OtherSpreadsheet,
    Word,
    Slides,
    OtherZip,
    Pdf,
    Picture,
    /// A web page or XML that calls itself a sheet.
    Markup,
    NoText,
    Damaged,
    /// No sheet has the column 编号 and one to fill in.
    NoLedger,
    /// The rows do not tell for which kind of unit they are.
    UnknownKind,
    /// Several sheets do.
    SeveralLedgers(Vec<String>),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::Empty => "这个文件是空的。",
            Self::TooLarge => "文件超过 20 MB，不像是台账，没有读。",
            Self::InflatesTooFar => "文件解开以后太大，不像是台账，没有读。",
            Self::TooManyRows => "表里有 5000 行以上的内容，不像是台账，没有读。",
            Self::TooManyColumns => "表里有 200 列以上的内容，不像是台账，没有读。",
            Self::OldFormat => "这是旧格式的表格（.xls 或 .et）。请用 WPS 或 Excel 打开，另存为 .xlsx 再选。",
            Self::Password => "这个文件加了密码。请去掉密码，存成 .xlsx 再选。",
            Self::Macros => "这个表格带有宏，没有读。请另存为不带宏的 .xlsx 再选。",
            Self::OtherSpreadsheet => "这种格式的表格读不了。请用 WPS 或 Excel 打开，另存为 .xlsx 再选。",
            Self::Word => "这是 Word 文档，不是表格。请选台账的 .xlsx 文件。",
            Self::Slides => "这是演示文稿，不是表格。请选台账的 .xlsx 文件。",
            Self::OtherZip => "这是压缩包，不是表格。请解压以后选里面的 .xlsx 文件。",
            Self::Pdf => "这是 PDF，读不回来。请选台账的 .xlsx 文件。",
            Self::Picture => "这是图片，读不回来。请选台账的 .xlsx 文件。",
            Self::Markup => "这是网页格式的表格。请用 WPS 或 Excel 打开，另存为 .xlsx 再选。",
            Self::NoText => "认不出这个文件的内容。请选台账的 .xlsx 或 .csv 文件。",
            Self::Damaged => "这个文件损坏了，或者没有传完整，读不出来。请重新要一份。",
            Self::NoLedger => "没有找到台账：表里要有“编号”这一列，还要有“状态”等要填的列。请不要改表头。",
            Self::UnknownKind => {
                "看不出是哪类单位的台账：没有“填写说明”这张表，行又太少。请对方重新导出，或者发备份文件。"
            }
            Self::SeveralLedgers(names) => {
                return write!(
                    f,
                    "有 {} 张表都像台账（{}），分不清读哪一张。请只留一张，或者把要读的那张命名为“台账”。",
                    names.len(),
                    names.join("、")
                );
            }
        };
        f.write_str(text)
    }
}

impl std::error::Error for Refusal {}

/// The sheets of a file, whichever kind it is of: .xlsx, or CSV and rows pasted from a spreadsheet program as text.
pub(crate) fn open(bytes: &[u8]) -> Result<Vec<Sheet>, Refusal> {
    if bytes.len() > LARGEST_FILE {
        return Err(Refusal::TooLarge);
    }
    match bytes {
        [] => Err(Refusal::Empty),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Err(old(bytes)),
        [b'P', b'K', 3 | 5 | 7, ..] => {
            inspect(bytes, LARGEST_INFLATED)?;
            spreadsheet(bytes)
        }
        [b'%', b'P', b'D', b'F', ..] => Err(Refusal::Pdf),
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] | [b'G', b'I', b'F', b'8', ..] => Err(Refusal::Picture),
        _ => Ok(vec![separated(&decode(bytes)?)?]),
    }
}

/// Word, Excel and WPS wrap files with a password in the container of their old formats.
fn old(bytes: &[u8]) -> Refusal {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(name.len()).any(|window| window == name) { Refusal::Password } else { Refusal::OldFormat }
}

/// Looks at what a package holds and how far it unpacks, before anything of it is kept.
fn inspect(bytes: &[u8], largest: u64) -> Result<(), Refusal> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    let has = |beginning: &str| zip.file_names().flatten().any(|name| name.starts_with(beginning));
    let refusal = match () {
        () if zip.len() > MOST_PARTS => Some(Refusal::InflatesTooFar),
        () if has("xl/vbaProject") => Some(Refusal::Macros),
        () if has("xl/workbook.xml") => None,
        () if has("xl/workbook.bin") || has("content.xml") => Some(Refusal::OtherSpreadsheet),
        () if has("word/") => Some(Refusal::Word),
        () if has("ppt/") => Some(Refusal::Slides),
        () => Some(Refusal::OtherZip),
    };
    if let Some(refusal) = refusal {
        return Err(refusal);
    }
    // What the package claims about its sizes is not believed.
    let mut left = largest;
    for at in 0..zip.len() {
        let part = zip.by_index(at).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Refusal::Password,
            _ => Refusal::Damaged,
        })?;
        let inflated = copy(&mut part.take(left + 1), &mut sink()).map_err(|_| Refusal::Damaged)?;
        left = left.checked_sub(inflated).ok_or(Refusal::InflatesTooFar)?;
    }
    Ok(())
}

fn spreadsheet(bytes: &[u8]) -> Result<Vec<Sheet>, Refusal> {
    let mut file: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => Refusal::Password,
        _ => Refusal::Damaged,
    })?;
    let (mut sheets, mut left) = (Vec::new(), LARGEST_TEXT);
    for name in file.sheet_names() {
        // A page of its own for a chart has no cells to merge.
        let merged = file.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let merged = merged.into_iter().map(|Dimensions { start, end }| (start, end)).collect();
        let mut sheet = Sheet { name: name.clone(), merged, ..Sheet::default() };
        let mut cells = match file.worksheet_cells_reader(&name) {
            Ok(cells) => cells,
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(_) => return Err(Refusal::Damaged),
        };
        while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|_| Refusal::Damaged)? {
            let value = if cell.formula.is_some() { Some(Value::Formula) } else { value(&cell.value) };
            if let Some(value) = value {
                sheet.put(cell.pos, value, &mut left)?;
            }
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn value(value: &DataRef<'_>) -> Option<Value> {
    let text = |text: &str| match text {
        "" => None,
        long if cell_length(long) > CELL_LIMIT => Some(Value::TooLong),
        text => Some(Value::Text(text.into())),
    };
    match value {
        DataRef::Empty => None,
        DataRef::Int(number) => Some(Value::Number(f64::from(i32::try_from(*number).ok()?))),
        DataRef::Float(number) => Some(Value::Number(*number)),
        DataRef::String(long) | DataRef::DateTimeIso(long) | DataRef::DurationIso(long) => text(long),
        DataRef::SharedString(long) => text(long),
        DataRef::Bool(is) => Some(Value::Bool(*is)),
        DataRef::DateTime(moment) => Some(date(moment).map_or(Value::Number(moment.as_f64()), Value::Date)),
        _ => Some(Value::Error),
    }
}

fn date(moment: &ExcelDateTime) -> Option<Date> {
    if !moment.is_datetime() {
        return None;
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    Date::new(i32::from(year), month, day)
}

impl Sheet {
    fn put(&mut self, (row, column): (u32, u32), value: Value, left: &mut usize) -> Result<(), Refusal> {
        if row >= MOST_ROWS {
            return Err(Refusal::TooManyRows);
        }
        if column >= MOST_COLUMNS {
            return Err(Refusal::TooManyColumns);
        }
        let weight = if let Value::Text(text) = &value { text.len() } else { 1 };
        *left = left.checked_sub(weight).ok_or(Refusal::InflatesTooFar)?;
        self.cells.insert((row, column), value);
        Ok(())
    }

    /// The text of a cell; `None` where it is none.
    pub(crate) fn text(&self, row: u32, column: u32) -> Option<&str> {
        match self.cells.get(&(row, column))? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether a cell was merged with others.
    pub(crate) fn is_merged(&self, row: u32, column: u32) -> bool {
        let is_in = |(start, end): &((u32, u32), (u32, u32))| {
            (start.0..=end.0).contains(&row) && (start.1..=end.1).contains(&column) && start != end
        };
        self.merged.iter().any(is_in)
    }
}

/// Text as programs save it: UTF-8, UTF-16 with its mark, or what a Chinese Windows writes.
fn decode(bytes: &[u8]) -> Result<String, Refusal> {
    let (encoding, bytes) = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => (UTF_8, rest),
        [0xff, 0xfe, rest @ ..] => (UTF_16LE, rest),
        [0xfe, 0xff, rest @ ..] => (UTF_16BE, rest),
        bytes if std::str::from_utf8(bytes).is_ok() => (UTF_8, bytes),
        bytes => (GB18030, bytes),
    };
    let (text, is_wrong) = encoding.decode_without_bom_handling(bytes);
    if is_wrong || text.contains('\0') {
        return Err(Refusal::NoText);
    }
    if text.trim_start().starts_with('<') {
        return Err(Refusal::Markup);
    }
    if text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    Ok(text.into_owned())
}

/// Rows parted by line ends, cells by tabs where the names of the columns are, else by commas; quoted as RFC 4180 says.
fn separated(text: &str) -> Result<Sheet, Refusal> {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let head = std::iter::once(first).chain(lines).find(|line| line.contains("编号")).unwrap_or(first);
    let mark = if head.contains('\t') { '\t' } else { ',' };
    let mut sheet = Sheet::default();
    let mut left = LARGEST_TEXT;
    let (mut row, mut column) = (0, 0);
    let (mut cell, mut is_quoted, mut was_quoted) = (String::new(), false, false);
    let mut letters = text.chars().peekable();
    loop {
        let letter = letters.next();
        match letter {
            Some('"') if is_quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            Some('"') if is_quoted => is_quoted = false,
            Some(letter) if is_quoted => cell.push(letter),
            Some('"') if cell.is_empty() && !was_quoted => (is_quoted, was_quoted) = (true, true),
            Some(letter) if letter != mark && !matches!(letter, '\r' | '\n') => cell.push(letter),
            end => {
                let text = std::mem::take(&mut cell);
                was_quoted = false;
                if !text.is_empty() {
                    let value = if cell_length(&text) > CELL_LIMIT { Value::TooLong } else { Value::Text(text) };
                    sheet.put((row, column), value, &mut left)?;
                }
                match end {
                    None => return Ok(sheet),
                    Some('\r' | '\n') => {
                        if end == Some('\r') && letters.peek() == Some(&'\n') {
                            letters.next();
                        }
                        (row, column) = (row + 1, 0);
                    }
                    Some(_) => column += 1,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let sheet = separated(text).expect("it is small");
        let last = sheet.cells.keys().map(|(row, _)| *row).max().unwrap_or_default();
        (0..=last)
            .map(|row| (0..4).map(|column| sheet.text(row, column).unwrap_or_default().to_owned()).collect())
            .collect()
    }

    #[test]
    fn csv_and_pasted_rows_are_read_with_quotes_and_line_ends_inside() {
        assert_eq!(
            rows("a,b\r\n\"1,\"\"x\"\"\n2\",\n,3"),
            [["a", "b", "", ""], ["1,\"x\"\n2", "", "", ""], ["", "3", "", ""]]
        );
        assert_eq!(rows("a\tb,c\n\"1\t2\"\t3\"4"), [["a", "b,c", "", ""], ["1\t2", "3\"4", "", ""]]);
    }

    #[test]
    fn text_is_read_in_the_encodings_that_programs_save() {
        let utf16: Vec<u8> = "\u{feff}编号\t状态".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let gbk = GB18030.encode("编号\t状态").0.into_owned();
        for bytes in ["编号\t状态".as_bytes(), "\u{feff}编号\t状态".as_bytes(), &utf16, &gbk] {
            let sheets = open(bytes).expect("it is text");
            assert_eq!((sheets[0].text(0, 0), sheets[0].text(0, 1)), (Some("编号"), Some("状态")));
        }
    }

    #[test]
    fn what_is_no_sheet_is_named_for_what_it_is() {
        let encrypted: Vec<u8> = [0xd0, 0xcf, 0x11, 0xe0]
            .into_iter()
            .chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        for (bytes, expected) in [
            (&b""[..], Refusal::Empty),
            (&b" \n"[..], Refusal::Empty),
            (&[0xd0, 0xcf, 0x11, 0xe0, 0xa1][..], Refusal::OldFormat),
            (&encrypted, Refusal::Password),
            (b"PK\x03\x04 cut off", Refusal::Damaged),
            (b"%PDF-1.7", Refusal::Pdf),
            (b"\x89PNG\r\n", Refusal::Picture),
            (b"<html><table>", Refusal::Markup),
            (&[0xff, 0x00, 0x81, 0xff][..], Refusal::NoText),
            (&vec![b'a'; LARGEST_FILE + 1], Refusal::TooLarge),
        ] {
            assert_eq!(open(bytes), Err(expected));
        }
    }

    fn package(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).expect("it has room");
            zip.write_all(content.as_bytes()).expect("it has room");
        }
        zip.finish().expect("it has room").into_inner()
    }

    #[test]
    fn a_package_is_told_by_what_is_in_it() {
        for (name, expected) in [
            ("word/document.xml", Refusal::Word),
            ("ppt/presentation.xml", Refusal::Slides),
            ("content.xml", Refusal::OtherSpreadsheet),
            ("xl/workbook.bin", Refusal::OtherSpreadsheet),
            ("xl/vbaProject.bin", Refusal::Macros),
            ("照片/1.jpg", Refusal::OtherZip),
            ("xl/workbook.xml", Refusal::Damaged),
        ] {
            assert_eq!(open(&package(&[(name, "<?xml")])), Err(expected), "{name}");
        }
    }

    #[test]
    fn a_bomb_is_found_before_anything_of_it_is_kept() {
        let bomb = package(&[("xl/workbook.xml", "<a/>"), ("xl/sharedStrings.xml", &"0".repeat(100_000))]);
        assert!(bomb.len() < 1000);
        assert_eq!(inspect(&bomb, 100_003), Err(Refusal::InflatesTooFar));
        assert_eq!(inspect(&bomb, 100_004), Ok(()));
        let many: Vec<_> = (0..=MOST_PARTS).map(|at| format!("xl/{at}")).collect();
        let many: Vec<_> = many.iter().map(|name| (name.as_str(), "")).collect();
        assert_eq!(open(&package(&many)), Err(Refusal::InflatesTooFar));
    }

    #[test]
    fn too_many_rows_or_columns_are_refused() {
        assert_eq!(open("a\n".repeat(6000).as_bytes()), Err(Refusal::TooManyRows));
        assert_eq!(open("a,".repeat(300).as_bytes()), Err(Refusal::TooManyColumns));
    }
}
