//! 收成绩: what a class handed in, and which questions most got wrong.

use plan_checklist_domain::training::class::{Fault, Handed, Item, ListFault};
use plan_checklist_domain::training::marking::most;
use plan_checklist_domain::training::{Assignment, Class, Question, Results, Round, builtin};
use yew::prelude::*;

use super::super::assigned::scope_name;
use super::super::references;
use super::{Desk, Live, on};
use crate::components::button::{Button, ButtonStyle};
use crate::components::copy_box::CopyBox;
use crate::components::section::section;
use crate::components::text_field::{Shape, TextField};
use crate::store::{Action, Printout, Store};

pub(super) fn results(store: &Store, live: &Live, desk: &Desk, set: &Assignment, round: &Round) -> Html {
    let class = Class::parse(&desk.names);
    let results = Results::read(&class, builtin(), round, &desk.results);
    let heading = format!("{}，{} 题，题库 {} 版", scope_name(store, &set.scope), set.count(), set.bank.text());
    let on_print = store.dispatch.on(Action::PrintWanted(Printout::Page));
    html! {
        <div class="class__results">
            <div class="class__lists needs-program">
                <TextField label="名单：一行一个名字，可以从表格里粘贴" name="class-names" shape={Shape::Paragraph} class="class__list"
                    value={desk.names.clone()} on_write={on(live, |desk, text: String| desk.names = text)} />
                <TextField label="成绩：一行一个人，名字和成绩码，先后不论" name="class-results" shape={Shape::Paragraph} class="class__list"
                    value={desk.results.clone()} on_write={on(live, |desk, text: String| desk.results = text)} />
            </div>
            <div role="status">{ faults(&class, &results) }</div>
            <div>
                if results.handed.is_empty() {
                    <p>{ if class.names.is_empty() { "把收到的成绩粘贴到上面，这里就有表。名单不填也行，只是不知道谁没有交。".to_owned() } else { format!("名单上 {} 人，还没有人交。", class.names.len()) } }</p>
                } else {
                    { table(round, &class, &results) }
                    { items(store, round, &results) }
                    <div class="needs-program">
                        <CopyBox store={store.clone()} id="class-text" label="可以粘贴到表格或群里的文字" text={results.text(&heading, &class, builtin(), round)} rows="6">
                            <Button action="print" style={ButtonStyle::Plain} onclick={on_print}>{ "打印" }</Button>
                        </CopyBox>
                    </div>
                }
            </div>
        </div>
    }
}

/// What could not be used, and why; the rest counts.
fn faults(class: &Class, results: &Results) -> Html {
    let list = class.faults.iter().map(|fault| {
        let text = match fault {
            ListFault::TooLong(line) => format!("名单第 {line} 行太长，不像名字，没有收。"),
            ListFault::Twice(name) => format!("名单里“{name}”不止一个。要是两个人，请写得不一样，如加上单位。"),
            ListFault::TooMany(line) => format!("名单太长，第 {line} 行起没有读。"),
        };
        ("list", text)
    });
    let lines = results.faults.iter().map(|(line, fault)| {
        let (word, text) = match fault {
            Fault::Mistyped(name) => ("mistyped", format!("{name}的成绩码抄错了，或者没有抄全。请{name}核对了重发。")),
            Fault::Newer(name) => ("newer", format!("{name}的成绩码是更新的版本出的。请按 Ctrl+F5 刷新这一页。")),
            Fault::OtherRound(name) => ("other-round", format!("{name}的成绩码是另一组题的，没有算。")),
            Fault::Unknown(name) => ("unknown", format!("名单里没有“{name}”，没有算。")),
            Fault::Nameless => ("nameless", "有成绩码，没有名字，没有算。请在前面写上名字。".to_owned()),
            Fault::Codeless(name) => ("codeless", format!("“{name}”这一行没有成绩码。")),
            Fault::Twice { name, counts, other } => (
                "twice",
                format!(
                    "{name}交了不止一次，按先贴的算（{counts} 分）；这一个 {other} 分，没有算。要换，把前面那一行删掉。"
                ),
            ),
            Fault::TooMany => ("too-many", "太长了，这一行起没有读。".to_owned()),
        };
        (word, format!("成绩第 {line} 行：{text}"))
    });
    let all = list.chain(lines).enumerate();
    let rows = all.map(|(at, (word, text))| html! { <li key={at} data-class-fault={word}><bdi>{ text }</bdi></li> });
    let rows: Vec<Html> = rows.collect();
    html! {
        <div>
            if !rows.is_empty() {
                <ul class="note attention">{ for rows }</ul>
            }
        </div>
    }
}

