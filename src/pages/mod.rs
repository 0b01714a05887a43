//! The pages; each only composes. One function renders those that come with the program, one each part's.

pub(crate) mod all;
pub(crate) mod dates;
pub(crate) mod duties;
pub(crate) mod home;
pub(crate) mod poster;
pub(crate) mod review;
pub(crate) mod safety;
pub(crate) mod share;
pub(crate) mod sharing;
pub(crate) mod snapshot;
pub(crate) mod source;
pub(crate) mod start;
pub(crate) mod step;
pub(crate) mod task_list;
pub(crate) mod workbooks;

use plan_checklist_domain::UnitKind;
use yew::Html;

use crate::route::Route;
use crate::store::Store;

/// The pages that come with the program: filling in, reading, looking up.
pub(crate) fn program(store: &Store) -> Html {
    match store.route {
        Route::TaskList(kind) => task_list::task_list(store, kind),
        Route::Step(kind, position) => step::step(store, kind, position),
        Route::Review(kind) => review::review(store, kind),
        Route::All(kind) => all::all(store, kind),
        Route::Duties => duties::duties(store),
        Route::Source => source::source(store),
        _ => home::home(store),
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
        _ => safety::safety(store),
    }
}

/// The pages that hand something on, and those that what was handed on leads to.
pub(crate) fn sharing(store: &Store) -> Html {
    sharing::at_desk(store, |desk| match desk.store.route {
        Route::Poster(kind) => poster::poster(desk, kind),
        Route::Start(kind) => start::start(desk, kind),
        Route::Snapshot => snapshot::snapshot(desk),
        _ => share::share(desk),
    })
}
