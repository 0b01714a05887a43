//! Dates: which bind, which the unit sets, what is late on the day that is looked at.

use std::rc::Rc;

use plan_checklist::Route;
use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::{Status, UnitKind};
use serde_json::{Value, json};

use crate::driver::{Browser, in_each_engine, in_webkit_too};
use crate::page::{Page, Setup};

in_each_engine! {
    an_old_cycle_is_not_all_alarm_and_the_current_one_is_offered,
    what_is_late_follows_the_day_that_is_looked_at,
    another_cycle_has_its_own_dates_and_words,
    dates_of_the_units_own_are_kept_shown_and_warned_about,
    due_dates_are_proposed_adjusted_taken_over_and_taken_back,
    the_calendar_file_names_each_date_the_same_every_time,
    what_runs_ahead_is_found_with_the_reason,
}

in_webkit_too! {
    dates_of_the_units_own_are_kept_shown_and_warned_about,
    due_dates_are_proposed_adjusted_taken_over_and_taken_back,
    the_calendar_file_names_each_date_the_same_every_time,
}

const KIND: UnitKind = UnitKind::County;

fn dates() -> String {
    Route::Dates(KIND).path()
}

/// Looks at a day, as the page lets one do.
async fn look_at(page: &Page, day: &str) {
    page.load(&dates()).await;
    page.enter("day", day).await;
    page.find(".banner--day").await;
}

async fn choose_cycle(page: &Page, year: u16) {
    page.click(&format!("input[name=cycle][value='{year}']")).await;
    page.find(&format!("[data-cycle='{year}']")).await;
}

/// The number beside the way to the dates.
const BADGE: &str = "(document.querySelector('.nav .badge') || { textContent: '' }).textContent";
const IS_SAVED: &str = "!!document.querySelector('[data-saving=saved]')";

async fn an_old_cycle_is_not_all_alarm_and_the_current_one_is_offered(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    look_at(&page, "2026-08-01").await;
    choose_cycle(&page, 2021).await;
    page.until(IS_SAVED).await;
    page.load(&Route::TaskList(KIND).path()).await;
    let note = page.text(".note").await;
    assert!(note.contains("早已结束") && note.contains("“十五五”"), "{note}");
    assert_eq!(page.get(BADGE).await, json!(""));
    page.click("[data-action=choose-cycle]").await;
    page.until("!document.querySelector('[data-action=choose-cycle]')").await;
    // Half a year past the approval of 2026, but not long past.
    page.until_equal(BADGE, json!("逾期 2")).await;
    page.reload().await;
    page.until_equal(BADGE, json!("逾期 2")).await;
    page.has_no_trouble().await;
}

async fn what_is_late_follows_the_day_that_is_looked_at(browser: Rc<Browser>) {
    let page = browser.open(Setup::at_the_speech()).await;
    // What nobody has begun is not called late.
    look_at(&page, "2021-07-01").await;
    page.until_equal(BADGE, json!("")).await;
    page.load(&Route::TaskList(KIND).path()).await;
    page.write("#filler-name", "张三").await;
    page.until(IS_SAVED).await;
    for (day, badge) in
        [("2020-06-01", ""), ("2020-12-01", "临近 1"), ("2021-01-01", "逾期 1"), ("2021-07-01", "逾期 2")]
    {
        look_at(&page, day).await;
        page.until_equal(BADGE, json!(badge)).await;
    }
    page.load(&Route::TaskList(KIND).path()).await;
    let steps = "[...document.querySelectorAll('.task__late')].map(late => late.textContent)";
    page.until_equal(steps, json!(["逾期 2 项"])).await;
    page.load(&Route::Review(KIND).path()).await;
    page.find("[data-finding=overdue]").await;
    page.click(".banner--day [data-action=today]").await;
    page.until("!document.querySelector('.banner--day') && !document.querySelector('[data-finding=overdue]')").await;
    page.reload().await;
    page.until("!document.querySelector('.banner--day')").await;
    page.has_no_trouble().await;
}

async fn another_cycle_has_its_own_dates_and_words(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    look_at(&page, "2025-12-20").await;
    // Nobody chose it: it is that of the day.
    page.find("[data-cycle='2026']").await;
    choose_cycle(&page, 2021).await;
    choose_cycle(&page, 2026).await;
    let follows = page.text("[data-cycle]").await;
    assert!(follows.contains("2025年12月31日") && follows.contains("2026年6月30日"), "{follows}");
    page.until_equal(BADGE, json!("临近 1")).await;
    page.until(IS_SAVED).await;
    let step = builtin().steps.iter().position(|step| step.id == "four-grasps").expect("the step is there");
    page.load(&Route::Step(KIND, step).path()).await;
    page.until_equal("document.getElementById('title-2.4-c').textContent", json!("目标：总结评估“十四五”")).await;
    // Any first year at all; the words of the speech's cycle come back with it.
    page.load(&dates()).await;
    page.enter("cycle-year", "2028").await;
    page.find("[data-cycle='2028']").await;
    page.enter("cycle-year", "二〇二八").await;
    page.find("[data-cycle='2028']").await;
    choose_cycle(&page, 2021).await;
    page.until(IS_SAVED).await;
    page.load(&Route::Step(KIND, step).path()).await;
    page.until_equal("document.getElementById('title-2.4-c').textContent", json!("目标：总结评估“十三五”")).await;
    page.has_no_trouble().await;
}

