//! What is wrong, and what is asked, above the page.

use plan_checklist_domain::storage::store::Refusal;
use plan_checklist_domain::{Msg, UnitKind};
use yew::prelude::*;

use crate::components::backup::{backup_button, not_downloaded, rescue_button};
use crate::components::button::{Button, ButtonStyle};
use crate::components::link::link;
use crate::route::{IS_SINGLE_FILE, Route, Target};
use crate::store::{Action, Dispatch, Notice, Question, Saving, Store};
use crate::words;

/// All of it; each in its own element, which stays where nothing is to be said.
pub(crate) fn notices(store: &Store) -> Html {
    let dispatch = &store.dispatch;
    let binned_kind = store.route.kind().filter(|kind| *store.workbook(*kind).is_deleted);
    html! {
        <div class="header__trouble">
            <div>{ failure(store) }</div>
            <div>{ guest(store) }</div>
            <div>{ missed(store) }</div>
            <div>{ other_day(store, dispatch) }</div>
            <div>{ for store.notices.iter().map(|which| notice(store, *which, dispatch)) }</div>
            <div>
                if let Some(kind) = binned_kind {
                    { binned(kind, dispatch) }
                }
            </div>
            <div>{ not_downloaded(store) }</div>
            <div>{ unprotected(store, dispatch) }</div>
        </div>
    }
}

/// On a shared computer: that nothing stays, on every page.
fn guest(store: &Store) -> Option<Html> {
    store.is_guest.then(|| {
        html! {
            <div class="banner banner--notice" data-guest="true">
                <p class="banner__what">{ "公用电脑：填的内容只在这个窗口里，关掉窗口就没有了。" }</p>
                <p class="banner__actions">{ backup_button(store, &[], "下载备份带走", ButtonStyle::Plain) }</p>
            </div>
        }
    })
}

/// What is wrong with saving, what it means for the answers, and the way out.
fn failure(store: &Store) -> Option<Html> {
    let Saving::Failed(refusal) = &store.saving else { return None };
    let (word, what, then) = match refusal {
        Refusal::Blocked if IS_SINGLE_FILE => (
            "blocked",
            "这个浏览器不让双击打开的文件保存数据，答复目前只在这个页面里，关掉就没了。",
            "可以接着填。关掉之前请下载备份，下次打开后在“数据安全”页导入，接着填。换一个浏览器打开这个文件，也许能保存。",
        ),
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

/// What is said where the address points at what is not on the page, and what leads on from there.
fn missed(store: &Store) -> Option<Html> {
    if !store.is_place_missed {
        return None;
    }
    let named =
        store.arrival.fragment.as_deref().and_then(|id| store.catalogue.requirement(id)).and_then(|requirement| {
            let is_asked = |kind: &UnitKind| requirement.role(*kind).is_some();
            let kind = store.route.kind().filter(is_asked).or_else(|| UnitKind::ALL.into_iter().find(is_asked))?;
            Some((kind, requirement.id))
        });
    let (what, on) = match named {
        Some((kind, id)) => {
            let title = words::requirement(store.catalogue, kind, *store.workbook(kind).cycle, id);
            let on = link(store, Target::requirement(kind, id), "button", "去看这一项");
            (format!("网址指的是“{title}”，不在这一页。"), on)
        }
        None => (
            "网址里“#”后面指的地方，这一页上没有：可能是转发时改了字，也可能那一处已经删了。整页都在下面。".into(),
            link(store, Route::All(store.route.kind().unwrap_or(UnitKind::County)), "button", "在全部要求里找"),
        ),
    };
    Some(html! {
        <div class="banner banner--notice" role="status" data-missed="true">
            <p class="banner__what">{ what }</p>
            <p class="banner__actions">{ on }</p>
        </div>
    })
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
        Notice::Restorable => (
            "有一份自查表的存档读不出来，或者不见了，它还有历史留底。损坏的存档没有删除。",
            "请到“数据安全”页，在“历史留底”里找“存档读不出来的自查表”，恢复最近的一份。",
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
        Notice::ChangedSince => (
            "没有撤销或重做：那一处后来在另一个窗口里改过，以后改的为准。",
            "要换回以前写的，在那一项的“修改记录”里找。",
        ),
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
        Notice::Restorable => "restorable",
        Notice::NotSetAside => "not-set-aside",
        Notice::Emptied => "emptied",
        Notice::WipedElsewhere => "wiped-elsewhere",
        Notice::Unreadable => "unreadable",
        Notice::Framed => "framed",
        Notice::ChangedSince => "changed-since",
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
