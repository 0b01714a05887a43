//! 带教 and 成绩单: one round for many, on the screen and on paper, and what comes back.

use std::rc::Rc;

use plan_checklist::Route;
use plan_checklist_domain::training::{Assignment, Scope, builtin};
use serde_json::{Value, json};

use crate::driver::{Browser, in_each_engine};
use crate::page::{Page, Setup, TAB};
use crate::training::{answer, begin, go_on};

in_each_engine! {
    a_trainers_link_gives_two_browsers_the_same_paper_and_their_codes_come_back,
    a_link_that_cannot_be_used_says_why_and_changes_nothing,
    every_form_stands_on_paper_with_and_without_answers,
    five_hundred_and_odd_names_are_taken,
    a_record_says_whose_it_is_and_how_it_went,
    what_happens_twice_before_the_page_is_drawn_counts_once,
}

/// The fragment of a round.
pub(crate) fn round(scope: Scope, count: usize, seed: u64) -> String {
    Assignment::draw(builtin(), scope, count, seed).expect("there are questions").encode()
}

/// Pastes a text into a field.
pub(crate) async fn paste(page: &Page, name: &str, text: &str) {
    page.find(&format!("[name='{name}']:not(:disabled)")).await;
    let script = "const area = document.getElementsByName(arguments[0].name)[0];
        area.focus();
        area.value = arguments[0].text;
        area.dispatchEvent(new InputEvent('input', { bubbles: true }));";
    page.run(script, json!({ "name": name, "text": text })).await;
}

pub(crate) async fn turn_to(page: &Page, view: &str) {
    page.click(&format!("[name=view][value={view}]:not(:disabled)")).await;
    page.find(&format!(".class[data-view={view}] .class__view > *")).await;
}

/// Everything that learning stored.
const LEARNED: &str =
    "JSON.stringify(Object.keys(localStorage).filter(key => key.startsWith('plan-checklist/t/')).sort()
    .map(key => localStorage.getItem(key)))";

/// How many answers are stored.
const ANSWERED: &str = "Math.max(0, ...Object.keys(localStorage).filter(key => key.startsWith('plan-checklist/t/'))
    .map(key => localStorage.getItem(key).split('\\n').filter(line => / r /.test(line)).length))";

async fn begin_assigned(page: &Page, fragment: &str) {
    page.load(&format!("{}#{fragment}", Route::Quiz.path())).await;
    page.until("document.querySelector('.assigned h2').textContent === '老师布置的一组题'").await;
    page.click("[data-action=assigned]:not(:disabled)").await;
    page.find("[data-question]").await;
}

/// Answers a round; what was asked, in the order it was shown, and what came of it.
async fn take(page: &Page, answers: &[bool]) -> (Vec<Value>, Vec<Value>, Value, String) {
    let (mut ids, mut shown) = (Vec::new(), Vec::new());
    for is_right in answers {
        ids.push(page.get("document.querySelector('[data-question]').dataset.question").await);
        shown.push(page.get("document.querySelector('.asking form').textContent").await);
        answer(page, *is_right).await;
        go_on(page).await;
    }
    page.find("#result-code").await;
    let points = page.get("document.getElementById('result').dataset.points").await;
    let code = page.get("document.getElementById('result-code').value").await;
    (ids, shown, points, code.as_str().expect("a text").to_owned())
}

