//! axe-core on every page, in every theme: nothing that keeps people with disabilities out.

use std::fs;
use std::rc::Rc;

use plan_checklist::Route;
use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::sharing::link::{Start, encode, encode_start};
use plan_checklist_domain::sharing::snapshot::Snapshot;
use plan_checklist_domain::training::Scope;
use plan_checklist_domain::{Date, Status, UnitKind};
use serde_json::{Value, json};
use xtask::places::tools;

use crate::driver::{Browser, in_each_engine, run};
use crate::page::{Engine, Page, SPACE, Setup};
use crate::{practice, rollup, trainers, training};

in_each_engine! {
    axe_finds_nothing_in_a_step_in_any_state,
    axe_finds_nothing_in_a_step_in_any_state_in_the_dark,
    axe_finds_nothing_on_any_page,
    axe_finds_nothing_in_a_round,
    axe_finds_nothing_in_a_round_in_the_dark,
    axe_finds_nothing_in_practice,
    axe_finds_nothing_in_practice_in_the_dark,
    axe_finds_nothing_in_a_roll_up,
    axe_finds_nothing_in_a_roll_up_in_the_dark,
    axe_finds_nothing_on_a_trainers_desk,
    axe_finds_nothing_on_a_trainers_desk_in_the_dark,
}

#[test]
fn chromium_in_the_dark_axe_finds_nothing_on_any_page() {
    run(Engine::Chromium, axe_finds_nothing_on_any_page_in_the_dark);
}

#[test]
fn chromium_in_forced_colours_axe_finds_nothing_on_any_page() {
    run(Engine::Chromium, axe_finds_nothing_on_any_page_in_forced_colours);
}

async fn open(browser: &Browser, is_dark: bool) -> Rc<Page> {
    let file = tools().join("node_modules/axe-core/axe.min.js");
    let axe = fs::read_to_string(&file)
        .unwrap_or_else(|_| panic!("{} is missing; `cargo xtask test` installs it", file.display()));
    assert!(!axe.contains("</script"), "it stands in a page");
    browser.open(Setup { is_dark, script: axe, ..Setup::default() }).await
}

async fn axe_finds_nothing_in_a_step_in_any_state(browser: Rc<Browser>) {
    finds_nothing_in_a_step(browser, false).await;
}

async fn axe_finds_nothing_in_a_step_in_any_state_in_the_dark(browser: Rc<Browser>) {
    finds_nothing_in_a_step(browser, true).await;
}

/// A step in every state there is: all five statuses, each finding, an open record and open advice.
async fn finds_nothing_in_a_step(browser: Rc<Browser>, is_dark: bool) {
    let page = open(&browser, is_dark).await;
    page.load("").await;
    assert_eq!(page.get("matchMedia('(prefers-color-scheme: dark)').matches").await, json!(is_dark));
    finds_nothing(&page, "").await;
    page.load("county/four-grasps/").await;
    finds_nothing(&page, "nothing answered").await;
    answer_some(&page).await;
    finds_nothing(&page, "answered").await;
    page.click(".footer__help").await;
    finds_nothing(&page, "help").await;
    page.press([SPACE]).await;
    // With something in them, these look different.
    for path in ["", "county/", "county/review/", "county/all/", "duties/", "source/", "source/#2.4-b"] {
        page.load(path).await;
        finds_nothing(&page, "").await;
    }
}

async fn answer_some(page: &Page) {
    let requirements = builtin().steps[4].requirements_for(UnitKind::County);
    for (at, requirement) in requirements.enumerate() {
        page.click(&format!("[id='{}'] label:nth-of-type({})", requirement.id, at % 5 + 1)).await;
    }
    let first = "[data-requirement]:first-child";
    page.open_record(first).await;
    // How a date is typed differs from one browser and language to the next.
    let due = "const field = document.querySelector('[data-requirement]:first-child input[type=date]');
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, '2020-06-30');
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));";
    page.run(due, json!(null)).await;
    page.click(&format!("{first} [data-action=add-evidence]")).await;
    page.click(&format!("{first} .evidence__more summary")).await;
    page.click(&format!("{first} .evidence__actions button")).await;
    page.click(&format!("{first} summary.advice__summary")).await;
    page.click(&format!("{first} .status-picker label:nth-of-type(3)")).await;
}

async fn axe_finds_nothing_in_a_round(browser: Rc<Browser>) {
    finds_nothing_in_a_round(browser, false).await;
}

async fn axe_finds_nothing_in_a_round_in_the_dark(browser: Rc<Browser>) {
    finds_nothing_in_a_round(browser, true).await;
}

