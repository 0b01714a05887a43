//! A calendar date, as ISO 8601 text in files and fields. No time of day, no zone.

use std::fmt;

/// A calendar date between the years 1900 and 2999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(time::Date);

impl Date {
    /// The first date there is, a Monday.
    pub const FIRST: Self = match time::Date::from_calendar_date(1900, time::Month::January, 1) {
        Ok(date) => Self(date),
        Err(_) => panic!("the day exists"),
    };
    /// How many days the last date comes after the first.
    const LAST_DAY: i32 = 401_766;

    /// A date from its year, month (1–12) and day; `None` where there is no such day.
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let month = time::Month::try_from(month).ok()?;
        if !(1900..=2999).contains(&year) {
            return None;
        }
        time::Date::from_calendar_date(year, month, day).ok().map(Self)
    }

    /// Reads `YYYY-MM-DD`; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let is_number = |text: &str, width| text.len() == width && text.bytes().all(|byte| byte.is_ascii_digit());
        if parts.next().is_some() || !is_number(year, 4) || !is_number(month, 2) || !is_number(day, 2) {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// Reads a date as people type it: `2026.5.1`, `2026/5/1`, `2026-5-1`, `2026年5月1日`, `20260501`, also full width and
    /// with blanks; `None` for anything else. Years have four digits.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let narrow = |letter: char| match letter {
            '０'..='９' => char::from_u32(u32::from(letter) - u32::from('０') + u32::from('0')).unwrap_or(letter),
            '．' | '。' => '.',
            '／' => '/',
            '－' | '—' | '–' => '-',
            '号' | '號' => '日',
            _ => letter,
        };
        let text: String = text.chars().filter(|letter| !letter.is_whitespace()).map(narrow).collect();
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if text.len() == 8 && is_number(&text) {
            return Self::new(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?);
        }
        let (year, rest) = text.split_once(['年', '.', '/', '-'])?;
        // Whatever parts year and month also parts month and day.
        let (month, day) = match text[year.len()..].chars().next()? {
            '年' => {
                let (month, day) = rest.split_once('月')?;
                (month, day.strip_suffix('日').unwrap_or(day))
            }
            mark => rest.split_once(mark)?,
        };
        let is_short = |text: &str| (1..=2).contains(&text.len()) && is_number(text);
        let is_date = year.len() == 4 && is_number(year) && is_short(month) && is_short(day);
        if is_date { Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?) } else { None }
    }

    #[must_use]
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// 1–12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.0.month().into()
    }

    /// 1–31.
    #[must_use]
    pub fn day(self) -> u8 {
        self.0.day()
    }

    /// 0 for Monday to 6 for Sunday.
    #[must_use]
    pub fn weekday(self) -> u8 {
        self.0.weekday().number_days_from_monday()
    }

    /// How many days until the other date; negative where that has passed.
    #[must_use]
    pub fn days_until(self, other: Self) -> i32 {
        other.day_number() - self.day_number()
    }

    /// The date so many days later, or earlier for a negative number; the first or last date there is, where that
    /// would lie beyond it.
    #[must_use]
    pub fn add_days(self, days: i32) -> Self {
        Self::of_day_number(self.day_number().saturating_add(days))
    }

    /// The first day of its month.
    #[must_use]
    pub fn month_start(self) -> Self {
        self.add_days(1 - i32::from(self.day()))
    }

    /// The last day of its month.
    #[must_use]
    pub fn month_end(self) -> Self {
        let length = self.0.month().length(self.year());
        self.add_days(i32::from(length) - i32::from(self.day()))
    }

    /// Whether it is a Monday to Friday.
    ///
    /// Public holidays, and the weekend days worked in exchange for them, are set anew each year and unknown here.
    #[must_use]
    pub fn is_workday(self) -> bool {
        self.weekday() < 5
    }

    /// This day, or the last workday before it.
    #[must_use]
    pub fn workday_or_before(self) -> Self {
        Self::of_workday_number(self.workday_number())
    }

    /// This day, or the first workday after it.
    #[must_use]
    pub fn workday_or_after(self) -> Self {
        Self::of_workday_number(self.workday_number() + i32::from(!self.is_workday()))
    }

    /// Workdays counted from the first date; a weekend counts as the Friday before it.
    pub(crate) fn workday_number(self) -> i32 {
        self.day_number() / 7 * 5 + i32::from(self.weekday().min(4))
    }

    /// The workday of this number.
    pub(crate) fn of_workday_number(number: i32) -> Self {
        Self::of_day_number(number / 5 * 7 + number % 5)
    }

    /// As people write it: `2020年12月31日`.
    #[must_use]
    pub fn in_chinese(self) -> String {
        format!("{}年{}月{}日", self.year(), self.month(), self.day())
    }

    fn day_number(self) -> i32 {
        self.0.to_julian_day() - Self::FIRST.0.to_julian_day()
    }

    fn of_day_number(number: i32) -> Self {
        let day = Self::FIRST.0.to_julian_day() + number.clamp(0, Self::LAST_DAY);
        time::Date::from_julian_day(day).map_or(Self::FIRST, Self)
    }
}

