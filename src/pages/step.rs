//! A step: its requirements, one after the other.

use plan_checklist_domain::{RequirementId, Status, Tally, UnitKind};
use yew::prelude::*;

use crate::components::button::{Button, ButtonStyle};
use crate::components::link::link;
use crate::components::meter::meter;
use crate::components::owners::owners;
use crate::components::page_head::{book_head, page_head};
use crate::components::plans::{plan_answers, plan_names};
use crate::components::requirement::{Opening, RequirementCard, Subject};
use crate::components::steps::steps;
use crate::components::together::Together;
use crate::components::unit_names::{signature, start_line};
use crate::route::Route;
use crate::store::{Action, Question, Store};
use crate::words;

#[derive(Debug, PartialEq, Properties)]
pub(crate) struct StepPageProps {
    pub(crate) store: Store,
    pub(crate) kind: UnitKind,
    pub(crate) position: usize,
}

/// The step about plans: who has several names them there, too.
const PLANS: &str = "plans";

/// What of the page is shown.
#[derive(Debug, Clone, PartialEq, Default)]
struct View {
    opening: Opening,
    /// How often an opening was chosen.
    turn: u32,
    /// Only these: what was still to be done when that was asked for. One that is done now does not vanish under the hand.
    only: Option<Vec<RequirementId>>,
}

#[component]
pub(crate) fn StepPage(props: &StepPageProps) -> Html {
    let StepPageProps { store, kind, position } = props;
    let (kind, position) = (*kind, *position);
    let view = use_state_eq(View::default);
    let workbook = store.workbook(kind);
    let step = &store.catalogue.steps[position];
    let tally = Tally::of_step(workbook, step);
    let fragment = store.arrival.fragment.as_deref();
    let is_disabled = !store.is_editable(kind);

    let day = store.as_of(workbook);
    let card = |subject: Subject, id: RequirementId, due| {
        let answer = workbook.answer(id);
        let is_here = |entry| {
            answer.evidence().any(|(other, _)| other == entry)
                || matches!(&subject, Subject::Own { entry: own, .. } if *own == entry)
        };
        let asked = match store.asked {
            Some(Question::RemoveEntry(entry)) if is_here(entry) => Some(entry),
            _ => None,
        };
        let plans = plan_answers(store.catalogue, workbook, id);
        html! {
            <RequirementCard catalogue={store.catalogue} key={id.to_string()} {kind} {subject} {answer} {plans} {due} {day} cycle={*workbook.cycle}
                is_target={fragment == Some(id.as_str())} {is_disabled} opening={(view.opening, view.turn)} {asked}
                dispatch={store.dispatch.clone()} />
        }
    };
    let is_shown =
        |id: RequirementId| view.only.as_ref().is_none_or(|only| only.contains(&id) || fragment == Some(id.as_str()));
    let asked: Vec<_> = step.requirements_for(kind).collect();
    let cards = asked
        .iter()
        .filter(|requirement| is_shown(requirement.id))
        .map(|requirement| card(Subject::Asked(requirement), requirement.id, workbook.due(requirement)));
    let own: Vec<_> = workbook.own_requirements().filter(|own| own.step == step.id).collect();
    let own_cards = own.iter().filter(|own| is_shown(own.id)).map(|own| {
        let (title, source) = (own.title.to_owned().into(), own.source.to_owned().into());
        card(Subject::Own { entry: own.entry, id: own.id, title, source }, own.id, *workbook.answer(own.id).due)
    });
    let own_done = own.iter().filter(|own| workbook.status(own.id) == Status::Done).count();
    let ids: Vec<_> = asked.iter().map(|requirement| requirement.id).chain(own.iter().map(|own| own.id)).collect();
    let shown: Vec<_> = ids.iter().copied().filter(|id| is_shown(*id)).collect();
    let open: Vec<_> = ids.iter().copied().filter(|id| workbook.status(*id).is_open()).collect();

    let is_last = position + 1 == store.catalogue.steps.len();
    let next_unchecked = match store.next_unchecked(kind, asked.last().map(|requirement| requirement.id)) {
        Some(to) => Some(link(store, to, "button", "下一个未核对")),
        // On the last step that is the way on anyway.
        None => (!is_last).then(|| link(store, Route::Review(kind), "button", "全部核对过了，看结果")),
    };
    let on_add = store.dispatch.on(Action::OwnRequirementAdded(kind, &step.id));
    html! {
        <div class="with-steps">
            <aside class="with-steps__aside">{ steps(store, kind, position) }</aside>
            <div class="page">
                { head(store, kind, position, html! {
                    <>
                        <p class="page__lead">{ step.summary.as_str() }</p>
                        <div class="page__progress">{ meter(&tally) }<span>{ words::state(&tally) }</span></div>
                    </>
                }) }
                { signature(store, kind) }
                <div>
                    if position == 0 {
                        { start_line(store, kind) }
                    }
                </div>
                <div>
                    if kind == UnitKind::Department && (position == 0 || step.id == PLANS) {
                        { plan_names(store, kind) }
                    }
                </div>
                { choose_view(&view, open) }
                <div class="requirements" data-waiting={(!store.is_restored).then_some("answers")}>{ for cards }</div>
                <section class={classes!("own", own.is_empty().then_some("screen-only"))} aria-labelledby="own-heading">
                    <h2 class="own__title" id="own-heading">
                        { "本单位自加" }
                        if !own.is_empty() {
                            <span class="own__count">{ format!("{} 项，已落实 {own_done} 项，不计入百分比", own.len()) }</span>
                        }
                    </h2>
                    <div class="requirements">{ for own_cards }</div>
                    <div class="own__add needs-program">
                        <Button action="add-own" style={ButtonStyle::Quiet} {is_disabled} onclick={on_add}>{ "＋ 添一项本单位自己的要求" }</Button>
                    </div>
                </section>
                <details class="together-box needs-program">
                    <summary>{ "给这一步统一填责任人、时限" }</summary>
                    <Together {kind} workbook={workbook.clone()} ids={shown} {is_disabled} dispatch={store.dispatch.clone()} />
                </details>
                <p class="page__sources">
                    { "各项问的事、引的条文出自讲话；问法、核对要点、所属阶段和建议是我们写的。核对要点全部做到，才算“已落实”。" }
                </p>
                { owners(workbook) }
                <nav class="turn" aria-label="前后步骤">
                    <span class="turn__back">{ previous(store, kind, position) }</span>
                    <span class="turn__unchecked">{ next_unchecked }</span>
                    <span class="turn__on">{ next(store, kind, position) }</span>
                </nav>
            </div>
        </div>
    }
}

