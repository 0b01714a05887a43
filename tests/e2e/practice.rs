//! 练习县: looked through, handed in, scored; and nothing of it among the real workbooks.

use std::rc::Rc;

use plan_checklist::Route;
use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::training::practice::{Practice, SETS};
use plan_checklist_domain::{RequirementId, UnitKind};
use serde_json::{Value, json};

use crate::driver::{Browser, in_each_engine, in_webkit_too};
use crate::page::{DOWN, ENTER, Page, Setup, TAB};

in_each_engine! {
    a_set_answered_right_finds_all_that_was_planted,
    a_sound_answer_accused_is_shown_as_such,
    what_was_said_survives_a_reload_and_touches_no_workbook,
    an_answer_is_judged_without_a_mouse,
}

in_webkit_too! {
    what_was_said_survives_a_reload_and_touches_no_workbook,
}

/// Begins a set, or goes on with it.
pub(crate) async fn begin(page: &Page, set: u8) {
    page.load(&Route::Practice.path()).await;
    page.click(&format!("[data-set='{set}'] [data-action=begin-set]:not(:disabled)")).await;
    page.find("[data-sheet]").await;
}

/// Goes to the step at this position.
async fn go_to_step(page: &Page, at: usize) {
    page.run(
        "const list = document.querySelector('[name=practice-step]'); list.value = arguments[0];
         list.dispatchEvent(new Event('change', {bubbles: true}));",
        json!(at.to_string()),
    )
    .await;
    let first = builtin().steps[at].requirements_for(UnitKind::County).next().expect("it asks for some").id;
    page.find(&format!("[data-sheet='{first}']")).await;
}

/// Says of every answer of the step shown what the set has planted there.
async fn judge_step(page: &Page, practice: &Practice, at: usize) {
    go_to_step(page, at).await;
    for asked in builtin().steps[at].requirements_for(UnitKind::County) {
        let word = practice.fault(asked.id).map_or("sound", |fault| fault.kinds[0].as_str());
        judge(page, asked.id, word).await;
    }
}

pub(crate) async fn judge(page: &Page, id: RequirementId, word: &str) {
    page.run(
        "const [name, word] = arguments[0]; const list = document.getElementsByName(name)[0];
         list.value = word; list.dispatchEvent(new Event('change', {bubbles: true}));",
        json!([format!("verdict-{id}"), word]),
    )
    .await;
    page.find(&format!("[data-sheet='{id}'][data-verdict='{word}']")).await;
}

pub(crate) async fn hand_in(page: &Page) {
    page.click("[data-action=ask-hand-in]").await;
    page.until("document.activeElement.id == 'practice-asked'").await;
    page.click("[data-action=hand-in-practice]").await;
    page.find("[data-list]").await;
}

/// The ids in a list of the result.
async fn listed(page: &Page, list: &str, what: &str) -> Vec<String> {
    let ids = page
        .get(&format!(
            "[...document.querySelectorAll('[data-list={list}] [data-{what}]')].map(item => item.dataset.{what})"
        ))
        .await;
    let ids = ids.as_array().expect("a list").iter().filter_map(Value::as_str).map(str::to_owned);
    let mut ids: Vec<_> = ids.collect();
    ids.sort();
    ids
}

async fn a_set_answered_right_finds_all_that_was_planted(browser: Rc<Browser>) {
    for set in SETS {
        let page = browser.open(Setup::on("2026-11-30")).await;
        let practice = Practice::set(builtin(), set);
        begin(&page, set).await;
        for at in 0..builtin().steps.len() {
            judge_step(&page, &practice, at).await;
        }
        hand_in(&page).await;
        page.until("document.activeElement.id == 'practice-heading'").await;
        let mut planted: Vec<_> = practice.faults.iter().map(|fault| fault.id.clone()).collect();
        planted.sort();
        assert_eq!(listed(&page, "found", "fault").await, planted);
        assert_eq!(listed(&page, "missed", "fault").await, Vec::<String>::new());
        assert_eq!(listed(&page, "accused", "accused").await, Vec::<String>::new());
        let heading = page.text("#practice-heading").await;
        assert!(heading.contains(&format!("得 {0} 分，满分 {0} 分", planted.len())), "{heading}");
        page.has_no_trouble().await;
    }
}

