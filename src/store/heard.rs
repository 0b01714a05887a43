//! What storage held, and what other tabs did: found, heard of, taken in.

use std::rc::Rc;

use plan_checklist_domain::storage::log::Log;
use plan_checklist_domain::workbook::merge::merge;
use plan_checklist_domain::{AsOf, Clock, UnitKind, Workbook, WorkbookId};

use super::action::{Action, Restored};
use super::command::{Command, Wipe};
use super::reduce::RETRY_MILLISECONDS;
use super::state::{Notice, Saving, State};

/// How close to each other two tabs begin, in milliseconds, where nobody can have meant two workbooks.
const MOMENT: u64 = 1000;

impl State {
    pub(super) fn restore(&mut self, found: &Restored) {
        self.clock = Clock::new(found.author);
        let mut books = found.books.clone();
        for (kind, id) in UnitKind::ALL.into_iter().zip(found.current) {
            books.entry(id).or_insert_with(|| Rc::new(Workbook::new(id, kind)));
        }
        for book in books.values() {
            self.clock.observe(book.latest());
        }
        self.clock.observe(found.training.latest());
        self.training = found.training.clone();
        self.books = Rc::new(books);
        self.current = found.current;
        self.histories.clone_from(&found.histories);
        self.locked.clone_from(&found.locked);
        self.notices.clear();
        found.notices.iter().for_each(|notice| self.notice(*notice));
        self.backups.clear();
        self.backups.extend(found.backups.iter().copied());
        self.today = found.today;
        self.chosen_day = found.chosen_day;
        self.near_days = found.near_days.unwrap_or(AsOf::NEAR_DAYS);
        self.is_guest = found.is_guest;
        self.saving = found.refusal.map_or(Saving::Idle, Saving::Failed);
        self.is_restored = true;
    }

    /// The page was laid aside, and others may have written meanwhile: what they wrote is taken in before any input.
    pub(super) fn reread(&mut self, found: &Restored) {
        self.today = found.today;
        self.locked.extend(&found.locked);
        found.notices.iter().for_each(|notice| self.notice(*notice));
        self.backups.extend(found.backups.iter().copied());
        let gone = self.books.values().filter(|book| self.may_save(book) && !found.books.contains_key(&book.id));
        let gone: Vec<_> = gone.map(|book| book.id).collect();
        // What could not be saved was never there.
        if found.refusal.is_none() && !matches!(self.saving, Saving::Failed(_)) {
            self.hear_of_wiping(&Wipe::Workbooks(gone));
            if found.training.is_empty() && self.training_to_save().is_some() {
                self.wiped_training = Some(self.training.clone());
                self.notice(Notice::WipedElsewhere);
            }
        }
        self.hear_training(&found.training);
        for theirs in found.books.values() {
            // Nobody has answered anything here meanwhile, so nothing can have been begun at the same time.
            let _ = self.hear(theirs, u64::MAX);
        }
    }

    pub(super) fn hear(&mut self, theirs: &Workbook, now: u64) -> Vec<Command> {
        // Another tab wrote once more before it heard of it.
        if self.wiped_here.contains(&theirs.id) {
            return Vec::new();
        }
        let kind = theirs.kind;
        if let Some(ours) = self.books.get(&theirs.id) {
            let merged = merge(ours, theirs);
            if merged != **ours {
                self.put(merged);
            }
            return Vec::new();
        }
        // Another tab began a workbook.
        let ours = self.workbook(kind).clone();
        let is_on_purpose = self.begun.contains(&ours.id);
        if !is_on_purpose && are_one_beginning(&ours, theirs, now) {
            return self.become_one(&ours, theirs);
        }
        // Where nothing was begun here, this one goes on with it.
        if ours.is_blank() && !is_on_purpose && !*theirs.is_deleted {
            self.current[kind as usize] = theirs.id;
        }
        self.put(theirs.clone());
        Vec::new()
    }

    /// Takes in what another tab or a file says was learned.
    pub(super) fn hear_training(&mut self, theirs: &Log) {
        // Another tab wrote once more before it heard that it was wiped.
        if !self.is_training_wiped_here && !self.training.includes(theirs) {
            self.clock.observe(theirs.latest());
            self.training = Rc::new(self.training.merge(theirs));
        }
    }

    /// Makes one workbook of two that were begun in the same moment, under the lesser of their ids, as the other tab does.
    pub(super) fn become_one(&mut self, ours: &Workbook, theirs: &Workbook) -> Vec<Command> {
        let id = ours.id.min(theirs.id);
        self.put(merge(&ours.duplicate(id), &theirs.duplicate(id)));
        if id == ours.id {
            return Vec::new();
        }
        Rc::make_mut(&mut self.books).remove(&ours.id);
        if let Some(history) = self.histories.remove(&ours.id) {
            self.histories.insert(id, history);
        }
        self.current[ours.kind as usize] = id;
        vec![Command::Later { milliseconds: 0, action: Box::new(Action::BecameOne(ours.id)) }]
    }

    /// Lets go what became part of another workbook, once that one is stored.
    pub(super) fn let_go_of(&self, id: WorkbookId) -> Command {
        if matches!(self.saving, Saving::Failed(_)) {
            Command::Later { milliseconds: RETRY_MILLISECONDS, action: Box::new(Action::BecameOne(id)) }
        } else {
            Command::Wipe(Wipe::Workbooks(vec![id]))
        }
    }

    pub(super) fn hear_of_wiping(&mut self, what: &Wipe) {
        // It is told twice; how something stood is as the first time.
        let is_new = |book: &&Rc<Workbook>| what.includes(book.id) && !self.wiped.contains_key(&book.id);
        let gone = self.books.values().filter(is_new).filter(|book| !book.is_blank());
        let gone: Vec<_> = gone.map(|book| (book.id, book.clone())).collect();
        let is_training_gone = *what == Wipe::Everything && !self.training.is_empty() && self.wiped_training.is_none();
        if !gone.is_empty() || is_training_gone {
            self.wiped.extend(gone);
            if is_training_gone {
                self.wiped_training = Some(self.training.clone());
            }
            self.notice(Notice::WipedElsewhere);
        }
    }
}

/// Whether two tabs that knew nothing of each other began the same: unnamed, of one kind and cycle, and within a moment.
fn are_one_beginning(ours: &Workbook, theirs: &Workbook, now: u64) -> bool {
    let began = [ours, theirs].map(|book| book.earliest().wall);
    let is_alike = ours.unit.is_empty() && theirs.unit.is_empty() && *ours.cycle == *theirs.cycle;
    let is_kept = !ours.is_blank() && !*ours.is_deleted && !*theirs.is_deleted;
    is_alike && is_kept && began[0].abs_diff(began[1]) <= MOMENT && now.abs_diff(began[0]) <= MOMENT
}
