//! Answering: what is entered stays, and the review counts it right.

use std::rc::Rc;

use plan_checklist::{Route, words};
use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::{Cycle, Requirement, Status, UnitKind};
use serde_json::{Value, json};

use crate::driver::{Browser, in_each_engine, in_webkit_too};
use crate::page::{BACKSPACE, Page, Setup};

in_each_engine! {
    a_county_answers_everything_and_finds_it_again,
    a_department_answers_everything_and_finds_it_again,
    the_commission_answers_everything_and_finds_it_again,
    a_word_half_typed_survives_a_reload,
    a_date_is_not_disturbed_while_its_year_is_typed,
    a_click_beside_a_date_half_typed_is_not_lost,
    a_date_that_is_made_impossible_keeps_the_stored_one,
    what_is_typed_at_once_after_adding_evidence_goes_into_it,
    a_name_half_typed_stays_with_its_unit,
    evidence_goes_only_after_a_second_click,
    each_unit_keeps_its_own_answers,
}

in_webkit_too! {
    a_county_answers_everything_and_finds_it_again,
    a_word_half_typed_survives_a_reload,
    a_date_is_not_disturbed_while_its_year_is_typed,
    a_click_beside_a_date_half_typed_is_not_lost,
    a_date_that_is_made_impossible_keeps_the_stored_one,
    a_name_half_typed_stays_with_its_unit,
    evidence_goes_only_after_a_second_click,
    each_unit_keeps_its_own_answers,
}

/// What this journey answers to one requirement.
struct Answer {
    requirement: &'static Requirement,
    status: Status,
    note: String,
    reason: String,
    owner: String,
    due: &'static str,
    evidence: Vec<[String; 3]>,
}

/// The day looked at: none of the speech's own dates is near.
const DAY: &str = "2020-09-01";
const LONG_PAST: &str = "2020-06-30";
const FAR_OFF: &str = "2099-12-31";

impl Answer {
    /// Varies every part in a rhythm of its own, so that all combinations come up.
    fn of(at: usize, requirement: &'static Requirement) -> Self {
        let id = requirement.id;
        let status = Status::ALL[at % 5];
        let some = |is_given: bool, text: String| if is_given { text } else { String::new() };
        let evidence = (0..at % 3).map(|entry| {
            [format!("佐证{entry}“{id}”"), format!("X发〔2020〕{at}号"), some(entry == 0, "2020-11-05".into())]
        });
        Self {
            requirement,
            status,
            note: some(at % 4 != 3, format!("备注 {id}\n第二行 <b>&amp; 'x' \\ \u{1f600}")),
            reason: some(status == Status::NotApplicable && at.is_multiple_of(2), format!("职责不在本单位 {id}")),
            owner: some(at.is_multiple_of(2), format!("责任人{at}")),
            due: ["", LONG_PAST, FAR_OFF, ""][at % 4],
            evidence: evidence.collect(),
        }
    }

    fn every(kind: UnitKind) -> Vec<Self> {
        builtin().requirements_for(kind).enumerate().map(|(at, requirement)| Self::of(at, requirement)).collect()
    }

    fn is_overdue(&self) -> bool {
        self.due == LONG_PAST && !matches!(self.status, Status::Done | Status::NotApplicable)
    }

    /// As the scripts below write and read it.
    fn json(&self) -> Value {
        let Self { note, reason, owner, due, evidence, .. } = self;
        let (id, status) = (self.requirement.id.as_str(), self.status.as_str());
        json!({ "id": id, "status": status, "note": note, "reason": reason, "owner": owner, "due": due, "evidence": evidence })
    }
}

/// Finds fields by what a person reads beside them, and enters text the way a browser does.
const FIELDS: &str = "
    const labelled = (card, words) =>
        [...card.querySelectorAll('label')].filter(label => label.textContent.trim() === words).map(label => label.control);
    const enter = (field, text) => {
        const kind = field.tagName === 'TEXTAREA' ? HTMLTextAreaElement : HTMLInputElement;
        Object.getOwnPropertyDescriptor(kind.prototype, 'value').set.call(field, text);
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    };
    const add = card => [...card.querySelectorAll('button')].find(button => button.textContent.includes('添一条佐证'));";

