//! 请填这份清单: where a link that asks somebody to fill in leads.

use std::rc::Rc;

use plan_checklist_domain::link::{Link, LinkError, Start, decode, encode_start};
use plan_checklist_domain::{Cycle, Msg, Tally, UnitKind, Workbook};
use yew::prelude::*;

use crate::components::element::{el, many};
use crate::components::link::{link, p, page_head};
use crate::pages::share::years;
use crate::pages::sharing::{Desk, extent, plain_start};
use crate::route::Route;
use crate::store::Action;
use crate::words;

pub(crate) fn start(desk: &Desk, kind: UnitKind) -> Html {
    let held = desk.held();
    let is_known = held.here.is_some();
    let (start, fault) = match decode(&held.fragment) {
        Ok(Link::Start(start)) => (start, None),
        Err(LinkError::Damaged) => (
            plain_start(),
            Some((
                "damaged",
                "这个链接不完整，可能转发时被截断过，读不出对方写的规划期和单位名称。请对方重发一次，或者直接开始。",
            )),
        ),
        Err(LinkError::Newer) => (
            plain_start(),
            Some((
                "newer",
                "这个链接是更新的版本做的，这里读不出对方写的规划期和单位名称。请按 Ctrl+F5 刷新，或者直接开始。",
            )),
        ),
        Err(LinkError::NotOurs) if held.fragment.is_empty() => (plain_start(), None),
        Ok(Link::Snapshot(_)) | Err(LinkError::NotOurs) => {
            (plain_start(), Some(("not-ours", "网址里“#”后面的内容不是“请填这份清单”的链接，没有用它。可以直接开始。")))
        }
    };
    let cycle = Cycle(start.cycle);
    let fault = fault.map(|(word, text)| {
        html! { <div class="note" role="alert" data-fault={word}>{ p("attention", text) }{ p("", "什么都没有改动，也没有存下任何东西。") }</div> }
    });
    let wechat = held.here.as_ref().is_some_and(|here| here.is_wechat).then(|| {
        p("note", "现在是在微信里：在这里填的，只存在微信里。建议先点右上角“···”，选“在浏览器打开”，再开始填。")
    });
    let row = |what: &'static str, is: AttrValue| html! { <div class="terms__row">{ el("dt", "", what) }{ el("dd", "", is) }</div> };
    // Which cycle it is stands in the address.
    let shown_cycle = if is_known { years(cycle) } else { "见链接".into() };
    let who = start.unit.clone().unwrap_or_else(|| words::kind(kind).into());
    let terms = html! {
        <dl class="terms">
            { row("请谁填", who.into()) }
            { row("规划期", shown_cycle.into()) }
            { row("填什么", format!("{}，逐项核对做到没有。", extent(kind)).into()) }
            { row("要多久", "逐项看一遍大约两三个小时；每点一下就存好，可以分几次填。".into()) }
            { row("存在哪里", "只存在你这台电脑的这个浏览器里，不上传。发链接给你的人也看不到，除非你把快照或备份发给他。".into()) }
        </dl>
    };
    let mut poster = Route::Start(kind).href_to(Route::Poster(kind).into());
    if is_known {
        poster = format!("{poster}#{}", encode_start(&start));
    }
    html! {
        <div class="page">
            { page_head(Some(words::kind(kind).into()), "请填这份清单", p("page__lead", words::WHAT_IT_IS)) }
            { many("div", "", fault) }
            { terms }
            { many("div", "", wechat) }
            { ways(desk, kind, &start) }
            <p class="buttons start__more">
                { link(&desk.store, Route::All(kind), "", "先看看有哪些要求") }
                <a href={poster}>{ "打印成海报" }</a>
            </p>
        </div>
    }
}

/// On with a workbook that is there, or into a new one. The links lead there; the click, bubbling up, opens or begins the
/// workbook first.
fn ways(desk: &Desk, kind: UnitKind, start: &Start) -> Html {
    let store = &desk.store;
    let is_meant = |book: &Workbook| {
        let is_named = start.unit.as_ref().is_none_or(|unit| book.unit.trim() == unit);
        book.kind == kind && book.cycle.first_year() == start.cycle && is_named
    };
    let mut books: Vec<Rc<Workbook>> = store.shown_books().into_iter().cloned().collect();
    books.retain(|book| is_meant(book));
    let begin = {
        let (dispatch, start) = (desk.dispatch.clone(), start.clone());
        Callback::from(move |_: MouseEvent| {
            dispatch.send(Action::Begun(kind));
            dispatch.send(Action::Edited(kind, Msg::CycleChosen(Cycle(start.cycle))));
            if let Some(unit) = start.unit.clone() {
                dispatch.send(Action::Edited(kind, Msg::UnitNamed(unit)));
            }
        })
    };
    let (class, text) =
        if books.is_empty() { ("button button--primary", "开始填写") } else { ("button", "另开一份新的") };
    let has = (!books.is_empty()).then(|| p("start__has", "你已经有这样的自查表了，接着填就行："));
    let rows = books.iter().map(|book| {
        let open = desk.dispatch.on::<MouseEvent>(Action::Opened(book.id));
        html! {
            <li key={book.id.to_string()} class="start__book" data-book={book.id.to_string()}>
                <span>{ el("strong", "", words::book(book)) }{ " · " }{ words::state(&Tally::of_workbook(book)) }</span>
                <span data-action="open" onclick={open}>{ link(store, Route::TaskList(kind), "button button--primary", "接着填") }</span>
            </li>
        }
    });
    html! {
        <div class="start">
            { many("div", "", has) }
            { many("ul", "start__books", rows) }
            <p class="buttons"><span data-action="begin" onclick={begin}>{ link(store, Route::TaskList(kind), class, text) }</span></p>
        </div>
    }
}
