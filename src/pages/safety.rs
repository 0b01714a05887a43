//! 数据安全: where the answers are, what keeps them, and how to bring them back.

use std::rc::Rc;

use plan_checklist_domain::storage::key::{Key, RestorePoint};
use plan_checklist_domain::{Workbook, WorkbookId};
use yew::prelude::*;

use crate::components::backup::{NOT_DOWNLOADED, backup_button};
use crate::components::button::{Button, ButtonStyle};
use crate::components::import_backup::ImportBackup;
use crate::components::link::link;
use crate::components::locked_backup::LockedBackup;
use crate::components::page_head::page_head;
use crate::components::section::{section, section_of};
use crate::components::terms::terms;
use crate::effects::{address, carried, clock, download, guest, platform, scroll};
use crate::pages::page_props::PageProps;
use crate::route::{IS_SINGLE_FILE, LICENCES, Route};
use crate::store::{Action, Dispatch, Done, Inventory, Persistence, Question, Saving, Store, Wipe};
use crate::words;

/// How much local storage browsers commonly give to one site, in bytes as they count them.
const COMMON_QUOTA: usize = 10 * 1024 * 1024;

/// Where it is said that a restore point was restored.
const RESTORED: &str = "restored";
/// The buttons that ask what is to be wiped.
const WIPES: &str = "wipes";

const WHERE: &str = if IS_SINGLE_FILE {
    "这台设备、这个浏览器里，和网站上填的各是各的。有的浏览器还按文件的位置分开存：文件换了文件夹、改了名字，就可能看不到原来填的。搬动之前先下载备份，搬过去再导入。"
} else {
    "这台设备、这个浏览器、这个网址下。换设备、换浏览器、换网址都看不到，要用备份文件带过去。"
};

