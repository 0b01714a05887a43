//! Home: what this is, and one click to work.

use plan_checklist_domain::training::bank::LESSONS;
use plan_checklist_domain::{Tally, UnitKind, Workbook};
use yew::prelude::*;

use crate::components::cycle_choice::{Length, cycle_choice, usual_cycle_choice};
use crate::components::link::{link, link_around};
use crate::components::meter::meter;
use crate::route::{Route, Target};
use crate::store::{Action, Store};
use crate::words;

/// How many workbooks are shown to who comes back.
pub(crate) const CARDS: usize = 3;

const FACTS: [(&str, &str); 3] = [
    ("不用注册，点开就做。", "单位名称和填表人想填再填。"),
    ("每点一下就存一次。", "关掉网页再打开，接着上次的地方继续。"),
    ("数据不出这台设备。", "没有服务器，填写的内容不经过网络。请勿录入涉密信息。"),
];

pub(crate) fn home(store: &Store) -> Html {
    let books = store.shown_books();
    let cards = books.iter().take(CARDS).map(|book| resume(store, book));
    let question = if books.is_empty() { "你在哪一类单位？" } else { "开始另一类单位的自查" };
    let facts = FACTS.map(|(what, more)| html! { <li key={what}><strong>{ what }</strong>{ more }</li> });
    html! {
        <div class="home">
            // The page's own first script reserves this space for those who come back.
            <section class="home__resume">
                { for cards }
                <div key="more">
                    if books.len() > CARDS {
                        <p>{ link(store, Route::Workbooks, "", format!("全部 {} 份自查表", books.len())) }</p>
                    }
                </div>
            </section>
            <section class="home__intro">
                <h1 class="home__title">{ "五年规划编得怎么样，" }<br />{ "自己先对照一遍" }</h1>
                <p class="home__lead">{ words::WHAT_IT_IS }</p>
            </section>
            <section class="home__choose">
                <h2 class="home__question">{ question }</h2>
                <div class="home__cycle needs-program">
                    if UnitKind::ALL.iter().any(|kind| store.workbook(*kind).is_blank()) {
                        { usual_cycle_choice(store) }
                    }
                </div>
                <ul class="choices">{ for UnitKind::ALL.map(|kind| choice(store, kind)) }</ul>
            </section>
            <ul class="doors">
                <li>{ link(store, Route::Training, "", "学习") }{ learned(store) }</li>
                <li>{ link(store, Route::Share, "", "分享") }{ "把清单或自查情况发给别人：网址、二维码、海报。" }</li>
            </ul>
            <ul class="facts">{ for facts }</ul>
        </div>
    }
}

/// What there is to learn, or how far one is with it.
fn learned(store: &Store) -> String {
    match store.training.subjects("l").len().min(LESSONS) {
        0 if store.training.is_empty() => "新接手的同事，一个下午记住讲话要求了什么、谁来做、什么时候做完。".into(),
        read => format!("已学 {read} 条，共 {LESSONS} 条；答过 {} 题。", store.training.subjects("r").len()),
    }
}

fn choice(store: &Store, kind: UnitKind) -> Html {
    let who = match kind {
        UnitKind::Commission => "统筹全市规划编制，总牵头编规划纲要，承担区域规划",
        UnitKind::Department => "对市级专项规划、空间规划负主体责任",
        UnitKind::County => "统筹县域发展规划和专项规划的编制",
    };
    let workbook = store.workbook(kind);
    let (to, go) = match where_stopped(store, workbook) {
        Some((target, _)) => {
            (target, format!("接着填 · {}", words::percent(&Tally::of_workbook(store.catalogue, workbook))))
        }
        None => {
            (Route::Step(kind, 0).into(), format!("开始自查 · {} 项", store.catalogue.requirements_for(kind).count()))
        }
    };
    let inside = html! {
        <>
            <span class="choice__kind">{ words::kind(kind) }<span class="choice__cycle">{ format!(" · {}", workbook.cycle.name()) }</span></span>
            <span class="choice__who">{ who }</span>
            <span class="choice__go">{ go }</span>
        </>
    };
    html! {
        <li key={kind.as_str()} class="choice">
            { link_around(store, to, "choice__start", false, inside) }
            { link_around(store, Route::TaskList(kind).into(), "choice__list", false, html! {
                <>{ "先看" }<span class="visually-hidden">{ format!("{}的", words::kind(kind)) }</span>{ "全部步骤" }</>
            }) }
        </li>
    }
}

/// Where somebody stopped, and what it asks.
fn where_stopped(store: &Store, workbook: &Workbook) -> Option<(Target, String)> {
    (*workbook.last_answered).and_then(|id| store.place(workbook, id))
}

/// The card of someone who comes back: where they stopped, what is left, and on.
fn resume(store: &Store, workbook: &Workbook) -> Html {
    let (id, kind) = (workbook.id, workbook.kind);
    // A click on any of the links below means this workbook.
    let open = store.dispatch.clone().on::<MouseEvent>(Action::Opened(id));
    let tally = Tally::of_workbook(store.catalogue, workbook);
    let stopped = where_stopped(store, workbook);
    let stopped_at = stopped.as_ref().map(|(target, title)| {
        let step = match target.route {
            Route::Step(_, position) => store.catalogue.steps[position].title.as_str(),
            _ => "",
        };
        format!("上次做到：{step} · {title}")
    });
    let on = stopped.map_or_else(|| Route::TaskList(kind).into(), |(target, _)| target);
    html! {
        <article key={id.to_string()} class="resume" data-resume={kind.as_str()}>
            <div class="resume__head">
                <h2 class="resume__title">{ words::whose(workbook) }{ "的自查表" }</h2>
                { cycle_choice(store, workbook, Length::Name) }
            </div>
            { meter(&tally) }
            <p class="resume__left">{ words::state(&tally) }</p>
            <p class="resume__stopped">{ stopped_at }</p>
            <p class="resume__actions" onclick={open}>
                { link(store, on, "button button--primary", "继续") }
                { link(store, Route::TaskList(kind), "button", "看全部步骤") }
                { link(store, Route::Review(kind), "button", "看核对结果") }
            </p>
        </article>
    }
}
