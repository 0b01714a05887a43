//! 节点期限: which dates bind, which the unit sets, what is late, and what to do by when.

mod chart;
mod milestones;
mod plan;

use plan_checklist_domain::catalogue::Phase;
use plan_checklist_domain::schedule::{Basis, Edge, Milestone, Warning, Window, warnings, windows};
use plan_checklist_domain::{
    AsOf, CATALOGUE, Cycle, Date, Msg, OwnDate, Pressing, Requirement, Status, Tally, UnitKind, Urgency, Workbook,
};
use yew::prelude::*;

use crate::components::element::{el, many};
use crate::components::evidence::date_value;
use crate::components::field::{Field, Shape};
use crate::components::link::{Look, button, link, p, page_head, section};
use crate::effects::day;
use crate::route::Target;
use crate::store::{Action, Dispatch, Store};
use crate::words;

pub(crate) fn dates(store: &Store, kind: UnitKind) -> Html {
    let workbook = store.workbook(kind);
    let lead = "讲话只定了两个时限，其余日期由本单位自己定。自己定的日期只用来提醒自己。";
    let parts = vec![
        page_head(Some(words::book(workbook).into()), "节点期限", p("page__lead", lead)),
        many("div", "", over(store, workbook)),
        section("chart-heading", "节点图", "wall", chart::chart(store, workbook)),
        section("due-heading", "各项时限", "", dues(store, workbook)),
        section("phase-heading", "四个阶段", "", phases(store, workbook)),
        section("milestone-heading", "自定节点", "", milestones::milestones(store, workbook)),
        section("plan-heading", "倒排工期", "", plan::plan(store, workbook)),
        section("cycle-heading", "规划期", "", cycle(store, workbook)),
        section("day-heading", "按哪天看", "needs-program", which_day(store)),
    ];
    many("div", "page dates", parts)
}

/// Says that this was written to the workbook of the page.
fn writing<T>(store: &Store, workbook: &Workbook, msg: impl Fn(T) -> Msg + 'static) -> Callback<T> {
    let (kind, dispatch) = (workbook.kind, Dispatch::of(store));
    Callback::from(move |value| dispatch.send(Action::Edited(kind, msg(value))))
}

fn over(store: &Store, workbook: &Workbook) -> Option<Html> {
    let cycle = *workbook.cycle;
    let today = store.day().filter(|today| cycle.is_over(*today))?;
    let text = format!(
        "{}规划的编制早已结束，逾期和临近不再提示。现在要编的是{}规划，可以在下面“规划期”改；要回头看当年的进度，可以在“按哪天看”选一天。",
        cycle.name(),
        Cycle::current(today).name()
    );
    Some(p("note", text))
}

/// Whose word a date is.
fn basis(basis: Basis) -> Html {
    match basis {
        Basis::Speech => el("span", "tag", "讲话"),
        Basis::Own => el("span", "tag", "本单位定"),
        Basis::Assumed => el("span", "tag tag--advice", words::ADVICE),
    }
}

fn edge(edge: Edge) -> Html {
    many("span", "dates__edge", vec![Html::from(words::date(edge.date)), basis(edge.basis)])
}

/// How far each phase has come.
fn progress(workbook: &Workbook) -> [Tally; 4] {
    Phase::ALL.map(|phase| {
        let asked = CATALOGUE.requirements_for(workbook.kind);
        Tally::of(workbook, asked.filter(|requirement| requirement.phase == phase))
    })
}

/// How pressing something is; plain words beside a colour.
fn urgency_tag(urgency: Option<Urgency>) -> Html {
    let (class, text) = match urgency {
        None => ("urgency", "已了结"),
        Some(Urgency::Overdue) => ("urgency urgency--overdue", "逾期"),
        Some(Urgency::Near) => ("urgency urgency--near", "临近"),
        Some(urgency @ (Urgency::Normal | Urgency::Undated)) => ("urgency", words::urgency(urgency)),
    };
    el("span", class, text)
}

