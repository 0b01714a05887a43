//! How pressing a date is.

use crate::catalogue::requirement_id::RequirementId;
use crate::date::Date;
use crate::dates::milestone::Milestone;

/// The day by which dates are judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf {
    pub today: Date,
    /// How many days ahead count as 临近.
    pub near_days: u16,
}

impl AsOf {
    /// The days that count as 临近 where nobody has chosen otherwise.
    pub const NEAR_DAYS: u16 = 30;
}

/// 时限状态 of something still open, most pressing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// 逾期: the day has passed.
    Overdue,
    /// 临近: the day is today or not far off.
    Near,
    /// 正常
    Normal,
    /// 未定: it has no date.
    Undated,
}

impl Urgency {
    /// In their order.
    pub const ALL: [Self; 4] = [Self::Overdue, Self::Near, Self::Normal, Self::Undated];

    /// How pressing this date is for something open.
    #[must_use]
    pub fn of(due: Option<Date>, day: AsOf) -> Self {
        match due.map(|due| day.today.days_until(due)) {
            None => Self::Undated,
            Some(days) if days < 0 => Self::Overdue,
            Some(days) if days <= i32::from(day.near_days) => Self::Near,
            Some(_) => Self::Normal,
        }
    }

    /// The most pressing of the open ones, for a step or a phase; `None` where nothing is open.
    pub fn worst(open: impl IntoIterator<Item = Self>) -> Option<Self> {
        open.into_iter().min()
    }

    /// How pressing a milestone is; `None` where nothing is left to do for it: all that it names is closed, or it names
    /// nothing and has passed.
    pub fn of_milestone(milestone: &Milestone, day: AsOf, is_open: impl Fn(RequirementId) -> bool) -> Option<Self> {
        let urgency = Self::of(milestone.date, day);
        let is_left = if milestone.requirements.is_empty() {
            urgency != Self::Overdue
        } else {
            milestone.requirements.iter().any(|id| is_open(*id))
        };
        is_left.then_some(urgency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::builtin;

    fn date(text: &str) -> Date {
        Date::parse(text).expect("a date")
    }

    #[test]
    fn a_day_is_late_only_once_it_is_over() {
        let today = date("2020-12-31");
        for (due, near, expected) in [
            ("2020-12-30", 30, Urgency::Overdue),
            ("2020-12-31", 30, Urgency::Near),
            ("2021-01-30", 30, Urgency::Near),
            ("2021-01-31", 30, Urgency::Normal),
            ("2020-12-31", 0, Urgency::Near),
            ("2021-01-01", 0, Urgency::Normal),
        ] {
            assert_eq!(Urgency::of(Some(date(due)), AsOf { today, near_days: near }), expected, "{due}");
        }
        assert_eq!(Urgency::of(None, AsOf { today, near_days: 30 }), Urgency::Undated);
    }

    #[test]
    fn the_most_pressing_speaks_for_all() {
        use Urgency::{Near, Normal, Overdue, Undated};
        assert_eq!(Urgency::worst([]), None);
        assert_eq!(Urgency::worst([Undated, Normal]), Some(Normal));
        assert_eq!(Urgency::worst([Near, Undated, Overdue, Normal]), Some(Overdue));
    }

    #[test]
    fn a_milestone_is_reached_when_all_it_names_is_closed() {
        let id = builtin().steps[0].requirements[0].id;
        let check = |requirements: Vec<RequirementId>, is_open, expected| {
            let milestone = Milestone { name: String::new(), date: Some(date("2020-05-01")), requirements };
            let day = AsOf { today: date("2020-05-02"), near_days: 30 };
            assert_eq!(Urgency::of_milestone(&milestone, day, |_| is_open), expected);
        };
        check(vec![id], true, Some(Urgency::Overdue));
        check(vec![id], false, None);
        check(vec![], true, None);
    }
}
