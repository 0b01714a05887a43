//! Dates as somebody enters them, for the tests of this folder.

use crate::date::Date;
use crate::dates::phases::{PhaseDates, Span};

/// Empty where none was entered.
pub(super) fn date(text: &str) -> Option<Date> {
    (!text.is_empty()).then(|| Date::parse(text).expect("a date"))
}

/// Own dates: 动员部署 from and to, 前期研究 from and to.
pub(super) fn own(dates: [&str; 4]) -> PhaseDates {
    let [a, b, c, d] = dates.map(date);
    PhaseDates { mobilisation: Span { start: a, end: b }, research: Span { start: c, end: d } }
}
