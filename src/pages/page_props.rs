//! What a page that holds something of its own is given.

use yew::prelude::*;

use crate::store::Store;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct PageProps {
    pub(crate) store: Store,
}
