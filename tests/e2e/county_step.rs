//! One step of a county's checklist: answered, looked at, in one window or two.

use fantoccini::wd::WindowHandle;
use plan_checklist::Route;
use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::{RequirementId, Status, UnitKind};

use crate::page::Page;

pub(crate) const KIND: UnitKind = UnitKind::County;
pub(crate) const STEP: usize = 4;

/// Two requirements of one page.
pub(crate) fn two() -> [RequirementId; 2] {
    let mut ids = builtin().steps[STEP].requirements_for(KIND).map(|requirement| requirement.id);
    [ids.next(), ids.next()].map(|id| id.expect("the step asks for two"))
}

pub(crate) fn first() -> RequirementId {
    two()[0]
}

pub(crate) fn step_route() -> Route {
    Route::Step(KIND, STEP)
}

pub(crate) fn step() -> String {
    step_route().path()
}

pub(crate) fn card(id: RequirementId) -> String {
    format!("[id='{id}']")
}

/// Whether the page shows this answer, as a JavaScript expression.
pub(crate) fn shows(id: RequirementId, status: Status) -> String {
    format!("document.getElementById('{id}').dataset.status === '{}'", status.as_str())
}

pub(crate) async fn answer(page: &Page, id: RequirementId, status: Status) {
    page.open_card(&card(id)).await;
    page.click(&format!("{} input[value={}]", card(id), status.as_str())).await;
    page.until(&shows(id, status)).await;
}

pub(crate) async fn is_saved(page: &Page) {
    page.until("document.querySelector('[data-saving=saved]') && !document.querySelector('[data-trouble]')").await;
}

/// What is ours in storage, as a JavaScript expression.
pub(crate) const OURS: &str = "Object.entries(localStorage).filter(([key]) => key.startsWith('plan-checklist/')).sort().map(entry => entry.join(' '))";
/// Whether a workbook is in storage.
pub(crate) const IS_STORED: &str = "Object.keys(localStorage).some(key => key.startsWith('plan-checklist/w/'))";

/// Opens a second window and goes there; gives both.
pub(crate) async fn second_window(page: &Page) -> [WindowHandle; 2] {
    let first = page.client.window().await.expect("there is a window");
    let second = page.client.new_window(false).await.expect("a second window opens").handle;
    go_to(page, &second).await;
    [first, second]
}

pub(crate) async fn go_to(page: &Page, window: &WindowHandle) {
    page.client.switch_to_window(window.clone()).await.expect("the window is there");
}
