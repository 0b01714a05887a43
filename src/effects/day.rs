//! The day by which dates are judged: today, unless this tab looks at another; and how far ahead is near.

use plan_checklist_domain::Date;
use plan_checklist_domain::storage::record::PREFIX;

use crate::effects::identity::tab;
use crate::effects::storage;

/// The most days that can count as 临近: a year.
pub const MOST_NEAR_DAYS: u16 = 366;

fn key() -> String {
    format!("{PREFIX}day")
}

/// The day this tab looks at instead of today.
#[must_use]
pub fn chosen() -> Option<Date> {
    Date::parse(&tab()?.get_item(&key()).ok()??)
}

/// Looks at another day, until this tab is closed; `None` for today again.
pub fn choose(day: Option<Date>) {
    if let Some(tab) = tab() {
        let _ = match day {
            Some(day) => tab.set_item(&key(), &day.to_string()),
            None => tab.remove_item(&key()),
        };
    }
}

/// How many days ahead count as 临近, where somebody chose.
#[must_use]
pub fn near_days() -> Option<u16> {
    storage::read_memo(storage::NEAR_DAYS)?.parse().ok().filter(|days| *days <= MOST_NEAR_DAYS)
}

/// Remembers how many days ahead count as 临近.
pub fn set_near_days(days: u16) {
    storage::write_memo(storage::NEAR_DAYS, &days.to_string());
}
