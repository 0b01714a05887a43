//! 自查报告 as a Word file, set as official documents are (GB/T 9704).

use plan_checklist_domain::Date;
use plan_checklist_domain::sharing::problems::Problem;
use plan_checklist_domain::sharing::report::{Report, Row, StepProblems};

use crate::not_written::NotWritten;
use crate::word::{Body, Cell, Page, Style, package};

/// The text is 156 mm wide, in twentieths of a point.
const WIDTH: u32 = 8844;
/// How many characters a line of the title holds.
const TITLE_LINE: usize = 20;
/// The most pieces of evidence a cell lists.
const EVIDENCE_SHOWN: usize = 20;

/// The report as a .docx file, made on this day.
///
/// # Errors
///
/// Where the file cannot be packed.
pub fn docx(report: &Report, day: Option<Date>) -> Result<Vec<u8>, NotWritten> {
    let mut body = Body::default();
    title(&mut body, report);
    facts(&mut body, report);
    overview(&mut body, report);
    since(&mut body, report);
    problems(&mut body, report);
    next(&mut body, report);
    signature(&mut body, report);
    let last = if report.table.is_empty() {
        Page::Portrait
    } else {
        body.end_section(Page::Portrait);
        attachment(&mut body, report);
        Page::Landscape
    };
    body.gap();
    let creator = report.facts.first().map_or("", |(_, unit)| unit.as_str());
    package(&body.document(last), &report.title, creator, day)
}

/// On two lines where it does not fit on one: the unit, and what it hands in.
fn title(body: &mut Body, report: &Report) {
    let unit = report.facts.first().map_or("", |(_, unit)| unit.as_str());
    let rest = report.title.strip_prefix(unit).filter(|_| report.title.chars().count() > TITLE_LINE);
    body.title(&match rest {
        Some(rest) => format!("{unit}\n{rest}"),
        None => report.title.clone(),
    });
}

/// Set in two columns, the first filled first.
fn facts(body: &mut Body, report: &Report) {
    let cell = |at: usize| {
        let text = report.facts.get(at).map(|(what, value)| format!("{what}：{value}"));
        Cell::new(Style::Fact, text.unwrap_or_default())
    };
    let height = report.facts.len().div_ceil(2);
    let rows = (0..height).map(|row| vec![cell(row), cell(row + height)]);
    body.beside("基本情况", &[WIDTH - 3400, 3400], rows.collect());
}

fn overview(body: &mut Body, report: &Report) {
    body.text(Style::Heading1, "总体情况");
    body.text(Style::Normal, &report.overview.concat());
    for (step, sentence) in &report.steps {
        body.led(&format!("{step}。"), sentence);
    }
}

fn since(body: &mut Body, report: &Report) {
    let Some(since) = &report.since else { return };
    body.text(Style::Heading1, "与上次相比");
    body.text(Style::Normal, &since.sentence);
    for (step, sentence) in &since.steps {
        body.led(&format!("{step}。"), sentence);
    }
    if since.changes.is_empty() {
        return;
    }
    let rows = since.changes.iter().map(|change| {
        vec![
            Cell::new(Style::TableText, &*change.title),
            Cell::new(Style::TableCentred, &*change.was),
            Cell::new(Style::TableCentred, &*change.now),
            Cell::new(Style::TableCentred, change.course.name()),
        ]
    });
    let widths = [WIDTH - 5900, 2200, 2200, 1500];
    body.table("与上次相比有变化的要求", &widths, &["要求", "上次", "这次", "变化"], rows.collect());
}

fn problems(body: &mut Body, report: &Report) {
    body.text(Style::Heading1, "存在问题");
    if report.problems.is_empty() {
        body.text(Style::Normal, "各项要求都已落实，佐证齐全，没有发现问题。");
    }
    for StepProblems { step, problems, unchecked } in &report.problems {
        body.text(Style::Heading2, step);
        for found in problems {
            problem(body, found);
        }
        if !unchecked.is_empty() {
            let titles = unchecked.iter().map(|found| {
                let late = if found.is_late { "（已逾期）" } else { "" };
                format!("{}{late}", found.title)
            });
            let titles = titles.collect::<Vec<_>>().join("；");
            body.led(&format!("尚未核对 {} 项：", unchecked.len()), &format!("{titles}。"));
        }
    }
}

fn problem(body: &mut Body, problem: &Problem) {
    body.text(Style::Heading3, &problem.title);
    let missing =
        if problem.missing.is_empty() { String::new() } else { format!("还差：{}。", problem.missing.join("；")) };
    body.text(Style::Normal, &format!("现状：{}。{missing}", problem.state));
    for (what, text) in [("存在问题：", &problem.problem), ("下一步措施：", &problem.measure)] {
        if !text.is_empty() {
            body.text(Style::Normal, &format!("{what}{text}"));
        }
    }
    let owner = if problem.owner.is_empty() { "未定" } else { &problem.owner };
    body.text(Style::Normal, &format!("责任人：{owner}；完成时限：{}。", due(problem.due, "未定")));
}

