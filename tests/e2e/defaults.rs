//! What is so unless somebody says otherwise: the cycle, the names, the filter, the dates proposed, and dates half typed.

use std::rc::Rc;

use plan_checklist::Route;
use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::{RequirementId, Status};
use serde_json::{Value, json};

use crate::county_step::{IS_STORED, KIND, answer, first, is_saved, step};
use crate::driver::{Browser, in_each_engine, in_webkit_too};
use crate::page::{BACKSPACE, Engine, Page, Setup};

in_each_engine! {
    a_new_workbook_is_of_the_days_cycle_and_the_speechs_is_one_choice_away,
    a_cycle_chosen_in_a_header_is_stored_and_can_be_taken_back,
    nothing_moves_when_the_day_becomes_known,
    names_are_asked_where_the_work_starts_and_stand_on_top_of_the_results,
    a_copy_asks_what_it_is_for_and_leaves_the_original_in_use,
    what_was_filtered_does_not_outlast_the_visit_but_comes_back_with_it,
    where_the_binding_dates_are_past_the_plan_is_of_the_units_own,
    a_date_is_typed_cleared_and_left_half_by_real_keys,
    a_date_is_typed_into_a_line_where_there_is_no_field_for_dates,
    a_date_typed_faster_than_the_page_is_drawn_stays_the_old_one_until_it_is_whole,
}

in_webkit_too! {
    a_date_is_typed_cleared_and_left_half_by_real_keys,
}

/// Half a year after the second binding date of “十五五”.
const TODAY: &str = "2026-11-25";

const HEADER: &str = "document.querySelector('.header__book').textContent";

async fn a_new_workbook_is_of_the_days_cycle_and_the_speechs_is_one_choice_away(browser: Rc<Browser>) {
    for (day, name) in
        [("2020-11-24", "“十四五”"), ("2023-12-31", "“十四五”"), (TODAY, "“十五五”"), ("2029-01-01", "“十六五”")]
    {
        let page = browser.open(Setup::on(day)).await;
        page.load("").await;
        page.until(&format!("document.querySelector('#cycle').selectedOptions[0].text.startsWith('{name}')")).await;
        page.until(&format!(
            "[...document.querySelectorAll('.choice__kind')].every(kind => kind.textContent.endsWith('{name}'))"
        ))
        .await;
        page.load(&step()).await;
        page.until_equal(HEADER, json!(format!("县区 · {name}"))).await;
        assert_eq!(page.get(IS_STORED).await, json!(false), "nothing is stored by looking");
        page.has_no_trouble().await;
    }
    let page = browser.open(Setup::on(TODAY)).await;
    page.load("").await;
    page.choose("#cycle", "“十四五”（2021—2025年）").await;
    page.until("[...document.querySelectorAll('.choice__kind')].every(kind => kind.textContent.endsWith('“十四五”'))")
        .await;
    assert_eq!(page.get(IS_STORED).await, json!(false), "nothing was begun yet");
    page.click("main a[href$='county/']").await;
    page.arrived("county/").await;
    page.click("main a[href$='four-grasps/']").await;
    page.until_equal(HEADER, json!("县区 · “十四五”")).await;
    answer(&page, first(), Status::Done).await;
    is_saved(&page).await;
    page.reload().await;
    page.until_equal(HEADER, json!("县区 · “十四五”")).await;
    page.has_no_trouble().await;
}

async fn a_cycle_chosen_in_a_header_is_stored_and_can_be_taken_back(browser: Rc<Browser>) {
    let page = browser.open(Setup::on(TODAY)).await;
    page.load(&step()).await;
    let title = "document.getElementById('title-2.4-c').textContent";
    page.until_equal(title, json!("目标：总结评估“十四五”")).await;
    page.choose(".page__kicker select", "“十四五”").await;
    page.until_equal(HEADER, json!("县区 · “十四五”")).await;
    page.until_equal(title, json!("目标：总结评估“十三五”")).await;
    is_saved(&page).await;
    page.reload().await;
    page.until_equal(HEADER, json!("县区 · “十四五”")).await;
    // The list shows it too, once it is taken back.
    page.run("document.querySelector('.travel__button').click()", json!(null)).await;
    page.until_equal(HEADER, json!("县区 · “十五五”")).await;
    page.until_equal("document.querySelector('.page__kicker select').value", json!("2026")).await;
    // On the card of who comes back as well.
    page.load("").await;
    page.choose(".resume select", "“十四五”").await;
    page.load("county/review/").await;
    page.until_equal(HEADER, json!("县区 · “十四五”")).await;
    page.has_no_trouble().await;
}

