//! What a snapshot says of what is late, where whoever sends it chose to: which, since when, and who is responsible.
//!
//! ```text
//! .L version check(4) total(2) names(1) items(1) [name]… [requirement(2) days(2) name(1)]…
//! ```
//!
//! It follows the statuses in a link (`link.rs`) and is never longer than [`LIMIT`]: what is late for longest comes first, and
//! what does not fit is only counted. A requirement is its place in the list of its kind; days are counted back from the day
//! of the snapshot; a name is counted from 1, and 0 is nobody. Releases that do not know it do not read on that far.

use crate::catalogue::Catalogue;
use crate::catalogue::requirement::Requirement;
use crate::catalogue::requirement_id::RequirementId;
use crate::checking::review::{Finding, review};
use crate::date::Date;
use crate::dates::urgency::AsOf;
use crate::sharing::sealed::{Digits, digit, put, put_unit, seal, take_unit, unseal};
use crate::workbook::workbook::Workbook;

/// The most characters it adds to a link.
pub const LIMIT: usize = 60;

/// 逾期 in a snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Late {
    #[default]
    NotTold,
    Told {
        /// How many were late, those that did not fit too.
        total: usize,
        /// What was late for longest comes first.
        items: Vec<LateItem>,
    },
    /// It was cut off or changed on its way.
    Unreadable,
}

/// A requirement that was late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateItem {
    pub id: RequirementId,
    pub due: Date,
    /// May be cut: a long name takes the place of what is late.
    pub owner: Option<String>,
}

const WORD: &str = "late";
/// Where it begins, in place of the word and the equals sign: nobody ends a sentence like that.
const MARK: &str = ".L";
/// In UTF-16 units.
const NAME_LIMIT: usize = 6;
/// The mark, version, check, total and two counts.
const HEAD: usize = 11;
const ITEM: usize = 5;
const MOST_DAYS: i32 = 4095;

impl Late {
    /// What is late in the workbook on this day, as a link can say it.
    #[must_use]
    pub fn of(catalogue: &Catalogue, workbook: &Workbook, day: AsOf) -> Self {
        let review = review(catalogue, workbook, Some(day));
        let owner = |id| {
            let answer = workbook.answer(id);
            let mut left = NAME_LIMIT;
            let short = answer.owner.trim().chars().take_while(|letter| {
                let fits = letter.len_utf16() <= left;
                left = left.saturating_sub(letter.len_utf16());
                fits
            });
            Some(short.collect::<String>()).filter(|name| !name.is_empty())
        };
        let all = review.all(Finding::Overdue).filter_map(|found| {
            let id = found.requirement.id;
            Some(LateItem { id, due: found.due?, owner: owner(id) })
        });
        let mut items: Vec<_> = all.filter(|item| item.due.days_until(day.today) <= MOST_DAYS).collect();
        items.sort_by_key(|item| item.due);
        let total = review.count(Finding::Overdue);
        let mut names: Vec<&str> = Vec::new();
        let mut length = HEAD;
        let fitting = items.iter().take_while(|item| {
            let new = item.owner.as_deref().filter(|name| !names.contains(name));
            length += ITEM + new.map_or(0, written);
            names.extend(new);
            length <= LIMIT
        });
        let fitting = fitting.count();
        items.truncate(fitting);
        Self::Told { total, items }
    }
}

/// How many digits a name takes.
fn written(name: &str) -> usize {
    let mut digits = String::new();
    put_unit(&mut digits, name);
    digits.len()
}

/// What follows the statuses; nothing where nothing is told, or nobody knows of which day.
pub(super) fn encode_late(late: &Late, taken: Option<Date>, places: &[Option<&Requirement>]) -> String {
    let (Late::Told { total, items }, Some(taken)) = (late, taken) else { return String::new() };
    let mut names: Vec<&str> = Vec::new();
    for name in items.iter().filter_map(|item| item.owner.as_deref()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let place = |id| places.iter().position(|found| found.is_some_and(|requirement| requirement.id == id));
    let known: Vec<_> = items.iter().filter_map(|item| Some((place(item.id)?, item))).collect();
    let mut body = String::new();
    put(&mut body, *total as u64, 2);
    put(&mut body, names.len() as u64, 1);
    put(&mut body, known.len() as u64, 1);
    for name in &names {
        put_unit(&mut body, name);
    }
    for (place, item) in known {
        put(&mut body, place as u64, 2);
        put(&mut body, u64::try_from(item.due.days_until(taken)).unwrap_or_default(), 2);
        let name = item.owner.as_deref().and_then(|owner| names.iter().position(|name| *name == owner));
        put(&mut body, name.map_or(0, |at| at as u64 + 1), 1);
    }
    let sealed = seal(WORD, &body);
    format!("{MARK}{}", sealed.split_once('=').map_or("", |(_, sealed)| sealed))
}

/// Reads what follows the mark in a payload.
pub(super) fn decode_late(payload: &[u8], taken: Option<Date>, places: &[Option<&Requirement>]) -> Late {
    // Right behind the snapshot, but for a blank where the link was wrapped: further on it is somebody's sentence.
    let behind = payload.iter().position(|byte| digit(*byte).is_none() && !byte.is_ascii_whitespace());
    let Some(rest) = behind.and_then(|at| payload[at..].strip_prefix(MARK.as_bytes())) else {
        return Late::NotTold;
    };
    if rest.is_empty() {
        return Late::Unreadable;
    }
    let read = |digits: &mut Digits<'_>| {
        let total = usize::try_from(digits.take(2)?).ok()?;
        let (names, items) = (digits.take(1)?, digits.take(1)?);
        let names: Vec<_> = (0..names).map(|_| take_unit(digits)).collect::<Option<_>>()?;
        let items: Vec<_> = (0..items).map(|_| take_item(digits, &names, taken?, places)).collect::<Option<_>>()?;
        // One that this catalogue does not know is only counted.
        Some(Late::Told { total, items: items.into_iter().flatten().collect() })
    };
    unseal(WORD, rest, read).unwrap_or(Late::Unreadable)
}

