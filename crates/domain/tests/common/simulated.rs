//! A browser's storage, in memory.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use plan_checklist_domain::storage::store::{Refusal, Storage};

/// A browser's storage, with a quota.
#[derive(Default)]
pub struct Simulated {
    pub texts: RefCell<BTreeMap<String, String>>,
    pub room: Cell<Option<usize>>,
    pub is_blocked: Cell<bool>,
}

impl Simulated {
    fn check(&self) -> Result<(), Refusal> {
        if self.is_blocked.get() { Err(Refusal::Blocked) } else { Ok(()) }
    }

    pub fn used(&self) -> usize {
        self.texts.borrow().iter().map(|(key, text)| key.len() + text.len()).sum()
    }
}

impl Storage for Simulated {
    fn keys(&self) -> Result<Vec<String>, Refusal> {
        self.check()?;
        Ok(self.texts.borrow().keys().cloned().collect())
    }
    fn get(&self, key: &str) -> Result<Option<String>, Refusal> {
        self.check()?;
        Ok(self.texts.borrow().get(key).cloned())
    }
    fn set(&self, key: &str, text: &str) -> Result<(), Refusal> {
        self.check()?;
        let held = self.texts.borrow().get(key).map_or(0, |text| key.len() + text.len());
        if self.room.get().is_some_and(|room| self.used() - held + key.len() + text.len() > room) {
            return Err(Refusal::Full);
        }
        self.texts.borrow_mut().insert(key.into(), text.into());
        Ok(())
    }
    fn remove(&self, key: &str) -> Result<(), Refusal> {
        self.check()?;
        self.texts.borrow_mut().remove(key);
        Ok(())
    }
}