/// How long until a date, or since.
fn distance(date: Date, day: AsOf) -> String {
    match day.today.days_until(date) {
        0 => "就是今天".into(),
        days if days > 0 => format!("还有 {days} 天"),
        days => format!("已过 {} 天", -days),
    }
}

/// So many of a kind are shown at once; more are folded away.
const SHOWN: usize = 12;

/// Everything dated and open, the most pressing first; the undated only counted.
fn dues(store: &Store, workbook: &Workbook) -> Html {
    let Some(day) = store.as_of(workbook) else {
        return p("page__lead", "编制期已过，这里不再列出。");
    };
    let open = CATALOGUE.requirements_for(workbook.kind).filter(|found| workbook.status(found.id).is_open());
    let mut dated: Vec<(Date, &'static Requirement)> = Vec::new();
    let mut undated = 0;
    for requirement in open {
        match workbook.due(requirement.id) {
            Some(due) => {
                let at = dated.partition_point(|(other, _)| *other <= due);
                dated.insert(at, (due, requirement));
            }
            None => undated += 1,
        }
    }
    let groups = [Urgency::Overdue, Urgency::Near, Urgency::Normal].into_iter().filter_map(|urgency| {
        let rows: Vec<Html> = dated
            .iter()
            .filter(|(due, _)| Urgency::of(Some(*due), day) == urgency)
            .map(|(due, requirement)| due_row(store, workbook, day, *due, requirement))
            .collect();
        if rows.is_empty() {
            return None;
        }
        let is_open = urgency != Urgency::Normal && rows.len() <= SHOWN;
        Some(html! {
            <details key={words::urgency(urgency)} class="dues" open={is_open} data-urgency={words::urgency(urgency)}>
                <summary>{ urgency_tag(Some(urgency)) }{ format!(" {} 项", rows.len()) }</summary>
                { many("ul", "dues__list", rows) }
            </details>
        })
    });
    let rest = if undated > 0 {
        format!("另有 {undated} 项未定时限。可以在各项的“完成时限”里填，也可以用下面的“倒排工期”一次排好。")
    } else {
        "没落实的各项都有时限。".into()
    };
    let all = plan::calendar_button(store, workbook, plan::Which::All, "全部时限和节点导出到日历（.ics）");
    let hint = "用手机或电脑的日历打开这个文件，会提前一周、提前一天提醒。改了日期再导出一次，会更新原来的，不会重复。";
    let parts = vec![
        many("div", "stack", groups),
        p("page__lead", rest),
        many("p", "buttons needs-program", vec![all]),
        p("dates__hint needs-program", hint),
    ];
    many("div", "stack", parts)
}

fn due_row(store: &Store, workbook: &Workbook, day: AsOf, due: Date, requirement: &'static Requirement) -> Html {
    let id = requirement.id;
    let whose = if workbook.answer(id).due.is_some() { Basis::Own } else { Basis::Speech };
    let title = workbook.cycle.reword(requirement.title(workbook.kind));
    let about = vec![
        edge(Edge { date: due, basis: whose }),
        el("span", "", distance(due, day)),
        el("span", "", words::status(workbook.status(id))),
        many(
            "span",
            "needs-program",
            vec![plan::calendar_button(store, workbook, plan::Which::Requirement(id), "加到日历")],
        ),
    ];
    html! {
        <li key={id.as_str()} class="due" data-due={id.to_string()}>
            { link(store, Target::requirement(workbook.kind, id), "due__title", title) }
            { many("span", "due__about", about) }
        </li>
    }
}

/// The four phases with their dates, and what is odd about them.
fn phases(store: &Store, workbook: &Workbook) -> Html {
    let (cycle, own) = (*workbook.cycle, workbook.phase_dates());
    let tallies = progress(workbook);
    let input = |which: OwnDate, label: &'static str, shown: Edge| {
        html! {
            <div class="dates__own">
                <Field {label} name={which.as_str()} value={date_value(**workbook.own_date(which))} shape={Shape::Date} class="field--bare"
                    is_disabled={!store.is_restored}
                    on_write={writing(store, workbook, move |text: String| Msg::OwnDateSet(which, Date::parse(&text)))} />
                { many("span", "dates__assumed", (shown.basis == Basis::Assumed).then(|| edge(shown))) }
            </div>
        }
    };
    let day = store.as_of(workbook);
    let late = |phase: Phase| {
        let asked = CATALOGUE.requirements_for(workbook.kind).filter(|requirement| requirement.phase == phase);
        words::pressing(Pressing::of(workbook, asked, day?)).map(|late| Html::from(format!("；{late}")))
    };
    let rows = windows(cycle, &own, None).into_iter().zip(tallies).map(|(Window { phase, start, end }, tally)| {
        let (from, to) = match phase {
            Phase::Mobilisation => (
                input(OwnDate::MobilisationStart, "动员部署开始", start),
                input(OwnDate::MobilisationEnd, "动员部署结束", end),
            ),
            Phase::Research => {
                (input(OwnDate::ResearchStart, "前期研究开始", start), input(OwnDate::ResearchEnd, "前期研究结束", end))
            }
            Phase::Drafting | Phase::Approval => (edge(start), edge(end)),
        };
        html! {
            <tr key={words::phase(phase)} class="phase">
                <th scope="row">{ words::phase(phase) }</th>
                <td>{ from }</td>
                <td>{ to }</td>
                <td>{ format!("{} 项，已落实 {}", tally.applicable(), tally.count(Status::Done)) }{ many("span", "task__late", late(phase)) }</td>
            </tr>
        }
    });
    let milestones: Vec<Milestone> = workbook.milestones().map(|(_, milestone)| milestone).collect();
    let own_dues = CATALOGUE.requirements_for(workbook.kind);
    let own_dues = own_dues.filter_map(|found| Some((found, (*workbook.answer(found.id).due)?)));
    let found = warnings(cycle, &own, &milestones, own_dues);
    let found = found.iter().map(|warning| el("li", "", describe(warning, workbook, &milestones)));
    let hint =
        "标“讲话”的日期由讲话和规划期推出来，不能改；动员部署、前期研究讲话没有定日子，由本单位填，没填的按建议推算。";
    html! {
        <div class="stack">
            { p("page__lead", hint) }
            <div class="scroll-x">
                <table class="table phases">
                    <thead><tr><th scope="col">{ "阶段" }</th><th scope="col">{ "开始" }</th><th scope="col">{ "结束" }</th><th scope="col">{ "要求" }</th></tr></thead>
                    { many("tbody", "", rows) }
                </table>
            </div>
            <ul class="plain-list attention" data-warnings="true">{ for found }</ul>
        </div>
    }
}

