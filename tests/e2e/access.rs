//! axe-core on every kind of page, light and dark: nothing that keeps people with disabilities out.

use std::fs;
use std::rc::Rc;

use plan_checklist_domain::{CATALOGUE, UnitKind};
use serde_json::json;
use xtask::places::tools;

use crate::driver::{Browser, in_each_engine};
use crate::page::{Page, SPACE, Setup};

in_each_engine! {
    axe_finds_nothing_in_the_light,
    axe_finds_nothing_in_the_dark,
}

async fn axe_finds_nothing_in_the_light(browser: Rc<Browser>) {
    axe_finds_nothing(browser, false).await;
}

async fn axe_finds_nothing_in_the_dark(browser: Rc<Browser>) {
    axe_finds_nothing(browser, true).await;
}

async fn axe_finds_nothing(browser: Rc<Browser>, is_dark: bool) {
    let file = tools().join("node_modules/axe-core/axe.min.js");
    let axe = fs::read_to_string(&file)
        .unwrap_or_else(|_| panic!("{} is missing; `cargo xtask test` installs it", file.display()));
    assert!(!axe.contains("</script"), "it stands in a page");
    let page = browser.open(Setup { is_dark, script: axe, ..Setup::default() }).await;
    page.load("").await;
    assert_eq!(page.get("matchMedia('(prefers-color-scheme: dark)').matches").await, json!(is_dark));
    finds_nothing(&page, "").await;

    // A step in every state there is: all five statuses, each finding, an open record and open advice.
    let step = "county/four-grasps/";
    page.load(step).await;
    finds_nothing(&page, "nothing answered").await;
    let requirements = CATALOGUE.steps[4].requirements_for(UnitKind::County);
    for (at, requirement) in requirements.enumerate() {
        page.click(&format!("[id='{}'] label:nth-of-type({})", requirement.id, at % 5 + 1)).await;
    }
    let first = "[data-requirement]:first-child";
    page.click(&format!("{first} summary.record__summary")).await;
    page.write(&format!("{first} input[type=date]"), "2020-06-30").await;
    page.click(&format!("{first} [data-action=add-evidence]")).await;
    page.click(&format!("{first} .evidence__actions button")).await;
    page.click(&format!("{first} summary.advice__summary")).await;
    page.click(&format!("{first} .status-picker label:nth-of-type(3)")).await;
    finds_nothing(&page, "answered").await;
    page.click(".footer__help").await;
    finds_nothing(&page, "help").await;
    page.press([SPACE]).await;

    for path in ["", "county/", "county/review/", "county/all/", "duties/", "source/", "source/#2.4-b"] {
        page.load(path).await;
        finds_nothing(&page, "").await;
    }
}

async fn finds_nothing(page: &Page, state: &str) {
    let script = "const done = arguments[1];
        axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] })
            .then(found => done(found.violations.flatMap(violation =>
                violation.nodes.map(node => violation.id + ': ' + node.html + ' ' + node.failureSummary))))
            .catch(error => done(['axe failed: ' + error]));";
    let found = page.run_async(script, json!(null)).await;
    let found: Vec<&str> = found.as_array().expect("a list").iter().filter_map(|line| line.as_str()).collect();
    let url = page.client.current_url().await.expect("an address");
    assert!(found.is_empty(), "{url} {state}\n{}", found.join("\n"));
}
