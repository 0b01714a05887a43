//! The app: the state, its effects, and the page of the current route.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Interval;
use plan_checklist_domain::record;
use plan_checklist_domain::shelf::Key;
use plan_checklist_domain::{CATALOGUE, Msg};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{KeyboardEvent, StorageEvent};
use yew::prelude::*;

use crate::components::button::Button;
use crate::components::shell::{HELP_CLOSE, shell};
use crate::effects::keys::{Shortcut, shortcut};
use crate::effects::storage::{Keeper, SharedKeeper, Written};
use crate::effects::{address, clock, identity, scroll, storage};
use crate::pages::all::SEARCH_FIELD;
use crate::pages::home;
use crate::parts::{self, NotLoaded, Part, Render};
use crate::route::Route;
use crate::store::{Action, Dispatch, Notice, Saving, State, Store};

/// How often a failed save is tried again.
const RETRY_MILLISECONDS: u32 = 4000;

/// The state as it is now.
type Latest = Rc<RefCell<Store>>;

#[derive(Debug, Properties, PartialEq)]
pub struct AppProps {
    /// The page to start with: the one prerendered.
    pub route: Route,
}

#[component]
pub fn App(props: &AppProps) -> Html {
    let first = props.route;
    let store = use_reducer(|| State::new(first));
    // Listeners live as long as the page, and must see the state as it is when they are called.
    let latest = use_memo((), |()| RefCell::new(store.clone()));
    latest.replace(store.clone());
    use_storage(&store, &latest);
    let page = use_page(store.route);
    use_address(&store, first, page.is_ok());
    use_links(&store);
    use_shortcuts(&latest);
    use_help_focus(&store);
    let page = match page {
        Ok(render) => render(&store),
        Err(missing) => missing_page(missing),
    };
    shell(&store, page)
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

/// Reads storage once after the first render, which must show what was prerendered; saves every change at once; follows
/// what other tabs do.
#[hook]
fn use_storage(state: &Store, latest: &Latest) {
    let keeper: SharedKeeper = use_memo((), |()| RefCell::new(None));
    {
        let (keeper, latest, dispatch) = (keeper.clone(), latest.clone(), Dispatch::of(state));
        use_effect_with((), move |()| {
            let (opened, restored) = Keeper::open();
            keeper.replace(Some(opened));
            dispatch.send(Action::Restored(Rc::new(restored)));
            let window = web_sys::window().expect("effects run in a browser");
            let on_storage = {
                let (keeper, latest) = (keeper.clone(), latest.clone());
                EventListener::new(&window, "storage", move |event| {
                    if let Some(event) = event.dyn_ref::<StorageEvent>() {
                        hear(event, &keeper, &latest.borrow());
                    }
                })
            };
            let on_hide = {
                let keeper = keeper.clone();
                EventListener::new(&window, "pagehide", move |_| {
                    if let Some(keeper) = &*keeper.borrow() {
                        identity::release_slot(keeper.slot());
                    }
                })
            };
            move || drop((on_storage, on_hide))
        });
    }

    {
        let (keeper, state) = (keeper.clone(), state.clone());
        // Whatever decides what may be saved is a reason to look again.
        use_effect_with((state.books.clone(), state.is_restored, state.notices.clone()), move |_| {
            save(&state, &keeper);
        });
    }
    {
        let is_failing = matches!(state.saving, Saving::Failed(_));
        let latest = latest.clone();
        use_effect_with(is_failing, move |is_failing| {
            let retry = is_failing.then(|| Interval::new(RETRY_MILLISECONDS, move || save(&latest.borrow(), &keeper)));
            move || drop(retry)
        });
    }

    let cards = state.shown_books().len().min(home::CARDS);
    use_effect_with((state.is_restored, state.chosen(), cards), |(is_restored, chosen, cards)| {
        if *is_restored {
            storage::remember(*chosen, *cards);
        }
    });
}

fn send(store: &Store, action: Action) {
    Dispatch::of(store).send(action);
}

/// Saves every workbook that storage does not hold as it is.
fn save(state: &Store, keeper: &SharedKeeper) {
    let Some(keeper) = &mut *keeper.borrow_mut() else { return };
    let mut has_written = false;
    for workbook in state.books.values().filter(|workbook| state.may_save(workbook)) {
        match keeper.save(workbook) {
            Ok(written) => has_written |= written == Written::Workbook,
            Err(refusal) => return send(state, Action::SaveFailed(refusal)),
        }
    }
    let is_over = matches!(state.saving, Saving::Failed(_)) && storage::is_reachable();
    if has_written || is_over {
        send(state, Action::Saved(clock::time_of_day().into()));
    }
}

/// Takes in what another tab did to storage.
fn hear(event: &StorageEvent, keeper: &SharedKeeper, state: &Store) {
    let forget = || {
        if let Some(keeper) = &mut *keeper.borrow_mut() {
            keeper.forget();
        }
    };
    let Some(key) = event.key() else {
        // Everything was emptied. What this tab holds is written again at once, each time.
        forget();
        save(state, keeper);
        if state.books.values().any(|workbook| state.may_save(workbook)) {
            send(state, Action::Noticed(Notice::Emptied));
        }
        return;
    };
    let Some(key) = Key::parse(&key) else { return };
    let is_own = keeper.borrow().as_ref().is_some_and(|keeper| keeper.is_own(&key));
    match (key, event.new_value()) {
        (Key::Slot { workbook, .. }, Some(text)) if !is_own => match storage::heard(&text) {
            Some(theirs) => send(state, Action::Heard(Rc::new(theirs))),
            None if record::read(&text).is_err_and(|error| error == record::RecordError::Newer) => {
                send(state, Action::Outdated(workbook));
            }
            None => {}
        },
        (Key::Slot { .. }, None) if is_own => {
            // Somebody removed what this tab wrote. Unless it was announced as wiped, it is written again.
            forget();
            save(state, keeper);
        }
        (Key::Memo(name), Some(text)) if name == storage::WIPED => {
            // Should it be kept after all, it has to be written again.
            forget();
            let ids = storage::wiped(&text).unwrap_or_else(|| state.books.keys().copied().collect());
            send(state, Action::WipedElsewhere(ids));
        }
        _ => {}
    }
}

/// Follows the back and forward buttons, sets the title, and shows what the address points at.
#[hook]
fn use_address(state: &Store, first: Route, is_shown: bool) {
    let dispatch = Dispatch::of(state);
    use_effect_with((), move |()| {
        let folder = address::site_folder();
        let arrive = move || {
            if let Some(route) = address::shown_route(&folder) {
                dispatch.send(Action::Arrived { route, fragment: address::fragment().map(Into::into) });
            }
        };
        if address::fragment().is_some() {
            arrive();
        }
        let window = web_sys::window().expect("effects run in a browser");
        let listener = EventListener::new(&window, "popstate", move |_| arrive());
        move || drop(listener)
    });

    use_effect_with((state.route, state.arrival.clone(), is_shown), move |(route, arrival, is_shown)| {
        address::mark_route(*route);
        address::set_title(&route.title());
        if !is_shown {
            return;
        }
        let is_revealed = arrival.fragment.as_deref().is_some_and(scroll::reveal);
        // The first page was reached by the browser itself, which has scrolled already.
        let is_first = arrival.count == 0 || (arrival.count == 1 && *route == first && arrival.fragment.is_some());
        if !is_revealed && !is_first {
            scroll::to_top();
        }
    });
}

/// Follows links to our own pages without loading them anew. What a page needs is loaded as soon as somebody points at
/// a link to it.
#[hook]
fn use_links(state: &Store) {
    let dispatch = Dispatch::of(state);
    use_effect_with((), move |()| {
        let document = web_sys::window().and_then(|window| window.document()).expect("effects run in a browser");
        let folder = address::site_folder();
        let on_click = {
            let folder = folder.clone();
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&document, "click", options, move |event| {
                if let Some(click) = event.dyn_ref::<MouseEvent>().filter(|click| address::is_plain(click))
                    && let Some(link) = address::link_of(click)
                    && let Some(route) = address::linked_route(&link, &folder)
                    && address::push(&link.href())
                {
                    event.prevent_default();
                    dispatch.send(Action::Arrived { route, fragment: address::fragment().map(Into::into) });
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
        move || drop((on_click, prefetch))
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
fn use_help_focus(state: &Store) {
    use_effect_with(state.is_help_open, |is_open| {
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

#[hook]
fn use_shortcuts(latest: &Latest) {
    let latest = latest.clone();
    use_effect_with((), move |()| {
        let document = web_sys::window().and_then(|window| window.document()).expect("effects run in a browser");
        let options = EventListenerOptions::enable_prevent_default();
        let listener = EventListener::new_with_options(&document, "keydown", options, move |event| {
            if let Some(event) = event.dyn_ref::<KeyboardEvent>()
                && let Some(shortcut) = shortcut(event)
                && follow(&latest.borrow().clone(), shortcut)
            {
                event.prevent_default();
            }
        });
        move || drop(listener)
    });
}

/// Does what a shortcut asks for; `false` where there is nothing to do.
fn follow(state: &Store, shortcut: Shortcut) -> bool {
    let current = || scroll::focused_requirement().and_then(|id| CATALOGUE.requirement(&id));
    match (shortcut, state.route.kind()) {
        (Shortcut::Close, _) if state.is_help_open => send(state, Action::HelpClosed),
        (Shortcut::Close, _) => return false,
        (_, _) if state.is_help_open => return false,
        (Shortcut::Help, _) => send(state, Action::HelpOpened),
        (Shortcut::NextRequirement, _) => scroll::move_by(1),
        (Shortcut::PreviousRequirement, _) => scroll::move_by(-1),
        (Shortcut::Undo | Shortcut::Redo, _) => match (shortcut, state.undo_kind()) {
            (_, None) => return false,
            (Shortcut::Undo, Some(kind)) => send(state, Action::Undone(kind)),
            (_, Some(kind)) => send(state, Action::Redone(kind)),
        },
        (_, None) => return false,
        (Shortcut::Find, Some(kind)) => {
            let route = Route::All(kind);
            if state.route != route && !address::push(&format!("{}#{SEARCH_FIELD}", state.route.href_to(route.into())))
            {
                return false;
            }
            send(state, Action::Arrived { route, fragment: Some(SEARCH_FIELD.into()) });
        }
        (Shortcut::NextUnchecked, Some(kind)) => match state.next_unchecked(kind, current()) {
            Some(target) if address::push(&state.route.href_to(target)) => send(state, target.arrival()),
            _ => return false,
        },
        (Shortcut::Answer(status), Some(kind)) => match current() {
            Some(requirement) if state.is_restored && matches!(state.route, Route::Step(..)) => {
                send(state, Action::Edited(kind, Msg::Answered(requirement.id, status)));
            }
            _ => return false,
        },
    }
    true
}
