//! 通报 as a Word file, set as the report is (`docx.rs`).

use plan_checklist_domain::rollup::Notice;

use crate::not_written::NotWritten;
use crate::word::{Body, Cell, Page, Style, package};

/// The notice as a .docx file.
///
/// # Errors
///
/// Where the file cannot be packed.
pub fn docx(notice: &Notice) -> Result<Vec<u8>, NotWritten> {
    let mut body = Body::default();
    body.title(&notice.title.replacen("规划编制", "规划编制\n", 1));
    if let Some(day) = notice.today {
        body.beside("日期", &[8844], vec![vec![Cell::new(Style::TableCentred, day.in_chinese())]]);
    }
    body.text(Style::Heading1, "总体情况");
    body.text(Style::Normal, &notice.overview.concat());
    if !notice.units.is_empty() {
        body.text(Style::Heading1, "各单位完成情况");
        let head = ["序号", "单位", "完成率", "已落实/适用", "逾期", "缺佐证或理由"];
        let rows = (1..).zip(&notice.units).map(|(number, [name, percent, done, late, lacking])| {
            vec![
                centred(&usize::to_string(&number)),
                Cell::new(Style::TableText, name.clone()),
                centred(percent),
                centred(done),
                centred(late),
                centred(lacking),
            ]
        });
        body.table("各单位完成情况", &[700, 3344, 1100, 1500, 900, 1300], &head, rows.collect());
    }
    if !notice.missed.is_empty() {
        body.text(Style::Heading1, "没有落实的单位较多的要求");
        for sentence in &notice.missed {
            body.text(Style::Normal, sentence);
        }
    }
    if !notice.late.is_empty() {
        body.text(Style::Heading1, "已过时限仍未落实的事项");
        let rows = notice.late.iter().map(|[unit, title, owner, due]| {
            vec![
                Cell::new(Style::TableText, unit.clone()),
                Cell::new(Style::TableText, title.clone()),
                centred(owner),
                centred(due),
            ]
        });
        let head = ["单位", "要求", "责任人", "完成时限"];
        body.table("已过时限仍未落实的事项", &[2544, 3600, 1200, 1500], &head, rows.collect());
        if notice.more_late > 0 {
            body.text(Style::Normal, &format!("另有 {} 项，见汇总表。", notice.more_late));
        }
    }
    if !notice.moves.is_empty() {
        body.text(Style::Heading1, "与上一轮相比");
        for sentence in &notice.moves {
            body.text(Style::Normal, sentence);
        }
    }
    body.gap();
    package(&body.document(Page::Portrait), &notice.title, "", notice.today)
}

fn centred(text: &str) -> Cell {
    Cell::new(Style::TableCentred, text)
}
