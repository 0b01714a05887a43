//! Handing on and receiving: what is copied, what the codes say, and that a link changes nothing until somebody says so.

use std::rc::Rc;

use plan_checklist::route::Target;
use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::sharing::link::{Start, encode, encode_start};
use plan_checklist_domain::sharing::snapshot::Snapshot;
use plan_checklist_domain::{Cycle, Date, RequirementId, Status, UnitKind};
use serde_json::{Value, json};

use crate::driver::{Browser, in_each_engine, in_webkit_too};
use crate::page::{ENTER, Page, Setup, TAB};

in_each_engine! {
    a_page_is_shared_from_its_navigation_and_a_requirement_from_its_card,
    what_is_copied_is_what_is_shown,
    what_is_copied_can_be_pasted,
    without_a_clipboard_the_text_is_copied_by_hand_or_left_selected,
    an_invitation_carries_kind_cycle_and_unit_to_its_page_and_poster,
    an_invitation_begins_a_workbook_or_goes_on_with_one,
    a_snapshot_shows_the_same_in_another_browser_and_stores_nothing,
    a_snapshot_is_compared_merged_by_ticks_and_taken_back,
    a_snapshot_becomes_a_workbook_of_its_own,
    another_link_in_the_same_tab_is_followed,
    fragments_of_all_kinds_change_and_store_nothing,
    a_name_in_a_link_is_text_and_nothing_else,
    wechat_is_told_what_works_there,
}

in_webkit_too! {
    what_is_copied_can_be_pasted,
    a_snapshot_shows_the_same_in_another_browser_and_stores_nothing,
    a_snapshot_is_compared_merged_by_ticks_and_taken_back,
}

const KIND: UnitKind = UnitKind::County;

/// What is ours in storage, as a JavaScript expression.
const OURS: &str = "Object.entries(localStorage).filter(([key]) => key.startsWith('plan-checklist/')).sort().map(entry => entry.join(' '))";

fn asked() -> Vec<RequirementId> {
    builtin().requirements_for(KIND).map(|requirement| requirement.id).collect()
}

fn step_of(id: RequirementId) -> String {
    Target::requirement(KIND, id).route.path()
}

/// A county's snapshot with one of each status, as the first requirements stand.
fn snapshot(unit: Option<&str>) -> Snapshot {
    let taken = Date::new(2020, 11, 24);
    let mut snapshot = Snapshot { taken, unit: unit.map(Into::into), ..Snapshot::new(KIND, 2021) };
    for (id, status) in asked().into_iter().zip([Status::Done, Status::Done, Status::InProgress, Status::NotStarted]) {
        snapshot.statuses.insert(id, status);
    }
    snapshot
}

fn link(snapshot: &Snapshot) -> String {
    format!("snapshot/#{}", encode(builtin(), snapshot))
}

/// Answers, each on its page, and waits until it is saved.
async fn answer(page: &Page, answers: &[(RequirementId, Status)]) {
    let mut shown = String::new();
    for (id, status) in answers {
        if step_of(*id) != shown {
            shown = step_of(*id);
            page.load(&shown).await;
        }
        page.click(&format!("[id='{id}'] input[value={}]", status.as_str())).await;
        let status = status.as_str();
        page.until(&format!("document.getElementById('{id}').dataset.status === '{status}'")).await;
    }
    page.until("document.querySelector('[data-saving=saved]')").await;
}

/// Up to where nothing lies under the header that stays in view.
async fn top(page: &Page) {
    page.run("scrollTo(0, 0)", json!(null)).await;
}

async fn address(page: &Page) -> String {
    page.find("#address").await;
    page.get("document.getElementById('address').value").await.as_str().expect("a text").to_owned()
}

