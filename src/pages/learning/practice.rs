//! 练习县: an invented county's answers, to be looked through for what is wrong with them.
//!
//! What the trainee says goes into the log of what was learned, and nowhere else.

mod reviewing;
mod scored;
mod sheet;
pub(super) mod view;

use std::rc::Rc;

use plan_checklist_domain::RequirementId;
use plan_checklist_domain::training::practice::{SETS, day};
use plan_checklist_domain::training::{Deed, FaultKind, Practice, Progress};
use yew::prelude::*;

use self::reviewing::{ASKED, HEADING, Reviewing, kinds, reviewing};
use self::scored::{RULE, scored};
use self::sheet::SOUND;
use self::view::{View, name, points};
use super::progress;
use crate::components::button::{Button, ButtonStyle};
use crate::components::page_head::page_head;
use crate::components::section::section;
use crate::components::terms::terms;
use crate::effects::scroll;
use crate::store::{Action, Dispatch, Store};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct PracticePageProps {
    pub(crate) store: Store,
}

/// How far somebody is with the sets, in a sentence.
pub(super) fn how_far(progress: &Progress) -> String {
    let done = SETS.into_iter().filter(|set| progress.practice.last(*set).is_some()).count();
    match done {
        0 => "三套都还没有交卷。".into(),
        _ => format!("三套里交过卷的有 {done} 套。"),
    }
}

#[component]
pub(crate) fn PracticePage(props: &PracticePageProps) -> Html {
    let PracticePageProps { store } = props;
    let view = use_state_eq(View::default);
    let is_asked = use_state_eq(|| false);
    // Which answer to go to once its step is shown.
    let target = use_mut_ref(String::new);
    {
        // Of a page that was left and is come back to, the set goes on.
        let (view, steps) = (view.setter(), store.catalogue.steps.len());
        let noted = store.arrival.note.as_ref().map(|note| View::parse(&note.entered, steps));
        use_effect_with(store.arrival.count, move |_| {
            if let Some(noted) = noted {
                view.set(noted);
            }
        });
    }
    let progress = progress(store);
    let last = |set: u8| progress.practice.last(set);
    let shown = match *view {
        // Handed in in another tab, perhaps.
        View::Reviewing { set, attempt, .. } if last(set).is_some_and(|(last, _)| last >= attempt) => {
            View::Scored { set }
        }
        View::Scored { set } if last(set).is_none() => View::Start,
        view => view,
    };
    let practice = {
        let catalogue = store.catalogue;
        use_memo(shown.set(), move |set| set.map(|set| Practice::set(catalogue, set)))
    };
    {
        let (target, is_first) = (target.clone(), use_mut_ref(|| true));
        use_effect_with(shown, move |_| {
            let target = target.take();
            if !is_first.replace(false) && !scroll::reveal(&target) {
                scroll::reveal(HEADING);
            }
        });
    }
    use_effect_with(*is_asked, |is_asked| {
        if *is_asked {
            scroll::reveal(ASKED);
        }
    });
    let go = {
        let (view, is_asked, dispatch) = (view.setter(), is_asked.setter(), store.dispatch.clone());
        Callback::from(move |next: View| {
            dispatch.send(Action::Entered(next.text()));
            is_asked.set(false);
            view.set(next);
        })
    };
    let inside = match (shown, &*practice) {
        (View::Reviewing { set, attempt, step }, Some(practice)) => {
            let go_to = {
                let (go, target) = (go.clone(), target.clone());
                Callback::from(move |(view, place): (View, String)| {
                    // On this step already, perhaps.
                    if !scroll::reveal(&place) {
                        target.replace(place);
                        go.emit(view);
                    }
                })
            };
            let with = Reviewing {
                judge: judge(&store.dispatch, set, attempt),
                go: go.clone(),
                go_to,
                is_asked: *is_asked,
                ask: {
                    let is_asked = is_asked.setter();
                    Callback::from(move |asked: bool| is_asked.set(asked))
                },
                hand_in: {
                    let (store, go) = (store.clone(), go.clone());
                    Callback::from(move |()| {
                        let deed = Deed::HandedIn { set, attempt, day: store.clock_day() };
                        store.dispatch.send(Action::Learned(deed.text()));
                        go.emit(View::Scored { set });
                    })
                },
            };
            reviewing(store, practice, (attempt, step), &progress.practice.under_way(set), &with)
        }
        (View::Scored { set }, Some(practice)) => match last(set) {
            Some(attempt) => scored(store, practice, attempt, &go),
            None => Html::default(),
        },
        _ => start(store, &progress, &go),
    };
    let kicker = shown.set().map_or_else(|| "练习数据".to_owned(), |set| format!("练习数据 · {}", name(set)));
    html! {
        <div class="page">
            { page_head(Some(&kicker), "练习县", html! {
                <p class="page__lead">
                    { "一个编出来的县的自查表，里面埋了毛病。像审真的一样逐项看，指出哪里不对、是什么毛病。" }
                </p>
            }) }
            <div key={shown.text()}>{ inside }</div>
        </div>
    }
}

