//! What a page that holds something of its own is given.

use plan_checklist_domain::UnitKind;
use yew::prelude::*;

use crate::store::Store;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct PageProps {
    pub(crate) store: Store,
}

/// The same, where it belongs to a kind of unit.
#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct PageOfKindProps {
    pub(crate) store: Store,
    pub(crate) kind: UnitKind,
}
