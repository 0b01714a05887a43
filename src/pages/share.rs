//! 分享: what to hand on, and as what.

use std::rc::Rc;

use plan_checklist_domain::checking::review::{Found, review};
use plan_checklist_domain::sharing::late::Late;
use plan_checklist_domain::sharing::link::{Start, encode, encode_start};
use plan_checklist_domain::sharing::snapshot::{Snapshot, clean_unit};
use plan_checklist_domain::sharing::summary::Summary;
use plan_checklist_domain::{AsOf, Cycle, Finding, Status, Tally, UnitKind, Workbook, WorkbookId};
use yew::prelude::*;

use crate::components::button::Button;
use crate::components::copy_box::CopyBox;
use crate::components::link::link;
use crate::components::page_head::page_head;
use crate::components::place_notes::{reach_note, wechat_note};
use crate::components::qr_code::qr_figure;
use crate::components::section::section;
use crate::components::select::Select;
use crate::components::terms::terms;
use crate::components::text_field::TextField;
use crate::effects::platform::Platform;
use crate::pages::page_props::PageProps;
use crate::pages::surroundings::use_surroundings;
use crate::route::{Route, Target};
use crate::store::{Action, Store};
use crate::words;

/// What was chosen and entered.
#[derive(Debug, Clone, PartialEq, Default)]
struct Form {
    /// What to share; `None` until somebody chooses.
    what: Option<What>,
    kind: Option<UnitKind>,
    cycle: Option<CycleChoice>,
    /// The first year, as typed.
    year: String,
    unit: String,
    book: Option<WorkbookId>,
    is_anonymous: bool,
    /// Whether the link says what is late.
    tells_late: bool,
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

/// What was chosen or entered in the form.
enum FormEvent {
    /// The address names something else: what was chosen of the other says nothing of it.
    Renewed,
    WhatChosen(What),
    KindChosen(Option<UnitKind>),
    CycleChosen(CycleChoice),
    YearTyped(String),
    UnitTyped(String),
    BookChosen(Option<WorkbookId>),
    NameToggled,
    LateToggled,
    LengthChosen {
        is_full: bool,
    },
}

impl Reducible for Form {
    type Action = FormEvent;

    fn reduce(self: Rc<Self>, event: FormEvent) -> Rc<Self> {
        let mut next = (*self).clone();
        match event {
            FormEvent::Renewed => next = Self::default(),
            FormEvent::WhatChosen(what) => next.what = Some(what),
            FormEvent::KindChosen(kind) => next.kind = kind,
            FormEvent::CycleChosen(choice) => next.cycle = Some(choice),
            FormEvent::YearTyped(year) => next.year = year,
            FormEvent::UnitTyped(unit) => next.unit = unit,
            FormEvent::BookChosen(book) => next.book = book,
            FormEvent::NameToggled => next.is_anonymous = !next.is_anonymous,
            FormEvent::LateToggled => next.tells_late = !next.tells_late,
            FormEvent::LengthChosen { is_full } => next.is_full = is_full,
        }
        Rc::new(next)
    }
}

type FormHandle = UseReducerHandle<Form>;

/// Tells the form what was chosen or entered.
fn on<E: 'static>(form: &FormHandle, event: impl Fn(E) -> FormEvent + 'static) -> Callback<E> {
    let form = form.dispatcher();
    Callback::from(move |value| form.dispatch(event(value)))
}

/// Any other cycle than the usual ones is typed.
const OTHER_CYCLE: &str = "other";

/// What is handed on: an address, what it is called, and what else there is to say or do.
struct Offer {
    title: String,
    address: String,
    hint: &'static str,
    /// Beside the button that copies the address.
    more: Html,
    /// Below: a text to paste.
    text: Html,
}

