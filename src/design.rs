//! /design/: every component in every state, for whoever looks after the looks. In debug builds only; it is a page without
//! a program, and no page leads to it.

use plan_checklist_domain::workbook::update::EntryValue;
use plan_checklist_domain::{Date, List, Msg, Requirement, Status, Tally, UnitKind};
use yew::prelude::*;

use crate::components::button::{Button, ButtonStyle};
use crate::components::icon::status_icon;
use crate::components::meter::meter;
use crate::components::requirement::{Opening, RequirementCard, Subject};
use crate::components::shell::shell;
use crate::components::status_picker::status_picker;
use crate::components::summary::summary;
use crate::components::text_field::{Shape, TextField};
use crate::pages::step::StepPage;
use crate::pages::{all, dates, review, task_list};
use crate::route::Route;
use crate::store::{Action, Command, Dispatch, Event, Notice, Outside, Saving, State, Store, reduce, use_store};
use crate::words;

const KIND: UnitKind = UnitKind::County;
/// The step whose requirements are answered in every way.
const STEP: usize = 4;
/// 1 June 2026.
const NOW: u64 = 1_780_300_000_000;

const COLOURS: [(&str, &[&str]); 4] = [
    ("底与字", &["paper", "surface", "sunken", "ink", "ink-soft", "line", "line-strong"]),
    ("强调", &["accent", "accent-ink", "accent-wash"]),
    ("提醒", &["attention", "attention-wash", "alarm", "alarm-wash"]),
    ("状态", &["status-done", "status-in-progress", "status-not-started", "status-not-applicable", "status-ink"]),
];

/// Nothing is carried out.
struct Nowhere;

impl Outside for Nowhere {
    fn now(&self) -> u64 {
        NOW
    }

    fn run(&self, _: Command, _: &Dispatch) {}
}

#[component]
pub fn Design() -> Html {
    let store = use_store(demo, || Nowhere);
    let page = html! {
        <div class="page">
            <header class="page__head"><h1 class="page__title">{ "设计一览" }</h1></header>
            { section("颜色", colours()) }
            { section("字号", type_scale()) }
            { section("按钮", buttons()) }
            { section("状态", pickers(&store)) }
            { section("输入框", fields()) }
            { section("提示与标签", tags()) }
            { section("进度", meters(&store)) }
            // Before the open ones: of radio buttons of one name, the last chosen one is.
            { section("步骤页", html! { <StepPage store={store.clone()} kind={KIND} position={STEP} /> }) }
            { section("要求：展开", open_cards(&store)) }
            { section("步骤表", task_list::task_list(&store, KIND)) }
            { section("核对结果", html! { <review::ReviewPage store={store.clone()} kind={KIND} /> }) }
            { section("全部要求", html! { <all::All store={store.clone()} kind={KIND} /> }) }
            { section("节点期限", dates::dates(&store, KIND)) }
        </div>
    };
    shell(&store, page)
}

