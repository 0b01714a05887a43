//! 自查快照: what somebody else sent, to be looked at, compared, and taken over on request only.

use std::rc::Rc;

use plan_checklist_domain::history::{Deed, apply};
use plan_checklist_domain::link::{Link, LinkError, decode};
use plan_checklist_domain::map::Set;
use plan_checklist_domain::shelf::Reason;
use plan_checklist_domain::snapshot::{Difference, Snapshot};
use plan_checklist_domain::{
    CATALOGUE, Clock, Cycle, Msg, Requirement, RequirementId, Status, Tally, Workbook, WorkbookId,
};
use yew::prelude::*;

use crate::components::element::{el, many};
use crate::components::handout::select;
use crate::components::icon::status_icon;
use crate::components::link::{Look, button, link, p, page_head, section};
use crate::components::meter::{meter, percent};
use crate::effects::{clock, identity, storage};
use crate::pages::share::years;
use crate::pages::sharing::Desk;
use crate::route::{Route, Target};
use crate::store::Action;
use crate::words;

/// What was chosen and entered.
#[derive(Debug, Default)]
pub(crate) struct Form {
    /// The workbook to compare with; `None` until somebody chooses.
    book: Option<WorkbookId>,
    /// Where the choice differs from the usual one, which is to fill in what is 未核对 here and keep everything else.
    flipped: Set<RequirementId>,
    outcome: Option<Outcome>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// This many answers were taken over, after a snapshot was kept or without one.
    Merged { count: usize, is_kept: bool },
    /// It became a workbook.
    Added,
}

pub(crate) fn snapshot(desk: &Desk) -> Html {
    let held = desk.held();
    // Before the program runs nobody knows what the address carries.
    let found = held.here.is_some().then(|| decode(&held.fragment));
    match &found {
        None => explained(desk, None),
        Some(Ok(Link::Snapshot(snapshot))) => shown(desk, snapshot),
        Some(Ok(Link::Start(_)) | Err(LinkError::NotOurs)) => explained(
            desk,
            Some(("not-ours", "这个网址里没有快照。请向发给你的人要完整的链接，或者看看链接有没有整段复制下来。")),
        ),
        Some(Err(LinkError::Damaged)) => explained(
            desk,
            Some(("damaged", "这个链接不完整，可能转发时被截断或改动过，读不出来。请对方重新复制一次，整段发给你。")),
        ),
        Some(Err(LinkError::Newer)) => explained(
            desk,
            Some((
                "newer",
                "这个链接是更新的版本做的，这个页面版本太旧，读不了。请按 Ctrl+F5 刷新，或换用对方的网址打开。",
            )),
        ),
    }
}

/// What this page is for, and why it shows nothing.
fn explained(desk: &Desk, fault: Option<(&'static str, &'static str)>) -> Html {
    let fault = fault.map(|(word, text)| {
        html! {
            <div class="note" role="alert" data-fault={word}>
                { p("attention", text) }
                { p("", "什么都没有改动，也没有存下任何东西。") }
            </div>
        }
    });
    let lead = "别人把自查情况做成一个链接发给你，在这一页打开：只能看，不会改动你的任何东西；看完可以和自己的对照，也可以合并过来。";
    html! {
        <div class="page">
            { page_head(None, "自查快照", p("page__lead", lead)) }
            { many("div", "", fault) }
            <p class="buttons">
                { link(&desk.store, Route::Home, "button button--primary", "从首页开始自查") }
                { link(&desk.store, Route::Share, "button", "做一个自己的快照") }
            </p>
        </div>
    }
}