#[component]
pub(crate) fn Safety(props: &PageProps) -> Html {
    let store = &props.store;
    let dispatch = store.dispatch.clone();
    let inventory = &store.inventory;
    let points: Vec<Html> =
        inventory.restore_points.iter().map(|point| restore_point(store, &dispatch, *point)).collect();
    let restored = store.outcome.filter(|outcome| outcome.what == Done::Restored);
    let restored = restored.map(|outcome| {
        let kept = if outcome.is_kept { "恢复前的样子也留了底。" } else { "" };
        format!("已恢复。要退回，点页面上方的“撤销”。{kept}")
    });
    let attic: Vec<Html> = store.shown_books().into_iter().flat_map(|book| attic(store, book)).collect();
    let damaged = inventory.damaged.iter().map(|key| damaged_row(store, &dispatch, key));
    let nothing = (store.is_restored && store.shown_books().is_empty() && store.training.is_empty())
        .then_some("还没有填过的自查表，没有要备份的。");
    let backup_text = if is_wechat(store) { "写出备份文字" } else { "下载备份（全部自查表）" };
    html! {
        <div class="page page--text">
            { page_head(None, "数据安全", html! {
                <p class="page__lead">{ "答复存在哪里，会不会丢，丢了怎么找回。" }</p>
            }) }
            { section("where-heading", "现在的情况", terms([
                    ("存在哪里", if store.is_guest {
                        "只在这个窗口里，关掉窗口就没有了。要带走，请下载备份。".into()
                    } else {
                        WHERE.into()
                    }),
                    ("存好没有", saved(store).into()),
                    ("保留方式", promise(store, &dispatch)),
                    ("占用空间", space(inventory).into()),
                    ("上次备份", last_backup(store).into()),
                ])) }
            { section("backup-heading", "备份", html! {
                <>
                    <p class="page__lead">{ "备份是一个文件，存在 U 盘或内网盘里，清理浏览器也不受影响。回收站以外的自查表都在里面，学习记录也在；回收站里的，到“我的自查表”逐份下载。备份里有备注、姓名、佐证，按单位的规定保管。" }</p>
                    <p class="buttons needs-program">{ backup_button(store, &[], backup_text, ButtonStyle::Primary) }{ nothing }</p>
                    <LockedBackup store={store.clone()} />
                    if is_wechat(store) {
                        <WechatBackup store={store.clone()} not_downloaded={store.not_downloaded.clone().map(AttrValue::from)} />
                    }
                </>
            }) }
            { section_of("needs-program", "import-heading", "导入备份", html! { <ImportBackup store={store.clone()} /> }) }
            { section("restore-points-heading", "历史留底", html! {
                <>
                    <p class="page__lead">{ "每天第一次改动前、每次导入或恢复前，自动留一份底，每份自查表留最近 10 份。" }</p>
                    <p id={RESTORED} tabindex="-1" role="status">{ restored }</p>
                    <ul>{ for points.clone() }</ul>
                    <div>
                        if points.is_empty() {
                            <p class="records__none">{ "还没有历史留底。" }</p>
                        }
                    </div>
                </>
            }) }
            { section("bin-heading", "回收站", html! {
                <p>{ bin(store) }{ link(store, Route::Workbooks, "", "去“我的自查表”看") }</p>
            }) }
            <div>
                if !attic.is_empty() {
                    { section("attic-heading", "清单里已经没有的要求", html! {
                        <>
                            <p class="page__lead">{ "清单更新后不再列出的要求，原来的答复都留着，备份里也有。" }</p>
                            <ul>{ for attic }</ul>
                        </>
                    }) }
                }
            </div>
            <div>
                if !inventory.damaged.is_empty() {
                    { section("damaged-heading", "损坏的存档", html! {
                        <>
                            <p class="page__lead">{ "读不出来，但原样留着。可以下载交给懂技术的同事，也可以删掉腾空间。" }</p>
                            <ul>{ for damaged }</ul>
                        </>
                    }) }
                }
            </div>
            { section_of("needs-program", "wipe-heading", "用的是公用电脑？", wipe(store, &dispatch)) }
            { section("limits-heading", "哪些是我们保证不了的", html! {
                <>
                    <ul class="plain-list">
                        <li>{ "有人在浏览器里清除网站数据，或者重装系统、换电脑。" }</li>
                        <li>{ "突然断电、死机、浏览器被强行结束：最后半分钟左右的改动，浏览器可能还没写到硬盘上。" }</li>
                        <li>{ "浏览器空间不够时自己清理。会不会，看上面“保留方式”一行。" }</li>
                        <li>{ "无痕模式：关掉窗口就没了。" }</li>
                    </ul>
                    <p>{ "这些情况只有备份文件能救。" }</p>
                </>
            }) }
            { section("about-heading", "关于", terms([("版本", version(store).into()), ("许可证", licences(store))])) }
        </div>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct WechatBackupProps {
    store: Store,
    /// A backup that could not be downloaded.
    not_downloaded: Option<AttrValue>,
}

/// How to take a backup out of WeChat, which does not let files be downloaded.
#[component]
fn WechatBackup(props: &WechatBackupProps) -> Html {
    let WechatBackupProps { store, not_downloaded } = props;
    let text = not_downloaded.clone().unwrap_or_default();
    let outcome = match store.copied(&text) {
        None => "",
        Some(true) => "已复制",
        Some(false) => "没能自动复制，文字在页面上方，请长按全选、复制。",
    };
    let on_copy = store.dispatch.on(Action::CopyWanted { field: NOT_DOWNLOADED.into(), text: text.as_str().into() });
    html! {
        <div class="note" data-wechat="true">
            <p>{ "现在是在微信里，不能下载文件。点“写出备份文字”，再复制，粘贴到“文件传输助手”或收藏里存好；要用时，在“导入备份”里粘贴。" }</p>
            <p>{ "点右上角“···”在浏览器打开，那边看不到这里填的内容，要用这段文字带过去。" }</p>
            <div>
                if not_downloaded.is_some() {
                    <p class="buttons">
                        <Button action="copy-backup" style={ButtonStyle::Primary} onclick={on_copy}>{ "复制备份文字" }</Button>
                        <span role="status">{ outcome }</span>
                    </p>
                }
            </div>
        </div>
    }
}

/// Whether WeChat shows the page; nobody knows before the program has read what was saved.
fn is_wechat(store: &Store) -> bool {
    store.is_restored && platform::is_wechat()
}

/// The release, and which build of it, as it stands in the addresses of its files.
fn version(store: &Store) -> String {
    let version = env!("CARGO_PKG_VERSION");
    if IS_SINGLE_FILE {
        return format!("{version}，单文件版");
    }
    match store.is_restored.then(address::build).flatten() {
        Some(build) => format!("{version}，构建 {build}"),
        None => version.into(),
    }
}

fn licences(store: &Store) -> Html {
    let open = if IS_SINGLE_FILE {
        let on_open = Callback::from(|_: MouseEvent| {
            if let Ok(text) = carried::licences() {
                let _ = download::hand_out(LICENCES, "text/plain", &text);
            }
        });
        html! { <Button action="licences" style={ButtonStyle::Quiet} onclick={on_open}>{ "下载许可证全文" }</Button> }
    } else {
        html! { <a href={store.route.to_root() + LICENCES}>{ "许可证全文" }</a> }
    };
    html! { <>{ "本工具和用到的程序都是开源的：" }{ open }</> }
}

fn saved(store: &Store) -> String {
    match &store.saving {
        _ if !store.is_restored => "正在打开…".into(),
        _ if store.is_wiped_shown() => "没有存上：另一个窗口清除了这里的数据。见页面上方的提示。".into(),
        Saving::Idle => "每改一下就自动存好，不用点保存。".into(),
        Saving::Saved(time) => format!("最近一次存好：{time}。每改一下就自动存好。"),
        Saving::Failed(_) => "没有存上！见页面上方的提示。".into(),
    }
}

fn promise(store: &Store, dispatch: &Dispatch) -> Html {
    let text = match store.persistence {
        None => "正在问…",
        Some(Persistence::Promised) => "浏览器已同意长期保留，空间紧张时也不会自己清掉。",
        Some(Persistence::NotPromised) => "浏览器还没有同意长期保留：空间紧张时，它可能自己清掉。",
        Some(Persistence::Unknown) => "这个浏览器不能问（版本较旧，或网址不是 https）。请勤备份。",
    };
    let on_ask = dispatch.on(Action::PersistenceWanted);
    html! {
        <>
            { text }
            <span class="buttons">
                if store.persistence == Some(Persistence::NotPromised) {
                    <Button action="persist" onclick={on_ask}>{ "请浏览器长期保留" }</Button>
                }
            </span>
        </>
    }
}

fn space(inventory: &Inventory) -> String {
    if inventory.is_blocked {
        return "读不到：浏览器不允许本站存储数据。".into();
    }
    let kilobytes = |bytes: usize| bytes.div_ceil(1024);
    let damaged = match inventory.damaged_bytes {
        0 => String::new(),
        bytes => format!("，损坏的存档 {} KB", kilobytes(bytes)),
    };
    let training = match inventory.training_bytes {
        0 => String::new(),
        bytes => format!("，学习记录 {} KB", kilobytes(bytes)),
    };
    format!(
        "共 {} KB（自查表 {} KB，历史留底 {} KB{training}{damaged}）。浏览器一般给每个网址 {} MB。",
        kilobytes(inventory.total_bytes),
        kilobytes(inventory.workbook_bytes),
        kilobytes(inventory.restore_point_bytes),
        COMMON_QUOTA / 1024 / 1024,
    )
}

fn last_backup(store: &Store) -> String {
    let Some(last) = store.backups.values().map(|backup| &backup.at).max() else {
        let is_empty = store.is_restored && store.books.values().all(|book| book.is_blank());
        return if is_empty { "还没有填过，没有要备份的。" } else { "还没有备份过。" }.into();
    };
    let since = |book: &&Rc<Workbook>| store.answers_since_backup(book);
    let since: usize = store.shown_books().iter().map(since).sum();
    let age = match store.now.saturating_sub(*last) / (24 * 60 * 60 * 1000) {
        0 => "一天之内".to_owned(),
        days => format!("{days} 天前"),
    };
    format!("{}（{age}），之后改过 {since} 项答复。", clock::moment(*last))
}

fn bin(store: &Store) -> String {
    match store.books.values().filter(|book| *book.is_deleted && !book.is_blank()).count() {
        0 => "回收站是空的。".into(),
        count => format!("回收站里有 {count} 份自查表，可以恢复。"),
    }
}

/// A restore point. Of a workbook whose records are all lost it may be the only thing left.
fn restore_point(store: &Store, dispatch: &Dispatch, point: RestorePoint) -> Html {
    let name = store.books.get(&point.workbook).map_or_else(|| "存档读不出来的自查表".into(), |book| words::book(book));
    let made = clock::moment(point.made);
    let label = format!("恢复到这时：{name}，{made}");
    let onclick = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| {
            // The rows are others afterwards.
            scroll::focus_id(RESTORED);
            dispatch.send(Action::RestorePointChosen(point));
        })
    };
    let text = format!("{made} · {} · {name}", words::reason(point.reason));
    record_row(text, html! { <Button action="go-back" {label} {onclick}>{ "恢复到这时" }</Button> })
}

