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

use crate::components::element::{el, keyed, many, with};
use crate::components::handout::{Tick, fault, in_wechat, pieces, select, tick};
use crate::components::icon::status_icon;
use crate::components::link::{Look, button, link, p, page_head, section};
use crate::components::meter::{meter, percent};
use crate::effects::{clock, identity, storage};
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
    let trouble = match &found {
        Some(Ok(Link::Snapshot(snapshot))) => return shown(desk, snapshot),
        None => None,
        Some(Ok(Link::Start(_)) | Err(LinkError::NotOurs)) => {
            Some(("not-ours", "这个网址里没有快照。请向发给你的人要完整的链接，或者看看链接有没有整段复制下来。"))
        }
        Some(Err(LinkError::Damaged)) => {
            Some(("damaged", "这个链接不完整，可能转发时被截断或改动过，读不出来。请对方重新复制一次，整段发给你。"))
        }
        Some(Err(LinkError::Newer)) => Some((
            "newer",
            "这个链接是更新的版本做的，这个页面版本太旧，读不了。请按 Ctrl+F5 刷新，或换用对方的网址打开。",
        )),
    };
    let lead = "别人把自查情况做成一个链接发给你，在这一页打开：只能看，不会改动你的任何东西；看完可以和自己的对照，也可以合并过来。";
    let ways = vec![
        link(&desk.store, Route::Home, "button button--primary", "从首页开始自查"),
        link(&desk.store, Route::Share, "button", "做一个自己的快照"),
    ];
    let page = vec![page_head(None, "自查快照", p("page__lead", lead)), fault(trouble), many("p", "buttons", ways)];
    many("div", "page", page)
}

fn shown(desk: &Desk, snapshot: &Snapshot) -> Html {
    let (kind, cycle) = (snapshot.kind, Cycle(snapshot.cycle));
    let is_asked = |requirement: &&Requirement| !snapshot.absent.contains(&requirement.id);
    let status = |requirement: &'static Requirement| snapshot.status(requirement.id);
    let tally = Tally::of_statuses(CATALOGUE.requirements_for(kind).filter(is_asked).map(status));
    // A name in a script that runs from right to left turns nothing else around.
    let title = match &snapshot.unit {
        Some(unit) => pieces(vec![el("bdi", "", unit.clone()), "的自查快照".into()]),
        None => "自查快照（没有写单位名称）".into(),
    };
    let taken = snapshot.taken.map_or_else(|| "没有写日期".into(), |day| format!("{}的样子", words::date(day)));
    let lead =
        vec![el("strong", "tag", "只读"), format!(" {taken}。打开它不会改动你的任何东西，也不会存下什么。").into()];
    let title =
        [p("page__kicker", format!("{} · {}", words::kind(kind), words::cycle(cycle))), el("h1", "page__title", title)];
    let counts = Status::ALL.into_iter().map(|status| {
        let inside = vec![
            status_icon(status),
            el("span", "count__status", words::status(status)),
            el("strong", "count__number", tally.count(status)),
        ];
        with("li", &["data-count"], vec![status.as_str().into()], pieces(inside))
    });
    let basis = format!(
        "共 {} 项；百分比 = 已落实 ÷ 适用的 {} 项，只舍不入。佐证齐不齐，快照里看不出来。",
        tally.total(),
        tally.applicable()
    );
    let body = vec![meter(&tally), many("ul", "counts", counts), p("summary__basis", basis)];
    let unknown = (snapshot.unknown > 0).then(|| {
        let count = snapshot.unknown;
        p(
            "note",
            format!(
                "快照里还有 {count} 项是这里的清单没有的（对方的清单较新，或这些要求已经取消），显示不了，也没有计入。"
            ),
        )
    });
    let absent = (!snapshot.absent.is_empty()).then(|| {
        let titles: Vec<_> = snapshot.absent.iter().map(|id| words::requirement(*id)).collect();
        let titles = titles.join("；");
        p(
            "note",
            format!("这里的清单有 {} 项是快照里没有的（对方的清单较旧），没有计入：{titles}。", snapshot.absent.len()),
        )
    });
    let steps = CATALOGUE.steps.iter().filter_map(|step| {
        let tally = Tally::of_statuses(step.requirements_for(kind).filter(is_asked).map(status));
        let cells = vec![
            with("th", &["scope"], vec!["row".into()], step.title),
            el("td", "by-step__bar", meter(&tally)),
            el("td", "by-step__number", format!("{}/{}", tally.count(Status::Done), tally.applicable())),
            el("td", "by-step__state", words::state(&tally)),
        ];
        (tally.total() > 0).then(|| many("tr", "", cells))
    });
    let steps = vec![head(&["步骤", "进度", "已落实/适用", "状态"]), many("tbody", "", steps)];
    // What is to be done comes before what nobody has looked at.
    let groups = [Status::NotStarted, Status::InProgress, Status::Unchecked, Status::NotApplicable];
    let groups = groups.into_iter().map(|wanted| {
        let here =
            CATALOGUE.requirements_for(kind).filter(is_asked).filter(|requirement| status(requirement) == wanted);
        group(wanted, here.map(|requirement| title_of(requirement, snapshot)).collect())
    });
    // The address keeps what the link carried: see `Desk::look`.
    let down =
        with("a", &["class", "href"], vec!["button".into(), "#compare-heading".into()], "与我的对照、合并、另存");
    let page = vec![
        many("header", "page__head", vec![many("div", "", title), many("p", "page__lead", lead)]),
        many("section", "summary", vec![percent(&tally), many("div", "summary__body", body)]),
        many("div", "", unknown),
        many("div", "", absent),
        el("p", "buttons needs-program", down),
        section("by-step", "各步骤", "", many("table", "by-step__table", steps)),
        section("groups-heading", "逐项", "", many("div", "snapshot__groups", groups)),
        section("compare-heading", "与我的对照", "needs-program", compared(desk, snapshot)),
    ];
    with("div", &["class", "data-snapshot"], vec!["page".into(), kind.as_str().into()], pieces(page))
}