impl fmt::Display for Date {
    /// `YYYY-MM-DD`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), u8::from(self.0.month()), self.0.day())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_days_are_dates() {
        for text in ["2020-12-31", "2024-02-29", "1900-01-01"] {
            assert_eq!(Date::parse(text).map(|date| date.to_string()).as_deref(), Some(text));
        }
        for text in [
            "",
            "2021-02-29",
            "2020-13-01",
            "2020-1-1",
            "2020-12-31-",
            "+020-12-31",
            "20201231",
            "二〇二〇",
            "3000-01-01",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn dates_are_read_as_people_type_them() {
        for text in [
            "2026-05-01",
            "2026-5-1",
            "2026.5.1",
            "2026/5/1",
            "2026/05/1",
            "20260501",
            "2026年5月1日",
            "2026年5月1",
            "2026 年 5 月 1 号",
            "２０２６．５．１",
            "２０２６／０５／０１",
            "２０２６年５月１日",
            "２０２６０５０１",
            " 2026－5－1 ",
        ] {
            assert_eq!(Date::read(text).map(|date| date.to_string()).as_deref(), Some("2026-05-01"), "{text}");
        }
        for text in [
            "",
            "2026",
            "2026-5",
            "2026.5.",
            "2026.5/1",
            "2026年5月",
            "2026年5-1",
            "26.5.1",
            "202605",
            "2026051",
            "202605011",
            "20261332",
            "2026-2-30",
            "2026-5-1-1",
            "2026-05-001",
            "202605-01-01",
            "5/1/2026",
            "2026-五-一",
            "+026-5-1",
            "3000-1-1",
            "日",
        ] {
            assert_eq!(Date::read(text), None, "{text}");
        }
    }

    fn date(text: &str) -> Date {
        Date::parse(text).expect("a date")
    }

    #[test]
    fn days_are_counted_over_leap_days_and_year_ends() {
        for (from, days, to) in [
            ("2020-02-28", 1, "2020-02-29"),
            ("2021-02-28", 1, "2021-03-01"),
            ("2100-02-28", 1, "2100-03-01"),
            ("2000-02-28", 2, "2000-03-01"),
            ("2020-12-31", 1, "2021-01-01"),
            ("2020-01-01", 366, "2021-01-01"),
            ("2021-01-01", -1, "2020-12-31"),
        ] {
            assert_eq!(date(from).add_days(days), date(to));
            assert_eq!(date(from).days_until(date(to)), days);
        }
        let last = date("2999-12-31");
        assert_eq!((last.add_days(1), last.add_days(i32::MAX)), (last, last));
        assert_eq!((Date::FIRST.add_days(-1), last.add_days(i32::MIN)), (Date::FIRST, Date::FIRST));
        assert_eq!(Date::FIRST.to_string(), "1900-01-01");
    }

    #[test]
    fn weekends_are_no_workdays() {
        // The year 2020 ended on a Thursday.
        for (day, weekday, before, after) in [
            ("2020-12-31", 3, "2020-12-31", "2020-12-31"),
            ("2021-01-02", 5, "2021-01-01", "2021-01-04"),
            ("2021-01-03", 6, "2021-01-01", "2021-01-04"),
            ("1900-01-01", 0, "1900-01-01", "1900-01-01"),
            ("2999-12-31", 1, "2999-12-31", "2999-12-31"),
        ] {
            let day = date(day);
            assert_eq!(
                (day.weekday(), day.workday_or_before(), day.workday_or_after()),
                (weekday, date(before), date(after))
            );
        }
    }

    #[test]
    fn months_end_where_they_end() {
        for (day, start, end) in [
            ("2020-02-10", "2020-02-01", "2020-02-29"),
            ("2021-02-28", "2021-02-01", "2021-02-28"),
            ("2021-12-31", "2021-12-01", "2021-12-31"),
        ] {
            assert_eq!((date(day).month_start(), date(day).month_end()), (date(start), date(end)));
        }
    }
}