async fn nothing_moves_when_the_day_becomes_known(browser: Rc<Browser>) {
    // Only one of the engines counts what moves.
    let shifts = "
        window.moved = [];
        if (PerformanceObserver.supportedEntryTypes.includes('layout-shift')) {
            new PerformanceObserver(list => window.moved.push(...list.getEntries().map(entry => entry.value)))
                .observe({ type: 'layout-shift', buffered: true });
        }";
    let page = browser.open(Setup::on(TODAY).with(shifts)).await;
    let [home, tasks, all] = [Route::Home, Route::TaskList(KIND), Route::All(KIND)].map(Route::path);
    for path in [home, tasks, step(), all, Route::Step(KIND, 0).path(), Route::Review(KIND).path()] {
        page.load(&path).await;
        page.run_async("requestAnimationFrame(() => setTimeout(arguments[1]))", json!(null)).await;
        // What is said of saving becomes a little shorter.
        assert_eq!(page.get("window.moved.filter(share => share > 0.0001)").await, json!([]), "/{path}");
    }
    page.has_no_trouble().await;
}

async fn names_are_asked_where_the_work_starts_and_stand_on_top_of_the_results(browser: Rc<Browser>) {
    let page = browser.open(Setup::on(TODAY)).await;
    page.load(&Route::Step(KIND, 0).path()).await;
    page.write(".unit-names--line #unit-name", "某县发展改革局").await;
    page.write(".unit-names--line #filler-name", "张三").await;
    page.choose(".unit-names--line select", "“十四五”（2021—2025年）").await;
    is_saved(&page).await;
    page.load(&Route::Review(KIND).path()).await;
    let kicker = page.text(".page__kicker").await;
    assert!(kicker.contains("某县发展改革局") && kicker.contains("填表人：张三"), "{kicker}");
    page.until_equal("document.querySelector('.page__kicker select').value", json!("2021")).await;
    let printed = "document.querySelector('.print-only.signature').textContent";
    for path in [Route::Review(KIND), Route::All(KIND), Route::TaskList(KIND), Route::Step(KIND, 3)].map(Route::path) {
        page.load(&path).await;
        page.until(&format!("{printed}.startsWith('单位：某县发展改革局 · 填表人：张三 · 规划期：“十四五”')")).await;
    }
    page.has_no_trouble().await;
}

async fn a_copy_asks_what_it_is_for_and_leaves_the_original_in_use(browser: Rc<Browser>) {
    let page = browser.open(Setup::on(TODAY)).await;
    page.load(&step()).await;
    answer(&page, first(), Status::Done).await;
    page.load("workbooks/").await;
    let original = page.get("document.querySelector('[data-book]').dataset.book").await;
    page.click("[data-action=duplicate]").await;
    page.until("document.querySelectorAll('[data-book]').length === 2").await;
    let copy = page.get("document.querySelector('[data-outcome]').closest('[data-book]').dataset.book").await;
    let copy = copy.as_str().expect("an id");
    page.until_equal("document.activeElement.id", json!(format!("book-{copy}"))).await;
    let names = "[...document.querySelectorAll('[data-book] input')].map(field => field.value)";
    assert_eq!(page.get(names).await, json!(["", ""]), "nobody named it");
    let in_use = "[...document.querySelectorAll('[data-book]')].filter(book => book.textContent.includes('正在用')).map(book => book.dataset.book)";
    assert_eq!(page.get(in_use).await, json!([original]));
    page.press("乙县".chars()).await;
    page.choose(&format!("[id='cycle-{copy}']"), "“十六五”（2031—2035年）").await;
    is_saved(&page).await;
    page.load(&step()).await;
    page.until_equal(HEADER, json!("县区 · “十五五”")).await;
    page.load("workbooks/").await;
    page.until("!document.querySelector('[data-outcome]')").await;
    page.click(&format!("[data-book='{copy}'] [data-action=open] a")).await;
    page.until_equal(HEADER, json!("乙县 · “十六五”")).await;
    page.load("workbooks/").await;
    assert_eq!(page.get(in_use).await, json!([copy]));
    page.has_no_trouble().await;
}