fn record_row(label: String, actions: Html) -> Html {
    html! { <li class="record-row"><span>{ label }</span><span class="buttons">{ actions }</span></li> }
}

/// Answers that no page shows any more.
fn attic(store: &Store, book: &Workbook) -> Vec<Html> {
    let name = words::book(book);
    let rows = book.unasked(store.catalogue).map(|(id, answer)| {
        let mut parts = vec![format!("{name} · 原编号 {id} · {}", words::status(*answer.status))];
        let texts = [&answer.note, &answer.reason, &answer.owner].map(|text| (**text).clone());
        parts.extend(texts.into_iter().filter(|text| !text.trim().is_empty()));
        for (_, entry) in answer.evidence() {
            parts.push(format!("佐证：{} {}", *entry.what, *entry.reference));
        }
        record_row(parts.join("；"), html! {})
    });
    rows.collect()
}

fn damaged_row(store: &Store, dispatch: &Dispatch, key: &Key) -> Html {
    let found = match key {
        Key::Damaged(rest) => rest.rsplit('/').next().and_then(|taken| taken.parse().ok()),
        _ => None,
    };
    let is_asked = store.asked == Some(Question::RemoveDamaged(key.clone()));
    let on_download = dispatch.on(Action::DamagedWanted(key.clone()));
    let on_remove = if is_asked {
        dispatch.on(Action::DamagedRemoved(key.clone()))
    } else {
        dispatch.on(Action::Asked(Some(Question::RemoveDamaged(key.clone()))))
    };
    let text = format!("{} 发现", found.map_or_else(String::new, clock::moment));
    let remove = if is_asked { "确认删除" } else { "删除" };
    let actions = html! {
        <>
            <Button action="download-damaged" label={format!("下载{text}的存档")} onclick={on_download}>{ "下载" }</Button>
            <Button action="remove-damaged" style={ButtonStyle::Quiet} label={format!("{remove}{text}的存档")} onclick={on_remove}>{ remove }</Button>
        </>
    };
    record_row(text, actions)
}

