//! 请填这份清单: where a link that asks somebody to fill in leads.

use std::rc::Rc;

use plan_checklist_domain::sharing::link::{Link, LinkError, Start, decode, encode_start};
use plan_checklist_domain::{Cycle, Tally, UnitKind, Workbook};
use yew::prelude::*;

use crate::components::link::link;
use crate::components::link_fault::{LinkFault, link_fault};
use crate::components::page_head::page_head;
use crate::components::place_notes::wechat_note;
use crate::components::terms::terms;
use crate::pages::page_props::PageOfKindProps;
use crate::pages::surroundings::use_surroundings;
use crate::route::Route;
use crate::store::{Action, Store};
use crate::words;

#[component]
pub(crate) fn StartPage(props: &PageOfKindProps) -> Html {
    let PageOfKindProps { store, kind } = props;
    let kind = *kind;
    let surroundings = use_surroundings(store);
    let found = decode(store.catalogue, &surroundings.fragment);
    let fault = match &found {
        Ok(Link::Start(_)) => None,
        Err(LinkError::NotOurs) if surroundings.fragment.is_empty() => None,
        Err(LinkError::Damaged) => Some(LinkFault {
            word: "damaged",
            text: "这个链接不完整，可能转发时被截断过，读不出对方写的规划期和单位名称。请对方重发一次，或者直接开始。",
        }),
        Err(LinkError::Newer) => Some(LinkFault {
            word: "newer",
            text: "这个链接是更新的版本做的，这里读不出对方写的规划期和单位名称。请按 Ctrl+F5 刷新，或者直接开始。",
        }),
        Ok(Link::Snapshot(_)) | Err(LinkError::NotOurs) => Some(LinkFault {
            word: "not-ours",
            text: "网址里“#”后面的内容不是“请填这份清单”的链接，没有用它。可以直接开始。",
        }),
    };
    let start = match found {
        Ok(Link::Start(start)) => start,
        _ => Start { cycle: store.usual_cycle().first_year(), unit: None },
    };
    let mut poster = Route::Start(kind).href_to(Route::Poster(kind).into());
    // Which cycle it is stands in the address, which nobody knows before the program runs.
    let (mut name, mut cycle) = ("五年".to_owned(), "以发来的链接为准".to_owned());
    if surroundings.platform.is_some() {
        poster = format!("{poster}#{}", encode_start(&start));
        (name, cycle) = (Cycle(start.cycle).name(), words::cycle(Cycle(start.cycle)));
    }
    let who = start.unit.clone().unwrap_or_else(|| words::kind(kind).into());
    let terms = terms([
        ("这是什么", words::WHAT_IT_IS.into()),
        ("规划期", cycle.into()),
        ("要多久", "估计两三个小时看一遍；每点一下就存好，可以分几次填。".into()),
        (
            "存在哪里",
            "只存在你这台设备的这个浏览器里，不上传。发链接给你的人也看不到，除非你把快照或备份发给他。".into(),
        ),
    ]);
    html! {
        <div class="page">
            { page_head(Some(words::kind(kind)), "请填这份清单", html! {
                <p class="page__lead">
                    { "请" }
                    // A name in a script that runs from right to left turns nothing else around.
                    <bdi>{ who }</bdi>
                    { format!("对照自查{name}规划编制工作：{}，逐项核对做到没有。", words::extent(store.catalogue, kind)) }
                </p>
            }) }
            { link_fault(fault) }
            { wechat_note(
                surroundings.platform.as_ref(),
                "现在是在微信里：在这里填的，只存在微信里。建议先点右上角“···”，选“在浏览器打开”，再开始填。",
            ) }
            { ways(store, kind, &start) }
            { terms }
            <p class="buttons start__more">
                { link(store, Route::All(kind), "", "先看看有哪些要求") }
                <a href={poster}>{ "打印成海报" }</a>
            </p>
        </div>
    }
}

/// On with a workbook that is there, or into a new one. The links lead there; the click, bubbling up, opens or begins the
/// workbook first.
fn ways(store: &Store, kind: UnitKind, start: &Start) -> Html {
    let dispatch = store.dispatch.clone();
    let is_meant = |book: &Workbook| {
        let is_named = start.unit.as_ref().is_none_or(|unit| book.unit.trim() == unit);
        book.kind == kind && book.cycle.first_year() == start.cycle && is_named
    };
    let mut books: Vec<Rc<Workbook>> = store.shown_books().into_iter().cloned().collect();
    books.retain(|book| is_meant(book));
    let begin =
        dispatch.on::<MouseEvent>(Action::Begun { kind, cycle: Some(Cycle(start.cycle)), unit: start.unit.clone() });
    let (class, text) =
        if books.is_empty() { ("button button--primary", "开始填写") } else { ("button", "另开一份新的") };
    let rows = books.iter().map(|book| {
        let open = dispatch.on::<MouseEvent>(Action::Opened(book.id));
        html! {
            <li key={book.id.to_string()} class="start__book">
                <span>
                    <strong>{ words::book(book) }</strong>
                    { format!(" · {}", words::state(&Tally::of_workbook(store.catalogue, book))) }
                </span>
                <span data-action="open" onclick={open}>
                    { link(store, Route::TaskList(kind), "button button--primary", "接着填") }
                </span>
            </li>
        }
    });
    html! {
        <div class="start">
            <div>
                if !books.is_empty() {
                    <p>{ "你已经有这样的自查表了，接着填就行：" }</p>
                }
            </div>
            <ul class="start__books">{ for rows }</ul>
            <p class="buttons">
                <span data-action="begin" onclick={begin}>{ link(store, Route::TaskList(kind), class, text) }</span>
            </p>
        </div>
    }
}
