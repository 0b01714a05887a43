//! 测验 and 复习: rounds of questions, one a screen.

use plan_checklist_domain::UnitKind;
use plan_checklist_domain::training::round::{OF_A_KIND, QUICK};
use plan_checklist_domain::training::{Deed, Given, Grade, Mark, Outcome, Progress, Question, Scope, builtin};
use yew::prelude::*;

use super::answering::mover;
use super::asking::{Asking, QUESTION, asking, moved};
use super::references;
use super::sitting::Sitting;
use super::verdict::{RULES, VERDICT, outcome};
use super::{forecast, progress};
use crate::components::button::{Button, ButtonStyle};
use crate::components::link::link;
use crate::components::page_head::page_head;
use crate::components::section::section;
use crate::components::select::Select;
use crate::components::terms::terms;
use crate::effects::{clock, scroll};
use crate::route::Route;
use crate::store::{Action, Store};
use crate::words;

/// The id of the heading above what came of a round.
const RESULT: &str = "result";

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct QuizProps {
    pub(crate) store: Store,
    /// 复习: what is due, with a grade for every question.
    pub(crate) is_revision: bool,
}

#[component]
pub(crate) fn Quiz(props: &QuizProps) -> Html {
    let QuizProps { store, is_revision } = props;
    let is_revision = *is_revision;
    let sitting = use_state(|| None::<Sitting>);
    let chosen = use_state(|| (builtin().questions[0].step.clone(), UnitKind::County));
    let last_moved = use_state(|| None::<(usize, bool)>);
    {
        // Of a page that was left and is come back to, the round goes on.
        let sitting = sitting.clone();
        let noted = store.arrival.note.as_ref().and_then(|note| Sitting::parse(builtin(), &note.entered));
        use_effect_with(store.arrival.count, move |_| {
            if noted.is_some() {
                sitting.set(noted);
            }
        });
    }
    use_focus(sitting.as_ref(), *last_moved);
    let change = {
        let (sitting, dispatch, last_moved) = (sitting.clone(), store.dispatch.clone(), last_moved.setter());
        Callback::from(move |next: Option<Sitting>| {
            last_moved.set(None);
            dispatch.send(Action::Entered(next.as_ref().map(|next| next.text(!is_revision)).unwrap_or_default()));
            sitting.set(next);
        })
    };
    let begin = {
        let (store, change) = (store.clone(), change.clone());
        Callback::from(move |scope: Scope| change.emit(Sitting::begin(scope, clock::now(), &progress(&store))))
    };
    let page = match &*sitting {
        None if is_revision => start_revision(store, &begin),
        None => start(store, &begin, &chosen),
        Some(under_way) if under_way.is_over => result(store, under_way, &begin, &change, is_revision),
        Some(under_way) => {
            let edit = |make: fn(&mut Sitting)| {
                let (under_way, change) = (under_way.clone(), change.clone());
                Callback::from(move |()| {
                    let mut next = under_way.clone();
                    make(&mut next);
                    change.emit(Some(next));
                })
            };
            let on_give = {
                let (under_way, sitting) = (under_way.clone(), sitting.clone());
                Callback::from(move |given: Given| sitting.set(Some(Sitting { given, ..under_way.clone() })))
            };
            let on_move = {
                let (under_way, sitting, last_moved) = (under_way.clone(), sitting.clone(), last_moved.setter());
                Callback::from(move |(item, is_up): (usize, bool)| {
                    if let Given::Ordered(order) = &under_way.given {
                        let given = Given::Ordered(move_item(order, item, is_up));
                        sitting.set(Some(Sitting { given, ..under_way.clone() }));
                        last_moved.set(Some((item, is_up)));
                    }
                })
            };
            let record = {
                let (store, session) = (store.clone(), under_way.session);
                move |question: &Question, mark: Mark, grade: Grade| {
                    let (question, outcome) = (question.id.clone(), mark.outcome());
                    let deed = Deed::Reviewed { question, grade, outcome, day: store.clock_day(), session };
                    store.dispatch.send(Action::Learned(deed.text()));
                }
            };
            let on_hand_in = {
                let (under_way, change, record) = (under_way.clone(), change.clone(), record.clone());
                Callback::from(move |()| {
                    let mut next = under_way.clone();
                    // Enter is heard twice where it is pressed twice.
                    if next.mark.is_none()
                        && next.given.is_whole()
                        && let Some(mark) = next.hand_in()
                        && let Some((question, _)) = next.current()
                    {
                        if !is_revision {
                            record(question, mark, mark.outcome().grade());
                        }
                        change.emit(Some(next));
                    }
                })
            };
            let grading = under_way.current().filter(|_| is_revision).map(|(question, _)| {
                let (under_way, change) = (under_way.clone(), change.clone());
                let on_grade = Callback::from(move |grade: Grade| {
                    let mut next = under_way.clone();
                    if let Some(mark) = next.mark {
                        record(question, mark, grade);
                        next.go_on();
                        change.emit(Some(next));
                    }
                });
                (on_grade, progress(store).intervals(&question.id))
            });
            // Where a grade is asked and was not given, the question comes again.
            let on_stop = edit(if is_revision { Sitting::stop } else { Sitting::stop_after_this });
            let with = Asking { on_give, on_move, on_hand_in, on_go_on: edit(Sitting::go_on), grading, on_stop };
            asking(store, under_way, moved(under_way, last_moved.map(|(item, _)| item)), &with)
        }
    };
    let (title, lead) = if is_revision {
        ("复习", "快忘的题今天再问一遍。答完说说记得怎么样，按钮上写着下次什么时候再问。")
    } else {
        ("测验", "每答一题，马上看对不对、错在哪里、出处是哪一条。")
    };
    html! {
        <div class="page">
            { page_head(None, title, html! { <p class="page__lead">{ lead }</p> }) }
            <div class="quiz">{ page }</div>
        </div>
    }
}

