//! Handing in: files made by the worker, and a filled sheet read back.

use std::fs;
use std::path::Path;
use std::rc::Rc;

use fantoccini::wd::PrintConfigurationBuilder;
use plan_checklist::Route;
use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::storage::backup::export;
use plan_checklist_domain::storage::log::Log;
use plan_checklist_domain::workbook::update::update;
use plan_checklist_domain::{Author, Clock, Cycle, Date, List, Msg, Status, Workbook, WorkbookId};
use serde_json::json;

use crate::county_step::*;
use crate::driver::{Browser, in_each_engine, in_webkit_too};
use crate::page::{Page, Setup};

in_each_engine! {
    a_report_and_a_sheet_are_made_in_the_browser,
    a_filled_sheet_is_read_back_after_a_preview_and_can_be_taken_back,
    what_is_no_sheet_is_refused_in_a_sentence,
    rows_are_pasted_instead_of_a_file,
    what_another_window_changed_meanwhile_is_not_replaced_unseen,
    the_list_is_arranged_and_each_person_gets_theirs,
    what_changed_since_an_earlier_state_is_said_and_goes_into_the_report,
    everything_fits_on_twelve_sheets_with_the_unit_on_each,
}

in_webkit_too! {
    a_report_and_a_sheet_are_made_in_the_browser,
    a_filled_sheet_is_read_back_after_a_preview_and_can_be_taken_back,
}

/// Keeps what is handed out.
const WATCH: &str = "window.made = []; const create = URL.createObjectURL;
    URL.createObjectURL = blob => { window.made.push(blob); return create.call(URL, blob); };";
/// The last file that was handed out: its type and how it begins; or its text.
const BEGINNING: &str = "const done = arguments[1], blob = window.made[window.made.length - 1];
    blob.arrayBuffer().then(buffer => done([blob.type, String.fromCharCode(...new Uint8Array(buffer, 0, 2)), buffer.byteLength > 5000]));";
const TEXT: &str = "const done = arguments[1]; window.made[window.made.length - 1].text().then(done);";

/// Clicks a button that makes a file, and waits for it.
async fn make(page: &Page, action: &str, count: usize) {
    page.click(&format!("[data-action={action}]")).await;
    page.until(&format!("window.made.length === {count} && document.querySelector('[data-made]')")).await;
    // It was not taken from the keyboard meanwhile.
    page.until_equal("document.activeElement.dataset.action", json!(action)).await;
}

async fn drop_sheet(page: &Page, path: &Path, content: impl AsRef<[u8]>) {
    fs::write(path, content).expect("the file can be written");
    page.write("input[name=sheet-file]", path.to_str().expect("a path of letters")).await;
}

async fn a_report_and_a_sheet_are_made_in_the_browser(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    page.load(&step()).await;
    answer(&page, first(), Status::InProgress).await;
    page.load(&Route::Review(KIND).path()).await;
    page.run(WATCH, json!(null)).await;
    let office = "application/vnd.openxmlformats-officedocument";
    for (count, (action, media)) in (1..).zip([
        ("make-report", format!("{office}.wordprocessingml.document")),
        ("make-sheet", format!("{office}.spreadsheetml.sheet")),
    ]) {
        make(&page, action, count).await;
        assert_eq!(page.run_async(BEGINNING, json!(null)).await, json!([media, "PK", true]));
    }
    page.has_no_trouble().await;
}

