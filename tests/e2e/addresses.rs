//! Addresses: a link to one requirement or clause, the back and forward buttons, a link opened elsewhere.

use std::rc::Rc;

use plan_checklist::Route;
use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::{Cycle, UnitKind};
use serde_json::json;

use crate::driver::{Browser, in_each_engine, in_webkit_too};
use crate::page::{Page, Setup};

in_each_engine! {
    a_link_to_a_requirement_shows_marks_and_focuses_it,
    clauses_and_requirements_lead_to_each_other_and_back,
    the_search_finds_and_the_filters_narrow,
}

in_webkit_too! {
    clauses_and_requirements_lead_to_each_other_and_back,
    the_search_finds_and_the_filters_narrow,
}

/// That this element is in view, marked, and has the focus.
async fn shown(page: &Page, id: &str) {
    page.until_equal("document.activeElement.id", json!(id)).await;
    page.until(&format!(
        "(() => {{ const box = document.getElementById('{id}').getBoundingClientRect();
            return box.top > -2 && box.top < innerHeight / 2; }})()"
    ))
    .await;
    // Marked: not like the others of its kind.
    let is_marked = format!(
        "(() => {{ const one = document.getElementById('{id}');
            const other = [...one.parentElement.children].find(other => other !== one && other.tagName === one.tagName);
            const look = element => {{ const style = getComputedStyle(element);
                return style.boxShadow + style.backgroundColor + style.outline; }};
            one.blur(); const is = look(one) !== look(other); one.focus({{ preventScroll: true }}); return is; }})()"
    );
    page.until(&is_marked).await;
}

async fn in_view(page: &Page, id: &str) {
    page.until(&format!(
        "(() => {{ const box = document.getElementById('{id}').getBoundingClientRect();
            return box.bottom > 0 && box.top < innerHeight; }})()"
    ))
    .await;
}

async fn in_view_element(page: &Page, selector: &str) {
    page.until(&format!(
        "(() => {{ const box = document.querySelector('{selector}').getBoundingClientRect();
            return box.bottom > 0 && box.top < innerHeight; }})()"
    ))
    .await;
}

async fn a_link_to_a_requirement_shows_marks_and_focuses_it(browser: Rc<Browser>) {
    let page = browser.open(Setup::at_the_speech()).await;
    for (path, id) in [("county/four-grasps/", "2.4-b"), ("department/four-grasps/", "2.4-e3"), ("source/", "2.4-b")] {
        page.load(&format!("{path}#{id}")).await;
        shown(&page, id).await;
    }
    // What is elsewhere is led to; of what is nowhere a sentence says so.
    let missed = "document.querySelector('[data-missed]')?.textContent ?? ''";
    for nowhere in ["no-such-requirement", "%EF%BC%99%EF%BC%99", "%E4%B8"] {
        page.load(&format!("county/four-grasps/#{nowhere}")).await;
        page.until(&format!("({missed}).includes('转发时改了字')")).await;
    }
    page.load("county/plans/#2.4-B%EF%BC%8C").await;
    page.click("[data-missed] a").await;
    page.arrived("county/four-grasps/#2.4-b").await;
    shown(&page, "2.4-b").await;
    page.until_equal(missed, json!("")).await;
    page.load("source/#2.4-C%E3%80%82").await;
    shown(&page, "2.4-c").await;
    page.until_equal(missed, json!("")).await;
    page.has_no_trouble().await;
}

