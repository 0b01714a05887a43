//! The pages; each only composes. Those that load together are rendered by one function.

pub(crate) mod all;
pub(crate) mod dates;
pub(crate) mod duties;
pub(crate) mod home;
pub(crate) mod learning;
pub(crate) mod page_props;
pub(crate) mod poster;
pub(crate) mod review;
pub(crate) mod rollup;
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

use crate::route::Route;
use crate::store::Store;

/// The pages that come with the program: filling in.
pub(crate) fn program(store: &Store) -> Html {
    match store.route {
        Route::TaskList(kind) => task_list::task_list(store, kind),
        // Its own element for every step: what one holds open, the next does not.
        Route::Step(kind, position) => html! {
            <step::StepPage key={format!("{}-{position}", kind.as_str())} store={store.clone()} {kind} {position} />
        },
        _ => home::home(store),
    }
}

/// The pages that show what was filled in, and those to look something up.
pub(crate) fn reading(store: &Store) -> Html {
    match store.route {
        Route::Review(kind) => html! { <review::ReviewPage key={kind.as_str()} store={store.clone()} {kind} /> },
        Route::All(kind) => html! { <all::All store={store.clone()} {kind} /> },
        Route::Duties => html! { <duties::Duties store={store.clone()} /> },
        Route::RollUp => html! { <rollup::RollUp store={store.clone()} /> },
        _ => source::source(store),
    }
}

/// The pages about dates.
pub(crate) fn dates(store: &Store) -> Html {
    dates::dates(store, store.route.kind().unwrap_or(UnitKind::County))
}

/// The pages that keep what was filled in.
pub(crate) fn keeping(store: &Store) -> Html {
    match store.route {
        Route::Workbooks => workbooks::workbooks(store),
        _ => html! { <safety::Safety store={store.clone()} /> },
    }
}

/// The pages that hand something on, and those that what was handed on leads to.
pub(crate) fn sharing(store: &Store) -> Html {
    match store.route {
        Route::Poster(kind) => html! { <poster::Poster store={store.clone()} {kind} /> },
        Route::Start(kind) => html! { <start::StartPage store={store.clone()} {kind} /> },
        Route::Snapshot => html! { <snapshot::SnapshotPage store={store.clone()} /> },
        _ => html! { <share::Share store={store.clone()} /> },
    }
}

/// The pages one learns with.
pub(crate) fn training(store: &Store) -> Html {
    let quiz = |key: &'static str, is_revision: bool| html! { <learning::quiz::Quiz {key} store={store.clone()} {is_revision} /> };
    match store.route {
        Route::Lessons => learning::lessons::lessons(store),
        Route::Crib => learning::crib::crib(store),
        Route::Quiz => quiz("quiz", false),
        Route::Revision => quiz("revision", true),
        Route::Class => html! { <learning::class::ClassPage store={store.clone()} /> },
        _ => learning::learning(store),
    }
}

/// The pages that learning leads to.
pub(crate) fn practice(store: &Store) -> Html {
    match store.route {
        Route::Record => learning::record::record(store),
        _ => html! { <learning::practice::PracticePage store={store.clone()} /> },
    }
}
