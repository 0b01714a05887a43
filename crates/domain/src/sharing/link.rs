//! What a link carries after its `#`, and how it is read back from whatever a chat program made of it.
//!
//! ```text
//! s=     version check(4) head(6) [year(3)] statuses [unit]     快照
//! start= version check(4) year(3) unit                          请填这份清单
//! ```
//!
//! What a snapshot says of what is late may follow after `.L` (`late.rs`).
//!
//! Every field is a number written in base-64 digits, the most significant first. The head holds the kind, whether a unit
//! follows, the day, the first year and the number of statuses. Statuses are base-5 digits, 18 to a block of 7. A unit is
//! its length and its UTF-16 units, three to 8 digits: two thirds of what UTF-8 needs for Chinese. The check is a CRC-24
//! of the rest and of the word before the `=`. A field says how long it is, so what follows the last one is ignored.
//!
//! Every later version keeps the place of its digit (`2` to `9`) and of the check, so that this release can tell a newer
//! link from a damaged one.

use crate::catalogue::Catalogue;
use crate::catalogue::kinds::UnitKind;
use crate::date::Date;
use crate::percent::unescape;
use crate::sharing::late::{Late, decode_late, encode_late};
use crate::sharing::link_order::LinkOrder;
pub use crate::sharing::sealed::LinkError;
use crate::sharing::sealed::{Digits, put, put_unit, seal, take_unit, unseal};
use crate::sharing::snapshot::{Snapshot, clean_unit};
use crate::workbook::status::Status;

/// What a link of ours holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    Snapshot(Snapshot),
    Start(Start),
}

/// 请填这份清单: what to fill in. The kind is that of the page the link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// First year of the plan.
    pub cycle: u16,
    /// 单位名称, as [`clean_unit`] leaves it.
    pub unit: Option<String>,
}

/// The most statuses a link can count.
pub(crate) const STATUS_LIMIT: usize = (1 << COUNT_BITS) - 1;

const SNAPSHOT: &str = "s";
const START: &str = "start";
const HEAD_DIGITS: usize = 6;
const YEAR_DIGITS: usize = 3;

const DATE_BITS: u32 = 16;
const CYCLE_BITS: u32 = 8;
const COUNT_BITS: u32 = 9;

/// The first plan's first year, so that every plan there has been and will be for two centuries fits the head.
const FIRST_CYCLE: u16 = 1953;
/// In the head: the year does not fit and follows.
const OTHER_CYCLE: u16 = (1 << CYCLE_BITS) - 1;
/// Days are counted from here, 31 to a month; 176 years and two months fit.
const FIRST_YEAR: i32 = 2000;

const STATUSES_PER_BLOCK: usize = 18;

/// More than twice what the longest link needs with every character percent-encoded twice.
const LENGTH_LIMIT: usize = 4096;

/// A snapshot as a fragment, without the `#`.
///
/// A day before 2000 or after 1 March 2176 is left out: the clock that showed it is wrong.
#[must_use]
pub fn encode(catalogue: &Catalogue, snapshot: &Snapshot) -> String {
    encode_by(catalogue, LinkOrder::of(catalogue), snapshot)
}

