//! The address bar.

use plan_checklist_domain::catalogue::builtin;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlAnchorElement, MouseEvent};

use super::notes;
use crate::route::Route;

/// The element the app lives in.
#[must_use]
pub fn app_root() -> Option<Element> {
    web_sys::window()?.document()?.get_element_by_id("app")
}

/// The page this document was prerendered for; the home page where it does not say.
#[must_use]
pub fn prerendered_route() -> Route {
    let root = web_sys::window().and_then(|window| window.document()).and_then(|document| document.document_element());
    let path = root.and_then(|root| root.get_attribute("data-route")).unwrap_or_default();
    Route::parse(&path).unwrap_or(Route::Home)
}

/// Whether the app's element holds as many elements as were prerendered into it.
#[must_use]
pub fn is_as_prerendered(root: &Element) -> bool {
    let count = root.get_attribute("data-elements").and_then(|count| count.parse().ok());
    count.is_some_and(|count: u32| count > 0 && root.get_elements_by_tag_name("*").length() == count)
}

/// The folder the site was put in, ending in `/`: what is left of the address once this page's own path is taken off.
///
/// Call it while the document still is at the address it was loaded from.
#[must_use]
pub fn site_folder() -> String {
    let path = web_sys::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default();
    folder_of(&path, prerendered_route())
}

fn folder_of(path: &str, route: Route) -> String {
    let path = path.strip_suffix("index.html").unwrap_or(path);
    let folder = path.strip_suffix(&route.path()).unwrap_or(path);
    if folder.ends_with('/') { folder.to_owned() } else { format!("{folder}/") }
}

/// The page the address shows now, for a site in `folder`; `None` for a page that is not ours.
#[must_use]
pub fn shown_route(folder: &str) -> Option<Route> {
    let path = web_sys::window()?.location().pathname().ok()?;
    let path = path.strip_suffix("index.html").unwrap_or(&path).to_owned();
    Route::parse(path.strip_prefix(folder)?)
}

/// What the address points at on the page, decoded. Of a requirement it is the id, whatever chat programs put around it.
#[must_use]
pub fn fragment() -> Option<String> {
    if let Some(requirement) = builtin().requirement_in(&raw_fragment()) {
        return Some(requirement.id.to_string());
    }
    let hash = web_sys::window()?.location().hash().ok()?;
    let decoded = js_sys::decode_uri_component(hash.strip_prefix('#')?).ok()?;
    Some(decoded.into()).filter(|fragment: &String| !fragment.is_empty())
}

/// What stands after the `#`, as it stands there: links of ours are read from whatever chat programs make of them.
#[must_use]
pub fn raw_fragment() -> String {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    hash.strip_prefix('#').unwrap_or_default().to_owned()
}

/// Puts this back after the `#`, without going anywhere.
pub fn put_fragment(fragment: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let state = history.state().unwrap_or(JsValue::NULL);
        let _ = history.replace_state_with_url(&state, "", Some(&format!("#{fragment}")));
    }
}

/// Notes in the document which page it shows, for the stylesheets and for [`prerendered_route`].
pub fn mark_route(route: Route) {
    let root = web_sys::window().and_then(|window| window.document()).and_then(|document| document.document_element());
    if let Some(root) = root {
        let _ = root.set_attribute("data-route", &route.path());
    }
}

/// Adds a page to the browser's history. `false` where the browser does not allow it (`file://`): the link must then be
/// followed the ordinary way.
pub fn push(href: &str) -> bool {
    let Some(history) = web_sys::window().and_then(|window| window.history().ok()) else { return false };
    notes::leave();
    let is_pushed = history.push_state_with_url(&notes::state_of_next_entry(), "", Some(href)).is_ok();
    notes::arrive();
    is_pushed
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

/// The link that an event happened in.
#[must_use]
pub fn link_of(event: &Event) -> Option<HtmlAnchorElement> {
    event.target()?.dyn_into::<Element>().ok()?.closest("a[href]").ok()??.dyn_into().ok()
}

/// The page of ours that a link leads to, for a site in `folder`; `None` where it leads anywhere else.
#[must_use]
pub fn linked_route(link: &HtmlAnchorElement, folder: &str) -> Option<Route> {
    let is_ours = web_sys::window()?.location().host().ok()? == link.host() && link.download().is_empty();
    let route = || Route::parse(link.pathname().strip_prefix(folder)?);
    is_ours.then(route).flatten()
}

/// Whether a click is to open what it is about here, not in another tab or window.
#[must_use]
pub fn is_plain(click: &MouseEvent) -> bool {
    let is_modified = click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key();
    click.button() == 0 && !is_modified && !click.default_prevented()
}

/// Puts the page's title into the browser's.
pub fn set_title(title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}

#[cfg(test)]
mod tests {
    use plan_checklist_domain::UnitKind;

    use super::*;

    #[test]
    fn the_site_may_be_put_into_any_folder() {
        let review = Route::Review(UnitKind::County);
        for (path, route, folder) in [
            ("/", Route::Home, "/"),
            ("/index.html", Route::Home, "/"),
            ("/county/review/", review, "/"),
            ("/a/b/county/review/index.html", review, "/a/b/"),
            ("/自查/county/review/", review, "/自查/"),
            ("/county/county/review/", review, "/county/"),
        ] {
            assert_eq!(folder_of(path, route), folder, "{path}");
        }
    }
}