const ENTER_FIRST: &str = "
    for (const answer of arguments[0]) {
        const card = document.getElementById(answer.id);
        card.querySelector(`input[value=${answer.status}]`).click();
        enter(labelled(card, '责任人')[0], answer.owner);
        enter(labelled(card, '完成时限')[0], answer.due);
        answer.evidence.forEach(() => add(card).click());
    }";

/// The fields that only the first half brings onto the page.
const ENTER_REST: &str = "
    for (const answer of arguments[0]) {
        const card = document.getElementById(answer.id);
        answer.evidence.forEach((entry, at) =>
            ['是什么', '文号或链接', '日期'].forEach((words, part) => enter(labelled(card, words)[at], entry[part])));
        if (answer.reason) enter(labelled(card, '为什么不适用')[0], answer.reason);
        enter(labelled(card, '备注')[0], answer.note);
    }";

const READ: &str = "
    return [...document.querySelectorAll('[data-requirement]')].map(card => {
        const values = words => labelled(card, words).map(field => field.value);
        const [what, reference, date] = ['是什么', '文号或链接', '日期'].map(values);
        return {
            id: card.id,
            status: card.querySelector('input[type=radio]:checked').value,
            note: values('备注')[0], reason: values('为什么不适用')[0] || '',
            owner: values('责任人')[0], due: values('完成时限')[0],
            evidence: what.map((words, at) => [words, reference[at], date[at]]),
        };
    });";

async fn enter(page: &Page, answers: &[&Answer]) {
    let given: Value = answers.iter().map(|answer| answer.json()).collect();
    page.run(&format!("{FIELDS}{ENTER_FIRST}"), given.clone()).await;
    let entries: usize = answers.iter().map(|answer| answer.evidence.len()).sum();
    let reasons = answers.iter().filter(|answer| answer.status == Status::NotApplicable).count();
    let count = |words: &str| {
        format!(
            "[...document.querySelectorAll('label')].filter(label => label.textContent.trim() === '{words}').length"
        )
    };
    page.until(&format!("{} === {entries} && {} === {reasons}", count("是什么"), count("为什么不适用"))).await;
    page.run(&format!("{FIELDS}{ENTER_REST}"), given).await;
}

async fn reads(page: &Page, answers: &[&Answer]) {
    let expected: Vec<Value> = answers.iter().map(|answer| answer.json()).collect();
    let found = page.run(&format!("{FIELDS}{READ}"), json!(null)).await;
    for (found, expected) in found.as_array().expect("a list").iter().zip(&expected) {
        assert_eq!(found, expected);
    }
    assert_eq!(found.as_array().map(Vec::len), Some(expected.len()));
}

/// With mouse and keyboard, as a person does it.
async fn enter_by_hand(page: &Page, answers: &[&Answer]) {
    for answer in answers {
        let id = answer.requirement.id;
        let card = format!("[id='{id}']");
        page.click(&format!("{card} input[value={}]", answer.status.as_str())).await;
        page.open_record(&card).await;
        page.write(&format!("[id='note-{id}']"), &answer.note).await;
        page.write(&format!("[id='owner-{id}']"), &answer.owner).await;
        for (at, [what, reference, _]) in answer.evidence.iter().enumerate() {
            page.click(&format!("{card} [data-action=add-evidence]")).await;
            let entry = format!("{card} .evidence__entry:nth-child({})", at + 1);
            page.write(&format!("{entry} .evidence__what input"), what).await;
            page.click(&format!("{entry} .evidence__more summary")).await;
            page.write(&format!("{entry} .evidence__reference input"), reference).await;
        }
        if !answer.reason.is_empty() {
            page.write(&format!("[id='reason-{id}']"), &answer.reason).await;
        }
        // How a date is typed differs from one browser and language to the next.
        let dates = "
            const card = document.getElementById(arguments[0].id);
            enter(labelled(card, '完成时限')[0], arguments[0].due);
            arguments[0].evidence.forEach((entry, at) => enter(labelled(card, '日期')[at], entry[2]));";
        page.run(&format!("{FIELDS}{dates}"), answer.json()).await;
    }
}

