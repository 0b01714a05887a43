//! One visit: from page to page without loading any, there and back, and with parts of the program that do not arrive.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

use plan_checklist::Route;
use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::{RequirementId, Status};
use serde_json::{Value, json};

use crate::county_step::{KIND, STEP, first, step, step_route};
use crate::driver::{Browser, in_each_engine, in_webkit_too};
use crate::page::{Page, Setup};

in_each_engine! {
    one_visit_to_every_page_loads_none_and_undoes_its_first_change_on_the_last,
    a_part_that_does_not_arrive_is_said_aloud_and_tried_again,
    back_and_forward_bring_back_each_page_as_it_was_left,
    with_storage_blocked_every_page_works_in_memory_and_leaving_asks_first,
    a_private_window_keeps_what_is_answered_while_it_lasts,
    a_part_with_a_stylesheet_is_found_from_another_folder_than_the_first_page,
}

in_webkit_too! {
    one_visit_to_every_page_loads_none_and_undoes_its_first_change_on_the_last,
    a_part_that_does_not_arrive_is_said_aloud_and_tried_again,
    back_and_forward_bring_back_each_page_as_it_was_left,
    a_part_with_a_stylesheet_is_found_from_another_folder_than_the_first_page,
}

async fn answer(page: &Page, id: RequirementId, status: Status) {
    page.click(&format!("[id='{id}'] input[value={}]", status.as_str())).await;
    shows(page, id, status).await;
}

async fn shows(page: &Page, id: RequirementId, status: Status) {
    page.until_equal(&format!("document.getElementById('{id}').dataset.status"), json!(status.as_str())).await;
}

/// Marks the document: a page load would lose the mark.
async fn begin(page: &Page, path: &str) {
    page.load(path).await;
    page.run("window.isSameDocument = true;", json!(null)).await;
}

/// That the page of this route is shown, whole, in the document that was marked.
async fn shown(page: &Page, route: Route) {
    page.arrived_at(&route.path()).await;
    page.until_equal("document.title", json!(route.title())).await;
    page.until_equal("document.querySelectorAll('main h1').length", json!(1)).await;
    assert_eq!(page.get("window.isSameDocument === true").await, json!(true), "{route:?} was loaded anew");
    assert_eq!(page.get("document.querySelectorAll('[data-trouble=part]').length").await, json!(0), "{route:?}");
}

/// The links to see on a page, as the addresses they lead to.
const LINKS: &str = "[...document.querySelectorAll('a[href]')]
    .filter(link => link.getClientRects().length > 0 && !link.matches('.skip-link'))
    .map(link => link.href.split('#')[0])";

/// Follows the first link to this route that can be seen.
async fn follow(page: &Page, route: Route) {
    mark_link(page, route).await;
    page.click("[data-next]").await;
    shown(page, route).await;
}

/// The same, without bringing the link into view: the page is left as it stands.
async fn follow_from_here(page: &Page, route: Route) {
    mark_link(page, route).await;
    page.run("document.querySelector('[data-next]').click()", json!(null)).await;
    shown(page, route).await;
}

async fn mark_link(page: &Page, route: Route) {
    let find = "const link = [...document.querySelectorAll('a[href]')].find(link =>
            link.getClientRects().length > 0 && !link.matches('.skip-link') && link.href.split('#')[0] === arguments[0]);
        document.querySelectorAll('[data-next]').forEach(link => link.removeAttribute('data-next'));
        link.setAttribute('data-next', '');";
    page.run(find, json!(page.url(&route.path()))).await;
}

/// Follows a link that somebody received: none of ours leads there.
async fn follow_received(page: &Page, path: &str, route: Route) {
    let add = "const link = document.createElement('a');
        link.href = arguments[0];
        link.textContent = 'received';
        link.setAttribute('data-received', '');
        document.body.prepend(link);";
    page.run(add, json!(page.url(path))).await;
    page.click("[data-received]").await;
    page.run("document.querySelector('[data-received]').remove()", json!(null)).await;
    shown(page, route).await;
}

async fn links(page: &Page) -> BTreeSet<String> {
    let found = page.get(LINKS).await;
    let site = page.url("");
    let found = found.as_array().expect("a list").iter().filter_map(Value::as_str);
    found
        .filter_map(|url| url.strip_prefix(&site))
        .filter(|path| Route::parse(path).is_some())
        .map(Into::into)
        .collect()
}

/// The shortest way by links already seen to a page that is wanted.
fn way(seen: &BTreeMap<String, BTreeSet<String>>, from: &str, is_wanted: impl Fn(&str) -> bool) -> Option<Vec<String>> {
    let (mut ways, mut known) = (VecDeque::from([vec![from.to_owned()]]), BTreeSet::from([from.to_owned()]));
    while let Some(way) = ways.pop_front() {
        let end = way.last().expect("it begins somewhere");
        if way.len() > 1 && is_wanted(end) {
            return Some(way[1..].to_vec());
        }
        for next in seen.get(end).into_iter().flatten() {
            if known.insert(next.clone()) {
                ways.push_back([way.as_slice(), std::slice::from_ref(next)].concat());
            }
        }
    }
    None
}

