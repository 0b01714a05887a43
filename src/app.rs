//! The app: the store, what connects it to the browser, and the page of the current route.

use gloo_events::{EventListener, EventListenerOptions};
use plan_checklist_domain::{Msg, RequirementId};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::components::button::Button;
use crate::components::help::HELP_CLOSE;
use crate::components::shell::shell;
use crate::effects::browser::Browser;
use crate::effects::keys::Shortcut;
use crate::effects::listeners::Listeners;
use crate::effects::{address, guest, notes, scroll};
use crate::pages::all::SEARCH_FIELD;
use crate::parts::{self, NotLoaded, Part, Render};
use crate::route::Route;
use crate::store::{Action, Dispatch, State, Store, use_store};

#[derive(Debug, Properties, PartialEq)]
pub struct AppProps {
    /// The page to start with: the one prerendered.
    pub route: Route,
}

#[component]
pub fn App(props: &AppProps) -> Html {
    let first = props.route;
    let store = use_store(|| State::new(first), Browser::default);
    let page = use_page(store.route);
    use_browser(&store.dispatch);
    use_links(&store.dispatch);
    use_arrival(&store, first, page.is_ok());
    use_help_focus(&store);
    let page = match page {
        Ok(render) => render(&store),
        Err(missing) => missing_page(missing),
    };
    shell(&store, page)
}

/// Reads storage once after the first render, which must show what was prerendered, and listens from then on.
#[hook]
fn use_browser(dispatch: &Dispatch) {
    let dispatch = dispatch.clone();
    use_effect_with((), move |()| {
        dispatch.send(Action::Started);
        let (fragment, note) = (address::fragment(), notes::open());
        if fragment.is_some() || note.is_some() {
            let route = dispatch.state().route;
            dispatch.send(Action::Arrived { route, fragment: fragment.map(Into::into), note: note.map(Into::into) });
        }
        let listeners = Listeners::new(&dispatch, follow);
        move || drop(listeners)
    });
}

/// Why a page cannot be shown.
enum Missing {
    /// Its part is on the way.
    Awaited,
    /// Its part did not arrive; what to call to try again.
    Failed(Callback<MouseEvent>),
}

/// How to render the page. Where its part is not there yet, it is loaded.
#[hook]
fn use_page(route: Route) -> Result<Render, Missing> {
    let part = Part::of(route);
    let failed = use_state(|| None);
    let attempt = use_state(|| 0_u32);
    let redraw = use_force_update();
    {
        let failed = failed.clone();
        use_effect_with((part, *attempt), move |_| {
            if parts::renderer(route).is_none() {
                failed.set(None);
                spawn_local(async move {
                    match parts::load(route).await {
                        Ok(()) => redraw.force_update(),
                        Err(NotLoaded) => failed.set(part),
                    }
                });
            }
        });
    }
    parts::renderer(route).ok_or_else(|| {
        if part.is_some() && *failed == part {
            Missing::Failed(Callback::from(move |_| attempt.set(*attempt + 1)))
        } else {
            Missing::Awaited
        }
    })
}

/// Sets the title, and shows what the address points at, or what the page looked like when it was left.
#[hook]
fn use_arrival(store: &Store, first: Route, is_shown: bool) {
    let dispatch = store.dispatch.clone();
    use_effect_with((store.route, store.arrival.clone(), is_shown), move |(route, arrival, is_shown)| {
        address::mark_route(*route);
        address::set_title(&route.title());
        if !is_shown {
            return;
        }
        // The first page was reached by the browser itself, which has scrolled already.
        let is_first = arrival.count == 0 || (arrival.count == 1 && *route == first);
        match (&arrival.note, &arrival.fragment) {
            (Some(note), fragment) => {
                notes::restore(note);
                // The focus goes where the address points, without moving the page again. Of a page loaded anew it is the
                // browser's affair.
                if !is_first {
                    scroll::focus_id(fragment.as_deref().filter(|id| scroll::is_place(id)).unwrap_or("main"));
                }
            }
            (None, Some(fragment)) if scroll::reveal(fragment) => {}
            (None, fragment) => {
                if arrival.is_by_address && fragment.as_deref().is_some_and(|fragment| route.is_place(fragment)) {
                    dispatch.send(Action::PlaceMissed);
                }
                if !is_first {
                    scroll::to_top();
                }
            }
        }
    });
}