/// How many are found, and the three fields of the filter.
const FILTER: &str = "[document.querySelector('[data-found]').dataset.found, ...['查找', 'status', 'role'].map(name => document.getElementsByName(name)[0].value)]";

async fn what_was_filtered_does_not_outlast_the_visit_but_comes_back_with_it(browser: Rc<Browser>) {
    let page = browser
        .open(
            Setup::on(TODAY)
                .with("window.print = () => window.printed = document.querySelector('[data-found]').dataset.found;"),
        )
        .await;
    let total = builtin().requirements_for(KIND).count().to_string();
    let everything = json!([total, "", "", ""]);
    page.load(&Route::All(KIND).path()).await;
    page.until_equal(FILTER, everything.clone()).await;
    page.write("[name='查找']", "定位").await;
    page.choose("[name=status]", "未核对").await;
    page.until(&format!("{FILTER}[0] !== '{total}'")).await;
    let filtered = page.get(FILTER).await;
    assert_eq!(filtered.as_array().expect("a list")[1..], [json!("定位"), json!("unchecked"), json!("")]);
    // It is said on paper, and all of it is offered.
    let printed = "document.querySelector('.filter__printed').textContent";
    let count = filtered[0].as_str().expect("a number").to_owned();
    page.until_equal(printed, json!(format!("只印了全部 {total} 项中的 {count} 项：含“定位”，状态是未核对。"))).await;
    page.click("[data-action=print-found]").await;
    page.until_equal("window.printed", json!(count)).await;
    // Anew by the same link, by another unit's, and by the way over another page: everything.
    page.follow("全部要求").await;
    page.until_equal(FILTER, everything.clone()).await;
    page.client.back().await.expect("back");
    page.until_equal(FILTER, filtered.clone()).await;
    page.follow("核对结果").await;
    page.arrived(&Route::Review(KIND).path()).await;
    page.follow("全部要求").await;
    page.until_equal(FILTER, everything.clone()).await;
    page.client.back().await.expect("back");
    page.arrived(&Route::Review(KIND).path()).await;
    page.client.back().await.expect("back");
    page.until_equal(FILTER, filtered).await;
    page.click("[data-action=print-all]").await;
    page.until_equal("window.printed", json!(total)).await;
    page.until_equal(FILTER, everything).await;
    page.until_equal(printed, json!("")).await;
    page.has_no_trouble().await;
}

async fn where_the_binding_dates_are_past_the_plan_is_of_the_units_own(browser: Rc<Browser>) {
    let page = browser.open(Setup::on(TODAY)).await;
    page.load(&Route::Dates(KIND).path()).await;
    let count = builtin().requirements_for(KIND).count();
    assert!(page.text("[data-action=propose]").await.contains(&format!("{count} 项")));
    page.click("[data-action=propose]").await;
    let why = page.text("[data-own-plan]").await;
    assert!(why.contains("2026年6月30日已经过了"), "{why}");
    let proposed = "[...document.querySelectorAll('[data-proposed] input')].map(field => field.value)";
    let dates = page.get(proposed).await;
    let first = dates.as_array().and_then(|dates| dates[0].as_str()).expect("a date").to_owned();
    assert!(*first >= *TODAY, "{first}");
    // Not before today, whatever is entered; and the button says what it does.
    page.enter("plan-start", "2026-01-01").await;
    page.until("document.querySelector('[data-own-plan] [role=status]:not(.field__problem)').textContent.includes('从现在排起')").await;
    assert_eq!(page.get(proposed).await, dates);
    page.enter("plan-start", "2026-12-01").await;
    page.enter("plan-end", "2027-06-30").await;
    page.until(&format!("{proposed}.every(date => date >= '2026-12-01' && date <= '2027-06-30')")).await;
    assert_eq!(page.text("[data-action=apply-plan]").await, format!("用这 {count} 个时限"));
    page.click("[data-action=apply-plan]").await;
    page.until(&format!("document.querySelectorAll('[data-due]').length === {count}")).await;
    page.until("!document.querySelector('.nav .badge--late')").await;
    // One sentence of warning, not one for each.
    page.until("document.querySelectorAll('[data-warnings] li').length === 1").await;
    is_saved(&page).await;
    page.load(&Route::Safety.path()).await;
    page.load(&Route::Review(KIND).path()).await;
    page.until("!document.querySelector('[data-finding=overdue]')").await;
    page.has_no_trouble().await;
}

