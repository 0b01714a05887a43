//! The table of units × steps. Each cell opens what is behind it.

use serde_json::Value;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{Asked, Cell, Desk, Live, ROWS, count, items, text};
use crate::components::button::{Button, ButtonStyle};
use crate::components::section::section;
use crate::components::select::Select;
use crate::components::text_field::{Shape, TextField};

/// How far a step has come, in words and by a sign that is no colour.
const LEVELS: [(&str, &str); 6] = [
    ("没有核对", "○"),
    ("不到 40%", "◔"),
    ("40%～79%", "◑"),
    ("80%～99%", "◕"),
    ("全部落实", "●"),
    ("没有适用的", "—"),
];

pub(super) fn table(live: &Live, desk: &Desk, view: &Value) -> Html {
    let (total, found) = (count(&view["total"]), count(&view["found"]));
    let shown = u64::try_from(desk.asked.rows).unwrap_or(u64::MAX).min(found);
    let says = if found == total {
        format!("共 {total} 个单位。")
    } else {
        format!("共 {total} 个单位，这样筛选有 {found} 个。")
    };
    let more = |action: &'static str, words: String, rows: usize| {
        let live = live.clone();
        let onclick = Callback::from(move |_: MouseEvent| live.ask(|desk| desk.asked.rows = rows));
        html! { <Button {action} {onclick}>{ words }</Button> }
    };
    let legend = LEVELS.iter().enumerate().map(|(level, (name, sign))| {
        html! {
            <li key={level}><span class={format!("heat heat--{level}")} aria-hidden="true">{ sign }</span>{ format!(" {name}") }</li>
        }
    });
    section(
        "rollup-table",
        "各单位到哪一步",
        html! {
            <>
                <div class="needs-program">{ choices(live, desk, view) }</div>
                <p role="status" data-units={total.to_string()} data-found={found.to_string()}>{ says }</p>
                <p class="rollup__hint">
                { "每格是这一步的完成率：已落实的占适用的比例，不足 1% 的舍去。点一格看还差什么。“!”后面是逾期的项数。" }
            </p>
            <div class="rollup__scroll" tabindex="0" role="region" aria-labelledby="rollup-table">
                <table class="matrix">
                    <caption key="caption" class="visually-hidden">{ "各单位各步骤的完成率" }</caption>
                    <thead key="head">{ head(live, &desk.asked, view) }</thead>
                        { for items(&view["rows"]).map(|row| unit(live, desk, view, row)) }
                    </table>
                </div>
                <ul class="rollup__legend">{ for legend }</ul>
                <p class="buttons needs-program">
                    if shown < found {
                        { more("more-rows", format!("再显示 {} 个", (found - shown).min(100)), desk.asked.rows.saturating_add(ROWS)) }
                        { more("all-rows", format!("全部显示（{found} 个，打印前用）"), usize::MAX) }
                    }
                </p>
            </>
        },
    )
}

/// Which units, and in which order.
fn choices(live: &Live, desk: &Desk, view: &Value) -> Html {
    let groups: Vec<(AttrValue, AttrValue)> = items(&view["groups"])
        .map(|group| {
            let name = format!("{}，{}（{} 个）", text(&group["kind"]), text(&group["cycle"]), count(&group["count"]));
            (text(&group["word"]).into(), name.into())
        })
        .collect();
    let on_group = {
        let live = live.clone();
        Callback::from(move |group: String| {
            live.ask(|desk| (desk.asked.group, desk.asked.rows, desk.cell) = (group, ROWS, None));
        })
    };
    let on_text = {
        let live = live.clone();
        Callback::from(move |text: String| live.ask(|desk| (desk.asked.text, desk.asked.rows) = (text, ROWS)))
    };
    let on_problems = {
        let live = live.clone();
        Callback::from(move |event: Event| {
            let is_on = event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked());
            live.ask(|desk| (desk.asked.has_problems, desk.asked.rows) = (is_on, ROWS));
        })
    };
    html! {
        <div class="rollup__choices">
            <div>
                if groups.len() > 1 {
                    <Select label="哪一组（类别、规划期不同的分开算）" name="rollup-group" options={groups} value={text(&view["group"])} on_choose={on_group} />
                }
            </div>
            <TextField label="单位名称里有" name="rollup-text" shape={Shape::Search} value={desk.asked.text.clone()} on_write={on_text} />
            <label class="option">
                <input type="checkbox" name="rollup-problems" checked={desk.asked.has_problems} autocomplete="off" onchange={on_problems} />
                { "只看有逾期、缺佐证或缺理由的" }
            </label>
        </div>
    }
}