/// All open, all closed, or only what is still to be done. Always there: coming with the first answer, it would move what
/// is being clicked.
fn choose_view(view: &UseStateHandle<View>, open: Vec<RequirementId>) -> Html {
    let choose = |action: &'static str, text: String, is_pressed: bool, change: Box<dyn Fn(&View) -> View>| {
        let view = view.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            view.set(change(&view));
        });
        html! {
            <button type="button" key={action} class="views__choice" data-action={action} aria-pressed={is_pressed.to_string()} {onclick}>{ text }</button>
        }
    };
    let count = open.len();
    let opened = |opening: Opening| {
        Box::new(move |view: &View| View { opening, turn: view.turn.wrapping_add(1), ..view.clone() })
    };
    let is_all = view.only.is_none();
    html! {
        <div class="views needs-program">
                <span class="views__group" role="group" aria-label="看哪些">
                    { choose("view-all", "全部".into(), is_all, Box::new(|view| View { only: None, ..view.clone() })) }
                    { choose("view-left", format!("还没落实的 {count}"), !is_all, Box::new(move |view| View { only: Some(open.clone()), ..view.clone() })) }
                </span>
                <span class="views__group" role="group" aria-label="展开还是收起">
                    { choose("open-all", "全部展开".into(), view.opening == Opening::All, opened(Opening::All)) }
                    { choose("close-all", "全部收起".into(), view.opening == Opening::None, opened(Opening::None)) }
                </span>
        </div>
    }
}

/// Where the work starts, the cycle is asked with the names.
fn head(store: &Store, kind: UnitKind, position: usize, lead: Html) -> Html {
    let title = store.catalogue.steps[position].title.as_str();
    let place = format!("第 {} 步，共 {} 步", position + 1, store.catalogue.steps.len());
    if position == 0 {
        page_head(Some(&format!("{} · {place}", words::book(store.workbook(kind)))), title, lead)
    } else {
        book_head(store, kind, Some(&place), title, lead)
    }
}

fn previous(store: &Store, kind: UnitKind, position: usize) -> Option<Html> {
    let before = position.checked_sub(1)?;
    let text = format!("上一步：{}", store.catalogue.steps[before].title);
    Some(link(store, Route::Step(kind, before), "button", text))
}

/// The next step; after the last one, the review.
fn next(store: &Store, kind: UnitKind, position: usize) -> Html {
    match store.catalogue.steps.get(position + 1) {
        Some(step) => link(store, Route::Step(kind, position + 1), "button", format!("下一步：{}", step.title)),
        None => link(store, Route::Review(kind), "button button--primary", "看核对结果"),
    }
}
