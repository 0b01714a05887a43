//! 台账 as an Excel file or as CSV: goes round the sections, and comes back filled (`ledger_back.rs`).

use std::io::{Cursor, Read as _, Write as _};

use plan_checklist_domain::sharing::problems::Problem;
use plan_checklist_domain::sharing::report::{Include, OWN, Report, Wanted};
use plan_checklist_domain::sharing::since::{Earlier, Since};
use plan_checklist_domain::{AsOf, Catalogue, Date, Status, Tally, Workbook};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    Formula, Workbook as File, Worksheet, XlsxError,
};

use zip::ZipArchive;
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::columns::{Column, Field, Line, PLAN, fit};
use crate::not_written::NotWritten;
use crate::text::{clean, one_line};

/// The names of the sheets; those of the first and of the last two are read back.
pub(crate) const LEDGER: &str = "台账";
const PROBLEMS: &str = "问题清单";
const TOTALS: &str = "汇总";
pub(crate) const HELP: &str = "填写说明";
pub(crate) const ORIGINAL: &str = "原值";
/// Says in [`HELP`] which workbook the sheet is of.
pub(crate) const WORKBOOK_ID: &str = "自查表编号";
pub(crate) const UNIT: &str = "单位";
pub(crate) const KIND: &str = "单位类别";
pub(crate) const CYCLE: &str = "规划期";
pub(crate) const SENT: &str = "发出日期";

/// Which rows go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows<'a> {
    All,
    /// Those one person is responsible for.
    Of(&'a str),
}

/// When it goes out.
#[derive(Debug, Clone, Copy, Default)]
pub struct Occasion<'a> {
    pub today: Option<Date>,
    /// The day by which lateness is judged; `None` where it says nothing.
    pub day: Option<AsOf>,
    /// What it is compared with, in a sheet of its own.
    pub earlier: Option<&'a Earlier>,
}

impl Rows<'_> {
    fn are(self, owner: &str) -> bool {
        match self {
            Self::All => true,
            Self::Of(wanted) => one_line(wanted) == one_line(owner),
        }
    }
}

impl From<XlsxError> for NotWritten {
    fn from(error: XlsxError) -> Self {
        Self(error.to_string())
    }
}

/// The rows that begin the sheet: its title, what it is of, and the names of the columns.
pub(crate) const HEAD: u32 = 3;
const FONT: &str = "宋体";

/// 台账 as an .xlsx file.
///
/// # Errors
///
/// Where the file cannot be packed.
pub fn xlsx(
    workbook: &Workbook,
    catalogue: &Catalogue,
    rows: Rows<'_>,
    occasion: Occasion<'_>,
) -> Result<Vec<u8>, NotWritten> {
    pack(workbook, catalogue, rows, occasion, &lines(workbook, catalogue, rows), None)
}

/// The file with these rows; `before` is what they said when they went out, if that is something else.
fn pack(
    workbook: &Workbook,
    catalogue: &Catalogue,
    rows: Rows<'_>,
    occasion: Occasion<'_>,
    lines: &[Line],
    before: Option<&[Line]>,
) -> Result<Vec<u8>, NotWritten> {
    let report = Report::of(
        workbook,
        catalogue,
        Wanted { include: Include::Everything, today: occasion.today, day: occasion.day, earlier: occasion.earlier },
    );
    let title = report.title.strip_suffix("报告").unwrap_or(&report.title).to_owned();
    let mut about: Vec<String> =
        report.facts.iter().map(|(what, value)| format!("{what}：{}", one_line(value))).collect();
    if let Rows::Of(owner) = rows {
        about.push(format!("只含责任人“{}”的 {} 项", one_line(owner), lines.len()));
    }
    let mut file = File::new();
    let mut properties = DocProperties::new().set_title(fit(&clean(&title)));
    // Else it would be the moment in which the file is made, and no two files would be the same.
    if let Some(moment) = occasion.today.and_then(moment) {
        properties = properties.set_creation_datetime(&moment);
    }
    file.set_properties(&properties);
    ledger(file.add_worksheet(), lines, &title, &about.join("　　"))?;
    problems(file.add_worksheet(), &report, rows, &title)?;
    totals(file.add_worksheet(), lines, &title)?;
    if let Some(found) = &report.since {
        since(file.add_worksheet(), found, &title)?;
    }
    help(file.add_worksheet(), workbook, occasion.today)?;
    original(file.add_worksheet(), before.unwrap_or(lines))?;
    growing(&file.save_to_buffer()?)
}