/// Follows links to our own pages without loading them anew. What a page needs is loaded as soon as somebody points at
/// a link to it.
#[hook]
fn use_links(dispatch: &Dispatch) {
    let dispatch = dispatch.clone();
    use_effect_with((), move |()| {
        let document = web_sys::window().and_then(|window| window.document()).expect("effects run in a browser");
        let folder = address::site_folder();
        let on_click = {
            let folder = folder.clone();
            let dispatch = dispatch.clone();
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&document, "click", options, move |event| {
                if let Some(click) = event.dyn_ref::<MouseEvent>().filter(|click| address::is_plain(click))
                    && let Some(link) = address::link_of(click)
                    && let Some(route) = address::linked_route(&link, &folder)
                    && address::push(&link.href())
                {
                    event.prevent_default();
                    guest::keep();
                    dispatch.send(Action::Arrived { route, fragment: address::fragment().map(Into::into), note: None });
                }
            })
        };
        let prefetch = ["pointerover", "focusin"].map(|sign| {
            let folder = folder.clone();
            EventListener::new(&document, sign, move |event| {
                let route = address::link_of(event).and_then(|link| address::linked_route(&link, &folder));
                if let Some(route) = route.filter(|route| parts::renderer(*route).is_none()) {
                    // Should it fail, opening the page tries again.
                    spawn_local(async move {
                        let _ = parts::load(route).await;
                    });
                }
            })
        });
        // What a link opens in another tab goes on with the workbook of this one, and on a shared computer as carefully.
        let pressed = ["mousedown", "contextmenu", "click"].map(|sign| {
            let (folder, dispatch) = (folder.clone(), dispatch.clone());
            EventListener::new(&document, sign, move |event| {
                if address::link_of(event).is_some_and(|link| address::linked_route(&link, &folder).is_some()) {
                    if !event.default_prevented() {
                        guest::hand_on();
                    }
                    dispatch.send(Action::LinkPressed);
                }
            })
        });
        move || drop((on_click, prefetch, pressed))
    });
}

/// Stands where a page will be, or would be.
fn missing_page(missing: Missing) -> Html {
    match missing {
        Missing::Awaited => html! { <p class="note">{ "正在打开…" }</p> },
        Missing::Failed(on_retry) => html! {
            <div class="banner" role="alert" data-trouble="part">
                <p class="banner__what">{ "这一页没有取到：网络断了，或者网站刚刚更新过。" }</p>
                <p>{ "已经填写的都还在，别的页面照常可用。再试还是不行，请刷新页面。" }</p>
                <p class="banner__actions"><Button action="retry" onclick={on_retry}>{ "重试" }</Button></p>
            </div>
        },
    }
}

/// The open help holds the focus; closed, it leaves the keyboard where it was.
#[hook]
fn use_help_focus(store: &Store) {
    use_effect_with(store.is_help_open, |is_open| {
        let before = is_open.then(scroll::focused).flatten();
        if *is_open {
            scroll::focus_id(HELP_CLOSE);
        }
        move || {
            if let Some(before) = before {
                scroll::focus(&before);
            }
        }
    });
}

/// Does what a shortcut asks for; `false` where there is nothing to do.
fn follow(dispatch: &Dispatch, shortcut: Shortcut) -> bool {
    let state = dispatch.state();
    let current = || scroll::focused_requirement().and_then(|id| RequirementId::parse(&id));
    let action = match (shortcut, state.route.kind()) {
        (Shortcut::Close, _) if state.is_help_open => Action::HelpClosed,
        (Shortcut::Close, _) => return scroll::leave_field(),
        (_, _) if state.is_help_open => return false,
        (Shortcut::Help, _) => Action::HelpOpened,
        (Shortcut::Toggle, _) => {
            scroll::toggle_requirement();
            return true;
        }
        (Shortcut::NextRequirement | Shortcut::PreviousRequirement, _) => {
            scroll::move_by(if shortcut == Shortcut::NextRequirement { 1 } else { -1 });
            return true;
        }
        (Shortcut::Undo | Shortcut::Redo, _) => match (shortcut, state.undo_kind()) {
            (_, None) => return false,
            (Shortcut::Undo, Some(kind)) => Action::Undone(kind),
            (_, Some(kind)) => Action::Redone(kind),
        },
        (Shortcut::Find, kind) => {
            // A page that belongs to no checklist searches the one worked on last.
            let last = || state.shown_books().first().map(|book| book.kind);
            let Some(kind) = kind.or_else(last) else { return false };
            let route = Route::All(kind);
            if state.route == route {
                Action::Arrived { route, fragment: Some(SEARCH_FIELD.into()), note: None }
            } else {
                Action::KeyFollowed { route, fragment: Some(SEARCH_FIELD.into()) }
            }
        }
        (_, None) => return false,
        (Shortcut::NextUnchecked, Some(kind)) => match state.next_unchecked(kind, current()) {
            Some(target) => {
                Action::KeyFollowed { route: target.route, fragment: target.requirement.map(|id| id.as_str().into()) }
            }
            None => return false,
        },
        (Shortcut::Answer(status), Some(kind)) => match current() {
            Some(id) if state.is_restored && matches!(state.route, Route::Step(..)) => {
                Action::Edited(kind, Msg::Answered(id, status))
            }
            _ => return false,
        },
    };
    dispatch.send(action);
    true
}
