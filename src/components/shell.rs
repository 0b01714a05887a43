//! What every page has around it: header, navigation, the state of saving, the shortcuts' help, footer.

use plan_checklist_domain::storage::store::Refusal;
use plan_checklist_domain::workbook::history::HistoryEntry;
use plan_checklist_domain::{Msg, Pressing, UnitKind, Urgency};
use yew::prelude::*;

use crate::components::backup::{backup_button, not_downloaded, rescue_button};
use crate::components::button::{Button, ButtonStyle};
use crate::components::link::{link, link_around, share_link};
use crate::effects::clock;
use crate::route::Route;
use crate::store::{Action, Dispatch, Notice, Question, Saving, Store};
use crate::words;

/// The whole document around a page.
pub(crate) fn shell(store: &Store, page: Html) -> Html {
    let dispatch = store.dispatch.clone();
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
                            { undo_and_redo(store, kind, &dispatch) }
                        }
                        { saving(store) }
                    </div>
                </div>
            </header>
            <nav class="nav-bar" aria-label="主导航"><div class="nav">{ for navigation(store) }</div></nav>
            <div class="header__trouble">
                <div>{ failure(store) }</div>
                <div>{ other_day(store, &dispatch) }</div>
                <div>{ for store.notices.iter().map(|which| notice(store, *which, &dispatch)) }</div>
                <div>
                    if let Some(kind) = kind.filter(|kind| *store.workbook(*kind).is_deleted) {
                        { binned(kind, &dispatch) }
                    }
                </div>
                <div>{ not_downloaded(store) }</div>
                <div>{ unprotected(store, &dispatch) }</div>
            </div>
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
                    { help(&dispatch) }
                }
            </div>
        </div>
    }
}

/// Undo and redo, on every page that belongs to a workbook.
fn undo_and_redo(store: &Store, kind: UnitKind, dispatch: &Dispatch) -> Html {
    let history = store.history(kind);
    let button = |text: &'static str, keys: &str, entry: Option<&HistoryEntry>, action: Action| {
        let what = match entry {
            Some(entry) => format!("{text}：{}（{keys}）", words::change(store.catalogue, &entry.kind)),
            None => format!("没有可以{text}的"),
        };
        html! {
            <button type="button" class="travel__button" disabled={entry.is_none()} title={what.clone()} aria-label={what}
                onclick={dispatch.on(action)}>
                { text }
            </button>
        }
    };
    html! {
        <span class="travel needs-program">
            { button("撤销", "Ctrl+Z", history.and_then(|history| history.next_undo()), Action::Undone(kind)) }
            { button("重做", "Ctrl+Y", history.and_then(|history| history.next_redo()), Action::Redone(kind)) }
        </span>
    }
}

fn saving(store: &Store) -> Html {
    let (class, text) = match &store.saving {
        Saving::Idle if !store.is_restored => (None, "正在打开…".to_owned()),
        Saving::Idle => match store.last_change() {
            Some(moment) => (None, format!("已保存 {}", clock::recent(moment))),
            None => (None, "自动保存".to_owned()),
        },
        Saving::Saved(time) => (Some("saving--saved"), format!("已保存 {time}")),
        Saving::Failed(_) => (Some("saving--failed"), "没有保存！".to_owned()),
    };
    html! {
        <span class={classes!("saving", class)} role="status" data-saving={saving_word(&store.saving)}>
            { link(store, Route::Safety, "saving__link", text) }
        </span>
    }
}

fn saving_word(saving: &Saving) -> &'static str {
    match saving {
        Saving::Idle => "idle",
        Saving::Saved(_) => "saved",
        Saving::Failed(_) => "failed",
    }
}

fn navigation(store: &Store) -> Vec<Html> {
    let route = store.route;
    let mut entries = Vec::new();
    // A page that belongs to no checklist leads back to the one worked on last.
    match route.kind().or_else(|| store.shown_books().first().map(|book| book.kind)) {
        Some(kind) => entries.extend([
            (Route::TaskList(kind), "自查步骤"),
            (Route::All(kind), "全部要求"),
            (Route::Review(kind), "核对结果"),
            (Route::Dates(kind), "节点期限"),
        ]),
        None => entries.push((Route::Home, "首页")),
    }
    entries.extend([
        (Route::Duties, "责任分工"),
        (Route::Source, "原文对照"),
        (Route::Workbooks, "我的自查表"),
        (Route::Safety, "数据安全"),
    ]);
    let entry = |(to, text): (Route, &'static str)| {
        let is_current = to == route || matches!((to, route), (Route::TaskList(_), Route::Step(..)));
        let late = matches!(to, Route::Dates(_)).then(|| late(store, to)).flatten();
        link_around(store, to.into(), "nav__link", is_current, html! { <>{ text }{ late }</> })
    };
    entries.into_iter().map(entry).chain([share_link(store)]).collect()
}

