//! What the app knows, and how it changes: facts come in as [`Action`]s, [`reduce`] turns them into a new [`State`] and
//! [`Command`]s, and whoever is [`Outside`] carries those out and answers with actions again.

mod action;
mod big_changes;
mod command;
mod heard;
mod reduce;
mod state;
#[cfg(test)]
mod tests;
mod workbooks;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fmt;
use std::ops::Deref;
use std::rc::Rc;

use yew::prelude::*;

pub use action::{Action, Event, Restored};
pub use command::{BackedUp, BigChange, Command, File, Media, Printout, StorageChange, Wipe};
pub use reduce::{CARDS, reduce};
pub use state::{Arrival, Done, Inventory, Notice, Outcome, PageNote, Persistence, Question, Saving, State};

/// Where commands are carried out, and where the time comes from: the browser, or nothing at all while prerendering.
pub trait Outside {
    /// Now, in milliseconds since 1970.
    fn now(&self) -> u64;

    /// Carries a command out, at once or later, and says through `dispatch` what came of it.
    fn run(&self, command: Command, dispatch: &Dispatch);
}

/// The state as it was when the page was rendered, and the way to say that something happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Store {
    state: Shown,
    pub dispatch: Dispatch,
}

/// A rendered state. Two are the same if they are one object: every change makes a new one.
#[derive(Debug, Clone)]
struct Shown(Rc<State>);

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Deref for Store {
    type Target = State;

    fn deref(&self) -> &State {
        &self.state.0
    }
}

/// Says that something happened. Stays the same as long as the app runs, so passing it on re-renders nothing.
#[derive(Clone)]
pub struct Dispatch(Rc<Program>);

/// The running program: the latest state, and what is still to be taken in.
struct Program {
    state: RefCell<Rc<State>>,
    waiting: RefCell<VecDeque<Action>>,
    is_busy: Cell<bool>,
    shown: UseStateSetter<Rc<State>>,
    outside: Box<dyn Outside>,
}

impl fmt::Debug for Dispatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Dispatch")
    }
}

impl PartialEq for Dispatch {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Dispatch {
    /// Says that something happened, now.
    ///
    /// When this returns, its commands have been carried out, or have at least begun: an answer is saved before it is
    /// shown. What is said meanwhile waits its turn.
    pub fn send(&self, action: Action) {
        let program = &*self.0;
        program.waiting.borrow_mut().push_back(action);
        if program.is_busy.replace(true) {
            return;
        }
        loop {
            let next = program.waiting.borrow_mut().pop_front();
            let Some(action) = next else { break };
            let before = program.state.borrow().clone();
            let (after, commands) = reduce(&before, &Event { action, now: program.outside.now() });
            let after = Rc::new(after);
            program.state.replace(after.clone());
            for command in commands {
                program.outside.run(command, self);
            }
            program.shown.set(after);
        }
        program.is_busy.set(false);
    }

    /// Says so when it is called.
    #[must_use]
    pub fn on<E: 'static>(&self, action: Action) -> Callback<E> {
        let dispatch = self.clone();
        Callback::from(move |_: E| dispatch.send(action.clone()))
    }

    /// The state as it is now, which may be later than what is shown.
    #[must_use]
    pub fn state(&self) -> Rc<State> {
        self.0.state.borrow().clone()
    }
}

/// The store of a program that starts with this state.
#[hook]
pub fn use_store<O: Outside + 'static>(start: impl FnOnce() -> State, outside: impl FnOnce() -> O) -> Store {
    let shown = use_state(|| Rc::new(start()));
    let dispatch = {
        let (state, setter) = ((*shown).clone(), shown.setter());
        use_memo((), move |()| {
            Dispatch(Rc::new(Program {
                state: RefCell::new(state),
                waiting: RefCell::default(),
                is_busy: Cell::new(false),
                shown: setter,
                outside: Box::new(outside()),
            }))
        })
    };
    Store { state: Shown((*shown).clone()), dispatch: (*dispatch).clone() }
}
