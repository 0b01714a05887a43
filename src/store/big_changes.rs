//! Changes of many answers at once: what they change is kept first, then they are made.

use plan_checklist_domain::workbook::conflicts::take_in;
use plan_checklist_domain::workbook::history::{ChangeKind, apply};
use plan_checklist_domain::workbook::merge::merge;
use plan_checklist_domain::workbook::{differences::restoring, update::update};
use plan_checklist_domain::{Msg, Workbook};

use super::command::{BigChange, Command};
use super::state::{Done, Outcome, State};

impl State {
    /// Has restore points kept of what a big change will change; makes the change at once where there is nothing to keep.
    pub(super) fn prepare(&mut self, change: BigChange, now: u64) -> Vec<Command> {
        self.asked = None;
        if change.ids().iter().any(|id| self.locked.contains(id)) {
            return Vec::new();
        }
        let ids = change.ids();
        let workbooks: Vec<_> =
            ids.iter().filter_map(|id| self.books.get(id)).filter(|book| !book.is_blank()).cloned().collect();
        if workbooks.is_empty() {
            self.make(change, false, now);
            return Vec::new();
        }
        vec![Command::KeepRestorePoints { workbooks, reason: change.reason(), change: Box::new(change) }]
    }

    pub(super) fn make(&mut self, change: BigChange, is_kept: bool, now: u64) {
        self.asked = None;
        let what = match change {
            BigChange::Import { merged, added, training } => {
                let count = merged.len() + added.len();
                // It is wanted again.
                self.is_training_wiped_here &= training.is_empty();
                self.hear_training(&training);
                for workbook in merged {
                    self.merge_in(&workbook, now);
                }
                for workbook in added {
                    self.begin(|id| workbook.duplicate(id), now);
                }
                Done::Imported(count)
            }
            BigChange::Restore(workbook) => {
                self.go_back(&workbook, now);
                Done::Restored
            }
            BigChange::Link { id, msgs } => {
                let count = msgs.len();
                self.apply(id, ChangeKind::Link, &msgs, now);
                Done::Merged(count)
            }
            BigChange::Schedule { id, msgs } => {
                let count = msgs.iter().filter(|msg| matches!(msg, Msg::DueSet(..))).count();
                self.apply(id, ChangeKind::Schedule, &msgs, now);
                Done::Scheduled(count)
            }
            BigChange::Sheet { id, fields, msgs } => {
                self.apply(id, ChangeKind::Merge, &msgs, now);
                Done::SheetRead(fields)
            }
        };
        self.outcome = Some(Outcome { what, is_kept });
    }

    pub(super) fn merge_in(&mut self, workbook: &Workbook, now: u64) {
        self.clock.observe(workbook.latest());
        let before = self.books.get(&workbook.id).cloned();
        let taken = before.as_ref().map(|before| take_in(before, workbook, &mut self.clock, now));
        // Who imports a workbook wants to see it, even if it lies in the recycle bin.
        let shown = update(taken.as_ref().unwrap_or(workbook), Msg::Deleted(false), self.clock.tick(now));
        match before {
            Some(before) => self.change(&before, shown, ChangeKind::Merge, now),
            None => self.put(shown),
        }
        // It is wanted again.
        self.wiped_here.remove(&workbook.id);
        self.current[workbook.kind as usize] = workbook.id;
    }

    pub(super) fn go_back(&mut self, workbook: &Workbook, now: u64) {
        let Some(before) = self.books.get(&workbook.id).cloned() else {
            // Every record of it was lost but this one.
            self.put(workbook.clone());
            self.current[workbook.kind as usize] = workbook.id;
            return;
        };
        // What the older copy knows and this one does not is brought along first.
        let both = merge(&before, workbook);
        self.clock.observe(both.latest());
        let msgs = restoring(&both, workbook);
        let after = apply(&both, &msgs, &mut self.clock, now);
        self.change(&before, after, ChangeKind::Restore, now);
        self.current[workbook.kind as usize] = workbook.id;
    }
}
