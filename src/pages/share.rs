//! 分享: what to hand on, and as what.

use std::rc::Rc;

use plan_checklist_domain::link::{Start, encode, encode_start};
use plan_checklist_domain::review::review;
use plan_checklist_domain::snapshot::{Snapshot, clean_unit};
use plan_checklist_domain::summary::Summary;
use plan_checklist_domain::{CATALOGUE, Cycle, Requirement, Status, Tally, UnitKind, Workbook, WorkbookId};
use yew::prelude::*;

use crate::components::element::{el, keyed, many, with};
use crate::components::handout::{Tick, copyable, in_wechat, line, pieces, qr_code, reach_note, select, terms, tick};
use crate::components::link::{Look, button, link, p, page_head, section};
use crate::effects::here::{self, Here};
use crate::pages::sharing::{Desk, extent};
use crate::route::{Route, Target};
use crate::store::Store;
use crate::words;

/// What was chosen and entered.
#[derive(Debug, Default)]
pub(crate) struct Form {
    /// What to share; `None` until somebody chooses.
    what: Option<What>,
    kind: Option<UnitKind>,
    cycle: Option<CycleChoice>,
    /// The first year, as typed.
    year: String,
    unit: String,
    book: Option<WorkbookId>,
    is_anonymous: bool,
    is_full: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Page,
    Requirement,
    Start,
    Snapshot,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CycleChoice {
    Known(Cycle),
    /// The year is typed.
    Other,
}

/// The cycles to choose from; any other is typed.
const CYCLES: [Cycle; 3] = [Cycle(2021), Cycle(2026), Cycle(2031)];
const OTHER_CYCLE: &str = "other";

/// What is handed on: an address, what it is called, and what else there is to say or do.
struct Handout {
    title: String,
    address: String,
    hint: &'static str,
    /// Beside the button that copies the address.
    actions: Vec<Html>,
    /// Below: a text to paste.
    text: Html,
}

pub(crate) fn share(desk: &Desk) -> Html {
    let held = desk.held();
    let about = shown(&held.fragment);
    let books = books(&desk.store);
    let what = held.share.what.unwrap_or(if about.requirement.is_some() { What::Requirement } else { What::Page });
    let out = held.here.as_ref().map(|here| out(desk, here, what, about, &books));
    let lead = "发一个网址，对方点开就能看、就能填，不用注册，也不用装东西。每个页面的网址都可以直接复制出去；要更省事，在这里选。";
    let page = vec![
        page_head(None, "分享", p("page__lead", lead)),
        el("div", "needs-program", choices(desk, what, about)),
        many("div", "", out),
        section("travels-heading", "链接带走什么，不带什么", "", travels(&desk.store)),
        section("ready-heading", "现成的页面", "", ready(&desk.store)),
    ];
    many("div", "page", page)
}

/// What the address of this page names. Pages about somebody's own workbooks say nothing to others; the home page stands
/// in for them, and for what cannot be read.
fn shown(fragment: &str) -> Target {
    let is_personal = |route| {
        matches!(
            route,
            Route::Workbooks | Route::Safety | Route::Share | Route::Snapshot | Route::Poster(_) | Route::Home
        )
    };
    Target::parse(fragment).filter(|target| !is_personal(target.route)).unwrap_or(Route::Home.into())
}

/// Workbooks with an answer in them.
fn books(store: &Store) -> Vec<Rc<Workbook>> {
    let mut books = store.shown_books();
    books.retain(|book| book.answers().next().is_some());
    books.into_iter().cloned().collect()
}

fn choices(desk: &Desk, what: What, about: Target) -> Html {
    let requirement = about.requirement.and_then(|id| CATALOGUE.requirement(id.as_str())).zip(about.route.kind());
    let requirement = requirement.map(|(requirement, kind)| requirement.title(kind));
    let all = [
        (What::Page, "page", "一个页面", Some(page_name(about.route))),
        (What::Requirement, "requirement", "这一项要求", requirement.map(Into::into)),
        (What::Start, "start", "请填这份清单", Some("请别的单位填一份空白的".into())),
        (What::Snapshot, "snapshot", "自查快照", Some("让别人看我填得怎么样".into())),
    ];
    let cards = all.into_iter().filter_map(|(this, value, title, hint)| {
        let (is_on, is_disabled) = (what == this, !desk.store.is_restored);
        let radio = Tick { shape: "radio", name: "what", value, label: "".into(), is_on, is_disabled };
        let radio = tick(&radio, desk.on(move |held, _| held.share.what = Some(this)));
        let words = many("span", "", vec![el("strong", "pick__title", title), el("span", "pick__hint", hint?)]);
        Some(many("label", if is_on { "pick pick--chosen" } else { "pick" }, [radio, words]))
    });
    many("fieldset", "", vec![el("legend", "page__subtitle", "分享什么"), many("div", "picks", cards)])
}

/// What a page is called, without the name of the site.
fn page_name(route: Route) -> String {
    let title = route.title();
    title.strip_suffix(words::PRODUCT).and_then(|title| title.strip_suffix(" · ")).unwrap_or("首页").to_owned()
}

/// The options of what was chosen, and what comes out.
fn out(desk: &Desk, here: &Here, what: What, about: Target, books: &[Rc<Workbook>]) -> Html {
    let (word, (fields, handout)) = match what {
        What::Page => ("page", (html! {}, Some(place(here, about.route.into())))),
        What::Requirement => ("requirement", (html! {}, Some(place(here, about)))),
        What::Start => ("start", start(desk, here, about)),
        What::Snapshot => ("snapshot", snapshot(desk, here, about, books)),
    };
    let handout = handout.map(|handout| hand_over(desk, here, handout));
    // Its own element for every choice: what was copied of one says nothing of the next.
    keyed(word, many("div", "share", vec![fields, many("div", "", handout)]))
}

fn place(here: &Here, to: Target) -> Handout {
    let hint = match to.route {
        Route::Home | Route::Duties | Route::Source | Route::Start(_) => "对方打开看到的和这里一样。",
        _ => "对方打开看到的是他自己的答复，第一次打开是空白的，看不到你的。要给对方看你填的，选“自查快照”。",
    };
    Handout {
        title: to.route.title(),
        address: here.site.clone() + &to.address(),
        hint,
        actions: Vec::new(),
        text: html! {},
    }
}

fn start(desk: &Desk, here: &Here, about: Target) -> (Html, Option<Handout>) {
    let form = &desk.held().share;
    let kind = form.kind.or(about.route.kind()).unwrap_or(UnitKind::County);
    let choice = form.cycle.unwrap_or_else(|| CycleChoice::Known(usual_cycle(&desk.store, kind)));
    let value = |cycle: Cycle| cycle.first_year().to_string();
    let kinds = UnitKind::ALL.map(|kind| (kind.as_str().into(), words::kind(kind).into()));
    // The cycle may be one that is not in the list.
    let (cycle, chosen, own) = match choice {
        CycleChoice::Known(cycle) => (Some(cycle), value(cycle), Some(cycle).filter(|cycle| !CYCLES.contains(cycle))),
        CycleChoice::Other => (Cycle::parse(&form.year), OTHER_CYCLE.into(), None),
    };
    let mut cycles: Vec<_> = CYCLES.into_iter().chain(own).map(|cycle| (value(cycle), words::cycle(cycle))).collect();
    cycles.push((OTHER_CYCLE.into(), "其他".into()));
    let on_kind = desk.on(|held, word: String| held.share.kind = UnitKind::parse(&word));
    let on_cycle = desk.on(|held, word: String| {
        held.share.cycle = Some(Cycle::parse(&word).map_or(CycleChoice::Other, CycleChoice::Known));
    });
    let on_year = desk.on(|held, text| held.share.year = text);
    let on_unit = desk.on(|held, text| held.share.unit = text);
    let year = (choice == CycleChoice::Other)
        .then(|| line("share-year", "规划期的第一年", form.year.clone(), "四位数的年份，如 2036", on_year));
    let fields = vec![
        select("share-kind", "谁来填", kinds.into(), kind.as_str(), on_kind),
        select("share-cycle", "规划期", cycles, &chosen, on_cycle),
        many("div", "", year),
        line("share-unit", "单位名称（可不填）", form.unit.clone(), "如：××县发展改革局", on_unit),
        many("div", "", cycle.is_none().then(|| p("attention", "请填规划期的第一年：四位数的年份。"))),
    ];
    let handout = cycle.map(|cycle| {
        let start = Start { cycle: cycle.first_year(), unit: clean_unit(&form.unit) };
        let fragment = encode_start(&start);
        let address = format!("{}{}#{fragment}", here.site, Route::Start(kind).path());
        let invitation = format!(
            "请{}对照自查{}规划编制工作：{}，点开就填，可以分几次填；答复只存在自己的浏览器里，不上传。\n{address}",
            start.unit.as_deref().unwrap_or(words::kind(kind)),
            cycle.name(),
            extent(kind),
        );
        let poster = format!("{}#{fragment}", Route::Share.href_to(Route::Poster(kind).into()));
        Handout {
            title: Route::Start(kind).title(),
            hint: "对方打开就能开始填，填的内容只在他自己的浏览器里，你看不到；要看，请他填完发“自查快照”给你。",
            actions: vec![with("a", &["class", "href"], vec!["button".into(), poster.into()], "做成海报")],
            text: copyable(desk, "invitation", "可以直接粘贴到群里的话", invitation, "4", Vec::new()),
            address,
        }
    });
    (many("div", "share__row", fields), handout)
}

/// The cycle to ask others for: that of the workbook in use; the current one where nothing was entered and the speech's is
/// over.
fn usual_cycle(store: &Store, kind: UnitKind) -> Cycle {
    let book = store.workbook(kind);
    match store.clock_day() {
        Some(today) if book.is_blank() && book.cycle.is_over(today) => Cycle::current(today),
        _ => *book.cycle,
    }
}

fn snapshot(desk: &Desk, here: &Here, about: Target, books: &[Rc<Workbook>]) -> (Html, Option<Handout>) {
    let form = &desk.held().share;
    let store = &desk.store;
    // The one chosen; else the one in use on that page; else the one worked on last, of this kind if there is one.
    let rank = |book: &Rc<Workbook>| {
        let is_of_kind = Some(book.kind) == about.route.kind();
        (Some(book.id) == form.book, is_of_kind && store.current().contains(&book.id), is_of_kind)
    };
    let Some(book) = books.iter().rev().max_by_key(|book| rank(book)) else {
        return (p("note", "还没有填过的自查表。先填几项，这里就能做快照。"), None);
    };
    let entries = books.iter().map(|book| (book.id.to_string(), words::book(book))).collect();
    let on_book = desk.on(|held, id: String| held.share.book = WorkbookId::parse(&id));
    let name = clean_unit(&book.unit);
    let named = name.as_ref().map(|name| {
        let named = Tick {
            shape: "checkbox",
            name: "named",
            value: "",
            label: "".into(),
            is_on: !form.is_anonymous,
            is_disabled: false,
        };
        let named = tick(&named, desk.on(|held, _| held.share.is_anonymous = !held.share.is_anonymous));
        many("label", "option", vec![named, Html::from(format!("带上单位名称：{name}"))])
    });
    let fields = vec![
        select("share-book", "哪一份自查表", entries, &book.id.to_string(), on_book),
        many("div", "share__named", named),
    ];
    let unit = name.filter(|_| !form.is_anonymous);
    let text = summary(store, book, unit.as_deref().unwrap_or_default(), form.is_full);
    let mut lengths = vec![el("legend", "visually-hidden", "文字的长短")];
    lengths.extend([(false, "brief", "简短"), (true, "full", "列出每一项")].map(|(is_full, value, text)| {
        let is_on = form.is_full == is_full;
        let length = Tick { shape: "radio", name: "length", value, label: "".into(), is_on, is_disabled: false };
        let length = tick(&length, desk.on(move |held, _| held.share.is_full = is_full));
        many("label", "option", vec![length, Html::from(text)])
    }));
    let rows = if form.is_full { "12" } else { "4" };
    let text = vec![
        many("fieldset", "", lengths),
        copyable(desk, "summary", "可以直接粘贴到群里的文字", text, rows, Vec::new()),
    ];
    let snapshot = Snapshot { unit, ..Snapshot::of(book, store.clock_day()) };
    let handout = Handout {
        title: format!("{}的自查快照", words::book(book)),
        address: format!("{}{}#{}", here.site, Route::Snapshot.path(), encode(&snapshot)),
        hint: "快照是此刻的样子，之后再改，对方看不到；要更新就再发一次。对方可以和他自己的对照，也可以合并过去。",
        actions: Vec::new(),
        text: pieces(text),
    };
    (many("div", "share__row", fields), Some(handout))
}

/// A workbook's state in a text to paste.
fn summary(store: &Store, book: &Workbook, unit: &str, is_full: bool) -> String {
    let review = review(&CATALOGUE, book, store.as_of(book));
    let title = |requirement: &&'static Requirement| book.cycle.reword(requirement.title(book.kind));
    let overdue: Vec<_> = review.overdue.iter().map(|(requirement, due)| (title(requirement), *due)).collect();
    let findings = [
        ("未启动", &review.not_started),
        ("已落实但缺佐证", &review.without_evidence),
        ("不适用但缺理由", &review.without_reason),
        ("未核对", &review.unchecked),
    ];
    let findings = findings.map(|(name, list)| (name, list.iter().map(title).collect::<Vec<_>>()));
    let tally = Tally::of_workbook(book);
    let summary = Summary {
        unit,
        cycle: book.cycle.first_year(),
        date: store.day(),
        counts: Status::ALL.map(|status| tally.count(status)),
        overdue: overdue.iter().map(|(title, due)| (&**title, *due)).collect(),
        findings: findings
            .iter()
            .map(|(name, titles)| (*name, titles.iter().map(|title| &**title).collect()))
            .collect(),
    };
    if is_full { summary.full() } else { summary.brief() }
}

/// The address to copy, as a QR code, and what goes with it.
fn hand_over(desk: &Desk, here: &Here, handout: Handout) -> Html {
    let Handout { title, address, hint, mut actions, text } = handout;
    if here.can_share {
        let address = address.clone();
        let onclick = Callback::from(move |_: MouseEvent| here::share(&title, &address));
        actions.push(button("用系统的分享…", Look::plain("system-share"), onclick));
    }
    let code = vec![qr_code(&address), el("figcaption", "", "手机扫码打开，也能存成图片")];
    let texts = vec![
        p("share__hint", hint),
        copyable(desk, "address", "网址", address, "3", actions),
        reach_note(desk),
        in_wechat(
            desk,
            "现在是在微信里：点“复制”，再粘贴到聊天里发出去；二维码可以截图发。右上角“···”转发的是这一页本身，不是上面的网址。",
        ),
        text,
    ];
    many("div", "share__out", vec![many("div", "share__texts", texts), many("figure", "share__qr", code)])
}

fn travels(store: &Store) -> Html {
    let snapshot = vec![
        "每一项的状态、规划期、当天日期，单位名称可带可不带。对方看到的是".into(),
        link(store, Route::Snapshot, "", "只读的快照页"),
        "。".into(),
    ];
    let never = vec![
        "备注、责任人、完成时限、佐证、不适用的理由、填表人，任何链接都不带。要交给别人，用备份文件：".into(),
        link(store, Route::Safety, "", "数据安全"),
        "。".into(),
    ];
    terms(vec![
        ("页面、要求", "只有网址，没有任何答复。".into()),
        ("请填这份清单", "单位类别、规划期，填了才有的单位名称。".into()),
        ("自查快照", pieces(snapshot)),
        ("从来不带", pieces(never)),
        ("要知道", "链接里的内容跟在网址的“#”后面，不经过服务器；但谁拿到链接谁就能看，也能再转给别人。不宜外传的，不要用链接发。".into()),
    ])
}

fn ready(store: &Store) -> Html {
    let rows = UnitKind::ALL.into_iter().map(|kind| {
        let links = vec![
            el("span", "ready__kind", words::kind(kind)),
            link(store, Route::Start(kind), "", "请填这份清单"),
            link(store, Route::Poster(kind), "", "打印海报"),
        ];
        many("li", "ready", links)
    });
    many("ul", "", rows)
}
