//! The site without its host: what was visited once goes on, and a new build comes when somebody asks for it.

use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use plan_checklist::Route;
use serde_json::json;
use xtask::bytes::files;
use xtask::places::project;
use xtask::service_worker;
use xtask::site::{Server, Site};

use crate::county_step::{KIND, first, step, step_route};
use crate::driver::{Browser, in_each_engine};
use crate::page::{Page, RECORDER, Setup};

in_each_engine! {
    after_one_visit_every_page_works_without_a_network,
    a_new_build_is_announced_and_comes_on_one_click_with_what_is_half_typed,
    without_a_worker_a_new_build_is_announced_once_the_host_has_it,
}

/// The site as a plain host has it. Another build is its own: an administrator put it there in place of the other.
fn serve(folder: PathBuf, port: u16, first_script: Option<String>) -> Server {
    let site = Site { folder, prefix: "a/b/".into(), first_script, ..Site::default() };
    Server::start(site, port).expect("the server starts")
}

fn port(server: &Server) -> u16 {
    let url = url::Url::parse(&server.url()).expect("an address");
    url.port().expect("it has a port")
}

/// A copy of the site that is another build: other files, at other addresses, and a mark on each page.
fn other_build(name: &str) -> PathBuf {
    let (from, to) = (project().join("dist"), PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name));
    let _ = fs::remove_dir_all(&to);
    let program =
        fs::read_dir(&from).expect("a built site").filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let program = program.into_iter().find(|name| name.starts_with("program-")).expect("the program's folder");
    let (_, hash) = program.split_once('-').expect("a name and a hash");
    let other: String = hash.chars().rev().collect();
    for file in files(&from).expect("it can be read") {
        let path = file.strip_prefix(&from).expect("it lies there").to_str().expect("letters").replace(hash, &other);
        let target = to.join(Path::new(&path));
        fs::create_dir_all(target.parent().expect("a folder")).expect("there is room");
        let content = match path.rsplit('.').next() {
            Some("html" | "txt") => {
                let text = fs::read_to_string(&file).expect("it is text");
                text.replace(hash, &other).replacen("<html ", "<html data-other-build ", 1).into_bytes()
            }
            _ => fs::read(&file).expect("it can be read"),
        };
        fs::write(target, content).expect("there is room");
    }
    service_worker::write(&to).expect("the worker is written");
    to
}

async fn load(page: &Page, url: &str) {
    page.client.goto(url).await.expect("the browser goes there");
    page.running().await;
}

/// Waits until the worker looks after the page: it does so once it holds everything.
async fn is_looked_after(page: &Page) {
    page.until("navigator.serviceWorker.controller && navigator.serviceWorker.controller.state === 'activated'").await;
}

async fn answer(page: &Page) {
    page.click(&format!("[id='{}'] input[value=done]", first())).await;
    page.until("document.querySelector('[data-saving=saved]')").await;
}

async fn is_answered(page: &Page) {
    page.until_equal(&format!("document.getElementById('{}').dataset.status", first()), json!("done")).await;
}

async fn after_one_visit_every_page_works_without_a_network(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let server = serve(project().join("dist"), 0, None);
    let site = server.url();
    load(&page, &format!("{site}{}", step())).await;
    answer(&page).await;
    is_looked_after(&page).await;
    drop(server);
    // From the page that was open, to one whose part never came.
    page.follow("数据安全").await;
    page.find("[data-action=backup]:not(:disabled)").await;
    for route in Route::every() {
        load(&page, &format!("{site}{}", route.path())).await;
        page.until_equal("document.title", json!(route.title())).await;
        assert_eq!(page.get("document.querySelectorAll('[data-trouble=part]').length").await, json!(0), "{route:?}");
    }
    // As addresses are written and sent.
    for address in [format!("{}?from=chat", step()), format!("{}index.html", step())] {
        load(&page, &format!("{site}{address}")).await;
        is_answered(&page).await;
    }
    load(&page, &format!("{site}{}", step().trim_end_matches('/'))).await;
    is_answered(&page).await;
    load(&page, &format!("{site}{}", Route::Review(KIND).path())).await;
    page.click("[data-action=make-report]").await;
    page.find("[data-made]").await;
}