/// Has rows grow with what is typed into them: the library writes each height as one that somebody chose.
fn growing(file: &[u8]) -> Result<Vec<u8>, NotWritten> {
    let wrong = |error: &dyn std::error::Error| NotWritten(error.to_string());
    let mut from = ZipArchive::new(Cursor::new(file)).map_err(|error| wrong(&error))?;
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut part = from.by_index(at).map_err(|error| wrong(&error))?;
        let name = part.name().map_err(|error| wrong(&error))?.into_owned();
        let mut content = String::new();
        part.read_to_string(&mut content).map_err(|error| wrong(&error))?;
        if name.starts_with("xl/worksheets/sheet") {
            content = content.replace(" customHeight=\"1\"", "");
        }
        to.start_file(name, SimpleFileOptions::default()).map_err(|error| wrong(&error))?;
        to.write_all(content.as_bytes()).map_err(|error| wrong(&error))?;
    }
    Ok(to.finish().map_err(|error| wrong(&error))?.into_inner())
}

/// 台账 as CSV with a byte order mark, for those without a spreadsheet program.
#[must_use]
pub fn csv(workbook: &Workbook, catalogue: &Catalogue, rows: Rows<'_>) -> String {
    let head = Column::ALL.map(|column| column.name().to_owned()).to_vec();
    let lines = lines(workbook, catalogue, rows);
    let cells = lines.iter().map(|line| Column::ALL.map(|column| unlike_formula(&cell(line, column))).to_vec());
    let mut text = String::from('\u{feff}');
    for row in std::iter::once(head).chain(cells) {
        let row: Vec<_> = row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        text.push_str(&row.join(","));
        text.push_str("\r\n");
    }
    text
}

/// What spreadsheet programs would take for a formula begins with an apostrophe in CSV, and so does what begins with one.
pub(crate) const LIKE_FORMULA: [char; 5] = ['=', '+', '-', '@', '\''];

fn unlike_formula(text: &str) -> String {
    if text.starts_with(LIKE_FORMULA) { format!("'{text}") } else { text.into() }
}

fn lines(workbook: &Workbook, catalogue: &Catalogue, rows: Rows<'_>) -> Vec<Line> {
    let mut lines = Line::all(workbook, catalogue);
    let mut is_wanted = false;
    lines.retain(|line| {
        // Whoever sees to a requirement sees to it for every plan.
        if line.step != PLAN {
            is_wanted = rows.are(line.value(Field::Owner));
        }
        is_wanted
    });
    lines
}

fn cell(line: &Line, column: Column) -> String {
    match column {
        Column::Id => line.id.to_string(),
        Column::Step => line.step.clone(),
        Column::Title => line.title.clone(),
        Column::Question => line.question.clone(),
        Column::Role => line.role.clone(),
        Column::Phase => line.phase.into(),
        Column::Field(field) => line.value(field).into(),
    }
}

pub(crate) fn moment(day: Date) -> Option<ExcelDateTime> {
    ExcelDateTime::from_ymd(u16::try_from(day.year()).ok()?, day.month(), day.day()).ok()
}

pub(crate) fn plain() -> Format {
    Format::new().set_font_name(FONT).set_font_size(11)
}

pub(crate) fn boxed() -> Format {
    plain().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::VerticalCenter)
}

pub(crate) fn headed() -> Format {
    boxed().set_bold().set_align(FormatAlign::Center).set_background_color(Color::RGB(0xE7_E6_E6))
}

/// The head of a column that is to be filled in.
fn asking() -> Format {
    headed().set_background_color(Color::RGB(0xDD_EB_F7))
}

pub(crate) fn titled() -> Format {
    plain().set_bold().set_font_size(16).set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter)
}

/// Writes text as text, and has it stay that when somebody edits the cell.
pub(crate) fn text(sheet: &mut Worksheet, row: u32, column: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
    let text = fit(&clean(text));
    if text.is_empty() {
        sheet.write_blank(row, column, format)?;
    } else if text.starts_with(LIKE_FORMULA) {
        sheet.write_string_with_format(row, column, &text, &format.clone().set_quote_prefix())?;
    } else {
        sheet.write_string_with_format(row, column, &text, format)?;
    }
    Ok(())
}

