//! Opening the site: every page, in any folder, with and without scripts.

use std::rc::Rc;

use plan_checklist::Route;
use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::{Cycle, UnitKind};
use serde_json::json;

use crate::driver::{Browser, in_each_engine, in_webkit_too};
use crate::page::{Page, Setup};

in_each_engine! {
    every_page_comes_to_life_without_any_trouble,
    every_page_can_be_read_without_scripts,
    the_site_works_at_the_root_of_a_server,
    the_site_works_in_a_folder_with_a_chinese_name,
}

in_webkit_too! {
    the_site_works_in_a_folder_with_a_chinese_name,
}

async fn every_page_comes_to_life_without_any_trouble(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    for route in Route::every() {
        page.load(&route.path()).await;
        assert_eq!(page.get("document.title").await, json!(route.title()));
        assert_eq!(page.get("document.querySelectorAll('h1').length").await, json!(1));
        // A list of nothing stays closed.
        let closed = "[...document.querySelectorAll('input:disabled, select:disabled, textarea:disabled')]
            .filter(field => !field.options || field.options.length > 1).length";
        assert_eq!(page.get(closed).await, json!(0), "fields that stay closed on /{}", route.path());
        page.has_no_trouble().await;
    }
}

async fn every_page_can_be_read_without_scripts(browser: Rc<Browser>) {
    let page = browser.open(Setup { has_script: false, ..Setup::default() }).await;
    let routes = [
        Route::Home,
        Route::Source,
        Route::Duties,
        Route::TaskList(UnitKind::County),
        Route::Step(UnitKind::County, 4),
    ];
    for route in routes {
        page.client.goto(&page.url(&route.path())).await.expect("the browser goes to our page");
        let words = page.text("h1").await;
        assert!(!words.is_empty(), "{route:?} has no heading to read");
        assert!(page.text(".noscript").await.contains("没有开启脚本"), "{route:?}");
        assert_eq!(page.client.title().await.expect("a title"), route.title());
    }
    let main = page.text("main").await;
    for requirement in builtin().steps[4].requirements_for(UnitKind::County) {
        let cycle = Cycle::AFTER_THE_SPEECH;
        let ask = requirement.ask(UnitKind::County, cycle);
        assert!(main.contains(&*cycle.reword(ask.question)), "{}", requirement.id);
        assert!(ask.points.iter().all(|point| main.contains(&*cycle.reword(point))), "{}", requirement.id);
    }
    page.click(".turn__on a").await;
    let next = page.url(&Route::Step(UnitKind::County, 5).path());
    page.client.wait().for_url(&next.parse().expect("an address")).await.expect("links work without scripts");
}

async fn the_site_works_at_the_root_of_a_server(browser: Rc<Browser>) {
    works_in(browser, "").await;
}

async fn the_site_works_in_a_folder_with_a_chinese_name(browser: Rc<Browser>) {
    works_in(browser, "规划/自查 表/").await;
}

async fn works_in(browser: Rc<Browser>, prefix: &'static str) {
    let page = browser.open(Setup { prefix, ..Setup::default() }).await;
    walk(&page).await;
    page.has_no_trouble().await;
    let statuses = "const done = arguments[1];
        Promise.all(arguments[0].map(path => fetch(path).then(answer => answer.status))).then(done);";
    let paths = json!([page.url(""), page.url("county/nothing/"), page.url("nothing.js"), page.url("county/nothing")]);
    assert_eq!(page.run_async(statuses, paths).await, json!([200, 404, 404, 404]), "nothing is rewritten");
    // A page that is not there says so, and leads home.
    for path in ["county/nothing/", "county/nothing", "nothing.js", "county/review/x/y/"] {
        page.client.goto(&page.url(path)).await.expect("the server answers");
        assert_eq!(page.text("h1").await, "没有这一页");
        page.click("#home").await;
        page.arrived("").await;
    }
}

/// Goes through the kinds of pages by their links, then comes back to each with a load of its own.
async fn walk(page: &Page) {
    let step = format!("county/{}/", builtin().steps[0].id);
    page.load("").await;
    page.click(&format!("a[href$='{step}']")).await;
    page.arrived(&step).await;
    for (words, path) in [
        ("全部要求", "county/all/"),
        ("核对结果", "county/review/"),
        ("自查步骤", "county/"),
        ("分工一览", "duties/"),
        ("原文对照", "source/"),
    ] {
        page.follow(words).await;
        page.arrived(path).await;
        // What is still on its way when a page is left does not arrive, as WebKit reports.
        page.until("document.querySelectorAll('main h1').length === 1").await;
        page.reload().await;
        page.arrived(path).await;
    }
    page.click("a.header__product").await;
    page.arrived("").await;
}
