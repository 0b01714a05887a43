//! How the parts of a requirement's card say what was done in them.

use plan_checklist_domain::{EntryId, Msg};
use yew::Callback;

pub(crate) struct Editing {
    pub(crate) is_disabled: bool,
    /// The entry whose removal waits for a second click.
    pub(crate) asked: Option<EntryId>,
    pub(crate) on_edit: Callback<Msg>,
    pub(crate) on_ask: Callback<Option<EntryId>>,
}
