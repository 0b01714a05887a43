//! Chromium 80 and 86: the oldest browsers people have, driven over the DevTools protocol as no driver of today does it.

use std::path::PathBuf;
use std::rc::Rc;

use plan_checklist::Route;
use plan_checklist_domain::UnitKind;
use plan_checklist_domain::catalogue::builtin;
use serde_json::json;
use xtask::places::tools;

use crate::devtools::Tab;
use crate::driver::in_a_runtime;
use crate::page::{Page, Setup};

#[test]
fn chromium_80_opens_answers_and_finds_it_again() {
    in_a_runtime(opens_answers_and_finds_it_again(80));
}

#[test]
fn chromium_86_opens_answers_and_finds_it_again() {
    in_a_runtime(opens_answers_and_finds_it_again(86));
}

pub(crate) fn program(version: u16) -> PathBuf {
    let program = tools().join(format!("chromium-{version}/chromium"));
    assert!(program.is_file(), "{} is missing; `cargo xtask test` installs it", program.display());
    program
}

async fn opens_answers_and_finds_it_again(version: u16) {
    const KIND: UnitKind = UnitKind::County;
    const STEP: usize = 4;
    let server = Rc::new(Page::serve(&Setup::default()));
    let profile = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("chromium-{version}"));
    let tab = Tab::open(&program(version), &profile).await;
    let agent = tab.get("navigator.userAgent").await;
    assert!(agent.as_str().is_some_and(|agent| agent.contains(&format!("Chrome/{version}."))), "{agent}");

    let at = |route: Route| server.url() + &route.path();
    let step = Route::Step(KIND, STEP);
    let id = builtin().steps[STEP].requirements_for(KIND).next().expect("the step asks for some").id;
    let card = format!("[id='{id}']");
    let status = format!("document.getElementById('{id}').dataset.status");
    let note = format!("document.getElementById('note-{id}').value");
    tab.load(&at(step)).await;
    tab.click(&format!("{card} input[value=done]")).await;
    tab.until_equal(&status, json!("done")).await;
    tab.click(&format!("[id='note-{id}']")).await;
    tab.insert("见《纲要》第三章").await;
    tab.until_equal(&note, json!("见《纲要》第三章")).await;
    tab.until_equal("!!document.querySelector('[data-saving=saved]')", json!(true)).await;

    tab.reload().await;
    tab.until_equal(&status, json!("done")).await;
    tab.until_equal(&note, json!("见《纲要》第三章")).await;
    // Pages of other parts, each by a link and by a load of its own.
    tab.get("window.isSameDocument = true").await;
    for (route, sign) in [
        (Route::Dates(KIND), "[data-cycle]"),
        (Route::Safety, "[data-action=backup]"),
        (Route::Share, "#address"),
        (Route::Review(KIND), "[data-count=done]"),
    ] {
        tab.click(&format!(".nav a[href*='{}']", route.path())).await;
        tab.until_equal("location.href.split('#')[0]", json!(at(route))).await;
        tab.until_equal(&format!("!!document.querySelector(\"{sign}\")"), json!(true)).await;
    }
    assert_eq!(tab.get("window.isSameDocument").await, json!(true));
    for route in [Route::Safety, Route::Share, Route::Dates(KIND)] {
        tab.load(&at(route)).await;
    }
    tab.load(&at(step)).await;
    tab.until_equal(&status, json!("done")).await;
    // They report a breach whenever WebAssembly is compiled, and compile it all the same where the policy allows it.
    let policy = tab.get("document.querySelector('meta[http-equiv=Content-Security-Policy]').content").await;
    assert!(policy.as_str().is_some_and(|policy| policy.contains(" 'unsafe-eval'")), "{policy}");
    let troubles = "JSON.parse(sessionStorage.getItem('troubles') || '[]').filter(trouble => !trouble.includes('script-src eval'))";
    assert_eq!(tab.get(troubles).await, json!([]));
}
