//! The keyboard alone: everything is reached, in order and visibly, and shortcuts never get in the way of typing.

use std::rc::Rc;

use plan_checklist::Route;
use plan_checklist_domain::UnitKind;
use plan_checklist_domain::catalogue::builtin;
use serde_json::{Value, json};

use crate::driver::{Browser, in_each_engine, in_webkit_too};
use crate::page::{ALT, DOWN, ENTER, ESCAPE, Page, SHIFT, SPACE, Setup, TAB};

in_each_engine! {
    tab_reaches_everything_in_order_and_visibly,
    a_requirement_is_answered_without_a_mouse,
    shortcuts_answer_and_move,
    shortcuts_never_fire_while_typing,
    the_help_opens_holds_the_focus_and_gives_it_back,
}

in_webkit_too! {
    a_requirement_is_answered_without_a_mouse,
    the_help_opens_holds_the_focus_and_gives_it_back,
}

const STEP: usize = 4;

fn path() -> String {
    Route::Step(UnitKind::County, STEP).path()
}

fn ids() -> Vec<&'static str> {
    builtin().steps[STEP].requirements_for(UnitKind::County).map(|requirement| requirement.id.as_str()).collect()
}

async fn open(browser: &Browser) -> Rc<Page> {
    let page = browser.open(Setup::default()).await;
    page.load(&path()).await;
    page
}

async fn focused_requirement(page: &Page, id: &str) {
    page.until_equal("document.activeElement.id", json!(id)).await;
}

async fn status_of(page: &Page, id: &str, status: &str) {
    page.until_equal(&format!("document.getElementById('{id}').dataset.status"), json!(status)).await;
    page.until_equal(&format!("document.querySelector(\"[id='{id}'] input:checked\").value"), json!(status)).await;
}

/// All that Tab must reach, in the order of the page; of a group of radios only the chosen one.
const REACHABLE: &str = "
    const all = document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex=\"0\"]');
    window.reachable = [...all].filter(element =>
        !element.disabled && element.getClientRects().length > 0 && (element.type !== 'radio' || element.checked)
        && getComputedStyle(element).visibility === 'visible' && !element.closest('details:not([open]) > :not(summary)'));
    window.stops = [];
    addEventListener('focusin', event => {
        // A radio lies invisibly above its face, which shows the focus for it.
        const shown = event.target.type === 'radio' ? event.target.nextElementSibling : event.target;
        const style = getComputedStyle(shown);
        const box = shown.getBoundingClientRect();
        stops.push({
            at: reachable.indexOf(event.target),
            isVisible: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
                && box.bottom > 0 && box.top < innerHeight && box.width > 0,
            what: event.target.outerHTML.slice(0, 120),
        });
    });
    return reachable.length;";

async fn tab_reaches_everything_in_order_and_visibly(browser: Rc<Browser>) {
    let page = open(&browser).await;
    page.open_record(&format!("[id='{}']", ids()[1])).await;
    page.click(&format!("[id='{}'] [data-action=add-evidence]", ids()[1])).await;
    page.until("document.querySelector('.evidence__entry')").await;
    // Loaded anew, the page has the keyboard at its top; a click would have taken it along.
    page.load(&path()).await;
    assert_eq!(page.get("document.activeElement.tagName").await, json!("BODY"));
    page.run("document.querySelectorAll('details.record')[1].open = true", json!(null)).await;
    let count = page.run(REACHABLE, json!(null)).await.as_u64().expect("a number");
    assert!(count > 60, "only {count} things to reach");
    assert_eq!(page.get("reachable[0].className").await, json!("skip-link"));
    let is_through = format!("stops.some(stop => stop.at === {count} - 1)");
    // A date field holds several stops of its own, so the number of presses is not known beforehand.
    for _ in 0..count {
        if page.get(&is_through).await == json!(true) {
            break;
        }
        page.press([TAB; 8]).await;
    }
    let stops = page.get("stops").await;
    let mut order: Vec<u64> = Vec::new();
    for stop in stops.as_array().expect("a list") {
        let at = stop["at"].as_u64().unwrap_or_else(|| panic!("Tab reaches what it should not: {stop}"));
        if order.last() == Some(&(count - 1)) {
            break;
        }
        assert_eq!(stop["isVisible"], json!(true), "the focus is not to be seen: {stop}");
        if order.last() != Some(&at) {
            order.push(at);
        }
    }
    assert_eq!(order, (0..count).collect::<Vec<_>>(), "{stops}");
    page.has_no_trouble().await;
}

async fn a_requirement_is_answered_without_a_mouse(browser: Rc<Browser>) {
    let page = open(&browser).await;
    let id = ids()[0];
    page.press(['j']).await;
    focused_requirement(&page, id).await;
    // Past the points, the advice and the locators to the statuses; arrow keys choose among them.
    let is_radio = "document.activeElement.type === 'radio'";
    for _ in 0..14 {
        if page.get(is_radio).await == json!(true) {
            break;
        }
        page.press([TAB]).await;
    }
    assert_eq!(page.get(is_radio).await, json!(true));
    page.press([DOWN]).await;
    status_of(&page, id, "not-started").await;
    page.press([DOWN, DOWN]).await;
    status_of(&page, id, "done").await;
    // What belongs to an answer is open by now.
    page.press([TAB]).await;
    page.press("李四".chars()).await;
    // A date field holds several stops of its own.
    let is_note = format!("document.activeElement.id === 'note-{id}'");
    for _ in 0..9 {
        if page.get(&is_note).await == json!(true) {
            break;
        }
        page.press([TAB]).await;
    }
    page.press("已报送1".chars()).await;
    let fields = format!("['note', 'owner'].map(name => document.getElementById(name + '-{id}').value)");
    page.until_equal(&fields, json!(["已报送1", "李四"])).await;
    // On to the button that adds evidence, and into the entry it brings.
    let is_button = "document.activeElement.dataset.action === 'add-evidence'";
    for _ in 0..9 {
        if page.get(is_button).await == json!(true) {
            break;
        }
        page.press([TAB]).await;
    }
    page.press([SPACE]).await;
    page.until(&format!("document.querySelector(\"[id='{id}'] .evidence__what input\")")).await;
    status_of(&page, id, "done").await;
    page.has_no_trouble().await;
}

