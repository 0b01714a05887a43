//! No answer is lost to another window, or to a page that the browser laid aside and brings back.

use std::rc::Rc;

use plan_checklist::Route;
use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::{RequirementId, Status, UnitKind};
use serde_json::json;

use crate::county_step::*;
use crate::driver::{Browser, in_each_engine, in_webkit_too};
use crate::page::{Engine, Page, Setup};

in_each_engine! {
    two_windows_on_one_workbook_show_the_same_without_reloading,
    what_is_typed_in_one_window_is_not_overwritten_by_another,
    a_window_finds_what_another_saved_while_it_was_elsewhere,
    what_another_window_emptied_is_stored_again,
    what_another_window_wiped_is_not_written_back,
    wiping_in_another_window_leaves_nothing_in_what_this_one_remembers,
    a_page_brought_back_takes_up_what_was_stored_meanwhile_before_any_input,
    a_page_brought_back_does_not_take_away_what_the_next_page_stored,
}

in_webkit_too! {
    two_windows_on_one_workbook_show_the_same_without_reloading,
    a_page_brought_back_does_not_take_away_what_the_next_page_stored,
}

async fn two_windows_on_one_workbook_show_the_same_without_reloading(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let [one, other] = two();
    page.load(&step()).await;
    let [first, second] = second_window(&page).await;
    page.load(&step()).await;
    answer(&page, one, Status::Done).await;
    go_to(&page, &first).await;
    page.until(&shows(one, Status::Done)).await;
    answer(&page, other, Status::NotStarted).await;
    answer(&page, one, Status::InProgress).await;
    go_to(&page, &second).await;
    page.until(&format!("{} && {}", shows(one, Status::InProgress), shows(other, Status::NotStarted))).await;
    page.has_no_trouble().await;
    page.reload().await;
    page.until(&format!("{} && {}", shows(one, Status::InProgress), shows(other, Status::NotStarted))).await;
    go_to(&page, &first).await;
    page.has_no_trouble().await;
}

async fn a_window_finds_what_another_saved_while_it_was_elsewhere(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let [one, _] = two();
    page.load(&step()).await;
    answer(&page, one, Status::Done).await;
    is_saved(&page).await;
    let [first, second] = second_window(&page).await;
    go_to(&page, &first).await;
    page.client.goto(&page.url("no-page-of-ours")).await.expect("the server answers");
    go_to(&page, &second).await;
    let theirs = Route::Step(UnitKind::Department, STEP);
    let id = builtin().steps[STEP].requirements_for(UnitKind::Department).next().expect("the step asks for one").id;
    page.load(&theirs.path()).await;
    answer(&page, id, Status::InProgress).await;
    is_saved(&page).await;
    go_to(&page, &first).await;
    page.load(&theirs.path()).await;
    page.until(&shows(id, Status::InProgress)).await;
    page.has_no_trouble().await;
}

async fn what_is_typed_in_one_window_is_not_overwritten_by_another(browser: Rc<Browser>) {
    const OURS: &str = "这边写了一半";
    const THEIRS: &str = "那边也在写";
    let page = browser.open(Setup::default()).await;
    let [id, _] = two();
    let note = format!("[id='note-{id}']");
    let value = format!("document.getElementById('note-{id}').value");
    let earlier = |text: &str| {
        format!(
            "[...document.querySelectorAll(\"{} .history__text\")].some(entry => entry.textContent.includes('{text}'))",
            card(id)
        )
    };
    page.load(&step()).await;
    page.open_record(&card(id)).await;
    let first = page.client.window().await.expect("there is a window");
    let before = page.client.windows().await.expect("there are windows");
    page.run("window.other = window.open(arguments[0], 'other', 'popup')", json!(page.url(&step()))).await;
    let windows = page.client.windows().await.expect("there are windows");
    let second = windows.into_iter().find(|window| !before.contains(window)).expect("a second window opens");
    go_to(&page, &second).await;
    page.running().await;
    page.open_record(&card(id)).await;

    go_to(&page, &first).await;
    page.write(&note, OURS).await;
    page.until_equal(&format!("other.{value}"), json!(OURS)).await;
    // The other window writes while this one keeps the focus, as it does for somebody at the keyboard.
    let enter = format!(
        "const field = other.document.getElementById('note-{id}');
        Object.getOwnPropertyDescriptor(other.HTMLTextAreaElement.prototype, 'value').set.call(field, arguments[0]);
        field.dispatchEvent(new other.InputEvent('input', {{ bubbles: true }}));"
    );
    page.run(&enter, json!(THEIRS)).await;
    // This one has heard of the other text, and still shows its own.
    page.until(&earlier(OURS)).await;
    assert_eq!(page.get(&value).await, json!(OURS));
    page.press("，写完了".chars()).await;
    let whole = format!("{OURS}，写完了");
    assert_eq!(page.get(&value).await, json!(whole));
    page.click("h1").await;
    page.until(&earlier(THEIRS)).await;
    assert_eq!(page.get(&value).await, json!(whole));

    // Leaving the other field as well: both windows agree, and both texts can be found in either.
    go_to(&page, &second).await;
    page.click(&note).await;
    page.click("h1").await;
    page.until_equal(&value, json!(THEIRS)).await;
    page.until(&earlier(&whole)).await;
    go_to(&page, &first).await;
    page.until_equal(&value, json!(THEIRS)).await;
    page.until(&earlier(&whole)).await;
    page.has_no_trouble().await;
}

