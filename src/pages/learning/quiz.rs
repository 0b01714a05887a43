//! 测验 and 复习: rounds of questions, one a screen.

use plan_checklist_domain::UnitKind;
use plan_checklist_domain::training::round::{OF_A_KIND, QUICK};
use plan_checklist_domain::training::{Assignment, Given, Grade, Mark, Outcome, Progress, Question, Scope, builtin};
use yew::prelude::*;

use super::answering::mover;
use super::asking::{Asking, QUESTION, asking, moved};
use super::assigned::{assigned, code};
use super::live::{Held, Live, use_live};
use super::references;
use super::sitting::{Sitting, Touch};
use super::verdict::{RULES, VERDICT, outcome};
use super::{forecast, progress};
use crate::components::button::{Button, ButtonStyle};
use crate::components::link::link;
use crate::components::page_head::page_head;
use crate::components::section::section;
use crate::components::select::Select;
use crate::components::terms::terms;
use crate::effects::scroll;
use crate::pages::surroundings::use_surroundings;
use crate::route::Route;
use crate::store::Store;
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
    let live = use_live(&store.dispatch, is_revision);
    let surroundings = use_surroundings(store);
    let fragment = if is_revision { AttrValue::default() } else { surroundings.fragment.clone() };
    let chosen = use_state(|| (builtin().questions[0].step.clone(), UnitKind::County));
    {
        // Of a page that was left and is come back to, the round goes on.
        let (live, note) = (live.clone(), store.arrival.note.clone());
        use_effect_with(store.arrival.count, move |_| {
            if let Some(noted) = note.and_then(|note| Sitting::parse(builtin(), &note.entered)) {
                live.resume(noted);
            }
        });
    }
    {
        // A link to another round was opened on this very page.
        let (live, is_back) = (live.clone(), store.arrival.note.is_some());
        use_effect_with(fragment.clone(), move |fragment| {
            let under_way = live.held().sitting.and_then(|sitting| sitting.assignment);
            if !is_back && Assignment::decode(fragment).is_ok_and(|opened| under_way.as_ref() != Some(&opened)) {
                live.leave();
            }
        });
    }
    let Held { sitting, last_moved } = live.held();
    use_focus(sitting.as_ref(), last_moved);
    let page = match &sitting {
        None if is_revision => start_revision(store, &live),
        None => assigned(store, &live, &fragment, start(store, &live, &chosen)),
        Some(under_way) if under_way.is_over => result(store, under_way, &live, is_revision),
        Some(under_way) => {
            let grading = under_way.current().filter(|_| is_revision).map(|(question, _)| {
                let live = live.clone();
                (Callback::from(move |grade: Grade| live.grade(grade)), progress(store).intervals(&question.id))
            });
            let on_touch = {
                let live = live.clone();
                Callback::from(move |touch: Touch| live.touch(touch))
            };
            let with = Asking {
                on_touch,
                on_hand_in: on(&live, Live::hand_in),
                on_go_on: on(&live, Live::go_on),
                grading,
                on_take_back: on(&live, Live::take_back),
                on_stop: on(&live, Live::stop),
            };
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

/// Tells the round of an event.
fn on<E: 'static>(live: &Live, what: fn(&Live)) -> Callback<E> {
    let live = live.clone();
    Callback::from(move |_: E| what(&live))
}

/// Begins a round of these.
fn begin(live: &Live, scope: Scope) -> Callback<MouseEvent> {
    let live = live.clone();
    Callback::from(move |_: MouseEvent| live.begin(scope.clone()))
}

/// Which round it is to be.
fn start(store: &Store, live: &Live, chosen: &UseStateHandle<(String, UnitKind)>) -> Html {
    let progress = progress(store);
    let (step, kind) = (**chosen).clone();
    let is_waiting = !store.is_restored;
    let button = |action: &'static str, style, text: String, scope: Scope, is_empty: bool| {
        let (onclick, is_disabled) = (begin(live, scope), is_empty || is_waiting);
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
fn start_revision(store: &Store, live: &Live) -> Html {
    let progress = progress(store);
    let onclick = begin(live, Scope::Due);
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
fn result(store: &Store, sitting: &Sitting, live: &Live, is_revision: bool) -> Html {
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
    let once_more = begin(live, sitting.round.scope.clone());
    let mistakes = begin(live, Scope::Mistakes);
    let other = on(live, Live::leave);
    let progress: Progress = progress(store);
    let more = match &sitting.round.scope {
        _ if sitting.assignment.is_some() => false,
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
            { code(store, sitting) }
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
                if sitting.can_take_back() {
                    <Button action="take-back" onclick={on(live, Live::take_back)}>{ "最后一题按错了，重答" }</Button>
                }
                <Button action="other" onclick={other}>{ if is_revision { "回到复习" } else { "选别的" } }</Button>
                { link(store, Route::Training, "button", "看学到哪里了") }
            </p>
        </div>
    }
}
