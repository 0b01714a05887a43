//! 数据安全: where the answers are, what keeps them, and how to bring them back.

use std::rc::Rc;

use plan_checklist_domain::file;
use plan_checklist_domain::shelf::{Key, Reason, SnapshotKey};
use plan_checklist_domain::{Workbook, WorkbookId};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::components::backup::BackupButton;
use crate::components::import::Import;
use crate::components::link::Link;
use crate::effects::persistence::{self, Persistence};
use crate::effects::{clock, download, identity, storage};
use crate::route::Route;
use crate::store::{Action, Dispatch, Saving, State, use_dispatch, use_store};
use crate::words;

/// How much local storage browsers commonly give to one site, in bytes as they count them.
const COMMON_QUOTA: usize = 10 * 1024 * 1024;

#[component]
pub(crate) fn Safety() -> Html {
    let state = use_store();
    let dispatch = use_dispatch();
    let inventory = use_state_eq(storage::Inventory::default);
    let persistence = use_state_eq(|| None::<Persistence>);
    // Counts what this page did to storage, so that it looks again.
    let looks = use_state_eq(|| 0_u32);
    {
        let inventory = inventory.clone();
        use_effect_with(
            (state.is_restored, state.saving.clone(), state.books.clone(), *looks),
            move |(is_restored, ..)| {
                if *is_restored {
                    inventory.set(storage::inventory());
                }
            },
        );
    }
    {
        let persistence = persistence.clone();
        use_effect_with((), move |()| {
            spawn_local(async move { persistence.set(Some(persistence::persistence().await)) })
        });
    }
    let on_ask = {
        let persistence = persistence.clone();
        Callback::from(move |_: MouseEvent| {
            let persistence = persistence.clone();
            spawn_local(async move { persistence.set(Some(persistence::ask().await)) });
        })
    };
    let look = {
        let looks = looks.clone();
        Callback::from(move |()| looks.set(looks.wrapping_add(1)))
    };
    let snapshots = inventory.snapshots.iter().filter_map(|key| snapshot(&state, &dispatch, *key, &look));
    let damaged = inventory
        .damaged
        .iter()
        .map(|key| html! { <Damaged key={key.text()} record={key.clone()} on_removed={look.clone()} /> });
    let attic = state.shown_books().into_iter().flat_map(|book| attic(book)).collect::<Vec<_>>();
    html! {
        <div class="page">
            <header class="page__head">
                <h1 class="page__title">{ "数据安全" }</h1>
                <p class="page__lead">{ "答复存在哪里，会不会丢，丢了怎么找回。" }</p>
            </header>
            <section aria-labelledby="where-heading">
                <h2 id="where-heading" class="page__subtitle">{ "现在的情况" }</h2>
                <dl class="states">
                    { state_row("存在哪里", html! { "这台电脑、这个浏览器、这个网址下。换电脑、换浏览器、换网址都看不到，要用备份文件带过去。" }) }
                    { state_row("存好没有", html! { saved(&state) }) }
                    { state_row("浏览器的承诺", promise(*persistence, on_ask)) }
                    { state_row("占用空间", html! { space(&inventory) }) }
                    { state_row("上次备份", html! { last_backup(&state) }) }
                </dl>
            </section>
            <section aria-labelledby="backup-heading">
                <h2 id="backup-heading" class="page__subtitle">{ "备份" }</h2>
                <p class="page__lead">{ "备份是一个文件，存在 U 盘或内网盘里，浏览器怎么清都不怕。所有自查表都在里面。备份里有备注、姓名、佐证，按单位的规定保管。" }</p>
                <p class="buttons needs-program"><BackupButton is_primary={true} text="下载备份（全部自查表）" /></p>
            </section>
            <section aria-labelledby="import-heading" class="needs-program">
                <h2 id="import-heading" class="page__subtitle">{ "导入备份" }</h2>
                <Import on_done={look.clone()} />
            </section>
            <section aria-labelledby="snapshots-heading">
                <h2 id="snapshots-heading" class="page__subtitle">{ "快照" }</h2>
                <p class="page__lead">{ "每天第一次改动前、每次导入或恢复前，自动留一份快照，每份自查表留最近 10 份。恢复之后还可以撤销。" }</p>
                <ul class="records">{ for snapshots }</ul>
                <p class="records__none">{ "还没有快照。" }</p>
            </section>
            <section aria-labelledby="bin-heading">
                <h2 id="bin-heading" class="page__subtitle">{ "回收站" }</h2>
                <p>{ bin(&state) }{ " " }<Link to={Route::Workbooks}>{ "去“我的自查表”看" }</Link></p>
            </section>
            <section aria-labelledby="attic-heading" hidden={attic.is_empty()}>
                <h2 id="attic-heading" class="page__subtitle">{ "清单里已经没有的要求" }</h2>
                <p class="page__lead">{ "清单更新后不再列出的要求，原来的答复都留着，备份里也有。" }</p>
                <ul class="records">{ for attic }</ul>
            </section>
            <section aria-labelledby="damaged-heading" hidden={inventory.damaged.is_empty()}>
                <h2 id="damaged-heading" class="page__subtitle">{ "损坏的存档" }</h2>
                <p class="page__lead">{ "读不出来，但原样留着。可以下载交给懂技术的同事，也可以删掉腾空间。" }</p>
                <ul class="records">{ for damaged }</ul>
            </section>
            <section aria-labelledby="wipe-heading" class="needs-program">
                <h2 id="wipe-heading" class="page__subtitle">{ "用的是公用电脑？" }</h2>
                <p class="page__lead">{ "走之前先下载备份，再把数据从这台电脑上清掉。清掉就找不回来，快照和回收站也一起清。" }</p>
                <Wipe on_done={look} />
            </section>
            <section aria-labelledby="limits-heading">
                <h2 id="limits-heading" class="page__subtitle">{ "哪些是我们保证不了的" }</h2>
                <ul class="plain-list">
                    <li>{ "有人在浏览器里清除网站数据，或者重装系统、换电脑。" }</li>
                    <li>{ "浏览器空间不够时自己清理。上面“浏览器的承诺”写着它答应没有。" }</li>
                    <li>{ "无痕模式：关掉窗口就没了。" }</li>
                </ul>
                <p>{ "这些情况只有备份文件能救。" }</p>
            </section>
        </div>
    }
}