fn shown(desk: &Desk, snapshot: &Snapshot) -> Html {
    let (kind, cycle) = (snapshot.kind, Cycle(snapshot.cycle));
    let asked = || CATALOGUE.requirements_for(kind).filter(|requirement| !snapshot.absent.contains(&requirement.id));
    let tally = Tally::of_statuses(asked().map(|requirement| snapshot.status(requirement.id)));
    let kicker = format!("{} · {}", words::kind(kind), years(cycle));
    // A name in a script that runs from right to left turns nothing else around.
    let title = match &snapshot.unit {
        Some(unit) => html! { <><bdi>{ unit.clone() }</bdi>{ "的自查快照" }</> },
        None => "自查快照（没有写单位名称）".into(),
    };
    let taken = snapshot.taken.map_or_else(|| "没有写日期".into(), |day| format!("{}的样子", words::date(day)));
    let lead = html! {
        <p class="page__lead"><strong class="tag">{ "只读" }</strong>{ format!(" {taken}。打开它不会改动你的任何东西，也不会存下什么。") }</p>
    };
    let counts = Status::ALL.map(|status| {
        html! {
            <li key={status.as_str()} data-count={status.as_str()}>
                { status_icon(status) }{ el("span", "count__status", words::status(status)) }{ el("strong", "count__number", tally.count(status)) }
            </li>
        }
    });
    let unknown = (snapshot.unknown > 0).then(|| {
        p(
            "note",
            format!(
                "快照里还有 {} 项是这里的清单没有的（对方的清单较新，或这些要求已经取消），显示不了，也没有计入。",
                snapshot.unknown
            ),
        )
    });
    let absent = (!snapshot.absent.is_empty()).then(|| {
        let titles: Vec<_> = snapshot.absent.iter().map(|id| words::requirement(*id)).collect();
        p(
            "note",
            format!(
                "这里的清单有 {} 项是快照里没有的（对方的清单较旧），没有计入：{}。",
                titles.len(),
                titles.join("；")
            ),
        )
    });
    let steps = CATALOGUE.steps.iter().filter_map(|step| {
        let asked = step.requirements_for(kind).filter(|requirement| !snapshot.absent.contains(&requirement.id));
        let tally = Tally::of_statuses(asked.map(|requirement| snapshot.status(requirement.id)));
        (tally.total() > 0).then(|| {
            html! {
                <tr key={step.id}>
                    <th scope="row">{ step.title }</th>
                    <td class="by-step__bar">{ meter(&tally) }</td>
                    <td class="by-step__number">{ format!("{}/{}", tally.count(Status::Done), tally.applicable()) }</td>
                    <td class="by-step__state">{ words::state(&tally) }</td>
                </tr>
            }
        })
    });
    // What is to be done comes before what nobody has looked at.
    let groups = [Status::NotStarted, Status::InProgress, Status::Unchecked, Status::NotApplicable].map(|status| {
        let titles = asked().filter(|requirement| snapshot.status(requirement.id) == status);
        group(status, titles.map(|requirement| title_of(requirement, snapshot)).collect())
    });
    html! {
        <div class="page" data-snapshot={kind.as_str()}>
            <header class="page__head">
                <div>{ p("page__kicker", kicker) }<h1 class="page__title">{ title }</h1></div>
                { lead }
            </header>
            <section class="summary" aria-label="总数">
                { percent(&tally) }
                <div class="summary__body">
                    { meter(&tally) }
                    { many("ul", "counts", counts) }
                    { el("p", "summary__basis", format!("共 {} 项；百分比 = 已落实 ÷ 适用的 {} 项，只舍不入。佐证齐不齐，快照里看不出来。", tally.total(), tally.applicable())) }
                </div>
            </section>
            { many("div", "", unknown) }
            { many("div", "", absent) }
            { compared(desk, snapshot) }
            <section aria-labelledby="by-step">
                <h2 id="by-step" class="page__subtitle">{ "各步骤" }</h2>
                <table class="by-step__table">
                    <thead><tr><th scope="col">{ "步骤" }</th><th scope="col">{ "进度" }</th><th scope="col">{ "已落实/适用" }</th><th scope="col">{ "状态" }</th></tr></thead>
                    { many("tbody", "", steps) }
                </table>
            </section>
            { section("groups-heading", "逐项", "", many("div", "snapshot__groups", groups)) }
        </div>
    }
}

/// The title of a requirement as the snapshot's unit reads it.
fn title_of(requirement: &'static Requirement, snapshot: &Snapshot) -> AttrValue {
    Cycle(snapshot.cycle).reword(requirement.title(snapshot.kind)).into()
}

