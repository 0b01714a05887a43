//! 打印海报: a sheet of A4 with a QR code that leads to the start page.

use plan_checklist_domain::link::{Link, decode, encode_start};
use plan_checklist_domain::{Cycle, UnitKind};
use yew::prelude::*;

use crate::components::element::{el, many, with};
use crate::components::handout::{in_wechat, pieces, qr_code, reach_note};
use crate::components::link::{Look, button, link, p, page_head};
use crate::effects::print;
use crate::pages::sharing::{Desk, extent};
use crate::route::Route;
use crate::words;

pub(crate) fn poster(desk: &Desk, kind: UnitKind) -> Html {
    let held = desk.held();
    let found = decode(&held.fragment);
    let (start, is_lost) = match &found {
        Ok(Link::Start(start)) => (Some(start), false),
        _ => (None, !held.fragment.is_empty()),
    };
    let address = held.here.as_ref().map(|here| {
        let fragment = start.map_or_else(String::new, |start| format!("#{}", encode_start(start)));
        format!("{}{}{fragment}", here.site, Route::Start(kind).path())
    });
    let lost = is_lost.then(|| {
        p(
            "note attention",
            "这个网址不完整，读不出规划期和单位名称。下面的海报没有带上它们，仍然可以用；要带上，请回“分享”页重新做。",
        )
    });
    let print = vec![
        button("打印", Look::primary("print"), Callback::from(|_: MouseEvent| print::print())),
        link(&desk.store, Route::Share, "button", "改内容"),
    ];
    let lead = "一张 A4 纸：贴在会场、夹在通知里，扫码就能开始自查。";
    let tools = vec![
        page_head(Some(words::kind(kind).into()), "打印海报", p("page__lead", lead)),
        many("div", "", lost),
        reach_note(desk),
        in_wechat(desk, "微信里不能打印。请点右上角“···”，选“在浏览器打开”，再打印。"),
        many("p", "buttons needs-program", print),
    ];
    let who = start.and_then(|start| start.unit.as_deref()).unwrap_or(words::kind(kind));
    let cycle = start.map_or_else(|| "五年".into(), |start| Cycle(start.cycle).name());
    let steps = [
        "手机扫码，或在电脑浏览器里输入下面的网址。",
        "不用注册，点开就填，可以分几次填。",
        "答复只存在自己的浏览器里，不上传。请勿录入涉密信息。",
    ];
    let sheet = vec![
        many("p", "poster__title", vec![format!("{cycle}规划编制").into(), html! { <br /> }, "对照自查".into()]),
        p("poster__who", format!("请{who}填写 · {}", extent(kind))),
        many("div", "poster__code", address.as_deref().map(qr_code)),
        many("ol", "poster__steps", steps.map(|step| el("li", "", step))),
        p("poster__address", address.unwrap_or_default()),
        p("poster__note", format!("{} · 非官方工具，依据一篇公开讲话整理，供对照自查", words::PRODUCT)),
    ];
    let sheet = with("section", &["class", "aria-label"], vec!["poster".into(), "海报的样子".into()], pieces(sheet));
    many("div", "page", vec![many("div", "poster-tools", tools), sheet])
}
