//! Room in a full storage: what may go, in which order, so that nothing is lost by it.

use crate::storage::key::Key;
use crate::storage::record;
use crate::storage::restore_points;
use crate::storage::slots;
use crate::storage::store::{Refusal, Storage};

/// Puts a record under a key, and makes room for it where there is none; how many restore points went for it.
///
/// # Errors
/// [`Refusal`]. Nothing is lost then: restore points that went in vain are put back.
pub(crate) fn put(storage: &impl Storage, key: &str, record: &str, own_slot: &str, now: u64) -> Result<usize, Refusal> {
    if record::is_too_large(record) {
        return Err(Refusal::TooLarge);
    }
    match storage.set(key, record) {
        Err(Refusal::Full) => {}
        done => return done.map(|()| 0),
    }
    slots::tidy_all(storage, own_slot, now)?;
    let mut dropped = Vec::new();
    loop {
        match storage.set(key, record) {
            Err(Refusal::Full) => {}
            done => return done.map(|()| dropped.len()),
        }
        // The list has the latest first.
        let Some(oldest) = restore_points::list(storage)?.pop() else { break };
        let oldest = Key::RestorePoint(oldest).text();
        dropped.extend(storage.get(&oldest)?.map(|text| (oldest.clone(), text)));
        storage.remove(&oldest)?;
    }
    for (key, text) in dropped {
        storage.set(&key, &text)?;
    }
    Err(Refusal::Full)
}
