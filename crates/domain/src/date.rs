//! A calendar date, as ISO 8601 text in files and fields. No time of day, no zone.

use std::fmt;

/// A calendar date between the years 1900 and 2999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(time::Date);

impl Date {
    /// A date from its year, month (1–12) and day; `None` where there is no such day.
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let month = time::Month::try_from(month).ok()?;
        if !(1900..=2999).contains(&year) {
            return None;
        }
        time::Date::from_calendar_date(year, month, day).ok().map(Self)
    }

    /// Year, month (1–12) and day.
    #[must_use]
    pub fn parts(self) -> (i32, u8, u8) {
        let (year, month, day) = self.0.to_calendar_date();
        (year, month.into(), day)
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
}
