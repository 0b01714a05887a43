//! Home: what this is, and one click to work.

use plan_checklist_domain::{CATALOGUE, Tally, UnitKind, Workbook};
use yew::prelude::*;

use crate::components::link::Link;
use crate::components::meter::meter;
use crate::route::{Route, Target};
use crate::store::{Action, Dispatch, State, use_dispatch, use_store};
use crate::words;

/// How many workbooks are shown to who comes back.
pub(crate) const CARDS: usize = 3;

#[component]
pub(crate) fn Home() -> Html {
    let state = use_store();
    let dispatch = use_dispatch();
    let books = state.shown_books();
    let is_returning = !books.is_empty();
    let more = (books.len() > CARDS).then(|| {
        html! { <p><Link to={Route::Workbooks}>{ format!("全部 {} 份自查表", books.len()) }</Link></p> }
    });
    let choices = UnitKind::ALL.into_iter().map(choice);
    html! {
        <div class="home">
            // The page's own first script reserves this space for those who come back.
            <section class="home__resume" aria-label="接着上次">
                { for books.iter().take(CARDS).map(|book| resume(&state, book, &dispatch)) }
                <div>{ for more }</div>
            </section>
            <section class="home__intro">
                <h1 class="home__title">{ "五年规划编得怎么样，" }<br />{ "自己先对照一遍" }</h1>
                <p class="home__lead">{ words::WHAT_IT_IS }</p>
            </section>
            <section class="home__choose" aria-labelledby="choose">
                <h2 id="choose" class="home__question">{ if is_returning { "开始另一类单位的自查" } else { "你在哪一类单位？" } }</h2>
                <ul class="choices">{ for choices }</ul>
            </section>
            <section class="home__facts" aria-label="放心使用">
                <ul class="facts">
                    <li><strong>{ "不用注册，点开就做。" }</strong>{ "单位名称和填表人想填再填。" }</li>
                    <li><strong>{ "每点一下就存一次。" }</strong>{ "关掉网页再打开，接着上次的地方继续。" }</li>
                    <li><strong>{ "数据不出这台电脑。" }</strong>{ "没有服务器，打开之后不再联网。请勿录入涉密信息。" }</li>
                </ul>
            </section>
        </div>
    }
}

fn choice(kind: UnitKind) -> Html {
    let who = match kind {
        UnitKind::Commission => "统筹全市规划编制，牵头规划纲要和区域规划",
        UnitKind::Department => "编制本行业的专项规划、空间规划",
        UnitKind::County => "编制县域发展规划和县级专项规划",
    };
    let count = CATALOGUE.requirements_for(kind).count();
    html! {
        <li key={kind.as_str()} class="choice">
            <Link to={Route::Step(kind, 0)} class="choice__start">
                <span class="choice__kind">{ words::kind(kind) }</span>
                <span class="choice__who">{ who }</span>
                <span class="choice__go">{ format!("开始自查 · {count} 项") }</span>
            </Link>
            <Link to={Route::TaskList(kind)} class="choice__list">{ "先看全部步骤" }</Link>
        </li>
    }
}

/// The card of someone who comes back: where they stopped, what is left, and on.
fn resume(state: &State, workbook: &Workbook, dispatch: &Dispatch) -> Html {
    let (id, kind) = (workbook.id, workbook.kind);
    let is_open = state.current()[kind as usize] == id;
    let dispatch = dispatch.clone();
    // A click on any of the links below means this workbook.
    let open = Callback::from(move |_: MouseEvent| {
        if !is_open {
            dispatch.dispatch(Action::Opened(id));
        }
    });
    let tally = Tally::of_workbook(workbook);
    let place = (*workbook.place)
        .filter(|id| CATALOGUE.requirement(id.as_str()).is_some_and(|found| found.role(kind).is_some()));
    let stopped = place.and_then(|id| CATALOGUE.requirement(id.as_str())).map(|requirement| {
        let step = CATALOGUE.step_of(requirement.id).map_or("", |step| step.title);
        format!("上次做到：{step} · {}", requirement.wording(kind).title)
    });
    let on = place.map_or_else(|| Route::TaskList(kind).into(), |id| Target::requirement(kind, id));
    html! {
        <article key={id.to_string()} class="resume" data-resume={kind.as_str()}>
            <h2 class="resume__title">{ words::book(workbook) }{ " 的自查表" }</h2>
            { meter(&tally) }
            <p class="resume__left">{ words::state(&tally) }</p>
            <p class="resume__stopped">{ for stopped }</p>
            <p class="resume__actions" onclick={open}>
                <Link to={on} class="button button--primary">{ "继续" }</Link>
                <Link to={Route::TaskList(kind)} class="button">{ "看全部步骤" }</Link>
                <Link to={Route::Review(kind)} class="button">{ "看核对结果" }</Link>
            </p>
        </article>
    }
}
