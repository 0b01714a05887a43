//! What stands around the table: what could not be read, who is missing, what most miss, what is late, two rounds, and the
//! files to hand on.

use serde_json::Value;
use yew::prelude::*;

use super::table::more;
use super::{DETAILS, Desk, Live, ROWS, count, items, text, texts};
use crate::components::button::{Button, ButtonStyle};
use crate::components::copy_box::CopyBox;
use crate::components::section::section;
use crate::store::{Action, Printout, Store};

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const EXCEL: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What could not be read, and why.
pub(super) fn unread(view: &Value) -> Html {
    let failed: Vec<&Value> = items(&view["sources"]["failed"]).collect();
    let all = count(&view["sources"]["all_failed"]);
    let lines = failed.iter().enumerate().map(|(at, failed)| {
        html! { <li key={at}><bdi>{ text(&failed["name"]) }</bdi>{ format!("：{}", text(&failed["why"])) }</li> }
    });
    html! {
        <div>
            if !failed.is_empty() {
                <div class="note" data-failed={all.to_string()}>
                    <p class="attention">{ format!("有 {all} 份没有读出来，其余的照常汇总：") }</p>
                    <ul class="plain-list rollup__long">{ for lines }{ others(all, failed.len()) }</ul>
                </div>
            }
        </div>
    }
}

/// Says how many a list leaves out.
fn others(all: u64, shown: usize) -> Html {
    let left = all.saturating_sub(u64::try_from(shown).unwrap_or(u64::MAX));
    if left > 0 {
        html! { <li key="others">{ format!("……另有 {left} 个。") }</li> }
    } else {
        html! {}
    }
}

/// What is doubtful about what was read.
pub(super) fn notes(view: &Value) -> Html {
    let noted: Vec<&Value> = items(&view["sources"]["noted"]).collect();
    let all = count(&view["sources"]["all_noted"]);
    let lines = noted.iter().enumerate().map(|(at, noted)| {
        html! { <li key={at}><bdi>{ text(&noted["name"]) }</bdi>{ format!("：{}", texts(&noted["notes"]).concat()) }</li> }
    });
    html! {
        <div>
            if !noted.is_empty() {
                { section("rollup-notes", "读出来了，但要看一眼的", html! {
                    <ul class="plain-list rollup__long" data-noted={all.to_string()}>{ for lines }{ others(all, noted.len()) }</ul>
                }) }
            }
        </div>
    }
}

pub(super) fn outputs(store: &Store, live: &Live, desk: &Desk, view: &Value) -> Html {
    let is_busy = desk.is_making;
    let make = |job: &'static str, name: &'static str, media: &'static str| {
        let live = live.clone();
        let group = text(&view["group"]);
        Callback::from(move |_: MouseEvent| {
            let arguments = match job {
                "rollup_notice" => vec![group.clone().into(), live.desk.borrow().roster.clone().into()],
                _ => Vec::new(),
            };
            live.make(job, arguments, name, media);
        })
    };
    let on_print = store.dispatch.on(Action::PrintWanted(Printout::Page));
    html! {
        <div class="needs-program">
            { section("rollup-outputs", "存下来、发出去", html! {
                <>
                    <p class="buttons">
                        <Button action="make-rollup" style={ButtonStyle::Primary} {is_busy}
                            onclick={make("rollup_sheet", "规划编制自查汇总表.xlsx", EXCEL)}>{ "汇总表" }</Button>
                        <Button action="make-notice" {is_busy}
                            onclick={make("rollup_notice", "规划编制自查情况通报.docx", WORD)}>{ "通报文档" }</Button>
                        <Button action="make-details" {is_busy}
                            onclick={make(DETAILS, "规划编制自查汇总明细.csv", "text/csv")}>{ "明细（纯文本表格）" }</Button>
                        <Button action="print" onclick={on_print}>{ "打印这张表（A3 横向）" }</Button>
                    </p>
                    <CopyBox store={store.clone()} id="rollup-words" label="可以直接粘贴到群里的话（发之前请看一遍）" text={text(&view["text"])} rows="6" />
                </>
            }) }
        </div>
    }
}

/// 未报
pub(super) fn roster(view: &Value) -> Html {
    let roster = &view["roster"];
    let named = count(&roster["named"]);
    let (missing, beyond, faults) = (texts(&roster["missing"]), texts(&roster["beyond"]), texts(&roster["faults"]));
    let says = if missing.is_empty() {
        format!("名单上 {named} 个单位都报了。")
    } else {
        format!("名单上 {named} 个单位，还有 {} 个没有报：", missing.len())
    };
    let name = |name: &String| html! { <li key={name.as_str()}><bdi>{ name }</bdi></li> };
    html! {
        <div>
            if named > 0 {
                { section("rollup-missing", "未报", html! {
                    <>
                        <p data-missing={missing.len().to_string()}>{ says }</p>
                        <ul class="rollup__names">{ for missing.iter().map(name) }</ul>
                        if !beyond.is_empty() {
                            <p>{ format!("报了但不在名单上的 {} 个（名字写得不一样也会在这里）：", count(&roster["all_beyond"])) }</p>
                            <ul class="rollup__names">{ for beyond.iter().map(name) }{ others(count(&roster["all_beyond"]), beyond.len()) }</ul>
                        }
                        <ul class="attention">{ for faults.iter().map(name) }</ul>
                    </>
                }) }
            }
        </div>
    }
}

