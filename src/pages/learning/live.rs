//! The round under way as it is now: events may come faster than the page is rendered, and each builds on the one before.

use std::cell::RefCell;
use std::rc::Rc;

use plan_checklist_domain::training::{Assignment, Deed, Grade, Mark, Question, Scope};
use yew::prelude::*;

use super::progress;
use super::sitting::{Sitting, Touch};
use crate::effects::clock;
use crate::store::{Action, Dispatch};

/// The same object as long as the page stands.
#[derive(Clone)]
pub(super) struct Live {
    held: Rc<RefCell<Held>>,
    update: UseForceUpdateHandle,
    dispatch: Dispatch,
    /// 复习: a question is recorded with the grade that is asked for, not when it is handed in.
    is_revision: bool,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Held {
    pub(super) sitting: Option<Sitting>,
    /// The item of an order that was moved last, and whether towards the front.
    pub(super) last_moved: Option<(usize, bool)>,
}

#[hook]
pub(super) fn use_live(dispatch: &Dispatch, is_revision: bool) -> Live {
    Live { held: use_mut_ref(Held::default), update: use_force_update(), dispatch: dispatch.clone(), is_revision }
}

impl Live {
    pub(super) fn held(&self) -> Held {
        self.held.borrow().clone()
    }

    /// Goes on with a round that a page before this one had under way.
    pub(super) fn resume(&self, sitting: Sitting) {
        self.put(Some(sitting));
    }

    /// Lets go of the round, to choose another.
    pub(super) fn leave(&self) {
        self.note(None);
    }

    pub(super) fn begin(&self, scope: Scope) {
        let progress = progress(&self.dispatch.state());
        self.note(Sitting::begin(scope, clock::now(), &progress));
    }

    pub(super) fn begin_assigned(&self, assignment: Assignment) {
        self.note(Sitting::begin_assigned(assignment, clock::now()));
    }

    pub(super) fn touch(&self, touch: Touch) {
        {
            let mut held = self.held.borrow_mut();
            held.last_moved = match touch {
                Touch::Moved { item, is_up } => Some((item, is_up)),
                _ => held.last_moved,
            };
            if let Some(sitting) = &mut held.sitting {
                sitting.touch(touch);
            }
        }
        self.update.force_update();
    }

    pub(super) fn hand_in(&self) {
        let Some(mut next) = self.held().sitting else { return };
        let Some(mark) = next.hand_in() else { return };
        if let Some((question, _)) = next.current().filter(|_| !self.is_revision) {
            self.record(question, mark, mark.outcome().grade(), next.session);
        }
        self.note(Some(next));
    }

    pub(super) fn grade(&self, grade: Grade) {
        let Some(mut next) = self.held().sitting else { return };
        let (Some(mark), Some((question, _))) = (next.mark, next.current()) else { return };
        self.record(question, mark, grade, next.session);
        next.go_on();
        self.note(Some(next));
    }

    /// Goes back to the question handed in last; what was recorded of it does not count any more.
    pub(super) fn take_back(&self) {
        let Some(mut next) = self.held().sitting else { return };
        let is_recorded = !(self.is_revision && next.mark.is_some());
        let Some(question) = next.take_back() else { return };
        if is_recorded {
            let deed = Deed::TookBack { question: question.id.clone(), session: next.session };
            self.dispatch.send(Action::Learned(deed.text()));
        }
        self.note(Some(next));
    }

    pub(super) fn go_on(&self) {
        self.edit(Sitting::go_on);
    }

    /// Where a grade is asked and was not given, the question comes again.
    pub(super) fn stop(&self) {
        self.edit(if self.is_revision { Sitting::stop } else { Sitting::stop_after_this });
    }

    fn edit(&self, make: fn(&mut Sitting)) {
        if let Some(mut next) = self.held().sitting {
            make(&mut next);
            self.note(Some(next));
        }
    }

    fn record(&self, question: &Question, mark: Mark, grade: Grade, session: u64) {
        let (question, outcome) = (question.id.clone(), mark.outcome());
        let deed = Deed::Reviewed { question, grade, outcome, day: self.dispatch.state().clock_day(), session };
        self.dispatch.send(Action::Learned(deed.text()));
    }

    /// What a reload brings back is noted with it.
    fn note(&self, next: Option<Sitting>) {
        let text = next.as_ref().map(|next| next.text(!self.is_revision)).unwrap_or_default();
        self.put(next);
        self.dispatch.send(Action::Entered(text));
    }

    fn put(&self, sitting: Option<Sitting>) {
        self.held.replace(Held { sitting, last_moved: None });
        self.update.force_update();
    }
}
