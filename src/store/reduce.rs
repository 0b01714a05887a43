//! How the state changes: pure, so that it can be tested natively and anything else cannot change it.

use std::rc::Rc;

use plan_checklist_domain::checking::points::status_after;
use plan_checklist_domain::sharing::snapshot::Snapshot;
use plan_checklist_domain::storage::backup;
use plan_checklist_domain::storage::log::Log;
use plan_checklist_domain::workbook::conflicts::take_in;
use plan_checklist_domain::workbook::history::{ChangeKind, History, apply};
use plan_checklist_domain::workbook::merge::merge;
use plan_checklist_domain::workbook::update::EntryValue;
use plan_checklist_domain::workbook::{differences::restoring, update::update};
use plan_checklist_domain::{AsOf, Clock, Cycle, Date, EntryId, List, Msg, UnitKind, Workbook, WorkbookId};

use super::action::{Action, Event, Restored};
use super::command::{BackedUp, BigChange, Command, File, Media, Wipe};
use super::state::{Arrival, Done, Notice, Outcome, PageNote, Question, Saving, State};
use crate::route::Route;
use crate::words;

/// How long until a failed save is tried again.
const RETRY_MILLISECONDS: u32 = 4000;
/// How long a record that somebody removed is left alone: it may have been wiped on purpose.
const GRACE_MILLISECONDS: u32 = 300;
/// How close to each other two tabs begin, in milliseconds, where nobody can have meant two workbooks.
const MOMENT: u64 = 1000;
/// How many workbooks the home page shows to who comes back.
pub const CARDS: usize = 3;

/// The state after an event, and what is to be done outside.
#[must_use]
pub fn reduce(before: &State, event: &Event) -> (State, Vec<Command>) {
    let mut next = before.clone();
    next.now = event.now;
    let mut commands = next.take_in(event.action.clone(), event.now);
    next.assume_cycles();
    let has_learned = !Rc::ptr_eq(&before.training, &next.training);
    let is_save_due = has_learned
        || matches!(
            event.action,
            Action::RetryDue | Action::LookedAt | Action::Kept | Action::Reread(_) | Action::Emptied
        )
        || !Rc::ptr_eq(&before.books, &next.books)
        || (before.is_restored, &before.locked, &before.wiped, before.is_training_wiped)
            != (next.is_restored, &next.locked, &next.wiped, next.is_training_wiped);
    if is_save_due && next.is_restored {
        let books: Vec<_> = next.books.values().filter(|book| next.may_save(book)).cloned().collect();
        let training = next.training_to_save().cloned();
        if !books.is_empty() || training.is_some() || matches!(next.saving, Saving::Failed(_)) {
            commands.push(Command::Save { books, training });
        }
    }
    let used = |state: &State| (state.is_restored, state.chosen(), state.shown_books().len().min(CARDS));
    let (is_restored, current, cards) = used(&next);
    if is_restored && used(before) != (is_restored, current, cards) {
        commands.push(Command::RememberUse { current, cards });
    }
    // Where nothing was entered, nothing can be lost.
    let is_anything = |state: &State| !state.training.is_empty() || state.books.values().any(|book| !book.is_blank());
    let is_at_risk = |state: &State| matches!(state.saving, Saving::Failed(_)) && is_anything(state);
    if is_at_risk(before) != is_at_risk(&next) {
        commands.push(Command::AskBeforeLeaving(is_at_risk(&next)));
    }
    if next.route == Route::Safety && next.is_restored {
        let has_arrived = before.route != next.route || !before.is_restored;
        if has_arrived {
            commands.push(Command::LearnPersistence);
        }
        if has_arrived || before.saving != next.saving || has_learned || !Rc::ptr_eq(&before.books, &next.books) {
            commands.push(Command::TakeInventory);
        }
    }
    (next, commands)
}

