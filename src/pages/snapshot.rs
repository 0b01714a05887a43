//! 自查快照: what somebody else sent, to be looked at, compared, and taken over on request only.

use std::rc::Rc;

use plan_checklist_domain::sharing::late::Late;
use plan_checklist_domain::sharing::link::{Link, LinkError, decode};
use plan_checklist_domain::sharing::snapshot::{Disagreement, Snapshot};
use plan_checklist_domain::{Cycle, Msg, Requirement, RequirementId, Status, Tally, Workbook, WorkbookId};
use std::collections::BTreeSet;
use yew::prelude::*;

use crate::components::button::{Button, ButtonStyle};
use crate::components::findings::{finding, finding_list, findings};
use crate::components::icon::status_icon;
use crate::components::link::link;
use crate::components::link_fault::{LinkFault, link_fault};
use crate::components::page_head::page_head;
use crate::components::place_notes::wechat_note;
use crate::components::section::{section, section_of};
use crate::components::select::Select;
use crate::components::step_table::{StepRow, step_table};
use crate::components::summary::summary;
use crate::components::terms::terms;
use crate::effects::platform::Platform;
use crate::pages::page_props::PageProps;
use crate::pages::surroundings::use_surroundings;
use crate::route::{Route, Target};
use crate::store::{Action, BigChange, Done, Outcome, Store};
use crate::words;

/// What was chosen on the page.
#[derive(Debug, Clone, PartialEq, Default)]
struct Comparison {
    /// The workbook to compare with; `None` until somebody chooses.
    book: Option<WorkbookId>,
    /// Where the choice differs from the usual one, which is to fill in what is 未核对 here and keep everything else.
    flipped: BTreeSet<RequirementId>,
}

/// What was chosen.
enum ComparisonEvent {
    /// The address carries something else.
    Renewed,
    BookChosen(Option<WorkbookId>),
    Flipped(RequirementId),
    FlippedMany(BTreeSet<RequirementId>),
}

impl Reducible for Comparison {
    type Action = ComparisonEvent;

    fn reduce(self: Rc<Self>, event: ComparisonEvent) -> Rc<Self> {
        let next = match event {
            ComparisonEvent::Renewed => Self::default(),
            ComparisonEvent::BookChosen(book) => Self { book, ..Self::default() },
            ComparisonEvent::Flipped(id) => {
                let mut flipped = self.flipped.clone();
                if flipped.contains(&id) {
                    flipped.remove(&id);
                } else {
                    flipped.insert(id);
                }
                Self { flipped, ..(*self).clone() }
            }
            ComparisonEvent::FlippedMany(flipped) => Self { flipped, ..(*self).clone() },
        };
        Rc::new(next)
    }
}

type ComparisonHandle = UseReducerHandle<Comparison>;

#[component]
pub(crate) fn SnapshotPage(props: &PageProps) -> Html {
    let store = &props.store;
    let surroundings = use_surroundings(store);
    let comparison = use_reducer_eq(Comparison::default);
    {
        let comparison = comparison.dispatcher();
        use_effect_with(surroundings.fragment.clone(), move |_| comparison.dispatch(ComparisonEvent::Renewed));
    }
    // Before the program runs nobody knows what the address carries.
    let Some(platform) = &surroundings.platform else { return nothing_to_show(store, None) };
    let fault = match decode(store.catalogue, &surroundings.fragment) {
        Ok(Link::Snapshot(snapshot)) => return shown(store, &comparison, platform, &snapshot),
        Ok(Link::Start(_)) | Err(LinkError::NotOurs) => LinkFault {
            word: "not-ours",
            text: "这个网址里没有快照。请向发给你的人要完整的链接，或者看看链接有没有整段复制下来。",
        },
        Err(LinkError::Damaged) => LinkFault {
            word: "damaged",
            text: "这个链接不完整，可能转发时被截断或改动过，读不出来。请对方重新复制一次，整段发给你。",
        },
        Err(LinkError::Newer) => LinkFault {
            word: "newer",
            text: "这个链接是更新的版本做的，这个页面版本太旧，读不了。请按 Ctrl+F5 刷新，或换用对方的网址打开。",
        },
    };
    nothing_to_show(store, Some(fault))
}