/// What somebody else's reader reads from the code on the page, as the browser paints it.
async fn scanned(page: &Page) -> String {
    page.until("(() => { const code = document.querySelector('img.qr'); return code && code.complete && code.naturalWidth > 0; })()").await;
    let paint = "const code = document.querySelector('img.qr'), canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [code.naturalWidth, code.naturalHeight];
        const pen = canvas.getContext('2d');
        pen.drawImage(code, 0, 0);
        const pixels = pen.getImageData(0, 0, canvas.width, canvas.height).data;
        let text = '';
        for (let at = 0; at < pixels.length; at += 4) text += pixels[at + 3] > 127 && pixels[at] > 127 ? '1' : '0';
        return [canvas.width, text];";
    let painted = page.run(paint, json!(null)).await;
    let side = usize::try_from(painted[0].as_u64().expect("a width")).expect("a small one");
    let pixels = painted[1].as_str().expect("pixels").as_bytes();
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| (pixels[y * side + x] - b'0') * 255);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1, "one code is seen");
    grids[0].decode().expect("the code is readable").1
}

/// That the address shown is this one, and the code says the same.
async fn shares(page: &Page, path: &str) {
    let url = page.url(path);
    page.until_equal("document.getElementById('address') && document.getElementById('address').value", json!(url))
        .await;
    assert_eq!(scanned(page).await, url);
}

async fn a_page_is_shared_from_its_navigation_and_a_requirement_from_its_card(browser: Rc<Browser>) {
    let page = browser.open(Setup::at_the_speech()).await;
    page.load("county/four-grasps/").await;
    page.follow("分享").await;
    page.arrived("share/#county/four-grasps/").await;
    shares(&page, "county/four-grasps/").await;
    page.load("county/four-grasps/").await;
    page.click("[id='2.4-b'] .requirement__share").await;
    page.arrived("share/#county/four-grasps/#2.4-b").await;
    shares(&page, "county/four-grasps/#2.4-b").await;
    page.click("input[value=page]").await;
    shares(&page, "county/four-grasps/").await;
    // What the reader looks at, not only what was loaded.
    page.load("county/four-grasps/#2.4-b").await;
    page.until("document.querySelector('.nav a[href*=share]').href.endsWith('#2.4-b')").await;
    top(&page).await;
    page.follow("分享").await;
    shares(&page, "county/four-grasps/#2.4-b").await;
    for rubbish in ["share/", "share/#%E8", "share/#nothing/", "share/#workbooks/", "share/#//example.org/"] {
        page.load(rubbish).await;
        shares(&page, "").await;
        assert_eq!(page.get("document.querySelectorAll('input[value=requirement]').length").await, json!(0));
    }
    page.find("[data-reach]").await;
    page.has_no_trouble().await;
}

/// A clipboard that keeps what it is given, for the test to see.
const CLIPBOARD: &str = "Object.defineProperty(navigator, 'clipboard', { configurable: true,
    value: { writeText(text) { window.copied = text; return Promise.resolve(); } } });";

/// As on plain http and in older browsers; the command works there, or is refused.
fn no_clipboard(is_allowed: bool) -> String {
    format!(
        "Object.defineProperty(navigator, 'clipboard', {{ configurable: true, value: undefined }});
        document.execCommand = command => {{
            const field = document.activeElement;
            if ({is_allowed}) window.copied = command === 'copy' && field.value.slice(field.selectionStart, field.selectionEnd);
            return {is_allowed};
        }};"
    )
}

async fn copies(page: &Page, field: &str) {
    page.click(&format!("[data-copy={field}] button")).await;
    let outcome = format!("document.querySelector('.copyable [data-copy={field}] ~ [role=status]').textContent");
    page.until_equal(&outcome, json!("已复制")).await;
    assert_eq!(page.get("copied").await, page.get(&format!("document.getElementById('{field}').value")).await);
}