/// 多数单位缺的要求
pub(super) fn missed(view: &Value) -> Html {
    let lines = items(&view["missed"]).enumerate().map(|(at, missed)| {
        let unchecked = count(&missed["unchecked"]);
        let unchecked = if unchecked > 0 { format!("（其中 {unchecked} 个没有核对）") } else { String::new() };
        html! {
            <li key={at}>
                <strong>{ text(&missed["title"]) }</strong>
                { format!("：{} 个单位里 {} 个没有落实{unchecked}", count(&missed["asked"]), count(&missed["open"])) }
            </li>
        }
    });
    section(
        "rollup-missed",
        "没有落实的单位最多的要求",
        html! {
            if items(&view["missed"]).next().is_none() {
                <p>{ "各项要求，各单位都落实了，或者不适用。" }</p>
            } else {
                <ol class="rollup__missed">{ for lines }</ol>
            }
        },
    )
}

/// 逾期与临近
pub(super) fn late(live: &Live, view: &Value) -> Html {
    let (all, shown) = (count(&view["all_late"]), items(&view["late"]).count() as u64);
    let rows = items(&view["late"]).enumerate().map(|(at, found)| {
        let word = if found["is_late"].as_bool().unwrap_or_default() { "逾期" } else { "临近" };
        html! {
            <tr key={at}>
                <td>{ text(&found["due"]) }</td>
                <td class={(word == "逾期").then_some("matrix__late")}>{ word }</td>
                <th scope="row"><bdi>{ text(&found["unit"]) }</bdi></th>
                <td class="rollup__words">{ text(&found["title"]) }</td>
                <td><bdi>{ text(&found["owner"]) }</bdi></td>
            </tr>
        }
    });
    section(
        "rollup-late",
        "逾期与临近",
        html! {
            if all == 0 {
                <p>{ "没有逾期的，30 天内也没有到期的。" }</p>
            } else {
                <p data-late={all.to_string()}>{ format!("共 {all} 项，按时限先后。") }</p>
                <div class="rollup__scroll" tabindex="0" role="region" aria-labelledby="rollup-late">
                    <table class="rollup__list">
                        <thead>
                            <tr>
                                <th scope="col">{ "时限" }</th><th scope="col">{ "状态" }</th><th scope="col">{ "单位" }</th>
                                <th scope="col">{ "要求" }</th><th scope="col">{ "责任人" }</th>
                            </tr>
                        </thead>
                        <tbody>{ for rows }</tbody>
                    </table>
                </div>
                { more(live, "more-late", all - shown, |asked| asked.late = asked.late.saturating_mul(5)) }
            }
        },
    )
}

/// 两轮对比
pub(super) fn rounds(live: &Live, view: &Value) -> Html {
    let rounds = &view["rounds"];
    let (all, shown) = (count(&rounds["all"]), items(&rounds["moves"]).count() as u64);
    let (gone, new) = (texts(&rounds["gone"]), texts(&rounds["new"]));
    let rows = items(&rounds["moves"]).enumerate().map(|(at, moved)| {
        let back = texts(&moved["back"]);
        html! {
            <tr key={at}>
                <th scope="row"><bdi>{ text(&moved["name"]) }</bdi></th>
                <td>{ text(&moved["then"]) }</td>
                <td>{ text(&moved["now"]) }</td>
                <td>{ count(&moved["done"]) }</td>
                <td class={(!back.is_empty()).then_some("matrix__late")}>{ back.len() }</td>
                <td class="rollup__words">{ back.join("；") }</td>
            </tr>
        }
    });
    html! {
        <div>
            if all > 0 || !gone.is_empty() {
                { section("rollup-rounds", "两轮对比", html! {
                    <>
                        <div class="rollup__scroll" tabindex="0" role="region" aria-labelledby="rollup-rounds">
                            <table class="rollup__list" data-moves={all.to_string()}>
                                <thead>
                                    <tr>
                                        <th scope="col">{ "单位" }</th><th scope="col">{ "上一轮" }</th><th scope="col">{ "这一轮" }</th>
                                        <th scope="col">{ "新落实" }</th><th scope="col">{ "退回" }</th><th scope="col">{ "由已落实退回的要求" }</th>
                                    </tr>
                                </thead>
                                <tbody>{ for rows }</tbody>
                            </table>
                        </div>
                        { more(live, "more-moves", all - shown, |asked| asked.moves = asked.moves.saturating_add(ROWS * 10)) }
                        if !gone.is_empty() {
                            <p>{ format!("上一轮报了，这一轮没有：{}。", gone.join("、")) }</p>
                        }
                        if !new.is_empty() {
                            <p>{ format!("这一轮才有：{}。", new.join("、")) }</p>
                        }
                    </>
                }) }
            }
        </div>
    }
}

/// Which units came from several sources.
pub(super) fn merged(view: &Value) -> Html {
    let merged: Vec<&Value> = items(&view["merged"]).collect();
    let all = count(&view["all_merged"]);
    let lines = merged.iter().enumerate().map(|(at, merged)| {
        let disputed = match count(&merged["disputed"]) {
            0 => "各份没有不一致的。".to_owned(),
            count => format!("有 {count} 项说法不一，逐项以新的为准。"),
        };
        html! {
            <li key={at}><bdi>{ text(&merged["name"]) }</bdi>{ format!("：{}。{disputed}", texts(&merged["from"]).join("、")) }</li>
        }
    });
    html! {
        <div>
            if !merged.is_empty() {
                { section("rollup-merged", "由几份材料合成的单位", html! {
                    <ul class="plain-list rollup__long" data-merged={all.to_string()}>{ for lines }{ others(all, merged.len()) }</ul>
                }) }
            }
        </div>
    }
}
