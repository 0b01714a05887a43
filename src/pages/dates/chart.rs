//! 节点图: the four phases, the dates that bind, the unit's own, and today, drawn along time.

use plan_checklist_domain::Phase;
use plan_checklist_domain::dates::chart::{Chart, Flow, Label};
use plan_checklist_domain::dates::milestone::Milestone;
use plan_checklist_domain::dates::phases::windows;
use plan_checklist_domain::dates::timeline::{DOT_LANES, Dot, Mark, Timeline, layout};
use plan_checklist_domain::{Date, Urgency, Workbook};
use yew::prelude::*;

use super::edge::edge;
use super::phases::progress;
use crate::components::button::Button;
use crate::store::{Action, Printout, Store};
use crate::words;

/// A Chinese character is this wide in the drawings' own units.
const LETTER: i32 = 14;

pub(super) fn chart(store: &Store, workbook: &Workbook) -> Html {
    let day = store.as_of(workbook);
    let milestones: Vec<Milestone> = workbook.milestones(store.catalogue).map(|(_, milestone)| milestone).collect();
    let dues = store.catalogue.requirements_for(workbook.kind).filter_map(|requirement| {
        let due = workbook.due(requirement)?;
        let is_open = workbook.status(requirement.id).is_open();
        let urgency = if is_open { Some(day.map_or(Urgency::Normal, |day| Urgency::of(Some(due), day))) } else { None };
        Some((requirement.phase, due, urgency))
    });
    let dues: Vec<_> = dues.collect();
    let chart = Chart {
        cycle: *workbook.cycle,
        windows: windows(*workbook.cycle, &workbook.phase_dates(), None),
        progress: progress(store, workbook).map(|tally| tally.percent()),
        milestones: &milestones,
        dues: &dues,
        today: store.day(),
    };
    let write = |label: Label, date: Date| text(label, date, &milestones);
    let wide = layout(&chart, Flow::Across, 940, &|label| LETTER * letters(&write(label, date_of(label, &chart))) + 12);
    let tall = layout(&chart, Flow::Down, 620, &|_| 22);
    let on_print = store.dispatch.on(Action::PrintWanted(Printout::Wall));
    html! {
        <div class="stack">
            <p class="print-only">{ format!("{} · 规划编制节点图", words::book(workbook)) }</p>
            <div class="chart chart--wide">{ across(&wide, &chart.progress, &write) }</div>
            <div class="chart chart--tall">{ down(&tall, &chart.progress, &write) }</div>
            { legend() }
            { table(&chart, &wide, &milestones) }
            <p class="buttons needs-program"><Button action="print-chart" onclick={on_print}>{ "打印节点图" }</Button></p>
        </div>
    }
}

/// The date a label stands at.
fn date_of(label: Label, chart: &Chart<'_>) -> Date {
    let date = match label {
        Label::Proposals => Some(chart.cycle.proposals_by()),
        Label::Approval => Some(chart.cycle.approval_by()),
        Label::Milestone(at) => chart.milestones.get(at).and_then(|milestone| milestone.date),
        Label::Today => chart.today,
    };
    date.unwrap_or(Date::FIRST)
}

/// What a label says; a long name is cut.
fn text(label: Label, date: Date, milestones: &[Milestone]) -> String {
    let name = match label {
        Label::Proposals => "提出思路目标任务".into(),
        Label::Approval => "审定报批".into(),
        Label::Today => "今天".into(),
        Label::Milestone(at) => {
            let name = milestones.get(at).map_or("", |milestone| milestone.name.trim());
            let mut short: String = name.chars().take(8).collect();
            if short.len() < name.len() {
                short.push('…');
            }
            if short.is_empty() { "未命名".into() } else { short }
        }
    };
    format!("{}.{} {name}", date.month(), date.day())
}

/// How wide a text is, in Chinese characters.
fn letters(text: &str) -> i32 {
    let halves: i32 = text.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum();
    (halves + 1) / 2
}

fn kind_of(label: Label) -> &'static str {
    match label {
        Label::Proposals | Label::Approval => "mark mark--speech",
        Label::Milestone(_) => "mark mark--own",
        Label::Today => "mark mark--today",
    }
}