async fn what_is_copied_is_what_is_shown(browser: Rc<Browser>) {
    let page = browser.open(Setup::at_the_speech().with(CLIPBOARD)).await;
    let asked = asked();
    answer(&page, &[(asked[0], Status::Done), (asked[1], Status::NotStarted)]).await;
    page.load("share/#county/").await;
    copies(&page, "address").await;
    page.click("input[value=start]").await;
    copies(&page, "address").await;
    copies(&page, "invitation").await;
    top(&page).await;
    page.click("input[value=snapshot]").await;
    copies(&page, "address").await;
    copies(&page, "summary").await;
    let text = |page: Rc<Page>| async move { page.get("document.getElementById('summary').value").await };
    let brief = text(Rc::clone(&page)).await;
    let brief = brief.as_str().expect("a text");
    assert!(brief.starts_with("“十四五”规划编制自查（截至"), "{brief}");
    assert!(brief.contains(&format!("共 {} 项，已落实 1 项，未启动 1 项", asked.len())), "{brief}");
    page.click("input[value=full]").await;
    let title = builtin().requirement(asked[1].as_str()).expect("it is asked").title(KIND, Cycle::OF_THE_SPEECH);
    page.until(&format!("document.getElementById('summary').value.includes('未启动 1 项：\\n1. {title}')")).await;
    copies(&page, "summary").await;
    page.has_no_trouble().await;
}

async fn what_is_copied_can_be_pasted(browser: Rc<Browser>) {
    let page = browser.open(Setup::at_the_speech()).await;
    page.load("share/#county/").await;
    page.click("input[value=start]").await;
    let shown = address(&page).await;
    page.click("[data-copy=address] button").await;
    page.until_equal("document.querySelector('[data-copy=address] ~ [role=status]').textContent", json!("已复制"))
        .await;
    page.click("#share-unit").await;
    page.press_with('\u{e009}', ['v']).await;
    page.until_equal("document.getElementById('share-unit').value", json!(shown)).await;
    page.has_no_trouble().await;
}

async fn without_a_clipboard_the_text_is_copied_by_hand_or_left_selected(browser: Rc<Browser>) {
    let page = browser.open(Setup::at_the_speech().with(&no_clipboard(true))).await;
    page.load("share/#county/").await;
    copies(&page, "address").await;
    page.has_no_trouble().await;
    let page = browser.open(Setup::at_the_speech().with(&no_clipboard(false))).await;
    page.load("share/#county/").await;
    page.click("[data-copy=address] button").await;
    page.until("document.querySelector('.copyable [role=status]').textContent.includes('请按 Ctrl+C')").await;
    let is_selected = "(() => { const field = document.activeElement;
        return field.id === 'address' && field.selectionStart === 0 && field.selectionEnd === field.value.length; })()";
    page.until(is_selected).await;
    page.has_no_trouble().await;
}

fn invitation(unit: Option<&str>, cycle: u16) -> String {
    encode_start(&Start { cycle, unit: unit.map(Into::into) })
}

async fn an_invitation_carries_kind_cycle_and_unit_to_its_page_and_poster(browser: Rc<Browser>) {
    let script = "window.print = () => { window.printed = true; };";
    let page = browser.open(Setup::at_the_speech().with(script)).await;
    page.load("share/").await;
    page.click("input[value=start]").await;
    page.choose("#share-kind", "市级部门").await;
    page.choose("#share-cycle", "其他").await;
    page.until("!document.getElementById('address')").await;
    page.write("#share-year", "2036").await;
    page.write("#share-unit", "××局").await;
    let fragment = invitation(Some("××局"), 2036);
    shares(&page, &format!("department/start/#{fragment}")).await;
    page.follow("做成海报").await;
    page.arrived(&format!("department/poster/#{fragment}")).await;
    let start = page.url(&format!("department/start/#{fragment}"));
    assert_eq!(scanned(&page).await, start);
    assert_eq!(page.get("document.querySelector('.poster__address').textContent").await, json!(start));
    let poster = page.text(".poster").await;
    assert!(poster.contains("“十七五”") && poster.contains("××局") && poster.contains("非官方"), "{poster}");
    page.click("[data-action=print]").await;
    page.until("window.printed").await;
    page.load("county/poster/").await;
    assert_eq!(scanned(&page).await, page.url("county/start/"));
    page.has_no_trouble().await;
}