fn due(id: RequirementId) -> String {
    format!("document.getElementById('due-{id}')")
}

/// Opens the record of the first requirement of the step.
async fn open(page: &Page) -> RequirementId {
    let id = first();
    page.load(&step()).await;
    page.click(&format!("[id='{id}'] summary.record__summary")).await;
    id
}

async fn focus(page: &Page, id: RequirementId) {
    page.run(&format!("document.activeElement.blur(); {}.focus()", due(id)), json!(null)).await;
}

async fn leave(page: &Page) {
    page.run("document.activeElement.blur()", json!(null)).await;
}

/// What the page says about what is typed.
async fn says(page: &Page, id: RequirementId, problem: &str) {
    let said = format!("{}.closest('.field').querySelector('.field__problem').textContent", due(id));
    page.until_equal(&said, json!(problem)).await;
}

/// The date that is stored, as a page loaded anew shows it.
async fn is_stored(page: &Page, id: RequirementId, date: &str) {
    page.reload().await;
    page.until_equal(&format!("{}.value", due(id)), json!(date)).await;
}

/// Two dates in the order in which this browser has the parts of one typed.
async fn in_its_order(page: &Page, engine: Engine, id: RequirementId) -> [&'static str; 2] {
    if engine == Engine::WebKit {
        // It goes on to the next part when it is told to.
        return ["12/15/2026", "05/01/2027"];
    }
    // Fifteen is no month: where it is typed first, and a date comes of it, days come first.
    focus(page, id).await;
    page.press("12152026".chars()).await;
    let month_first = page.get(&format!("{}.value === '2026-12-15'", due(id))).await;
    if month_first == Value::Bool(true) { ["12152026", "05012027"] } else { ["20261215", "20270501"] }
}

async fn a_date_is_typed_cleared_and_left_half_by_real_keys(browser: Rc<Browser>) {
    let page = browser.open(Setup::on(TODAY)).await;
    let id = open(&page).await;
    let [first, second] = in_its_order(&page, browser.engine, id).await;
    page.reload().await;
    page.enter(&format!("due-{id}"), "").await;
    focus(&page, id).await;
    page.press(first.chars()).await;
    says(&page, id, "").await;
    is_stored(&page, id, "2026-12-15").await;
    if browser.engine != Engine::WebKit {
        // In the order of others: no date, which is said, and the old one stands.
        focus(&page, id).await;
        page.press(if first.starts_with("12") { "20261215" } else { "12152026" }.chars()).await;
        says(&page, id, "日期没填对，先按原来的算").await;
        leave(&page).await;
        page.until_equal(&format!("{}.value", due(id)), json!("2026-12-15")).await;
        says(&page, id, "日期没填对，先按原来的算").await;
        is_stored(&page, id, "2026-12-15").await;
    }
    // A part taken away is not typed over by the page, and the old date stands.
    focus(&page, id).await;
    page.press([BACKSPACE]).await;
    page.until(&format!("{0}.value === '' && {0}.validity.badInput", due(id))).await;
    says(&page, id, "日期没填对，先按原来的算").await;
    is_stored(&page, id, "2026-12-15").await;
    // A whole new one takes its place.
    focus(&page, id).await;
    page.press(second.chars()).await;
    leave(&page).await;
    says(&page, id, "").await;
    is_stored(&page, id, "2027-05-01").await;
    // Emptied whole and left, it is gone.
    focus(&page, id).await;
    page.enter(&format!("due-{id}"), "").await;
    is_stored(&page, id, "").await;
    if browser.engine == Engine::Chromium {
        // Half of a first one: what was typed stays to be mended, and nothing is stored.
        focus(&page, id).await;
        page.press(['1']).await;
        leave(&page).await;
        says(&page, id, "日期没填对").await;
        assert_eq!(page.get(&format!("{}.validity.badInput", due(id))).await, json!(true));
        is_stored(&page, id, "").await;
    }
    page.has_no_trouble().await;
}

