//! Undo and redo: what was done to one workbook on this page, and how to take it back.

use std::rc::Rc;

use crate::stamp::Clock;
use crate::update::{Msg, restoring, update};
use crate::workbook::Workbook;

/// How many steps can be taken back.
const DEPTH: usize = 200;

/// What was done, latest last, and what was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    pub(crate) done: Vec<Rc<Step>>,
    pub(crate) undone: Vec<Rc<Step>>,
}

/// One change, as a person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub deed: Deed,
    /// What of the workbook was changed, as it was and as it then was.
    pub(crate) before: Workbook,
    pub(crate) after: Workbook,
    /// When it was last added to, in milliseconds since 1970.
    pub(crate) wall: u64,
}

impl Step {
    /// `None` where nothing changed that can be seen, so that nothing can be undone.
    pub(crate) fn new(deed: Deed, before: &Workbook, after: &Workbook, wall: u64) -> Option<Self> {
        let step = Self { deed, before: apart(before, after), after: apart(after, before), wall };
        step.subject().map(|_| step)
    }

    /// What it changed; the first of it, where it changed more than one thing.
    #[must_use]
    pub fn subject(&self) -> Option<Msg> {
        self.backward().into_iter().next()
    }

    /// An entry that was added shows up here as to be removed.
    fn backward(&self) -> Vec<Msg> {
        restoring(&self.after, &self.before)
    }

    fn forward(&self) -> Vec<Msg> {
        let forward = restoring(&self.before, &self.after);
        if forward.is_empty() { reappearing(&self.backward()) } else { forward }
    }
}

/// What a step did, for its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// One edit.
    Edit,
    /// Another copy was merged in.
    Merge,
    /// A snapshot was restored.
    Restore,
    /// What a link carried was taken over.
    Link,
    /// Due dates were proposed and taken over.
    Schedule,
}

impl Deed {
    /// By their numbers.
    pub(crate) const ALL: [Self; 5] = [Self::Edit, Self::Merge, Self::Restore, Self::Link, Self::Schedule];
}

/// Typing is one step until there is a pause of this many milliseconds.
const PAUSE: u64 = 3000;

impl History {
    /// Takes note of a change. What was taken back before can then no longer be redone.
    pub fn record(&mut self, deed: Deed, before: &Workbook, after: &Workbook, now: u64) {
        let Some(mut step) = Step::new(deed, before, after, now) else { return };
        self.undone.clear();
        if let (Some(last), Some(msg)) = (self.done.last(), step.subject())
            && (last.deed, deed) == (Deed::Edit, Deed::Edit)
            && last.subject().is_some_and(|earlier| msg.continues(&earlier))
            && now.saturating_sub(last.wall) < PAUSE
        {
            step.before = last.before.clone();
            self.done.pop();
            if step.subject().is_none() {
                // Typed, and deleted again.
                return;
            }
        }
        if self.done.len() == DEPTH {
            self.done.remove(0);
        }
        self.done.push(Rc::new(step));
    }

    /// The step that [`undo`](Self::undo) would take back.
    #[must_use]
    pub fn next_undo(&self) -> Option<&Step> {
        self.done.last().map(|step| &**step)
    }

    /// The step that [`redo`](Self::redo) would do again.
    #[must_use]
    pub fn next_redo(&self) -> Option<&Step> {
        self.undone.last().map(|step| &**step)
    }

    /// Takes the last step back; `None` where there is none.
    pub fn undo(&mut self, workbook: &Workbook, clock: &mut Clock, now: u64) -> Option<Workbook> {
        let step = self.done.pop()?;
        let before = apply(workbook, &step.backward(), clock, now);
        self.undone.push(step);
        Some(before)
    }

    /// Does the step last taken back again; `None` where there is none.
    pub fn redo(&mut self, workbook: &Workbook, clock: &mut Clock, now: u64) -> Option<Workbook> {
        let step = self.undone.pop()?;
        let after = apply(workbook, &step.forward(), clock, now);
        self.done.push(step);
        Some(after)
    }
}

/// Many messages, one after the other, at `now`.
#[must_use]
pub fn apply(workbook: &Workbook, msgs: &[Msg], clock: &mut Clock, now: u64) -> Workbook {
    msgs.iter().fold(workbook.clone(), |workbook, msg| update(&workbook, msg.clone(), clock.tick(now)))
}

/// The workbook without the answers that are the same in the other.
fn apart(of: &Workbook, other: &Workbook) -> Workbook {
    let mut part = of.clone();
    for (id, answer) in other.answers.iter() {
        if of.answers.get(id).is_some_and(|own| Rc::ptr_eq(own, answer)) {
            part.answers.remove(id);
        }
    }
    part
}

/// The opposite of removing entries that had just been made.
fn reappearing(backward: &[Msg]) -> Vec<Msg> {
    let back = backward.iter().filter_map(|msg| match msg {
        Msg::EntryRemoved(list, at, true) => Some(Msg::EntryRemoved(*list, *at, false)),
        _ => None,
    });
    back.collect()
}
