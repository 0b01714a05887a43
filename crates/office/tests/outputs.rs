//! What Word and Excel insist on, checked without either.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, Xlsx};
use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::rollup::unit::Round;
use plan_checklist_domain::rollup::{Gathering, Group, Notice, Roster};
use plan_checklist_domain::sharing::report::{Include, Report, Wanted};
use plan_checklist_domain::sharing::since::Earlier;
use plan_checklist_domain::storage::backup::export;
use plan_checklist_domain::storage::log::Log;
use plan_checklist_domain::workbook::update::update;
use plan_checklist_domain::{
    AsOf, Author, Clock, Cycle, Date, List, Msg, Status, Tally, UnitKind, Workbook, WorkbookId,
};
use plan_checklist_office::docx::docx;
use plan_checklist_office::ledger::{Occasion, Rows, xlsx};
use plan_checklist_office::{notice, roll_up};
use quick_xml::events::Event;
use zip::ZipArchive;

fn sample() -> Workbook {
    let mut clock = Clock::new(Author(1));
    let mut workbook = Workbook::new(WorkbookId(1), UnitKind::County);
    let mut write = |msg| workbook = update(&workbook, msg, clock.tick(1));
    write(Msg::UnitNamed("某".repeat(200)));
    write(Msg::FillerNamed("<w:p>&\u{0}\u{b}\u{202e}\"张三\"".into()));
    for (at, requirement) in builtin().requirements_for(UnitKind::County).enumerate() {
        let id = requirement.id;
        write(Msg::Answered(id, Status::ALL[at % 5]));
        write(Msg::ProblemWritten(id, "=1+1\r\n第二行\t\u{1f}".into()));
        write(Msg::OwnerNamed(id, if at % 3 == 0 { "=王某" } else { "李某" }.into()));
        write(Msg::DueSet(id, Date::new(2025, 12, 31)));
        for number in 0..at % 4 {
            write(Msg::EntryAdded(List::Evidence(id), format!("-材料 {number}")));
        }
    }
    workbook
}

fn today() -> Option<Date> {
    Date::new(2026, 1, 5)
}

fn day() -> Option<AsOf> {
    today().map(|today| AsOf { today, near_days: AsOf::NEAR_DAYS })
}

/// The parts of a package that are XML, by name.
fn parts(file: &[u8]) -> BTreeMap<String, String> {
    let mut zip = ZipArchive::new(Cursor::new(file)).expect("a package");
    let mut parts = BTreeMap::new();
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).expect("a part");
        let mut content = String::new();
        part.read_to_string(&mut content).expect("text");
        parts.insert(part.name().expect("a name").into_owned(), content);
    }
    parts
}

