//! 汇总表 as an Excel file: units × steps, what is not in order, and every requirement of every unit.

use plan_checklist_domain::rollup::details::COLUMNS;
use plan_checklist_domain::rollup::{Detail, Gathering, Unit};
use plan_checklist_domain::{Date, Finding, Status, Tally};
use rust_xlsxwriter::{Color, DocProperties, Format, FormatAlign, Workbook as File, Worksheet, XlsxError};

use crate::ledger::{HEAD, begin, boxed, dated, day, fit_row, headed, moment, number, plain, printed, text};
use crate::not_written::NotWritten;

/// The most rows of a sheet: more take spreadsheet programs minutes, and CSV holds them all.
const MOST_ROWS: usize = 20_000;

/// How far a step has come: what it is called, from which percentage on, and its colour on paper.
const LEVELS: [(&str, u8, u32); 4] = [
    ("不到 40%", 0, 0xF8_D7_DA),
    ("40%～79%", 40, 0xFD_EB_C8),
    ("80%～99%", 80, 0xE3_F1_DA),
    ("100%", 100, 0xBF_E3_C9),
];

/// The file, made on this day, of all units of this round and the earlier one.
///
/// # Errors
///
/// Where the file cannot be packed.
pub fn xlsx(gathering: &Gathering<'_>, units: &[Unit], today: Option<Date>) -> Result<Vec<u8>, NotWritten> {
    let mut file = File::new();
    let mut properties = DocProperties::new().set_title("规划编制自查汇总表");
    if let Some(moment) = today.and_then(moment) {
        properties = properties.set_creation_datetime(&moment);
    }
    file.set_properties(&properties);
    let about = today.map(|day| format!("汇总日期：{}　　", day.in_chinese())).unwrap_or_default();
    matrix(file.add_worksheet(), gathering, units, &about)?;
    let (mut problems, mut details) = (Vec::new(), Vec::new());
    let (mut more_problems, mut more_details) = (0, 0);
    for unit in units {
        for detail in Detail::of(gathering, unit) {
            let is_problem = unit.round.is_now() && !detail.findings.is_empty();
            if is_problem && problems.len() < MOST_ROWS {
                problems.push((unit, detail.clone()));
            } else {
                more_problems += usize::from(is_problem);
            }
            if details.len() < MOST_ROWS {
                details.push((unit, detail));
            } else {
                more_details += 1;
            }
        }
    }
    list(file.add_worksheet(), gathering, ("问题", "规划编制自查汇总问题"), &problems, more_problems)?;
    list(file.add_worksheet(), gathering, ("明细", "规划编制自查汇总明细"), &details, more_details)?;
    Ok(file.save_to_buffer()?)
}

/// The colour of a percentage.
fn shaded(percent: u8) -> Format {
    let level = LEVELS.iter().rev().find(|(_, from, _)| percent >= *from).map_or(0, |(.., colour)| *colour);
    boxed().set_align(FormatAlign::Center).set_num_format("0%").set_background_color(Color::RGB(level))
}

fn percent(sheet: &mut Worksheet, row: u32, column: u16, tally: Option<&Tally>) -> Result<(), XlsxError> {
    match tally.and_then(Tally::percent) {
        Some(percent) => {
            sheet.write_number_with_format(row, column, f64::from(percent) / 100.0, &shaded(percent))?;
        }
        None => {
            sheet.write_string_with_format(row, column, "—", &boxed().set_align(FormatAlign::Center))?;
        }
    }
    Ok(())
}