impl State {
    /// Takes in what happened, and says what is to be done about it.
    fn take_in(&mut self, action: Action, now: u64) -> Vec<Command> {
        match action {
            Action::KeyFollowed { route, fragment } => return vec![Command::Go { route, fragment }],
            Action::Arrived { route, fragment, note } => {
                self.route = route;
                self.arrive(fragment, note);
                self.is_help_open = false;
                self.asked = None;
                self.outcome = None;
                self.copied = None;
            }
            Action::Entered(text) => return vec![Command::NoteEntered(text)],
            Action::Started => return vec![Command::Open],
            Action::Hidden => return vec![Command::LetGo(self.histories_to_keep())],
            Action::ShownAgain => return vec![Command::Reopen],
            Action::ClockTicked(today) => self.today = today,
            Action::LookedAt => {}
            // Another tab may have noted other workbooks since: the page that opens goes on with those of this tab.
            Action::LinkPressed if self.is_restored => {
                let cards = self.shown_books().len().min(CARDS);
                return vec![Command::RememberUse { current: self.chosen(), cards }];
            }
            Action::LinkPressed => {}

            Action::StorageChanged(change) => return vec![Command::TakeIn(change)],
            Action::Emptied => {
                if self.training_to_save().is_some() || self.books.values().any(|book| self.may_save(book)) {
                    self.notice(Notice::Emptied);
                }
            }
            Action::Restored(found) => self.restore(&found),
            Action::Reread(found) => self.reread(&found),
            Action::Heard(theirs) => return self.hear(&theirs, now),
            Action::TrainingHeard(theirs) => self.hear_training(&theirs),
            Action::BecameOne(id) => return vec![self.let_go_of(id)],
            Action::Outdated(id) => {
                self.locked.insert(id);
                self.notice(Notice::Newer);
            }
            Action::WipedElsewhere(what) => self.hear_of_wiping(&what),
            Action::Kept => {
                self.notices.retain(|other| *other != Notice::WipedElsewhere);
                self.wiped.clear();
                self.is_training_wiped = false;
            }
            Action::Saved { time, has_written } => {
                if has_written || matches!(self.saving, Saving::Failed(_)) {
                    self.saving = Saving::Saved(time);
                }
            }
            Action::SaveFailed(refusal) => {
                self.saving = Saving::Failed(refusal);
                return vec![Command::Later { milliseconds: RETRY_MILLISECONDS, action: Box::new(Action::RetryDue) }];
            }
            Action::RetryDue => {}
            // Where it was wiped on purpose, that is announced in a moment.
            Action::RecordRemoved => {
                return vec![Command::Later { milliseconds: GRACE_MILLISECONDS, action: Box::new(Action::RetryDue) }];
            }
            Action::Noticed(notice) => self.notice(notice),
            Action::NoticeClosed(notice) => self.notices.retain(|other| *other != notice),
            Action::InventoryTaken(inventory) => self.inventory = inventory,
            Action::PersistenceLearned(persistence) => self.persistence = Some(persistence),
            Action::PersistenceWanted => return vec![Command::AskPersistence],

            Action::Edited(kind, msg) => {
                self.asked = None;
                self.edit(self.current[kind as usize], msg, now);
            }
            Action::EditedTogether(kind, msgs) => {
                let id = self.current[kind as usize];
                if !self.locked.contains(&id) {
                    self.apply(id, ChangeKind::Together, &msgs, now);
                }
            }
            Action::OwnRequirementAdded(kind, step) => self.add_own_requirement(kind, step, now),
            Action::Undone(kind) => self.travel(kind, now, History::undo),
            Action::Redone(kind) => self.travel(kind, now, History::redo),
            Action::BigChangeWanted(change) => return self.prepare(change, now),
            Action::BigChangeMade { change, is_kept } => self.make(change, is_kept, now),
            Action::BigChangeHeldBack(change) => self.asked = Some(Question::Unprotected(change)),

            // Before storage was read, it would be lost with the rest.
            Action::Learned(_) if !self.is_restored => {}
            Action::Learned(what) => {
                let at = self.clock.tick(now);
                Rc::make_mut(&mut self.training).add(at, &what);
            }

            Action::Opened(id) => {
                if let Some(kind) = self.books.get(&id).map(|book| book.kind) {
                    self.current[kind as usize] = id;
                }
            }
            Action::Begun { kind, cycle, unit } => self.begin_on_purpose(kind, cycle, unit, now),
            Action::SnapshotAdded(snapshot) => self.add_snapshot(&snapshot, now),
            Action::Duplicated(id) => self.duplicate(id, now),
            Action::UsualCycleChosen(cycle) => self.begun_cycle = Some(cycle),
            Action::CycleChosen(id, cycle) => self.edit(id, Msg::CycleChosen(cycle), now),
            Action::Renamed(id, name) => self.edit(id, Msg::UnitNamed(name), now),
            Action::Binned(id, is_binned) => self.bin(id, is_binned, now),
            Action::WipeConfirmed(what) => {
                self.asked = None;
                return vec![Command::Wipe(what)];
            }
            Action::Wiped(ids) => self.wipe(&ids, now),
            Action::EverythingWiped(ids) => {
                self.training = Rc::default();
                self.is_training_wiped_here = true;
                self.is_training_wiped = false;
                self.wipe(&ids, now);
            }

            Action::RestorePointChosen(key) => return vec![Command::ReadRestorePoint(key)],
            Action::RestorePointRead(Some(workbook)) => return self.prepare(BigChange::Restore(workbook), now),
            Action::RestorePointRead(None) => {
                self.notice(Notice::Unreadable);
            }
            Action::DamagedWanted(key) => return vec![Command::DownloadDamaged(key)],
            Action::DamagedRemoved(key) => {
                self.asked = None;
                return vec![Command::RemoveDamaged(key), Command::TakeInventory];
            }

            Action::BackupWanted(ids) => return vec![self.backup(&ids)],
            Action::RescueWanted => {
                let books = self.books.values().filter(|book| !book.is_blank()).cloned().collect();
                return vec![Command::DownloadRescue(books, self.training.clone())];
            }
            Action::FileWanted(file) => return vec![Command::Download { file, backed_up: Vec::new() }],
            Action::FileOffered(ids) => {
                self.not_downloaded = None;
                if !ids.is_empty() {
                    let books = ids.iter().filter_map(|id| self.books.get(id));
                    let made: Vec<_> =
                        books.map(|book| (book.id, BackedUp { at: now, latest: book.latest() })).collect();
                    self.backups.extend(made.iter().copied());
                    return vec![Command::RememberBackup(made)];
                }
            }
            Action::FileRefused(text) => self.not_downloaded = Some(text),
            Action::CopyWanted { field, text } => return vec![Command::Copy { field, text }],
            Action::Copied { text, by_browser } => self.copied = Some((text, by_browser)),
            Action::ShareWanted { title, address } => return vec![Command::Share { title, address }],
            Action::PrintWanted { for_wall: true } => return vec![Command::PrintForWall],
            Action::PrintWanted { for_wall: false } => return vec![Command::Print],

            Action::HelpOpened => self.is_help_open = true,
            Action::HelpClosed => self.is_help_open = false,
            Action::Asked(question) => self.asked = question,
            Action::DayChosen(day) => {
                self.chosen_day = day;
                return vec![Command::RememberDay(day)];
            }
            Action::NearDaysChosen(days) => {
                self.near_days = days;
                return vec![Command::RememberNearDays(days)];
            }
        }
        Vec::new()
    }