async fn an_invitation_begins_a_workbook_or_goes_on_with_one(browser: Rc<Browser>) {
    let page = browser.open(Setup::at_the_speech()).await;
    let named = format!("county/start/#{}", invitation(Some("××县"), 2026));
    page.load(&named).await;
    let before = page.get(OURS).await;
    let words = page.text("main").await;
    assert!(words.contains("请××县对照自查“十五五”规划编制工作") && words.contains("（2026—2030年）"), "{words}");
    assert_eq!(page.get(OURS).await, before, "nothing is stored by looking");
    page.click("[data-action=begin] a").await;
    page.arrived("county/").await;
    assert_eq!(page.get("document.querySelector('.header__book').textContent").await, json!("××县 · “十五五”"));
    let id = asked()[0];
    answer(&page, &[(id, Status::Done)]).await;

    // Invited again: on with that one, and no other is made.
    page.load(&named).await;
    page.find(".start__book").await;
    page.click("[data-action=open] a").await;
    page.arrived("county/").await;
    page.load("workbooks/").await;
    page.until("document.querySelectorAll('[data-book]').length === 1").await;

    // For another unit, and without any fragment, begin others.
    page.load(&format!("county/start/#{}", invitation(Some("另一个县"), 2026))).await;
    page.until("document.querySelectorAll('.start__book').length === 0").await;
    page.load("county/start/").await;
    page.until("document.querySelectorAll('.start__book').length === 0").await;
    page.click("[data-action=begin] a").await;
    page.arrived("county/").await;
    answer(&page, &[(id, Status::InProgress)]).await;
    page.load("county/start/").await;
    page.until("document.querySelectorAll('.start__book').length === 1").await;
    page.click("[data-action=begin] a").await;
    page.arrived("county/").await;
    answer(&page, &[(id, Status::NotStarted)]).await;
    page.load("workbooks/").await;
    page.until("document.querySelectorAll('[data-book]').length === 3").await;
    page.has_no_trouble().await;
}

/// The counts on the page, by status.
const COUNTS: &str = "[...document.querySelectorAll('[data-count]')].map(count => [count.dataset.count, count.querySelector('strong').textContent])";

async fn a_snapshot_shows_the_same_in_another_browser_and_stores_nothing(browser: Rc<Browser>) {
    let page = browser.open(Setup::at_the_speech()).await;
    let asked = asked();
    let last = *asked.last().expect("there are some");
    let answers = [
        (asked[0], Status::Done),
        (asked[1], Status::InProgress),
        (asked[2], Status::NotStarted),
        (last, Status::NotApplicable),
    ];
    answer(&page, &answers).await;
    page.load("county/review/").await;
    let counts = page.get(COUNTS).await;
    let percent = page.get("document.querySelector('[data-percent]').dataset.percent").await;
    page.write("#unit-name", "××县").await;
    page.until("document.querySelector('.header__book').textContent.includes('××县')").await;
    top(&page).await;
    page.follow("分享").await;
    page.arrived("share/#county/review/").await;
    page.click("input[value=snapshot]").await;
    let url = address(&page).await;
    assert_eq!(scanned(&page).await, url);
    let path = url.strip_prefix(&page.url("")).expect("it is one of ours").to_owned();
    page.click("input[name=named]").await;
    page.until(&format!("document.getElementById('address').value.length < {}", url.len())).await;

    let other = browser.open(Setup::at_the_speech()).await;
    other.load("").await;
    let before = other.get(OURS).await;
    other.load(&path).await;
    other.find("[data-snapshot=county]").await;
    assert_eq!(other.get(COUNTS).await, counts);
    assert_eq!(other.get("document.querySelector('[data-percent]').dataset.percent").await, percent);
    assert_eq!(other.get("document.querySelector('h1').textContent").await, json!("××县的自查快照"));
    assert!(other.text(".page__head").await.contains("只读"));
    let group = "[...document.querySelectorAll('[data-group=in-progress] li')].map(item => item.textContent)";
    let title = builtin().requirement(asked[1].as_str()).expect("it is asked").title(KIND, Cycle::OF_THE_SPEECH);
    assert_eq!(other.get(group).await, json!([title]));
    let steps = other.get("document.querySelectorAll('.by-step__table tbody tr').length").await;
    assert_eq!(steps, json!(builtin().steps.len()));
    assert_eq!(other.get(OURS).await, before, "nothing is stored by looking");
    page.has_no_trouble().await;
    other.has_no_trouble().await;
}

