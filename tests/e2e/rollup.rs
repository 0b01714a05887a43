//! 汇总: many files at once, read in the worker.

use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use plan_checklist::Route;
use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::sharing::link::encode;
use plan_checklist_domain::sharing::snapshot::Snapshot;
use plan_checklist_domain::storage::backup::export;
use plan_checklist_domain::storage::log::Log;
use plan_checklist_domain::workbook::update::update;
use plan_checklist_domain::{Author, Clock, Cycle, Date, Msg, RequirementId, Status, UnitKind, Workbook, WorkbookId};
use serde_json::json;

use crate::driver::{Browser, WINDOW, in_each_engine};
use crate::page::{Page, SPACE, Setup, TAB};

in_each_engine! {
    thirty_files_three_of_them_broken_become_one_table,
    reading_can_be_cancelled_and_begun_anew,
    two_rounds_stand_side_by_side_and_nothing_is_stored,
}

/// Keeps what is handed out.
const WATCH: &str = "window.made = []; const create = URL.createObjectURL;
    URL.createObjectURL = blob => { window.made.push(blob); return create.call(URL, blob); };";
const BEGINNING: &str = "const done = arguments[1], blob = window.made[window.made.length - 1];
    blob.arrayBuffer().then(buffer => done([blob.type, String.fromCharCode(...new Uint8Array(buffer, 0, 2))]));";
const KEYS: &str = "Object.keys(localStorage).filter(key => key.includes('/w/')).length";

fn ids() -> Vec<RequirementId> {
    builtin().requirements_for(UnitKind::County).map(|requirement| requirement.id).collect()
}

/// A county's workbook with so many done.
pub(crate) fn county(number: u64, done: usize) -> Workbook {
    let mut clock = Clock::new(Author(number));
    let name = Msg::UnitNamed(format!("第{number}县"));
    let begin = [Msg::CycleChosen(Cycle(2026)), name, Msg::OwnerNamed(ids()[0], "张三".into())];
    let answers = ids().into_iter().take(done).map(|id| Msg::Answered(id, Status::Done));
    begin.into_iter().chain(answers).fold(Workbook::new(WorkbookId(number), UnitKind::County), |workbook, msg| {
        update(&workbook, msg, clock.tick(1_700_000_000_000))
    })
}

pub(crate) fn put(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, content).expect("the file can be written");
    path
}

pub(crate) fn backup(workbook: Workbook) -> String {
    export(&[workbook], &Log::default(), None)
}

pub(crate) async fn pick(page: &Page, files: &[PathBuf]) {
    let paths: Vec<_> = files.iter().map(|path| path.to_str().expect("a path of letters")).collect();
    page.find("input[name=rollup-files]:not(:disabled)").await;
    page.write("input[name=rollup-files]", &paths.join("\n")).await;
}