/// Lists longer than this are folded.
const SHORT: usize = 15;

fn group(status: Status, titles: Vec<AttrValue>) -> Html {
    if titles.is_empty() {
        return html! {};
    }
    let count = titles.len();
    html! {
        <details key={status.as_str()} class="group" data-group={status.as_str()} open={count <= SHORT}>
            <summary>{ status_icon(status) }{ format!(" {} {count} 项", words::status(status)) }</summary>
            { many("ul", "group__list plain-list", titles.into_iter().map(|title| el("li", "", title))) }
        </details>
    }
}

/// Side by side with a workbook of this browser, and what can be done about it.
fn compared(desk: &Desk, snapshot: &Snapshot) -> Html {
    let store = &desk.store;
    let form = &desk.held().snapshot;
    let books = store.shown_books();
    let is_alike = |book: &Workbook| book.kind == snapshot.kind && book.cycle.first_year() == snapshot.cycle;
    let chosen = books.iter().find(|book| Some(book.id) == form.book);
    let in_use = |book: &&&Rc<Workbook>| store.current().contains(&book.id) && is_alike(book);
    let usual = || books.iter().find(in_use).or_else(|| books.iter().find(|book| is_alike(book)));
    let book = chosen.or_else(usual).copied();
    let outcome = form.outcome.map(|outcome| told(desk, snapshot, outcome));
    let body = match book {
        Some(book) => table(desk, snapshot, book, is_alike(book)),
        None if !store.is_restored => html! {},
        None if books.is_empty() => p("", "你这里还没有自查表，没有可以对照的。"),
        None => p(
            "",
            format!(
                "你这里没有{}{}的自查表。也可以选一份别的来对照。",
                words::kind(snapshot.kind),
                Cycle(snapshot.cycle).name()
            ),
        ),
    };
    let choice = (!books.is_empty()).then(|| {
        let about = |book: &Workbook| {
            let kind =
                if book.unit.trim().is_empty() { String::new() } else { format!("（{}）", words::kind(book.kind)) };
            format!("{}{kind}", words::book(book))
        };
        let mut entries: Vec<(String, AttrValue)> = Vec::new();
        if book.is_none() {
            entries.push((String::new(), "请选择".into()));
        }
        entries.extend(books.iter().map(|book| (book.id.to_string(), about(book).into())));
        let on_book = desk.on(|held, id: String| {
            held.snapshot = Form { book: WorkbookId::parse(&id), ..Form::default() };
        });
        let id = book.map_or_else(String::new, |book| book.id.to_string());
        select("compare-with", "和哪一份对照", entries, &id, on_book)
    });
    let inside = html! {
        <>
            { many("div", "compare__choice", choice) }
            { many("div", "", outcome) }
            { body }
            { save_as_new(desk, snapshot) }
        </>
    };
    section("compare-heading", "与我的对照", "needs-program", inside)
}

/// Whether to take over their status: where nobody has looked here, unless told otherwise; elsewhere only if told.
fn is_taken(difference: &Difference, flipped: &Set<RequirementId>) -> bool {
    (difference.ours == Status::Unchecked) != flipped.contains(&difference.id)
}