    fn arrive(&mut self, fragment: Option<Rc<str>>, note: Option<Rc<PageNote>>) {
        self.arrival = Arrival { fragment, note, count: self.arrival.count.wrapping_add(1) };
    }

    fn put(&mut self, workbook: Workbook) {
        self.clock.observe(workbook.latest());
        Rc::make_mut(&mut self.books).insert(workbook.id, Rc::new(workbook));
    }

    /// Puts a workbook in place of the one before, and notes how to undo that.
    fn change(&mut self, before: &Workbook, after: Workbook, kind: ChangeKind, now: u64) {
        let history = self.histories.entry(before.id).or_default();
        Rc::make_mut(history).record(kind, before, &after, now);
        self.changed = Some(after.kind);
        self.put(after);
    }

    /// Turns to the workbook of this kind worked on last; to a blank one where there is none.
    fn use_another(&mut self, kind: UnitKind, now: u64) {
        let others = self.books.values().filter(|book| book.kind == kind && !*book.is_deleted);
        let other = others.max_by_key(|book| book.latest()).map(|book| book.id);
        match other {
            Some(id) => self.current[kind as usize] = id,
            None => {
                self.begin(|id| Workbook::new(id, kind), now);
            }
        }
    }

    /// Adds a workbook with an id of its own, and turns to it.
    fn begin(&mut self, make: impl FnOnce(WorkbookId) -> Workbook, now: u64) -> WorkbookId {
        let mut workbook = make(WorkbookId::from(self.clock.tick(now)));
        workbook.assume_cycle(self.usual_cycle());
        let id = workbook.id;
        self.current[workbook.kind as usize] = id;
        self.put(workbook);
        id
    }

    fn begin_on_purpose(&mut self, kind: UnitKind, cycle: Option<Cycle>, unit: Option<String>, now: u64) {
        let id = self.begin(|id| Workbook::new(id, kind), now);
        self.begun.insert(id);
        for msg in cycle.map(Msg::CycleChosen).into_iter().chain(unit.map(Msg::UnitNamed)) {
            self.edit(id, msg, now);
        }
    }