async fn what_another_window_emptied_is_stored_again(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let [id, _] = two();
    page.load(&step()).await;
    answer(&page, id, Status::Done).await;
    is_saved(&page).await;
    // The page now shows what it found, and has written nothing itself.
    page.reload().await;
    page.until(&shows(id, Status::Done)).await;
    let [first, second] = second_window(&page).await;
    // Of our own address, but not our program: what is stored again, the first window stored.
    let elsewhere = page.url("no-page-of-ours");
    page.client.goto(&elsewhere).await.expect("the server answers");
    // The second time the notice is open already, and everything was written by the page itself.
    for _ in 0..2 {
        go_to(&page, &second).await;
        assert_eq!(page.get(IS_STORED).await, json!(true));
        page.run("localStorage.clear()", json!(null)).await;
        go_to(&page, &first).await;
        page.find("[data-notice=emptied]").await;
        page.until(IS_STORED).await;
    }
    page.click("[data-notice=emptied] [data-action=close-notice]").await;
    page.until("!document.querySelector('[data-notice]')").await;
    page.reload().await;
    page.until(&shows(id, Status::Done)).await;
    page.has_no_trouble().await;
}

async fn what_another_window_wiped_is_not_written_back(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let [one, other] = two();
    page.load(&step()).await;
    answer(&page, one, Status::Done).await;
    is_saved(&page).await;
    // The page now shows what it found, and has written nothing itself.
    page.reload().await;
    page.until(&shows(one, Status::Done)).await;
    let [first, second] = second_window(&page).await;
    page.load(&Route::Safety.path()).await;
    page.click("[data-action=wipe-everything]").await;
    page.click("[data-action=confirm-wipe]").await;
    page.until_equal(OURS, json!([])).await;

    go_to(&page, &first).await;
    page.find("[data-notice=wiped-elsewhere]").await;
    page.until(&shows(one, Status::Done)).await;
    // However far up the notice is, the header does not claim that anything is saved.
    page.until("document.querySelector('.header__saving').textContent.includes('没有保存')").await;
    answer(&page, other, Status::InProgress).await;
    // Whatever the page does after a click, it has done by then.
    page.run_async("requestAnimationFrame(() => setTimeout(arguments[1]))", json!(null)).await;
    assert_eq!(page.get(OURS).await, json!([]));
    go_to(&page, &second).await;
    assert_eq!(page.get(OURS).await, json!([]));
    page.has_no_trouble().await;

    // Unless somebody says so.
    go_to(&page, &first).await;
    page.click("[data-notice=wiped-elsewhere] [data-action=keep]").await;
    page.until(IS_STORED).await;
    page.until("document.querySelector('.header__saving').textContent.includes('已保存')").await;
    page.reload().await;
    page.until(&format!("{} && {}", shows(one, Status::Done), shows(other, Status::InProgress))).await;
    page.has_no_trouble().await;
}

/// What the window itself remembers of ours, as a JavaScript expression.
const REMEMBERED: &str = "JSON.stringify(Object.entries(sessionStorage).filter(([key]) => key !== 'troubles'))";

