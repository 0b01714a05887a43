//! Nothing sticks out sideways: on a phone, a desk, a wall.

use std::rc::Rc;

use plan_checklist::Route;
use plan_checklist_domain::UnitKind;
use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::sharing::link::encode;
use plan_checklist_domain::sharing::snapshot::Snapshot;
use serde_json::json;

use crate::driver::{Browser, in_each_engine};
use crate::page::{Page, Setup};

in_each_engine! {
    no_page_is_wider_than_its_window,
    long_words_break,
}

const WIDTHS: [u32; 3] = [375, 1280, 1920];

/// Lays out a frame of each width: browsers refuse windows as narrow as a phone.
async fn frame(page: &Page, permissions: &str) {
    // Ours, so that its frames may be looked into, and without a policy that forbids frames.
    page.client.goto(&page.url("no-page-at-all")).await.expect("the browser shows that there is no such page");
    let frames = "document.body.innerHTML = '';
        arguments[0].widths.forEach(width => {
            const frame = document.createElement('iframe');
            frame.sandbox = arguments[0].permissions;
            frame.style.cssText = `display: block; width: ${width}px; height: 800px; border: 0`;
            document.body.appendChild(frame);
        });";
    page.run(frames, json!({ "widths": WIDTHS, "permissions": permissions })).await;
    let widths = "[...document.querySelectorAll('iframe')].map(frame => frame.contentWindow.innerWidth)";
    page.until_equal(widths, json!(WIDTHS)).await;
}

/// As prerendered.
const WITHOUT_SCRIPTS: &str = "allow-same-origin";
/// As the program shows it.
const WITH_SCRIPTS: &str = "allow-same-origin allow-scripts";

/// Shows a page at all widths; what sticks out of it.
async fn overflowing(page: &Page, path: &str) -> Vec<String> {
    let load = "const [url, done] = [arguments[0], arguments[1]];
        Promise.all([...document.querySelectorAll('iframe')].map(frame => new Promise(loaded => {
            frame.onload = () => loaded();
            frame.src = url;
        }))).then(() => done(true));";
    page.run_async(load, json!(page.url(path))).await;
    let shown = "[...document.querySelectorAll('iframe')].map(frame => frame.contentWindow.location.href)";
    page.until_equal(shown, json!(WIDTHS.map(|_| page.url(path)))).await;
    let is_running = "[...document.querySelectorAll('iframe')].every(frame =>
        !frame.sandbox.contains('allow-scripts')
        || !frame.contentDocument.querySelector('[data-saving]').textContent.includes('正在打开'))";
    page.until(is_running).await;
    let widths = "[...document.querySelectorAll('iframe')].flatMap(frame => {
        const root = frame.contentDocument.documentElement;
        // Brings out what only the program can use.
        root.classList.add('has-program');
        if (frame.contentWindow.innerWidth !== frame.clientWidth) return ['the frame is not of its width'];
        if (root.scrollWidth <= root.clientWidth) return [];
        const wide = [...root.querySelectorAll('body *')].filter(element =>
            element.getBoundingClientRect().right > root.clientWidth + 1 && !element.closest('.scroll-x'));
        return [frame.clientWidth + ': ' + root.scrollWidth + ' ' + wide.slice(0, 3).map(element => element.outerHTML.slice(0, 90))];
    })";
    let found = page.get(widths).await;
    found.as_array().expect("a list").iter().map(|line| format!("/{path} at {line}")).collect()
}

async fn no_page_is_wider_than_its_window(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    frame(&page, WITHOUT_SCRIPTS).await;
    let mut found = Vec::new();
    for route in Route::every() {
        found.extend(overflowing(&page, &route.path()).await);
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

async fn long_words_break(browser: Rc<Browser>) {
    let long = "https://oa.example.cn/".to_owned() + &"a".repeat(150);
    let page = browser.open(Setup::default()).await;
    page.load("county/four-grasps/").await;
    page.click("[data-requirement]:first-child input[value=not-applicable]").await;
    page.open_record("[data-requirement]:first-child").await;
    page.click("[data-requirement]:first-child [data-action=add-evidence]").await;
    page.click("[data-requirement]:first-child .evidence__more summary").await;
    for field in
        [".requirement__reason textarea", ".record textarea", ".record__row input", ".evidence__reference input"]
    {
        page.write(&format!("[data-requirement]:first-child {field}"), &long).await;
    }
    page.load("county/").await;
    page.write("#unit-name", &long).await;
    frame(&page, WITH_SCRIPTS).await;
    let routes = [
        Route::Home,
        Route::TaskList(UnitKind::County),
        Route::Step(UnitKind::County, 4),
        Route::Review(UnitKind::County),
        Route::All(UnitKind::County),
        Route::Dates(UnitKind::County),
        Route::Poster(UnitKind::County),
        Route::Workbooks,
        Route::Safety,
        Route::Share,
    ];
    let mut paths: Vec<String> = routes.map(Route::path).into();
    // What links carry, of letters as wide as there are, and as many narrow ones as a link takes.
    for (number, unit) in ["W".repeat(60), "l".repeat(400)].into_iter().enumerate() {
        let snapshot = Snapshot { unit: Some(unit), ..Snapshot::new(UnitKind::County, 2021) };
        // Two addresses that differ in their fragment only would not load anything.
        paths.push(format!("snapshot/?{number}#{}", encode(builtin(), &snapshot)));
    }
    for path in paths {
        let found = overflowing(&page, &path).await;
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}