async fn clauses_and_requirements_lead_to_each_other_and_back(browser: Rc<Browser>) {
    let page = browser.open(Setup::at_the_speech()).await;
    let requirement = "county/four-grasps/#2.4-c2";
    page.load(requirement).await;
    page.click("[id='2.4-c2'] .requirement__locator").await;
    page.arrived("source/#2.4-c").await;
    shown(&page, "2.4-c").await;
    page.click("[id='2.4-c'] a[href$='department/four-grasps/#2.4-c2']").await;
    page.arrived("department/four-grasps/#2.4-c2").await;
    shown(&page, "2.4-c2").await;
    let title = json!(Route::Step(UnitKind::Department, 4).title());
    assert_eq!(page.get("document.title").await, title);

    // Followed without a load, a link starts the next page at its top, and the keyboard there too. Back leads to where the
    // page was left.
    page.click(".turn__on a").await;
    page.arrived("department/plans/").await;
    page.until_equal("document.activeElement.id", json!("main")).await;
    page.until_equal("scrollY", json!(0)).await;
    page.client.back().await.expect("back");
    page.arrived("department/four-grasps/#2.4-c2").await;
    page.until_equal("document.activeElement.id", json!("2.4-c2")).await;
    in_view_element(&page, ".turn__on a").await;
    assert_eq!(page.get("document.title").await, title);
    page.client.back().await.expect("back");
    page.arrived("source/#2.4-c").await;
    // Kept or loaded anew by the browser, which then has its own mind about the focus.
    in_view(&page, "2.4-c").await;
    page.client.back().await.expect("back");
    page.arrived(requirement).await;
    in_view(&page, "2.4-c2").await;
    page.client.forward().await.expect("forward");
    page.arrived("source/#2.4-c").await;
    page.client.forward().await.expect("forward");
    page.arrived("department/four-grasps/#2.4-c2").await;
    page.client.forward().await.expect("forward");
    page.arrived("department/plans/").await;
    assert_eq!(page.get("document.title").await, json!(Route::Step(UnitKind::Department, 5).title()));
    page.has_no_trouble().await;
}

/// What a county reads as the title of a requirement.
fn title(id: &str) -> &'static str {
    builtin().requirement(id).expect("ids are permanent").title(UnitKind::County, Cycle::OF_THE_SPEECH)
}

/// Whether the list shows what the unit supports, some of it, and nothing else.
const ALL_SUPPORT: &str = "(() => {
    const rows = [...document.querySelectorAll('.row__meta')];
    return rows.length > 0 && rows.every(row => row.textContent.startsWith('配合'));
})()";

async fn the_search_finds_and_the_filters_narrow(browser: Rc<Browser>) {
    let page = browser.open(Setup::at_the_speech()).await;
    page.load("county/four-grasps/").await;
    page.click("[id='2.4-b'] input[value=done]").await;
    page.open_record("[id='2.4-b']").await;
    page.write("[id='note-2.4-b']", "表一和表二已报市里").await;
    page.load("county/all/").await;
    let titles = "[...document.querySelectorAll('.row__title')].map(link => link.textContent)";
    let count = page.get("document.querySelectorAll('.row').length").await;
    page.write("input[type=search]", "负面清单").await;
    page.until("document.querySelectorAll('.row').length < 9").await;
    let found = page.get(titles).await;
    let expected = json!(title("2.4-e"));
    assert!(found.as_array().is_some_and(|found| found.contains(&expected)), "{found}");
    page.write("input[type=search]", "龘").await;
    page.until("document.querySelector('.filter__result').textContent.startsWith('没有')").await;
    page.press(['\u{e003}'; 5]).await;
    page.until_equal("document.querySelectorAll('.row').length", count.clone()).await;
    // Words of one's own are found, and where they stand is said.
    page.write("input[type=search]", "已报市里").await;
    page.until_equal(titles, json!([title("2.4-b")])).await;
    page.until_equal("document.querySelector('.row__hit').textContent", json!("备注：表一和表二已报市里")).await;
    page.until_equal("document.querySelector('.row__hit mark').textContent", json!("已报市里")).await;
    page.press(['\u{e003}'; 4]).await;
    page.until_equal("document.querySelectorAll('.row').length", count.clone()).await;
    page.choose("select[name=status]", "已落实").await;
    page.until_equal(titles, json!([title("2.4-b")])).await;
    page.choose("select[name=status]", "全部").await;
    page.until_equal("document.querySelectorAll('.row').length", count.clone()).await;
    page.choose("select[name=role]", "我配合").await;
    page.until(ALL_SUPPORT).await;
    page.click(".row__title").await;
    page.until("document.activeElement.matches('[data-requirement]')").await;
    // Back at the list, it is as narrow as it was.
    page.client.back().await.expect("back");
    page.arrived("county/all/").await;
    page.until_equal("document.querySelector('select[name=role]').value", json!("support")).await;
    page.until(ALL_SUPPORT).await;

    page.load("duties/").await;
    let rows = "document.querySelectorAll('tbody tr:not(.duties__step)').length";
    let all = page.get(rows).await;
    page.click(".chips__group:first-child button:last-child").await;
    page.until_equal("document.querySelector('.chips__group button[aria-pressed=true]').textContent", json!("县区"))
        .await;
    page.until_equal(rows, count).await;
    page.click(".chips__group:first-child button:first-child").await;
    page.until_equal(rows, all).await;
    page.has_no_trouble().await;
}