/// The head of a table.
fn head(titles: &[&'static str]) -> Html {
    let cells = titles.iter().map(|title| with("th", &["scope"], vec!["col".into()], *title));
    el("thead", "", many("tr", "", cells))
}

/// The title of a requirement as the snapshot's unit reads it.
fn title_of(requirement: &'static Requirement, snapshot: &Snapshot) -> AttrValue {
    Cycle(snapshot.cycle).reword(requirement.title(snapshot.kind)).into()
}

/// Lists longer than this are folded.
const SHORT: usize = 15;

fn group(status: Status, titles: Vec<AttrValue>) -> Html {
    let count = titles.len();
    if count == 0 {
        return html! {};
    }
    let summary = vec![status_icon(status), format!(" {} {count} 项", words::status(status)).into()];
    let list = many("ul", "group__list plain-list", titles.into_iter().map(|title| el("li", "", title)));
    html! {
        <details class="group" data-group={status.as_str()} open={count <= SHORT}>{ many("summary", "", summary) }{ list }</details>
    }
}

/// Side by side with a workbook of this browser, and what can be done about it.
fn compared(desk: &Desk, snapshot: &Snapshot) -> Html {
    let store = &desk.store;
    let form = &desk.held().snapshot;
    let books = store.shown_books();
    let is_alike = |book: &Workbook| book.kind == snapshot.kind && book.cycle.first_year() == snapshot.cycle;
    // The one chosen; else the one in use; else the one worked on last, if it is of the same kind and cycle.
    let rank = |book: &Rc<Workbook>| (Some(book.id) == form.book, store.current().contains(&book.id));
    let fits = |book: &&&Rc<Workbook>| Some(book.id) == form.book || is_alike(book);
    let book = books.iter().rev().filter(fits).max_by_key(|book| rank(book));
    let body = match book {
        Some(book) => table(desk, snapshot, book, is_alike(book)),
        None if !store.is_restored => html! {},
        None if books.is_empty() => p("", "你这里还没有自查表，没有可以对照的。"),
        None => {
            let (kind, cycle) = (words::kind(snapshot.kind), Cycle(snapshot.cycle).name());
            p("", format!("你这里没有{kind}{cycle}的自查表。也可以选一份别的来对照。"))
        }
    };
    let choice = (!books.is_empty()).then(|| {
        let name = |book: &Workbook| format!("{}（{}）", words::book(book), words::kind(book.kind));
        let mut entries: Vec<_> = books.iter().map(|book| (book.id.to_string(), name(book))).collect();
        if book.is_none() {
            entries.insert(0, (String::new(), "请选择".into()));
        }
        let on_book = desk.on(|held, id: String| {
            held.snapshot = Form { book: WorkbookId::parse(&id), ..Form::default() };
        });
        let id = book.map_or_else(String::new, |book| book.id.to_string());
        select("compare-with", "和哪一份对照", entries, &id, on_book)
    });
    pieces(vec![
        many("div", "compare__choice", choice),
        many("div", "", form.outcome.map(|outcome| told(desk, snapshot, outcome))),
        body,
        save_as_new(desk, snapshot),
    ])
}

/// Whether to take over their status: where nobody has looked here, unless told otherwise; elsewhere only if told.
fn is_taken(difference: &Difference, flipped: &Set<RequirementId>) -> bool {
    (difference.ours == Status::Unchecked) != flipped.contains(&difference.id)
}

fn table(desk: &Desk, snapshot: &Snapshot, book: &Rc<Workbook>, is_alike: bool) -> Html {
    let form = &desk.held().snapshot;
    let differences = snapshot.disagreements(book.kind, |id| book.status(id));
    let is_common = |requirement: &&Requirement| {
        requirement.role(book.kind).is_some() && !snapshot.absent.contains(&requirement.id)
    };
    let same = CATALOGUE.requirements_for(snapshot.kind).filter(is_common).count() - differences.len();
    if differences.is_empty() {
        return p("", format!("两边都有的 {same} 项，状态完全一样。"));
    }
    let mut step = "";
    let mut rows = Vec::new();
    for difference in &differences {
        let here = CATALOGUE.step_of(difference.id);
        if let Some(here) = here.filter(|here| here.id != step) {
            step = here.id;
            let name = with("th", &["scope", "colspan"], vec!["rowgroup".into(), "4".into()], here.title);
            rows.push(keyed(step, el("tr", "compare__step", name)));
        }
        let is_taken = is_alike.then(|| is_taken(difference, &form.flipped));
        rows.push(keyed(difference.id.as_str(), row(desk, snapshot, book, *difference, is_taken)));
    }
    let columns: &[&str] =
        if is_alike { &["采用", "要求", "对方", "我的"] } else { &["要求", "对方", "我的"] };
    let table = many("table", "compare", vec![head(columns), many("tbody", "", rows)]);
    let keys = &["class", "tabindex", "role", "aria-label"];
    let values = vec!["scroll-x".into(), "0".into(), "region".into(), "对照表".into()];
    let (above, below) = if is_alike {
        merging(desk, book, &differences)
    } else {
        (p("note", "单位类别或规划期不一样，只能对照，不能合并。"), html! {})
    };
    let count = format!("{} 项不一样，{same} 项一样。", differences.len());
    // Its own element for each workbook: it has other columns.
    keyed(
        if is_alike { "alike" } else { "other" },
        many("div", "", vec![p("", count), above, with("div", keys, values, table), below]),
    )
}

/// What ticks mean with the ways to tick many at once, and the button that takes over what is ticked.
fn merging(desk: &Desk, book: &Rc<Workbook>, differences: &[Difference]) -> (Html, Html) {
    let form = &desk.held().snapshot;
    let picked = differences.iter().filter(|difference| is_taken(difference, &form.flipped));
    let picked: Vec<Msg> = picked.map(|difference| Msg::Answered(difference.id, difference.theirs)).collect();
    // Which ones differ from the usual choice when all of these are ticked, or none.
    let flip = |wanted: Option<bool>| {
        let is_usual = |difference: &&Difference| (difference.ours == Status::Unchecked) == wanted.unwrap_or_default();
        let flipped: Set<_> = differences
            .iter()
            .filter(|difference| wanted.is_some() && !is_usual(difference))
            .map(|difference| difference.id)
            .collect();
        desk.on(move |held, _: MouseEvent| held.snapshot.flipped = flipped.clone())
    };
    let ticks = vec![
        button("只补我没核对的", Look::plain("take-unchecked"), flip(None)),
        button("都用对方的", Look::plain("take-all"), flip(Some(true))),
        button("一项都不用", Look::plain("take-none"), flip(Some(false))),
    ];
    let count = picked.len();
    let on_merge = {
        let (desk, book) = (desk.clone(), Rc::clone(book));
        Callback::from(move |_: MouseEvent| merge(&desk, &book, picked.clone()))
    };
    let terms =
        "打勾的，合并后改成对方的状态；没打勾的留着你的。备注、佐证等都不动。合并前自动留一份快照，合并后可以撤销。";
    let merge =
        button(format!("合并到我的自查表（{count} 项）"), Look::primary("merge").disabled(count == 0), on_merge);
    let above = many("div", "compare__ticks", vec![p("", terms), many("p", "buttons", ticks)]);
    (above, el("p", "compare__merge", merge))
}

/// `is_taken` is `None` where nothing can be taken over.
fn row(desk: &Desk, snapshot: &Snapshot, book: &Workbook, difference: Difference, is_taken: Option<bool>) -> Html {
    let Difference { id, theirs, ours } = difference;
    let title = CATALOGUE.requirement(id.as_str()).map_or(AttrValue::from(""), |found| title_of(found, snapshot));
    let name = CATALOGUE.requirement(id.as_str()).map_or("", |found| found.id.as_str());
    let mut cells = Vec::from_iter(is_taken.map(|is_on| {
        let onchange = desk.on(move |held, _| {
            let flipped = &mut held.snapshot.flipped;
            if flipped.contains(&id) {
                flipped.remove(&id);
            } else {
                flipped.insert(id);
            };
        });
        let label = format!("用对方的：{title}").into();
        let box_ = Tick { shape: "checkbox", name, value: "", label, is_on, is_disabled: false };
        el("td", "compare__tick", tick(&box_, onchange))
    }));
    let status = |status, is_lost| {
        let class = if is_lost { "compare__status compare__status--lost" } else { "compare__status" };
        many("td", class, [status_icon(status), words::status(status).into()])
    };
    let name = link(&desk.store, Target::requirement(book.kind, id), "", title);
    cells.extend([
        with("th", &["scope"], vec!["row".into()], name),
        status(theirs, is_taken == Some(false)),
        status(ours, is_taken == Some(true)),
    ]);
    with("tr", &["data-difference"], vec![id.as_str().into()], pieces(cells))
}

/// Takes over what was picked, as one step that can be undone.
fn merge(desk: &Desk, book: &Rc<Workbook>, picked: Vec<Msg>) {
    let count = picked.len();
    let is_kept = storage::snapshot(book, Reason::Link);
    // Who merges into a workbook goes on with it, and undoing works on the one in use.
    desk.dispatch.send(Action::Opened(book.id));
    desk.dispatch.send(Action::applied(book.id, Deed::Link, picked));
    let id = book.id;
    desk.change(|held| {
        held.snapshot = Form { book: Some(id), outcome: Some(Outcome::Merged { count, is_kept }), ..Form::default() };
    });
}

fn save_as_new(desk: &Desk, snapshot: &Snapshot) -> Html {
    let onclick = {
        let (desk, snapshot) = (desk.clone(), snapshot.clone());
        Callback::from(move |_: MouseEvent| {
            desk.dispatch.send(Action::added(Rc::new(workbook(&snapshot))));
            desk.change(|held| held.snapshot = Form { outcome: Some(Outcome::Added), ..Form::default() });
        })
    };
    let look = Look::plain("save-as-new").disabled(!desk.store.is_restored);
    let inside = vec![
        in_wechat(
            desk,
            "现在是在微信里：存下的自查表只在微信里看得到。要长期用，请点右上角“···”，选“在浏览器打开”，再存。",
        ),
        el("p", "buttons", button("另存为新的自查表", look, onclick)),
        p("summary__basis", "单位名称、规划期和各项状态存成你这里的一份新自查表，不影响已有的。"),
    ];
    many("div", "compare__new", inside)
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
    let (word, what, more, ways) = match outcome {
        Outcome::Merged { count, is_kept } => {
            let kept = if is_kept { "合并前的样子留了一份快照，在“数据安全”里。" } else { "" };
            let undo = {
                let desk = desk.clone();
                Callback::from(move |_: MouseEvent| {
                    desk.dispatch.send(Action::Undone(kind));
                    desk.change(|held| held.snapshot.outcome = None);
                })
            };
            let ways = vec![
                button("撤销合并", Look::plain("undo-merge"), undo),
                link(store, Route::TaskList(kind), "button", "打开我的自查表"),
            ];
            ("merged", format!("已合并 {count} 项，可以撤销。"), kept, ways)
        }
        Outcome::Added => {
            let what = format!("已存为新的自查表：{}。", words::book(store.workbook(kind)));
            let ways = vec![
                link(store, Route::TaskList(kind), "button button--primary", "打开接着填"),
                link(store, Route::Workbooks, "button", "我的自查表"),
            ];
            ("added", what, "不要了，可以在“我的自查表”里删掉。", ways)
        }
    };
    let inside = vec![many("p", "", vec![el("strong", "", what), more.into()]), many("p", "buttons", ways)];
    with("div", &["class", "role", "data-outcome"], vec!["note".into(), "status".into(), word.into()], pieces(inside))
}