fn state_row(label: &str, value: Html) -> Html {
    html! { <div class="states__row"><dt>{ label }</dt><dd>{ value }</dd></div> }
}

fn saved(state: &State) -> String {
    match &state.saving {
        _ if !state.is_restored => "正在打开…".into(),
        Saving::Idle => "每改一下就自动存好，不用点保存。".into(),
        Saving::Saved(time) => format!("最近一次存好：{time}。每改一下就自动存好。"),
        Saving::Failed(_) => "没有存上！见页面上方的提示。".into(),
    }
}

fn promise(persistence: Option<Persistence>, on_ask: Callback<MouseEvent>) -> Html {
    let text = match persistence {
        None => "正在问…",
        Some(Persistence::Promised) => "浏览器答应长期保留，空间紧张时也不会自己清掉。",
        Some(Persistence::NotPromised) => "浏览器还没有答应：空间紧张时，它可能自己清掉。",
        Some(Persistence::Unknown) => "这个浏览器不能问（版本较旧，或网址不是 https）。请勤备份。",
    };
    let ask = (persistence == Some(Persistence::NotPromised)).then(|| {
        html! { <button type="button" class="button" onclick={on_ask}>{ "请浏览器长期保留" }</button> }
    });
    html! { <>{ text }<span class="buttons">{ for ask }</span></> }
}

