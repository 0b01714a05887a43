//! The pages; each only composes. Those that belong to one bundle are rendered by one function.

pub(crate) mod all;
pub(crate) mod dates;
pub(crate) mod duties;
pub(crate) mod home;
pub(crate) mod page_props;
pub(crate) mod poster;
pub(crate) mod review;
pub(crate) mod safety;
pub(crate) mod share;
pub(crate) mod snapshot;
pub(crate) mod source;
pub(crate) mod start;
pub(crate) mod step;
pub(crate) mod surroundings;
pub(crate) mod task_list;
pub(crate) mod workbooks;

use plan_checklist_domain::UnitKind;
use yew::prelude::*;

use crate::route::{Bundle, Route};
use crate::store::Store;

/// The pages on which people fill in.
pub fn filling(store: &Store) -> Html {
    match store.route {
        Route::TaskList(kind) => task_list::task_list(store, kind),
        Route::Step(kind, position) => step::step(store, kind, position),
        _ => home::home(store),
    }
}

/// The pages that show what was filled in.
pub fn reading(store: &Store) -> Html {
    let kind = store.route.kind().unwrap_or(UnitKind::County);
    match store.route {
        Route::Review(_) => review::review(store, kind),
        _ => html! { <all::All store={store.clone()} {kind} /> },
    }
}

/// The pages that show what the speech says, and who does what.
pub fn reference(store: &Store) -> Html {
    match store.route {
        Route::Duties => html! { <duties::Duties store={store.clone()} /> },
        _ => source::source(store),
    }
}

/// The pages that keep what was filled in.
pub fn keeping(store: &Store) -> Html {
    match store.route {
        Route::Workbooks => workbooks::workbooks(store),
        _ => html! { <safety::Safety store={store.clone()} /> },
    }
}

/// The pages about dates.
pub fn planning(store: &Store) -> Html {
    dates::dates(store, store.route.kind().unwrap_or(UnitKind::County))
}

/// The pages that hand something on.
pub fn sharing(store: &Store) -> Html {
    match store.route {
        Route::Poster(kind) => html! { <poster::Poster store={store.clone()} {kind} /> },
        _ => html! { <share::Share store={store.clone()} /> },
    }
}

/// The pages that what was handed on leads to.
pub fn receiving(store: &Store) -> Html {
    match store.route {
        Route::Start(kind) => html! { <start::StartPage store={store.clone()} {kind} /> },
        _ => html! { <snapshot::SnapshotPage store={store.clone()} /> },
    }
}

/// The function for the pages of a bundle.
#[must_use]
pub fn of(bundle: Bundle) -> fn(&Store) -> Html {
    match bundle {
        Bundle::Filling => filling,
        Bundle::Reading => reading,
        Bundle::Reference => reference,
        Bundle::Keeping => keeping,
        Bundle::Planning => planning,
        Bundle::Sharing => sharing,
        Bundle::Receiving => receiving,
    }
}