/// What stands for requirements of one date, told apart by shape as well: colours may be missing, on paper or by the
/// reader's settings.
fn dot(worst: Option<Urgency>, x: i32, y: i32, title: Option<String>) -> Html {
    let title = title.map(|title| html! { <title>{ title }</title> });
    let polygon = |class: &'static str, points: String| html! { <polygon {class} {points}>{ title.clone() }</polygon> };
    let circle =
        |class: &'static str| html! { <circle {class} cx={num(x)} cy={num(y)} r="4">{ title.clone() }</circle> };
    match worst {
        None => circle("dot dot--closed"),
        Some(Urgency::Overdue) => {
            polygon("dot dot--overdue", format!("{x},{} {},{} {},{}", y - 5, x + 5, y + 4, x - 5, y + 4))
        }
        Some(Urgency::Near) => {
            polygon("dot dot--near", format!("{x},{} {},{y} {x},{} {},{y}", y - 5, x + 5, y + 5, x - 5))
        }
        Some(Urgency::Normal | Urgency::Undated) => circle("dot"),
    }
}

/// Left of the bars stand the phases' names and percentages.
const LEFT: i32 = 112;
/// A bar, and under it the dots.
const ROW: i32 = 60;
const BAR: i32 = 20;
/// From one dot to the next beside it.
const FAN: i32 = 9;

fn across(timeline: &Timeline, progress: &[Option<u8>; 4], write: &dyn Fn(Label, Date) -> String) -> Html {
    let lanes = i32::try_from(timeline.lanes).unwrap_or(1) * 24;
    let (top, bottom) = (lanes + 10, lanes + 10 + 4 * ROW);
    let (width, height) = (LEFT + timeline.length + 20, bottom + 44);
    let ticks = timeline.ticks.iter().map(|tick| {
        let x = LEFT + tick.at;
        let label = format!("{}月", tick.date.month());
        let year = (tick.date.month() == 1 || tick.at == 0).then(|| format!("{}年", tick.date.year()));
        html! {
            <g key={tick.at} class="tick">
                <line x1={num(x)} y1={num(top)} x2={num(x)} y2={num(bottom + 4)} />
                <text x={num(x + 3)} y={num(bottom + 18)}>{ label }</text>
                if let Some(year) = year {
                    <text class="tick__year" x={num(x + 3)} y={num(bottom + 36)}>{ year }</text>
                }
            </g>
        }
    });
    let bars = timeline.bars.iter().enumerate().map(|(at, bar)| {
        let y = top + ROW * i32::try_from(at).unwrap_or(0);
        let percent = progress[at].map_or_else(String::new, |percent| format!("{percent}%"));
        html! {
            <g key={at} class="phase-bar">
                <text class="phase-bar__name" x="0" y={num(y + 23)}>{ words::phase(bar.phase) }</text>
                <text class="phase-bar__percent" x={num(LEFT - 12)} y={num(y + 23)} text-anchor="end">{ percent }</text>
                <rect class="phase-bar__all" x={num(LEFT + bar.from)} y={num(y + 8)} width={num((bar.to - bar.from).max(2))} height={num(BAR)} />
                <rect class="phase-bar__done" x={num(LEFT + bar.from)} y={num(y + 8)} width={num(bar.done - bar.from)} height={num(BAR)} />
            </g>
        }
    });
    let dots = timeline.dots.iter().enumerate().map(|(at, dot)| {
        let y = top + ROW * row_of(dot.phase) + 8 + BAR + 7 + FAN * lane_of(dot);
        html! { <g key={at}>{ self::dot(dot.worst, LEFT + dot.at, y, Some(dot_title(dot))) }</g> }
    });
    let marks = timeline.marks.iter().enumerate().map(|(at, mark)| {
        let x = LEFT + mark.at;
        let y = lanes - 24 * i32::try_from(mark.lane).unwrap_or(0);
        html! {
            <g key={at} class={kind_of(mark.label)}>
                <line x1={num(x)} y1={num(y)} x2={num(x)} y2={num(bottom)} />
                <text x={num(LEFT + mark.label_from + 4)} y={num(y - 6)}>{ label(mark, write) }</text>
            </g>
        }
    });
    drawing(width, height, [ticks.collect(), bars.collect(), dots.collect(), marks.collect()])
}

