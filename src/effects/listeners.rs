//! What the browser tells the program without being asked: other tabs, leaving and coming back, the time, keys, printing.

use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Interval;
use wasm_bindgen::JsCast;
use web_sys::{Document, KeyboardEvent, PageTransitionEvent, StorageEvent, Window};

use super::keys::{Shortcut, shortcut};
use super::{address, clock, guest, notes, print};
use crate::store::{Action, Dispatch, StorageChange};

/// How often the clock is looked at: a page may stay open for days.
const MINUTE: u32 = 60_000;

/// Everything that is listened to, as long as this lives.
#[must_use]
pub struct Listeners {
    _events: Vec<EventListener>,
    _clock: Interval,
}

impl std::fmt::Debug for Listeners {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Listeners")
    }
}

impl Listeners {
    /// Listens, and says what happens. `follow` does what a key asks for; `false` where that is nothing.
    pub fn new(dispatch: &Dispatch, follow: fn(&Dispatch, Shortcut) -> bool) -> Option<Self> {
        let window = web_sys::window()?;
        let document = window.document()?;
        let mut events = vec![
            other_tabs(&window, dispatch),
            hiding(&window, dispatch),
            showing(&window, dispatch),
            history(&window, dispatch),
            keys(&document, dispatch, follow),
            waking(&document, dispatch),
        ];
        events.extend(print::open_boxes(&window));
        let clock = {
            let dispatch = dispatch.clone();
            Interval::new(MINUTE, move || tick(&dispatch))
        };
        Some(Self { _events: events, _clock: clock })
    }
}

/// Says what day it is, where that is news.
fn tick(dispatch: &Dispatch) {
    guest::stay();
    let today = clock::today();
    if dispatch.state().clock_day() != today {
        dispatch.send(Action::ClockTicked(today));
    }
}

fn other_tabs(window: &Window, dispatch: &Dispatch) -> EventListener {
    let dispatch = dispatch.clone();
    EventListener::new(window, "storage", move |event| {
        // What other tabs write to the browser's storage is not what this one has.
        if let Some(event) = event.dyn_ref::<StorageEvent>().filter(|_| !guest::is_on()) {
            let change = StorageChange { key: event.key(), text: event.new_value() };
            dispatch.send(Action::StorageChanged(change));
        }
    })
}

fn hiding(window: &Window, dispatch: &Dispatch) -> EventListener {
    let dispatch = dispatch.clone();
    EventListener::new(window, "pagehide", move |_| {
        dispatch.send(Action::Hidden);
        guest::stay();
    })
}

fn showing(window: &Window, dispatch: &Dispatch) -> EventListener {
    let dispatch = dispatch.clone();
    EventListener::new(window, "pageshow", move |event| {
        if event.dyn_ref::<PageTransitionEvent>().is_some_and(PageTransitionEvent::persisted) {
            dispatch.send(Action::ShownAgain);
        }
    })
}

/// The browser's own buttons, and addresses changed by hand.
fn history(window: &Window, dispatch: &Dispatch) -> EventListener {
    let dispatch = dispatch.clone();
    let folder = address::site_folder();
    EventListener::new(window, "popstate", move |_| {
        if let Some(route) = address::shown_route(&folder) {
            notes::leave();
            let note = notes::arrive().map(Into::into);
            dispatch.send(Action::Arrived { route, fragment: address::fragment().map(Into::into), note });
        }
    })
}

fn waking(document: &Document, dispatch: &Dispatch) -> EventListener {
    let dispatch = dispatch.clone();
    EventListener::new(document, "visibilitychange", move |_| {
        tick(&dispatch);
        // What was removed from storage meanwhile is stored again before anybody relies on it.
        if dispatch.state().is_restored {
            dispatch.send(Action::LookedAt);
        }
    })
}

fn keys(document: &Document, dispatch: &Dispatch, follow: fn(&Dispatch, Shortcut) -> bool) -> EventListener {
    let dispatch = dispatch.clone();
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(document, "keydown", options, move |event| {
        if let Some(event) = event.dyn_ref::<KeyboardEvent>()
            && let Some(shortcut) = shortcut(event)
            && follow(&dispatch, shortcut)
        {
            event.prevent_default();
        }
    })
}