/// Gives the focus to what is new: the next question, what is said of the one handed in, the result, an item that moved.
#[hook]
fn use_focus(sitting: Option<&Sitting>, last_moved: Option<(usize, bool)>) {
    let place = sitting.map(|sitting| (sitting.session, sitting.marks.len(), sitting.mark.is_some(), sitting.is_over));
    use_effect_with(place, |place| match place {
        None => {}
        Some((.., true)) => {
            scroll::reveal(RESULT);
        }
        Some((_, _, true, _)) => {
            scroll::reveal(VERDICT);
        }
        Some(_) => {
            scroll::reveal(QUESTION);
        }
    });
    let order = match sitting.map(|sitting| &sitting.given) {
        Some(Given::Ordered(order)) => order.clone(),
        _ => Vec::new(),
    };
    use_effect_with((last_moved, order), |(moved, order)| {
        if let Some((item, is_up)) = *moved {
            // At the end of the list its button is off: the other one goes on.
            let is_end = if is_up { order.first() == Some(&item) } else { order.last() == Some(&item) };
            scroll::focus_id(&mover(item, is_up != is_end));
        }
    });
}

/// The order after an item went one place on.
fn move_item(order: &[usize], item: usize, is_up: bool) -> Vec<usize> {
    let mut next = order.to_vec();
    let from = next.iter().position(|other| *other == item);
    let to =
        from.and_then(|from| if is_up { from.checked_sub(1) } else { Some(from + 1).filter(|to| *to < next.len()) });
    if let (Some(from), Some(to)) = (from, to) {
        next.swap(from, to);
    }
    next
}

/// Which round it is to be.
fn start(store: &Store, begin: &Callback<Scope>, chosen: &UseStateHandle<(String, UnitKind)>) -> Html {
    let progress = progress(store);
    let (step, kind) = (**chosen).clone();
    let is_waiting = !store.is_restored;
    let button = |action: &'static str, style, text: String, scope: Scope, is_empty: bool| {
        let (begin, is_disabled) = (begin.clone(), is_empty || is_waiting);
        let onclick = Callback::from(move |_: MouseEvent| begin.emit(scope.clone()));
        html! { <Button {action} {style} {is_disabled} {onclick}>{ text }</Button> }
    };
    let steps = store.catalogue.steps.iter().map(|step| {
        let count = builtin().questions.iter().filter(|question| question.step == step.id).count();
        (AttrValue::from(step.id.as_str()), AttrValue::from(format!("{}（{count} 题）", step.title)))
    });
    let kinds = UnitKind::ALL.map(|kind| (AttrValue::from(kind.as_str()), AttrValue::from(words::kind(kind)))).to_vec();
    let on_step = {
        let chosen = chosen.clone();
        Callback::from(move |step: String| chosen.set((step, chosen.1)))
    };
    let on_kind = {
        let chosen = chosen.clone();
        Callback::from(move |word: String| {
            if let Some(kind) = UnitKind::parse(&word) {
                chosen.set((chosen.0.clone(), kind));
            }
        })
    };
    let (mistakes, due) = (progress.mistakes().count(), progress.due().count());
    let rules = terms(RULES.map(|(form, rule)| (form, rule.into())));
    html! {
        <>
            <div class="rounds needs-program">
                { section("round-quick", "快测", html! {
                    <p>{ button("quick", ButtonStyle::Primary, format!("来 {QUICK} 题"), Scope::Quick, false) }</p>
                }) }
                { section("round-step", "按步骤", html! {
                    <div class="rounds__choose">
                        <Select label="哪一步" name="step" options={steps.collect::<Vec<_>>()} value={step.clone()} is_disabled={is_waiting} on_choose={on_step} />
                        { button("step", ButtonStyle::Plain, "测这一步".into(), Scope::Step(step), false) }
                    </div>
                }) }
                { section("round-kind", "按单位", html! {
                    <div class="rounds__choose">
                        <Select label="哪类单位" name="kind" options={kinds} value={kind.as_str()} is_disabled={is_waiting} on_choose={on_kind} />
                        { button("kind", ButtonStyle::Plain, format!("测 {OF_A_KIND} 题"), Scope::Kind(kind), false) }
                    </div>
                }) }
                { section("round-more", "更多", html! {
                    <p class="buttons">
                        { button("mistakes", ButtonStyle::Plain, format!("错题本（{mistakes} 题）"), Scope::Mistakes, mistakes == 0) }
                        { button("due", ButtonStyle::Plain, format!("到期的（{due} 题）"), Scope::Due, due == 0) }
                        { button("full", ButtonStyle::Plain, format!("全部 {} 题", builtin().questions.len()), Scope::Full, false) }
                    </p>
                }) }
            </div>
            <details><summary>{ "怎么计分" }</summary>{ rules }</details>
        </>
    }
}

