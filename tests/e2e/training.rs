//! 学习: rounds of every form, mistakes that come again, and progress that is kept like answers.

use std::fs;
use std::rc::Rc;

use plan_checklist::Route;
use plan_checklist_domain::storage::backup;
use plan_checklist_domain::training::bank::right_sides;
use plan_checklist_domain::training::{Choice, Form, Question, builtin};
use serde_json::json;

use crate::data::folder;
use crate::driver::{Browser, in_each_engine, in_webkit_too};
use crate::page::{DOWN, ENTER, Page, SPACE, Setup, TAB};

in_each_engine! {
    a_round_answered_right_of_every_form_gets_all_points,
    mistakes_fill_the_book_survive_reload_and_backup_and_leave_after_two_rounds,
    lessons_go_on_where_one_stopped,
    what_is_due_is_asked_again_with_a_grade,
    two_tabs_learn_from_each_other_and_a_wipe_wipes_it,
    a_round_needs_no_mouse,
    a_round_under_way_survives_a_reload,
    a_slip_is_taken_back_and_answered_anew,
}

in_webkit_too! {
    a_round_answered_right_of_every_form_gets_all_points,
    two_tabs_learn_from_each_other_and_a_wipe_wipes_it,
    a_round_under_way_survives_a_reload,
}

pub(crate) async fn begin(page: &Page, round: &str) {
    page.load(&Route::Quiz.path()).await;
    page.click(&format!(".rounds [data-action={round}]:not(:disabled)")).await;
    page.find("[data-question]").await;
}

/// The question on the screen.
async fn shown(page: &Page) -> &'static Question {
    let id = page.get("document.querySelector('[data-question]').dataset.question").await;
    builtin().question(id.as_str().expect("it has an id")).expect("the bank has it")
}

fn places(choices: &[Choice], is_right: bool) -> Vec<usize> {
    (0..choices.len()).filter(|at| choices[*at].is_right() == is_right).collect()
}

/// Answers the question on the screen, and hands the answer in.
pub(crate) async fn answer(page: &Page, is_right: bool) {
    let question = shown(page).await;
    match &question.form {
        Form::Single(options) => choose(page, &places(options, is_right)[..1]).await,
        Form::Multiple(options) => choose(page, &places(options, is_right)).await,
        Form::Judge { is_true, reasons } => {
            page.click(&format!("input[name=verdict][value='{}']", *is_true == is_right)).await;
            choose(page, &places(reasons, is_right)[..1]).await;
        }
        Form::Order(items) => {
            let wanted: Vec<usize> =
                if is_right { (0..items.len()).collect() } else { (0..items.len()).rev().collect() };
            for (place, item) in wanted.into_iter().enumerate() {
                // Up, until it is where it belongs.
                let at = format!(
                    "[...document.querySelectorAll('[data-item]')].findIndex(row => row.dataset.item == '{item}')"
                );
                loop {
                    let now = page.get(&at).await.as_u64().expect("it is in the list");
                    if now == place as u64 {
                        break;
                    }
                    page.click(&format!("#up-{item}")).await;
                    page.until_equal(&at, json!(now - 1)).await;
                }
            }
        }
        Form::Match(pairs) => {
            let sides = right_sides(&question.form);
            for (at, (_, right)) in pairs.iter().enumerate() {
                let side =
                    if is_right { right.as_str() } else { sides.iter().find(|side| *side != right).expect("another") };
                page.choose(&format!("#match-{at}"), side).await;
            }
        }
        Form::Blank(answers) => page.write("[name=blank]", if is_right { &answers[0] } else { "不知道" }).await,
    }
    page.click("[data-action=hand-in]:not(:disabled)").await;
    let expected = if is_right { "right" } else { "wrong" };
    page.until(&format!(
        "document.activeElement.id == 'verdict' && document.activeElement.dataset.outcome == '{expected}'"
    ))
    .await;
}

async fn choose(page: &Page, places: &[usize]) {
    for place in places {
        page.click(&format!("input[name=choice][value='{place}']")).await;
    }
}

