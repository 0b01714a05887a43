//! Stylesheets that only a part's pages need: pages of the part come with them, all others load them with the part.

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, HtmlLinkElement};

use super::beside;
use crate::route::IS_SINGLE_FILE;

/// An attribute of a stylesheet that is still on its way.
const AWAITED: &str = "data-awaited";

fn document() -> Option<Document> {
    // Where pages are prerendered there is none, and the page's head names them.
    if cfg!(target_family = "wasm") { web_sys::window()?.document() } else { None }
}

fn found(document: &Document, name: &str) -> Option<Element> {
    document.get_element_by_id(&format!("style-{name}"))
}

/// Whether pages can be shown with this stylesheet.
#[must_use]
pub fn is_there(name: &str) -> bool {
    // The single file has all of them in its page; where no site is around the program, nobody has any.
    let is_any = !IS_SINGLE_FILE && beside::url(name).is_some();
    let Some(document) = document().filter(|_| is_any) else { return true };
    found(&document, name).is_some_and(|link| !link.has_attribute(AWAITED))
}

/// Has a stylesheet arrive. It lies beside the script that starts the program.
///
/// # Errors
/// If it does not arrive. Another attempt may succeed.
pub async fn load(name: &str) -> Result<(), JsValue> {
    let document = document().ok_or(JsValue::NULL)?;
    if is_there(name) {
        return Ok(());
    }
    // One that is on its way for somebody else may as well come twice.
    let link = document.create_element("link")?.unchecked_into::<HtmlLinkElement>();
    link.set_rel("stylesheet");
    link.set_href(&beside::url(&format!("{name}.css")).ok_or(JsValue::NULL)?);
    link.set_attribute(AWAITED, "")?;
    let arrival = Promise::new(&mut |resolve, reject| {
        link.set_onload(Some(&resolve));
        link.set_onerror(Some(&reject));
    });
    document.head().ok_or(JsValue::NULL)?.append_child(&link)?;
    let outcome = JsFuture::from(arrival).await;
    if outcome.is_err() || found(&document, name).is_some() {
        link.remove();
        return outcome.map(|_| ());
    }
    link.remove_attribute(AWAITED)?;
    link.set_id(&format!("style-{name}"));
    Ok(())
}