fn table(desk: &Desk, snapshot: &Snapshot, book: &Rc<Workbook>, is_alike: bool) -> Html {
    let form = &desk.held().snapshot;
    let differences = snapshot.differences(book.kind, |id| book.status(id));
    let same = CATALOGUE
        .requirements_for(snapshot.kind)
        .filter(|requirement| requirement.role(book.kind).is_some() && !snapshot.absent.contains(&requirement.id))
        .count()
        - differences.len();
    if differences.is_empty() {
        return p("", format!("两边都有的 {same} 项，状态完全一样。"));
    }
    let mut step = None;
    let mut rows = Vec::new();
    for difference in &differences {
        let Some(requirement) = CATALOGUE.requirement(difference.id.as_str()) else { continue };
        let here = CATALOGUE.step_of(difference.id);
        if let Some(here) = here
            && step != Some(here.id)
        {
            step = Some(here.id);
            rows.push(html! { <tr key={here.id} class="compare__step"><th scope="rowgroup" colspan={if is_alike { "4" } else { "3" }}>{ here.title }</th></tr> });
        }
        rows.push(row(
            desk,
            snapshot,
            book,
            requirement,
            difference,
            is_alike.then(|| is_taken(difference, &form.flipped)),
        ));
    }
    let picked: Vec<Msg> = differences
        .iter()
        .filter(|difference| is_taken(difference, &form.flipped))
        .map(|difference| Msg::Answered(difference.id, difference.theirs))
        .collect();
    let merge = is_alike.then(|| {
        let count = picked.len();
        let on_merge = {
            let (desk, book) = (desk.clone(), Rc::clone(book));
            Callback::from(move |_: MouseEvent| merge(&desk, &book, picked.clone()))
        };
        // Not `on_merge`'s list: it is what is ticked now.
        let flip = |wanted: fn(&Difference) -> bool| {
            let differences = differences.clone();
            desk.on(move |held, _: MouseEvent| {
                let flipped = differences.iter().filter(|difference| wanted(difference) != is_taken(difference, &Set::new()));
                held.snapshot.flipped = flipped.map(|difference| difference.id).collect();
            })
        };
        let look = Look::primary("merge").disabled(count == 0);
        html! {
            <div class="compare__merge">
                <p class="buttons">
                    { button("只补我没核对的", Look::plain("take-unchecked"), flip(|difference| difference.ours == Status::Unchecked)) }
                    { button("都用对方的", Look::plain("take-all"), flip(|_| true)) }
                    { button("一项都不用", Look::plain("take-none"), flip(|_| false)) }
                </p>
                { p("", "打勾的，合并后改成对方的状态；没打勾的留着你的。备注、佐证等都不动。合并前自动留一份快照，合并后可以撤销。") }
                <p class="buttons">{ button(format!("合并到我的自查表（{count} 项）"), look, on_merge) }</p>
            </div>
        }
    });
    let only = (!is_alike).then(|| p("note", "单位类别或规划期不一样，只能对照，不能合并。"));
    html! {
        <>
            { p("", format!("{} 项不一样，{same} 项一样。", differences.len())) }
            <div class="scroll-x" tabindex="0" role="region" aria-label="对照表">
                <table class="compare">
                    <thead><tr>
                        { for is_alike.then(|| html! { <th scope="col">{ "用对方的" }</th> }) }
                        <th scope="col">{ "要求" }</th><th scope="col">{ "对方" }</th><th scope="col">{ "我的" }</th>
                    </tr></thead>
                    { many("tbody", "", rows) }
                </table>
            </div>
            { many("div", "", only) }
            { many("div", "", merge) }
        </>
    }
}

/// `is_taken` is `None` where nothing can be taken over.
fn row(
    desk: &Desk,
    snapshot: &Snapshot,
    book: &Workbook,
    requirement: &'static Requirement,
    difference: &Difference,
    is_taken: Option<bool>,
) -> Html {
    let id = difference.id;
    let title = title_of(requirement, snapshot);
    let tick = is_taken.map(|is_taken| {
        let onchange = desk.on(move |held, _: Event| {
            let flipped = &mut held.snapshot.flipped;
            if flipped.contains(&id) { flipped.remove(&id) } else { flipped.insert(id) };
        });
        html! {
            <td class="compare__tick"><input type="checkbox" name={id.as_str()} checked={is_taken} aria-label={format!("用对方的：{title}")} autocomplete="off" {onchange} /></td>
        }
    });
    let status = |status, is_kept| {
        let class = if is_kept { "compare__status" } else { "compare__status compare__status--lost" };
        html! { <td><span {class}>{ status_icon(status) }{ words::status(status) }</span></td> }
    };
    let name = link(&desk.store, Target::requirement(book.kind, id), "", title);
    html! {
        <tr key={id.as_str()} data-difference={id.as_str()}>
            { for tick }
            <th scope="row">{ name }</th>
            { status(difference.theirs, is_taken != Some(false)) }
            { status(difference.ours, is_taken != Some(true)) }
        </tr>
    }
}