/// Visits all pages that links lead to, by these links; gives those that none leads to.
async fn visit_all(page: &Page, begin: Route) -> Vec<Route> {
    let mut at = begin.path();
    let mut seen = BTreeMap::new();
    loop {
        let found = links(page).await;
        seen.entry(at.clone()).or_insert_with(BTreeSet::new).extend(found);
        let Some(way) = way(&seen, &at, |path| !seen.contains_key(path)) else { break };
        for path in way {
            follow(page, Route::parse(&path).expect("only pages of ours are kept")).await;
            at = path;
        }
    }
    Route::every().into_iter().filter(|route| !seen.contains_key(&route.path())).collect()
}

async fn one_visit_to_every_page_loads_none_and_undoes_its_first_change_on_the_last(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    begin(&page, &step()).await;
    answer(&page, first(), Status::Done).await;
    let left = visit_all(&page, step_route()).await;
    for route in left {
        // These are for those who get a link from somebody else.
        assert!(matches!(route, Route::Snapshot | Route::Start(_) | Route::Poster(_)), "no link leads to {route:?}");
        follow_received(&page, &route.path(), route).await;
    }
    // The last page is one of another part; the workbook is the one that was begun with.
    follow(&page, Route::Workbooks).await;
    follow(&page, Route::Dates(KIND)).await;
    page.click(".travel__button[title^='撤销']").await;
    page.find(".travel__button[title^='重做']").await;
    page.until("document.querySelector('[data-saving=saved]')").await;
    follow(&page, Route::TaskList(KIND)).await;
    follow(&page, step_route()).await;
    shows(&page, first(), Status::Unchecked).await;
    assert_eq!(page.get("performance.getEntriesByType('navigation').length").await, json!(1));
    page.reload().await;
    shows(&page, first(), Status::Unchecked).await;
    page.has_no_trouble().await;
}

/// What stands in the addresses of files that only rarer pages need.
const PARTS: &[&str] = &["split_", "chunk_"];

async fn a_part_that_does_not_arrive_is_said_aloud_and_tried_again(browser: Rc<Browser>) {
    let page = browser.open(Setup::at_the_speech()).await;
    begin(&page, &step()).await;
    answer(&page, first(), Status::Done).await;
    page.server().withhold(PARTS);
    for (words, route) in [("节点期限", Route::Dates(KIND)), ("数据安全", Route::Safety), ("分享", Route::Share)]
    {
        page.follow(words).await;
        let notice = page.text("main [role=alert]").await;
        assert!(notice.contains("没有取到") && notice.contains("重试"), "{notice}");
        assert_eq!(page.get("document.title").await, json!(route.title()));
        assert_eq!(page.get("window.isSameDocument === true").await, json!(true));
        // Again, and it still is not there.
        page.click("main [data-action=retry]").await;
        page.find("main [data-action=retry]").await;
        // The rest is alive, and so are the answers.
        page.client.back().await.expect("back");
        shown(&page, step_route()).await;
        shows(&page, first(), Status::Done).await;
    }
    page.open_record(&format!("[id='{}']", first())).await;
    page.write(&format!("[id='note-{}']", first()), "一边断网一边写").await;
    page.follow("数据安全").await;
    page.find("main [data-action=retry]").await;
    page.server().withhold(&[]);
    page.click("main [data-action=retry]").await;
    shown(&page, Route::Safety).await;
    page.find("[data-action=backup]").await;
    for (words, route) in [("节点期限", Route::Dates(KIND)), ("分享", Route::Share)] {
        page.follow("自查步骤").await;
        shown(&page, Route::TaskList(KIND)).await;
        page.follow(words).await;
        shown(&page, route).await;
        page.follow("自查步骤").await;
    }
    follow(&page, step_route()).await;
    page.until_equal(&format!("document.getElementById('note-{}').value", first()), json!("一边断网一边写")).await;
    // Where a visit begins with such a page, what is prerendered stays readable until the part is there.
    page.server().withhold(PARTS);
    page.client.goto(&page.url(&Route::Safety.path())).await.expect("the page itself is there");
    page.find("main [data-action=retry]").await;
    page.server().withhold(&[]);
    page.click("main [data-action=retry]").await;
    page.find("[data-action=backup]:not(:disabled)").await;
    page.load(&step()).await;
    shows(&page, first(), Status::Done).await;
}

async fn a_part_with_a_stylesheet_is_found_from_another_folder_than_the_first_page(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    begin(&page, &step()).await;
    follow_from_here(&page, Route::Source).await;
    page.has_no_trouble().await;
}

