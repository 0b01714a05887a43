//! What is done to the site from outside: by other pages of its origin, by servers, translators, frames.

use std::rc::Rc;

use plan_checklist::Route;
use plan_checklist_domain::Status;
use serde_json::json;

use crate::county_step::{self, IS_STORED, KIND, STEP, first, is_saved, step};
use crate::driver::{Browser, in_each_engine, in_webkit_too};
use crate::page::{Page, Setup};

in_each_engine! {
    a_link_opens_the_workbook_of_its_page_in_another_tab,
    what_another_program_removed_is_stored_again_when_somebody_looks,
    what_is_wiped_stays_wiped_while_another_tab_is_typing,
    nothing_is_wiped_in_a_frame,
    a_page_that_was_translated_before_the_program_started_works,
    the_site_works_where_scripts_inside_pages_are_forbidden,
    where_the_program_may_not_run_the_page_says_so,
    without_its_stylesheet_a_page_tells_of_no_fault,
    an_address_with_doubled_slashes_is_mended,
}

in_webkit_too! {
    a_link_opens_the_workbook_of_its_page_in_another_tab,
    what_is_wiped_stays_wiped_while_another_tab_is_typing,
    the_site_works_where_scripts_inside_pages_are_forbidden,
    where_the_program_may_not_run_the_page_says_so,
}

async fn answer(page: &Page, status: Status) {
    county_step::answer(page, first(), status).await;
    is_saved(page).await;
}

async fn name(page: &Page, unit: &str) {
    page.load(&Route::TaskList(KIND).path()).await;
    page.write("input[name=unit-name]", unit).await;
    page.load(&step()).await;
    page.until_equal("document.querySelector('.header__book').textContent", json!(format!("{unit} · “十四五”"))).await;
    answer(page, Status::Done).await;
}

async fn a_link_opens_the_workbook_of_its_page_in_another_tab(browser: Rc<Browser>) {
    let page = browser.open(Setup::at_the_speech()).await;
    name(&page, "甲县").await;
    let first = page.client.window().await.expect("there is a window");
    let second = page.client.new_window(false).await.expect("a second window opens").handle;
    page.client.switch_to_window(second).await.expect("it is there");
    page.load(&Route::Workbooks.path()).await;
    page.click(&format!("[data-new={}] a", KIND.as_str())).await;
    page.arrived(&Route::TaskList(KIND).path()).await;
    name(&page, "乙县").await;
    page.client.close_window().await.expect("it can be closed");
    page.client.switch_to_window(first).await.expect("it is there");
    // What a browser does when a link is opened in a new tab: the press here, then a page without any past there.
    let press = "const link = document.querySelector('.turn__on a');
        link.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, ctrlKey: true }));";
    page.run(press, json!(null)).await;
    let third = page.client.new_window(true).await.expect("a third window opens").handle;
    page.client.switch_to_window(third).await.expect("it is there");
    page.load(&Route::Step(KIND, STEP + 1).path()).await;
    page.until_equal("document.querySelector('.header__book').textContent", json!("甲县 · “十四五”")).await;
    page.has_no_trouble().await;
}

async fn what_another_program_removed_is_stored_again_when_somebody_looks(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    page.load(&step()).await;
    answer(&page, Status::Done).await;
    // Loaded anew, this page has written nothing itself.
    page.reload().await;
    page.run("Object.keys(localStorage).forEach(key => localStorage.removeItem(key))", json!(null)).await;
    page.run("document.dispatchEvent(new Event('visibilitychange'))", json!(null)).await;
    page.until(IS_STORED).await;
    page.reload().await;
    let shown = format!("document.getElementById('{}').dataset.status", first());
    page.until_equal(&shown, json!(Status::Done.as_str())).await;
}