fn nothing_to_show(store: &Store, fault: Option<LinkFault>) -> Html {
    html! {
        <div class="page">
            { page_head(None, "自查快照", html! {
                <p class="page__lead">{ "别人把自查情况做成一个链接发给你，在这一页打开：只能看，不会改动你的任何东西；看完可以和自己的对照，也可以合并过来。" }</p>
            }) }
            { link_fault(fault) }
            <p class="buttons">
                { link(store, Route::Home, "button button--primary", "从首页开始自查") }
                { link(store, Route::Share, "button", "做一个自己的快照") }
            </p>
        </div>
    }
}

fn shown(store: &Store, comparison: &ComparisonHandle, platform: &Platform, snapshot: &Snapshot) -> Html {
    let (kind, cycle) = (snapshot.kind, Cycle(snapshot.cycle));
    let is_asked = |requirement: &&Requirement| !snapshot.absent.contains(&requirement.id);
    let status = |requirement: &'static Requirement| snapshot.status(requirement.id);
    let tally = Tally::of_statuses(store.catalogue.requirements_for(kind).filter(is_asked).map(status));
    let taken = snapshot.taken.map_or_else(|| "没有写日期".into(), |day| format!("{}的样子", day.in_chinese()));
    let absent: Vec<_> =
        snapshot.absent.iter().map(|id| words::requirement(store.catalogue, kind, cycle, *id)).collect();
    let steps = store.catalogue.steps.iter().filter_map(|step| {
        let tally = Tally::of_statuses(step.requirements_for(kind).filter(is_asked).map(status));
        (tally.total() > 0).then(|| StepRow { step, title: step.title.as_str().into(), tally })
    });
    // What is to be done comes before what nobody has looked at.
    let groups = [Status::NotStarted, Status::InProgress, Status::Unchecked, Status::NotApplicable];
    let groups = groups.into_iter().filter_map(|wanted| {
        let here =
            store.catalogue.requirements_for(kind).filter(is_asked).filter(|requirement| status(requirement) == wanted);
        group(wanted, here.map(|requirement| title_of(requirement, snapshot)).collect())
    });
    html! {
        <div class="page" data-snapshot={kind.as_str()}>
            <header class="page__head">
                <div>
                    <p class="page__kicker">{ format!("{} · {}", words::kind(kind), words::cycle(cycle)) }</p>
                    <h1 class="page__title">
                        if let Some(unit) = &snapshot.unit {
                            // A name in a script that runs from right to left turns nothing else around.
                            <bdi>{ unit }</bdi>{ "的自查快照" }
                        } else {
                            { "自查快照（没有写单位名称）" }
                        }
                    </h1>
                </div>
                <p class="page__lead">
                    <strong class="tag">{ "只读" }</strong>
                    { format!(" {taken}。打开它不会改动你的任何东西，也不会存下什么。") }
                </p>
            </header>
            { in_short(store, snapshot, &tally) }
            { late_items(store, snapshot) }
            { summary(&tally, "佐证齐不齐，快照里看不出来。") }
            <div>
                if snapshot.unknown > 0 {
                    <p class="note">
                        { format!(
                            "快照里还有 {} 项是这里的清单没有的（对方的清单较新，或这些要求已经取消），显示不了，也没有计入。",
                            snapshot.unknown,
                        ) }
                    </p>
                }
            </div>
            <div>
                if !absent.is_empty() {
                    <p class="note">
                        { format!(
                            "这里的清单有 {} 项是快照里没有的（对方的清单较旧），没有计入：{}。",
                            absent.len(),
                            absent.join("；"),
                        ) }
                    </p>
                }
            </div>
            { section("by-step", "各步骤", step_table(steps)) }
            { section("groups-heading", "逐项", html! { <div class="snapshot__groups">{ for groups }</div> }) }
            { section_of("needs-program", "compare-heading", "与我的对照", compared(store, comparison, platform, snapshot)) }
        </div>
    }
}