async fn a_county_answers_everything_and_finds_it_again(browser: Rc<Browser>) {
    answers_everything(browser, UnitKind::County).await;
}

async fn a_department_answers_everything_and_finds_it_again(browser: Rc<Browser>) {
    answers_everything(browser, UnitKind::Department).await;
}

async fn the_commission_answers_everything_and_finds_it_again(browser: Rc<Browser>) {
    answers_everything(browser, UnitKind::Commission).await;
}

async fn answers_everything(browser: Rc<Browser>, kind: UnitKind) {
    let script = format!("sessionStorage.setItem('plan-checklist/day', '{DAY}');");
    let page = browser.open(Setup { script, ..Setup::default() }).await;
    let all = Answer::every(kind);
    let of_step = |position: usize| -> Vec<&Answer> {
        let ids = builtin().steps[position].requirements_for(kind).map(|requirement| requirement.id);
        ids.filter_map(|id| all.iter().find(|answer| answer.requirement.id == id)).collect()
    };
    let path = |position: usize| Route::Step(kind, position).path();
    let last = builtin().steps.len() - 1;

    page.load("").await;
    page.click(&format!("a[href$='{}']", path(0))).await;
    page.arrived(&path(0)).await;
    // One click from the first page to the first question, and it can be answered.
    assert!(page.text(".requirement__question").await.contains('？'));
    enter_by_hand(&page, &of_step(0)).await;
    for position in 1..=last {
        page.click(".turn__on a").await;
        page.arrived(&path(position)).await;
        enter(&page, &of_step(position)).await;
    }
    page.until("document.querySelector('[data-saving=saved]').textContent.startsWith('已保存 ')").await;
    page.load(&Route::TaskList(kind).path()).await;
    page.write("#unit-name", "某县发展改革局").await;
    page.write("#filler-name", "张三").await;

    page.reload().await;
    let names = "[document.querySelector('#unit-name').value, document.querySelector('#filler-name').value]";
    assert_eq!(page.get(names).await, json!(["某县发展改革局", "张三"]));
    for position in 0..=last {
        page.load(&path(position)).await;
        reads(&page, &of_step(position)).await;
        assert_eq!(page.text(".header__unit").await, "某县发展改革局 · “十四五”");
    }
    page.click(".turn__on a").await;
    reviews(&page, kind, &all).await;
    resumes(&page, kind, &all).await;
    page.has_no_trouble().await;
}

type Belongs<'a> = &'a dyn Fn(&Answer) -> bool;

