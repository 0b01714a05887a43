//! Nothing sticks out sideways: on a phone, a desk, a wall.

use std::rc::Rc;

use plan_checklist::Route;
use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::sharing::link::encode;
use plan_checklist_domain::sharing::snapshot::Snapshot;
use plan_checklist_domain::workbook::update::update;
use plan_checklist_domain::{Author, Clock, Cycle, Date, List, Msg, Status, UnitKind, Workbook, WorkbookId};
use serde_json::json;

use crate::driver::{Browser, in_each_engine, run};
use crate::page::{Engine, Page, Setup};

in_each_engine! {
    no_page_is_wider_than_its_window,
    no_page_is_wider_filled_in_and_opened_and_in_large_type,
    long_words_break,
}

#[test]
fn chromium_everything_is_large_enough_for_a_finger() {
    run(Engine::Chromium, everything_is_large_enough_for_a_finger);
}

/// 320 by 256 is a desk's window at 400 %.
const SIZES: [(u32, u32); 5] = [(320, 256), (375, 800), (768, 1024), (1280, 800), (1920, 1080)];

/// Lays out a frame of each size: browsers refuse windows as narrow as a phone.
async fn frame(page: &Page, permissions: &str) {
    // Ours, so that its frames may be looked into, and without a policy that forbids frames.
    page.client.goto(&page.url("no-page-at-all")).await.expect("the browser shows that there is no such page");
    let frames = "document.body.innerHTML = '';
        arguments[0].sizes.forEach(([width, height]) => {
            const frame = document.createElement('iframe');
            frame.sandbox = arguments[0].permissions;
            frame.style.cssText = `display: block; width: ${width}px; height: ${height}px; border: 0`;
            document.body.appendChild(frame);
        });";
    page.run(frames, json!({ "sizes": SIZES, "permissions": permissions })).await;
    let widths = "[...document.querySelectorAll('iframe')].map(frame => frame.contentWindow.innerWidth)";
    page.until_equal(widths, json!(SIZES.map(|(width, _)| width))).await;
}

/// As prerendered.
const WITHOUT_SCRIPTS: &str = "allow-same-origin";
/// As the program shows it.
const WITH_SCRIPTS: &str = "allow-same-origin allow-scripts";

/// Shows a page at all sizes; what sticks out of it.
async fn overflowing(page: &Page, path: &str) -> Vec<String> {
    show(page, path).await;
    measure(page, path).await
}

async fn show(page: &Page, path: &str) {
    let load = "const [url, done] = [arguments[0], arguments[1]];
        Promise.all([...document.querySelectorAll('iframe')].map(frame => new Promise(loaded => {
            frame.onload = () => loaded();
            frame.src = url;
        }))).then(() => done(true));";
    page.run_async(load, json!(page.url(path))).await;
    // A page may put more behind the # of its address.
    let shown =
        "[...document.querySelectorAll('iframe')].map(frame => frame.contentWindow.location.href.split('#')[0])";
    let url = page.url(path.split('#').next().unwrap_or_default());
    page.until_equal(shown, json!(SIZES.map(|_| &url))).await;
    let is_running = "[...document.querySelectorAll('iframe')].every(frame =>
        !frame.sandbox.contains('allow-scripts')
        || !frame.contentDocument.querySelector('[data-saving]').textContent.includes('正在打开'))";
    page.until(is_running).await;
}