async fn axe_finds_nothing_in_practice(browser: Rc<Browser>) {
    finds_nothing_in_practice(browser, false).await;
}

async fn axe_finds_nothing_in_practice_in_the_dark(browser: Rc<Browser>) {
    finds_nothing_in_practice(browser, true).await;
}

async fn axe_finds_nothing_in_a_roll_up(browser: Rc<Browser>) {
    finds_nothing_in_a_roll_up(browser, false).await;
}

async fn axe_finds_nothing_in_a_roll_up_in_the_dark(browser: Rc<Browser>) {
    finds_nothing_in_a_roll_up(browser, true).await;
}

/// Units in all colours, two rounds, one that could not be read, and an open cell.
async fn finds_nothing_in_a_roll_up(browser: Rc<Browser>, is_dark: bool) {
    let page = open(&browser, is_dark).await;
    page.load(&Route::RollUp.path()).await;
    let folder = crate::data::folder(&format!("axe-{is_dark}-{:?}", browser.engine));
    let county = |number, done| {
        rollup::put(&folder, &format!("{number}-{done}.json"), rollup::backup(rollup::county(number, done)))
    };
    let now = [county(1, 0), county(2, 30), county(3, 45), county(4, 80), rollup::put(&folder, "x.json", "{}")];
    rollup::pick(&page, &now).await;
    page.find("[data-units='4']").await;
    page.click("[name=round][value=earlier]").await;
    rollup::pick(&page, &[county(2, 40)]).await;
    page.find("[data-moves='1']").await;
    page.write("[name=rollup-roster]", "第9县").await;
    page.find("[data-missing='1']").await;
    page.click("[data-unit='第2县'] [data-cell='3']").await;
    page.find("[data-found-in] li").await;
    finds_nothing(&page, "a roll-up").await;
}

/// 练习县 looked through, with everything open, about to be handed in, and handed in.
async fn finds_nothing_in_practice(browser: Rc<Browser>, is_dark: bool) {
    let page = open(&browser, is_dark).await;
    practice::begin(&page, 1).await;
    let ids = builtin().steps[0].requirements_for(UnitKind::County).map(|asked| asked.id);
    let ids: Vec<_> = ids.collect();
    practice::judge(&page, ids[0], "unfit").await;
    practice::judge(&page, ids[1], "gap").await;
    practice::judge(&page, ids[2], "sound").await;
    page.run("document.querySelectorAll('details').forEach(box => { box.open = true; })", json!(null)).await;
    finds_nothing(&page, "looked through").await;
    page.click("[data-action=ask-hand-in]").await;
    page.find("#practice-asked").await;
    finds_nothing(&page, "asked").await;
    page.click("[data-action=keep-reviewing]").await;
    practice::hand_in(&page).await;
    finds_nothing(&page, "handed in").await;
}

/// Questions of every form, asked and answered right and wrong, and what came of them.
async fn finds_nothing_in_a_round(browser: Rc<Browser>, is_dark: bool) {
    let page = open(&browser, is_dark).await;
    training::begin(&page, "full").await;
    let mut forms = Vec::new();
    while forms.len() < 6 {
        let form = page.get("document.querySelector('[data-form]').dataset.form").await;
        let is_new = !forms.contains(&form);
        if is_new {
            finds_nothing(&page, "asked").await;
        }
        training::answer(&page, forms.len() % 2 == 0).await;
        if is_new {
            finds_nothing(&page, "answered").await;
            forms.push(form);
        }
        training::go_on(&page).await;
    }
    page.click("[data-action=stop]").await;
    page.find("#result").await;
    finds_nothing(&page, "at the end").await;
}

/// Every page, and those that links of others lead to with what such a link carries.
fn pages() -> Vec<String> {
    let mut snapshot =
        Snapshot {
            taken: Date::new(2020, 11, 24), unit: Some("邻县".into()), ..Snapshot::new(UnitKind::County, 2021)
        };
    for (at, requirement) in builtin().requirements_for(UnitKind::County).enumerate() {
        snapshot.statuses.insert(requirement.id, Status::ALL[at % 5]);
    }
    let invitation = encode_start(&Start { cycle: 2026, unit: Some("××县".into()) });
    let received = [
        format!("snapshot/#{}", encode(builtin(), &snapshot)),
        "snapshot/#s=1".to_owned(),
        format!("county/start/#{invitation}"),
        format!("county/poster/#{invitation}"),
    ];
    Route::every().into_iter().map(Route::path).chain(received).collect()
}

