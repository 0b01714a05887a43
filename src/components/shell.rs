//! What every page has around it: header, navigation, the state of saving, the shortcuts' help, footer.

use plan_checklist_domain::{UnitKind, saved};
use web_sys::Element;
use yew::prelude::*;

use crate::components::link::Link;
use crate::effects::{download, scroll, storage};
use crate::route::Route;
use crate::store::{Action, Dispatch, Saving, State, Trouble, use_dispatch, use_store};
use crate::words;

#[derive(Debug, Properties, PartialEq)]
pub(crate) struct ShellProps {
    pub(crate) children: Html,
}

#[component]
pub(crate) fn Shell(props: &ShellProps) -> Html {
    let state = use_store();
    let dispatch = use_dispatch();
    let open_help = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::HelpOpened))
    };
    html! {
        <div class="shell">
            <a class="skip-link" href="#main">{ "跳到正文" }</a>
            <header class="header">
                <div class="header__bar">
                    <Link to={Route::Home} class="header__product">
                        <span class="header__name">{ words::PRODUCT }</span><span class="tag tag--unofficial">{ "非官方" }</span>
                    </Link>
                    <div class="header__unit">{ for state.route.kind().map(|kind| unit(&state, kind)) }</div>
                    <div class="header__saving">{ saving(&state) }</div>
                </div>
                <nav class="nav" aria-label="主导航">{ for navigation(&state) }</nav>
            </header>
            <div class="header__trouble">{ for trouble(&state, &dispatch) }</div>
            <main id="main" class="main" tabindex="-1">{ props.children.clone() }</main>
            <footer class="footer">
                <p>{ "非官方工具，依据一篇公开讲话整理，供对照自查。" }<strong>{ "请勿录入涉密信息。" }</strong></p>
                <p>{ "答复只存在这台电脑的这个浏览器里，不上传、不联网。标“建议”的是我们的经验，不是讲话要求。" }</p>
                <button type="button" class="footer__help button button--quiet needs-program" onclick={open_help}>{ "键盘快捷键（?）" }</button>
            </footer>
            <div>{ for state.is_help_open.then(|| html! { <Help /> }) }</div>
        </div>
    }
}

fn unit(state: &State, kind: UnitKind) -> Html {
    let name = state.workbook(kind).unit.trim();
    html! { <span>{ if name.is_empty() { words::kind(kind) } else { name } }</span> }
}

fn saving(state: &State) -> Html {
    let (class, text) = match &state.saving {
        Saving::Idle if !state.is_restored => ("saving", "正在打开…".to_owned()),
        Saving::Idle => ("saving", "自动保存".to_owned()),
        Saving::Saved(time) => ("saving saving--saved", format!("已保存 {time}")),
        Saving::Failed(Trouble::SetAside) => ("saving saving--failed", "有存档读不出".to_owned()),
        Saving::Failed(_) => ("saving saving--failed", "没有保存！".to_owned()),
    };
    html! { <span {class} role="status" data-saving={saving_word(&state.saving)}>{ text }</span> }
}

fn saving_word(saving: &Saving) -> &'static str {
    match saving {
        Saving::Idle => "idle",
        Saving::Saved(_) => "saved",
        Saving::Failed(_) => "failed",
    }
}

fn navigation(state: &State) -> Vec<Html> {
    let route = state.route;
    let mut entries = Vec::new();
    if let Some(kind) = route.kind() {
        let is_working = matches!(route, Route::TaskList(_) | Route::Step(..));
        entries.push((Route::TaskList(kind), "自查步骤", is_working));
        entries.push((Route::All(kind), "全部要求", route == Route::All(kind)));
        entries.push((Route::Review(kind), "核对结果", route == Route::Review(kind)));
    } else {
        entries.push((Route::Home, "首页", route == Route::Home));
    }
    entries.push((Route::Duties, "责任分工", route == Route::Duties));
    entries.push((Route::Source, "原文对照", route == Route::Source));
    entries
        .into_iter()
        .map(|(to, text, is_current)| html! { <Link key={text} {to} class="nav__link" {is_current}>{ text }</Link> })
        .collect()
}