/// In the tall drawing: where the phases' columns begin, how wide one is, and its bar, beside which are the dots.
const COLUMNS: i32 = 46;
const COLUMN: i32 = 38;
const COLUMN_BAR: i32 = 10;
const COLUMNS_END: i32 = COLUMNS + 4 * COLUMN;

fn down(timeline: &Timeline, progress: &[Option<u8>; 4], write: &dyn Fn(Label, Date) -> String) -> Html {
    let (top, width) = (60, 360);
    let height = top + timeline.length + 20;
    let ticks = timeline.ticks.iter().map(|tick| {
        let y = top + tick.at;
        let label = if tick.date.month() == 1 || tick.at == 0 {
            format!("{}.{}", tick.date.year(), tick.date.month())
        } else {
            format!("{}月", tick.date.month())
        };
        html! {
            <g key={tick.at} class="tick">
                <line x1={num(COLUMNS)} y1={num(y)} x2={num(COLUMNS_END)} y2={num(y)} />
                <text x="0" y={num(y + 5)}>{ label }</text>
            </g>
        }
    });
    let bars = timeline.bars.iter().enumerate().map(|(at, bar)| {
        let x = COLUMNS + COLUMN * i32::try_from(at).unwrap_or(0);
        // Four characters, in two lines.
        let name: Vec<char> = words::phase(bar.phase).chars().collect();
        let (above, below) = name.split_at(name.len() / 2);
        let percent = progress[at].map_or_else(String::new, |percent| format!("{percent}%"));
        html! {
            <g key={at} class="phase-bar">
                <text class="phase-bar__name" x={num(x)} y="14">{ above.iter().collect::<String>() }</text>
                <text class="phase-bar__name" x={num(x)} y="31">{ below.iter().collect::<String>() }</text>
                <text class="phase-bar__percent" x={num(x)} y="48">{ percent }</text>
                <rect class="phase-bar__all" x={num(x)} y={num(top + bar.from)} width={num(COLUMN_BAR)} height={num((bar.to - bar.from).max(2))} />
                <rect class="phase-bar__done" x={num(x)} y={num(top + bar.from)} width={num(COLUMN_BAR)} height={num(bar.done - bar.from)} />
            </g>
        }
    });
    let dots = timeline.dots.iter().enumerate().map(|(at, dot)| {
        let x = COLUMNS + COLUMN * row_of(dot.phase) + COLUMN_BAR + 6 + (FAN - 1) * lane_of(dot);
        html! { <g key={at}>{ self::dot(dot.worst, x, top + dot.at, Some(dot_title(dot))) }</g> }
    });
    let marks = timeline.marks.iter().enumerate().map(|(at, mark)| {
        let y = top + mark.at;
        let text_y = top + i32::midpoint(mark.label_from, mark.label_to);
        html! {
            <g key={at} class={kind_of(mark.label)}>
                <polyline points={format!("{COLUMNS},{y} {COLUMNS_END},{y} {},{text_y}", COLUMNS_END + 8)} />
                <text x={num(COLUMNS_END + 11)} y={num(text_y + 5)}>{ label(mark, write) }</text>
            </g>
        }
    });
    drawing(width, height, [ticks.collect(), bars.collect(), dots.collect(), marks.collect()])
}

/// What comes later lies on top.
fn drawing(width: i32, height: i32, layers: [Vec<Html>; 4]) -> Html {
    let layers = layers.map(|layer| html! { <g>{ for layer }</g> });
    html! {
        <svg viewBox={format!("0 0 {width} {height}")} role="img" aria-label="节点图，内容与下面的表格相同">
            { for layers }
        </svg>
    }
}

fn num(number: i32) -> AttrValue {
    number.to_string().into()
}

fn row_of(phase: Phase) -> i32 {
    i32::try_from(phase as usize).unwrap_or(0)
}

