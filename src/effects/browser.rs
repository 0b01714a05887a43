//! Carries the store's commands out in the browser, and says what came of them.

use std::cell::RefCell;

use gloo_timers::callback::Timeout;

use super::keeper::Keeper;
use super::leaving::Leaving;
use super::{address, clipboard, clock, day, download, notes, persistence, platform, print, storage};
use crate::store::{Action, Command, Dispatch, Notice, Outside, Wipe};

/// The browser the program runs in.
#[derive(Debug, Default)]
pub struct Browser {
    /// What writes to storage; `None` until it was read.
    keeper: RefCell<Option<Keeper>>,
    leaving: Leaving,
}

impl Outside for Browser {
    fn now(&self) -> u64 {
        clock::now()
    }

    fn run(&self, command: Command, dispatch: &Dispatch) {
        match command {
            Command::Open => {
                let (keeper, restored) = Keeper::open();
                self.keeper.replace(Some(keeper));
                dispatch.send(Action::Restored(restored.into()));
            }
            Command::Reopen => {
                if let Some(keeper) = &mut *self.keeper.borrow_mut() {
                    dispatch.send(Action::Reread(keeper.reopen().into()));
                }
            }
            Command::LetGo(histories) => {
                if let Some(keeper) = &mut *self.keeper.borrow_mut() {
                    keeper.let_go(&histories);
                }
                notes::keep();
            }
            Command::Save { books, training } => {
                if let Some(keeper) = &mut *self.keeper.borrow_mut() {
                    keeper.save_all(&books, training.as_ref()).into_iter().for_each(|action| dispatch.send(action));
                }
            }
            Command::TakeIn(event) => {
                if let Some(keeper) = &mut *self.keeper.borrow_mut() {
                    keeper.take_in(&event).into_iter().for_each(|action| dispatch.send(action));
                }
            }
            Command::KeepRestorePoints { workbooks, reason, change } => {
                let is_kept = workbooks.iter().all(|workbook| storage::keep_restore_point(workbook, reason).is_ok());
                dispatch.send(if is_kept {
                    Action::BigChangeMade { change: *change, is_kept }
                } else {
                    Action::BigChangeHeldBack(*change)
                });
            }
            Command::ReadRestorePoint(key) => {
                dispatch.send(Action::RestorePointRead(storage::read_restore_point(key).map(Into::into)));
            }
            Command::RemoveDamaged(key) => {
                // Where storage is blocked, it is still listed.
                let _ = storage::remove(&key);
            }
            Command::DownloadDamaged(key) => offer(dispatch, &storage::damaged_file(&key), Vec::new()),
            Command::Wipe(what) => wipe(&what, dispatch),
            Command::TakeInventory => dispatch.send(Action::InventoryTaken(storage::inventory().into())),
            Command::LearnPersistence => {
                let dispatch = dispatch.clone();
                persistence::learn(move |promise| dispatch.send(Action::PersistenceLearned(promise)));
            }
            Command::AskPersistence => {
                let dispatch = dispatch.clone();
                persistence::ask(move |promise| dispatch.send(Action::PersistenceLearned(promise)));
            }
            Command::RememberUse { current, cards } => storage::remember_use(current, cards),
            Command::RememberBackup(made) => storage::remember_backups(&made),
            Command::RememberNearDays(days) => day::set_near_days(days),
            Command::RememberDay(day) => day::choose(day),
            Command::Download { file, backed_up } => offer(dispatch, &file, backed_up),
            Command::DownloadRescue(books, training) => {
                offer(dispatch, &storage::rescue_file(&books, &training), Vec::new());
            }
            Command::Copy { field, text } => {
                let (dispatch, copied) = (dispatch.clone(), text.clone());
                clipboard::copy(&field, &text, move |by_browser| {
                    dispatch.send(Action::Copied { text: copied, by_browser });
                });
            }
            Command::Share { title, address } => platform::share(&title, &address),
            Command::Print(what) => print::print(what),
            Command::NoteEntered(text) => notes::enter(text),
            Command::Go { route, fragment } => {
                let mark = fragment.as_ref().map_or_else(String::new, |fragment| format!("#{fragment}"));
                if address::push(&(dispatch.state().route.href_to(route.into()) + &mark)) {
                    dispatch.send(Action::Arrived { route, fragment, note: None });
                }
            }
            Command::Later { milliseconds, action } => {
                let dispatch = dispatch.clone();
                Timeout::new(milliseconds, move || dispatch.send(*action)).forget();
            }
            Command::AskBeforeLeaving(is_on) => self.leaving.ask(is_on),
        }
    }
}

fn offer(dispatch: &Dispatch, file: &crate::store::File, backed_up: Vec<plan_checklist_domain::WorkbookId>) {
    dispatch.send(match download::offer(file) {
        Ok(()) => Action::FileOffered(backed_up),
        Err(_) => Action::FileRefused(file.text.clone()),
    });
}

fn wipe(what: &Wipe, dispatch: &Dispatch) {
    // Another page may lay itself over this one, and lead a click to where nobody means it.
    if platform::is_framed() {
        dispatch.send(Action::Noticed(Notice::Framed));
        return;
    }
    let gone = match what {
        Wipe::Workbooks(ids) => ids.clone(),
        Wipe::Everything => dispatch.state().books.keys().copied().collect(),
    };
    match storage::wipe(what) {
        Ok(left) => {
            dispatch.send(match what {
                Wipe::Workbooks(_) => Action::Wiped(gone),
                Wipe::Everything => Action::EverythingWiped(gone),
            });
            if left > 0 {
                dispatch.send(Action::Noticed(Notice::NotAllWiped));
            }
        }
        Err(refusal) => dispatch.send(Action::SaveFailed(refusal)),
    }
}
