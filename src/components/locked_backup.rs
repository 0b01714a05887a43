//! A backup with a passphrase: made, and asked for when one is opened.

use gloo_timers::callback::Timeout;
use plan_checklist_domain::storage::locked::{LockError, SHORTEST, lock, unlock};
use web_sys::{HtmlInputElement, InputEvent, SubmitEvent};
use yew::prelude::*;

use crate::components::button::{Button, ButtonStyle};
use crate::effects::identity;
use crate::store::{Action, File, Media, Store};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct LockedBackupProps {
    pub(crate) store: Store,
}

/// Making a key takes about a second: the page says so first.
const DRAWN: u32 = 50;

#[component]
pub(crate) fn LockedBackup(props: &LockedBackupProps) -> Html {
    let store = &props.store;
    let said = use_state_eq(|| "");
    let on_submit = {
        let (store, said) = (store.clone(), said.setter());
        Callback::from(move |passphrase: String| {
            if passphrase.chars().count() < SHORTEST {
                return said.set("口令太短，至少 8 个字。");
            }
            said.set("正在加密…");
            let (store, said) = (store.clone(), said.clone());
            Timeout::new(DRAWN, move || {
                let (file, ids) = store.backup_file(&[]);
                let locked = identity::chance().and_then(|chance| lock(&file.text, &passphrase, chance));
                let Some(text) = locked else {
                    return said.set("这个浏览器没有可靠的随机数，做不了加密备份。请换一个浏览器，或下载不加密的。");
                };
                let name = file.name.replace("备份", "加密备份");
                store.dispatch.send(Action::BackupMade(File { name, media: Media::Json, text: text.into() }, ids));
                said.set("已生成加密备份，在浏览器的下载里。口令请另外记好。");
            })
            .forget();
        })
    };
    let is_empty = store.shown_books().is_empty() && store.training.is_empty();
    html! {
        <details class="needs-program">
            <summary>{ "给备份加口令" }</summary>
            <p>{ "文件在路上、在 U 盘里，别人打开也看不到内容。口令忘了，谁也打不开，我们也没有办法。" }</p>
            <Passphrase name="new-passphrase" label="口令（至少 8 个字）" is_new={true} text="下载加密备份" is_waiting={!store.is_restored} is_disabled={is_empty} {on_submit} />
            <p role="status" data-locked={(!said.is_empty()).to_string()}>{ *said }</p>
        </details>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct UnlockProps {
    /// The locked file.
    pub(crate) file: AttrValue,
    /// What was in it.
    pub(crate) on_open: Callback<String>,
}

/// Asks for the passphrase of a file.
#[component]
pub(crate) fn Unlock(props: &UnlockProps) -> Html {
    let UnlockProps { file, on_open } = props.clone();
    let fault = use_state_eq(|| None::<LockError>);
    let is_opening = use_state_eq(|| false);
    let on_submit = {
        let (fault, is_opening, file) = (fault.setter(), is_opening.setter(), file.clone());
        Callback::from(move |passphrase: String| {
            is_opening.set(true);
            let (fault, is_opening, file, on_open) = (fault.clone(), is_opening.clone(), file.clone(), on_open.clone());
            Timeout::new(DRAWN, move || {
                is_opening.set(false);
                match unlock(&file, &passphrase) {
                    Ok(text) => on_open.emit(text),
                    Err(error) => fault.set(Some(error)),
                }
            })
            .forget();
        })
    };
    let (word, text) = match *fault {
        None => ("", ""),
        Some(LockError::WrongPassphrase) => ("wrong", "口令不对。请看看大小写、空格和输入法，再试一次。"),
        Some(LockError::Damaged) => ("damaged", "文件坏了或者不完整，有口令也打不开。请换一份备份。什么都没有改。"),
        Some(LockError::Tampered) => ("tampered", "口令是对的，但文件加密以后被人改过，不能相信里面的内容，没有打开。"),
        Some(LockError::Newer) => ("newer", "这个文件是更新的版本做的，这里打不开。请换用最新版的网址。"),
    };
    html! {
        <div data-unlock="true">
            <p>{ "这份备份加了口令。" }</p>
            <Passphrase name="passphrase" label="口令" text="打开" is_disabled={*is_opening} {on_submit} />
            <p role="status">{ if *is_opening { "正在解开…" } else { "" } }</p>
            <div>
                if fault.is_some() {
                    <p class="attention" role="alert" data-fault={word}>{ text }</p>
                }
            </div>
        </div>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct PassphraseProps {
    name: &'static str,
    label: &'static str,
    #[prop_or_default]
    is_new: bool,
    /// What the button says.
    text: &'static str,
    /// What was saved is not read yet.
    #[prop_or_default]
    is_waiting: bool,
    is_disabled: bool,
    on_submit: Callback<String>,
}

/// A field for a passphrase, hidden until it is to be seen, and a button.
#[component]
fn Passphrase(props: &PassphraseProps) -> Html {
    let PassphraseProps { name, label, is_new, text, is_waiting, is_disabled, on_submit } = props.clone();
    // Typed and sent faster than it is drawn, too.
    let typed = use_mut_ref(String::new);
    let is_shown = use_state_eq(|| false);
    let oninput = {
        let typed = typed.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                typed.replace(field.value());
            }
        })
    };
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        on_submit.emit(typed.borrow().clone());
    });
    let on_show = {
        let is_shown = is_shown.clone();
        Callback::from(move |_: MouseEvent| is_shown.set(!*is_shown))
    };
    html! {
        <form class="hand-in__row" {onsubmit}>
            <div class="field">
                <label class="field__label" for={name}>{ label }</label>
                <input id={name} {name} class="field__input" type={if *is_shown { "text" } else { "password" }}
                    autocomplete={if is_new { "new-password" } else { "current-password" }} disabled={is_waiting} {oninput} />
            </div>
            <span class="buttons">
                <button type="submit" class="button" data-action={format!("submit-{name}")} disabled={is_waiting || is_disabled}>{ text }</button>
                <Button action="show-passphrase" style={ButtonStyle::Quiet} onclick={on_show}>
                    { if *is_shown { "不显示口令" } else { "显示口令" } }
                </Button>
            </span>
        </form>
    }
}
