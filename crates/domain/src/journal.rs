//! What can be undone, as text: a tab hands it from one page to the next.
//!
//! A list of steps: whether it was undone, the number of its deed, its time, and what it changed, as it was and as it then
//! was, each in the JSON of a workbook.
//!
//! It lives as long as a tab does, so it is read by the release that wrote it; whatever else it may be reads as nothing.

use std::rc::Rc;

use crate::history::{Deed, History, Step};
use crate::json::{Value, parse};
use crate::map::Map;
use crate::saved;
use crate::workbook::WorkbookId;

/// How many steps of each workbook go along.
const DEPTH: usize = 50;

/// What can be undone in these workbooks.
#[must_use]
pub fn encode(histories: &Map<WorkbookId, Rc<History>>) -> String {
    let mut out = String::new();
    let lists = histories.values().flat_map(|history| [("[0", &history.done), ("[1", &history.undone)]);
    for (undone, steps) in lists {
        for step in steps.iter().skip(steps.len().saturating_sub(DEPTH)) {
            out.push(if out.is_empty() { '[' } else { ',' });
            out.push_str(undone);
            let numbers = [step.deed as u64, step.wall].map(|number| number.to_string());
            for part in numbers.into_iter().chain([&step.before, &step.after].map(saved::encode)) {
                out.push(',');
                out.push_str(&part);
            }
            out.push(']');
        }
    }
    out.push(']');
    out
}

/// Reads what [`encode`] wrote; nothing where it did not.
#[must_use]
pub fn decode(text: &str) -> Map<WorkbookId, Rc<History>> {
    let mut histories = Map::<_, Rc<History>>::new();
    if let Ok(Value::List(steps)) = parse(text) {
        for (is_undone, step) in steps.into_iter().filter_map(read_step) {
            let history = Rc::make_mut(histories.get_or_insert_with(step.before.id, Rc::default));
            if is_undone { &mut history.undone } else { &mut history.done }.push(Rc::new(step));
        }
    }
    histories
}

fn read_step(step: Value) -> Option<(bool, Step)> {
    let Value::List(parts) = step else { return None };
    let mut parts = parts.into_iter();
    let mut number = || parts.next()?.as_u64();
    let (undone, deed, wall) = (number()?, number()?, number()?);
    let mut workbook = || Some(saved::decode(parts.next()?)?.workbook);
    let (before, after) = (workbook()?, workbook()?);
    let deed = *Deed::ALL.get(usize::try_from(deed).ok()?)?;
    Some((undone == 1, Step::new(deed, &before, &after, wall)?))
}
