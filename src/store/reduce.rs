//! How the state changes: pure, so that it can be tested natively and anything else cannot change it.

use std::rc::Rc;

use plan_checklist_domain::checking::points::status_after;
use plan_checklist_domain::workbook::history::{ChangeKind, History};
use plan_checklist_domain::workbook::update::{EntryValue, update};
use plan_checklist_domain::{Clock, EntryId, List, Msg, UnitKind, Workbook, WorkbookId};

use super::action::{Action, Event};
use super::command::{BackedUp, BigChange, Command};
use super::state::{Arrival, Notice, PageNote, Question, Saving, State};
use crate::route::Route;

/// How long until a failed save is tried again.
pub(super) const RETRY_MILLISECONDS: u32 = 4000;
/// How long a record that somebody removed is left alone: it may have been wiped on purpose.
const GRACE_MILLISECONDS: u32 = 300;
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
        || (before.is_restored, &before.locked, &before.wiped, &before.wiped_training)
            != (next.is_restored, &next.locked, &next.wiped, &next.wiped_training);
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
    let is_at_risk = |state: &State| {
        let goes_with_the_tab =
            || state.is_guest && state.books.values().any(|book| state.answers_since_backup(book) > 0);
        matches!(state.saving, Saving::Failed(_)) && is_anything(state)
            || goes_with_the_tab()
            || state.is_wiped_changed()
    };
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
                self.arrival.is_by_address = true;
                self.is_help_open = false;
                self.asked = None;
                self.outcome = None;
                self.copied = None;
            }
            Action::PlaceMissed => self.is_place_missed = true,
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
                self.wiped_training = None;
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
                self.wiped_training = None;
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
            Action::BackupMade(file, backed_up) => return vec![Command::Download { file, backed_up }],
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
            Action::PrintWanted(what) => return vec![Command::Print(what)],

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

    pub(super) fn arrive(&mut self, fragment: Option<Rc<str>>, note: Option<Rc<PageNote>>) {
        self.is_place_missed = false;
        self.arrival = Arrival { fragment, is_by_address: false, note, count: self.arrival.count.wrapping_add(1) };
    }

    pub(super) fn put(&mut self, workbook: Workbook) {
        self.clock.observe(workbook.latest());
        Rc::make_mut(&mut self.books).insert(workbook.id, Rc::new(workbook));
    }

    /// Puts a workbook in place of the one before, and notes how to undo that.
    pub(super) fn change(&mut self, before: &Workbook, after: Workbook, kind: ChangeKind, now: u64) {
        let history = self.histories.entry(before.id).or_default();
        Rc::make_mut(history).record(kind, before, &after, now);
        self.changed = Some(after.kind);
        self.put(after);
    }

    /// The workbook after a message, and after the status that follows from it.
    fn updated(&mut self, before: &Workbook, msg: &Msg, now: u64) -> Workbook {
        let status = status_after(self.catalogue, before, msg);
        let after = update(before, msg.clone(), self.clock.tick(now));
        match status {
            Some(status) => update(&after, status, self.clock.tick(now)),
            None => after,
        }
    }

    /// Changes a workbook. One that a later release wrote takes nothing.
    pub(super) fn edit(&mut self, id: WorkbookId, msg: Msg, now: u64) {
        let before = self.books.get(&id).filter(|_| !self.locked.contains(&id)).cloned();
        if let Some(before) = before {
            let after = self.updated(&before, &msg, now);
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
            if next == *book {
                self.notice(Notice::ChangedSince);
            }
            self.put(next);
        }
    }

    /// Has people know of something, once.
    pub(super) fn notice(&mut self, notice: Notice) {
        if !self.notices.contains(&notice) {
            self.notices.push(notice);
        }
    }

    /// Many edits that are undone as one. Undoing works on the workbook in use, so it comes into use.
    pub(super) fn apply(&mut self, id: WorkbookId, kind: ChangeKind, msgs: &[Msg], now: u64) {
        if let Some(before) = self.books.get(&id).cloned() {
            let after = msgs.iter().fold((*before).clone(), |workbook, msg| self.updated(&workbook, msg, now));
            self.current[before.kind as usize] = id;
            self.change(&before, after, kind, now);
        }
    }
}
