//! 历史留底: copies of workbooks to go back to, made daily and before anything big.

use crate::storage::key::{Key, Reason, RestorePoint};
use crate::storage::record::{self, RecordError};
use crate::storage::store::{Refusal, Storage};
use crate::workbook::workbook::Workbook;

/// How many restore points of one workbook are kept.
const KEPT: usize = 10;

/// Why there is nothing to go back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RestoreError {
    Blocked,
    /// It is no longer there.
    Gone,
    /// It cannot be read any more.
    Damaged,
    /// A later release made it.
    Newer,
}

/// Every restore point there is, the one made last first.
///
/// # Errors
/// [`Refusal::Blocked`] where storage cannot be read.
pub fn list(storage: &impl Storage) -> Result<Vec<RestorePoint>, Refusal> {
    let keys = storage.keys()?;
    let points = keys.iter().filter_map(|text| match Key::parse(text) {
        Some(Key::RestorePoint(point)) => Some(point),
        _ => None,
    });
    let mut found: Vec<_> = points.collect();
    found.sort_unstable_by(|one, other| other.cmp(one));
    Ok(found)
}

/// The restore points that cannot be read.
///
/// # Errors
/// [`Refusal::Blocked`] where storage cannot be read.
pub fn damaged(storage: &impl Storage) -> Result<Vec<RestorePoint>, Refusal> {
    let is_damaged = |point: &RestorePoint| matches!(read(storage, *point), Err(RestoreError::Damaged));
    Ok(list(storage)?.into_iter().filter(is_damaged).collect())
}

/// Reads a restore point.
///
/// # Errors
/// See [`RestoreError`].
pub fn read(storage: &impl Storage, point: RestorePoint) -> Result<Workbook, RestoreError> {
    let text = storage.get(&Key::RestorePoint(point).text()).map_err(|_| RestoreError::Blocked)?;
    match record::read(&text.ok_or(RestoreError::Gone)?) {
        Ok((_, workbook)) if workbook.id == point.workbook => Ok(workbook),
        Ok(_) | Err(RecordError::Damaged) => Err(RestoreError::Damaged),
        Err(RecordError::Newer) => Err(RestoreError::Newer),
    }
}

/// Keeps a copy of the workbook as it is, and lets the oldest of its restore points go where there are too many: by the
/// order in which they were made, never the one just made. Nothing else goes for it.
///
/// # Errors
/// [`Refusal`]. There is then no such copy, and whatever it was to protect must not happen unasked.
pub fn make(storage: &impl Storage, workbook: &Workbook, reason: Reason, now: u64) -> Result<RestorePoint, Refusal> {
    let before = list(storage)?;
    let number = before.first().map_or(1, |last| last.number.saturating_add(1));
    let point = RestorePoint { number, workbook: workbook.id, made: now, reason };
    let own: Vec<_> = before.into_iter().filter(|point| point.workbook == workbook.id).collect();
    let text = record::write(workbook, 0, now);
    if record::is_too_large(&text) {
        return Err(Refusal::TooLarge);
    }
    let key = Key::RestorePoint(point).text();
    let (kept, old) = own.split_at(own.len().min(KEPT - 1));
    match storage.set(&key, &text) {
        // An older copy makes room for a newer one, but never the last.
        Err(Refusal::Full) if !kept.is_empty() || !old.is_empty() => replace(storage, &own, &key, &text)?,
        done => done?,
    }
    for old in old {
        storage.remove(&Key::RestorePoint(*old).text())?;
    }
    Ok(point)
}

/// Lets as many of a workbook's older restore points go as a new one needs; puts them back where that does not help.
fn replace(storage: &impl Storage, own: &[RestorePoint], key: &str, text: &str) -> Result<(), Refusal> {
    let mut dropped = Vec::new();
    for oldest in own.iter().rev() {
        let oldest = Key::RestorePoint(*oldest).text();
        dropped.extend(storage.get(&oldest)?.map(|text| (oldest.clone(), text)));
        storage.remove(&oldest)?;
        match storage.set(key, text) {
            Err(Refusal::Full) => {}
            done => return done,
        }
    }
    for (key, text) in dropped {
        storage.set(&key, &text)?;
    }
    Err(Refusal::Full)
}
