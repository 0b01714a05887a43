//! What can be undone, as text: a tab keeps it beside its slot, so that undo survives a reload.
//!
//! It lives as long as the tab does, and is read by the release that wrote it; whatever else it may be reads as nothing.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde::Deserialize as _;
use serde_json::Value;

use crate::workbook::history::History;
use crate::workbook::workbook_id::WorkbookId;

/// How many changes of each workbook go along.
const DEPTH: usize = 50;
/// The most bytes it may have. Nobody takes back 50 pasted books.
const SIZE_LIMIT: usize = 500_000;

/// What can be undone in these workbooks: the latest changes, as many as there is room for.
#[must_use]
pub fn encode(histories: &BTreeMap<WorkbookId, Rc<History>>) -> String {
    let mut depth = DEPTH;
    loop {
        let latest: Vec<_> = histories.iter().map(|(id, history)| (id, history.latest(depth))).collect();
        let text = serde_json::to_string(&latest).expect("writing to memory does not fail");
        if text.len() <= SIZE_LIMIT || depth == 0 {
            return text;
        }
        depth /= 2;
    }
}

/// Reads what [`encode`] wrote; nothing where it did not.
#[must_use]
pub fn decode(text: &str) -> BTreeMap<WorkbookId, Rc<History>> {
    let value: Value = serde_json::from_str(text).unwrap_or_default();
    let read = Vec::<(WorkbookId, History)>::deserialize(&value).unwrap_or_default();
    let mut histories = BTreeMap::new();
    histories.extend(
        read.into_iter().filter(|(_, history)| !history.is_empty()).map(|(id, history)| (id, Rc::new(history))),
    );
    histories
}