/// Wiping one workbook, or everything, after a question that offers the backup.
fn wipe(store: &Store, dispatch: &Dispatch) -> Html {
    let books = store.shown_books();
    let buttons = books.iter().map(|book| {
        let ask = dispatch.on(Action::Asked(Some(Question::Wipe(book.id))));
        html! {
            <Button key={book.id.to_string()} action="wipe-one" onclick={ask}>{ format!("清除“{}”", words::book(book)) }</Button>
        }
    });
    let ask_everything = dispatch.on(Action::Asked(Some(Question::WipeEverything)));
    let asked = match &store.asked {
        Some(Question::Wipe(id)) => {
            store.books.get(id).map(|book| (format!("“{}”", words::book(book)), Wipe::Workbooks(vec![*id])))
        }
        Some(Question::WipeEverything) => Some(("本站存在这个浏览器里的全部数据".into(), Wipe::Everything)),
        _ => None,
    };
    html! {
        <>
            { guest_mode(store) }
            <p class="page__lead">{ "走之前先下载备份，再把数据从这台设备上清掉。清掉就找不回来，历史留底和回收站也一起清；清除全部数据，学习记录也清。" }</p>
            <p id={WIPES} tabindex="-1" class="buttons">
                { for buttons }
                <Button key="everything" action="wipe-everything" onclick={ask_everything}>{ "清除本站全部数据" }</Button>
            </p>
            <div>
                if let Some((name, what)) = asked {
                    { confirm(store, dispatch, &name, &what) }
                }
            </div>
        </>
    }
}

