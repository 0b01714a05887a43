//! Filling in, quickly: points ticked, rows that close, evidence clicked in, one person for many, requirements of one's own.

use std::rc::Rc;

use plan_checklist::Route;
use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::{RequirementId, Status, UnitKind};
use serde_json::json;

use crate::county_step::{KIND, STEP, answer, card, is_saved, shows, step, two};
use crate::driver::{Browser, in_each_engine, in_webkit_too};
use crate::page::{ENTER, ESCAPE, Page, Setup};

in_each_engine! {
    ticks_settle_the_status_until_somebody_says_otherwise,
    what_is_answered_closes_to_rows_and_opens_by_click_or_enter,
    only_what_is_left_is_shown_and_nothing_vanishes_under_the_hand,
    evidence_is_clicked_in_and_what_is_wrong_has_fields_of_its_own,
    one_person_for_many_is_undone_as_one_and_two_spellings_become_one,
    a_requirement_of_ones_own_is_answered_found_and_counted_apart,
    ones_own_words_are_found_from_anywhere,
    a_department_with_several_plans_answers_for_each,
    nothing_moves_at_the_first_answer,
}

in_webkit_too! {
    ticks_settle_the_status_until_somebody_says_otherwise,
    what_is_answered_closes_to_rows_and_opens_by_click_or_enter,
    evidence_is_clicked_in_and_what_is_wrong_has_fields_of_its_own,
    one_person_for_many_is_undone_as_one_and_two_spellings_become_one,
    a_department_with_several_plans_answers_for_each,
}

fn ids() -> Vec<RequirementId> {
    builtin().steps[STEP].requirements_for(KIND).map(|requirement| requirement.id).collect()
}

async fn tick(page: &Page, id: RequirementId, number: usize) {
    page.click(&format!("{} .points li:nth-child({number}) input", card(id))).await;
}

async fn ticks_settle_the_status_until_somebody_says_otherwise(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let [id, _] = two();
    page.load(&step()).await;
    let count = page.get(&format!("document.querySelectorAll(\"{} .points li\").length", card(id))).await;
    let count = usize::try_from(count.as_u64().expect("a number")).expect("few");
    tick(&page, id, 1).await;
    page.until(&shows(id, Status::InProgress)).await;
    for number in 2..=count {
        tick(&page, id, number).await;
    }
    page.until(&shows(id, Status::Done)).await;
    // Undone together with the tick that brought it about.
    page.click(".travel__button").await;
    page.until(&shows(id, Status::InProgress)).await;
    let ticked = format!("document.querySelectorAll(\"{} .points :checked\").length", card(id));
    page.until_equal(&ticked, json!(count - 1)).await;
    // Who says otherwise is believed, and sees what the points say.
    answer(&page, id, Status::Done).await;
    let other = format!("{} .points__other", card(id));
    assert!(page.text(&other).await.contains(&format!("{}/{count}", count - 1)));
    page.click(&format!("{other} button")).await;
    page.until(&shows(id, Status::InProgress)).await;
    page.until(&format!("!document.querySelector(\"{other}\")")).await;
    is_saved(&page).await;
    page.load(&Route::Home.path()).await;
    page.load(&step()).await;
    page.until_equal(&ticked, json!(count - 1)).await;
    let facts = page.text(&format!("{} .requirement__facts", card(id))).await;
    assert!(facts.contains(&format!("要点 {}/{count}", count - 1)), "{facts}");
    page.has_no_trouble().await;
}

/// How many closed rows are in sight, whole.
const ROWS: &str = "[...document.querySelectorAll('[data-requirement] details.requirement__box:not([open])')]
    .filter(row => row.getBoundingClientRect().top > 0 && row.getBoundingClientRect().bottom <= innerHeight).length";