/// The review says exactly what was entered.
async fn reviews(page: &Page, kind: UnitKind, all: &[Answer]) {
    page.arrived(&Route::Review(kind).path()).await;
    // Its part may still be on the way.
    page.find("[data-count]").await;
    let count = |status: Status| all.iter().filter(|answer| answer.status == status).count();
    for status in Status::ALL {
        let shown = format!("document.querySelector('[data-count={}] .count__number').textContent", status.as_str());
        page.until_equal(&shown, json!(count(status).to_string())).await;
    }
    let applicable = all.len() - count(Status::NotApplicable);
    let percent = format!("{}%", count(Status::Done) * 100 / applicable);
    assert_eq!(page.text(".summary__number").await, percent);

    let unreasoned = |answer: &Answer| answer.status == Status::NotApplicable && answer.reason.is_empty();
    let unproven = |answer: &Answer| answer.status == Status::Done && answer.evidence.is_empty();
    let groups: [(&str, Belongs); 6] = [
        ("overdue", &Answer::is_overdue),
        ("without-reason", &unreasoned),
        ("without-evidence", &unproven),
        // What is late stands there, and not here again.
        ("not-started", &|answer| answer.status == Status::NotStarted && !answer.is_overdue()),
        ("in-progress", &|answer| answer.status == Status::InProgress && !answer.is_overdue()),
        ("unchecked", &|answer| answer.status == Status::Unchecked && !answer.is_overdue()),
    ];
    for (group, belongs) in groups {
        let titles = all.iter().filter(|answer| belongs(answer));
        let titles: Vec<_> = titles.map(|answer| answer.requirement.title(kind, Cycle::OF_THE_SPEECH)).collect();
        assert!(!titles.is_empty(), "{group} is not put to the test");
        let shown = format!("[...document.querySelectorAll('[data-finding={group}] a')].map(link => link.textContent)");
        assert_eq!(page.get(&shown).await, json!(titles), "{group}");
        let heading = page.text(&format!("[data-finding={group}] h2")).await;
        assert!(heading.contains(&format!("（{} 项）", titles.len())), "{heading}");
    }

    let verdict = page.text(".review__verdict").await;
    let unreasoned = all.iter().filter(|answer| unreasoned(answer)).count();
    let unproven = all.iter().filter(|answer| unproven(answer)).count();
    for part in [
        format!("{} 项未核对", count(Status::Unchecked)),
        format!("{} 项未启动", count(Status::NotStarted)),
        format!("{} 项推进中", count(Status::InProgress)),
        format!("{unreasoned} 项不适用缺理由"),
        format!("另有 {unproven} 项已落实但缺佐证"),
    ] {
        assert!(verdict.contains(&part), "{verdict}: {part}");
    }

    let by_step: Vec<String> = builtin()
        .steps
        .iter()
        .map(|step| {
            let is_of_step = |answer: &&Answer| step.requirements.iter().any(|other| other.id == answer.requirement.id);
            let of_step: Vec<_> = all.iter().filter(is_of_step).collect();
            let count = |status| of_step.iter().filter(|answer| answer.status == status).count();
            format!("{}/{}", count(Status::Done), of_step.len() - count(Status::NotApplicable))
        })
        .collect();
    let shown = "[...document.querySelectorAll('.by-step__number')].map(cell => cell.textContent)";
    assert_eq!(page.get(shown).await, json!(by_step));
}

/// The first page offers to go on where this person stopped.
async fn resumes(page: &Page, kind: UnitKind, all: &[Answer]) {
    page.load("").await;
    page.follow("继续").await;
    let last = all.last().expect("there are requirements").requirement.id;
    page.arrived(&format!("{}#{last}", Route::Step(kind, builtin().steps.len() - 1).path())).await;
    page.until_equal("document.activeElement.id", json!(last.as_str())).await;
}

async fn a_word_half_typed_survives_a_reload(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let requirement = &builtin().steps[4].requirements[0];
    let path = Route::Step(UnitKind::County, 4).path();
    page.load(&path).await;
    page.open_record(&format!("[id='{}']", requirement.id)).await;
    let note = format!("note-{}", requirement.id);
    page.click(&format!("[id='{note}']")).await;
    page.press("发展定位写到一ban".chars()).await;
    // The field still has the focus: nothing but the keystrokes themselves can have saved it.
    assert_eq!(page.get("document.activeElement.id").await, json!(note));
    page.reload().await;
    let value = format!("document.getElementById('{note}').value");
    assert_eq!(page.get(&value).await, json!("发展定位写到一ban"));
    page.has_no_trouble().await;
}

