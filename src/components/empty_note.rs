//! What is said where nothing was filled in yet: who expects a colleague's answers will not find them here.

use yew::prelude::*;

use crate::store::Store;

/// The note, with what can be done about it.
pub(crate) fn empty_note(store: &Store, way_on: Html) -> Html {
    // Until storage is read, who comes back may have filled in, and must not see it.
    html! {
        <p class={classes!("note", (!store.is_restored).then_some("note--early"), "needs-program")}>
            { "这个浏览器里还没有填过。别人电脑上的答复，这里看不到。" }
            { way_on }
        </p>
    }
}