async fn a_date_typed_faster_than_the_page_is_drawn_stays_the_old_one_until_it_is_whole(browser: Rc<Browser>) {
    let page = browser.open(Setup::on(TODAY)).await;
    let id = open(&page).await;
    // While a script runs, nothing is drawn.
    let typed = async |dates: &[&str]| {
        let script = format!(
            "{0}.focus(); for (const date of arguments[0]) {{
                {0}.value = date;
                {0}.dispatchEvent(new InputEvent('input', {{ bubbles: true }}));
            }}
            {0}.blur();",
            due(id)
        );
        page.run(&script, json!(dates)).await;
    };
    typed(&["2026-12-15"]).await;
    is_stored(&page, id, "2026-12-15").await;
    typed(&["2026-02-15", "", "2026-02-02", "0006-02-02", "1215-02-02"]).await;
    says(&page, id, "日期没填对，先按原来的算").await;
    page.until_equal(&format!("{}.value", due(id)), json!("2026-12-15")).await;
    is_stored(&page, id, "2026-12-15").await;
    typed(&["2026-02-15", "", "2026-02-02", "0006-02-02", "2027-02-02"]).await;
    says(&page, id, "").await;
    is_stored(&page, id, "2027-02-02").await;
    typed(&["2026-02-02", ""]).await;
    is_stored(&page, id, "").await;
    typed(&["2026-02-02", ""]).await;
    is_stored(&page, id, "").await;
    page.has_no_trouble().await;
}

async fn a_date_is_typed_into_a_line_where_there_is_no_field_for_dates(browser: Rc<Browser>) {
    // As older engines and some of today's do: the field is a line.
    let lines = "new MutationObserver(() => document.querySelectorAll('input[type=date]').forEach(field => field.type = 'text'))
        .observe(document, { childList: true, subtree: true });";
    let page = browser.open(Setup::on(TODAY).with(lines)).await;
    let id = open(&page).await;
    for (typed, date) in [
        ("2026.5.1", "2026-05-01"),
        ("2026/5/2", "2026-05-02"),
        ("2026-5-3", "2026-05-03"),
        ("2026年5月4日", "2026-05-04"),
        ("２０２６．５．１５", "2026-05-15"),
        ("20261215", "2026-12-15"),
    ] {
        page.run(&format!("{}.select()", due(id)), json!(null)).await;
        page.press(typed.chars()).await;
        leave(&page).await;
        page.until_equal(&format!("{}.value", due(id)), json!(date)).await;
        says(&page, id, "").await;
        is_stored(&page, id, date).await;
    }
    // Half of one, or none at all.
    for typed in ["2026.5", "2026.13.1", "明年", "202612150"] {
        page.run(&format!("{}.select()", due(id)), json!(null)).await;
        page.press(typed.chars()).await;
        page.until_equal(&format!("{}.value", due(id)), json!(typed)).await;
        says(&page, id, "日期没填对，先按原来的算").await;
        leave(&page).await;
        page.until_equal(&format!("{}.value", due(id)), json!("2026-12-15")).await;
        is_stored(&page, id, "2026-12-15").await;
    }
    page.run(&format!("{}.select()", due(id)), json!(null)).await;
    page.press([BACKSPACE]).await;
    leave(&page).await;
    is_stored(&page, id, "").await;
    page.has_no_trouble().await;
}