fn head(live: &Live, asked: &Asked, view: &Value) -> Html {
    // What is asked for first: names from the beginning, the least done, the most open and late.
    let sorted =
        [("name", "单位", false), ("percent", "完成率", false), ("open", "没落实", true), ("late", "逾期", true)];
    let sorted = sorted.map(|(word, name, is_descending)| {
        let is_on = asked.sort == word;
        let order = match (is_on, asked.is_descending) {
            (false, _) => "none",
            (true, false) => "ascending",
            (true, true) => "descending",
        };
        let next = if is_on { !asked.is_descending } else { is_descending };
        let live = live.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            live.ask(|desk| (desk.asked.sort, desk.asked.is_descending) = (word, next));
        });
        let sign = match order {
            "ascending" => " ▲",
            "descending" => " ▼",
            _ => "",
        };
        html! {
            <th key={word} scope="col" aria-sort={order}>
                <button type="button" class="matrix__sort" data-sort={word} {onclick}>{ name }<span aria-hidden="true">{ sign }</span></button>
            </th>
        }
    });
    let steps = items(&view["steps"])
        .map(|step| html! { <th key={text(step)} scope="col" class="matrix__step">{ text(step) }</th> });
    html! { <tr>{ for sorted }{ for steps }</tr> }
}

fn unit(live: &Live, desk: &Desk, view: &Value, row: &Value) -> Html {
    let at = count(&row["at"]);
    let name = text(&row["name"]);
    let open = desk.cell.as_ref().filter(|cell| cell.unit == at);
    let own = match (count(&row["own"]), count(&row["plans"]), count(&row["sources"])) {
        (0, 0, 0 | 1) => String::new(),
        (own, plans, sources) => {
            let own = (own > 0).then(|| format!("自加 {}/{own}", count(&row["own_done"])));
            let plans = (plans > 1).then(|| format!("{plans} 个规划"));
            let sources = (sources > 1).then(|| format!("{sources} 份材料"));
            [own, plans, sources].into_iter().flatten().collect::<Vec<_>>().join("，")
        }
    };
    let done = format!("{}/{}", count(&row["done"]), count(&row["applicable"]));
    let all = Heat { percent: text(&row["heat"]["percent"]), level: count(&row["heat"]["level"]), late: 0 };
    let is_on = |step| open.is_some_and(|cell| cell.step == step);
    let cells = items(&view["steps"]).zip(items(&row["cells"])).enumerate().map(|(step, (title, cell))| {
        let inside = if cell.is_null() {
            html! { <span class="matrix__none" title="这一步不问这类单位">{ "·" }</span> }
        } else {
            let heat = Heat {
                percent: text(&cell["heat"]["percent"]),
                level: count(&cell["heat"]["level"]),
                late: count(&cell["late"]),
            };
            button(live, at, Some(step), &format!("{name}，{}", text(title)), &heat, is_on(Some(step)))
        };
        html! { <td key={step}>{ inside }</td> }
    });
    let late = count(&row["late"]);
    html! {
        <tbody key={at} data-unit={name.clone()}>
            <tr key="row">
                <th scope="row"><bdi>{ &name }</bdi><span class="matrix__about">{ own }</span></th>
                <td>{ button(live, at, None, &format!("{name}，全部步骤"), &all, is_on(None)) }<span class="matrix__about">{ done }</span></td>
                <td>{ count(&row["open"]) }</td>
                <td class={(late > 0).then_some("matrix__late")}>{ late }</td>
                { for cells }
            </tr>
            { for open.map(|cell| opened(view, &name, cell)) }
        </tbody>
    }
}

