//! An address as a QR code.

use plan_checklist_domain::sharing::qr::qr;
use yew::prelude::*;

/// The code, and what to do with it.
pub(crate) fn qr_figure(address: &str) -> Html {
    html! {
        <figure class="share__qr">
            { qr_code(address) }
            <figcaption>{ "手机扫码打开，也能存成图片" }</figcaption>
        </figure>
    }
}

/// A picture, so that it can be saved or put into a document, drawn in lines, so that it prints sharp. Dark on light also
/// where the page is dark.
pub(crate) fn qr_code(address: &str) -> Html {
    let Some(code) = qr(address) else {
        return html! { <p class="attention">{ "网址太长，画不成二维码，请复制网址。" }</p> };
    };
    let (side, width) = (code.size, code.size * 8);
    let source = format!(
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{width}' viewBox='0 0 {side} {side}' \
         shape-rendering='crispEdges'%3E%3Cpath fill='%23fff' d='M0 0h{side}v{side}H0z'/%3E%3Cpath d='{}'/%3E%3C/svg%3E",
        code.path,
    );
    html! { <img class="qr" src={source} width="256" height="256" alt="二维码，扫码打开这个网址" /> }
}
