//! The pages that hand something on or receive it: what they hold beside the store.

use std::cell::{Ref, RefCell};
use std::rc::Rc;

use plan_checklist_domain::{CATALOGUE, UnitKind};
use yew::prelude::*;

use crate::effects::here::Here;
use crate::effects::{address, clipboard, scroll};
use crate::pages::{share, snapshot};
use crate::store::{Dispatch, Store};

/// What is entered on these pages, and what they know of their surroundings. It goes with the page.
#[derive(Debug, Default)]
pub(crate) struct Held {
    /// Known after the first render, which must show what was prerendered.
    pub(crate) here: Option<Here>,
    /// What the address carries after its `#`, as it stands there.
    pub(crate) fragment: String,
    /// What was copied last, and whether the browser did it.
    copied: Option<(String, bool)>,
    pub(crate) share: share::Form,
    pub(crate) snapshot: snapshot::Form,
}

/// The store, and what these pages hold beside it.
#[derive(Clone)]
pub(crate) struct Desk {
    pub(crate) store: Store,
    pub(crate) dispatch: Dispatch,
    held: Rc<RefCell<Held>>,
    redraw: UseForceUpdateHandle,
}

impl Desk {
    /// What is held now. To be let go before anything changes it.
    pub(crate) fn held(&self) -> Ref<'_, Held> {
        self.held.borrow()
    }

    pub(crate) fn change(&self, change: impl FnOnce(&mut Held)) {
        change(&mut self.held.borrow_mut());
        self.redraw();
    }

    fn redraw(&self) {
        self.redraw.force_update();
    }

    /// Changes what is held when it is called.
    pub(crate) fn on<E: 'static>(&self, change: impl Fn(&mut Held, E) + 'static) -> Callback<E> {
        let (held, redraw) = (self.held.clone(), self.redraw.clone());
        Callback::from(move |event| {
            change(&mut held.borrow_mut(), event);
            redraw.force_update();
        })
    }

    /// Whether this text was copied last, and by the browser.
    pub(crate) fn copied(&self, text: &str) -> Option<bool> {
        self.held().copied.as_ref().filter(|(copied, _)| copied == text).map(|(_, by_browser)| *by_browser)
    }

    /// Copies the text that stands in the field with this id.
    pub(crate) fn copy(&self, field: &'static str, text: &str) {
        let (desk, kept) = (self.clone(), text.to_owned());
        clipboard::copy(field, text, move |by_browser| desk.change(|held| held.copied = Some((kept, by_browser))));
    }

    /// Takes in what the address shows.
    fn look(&self) {
        address::mark_route(self.store.route);
        let fragment = address::raw_fragment();
        let is_place = scroll::is_place(&fragment);
        if is_place && self.held().here.is_some() {
            // The way past the header: it is no reason to let go of what the link carried.
            return address::put_fragment(&self.held().fragment);
        }
        let is_known = self.held().here.is_some() && self.held().fragment == fragment;
        if !is_known {
            self.change(|held| {
                let here = held.here.take().or_else(Here::look);
                let fragment = if is_place { String::new() } else { fragment };
                *held = Held { here, fragment, ..Held::default() };
            });
        }
    }
}

/// Renders the page a desk is about.
type Page = fn(&Desk) -> Html;

#[derive(Clone, Properties)]
struct SharingProps {
    store: Store,
    page: Page,
}

/// Every state is looked at.
impl PartialEq for SharingProps {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

#[component]
fn Sharing(props: &SharingProps) -> Html {
    let store = &props.store;
    let held = use_mut_ref(Held::default);
    let redraw = use_force_update();
    let desk = Desk { store: store.clone(), dispatch: Dispatch::of(store), held, redraw };
    {
        let desk = desk.clone();
        use_effect_with((store.route, store.arrival.count), move |_| desk.look());
    }
    (props.page)(&desk)
}

/// A page with what it holds beside the store.
pub(crate) fn at_desk(store: &Store, page: Page) -> Html {
    html! { <Sharing store={store.clone()} {page} /> }
}

/// How much there is to do, in words.
pub(crate) fn extent(kind: UnitKind) -> String {
    format!("{} 项要求，分 {} 步", CATALOGUE.requirements_for(kind).count(), CATALOGUE.steps.len())
}