/// Three lines for who looks at it on a phone between two meetings: how far, what is late, what does not move.
fn in_short(store: &Store, snapshot: &Snapshot, tally: &Tally) -> Html {
    let unchecked = match tally.count(Status::Unchecked) {
        0 => String::new(),
        count => format!("，还有 {count} 项没有核对"),
    };
    let percent = tally.percent().map(|percent| format!("，完成率 {percent}%")).unwrap_or_default();
    let done = format!("应办 {} 项，已落实 {} 项{percent}{unchecked}。", tally.applicable(), tally.count(Status::Done));
    let binding = binding_late(store, snapshot);
    let late = match (&snapshot.late, binding.len()) {
        (Late::Told { total: 0, .. }, _) => "没有逾期的。".to_owned(),
        (Late::Told { total, items }, _) => {
            let first = items.first().map(|item| format!("，最早的应于{}前完成", item.due.in_chinese()));
            format!("逾期 {total} 项{}。", first.unwrap_or_default())
        }
        (Late::Unreadable, _) => "链接里逾期的那一段不完整，读不出来。请对方重新复制一次，整段发给你。".to_owned(),
        (Late::NotTold, 0) => "链接没有带各项的时限；讲话定了时限的，没有过期未办的。".to_owned(),
        (Late::NotTold, count) => {
            format!("链接没有带各项的时限；讲话定了时限的，有 {count} 项已过期还没有落实：{}。", binding.join("；"))
        }
    };
    let steps = store.catalogue.steps.iter().filter_map(|step| {
        let status = |requirement: &'static Requirement| snapshot.status(requirement.id);
        let idle = step.requirements_for(snapshot.kind).filter(|requirement| status(requirement) == Status::NotStarted);
        Some((step.title.as_str(), idle.count())).filter(|(_, count)| *count > 0)
    });
    let mut steps: Vec<_> = steps.collect();
    steps.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let most: Vec<_> = steps.iter().take(3).map(|(title, count)| format!("{title} {count} 项")).collect();
    let idle = match tally.count(Status::NotStarted) {
        0 => format!("没有未启动的，推进中 {} 项。", tally.count(Status::InProgress)),
        count => format!("未启动 {count} 项，多在：{}。", most.join("，")),
    };
    let lines = [("到哪一步", done), ("逾期", late), ("没动的", idle)];
    terms(lines.map(|(name, line)| (name, line.into())))
}

/// What the speech bound to a date that was over on the day of the snapshot, and was not done.
fn binding_late(store: &Store, snapshot: &Snapshot) -> Vec<AttrValue> {
    let Some(taken) = snapshot.taken else { return Vec::new() };
    let late = store.catalogue.requirements_for(snapshot.kind).filter(|requirement| {
        let due = requirement.binding_due(Cycle(snapshot.cycle));
        due.is_some_and(|due| due < taken)
            && !snapshot.absent.contains(&requirement.id)
            && snapshot.status(requirement.id).is_open()
    });
    late.map(|requirement| title_of(requirement, snapshot)).collect()
}

/// What is late, with who and by when, where the link says so.
fn late_items(store: &Store, snapshot: &Snapshot) -> Html {
    let Late::Told { total, items } = &snapshot.late else { return html! {} };
    let rows = items.iter().filter_map(|item| {
        let title = title_of(store.catalogue.requirement(item.id.as_str())?, snapshot);
        // A name in a script that runs from right to left turns nothing else around.
        let owner = item.owner.as_ref().map(|owner| html! { <>{ " · 责任人：" }<bdi>{ owner }</bdi></> });
        let about = format!("{}前完成", item.due.in_chinese());
        Some(finding(item.id.as_str(), html! { <span>{ title }{ owner }</span> }, about))
    });
    let rest = match total - items.len().min(*total) {
        0 => String::new(),
        rest => format!("另有 {rest} 项逾期，链接里放不下，没有带。"),
    };
    html! {
        <div>
            if !items.is_empty() {
                { findings("overdue", format!("逾期（{total} 项）"), "", finding_list(rows)) }
                <p class="page__lead">{ rest }</p>
            }
        </div>
    }
}