struct Heat {
    percent: String,
    level: u64,
    late: u64,
}

fn button(live: &Live, at: u64, step: Option<usize>, whose: &str, heat: &Heat, is_open: bool) -> Html {
    let level = usize::try_from(heat.level).ok().and_then(|level| LEVELS.get(level)).unwrap_or(&LEVELS[5]);
    let late = if heat.late > 0 { format!("，逾期 {} 项", heat.late) } else { String::new() };
    let live = live.clone();
    let onclick = Callback::from(move |_: MouseEvent| live.open(at, step));
    html! {
        <button type="button" class={format!("heat heat--{}", heat.level)} aria-expanded={is_open.to_string()}
            data-cell={step.map_or_else(|| "all".into(), |step| step.to_string())} {onclick}>
            <span class="visually-hidden">{ format!("{whose}：") }</span>
            <span aria-hidden="true">{ level.1 }</span>{ " " }{ &heat.percent }
            if heat.late > 0 {
                <span class="heat__late" aria-hidden="true">{ format!("!{}", heat.late) }</span>
            }
            <span class="visually-hidden">{ format!("，{}{late}", level.0) }</span>
        </button>
    }
}

/// What is behind the open cell.
fn opened(view: &Value, name: &str, cell: &Cell) -> Html {
    let step = cell.step.and_then(|step| view["steps"].get(step)).map_or_else(|| "全部步骤".to_owned(), text);
    // Only this is read out by itself: what was found is a list to go through.
    let said = match &cell.found {
        None => "：正在打开…".to_owned(),
        Some(found) => match items(found).count() {
            0 => "：没有发现问题。".to_owned(),
            count => format!("：{count} 条"),
        },
    };
    let found = cell
        .found
        .iter()
        .flat_map(|found| items(found))
        .enumerate()
        .map(|(at, found)| html! { <li key={at}>{ line(found) }</li> });
    html! {
        <tr key="open" class="matrix__open">
            <td colspan="15">
                <div class="matrix__inside" data-found-in={name.to_owned()}>
                    <p role="status"><strong><bdi>{ name.to_owned() }</bdi>{ format!(" · {step}") }</strong>{ said }</p>
                    <ul class="matrix__found">{ for found }</ul>
                </div>
            </td>
        </tr>
    }
}

fn line(found: &Value) -> Html {
    let problems = text(&found["problems"]);
    let state =
        [text(&found["status"]), problems].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join("，");
    let facts = [
        ("责任人", &found["owner"]),
        ("完成时限", &found["due"]),
        ("存在问题", &found["problem"]),
        ("下一步措施", &found["measure"]),
    ];
    let facts: Vec<_> = facts
        .into_iter()
        .map(|(what, value)| (what, text(value)))
        .filter(|(_, value)| !value.is_empty())
        .map(|(what, value)| format!("{what}：{value}"))
        .collect();
    html! {
        <>
            <strong>{ text(&found["title"]) }</strong>{ format!("：{state}。") }
            <bdi>{ facts.join("；") }</bdi>
            if found["disputed"].as_bool().unwrap_or_default() {
                { " " }<span class="tag">{ "几份材料说法不一，以新的为准" }</span>
            }
        </>
    }
}

/// A button that shows more of a list below the table.
pub(super) fn more(live: &Live, action: &'static str, left: u64, make: impl Fn(&mut Asked) + 'static) -> Html {
    let live = live.clone();
    let onclick = Callback::from(move |_: MouseEvent| live.ask(|desk| make(&mut desk.asked)));
    html! {
        <p class="buttons needs-program">
            if left > 0 {
                <Button {action} style={ButtonStyle::Plain} {onclick}>{ format!("再显示一些（还有 {left} 条）") }</Button>
            }
        </p>
    }
}