async fn a_trainers_link_gives_two_browsers_the_same_paper_and_their_codes_come_back(browser: Rc<Browser>) {
    let trainer = browser.open(Setup::on("2026-11-30")).await;
    trainer.load(&Route::Class.path()).await;
    trainer.find("#address").await;
    trainer.choose("#class-count", "5 题").await;
    trainer.until("location.hash.startsWith('#round=')").await;
    let address = trainer.get("document.getElementById('address').value").await;
    let address = address.as_str().expect("a text").to_owned();
    let fragment = address.split_once('#').expect("it carries the round").1;
    assert_eq!(address, format!("{}#{fragment}", trainer.url(&Route::Quiz.path())));

    let one = browser.open(Setup::on("2026-11-30")).await;
    begin_assigned(&one, fragment).await;
    let (ids, shown, points, code) = take(&one, &[true, false, true, true, false]).await;
    // The round and its code are there again after a reload.
    one.reload().await;
    one.until_equal("document.getElementById('result-code').value", json!(code)).await;
    paste(&one, "learner", "张三").await;
    one.press([TAB]).await;
    one.until_equal("document.getElementById('result-code').value", json!(format!("张三 {code}"))).await;
    one.has_no_trouble().await;

    let other = browser.open(Setup::on("2026-12-02")).await;
    begin_assigned(&other, fragment).await;
    let (other_ids, other_shown, other_points, other_code) = take(&other, &[true; 5]).await;
    assert_eq!((&other_ids, &other_shown), (&ids, &shown), "the same questions and options in the same order");
    other.has_no_trouble().await;

    turn_to(&trainer, "paper").await;
    let printed = trainer.get("[...document.querySelectorAll('[data-paper]')].map(row => row.dataset.paper)").await;
    assert_eq!(printed, json!(ids));

    turn_to(&trainer, "results").await;
    paste(&trainer, "class-names", "姓名\n张　三\n李四\n王五").await;
    // One letter of the second is another.
    let mut typo: Vec<char> = other_code.chars().collect();
    typo[12] = if typo[12] == '7' { '8' } else { '7' };
    let typo: String = typo.into_iter().collect();
    paste(&trainer, "class-results", &format!("{code}\t张三\n李四：{typo}")).await;
    trainer.until_equal("document.querySelector('[data-handed=张三] [data-points]').dataset.points", points).await;
    let refused = "document.querySelector('[data-class-fault=mistyped]').textContent";
    trainer.until(&format!("{refused}.includes('李四') && {refused}.includes('第 2 行')")).await;
    assert_eq!(trainer.get("document.querySelectorAll('[data-handed]').length").await, json!(1));
    trainer.until_equal("document.querySelector('[data-missing]').dataset.missing", json!("2")).await;

    paste(&trainer, "class-results", &format!("{code}\t张三\n李四：{other_code}")).await;
    trainer
        .until_equal("document.querySelector('[data-handed=李四] [data-points]').dataset.points", other_points)
        .await;
    // What one of them got wrong comes first.
    let first = trainer.get("document.querySelector('[data-item]').dataset").await;
    assert!(first["missed"] == "1" && [&ids[1], &ids[4]].contains(&&first["item"]), "{first}");

    // A reload keeps all of it, and nothing of it is stored.
    trainer.reload().await;
    trainer.until("document.querySelectorAll('[data-handed]').length == 2").await;
    assert_eq!(trainer.get("JSON.stringify(localStorage).includes('张三')").await, json!(false));
    // A page of its own, from the address, knows the round.
    let again = browser.open(Setup::on("2026-12-02")).await;
    again.load(&format!("{}#{fragment}", Route::Class.path())).await;
    turn_to(&again, "results").await;
    paste(&again, "class-results", &format!("李四 {other_code}")).await;
    again.find("[data-handed=李四]").await;
    again.has_no_trouble().await;
    trainer.has_no_trouble().await;
}

async fn a_link_that_cannot_be_used_says_why_and_changes_nothing(browser: Rc<Browser>) {
    let page = browser.open(Setup::on("2026-11-30")).await;
    let sound = round(Scope::Quick, 10, 7);
    let cut = &sound[..sound.len() - 4];
    begin(&page, "quick").await;
    answer(&page, true).await;
    let before = page.get(LEARNED).await;
    for path in [Route::Quiz.path(), Route::Class.path()] {
        for (fragment, word) in [
            (cut, "damaged"),
            ("round=%E5%BC%A0%E4%B8%89", "damaged"),
            ("s=1AAAAAAAA", "not-ours"),
            ("%3Cimg%20src=x%20onerror=alert(1)%3E", "not-ours"),
        ] {
            page.load(&format!("{path}#{fragment}")).await;
            page.find(&format!("[data-fault={word}]")).await;
            assert_eq!(page.get(LEARNED).await, before, "{fragment}");
        }
    }
    // What chat programs append does no harm; a second link on the same page is another round.
    page.load(&format!("{}#{sound}%E3%80%82", Route::Quiz.path())).await;
    page.click("[data-action=assigned]:not(:disabled)").await;
    page.find("[data-question]").await;
    page.run("location.hash = arguments[0]", json!(round(Scope::Quick, 10, 8))).await;
    page.find("[data-action=assigned]:not(:disabled)").await;
    // The one before is there where one goes back to it.
    page.client.back().await.expect("the browser goes back");
    page.find("[data-question]").await;
    page.has_no_trouble().await;
}

async fn every_form_stands_on_paper_with_and_without_answers(browser: Rc<Browser>) {
    let page = browser.open(Setup::on("2026-11-30")).await;
    let count = builtin().questions.len();
    page.load(&format!("{}#{}", Route::Class.path(), round(Scope::Full, count, 7))).await;
    turn_to(&page, "paper").await;
    page.until(&format!("document.querySelectorAll('[data-paper]').length == {count}")).await;
    page.until("new Set([...document.querySelectorAll('[data-paper]')].map(row => row.dataset.form)).size == 6").await;
    assert_eq!(page.get("document.querySelectorAll('.paper__answer').length").await, json!(0));
    page.click("[name=with-answers]").await;
    page.until(&format!("document.querySelectorAll('.paper__answer').length == {count}")).await;
    // Nothing but the paper is printed, and no question across two sheets.
    if browser.engine == crate::page::Engine::Chromium {
        page.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
        let seen = "[...document.querySelectorAll('.header, .footer, .page__head, .class__views, .class__tools')]
            .filter(element => element.offsetHeight).length";
        page.until_equal(seen, json!(0)).await;
        let kept = "[...document.querySelectorAll('.paper__question')].every(row => getComputedStyle(row).breakInside == 'avoid')";
        page.until(kept).await;
        page.devtools("Emulation.setEmulatedMedia", json!({ "media": "" })).await;
    }
    page.has_no_trouble().await;
}