/// Who handed in what, and who did not.
fn table(round: &Round, class: &Class, results: &Results) -> Html {
    let full: usize =
        round.asked.iter().filter_map(|asked| builtin().question(&asked.question)).map(|it| most(&it.form)).sum();
    let missing: Vec<_> = class.missing(results).collect();
    let says = if class.names.is_empty() {
        format!("已交 {} 人。", results.handed.len())
    } else if missing.is_empty() {
        format!("{} 人都交了。", class.names.len())
    } else {
        format!(
            "名单上 {} 人，已交 {} 人，没有交的 {} 人：{}。",
            class.names.len(),
            results.handed.len(),
            missing.len(),
            missing.join("、")
        )
    };
    let rows = results.handed.iter().map(|Handed { name, result }| {
        let [right, partly, wrong] = result.counts();
        let open = round.asked.len().saturating_sub(result.outcomes.len());
        html! {
            <tr key={name.as_str()} data-handed={name.clone()}>
                <th scope="row"><bdi>{ name }</bdi></th>
                <td data-points={result.points.to_string()}>{ result.points.to_string() }</td>
                { for [right, partly, wrong, open].into_iter().enumerate().map(|(at, count)| html! { <td key={at}>{ count.to_string() }</td> }) }
            </tr>
        }
    });
    section(
        "class-table",
        "谁交了",
        html! {
            <>
                <p data-missing={missing.len().to_string()}>{ says }</p>
                <div class="class__scroll" tabindex="0" role="group" aria-label="成绩表">
                    <table class="result__steps">
                        <thead>
                            <tr>
                                <th scope="col">{ "姓名" }</th><th scope="col">{ format!("得分（满分 {full}）") }</th>
                                <th scope="col">{ "答对" }</th><th scope="col">{ "对一部分" }</th><th scope="col">{ "答错" }</th><th scope="col">{ "没有答" }</th>
                            </tr>
                        </thead>
                        <tbody>{ for rows }</tbody>
                    </table>
                </div>
            </>
        },
    )
}

/// What most got wrong first.
fn items(store: &Store, round: &Round, results: &Results) -> Html {
    let found = results.items(round);
    let rows = found.iter().filter_map(|item| Some((item, builtin().question(&item.question)?)));
    let rows = rows.map(|(item, question): (&Item, &'static Question)| {
        let [_, partly, wrong] = item.counts;
        let says = match (item.answered(), partly + wrong) {
            (0, _) => "没有人答到".to_owned(),
            (_, 0) => "都答对了".to_owned(),
            (answered, _) => {
                format!("{answered} 人答，{wrong} 人答错，{partly} 人对一部分（没有全对的占 {}%）", item.missed_per_cent())
            }
        };
        html! {
            <li key={item.question.as_str()} class="again" data-item={item.question.clone()} data-missed={(partly + wrong).to_string()}>
                <p>{ format!("第 {} 题 · {}", item.number, question.stem) }</p>
                <p><strong>{ says }</strong></p>
                { references::of_question(store, question) }
            </li>
        }
    });
    section("class-items", "哪些题错得多", html! { <ol class="class__items">{ for rows }</ol> })
}