pub(crate) fn day(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    day: Option<Date>,
    format: &Format,
) -> Result<(), XlsxError> {
    match day.and_then(moment) {
        Some(moment) => sheet.write_datetime_with_format(row, column, &moment, format)?,
        None => sheet.write_blank(row, column, format)?,
    };
    Ok(())
}

pub(crate) fn dated() -> Format {
    boxed().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Center)
}

/// A4 across, as wide as the page, with the head on every page.
pub(crate) fn printed(sheet: &mut Worksheet, head: u32) -> Result<(), XlsxError> {
    sheet.set_paper_size(9);
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.5, 0.5, 0.6, 0.7, 0.3, 0.3);
    sheet.set_print_center_horizontally(true);
    sheet.set_footer("&C第 &P 页，共 &N 页&R&8非官方工具生成");
    sheet.set_repeat_rows(head, head)?;
    Ok(())
}

/// The title and what the sheet is of, over all its columns.
pub(crate) fn begin(sheet: &mut Worksheet, columns: u16, title: &str, about: &str) -> Result<(), XlsxError> {
    sheet.merge_range(0, 0, 0, columns - 1, &fit(&clean(title)), &titled())?;
    sheet.set_row_height(0, 30)?;
    sheet.merge_range(1, 0, 1, columns - 1, &fit(&clean(about)), &plain().set_align(FormatAlign::Left))?;
    Ok(())
}

/// Makes a row as high as these texts need, each in a column of this width: not every program does it by itself.
pub(crate) fn fit_row<'a>(
    sheet: &mut Worksheet,
    row: u32,
    cells: impl IntoIterator<Item = (&'a str, f64)>,
) -> Result<(), XlsxError> {
    // A Chinese character is as wide as two digits, in which columns are measured. One may be left over at the end of a
    // line, as none begins with a comma.
    let width = |line: &str| line.chars().map(|letter| if letter.is_ascii() { 1.0 } else { 2.1 }).sum::<f64>();
    let lines = cells
        .into_iter()
        .map(|(text, column)| text.lines().map(|line| (width(line) / (column - 2.5)).ceil().max(1.0)).sum::<f64>());
    let most = lines.fold(1.0, f64::max);
    // Excel allows 409 points.
    sheet.set_row_height(row, (most * 14.5 + 4.0).min(400.0))?;
    Ok(())
}

pub(crate) fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn ledger(sheet: &mut Worksheet, lines: &[Line], title: &str, about: &str) -> Result<(), XlsxError> {
    sheet.set_name(LEDGER)?;
    begin(sheet, 14, &format!("{title}台账"), about)?;
    let (boxed, centred, dated) = (boxed(), boxed().set_align(FormatAlign::Center), dated());
    // Else 编号 could be taken for a number. Of a plan it is long, and nobody's to read.
    let id =
        plain().set_border(FormatBorder::Thin).set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
    let id = id.set_num_format("@").set_shrink();
    let idle = centred.clone().set_background_color(Color::RGB(0xF2_F2_F2));
    for (at, column) in (0u16..).zip(Column::ALL) {
        sheet.set_column_width(at, column.width())?;
        let head = if matches!(column, Column::Field(_)) { asking() } else { headed() };
        sheet.write_string_with_format(HEAD - 1, at, column.name(), &head)?;
        for (index, line) in lines.iter().enumerate() {
            let row = HEAD + number(index);
            match column {
                // Nothing is to be filled in here.
                Column::Field(field) if !line.has(field) => text(sheet, row, at, &cell(line, column), &idle)?,
                Column::Field(Field::Due) => day(sheet, row, at, line.due, &dated)?,
                Column::Title | Column::Question => text(sheet, row, at, &cell(line, column), &boxed)?,
                Column::Field(Field::Status | Field::Owner) => text(sheet, row, at, &cell(line, column), &centred)?,
                Column::Field(_) => text(sheet, row, at, &cell(line, column), &boxed)?,
                Column::Id => text(sheet, row, at, &cell(line, column), &id)?,
                Column::Step | Column::Role | Column::Phase => text(sheet, row, at, &cell(line, column), &centred)?,
            }
        }
    }
    for (index, line) in lines.iter().enumerate() {
        let wrapped = Column::ALL.into_iter().filter(|column| *column != Column::Id);
        let cells: Vec<_> = wrapped.map(|column| (cell(line, column), column.width())).collect();
        fit_row(sheet, HEAD + number(index), cells.iter().map(|(text, width)| (text.as_str(), *width)))?;
    }
    sheet.set_freeze_panes(HEAD, 3)?;
    let last = HEAD + number(lines.len().max(1)) - 1;
    sheet.autofilter(HEAD - 1, 0, last, 13)?;
    let names = Status::ALL.map(Status::name);
    let status = DataValidation::new()
        .allow_list_strings(&names)?
        .set_error_title("没有这个状态")?
        .set_error_message(format!("请从下拉列表里选：{}。", names.join("、")))?
        .set_error_style(DataValidationErrorStyle::Stop);
    sheet.add_data_validation(HEAD, 6, last, 6, &status)?;
    printed(sheet, HEAD - 1)
}

