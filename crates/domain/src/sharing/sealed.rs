//! Numbers in base-64 digits with a version and a check: what links carry, whatever it means.

use crc::{CRC_24_OPENPGP, Crc, NoTable};

use crate::sharing::unit_name::{UNIT_LIMIT, clean_unit};

/// Why a fragment holds nothing to show. Nothing may then be changed or stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkError {
    /// It is no link of ours: no fragment, a place on the page, somebody else's.
    NotOurs,
    /// It was cut off or changed on its way.
    Damaged,
    /// A later release made it.
    Newer,
}

const VERSION: u8 = b'1';
const CHECK_DIGITS: usize = 4;

pub(crate) fn put_unit(body: &mut String, unit: &str) {
    let units: Vec<u16> = unit.encode_utf16().collect();
    put(body, units.len() as u64, 1);
    for chunk in units.chunks(3) {
        let value = chunk.iter().fold(0, |value, unit| value << 16 | u64::from(*unit));
        put(body, value, unit_digits(chunk.len()));
    }
}

/// `None` where it cannot be read, `Some(None)` where it is empty.
#[expect(clippy::option_option, reason = "the outer one is the error, as everywhere in this file")]
pub(crate) fn take_unit(body: &mut Digits<'_>) -> Option<Option<String>> {
    let count = usize::try_from(body.take(1)?).ok().filter(|count| *count <= UNIT_LIMIT)?;
    let mut units = Vec::with_capacity(count);
    while units.len() < count {
        let length = (count - units.len()).min(3);
        let value = body.take(unit_digits(length))?;
        if value >> (16 * length) != 0 {
            return None;
        }
        units.extend((0..length).rev().map(|at| (value >> (16 * at)) as u16));
    }
    // Whoever made the link may not have cleaned it.
    Some(clean_unit(&String::from_utf16(&units).ok()?))
}

/// How many base-64 digits hold this many UTF-16 units, of which there are at most three.
fn unit_digits(units: usize) -> usize {
    (units * 16).div_ceil(6)
}

/// The fragment of a word and a body, with version and check.
pub(crate) fn seal(word: &str, body: &str) -> String {
    let mut fragment = format!("{word}={}", char::from(VERSION));
    put(&mut fragment, check(word, VERSION, body.as_bytes()), CHECK_DIGITS);
    fragment.push_str(body);
    fragment
}

/// Reads what [`seal`] made.
///
/// # Errors
/// [`LinkError::Damaged`] and [`LinkError::Newer`].
pub(crate) fn unseal<T>(
    word: &str,
    payload: &[u8],
    read: impl Fn(&mut Digits<'_>) -> Option<T>,
) -> Result<T, LinkError> {
    let mut digits = Digits { bytes: payload.get(1..).unwrap_or_default() };
    let checked = digits.take(CHECK_DIGITS).ok_or(LinkError::Damaged)?;
    let body = digits.bytes;
    match payload[0] {
        VERSION => {
            let content = read(&mut digits).ok_or(LinkError::Damaged)?;
            let body = &body[..body.len() - digits.bytes.len()];
            if check(word, VERSION, body) == checked { Ok(content) } else { Err(LinkError::Damaged) }
        }
        version @ b'2'..=b'9' => {
            let end = body.iter().position(|byte| digit(*byte).is_none()).unwrap_or(body.len());
            let is_whole = check(word, version, &body[..end]) == checked;
            Err(if is_whole { LinkError::Newer } else { LinkError::Damaged })
        }
        _ => Err(LinkError::Damaged),
    }
}

/// It notices every change within three neighbouring characters, and 16,777,215 in 16,777,216 of all others.
fn check(word: &str, version: u8, body: &[u8]) -> u64 {
    // Links are short: no table is worth its bytes.
    let crc = Crc::<u32, NoTable>::new(&CRC_24_OPENPGP);
    let mut digest = crc.digest();
    digest.update(word.as_bytes());
    digest.update(&[version]);
    digest.update(body);
    digest.finalize().into()
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Writes a number in so many digits.
pub(crate) fn put(text: &mut String, value: u64, digits: usize) {
    for at in (0..digits).rev() {
        text.push(char::from(ALPHABET[(value >> (6 * at)) as usize % 64]));
    }
}

/// What a letter of ours stands for; `None` for every other byte.
pub(crate) fn digit(byte: u8) -> Option<u64> {
    ALPHABET.iter().position(|letter| *letter == byte).map(|at| at as u64)
}

/// What is left to read.
pub(crate) struct Digits<'a> {
    bytes: &'a [u8],
}

impl Digits<'_> {
    /// The next number; `None` where the digits end before it does. At most ten digits.
    pub(crate) fn take(&mut self, digits: usize) -> Option<u64> {
        let (number, rest) = self.bytes.split_at_checked(digits)?;
        self.bytes = rest;
        number.iter().try_fold(0, |value, byte| Some(value << 6 | digit(*byte)?))
    }
    /// So many letters as they stand, of those that are digits too.
    pub(crate) fn text(&mut self, letters: usize) -> Option<&str> {
        let (text, rest) = self.bytes.split_at_checked(letters)?;
        self.bytes = rest;
        std::str::from_utf8(text).ok().filter(|_| text.iter().all(|byte| digit(*byte).is_some()))
    }
}