/// [`encode`] as a release with another list would.
#[must_use]
pub fn encode_by(catalogue: &Catalogue, order: LinkOrder<'_>, snapshot: &Snapshot) -> String {
    let status = |id| snapshot.status(id) as u64;
    let requirements = order.requirements(catalogue, snapshot.kind);
    let requirements = &requirements[..requirements.len().min(STATUS_LIMIT)];
    let statuses: Vec<u64> =
        requirements.iter().map(|found| found.map_or(0, |requirement| status(requirement.id))).collect();
    let unit = snapshot.unit.as_deref().and_then(clean_unit);
    let cycle = snapshot.cycle.checked_sub(FIRST_CYCLE).filter(|cycle| *cycle < OTHER_CYCLE);

    let mut head = snapshot.kind as u64;
    head = head << 1 | u64::from(unit.is_some());
    head = head << DATE_BITS | snapshot.taken.and_then(encode_date).unwrap_or(0);
    head = head << CYCLE_BITS | u64::from(cycle.unwrap_or(OTHER_CYCLE));
    head = head << COUNT_BITS | statuses.len() as u64;

    let mut body = String::new();
    put(&mut body, head, HEAD_DIGITS);
    if cycle.is_none() {
        put(&mut body, snapshot.cycle.into(), YEAR_DIGITS);
    }
    for block in statuses.chunks(STATUSES_PER_BLOCK) {
        let value = block.iter().fold(0, |value, status| value * 5 + status);
        put(&mut body, value, block_digits(block.len()));
    }
    if let Some(unit) = unit {
        put_unit(&mut body, &unit);
    }
    seal(SNAPSHOT, &body) + &encode_late(&snapshot.late, snapshot.taken, requirements)
}

/// A start as a fragment, without the `#`.
#[must_use]
pub fn encode_start(start: &Start) -> String {
    let mut body = String::new();
    put(&mut body, start.cycle.into(), YEAR_DIGITS);
    put_unit(&mut body, &start.unit.as_deref().and_then(clean_unit).unwrap_or_default());
    seal(START, &body)
}

/// Reads a fragment, with or without its `#`, percent-encoded up to twice, with whatever stands after it.
///
/// # Errors
/// See [`LinkError`].
pub fn decode(catalogue: &Catalogue, fragment: &str) -> Result<Link, LinkError> {
    decode_by(catalogue, LinkOrder::of(catalogue), fragment)
}

/// [`decode`] as a release with another list would.
///
/// # Errors
/// See [`LinkError`].
pub fn decode_by(catalogue: &Catalogue, order: LinkOrder<'_>, fragment: &str) -> Result<Link, LinkError> {
    let plain = plain(fragment);
    let decoded = decode_plain(catalogue, order, &plain);
    let is_whole = match &decoded {
        Ok(Link::Snapshot(snapshot)) => snapshot.late != Late::Unreadable,
        decoded => *decoded != Err(LinkError::Damaged),
    };
    if is_whole {
        return decoded;
    }
    // Mail programs wrap links: no link has a blank of its own.
    let unwrapped: Vec<u8> = plain.into_iter().filter(|byte| !byte.is_ascii_whitespace()).collect();
    decode_plain(catalogue, order, &unwrapped)
}

fn decode_plain(catalogue: &Catalogue, order: LinkOrder<'_>, plain: &[u8]) -> Result<Link, LinkError> {
    let payload = |word: &str| payload(plain, word);
    if let Some(payload) = payload(SNAPSHOT) {
        let (head, statuses) = unseal(SNAPSHOT, payload, decode_snapshot)?;
        let late = decode_late(payload, head.taken, &order.requirements(catalogue, head.kind));
        Ok(Link::Snapshot(Snapshot { late, ..place(catalogue, order, head, &statuses) }))
    } else if let Some(payload) = payload(START) {
        unseal(START, payload, decode_start).map(Link::Start)
    } else {
        Err(LinkError::NotOurs)
    }
}

/// A fragment as it was before chat programs escaped it.
pub(crate) fn plain(fragment: &str) -> Vec<u8> {
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment).as_bytes();
    let fragment = &fragment[..fragment.len().min(LENGTH_LIMIT)];
    unescape(&unescape(fragment))
}

/// What stands after the word and `=`; `None` where it begins with another word.
pub(crate) fn payload<'a>(plain: &'a [u8], word: &str) -> Option<&'a [u8]> {
    plain.strip_prefix(word.as_bytes())?.strip_prefix(b"=")
}