/// Every element that has children: its name, and theirs in their order.
fn children(xml: &str) -> Vec<(String, Vec<String>)> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut open, mut found) = (vec![(String::new(), Vec::new())], Vec::new());
    loop {
        match reader.read_event().expect("it is well-formed") {
            Event::Start(element) => open.push((name(element.name().as_ref()), Vec::new())),
            Event::Empty(element) => {
                if let Some((_, children)) = open.last_mut() {
                    children.push(name(element.name().as_ref()));
                }
            }
            Event::End(_) => {
                let closed: (String, Vec<String>) = open.pop().expect("it was opened");
                open.last_mut().expect("there is a root").1.push(closed.0.clone());
                found.push(closed);
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

fn name(qualified: impl AsRef<str>) -> String {
    qualified.as_ref().to_owned()
}

/// The transitional schema's sequences, as far as we use them.
const ORDERS: [(&str, &str); 13] = [
    (
        "w:pPr",
        "w:pStyle w:keepNext w:keepLines w:widowControl w:numPr w:spacing w:ind w:jc w:outlineLvl w:rPr w:sectPr",
    ),
    ("w:rPr", "w:rFonts w:b w:bCs w:color w:sz w:szCs w:lang"),
    ("w:p", "w:pPr w:r w:fldSimple"),
    ("w:tbl", "w:tblPr w:tblGrid w:tr"),
    ("w:tblPr", "w:tblStyle w:tblW w:jc w:tblInd w:tblBorders w:tblLayout w:tblCellMar w:tblLook w:tblCaption"),
    ("w:tr", "w:trPr w:tc"),
    ("w:tc", "w:tcPr w:p"),
    ("w:tcPr", "w:tcW w:gridSpan w:vAlign"),
    ("w:sectPr", "w:footerReference w:type w:pgSz w:pgMar w:cols"),
    ("w:style", "w:name w:basedOn w:next w:uiPriority w:semiHidden w:unhideWhenUsed w:qFormat w:pPr w:rPr w:tblPr"),
    ("w:lvl", "w:start w:numFmt w:pStyle w:suff w:lvlText w:lvlJc w:pPr"),
    ("w:settings", "w:zoom w:defaultTabStop w:evenAndOddHeaders w:characterSpacingControl w:compat w:themeFontLang"),
    ("w:font", "w:altName w:charset w:family w:pitch"),
];

/// In `w:p`, runs and fields may come in any order.
const MIXED: [&str; 1] = ["w:p"];

fn elements_are_in_order(file: &[u8]) {
    for (part, xml) in parts(file) {
        for (parent, children) in children(&xml) {
            let Some((_, order)) = ORDERS.iter().find(|(name, _)| *name == parent) else { continue };
            let order: Vec<_> = order.split(' ').collect();
            let places: Vec<_> = children.iter().map(|child| order.iter().position(|name| name == child)).collect();
            assert!(places.iter().all(Option::is_some), "{part}: {parent} has {children:?}");
            if !MIXED.contains(&parent.as_str()) {
                assert!(places.is_sorted(), "{part}: {parent} has {children:?}");
            }
        }
    }
}

#[test]
fn elements_of_a_report_come_in_the_order_of_the_schema() {
    for include in [Include::Everything, Include::ProblemsOnly, Include::WithoutNotes] {
        let report = Report::of(&sample(), builtin(), Wanted { include, today: today(), day: day(), earlier: None });
        elements_are_in_order(&docx(&report, today()).expect("it can be packed"));
    }
}

/// Two rounds of units whose names programs could take for something else.
fn gathering() -> Gathering<'static> {
    let mut gathering = Gathering::new(builtin(), day());
    let begin = [Msg::CycleChosen(Cycle(2026)), Msg::UnitNamed("=甲县".into())];
    let mut clock = Clock::new(Author(2));
    let later = begin.into_iter().fold(sample(), |workbook, msg| update(&workbook, msg, clock.tick(2)));
    let later = later.duplicate(WorkbookId(2));
    for (round, workbook) in [(Round::Earlier, &later), (Round::Now, &later), (Round::Now, &sample())] {
        let file = export(std::slice::from_ref(workbook), &Log::default(), None);
        gathering.add_backup(round, "备份.json", &file, 2_000_000_000_000);
    }
    gathering
}

#[test]
fn a_notice_is_set_as_a_report_is() {
    let gathering = gathering();
    let units = gathering.units();
    let group = Group { kind: UnitKind::County, cycle: Cycle(2026) };
    let notice = Notice::of(&gathering, &units, group, &Roster::read("乙县", &units), today());
    let file = notice::docx(&notice).expect("it can be packed");
    elements_are_in_order(&file);
    let document = &parts(&file)["word/document.xml"];
    for wanted in ["各单位完成情况", "与上一轮相比", "还有 1 个没有报：乙县", "=甲县"] {
        assert!(document.contains(wanted), "{wanted}");
    }
    assert!(notice.late.iter().all(|[_, title, ..]| !title.is_empty()));
}

#[test]
fn the_table_of_all_units_says_what_the_program_says_and_has_no_formulas() {
    let gathering = gathering();
    let units = gathering.units();
    let file = roll_up::xlsx(&gathering, &units, today()).expect("it can be packed");
    for (part, xml) in parts(&file) {
        assert!(!xml.contains("<f>"), "{part} has a formula");
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).expect("it can be read");
    assert_eq!(book.sheet_names(), ["矩阵", "问题", "明细"]);
    let matrix = book.worksheet_range("矩阵").expect("a sheet");
    assert_eq!(matrix.height(), 3 + units.len());
    for (row, unit) in (3..).zip(&units) {
        let number = |column| match matrix.get_value((row, column)) {
            Some(Data::Float(number)) => Some((number * 100.0).round()),
            _ => None,
        };
        assert_eq!(matrix.get_value((row, 0)), Some(&Data::String(unit.name.clone())));
        assert_eq!(number(4), unit.tally.percent().map(f64::from));
        for (column, step) in (14..).zip(&unit.steps) {
            assert_eq!(number(column), step.and_then(|tally| tally.percent()).map(f64::from));
        }
    }
    let asked = units.iter().map(|unit| unit.tally.total()).sum::<usize>();
    assert_eq!(book.worksheet_range("明细").expect("a sheet").height(), 3 + asked);
    let found = units.iter().filter(|unit| unit.round.is_now()).map(|unit| unit.found.len()).sum::<usize>();
    assert_eq!(book.worksheet_range("问题").expect("a sheet").height(), 3 + found);
}

#[test]
fn a_report_has_what_official_documents_have() {
    let report = Report::of(&sample(), builtin(), Wanted { today: today(), day: day(), ..Wanted::default() });
    let parts = parts(&docx(&report, today()).expect("it can be packed"));
    let document = &parts["word/document.xml"];
    for wanted in [
        "w:w=\"11906\" w:h=\"16838\"",
        "w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\"",
        "<w:cantSplit/><w:tblHeader/>",
        "<w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:t xml:space=\"preserve\">存在问题</w:t>",
        "审核：",
        "签字：",
    ] {
        assert!(document.contains(wanted), "{wanted}");
    }
    assert_eq!(document.matches("<w:tr>").count(), document.matches("<w:cantSplit/>").count());
    // Tables that touch would become one, and the last thing must be a paragraph.
    assert!(!document.contains("</w:tbl>\n<w:tbl>") && !document.contains("</w:tbl>\n<w:sectPr>"));
    for part in ["word/footer_odd.xml", "word/footer_even.xml"] {
        assert!(parts[part].contains(" PAGE ") && parts[part].contains("非官方工具生成"), "{part}");
    }
    assert!(parts["word/styles.xml"].contains("w:line=\"560\" w:lineRule=\"exact\""));
    let styles = &parts["word/styles.xml"];
    for used in document.split("w:pStyle w:val=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(styles.contains(&format!("w:styleId=\"{used}\"")), "{used}");
    }
}

