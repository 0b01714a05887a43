//! The address bar.

use plan_checklist_domain::catalogue::builtin;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlAnchorElement, MouseEvent};

use super::notes;
use crate::route::{IS_SINGLE_FILE, Route};

/// The element the app lives in.
#[must_use]
pub fn app_root() -> Option<Element> {
    web_sys::window()?.document()?.get_element_by_id("app")
}

/// The page this document was loaded for.
#[must_use]
pub fn first_route() -> Route {
    if IS_SINGLE_FILE { place_in(&hash()).0 } else { marked_route() }
}

/// The page that the document is marked with: the one prerendered, later the one shown. The home page where it does not say.
fn marked_route() -> Route {
    let root = web_sys::window().and_then(|window| window.document()).and_then(|document| document.document_element());
    let path = root.and_then(|root| root.get_attribute("data-route")).unwrap_or_default();
    Route::parse(&path).unwrap_or(Route::Home)
}

/// What this build of the site is known by: its folder is named by what is in it.
#[must_use]
pub fn build() -> Option<String> {
    let program = web_sys::window()?.document()?.get_element_by_id("program")?.get_attribute("href")?;
    let (_, rest) = program.split_once("program-")?;
    rest.split('/').next().map(ToOwned::to_owned)
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
    folder_of(&path, marked_route())
}

fn folder_of(path: &str, route: Route) -> String {
    let path = path.strip_suffix("index.html").unwrap_or(path);
    let folder = path.strip_suffix(&route.path()).unwrap_or(path);
    if folder.ends_with('/') { folder.to_owned() } else { format!("{folder}/") }
}

/// The page the address shows now, for a site in `folder`; `None` for a page that is not ours.
#[must_use]
pub fn shown_route(folder: &str) -> Option<Route> {
    if IS_SINGLE_FILE {
        return Some(place_in(&hash()).0);
    }
    let path = web_sys::window()?.location().pathname().ok()?;
    let path = path.strip_suffix("index.html").unwrap_or(&path).to_owned();
    Route::parse(path.strip_prefix(folder)?)
}

/// What the address points at on the page, decoded. Of a requirement or a clause it is the id, whatever chat programs put
/// around it.
#[must_use]
pub fn fragment() -> Option<String> {
    let fragment = raw_fragment();
    if let Some(id) = builtin().place_in(&fragment) {
        return Some(id.to_owned());
    }
    // What cannot be decoded points at nothing, and is no reason to say nothing.
    let decoded = js_sys::decode_uri_component(&fragment).map_or(fragment, Into::into);
    Some(decoded).filter(|fragment: &String| !fragment.is_empty())
}

/// What stands after the `#`, as it stands there: links of ours are read from whatever chat programs make of them.
#[must_use]
pub fn raw_fragment() -> String {
    if IS_SINGLE_FILE { place_in(&hash()).1 } else { hash() }
}

/// All that stands after the `#` of the address.
fn hash() -> String {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    hash.strip_prefix('#').unwrap_or_default().to_owned()
}

/// What stands after the `#` in the single file: a page, and after another `#` what a page's own address has there. What
/// names no page is a place on the one that is shown.
fn place_in(hash: &str) -> (Route, String) {
    let (path, fragment) = hash.split_once('#').unwrap_or((hash, ""));
    match Route::parse(path) {
        Some(route) => (route, fragment.to_owned()),
        None => (marked_route(), hash.to_owned()),
    }
}

/// What leads from this page to a place on it.
fn here(fragment: &str) -> String {
    if IS_SINGLE_FILE { format!("#{}#{fragment}", marked_route().path()) } else { format!("#{fragment}") }
}

/// Puts this back after the `#`, without going anywhere.
pub fn put_fragment(fragment: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let state = history.state().unwrap_or(JsValue::NULL);
        let _ = history.replace_state_with_url(&state, "", Some(&here(fragment)));
    }
}

/// Notes in the document which page it shows, for the stylesheets and for a page loaded anew.
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
    let href = match href.split_once('#').filter(|_| IS_SINGLE_FILE) {
        Some((_, hash)) if Route::parse(hash.split('#').next().unwrap_or_default()).is_none() => here(hash),
        _ => href.to_owned(),
    };
    notes::leave();
    let is_pushed = history.push_state_with_url(&notes::state_of_next_entry(), "", Some(&href)).is_ok();
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
    let location = web_sys::window()?.location();
    if IS_SINGLE_FILE {
        let document = |href: &str| href.split('#').next().map(ToOwned::to_owned);
        let (link_hash, is_ours) = (link.hash(), document(&location.href().ok()?) == document(&link.href()));
        return is_ours.then(|| place_in(link_hash.strip_prefix('#').unwrap_or_default()).0);
    }
    let is_ours = location.host().ok()? == link.host() && link.download().is_empty();
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