/// A county that has answered one step in every way there is.
fn demo() -> State {
    let mut state = State::new(Route::Step(KIND, STEP));
    state.is_restored = true;
    // What names a moment asks the browser for it; here there is none.
    state.saving = Saving::Saved("14:03".into());
    state.notices = vec![Notice::Recovered, Notice::Emptied];
    let send = |state: &mut State, action: Action| *state = reduce(state, &Event { action, now: NOW }).0;
    send(&mut state, Action::ClockTicked(day(6, 1)));
    send(&mut state, Action::Edited(KIND, Msg::UnitNamed("某县发展改革局".into())));
    let asked: Vec<_> = asked(&state).iter().map(|requirement| requirement.id).collect();
    let answers = [
        (Status::Done, "张三", day(5, 20), "已报市里，等回复"),
        (Status::InProgress, "李四", day(5, 20), "牵头科室还没定"),
        (Status::InProgress, "张三（规划科）", day(6, 10), ""),
        (Status::NotStarted, "", day(6, 11), ""),
        (Status::Done, "", day(6, 12), ""),
        (Status::NotApplicable, "", None, ""),
        (Status::NotApplicable, "王五", None, ""),
    ];
    for (at, (&id, (status, owner, due, problem))) in asked.iter().zip(answers).enumerate() {
        let mut changes = vec![
            Msg::Answered(id, status),
            Msg::OwnerNamed(id, owner.into()),
            Msg::DueSet(id, due),
            Msg::ProblemWritten(id, problem.into()),
        ];
        match at {
            0 => changes.push(Msg::EntryAdded(List::Evidence(id), "县委常委会会议纪要".into())),
            1 => changes.push(Msg::PointTicked(id, 1, true)),
            6 => changes.push(Msg::ReasonGiven(id, "本县不编这类规划".into())),
            _ => {}
        }
        changes.into_iter().for_each(|change| send(&mut state, Action::Edited(KIND, change)));
    }
    let step = &state.catalogue.steps[STEP];
    send(&mut state, Action::OwnRequirementAdded(KIND, &step.id));
    let own = state.workbook(KIND).own_requirements().next().map(|own| own.entry);
    if let Some(entry) = own {
        let title = EntryValue::What("按省级规划编制水网专项方案".into());
        send(&mut state, Action::Edited(KIND, Msg::EntryWritten(List::OwnRequirements, entry, title)));
    }
    state
}

fn day(month: u8, day: u8) -> Option<Date> {
    Date::new(2026, month, day)
}

fn asked(state: &State) -> Vec<&'static Requirement> {
    state.catalogue.steps[STEP].requirements_for(KIND).collect()
}

fn section(title: &'static str, inside: Html) -> Html {
    html! {
        <section class="stack">
            <h2 class="part__chapter">{ title }</h2>
            { inside }
        </section>
    }
}

fn colours() -> Html {
    let groups = COLOURS.map(|(title, names)| {
        // The content policy forbids style attributes; a drawing may name a colour.
        let swatches = names.iter().map(|name| {
            html! {
                <li key={*name} class="legend__item">
                    <svg width="40" height="40" aria-hidden="true">
                        <rect x="0.5" y="0.5" width="39" height="39" rx="4" fill={format!("var(--{name})")} stroke="var(--line-strong)" />
                    </svg>
                    <span class="duties__link">{ format!(" {name}") }</span>
                </li>
            }
        });
        html! { <div key={title}><p class="field__label">{ title }</p><ul class="legend">{ for swatches }</ul></div> }
    });
    html! { <>{ for groups }</> }
}

fn type_scale() -> Html {
    html! {
        <>
            <p class="summary__number">{ "36 编好五年规划" }</p>
            <p class="page__title">{ "28 编好五年规划" }</p>
            <p class="part__chapter">{ "20 编好五年规划" }</p>
            <p class="requirement__question">{ "18 是否“编好”了“十五五”规划？" }</p>
            <p class="page__aside">{ "16 正文：行长四十二个字，行高一点七。“十五五”规划 · 县区（2026—2030年），引号、间隔号不留空。" }</p>
            <p class="dates__hint">{ "14 说明文字" }</p>
            <p><span class="tag">{ "12 标签" }</span></p>
        </>
    }
}

fn buttons() -> Html {
    let styles = [(ButtonStyle::Primary, "主要"), (ButtonStyle::Plain, "普通"), (ButtonStyle::Quiet, "次要")];
    let row = |is_disabled: bool| {
        let buttons = styles.map(|(style, text)| {
            html! { <Button key={text} action="none" {style} {is_disabled} onclick={Callback::noop()}>{ text }</Button> }
        });
        html! { <p class="buttons">{ for buttons }</p> }
    };
    html! {
        <>
            { row(false) }
            { row(true) }
            <p class="buttons"><button type="button" class="chip" aria-pressed="true">{ "选中" }</button><button type="button" class="chip" aria-pressed="false">{ "未选" }</button></p>
            <div class="views">
                <div class="views__group">
                    <button type="button" class="views__choice" aria-pressed="true">{ "全部" }</button>
                    <button type="button" class="views__choice" aria-pressed="false">{ "还没落实的 6" }</button>
                </div>
            </div>
        </>
    }
}