    fn add_snapshot(&mut self, snapshot: &Snapshot, now: u64) {
        let id = self.begin(|id| Workbook::new(id, snapshot.kind), now);
        let mut msgs = vec![Msg::CycleChosen(Cycle(snapshot.cycle))];
        msgs.extend(snapshot.unit.clone().map(Msg::UnitNamed));
        msgs.extend(snapshot.statuses.iter().map(|(id, status)| Msg::Answered(*id, *status)));
        if let Some(blank) = self.books.get(&id).cloned() {
            let filled = apply(&blank, &msgs, &mut self.clock, now);
            self.put(filled);
        }
        self.outcome = Some(Outcome { what: Done::Added, is_kept: false });
    }

    fn duplicate(&mut self, id: WorkbookId, now: u64) {
        let Some(book) = self.books.get(&id).cloned() else { return };
        // The one it was copied from stays in use.
        let copy = WorkbookId::from(self.clock.tick(now));
        self.put(book.duplicate(copy));
        self.outcome = Some(Outcome { what: Done::Duplicated(copy), is_kept: false });
    }

    fn bin(&mut self, id: WorkbookId, is_binned: bool, now: u64) {
        self.edit(id, Msg::Deleted(is_binned), now);
        let Some(kind) = self.books.get(&id).map(|book| book.kind) else { return };
        if is_binned && self.current[kind as usize] == id {
            self.use_another(kind, now);
        }
        // Nothing was begun since: what came back is in use again.
        if !is_binned && self.workbook(kind).is_blank() {
            self.current[kind as usize] = id;
        }
    }

    /// Changes a workbook. One that a later release wrote takes nothing.
    fn edit(&mut self, id: WorkbookId, msg: Msg, now: u64) {
        let before = self.books.get(&id).filter(|_| !self.locked.contains(&id)).cloned();
        if let Some(before) = before {
            let status = status_after(self.catalogue, &before, &msg);
            let mut after = update(&before, msg.clone(), self.clock.tick(now));
            if let Some(status) = status {
                after = update(&after, status, self.clock.tick(now));
            }
            if after != *before {
                self.change(&before, after, ChangeKind::Edit(msg), now);
            }
        }
    }

    /// Adds a blank requirement of the unit's own, and has the page show it.
    fn add_own_requirement(&mut self, kind: UnitKind, step: &str, now: u64) {
        let before = self.workbook(kind).clone();
        if self.locked.contains(&before.id) {
            return;
        }
        let (list, at) = (List::OwnRequirements, self.clock.tick(now));
        let added = Msg::EntryAdded(list, String::new());
        let after = update(&before, added.clone(), at);
        let belongs = Msg::EntryWritten(list, EntryId(at), EntryValue::Reference(step.into()));
        let after = update(&after, belongs, self.clock.tick(now));
        self.change(&before, after, ChangeKind::Edit(added), now);
        // Into its title, before anything else can be meant by a key.
        self.arrive(Some(format!("own-title-{at}").into()), None);
    }

    fn travel(
        &mut self,
        kind: UnitKind,
        now: u64,
        go: fn(&mut History, &Workbook, &mut Clock, u64) -> Option<Workbook>,
    ) {
        let book = self.workbook(kind).clone();
        let Some(history) = self.histories.get_mut(&book.id).filter(|_| !self.locked.contains(&book.id)) else {
            return;
        };
        if let Some(next) = go(Rc::make_mut(history), &book, &mut self.clock, now) {
            // What changed is shown, where it is on this page.
            if let Some(id) = (*next.last_answered).filter(|_| next.last_answered != book.last_answered) {
                let shown = self.place(&next, id).and_then(|(target, _)| target.requirement).unwrap_or(id);
                self.arrive(Some(shown.as_str().into()), None);
            }
            self.outcome = None;
            self.put(next);
        }
    }

    fn restore(&mut self, found: &Restored) {
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
        self.saving = found.refusal.map_or(Saving::Idle, Saving::Failed);
        self.is_restored = true;
    }

