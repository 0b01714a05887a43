//! 我的自查表: every workbook of this browser.

use std::rc::Rc;

use plan_checklist_domain::{Tally, UnitKind, Workbook, WorkbookId};
use yew::prelude::*;

use crate::components::backup::backup_button;
use crate::components::button::{Button, ButtonStyle};
use crate::components::cycle_choice::{Length, cycle_choice};
use crate::components::link::link;
use crate::components::meter::meter;
use crate::components::page_head::page_head;
use crate::components::section::{section, section_of};
use crate::components::text_field::TextField;
use crate::effects::{clock, scroll};
use crate::route::{IS_SINGLE_FILE, Route, SINGLE_FILE};
use crate::store::{Action, Dispatch, Done, Outcome, Question, Store, Wipe};
use crate::words;

/// The id of the list.
const LIST: &str = "books";

pub(crate) fn workbooks(store: &Store) -> Html {
    let dispatch = store.dispatch.clone();
    let mut shown = store.shown_books();
    // Not by what was changed last: a row whose name is being typed must not move.
    shown.sort_by_key(|book| (book.kind as usize, store.workbook(book.kind).id != book.id, book.id));
    let rows = shown.iter().map(|book| row(store, &dispatch, book));
    let start = UnitKind::ALL.map(|kind| {
        // The link leads there; the click, bubbling up, begins the workbook first.
        let begin = dispatch.on::<MouseEvent>(Action::Begun { kind, cycle: None, unit: None });
        html! {
            <span key={kind.as_str()} data-new={kind.as_str()} onclick={begin}>
                { link(store, Route::TaskList(kind), "button", words::kind(kind)) }
            </span>
        }
    });
    let binned: Vec<&Rc<Workbook>> = store.books.values().filter(|book| *book.is_deleted && !book.is_blank()).collect();
    let bin_lead = if binned.is_empty() {
        "回收站是空的。"
    } else {
        "删掉的自查表先放在这里，随时可以恢复。"
    };
    html! {
        <div class="page page--text">
            { page_head(None, "我的自查表", html! {
                <p class="page__lead">{ "一份自查表是一个单位、一个规划期的答复。替几个单位填，或过几年再填，各用一份，互不影响。" }</p>
            }) }
            <ul id={LIST} class="books">{ for rows }</ul>
            <div>
                if shown.is_empty() {
                    <p>{ "还没有填过的自查表。在下面选一类单位就能开始。" }</p>
                }
            </div>
            { section_of("needs-program", "new-heading", "新建一份", html! {
                <p class="buttons">{ for start }</p>
            }) }
            <p>{ "要把许多单位交来的放到一张表里看，用" }{ link(store, Route::RollUp, "", "汇总") }{ "，和这里的互不影响。" }</p>
            { section("bin-heading", "回收站", html! {
                <>
                    <p class="page__lead">{ bin_lead }</p>
                    <ul class="books">{ for binned.into_iter().map(|book| binned_row(store, &dispatch, book)) }</ul>
                </>
            }) }
            { section("elsewhere-heading", "在没有网络的电脑上填", elsewhere(store)) }
        </div>
    }
}

/// The single file: what it is, where it comes from, and how to move over. Seen from the site, and from the file itself.
fn elsewhere(store: &Store) -> Html {
    let how = html! {
        <p>
            { "要把填好的搬过去：在" }
            { link(store, Route::Safety, "", "数据安全") }
            { "下载备份，到那边的“数据安全”导入；搬回来也一样。两边都改过的，导入时会合并。" }
        </p>
    };
    if IS_SINGLE_FILE {
        return html! {
            <>
                <p class="page__lead">{ "现在用的就是单文件版：整个工具在这一个文件里，拷到 U 盘、发邮件都行，双击打开，不用网络。它存的自查表和网站上的各是各的。" }</p>
                { how }
            </>
        };
    }
    html! {
        <>
            <p class="page__lead">{ "下载单文件版：整个工具在一个文件里，拷到 U 盘、发邮件都行，双击打开，不用网络，也不用装东西。它存的自查表和这里的各是各的。" }</p>
            <p class="buttons">
                <a class="button" href={format!("{}{SINGLE_FILE}", store.route.to_root())} download="规划编制自查-单文件版.html">
                    { "下载单文件版（约 1.6 MB）" }
                </a>
            </p>
            { how }
        </>
    }
}

