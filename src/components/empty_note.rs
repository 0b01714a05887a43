//! What is said where nothing was filled in yet: who expects a colleague's answers will not find them here.

use std::rc::Rc;

use plan_checklist_domain::Workbook;
use yew::prelude::*;

use crate::components::link::link;
use crate::route::Route;
use crate::store::Store;

/// The note, with what can be done about it.
pub(crate) fn empty_note(store: &Store, way_on: Html) -> Html {
    let is_binned = |book: &Rc<Workbook>| *book.is_deleted && !book.is_blank() && Some(book.kind) == store.route.kind();
    let is_any_binned = store.books.values().any(is_binned);
    // Until storage is read, who comes back may have filled in, and must not see it.
    html! {
        <p class={classes!("note", (!store.is_restored).then_some("note--early"), "needs-program")}>
            if is_any_binned {
                { "现在这份还没有填过；回收站里有填过的，到" }{ link(store, Route::Workbooks, "", "我的自查表") }{ "可以恢复。" }
            } else {
                { "这个浏览器里还没有填过。别人电脑上的答复，这里看不到。" }
            }
            { way_on }
        </p>
    }
}