async fn what_is_answered_closes_to_rows_and_opens_by_click_or_enter(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let ids = ids();
    page.load(&step()).await;
    for id in &ids {
        answer(&page, *id, Status::Done).await;
    }
    let open = |id: RequirementId| format!("document.querySelector(\"{} details.requirement__box\").open", card(id));
    // What is being answered stays open under the hand; found again, it is a row.
    page.until(&open(ids[0])).await;
    is_saved(&page).await;
    page.load(&Route::Home.path()).await;
    page.load(&step()).await;
    page.until("document.querySelectorAll('details.requirement__box[open]').length === 0").await;
    page.run("scrollTo(0, 0)", json!(null)).await;
    let rows = page.get(ROWS).await.as_u64().expect("a number");
    let height = page.get("innerHeight").await.as_u64().expect("a number");
    assert!(height > 800 || rows >= 8 || rows * 100 >= height - 400, "{rows} rows in sight of {height} pixels");
    page.press(['j']).await;
    page.until_equal("document.activeElement.id", json!(ids[0].as_str())).await;
    page.press([ENTER]).await;
    page.until(&open(ids[0])).await;
    page.press([ENTER]).await;
    page.until(&format!("!{}", open(ids[0]))).await;
    page.click(&format!("{} summary.requirement__head", card(ids[1]))).await;
    page.until(&open(ids[1])).await;
    page.click("[data-action=open-all]").await;
    page.until(&format!("document.querySelectorAll('details.requirement__box[open]').length === {}", ids.len())).await;
    page.click("[data-action=close-all]").await;
    page.until("document.querySelectorAll('details.requirement__box[open]').length === 0").await;
    // What the address points at is open.
    page.load(&format!("{}#{}", step(), ids[2])).await;
    page.until(&open(ids[2])).await;
    page.has_no_trouble().await;
}

async fn only_what_is_left_is_shown_and_nothing_vanishes_under_the_hand(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let ids = ids();
    page.load(&step()).await;
    answer(&page, ids[0], Status::Done).await;
    page.click("[data-action=view-left]").await;
    let shown = "document.querySelectorAll('.requirements [data-requirement]').length";
    page.until_equal(shown, json!(ids.len() - 1)).await;
    answer(&page, ids[1], Status::Done).await;
    page.until_equal(shown, json!(ids.len() - 1)).await;
    page.click("[data-action=view-left]").await;
    page.until_equal(shown, json!(ids.len() - 2)).await;
    page.click("[data-action=view-all]").await;
    page.until_equal(shown, json!(ids.len())).await;
    page.has_no_trouble().await;
}

async fn evidence_is_clicked_in_and_what_is_wrong_has_fields_of_its_own(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let [id, _] = two();
    page.load(&step()).await;
    let lacking = format!("document.querySelectorAll(\"{} .record__lacking textarea\").length", card(id));
    answer(&page, id, Status::Done).await;
    assert_eq!(page.get(&lacking).await, json!(0));
    let hint = format!("{} .hint", card(id));
    let words = page.text(&hint).await.trim_start_matches('＋').trim().to_owned();
    page.click(&hint).await;
    let what = format!("document.querySelector(\"{} .evidence__what input\").value", card(id));
    page.until_equal(&what, json!(words)).await;
    page.until(&format!("document.activeElement.matches(\"{} .evidence__what input\")", card(id))).await;
    page.until(&format!(
        "![...document.querySelectorAll(\"{hint}\")].some(hint => hint.textContent.includes('{words}'))"
    ))
    .await;
    page.press("（定稿）".chars()).await;
    // Out of the field by the keyboard, then another status.
    page.press([ESCAPE, '2']).await;
    page.until(&shows(id, Status::NotStarted)).await;
    page.until_equal(&lacking, json!(2)).await;
    page.write(&format!("[id='problem-{id}']"), "缺底图").await;
    page.write(&format!("[id='measure-{id}']"), "月底前补测").await;
    answer(&page, id, Status::Done).await;
    // What was written is never out of sight.
    assert_eq!(page.get(&lacking).await, json!(2));
    is_saved(&page).await;
    page.reload().await;
    page.until_equal(&what, json!(format!("{words}（定稿）"))).await;
    page.until_equal(&format!("document.getElementById('problem-{id}').value"), json!("缺底图")).await;
    page.has_no_trouble().await;
}

