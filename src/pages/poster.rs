//! 打印海报: a sheet of A4 with a QR code that leads to the start page.

use plan_checklist_domain::sharing::link::{Link, Start, decode, encode_start};
use plan_checklist_domain::{Cycle, UnitKind};
use yew::prelude::*;

use crate::components::button::{Button, ButtonStyle};
use crate::components::link::link;
use crate::components::page_head::page_head;
use crate::components::place_notes::{reach_note, wechat_note};
use crate::components::qr_code::qr_code;
use crate::pages::page_props::PageOfKindProps;
use crate::pages::surroundings::use_surroundings;
use crate::route::Route;
use crate::store::{Action, Printout, Store};
use crate::words;

#[component]
pub(crate) fn Poster(props: &PageOfKindProps) -> Html {
    let PageOfKindProps { store, kind } = props;
    let kind = *kind;
    let surroundings = use_surroundings(store);
    let platform = surroundings.platform.as_ref();
    let start = match decode(store.catalogue, &surroundings.fragment) {
        Ok(Link::Start(start)) => Some(start),
        _ => None,
    };
    let is_lost = start.is_none() && !surroundings.fragment.is_empty();
    let address = platform.map(|platform| {
        let fragment = start.as_ref().map_or_else(String::new, |start| format!("#{}", encode_start(start)));
        format!("{}{}{fragment}", platform.site, Route::Start(kind).path())
    });
    html! {
        <div class="page">
            <div class="poster-tools">
                { page_head(Some(words::kind(kind)), "打印海报", html! {
                    <p class="page__lead">{ "一张 A4 纸：贴在会场、夹在通知里，扫码就能开始自查。" }</p>
                }) }
                <div>
                    if is_lost {
                        <p class="note attention">{ "这个网址不完整，读不出规划期和单位名称。下面的海报没有带上它们，仍然可以用；要带上，请回“分享”页重新做。" }</p>
                    }
                </div>
                { reach_note(platform) }
                { wechat_note(platform, "微信里不能打印。请点右上角“···”，选“在浏览器打开”，再打印。") }
                <p class="buttons needs-program">
                    <Button action="print" style={ButtonStyle::Primary} onclick={store.dispatch.on(Action::PrintWanted(Printout::Page))}>{ "打印" }</Button>
                    { link(store, Route::Share, "button", "改内容") }
                </p>
            </div>
            { sheet(store, kind, start.as_ref(), address.as_deref()) }
        </div>
    }
}

/// What is printed.
fn sheet(store: &Store, kind: UnitKind, start: Option<&Start>, address: Option<&str>) -> Html {
    let who = start.and_then(|start| start.unit.as_deref()).unwrap_or(words::kind(kind));
    let cycle = start.map_or_else(|| "五年".into(), |start| Cycle(start.cycle).name());
    html! {
        <section class="poster" aria-label="海报的样子">
            <p class="poster__title">{ format!("{cycle}规划编制") }<br />{ "对照自查" }</p>
            <p class="poster__who">{ format!("请{who}填写 · {}", words::extent(store.catalogue, kind)) }</p>
            <div class="poster__code">{ address.map(qr_code) }</div>
            <ol class="poster__steps">
                <li>{ "手机扫码，或在电脑浏览器里输入下面的网址。" }</li>
                <li>{ "不用注册，点开就填，可以分几次填。" }</li>
                <li>{ "答复只存在自己的浏览器里，不上传。请勿录入涉密信息。" }</li>
            </ol>
            <p class="poster__address">{ address.map(ToOwned::to_owned) }</p>
            <p class="poster__note">{ format!("{} · 非官方工具，依据一篇讲话整理，供对照自查", words::PRODUCT) }</p>
        </section>
    }
}