fn space(inventory: &storage::Inventory) -> String {
    if inventory.is_blocked {
        return "读不到：浏览器不允许本站存储数据。".into();
    }
    let kilobytes = |bytes: usize| format!("{} KB", bytes.div_ceil(1024));
    format!(
        "共 {}（自查表 {}，快照 {}，损坏的存档 {}）。浏览器一般给每个网址 {} MB。",
        kilobytes(inventory.total_bytes),
        kilobytes(inventory.workbook_bytes),
        kilobytes(inventory.snapshot_bytes),
        kilobytes(inventory.damaged_bytes),
        COMMON_QUOTA / 1024 / 1024,
    )
}

fn last_backup(state: &State) -> String {
    let Some(last) = state.backups.values().max() else { return "还没有备份过。".into() };
    let since: usize = state
        .shown_books()
        .iter()
        .map(|book| book.answers_since(state.backups.get(&book.id).copied().unwrap_or(0)))
        .sum();
    let age = clock::now().saturating_sub(*last) / (24 * 60 * 60 * 1000);
    let age = if age == 0 { "一天之内".to_owned() } else { format!("{age} 天前") };
    format!("{}（{age}），之后改过 {since} 项答复。", clock::moment(*last))
}

fn bin(state: &State) -> String {
    match state.books.values().filter(|book| *book.is_deleted && !book.is_blank()).count() {
        0 => "回收站是空的。".into(),
        count => format!("回收站里有 {count} 份自查表，可以恢复。"),
    }
}

/// A snapshot of a workbook that is still here.
fn snapshot(state: &State, dispatch: &Dispatch, key: SnapshotKey, on_done: &Callback<()>) -> Option<Html> {
    let book: Rc<Workbook> = state.books.get(&key.workbook)?.clone();
    let (dispatch, on_done) = (dispatch.clone(), on_done.clone());
    let name = words::book(&book);
    let onclick = Callback::from(move |_: MouseEvent| {
        if let Some(workbook) = storage::read_snapshot(key) {
            storage::snapshot(&book, Reason::Restore);
            dispatch.dispatch(Action::WentBack { workbook, now: clock::now() });
            dispatch.dispatch(Action::Opened(key.workbook));
            on_done.emit(());
        }
    });
    Some(html! {
        <li key={format!("{}-{}", key.workbook, key.taken)} class="record-row" data-snapshot={key.workbook.to_string()}>
            <span>{ clock::moment(key.taken) }{ " · " }{ words::reason(key.reason) }{ " · " }{ name }</span>
            <button type="button" class="button" data-action="go-back" {onclick}>{ "恢复到这时" }</button>
        </li>
    })
}

/// Answers that no page shows any more.
fn attic(book: &Workbook) -> Vec<Html> {
    let name = words::book(book);
    let rows = book.attic().map(|(id, answer)| {
        let mut parts = vec![format!("{name} · 原编号 {id} · {}", words::status(*answer.status))];
        for text in [&answer.note, &answer.reason, &answer.owner] {
            if !text.trim().is_empty() {
                parts.push(text.trim().to_owned());
            }
        }
        parts.extend(
            answer
                .evidence()
                .filter(|(_, entry)| !entry.is_blank())
                .map(|(_, entry)| format!("佐证：{}", entry.what.trim())),
        );
        html! { <li key={format!("{}-{id}", book.id)} class="record-row"><span>{ parts.join("；") }</span></li> }
    });
    rows.collect()
}

#[derive(Debug, Properties, PartialEq)]
struct DamagedProps {
    record: Key,
    on_removed: Callback<()>,
}