async fn a_filled_sheet_is_read_back_after_a_preview_and_can_be_taken_back(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let folder = crate::data::folder(&format!("sheet-{:?}", browser.engine));
    let [one, other] = two();
    page.load(&step()).await;
    answer(&page, one, Status::InProgress).await;
    is_saved(&page).await;
    page.load(&Route::Review(KIND).path()).await;
    page.run(WATCH, json!(null)).await;
    make(&page, "make-csv", 1).await;
    let text = page.run_async(TEXT, json!(null)).await.as_str().expect("text").to_owned();
    // Two are filled in; of the first, CSV cannot tell that nobody has answered it here since.
    let rows = text.lines().map(|row| match row {
        row if row.starts_with(&format!("\"{one}\",")) => row.replace("\"推进中\"", "\"已落实\""),
        row if row.starts_with(&format!("\"{other}\",")) => row.replace("\"未核对\"", "\" 未 启动\""),
        row if row.starts_with("\"1.1-a\",") => row.replace("\"未核对\"", "\"完成\""),
        row => row.to_owned(),
    });
    drop_sheet(&page, &folder.join("台账.csv"), rows.collect::<Vec<_>>().join("\r\n")).await;
    page.find("[data-sheet-preview='2'] [data-problems='1']").await;
    let preview = page.text("[data-sheet-preview]").await;
    for words in ["“推进中” → “已落实”", "分不清哪个新", "“完成”不是五种状态里的一种"]
    {
        assert!(preview.contains(words), "{words}: {preview}");
    }
    page.until("[...document.querySelectorAll('[name=take]')].map(box => box.checked).join() === 'false,true'").await;
    page.run("document.querySelectorAll('[name=take]')[0].click()", json!(null)).await;
    page.until("document.querySelector('[data-action=apply-sheet]').textContent.includes('2')").await;
    page.click("[data-action=apply-sheet]").await;
    page.find("[data-read='2']").await;
    is_saved(&page).await;
    page.load(&step()).await;
    page.until(&shows(one, Status::Done)).await;
    page.until(&shows(other, Status::NotStarted)).await;
    page.click(".travel__button[title^='撤销：合并导入的内容']").await;
    page.until(&shows(one, Status::InProgress)).await;
    page.until(&shows(other, Status::Unchecked)).await;
}

async fn what_is_no_sheet_is_refused_in_a_sentence(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let folder = crate::data::folder(&format!("no-sheet-{:?}", browser.engine));
    page.load(&Route::Review(KIND).path()).await;
    for (name, content, sentence) in [
        ("旧.xls", &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1][..], "另存为 .xlsx"),
        ("坏.xlsx", b"PK\x03\x04 cut off", "损坏"),
        ("说明.txt", "只是一句话".as_bytes(), "没有找到台账"),
    ] {
        drop_sheet(&page, &folder.join(name), content).await;
        page.until(&format!(
            "document.querySelector('.hand-in__outcome [role=alert]')?.textContent.includes('{sentence}')"
        ))
        .await;
    }
    assert_eq!(page.get(IS_STORED).await, json!(false));
}

async fn rows_are_pasted_instead_of_a_file(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let [one, _] = two();
    page.load(&Route::Review(KIND).path()).await;
    paste(&page, &format!("编号\t状态\t责任人\n{one}\t推进中\t张三\n9.9-z\t已落实\t\n")).await;
    page.find("[data-sheet-preview='2'] [data-problems='1']").await;
    take_all(&page).await;
    page.click("[data-action=apply-sheet]").await;
    page.find("[data-read='2']").await;
    is_saved(&page).await;
    page.load(&step()).await;
    page.until(&shows(one, Status::InProgress)).await;
    page.has_no_trouble().await;
}

async fn paste(page: &Page, rows: &str) {
    let paste = "const area = document.querySelector('#sheet-rows');
        area.closest('details').open = true;
        area.value = arguments[0];
        area.dispatchEvent(new InputEvent('input', { bubbles: true }));";
    page.run(paste, json!(rows)).await;
}

async fn take_all(page: &Page) {
    page.run("document.querySelectorAll('[name=take]').forEach(box => box.checked || box.click())", json!(null)).await;
    page.until("[...document.querySelectorAll('[name=take]')].every(box => box.checked)").await;
}