/// Browsers report a year while it is typed: 0002, 0020, 0202, 2026.
async fn a_date_is_not_disturbed_while_its_year_is_typed(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let id = builtin().steps[4].requirements[0].id;
    let card = format!("[id='{id}']");
    page.load(&Route::Step(UnitKind::County, 4).path()).await;
    page.open_record(&card).await;
    let value = format!("document.getElementById('due-{id}').value");
    for date in ["2020-06-30", "0002-06-30", "0020-06-30", "0202-06-30", "2026-06-30"] {
        let typed = format!("{FIELDS} enter(document.getElementById('due-{id}'), arguments[0]);");
        page.run(&typed, json!(date)).await;
        // The next keystroke comes once the page has dealt with this one.
        page.run_async("requestAnimationFrame(() => setTimeout(arguments[1]))", json!(null)).await;
        assert_eq!(page.get(&value).await, json!(date));
    }
    page.reload().await;
    assert_eq!(page.get(&value).await, json!("2026-06-30"));
    // Emptied, it is cleared once it is left, and not before.
    let empty = format!(
        "document.getElementById('due-{id}').focus(); {FIELDS} enter(document.getElementById('due-{id}'), '');"
    );
    page.run(&empty, json!(null)).await;
    page.reload().await;
    assert_eq!(page.get(&value).await, json!("2026-06-30"));
    page.run(&format!("{empty} document.activeElement.blur();"), json!(null)).await;
    page.reload().await;
    assert_eq!(page.get(&value).await, json!(""));
    page.has_no_trouble().await;
}

/// What the page says about such a date goes when the field is left: nothing may move away from under the mouse by that.
async fn a_click_beside_a_date_half_typed_is_not_lost(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let id = builtin().steps[4].requirements[0].id;
    page.load(&Route::Step(UnitKind::County, 4).path()).await;
    page.open_record(&format!("[id='{id}']")).await;
    page.click(&format!("[id='due-{id}']")).await;
    page.press(['1']).await;
    page.click(&format!("[id='{id}'] [data-action=add-evidence]")).await;
    page.until_equal(&format!("document.querySelectorAll(\"[id='{id}'] .evidence__entry\").length"), json!(1)).await;
    page.has_no_trouble().await;
}

async fn a_date_that_is_made_impossible_keeps_the_stored_one(browser: Rc<Browser>) {
    const STORED: &str = "2020-06-30";
    let page = browser.open(Setup::default()).await;
    let id = builtin().steps[4].requirements[0].id;
    page.load(&Route::Step(UnitKind::County, 4).path()).await;
    page.run(&format!("{FIELDS} enter(document.getElementById('due-{id}'), arguments[0]);"), json!(STORED)).await;
    // A part of it deleted by hand: the field then says nothing whole.
    let value = format!("document.getElementById('due-{id}').value");
    page.run("document.getElementById(arguments[0]).focus()", json!(format!("due-{id}"))).await;
    page.press([BACKSPACE]).await;
    page.until_equal(&value, json!("")).await;
    let problem =
        format!("document.getElementById('due-{id}').closest('.field').querySelector('.field__problem').textContent");
    page.until(&format!("{problem}.includes('先按原来的算')")).await;
    // Left like that, it shows what is stored, and says so; loaded anew too.
    page.run("document.activeElement.blur()", json!(null)).await;
    page.until_equal(&value, json!(STORED)).await;
    page.until(&format!("{problem}.includes('日期没填对')")).await;
    page.reload().await;
    assert_eq!(page.get(&value).await, json!(STORED));
    page.has_no_trouble().await;
}

async fn what_is_typed_at_once_after_adding_evidence_goes_into_it(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let id = builtin().steps[4].requirements[0].id;
    page.load(&Route::Step(UnitKind::County, 4).path()).await;
    page.click(&format!("[id='{id}'] input[value=in-progress]")).await;
    page.open_record(&format!("[id='{id}']")).await;
    page.run("document.querySelector(arguments[0]).focus()", json!(format!("[id='{id}'] [data-action=add-evidence]")))
        .await;
    // All in one go, as fast as a browser takes keys.
    page.press(" 2023年".chars()).await;
    page.until_equal(&format!("document.querySelector(\"[id='{id}'] .evidence__what input\").value"), json!("2023年"))
        .await;
    assert_eq!(page.get(&format!("document.getElementById('{id}').dataset.status")).await, json!("in-progress"));
    page.has_no_trouble().await;
}