#[component]
fn Damaged(props: &DamagedProps) -> Html {
    let is_sure = use_state_eq(|| false);
    let name = match &props.record {
        Key::Damaged(rest) => {
            rest.rsplit('/').next().and_then(|taken| taken.parse().ok()).map_or_else(String::new, clock::moment)
        }
        _ => String::new(),
    };
    let on_download = {
        let key = props.record.text();
        Callback::from(move |_: MouseEvent| {
            let stored: Vec<_> = storage::everything().into_iter().filter(|(other, _)| *other == key).collect();
            // Where even this fails, the record still lies where it is.
            let _ = download::offer("规划编制自查-损坏的存档.json", &file::rescue(&[], &stored));
        })
    };
    let on_remove = {
        let (is_sure, key, on_removed) = (is_sure.clone(), props.record.clone(), props.on_removed.clone());
        Callback::from(move |_: MouseEvent| {
            if *is_sure && storage::remove(&key).is_ok() {
                on_removed.emit(());
            } else {
                is_sure.set(true);
            }
        })
    };
    html! {
        <li class="record-row">
            <span>{ name }{ " 发现" }</span>
            <span class="buttons">
                <button type="button" class="button" onclick={on_download}>{ "下载" }</button>
                <button type="button" class="button button--quiet" onclick={on_remove}>{ if *is_sure { "确认删除" } else { "删除" } }</button>
            </span>
        </li>
    }
}

/// What to wipe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Book(WorkbookId),
    Everything,
}

#[derive(Debug, Properties, PartialEq)]
struct WipeProps {
    on_done: Callback<()>,
}

#[component]
fn Wipe(props: &WipeProps) -> Html {
    let state = use_store();
    let dispatch = use_dispatch();
    let asked = use_state_eq(|| None::<Scope>);
    let outcome = use_state_eq(|| "");
    let choose = |scope: Option<Scope>| {
        let (asked, outcome) = (asked.clone(), outcome.clone());
        Callback::from(move |_: MouseEvent| {
            asked.set(scope);
            outcome.set("");
        })
    };
    let books = state.shown_books();
    let buttons = books.iter().map(|book| {
        html! {
            <button key={book.id.to_string()} type="button" class="button" data-wipe={book.id.to_string()} onclick={choose(Some(Scope::Book(book.id)))}>
                { "清除“" }{ words::book(book) }{ "”" }
            </button>
        }
    });
    let confirm = (*asked).map(|scope| {
        let (what, ids) = match scope {
            Scope::Book(id) => (state.books.get(&id).map_or_else(String::new, |book| format!("“{}”", words::book(book))), vec![id]),
            Scope::Everything => ("本站存在这个浏览器里的全部数据".to_owned(), Vec::new()),
        };
        let on_wipe = {
            let (dispatch, asked, outcome, on_done) = (dispatch.clone(), asked.clone(), outcome.clone(), props.on_done.clone());
            let everything: Vec<WorkbookId> = state.books.keys().copied().collect();
            Callback::from(move |_: MouseEvent| {
                let (result, ids) = match scope {
                    Scope::Book(id) => (storage::wipe(&[id]), vec![id]),
                    Scope::Everything => (storage::wipe_everything(), everything.clone()),
                };
                match result {
                    Ok(()) => {
                        dispatch.dispatch(Action::Wiped { ids, fresh: identity::workbook_ids() });
                        outcome.set("已经清除。");
                    }
                    Err(_) => outcome.set("没有清掉：浏览器不允许。请在浏览器设置里清除本站数据。"),
                }
                asked.set(None);
                on_done.emit(());
            })
        };
        html! {
            <div class="banner" role="alertdialog" aria-label="确认清除">
                <p class="banner__what">{ format!("要清除{what}，清掉就找不回来。") }</p>
                <p class="banner__actions">
                    <BackupButton {ids} text="先下载备份" is_primary={true} />
                    <button type="button" class="button" data-action="confirm-wipe" onclick={on_wipe}>{ "确认清除" }</button>
                    <button type="button" class="button button--quiet" onclick={choose(None)}>{ "不清了" }</button>
                </p>
            </div>
        }
    });
    html! {
        <>
            <p class="buttons">
                { for buttons }
                <button type="button" class="button" data-wipe="everything" onclick={choose(Some(Scope::Everything))}>{ "清除本站全部数据" }</button>
            </p>
            <div>{ for confirm }</div>
            <p role="status">{ *outcome }</p>
        </>
    }
}