    /// The page was laid aside, and others may have written meanwhile: what they wrote is taken in before any input.
    fn reread(&mut self, found: &Restored) {
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
                self.is_training_wiped = true;
                self.notice(Notice::WipedElsewhere);
            }
        }
        self.hear_training(&found.training);
        for theirs in found.books.values() {
            // Nobody has answered anything here meanwhile, so nothing can have been begun at the same time.
            let _ = self.hear(theirs, u64::MAX);
        }
    }

    fn hear(&mut self, theirs: &Workbook, now: u64) -> Vec<Command> {
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
    fn hear_training(&mut self, theirs: &Log) {
        // Another tab wrote once more before it heard that it was wiped.
        if !self.is_training_wiped_here && !self.training.includes(theirs) {
            self.clock.observe(theirs.latest());
            self.training = Rc::new(self.training.merge(theirs));
        }
    }

    /// Makes one workbook of two that were begun in the same moment, under the lesser of their ids, as the other tab does.
    fn become_one(&mut self, ours: &Workbook, theirs: &Workbook) -> Vec<Command> {
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
    fn let_go_of(&self, id: WorkbookId) -> Command {
        if matches!(self.saving, Saving::Failed(_)) {
            Command::Later { milliseconds: RETRY_MILLISECONDS, action: Box::new(Action::BecameOne(id)) }
        } else {
            Command::Wipe(Wipe::Workbooks(vec![id]))
        }
    }

    /// Has people know of something, once.
    fn notice(&mut self, notice: Notice) {
        if !self.notices.contains(&notice) {
            self.notices.push(notice);
        }
    }

    fn hear_of_wiping(&mut self, what: &Wipe) {
        let gone = self.books.values().filter(|book| what.includes(book.id) && !book.is_blank());
        let gone: Vec<_> = gone.map(|book| book.id).collect();
        let is_training_gone = *what == Wipe::Everything && !self.training.is_empty();
        if !gone.is_empty() || is_training_gone {
            self.wiped.extend(gone);
            self.is_training_wiped |= is_training_gone;
            self.notice(Notice::WipedElsewhere);
        }
    }

    /// Has restore points kept of what a big change will change; makes the change at once where there is nothing to keep.
    fn prepare(&mut self, change: BigChange, now: u64) -> Vec<Command> {
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

    fn make(&mut self, change: BigChange, is_kept: bool, now: u64) {
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
        };
        self.outcome = Some(Outcome { what, is_kept });
    }

    /// Many edits that are undone as one. Undoing works on the workbook in use, so it comes into use.
    fn apply(&mut self, id: WorkbookId, kind: ChangeKind, msgs: &[Msg], now: u64) {
        if let Some(before) = self.books.get(&id).cloned() {
            let after = apply(&before, msgs, &mut self.clock, now);
            self.current[before.kind as usize] = id;
            self.change(&before, after, kind, now);
        }
    }

    fn merge_in(&mut self, workbook: &Workbook, now: u64) {
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

    fn go_back(&mut self, workbook: &Workbook, now: u64) {
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

    fn wipe(&mut self, ids: &[WorkbookId], now: u64) {
        for id in ids {
            Rc::make_mut(&mut self.books).remove(id);
            self.histories.remove(id);
            self.backups.remove(id);
            self.locked.remove(id);
            self.wiped.remove(id);
        }
        self.wiped_here.extend(ids);
        for kind in UnitKind::ALL {
            if !self.books.contains_key(&self.current[kind as usize]) {
                self.use_another(kind, now);
            }
        }
        self.saving = Saving::Idle;
    }

    fn backup(&self, ids: &[WorkbookId]) -> Command {
        let written = self.books.values().filter(|book| !book.is_blank());
        let picked = written.filter(|book| if ids.is_empty() { !*book.is_deleted } else { ids.contains(&book.id) });
        let books: Vec<Workbook> = picked.map(|book| (**book).clone()).collect();
        // Whoever hands on one workbook does not hand on what they got wrong. Before everything is wiped, all are named.
        let is_everything = ids.is_empty() || self.books.keys().all(|id| ids.contains(id));
        let none = Log::default();
        let training = if is_everything { &*self.training } else { &none };
        let file = File {
            name: backup_name(&books, self.today),
            media: Media::Json,
            text: backup::export(&books, training, self.today).into(),
        };
        Command::Download { file, backed_up: books.iter().map(|book| book.id).collect() }
    }
}

/// Whether two tabs that knew nothing of each other began the same: unnamed, of one kind and cycle, and within a moment.
fn are_one_beginning(ours: &Workbook, theirs: &Workbook, now: u64) -> bool {
    let began = [ours, theirs].map(|book| book.earliest().wall);
    let is_alike = ours.unit.is_empty() && theirs.unit.is_empty() && *ours.cycle == *theirs.cycle;
    let is_kept = !ours.is_blank() && !*ours.is_deleted && !*theirs.is_deleted;
    is_alike && is_kept && began[0].abs_diff(began[1]) <= MOMENT && now.abs_diff(began[0]) <= MOMENT
}

/// Names the unit, where there is one, and the day: the file will lie among many.
fn backup_name(books: &[Workbook], today: Option<Date>) -> String {
    let unit = match books {
        [book] => words::file_safe(&book.unit),
        _ => String::new(),
    };
    let date = today.map_or_else(String::new, |date| date.to_string());
    format!("规划编制自查-{unit}{}备份-{date}.json", if unit.is_empty() { "" } else { "-" })
}
