//! The edition in a single file, opened from the disk: no server, no network, no folders.

use std::fs;
use std::path::PathBuf;
use std::rc::Rc;

use plan_checklist::Route;
use plan_checklist::route::SINGLE_FILE;
use plan_checklist_domain::Status;
use serde_json::json;
use url::Url;
use xtask::places::project;

use crate::county_step::{KIND, first, step, step_route};
use crate::devtools::Tab;
use crate::driver::{Browser, in_a_runtime, in_each_engine, in_webkit_too};
use crate::old;
use crate::page::{Page, RECORDER, Setup};
use crate::visit::FORBID;

in_each_engine! {
    the_single_file_keeps_what_is_answered_and_shows_every_page,
    the_single_file_hands_out_backups_reports_and_snapshots,
    the_single_file_says_where_nothing_can_be_kept,
}

in_webkit_too! {
    the_single_file_keeps_what_is_answered_and_shows_every_page,
    the_single_file_hands_out_backups_reports_and_snapshots,
    the_single_file_says_where_nothing_can_be_kept,
}

#[test]
fn the_single_file_opens_on_chromium_80() {
    in_a_runtime(opens_on_chromium_80());
}

/// Engines have one storage for all files, or many: each journey begins with nothing in it.
const BEGIN: &str =
    "if (!sessionStorage.getItem('begun')) { localStorage.clear(); sessionStorage.setItem('begun', 'yes'); }";

/// A copy of the file in a folder that people may have, with a script put first; its address.
fn copied(name: &str, script: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("U 盘/{name}"));
    fs::create_dir_all(&folder).expect("there is room");
    let text = fs::read_to_string(project().join("dist").join(SINGLE_FILE)).expect("`cargo xtask dist` writes it");
    let copy = folder.join("规划编制自查 (1).html");
    fs::write(&copy, text.replacen("<head>", &format!("<head><script>{RECORDER}\n{BEGIN}\n{script}</script>"), 1))
        .expect("room");
    Url::from_file_path(copy).expect("the path is absolute").into()
}

async fn open(page: &Page, address: &str) {
    page.client.goto("about:blank").await.expect("an empty page");
    page.client.goto(address).await.expect("the file is there");
    page.running().await;
}

/// That this page is shown, and the address says so.
async fn shown(page: &Page, route: Route) {
    page.until_equal("document.title", json!(route.title())).await;
    page.until_equal("document.querySelectorAll('main h1').length", json!(1)).await;
    page.until_equal("location.hash.split('#')[1] || ''", json!(route.path())).await;
}

async fn follow(page: &Page, route: Route) {
    let click = "const link = document.createElement('a');
        link.href = '#' + arguments[0];
        document.body.append(link);
        link.click();
        link.remove();";
    page.run(click, json!(route.path())).await;
    shown(page, route).await;
}

async fn has_no_trouble(page: &Page) {
    assert_eq!(page.get("JSON.parse(sessionStorage.getItem('troubles') || '[]')").await, json!([]));
    let asked = "performance.getEntriesByType('resource').map(entry => entry.name).filter(name => !name.startsWith('blob:') && !name.startsWith('data:'))";
    assert_eq!(page.get(asked).await, json!([]), "nothing is fetched");
}

async fn answer(page: &Page) {
    page.click(&format!("[id='{}'] input[value=done]", first())).await;
    page.until("document.querySelector('[data-saving=saved]')").await;
}

async fn is_answered(page: &Page) {
    page.until_equal(&format!("document.getElementById('{}').dataset.status", first()), json!(Status::Done.as_str()))
        .await;
}

async fn the_single_file_keeps_what_is_answered_and_shows_every_page(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let file = copied(&format!("pages-{:?}", browser.engine), "");
    open(&page, &file).await;
    shown(&page, Route::Home).await;
    page.run("window.isSameDocument = true;", json!(null)).await;
    follow(&page, step_route()).await;
    answer(&page).await;
    for route in Route::every() {
        follow(&page, route).await;
    }
    // By hand: on its way back WebKit leaves out all that scripts alone have led to.
    for route in [Route::Share, Route::Safety] {
        page.click(&format!(".nav a[href^='#{}']", route.path())).await;
        shown(&page, route).await;
    }
    page.client.back().await.expect("back");
    shown(&page, Route::Share).await;
    page.client.forward().await.expect("forward");
    shown(&page, Route::Safety).await;
    assert_eq!(page.get("window.isSameDocument").await, json!(true), "the file was loaded anew");
    // A place on the page is no page of its own.
    follow(&page, step_route()).await;
    page.run("document.querySelector('.skip-link').click()", json!(null)).await;
    page.until_equal("location.hash", json!(format!("#{}#main", step()))).await;
    page.until("document.activeElement.id === 'main'").await;
    // The page it was left on, and what was answered.
    page.reload().await;
    shown(&page, step_route()).await;
    is_answered(&page).await;
    // An address that names a requirement leads to it.
    open(&page, &format!("{file}#{}#{}", step(), first())).await;
    shown(&page, step_route()).await;
    is_answered(&page).await;
    page.until_equal("document.activeElement.closest('[id]').id", json!(first().to_string())).await;
    // What names no page shows the first.
    open(&page, &format!("{file}#nothing")).await;
    page.until_equal("document.title", json!(Route::Home.title())).await;
    has_no_trouble(&page).await;
}