/// The title of a requirement as the snapshot's unit reads it.
fn title_of(requirement: &'static Requirement, snapshot: &Snapshot) -> AttrValue {
    Cycle(snapshot.cycle).reword(requirement.title(snapshot.kind, Cycle(snapshot.cycle))).into()
}

/// Lists longer than this are folded.
const SHORT: usize = 15;

fn group(status: Status, titles: Vec<AttrValue>) -> Option<Html> {
    let count = titles.len();
    let rows = titles.into_iter().map(|title| html! { <li>{ title }</li> });
    (count > 0).then(|| {
        html! {
            <details key={status.as_str()} class="group print-open" data-group={status.as_str()} open={count <= SHORT}>
                <summary>{ status_icon(status) }{ format!(" {} {count} 项", words::status(status)) }</summary>
                <ul class="group__list plain-list">{ for rows }</ul>
            </details>
        }
    })
}

/// Side by side with a workbook of this browser, and what can be done about it.
fn compared(store: &Store, comparison: &ComparisonHandle, platform: &Platform, snapshot: &Snapshot) -> Html {
    let books = store.shown_books();
    let is_alike = |book: &Workbook| book.kind == snapshot.kind && book.cycle.first_year() == snapshot.cycle;
    // The one chosen; else the one in use; else the one worked on last, if it is of the same kind and cycle.
    let rank = |book: &Rc<Workbook>| (Some(book.id) == comparison.book, store.current().contains(&book.id));
    let fits = |book: &&&Rc<Workbook>| Some(book.id) == comparison.book || is_alike(book);
    let book = books.iter().rev().filter(fits).max_by_key(|book| rank(book));
    let body = match book {
        Some(book) => table(store, comparison, snapshot, book, is_alike(book)),
        None if !store.is_restored => html! {},
        None if books.is_empty() => html! { <p>{ "你这里还没有自查表，没有可以对照的。" }</p> },
        None => {
            let (kind, cycle) = (words::kind(snapshot.kind), Cycle(snapshot.cycle).name());
            html! { <p>{ format!("你这里没有{kind}{cycle}的自查表。也可以选一份别的来对照。") }</p> }
        }
    };
    let unchosen = book.is_none().then(|| (AttrValue::from(""), AttrValue::from("请选择")));
    let options = books.iter().map(|book| {
        let name = format!("{}（{}）", words::book(book), words::kind(book.kind));
        (book.id.to_string().into(), name.into())
    });
    let options: Vec<_> = unchosen.into_iter().chain(options).collect();
    let value = book.map_or_else(String::new, |book| book.id.to_string());
    let on_choose = {
        let comparison = comparison.dispatcher();
        Callback::from(move |id: String| comparison.dispatch(ComparisonEvent::BookChosen(WorkbookId::parse(&id))))
    };
    html! {
        <>
            <div class="compare__choice">
                if !books.is_empty() {
                    <Select label="和哪一份对照" name="compare-with" {options} {value} {on_choose} />
                }
            </div>
            <div>
                if let Some(outcome) = store.outcome {
                    { what_was_done(store, snapshot, outcome) }
                }
            </div>
            <div>{ body }</div>
            { save_as_new(store, comparison, platform, snapshot) }
        </>
    }
}

/// Whether to take over their status: where nobody has looked here, unless told otherwise; elsewhere only if told.
fn is_taken(difference: &Disagreement, flipped: &BTreeSet<RequirementId>) -> bool {
    (difference.ours == Status::Unchecked) != flipped.contains(&difference.id)
}

