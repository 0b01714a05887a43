//! A planning cycle and the two dates that bind it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::chinese::numeral;
use crate::date::Date;

/// 规划期, named by the first year of the plan.
///
/// Everything the speech dates follows from that year. A year out of [`FIRST`](Self::FIRST)..=[`LAST`](Self::LAST) is
/// dated as the nearest one within.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cycle(pub u16);

impl Cycle {
    /// “十四五”, 2021–2025: the speech's own.
    pub const OF_THE_SPEECH: Self = Self(2021);
    /// “十五五”: what pages show before they know the day. It has the words of all cycles but the speech's.
    pub const AFTER_THE_SPEECH: Self = Self(2026);
    /// The cycles that are offered; any other first year can be entered.
    pub const USUAL: [Self; 3] = [Self::OF_THE_SPEECH, Self::AFTER_THE_SPEECH, Self(2031)];
    /// The earliest cycle there are dates for.
    pub const FIRST: Self = Self(1950);
    /// The latest cycle there are dates for.
    pub const LAST: Self = Self(2990);

    /// The cycle that begins in this year; `None` out of range.
    #[must_use]
    pub fn new(first_year: u16) -> Option<Self> {
        (Self::FIRST.0..=Self::LAST.0).contains(&first_year).then_some(Self(first_year))
    }

    /// Reads the first year, four digits; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_year = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        if is_year { Self::new(text.parse().ok()?) } else { None }
    }

    /// The cycle of the national five-year plans that a unit has before it on this date: in preparation, else in force.
    ///
    /// Preparing a plan begins on 1 January two years before its first year: the speech of 2020 speaks of a scheme that
    /// 2019 had begun. Until preparing the next begins, the cycle stays: 2019–2023 it is “十四五”, 2024–2028 “十五五”.
    #[must_use]
    pub fn current(today: Date) -> Self {
        let latest = today.year() + 2;
        let year = latest - (latest - 1).rem_euclid(5);
        Self(u16::try_from(year).unwrap_or_default().clamp(1951, 2986))
    }

    /// The cycle to offer instead of one that is [over](Self::is_over); `None` while it is not, or there is no later one.
    #[must_use]
    pub fn successor(self, today: Date) -> Option<Self> {
        Some(Self::current(today)).filter(|current| self.is_over(today) && *current > self)
    }

    /// The cycle before.
    #[must_use]
    pub fn previous(self) -> Self {
        Self(self.0.saturating_sub(5))
    }

    /// What people call it, ready to stand before 规划: `“十四五”`, or `2023—2027年` for a cycle without such a name.
    #[must_use]
    pub fn name(self) -> String {
        // The plans have followed each other every five years since the third, which began in 1966.
        match self.0.checked_sub(1966) {
            Some(years) if years % 5 == 0 && years / 5 + 3 <= 99 => format!("“{}五”", numeral(years / 5 + 3)),
            _ => format!("{}—{}年", self.0, self.last_year()),
        }
    }

    /// Its name with its years: `“十四五”（2021—2025年）`.
    #[must_use]
    pub fn name_with_years(self) -> String {
        let (name, years) = (self.name(), format!("{}—{}年", self.first_year(), self.last_year()));
        if name == years { years } else { format!("{name}（{years}）") }
    }

    /// The first year of the plan.
    #[must_use]
    pub fn first_year(self) -> u16 {
        self.0
    }

    /// The fifth and last year of the plan.
    #[must_use]
    pub fn last_year(self) -> u16 {
        self.0.saturating_add(4)
    }

    /// By when 总体思路、主要目标、重点任务 are to be proposed: 31 December of the year before (`2.2-b`).
    ///
    /// 审定报批 runs from this day on (`2.2-c`).
    #[must_use]
    pub fn proposals_by(self) -> Date {
        self.day(-1, 12, 31)
    }

    /// By when the plan is to be approved: 30 June of the first year (`2.2-c`).
    #[must_use]
    pub fn approval_by(self) -> Date {
        self.day(0, 6, 30)
    }

    /// Whether approval is long past: by more than a year, time enough for the latest approvals.
    ///
    /// From then on lateness says nothing any more.
    #[must_use]
    pub fn is_over(self, today: Date) -> bool {
        today > self.day(1, 6, 30)
    }

    /// A requirement's words for this cycle: where they name the speech's cycle or the one before it, this one or the
    /// one before this.
    ///
    /// For requirements only. What restates the speech keeps the speech's own cycle.
    #[must_use]
    pub fn reword(self, text: &str) -> Cow<'_, str> {
        // The speech's own names are written out: this is in everybody's download.
        const NAMES: [&str; 2] = ["“十四五”", "“十三五”"];
        if self == Self::OF_THE_SPEECH {
            return Cow::Borrowed(text);
        }
        let (mut out, mut rest) = (String::with_capacity(text.len()), text);
        while let Some(at) = rest.find('“') {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let found = NAMES.iter().zip([self, self.previous()]).find(|(name, _)| rest.starts_with(**name));
            let (name, new) = found.map_or_else(|| ("“", "“".into()), |(name, cycle)| (*name, cycle.name()));
            out.push_str(&new);
            rest = &rest[name.len()..];
        }
        out.push_str(rest);
        Cow::Owned(out)
    }

    /// A day of the year `offset` years after the first.
    pub(crate) fn day(self, offset: i32, month: u8, day: u8) -> Date {
        let year = self.0.clamp(Self::FIRST.0, Self::LAST.0);
        Date::new(i32::from(year) + offset, month, day).unwrap_or(Date::FIRST)
    }
}

