//! What is said where nothing was filled in yet: who expects a colleague's answers will not find them here.

use crate::store::Store;

pub(crate) const NOTHING_YET: &str = "这个浏览器里还没有填过。别人电脑上的答复，这里看不到。";

/// Until storage is read, who comes back may have filled in, and must not see it.
pub(crate) fn class(store: &Store) -> &'static str {
    if store.is_restored { "note needs-program" } else { "note note--early needs-program" }
}