async fn one_person_for_many_is_undone_as_one_and_two_spellings_become_one(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let ids = ids();
    page.load(&step()).await;
    answer(&page, ids[0], Status::Done).await;
    page.write(&format!("[id='owner-{}']", ids[0]), "张三（规划科）").await;
    page.click(".together-box > summary").await;
    page.write("#together-owner", "张三").await;
    let fill = "[data-action=fill-together]";
    page.until(&format!("document.querySelector('{fill}').textContent.includes('{} 项')", ids.len())).await;
    // What would be replaced is said beforehand.
    page.until("document.querySelector('.together__replaced').textContent.includes('1 项')").await;
    page.click(fill).await;
    let owners = "[...document.querySelectorAll('[data-requirement] input[name^=owner]')].map(field => field.value)";
    page.until_equal(owners, json!(vec!["张三"; ids.len()])).await;
    page.click(".travel__button").await;
    let mut before = vec![""; ids.len()];
    before[0] = "张三（规划科）";
    page.until_equal(owners, json!(before)).await;
    page.write(&format!("[id='owner-{}']", ids[1]), "张三").await;
    is_saved(&page).await;
    // The names used so far are offered.
    page.until(
        "[...document.querySelectorAll('#owners option')].map(option => option.value).join() === '张三,张三（规划科）'",
    )
    .await;

    page.follow("全部要求").await;
    page.arrived(&Route::All(KIND).path()).await;
    page.click(".people summary").await;
    let other = "[name='person-张三（规划科）']";
    page.client.find(fantoccini::Locator::Css(other)).await.expect("a field").clear().await.expect("it empties");
    page.write(other, "张三").await;
    page.until("[...document.querySelectorAll('[data-action=rename-person]')].some(button => button.textContent === '并入“张三”')").await;
    page.click("[data-action=rename-person]:not(:disabled)").await;
    page.until_equal("document.querySelectorAll('.people__person').length", json!(1)).await;
    // Ticked rows are filled in together.
    page.click(".group:first-child .row:first-child .row__pick").await;
    page.click(".group:first-child .row:nth-child(2) .row__pick").await;
    page.write("#together-owner", "李四").await;
    page.until("document.querySelector('[data-action=fill-together]').textContent.includes('2 项')").await;
    // A click means what stands in the fields by then, however fast it follows the last key.
    let at_once = "const field = document.querySelector('#together-owner');
        field.value = '李四光';
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
        document.querySelector('[data-action=fill-together]').click();";
    page.run(at_once, json!(null)).await;
    page.until_equal(
        "[...document.querySelectorAll('.row__own')].filter(row => row.textContent.includes('李四光')).length",
        json!(2),
    )
    .await;
    page.has_no_trouble().await;
}

async fn a_requirement_of_ones_own_is_answered_found_and_counted_apart(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    page.load(&step()).await;
    page.click("[data-action=add-own]").await;
    page.until("document.activeElement.matches('.own [name^=own-title]')").await;
    let id = page.get("document.activeElement.closest('[data-requirement]').id").await;
    let id = id.as_str().expect("a text").to_owned();
    page.press("编制水网专项方案".chars()).await;
    page.write(".own [name^=own-source]", "省级规划第三章").await;
    page.click(&format!("[id='{id}'] input[value=in-progress]")).await;
    page.until(&format!("document.getElementById('{id}').dataset.status === 'in-progress'")).await;
    // Keys work on it as on any other.
    page.press(['4']).await;
    page.until(&format!("document.getElementById('{id}').dataset.status === 'done'")).await;
    page.press(['3']).await;
    is_saved(&page).await;
    page.reload().await;
    assert!(page.text(".own__count").await.contains("1 项"));
    assert!(page.text(".page__progress").await.contains("未开始"), "it is counted apart");
    page.follow("核对结果").await;
    page.arrived(&Route::Review(KIND).path()).await;
    page.follow("编制水网专项方案").await;
    page.until_equal("document.activeElement.id", json!(id)).await;
    page.press(['/']).await;
    page.until_equal("document.activeElement.type", json!("search")).await;
    page.press("水网".chars()).await;
    page.until("document.querySelectorAll('.row').length === 1").await;
    page.follow("编制水网专项方案").await;
    page.until_equal("document.activeElement.id", json!(id)).await;
    page.click(&format!("[id='{id}'] [data-action=remove-own]")).await;
    page.click(&format!("[id='{id}'] [data-action=remove-own]")).await;
    page.until(&format!("!document.getElementById('{id}')")).await;
    page.click(".travel__button").await;
    page.until(&format!("document.getElementById('{id}').dataset.status === 'in-progress'")).await;
    page.has_no_trouble().await;
}