/// Goes on to the next question, or to the result.
pub(crate) async fn go_on(page: &Page) {
    page.click(".asking [data-action=next]").await;
    page.until("document.activeElement.id == 'question' || document.activeElement.id == 'result'").await;
    page.until("!document.getElementById('verdict')").await;
}

async fn is_over(page: &Page) -> bool {
    page.get("!!document.getElementById('result')").await == json!(true)
}

/// How many questions a button of the page says there are.
async fn count(page: &Page, action: &str) -> i64 {
    let text = page.get(&format!("document.querySelector('.rounds [data-action={action}]').textContent")).await;
    let digits: String = text.as_str().expect("a text").chars().filter(char::is_ascii_digit).collect();
    digits.parse().expect("it says a number")
}

async fn a_round_answered_right_of_every_form_gets_all_points(browser: Rc<Browser>) {
    let page = browser.open(Setup::on("2026-11-30")).await;
    // The step with every form in the fewest questions.
    let forms = |step: &str| {
        let mut forms: Vec<_> = Vec::new();
        for question in builtin().questions.iter().filter(|question| question.step == step) {
            let form = std::mem::discriminant(&question.form);
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
        forms.len()
    };
    let steps: Vec<_> =
        plan_checklist_domain::catalogue::builtin().steps.iter().filter(|step| forms(&step.id) == 6).collect();
    let size = |step: &str| builtin().questions.iter().filter(|question| question.step == step).count();
    let step = steps.into_iter().min_by_key(|step| size(&step.id)).expect("some step has all forms");
    page.load(&Route::Quiz.path()).await;
    let label = format!("{}（{} 题）", step.title, size(&step.id));
    page.choose("#step", &label).await;
    page.click("[data-action=step]").await;
    page.find("[data-question]").await;
    while !is_over(&page).await {
        answer(&page, true).await;
        go_on(&page).await;
    }
    page.until("document.getElementById('result').dataset.points == document.getElementById('result').dataset.of")
        .await;
    page.click("[data-action=other]").await;
    page.until("document.querySelector('.rounds [data-action=mistakes]').disabled").await;
    page.has_no_trouble().await;
}

async fn mistakes_fill_the_book_survive_reload_and_backup_and_leave_after_two_rounds(browser: Rc<Browser>) {
    let page = browser.open(Setup::on("2026-11-30")).await;
    begin(&page, "quick").await;
    for is_right in [false, true, false] {
        answer(&page, is_right).await;
        go_on(&page).await;
    }
    page.click("[data-action=stop]").await;
    page.click(".result [data-action=other]").await;
    page.find(".rounds").await;
    page.until("!document.querySelector('.rounds [data-action=mistakes]').disabled").await;
    assert_eq!(count(&page, "mistakes").await, 2);

    // Out with the backup, and in again somewhere else.
    page.load(&Route::Safety.path()).await;
    page.run(
        "URL.createObjectURL = blob => { blob.text().then(text => { window.backup = text; }); return '#'; }",
        json!(null),
    )
    .await;
    page.click("[data-action=backup]:not(:disabled)").await;
    page.until("window.backup").await;
    let text = page.get("window.backup").await;
    let held = backup::import(text.as_str().expect("a text"), u64::MAX / 2).expect("a backup");
    assert_eq!((held.workbooks.len(), held.training.len(), held.losses.len()), (0, 3, 0));
    let file = folder(&format!("training-{:?}", browser.engine)).join("backup.json");
    fs::write(&file, text.as_str().expect("a text")).expect("the file can be written");
    let other = browser.open(Setup::on("2026-12-01")).await;
    other.load(&Route::Safety.path()).await;
    other
        .find("[name=backup-file]:not(:disabled)")
        .await
        .send_keys(&file.to_string_lossy())
        .await
        .expect("it can be picked");
    other.find("[data-training='3']").await;
    other.click("[data-action=apply-import]").await;
    other.find("[data-imported]").await;
    // In two rounds all are right: they leave.
    other.load(&Route::Quiz.path()).await;
    for left in [2, 2] {
        other.until("!document.querySelector('.rounds [data-action=mistakes]').disabled").await;
        assert_eq!(count(&other, "mistakes").await, left);
        other.click(".rounds [data-action=mistakes]").await;
        other.find("[data-question]").await;
        while !is_over(&other).await {
            answer(&other, true).await;
            go_on(&other).await;
        }
        other.click(".result [data-action=other]").await;
        other.find(".rounds").await;
    }
    other.until("document.querySelector('.rounds [data-action=quick]:not(:disabled)')").await;
    assert_eq!(count(&other, "mistakes").await, 0);
    other.has_no_trouble().await;
    page.has_no_trouble().await;
}

async fn lessons_go_on_where_one_stopped(browser: Rc<Browser>) {
    let page = browser.open(Setup::on("2026-11-30")).await;
    let id = |at: usize| builtin().lessons[at].id.as_str();
    let shows = |at: usize| format!("document.querySelector('.lesson').id == '{}'", id(at));
    page.load(&Route::Lessons.path()).await;
    page.until(&shows(0)).await;
    page.click(".lesson [data-action=next]").await;
    page.until(&format!("{} && document.activeElement.id == '{}'", shows(1), id(1))).await;
    // By keyboard, on and back.
    page.press(['\u{e014}']).await;
    page.until(&shows(2)).await;
    page.press(['\u{e012}']).await;
    page.until(&shows(1)).await;
    page.client.back().await.expect("the browser goes back");
    page.until(&shows(2)).await;
    // Two were read; it goes on with the third.
    page.load(&Route::Home.path()).await;
    page.until("document.querySelector('.doors').textContent.includes('已学 2 条')").await;
    page.load(&Route::Lessons.path()).await;
    page.until(&shows(2)).await;
    page.has_no_trouble().await;
}

async fn what_is_due_is_asked_again_with_a_grade(browser: Rc<Browser>) {
    let page = browser.open(Setup::on("2026-11-30")).await;
    begin(&page, "quick").await;
    answer(&page, false).await;
    page.load(&Route::Revision.path()).await;
    page.until("document.querySelector('.quiz').textContent.includes('今天没有到期的题')").await;
    // The next day, by the clock of a page that knows no other.
    page.run("localStorage.setItem('shift', 'yes')", json!(null)).await;
    let stored = page.run("return JSON.stringify(localStorage)", json!(null)).await;
    let later = browser.open(Setup::on("2026-12-02")).await;
    later.load(&Route::Home.path()).await;
    later
        .run(
            "for (const [key, text] of Object.entries(JSON.parse(arguments[0]))) localStorage.setItem(key, text)",
            stored,
        )
        .await;
    later.load(&Route::Revision.path()).await;
    later.click(".quiz [data-action=due]").await;
    answer(&later, true).await;
    let intervals = later.get("[...document.querySelectorAll('.grades .button')].map(button => parseInt(button.textContent.match(/[0-9]+/)[0]))").await;
    let intervals: Vec<i64> =
        intervals.as_array().expect("four").iter().filter_map(serde_json::Value::as_i64).collect();
    assert!(intervals.len() == 4 && intervals.is_sorted() && intervals[0] >= 1, "{intervals:?}");
    later.click("[data-action=good]").await;
    later.click(".result [data-action=other]").await;
    later.until("document.querySelector('.quiz').textContent.includes('今天没有到期的题')").await;
    later.has_no_trouble().await;
}

async fn two_tabs_learn_from_each_other_and_a_wipe_wipes_it(browser: Rc<Browser>) {
    let page = browser.open(Setup::on("2026-11-30")).await;
    page.load(&Route::Training.path()).await;
    let first = page.client.window().await.expect("a window");
    let second = page.client.new_window(true).await.expect("another tab").handle;
    page.client.switch_to_window(second.clone()).await.expect("it is there");
    begin(&page, "quick").await;
    answer(&page, false).await;
    page.client.switch_to_window(first.clone()).await.expect("it is there");
    page.until("document.querySelector('.terms').textContent.includes('答过 1 题')").await;
    // Everything goes, here and there.
    page.load(&Route::Safety.path()).await;
    page.click("[data-action=wipe-everything]").await;
    page.click("[data-action=confirm-wipe]").await;
    page.until("!Object.keys(localStorage).some(key => key.startsWith('plan-checklist/t/'))").await;
    page.client.switch_to_window(second).await.expect("it is there");
    page.find("[data-notice=wiped-elsewhere]").await;
    page.until("!Object.keys(localStorage).some(key => key.startsWith('plan-checklist/t/'))").await;
    page.client.close_window().await.expect("it closes");
    page.client.switch_to_window(first).await.expect("it is there");
    page.load(&Route::Training.path()).await;
    page.until("document.querySelector('.terms').textContent.includes('还没有答过')").await;
}

/// Goes on with Tab until this has the focus.
async fn reach(page: &Page, selector: &str) {
    let is_there = format!("document.activeElement.matches('{selector}')");
    for _ in 0..60 {
        if page.get(&is_there).await == json!(true) {
            return;
        }
        page.press([TAB]).await;
    }
    panic!("Tab does not lead to {selector}");
}

async fn a_round_needs_no_mouse(browser: Rc<Browser>) {
    let page = browser.open(Setup::on("2026-11-30")).await;
    page.load(&Route::Quiz.path()).await;
    page.find(".rounds [data-action=quick]:not(:disabled)").await;
    reach(&page, ".rounds [data-action=quick]").await;
    page.press([ENTER]).await;
    for _ in 0..10 {
        page.until("document.activeElement.id == 'question'").await;
        match &shown(&page).await.form {
            Form::Single(_) => page.press([TAB, SPACE]).await,
            Form::Multiple(_) => page.press([TAB, SPACE]).await,
            Form::Judge { .. } => page.press([TAB, SPACE, TAB, SPACE]).await,
            Form::Order(items) => {
                page.press([TAB, SPACE]).await;
                // The focus goes with the item.
                let last = items.len() - 1;
                page.until("document.activeElement.matches('.order-row__buttons .button')").await;
                assert!(last >= 2);
            }
            Form::Match(pairs) => {
                for _ in pairs {
                    page.press([TAB, DOWN]).await;
                }
            }
            Form::Blank(_) => page.press([TAB, '甲']).await,
        }
        page.find("[data-action=hand-in]:not(:disabled)").await;
        reach(&page, "[data-action=hand-in]").await;
        page.press([ENTER]).await;
        page.until("document.activeElement.id == 'verdict'").await;
        reach(&page, ".asking [data-action=next]").await;
        page.press([ENTER]).await;
    }
    page.until("document.activeElement.id == 'result'").await;
    page.has_no_trouble().await;
}

async fn a_round_under_way_survives_a_reload(browser: Rc<Browser>) {
    let page = browser.open(Setup::on("2026-11-30")).await;
    begin(&page, "quick").await;
    answer(&page, true).await;
    go_on(&page).await;
    let second = shown(&page).await;
    let count = "document.querySelector('.asking__count').textContent.includes('第 2 题')";
    page.until(count).await;
    page.reload().await;
    page.until(count).await;
    assert_eq!(shown(&page).await.id, second.id);
    page.has_no_trouble().await;
}

async fn a_slip_is_taken_back_and_answered_anew(browser: Rc<Browser>) {
    let page = browser.open(Setup::on("2026-11-30")).await;
    begin(&page, "quick").await;
    let first = shown(&page).await.id.clone();
    answer(&page, false).await;
    page.click("[data-action=take-back]").await;
    page.until("!document.getElementById('verdict')").await;
    // What was taken back stays so after a reload.
    page.reload().await;
    page.until(&format!("document.querySelector('[data-question]')?.dataset.question === '{first}'")).await;
    answer(&page, false).await;
    go_on(&page).await;
    page.click("[data-action=take-back]").await;
    page.until(&format!("document.querySelector('[data-question]').dataset.question === '{first}'")).await;
    answer(&page, true).await;
    go_on(&page).await;
    page.click("[data-action=stop]").await;
    page.find("#result").await;
    page.click("[data-action=other]").await;
    page.until("document.querySelector('.rounds [data-action=mistakes]').disabled").await;
    page.has_no_trouble().await;
}