fn row(store: &Store, dispatch: &Dispatch, book: &Rc<Workbook>) -> Html {
    let (id, kind) = (book.id, book.kind);
    let tally = Tally::of_workbook(store.catalogue, book);
    let is_current = store.workbook(kind).id == id;
    let is_copy = store.outcome.is_some_and(|outcome| outcome.what == Done::Duplicated(id));
    let on_write = {
        let dispatch = dispatch.clone();
        Callback::from(move |name| dispatch.send(Action::Renamed(id, name)))
    };
    let duplicate = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| {
            dispatch.send(Action::Duplicated(id));
            // Who copies is asked what for.
            if let Some(Outcome { what: Done::Duplicated(copy), .. }) = dispatch.state().outcome {
                scroll::focus_once_added(LIST, field_name(copy));
            }
        })
    };
    let name = words::book(book);
    let about = format!("{}{}", words::kind(kind), if is_current { " · 正在用" } else { "" });
    html! {
        <li key={id.to_string()} class="book" data-book={id.to_string()}>
            <div class="book__body" role="group" aria-label={name.clone()}>
                <div>
                    if is_copy {
                        <p class="note" role="status" data-outcome="duplicated">
                            <strong>{ "这是刚复制的一份。给谁用，做什么用？" }</strong>
                            { "换一个单位，就改单位名称；换一个规划期，就改规划期；只想留个底，可以不改。原来那份照旧在用，要填这一份，点“打开”。" }
                        </p>
                    }
                </div>
                <p class="book__kind">{ about }</p>
                { cycle_choice(store, book, Length::Whole) }
                <TextField label="单位名称" name={field_name(id)} value={(*book.unit).clone()}
                    is_disabled={!store.is_restored} placeholder={example(kind)} {on_write} />
                { meter(&tally) }
                <p class="book__state">{ state(book, &tally) }</p>
            </div>
            <p class="buttons" role="group" aria-label={name}>
                <span data-action="open" onclick={dispatch.on::<MouseEvent>(Action::Opened(id))}>
                    { link(store, Route::TaskList(kind), "button button--primary", "打开") }
                </span>
                <Button action="duplicate" onclick={duplicate}>{ "复制一份" }</Button>
                { backup_button(store, &[id], "下载备份", ButtonStyle::Plain) }
                <Button action="delete" style={ButtonStyle::Quiet} onclick={leaving(dispatch, Action::Binned(id, true))}>{ "删除" }</Button>
            </p>
        </li>
    }
}

/// The field of a workbook's 单位名称.
fn field_name(id: WorkbookId) -> String {
    format!("book-{id}")
}

/// Does something that takes away the button clicked: the focus stays on the page.
fn leaving(dispatch: &Dispatch, action: Action) -> Callback<MouseEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |_| {
        scroll::focus_id("main");
        dispatch.send(action.clone());
    })
}

fn example(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Commission => "可不填，如：市发展改革委规划处",
        UnitKind::Department => "可不填，如：市级某局",
        UnitKind::County => "可不填，如：某县发展改革局",
    }
}

fn state(book: &Workbook, tally: &Tally) -> String {
    let written = book.answers().count();
    let state = match tally.checked() {
        // Whoever reads 未开始 in the recycle bin takes it for empty.
        0 if written > 0 => format!("写过 {written} 项的内容，还没有选状态"),
        _ => words::state(tally),
    };
    format!("{state} · 最后改动 {}", clock::moment(book.latest().wall))
}

fn binned_row(store: &Store, dispatch: &Dispatch, book: &Rc<Workbook>) -> Html {
    let id = book.id;
    let is_asked = store.asked == Some(Question::Wipe(id));
    let wipe = if is_asked {
        leaving(dispatch, Action::WipeConfirmed(Wipe::Workbooks(vec![id])))
    } else {
        dispatch.on(Action::Asked(Some(Question::Wipe(id))))
    };
    html! {
        <li key={id.to_string()} class="book" data-binned={id.to_string()}>
            <div class="book__body">
                <p><strong>{ words::book(book) }</strong></p>
                <p class="book__state">{ state(book, &Tally::of_workbook(store.catalogue, book)) }</p>
                <div>
                    if is_asked {
                        <p class="attention">{ "彻底删除后找不回来，历史留底也一起删。可以先下载备份。" }</p>
                    }
                </div>
            </div>
            <p class="buttons" role="group" aria-label={words::book(book)}>
                <Button action="restore" onclick={leaving(dispatch, Action::Binned(id, false))}>{ "恢复" }</Button>
                { backup_button(store, &[id], "下载备份", ButtonStyle::Plain) }
                <Button action="wipe" style={ButtonStyle::Quiet} onclick={wipe}>{ if is_asked { "确认彻底删除" } else { "彻底删除" } }</Button>
            </p>
        </li>
    }
}
