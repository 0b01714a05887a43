//! 学习: where somebody is, what is due, and the ways in.

mod answering;
mod asking;
mod assigned;
pub(crate) mod class;
pub(crate) mod crib;
pub(crate) mod lessons;
mod live;
mod named;
mod paper;
pub(crate) mod practice;
pub(crate) mod quiz;
pub(crate) mod record;
mod references;
mod sitting;
mod verdict;

use plan_checklist_domain::training::progress::FORECAST;
use plan_checklist_domain::training::{Progress, builtin};
use yew::prelude::*;

use crate::components::link::link;
use crate::components::page_head::page_head;
use crate::components::section::section;
use crate::components::terms::terms;
use crate::route::Route;
use crate::store::{State, Store};

/// How far somebody is, as of today by the clock: another day that is looked at brings nothing forward.
fn progress(state: &State) -> Progress {
    Progress::of(&state.training, builtin(), state.clock_day())
}

pub(crate) fn learning(store: &Store) -> Html {
    let (bank, progress) = (builtin(), progress(store));
    let (read, lessons) = (progress.read.len(), bank.lessons.len());
    let (due, mistakes) = (progress.due().count(), progress.mistakes().count());
    let on = match read {
        0 => "从第一条学起",
        _ if read < lessons => "接着学",
        _ => "再看一遍",
    };
    let seen = match progress.retention() {
        Some(percent) => {
            format!("答过 {} 题，共 {} 题；估计现在还记得其中的 {percent}%。", progress.seen(), bank.questions.len())
        }
        None => format!("还没有答过，题库共 {} 题。", bank.questions.len()),
    };
    let mistakes = match mistakes {
        0 => "是空的。".to_owned(),
        count => format!("有 {count} 题。在两组不同的测验或复习里都答对，就从里面去掉。"),
    };
    let due = match due {
        0 => "今天没有到期要复习的。".to_owned(),
        count => format!("今天有 {count} 题到期。"),
    };
    html! {
        <div class="page">
            { page_head(None, "学习", html! {
                <p class="page__lead">
                    { "新接手规划工作的同事，用一个下午记住讲话要求了什么、谁来做、什么时候做完；以后每天几分钟，不忘。" }
                </p>
            }) }
            { section("where-heading", "学到哪里了", terms([
                ("读本", format!("已学 {read} 条，共 {lessons} 条。").into()),
                ("测验", seen.into()),
                ("复习", due.into()),
                ("错题本", mistakes.into()),
                ("练习县", practice::how_far(&progress).into()),
            ])) }
            <ul class="ways">
                { way(store, Route::Lessons, on, "读本", "一屏一条，讲清讲话要什么、谁来做、常见的毛病。全部读完约两小时，随时可以停。") }
                { way(store, Route::Crib, "看一页", "速记", "讲话的结构一页纸：三点认识、五要、四个准确把握、两个时限。可以打印。") }
                { way(store, Route::Quiz, "选一组题", "测验", "每答一题就告诉你对不对、错在哪里、出处是哪一条。错题可以单独做。") }
                { way(store, Route::Revision, "去复习", "复习", "快忘的时候再问你一次：记得牢的隔得久，记不住的第二天就来。") }
                { way(store, Route::Practice, "去审一审", "练习县", "一个编出来的县的自查表，埋了二十多处毛病：看你找得到几处，会不会冤枉好人。共三套。") }
            </ul>
            { forecast(&progress) }
            <p class="buttons">
                { link(store, Route::Record, "", "成绩单") }
                { link(store, Route::Class, "", "带教：布置题目、印试卷、收成绩") }
            </p>
            <p class="page__sources">
                { "学习记录和答复一样，只存在这个浏览器里，每答一题就存好，在全部自查表的备份里也有。" }
                { link(store, Route::Safety, "", "数据安全") }
                { aside(&progress) }
            </p>
        </div>
    }
}

fn way(store: &Store, to: Route, go: &'static str, name: &'static str, what: &'static str) -> Html {
    html! {
        <li key={name} class="way">
            <h2 class="way__name">{ name }</h2>
            <p class="way__what">{ what }</p>
            <p>{ link(store, to, "button", go) }</p>
        </li>
    }
}

/// How much will be due on the days to come; nothing where nothing was answered yet.
pub(super) fn forecast(progress: &Progress) -> Html {
    let days = progress.forecast();
    let most = days.iter().copied().max().unwrap_or(0).max(1);
    let rows = days.iter().enumerate().map(|(ahead, count)| {
        let day = match ahead {
            0 => "今天".to_owned(),
            1 => "明天".to_owned(),
            _ => format!("{ahead} 天后"),
        };
        let width = format!("{}", count * 100 / most);
        html! {
            <tr key={ahead}>
                <th scope="row">{ day }</th>
                <td class="forecast__count">{ format!("{count} 题") }</td>
                <td>
                    <svg class="forecast__bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                        <rect {width} height="4" />
                    </svg>
                </td>
            </tr>
        }
    });
    html! {
        <div>
            if progress.seen() > 0 {
                <details class="forecast">
                    <summary>{ format!("往后 {FORECAST} 天，每天有多少题到期") }</summary>
                    <table><tbody>{ for rows }</tbody></table>
                </details>
            }
        </div>
    }
}

/// What was learned of questions that are no more.
fn aside(progress: &Progress) -> Html {
    html! {
        <span>
            if progress.aside > 0 {
                { format!("另有 {} 次答题的题目已经不在题库里，记录留着。", progress.aside) }
            }
        </span>
    }
}