/// What presses most, beside the way to the dates.
fn late(store: &Store, dates: Route) -> Option<Html> {
    let kind = dates.kind()?;
    let workbook = store.workbook(kind);
    let pressing = Pressing::of(workbook, store.catalogue.requirements_for(kind), store.as_of(workbook)?);
    let urgency = [Urgency::Overdue, Urgency::Near].into_iter().find(|urgency| pressing.count(*urgency) > 0)?;
    let class = classes!("badge", (urgency == Urgency::Overdue).then_some("badge--late"));
    Some(html! { <span {class}>{ format!("{} {}", words::urgency(urgency), pressing.count(urgency)) }</span> })
}

/// Said on every page while another day than today is looked at.
fn other_day(store: &Store, dispatch: &Dispatch) -> Option<Html> {
    let day = store.chosen_day?;
    let back = dispatch.on(Action::DayChosen(None));
    let today = store.clock_day().map_or_else(String::new, |today| format!("，今天是{}", today.in_chinese()));
    let what = format!("正在按 {} 查看{today}。", day.in_chinese());
    Some(html! {
        <div class="banner banner--notice banner--day">
            <p class="banner__what">{ what }</p>
            <Button action="today" onclick={back}>{ "回到今天" }</Button>
        </div>
    })
}

/// What is wrong with saving, what it means for the answers, and the way out.
fn failure(store: &Store) -> Option<Html> {
    let Saving::Failed(refusal) = &store.saving else { return None };
    let (word, what, then) = match refusal {
        Refusal::Blocked => (
            "blocked",
            "浏览器不允许本页保存数据，答复目前只在这个页面里，关掉就没了。",
            "可以接着填。请先下载备份；再在浏览器设置里允许本站存储数据，或退出无痕模式。恢复后会自动保存，不用重填。",
        ),
        Refusal::Full => (
            "full",
            "浏览器给本站的存储空间满了，最近的改动没有保存。",
            "可以接着填。请先下载备份；再到“数据安全”页看哪些可以清理。腾出空间后会自动保存。",
        ),
        Refusal::TooLarge => (
            "too-large",
            "有一份自查表太大，超出了浏览器能存的量，最近的改动没有保存。",
            "多半是粘贴了特别长的内容。请先下载备份，再把那一处删短，之后会自动保存。",
        ),
        Refusal::Newer => (
            "newer",
            "有一份自查表是用更新的版本保存的，这个页面不能改写它，最近的改动没有保存。",
            "请先下载备份，再换用最新版的网址打开。",
        ),
    };
    Some(html! {
        <div class="banner" role="alert" data-trouble={word}>
            <p class="banner__what">{ what }</p>
            <p>{ then }</p>
            <p class="banner__actions">
                { rescue_button(store) }
                { link(store, Route::Safety, "button", "数据安全") }
            </p>
        </div>
    })
}