/// What is due, and the way to begin with it.
fn start_revision(store: &Store, begin: &Callback<Scope>) -> Html {
    let progress = progress(store);
    let onclick = begin.reform(|_: MouseEvent| Scope::Due);
    let due = progress.due().count();
    let says = match (due, progress.seen()) {
        (0, 0) => "还没有答过题。先做一组测验，答过的题到时候会在这里再问。".to_owned(),
        (0, _) => "今天没有到期的题。".to_owned(),
        (count, _) => format!("今天有 {count} 题到期。"),
    };
    html! {
        <>
            <p>{ says }</p>
            <p class="buttons needs-program">
                if due > 0 {
                    <Button action="due" style={ButtonStyle::Primary} {onclick}>{ format!("开始复习（{due} 题）") }</Button>
                } else {
                    { link(store, Route::Quiz, "button", "去测验") }
                }
            </p>
            { forecast(&progress) }
        </>
    }
}

/// What came of a round: by step, and what is to be looked at again.
fn result(
    store: &Store,
    sitting: &Sitting,
    begin: &Callback<Scope>,
    change: &Callback<Option<Sitting>>,
    is_revision: bool,
) -> Html {
    let done: Vec<_> = sitting.done().collect();
    let sum = |marks: &[(&Question, Mark)]| {
        marks.iter().fold((0, 0), |(points, of), (_, mark)| (points + mark.points, of + mark.of))
    };
    let (points, of) = sum(&done);
    let count = |wanted: Outcome| done.iter().filter(|(_, mark)| mark.outcome() == wanted).count();
    let counts: Vec<_> =
        Outcome::ALL.into_iter().map(|wanted| format!("{} {} 题", outcome(wanted), count(wanted))).collect();
    let steps = store.catalogue.steps.iter().filter_map(|step| {
        let own: Vec<_> = done.iter().filter(|(question, _)| question.step == step.id).copied().collect();
        let (points, of) = sum(&own);
        (!own.is_empty()).then(|| {
            html! {
                <tr key={step.id.as_str()}>
                    <th scope="row">{ step.title.as_str() }</th><td>{ own.len().to_string() }</td><td>{ format!("{points} / {of}") }</td>
                </tr>
            }
        })
    });
    let wrong: Vec<_> = done.iter().filter(|(_, mark)| mark.outcome() != Outcome::Right).collect();
    let again = wrong.iter().map(|(question, mark)| {
        let question: &'static Question = question;
        html! {
            <li key={question.id.as_str()} class="again">
                <p>{ question.stem.as_str() }<span class="tag tag--advice">{ outcome(mark.outcome()) }</span></p>
                { references::of_question(store, question) }
            </li>
        }
    });
    let once_more = {
        let scope = sitting.round.scope.clone();
        begin.reform(move |_: MouseEvent| scope.clone())
    };
    let mistakes = begin.reform(|_: MouseEvent| Scope::Mistakes);
    let other = change.reform(|_: MouseEvent| None);
    let progress: Progress = progress(store);
    let more = match &sitting.round.scope {
        Scope::Mistakes => progress.mistakes().next().is_some(),
        Scope::Due => progress.due().next().is_some(),
        _ => true,
    };
    html! {
        <div class="result">
            <h2 id={RESULT} tabindex="-1" class="page__subtitle" data-points={points.to_string()} data-of={of.to_string()}>
                { if done.is_empty() { "这一组还没有答".to_owned() } else { format!("得 {points} 分，满分 {of} 分") } }
            </h2>
            <p>{ format!("答了 {} 题，共 {} 题：{}。", done.len(), sitting.round.asked.len(), counts.join("，")) }</p>
            <div>
                if !done.is_empty() {
                    <table class="result__steps">
                        <thead><tr><th scope="col">{ "步骤" }</th><th scope="col">{ "题数" }</th><th scope="col">{ "得分" }</th></tr></thead>
                        <tbody>{ for steps }</tbody>
                    </table>
                }
            </div>
            <div>
                if !wrong.is_empty() {
                    <h3 class="verdict__why">{ "要再看看的" }</h3>
                    <ul>{ for again }</ul>
                }
            </div>
            <p class="buttons">
                if more {
                    <Button action="once-more" style={ButtonStyle::Primary} onclick={once_more}>{ "再来一组" }</Button>
                }
                if !is_revision && progress.mistakes().next().is_some() {
                    <Button action="mistakes" onclick={mistakes}>{ "做错题本" }</Button>
                }
                <Button action="other" onclick={other}>{ if is_revision { "回到复习" } else { "选别的" } }</Button>
                { link(store, Route::Training, "button", "看学到哪里了") }
            </p>
        </div>
    }
}