async fn five_hundred_and_odd_names_are_taken(browser: Rc<Browser>) {
    let page = browser.open(Setup::on("2026-11-30")).await;
    page.load(&format!("{}#{}", Route::Class.path(), round(Scope::Quick, 10, 7))).await;
    turn_to(&page, "results").await;
    let names: String = (0..500).map(|number| format!("学员{number}\n")).collect();
    let odd = format!("{}\n🙂\n\u{202e}שלום\u{0007}\n<b>某</b>", "长".repeat(200));
    paste(&page, "class-names", &format!("{names}{odd}")).await;
    page.until("document.querySelector('.class__results').textContent.includes('名单上 503 人')").await;
    page.until("document.querySelector('[data-class-fault=list]').textContent.includes('第 501 行太长')").await;
    let results: String = (0..500).map(|number| format!("学员{number} ZZZZ-ZZZZ-ZZZZ\n")).collect();
    paste(&page, "class-results", &results).await;
    page.until("document.querySelectorAll('[data-class-fault=mistyped]').length == 500").await;
    assert_eq!(page.get("document.querySelectorAll('main b').length").await, json!(0));
    page.has_no_trouble().await;
}

async fn a_record_says_whose_it_is_and_how_it_went(browser: Rc<Browser>) {
    let page = browser.open(Setup::on("2026-11-30")).await;
    begin(&page, "quick").await;
    for is_right in [true, false, true] {
        answer(&page, is_right).await;
        go_on(&page).await;
    }
    page.load(&Route::Record.path()).await;
    paste(&page, "learner", "  张三\u{202e} ").await;
    page.press([TAB]).await;
    page.until_equal("document.querySelector('.record-name').textContent", json!("张三")).await;
    let counts = |outcome: &str| {
        format!(
            "[...document.querySelectorAll('[data-round] [data-outcome={outcome}]')].map(cell => cell.textContent).join()"
        )
    };
    page.until_equal(&counts("right"), json!("2")).await;
    page.until_equal(&counts("wrong"), json!("1")).await;
    let wrong = "[...document.querySelectorAll('[data-step] [data-outcome=wrong]')].reduce((sum, cell) => sum + Number(cell.textContent), 0)";
    page.until_equal(wrong, json!(1)).await;
    page.until("document.querySelector('.record-revise').textContent.includes('（1 题）')").await;
    page.until("document.querySelector('main').textContent.includes('2026年11月30日')").await;
    page.reload().await;
    page.until_equal("document.querySelector('.record-name').textContent", json!("张三")).await;
    page.until_equal("document.querySelector('[name=learner]').value", json!("张三")).await;
    page.has_no_trouble().await;
}

async fn what_happens_twice_before_the_page_is_drawn_counts_once(browser: Rc<Browser>) {
    let page = browser.open(Setup::on("2026-11-30")).await;
    begin(&page, "full").await;
    let form = "document.querySelector('[data-form]').dataset.form";
    // On to one where several can be chosen.
    while page.get(form).await != json!("多选") {
        answer(&page, true).await;
        go_on(&page).await;
    }
    let before = page.get(ANSWERED).await.as_u64().expect("a number");
    page.run("document.querySelectorAll('[name=choice]').forEach(box => box.click())", json!(null)).await;
    page.until("[...document.querySelectorAll('[name=choice]')].every(box => box.checked)").await;
    page.find("[data-action=hand-in]:not(:disabled)").await;
    let submit = "const form = document.querySelector('.asking form');
        for (let at = 0; at < 3; at++) form.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));";
    page.run(submit, json!(null)).await;
    page.until("document.activeElement.id == 'verdict'").await;
    page.until_equal(ANSWERED, json!(before + 1)).await;
    let number = "parseInt(document.querySelector('.asking__count').textContent.match(/[0-9]+/)[0])";
    let at = page.get(number).await.as_u64().expect("a number");
    page.run(
        "const next = document.querySelector('.asking [data-action=next]'); for (let at = 0; at < 3; at++) next.click();",
        json!(null),
    )
    .await;
    page.until_equal(number, json!(at + 1)).await;
    page.until("!document.getElementById('verdict')").await;

    // With a grade: once too.
    page.load(&Route::Quiz.path()).await;
    let stored = page.run("return JSON.stringify(localStorage)", json!(null)).await;
    let later = browser.open(Setup::on("2027-01-30")).await;
    later.load(&Route::Home.path()).await;
    let put = "for (const [key, text] of Object.entries(JSON.parse(arguments[0]))) localStorage.setItem(key, text)";
    later.run(put, stored).await;
    later.load(&Route::Revision.path()).await;
    later.click(".quiz [data-action=due]").await;
    answer(&later, true).await;
    let graded = later.get(ANSWERED).await.as_u64().expect("a number");
    later
        .run(
            "const good = document.querySelector('[data-action=good]'); for (let at = 0; at < 3; at++) good.click();",
            json!(null),
        )
        .await;
    later.until("!document.getElementById('verdict')").await;
    later.until_equal(ANSWERED, json!(graded + 1)).await;
    later.has_no_trouble().await;
    page.has_no_trouble().await;
}