async fn thirty_files_three_of_them_broken_become_one_table(browser: Rc<Browser>) {
    let page = browser.open(Setup::on("2026-03-01")).await;
    let folder = crate::data::folder(&format!("rollup-{:?}", browser.engine));
    // From a page of the program: the part comes, and its stylesheet with it.
    page.load(&Route::Workbooks.path()).await;
    page.follow("汇总").await;
    page.arrived(&Route::RollUp.path()).await;
    page.find("#style-rollup:not([data-awaited])").await;
    let mut files: Vec<_> =
        (1..=27).map(|number| put(&folder, &format!("{number}.json"), backup(county(number, 20)))).collect();
    files.push(put(&folder, "旧.xls", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]));
    files.push(put(&folder, "坏.xlsx", b"PK\x03\x04 cut off"));
    files.push(put(&folder, "别的.json", "{\"format\":\"other\"}"));
    pick(&page, &files).await;
    page.find("[data-files='30']").await;
    page.find("[data-failed='3']").await;
    assert!(page.text("[data-failed]").await.contains("另存为 .xlsx"));
    page.find("[data-units='27']").await;
    // A newer link of a unit that a file is there of: one unit, of two sources.
    let newer = county(1, 25);
    let unit = Some((*newer.unit).clone());
    let snapshot = Snapshot { unit, ..Snapshot::of(builtin(), &newer, Date::new(2026, 2, 1)) };
    let link = format!("https://example.org/snapshot/#{}", encode(builtin(), &snapshot));
    page.write("[name=rollup-links]", &format!("请看\n{link}")).await;
    page.click("[data-action=read-links]").await;
    page.find("[data-files='31'] ").await;
    page.find("[data-merged='1']").await;
    page.find("[data-units='27']").await;
    // The most done first: the one that the link brought further.
    page.click("[data-sort=percent]").await;
    page.click("[aria-sort=ascending] [data-sort=percent]").await;
    page.find("[aria-sort=descending] [data-sort=percent]").await;
    page.until("document.querySelector('.matrix tbody').dataset.unit === '第1县'").await;
    page.write("[name=rollup-roster]", "单位\n1、第1县\n第28县").await;
    page.find("[data-missing='1']").await;
    assert!(page.text("[data-missing]").await.contains("还有 1 个没有报"));
    // Of a table wider than the window only its box scrolls.
    page.client.set_window_size(520, 900).await.expect("the window");
    page.until("innerWidth < 600").await;
    page.until("document.querySelector('.rollup__scroll').scrollWidth > innerWidth").await;
    page.until("document.documentElement.scrollWidth <= document.documentElement.clientWidth").await;
    page.client.set_window_size(WINDOW.0, WINDOW.1).await.expect("the window");
    // A cell opens by key, and closes again.
    let cell = "[data-unit='第2县'] [data-cell='0']";
    page.run("document.querySelector(arguments[0]).focus()", json!(cell)).await;
    page.press([SPACE]).await;
    page.find(&format!("{cell}[aria-expanded=true]")).await;
    page.until("document.querySelector('[data-found-in=第2县] li')").await;
    page.press([TAB, SPACE]).await;
    page.until("document.querySelector('[data-unit=第2县] [data-cell=\"1\"][aria-expanded=true]')").await;
    page.press([SPACE]).await;
    page.until("!document.querySelector('[data-found-in]')").await;
    page.write("[name=rollup-text]", "第1").await;
    page.find("[data-found='11']").await;
    page.run(WATCH, json!(null)).await;
    let office = "application/vnd.openxmlformats-officedocument";
    for (count, (action, media, begins)) in (1..).zip([
        ("make-rollup", format!("{office}.spreadsheetml.sheet"), "PK"),
        ("make-notice", format!("{office}.wordprocessingml.document"), "PK"),
        ("make-details", "text/csv".into(), "\u{ef}\u{bb}"),
    ]) {
        page.click(&format!("[data-action={action}]:not([aria-disabled])")).await;
        page.until(&format!("window.made.length === {count}")).await;
        assert_eq!(page.run_async(BEGINNING, json!(null)).await, json!([media, begins]));
    }
    page.has_no_trouble().await;
}

async fn reading_can_be_cancelled_and_begun_anew(browser: Rc<Browser>) {
    let page = browser.open(Setup::on("2026-03-01")).await;
    let folder = crate::data::folder(&format!("cancel-{:?}", browser.engine));
    page.load(&Route::RollUp.path()).await;
    let stop = "window.watch = new MutationObserver(() => {
            const button = document.querySelector('[data-action=cancel]');
            if (button) { watch.disconnect(); button.click(); }
        });
        watch.observe(document.body, { subtree: true, childList: true });";
    page.run(stop, json!(null)).await;
    let files: Vec<_> =
        (1..=40).map(|number| put(&folder, &format!("{number}.json"), backup(county(number, 20)))).collect();
    pick(&page, &files).await;
    page.until("document.querySelector('[data-said=fine]')?.textContent.includes('已取消')").await;
    assert_eq!(page.get("document.querySelector('.matrix')").await, json!(null));
    pick(&page, &files[..2]).await;
    page.find("[data-units='2']").await;
    page.has_no_trouble().await;
}

async fn two_rounds_stand_side_by_side_and_nothing_is_stored(browser: Rc<Browser>) {
    let page = browser.open(Setup::on("2026-03-01")).await;
    let folder = crate::data::folder(&format!("rounds-{:?}", browser.engine));
    page.load(&Route::RollUp.path()).await;
    pick(&page, &[put(&folder, "now.json", backup(county(1, 5)))]).await;
    page.find("[data-units='1']").await;
    page.click("[name=round][value=earlier]").await;
    pick(&page, &[put(&folder, "then.json", backup(county(1, 7)))]).await;
    page.find("[data-moves='1'] .matrix__late").await;
    assert_eq!(page.text("[data-moves] tbody td:nth-of-type(4)").await, "2");
    assert_eq!(page.get(KEYS).await, json!(0));
    page.click("[data-action=begin-anew]").await;
    page.until("!document.querySelector('.matrix')").await;
    page.reload().await;
    page.until("!document.querySelector('.matrix')").await;
    page.has_no_trouble().await;
}