async fn dates_of_the_units_own_are_kept_shown_and_warned_about(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    look_at(&page, "2020-05-20").await;
    let warnings = "[...document.querySelectorAll('[data-warnings] li')].map(warning => warning.textContent)";
    page.enter("mobilisation-start", "2020-04-01").await;
    page.enter("mobilisation-end", "2020-03-01").await;
    page.until(&format!("{warnings}.some(text => text.includes('结束早于开始'))")).await;
    page.enter("mobilisation-end", "2020-05-31").await;
    page.until_equal(warnings, json!([])).await;
    page.enter("research-end", "2021-02-01").await;
    page.until(&format!("{warnings}.some(text => text.includes('前期研究排到了2020年12月31日之后'))")).await;
    page.enter("research-end", "").await;

    page.click("[data-action=add-milestone]").await;
    page.until("document.activeElement.matches('[data-milestone] input')").await;
    let names =
        "[...document.querySelectorAll('[data-milestone] input:not([type=checkbox])')].map(field => field.name)";
    let names = page.get(names).await;
    let (name, date) = (names[0].as_str().expect("a name"), names[1].as_str().expect("a date"));
    page.enter(name, "思路<b>上会</b>").await;
    page.enter(date, "2020-05-10").await;
    page.click("[data-milestone] summary").await;
    page.click("[data-milestone] input[type=checkbox]").await;
    page.until_equal("document.querySelector('.milestone .urgency').textContent", json!("逾期")).await;
    let in_table =
        "[...document.querySelectorAll('.chart__table th')].some(cell => cell.textContent === '思路<b>上会</b>')";
    page.until(in_table).await;
    page.until(IS_SAVED).await;
    page.reload().await;
    page.until(in_table).await;
    let kept = "['mobilisation-start', 'mobilisation-end', 'research-end'].map(name => document.getElementsByName(name)[0].value)";
    page.until_equal(kept, json!(["2020-04-01", "2020-05-31", ""])).await;
    page.load(&Route::Review(KIND).path()).await;
    page.until("document.querySelector('[data-finding=milestones]').textContent.includes('逾期')").await;
    page.has_no_trouble().await;
}

/// The dates of all that is dated, by requirement.
const DUES: &str = "Object.fromEntries([...document.querySelectorAll('[data-due]')].map(row => [row.dataset.due, row.querySelector('.dates__edge').firstChild.textContent]))";

async fn due_dates_are_proposed_adjusted_taken_over_and_taken_back(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    look_at(&page, "2020-03-02").await;
    let count = builtin().requirements_for(KIND).count();
    assert_eq!(page.get(&format!("Object.keys({DUES}).length")).await, json!(2));
    page.click("[data-action=propose]").await;
    // Those that the speech dates have no date of the unit's own yet.
    page.find(&format!("[data-plan='{count}']")).await;
    let [first, second] = [0, 1].map(|at| builtin().requirements_for(KIND).nth(at).expect("two at least").id);
    page.enter(&format!("plan-{first}"), "2020-03-09").await;
    page.enter(&format!("plan-{second}"), "").await;
    page.find(&format!("[data-plan='{}']", count - 1)).await;
    page.click("[data-action=apply-plan]").await;
    page.until_equal(&format!("Object.keys({DUES}).length"), json!(count - 1)).await;
    let dues = page.get(DUES).await;
    assert_eq!(dues[first.as_str()], json!("2020年3月9日"));
    assert_eq!(dues[second.as_str()], Value::Null);
    page.until(IS_SAVED).await;
    page.run("document.querySelector('.travel__button:not([aria-disabled])').click()", json!(null)).await;
    page.until_equal(&format!("Object.keys({DUES}).length"), json!(2)).await;
    page.until_equal("document.getElementsByName('mobilisation-end')[0].value", json!("")).await;
    page.run("document.querySelectorAll('.travel__button')[1].click()", json!(null)).await;
    page.until_equal(DUES, dues.clone()).await;
    page.until(IS_SAVED).await;
    page.reload().await;
    page.until_equal(DUES, dues).await;
    page.has_no_trouble().await;
}

async fn the_calendar_file_names_each_date_the_same_every_time(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    look_at(&page, "2020-03-02").await;
    page.click("[data-action=propose]").await;
    page.click("[data-action=apply-plan]").await;
    let count = builtin().requirements_for(KIND).count();
    page.until_equal(&format!("Object.keys({DUES}).length"), json!(count)).await;
    let listen = "
        window.files = [];
        const create = URL.createObjectURL;
        URL.createObjectURL = blob => { blob.text().then(text => window.files.push([blob.type, text])); return create.call(URL, blob); };";
    page.run(listen, json!(null)).await;
    for files in 1..=2 {
        page.run("[...document.querySelectorAll('[data-action=calendar]')].pop().click()", json!(null)).await;
        page.until(&format!("window.files.length === {files}")).await;
    }
    let files = page.get("window.files").await;
    let uids = |at: usize| -> Vec<String> {
        let text = files[at][1].as_str().expect("a text");
        assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
        assert_eq!(files[at][0], json!("text/calendar"));
        text.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect()
    };
    assert_eq!(uids(0).len(), count);
    assert_eq!(uids(0), uids(1));
    page.has_no_trouble().await;
}

async fn what_runs_ahead_is_found_with_the_reason(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let id = "2.2-c";
    let step = builtin().steps.iter().position(|step| step.requirements.iter().any(|found| found.id.as_str() == id));
    page.load(&Route::Step(KIND, step.expect("the requirement is there")).path()).await;
    page.click(&format!("[id='{id}'] input[value={}]", Status::InProgress.as_str())).await;
    page.until(IS_SAVED).await;
    page.load(&Route::Review(KIND).path()).await;
    page.find("[data-finding=order]").await;
    let found = page.text("[data-finding=order]").await;
    for part in ["推进中", "建议", "讲话二（二）", "送审之后往往还要改文稿"] {
        assert!(found.contains(part), "{part}: {found}");
    }
    page.has_no_trouble().await;
}
