//! Handing in: files made by the worker, and a filled sheet read back.

use std::fs;
use std::path::Path;
use std::rc::Rc;

use plan_checklist::Route;
use plan_checklist_domain::Status;
use serde_json::json;

use crate::county_step::*;
use crate::driver::{Browser, in_each_engine};
use crate::page::{Page, Setup};

in_each_engine! {
    a_report_and_a_sheet_are_made_in_the_browser,
    a_filled_sheet_is_read_back_after_a_preview_and_can_be_taken_back,
    what_is_no_sheet_is_refused_in_a_sentence,
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
}

async fn drop_sheet(page: &Page, path: &Path, content: impl AsRef<[u8]>) {
    fs::write(path, content).expect("the file can be written");
    page.write("input[name=sheet-file]", path.to_str().expect("a path of letters")).await;
}

async fn a_report_and_a_sheet_are_made_in_the_browser(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    page.load(&step()).await;
    answer(&page, two()[0], Status::InProgress).await;
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