/// What is odd about an entered date, and why.
fn describe(warning: &Warning, workbook: &Workbook, milestones: &[Milestone]) -> String {
    let whose = |edge: &Edge| match edge.basis {
        Basis::Speech => "讲话的时限",
        Basis::Own | Basis::Assumed => "本单位定的结束日期",
    };
    let limit = |phase: Phase, edge: &Edge| {
        format!("{}的期限是{}（{}）", words::phase(phase), words::date(edge.date), whose(edge))
    };
    match warning {
        Warning::EndBeforeStart(phase) => format!("{}：结束早于开始，请核对。", words::phase(*phase)),
        Warning::PhasesSwapped => "前期研究排到了动员部署前面，和讲话说的四个阶段次序不一致，请核对。".into(),
        Warning::PhaseTooLate { phase, limit } => format!(
            "{}排到了{}之后：讲话要求那天之前就提出总体思路、主要目标、重点任务。",
            words::phase(*phase),
            words::date(limit.date)
        ),
        Warning::MilestoneTooLate { at, phase, limit: edge } => {
            let name = milestones.get(*at).map_or("", |milestone| milestone.name.trim());
            format!("自定节点“{name}”晚了：{}。", limit(*phase, edge))
        }
        Warning::DueTooLate { id, phase, limit: edge } => {
            let title = CATALOGUE.requirement(id.as_str()).map_or("", |found| found.title(workbook.kind));
            format!("“{}”的完成时限晚了：{}。", workbook.cycle.reword(title), limit(*phase, edge))
        }
    }
}