/// What happened to storage that people must know.
fn notice(store: &Store, notice: Notice, dispatch: &Dispatch) -> Html {
    let (what, then) = match notice {
        Notice::Newer => (
            "有一份自查表是用更新的版本保存的，这个页面版本太旧，读不全，也不会去改它。",
            "请按 Ctrl+F5 刷新，或换用最新版的网址打开。",
        ),
        Notice::Recovered => {
            ("上次保存时被打断，已经退回到前一次保存的内容。", "最后一次改动可能没存上，请看一眼最近填的那一项。")
        }
        Notice::SetAside => (
            "有一份存档损坏，读不出来。原样留存了一份，没有删除。",
            "新的答复会正常保存。损坏的那份可以到“数据安全”页下载，交给懂技术的同事试着找回。",
        ),
        Notice::NotSetAside => (
            "有一份存档损坏，读不出来，也没有空间另存。它还在原处，不会被覆盖。",
            "请到“数据安全”页先下载数据留底，再清理空间。",
        ),
        Notice::Emptied => (
            "浏览器里本站的数据刚被清空，这个页面上的自查表已经重新存好。",
            "历史留底和其他没有打开的内容找不回来；有备份文件的，请到“数据安全”页导入。",
        ),
        Notice::WipedElsewhere => (
            "另一个窗口清除了这里的自查表。这个页面上还看得到，但不再保存。",
            "要留下，就点“继续保存”；不留，关掉这个页面即可。",
        ),
        Notice::Unreadable => {
            ("这份历史留底读不出来，没有恢复，现在的内容也没有改动。", "可以换一份历史留底，或者导入以前下载的备份。")
        }
        Notice::Framed => {
            ("没有清除：这一页嵌在别的网页里，点到的未必是你想点的。", "请在浏览器里单独打开本站的网址，再清除。")
        }
        Notice::NotAllWiped => ("没有全部清除：另一个窗口正在往里写。", "请关掉本站的其他窗口，再清除一次。"),
    };
    let action = match notice {
        Notice::WipedElsewhere => {
            html! { <Button action="keep" onclick={dispatch.on(Action::Kept)}>{ "继续保存" }</Button> }
        }
        _ => {
            let close = dispatch.on(Action::NoticeClosed(notice));
            html! { <Button action="close-notice" onclick={close}>{ "知道了" }</Button> }
        }
    };
    let word = match notice {
        Notice::Newer => "newer",
        Notice::Recovered => "recovered",
        Notice::SetAside => "set-aside",
        Notice::NotSetAside => "not-set-aside",
        Notice::Emptied => "emptied",
        Notice::WipedElsewhere => "wiped-elsewhere",
        Notice::Unreadable => "unreadable",
        Notice::Framed => "framed",
        Notice::NotAllWiped => "not-all-wiped",
    };
    html! {
        <div key={word} class="banner banner--notice" role="alert" data-notice={word}>
            <p class="banner__what">{ what }</p>
            <p>{ then }</p>
            <p class="banner__actions">{ action }{ link(store, Route::Safety, "button", "数据安全") }</p>
        </div>
    }
}

/// Asked where there is no room to keep what a big change would change.
fn unprotected(store: &Store, dispatch: &Dispatch) -> Option<Html> {
    let Some(Question::Unprotected(change)) = &store.asked else { return None };
    let make = dispatch.on(Action::BigChangeMade { change: change.clone(), is_kept: false });
    Some(html! {
        <div class="banner" role="alertdialog" aria-label="没有地方留底" data-question="unprotected">
            <p class="banner__what">{ "浏览器里没有空间先留一份底，所以还什么都没有改。" }</p>
            <p>{ "可以先下载备份，再接着改；改完仍可以撤销。也可以到“数据安全”腾出空间再来。" }</p>
            <p class="banner__actions">
                { backup_button(store, &change.ids(), "先下载备份", ButtonStyle::Primary) }
                <Button action="change-anyway" onclick={make}>{ "不留底，接着改" }</Button>
                <Button action="change-not" style={ButtonStyle::Quiet} onclick={dispatch.on(Action::Asked(None))}>{ "不改了" }</Button>
            </p>
        </div>
    })
}

/// Said where the workbook in use lies in the recycle bin: another tab put it there.
fn binned(kind: UnitKind, dispatch: &Dispatch) -> Html {
    let restore = dispatch.on(Action::Edited(kind, Msg::Deleted(false)));
    html! {
        <div class="banner banner--notice" role="alert">
            <p class="banner__what">{ "这份自查表在回收站里。" }</p>
            <p class="banner__actions"><Button action="restore" onclick={restore}>{ "恢复" }</Button></p>
        </div>
    }
}

const SHORTCUTS: [(&str, &str); 10] = [
    ("1 – 5", "给当前这一项选状态：未核对、未启动、推进中、已落实、不适用"),
    ("j", "下一项"),
    ("k", "上一项"),
    ("n", "下一个未核对"),
    ("/", "查找"),
    ("Ctrl+Z", "撤销"),
    ("Ctrl+Y", "重做"),
    ("?", "打开这份说明"),
    ("Esc", "关闭这份说明"),
    ("Tab", "在各个按钮和输入框之间移动"),
];

fn help(dispatch: &Dispatch) -> Html {
    // The dialog holds one control only, so keeping the focus inside means keeping it there.
    let onkeydown = Callback::from(|event: KeyboardEvent| {
        if event.key() == "Tab" {
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

/// The button that has the focus while the help is open.
pub(crate) const HELP_CLOSE: &str = "close-help";