async fn a_sound_answer_accused_is_shown_as_such(browser: Rc<Browser>) {
    let page = browser.open(Setup::on("2026-11-30")).await;
    let practice = Practice::set(builtin(), 1);
    begin(&page, 1).await;
    let asked = || builtin().steps[0].requirements_for(UnitKind::County).map(|asked| asked.id);
    let sound = asked().find(|id| practice.fault(*id).is_none()).expect("one is sound");
    let planted = asked().find_map(|id| practice.fault(id)).expect("one is not");
    judge(&page, sound, "gap").await;
    let other = if planted.kinds.iter().any(|kind| kind.as_str() == "owner") { "late" } else { "owner" };
    judge(&page, planted.requirement, other).await;
    // What was not looked at is said before it is handed in.
    page.click("[data-action=ask-hand-in]").await;
    page.until("document.getElementById('practice-asked').textContent.includes('还有 70 项没有看')").await;
    page.click("[data-action=keep-reviewing]").await;
    hand_in(&page).await;
    assert_eq!(listed(&page, "accused", "accused").await, [sound.to_string()]);
    assert_eq!(listed(&page, "found", "fault").await, std::slice::from_ref(&planted.id));
    assert_eq!(listed(&page, "missed", "fault").await.len(), practice.faults.len() - 1);
    let heading = page.text("#practice-heading").await;
    assert!(heading.contains("得 0 分"), "half a point less one: {heading}");
    // Once more: nothing of the last time is left in it.
    page.click("[data-action=again]").await;
    page.find("[data-sheet]").await;
    page.until("![...document.querySelectorAll('[data-sheet]')].some(sheet => sheet.dataset.verdict)").await;
    page.click("[data-action=practice-start]").await;
    page.until("document.querySelector(\"[data-set='1']\").textContent.includes('第 1 次得 0 分')").await;
    page.has_no_trouble().await;
}

async fn what_was_said_survives_a_reload_and_touches_no_workbook(browser: Rc<Browser>) {
    let page = browser.open(Setup::on("2026-11-30")).await;
    begin(&page, 2).await;
    let first = builtin().steps[0].requirements_for(UnitKind::County).next().expect("it asks for some").id;
    judge(&page, first, "basis").await;
    go_to_step(&page, 1).await;
    let second = builtin().steps[1].requirements_for(UnitKind::County).next().expect("it asks for some").id;
    judge(&page, second, "sound").await;
    // The step is shown again, with what was said.
    page.reload().await;
    page.find(&format!("[data-sheet='{second}'][data-verdict='sound']")).await;
    page.click("[data-action=previous-step]").await;
    page.find(&format!("[data-sheet='{first}'][data-verdict='basis']")).await;
    // Taken back.
    judge(&page, first, "").await;
    page.click("[data-action=practice-start]").await;
    page.until("document.querySelector(\"[data-set='2']\").textContent.includes('看过 1 项，指出 0 处')").await;
    // Only the log was written.
    let keys = "Object.keys(localStorage).filter(key => key.startsWith('plan-checklist/w/')).length";
    assert_eq!(page.get(keys).await, json!(0));
    page.load(&Route::Workbooks.path()).await;
    page.until("!document.querySelector('main').textContent.includes('练习')").await;
    page.load(&Route::Review(UnitKind::County).path()).await;
    page.until("document.querySelector('[data-count=unchecked]').textContent.includes('72')").await;
    page.has_no_trouble().await;
}

async fn an_answer_is_judged_without_a_mouse(browser: Rc<Browser>) {
    let page = browser.open(Setup::on("2026-11-30")).await;
    begin(&page, 3).await;
    page.until("document.activeElement.id == 'practice-heading'").await;
    for _ in 0..30 {
        if page.get("document.activeElement.matches('[name^=verdict-]')").await == json!(true) {
            break;
        }
        page.press([TAB]).await;
    }
    page.press([DOWN]).await;
    // Where the arrow opens the list, Enter takes what it came to.
    if page.get("document.activeElement.closest('[data-sheet]').dataset.verdict").await == json!("") {
        page.press([ENTER]).await;
    }
    page.until("document.activeElement.closest('[data-sheet]').dataset.verdict === 'sound'").await;
    page.has_no_trouble().await;
}