async fn axe_finds_nothing_on_any_page(browser: Rc<Browser>) {
    finds_nothing_on_any_page(browser, &[]).await;
}

async fn axe_finds_nothing_on_any_page_in_the_dark(browser: Rc<Browser>) {
    finds_nothing_on_any_page(browser, &[("prefers-color-scheme", "dark")]).await;
}

async fn axe_finds_nothing_on_any_page_in_forced_colours(browser: Rc<Browser>) {
    finds_nothing_on_any_page(browser, &[("forced-colors", "active"), ("prefers-color-scheme", "dark")]).await;
}

async fn finds_nothing_on_any_page(browser: Rc<Browser>, media: &[(&str, &str)]) {
    let page = open(&browser, false).await;
    if browser.engine == Engine::Chromium {
        let features: Vec<Value> = media.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        page.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }
    page.load("county/four-grasps/").await;
    answer_some(&page).await;
    for path in pages() {
        page.load(&path).await;
        for (name, value) in media {
            assert_eq!(page.get(&format!("matchMedia('({name}: {value})').matches")).await, json!(true));
        }
        finds_nothing(&page, "at 1280 pixels").await;
        // Firefox refuses windows as narrow as a phone.
        if browser.engine == Engine::Chromium {
            let phone = json!({ "width": 375, "height": 800, "deviceScaleFactor": 1, "mobile": false });
            page.devtools("Emulation.setDeviceMetricsOverride", phone).await;
            page.until("innerWidth === 375").await;
            finds_nothing(&page, "at 375 pixels").await;
            page.devtools("Emulation.clearDeviceMetricsOverride", json!({})).await;
        }
    }
    page.has_no_trouble().await;
}

async fn finds_nothing(page: &Page, state: &str) {
    // Where colours are forced, styles tell those that the page asked for, and eyes see the system's own.
    // What is scrolled half under the header would be a target too small.
    let script = "const done = arguments[1];
        scrollTo(0, 0);
        const rules = { 'color-contrast': { enabled: !matchMedia('(forced-colors: active)').matches } };
        const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
        axe.run(document, { runOnly, rules, resultTypes: ['violations'] })
            .then(found => done(found.violations.flatMap(violation =>
                violation.nodes.map(node => violation.id + ': ' + node.html + ' ' + node.failureSummary))))
            .catch(error => done(['axe failed: ' + error]));";
    let found = page.run_async(script, json!(null)).await;
    let found: Vec<&str> = found.as_array().expect("a list").iter().filter_map(|line| line.as_str()).collect();
    let url = page.client.current_url().await.expect("an address");
    assert!(found.is_empty(), "{url} {state}\n{}", found.join("\n"));
}

async fn axe_finds_nothing_on_a_trainers_desk(browser: Rc<Browser>) {
    finds_nothing_on_a_desk(browser, false).await;
}

async fn axe_finds_nothing_on_a_trainers_desk_in_the_dark(browser: Rc<Browser>) {
    finds_nothing_on_a_desk(browser, true).await;
}

/// A round that is set, taken, printed, and handed in.
async fn finds_nothing_on_a_desk(browser: Rc<Browser>, is_dark: bool) {
    let page = open(&browser, is_dark).await;
    let fragment = trainers::round(Scope::Quick, 2, 7);
    page.load(&format!("training/quiz/#{fragment}")).await;
    page.find("[data-action=assigned]:not(:disabled)").await;
    finds_nothing(&page, "set").await;
    page.click("[data-action=assigned]").await;
    for is_right in [true, false] {
        training::answer(&page, is_right).await;
        training::go_on(&page).await;
    }
    page.find("#result-code").await;
    finds_nothing(&page, "with a code").await;
    let code = page.get("document.getElementById('result-code').value").await;
    page.load("training/record/").await;
    finds_nothing(&page, "a record").await;
    page.load(&format!("training/class/#{fragment}")).await;
    page.find("#address").await;
    finds_nothing(&page, "a link").await;
    trainers::turn_to(&page, "paper").await;
    page.click("[name=with-answers]").await;
    page.find(".paper__answer").await;
    finds_nothing(&page, "a paper").await;
    trainers::turn_to(&page, "results").await;
    trainers::paste(&page, "class-names", "张三\n李四").await;
    let code = code.as_str().expect("a text");
    trainers::paste(&page, "class-results", &format!("张三 {code}\n李四 1ABC-DEFG-HJKM")).await;
    page.find("[data-handed]").await;
    finds_nothing(&page, "results").await;
}
