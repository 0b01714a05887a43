//! One value in storage: a line that says what follows and proves it whole, then the workbook's JSON.
//!
//! ```text
//! plan-checklist 1 9af03c21 17 1606204800000 482
//! {"id":…
//! ```
//!
//! After the name come: format version, checksum, generation, time of saving in milliseconds since 1970, length of the
//! JSON in bytes. The checksum is the CRC-32 (ISO-HDLC) of the whole record but for its own eight digits and the blank
//! after them, the version included. Every later version keeps the places of version and checksum, so that this release
//! can tell a later record from a damaged one. docs/file-format.md describes it.

use crate::storage::checksum::checksum;
use crate::storage::saved;
use crate::workbook::workbook::Workbook;

/// What all our keys in storage begin with.
pub const PREFIX: &str = "plan-checklist/";

/// The version this release writes.
pub const VERSION: u32 = 1;

/// The most UTF-16 units a record may have: ten times those of a full workbook, and two of them fit every storage.
pub const SIZE_LIMIT: usize = 1_000_000;

const MAGIC: &str = "plan-checklist ";

/// The first line of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    pub checksum: u32,
    /// Counts the writes to one slot.
    pub generation: u64,
    /// When it was saved, in milliseconds since 1970.
    pub saved: u64,
}

/// Why a record could not be read. It must then be left as it is, or copied first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordError {
    /// It is no record, or not all of one, or not a workbook.
    Damaged,
    /// A later release wrote it, and it is whole.
    Newer,
}

/// A record of this workbook.
#[must_use]
pub fn write(workbook: &Workbook, generation: u64, saved: u64) -> String {
    let json = saved::encode(workbook);
    seal(VERSION, &format!("{generation} {saved} {}\n", json.len()), &json)
}

/// A record of any version: after the checksum come the rest of the first line, then the content.
#[must_use]
pub fn seal(version: u32, line: &str, content: &str) -> String {
    seal_as(MAGIC, version, line, content)
}

/// The same for records that begin with another word.
pub(crate) fn seal_as(magic: &str, version: u32, line: &str, content: &str) -> String {
    let start = format!("{magic}{version} ");
    let checksum = checksum(&[start.as_bytes(), line.as_bytes(), content.as_bytes()]);
    [&start, &format!("{checksum:08x} "), line, content].concat()
}

/// Whether a record is larger than any storage should be asked to hold.
#[must_use]
pub fn is_too_large(record: &str) -> bool {
    record.len() > SIZE_LIMIT && record.encode_utf16().count() > SIZE_LIMIT
}

/// Whether a text looks like a record, sound or not.
#[must_use]
pub fn is_record(text: &str) -> bool {
    text.starts_with(MAGIC)
}

/// Reads the first line alone, without seeing whether the record is whole; `None` where it is none that this release
/// writes.
#[must_use]
pub fn header(record: &str) -> Option<Header> {
    header_as(MAGIC, VERSION, record)
}

pub(crate) fn header_as(magic: &str, written: u32, record: &str) -> Option<Header> {
    let line = record.strip_prefix(magic)?.split_once('\n')?.0;
    let mut words = line.split(' ');
    let mut word = || words.next();
    let (version, checksum, generation, saved) = (word()?, word()?, word()?, word()?);
    if version.parse() != Ok(written) {
        return None;
    }
    let checksum = u32::from_str_radix(checksum, 16).ok()?;
    Some(Header { checksum, generation: generation.parse().ok()?, saved: saved.parse().ok()? })
}

/// Reads a record.
///
/// # Errors
/// [`RecordError::Newer`] for a whole record of a version this release does not know; [`RecordError::Damaged`] if a
/// single byte is missing or wrong.
pub fn read(record: &str) -> Result<(Header, Workbook), RecordError> {
    let (header, json) = open(MAGIC, VERSION, record)?;
    let value = serde_json::from_str(json).map_err(|_| RecordError::Damaged)?;
    let decoded = saved::decode(value).ok_or(RecordError::Damaged)?;
    Ok((header, decoded.workbook))
}

/// The first line and the content of a whole record that begins with this word and is of the version that is `written`.
pub(crate) fn open<'a>(magic: &str, written: u32, record: &'a str) -> Result<(Header, &'a str), RecordError> {
    let version = unseal(magic, record).ok_or(RecordError::Damaged)?;
    if version > written {
        return Err(RecordError::Newer);
    }
    let header = header_as(magic, written, record).ok_or(RecordError::Damaged)?;
    let (line, content) = record.split_once('\n').ok_or(RecordError::Damaged)?;
    let length = line.rsplit(' ').next().and_then(|length| length.parse().ok());
    if length == Some(content.len()) { Ok((header, content)) } else { Err(RecordError::Damaged) }
}

/// The version of a record whose checksum is right.
fn unseal(magic: &str, record: &str) -> Option<u32> {
    let version = record.strip_prefix(magic)?.split_once(' ')?.0;
    let (start, rest) = record.split_at(magic.len() + version.len() + 1);
    let (sum, rest) = rest.split_once(' ')?;
    let is_whole = sum == format!("{:08x}", checksum(&[start.as_bytes(), rest.as_bytes()]));
    let version: u32 = version.parse().ok()?;
    // One version has one text, and none is before the first.
    (is_whole && version >= 1 && start == format!("{magic}{version} ")).then_some(version)
}