async fn a_name_half_typed_stays_with_its_unit(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let [county, department] = [UnitKind::County, UnitKind::Department].map(|kind| Route::TaskList(kind).path());
    page.load(&county).await;
    page.click("a.header__product").await;
    page.arrived("").await;
    page.click(&format!("main a[href$='{department}']")).await;
    page.arrived(&department).await;
    page.click("#unit-name").await;
    page.press("市教育局".chars()).await;
    page.run("history.go(-2)", json!(null)).await;
    page.arrived(&county).await;
    page.until_equal("document.getElementById('unit-name').value", json!("")).await;
    page.click("#filler-name").await;
    page.reload().await;
    assert_eq!(page.get("document.getElementById('unit-name').value").await, json!(""));
    page.load(&department).await;
    page.until_equal("document.getElementById('unit-name').value", json!("市教育局")).await;
    page.has_no_trouble().await;
}

async fn evidence_goes_only_after_a_second_click(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let id = builtin().steps[4].requirements[0].id;
    let card = format!("[id='{id}']");
    page.load(&Route::Step(UnitKind::County, 4).path()).await;
    page.open_record(&card).await;
    for (at, what) in ["评估报告", "会议纪要"].into_iter().enumerate() {
        page.click(&format!("{card} [data-action=add-evidence]")).await;
        // What was added has the focus.
        let entry = format!("{card} .evidence__entry:nth-child({}) .evidence__what input", at + 1);
        page.until(&format!("document.activeElement.matches(\"{entry}\")")).await;
        page.press(what.chars()).await;
        page.until_equal(&format!("document.querySelector(\"{entry}\").value"), json!(what)).await;
    }
    let remove = format!("{card} .evidence__entry .evidence__actions button");
    let entries = format!("[...document.querySelectorAll(\"{card} .evidence__what input\")].map(field => field.value)");
    page.click(&remove).await;
    page.until_equal(&format!("document.querySelector(\"{remove}\").textContent"), json!("确认移除")).await;
    assert_eq!(page.get(&entries).await, json!(["评估报告", "会议纪要"]));
    page.click(&remove).await;
    page.until_equal(&entries, json!(["会议纪要"])).await;
    page.until("document.activeElement.dataset.action === 'add-evidence'").await;
    page.reload().await;
    assert_eq!(page.get(&entries).await, json!(["会议纪要"]));
    let printed = page.get(&format!("document.querySelector(\"{card} .print-only\").textContent")).await;
    assert!(printed.as_str().is_some_and(|printed| printed.contains("佐证：会议纪要")), "{printed}");
    page.has_no_trouble().await;
}

async fn each_unit_keeps_its_own_answers(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let is_asked_of_all =
        |requirement: &&Requirement| UnitKind::ALL.into_iter().all(|kind| requirement.role(kind).is_some());
    let requirement = builtin().steps[4].requirements.iter().find(is_asked_of_all).expect("some concern everybody");
    let card = format!("[id='{}']", requirement.id);
    for (kind, status) in UnitKind::ALL.into_iter().zip([Status::Done, Status::NotStarted, Status::InProgress]) {
        page.load(&Route::Step(kind, 4).path()).await;
        page.click(&format!("{card} input[value={}]", status.as_str())).await;
        page.until(&format!("document.querySelector(\"{card}\").dataset.status === '{}'", status.as_str())).await;
    }
    for (kind, status) in UnitKind::ALL.into_iter().zip([Status::Done, Status::NotStarted, Status::InProgress]) {
        page.load(&Route::Step(kind, 4).path()).await;
        let chosen = format!("document.querySelector(\"{card} input:checked\").value");
        assert_eq!(page.get(&chosen).await, json!(status.as_str()), "{}", words::kind(kind));
    }
    page.has_no_trouble().await;
}