impl Default for Cycle {
    fn default() -> Self {
        Self::OF_THE_SPEECH
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).expect("a date")
    }

    #[test]
    fn cycles_are_called_as_people_call_them() {
        for (year, name) in [
            (2021, "“十四五”"),
            (2016, "“十三五”"),
            (2026, "“十五五”"),
            (2031, "“十六五”"),
            (2001, "“十五”"),
            (1996, "“九五”"),
            (1966, "“三五”"),
            (1956, "1956—1960年"),
            (2051, "“二十五”"),
            (2056, "“二十一五”"),
            (2446, "“九十九五”"),
            (2451, "2451—2455年"),
            (2023, "2023—2027年"),
            (1953, "1953—1957年"),
        ] {
            assert_eq!(Cycle(year).name(), name);
        }
    }

    #[test]
    fn the_binding_dates_follow_from_the_first_year() {
        let dates = |year| {
            let cycle = Cycle(year);
            (cycle.proposals_by().to_string(), cycle.approval_by().to_string())
        };
        assert_eq!(dates(2021), ("2020-12-31".into(), "2021-06-30".into()));
        assert_eq!(dates(2026), ("2025-12-31".into(), "2026-06-30".into()));
        assert_eq!(dates(0), dates(1950));
        assert_eq!(dates(u16::MAX), dates(2990));
    }

    #[test]
    fn the_current_cycle_is_the_one_being_prepared_or_in_force() {
        for year in 2019..=2035 {
            let expected = match year {
                2019..2024 => 2021,
                2024..2029 => 2026,
                2029..2034 => 2031,
                _ => 2036,
            };
            for month in 1..=12 {
                let first = Date::new(year, month, 1).expect("a date");
                for day in [first, first.month_end()] {
                    assert_eq!(Cycle::current(day), Cycle(expected), "{day}");
                }
            }
        }
        for (today, year) in [("1900-01-01", 1951), ("2999-12-31", 2986)] {
            assert_eq!(Cycle::current(date(today)), Cycle(year), "{today}");
        }
    }

    #[test]
    fn what_is_over_is_followed_only_by_something_later() {
        for (year, today, is_over, successor) in [
            (2021, "2022-06-30", false, None),
            // Over, and nothing else in hand yet.
            (2021, "2022-07-01", true, None),
            (2021, "2023-12-31", true, None),
            (2021, "2024-01-01", true, Some(2026)),
            (2021, "2026-11-25", true, Some(2026)),
            (2026, "2026-11-25", false, None),
            (2022, "2023-08-01", true, None),
            (2023, "2026-11-25", true, Some(2026)),
            (2026, "2029-01-01", true, Some(2031)),
        ] {
            let (cycle, today) = (Cycle(year), date(today));
            assert_eq!(cycle.is_over(today), is_over, "{year} {today}");
            assert_eq!(cycle.successor(today), successor.map(Cycle), "{year} {today}");
        }
    }

    #[test]
    fn only_years_in_range_are_cycles() {
        assert_eq!(Cycle::parse(" 2026 "), Some(Cycle(2026)));
        for text in ["", "1949", "2991", "02026", "+202", "十四五", "２０２６"] {
            assert_eq!(Cycle::parse(text), None, "{text}");
        }
    }

    #[test]
    fn words_follow_the_cycle() {
        let text = "先评估“十三五”，再编“十四五”。";
        for (year, expected) in [
            (2021, text),
            (2026, "先评估“十四五”，再编“十五五”。"),
            (2016, "先评估“十二五”，再编“十三五”。"),
            (2023, "先评估2018—2022年，再编2023—2027年。"),
        ] {
            assert_eq!(Cycle(year).reword(text), expected);
        }
        assert_eq!(Cycle(2026).reword("是否有“台账”？"), "是否有“台账”？");
        assert!(matches!(Cycle(2021).reword(text), Cow::Borrowed(_)));
    }
}