async fn a_snapshot_is_compared_merged_by_ticks_and_taken_back(browser: Rc<Browser>) {
    let page = browser.open(Setup::at_the_speech()).await;
    let asked = asked();
    // Theirs: done, done, in progress, not started. Ours: the first alike, the second not, the others 未核对.
    answer(&page, &[(asked[0], Status::Done), (asked[1], Status::InProgress)]).await;
    page.load(&link(&snapshot(Some("邻县")))).await;
    let ticks = "[...document.querySelectorAll('[data-difference]')].map(row => [row.dataset.difference, row.querySelector('input').checked])";
    let usual = json!([[asked[1].as_str(), false], [asked[2].as_str(), true], [asked[3].as_str(), true]]);
    page.until_equal(ticks, usual).await;
    let merge = "document.querySelector('[data-action=merge]').textContent";
    assert_eq!(page.get(merge).await, json!("合并到我的自查表（2 项）"));
    page.click("[data-action=take-all]").await;
    page.until_equal(merge, json!("合并到我的自查表（3 项）")).await;
    page.click("[data-action=take-none]").await;
    page.until("document.querySelector('[data-action=merge]').disabled").await;
    page.click("[data-action=take-unchecked]").await;
    page.click(&format!("[data-difference='{}'] input", asked[3])).await;
    page.click(&format!("[data-difference='{}'] input", asked[1])).await;
    let chosen = json!([[asked[1].as_str(), true], [asked[2].as_str(), true], [asked[3].as_str(), false]]);
    page.until_equal(ticks, chosen).await;
    let snapshots =
        "Object.keys(localStorage).filter(key => key.startsWith('plan-checklist/r/') && key.endsWith('-link')).length";
    assert_eq!(page.get(snapshots).await, json!(0));
    page.click("[data-action=merge]").await;
    page.until("document.querySelector('[data-outcome=merged]').textContent.includes('已合并 2 项，可以撤销')").await;
    assert_eq!(page.get(snapshots).await, json!(1));
    let left = "[...document.querySelectorAll('[data-difference]')].map(row => row.dataset.difference)";
    page.until_equal(left, json!([asked[3].as_str()])).await;

    page.click("[data-action=undo-merge]").await;
    page.until_equal(left, json!([asked[1].as_str(), asked[2].as_str(), asked[3].as_str()])).await;
    page.until("!document.querySelector('[data-outcome]')").await;
    page.click("[data-action=merge]").await;
    page.until("document.querySelector('[data-outcome=merged]')").await;
    page.until("document.querySelector('[data-saving=saved]')").await;
    // The status is theirs now, here and after loading it again.
    page.load(&step_of(asked[2])).await;
    let status = format!("document.getElementById('{}').dataset.status", asked[2]);
    page.until_equal(&status, json!("in-progress")).await;
    let status = format!("document.getElementById('{}').dataset.status", asked[1]);
    page.load(&step_of(asked[1])).await;
    page.until_equal(&status, json!("in-progress")).await;
    page.has_no_trouble().await;
}

async fn a_snapshot_becomes_a_workbook_of_its_own(browser: Rc<Browser>) {
    let page = browser.open(Setup::at_the_speech()).await;
    let asked = asked();
    answer(&page, &[(asked[0], Status::NotApplicable)]).await;
    let theirs = Snapshot { cycle: 2026, ..snapshot(Some("邻县")) };
    page.load(&link(&theirs)).await;
    // Ours is of another cycle: there is nothing to compare with until somebody chooses, and nothing to merge then.
    page.until("document.getElementById('compare-with').value === ''").await;
    page.until("document.querySelectorAll('[data-difference]').length === 0").await;
    page.choose("#compare-with", "县区 · “十四五”（县区）").await;
    page.until("document.querySelectorAll('[data-difference]').length === 4").await;
    page.until("document.querySelectorAll('[data-difference] input, [data-action=merge]').length === 0").await;
    page.click("[data-action=save-as-new]").await;
    page.until("document.querySelector('[data-outcome=added]').textContent.includes('邻县 · “十五五”')").await;
    page.until("document.querySelectorAll('[data-difference]').length === 0").await;
    page.click("[data-outcome=added] a").await;
    page.arrived("county/").await;
    assert_eq!(page.get("document.querySelector('.header__book').textContent").await, json!("邻县 · “十五五”"));
    page.load("county/review/").await;
    let done = "document.querySelector('[data-count=done] strong').textContent";
    page.until_equal(done, json!("2")).await;
    page.load("workbooks/").await;
    page.until("document.querySelectorAll('[data-book]').length === 2").await;
    page.has_no_trouble().await;
}