fn matrix(sheet: &mut Worksheet, gathering: &Gathering<'_>, units: &[Unit], about: &str) -> Result<(), XlsxError> {
    sheet.set_name("矩阵")?;
    let steps = &gathering.catalogue().steps;
    let counts = ["完成率", "应核对", "已落实", "不适用", "没落实", "未核对", "逾期", "缺佐证", "缺理由", "材料份数"];
    let columns = 4 + counts.len() + steps.len();
    let last = u16::try_from(columns).unwrap_or(u16::MAX);
    let about = format!(
        "{about}完成率是已落实的占适用的比例，不足 1% 的舍去；全部办结才是 100%。“—”表示没有适用的要求。颜色：{}。",
        LEVELS.map(|(name, ..)| name).join("，")
    );
    begin(sheet, last, "规划编制自查汇总表", &about)?;
    let names = ["单位", "单位类别", "规划期", "轮次"].into_iter().chain(counts);
    let widths = [28.0, 14.0, 12.0, 9.0].into_iter().chain([8.0; 10]);
    for (at, (name, width)) in (0u16..).zip(names.zip(widths)) {
        sheet.set_column_width(at, width)?;
        sheet.write_string_with_format(HEAD - 1, at, name, &headed())?;
    }
    let first = u16::try_from(4 + counts.len()).unwrap_or_default();
    for (at, step) in (first..).zip(steps) {
        sheet.set_column_width(at, 10.0)?;
        text(sheet, HEAD - 1, at, &step.title, &headed())?;
    }
    sheet.set_row_height(HEAD - 1, 34)?;
    let (boxed, centred) = (boxed(), boxed().set_align(FormatAlign::Center));
    for (row, unit) in (HEAD..).zip(units) {
        fit_row(sheet, row, [(unit.name.as_str(), 28.0)])?;
        text(sheet, row, 0, &unit.name, &boxed)?;
        text(sheet, row, 1, unit.kind.name(), &centred)?;
        text(sheet, row, 2, &unit.cycle.name(), &centred)?;
        text(sheet, row, 3, unit.round.name(), &centred)?;
        let tally = &unit.tally;
        percent(sheet, row, 4, Some(tally))?;
        let numbers = [
            tally.total(),
            tally.count(Status::Done),
            tally.count(Status::NotApplicable),
            tally.open(),
            tally.count(Status::Unchecked),
            unit.count(Finding::Overdue),
            tally.unproven(),
            tally.unreasoned(),
            unit.sources.len(),
        ];
        for (at, count) in (5u16..).zip(numbers) {
            sheet.write_number_with_format(row, at, number(count), &centred)?;
        }
        for (at, step) in (first..).zip(&unit.steps) {
            percent(sheet, row, at, step.as_ref())?;
        }
    }
    if units.is_empty() {
        sheet.merge_range(HEAD, 0, HEAD, last - 1, "没有读出单位。", &centred)?;
    } else {
        sheet.autofilter(HEAD - 1, 0, HEAD + number(units.len()) - 1, last - 1)?;
    }
    sheet.set_freeze_panes(HEAD, 1)?;
    printed(sheet, HEAD - 1)?;
    // A3 across.
    sheet.set_paper_size(8);
    Ok(())
}

/// In characters of the sheet's font, in the order of [`COLUMNS`].
const WIDTHS: [f64; 16] = [8.0, 22.0, 12.0, 9.0, 15.0, 9.0, 28.0, 9.0, 14.0, 12.0, 10.0, 9.0, 16.0, 22.0, 22.0, 9.0];

fn list(
    sheet: &mut Worksheet,
    gathering: &Gathering<'_>,
    (name, title): (&str, &str),
    rows: &[(&Unit, Detail)],
    more: usize,
) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    let about = if more > 0 {
        format!("这里只有前 {} 行，另有 {more} 行，请存成明细的纯文本表格（.csv）。", rows.len())
    } else {
        "从各单位交来的材料读出，一行一项要求。佐证条数空着的，是从快照链接来的，链接里不带佐证。".into()
    };
    begin(sheet, 16, title, &about)?;
    for (at, (name, width)) in (0u16..).zip(COLUMNS.into_iter().zip(WIDTHS)) {
        sheet.set_column_width(at, width)?;
        sheet.write_string_with_format(HEAD - 1, at, name, &headed())?;
    }
    let (boxed, centred, dated) = (boxed(), boxed().set_align(FormatAlign::Center), dated());
    let code = centred.clone().set_num_format("@");
    for (row, (unit, detail)) in (HEAD..).zip(rows) {
        let cells = detail.cells(gathering.catalogue(), unit);
        for (at, cell) in (0u16..).zip(&cells) {
            match at {
                3 | 11 | 15 => match cell.parse::<f64>() {
                    Ok(count) => {
                        sheet.write_number_with_format(row, at, count, &centred)?;
                    }
                    Err(_) => {
                        sheet.write_blank(row, at, &centred)?;
                    }
                },
                5 => text(sheet, row, at, cell, &code)?,
                9 => day(sheet, row, at, detail.due, &dated)?,
                0 | 2 | 4 | 7 | 8 | 10 => text(sheet, row, at, cell, &centred)?,
                _ => text(sheet, row, at, cell, &boxed)?,
            }
        }
        fit_row(sheet, row, cells.iter().zip(WIDTHS).map(|(cell, width)| (cell.as_str(), width)))?;
    }
    if rows.is_empty() {
        sheet.merge_range(HEAD, 0, HEAD, 15, "没有内容。", &plain().set_align(FormatAlign::Center))?;
    } else {
        sheet.autofilter(HEAD - 1, 0, HEAD + number(rows.len()) - 1, 15)?;
    }
    sheet.set_freeze_panes(HEAD, 2)?;
    printed(sheet, HEAD - 1)?;
    sheet.set_paper_size(8);
    Ok(())
}
