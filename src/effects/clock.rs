//! The local date and time.

use js_sys::Date as JsDate;
use plan_checklist_domain::Date;

/// Today where the user is; `None` if the clock is absurdly wrong.
#[must_use]
pub fn today() -> Option<Date> {
    local_date(&JsDate::new_0())
}

/// The local date of a moment in milliseconds since 1970.
#[must_use]
pub fn date_of(moment: u64) -> Option<Date> {
    local_date(&js_date(moment))
}

fn local_date(date: &JsDate) -> Option<Date> {
    let year = i32::try_from(date.get_full_year()).ok()?;
    Date::new(year, u8::try_from(date.get_month() + 1).ok()?, u8::try_from(date.get_date()).ok()?)
}

/// The time of day, as `14:03`.
#[must_use]
pub fn time_of_day() -> String {
    time(&JsDate::new_0())
}

/// A moment in milliseconds since 1970 as people write it: `2020年11月24日 14:03`.
#[must_use]
pub fn moment(moment: u64) -> String {
    let date = js_date(moment);
    format!("{}年{}月{}日 {}", date.get_full_year(), date.get_month() + 1, date.get_date(), time(&date))
}

/// A moment as shortly as tells it: the time of day, or for another day than today its date.
#[must_use]
pub fn recent(moment: u64) -> String {
    let date = js_date(moment);
    if date_of(moment) == today() { time(&date) } else { format!("{}月{}日", date.get_month() + 1, date.get_date()) }
}

fn time(date: &JsDate) -> String {
    format!("{:02}:{:02}", date.get_hours(), date.get_minutes())
}

#[expect(clippy::cast_precision_loss, reason = "JavaScript counts milliseconds in the same floating-point numbers")]
fn js_date(moment: u64) -> JsDate {
    JsDate::new(&(moment as f64).into())
}

/// The last moment that a stamp can name.
const LAST_MOMENT: f64 = 8.64e15;

/// Now, in milliseconds since 1970.
#[must_use]
pub fn now() -> u64 {
    // A clock set before 1970 counts as 1970, and one that runs past the last day there is as that day.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturating is what is wanted")]
    {
        JsDate::now().min(LAST_MOMENT) as u64
    }
}
