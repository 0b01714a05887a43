//! The dialog with the shortcuts.

use yew::prelude::*;

use crate::store::{Action, Dispatch};

/// The button that has the focus while the help is open.
pub(crate) const HELP_CLOSE: &str = "close-help";

const SHORTCUTS: [(&str, &str); 11] = [
    ("1 – 5", "给当前这一项选状态：未核对、未启动、推进中、已落实、不适用"),
    ("j", "下一项"),
    ("k", "上一项"),
    ("Enter", "展开或收起当前这一项"),
    ("n", "下一个未核对"),
    ("/", "查找"),
    ("Ctrl+Z", "撤销"),
    ("Ctrl+Y", "重做"),
    ("?", "打开这份说明"),
    ("Esc", "离开输入框，或关闭这份说明"),
    ("Tab", "在各个按钮和输入框之间移动"),
];

pub(crate) fn help(dispatch: &Dispatch) -> Html {
    // The dialog holds one control only, so keeping the focus inside means keeping it there.
    let onkeydown = Callback::from(|event: KeyboardEvent| {
        // WebKitGTK does not name the key while Shift is held.
        if event.key() == "Tab" || event.code() == "Tab" {
            event.prevent_default();
        }
    });
    let rows = SHORTCUTS
        .map(|(key, what)| html! { <tr key={key}><th scope="row"><kbd>{ key }</kbd></th><td>{ what }</td></tr> });
    html! {
        <div class="dialog" role="dialog" aria-modal="true" aria-labelledby="help-title" {onkeydown}>
            <div class="dialog__box">
                <h2 id="help-title">{ "键盘快捷键" }</h2>
                <p>{ "在输入框里打字时，这些键只是普通的字。" }</p>
                <table class="dialog__keys"><tbody>{ for rows }</tbody></table>
                <button type="button" id={HELP_CLOSE} class="button button--primary" onclick={dispatch.on(Action::HelpClosed)}>{ "知道了" }</button>
            </div>
        </div>
    }
}