fn table(
    store: &Store,
    comparison: &ComparisonHandle,
    snapshot: &Snapshot,
    book: &Rc<Workbook>,
    is_alike: bool,
) -> Html {
    let differences = snapshot.disagreements(store.catalogue, book.kind, |id| book.status(id));
    let is_common = |requirement: &&Requirement| {
        requirement.role(book.kind).is_some() && !snapshot.absent.contains(&requirement.id)
    };
    let same = store.catalogue.requirements_for(snapshot.kind).filter(is_common).count() - differences.len();
    if differences.is_empty() {
        return html! { <p>{ format!("两边都有的 {same} 项，状态完全一样。") }</p> };
    }
    let mut step = "";
    let mut rows = Vec::new();
    for difference in &differences {
        let here = store.catalogue.step_of(difference.id);
        if let Some(here) = here.filter(|here| here.id != step) {
            step = here.id.as_str();
            rows.push(html! {
                <tr key={step} class="compare__step"><th scope="rowgroup" colspan="4">{ here.title.as_str() }</th></tr>
            });
        }
        let is_taken = is_alike.then(|| is_taken(difference, &comparison.flipped));
        rows.push(row(store, comparison, snapshot, book, *difference, is_taken));
    }
    // Its own element for each workbook: it has other columns.
    html! {
        <div key={if is_alike { "alike" } else { "other" }}>
            <p>{ format!("{} 项不一样，{same} 项一样。", differences.len()) }</p>
            if is_alike {
                { ticks(comparison, &differences) }
            } else {
                <p class="note">{ "单位类别或规划期不一样，只能对照，不能合并。" }</p>
            }
            <div class="scroll-x" tabindex="0" role="region" aria-label="对照表">
                <table class="compare">
                    <thead>
                        <tr>
                            if is_alike {
                                <th scope="col">{ "采用" }</th>
                            }
                            <th scope="col">{ "要求" }</th>
                            <th scope="col">{ "对方" }</th>
                            <th scope="col">{ "我的" }</th>
                        </tr>
                    </thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
            if is_alike {
                { merge_button(store, comparison, book, &differences) }
            }
        </div>
    }
}

/// What ticks mean, and the ways to tick many at once.
fn ticks(comparison: &ComparisonHandle, differences: &[Disagreement]) -> Html {
    // Ticks those of which this is true.
    let tick = |is_ticked: fn(&Disagreement) -> bool| {
        let usual = BTreeSet::default();
        let flipped: BTreeSet<RequirementId> = differences
            .iter()
            .filter(|difference| is_taken(difference, &usual) != is_ticked(difference))
            .map(|difference| difference.id)
            .collect();
        let comparison = comparison.dispatcher();
        Callback::from(move |_| comparison.dispatch(ComparisonEvent::FlippedMany(flipped.clone())))
    };
    html! {
        <div class="compare__ticks">
            <p>{ "打勾的，合并后改成对方的状态；没打勾的留着你的。备注、佐证等都不动。合并前自动留一份底，合并后可以撤销。" }</p>
            <p class="buttons">
                <Button action="take-unchecked" onclick={tick(|difference| difference.ours == Status::Unchecked)}>{ "只补我没核对的" }</Button>
                <Button action="take-all" onclick={tick(|_| true)}>{ "都用对方的" }</Button>
                <Button action="take-none" onclick={tick(|_| false)}>{ "一项都不用" }</Button>
            </p>
        </div>
    }
}

/// Takes over what is ticked.
fn merge_button(
    store: &Store,
    comparison: &ComparisonHandle,
    book: &Rc<Workbook>,
    differences: &[Disagreement],
) -> Html {
    let picked = differences.iter().filter(|difference| is_taken(difference, &comparison.flipped));
    let picked: Vec<Msg> = picked.map(|difference| Msg::Answered(difference.id, difference.theirs)).collect();
    let count = picked.len();
    let on_merge = {
        let (dispatch, comparison, id) = (store.dispatch.clone(), comparison.dispatcher(), book.id);
        Callback::from(move |_| {
            dispatch.send(Action::BigChangeWanted(BigChange::Link { id, msgs: picked.clone() }));
            comparison.dispatch(ComparisonEvent::BookChosen(Some(id)));
        })
    };
    html! {
        <p class="compare__merge">
            <Button action="merge" style={ButtonStyle::Primary} is_disabled={count == 0} onclick={on_merge}>
                { format!("合并到我的自查表（{count} 项）") }
            </Button>
        </p>
    }
}

