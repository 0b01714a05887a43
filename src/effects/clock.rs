//! The local date and time.

use js_sys::Date as JsDate;
use plan_checklist_domain::Date;

/// Today where the user is; `None` if the clock is absurdly wrong.
#[must_use]
pub fn today() -> Option<Date> {
    let now = JsDate::new_0();
    let year = i32::try_from(now.get_full_year()).ok()?;
    Date::new(year, u8::try_from(now.get_month() + 1).ok()?, u8::try_from(now.get_date()).ok()?)
}

/// The time of day, as `14:03`.
#[must_use]
pub fn time_of_day() -> String {
    let now = JsDate::new_0();
    format!("{:02}:{:02}", now.get_hours(), now.get_minutes())
}

/// Milliseconds since 1970: tells set-aside saves apart.
#[must_use]
pub fn stamp() -> f64 {
    JsDate::now()
}