async fn another_link_in_the_same_tab_is_followed(browser: Rc<Browser>) {
    let page = browser.open(Setup::at_the_speech()).await;
    let title = "document.querySelector('h1').textContent";
    page.load(&link(&snapshot(Some("甲县")))).await;
    page.until_equal(title, json!("甲县的自查快照")).await;
    page.run("location.hash = arguments[0]", json!(encode(builtin(), &snapshot(Some("乙县"))))).await;
    page.until_equal(title, json!("乙县的自查快照")).await;
    // The way past the header leads past it, and what the link carried stays.
    page.run("document.querySelector('.skip-link').focus()", json!(null)).await;
    page.press([ENTER]).await;
    page.until("document.activeElement.id === 'main'").await;
    page.press([TAB]).await;
    page.until_equal(title, json!("乙县的自查快照")).await;
    page.until_equal("location.hash", json!(format!("#{}", encode(builtin(), &snapshot(Some("乙县")))))).await;
    page.reload().await;
    page.until_equal(title, json!("乙县的自查快照")).await;
    page.run("location.hash = 's=1'", json!(null)).await;
    page.find("[data-fault=damaged]").await;
    page.client.back().await.expect("back");
    page.until_equal(title, json!("乙县的自查快照")).await;
    page.has_no_trouble().await;
}

const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A link of this version with whatever contents, and a check that holds.
fn sealed(word: &str, version: char, body: &str) -> String {
    let mut crc = 0xb7_04ce_u64;
    for byte in format!("{word}{version}{body}").bytes() {
        for bit in (0..8).rev() {
            let is_set = (crc >> 23 ^ u64::from(byte) >> bit) & 1 == 1;
            crc = crc << 1 & 0xff_ffff;
            if is_set {
                crc ^= 0x86_4cfb;
            }
        }
    }
    let digits = (0..4).rev().map(|at| char::from(ALPHABET.as_bytes()[(crc >> (6 * at)) as usize % 64]));
    format!("{word}={version}{}{body}", digits.collect::<String>())
}

async fn fragments_of_all_kinds_change_and_store_nothing(browser: Rc<Browser>) {
    let page = browser.open(Setup::at_the_speech()).await;
    answer(&page, &[(asked()[0], Status::Done)]).await;
    let before = page.get(OURS).await;
    let sound = encode(builtin(), &snapshot(Some("甲县")));
    let start = invitation(Some("甲县"), 2026);
    let cut = |text: &str| text[..text.len() - 7].to_owned();
    for (fragment, fault) in [
        (String::new(), "not-ours"),
        ("/pages/index?id=3".into(), "not-ours"),
        ("%00%ff%zz".into(), "not-ours"),
        (start.clone(), "not-ours"),
        (cut(&sound), "damaged"),
        ("s=".into(), "damaged"),
        (format!("s={}", "x".repeat(20_000)), "damaged"),
        (sealed("s", '1', "________________"), "damaged"),
        (sealed("s", '2', "abc"), "newer"),
    ] {
        page.load(&format!("snapshot/#{fragment}")).await;
        let shown = "document.querySelector('[data-fault]') && document.querySelector('[data-fault]').dataset.fault";
        page.until_equal(shown, json!(fault)).await;
        assert!(page.text("[data-fault]").await.contains("什么都没有改动"), "{fragment}");
        assert_eq!(page.get(OURS).await, before, "{fragment}");
    }
    for (fragment, fault) in [
        ("/pages/index?id=3".into(), "not-ours"),
        (sound.clone(), "not-ours"),
        (cut(&start), "damaged"),
        (sealed("start", '1', "AA"), "damaged"),
        (sealed("start", '9', "AA"), "newer"),
    ] {
        page.load(&format!("county/start/#{fragment}")).await;
        page.find(&format!("[data-fault={fault}]")).await;
        page.find("[data-action=begin] a").await;
        assert_eq!(page.get(OURS).await, before, "{fragment}");
    }
    // What chat programs append, or escape, does not matter.
    let twice: String = sound.bytes().map(|byte| format!("%25{byte:02X}")).collect();
    for changed in [format!("{sound}，"), format!("{sound}。"), format!("{sound}%20请看"), format!("{sound}%zz"), twice]
    {
        page.load(&format!("snapshot/#{changed}")).await;
        page.until_equal("document.querySelector('h1').textContent", json!("甲县的自查快照")).await;
        assert_eq!(page.get(OURS).await, before, "{changed}");
    }
    page.has_no_trouble().await;
}