/// What somebody who comes back to a page expects to find as it was.
const PLACE: &str = "({
    path: location.pathname,
    title: document.title,
    scrolled: Math.round(scrollY / 8),
    open: [...document.querySelectorAll('main details')].flatMap((box, at) => box.open ? [at] : []),
    filter: [...document.querySelectorAll('main input[type=search], main .filter select')].map(field => field.value),
})";

/// Scrolls so far that the header does not matter, and waits until the browser has done so.
async fn scroll(page: &Page, to: u32) {
    page.run("scrollTo(0, Math.min(arguments[0], document.documentElement.scrollHeight - innerHeight))", json!(to))
        .await;
    page.run_async("requestAnimationFrame(() => requestAnimationFrame(() => arguments[1]()))", json!(null)).await;
}

async fn back_and_forward_bring_back_each_page_as_it_was_left(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    begin(&page, &step()).await;
    // The navigation leads everywhere once there is a workbook.
    answer(&page, first(), Status::Done).await;
    let mut places: Vec<Value> = Vec::new();
    scroll(&page, 0).await;
    places.push(page.get(PLACE).await);
    follow_from_here(&page, Route::TaskList(KIND)).await;
    scroll(&page, 300).await;
    places.push(page.get(PLACE).await);
    follow_from_here(&page, step_route()).await;
    let third = builtin().steps[STEP].requirements_for(KIND).nth(2).expect("the step asks for three").id;
    page.open_record(&format!("[id='{third}']")).await;
    page.click(&format!("[id='{third}'] summary.advice__summary")).await;
    page.until(&format!("document.querySelectorAll(\"[id='{third}'] details[open]\").length === 3")).await;
    scroll(&page, 900).await;
    places.push(page.get(PLACE).await);
    follow_from_here(&page, Route::All(KIND)).await;
    page.write("input[type=search]", "规划").await;
    page.choose(".filter select[name=status]", "未核对").await;
    scroll(&page, 700).await;
    places.push(page.get(PLACE).await);
    for (route, depth) in [
        (Route::Duties, 800),
        (Route::Source, 1200),
        (Route::Dates(KIND), 400),
        (Route::Workbooks, 0),
        (Route::Review(KIND), 200),
        (Route::Safety, 300),
        (Route::Share, 0),
    ] {
        follow_from_here(&page, route).await;
        scroll(&page, depth).await;
        places.push(page.get(PLACE).await);
    }
    assert_eq!(places.len(), 11, "ten steps there");
    for place in places.iter().rev().skip(1) {
        page.client.back().await.expect("back");
        page.until_equal(PLACE, place.clone()).await;
    }
    for place in places.iter().skip(1) {
        page.client.forward().await.expect("forward");
        page.until_equal(PLACE, place.clone()).await;
    }
    assert_eq!(page.get("window.isSameDocument === true").await, json!(true), "a page was loaded anew");
    page.has_no_trouble().await;
}

/// As browsers do it where a person or an administrator has forbidden storage.
pub(crate) const FORBID: &str = "for (const name of ['localStorage', 'sessionStorage']) {
    Object.defineProperty(window, name, { get() {
        throw new DOMException('denied', 'SecurityError');
    }, configurable: true });
}";

/// Whether the browser would ask before it leaves the page.
const ASKS: &str = "(() => {
    const event = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(event);
    return event.defaultPrevented;
})()";

async fn with_storage_blocked_every_page_works_in_memory_and_leaving_asks_first(browser: Rc<Browser>) {
    let page = browser.open(Setup { script: FORBID.into(), ..Setup::default() }).await;
    begin(&page, &step()).await;
    page.find("[data-trouble=blocked]").await;
    answer(&page, first(), Status::Done).await;
    page.until(ASKS).await;
    let left = visit_all(&page, step_route()).await;
    assert!(left.iter().all(|route| matches!(route, Route::Snapshot | Route::Start(_) | Route::Poster(_))), "{left:?}");
    follow(&page, Route::Review(KIND)).await;
    page.until_equal("document.querySelector('[data-count=done] .count__number').textContent", json!("1")).await;
    follow(&page, step_route()).await;
    shows(&page, first(), Status::Done).await;
    page.until(ASKS).await;
    page.find("[data-trouble=blocked] [data-action=rescue]").await;
}

async fn a_private_window_keeps_what_is_answered_while_it_lasts(browser: Rc<Browser>) {
    let page = browser.open(Setup { is_private: true, ..Setup::default() }).await;
    begin(&page, &step()).await;
    answer(&page, first(), Status::Done).await;
    page.until("document.querySelector('[data-saving=saved]')").await;
    for route in [Route::Review(KIND), Route::Dates(KIND), Route::Safety, Route::Share] {
        follow(&page, route).await;
    }
    page.load(&step()).await;
    shows(&page, first(), Status::Done).await;
    page.reload().await;
    shows(&page, first(), Status::Done).await;
    page.has_no_trouble().await;
}