async fn what_is_wiped_stays_wiped_while_another_tab_is_typing(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    page.load(&step()).await;
    answer(&page, Status::Done).await;
    let own = page.client.window().await.expect("there is a window");
    let second = page.client.new_window(true).await.expect("a second window opens").handle;
    page.client.switch_to_window(second.clone()).await.expect("it is there");
    page.load(&step()).await;
    let typing = "const field = document.getElementById(arguments[0]);
        const { set } = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value');
        window.typing = setInterval(() => {
            set.call(field, field.value + '字');
            field.dispatchEvent(new InputEvent('input', { bubbles: true }));
        }, 5);";
    page.run(typing, json!(format!("note-{}", first()))).await;
    page.client.switch_to_window(own.clone()).await.expect("it is there");
    page.load(&Route::Safety.path()).await;
    page.click("[data-action=wipe-everything]").await;
    page.click("[data-action=confirm-wipe]").await;
    page.client.switch_to_window(second).await.expect("it is there");
    page.find("[data-notice=wiped-elsewhere]").await;
    page.client.switch_to_window(own).await.expect("it is there");
    page.until(&format!("!({IS_STORED})")).await;
    page.reload().await;
    assert_eq!(page.get(IS_STORED).await, json!(false));
}

async fn nothing_is_wiped_in_a_frame(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    page.load(&step()).await;
    answer(&page, Status::Done).await;
    page.client.goto(&page.url("no-page-of-ours")).await.expect("the server answers");
    let frame = "const frame = document.createElement('iframe');
        frame.src = arguments[0];
        document.body.replaceChildren(frame);";
    page.run(frame, json!(page.url(&Route::Safety.path()))).await;
    let inside = "document.querySelector('iframe').contentDocument";
    let is_running = "!querySelector('[data-saving]').textContent.includes('正在打开')";
    page.until(&is_running.replace("querySelector", &format!("{inside}.querySelector"))).await;
    for button in ["wipe-everything", "confirm-wipe"] {
        page.until(&format!("{inside}.querySelector('[data-action={button}]:not(:disabled)')")).await;
        page.run(&format!("{inside}.querySelector('[data-action={button}]').click()"), json!(null)).await;
    }
    page.until(&format!("{inside}.querySelector('[data-notice=framed]')")).await;
    assert_eq!(page.get(IS_STORED).await, json!(true));
}

async fn a_page_that_was_translated_before_the_program_started_works(browser: Rc<Browser>) {
    let script = "document.addEventListener('DOMContentLoaded', () => {
        for (const text of document.querySelectorAll('main p, main h1')) {
            text.innerHTML = '<font><font>' + text.innerHTML + '</font></font>';
        }
    });";
    let page = browser.open(Setup { script: script.into(), ..Setup::default() }).await;
    page.load(&step()).await;
    answer(&page, Status::Done).await;
    page.has_no_trouble().await;
}

async fn the_site_works_where_scripts_inside_pages_are_forbidden(browser: Rc<Browser>) {
    let policy = Some("script-src 'self' 'wasm-unsafe-eval'");
    let page = browser.open(Setup { policy, ..Setup::default() }).await;
    page.load(&step()).await;
    answer(&page, Status::Done).await;
    page.reload().await;
    let shown = format!("document.getElementById('{}').dataset.status", first());
    page.until_equal(&shown, json!(Status::Done.as_str())).await;
}

async fn where_the_program_may_not_run_the_page_says_so(browser: Rc<Browser>) {
    let page = browser.open(Setup { policy: Some("script-src 'none'"), ..Setup::default() }).await;
    page.client.goto(&page.url(&step())).await.expect("the browser goes to our page");
    assert!(page.text(".noscript").await.contains("程序没有运行"));
}

async fn without_its_stylesheet_a_page_tells_of_no_fault(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    page.server().withhold(&["style-"]);
    page.load(&step()).await;
    answer(&page, Status::Done).await;
    let hidden =
        "getComputedStyle(document.getElementById('crash')).display === 'none' && !document.querySelector('.noscript')";
    assert_eq!(page.get(hidden).await, json!(true));
}

async fn an_address_with_doubled_slashes_is_mended(browser: Rc<Browser>) {
    let page = browser.open(Setup { prefix: "", ..Setup::default() }).await;
    let doubled = page.url(&format!("/{}", step().replace('/', "//")));
    page.client.goto(&doubled).await.expect("the server takes it for the page");
    page.arrived(&step()).await;
    answer(&page, Status::Done).await;
    page.has_no_trouble().await;
}
