//! The app: the state, its effects, and the page of the current route.

use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use plan_checklist_domain::{CATALOGUE, Msg, UnitKind, Workbook};
use wasm_bindgen::JsCast;
use web_sys::{KeyboardEvent, StorageEvent};
use yew::prelude::*;

use crate::components::shell::Shell;
use crate::effects::keys::{Shortcut, shortcut};
use crate::effects::storage::Written;
use crate::effects::{address, clock, scroll, storage};
use crate::pages::{all, duties, home, review, source, step, task_list};
use crate::route::Route;
use crate::store::{Action, Dispatch, State};

#[derive(Debug, Properties, PartialEq)]
pub struct AppProps {
    /// The page to start with: the one prerendered.
    pub route: Route,
}

#[component]
pub fn App(props: &AppProps) -> Html {
    let route = props.route;
    let state = use_reducer(|| State::new(route));
    let dispatch = state.dispatcher();

    use_restored_storage(&dispatch);
    use_saving(&state, UnitKind::Commission);
    use_saving(&state, UnitKind::Department);
    use_saving(&state, UnitKind::County);
    use_address(&state);
    use_shortcuts(&state);

    html! {
        <ContextProvider<Dispatch> context={dispatch}>
            <ContextProvider<UseReducerHandle<State>> context={state.clone()}>
                <Shell>{ page(state.route) }</Shell>
            </ContextProvider<UseReducerHandle<State>>>
        </ContextProvider<Dispatch>>
    }
}

fn page(route: Route) -> Html {
    match route {
        Route::Home => html! { <home::Home /> },
        Route::TaskList(kind) => html! { <task_list::TaskList {kind} /> },
        Route::Step(kind, position) => html! { <step::Step {kind} {position} key={position} /> },
        Route::Review(kind) => html! { <review::Review {kind} /> },
        Route::All(kind) => html! { <all::All {kind} /> },
        Route::Duties => html! { <duties::Duties /> },
        Route::Source => html! { <source::Source /> },
    }
}

/// Reads storage once after the first render, which must show what was prerendered, and follows what other tabs write.
#[hook]
fn use_restored_storage(dispatch: &Dispatch) {
    let dispatch = dispatch.clone();
    use_effect_with((), move |()| {
        if let Some(today) = clock::today() {
            dispatch.dispatch(Action::DateLearned(today));
        }
        for kind in UnitKind::ALL {
            restore(&dispatch, kind);
        }
        dispatch.dispatch(Action::RestoreFinished);
        let window = web_sys::window().expect("effects run in a browser");
        let listener = EventListener::new(&window, "storage", move |event| {
            let key = event.dyn_ref::<StorageEvent>().and_then(StorageEvent::key);
            // No key: another tab emptied storage. What this tab holds stays, and its next change saves it again.
            if let Some(kind) = key.as_deref().and_then(storage::kind_of) {
                restore(&dispatch, kind);
            }
        });
        move || drop(listener)
    });
}

fn restore(dispatch: &Dispatch, kind: UnitKind) {
    match storage::load(kind) {
        Ok(Some(workbook)) => dispatch.dispatch(Action::Restored(workbook)),
        Ok(None) => {}
        Err(trouble) => dispatch.dispatch(Action::RestoreFailed(kind, trouble)),
    }
}

/// Saves a workbook whenever it differs from what storage holds.
#[hook]
fn use_saving(state: &UseReducerHandle<State>, kind: UnitKind) {
    let dispatch = state.dispatcher();
    let workbook: Rc<Workbook> = state.workbook(kind).clone();
    use_effect_with((state.may_save(kind), workbook), move |(may_save, workbook)| {
        if *may_save {
            match storage::save(workbook) {
                Ok(Written::Workbook) => dispatch.dispatch(Action::Saved(clock::time_of_day().into())),
                Ok(Written::Nothing) => {}
                Err(trouble) => dispatch.dispatch(Action::SaveFailed(trouble)),
            }
        }
    });
}

/// Follows the back and forward buttons, sets the title, and shows what the address points at.
#[hook]
fn use_address(state: &UseReducerHandle<State>) {
    let dispatch = state.dispatcher();
    use_effect_with((), move |()| {
        let folder = address::site_folder();
        let arrive = move || {
            if let Some(route) = address::shown_route(&folder) {
                dispatch.dispatch(Action::Arrived { route, fragment: address::fragment().map(Into::into) });
            }
        };
        if address::fragment().is_some() {
            arrive();
        }
        let window = web_sys::window().expect("effects run in a browser");
        let listener = EventListener::new(&window, "popstate", move |_| arrive());
        move || drop(listener)
    });

    use_effect_with((state.route, state.arrival.clone()), |(route, arrival)| {
        address::set_title(&route.title());
        let is_shown = arrival.fragment.as_deref().is_some_and(scroll::reveal);
        // The first page was reached by the browser itself, which has scrolled already.
        if !is_shown && arrival.count > 0 && arrival.fragment.is_none() {
            scroll::to_top();
        }
    });
}

#[hook]
fn use_shortcuts(state: &UseReducerHandle<State>) {
    let state = state.clone();
    use_effect_with(state, |state| {
        let state = state.clone();
        let document = web_sys::window().and_then(|window| window.document()).expect("effects run in a browser");
        let options = EventListenerOptions::enable_prevent_default();
        let listener = EventListener::new_with_options(&document, "keydown", options, move |event| {
            if let Some(event) = event.dyn_ref::<KeyboardEvent>()
                && let Some(shortcut) = shortcut(event)
                && follow(&state, shortcut)
            {
                event.prevent_default();
            }
        });
        move || drop(listener)
    });
}

/// Does what a shortcut asks for; `false` where there is nothing to do.
fn follow(state: &UseReducerHandle<State>, shortcut: Shortcut) -> bool {
    let go = |target| {
        if address::push(state.route, target) {
            let fragment = target.requirement.map(|id| id.as_str().into());
            state.dispatch(Action::Arrived { route: target.route, fragment });
        }
    };
    let current = || scroll::focused_requirement().and_then(|id| CATALOGUE.requirement(&id));
    match (shortcut, state.route.kind()) {
        (Shortcut::Close, _) if state.is_help_open => state.dispatch(Action::HelpClosed),
        (Shortcut::Close, _) => return false,
        (_, _) if state.is_help_open => return false,
        (Shortcut::Help, _) => state.dispatch(Action::HelpOpened),
        (Shortcut::NextRequirement, _) => scroll::move_by(1),
        (Shortcut::PreviousRequirement, _) => scroll::move_by(-1),
        (_, None) => return false,
        (Shortcut::Find, Some(kind)) => {
            let route = Route::All(kind);
            if state.route == route || address::push(state.route, route.into()) {
                state.dispatch(Action::Arrived { route, fragment: Some(all::SEARCH_FIELD.into()) });
            }
        }
        (Shortcut::NextUnchecked, Some(kind)) => match state.next_unchecked(kind, current()) {
            Some(target) => go(target),
            None => return false,
        },
        (Shortcut::Answer(status), Some(kind)) => match current() {
            Some(requirement) if state.is_restored && matches!(state.route, Route::Step(..)) => {
                state.dispatch(Action::Edited(kind, Msg::Answered(requirement.id, status)));
            }
            _ => return false,
        },
    }
    true
}
