//! What every page has around it: header, navigation, notices, footer.

use yew::prelude::*;

use crate::components::button::{Button, ButtonStyle};
use crate::components::help::help;
use crate::components::link::{link, link_around};
use crate::components::navigation::navigation;
use crate::components::notices::notices;
use crate::components::saving::{saving, undo_and_redo};
use crate::route::Route;
use crate::store::{Action, Store};
use crate::words;

/// The whole document around a page.
pub(crate) fn shell(store: &Store, page: Html) -> Html {
    let dispatch = &store.dispatch;
    let kind = store.route.kind();
    let product = html! {
        <span><span class="header__name">{ words::PRODUCT }</span><span class="tag tag--unofficial">{ "非官方" }</span></span>
    };
    html! {
        <div class="shell">
            <a class="skip-link" href="#main">{ "跳到正文" }</a>
            <header class="header">
                <div class="header__bar">
                    { link_around(store, Route::Home.into(), "header__product", false, product) }
                    <div class="header__unit">
                        if let Some(kind) = kind {
                            { link(store, Route::Workbooks, "header__book", words::book(store.workbook(kind))) }
                        }
                    </div>
                    <div class="header__saving">
                        if let Some(kind) = store.undo_kind() {
                            { undo_and_redo(store, kind) }
                        }
                        { saving(store) }
                    </div>
                </div>
            </header>
            { navigation(store) }
            { notices(store) }
            <main id="main" class="main" tabindex="-1">{ page }</main>
            <footer class="footer">
                <p>{ "非官方工具，依据一篇讲话整理，供对照自查。" }<strong>{ "请勿录入涉密信息。" }</strong></p>
                <p>{ "答复只存在这台设备的这个浏览器里，不上传。问法、核对要点和所属阶段由我们拟定；标“建议”的是我们的经验，不是讲话要求。" }</p>
                <Button action="help" style={ButtonStyle::Quiet} class="footer__help needs-program" onclick={dispatch.on(Action::HelpOpened)}>
                    { "键盘快捷键（?）" }
                </Button>
            </footer>
            <div>
                if store.is_help_open {
                    { help(dispatch) }
                }
            </div>
        </div>
    }
}