async fn a_name_in_a_link_is_text_and_nothing_else(browser: Rc<Browser>) {
    let page = browser.open(Setup::at_the_speech()).await;
    let name = "<img src=x onerror=alert(1)>שלום&amp;";
    page.load(&link(&snapshot(Some(name)))).await;
    page.until_equal("document.querySelector('h1').textContent", json!(format!("{name}的自查快照"))).await;
    assert_eq!(page.get("document.querySelectorAll('main img').length").await, json!(0));
    assert_eq!(page.get("getComputedStyle(document.querySelector('h1 bdi')).unicodeBidi").await, json!("isolate"));
    page.load(&format!("county/start/#{}", invitation(Some(name), 2021))).await;
    page.until_equal("document.querySelector('.page__lead bdi').textContent", json!(name)).await;
    page.load(&format!("county/poster/#{}", invitation(Some(name), 2021))).await;
    page.until(&format!("document.querySelector('.poster__who').textContent.includes({})", Value::from(name))).await;
    page.has_no_trouble().await;
}

async fn wechat_is_told_what_works_there(browser: Rc<Browser>) {
    let script = "const agent = navigator.userAgent + ' MicroMessenger/8.0.50';
        Object.defineProperty(navigator, 'userAgent', { get: () => agent });";
    let page = browser.open(Setup::at_the_speech().with(&format!("{script}\n{CLIPBOARD}"))).await;
    answer(&page, &[(asked()[0], Status::Done)]).await;
    for path in ["share/", "county/start/", "county/poster/"] {
        page.load(path).await;
        page.find("[data-wechat]").await;
    }
    page.load(&link(&snapshot(None))).await;
    page.find("[data-wechat]").await;

    // A backup leaves as a text, and comes in as one.
    page.load("safety/").await;
    page.until("document.querySelector('[data-action=backup]').textContent === '写出备份文字'").await;
    page.click("[data-action=backup]").await;
    page.click("[data-action=copy-backup]").await;
    page.until("document.querySelector('[data-wechat] [role=status]').textContent === '已复制'").await;
    let text = page.get("copied").await;
    assert_eq!(page.get("document.getElementById('not-downloaded').value").await, text);
    page.has_no_trouble().await;
    let other = browser.open(Setup::at_the_speech()).await;
    other.load("safety/").await;
    assert_eq!(other.get("document.querySelectorAll('[data-wechat]').length").await, json!(0));
    other.click(".drop__paste summary").await;
    let paste = "const area = document.querySelector('[name=backup-text]');
        area.value = arguments[0];
        area.dispatchEvent(new InputEvent('input', { bubbles: true }));";
    other.run(paste, json!("今天天气不错")).await;
    other.find("[data-refused=not-ours]").await;
    other.run(paste, text).await;
    other.click("[data-action=apply-import]").await;
    other.find("[data-imported='1']").await;
    let id = asked()[0];
    other.load(&step_of(id)).await;
    other.until_equal(&format!("document.getElementById('{id}').dataset.status"), json!("done")).await;
    other.has_no_trouble().await;
}