async fn ones_own_words_are_found_from_anywhere(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let [id, other] = two();
    page.load(&step()).await;
    answer(&page, id, Status::Done).await;
    page.write(&format!("[id='note-{id}']"), "已报市里").await;
    page.write(&format!("[id='owner-{id}']"), "王五").await;
    answer(&page, other, Status::NotApplicable).await;
    is_saved(&page).await;
    let found = "[...document.querySelectorAll('.row__title')].map(link => link.hash)";
    for from in [Route::Source, Route::Safety] {
        page.load(&from.path()).await;
        page.press(['/']).await;
        page.until_equal("document.activeElement.type", json!("search")).await;
        page.press("王五、市里".chars()).await;
        page.until_equal(found, json!([format!("#{id}")])).await;
    }
    page.load(&Route::All(KIND).path()).await;
    page.choose(".filter select[name=finding]", "缺理由").await;
    page.until_equal(found, json!([format!("#{other}")])).await;
    page.choose(".filter select[name=finding]", "缺佐证").await;
    page.until_equal(found, json!([format!("#{id}")])).await;
    page.has_no_trouble().await;
}

async fn a_department_with_several_plans_answers_for_each(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let (list, step) = (Route::TaskList(UnitKind::Department), Route::Step(UnitKind::Department, STEP));
    page.load(&list.path()).await;
    page.click(".plans > summary").await;
    for (at, name) in ["综合交通专项规划", "水利专项规划"].into_iter().enumerate() {
        page.click("[data-action=add-plan]").await;
        // What was added has the focus.
        page.until(&format!("document.activeElement.matches('.plan:nth-child({}) input')", at + 1)).await;
        page.press(name.chars()).await;
    }
    is_saved(&page).await;
    page.load(&step.path()).await;
    let id = RequirementId::parse("2.4-b").expect("an id");
    let plan = |at: usize| format!("{} .plan:nth-child({at}) select", card(id));
    page.until(&format!("document.querySelectorAll(\"{} .plan\").length === 2", card(id))).await;
    page.choose(&plan(1), "已落实").await;
    page.until(&shows(id, Status::InProgress)).await;
    page.choose(&plan(2), "已落实").await;
    page.until(&shows(id, Status::Done)).await;
    page.click(".travel__button").await;
    page.until(&shows(id, Status::InProgress)).await;
    // Who says otherwise is believed, and sees what the plans say.
    answer(&page, id, Status::Done).await;
    page.click(&format!("{} [data-action=follow-plans]", card(id))).await;
    page.until(&shows(id, Status::InProgress)).await;
    is_saved(&page).await;
    page.load(&list.path()).await;
    page.load(&step.path()).await;
    page.until_equal(&format!("document.querySelector(\"{}\").value", plan(1)), json!("done")).await;
    assert!(page.text(&format!("{} .requirement__facts", card(id))).await.contains("规划 1/2"));
    page.has_no_trouble().await;
}

async fn nothing_moves_at_the_first_answer(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    page.load(&Route::Step(KIND, 0).path()).await;
    let first = builtin().steps[0].requirements_for(KIND).next().expect("the step asks for some").id;
    let place = format!("Math.round(document.querySelector(\"{} .points\").getBoundingClientRect().top)", card(first));
    let before = page.get(&place).await;
    page.run("document.querySelector(arguments[0]).click()", json!(format!("{} .points input", card(first)))).await;
    page.until(&shows(first, Status::InProgress)).await;
    assert_eq!(page.get(&place).await, before);
    page.has_no_trouble().await;
}