#[expect(clippy::option_option, reason = "the outer one is the error, as in link.rs")]
fn take_item(
    digits: &mut Digits<'_>,
    names: &[Option<String>],
    taken: Date,
    places: &[Option<&Requirement>],
) -> Option<Option<LateItem>> {
    let place = usize::try_from(digits.take(2)?).ok()?;
    let days = i32::try_from(digits.take(2)?).ok()?;
    let name = usize::try_from(digits.take(1)?).ok()?;
    let owner = if name == 0 { None } else { names.get(name - 1)?.clone() };
    let requirement = places.get(place).copied().flatten();
    Some(requirement.map(|requirement| LateItem { id: requirement.id, due: taken.add_days(-days), owner }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::builtin;
    use crate::catalogue::kinds::UnitKind;
    use crate::cycle::Cycle;
    use crate::sharing::link::{Link, decode, encode};
    use crate::sharing::snapshot::Snapshot;
    use crate::workbook::stamp::{Author, Clock};
    use crate::workbook::update::{Msg, update};
    use crate::workbook::workbook_id::WorkbookId;

    fn workbook(owners: &[&str]) -> Workbook {
        let mut clock = Clock::new(Author(1));
        let blank = Workbook::new(WorkbookId(1), UnitKind::County);
        let ids = builtin().requirements_for(UnitKind::County).map(|requirement| requirement.id);
        let msgs = ids.zip(owners.iter().cycle()).zip(0..).flat_map(|((id, owner), days)| {
            let due = Date::parse("2025-10-08").map(|day| day.add_days(days));
            [Msg::OwnerNamed(id, (*owner).into()), Msg::DueSet(id, due)]
        });
        let msgs = std::iter::once(Msg::CycleChosen(Cycle(2026))).chain(msgs);
        msgs.fold(blank, |workbook, msg| update(&workbook, msg, clock.tick(1)))
    }

    fn told(owners: &[&str]) -> (Snapshot, String, String) {
        let workbook = workbook(owners);
        let today = Date::parse("2026-11-30").expect("a date");
        let mut snapshot = Snapshot::of(builtin(), &workbook, Some(today));
        let without = encode(builtin(), &snapshot);
        snapshot.late = Late::of(builtin(), &workbook, AsOf { today, near_days: AsOf::NEAR_DAYS });
        let with = encode(builtin(), &snapshot);
        (snapshot, without, with)
    }

    #[test]
    fn what_is_late_comes_back_and_adds_no_more_than_it_may() {
        for owners in [
            &["张三"][..],
            &["", "李四", "王五某"],
            &["发展改革局规划科张三李四王五"],
            &["𠮷𠮷𠮷𠮷"],
            &["甲", "乙", "丙", "丁", "戊"],
        ] {
            let (snapshot, without, with) = told(owners);
            assert!(with.len() - without.len() <= LIMIT, "{owners:?}: {}", with.len() - without.len());
            assert!(with.starts_with(&without));
            let Late::Told { total, items } = &snapshot.late else { panic!("it is told") };
            assert!(*total > 60 && (4..=10).contains(&items.len()), "{owners:?}: {}", items.len());
            assert!(items.is_sorted_by_key(|item| item.due));
            for junk in ["", "，谢谢", ".", " thanks", "%E3%80%82"] {
                assert_eq!(decode(builtin(), &format!("{with}{junk}")), Ok(Link::Snapshot(snapshot.clone())), "{junk}");
            }
        }
    }

    #[test]
    fn what_was_cut_off_is_not_taken_for_nothing_late() {
        let (snapshot, without, with) = told(&["张三"]);
        for end in without.len() + 2..with.len() {
            let expected = Snapshot { late: Late::Unreadable, ..snapshot.clone() };
            assert_eq!(decode(builtin(), &with[..end]), Ok(Link::Snapshot(expected)), "{end}");
        }
        let plain = Snapshot { late: Late::NotTold, ..snapshot };
        for end in ["", ".", "。", "...", ". 谢谢", "，请看.Later", " .. .L"] {
            assert_eq!(decode(builtin(), &format!("{without}{end}")), Ok(Link::Snapshot(plain.clone())), "{end}");
        }
    }

    #[test]
    fn a_link_that_was_wrapped_is_mended() {
        let (snapshot, _, with) = told(&["张三"]);
        for at in 3..with.len() {
            let wrapped = format!("{}\r\n {}", &with[..at], &with[at..]);
            let Ok(Link::Snapshot(read)) = decode(builtin(), &wrapped) else { panic!("{wrapped}") };
            // Within the mark, nothing says that more was meant.
            assert!(read == snapshot || with[..at].ends_with('.'), "{wrapped}");
        }
    }
}