fn problems(sheet: &mut Worksheet, report: &Report, rows: Rows<'_>, title: &str) -> Result<(), XlsxError> {
    sheet.set_name(PROBLEMS)?;
    let columns = [
        ("序号", 6.0),
        ("步骤", 10.0),
        ("要求", 22.0),
        ("现状", 14.0),
        ("还差", 34.0),
        ("存在问题", 22.0),
        ("下一步措施", 22.0),
        ("责任人", 10.0),
        ("完成时限", 12.0),
    ];
    begin(sheet, 9, &format!("{title}问题清单"), "导出时的情况，不随“台账”里的改动变化；填写请在“台账”里填。")?;
    for (at, (name, width)) in (0u16..).zip(columns) {
        sheet.set_column_width(at, width)?;
        sheet.write_string_with_format(HEAD - 1, at, name, &headed())?;
    }
    let (boxed, centred, dated) = (boxed(), boxed().set_align(FormatAlign::Center), dated());
    let found = report
        .problems
        .iter()
        .flat_map(|group| group.problems.iter().chain(&group.unchecked).map(|problem| (group.step.as_str(), problem)));
    let found = found.filter(|(_, problem)| rows.are(&problem.owner));
    let mut row = HEAD;
    for (step, Problem { title, state, missing, problem, measure, owner, due, .. }) in found {
        sheet.write_number_with_format(row, 0, row - HEAD + 1, &centred)?;
        text(sheet, row, 1, step, &centred)?;
        text(sheet, row, 2, title, &boxed)?;
        text(sheet, row, 3, state, &centred)?;
        let missing = missing.join("；");
        text(sheet, row, 4, &missing, &boxed)?;
        text(sheet, row, 5, problem, &boxed)?;
        text(sheet, row, 6, measure, &boxed)?;
        text(sheet, row, 7, owner, &centred)?;
        day(sheet, row, 8, *due, &dated)?;
        let cells = [(title, 2), (state, 3), (&missing, 4), (problem, 5), (measure, 6), (owner, 7)];
        fit_row(sheet, row, cells.map(|(text, column)| (text.as_str(), columns[column].1)))?;
        row += 1;
    }
    if row == HEAD {
        sheet.merge_range(row, 0, row, 8, "没有发现问题。", &centred)?;
    }
    sheet.set_freeze_panes(HEAD, 0)?;
    printed(sheet, HEAD - 1)
}

/// What changed since an earlier state, when it went out.
fn since(sheet: &mut Worksheet, since: &Since, title: &str) -> Result<(), XlsxError> {
    sheet.set_name("与上次相比")?;
    begin(sheet, 5, &format!("{title}与上次相比"), &since.sentence)?;
    let columns = [("步骤", 14.0), ("要求", 40.0), ("上次", 24.0), ("这次", 24.0), ("变化", 12.0)];
    for (at, (name, width)) in (0u16..).zip(columns) {
        sheet.set_column_width(at, width)?;
        sheet.write_string_with_format(HEAD - 1, at, name, &headed())?;
    }
    let (boxed, centred) = (boxed(), boxed().set_align(FormatAlign::Center));
    for (row, change) in (HEAD..).zip(&since.changes) {
        text(sheet, row, 0, &change.step, &centred)?;
        text(sheet, row, 1, &change.title, &boxed)?;
        text(sheet, row, 2, &change.was, &centred)?;
        text(sheet, row, 3, &change.now, &centred)?;
        text(sheet, row, 4, change.course.name(), &centred)?;
        let cells = [(&change.title, 1), (&change.was, 2), (&change.now, 3)];
        fit_row(sheet, row, cells.map(|(text, column)| (text.as_str(), columns[column].1)))?;
    }
    sheet.set_freeze_panes(HEAD, 0)?;
    printed(sheet, HEAD - 1)
}