/// The way into, and out of, keeping nothing on this computer.
fn guest_mode(store: &Store) -> Html {
    let turn = |is_on: bool| Callback::from(move |_: MouseEvent| guest::turn(is_on));
    let is_anything = !store.shown_books().is_empty() || !store.training.is_empty();
    let is_disabled = !store.is_restored;
    html! {
        <div class="note">
            if store.is_guest {
                <p>{ "现在不在这台电脑上留东西：填的内容只在这个窗口里，刷新还在，关掉窗口就没有了；平常存在这个浏览器里的自查表没有动，现在也看不到。" }</p>
                <p class="buttons">
                    <Button action="guest-off" is_disabled={is_anything} onclick={turn(false)}>{ "回到平常的存法" }</Button>
                    if is_anything {
                        <span>{ "先下载备份，再清除下面的数据，才能回去。" }</span>
                    }
                </p>
            } else {
                <p>{ "要在别人也用的电脑上填：可以让填的内容只留在这个窗口里，刷新还在，关掉窗口就没有了（五分钟后重新打开窗口也找不回来）。走之前下载备份带走。" }</p>
                <p class="buttons"><Button action="guest-on" {is_disabled} onclick={turn(true)}>{ "这次不在电脑上留东西" }</Button></p>
            }
        </div>
    }
}

fn confirm(store: &Store, dispatch: &Dispatch, name: &str, what: &Wipe) -> Html {
    // The backup of everything also holds what lies in the recycle bin, which is wiped with the rest.
    let ids: Vec<WorkbookId> = match what {
        Wipe::Workbooks(ids) => ids.clone(),
        Wipe::Everything => store.books.keys().copied().collect(),
    };
    let backup = backup_button(store, &ids, "先下载备份", ButtonStyle::Primary);
    // The question goes, and with it what was pressed.
    let leaving = |action: Action| {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| {
            scroll::focus_id(WIPES);
            dispatch.send(action.clone());
        })
    };
    let (on_keep, on_wipe) = (leaving(Action::Asked(None)), leaving(Action::WipeConfirmed(what.clone())));
    html! {
        <div class="banner" role="alertdialog" aria-label="确认清除">
            <p class="banner__what">{ format!("要清除{name}，清掉就找不回来。") }</p>
            <p class="banner__actions">
                { backup }
                <Button action="confirm-wipe" onclick={on_wipe}>{ "确认清除" }</Button>
                <Button action="keep" style={ButtonStyle::Quiet} onclick={on_keep}>{ "不清了" }</Button>
            </p>
        </div>
    }
}
