//! 请填这份清单: where a link that asks somebody to fill in leads.

use std::rc::Rc;

use plan_checklist_domain::link::{Link, LinkError, Start, decode, encode_start};
use plan_checklist_domain::{Cycle, Msg, Tally, UnitKind, Workbook};
use yew::prelude::*;

use crate::components::element::{el, many, with};
use crate::components::handout::{fault, in_wechat, terms};
use crate::components::link::{link, p, page_head};
use crate::pages::sharing::{Desk, extent};
use crate::route::Route;
use crate::store::Action;
use crate::words;

pub(crate) fn start(desk: &Desk, kind: UnitKind) -> Html {
    let held = desk.held();
    let found = decode(&held.fragment);
    let trouble = match &found {
        Ok(Link::Start(_)) => None,
        Err(LinkError::NotOurs) if held.fragment.is_empty() => None,
        Err(LinkError::Damaged) => Some((
            "damaged",
            "这个链接不完整，可能转发时被截断过，读不出对方写的规划期和单位名称。请对方重发一次，或者直接开始。",
        )),
        Err(LinkError::Newer) => Some((
            "newer",
            "这个链接是更新的版本做的，这里读不出对方写的规划期和单位名称。请按 Ctrl+F5 刷新，或者直接开始。",
        )),
        Ok(Link::Snapshot(_)) | Err(LinkError::NotOurs) => {
            Some(("not-ours", "网址里“#”后面的内容不是“请填这份清单”的链接，没有用它。可以直接开始。"))
        }
    };
    let start = match found {
        Ok(Link::Start(start)) => start,
        _ => Start { cycle: Cycle::OF_THE_SPEECH.first_year(), unit: None },
    };
    let mut poster = Route::Start(kind).href_to(Route::Poster(kind).into());
    // Which cycle it is stands in the address, which nobody knows before the program runs.
    let (mut name, mut cycle) = ("五年".to_owned(), "见链接".to_owned());
    if held.here.is_some() {
        poster = format!("{poster}#{}", encode_start(&start));
        (name, cycle) = (Cycle(start.cycle).name(), words::cycle(Cycle(start.cycle)));
    }
    let who = start.unit.clone().unwrap_or_else(|| words::kind(kind).into());
    // A name in a script that runs from right to left turns nothing else around.
    let lead = vec![
        "请".into(),
        el("bdi", "", who),
        format!("对照自查{name}规划编制工作：{}，逐项核对做到没有。", extent(kind)).into(),
    ];
    let terms = terms(vec![
        ("这是什么", words::WHAT_IT_IS.into()),
        ("规划期", cycle.into()),
        ("要多久", "估计两三个小时看一遍；每点一下就存好，可以分几次填。".into()),
        (
            "存在哪里",
            "只存在你这台设备的这个浏览器里，不上传。发链接给你的人也看不到，除非你把快照或备份发给他。".into(),
        ),
    ]);
    let more = vec![
        link(&desk.store, Route::All(kind), "", "先看看有哪些要求"),
        with("a", &["href"], vec![poster.into()], "打印成海报"),
    ];
    let page = vec![
        page_head(Some(words::kind(kind).into()), "请填这份清单", many("p", "page__lead", lead)),
        fault(trouble),
        in_wechat(desk, "现在是在微信里：在这里填的，只存在微信里。建议先点右上角“···”，选“在浏览器打开”，再开始填。"),
        ways(desk, kind, &start),
        terms,
        many("p", "buttons start__more", more),
    ];
    many("div", "page", page)
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
    let has = (!books.is_empty()).then(|| p("", "你已经有这样的自查表了，接着填就行："));
    let rows = books.iter().map(|book| {
        let open = desk.dispatch.on(Action::Opened(book.id));
        let name = vec![el("strong", "", words::book(book)), format!(" · {}", words::state(&Tally::of_workbook(book))).into()];
        let on = link(store, Route::TaskList(kind), "button button--primary", "接着填");
        html! { <li key={book.id.to_string()} class="start__book">{ many("span", "", name) }{ clicked("open", open, on) }</li> }
    });
    let new = clicked("begin", begin, link(store, Route::TaskList(kind), class, text));
    many("div", "start", vec![many("div", "", has), many("ul", "start__books", rows), el("p", "buttons", new)])
}

/// Does something before the click on the link within is followed.
fn clicked(action: &'static str, onclick: Callback<MouseEvent>, link: Html) -> Html {
    html! { <span data-action={action} {onclick}>{ link }</span> }
}