/// Takes over what was picked, as one step that can be undone.
fn merge(desk: &Desk, book: &Rc<Workbook>, picked: Vec<Msg>) {
    let count = picked.len();
    let is_kept = storage::snapshot(book, Reason::Link);
    // Who merges into a workbook goes on with it, and undoing works on the one in use.
    desk.dispatch.send(Action::Opened(book.id));
    desk.dispatch.send(Action::Applied(book.id, Deed::Link, picked));
    let id = book.id;
    desk.change(|held| {
        held.snapshot = Form { book: Some(id), outcome: Some(Outcome::Merged { count, is_kept }), ..Form::default() };
    });
}

fn save_as_new(desk: &Desk, snapshot: &Snapshot) -> Html {
    let store = &desk.store;
    let onclick = {
        let (desk, snapshot) = (desk.clone(), snapshot.clone());
        Callback::from(move |_: MouseEvent| {
            desk.dispatch.send(Action::Added(Rc::new(workbook(&snapshot))));
            desk.change(|held| held.snapshot = Form { outcome: Some(Outcome::Added), ..Form::default() });
        })
    };
    let is_wechat = desk.held().here.as_ref().is_some_and(|here| here.is_wechat);
    let wechat = is_wechat.then(|| {
        p("note", "现在是在微信里：存下的自查表只在微信里看得到。要长期用，请点右上角“···”，选“在浏览器打开”，再存。")
    });
    html! {
        <div class="compare__new">
            { many("div", "", wechat) }
            <p class="buttons">{ button("另存为新的自查表", Look::plain("save-as-new").disabled(!store.is_restored), onclick) }</p>
            { p("summary__basis", "单位名称、规划期和各项状态存成你这里的一份新自查表，不影响已有的。") }
        </div>
    }
}

/// A workbook that shows what the snapshot shows.
fn workbook(snapshot: &Snapshot) -> Workbook {
    let mut msgs = vec![Msg::CycleChosen(Cycle(snapshot.cycle))];
    msgs.extend(snapshot.unit.clone().map(Msg::UnitNamed));
    msgs.extend(snapshot.statuses.iter().map(|(id, status)| Msg::Answered(*id, *status)));
    let mut clock = Clock::new(identity::author());
    apply(&Workbook::new(identity::workbook_id(), snapshot.kind), &msgs, &mut clock, clock::now())
}

/// What was done, and the way back or on.
fn told(desk: &Desk, snapshot: &Snapshot, outcome: Outcome) -> Html {
    let (store, kind) = (&desk.store, snapshot.kind);
    match outcome {
        Outcome::Merged { count, is_kept } => {
            let kept = if is_kept { "合并前的样子留了一份快照，在“数据安全”里。" } else { "" };
            let undo = {
                let desk = desk.clone();
                Callback::from(move |_: MouseEvent| {
                    desk.dispatch.send(Action::Undone(kind));
                    desk.change(|held| held.snapshot.outcome = None);
                })
            };
            html! {
                <div class="note" role="status" data-merged={count.to_string()}>
                    <p>{ el("strong", "", format!("已合并 {count} 项，可以撤销。")) }{ kept }</p>
                    <p class="buttons">
                        { button("撤销合并", Look::plain("undo-merge"), undo) }
                        { link(store, Route::TaskList(kind), "button", "打开我的自查表") }
                    </p>
                </div>
            }
        }
        Outcome::Added => html! {
            <div class="note" role="status" data-added="true">
                <p>{ el("strong", "", format!("已存为新的自查表：{}。", words::book(store.workbook(kind)))) }{ "不要了，可以在“我的自查表”里删掉。" }</p>
                <p class="buttons">
                    { link(store, Route::TaskList(kind), "button button--primary", "打开接着填") }
                    { link(store, Route::Workbooks, "button", "我的自查表") }
                </p>
            </div>
        },
    }
}
