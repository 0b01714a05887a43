//! What is said about the place the page is seen from: inside WeChat, or at an address that not everybody can open.

use yew::prelude::*;

use crate::effects::platform::{Platform, Reach};
use crate::route::IS_SINGLE_FILE;

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
        Some(Reach::ThisComputer) if IS_SINGLE_FILE => {
            "这是单文件版，没有网址：上面的链接只有这台电脑自己能打开。要发给别人，可以把这个文件和备份文件一起发；要发链接，请用网址打开本站，导入备份，再到这一页来。"
        }
        Some(Reach::ThisComputer) => {
            "这个网址只有这台电脑自己能打开，发给别人也打不开。要分享，请先用单位服务器上的网址打开本站，再到这一页来。"
        }
        Some(Reach::Network) => "这是内网网址：只有连在同一个网络里的人打得开，手机扫码也要连这个网络。",
        Some(Reach::Anyone) | None => return html! {},
    };
    html! { <p class="note attention" data-reach="true">{ text }</p> }
}