/// Which plan it is, and what follows from that.
fn cycle(store: &Store, workbook: &Workbook) -> Html {
    let chosen = *workbook.cycle;
    let usual = [2021, 2026, 2031].map(Cycle);
    let choose = writing(store, workbook, Msg::CycleChosen);
    let options = usual.map(|cycle| {
        let choose = choose.clone();
        let onchange = Callback::from(move |_: Event| choose.emit(cycle));
        html! {
            <label key={cycle.0} class="option">
                <input type="radio" name="cycle" value={cycle.0.to_string()} checked={cycle == chosen} disabled={!store.is_restored} autocomplete="off" {onchange} />
                { words::cycle(cycle) }
            </label>
        }
    });
    let on_write = Callback::from(move |text: String| {
        // Anything but a year stays in the field, and changes nothing.
        if let Some(cycle) = Cycle::parse(&text) {
            choose.emit(cycle);
        }
    });
    let other = if usual.contains(&chosen) { String::new() } else { chosen.0.to_string() };
    let follows = format!(
        "{}规划：{}前提出总体思路、主要目标、重点任务，{}前完成审定报批。",
        chosen.name(),
        words::date(chosen.proposals_by()),
        words::date(chosen.approval_by())
    );
    html! {
        <div class="stack">
            { p("page__lead", "讲话说的是“十四五”。编别的规划期也能用：两个时限按首年推算，已填的答复都留着。") }
            <fieldset class="options"><legend class="visually-hidden">{ "规划期" }</legend>{ for options }</fieldset>
            <div class="dates__year"><Field label="其他：规划首年（四位数字）" name="cycle-year" value={other} placeholder="如 2028" is_disabled={!store.is_restored} {on_write} /></div>
            <p role="status" data-cycle={chosen.0.to_string()}>{ follows }</p>
        </div>
    }
}

/// The days ahead that can count as near.
const NEAR: [u16; 5] = [7, 15, 30, 60, 90];

/// Looking at another day than today, and how far ahead is near.
fn which_day(store: &Store) -> Html {
    let dispatch = Dispatch::of(store);
    let on_day = {
        let (dispatch, today) = (dispatch.clone(), store.clock_day());
        Callback::from(move |text: String| {
            let day = Date::parse(&text).filter(|day| Some(*day) != today);
            day::choose(day);
            dispatch.send(Action::DayChosen(day));
        })
    };
    let options = NEAR.map(|days| {
        let dispatch = dispatch.clone();
        let onchange = Callback::from(move |_: Event| {
            day::set_near_days(days);
            dispatch.send(Action::near_days_chosen(days));
        });
        html! {
            <label key={days} class="option"><input type="radio" name="near" value={days.to_string()} checked={days == store.near_days} disabled={!store.is_restored} autocomplete="off" {onchange} />{ format!("{days} 天") }</label>
        }
    });
    let back = store.chosen_day.map(|_| {
        let dispatch = dispatch.clone();
        let back = Callback::from(move |_: MouseEvent| {
            day::choose(None);
            dispatch.send(Action::DayChosen(None));
        });
        button("回到今天", Look::plain("today-here"), back)
    });
    html! {
        <div class="stack">
            { p("page__lead", "平时按今天算。培训演示，或回头看某一天的情形，可以选一天；只影响这个窗口的显示，不改任何答复。") }
            <div class="dates__day">
                <Field label="按此日期看" name="day" value={date_value(store.day())} shape={Shape::Date} is_disabled={!store.is_restored} on_write={on_day} />
                { many("span", "", back) }
            </div>
            <fieldset class="options"><legend>{ "几天之内算“临近”" }</legend>{ for options }</fieldset>
        </div>
    }
}