#[component]
pub(crate) fn Share(props: &PageProps) -> Html {
    let store = &props.store;
    let surroundings = use_surroundings(store);
    let form = use_reducer_eq(Form::default);
    {
        let form = form.dispatcher();
        use_effect_with(surroundings.fragment.clone(), move |_| form.dispatch(FormEvent::Renewed));
    }
    let about = shown(&surroundings.fragment);
    let books = books(store);
    let what = form.what.unwrap_or(if about.requirement.is_some() { What::Requirement } else { What::Page });
    html! {
        <div class="page">
            { page_head(None, "分享", html! {
                <p class="page__lead">{ "发一个网址，对方点开就能看、就能填，不用注册，也不用装东西。每个页面的网址都可以直接复制出去；要更省事，在这里选。" }</p>
            }) }
            <div class="needs-program">{ choices(store, &form, what, about) }</div>
            <div>
                if let Some(platform) = &surroundings.platform {
                    { out(store, &form, platform, what, about, &books) }
                }
            </div>
            { section("travels-heading", "链接带走什么，不带什么", travels(store)) }
            { section("ready-heading", "现成的页面", ready(store)) }
        </div>
    }
}

/// What the address of this page names. Pages about somebody's own workbooks say nothing to others; the home page stands
/// in for them, and for what cannot be read.
fn shown(fragment: &str) -> Target {
    let is_personal = |route| {
        matches!(
            route,
            Route::Workbooks
                | Route::RollUp
                | Route::Safety
                | Route::Share
                | Route::Snapshot
                | Route::Poster(_)
                | Route::Home
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

fn choices(store: &Store, form: &FormHandle, what: What, about: Target) -> Html {
    let requirement = about.requirement.and_then(|id| store.catalogue.requirement(id.as_str())).zip(about.route.kind());
    let requirement = requirement.map(|(requirement, kind)| requirement.title(kind, *store.workbook(kind).cycle));
    let all = [
        (What::Page, "page", "一个页面", Some(page_name(about.route))),
        (What::Requirement, "requirement", "这一项要求", requirement.map(Into::into)),
        (What::Start, "start", "请填这份清单", Some("请别的单位填一份空白的".into())),
        (What::Snapshot, "snapshot", "自查快照", Some("让别人看我填得怎么样".into())),
    ];
    let cards = all.into_iter().filter_map(|(this, value, title, hint)| {
        let (hint, is_on) = (hint?, what == this);
        let onchange = on(form, move |_: Event| FormEvent::WhatChosen(this));
        Some(html! {
            <label key={value} class={classes!("pick", is_on.then_some("pick--chosen"))}>
                <input type="radio" name="what" {value} checked={is_on} disabled={!store.is_restored} autocomplete="off" {onchange} />
                <span>
                    <strong class="pick__title">{ title }</strong>
                    <span class="pick__hint">{ hint }</span>
                </span>
            </label>
        })
    });
    html! {
        <fieldset>
            <legend class="page__subtitle">{ "分享什么" }</legend>
            <div class="picks">{ for cards }</div>
        </fieldset>
    }
}

/// What a page is called, without the name of the site.
fn page_name(route: Route) -> String {
    let title = route.title();
    title.strip_suffix(words::PRODUCT).and_then(|title| title.strip_suffix(" · ")).unwrap_or("首页").to_owned()
}

/// The options of what was chosen, and what comes out.
fn out(
    store: &Store,
    form: &FormHandle,
    platform: &Platform,
    what: What,
    about: Target,
    books: &[Rc<Workbook>],
) -> Html {
    let (key, fields, offer) = match what {
        What::Page => ("page", html! {}, Some(place(platform, about.route.into()))),
        What::Requirement => ("requirement", html! {}, Some(place(platform, about))),
        What::Start => {
            let (fields, offer) = start(store, form, platform, about);
            ("start", fields, offer)
        }
        What::Snapshot => {
            let (fields, offer) = snapshot(store, form, platform, about, books);
            ("snapshot", fields, offer)
        }
    };
    // Its own element for every choice: what was copied of one says nothing of the next.
    html! {
        <div {key} class="share">
            { fields }
            <div>
                if let Some(offer) = offer {
                    { hand_over(store, platform, offer) }
                }
            </div>
        </div>
    }
}

fn place(platform: &Platform, to: Target) -> Offer {
    let hint = match to.route {
        Route::Home | Route::Duties | Route::Source | Route::Start(_) => "对方打开看到的和这里一样。",
        _ => "对方打开看到的是他自己的答复，第一次打开是空白的，看不到你的。要给对方看你填的，选“自查快照”。",
    };
    Offer {
        title: to.route.title(),
        address: platform.site.clone() + &to.address(),
        hint,
        more: html! {},
        text: html! {},
    }
}

fn start(store: &Store, form: &FormHandle, platform: &Platform, about: Target) -> (Html, Option<Offer>) {
    let kind = form.kind.or(about.route.kind()).unwrap_or(UnitKind::County);
    let choice = form.cycle.unwrap_or_else(|| CycleChoice::Known(*store.workbook(kind).cycle));
    let value = |cycle: Cycle| AttrValue::from(cycle.first_year().to_string());
    let kinds: Vec<_> = UnitKind::ALL.map(|kind| (kind.as_str().into(), words::kind(kind).into())).into();
    // The cycle may be one that is not in the list.
    let (cycle, chosen, own) = match choice {
        CycleChoice::Known(cycle) => {
            (Some(cycle), value(cycle), Some(cycle).filter(|cycle| !Cycle::USUAL.contains(cycle)))
        }
        CycleChoice::Other => (Cycle::parse(&form.year), OTHER_CYCLE.into(), None),
    };
    let cycles = Cycle::USUAL.into_iter().chain(own).map(|cycle| (value(cycle), words::cycle(cycle).into()));
    let cycles: Vec<(AttrValue, AttrValue)> = cycles.chain([(OTHER_CYCLE.into(), "其他".into())]).collect();
    let on_kind = on(form, |word: String| FormEvent::KindChosen(UnitKind::parse(&word)));
    let on_cycle = on(form, |word: String| {
        FormEvent::CycleChosen(Cycle::parse(&word).map_or(CycleChoice::Other, CycleChoice::Known))
    });
    let fields = html! {
        <div class="share__row">
            <Select label="谁来填" name="share-kind" options={kinds} value={kind.as_str()} on_choose={on_kind} />
            <Select label="规划期" name="share-cycle" options={cycles} value={chosen} on_choose={on_cycle} />
            <div>
                if choice == CycleChoice::Other {
                    <TextField label="规划期的第一年" name="share-year" value={form.year.clone()} placeholder="四位数的年份，如 2036"
                        on_write={on(form, FormEvent::YearTyped)} />
                }
            </div>
            <TextField label="单位名称（可不填）" name="share-unit" value={form.unit.clone()} placeholder="如：××县发展改革局"
                on_write={on(form, FormEvent::UnitTyped)} />
            <div>
                if cycle.is_none() {
                    <p class="attention">{ "请填规划期的第一年：四位数的年份。" }</p>
                }
            </div>
        </div>
    };
    let offer = cycle.map(|cycle| {
        let start = Start { cycle: cycle.first_year(), unit: clean_unit(&form.unit) };
        let fragment = encode_start(&start);
        let address = format!("{}{}#{fragment}", platform.site, Route::Start(kind).path());
        let invitation = format!(
            "请{}对照自查{}规划编制工作：{}，点开就填，可以分几次填；答复只存在自己的浏览器里，不上传。\n{address}",
            start.unit.as_deref().unwrap_or(words::kind(kind)),
            cycle.name(),
            words::extent(store.catalogue, kind),
        );
        let poster = format!("{}#{fragment}", Route::Share.href_to(Route::Poster(kind).into()));
        Offer {
            title: Route::Start(kind).title(),
            address,
            hint: "对方打开就能开始填，填的内容只在他自己的浏览器里，你看不到；要看，请他填完发“自查快照”给你。",
            more: html! { <a class="button" href={poster}>{ "做成海报" }</a> },
            text: html! { <CopyBox store={store.clone()} id="invitation" label="可以直接粘贴到群里的话" text={invitation} rows="4" /> },
        }
    });
    (fields, offer)
}

fn snapshot(
    store: &Store,
    form: &FormHandle,
    platform: &Platform,
    about: Target,
    books: &[Rc<Workbook>],
) -> (Html, Option<Offer>) {
    // The one chosen; else the one in use on that page; else the one worked on last, of this kind if there is one.
    let rank = |book: &Rc<Workbook>| {
        let is_of_kind = Some(book.kind) == about.route.kind();
        (Some(book.id) == form.book, is_of_kind && store.current().contains(&book.id), is_of_kind)
    };
    let Some(book) = books.iter().rev().max_by_key(|book| rank(book)) else {
        return (html! { <p class="note">{ "还没有填过的自查表。先填几项，这里就能做快照。" }</p> }, None);
    };
    let options: Vec<_> = books.iter().map(|book| (book.id.to_string().into(), words::book(book).into())).collect();
    let on_book = on(form, |id: String| FormEvent::BookChosen(WorkbookId::parse(&id)));
    let name = clean_unit(&book.unit);
    // By the clock, as the snapshot is of today, whatever day is looked at.
    let day = store.as_of(book).zip(store.clock_day()).map(|(day, today)| AsOf { today, ..day });
    let late = day.map(|day| Late::of(store.catalogue, book, day)).unwrap_or_default();
    let fields = html! {
        <div class="share__row">
            <Select label="哪一份自查表" name="share-book" {options} value={book.id.to_string()} on_choose={on_book} />
            <div class="share__named">
                if let Some(name) = &name {
                    <label class="option">
                        <input type="checkbox" name="named" value="" checked={!form.is_anonymous} autocomplete="off"
                            onchange={on(form, |_: Event| FormEvent::NameToggled)} />
                        { format!("带上单位名称：{name}") }
                    </label>
                }
            </div>
        </div>
    };
    let fields = html! { <>{ fields }<div>{ late_choice(store, form, book, &late) }</div></> };
    let unit = name.filter(|_| !form.is_anonymous);
    let text = summary(store, book, unit.as_deref().unwrap_or_default(), form);
    let lengths = [(false, "brief", "简短"), (true, "full", "列出每一项")].map(|(is_full, value, text)| {
        html! {
            <label key={value} class="option">
                <input type="radio" name="length" {value} checked={form.is_full == is_full} autocomplete="off"
                    onchange={on(form, move |_: Event| FormEvent::LengthChosen { is_full })} />
                { text }
            </label>
        }
    });
    let late = if form.tells_late { late } else { Late::NotTold };
    let snapshot = Snapshot { unit, late, ..Snapshot::of(store.catalogue, book, store.clock_day()) };
    let offer = Offer {
        title: format!("{}的自查快照", words::book(book)),
        address: format!("{}{}#{}", platform.site, Route::Snapshot.path(), encode(store.catalogue, &snapshot)),
        hint: "快照是此刻的样子，之后再改，对方看不到；要更新就再发一次。对方可以和他自己的对照，也可以合并过去。",
        more: html! {},
        text: html! {
            <>
                <fieldset><legend class="visually-hidden">{ "文字的长短" }</legend>{ for lengths }</fieldset>
                <CopyBox store={store.clone()} id="summary" label="可以直接粘贴到群里的文字" {text} rows={if form.is_full { "12" } else { "4" }} />
            </>
        },
    };
    (fields, Some(offer))
}

/// Whether the link says what is late, and exactly what that is. Nothing where nothing is.
fn late_choice(store: &Store, form: &FormHandle, book: &Workbook, late: &Late) -> Html {
    let Late::Told { total: total @ 1.., items } = late else { return html! {} };
    let told = items.iter().map(|item| {
        let title = words::requirement(store.catalogue, book.kind, *book.cycle, item.id);
        let owner = item.owner.as_ref().map(|owner| format!("，{owner}")).unwrap_or_default();
        html! { <li key={item.id.as_str()}>{ format!("{title}（{}{owner}）", item.due.in_chinese()) }</li> }
    });
    let rest = match total - items.len() {
        0 => String::new(),
        rest => format!("链接里放得下的是前 {} 项，另 {rest} 项只带数目。", items.len()),
    };
    html! {
        <>
            <label class="option">
                <input type="checkbox" name="late" value="" checked={form.tells_late} autocomplete="off"
                    onchange={on(form, |_: Event| FormEvent::LateToggled)} />
                { format!("带上逾期的 {total} 项：是哪几项、时限、责任人") }
            </label>
            if form.tells_late {
                <ul class="plain-list" data-told={items.len().to_string()}>{ for told }</ul>
                <p class="share__hint">{ format!("{rest}姓名会跟着链接走，转到谁手里谁都能看到。") }</p>
            }
        </>
    }
}

/// A workbook's state in a text to paste.
fn summary(store: &Store, book: &Workbook, unit: &str, form: &Form) -> String {
    let review = review(store.catalogue, book, store.as_of(book));
    let title = |found: &Found<'static>| book.cycle.reword(found.requirement.title(book.kind, *book.cycle));
    let overdue: Vec<_> = review.all(Finding::Overdue).filter_map(|found| Some((title(found), found.due?))).collect();
    let findings = [
        ("未启动", Finding::NotStarted),
        ("推进中", Finding::InProgress),
        ("已落实但缺佐证", Finding::WithoutEvidence),
        ("不适用但缺理由", Finding::WithoutReason),
        ("未核对", Finding::Unchecked),
    ];
    let findings = findings.map(|(name, finding)| (name, review.all(finding).map(title).collect::<Vec<_>>()));
    let tally = Tally::of_workbook(store.catalogue, book);
    let summary = Summary {
        unit,
        cycle: book.cycle.first_year(),
        date: store.day(),
        counts: Status::ALL.map(|status| tally.count(status)),
        overdue: overdue.iter().map(|(title, due)| (&**title, *due)).collect(),
        tells_late: form.tells_late,
        findings: findings
            .iter()
            .map(|(name, titles)| (*name, titles.iter().map(|title| &**title).collect()))
            .collect(),
    };
    if form.is_full { summary.full() } else { summary.brief() }
}

/// The address to copy, as a QR code, and what goes with it.
fn hand_over(store: &Store, platform: &Platform, Offer { title, address, hint, more, text }: Offer) -> Html {
    let on_share = store.dispatch.on(Action::ShareWanted { title: title.into(), address: address.as_str().into() });
    html! {
        <div class="share__out">
            <div class="share__texts">
                <p class="share__hint">{ hint }</p>
                <CopyBox store={store.clone()} id="address" label="网址" text={address.clone()} rows="3">
                    { more }
                    if platform.can_share {
                        <Button action="system-share" onclick={on_share}>{ "用系统的分享…" }</Button>
                    }
                </CopyBox>
                { reach_note(Some(platform)) }
                { wechat_note(
                    Some(platform),
                    "现在是在微信里：点“复制”，再粘贴到聊天里发出去；二维码可以截图发。右上角“···”转发的是这一页本身，不是上面的网址。",
                ) }
                { text }
            </div>
            { qr_figure(&address) }
        </div>
    }
}

fn travels(store: &Store) -> Html {
    let snapshot = html! {
        <>
            { "每一项的状态、规划期、当天日期；单位名称可带可不带；逾期的几项（是哪几项、时限、责任人）勾了才带。对方看到的是" }
            { link(store, Route::Snapshot, "", "只读的快照页") }
            { "。" }
        </>
    };
    let never = html! {
        <>
            { "要点的勾、备注、存在问题、下一步措施、佐证、不适用的理由、本单位自加的要求、各个规划、填表人，以及没有勾选时的责任人、完成时限，任何链接都不带。要交给别人，用备份文件：" }
            { link(store, Route::Safety, "", "数据安全") }
            { "。" }
        </>
    };
    terms([
        ("页面、要求", "只有网址，没有任何答复。".into()),
        ("请填这份清单", "单位类别、规划期，填了才有的单位名称。".into()),
        ("自查快照", snapshot),
        ("从来不带", never),
        ("要知道", "链接里的内容跟在网址的“#”后面，不经过服务器；但谁拿到链接谁就能看，也能再转给别人。不宜外传的，不要用链接发。".into()),
    ])
}

fn ready(store: &Store) -> Html {
    let rows = UnitKind::ALL.map(|kind| {
        html! {
            <li key={kind.as_str()} class="ready">
                <span class="ready__kind">{ words::kind(kind) }</span>
                { link(store, Route::Start(kind), "", "请填这份清单") }
                { link(store, Route::Poster(kind), "", "打印海报") }
            </li>
        }
    });
    html! {
        <>
            <ul>{ for rows }</ul>
            <p>{ "收到许多单位的快照链接和文件，放到一张表里看，用" }{ link(store, Route::RollUp, "", "汇总") }{ "。" }</p>
        </>
    }
}
