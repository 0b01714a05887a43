//! What is looked for among all requirements: this tab keeps it, for who opens one of them and comes back.

use plan_checklist_domain::shelf::PREFIX;

use crate::effects::identity::tab;

fn key() -> String {
    format!("{PREFIX}search")
}

/// What this tab looked for last.
#[must_use]
pub fn recall() -> Option<String> {
    tab()?.get_item(&key()).ok()?
}

/// Keeps it, until the tab is closed.
pub fn remember(text: &str) {
    if let Some(tab) = tab() {
        let _ = tab.set_item(&key(), text);
    }
}