/// Keeps what is handed out.
const WATCH: &str = "window.made = []; const create = URL.createObjectURL;
    URL.createObjectURL = blob => { if (blob.type !== 'text/javascript') window.made.push(blob); return create.call(URL, blob); };";

async fn the_single_file_hands_out_backups_reports_and_snapshots(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let file = copied(&format!("files-{:?}", browser.engine), "");
    open(&page, &format!("{file}#{}", step())).await;
    page.run(WATCH, json!(null)).await;
    answer(&page).await;
    follow(&page, Route::Safety).await;
    page.click("[data-action=backup]:not(:disabled)").await;
    page.until("window.made.length === 1").await;
    let text = "const done = arguments[1]; window.made[0].text().then(done);";
    let text = page.run_async(text, json!(null)).await;
    assert!(text.as_str().is_some_and(|text| text.contains(&first().to_string())), "{text}");
    follow(&page, Route::Review(KIND)).await;
    page.click("[data-action=make-report]").await;
    page.until("window.made.length === 2 && document.querySelector('[data-made]')").await;
    let beginning = "const done = arguments[1];
        window.made[1].arrayBuffer().then(buffer => done(String.fromCharCode(...new Uint8Array(buffer, 0, 2))));";
    assert_eq!(page.run_async(beginning, json!(null)).await, json!("PK"));
    // What stands between the two programs.
    follow(&page, Route::Safety).await;
    page.click("[data-action=licences]").await;
    page.until("window.made.length === 3").await;
    let text = "const done = arguments[1]; window.made[2].text().then(done);";
    let text = page.run_async(text, json!(null)).await;
    let is_whole =
        |text: &str| text.starts_with("What 规划编制自查 is made of") && text.contains("END OF TERMS AND CONDITIONS");
    assert!(text.as_str().is_some_and(is_whole), "{text}");
    // What can be shared leads into this file, and the page says whom that helps.
    follow(&page, Route::Share).await;
    page.click("input[name=what][value=snapshot]").await;
    page.until("document.getElementById('address').value.includes('#snapshot/#')").await;
    assert!(page.text("[data-reach]").await.contains("单文件版"));
    let address = page.get("document.getElementById('address').value").await;
    has_no_trouble(&page).await;
    open(&page, address.as_str().expect("it is text")).await;
    page.find("[data-snapshot=county]").await;
    has_no_trouble(&page).await;
}

async fn the_single_file_says_where_nothing_can_be_kept(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let file = copied(&format!("blocked-{:?}", browser.engine), FORBID);
    open(&page, &format!("{file}#{}", step())).await;
    let said = page.text("[data-trouble=blocked]").await;
    assert!(said.contains("双击打开的文件") && said.contains("下载备份"), "{said}");
    page.click(&format!("[id='{}'] input[value=done]", first())).await;
    is_answered(&page).await;
    page.find("[data-trouble=blocked] [data-action=rescue]").await;
}

async fn opens_on_chromium_80() {
    let file = copied("chromium-80", "");
    let profile = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("chromium-80-file");
    let tab = Tab::open(&old::program(80), &profile).await;
    let status = format!("document.getElementById('{}').dataset.status", first());
    tab.load(&format!("{file}#{}", step())).await;
    tab.click(&format!("[id='{}'] input[value=done]", first())).await;
    tab.until_equal(&status, json!("done")).await;
    tab.until_equal("!!document.querySelector('[data-saving=saved]')", json!(true)).await;
    for (route, sign) in [
        (Route::Dates(KIND), "[data-cycle]"),
        (Route::Safety, "[data-action=backup]"),
        (Route::Share, "#address"),
        (Route::Review(KIND), "[data-count=done]"),
    ] {
        tab.click(&format!(".nav a[href^='#{}']", route.path())).await;
        tab.until_equal("location.hash.split('#')[1]", json!(route.path())).await;
        tab.until_equal(&format!("!!document.querySelector(\"{sign}\")"), json!(true)).await;
    }
    tab.click("[data-action=make-report]").await;
    tab.until_equal("!!document.querySelector('[data-made]')", json!(true)).await;
    tab.reload().await;
    tab.until_equal("location.hash.split('#')[1]", json!(Route::Review(KIND).path())).await;
    tab.until_equal("document.querySelector('[data-count=done] .count__number').textContent", json!("1")).await;
}