async fn what_another_window_changed_meanwhile_is_not_replaced_unseen(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let [one, other] = two();
    page.load(&step()).await;
    answer(&page, other, Status::Done).await;
    page.load(&Route::Review(KIND).path()).await;
    paste(&page, &format!("编号\t状态\t责任人\n{one}\t推进中\t张三\n")).await;
    page.find("[data-sheet-preview='2']").await;
    take_all(&page).await;
    let [first, _] = second_window(&page).await;
    page.load(&step()).await;
    page.open_record(&card(one)).await;
    page.write(&format!("[id='owner-{one}']"), "李四").await;
    is_saved(&page).await;
    go_to(&page, &first).await;
    let heard = "[...document.querySelectorAll('[name=sheet-owner] option')].some(option => option.value === '李四')";
    page.until(heard).await;
    page.click("[data-action=apply-sheet]").await;
    page.until("document.querySelector('[data-sheet-preview]')?.textContent.includes('“李四” → “张三”')").await;
    assert!(page.text("[data-sheet-preview]").await.contains("还没有采用"));
    // What is as it was stays chosen; of what is not, nothing is decided.
    page.until("[...document.querySelectorAll('[name=take]')].map(box => box.checked).join() === 'true,false'").await;
    page.click("[data-action=apply-sheet]").await;
    page.find("[data-read='1']").await;
    page.load(&step()).await;
    page.until(&shows(one, Status::InProgress)).await;
    page.until_equal(&format!("document.getElementById('owner-{one}').value"), json!("李四")).await;
    page.has_no_trouble().await;
}

/// A county that has answered everything and has a lot to say.
fn answered() -> Workbook {
    let mut clock = Clock::new(Author(1));
    let blank = Workbook::new(WorkbookId(0x0123_4567_89ab_cdef), KIND);
    let mut msgs = vec![Msg::CycleChosen(Cycle(2026)), Msg::UnitNamed("某县".into()), Msg::FillerNamed("张三".into())];
    for (at, requirement) in builtin().requirements_for(KIND).enumerate() {
        let id = requirement.id;
        msgs.push(Msg::OwnerNamed(id, ["张三", "李四"][at % 2].into()));
        msgs.push(Msg::NoteWritten(id, "已经向分管领导报告过一次，材料放在规划股的柜子里。".into()));
        if at % 3 == 0 {
            msgs.push(Msg::Answered(id, Status::InProgress));
            msgs.push(Msg::ProblemWritten(id, "人手不够，材料还没有收齐。".into()));
            msgs.push(Msg::MeasureWritten(id, "抽调两名同志集中办公，月底前补齐。".into()));
            msgs.push(Msg::DueSet(id, Date::new(2025, 12, 31)));
        } else {
            msgs.push(Msg::Answered(id, Status::Done));
            msgs.push(Msg::EntryAdded(List::Evidence(id), "规划纲要（征求意见稿）第二章".into()));
            msgs.push(Msg::EntryAdded(List::Evidence(id), "关于印发规划编制工作方案的通知".into()));
        }
    }
    msgs.into_iter().fold(blank, |workbook, msg| update(&workbook, msg, clock.tick(1)))
}

/// Takes a workbook in, as a backup.
async fn import(page: &Page, workbook: &Workbook, folder: &Path) {
    page.load(&Route::Safety.path()).await;
    let path = folder.join("备份.json");
    fs::write(&path, export(std::slice::from_ref(workbook), &Log::default(), None)).expect("the file can be written");
    page.write("input[name=backup-file]", path.to_str().expect("a path of letters")).await;
    page.click("[data-action=apply-import]").await;
    is_saved(page).await;
}

async fn arrange(page: &Page, by: &str) {
    page.run(
        "const list = document.querySelector('[name=arrangement]');
        list.value = arguments[0];
        list.dispatchEvent(new Event('change', { bubbles: true }));",
        json!(by),
    )
    .await;
}