/// `is_taken` is `None` where nothing can be taken over.
fn row(
    store: &Store,
    comparison: &ComparisonHandle,
    snapshot: &Snapshot,
    book: &Workbook,
    Disagreement { id, theirs, ours }: Disagreement,
    is_taken: Option<bool>,
) -> Html {
    let title = store.catalogue.requirement(id.as_str()).map_or(AttrValue::from(""), |found| title_of(found, snapshot));
    let status = |status, is_lost: bool| {
        html! {
            <td class={classes!("compare__status", is_lost.then_some("compare__status--lost"))}>
                { status_icon(status) }
                { words::status(status) }
            </td>
        }
    };
    let onchange = {
        let comparison = comparison.dispatcher();
        Callback::from(move |_| comparison.dispatch(ComparisonEvent::Flipped(id)))
    };
    html! {
        <tr key={id.as_str()} data-difference={id.to_string()}>
            if let Some(is_taken) = is_taken {
                <td class="compare__tick">
                    <input type="checkbox" name={id.to_string()} value="" aria-label={format!("用对方的：{title}")} checked={is_taken}
                        autocomplete="off" {onchange} />
                </td>
            }
            <th scope="row">{ link(store, Target::requirement(book.kind, id), "", title.clone()) }</th>
            { status(theirs, is_taken == Some(false)) }
            { status(ours, is_taken == Some(true)) }
        </tr>
    }
}

fn save_as_new(store: &Store, comparison: &ComparisonHandle, platform: &Platform, snapshot: &Snapshot) -> Html {
    let onclick = {
        let (dispatch, comparison, snapshot) =
            (store.dispatch.clone(), comparison.dispatcher(), Rc::new(snapshot.clone()));
        Callback::from(move |_| {
            dispatch.send(Action::SnapshotAdded(snapshot.clone()));
            comparison.dispatch(ComparisonEvent::Renewed);
        })
    };
    html! {
        <div class="compare__new">
            { wechat_note(
                Some(platform),
                "现在是在微信里：存下的自查表只在微信里看得到。要长期用，请点右上角“···”，选“在浏览器打开”，再存。",
            ) }
            <p class="buttons">
                <Button action="save-as-new" is_disabled={!store.is_restored} {onclick}>{ "另存为新的自查表" }</Button>
            </p>
            <p class="summary__basis">{ "单位名称、规划期和各项状态存成你这里的一份新自查表，不影响已有的。" }</p>
        </div>
    }
}

/// What was done, and the way back or on.
fn what_was_done(store: &Store, snapshot: &Snapshot, Outcome { what, is_kept }: Outcome) -> Html {
    let kind = snapshot.kind;
    match what {
        Done::Merged(count) => {
            let on_undo = store.dispatch.on(Action::Undone(kind));
            html! {
                <div class="note" role="status" data-outcome="merged">
                    <p>
                        <strong>{ format!("已合并 {count} 项，可以撤销。") }</strong>
                        if is_kept {
                            { "合并前的样子留了一份底，在“数据安全”里。" }
                        }
                    </p>
                    <p class="buttons">
                        <Button action="undo-merge" onclick={on_undo}>{ "撤销合并" }</Button>
                        { link(store, Route::TaskList(kind), "button", "打开我的自查表") }
                    </p>
                </div>
            }
        }
        Done::Added => html! {
            <div class="note" role="status" data-outcome="added">
                <p>
                    <strong>{ format!("已存为新的自查表：{}。", words::book(store.workbook(kind))) }</strong>
                    { "不要了，可以在“我的自查表”里删掉。" }
                </p>
                <p class="buttons">
                    { link(store, Route::TaskList(kind), "button button--primary", "打开接着填") }
                    { link(store, Route::Workbooks, "button", "我的自查表") }
                </p>
            </div>
        },
        Done::Imported(_) | Done::Restored | Done::Scheduled(_) | Done::SheetRead(_) | Done::Duplicated(_) => html! {},
    }
}