async fn wiping_in_another_window_leaves_nothing_in_what_this_one_remembers(browser: Rc<Browser>) {
    const NOTE: &str = "不该留下的话";
    let page = browser.open(Setup::default()).await;
    let [one, other] = two();
    let note = format!("[id='note-{one}']");
    // Once the first window is on the page while the other wipes, once it is elsewhere.
    for is_there in [true, false] {
        page.load(&step()).await;
        answer(&page, one, Status::Done).await;
        // Loaded again, the page may bring the box back open.
        page.run("document.querySelector(arguments[0]).open = true", json!(format!("{} .record", card(one)))).await;
        page.write(&note, NOTE).await;
        is_saved(&page).await;
        let [first, second] = second_window(&page).await;
        if !is_there {
            go_to(&page, &first).await;
            page.client.goto(&page.url("no-page-of-ours")).await.expect("the server answers");
            go_to(&page, &second).await;
        }
        page.load(&Route::Safety.path()).await;
        page.click("[data-action=wipe-everything]").await;
        page.click("[data-action=confirm-wipe]").await;
        page.until_equal(OURS, json!([])).await;
        page.client.close_window().await.expect("it can be closed");
        go_to(&page, &first).await;
        if is_there {
            page.find("[data-notice=wiped-elsewhere]").await;
        }
        page.load(&step()).await;
        page.until(&shows(one, Status::Unchecked)).await;
        page.until(&format!("!{REMEMBERED}.includes('{NOTE}')")).await;
        page.find(".travel__button[title^='没有可以撤销的']").await;
        assert_eq!(page.get("document.querySelectorAll('[data-notice], [data-trouble]').length").await, json!(0));
        // What is answered now begins another workbook, with nothing of the wiped one in it.
        answer(&page, other, Status::InProgress).await;
        is_saved(&page).await;
        page.reload().await;
        page.until(&format!("{} && {}", shows(one, Status::Unchecked), shows(other, Status::InProgress))).await;
        assert_eq!(page.get(&format!("{OURS}.join().includes('{NOTE}')")).await, json!(false));
        page.has_no_trouble().await;
    }
}

/// Has an answer given in the very moment a page is brought back, before anything else can happen.
fn answer_when_brought_back(id: RequirementId, status: Status) -> String {
    format!(
        "window.isSameDocument = true;
        addEventListener('pageshow', event => {{
            window.isBroughtBack = event.persisted;
            document.querySelector(\"{} input[value={}]\").click();
        }});",
        card(id),
        status.as_str()
    )
}

/// That the browser shows the same document again. Firefox loads it anew when it is driven; the answer is given then.
async fn is_brought_back(browser: &Browser, page: &Page, id: RequirementId, status: Status) {
    let is_same = page.get("window.isSameDocument === true && window.isBroughtBack === true").await == json!(true);
    assert!(is_same || browser.engine == Engine::Firefox, "loaded anew");
    if !is_same {
        answer(page, id, status).await;
    }
}

async fn a_page_brought_back_takes_up_what_was_stored_meanwhile_before_any_input(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let elsewhere = Page::serve(&Setup::default());
    let [one, other] = two();
    page.load(&step()).await;
    answer(&page, one, Status::Done).await;
    is_saved(&page).await;
    page.run(&answer_when_brought_back(one, Status::InProgress), json!(null)).await;
    page.client.goto(&elsewhere.url()).await.expect("the other site is there");
    let [first, second] = second_window(&page).await;
    page.load(&step()).await;
    page.until(&shows(one, Status::Done)).await;
    answer(&page, other, Status::NotStarted).await;
    is_saved(&page).await;
    go_to(&page, &first).await;
    page.client.back().await.expect("back");
    page.running().await;
    is_brought_back(&browser, &page, one, Status::InProgress).await;
    page.until(&format!("{} && {}", shows(one, Status::InProgress), shows(other, Status::NotStarted))).await;
    is_saved(&page).await;
    go_to(&page, &second).await;
    page.until(&format!("{} && {}", shows(one, Status::InProgress), shows(other, Status::NotStarted))).await;
    page.reload().await;
    page.until(&format!("{} && {}", shows(one, Status::InProgress), shows(other, Status::NotStarted))).await;
    page.has_no_trouble().await;
}

async fn a_page_brought_back_does_not_take_away_what_the_next_page_stored(browser: Rc<Browser>) {
    const DATES: [(&str, &str); 3] =
        [("mobilisation-start", "2020-04-01"), ("mobilisation-end", "2020-05-31"), ("research-end", "2020-09-30")];
    let page = browser.open(Setup::default()).await;
    let [one, other] = two();
    page.load(&step()).await;
    answer(&page, one, Status::Done).await;
    is_saved(&page).await;
    page.run(&answer_when_brought_back(one, Status::InProgress), json!(null)).await;
    // As from the address bar: not one of our links.
    page.load(&Route::Dates(KIND).path()).await;
    let enter = "const field = document.getElementsByName(arguments[0][0])[0];
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, arguments[0][1]);
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));";
    for date in DATES {
        page.run(enter, json!(date)).await;
    }
    is_saved(&page).await;
    page.client.back().await.expect("back");
    page.arrived(&step()).await;
    is_brought_back(&browser, &page, one, Status::InProgress).await;
    page.until(&shows(one, Status::InProgress)).await;
    answer(&page, other, Status::NotStarted).await;
    is_saved(&page).await;
    page.load(&Route::Dates(KIND).path()).await;
    for (name, date) in DATES {
        page.until_equal(&format!("document.getElementsByName('{name}')[0].value"), json!(date)).await;
    }
    page.load(&step()).await;
    page.until(&format!("{} && {}", shows(one, Status::InProgress), shows(other, Status::NotStarted))).await;
    page.has_no_trouble().await;
}