async fn the_list_is_arranged_and_each_person_gets_theirs(browser: Rc<Browser>) {
    let setup = Setup::default().with("window.print = () => window.printed = document.documentElement.className;");
    let page = browser.open(setup).await;
    let folder = crate::data::folder(&format!("persons-{:?}", browser.engine));
    import(&page, &answered(), &folder).await;
    page.load(&Route::Review(KIND).path()).await;
    page.find("[data-finding=overdue], [data-finding=in-progress]").await;
    arrange(&page, "owner").await;
    let titles =
        "[...document.querySelectorAll('[data-finding^=group] h2')].map(title => title.textContent.slice(0, 2)).join()";
    page.until_equal(titles, json!("张三,李四")).await;
    page.run(WATCH, json!(null)).await;
    page.run("document.querySelector('[data-finding=group-1] details').open = true", json!(null)).await;
    let text = page.get("document.querySelector('#reminder-1').value").await;
    assert!(
        text.as_str().is_some_and(|text| text.starts_with("请李四") && text.contains("存在问题：人手不够")),
        "{text}"
    );
    page.click("[data-finding=group-1] [data-action=calendar]").await;
    page.until("window.made.length === 1").await;
    let file = page.run_async(TEXT, json!(null)).await;
    let events = file.as_str().map(|file| file.matches("BEGIN:VEVENT").count());
    assert_eq!(
        Some(events.unwrap_or_default() as u64),
        page.get("document.querySelectorAll('[data-finding=group-1] li').length").await.as_u64()
    );
    page.click("[data-finding=group-1] [data-action=print-person]").await;
    page.until("window.printed && window.printed.includes('print-paper')").await;
    let paper = page.get("document.querySelector('.printouts--printing .printout').textContent").await;
    assert!(
        paper.as_str().is_some_and(|paper| paper.contains("李四：要办的") && !paper.contains("责任人：张三")),
        "{paper}"
    );
    // The order is still chosen when the browser's button leads back.
    page.follow("全部要求").await;
    page.client.back().await.expect("back");
    page.until_equal(titles, json!("张三,李四")).await;
    page.has_no_trouble().await;
}

async fn what_changed_since_an_earlier_state_is_said_and_goes_into_the_report(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let folder = crate::data::folder(&format!("since-{:?}", browser.engine));
    let earlier = answered();
    let first = builtin().requirements_for(KIND).next().expect("there are some").id;
    let mut clock = Clock::new(Author(2));
    clock.observe(earlier.latest());
    let msgs = [Msg::Answered(first, Status::Done), Msg::EntryAdded(List::Evidence(first), "对照表".into())];
    let now = msgs.into_iter().fold(earlier.clone(), |workbook, msg| update(&workbook, msg, clock.tick(1)));
    import(&page, &now, &folder).await;
    page.load(&Route::Review(KIND).path()).await;
    let path = folder.join("以前.json");
    fs::write(&path, export(&[earlier], &Log::default(), None)).expect("the file can be written");
    page.run("document.querySelector('.since__choice').open = true", json!(null)).await;
    page.write("input[name=earlier-file]", path.to_str().expect("a path of letters")).await;
    page.until("document.querySelector('.since__sentence')?.textContent.includes('销号 1 项')").await;
    page.find("[data-course='销号'] li").await;
    page.click("[data-action=preview-report]").await;
    page.until("document.querySelector('[data-printout=true]')?.textContent.includes('与上次相比')").await;
    page.run(WATCH, json!(null)).await;
    make(&page, "make-report", 1).await;
    // What cannot be compared is said so, and what was compared is forgotten.
    let paste = "const area = document.querySelector('#earlier-link');
        area.value = arguments[0];
        area.dispatchEvent(new InputEvent('input', { bubbles: true }));";
    page.run(paste, json!("https://example.invalid/snapshot/#s=1abc")).await;
    page.until(
        "document.querySelector('#since').parentElement.querySelector('[role=alert]')?.textContent.includes('不完整')",
    )
    .await;
    page.until("!document.querySelector('.since__sentence')").await;
    page.has_no_trouble().await;
}

async fn everything_fits_on_twelve_sheets_with_the_unit_on_each(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let folder = crate::data::folder(&format!("paper-{:?}", browser.engine));
    import(&page, &answered(), &folder).await;
    page.load(&Route::Review(KIND).path()).await;
    page.run("window.print = () => window.printed = true", json!(null)).await;
    page.click("[data-action=print-report]").await;
    page.until("window.printed && document.querySelector('.printouts--printing .printout')").await;
    // As while the browser prints.
    page.run("document.documentElement.classList.add('print-paper')", json!(null)).await;
    let print = PrintConfigurationBuilder::default().build().expect("it is as usual");
    let pdf = page.client.print(print).await.expect("it can be printed");
    let sheets = lopdf::Document::load_mem(&pdf).expect("it is a PDF").get_pages().len();
    assert!((4..=12).contains(&sheets), "{sheets}");
}
