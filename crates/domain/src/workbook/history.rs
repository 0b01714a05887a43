//! Undo and redo: what was done to one workbook on this page, and how to take it back.

use crate::workbook::differences::restoring;
use serde::{Deserialize, Serialize};

use crate::workbook::stamp::Clock;
use crate::workbook::update::{Msg, update};
use crate::workbook::workbook::Workbook;

/// How many steps can be taken back.
const DEPTH: usize = 200;

/// What was done, latest last, and what was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct History {
    done: Vec<HistoryEntry>,
    undone: Vec<HistoryEntry>,
}

/// One change, as a person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryEntry {
    pub kind: ChangeKind,
    backward: Vec<Msg>,
    forward: Vec<Msg>,
    /// When it was last added to, in milliseconds since 1970.
    wall: u64,
}

/// What a step did, for its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChangeKind {
    /// One edit.
    Edit(Msg),
    /// Another copy was merged in.
    Merge,
    /// A restore point was restored.
    Restore,
    /// What a link carried was taken over.
    Link,
    /// Due dates were proposed and taken over.
    Schedule,
    /// The same was written into many answers.
    Together,
}

/// Typing is one step until there is a pause of this many milliseconds.
const PAUSE: u64 = 3000;

impl History {
    /// Takes note of a change. What was taken back before can then no longer be redone.
    pub fn record(&mut self, kind: ChangeKind, before: &Workbook, after: &Workbook, now: u64) {
        let backward = restoring(after, before);
        // What cannot be seen cannot be undone. An entry that was added shows up in `backward` as to be removed.
        if backward.is_empty() {
            return;
        }
        self.undone.clear();
        let forward = restoring(before, after);
        if let (ChangeKind::Edit(msg), Some(last)) = (&kind, self.done.last_mut())
            && let ChangeKind::Edit(earlier) = &last.kind
            && msg.continues(earlier)
            // A clock that went back says nothing about a pause.
            && now.checked_sub(last.wall).is_some_and(|gap| gap < PAUSE)
        {
            last.forward = forward;
            last.wall = now;
            last.kind = kind;
            // What was typed and taken away again is nothing to take back.
            if last.backward.iter().all(|msg| update(after, msg.clone(), after.latest()) == *after) {
                self.done.pop();
            }
            return;
        }
        if self.done.len() == DEPTH {
            self.done.remove(0);
        }
        let forward = if forward.is_empty() { reappearing(&backward) } else { forward };
        self.done.push(HistoryEntry { kind, backward, forward, wall: now });
    }

    /// Whether nothing can be taken back or done again.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.done.is_empty() && self.undone.is_empty()
    }

    /// The latest changes alone, and those taken back last.
    #[must_use]
    pub fn latest(&self, count: usize) -> Self {
        let latest = |list: &[HistoryEntry]| list[list.len().saturating_sub(count)..].to_vec();
        Self { done: latest(&self.done), undone: latest(&self.undone) }
    }

    /// The step that [`undo`](Self::undo) would take back.
    #[must_use]
    pub fn next_undo(&self) -> Option<&HistoryEntry> {
        self.done.last()
    }

    /// The step that [`redo`](Self::redo) would do again.
    #[must_use]
    pub fn next_redo(&self) -> Option<&HistoryEntry> {
        self.undone.last()
    }

    /// Takes the last step back; `None` where there is none. What another tab wrote into the same fields since stands.
    pub fn undo(&mut self, workbook: &Workbook, clock: &mut Clock, now: u64) -> Option<Workbook> {
        let step = self.done.pop()?;
        let before = apply(workbook, &not_written_since(workbook, &step.backward, &step.forward), clock, now);
        self.undone.push(step);
        Some(before)
    }

    /// Does the step last taken back again; `None` where there is none. What another tab wrote into the same fields since
    /// stands.
    pub fn redo(&mut self, workbook: &Workbook, clock: &mut Clock, now: u64) -> Option<Workbook> {
        let step = self.undone.pop()?;
        let after = apply(workbook, &not_written_since(workbook, &step.forward, &step.backward), clock, now);
        self.done.push(step);
        Some(after)
    }
}

/// Many messages, one after the other, at `now`.
#[must_use]
pub fn apply(workbook: &Workbook, msgs: &[Msg], clock: &mut Clock, now: u64) -> Workbook {
    msgs.iter().fold(workbook.clone(), |workbook, msg| update(&workbook, msg.clone(), clock.tick(now)))
}

/// Those of `msgs` whose fields still hold what `left` wrote there.
fn not_written_since(workbook: &Workbook, msgs: &[Msg], left: &[Msg]) -> Vec<Msg> {
    let holds = |msg: &Msg| update(workbook, msg.clone(), workbook.latest()) == *workbook;
    let is_as_left = |msg: &&Msg| left.iter().filter(|left| left.is_of_same_field(msg)).all(holds);
    msgs.iter().filter(is_as_left).cloned().collect()
}

/// The opposite of removing entries that had just been made.
fn reappearing(backward: &[Msg]) -> Vec<Msg> {
    let back = backward.iter().filter_map(|msg| match msg {
        Msg::EntryRemoved(list, at, true) => Some(Msg::EntryRemoved(*list, *at, false)),
        _ => None,
    });
    back.collect()
}
