//! What is said about the place the page is seen from: inside WeChat, or at an address that not everybody can open.

use yew::prelude::*;

use crate::effects::platform::{Platform, Reach};

/// Said inside WeChat, whose browser cannot do everything.
pub(crate) fn wechat_note(platform: Option<&Platform>, text: &'static str) -> Html {
    html! {
        <div>
            if platform.is_some_and(|platform| platform.is_wechat) {
                <p class="note" data-wechat="true">{ text }</p>
            }
        </div>
    }
}

/// Said where not everybody can open an address of this site.
pub(crate) fn reach_note(platform: Option<&Platform>) -> Html {
    let text = match platform.map(|platform| platform.reach) {
        Some(Reach::ThisComputer) => {
            "这个网址只有这台电脑自己能打开，发给别人也打不开。要分享，请先用单位服务器上的网址打开本站，再到这一页来。"
        }
        Some(Reach::Network) => "这是内网网址：只有连在同一个网络里的人打得开，手机扫码也要连这个网络。",
        Some(Reach::Anyone) | None => return html! {},
    };
    html! { <p class="note attention" data-reach="true">{ text }</p> }
}