/// One picker a status. Each has the id of another step's requirement: radio buttons of one name are one choice.
fn pickers(store: &Store) -> Html {
    let ids = store.catalogue.steps[0].requirements_for(KIND).map(|requirement| requirement.id);
    let pickers = ids.zip(Status::ALL).map(|(id, status)| {
        html! {
            <li key={status.as_str()} class="page__aside">
                <p class="field__label">{ status_icon(status) }{ " " }{ words::status(status) }</p>
                { status_picker(id, status, false, &Callback::noop()) }
            </li>
        }
    });
    html! { <ul class="stack">{ for pickers }</ul> }
}

fn fields() -> Html {
    let field = |label: &'static str, value: &'static str, shape: Shape, is_disabled: bool| {
        html! { <TextField key={label} {label} name={label} {value} {shape} {is_disabled} on_write={Callback::noop()} /> }
    };
    html! {
        <div class="stack page__aside">
            { field("一行", "某县发展改革局", Shape::Line, false) }
            { field("几行", "", Shape::Paragraph, false) }
            { field("日期", "2026-06-01", Shape::Date, false) }
            { field("停用", "读取中", Shape::Line, true) }
            <div class="field">
                <label class="field__label" for="design-bad">{ "完成时限" }</label>
                <input class="field__input" id="design-bad" value="2026.13.1" />
                <span class="field__problem">{ "日期没填对" }</span>
            </div>
            <p><label class="option"><input type="radio" name="design" checked=true />{ "单选" }</label><label class="option"><input type="radio" name="design" />{ "单选" }</label>
                <label class="option"><input type="checkbox" checked=true />{ "勾选" }</label><label class="option"><input type="checkbox" />{ "勾选" }</label></p>
        </div>
    }
}

fn tags() -> Html {
    html! {
        <>
            <p class="note">{ "一段说明，里面可以有" }<a href="#main">{ "链接" }</a>{ "。" }</p>
            <p class="note attention">{ "要注意的说明。" }</p>
            <p>
                <span class="tag">{ "标签" }</span>{ " " }
                <span class="tag tag--advice">{ "建议" }</span>{ " " }
                <span class="badge">{ "临近 2" }</span>{ " " }
                <span class="badge badge--late">{ "逾期 3" }</span>{ " " }
                <span class="urgency urgency--overdue">{ "逾期" }</span>{ " " }
                <span class="urgency urgency--near">{ "临近" }</span>{ " " }
                <span class="urgency">{ "未到" }</span>
            </p>
            <p>{ "按 " }<kbd>{ "J" }</kbd>{ " 到下一项。" }</p>
            <details class="advice" open=true><summary class="advice__summary">{ "常见问题" }</summary><ul class="advice__body"><li>{ "只写了高度重视，没有表。" }</li></ul></details>
        </>
    }
}

fn meters(store: &Store) -> Html {
    let tallies = [
        Tally::of_statuses(std::iter::repeat_n(Status::Unchecked, 9)),
        Tally::of_step(store.workbook(KIND), &store.catalogue.steps[STEP]),
        Tally::of_statuses(std::iter::repeat_n(Status::Done, 9)),
    ];
    let bars = tallies.iter().map(|tally| html! { <>{ meter(tally) }{ summary(tally, "") }</> });
    html! { <>{ for bars }</> }
}

fn open_cards(store: &Store) -> Html {
    let workbook = store.workbook(KIND);
    let cards = asked(store).into_iter().map(|requirement| {
        html! {
            <RequirementCard catalogue={store.catalogue} key={requirement.id.to_string()} kind={KIND}
                subject={Subject::Asked(requirement)} answer={workbook.answer(requirement.id)} plans={Vec::new()}
                due={workbook.due(requirement)} day={store.as_of(workbook)} cycle={*workbook.cycle} is_target={false}
                is_disabled={false} opening={(Opening::All, 0)} asked={None} dispatch={store.dispatch.clone()} />
        }
    });
    html! { <div class="requirements">{ for cards }</div> }
}