#[test]
fn what_people_wrote_stands_in_a_report_as_text() {
    let report = Report::of(&sample(), builtin(), Wanted { today: today(), day: day(), ..Wanted::default() });
    let file = docx(&report, today()).expect("it can be packed");
    let document = &parts(&file)["word/document.xml"];
    assert!(document.contains("填表人：&lt;w:p&gt;&amp;&quot;张三&quot;"));
    assert!(document.contains("存在问题：=1+1</w:t>") && document.contains(">第二行</w:t>"));
    let is_fit = |letter: char| letter == '\n' || !(letter.is_control() || letter == '\u{202e}');
    assert!(document.chars().all(is_fit));
    assert_eq!(file, docx(&report, today()).expect("it can be packed"), "the same report gives the same file");
}

#[test]
fn ten_thousand_pieces_of_evidence_make_a_report_and_a_sheet() {
    let id = builtin().requirements().next().expect("there are some").id;
    let mut clock = Clock::new(Author(1));
    let blank = Workbook::new(WorkbookId(1), UnitKind::County);
    let workbook = (0..10_000).fold(blank, |workbook, number| {
        update(&workbook, Msg::EntryAdded(List::Evidence(id), format!("材料 {number}")), clock.tick(1))
    });
    let report = Report::of(&workbook, builtin(), Wanted::default());
    let document = &parts(&docx(&report, None).expect("it can be packed"))["word/document.xml"];
    assert!(document.contains("（另有 9980 条，见自查表）"));
    xlsx(&workbook, builtin(), Rows::All, Occasion::default()).expect("it can be packed");
}

fn opened(file: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(file)).expect("another library reads it")
}