/// The statuses in the order of the columns.
const COUNTED: [Status; 5] =
    [Status::Done, Status::InProgress, Status::NotStarted, Status::Unchecked, Status::NotApplicable];

/// Counts by step, as formulas: they follow what is edited in 台账.
fn totals(sheet: &mut Worksheet, lines: &[Line], title: &str) -> Result<(), XlsxError> {
    sheet.set_name(TOTALS)?;
    begin(
        sheet,
        8,
        &format!("{title}汇总"),
        "各数由“台账”算出，改了台账会跟着变。完成率是已落实的占适用的比例，不足 1% 的舍去；全部办结才是 100%。",
    )?;
    let names = ["步骤", "共"].into_iter().chain(COUNTED.map(Status::name)).chain(["完成率"]);
    for (at, name) in (0u16..).zip(names) {
        sheet.set_column_width(at, if at == 0 { 26.0 } else { 11.0 })?;
        sheet.write_string_with_format(HEAD - 1, at, name, &headed())?;
    }
    // The status of a requirement follows from those of its plans.
    let mut steps: Vec<&str> = lines.iter().map(|line| line.step.as_str()).filter(|step| *step != PLAN).collect();
    steps.dedup();
    let mut row = HEAD;
    for step in steps.iter().filter(|step| **step != OWN) {
        let own: Vec<_> = lines.iter().filter(|line| line.step == *step).collect();
        text(sheet, row, 0, step, &boxed())?;
        counts(sheet, row, lines, &own, &format!(",{},$A{}", range(lines, 'B'), row + 1))?;
        row += 1;
    }
    let asked: Vec<_> = lines.iter().filter(|line| line.step != OWN && line.step != PLAN).collect();
    text(sheet, row, 0, "合计", &headed())?;
    let of = range(lines, 'B');
    counts(sheet, row, lines, &asked, &format!(",{of},\"<>{OWN}\",{of},\"<>{PLAN}\""))?;
    if steps.contains(&OWN) {
        let own: Vec<_> = lines.iter().filter(|line| line.step == OWN).collect();
        text(sheet, row + 1, 0, OWN, &boxed())?;
        counts(sheet, row + 1, lines, &own, &format!(",{},$A{}", range(lines, 'B'), row + 2))?;
        let note = "本单位自加的要求不计入合计。";
        sheet.write_string_with_format(row + 2, 0, note, &plain().set_font_size(9))?;
    }
    sheet.set_freeze_panes(HEAD, 1)?;
    printed(sheet, HEAD - 1)
}

/// The cells of a column of 台账.
fn range(lines: &[Line], column: char) -> String {
    format!("{LEDGER}!${column}${}:${column}${}", HEAD + 1, HEAD + number(lines.len().max(1)))
}

/// One row of [`totals`]: the formulas, and what they come to now, for programs that do not calculate.
fn counts(sheet: &mut Worksheet, row: u32, lines: &[Line], own: &[&Line], only: &str) -> Result<(), XlsxError> {
    let centred = boxed().set_align(FormatAlign::Center);
    let statuses = range(lines, 'G');
    let at = row + 1;
    let tally = Tally::of_statuses(own.iter().filter_map(|line| crate::columns::status(line.value(Field::Status))));
    for (column, status) in (2u16..).zip(COUNTED) {
        let formula = format!("=COUNTIFS({statuses},\"{}\"{only})", status.name());
        let result = tally.count(status).to_string();
        sheet.write_formula_with_format(row, column, Formula::new(formula).set_result(result), &centred)?;
    }
    let all = Formula::new(format!("=SUM(C{at}:G{at})")).set_result(tally.total().to_string());
    sheet.write_formula_with_format(row, 1, all, &centred)?;
    // 100% only where nothing is left to do or to explain.
    let unreasoned =
        format!("COUNTIFS({statuses},\"{}\",{},\"\"{only})", Status::NotApplicable.name(), range(lines, 'H'));
    let rate = format!(
        "=IF(B{at}-G{at}=0,\"—\",IF(AND(C{at}=B{at}-G{at},{unreasoned}=0),1,MIN(0.99,INT(C{at}*100/(B{at}-G{at}))/100)))"
    );
    let is_unreasoned = |line: &&&Line| {
        line.value(Field::Status) == Status::NotApplicable.name() && line.value(Field::Reason).is_empty()
    };
    let is_complete = tally.open() == 0 && own.iter().filter(is_unreasoned).count() == 0;
    let result = match (tally.count(Status::Done) * 100).checked_div(tally.applicable()) {
        None => "—".into(),
        Some(_) if is_complete => "1".into(),
        Some(floored) => format!("{}", f64::from(number(floored.min(99))) / 100.0),
    };
    let percent = centred.set_num_format("0%");
    sheet.write_formula_with_format(row, 7, Formula::new(rate).set_result(result), &percent)?;
    Ok(())
}

