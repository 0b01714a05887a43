//! 我的自查表: every workbook of this browser.

use plan_checklist_domain::{Msg, Tally, UnitKind, Workbook, WorkbookId};
use yew::prelude::*;

use crate::components::backup::BackupButton;
use crate::components::field::Field;
use crate::components::meter::meter;
use crate::effects::{address, clock, identity, storage};
use crate::route::Route;
use crate::store::{Action, At, Dispatch, use_dispatch, use_store};
use crate::words;

#[component]
pub(crate) fn Workbooks() -> Html {
    let state = use_store();
    let dispatch = use_dispatch();
    let shown = state.shown_books();
    let current = state.current();
    let rows = shown.iter().map(|book| {
        html! {
            <Row key={book.id.to_string()} id={book.id} book={(*book).clone()} is_current={current.contains(&book.id)} is_disabled={!state.is_restored} />
        }
    });
    let empty = shown.is_empty().then(|| html! { <p>{ "还没有填过的自查表。在下面选一类单位就能开始。" }</p> });
    let start = UnitKind::ALL.map(|kind| {
        let dispatch = dispatch.clone();
        let route = state.route;
        let onclick = Callback::from(move |_: MouseEvent| {
            dispatch.dispatch(Action::Added(Workbook::new(identity::workbook_id(), kind)));
            go(&dispatch, route, kind);
        });
        html! { <button key={kind.as_str()} type="button" class="button" disabled={!state.is_restored} data-new={kind.as_str()} {onclick}>{ words::kind(kind) }</button> }
    });
    let mut binned: Vec<_> = state.books.values().filter(|book| *book.is_deleted && !book.is_blank()).collect();
    binned.sort_by_key(|book| std::cmp::Reverse(book.is_deleted.stamp()));
    let binned =
        binned.into_iter().map(|book| html! { <Binned key={book.id.to_string()} id={book.id} book={book.clone()} /> });
    html! {
        <div class="page">
            <header class="page__head">
                <h1 class="page__title">{ "我的自查表" }</h1>
                <p class="page__lead">{ "一份自查表是一个单位、一个规划期的答复。替几个单位填，或过几年再填，各用一份，互不影响。" }</p>
            </header>
            <ul class="books">{ for rows }</ul>
            <div>{ for empty }</div>
            <section aria-labelledby="new-heading" class="needs-program">
                <h2 id="new-heading" class="page__subtitle">{ "新建一份" }</h2>
                <p class="buttons">{ for start }</p>
            </section>
            <section aria-labelledby="bin-heading">
                <h2 id="bin-heading" class="page__subtitle">{ "回收站" }</h2>
                <p class="page__lead">{ "删掉的自查表先放在这里，随时可以恢复。" }</p>
                <ul class="books">{ for binned }</ul>
            </section>
        </div>
    }
}

fn go(dispatch: &Dispatch, from: Route, kind: UnitKind) {
    let route = Route::TaskList(kind);
    if address::push(from, route.into()) {
        dispatch.dispatch(Action::Arrived { route, fragment: None });
    }
}

#[derive(Debug, Properties, PartialEq)]
struct RowProps {
    id: WorkbookId,
    book: std::rc::Rc<Workbook>,
    #[prop_or_default]
    is_current: bool,
    #[prop_or_default]
    is_disabled: bool,
}

#[component]
fn Row(props: &RowProps) -> Html {
    let RowProps { id, book, is_current, is_disabled } = props;
    let id = *id;
    let dispatch = use_dispatch();
    let route = use_store().route;
    let kind = book.kind;
    let tally = Tally::of_workbook(book);
    let open = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| {
            dispatch.dispatch(Action::Opened(id));
            go(&dispatch, route, kind);
        })
    };
    let rename = {
        let dispatch = dispatch.clone();
        Callback::from(move |name| {
            dispatch.dispatch(Action::Edited { at: At::Book(id), msg: Msg::UnitNamed(name), now: clock::now() });
        })
    };
    let duplicate = {
        let (dispatch, book) = (dispatch.clone(), book.clone());
        Callback::from(move |_: MouseEvent| {
            let copy = book.duplicate(identity::workbook_id());
            let name = format!("{}（副本）", words::book(&book));
            let copy_id = copy.id;
            dispatch.dispatch(Action::Added(copy));
            dispatch.dispatch(Action::Edited { at: At::Book(copy_id), msg: Msg::UnitNamed(name), now: clock::now() });
        })
    };
    let delete = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| {
            dispatch.dispatch(Action::Edited { at: At::Book(id), msg: Msg::Deleted(true), now: clock::now() });
            dispatch.dispatch(Action::Binned { id, fresh: identity::workbook_id() });
        })
    };
    html! {
        <li class="book" data-book={id.to_string()}>
            <div class="book__body">
                <p class="book__kind">{ words::kind(kind) }{ " · " }{ words::cycle(*book.cycle) }{ if *is_current { " · 正在用" } else { "" } }</p>
                <Field label="单位名称" name={format!("book-{id}")} value={(*book.unit).clone()} is_disabled={*is_disabled} on_write={rename} placeholder={words::kind(kind)} />
                { meter(&tally) }
                <p class="book__state">{ words::state(&tally) }{ last_edited(book) }</p>
            </div>
            <p class="buttons">
                <button type="button" class="button button--primary" data-action="open" onclick={open}>{ "打开" }</button>
                <button type="button" class="button" data-action="duplicate" onclick={duplicate}>{ "复制一份" }</button>
                <BackupButton ids={vec![id]} />
                <button type="button" class="button button--quiet" data-action="delete" onclick={delete}>{ "删除" }</button>
            </p>
        </li>
    }
}

fn last_edited(book: &Workbook) -> String {
    format!(" · 最后改动 {}", clock::moment(book.latest().wall))
}

#[component]
fn Binned(props: &RowProps) -> Html {
    let RowProps { id, book, .. } = props;
    let id = *id;
    let dispatch = use_dispatch();
    let is_sure = use_state_eq(|| false);
    let restore = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| {
            dispatch.dispatch(Action::Edited { at: At::Book(id), msg: Msg::Deleted(false), now: clock::now() });
        })
    };
    let wipe = {
        let (dispatch, is_sure) = (dispatch.clone(), is_sure.clone());
        Callback::from(move |_: MouseEvent| {
            if *is_sure && storage::wipe(&[id]).is_ok() {
                dispatch.dispatch(Action::Wiped { ids: vec![id], fresh: identity::workbook_ids() });
            } else {
                is_sure.set(true);
            }
        })
    };
    let tally = Tally::of_workbook(book);
    let warning = is_sure
        .then(|| html! { <span class="attention">{ "彻底删除后找不回来，快照也一起删。可以先下载备份。" }</span> });
    html! {
        <li class="book" data-binned={id.to_string()}>
            <div class="book__body">
                <p><strong>{ words::book(book) }</strong></p>
                <p class="book__state">{ words::state(&tally) }{ last_edited(book) }</p>
                <p>{ for warning }</p>
            </div>
            <p class="buttons">
                <button type="button" class="button" data-action="restore" onclick={restore}>{ "恢复" }</button>
                <BackupButton ids={vec![id]} />
                <button type="button" class="button button--quiet" data-action="wipe" onclick={wipe}>{ if *is_sure { "确认彻底删除" } else { "彻底删除" } }</button>
            </p>
        </li>
    }
}
