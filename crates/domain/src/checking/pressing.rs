//! How many things are how pressing.

use crate::catalogue::requirement::Requirement;
use crate::dates::urgency::{AsOf, Urgency};
use crate::workbook::workbook::Workbook;

/// How many open requirements are how pressing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pressing([usize; 4]);

impl Pressing {
    /// Counts those of these requirements that are still open.
    pub fn of<'a>(workbook: &Workbook, requirements: impl Iterator<Item = &'a Requirement>, day: AsOf) -> Self {
        let mut counts = [0; 4];
        for requirement in requirements {
            if workbook.status(requirement.id).is_open() {
                counts[Urgency::of(workbook.due(requirement), day) as usize] += 1;
            }
        }
        Self(counts)
    }

    /// How many are this pressing.
    #[must_use]
    pub fn count(&self, urgency: Urgency) -> usize {
        self.0[urgency as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::builtin;
    use crate::catalogue::kinds::UnitKind;
    use crate::date::Date;
    use crate::workbook::stamp::Stamp;
    use crate::workbook::status::Status;
    use crate::workbook::update::{Msg, update};
    use crate::workbook::workbook_id::WorkbookId;

    fn date(text: &str) -> Date {
        Date::parse(text).expect("a date")
    }

    #[test]
    fn only_what_is_open_is_counted_and_the_speech_dates_what_the_unit_does_not() {
        let mut workbook = Workbook::new(WorkbookId(1), UnitKind::County);
        let own = builtin().requirement("2.4-b").expect("it is there").id;
        let done = builtin().requirement("2.4-c").expect("it is there").id;
        let msgs = [
            Msg::DueSet(own, Some(date("2020-06-30"))),
            Msg::DueSet(done, Some(date("2020-01-01"))),
            Msg::Answered(done, Status::Done),
        ];
        for (counter, msg) in (0..).zip(msgs) {
            workbook = update(&workbook, msg, Stamp { wall: 1, counter, ..Stamp::default() });
        }
        let total = builtin().requirements_for(UnitKind::County).count();
        for (today, overdue, near, normal) in
            [("2020-06-15", 0, 1, 2), ("2020-12-31", 1, 1, 1), ("2021-07-01", 3, 0, 0)]
        {
            let day = AsOf { today: date(today), near_days: 30 };
            let pressing = Pressing::of(&workbook, builtin().requirements_for(UnitKind::County), day);
            assert_eq!(
                Urgency::ALL.map(|urgency| pressing.count(urgency)),
                [overdue, near, normal, total - 4],
                "{today}"
            );
        }
    }
}
