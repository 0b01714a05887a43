//! Handing a file to the user.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use super::platform;
use crate::store::{File, Media};

/// Offers a file.
///
/// # Errors
/// Whatever the browser threw, and always inside WeChat, which drops downloads without a word; nothing was offered then.
pub fn offer(file: &File) -> Result<(), JsValue> {
    let media = match file.media {
        Media::Json => "application/json",
        Media::Calendar => "text/calendar",
    };
    hand_out(&file.name, media, &(*file.text).into())
}

/// Offers a file of this content, bytes or text.
///
/// # Errors
/// As [`offer`].
pub fn hand_out(name: &str, media: &str, content: &JsValue) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).filter(|_| !platform::is_wechat());
    let document = document.ok_or(JsValue::NULL)?;
    let options = BlobPropertyBag::new();
    options.set_type(media);
    // A part may be text or bytes.
    let parts = js_sys::Array::of1(content);
    let url = Url::create_object_url_with_blob(&Blob::new_with_str_sequence_and_options(&parts, &options)?)?;
    let link = document.create_element("a")?.unchecked_into::<HtmlAnchorElement>();
    link.set_href(&url);
    link.set_download(name);
    let body = document.body().ok_or(JsValue::NULL)?;
    body.append_child(&link)?;
    link.click();
    // The URL is left to the page's lifetime: revoking it at once cancels the download in some engines.
    link.remove();
    Ok(())
}