async fn a_new_build_is_announced_and_comes_on_one_click_with_what_is_half_typed(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let server = serve(project().join("dist"), 0, None);
    let (site, port) = (server.url(), port(&server));
    load(&page, &format!("{site}{}", step())).await;
    is_looked_after(&page).await;
    let note = format!("document.getElementById('note-{}')", first());
    page.open_record(&format!("[id='{}']", first())).await;
    page.write(&format!("[id='note-{}']", first()), "写到一半").await;
    drop(server);
    let server = serve(other_build(&format!("other-{:?}", browser.engine)), port, None);
    page.run("navigator.serviceWorker.getRegistration().then(worker => worker.update());", json!(null)).await;
    page.find("[data-new-build]").await;
    // Nothing has moved away under anybody's hands, and nothing of the new build has come in.
    assert_eq!(page.get(&format!("{note}.value")).await, json!("写到一半"));
    assert_eq!(page.get(&format!("document.activeElement === {note}")).await, json!(true));
    page.write(&format!("[id='note-{}']", first()), "，还在写").await;
    // A part of the old build, which the host no longer has.
    page.follow("数据安全").await;
    page.find("[data-action=backup]:not(:disabled)").await;
    assert_eq!(page.get("document.documentElement.matches('[data-other-build]')").await, json!(false));
    page.client.back().await.expect("back");
    page.until_equal(&format!("{note}.value"), json!("写到一半，还在写")).await;
    page.open_record(&format!("[id='{}']", first())).await;
    page.write(&format!("[id='note-{}']", first()), "。").await;
    page.click("[data-new-build] .button--primary").await;
    page.until("document.documentElement.matches('[data-other-build]')").await;
    page.running().await;
    page.until_equal(&format!("{note}.value"), json!("写到一半，还在写。")).await;
    assert_eq!(page.get("document.querySelectorAll('[data-new-build]').length").await, json!(0));
    // All of it is of that build, and all of it is there.
    drop(server);
    for route in [Route::Safety, Route::Quiz, Route::Dates(KIND), step_route()] {
        load(&page, &format!("{site}{}", route.path())).await;
        assert_eq!(page.get("document.documentElement.matches('[data-other-build]')").await, json!(true));
    }
}

async fn without_a_worker_a_new_build_is_announced_once_the_host_has_it(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    // As browsers are on plain http; and hours pass.
    let script = "delete Navigator.prototype.serviceWorker;
        document.addEventListener('hours-later', () => {
            const later = Date.now() + 7200000;
            Date.now = () => later;
            document.dispatchEvent(new Event('visibilitychange'));
        });";
    let script = format!("{RECORDER}\n{script}");
    let server = serve(project().join("dist"), 0, Some(script.clone()));
    let (site, port) = (server.url(), port(&server));
    load(&page, &format!("{site}{}", step())).await;
    page.until("document.querySelector('link[rel=manifest]')").await;
    let look = "document.dispatchEvent(new Event('hours-later'));";
    page.run(look, json!(null)).await;
    page.until("performance.getEntriesByType('resource').some(entry => entry.name.endsWith('/build.txt'))").await;
    assert_eq!(page.get("document.querySelectorAll('[data-new-build]').length").await, json!(0));
    drop(server);
    let _server = serve(other_build(&format!("other-plain-{:?}", browser.engine)), port, Some(script));
    page.run(look, json!(null)).await;
    page.find("[data-new-build]").await;
    page.open_record(&format!("[id='{}']", first())).await;
    page.write(&format!("[id='note-{}']", first()), "接着填").await;
    page.click("[data-new-build] .button--primary").await;
    page.until("document.documentElement.matches('[data-other-build]')").await;
    page.running().await;
    page.until_equal(&format!("document.getElementById('note-{}').value", first()), json!("接着填")).await;
}