/// All but whose the statuses are.
fn decode_snapshot(body: &mut Digits<'_>) -> Option<(Snapshot, Vec<Status>)> {
    let mut head = body.take(HEAD_DIGITS)?;
    let mut field = |bits: u32| {
        let value = head & ((1 << bits) - 1);
        head >>= bits;
        value
    };
    let count = usize::try_from(field(COUNT_BITS)).ok()?;
    let cycle = u16::try_from(field(CYCLE_BITS)).ok()?;
    let taken = field(DATE_BITS);
    let has_unit = field(1) == 1;
    let kind = *UnitKind::ALL.get(usize::try_from(field(2)).ok()?)?;

    let cycle = if cycle == OTHER_CYCLE { take_year(body)? } else { FIRST_CYCLE + cycle };
    let mut snapshot = Snapshot::new(kind, cycle);
    snapshot.taken = if taken == 0 { None } else { Some(decode_date(taken)?) };
    let statuses = take_statuses(body, count)?;
    if has_unit {
        snapshot.unit = take_unit(body)?;
    }
    Some((snapshot, statuses))
}

/// Gives each status to its requirement.
fn place(catalogue: &Catalogue, order: LinkOrder<'_>, mut snapshot: Snapshot, statuses: &[Status]) -> Snapshot {
    let requirements = order.requirements(catalogue, snapshot.kind);
    snapshot.absent = catalogue.requirements_for(snapshot.kind).map(|requirement| requirement.id).collect();
    for (at, status) in statuses.iter().copied().enumerate() {
        // A newer list is longer than ours: what is beyond its end is not known here, like what is gone from it.
        let requirement = requirements.get(at).copied().flatten();
        if let Some(requirement) = requirement {
            snapshot.absent.retain(|id| *id != requirement.id);
        }
        if status == Status::Unchecked {
            continue;
        }
        match requirement {
            // Where two requirements became one, the first that was looked at stands for both.
            Some(requirement) => {
                snapshot.statuses.entry(requirement.id).or_insert(status);
            }
            None => snapshot.unknown += 1,
        }
    }
    snapshot
}

fn decode_start(body: &mut Digits<'_>) -> Option<Start> {
    let cycle = u16::try_from(body.take(YEAR_DIGITS)?).ok()?;
    Some(Start { cycle, unit: take_unit(body)? })
}

/// A year that the head had no room for.
fn take_year(body: &mut Digits<'_>) -> Option<u16> {
    let year = u16::try_from(body.take(YEAR_DIGITS)?).ok()?;
    let is_needed = !(FIRST_CYCLE..FIRST_CYCLE + OTHER_CYCLE).contains(&year);
    is_needed.then_some(year)
}

fn take_statuses(body: &mut Digits<'_>, count: usize) -> Option<Vec<Status>> {
    let mut statuses = Vec::with_capacity(count);
    while statuses.len() < count {
        let start = statuses.len();
        let length = (count - start).min(STATUSES_PER_BLOCK);
        let mut value = body.take(block_digits(length))?;
        for _ in 0..length {
            statuses.push(*Status::ALL.get(usize::try_from(value % 5).ok()?)?);
            value /= 5;
        }
        if value != 0 {
            return None;
        }
        statuses[start..].reverse();
    }
    Some(statuses)
}

/// How many base-64 digits hold this many base-5 digits.
fn block_digits(statuses: usize) -> usize {
    let mut digits = 0;
    let mut rest = (0..statuses).fold(1, |values: u64, _| values * 5) - 1;
    while rest > 0 {
        rest >>= 6;
        digits += 1;
    }
    digits
}

fn encode_date(date: Date) -> Option<u64> {
    let year = u64::try_from(date.year() - FIRST_YEAR).ok()?;
    let number = (year * 12 + u64::from(date.month() - 1)) * 31 + u64::from(date.day());
    (number < 1 << DATE_BITS).then_some(number)
}

fn decode_date(number: u64) -> Option<Date> {
    let number = i32::try_from(number).ok()? - 1;
    let (months, day) = (number / 31, number % 31 + 1);
    Date::new(FIRST_YEAR + months / 12, u8::try_from(months % 12 + 1).ok()?, u8::try_from(day).ok()?)
}