async fn shortcuts_answer_and_move(browser: Rc<Browser>) {
    let page = open(&browser).await;
    let ids = ids();
    page.press(['j']).await;
    focused_requirement(&page, ids[0]).await;
    for (key, status) in [
        ('2', "not-started"),
        ('3', "in-progress"),
        ('4', "done"),
        ('5', "not-applicable"),
        ('1', "unchecked"),
        ('4', "done"),
    ] {
        page.press([key]).await;
        status_of(&page, ids[0], status).await;
    }
    page.press("jj".chars()).await;
    focused_requirement(&page, ids[2]).await;
    page.press("3k".chars()).await;
    focused_requirement(&page, ids[1]).await;
    status_of(&page, ids[2], "in-progress").await;
    page.press("2n".chars()).await;
    page.arrived(&format!("{}#{}", path(), ids[3])).await;
    focused_requirement(&page, ids[3]).await;
    // From a radio as well: it takes no text.
    page.click(&format!("[id='{}'] input[value=done]", ids[3])).await;
    page.press(['n']).await;
    focused_requirement(&page, ids[4]).await;
    page.press(['/']).await;
    page.until("location.pathname.endsWith('/county/all/')").await;
    page.running().await;
    page.until_equal("document.activeElement.type", json!("search")).await;
    page.until("document.querySelector('.filter__words label').getBoundingClientRect().top >= 0").await;
    page.press("定位".chars()).await;
    page.until("document.querySelectorAll('.row').length < 9").await;
    page.has_no_trouble().await;
}

async fn shortcuts_never_fire_while_typing(browser: Rc<Browser>) {
    const KEYS: &str = "12345jkn/?";
    let page = open(&browser).await;
    let id = ids()[1];
    page.open_record(&format!("[id='{id}']")).await;
    page.click(&format!("[id='{id}'] [data-action=add-evidence]")).await;
    page.click(&format!("[id='{id}'] .evidence__more summary")).await;
    for field in
        [".record__body .field textarea", ".record__row input", ".evidence__what input", ".evidence__reference input"]
    {
        let field = format!("[id='{id}'] {field}");
        page.click(&field).await;
        page.press(KEYS.chars()).await;
        page.until_equal(&format!("document.querySelector(\"{field}\").value"), json!(KEYS)).await;
        page.until(&format!("document.activeElement.matches(\"{field}\")")).await;
    }
    status_of(&page, id, "unchecked").await;
    assert_eq!(page.get("document.querySelector('[role=dialog]')").await, Value::Null);
    // Nor with a modifier held, when the browser or a system means something by it.
    page.load(&path()).await;
    page.press(['j']).await;
    focused_requirement(&page, ids()[0]).await;
    page.press_with(ALT, "4jk?".chars()).await;
    assert_eq!(page.get("document.querySelector('[role=dialog]')").await, Value::Null);
    focused_requirement(&page, ids()[0]).await;
    status_of(&page, ids()[0], "unchecked").await;
    page.load("county/all/").await;
    page.press(['/']).await;
    page.until_equal("document.activeElement.type", json!("search")).await;
    page.press(KEYS.chars()).await;
    page.until_equal("document.activeElement.value", json!(KEYS)).await;
    page.until("location.pathname.endsWith('/county/all/')").await;
    page.load("county/").await;
    page.click("#unit-name").await;
    page.press(KEYS.chars()).await;
    page.until_equal("document.querySelector('#unit-name').value", json!(KEYS)).await;
    page.arrived("county/").await;
    page.has_no_trouble().await;
}

async fn the_help_opens_holds_the_focus_and_gives_it_back(browser: Rc<Browser>) {
    let page = open(&browser).await;
    let id = ids()[1];
    page.press("jj".chars()).await;
    focused_requirement(&page, id).await;
    page.press(['?']).await;
    assert!(page.text("[role=dialog]").await.contains("下一个未核对"));
    let is_inside = "!!document.activeElement.closest('[role=dialog]')";
    page.until(is_inside).await;
    page.press([TAB, TAB]).await;
    page.press_with(SHIFT, [TAB]).await;
    assert_eq!(page.get(is_inside).await, json!(true));
    // Behind the open help, no shortcut does anything.
    page.press("4jn".chars()).await;
    page.press([ESCAPE]).await;
    page.until("!document.querySelector('[role=dialog]')").await;
    focused_requirement(&page, id).await;
    status_of(&page, id, "unchecked").await;
    page.click(".footer__help").await;
    page.find("[role=dialog]").await;
    page.press([ENTER]).await;
    page.until("!document.querySelector('[role=dialog]')").await;
    page.until("document.activeElement.matches('.footer__help')").await;
    page.has_no_trouble().await;
}