#[test]
fn a_sheet_has_dates_a_list_of_statuses_and_a_head_that_stays() {
    let workbook = sample();
    let file = xlsx(&workbook, builtin(), Rows::All, Occasion { today: today(), day: day(), earlier: None })
        .expect("it can be packed");
    let parts = parts(&file);
    let ledger = &parts["xl/worksheets/sheet1.xml"];
    assert!(!ledger.contains("<f>") && !ledger.contains("customHeight"));
    for wanted in [
        "state=\"frozen\"",
        "<autoFilter ref=\"A3:N",
        "未核对,未启动,推进中,已落实,不适用",
        "orientation=\"landscape\"",
        "paperSize=\"9\"",
    ] {
        assert!(ledger.contains(wanted), "{wanted}");
    }
    assert!(
        parts["xl/workbook.xml"].contains("Print_Titles\" localSheetId=\"0\">台账!$3:$3<"),
        "{}",
        parts["xl/workbook.xml"]
    );
    let mut book = opened(file);
    assert_eq!(book.sheet_names(), ["台账", "问题清单", "汇总", "填写说明", "原值"]);
    let cells = book.worksheet_range("台账").expect("a sheet");
    let first = |column: u32| cells.get_value((3, column)).cloned().unwrap_or_default();
    assert!(matches!(first(11), Data::DateTime(_)), "{:?}", first(11));
    assert_eq!(first(10), Data::String("=王某".into()));
    assert_eq!(first(8), Data::String("=1+1\n第二行".into()));
}

#[test]
fn the_totals_say_what_the_program_says() {
    let workbook = sample();
    let file = xlsx(&workbook, builtin(), Rows::All, Occasion { today: today(), day: day(), earlier: None })
        .expect("it can be packed");
    let mut book = opened(file);
    let cells = book.worksheet_range("汇总").expect("a sheet");
    let number = |row: u32, column: u32| match cells.get_value((row, column)) {
        Some(Data::Float(number)) => format!("{number}"),
        Some(Data::Int(number)) => number.to_string(),
        Some(Data::String(text)) => text.clone(),
        other => format!("{other:?}"),
    };
    let statuses = [Status::Done, Status::InProgress, Status::NotStarted, Status::Unchecked, Status::NotApplicable];
    let steps = builtin().steps.iter().map(|step| Tally::of_step(&workbook, step)).filter(|tally| tally.total() > 0);
    let rows = steps.chain([Tally::of_workbook(builtin(), &workbook)]);
    for (row, tally) in (3..).zip(rows) {
        assert_eq!(number(row, 1), tally.total().to_string());
        for (column, status) in (2..).zip(statuses) {
            assert_eq!(number(row, column), tally.count(status).to_string());
        }
        let percent = tally.percent().map_or_else(|| "—".into(), |percent| format!("{}", f64::from(percent) / 100.0));
        assert_eq!(number(row, 7), percent, "row {row}");
    }
}

#[test]
fn one_persons_sheet_has_their_rows_only() {
    let workbook = sample();
    let occasion = Occasion { today: today(), day: day(), earlier: None };
    let file = xlsx(&workbook, builtin(), Rows::Of("=王某"), occasion).expect("it can be packed");
    let mut book = opened(file);
    for (sheet, column) in [("台账", 10), ("问题清单", 7)] {
        let cells = book.worksheet_range(sheet).expect("a sheet");
        let owners: Vec<_> =
            (3..cells.height()).filter_map(|row| cells.get((row, column)).map(ToString::to_string)).collect();
        assert!(!owners.is_empty() && owners.iter().all(|owner| owner == "=王某"), "{sheet}: {owners:?}");
    }
}

#[test]
fn what_changed_since_an_earlier_state_is_in_both_files() {
    let earlier = Earlier::Workbook(Box::new(Workbook::new(WorkbookId(1), UnitKind::County)), today());
    let workbook = sample();
    let occasion = Occasion { today: today(), day: day(), earlier: Some(&earlier) };
    assert_eq!(earlier.first_year(), workbook.cycle.first_year(), "they can be compared");
    let file = xlsx(&workbook, builtin(), Rows::All, occasion).expect("it can be packed");
    assert!(parts(&file)["xl/workbook.xml"].contains("与上次相比"));
    let wanted = Wanted { include: Include::Everything, today: today(), day: day(), earlier: Some(&earlier) };
    let file = docx(&Report::of(&workbook, builtin(), wanted), today()).expect("it can be packed");
    assert!(parts(&file)["word/document.xml"].contains("销号") || parts(&file)["word/document.xml"].contains("新增"));
}