async fn measure(page: &Page, path: &str) -> Vec<String> {
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

/// A county's workbook with something of everything that can be written.
fn filled() -> Workbook {
    let mut clock = Clock::new(Author(1));
    let mut workbook = Workbook::new(WorkbookId(1), UnitKind::County);
    let mut write = |msg| workbook = update(&workbook, msg, clock.tick(1_700_000_000_000));
    write(Msg::CycleChosen(Cycle(2026)));
    write(Msg::UnitNamed("××县发展和改革局".into()));
    write(Msg::FillerNamed("张某某".into()));
    for (at, requirement) in builtin().requirements_for(UnitKind::County).enumerate() {
        let id = requirement.id;
        write(Msg::Answered(id, Status::ALL[at % 5]));
        write(Msg::OwnerNamed(id, ["赵某某", "王某某", "李某某"][at % 3].into()));
        write(Msg::DueSet(id, Date::new(2025, 10, 20)));
        write(Msg::ProblemWritten(id, "责任股室人手不够，材料还没有收齐。".into()));
        write(Msg::NoteWritten(id, "已向分管领导口头报告，拟于月底前补齐。".into()));
        write(Msg::EntryAdded(List::Evidence(id), "关于印发规划编制工作方案的通知".into()));
    }
    write(Msg::EntryAdded(List::OwnRequirements, "召开一次老干部座谈会".into()));
    write(Msg::EntryAdded(List::Milestones, "征求意见截止".into()));
    workbook
}

/// Has the browser keep that workbook.
async fn fill(page: &Page, name: &str) {
    let folder = crate::data::folder(name);
    let file = crate::rollup::put(&folder, "backup.json", crate::rollup::backup(filled()));
    page.load(&Route::Safety.path()).await;
    page.write("input[name=backup-file]", file.to_str().expect("a path of letters")).await;
    page.click("[data-action=apply-import]").await;
    page.find("[data-imported]").await;
}

/// One page of each sort, as a county sees it.
fn sorts() -> Vec<Route> {
    let is_shown = |route: &Route| !matches!(route, Route::Step(_, step) if *step != 4);
    Route::every()
        .into_iter()
        .filter(|route| route.kind().is_none_or(|kind| kind == UnitKind::County))
        .filter(is_shown)
        .collect()
}

async fn no_page_is_wider_filled_in_and_opened_and_in_large_type(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    fill(&page, &format!("wide-{:?}", browser.engine)).await;
    frame(&page, WITH_SCRIPTS).await;
    let mut found = Vec::new();
    for route in sorts() {
        show(&page, &route.path()).await;
        for size in ["100%", "200%"] {
            let open = "document.querySelectorAll('iframe').forEach(frame => {
                frame.contentDocument.documentElement.style.fontSize = arguments[0];
                frame.contentDocument.querySelectorAll('details').forEach(box => { box.open = true; });
            });";
            page.run(open, json!(size)).await;
            found.extend(measure(&page, &format!("{} in type of {size}", route.path())).await);
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// On touch; what stands within a sentence aside.
async fn everything_is_large_enough_for_a_finger(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    fill(&page, "finger").await;
    let phone = json!({ "width": 375, "height": 800, "deviceScaleFactor": 1, "mobile": true });
    page.devtools("Emulation.setDeviceMetricsOverride", phone).await;
    page.devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).await;
    for route in sorts() {
        page.load(&route.path()).await;
        page.until("matchMedia('(pointer: coarse)').matches").await;
        page.run("document.querySelectorAll('details').forEach(box => { box.open = true; })", json!(null)).await;
        let small =
            "[...document.querySelectorAll('a[href], button, input, select, textarea, summary')].flatMap(element => {
            const isInSentence = element.tagName === 'A' && getComputedStyle(element).display === 'inline'
                && element.parentElement.textContent.trim() !== element.textContent.trim();
            const target = ['radio', 'checkbox', 'file'].includes(element.type) && element.closest('label') || element;
            const box = target.getBoundingClientRect();
            const isSmall = box.width > 2 && box.height > 2 && (box.width < 43.5 || box.height < 43.5);
            const isAside = element.disabled || isInSentence || element.matches('.skip-link');
            return isSmall && !isAside ? [`${box.width} x ${box.height} ${target.outerHTML.slice(0, 90)}`] : [];
        })";
        let small = page.get(small).await;
        assert_eq!(small, json!([]), "/{}", route.path());
    }
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