fn lane_of(dot: &Dot) -> i32 {
    i32::try_from(dot.lane.min(DOT_LANES)).unwrap_or(0)
}

fn label(mark: &Mark, write: &dyn Fn(Label, Date) -> String) -> String {
    let text = write(mark.label, mark.date);
    if mark.is_outside { format!("{text} 图外") } else { text }
}

fn dot_title(dot: &Dot) -> String {
    let by = if dot.until == dot.date {
        format!("{}前", dot.date.in_chinese())
    } else {
        format!("{}到{}之间", dot.date.in_chinese(), dot.until.in_chinese())
    };
    format!("{}：{} 项应于{by}完成", words::phase(dot.phase), dot.count)
}

fn legend() -> Html {
    let bar = |class: &'static str| html! { <rect {class} x="1" y="2" width="18" height="10" /> };
    let at_middle = |worst| dot(worst, 7, 7, None);
    let signs = [
        (20, bar("phase-bar__done"), "已落实"),
        (20, bar("phase-bar__all"), "阶段起止"),
        (14, at_middle(Some(Urgency::Normal)), "有时限的要求"),
        (14, at_middle(Some(Urgency::Overdue)), "逾期"),
        (14, at_middle(Some(Urgency::Near)), "临近"),
        (14, at_middle(None), "已了结"),
    ];
    let signs = signs.map(|(width, sign, text)| {
        html! {
            <li key={text} class="legend__item">
                <svg class="legend__sign" width={num(width)} height="14" viewBox={format!("0 0 {width} 14")} aria-hidden="true">{ sign }</svg>
                { text }
            </li>
        }
    });
    html! { <ul class="legend">{ for signs }</ul> }
}

/// The same as a table.
fn table(chart: &Chart<'_>, timeline: &Timeline, milestones: &[Milestone]) -> Html {
    let phases = chart.windows.iter().zip(&chart.progress).map(|(window, percent)| {
        let about = chart.dues.iter().filter(|due| due.0 == window.phase);
        let late = about.filter(|due| due.2 == Some(Urgency::Overdue)).count();
        let percent = percent.map_or_else(|| "—".into(), |percent| format!("{percent}%"));
        let standing =
            if late > 0 { format!("已落实 {percent}，逾期 {late} 项") } else { format!("已落实 {percent}") };
        html! {
            <tr key={words::phase(window.phase)}>
                <th scope="row">{ words::phase(window.phase) }</th>
                <td>{ edge(window.start) }{ " 至 " }{ edge(window.end) }</td>
                <td>{ standing }</td>
            </tr>
        }
    });
    let marks = timeline.marks.iter().enumerate().map(|(at, mark)| {
        let (name, whose) = match mark.label {
            Label::Proposals => ("提出总体思路、主要目标、重点任务".to_owned(), "讲话给全市定的时限"),
            Label::Approval => ("完成审定报批".to_owned(), "讲话给全市定的时限"),
            Label::Today => ("今天".to_owned(), ""),
            Label::Milestone(at) => {
                (milestones.get(at).map_or_else(String::new, |milestone| milestone.name.clone()), "本单位自定节点")
            }
        };
        html! { <tr key={format!("mark-{at}")}><th scope="row">{ name }</th><td>{ mark.date.in_chinese() }</td><td>{ whose }</td></tr> }
    });
    html! {
        <details class="chart__table">
            <summary>{ "用表格看" }</summary>
            <table class="table">
                <thead><tr><th scope="col">{ "阶段或节点" }</th><th scope="col">{ "日期" }</th><th scope="col">{ "情况" }</th></tr></thead>
                <tbody>{ for phases.chain(marks) }</tbody>
            </table>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_as_wide_as_they_are_written() {
        assert_eq!(letters("6.30 审定报批"), 7);
        let milestones = [Milestone { name: "一二三四五六七八九十甲".into(), ..Milestone::default() }];
        let date = Date::new(2025, 10, 31).expect("a day");
        assert_eq!(text(Label::Milestone(0), date, &milestones), "10.31 一二三四五六七八…");
        assert_eq!(text(Label::Milestone(1), date, &milestones), "10.31 未命名");
    }
}