fn help(sheet: &mut Worksheet, workbook: &Workbook, today: Option<Date>) -> Result<(), XlsxError> {
    sheet.set_name(HELP)?;
    sheet.set_column_width(0, 16)?;
    sheet.set_column_width(1, 90)?;
    sheet.merge_range(0, 0, 0, 1, "填写说明", &titled())?;
    sheet.set_row_height(0, 30)?;
    let names = Status::ALL.map(Status::name).join("、");
    let rules = [
        ("填哪里", "只填“台账”里表头为浅蓝色的各列。其他各列和其他各表是给人看的，改了不会读回。".to_owned()),
        (
            "编号",
            "靠它认出是哪一项，请不要改。行可以排序、筛选，列可以移动；不填的列可以删掉，删掉的列不会改动原来的内容。"
                .into(),
        ),
        ("状态", format!("从下拉列表里选：{names}。没有人看过的是“未核对”，看过、还没动手的是“未启动”。")),
        (PLAN, "一个单位编几个规划的，每项要求下面逐个规划各有一行，只填状态和备注；要求本身的状态跟着各规划走，采用时算好。".into()),
        ("不适用的理由", "状态选“不适用”的，请写明理由。".into()),
        ("完成时限", "写日期，如 2026-11-30、2026年11月30日。".into()),
        ("佐证", "一行写一条（单元格里换行用 Alt+Enter）。".into()),
        ("不要做的", "不要合并单元格，不要用公式，不要加密码；请存成 .xlsx，不要存成 .xls、.et。".into()),
        ("交回去", "把填好的文件发给汇总的人，由他在“读回台账”里打开，逐项看过再采用。".into()),
        ("保密", "请勿录入涉密信息。".into()),
        (ORIGINAL, "隐藏的“原值”表记着发出时的内容，用来分清哪些是这次填的，请不要删。".into()),
    ];
    let mut row = 1;
    for (what, rule) in &rules {
        text(sheet, row, 0, what, &headed())?;
        text(sheet, row, 1, rule, &boxed())?;
        fit_row(sheet, row, [(*what, 16.0), (rule.as_str(), 90.0)])?;
        row += 1;
    }
    let facts = [
        (WORKBOOK_ID, workbook.id.to_string()),
        (UNIT, one_line(&workbook.unit)),
        (KIND, workbook.kind.name().into()),
        (CYCLE, workbook.cycle.name_with_years()),
        (SENT, today.map(|day| day.to_string()).unwrap_or_default()),
    ];
    row += 1;
    for (what, fact) in &facts {
        text(sheet, row, 0, what, &headed())?;
        text(sheet, row, 1, fact, &boxed().set_num_format("@"))?;
        row += 1;
    }
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    Ok(())
}

/// What 台账 said when it went out: so that what was filled in can be told from what has changed here since.
fn original(sheet: &mut Worksheet, lines: &[Line]) -> Result<(), XlsxError> {
    sheet.set_name(ORIGINAL)?;
    let format = plain();
    let columns = std::iter::once(Column::Id).chain(Field::ALL.map(Column::Field));
    for (at, column) in (0u16..).zip(columns) {
        text(sheet, 0, at, column.name(), &format)?;
        for (index, line) in lines.iter().enumerate() {
            text(sheet, 1 + number(index), at, &cell(line, column), &format)?;
        }
    }
    sheet.set_hidden(true);
    Ok(())
}

/// A sheet that went out as `before` and was filled until it said `after`.
#[cfg(test)]
pub(crate) fn filled(before: &Workbook, after: &Workbook, catalogue: &Catalogue) -> Vec<u8> {
    let [before, after] = [before, after].map(|workbook| (workbook, Line::all(workbook, catalogue)));
    pack(before.0, catalogue, Rows::All, Occasion::default(), &after.1, Some(&before.1)).expect("it can be packed")
}
