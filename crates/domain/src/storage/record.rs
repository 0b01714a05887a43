//! One value in storage: a line that says what follows and proves it whole, then the workbook's JSON.
//!
//! ```text
//! plan-checklist 1 17 1606204800000 9af03c21 482
//! {"id":…
//! ```
//!
//! The numbers are: format version, generation, time of saving in milliseconds since 1970, CRC-32 (ISO-HDLC) of the
//! JSON, its length in bytes. docs/file-format.md describes it.

use crate::checksum::checksum;
use crate::json;
use crate::storage::saved;
use crate::workbook::workbook::Workbook;

/// The version this release writes.
pub const VERSION: u32 = 1;

const MAGIC: &str = "plan-checklist";

/// The first line of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    pub version: u32,
    /// Counts the writes to one slot.
    pub generation: u64,
    /// When it was saved, in milliseconds since 1970.
    pub saved: u64,
    pub checksum: u32,
    /// Of the JSON, in bytes.
    pub length: usize,
}

/// Why a record could not be read. It must then be left as it is, or copied first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordError {
    /// It is no record, or not all of one, or not a workbook.
    Damaged,
    /// A later release wrote it.
    Newer,
}

/// A record of this workbook.
#[must_use]
pub fn write(workbook: &Workbook, generation: u64, saved: u64) -> String {
    frame(&saved::encode(workbook), generation, saved)
}

/// A record of a workbook's JSON.
#[must_use]
pub(crate) fn frame(json: &str, generation: u64, saved: u64) -> String {
    let checksum = checksum(json.as_bytes());
    format!("{MAGIC} {VERSION} {generation} {saved} {checksum:08x} {}\n{json}", json.len())
}

/// Reads the first line alone; `None` where it is none of ours.
#[must_use]
pub fn header(record: &str) -> Option<Header> {
    let mut words = record.split_once('\n')?.0.split(' ');
    if words.next()? != MAGIC {
        return None;
    }
    let version = words.next()?.parse().ok()?;
    let header = Header {
        version,
        generation: words.next()?.parse().ok()?,
        saved: words.next()?.parse().ok()?,
        checksum: u32::from_str_radix(words.next()?, 16).ok()?,
        length: words.next()?.parse().ok()?,
    };
    // A later version may say more.
    (words.next().is_none() || version > VERSION).then_some(header)
}

/// Reads a record.
///
/// # Errors
/// [`RecordError::Newer`] for a version this release does not know; [`RecordError::Damaged`] if a single byte is
/// missing or wrong.
pub fn read(record: &str) -> Result<(Header, Workbook), RecordError> {
    let header = header(record).ok_or(RecordError::Damaged)?;
    if header.version > VERSION {
        return Err(RecordError::Newer);
    }
    let json = record.split_once('\n').map_or("", |(_, json)| json);
    if json.len() != header.length || checksum(json.as_bytes()) != header.checksum {
        return Err(RecordError::Damaged);
    }
    let value = json::parse(json).map_err(|_| RecordError::Damaged)?;
    let decoded = saved::decode(value).ok_or(RecordError::Damaged)?;
    Ok((header, decoded.workbook))
}
