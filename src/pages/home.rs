//! Home: what this is, and one click to work.

use plan_checklist_domain::{CATALOGUE, Requirement, Tally, UnitKind, Workbook};
use yew::prelude::*;

use crate::components::element::{el, many};
use crate::components::link::{link, link_around, p};
use crate::components::meter::meter;
use crate::route::{Route, Target};
use crate::store::{Action, Dispatch, Store};
use crate::words;

/// How many workbooks are shown to who comes back.
pub(crate) const CARDS: usize = 3;

pub(crate) fn home(store: &Store) -> Html {
    let books = store.shown_books();
    let is_returning = !books.is_empty();
    let more = (books.len() > CARDS)
        .then(|| el("p", "", link(store, Route::Workbooks, "", format!("全部 {} 份自查表", books.len()))));
    let choices = UnitKind::ALL.into_iter().map(|kind| choice(store, kind));
    let cards = books.iter().take(CARDS).map(|book| resume(store, book));
    let title = vec![Html::from("五年规划编得怎么样，"), html! { <br /> }, Html::from("自己先对照一遍")];
    let intro = vec![many("h1", "home__title", title), el("p", "home__lead", words::WHAT_IT_IS)];
    let question = if is_returning { "开始另一类单位的自查" } else { "你在哪一类单位？" };
    let choose = vec![el("h2", "home__question", question), many("ul", "choices", choices)];
    let facts = [
        ("不用注册，点开就做。", "单位名称和填表人想填再填。"),
        ("每点一下就存一次。", "关掉网页再打开，接着上次的地方继续。"),
        ("数据不出这台设备。", "没有服务器，打开之后不再联网。请勿录入涉密信息。"),
    ];
    let facts = facts.map(|(what, more)| many("li", "", vec![el("strong", "", what), Html::from(more)]));
    let parts = vec![
        // The page's own first script reserves this space for those who come back.
        many("section", "home__resume", cards.chain([many("div", "", more)])),
        many("section", "home__intro", intro),
        many("section", "home__choose", choose),
        many("ul", "facts", facts),
    ];
    many("div", "home", parts)
}

fn choice(store: &Store, kind: UnitKind) -> Html {
    let who = match kind {
        UnitKind::Commission => "统筹全市规划编制，牵头规划纲要和区域规划",
        UnitKind::Department => "编制本行业的专项规划、空间规划",
        UnitKind::County => "编制县域发展规划和县级专项规划",
    };
    let workbook = store.workbook(kind);
    let (to, go) = match place(workbook) {
        Some(place) => (
            Target::requirement(kind, place.id),
            "接着填 · ".to_owned() + &words::percent(&Tally::of_workbook(workbook)),
        ),
        None => (Route::Step(kind, 0).into(), format!("开始自查 · {} 项", CATALOGUE.requirements_for(kind).count())),
    };
    let inside = vec![
        el("span", "choice__kind", words::kind(kind)),
        el("span", "choice__who", who),
        el("span", "choice__go", go),
    ];
    let links = vec![
        link_around(store, to, "choice__start", false, inside.into_iter().collect()),
        link(store, Route::TaskList(kind), "choice__list", "先看全部步骤"),
    ];
    many("li", "choice", links)
}

/// Where somebody stopped.
fn place(workbook: &Workbook) -> Option<&'static Requirement> {
    let place = (*workbook.last_answered).and_then(|id| CATALOGUE.requirement(id.as_str()));
    place.filter(|requirement| requirement.role(workbook.kind).is_some())
}

/// The card of someone who comes back: where they stopped, what is left, and on.
fn resume(store: &Store, workbook: &Workbook) -> Html {
    let (id, kind) = (workbook.id, workbook.kind);
    // A click on any of the links below means this workbook.
    let open = Dispatch::of(store).on::<MouseEvent>(Action::Opened(id));
    let tally = Tally::of_workbook(workbook);
    let place = place(workbook);
    let stopped = place.map(|requirement| {
        let step = CATALOGUE.step_of(requirement.id).map_or("", |step| step.title);
        format!("上次做到：{step} · {}", workbook.cycle.reword(requirement.title(kind)))
    });
    let on =
        place.map_or_else(|| Route::TaskList(kind).into(), |requirement| Target::requirement(kind, requirement.id));
    html! {
        <article key={id.to_string()} class="resume" data-resume={kind.as_str()}>
            <h2 class="resume__title">{ words::book(workbook) }{ "的自查表" }</h2>
            { meter(&tally) }
            { p("resume__left", words::state(&tally)) }
            { p("resume__stopped", stopped.unwrap_or_default()) }
            <p class="resume__actions" onclick={open}>
                { link(store, on, "button button--primary", "继续") }
                { link(store, Route::TaskList(kind), "button", "看全部步骤") }
                { link(store, Route::Review(kind), "button", "看核对结果") }
            </p>
        </article>
    }
}