fn due(due: Option<Date>, none: &str) -> String {
    due.map_or_else(|| none.into(), Date::in_chinese)
}

fn next(body: &mut Body, report: &Report) {
    body.text(Style::Heading1, "下一步安排");
    let unplanned = match report.unplanned {
        0 => String::new(),
        count => format!("{count} 项还没有定完成时限、措施和责任人。"),
    };
    if report.next.is_empty() {
        body.text(Style::Normal, if unplanned.is_empty() { "各项都已办结，没有待办的事项。" } else { &unplanned });
        return;
    }
    let more = if unplanned.is_empty() { unplanned } else { format!("另有 {unplanned}") };
    body.text(Style::Normal, &format!("待办 {} 项，按完成时限列出如下。{more}", report.next.len()));
    let rows = report.next.iter().map(|planned| {
        let late = if planned.is_late { "\n（已逾期）" } else { "" };
        vec![
            Cell::new(Style::TableCentred, format!("{}{late}", due(planned.due, "未定"))),
            Cell::new(Style::TableText, &*planned.title),
            Cell::new(Style::TableText, &*planned.measure),
            Cell::new(Style::TableCentred, &*planned.owner),
        ]
    });
    let widths = [2150, 2700, WIDTH - 2150 - 2700 - 1250, 1250];
    body.table("下一步安排", &widths, &["完成时限", "要求", "下一步措施", "责任人"], rows.collect());
}

fn signature(body: &mut Body, report: &Report) {
    // Tables that touch would become one.
    body.gap();
    // Nobody should have to sign a page that says nothing.
    body.text(Style::SignatureLine, "以上为本次自查情况，请审核。");
    let line = |text: String| Cell::new(Style::SignatureLine, text);
    body.beside(
        "审核和签字",
        &[WIDTH / 2, WIDTH / 2],
        vec![
            vec![line(format!("填表人：{}", report.filler)), line("审核：".into())],
            vec![line("签字：".into()), line("日期：　　　年　　月　　日".into())],
        ],
    );
}

fn attachment(body: &mut Body, report: &Report) {
    body.text(Style::AttachmentMark, "附件");
    body.text(Style::AttachmentTitle, "各项要求核对情况表");
    let notes: &[(u32, &str)] = if report.has_notes { &[(2000, "备注")] } else { &[] };
    let columns = [
        &[(650, "序号"), (3000, "要求"), (950, "状态"), (1050, "责任人"), (1500, "完成时限")][..],
        &[(3000, "佐证"), (1740, "不适用的理由")],
        notes,
    ];
    let columns = columns.concat();
    let mut widths: Vec<u32> = columns.iter().map(|(width, _)| *width).collect();
    let head: Vec<&str> = columns.iter().map(|(_, name)| *name).collect();
    // The text is 245 mm wide across. What the notes leave goes to the evidence.
    widths[5] += 13_890 - widths.iter().sum::<u32>();
    let mut rows = Vec::new();
    let mut number = 0;
    for step in &report.table {
        rows.push(vec![Cell { span: columns.len(), ..Cell::new(Style::TableStep, &*step.step) }]);
        for row in &step.rows {
            number += 1;
            rows.push(cells(number, row, report.has_notes));
        }
    }
    body.table("各项要求核对情况表", &widths, &head, rows);
}

fn cells(number: usize, row: &Row, has_notes: bool) -> Vec<Cell> {
    let mut cells = vec![
        Cell::new(Style::TableCentred, number.to_string()),
        Cell::new(Style::TableText, &*row.title),
        Cell::new(Style::TableCentred, row.status.name()),
        Cell::new(Style::TableCentred, &*row.owner),
        Cell::new(Style::TableCentred, row.due.map(|due| due.to_string()).unwrap_or_default()),
        Cell::new(Style::TableText, evidence(&row.evidence)),
        Cell::new(Style::TableText, &*row.reason),
    ];
    if has_notes {
        cells.push(Cell::new(Style::TableText, &*row.note));
    }
    cells
}

fn evidence(evidence: &[String]) -> String {
    let mut lines: Vec<_> = evidence.iter().take(EVIDENCE_SHOWN).cloned().collect();
    if evidence.len() > EVIDENCE_SHOWN {
        lines.push(format!("（另有 {} 条，见自查表）", evidence.len() - EVIDENCE_SHOWN));
    }
    lines.join("\n")
}
