//! 我的自查表: every workbook of this browser.

use std::rc::Rc;

use plan_checklist_domain::{Tally, UnitKind, Workbook};
use yew::prelude::*;

use crate::components::backup::backup_button;
use crate::components::element::{el, many};
use crate::components::field::Field;
use crate::components::link::{Look, button, link, p, page_head, section};
use crate::components::meter::meter;
use crate::effects::{clock, scroll, storage};
use crate::route::Route;
use crate::store::{Action, Dispatch, Question, Store};
use crate::words;

pub(crate) fn workbooks(store: &Store) -> Html {
    let dispatch = Dispatch::of(store);
    let shown = store.shown_books();
    let rows = shown.iter().map(|book| row(store, &dispatch, book));
    let empty = shown.is_empty().then(|| p("", "还没有填过的自查表。在下面选一类单位就能开始。"));
    let start = UnitKind::ALL.map(|kind| {
        // The link leads there; the click, bubbling up, begins the workbook first.
        let begin = dispatch.on::<MouseEvent>(Action::Begun(kind));
        html! { <span key={kind.as_str()} data-new={kind.as_str()} onclick={begin}>{ link(store, Route::TaskList(kind), "button", words::kind(kind)) }</span> }
    });
    let binned = store.books.values().filter(|book| *book.is_deleted && !book.is_blank());
    let binned: Vec<Html> = binned.map(|book| binned_row(store, &dispatch, book)).collect();
    let lead = "一份自查表是一个单位、一个规划期的答复。替几个单位填，或过几年再填，各用一份，互不影响。";
    let bin_lead = if binned.is_empty() {
        "回收站是空的。"
    } else {
        "删掉的自查表先放在这里，随时可以恢复。"
    };
    html! {
        <div class="page">
            { page_head(None, "我的自查表", p("page__lead", lead)) }
            { many("ul", "books", rows) }
            { many("div", "", empty) }
            { section("new-heading", "新建一份", "needs-program", many("p", "buttons", start)) }
            { section("bin-heading", "回收站", "", html! { <>{ p("page__lead", bin_lead) }{ many("ul", "books", binned) }</> }) }
        </div>
    }
}

fn row(store: &Store, dispatch: &Dispatch, book: &Rc<Workbook>) -> Html {
    let (id, kind) = (book.id, book.kind);
    let tally = Tally::of_workbook(book);
    let is_current = store.current().contains(&id);
    let on_write = {
        let dispatch = dispatch.clone();
        Callback::from(move |name| dispatch.send(Action::renamed(id, name)))
    };
    let about = format!("{} · {}{}", words::kind(kind), book.cycle.name(), if is_current { " · 正在用" } else { "" });
    html! {
        <li key={id.to_string()} class="book" data-book={id.to_string()}>
            <div class="book__body">
                { p("book__kind", about) }
                <Field label="单位名称" name={format!("book-{id}")} value={(*book.unit).clone()} is_disabled={!store.is_restored} placeholder={example(kind)} {on_write} />
                { meter(&tally) }
                { p("book__state", state(book, &tally)) }
            </div>
            <p class="buttons">
                <span data-action="open" onclick={dispatch.on::<MouseEvent>(Action::Opened(id))}>{ link(store, Route::TaskList(kind), "button button--primary", "打开") }</span>
                { button("复制一份", Look::plain("duplicate"), dispatch.on(Action::duplicated(id))) }
                { backup_button(store, &[id], "下载备份", Look::plain("backup")) }
                { button("删除", Look::quiet("delete"), leaving(dispatch, Action::binned(id, true))) }
            </p>
        </li>
    }
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
    format!("{} · 最后改动 {}", words::state(tally), clock::moment(book.latest().wall))
}

fn binned_row(store: &Store, dispatch: &Dispatch, book: &Rc<Workbook>) -> Html {
    let id = book.id;
    let is_asked = store.asked == Some(Question::Wipe(id));
    let wipe = if is_asked {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| {
            if storage::wipe(&[id]).is_ok() {
                scroll::focus_id("main");
                dispatch.send(Action::wiped(vec![id]));
            }
        })
    } else {
        dispatch.on(Action::Asked(Some(Question::Wipe(id))))
    };
    let warning = is_asked.then(|| p("attention", "彻底删除后找不回来，快照也一起删。可以先下载备份。"));
    html! {
        <li key={id.to_string()} class="book" data-binned={id.to_string()}>
            <div class="book__body">
                <p>{ el("strong", "", words::book(book)) }</p>
                { p("book__state", state(book, &Tally::of_workbook(book))) }
                { many("div", "", warning) }
            </div>
            <p class="buttons">
                { button("恢复", Look::plain("restore"), leaving(dispatch, Action::binned(id, false))) }
                { backup_button(store, &[id], "下载备份", Look::plain("backup")) }
                { button(if is_asked { "确认彻底删除" } else { "彻底删除" }, Look::quiet("wipe"), wipe) }
            </p>
        </li>
    }
}
