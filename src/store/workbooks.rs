//! Workbooks coming into use and going out of it: begun, copied, binned, wiped, backed up.

use std::rc::Rc;

use plan_checklist_domain::sharing::snapshot::Snapshot;
use plan_checklist_domain::storage::backup;
use plan_checklist_domain::storage::log::Log;
use plan_checklist_domain::workbook::history::apply;
use plan_checklist_domain::{Cycle, Date, Msg, UnitKind, Workbook, WorkbookId};

use super::command::{Command, File, Media};
use super::state::{Done, Outcome, Saving, State};
use crate::words;

impl State {
    /// Turns to the workbook of this kind worked on last; to a blank one where there is none.
    pub(super) fn use_another(&mut self, kind: UnitKind, now: u64) {
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
    pub(super) fn begin(&mut self, make: impl FnOnce(WorkbookId) -> Workbook, now: u64) -> WorkbookId {
        let mut workbook = make(WorkbookId::from(self.clock.tick(now)));
        workbook.assume_cycle(self.usual_cycle());
        let id = workbook.id;
        self.current[workbook.kind as usize] = id;
        self.put(workbook);
        id
    }

    pub(super) fn begin_on_purpose(&mut self, kind: UnitKind, cycle: Option<Cycle>, unit: Option<String>, now: u64) {
        let id = self.begin(|id| Workbook::new(id, kind), now);
        self.begun.insert(id);
        for msg in cycle.map(Msg::CycleChosen).into_iter().chain(unit.map(Msg::UnitNamed)) {
            self.edit(id, msg, now);
        }
    }

    pub(super) fn add_snapshot(&mut self, snapshot: &Snapshot, now: u64) {
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

    pub(super) fn duplicate(&mut self, id: WorkbookId, now: u64) {
        let Some(book) = self.books.get(&id).cloned() else { return };
        // The one it was copied from stays in use.
        let copy = WorkbookId::from(self.clock.tick(now));
        self.put(book.duplicate(copy));
        self.outcome = Some(Outcome { what: Done::Duplicated(copy), is_kept: false });
    }

    pub(super) fn bin(&mut self, id: WorkbookId, is_binned: bool, now: u64) {
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

    pub(super) fn wipe(&mut self, ids: &[WorkbookId], now: u64) {
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

    pub(super) fn backup(&self, ids: &[WorkbookId]) -> Command {
        let (file, backed_up) = self.backup_file(ids);
        Command::Download { file, backed_up }
    }

    /// A backup file of these workbooks, of all that are not in the recycle bin where none is named; and what is in it.
    #[must_use]
    pub fn backup_file(&self, ids: &[WorkbookId]) -> (File, Vec<WorkbookId>) {
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
        (file, books.iter().map(|book| book.id).collect())
    }
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