/// What is wrong with saving, what it means for the answers, and the way out.
fn trouble(state: &State, dispatch: &Dispatch) -> Option<Html> {
    let Saving::Failed(trouble) = &state.saving else { return None };
    let (what, then) = match trouble {
        Trouble::Blocked => (
            "浏览器不允许本页保存数据，答复目前只在这个页面里，关掉就没了。",
            "请现在下载备份；或在浏览器设置里允许本站存储数据、退出无痕模式，再改动任意一处，就会自动重新保存。",
        ),
        Trouble::Full => (
            "浏览器给本站的存储空间满了，最近的改动没有保存。",
            "请现在下载备份；清理本站其他数据后再改动任意一处，就会自动重新保存。",
        ),
        Trouble::Newer => (
            "有一份自查表是用更新的版本保存的，这个页面版本太旧，读不懂，也不会覆盖它。",
            "请按 Ctrl+F5 刷新，或换用最新版的网址打开。",
        ),
        Trouble::SetAside => (
            "有一份存档损坏，读不出来。原样另存了一份，没有删除；现在从空白开始，新的答复会正常保存。",
            "可以下载这份数据，交给懂技术的同事看看能不能找回。",
        ),
        Trouble::Damaged => (
            "有一份存档损坏，读不出来，也没有空间另存。为了不毁掉它，这份自查表的改动暂不保存。",
            "请先下载数据留底，清理浏览器空间后刷新本页。",
        ),
    };
    let workbooks = UnitKind::ALL.map(|kind| state.workbook(kind).clone());
    let dispatch = dispatch.clone();
    let on_download = Callback::from(move |_: MouseEvent| {
        // What is on the page may never have reached storage, and the other way round: both go into the file.
        let open = workbooks.iter().filter(|workbook| !workbook.is_blank());
        let open: Vec<String> = open.map(|workbook| saved::encode(workbook)).collect();
        let text = saved::rescue(&open, &storage::everything());
        if download::offer("规划编制自查-备份.json", &text).is_err() {
            dispatch.dispatch(Action::SaveFailed(Trouble::Blocked));
        }
    });
    Some(html! {
        <div class="banner" role="alert">
            <p class="banner__what">{ what }</p>
            <p>{ then }</p>
            <button type="button" class="button button--primary" onclick={on_download}>{ "下载备份" }</button>
        </div>
    })
}

const SHORTCUTS: [(&str, &str); 8] = [
    ("1 – 5", "给当前这一项选状态：未核对、未启动、推进中、已落实、不适用"),
    ("j", "下一项"),
    ("k", "上一项"),
    ("n", "下一个未核对"),
    ("/", "查找"),
    ("?", "打开这份说明"),
    ("Esc", "关闭这份说明"),
    ("Tab", "在各个按钮和输入框之间移动"),
];

#[component]
fn Help() -> Html {
    let dispatch = use_dispatch();
    let close = use_node_ref();
    use_effect_with(close.clone(), |close| {
        let before = scroll::focused();
        if let Some(button) = close.cast::<Element>() {
            scroll::focus(&button);
        }
        // Closed, the help leaves the keyboard where it was.
        move || {
            if let Some(before) = before {
                scroll::focus(&before);
            }
        }
    });
    // The dialog holds one control only, so keeping the focus inside means keeping it there.
    let onkeydown = Callback::from(|event: KeyboardEvent| {
        if event.key() == "Tab" {
            event.prevent_default();
        }
    });
    let on_close = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::HelpClosed));
    let rows = SHORTCUTS
        .map(|(key, what)| html! { <tr key={key}><th scope="row"><kbd>{ key }</kbd></th><td>{ what }</td></tr> });
    html! {
        <div class="dialog" role="dialog" aria-modal="true" aria-labelledby="help-title" {onkeydown}>
            <div class="dialog__box">
                <h2 id="help-title">{ "键盘快捷键" }</h2>
                <p>{ "在输入框里打字时，这些键只是普通的字。" }</p>
                <table class="dialog__keys"><tbody>{ for rows }</tbody></table>
                <button type="button" class="button button--primary" ref={close} onclick={on_close}>{ "知道了" }</button>
            </div>
        </div>
    }
}