/// Writes down what is said of an answer.
fn judge(dispatch: &Dispatch, set: u8, attempt: u32) -> Callback<(RequirementId, String)> {
    let dispatch = dispatch.clone();
    Callback::from(move |(requirement, word): (RequirementId, String)| {
        let deed = match word.as_str() {
            "" => Deed::Withdrawn { set, attempt, requirement },
            SOUND => Deed::Judged { set, attempt, requirement, verdict: None },
            word => match FaultKind::parse(word) {
                Some(kind) => Deed::Judged { set, attempt, requirement, verdict: Some(kind) },
                None => return,
            },
        };
        dispatch.send(Action::Learned(deed.text()));
    })
}

/// What it is, and the sets.
fn start(store: &Store, progress: &Progress, go: &Callback<View>) -> Html {
    let today = day().today.in_chinese();
    let about = terms([
        ("练习数据", "县名、数字、文件都是编的。它不在“我的自查表”里，不进汇总，也不会改动任何真的自查表。".into()),
        ("练习日", format!("一律按 {today} 看：年底的时限就在眼前，逾期、临近都按这一天算。").into()),
        ("怎么做", "一步一步看，每一项选“没发现问题”，或者选一种毛病。随时可以停，选过的都存着。看完交卷。".into()),
        ("怎样计分", RULE.into()),
        ("用时", "一套 72 项，约四十分钟到一小时。三套埋的毛病不一样，都有易、中、难。".into()),
    ]);
    let sets = SETS.map(|set| set_card(store, progress, go, set));
    html! {
        <div class="practice">
            { about }
            <h2 id={HEADING} tabindex="-1" class="page__subtitle practice__heading">{ "选一套" }</h2>
            <ul class="ways practice__sets">{ for sets }</ul>
            { section("practice-kinds", "九种毛病", kinds()) }
        </div>
    }
}

fn set_card(store: &Store, progress: &Progress, go: &Callback<View>, set: u8) -> Html {
    let under_way = progress.practice.under_way(set);
    let wrong = under_way.values().flatten().count();
    let last = progress.practice.last(set);
    let result = last.map(|(number, attempt)| {
        let practice = Rc::new(Practice::set(store.catalogue, set));
        let score = practice.score(store.catalogue, &attempt.verdicts);
        format!("第 {number} 次得 {} 分，满分 {} 分。", points(score.half_points()), score.planted())
    });
    let says = match (result, under_way.is_empty()) {
        (None, true) => "还没有做。".to_owned(),
        (result, true) => result.unwrap_or_default(),
        (result, false) => {
            format!("{}正在做：看过 {} 项，指出 {wrong} 处。", result.unwrap_or_default(), under_way.len())
        }
    };
    let attempt = progress.practice.current(set);
    let to = |view: View| go.reform(move |_: MouseEvent| view);
    let begin = match (under_way.is_empty(), last.is_some()) {
        (false, _) => "接着做",
        (true, true) => "再做一次",
        (true, false) => "开始",
    };
    html! {
        <li key={set} class="way" data-set={set.to_string()}>
            <h3 class="way__name">{ name(set) }</h3>
            <p class="way__what">{ says }</p>
            <p class="buttons needs-program">
                <Button action="begin-set" style={ButtonStyle::Plain} label={format!("{begin}：{}", name(set))}
                    is_disabled={!store.is_restored} onclick={to(View::Reviewing { set, attempt, step: 0 })}>
                    { begin }
                </Button>
                <span>
                    if last.is_some() {
                        <Button action="see-result" style={ButtonStyle::Quiet} label={format!("看{}上次的结果", name(set))}
                            onclick={to(View::Scored { set })}>
                            { "看上次的结果" }
                        </Button>
                    }
                </span>
            </p>
        </li>
    }
}
