//! Laws of dates, schedules and timelines, for any cycle.

use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::dates::chart::{Chart, Flow, Label};
use plan_checklist_domain::dates::milestone::Milestone;
use plan_checklist_domain::dates::phases::{Basis, PhaseDates, Span, Window, limit, windows};
use plan_checklist_domain::dates::schedule::{Room, back_schedule, own_schedule, room};
use plan_checklist_domain::dates::timeline::layout;
use plan_checklist_domain::dates::warnings::warnings;
use plan_checklist_domain::{AsOf, Cycle, Date, Phase, Requirement, UnitKind, Urgency};
use proptest::prelude::*;

fn date() -> impl Strategy<Value = Date> {
    (0..=401_766).prop_map(|days| Date::FIRST.add_days(days))
}

fn cycle() -> impl Strategy<Value = Cycle> {
    prop_oneof![1 => Just(Cycle(2021)), 1 => Just(Cycle(2026)), 4 => (1950u16..=2990).prop_map(Cycle)]
}

/// Mostly dates about the time when the cycle is prepared, sometimes any.
fn near(cycle: Cycle) -> impl Strategy<Value = Date> {
    prop_oneof![6 => (-900..400).prop_map(move |days| cycle.proposals_by().add_days(days)), 1 => date()]
}

fn phase_dates(cycle: Cycle) -> impl Strategy<Value = PhaseDates> {
    let end = move || prop::option::of(near(cycle));
    (end(), end(), end(), end()).prop_map(|(a, b, c, d)| PhaseDates {
        mobilisation: Span { start: a, end: b },
        research: Span { start: c, end: d },
    })
}

/// A cycle, the unit's dates for it, and the day from which it plans.
fn plan() -> impl Strategy<Value = (Cycle, PhaseDates, Option<Date>)> {
    cycle().prop_flat_map(|cycle| (Just(cycle), phase_dates(cycle), prop::option::of(near(cycle))))
}

/// Some of what a unit is asked, in the order of the catalogue.
fn requirements() -> impl Strategy<Value = Vec<&'static Requirement>> {
    prop::sample::select(UnitKind::ALL.to_vec()).prop_flat_map(|kind| {
        let asked: Vec<_> = builtin().requirements_for(kind).collect();
        let count = asked.len();
        prop::sample::subsequence(asked, 0..=count)
    })
}

fn requirement(id: &str) -> &'static Requirement {
    builtin().requirement(id).expect("a requirement")
}

proptest! {
    #[test]
    fn a_day_added_is_a_day_counted(day in date(), days in -500_000..500_000) {
        let then = day.add_days(days);
        let is_beyond = then == Date::FIRST || then == Date::FIRST.add_days(i32::MAX);
        prop_assert!(is_beyond || day.days_until(then) == days);
        prop_assert_eq!(Date::parse(&day.to_string()), Some(day));
        prop_assert_eq!(i32::from(day.weekday()), Date::FIRST.days_until(day) % 7);
        let (before, after) = (day.workday_or_before(), day.workday_or_after());
        prop_assert!(before.is_workday() && after.is_workday() && before <= day && day <= after);
        prop_assert!(before.days_until(after) <= 3 && (day.is_workday() == (before == after)));
        prop_assert!(day.month_start() <= day && day <= day.month_end());
        prop_assert_eq!((day.month_start().day(), day.month_end().month()), (1, day.month()));
    }

    #[test]
    fn a_date_is_read_in_every_form_people_type(date in date(), form in 0usize..7, is_wide: bool, is_padded: bool) {
        let (year, month, day) = (date.year(), date.month(), date.day());
        let [month, day] = [month, day].map(|part| if is_padded { format!("{part:02}") } else { part.to_string() });
        let text = match form {
            0 => format!("{year}.{month}.{day}"),
            1 => format!("{year}/{month}/{day}"),
            2 => format!("{year}-{month}-{day}"),
            3 => format!("{year}年{month}月{day}日"),
            4 => format!(" {year} 年 {month} 月 {day} 日 "),
            5 => date.in_chinese(),
            _ => date.to_string().replace('-', ""),
        };
        let wide = |letter: char| match letter {
            '!'..='~' => char::from_u32(u32::from(letter) + 0xfee0).unwrap_or(letter),
            _ => letter,
        };
        let text = if is_wide { text.chars().map(wide).collect() } else { text };
        prop_assert_eq!(Date::read(&text), Some(date), "{}", text);
        // Cut off anywhere it is the date, or none: never another one, but for what is still to come of its day.
        for (at, _) in text.char_indices() {
            let read = Date::read(&text[..at]);
            prop_assert!(read.is_none_or(|read| (read.year(), read.month()) == (date.year(), date.month())), "{}", &text[..at]);
        }
    }

    #[test]
    fn what_is_read_as_a_date_has_its_digits_and_nothing_is_too_odd_to_look_at(text in "[0-9０-９年月日./．－ -]{0,12}|.{0,12}") {
        if let Some(date) = Date::read(&text) {
            let digits = text.chars().filter_map(|letter| match letter {
                '０'..='９' => Some(u32::from(letter) - u32::from('０')),
                letter => letter.to_digit(10),
            });
            let digits: String = digits.map(|digit| digit.to_string()).collect();
            prop_assert!(digits.starts_with(&date.year().to_string()));
            prop_assert!(digits.ends_with(&date.day().to_string()));
        }
        if let Some(date) = Date::parse(&text) {
            prop_assert_eq!(Date::read(&text), Some(date));
        }
    }

    #[test]
    fn the_current_cycle_begins_two_years_before_its_plan_and_lasts_five(today in date()) {
        let cycle = Cycle::current(today);
        prop_assert_eq!(Cycle::parse(&cycle.first_year().to_string()), Some(cycle));
        prop_assert_eq!(cycle.first_year() % 5, 1);
        if (1953..2986).contains(&today.year()) {
            let first = i32::from(cycle.first_year());
            prop_assert!((first - 2..first + 3).contains(&today.year()));
            prop_assert!(cycle.previous().is_over(today) && cycle.previous().successor(today) == Some(cycle));
            prop_assert_eq!(cycle.successor(today), None);
        }
    }

    #[test]
    fn the_binding_dates_are_half_a_year_apart(cycle in cycle()) {
        let (proposals, approval) = (cycle.proposals_by(), cycle.approval_by());
        prop_assert!([181, 182].contains(&proposals.days_until(approval)));
        prop_assert_eq!(proposals.add_days(1).to_string(), format!("{}-01-01", cycle.first_year()));
        prop_assert_eq!(approval, approval.month_end());
        prop_assert!(!cycle.is_over(approval) && cycle.is_over(approval.add_days(367)));
    }

    #[test]
    fn assumed_phases_follow_each_other(cycle in cycle(), from in date()) {
        for from in [None, Some(from)] {
            let windows = windows(cycle, &PhaseDates::default(), from);
            for (earlier, later) in windows.iter().zip(&windows[1..]) {
                prop_assert!(earlier.start.date <= earlier.end.date && later.start.date <= later.end.date);
                prop_assert!(earlier.end.date <= later.start.date);
                prop_assert!(earlier.end.date.days_until(later.start.date) <= 1);
            }
        }
    }

    #[test]
    fn entered_dates_are_never_changed((cycle, own, from) in plan()) {
        for window in windows(cycle, &own, from) {
            let span = own.of(window.phase);
            for (edge, own) in [(window.start, span.start), (window.end, span.end)] {
                prop_assert_eq!(edge.basis == Basis::Own, own.is_some());
                prop_assert!(own.is_none_or(|own| own == edge.date));
            }
        }
    }

    #[test]
    fn a_schedule_keeps_its_phases_its_order_and_its_weekends((cycle, own, from) in plan(), asked in requirements()) {
        let proposal = back_schedule(cycle, &own, asked.iter().copied(), from);
        let mut ids: Vec<_> = proposal.dues.iter().map(|due| due.0).collect();
        ids.sort_unstable();
        let mut expected: Vec<_> = asked.iter().map(|requirement| requirement.id).collect();
        expected.sort_unstable();
        prop_assert_eq!(ids, expected, "each once, none missing");

        let end = |phase| proposal.windows[phase as usize].end.date.min(limit(cycle, &own, phase).date);
        let is_over = |phase| from.is_some_and(|from| end(phase).workday_or_before() < from.workday_or_after());
        let at = |id| asked.iter().position(|asked| asked.id == id);
        for (id, due) in &proposal.dues {
            let phase = requirement(id.as_str()).phase;
            prop_assert!(due.is_workday(), "{} is due on {}", id, due);
            prop_assert!(from.is_none_or(|from| *due >= from), "{} is due on {} already", id, due);
            if !is_over(phase) {
                prop_assert!(*due <= end(phase));
                prop_assert!(requirement(id.as_str()).binding_due(cycle).is_none_or(|binding| *due <= binding));
            }
        }
        for pair in proposal.dues.windows(2) {
            let (one, other) = (pair[0], pair[1]);
            prop_assert!(one.1 <= other.1);
            let phases = (requirement(one.0.as_str()).phase, requirement(other.0.as_str()).phase);
            prop_assert!(phases.0 <= phases.1);
            let is_last = requirement(other.0.as_str()).binding_due(cycle).is_some();
            prop_assert!(phases.0 < phases.1 || is_last || at(one.0) < at(other.0));
        }
        // What we propose never needs a warning, unless the time for it is over.
        let dues = proposal.dues.iter().map(|(id, due)| (requirement(id.as_str()), *due));
        let dues = dues.filter(|(asked, _)| !is_over(asked.phase));
        let own_only = warnings(builtin(), cycle, &own, &[], []);
        prop_assert_eq!(warnings(builtin(), cycle, &own, &[], dues), own_only);
    }

    #[test]
    fn an_own_schedule_keeps_its_days_and_its_order(cycle in cycle(), asked in requirements(), start in date(), days in 0..900) {
        let end = start.add_days(days);
        let dues = own_schedule(cycle, asked.iter().copied(), start, end);
        prop_assert_eq!(dues.len(), asked.len());
        let is_room = start.workday_or_after() <= end;
        for (id, due) in &dues {
            prop_assert!(due.is_workday() && *due >= start, "{} is due on {}", id, due);
            prop_assert!(!is_room || *due <= end);
        }
        for pair in dues.windows(2) {
            let phases = (requirement(pair[0].0.as_str()).phase, requirement(pair[1].0.as_str()).phase);
            prop_assert!(pair[0].1 <= pair[1].1 && phases.0 <= phases.1);
        }
    }

    #[test]
    fn where_there_is_room_every_date_that_binds_is_kept(cycle in cycle(), asked in requirements(), from in date()) {
        if room(cycle, asked.iter().copied(), from) == Room::Enough {
            for (id, due) in back_schedule(cycle, &PhaseDates::default(), asked.iter().copied(), Some(from)).dues {
                let phase = requirement(id.as_str()).phase;
                prop_assert!(from <= due && due <= limit(cycle, &PhaseDates::default(), phase).date);
            }
        }
    }

    #[test]
    fn a_schedule_is_even(cycle in cycle(), asked in requirements()) {
        let proposal = back_schedule(cycle, &PhaseDates::default(), asked, None);
        for Window { phase, start, end } in proposal.windows {
            let dues: Vec<_> = proposal.dues.iter().filter(|due| requirement(due.0.as_str()).phase == phase).collect();
            let Some(last) = dues.last() else { continue };
            prop_assert_eq!(last.1, end.date.workday_or_before());
            prop_assert!(dues[0].1 >= start.date);
            let gaps: Vec<_> = dues.windows(2).map(|pair| pair[0].1.days_until(pair[1].1)).collect();
            let spread = gaps.iter().max().copied().unwrap_or(0) - gaps.iter().min().copied().unwrap_or(0);
            // A workday more or less, and a weekend that falls between.
            prop_assert!(spread <= 3, "{:?}: {:?}", phase, gaps);
        }
    }

    #[test]
    fn urgency_never_eases_as_time_passes(due in date(), today in date(), later in 0..1000, near in 0u16..400) {
        let of = |today| Urgency::of(Some(due), AsOf { today, near_days: near });
        let (now, then) = (of(today), of(today.add_days(later)));
        prop_assert!(then <= now);
        prop_assert_eq!(now == Urgency::Overdue, due < today);
    }

    #[test]
    fn labels_of_a_timeline_never_touch(
        (cycle, own, today) in plan(),
        dates in prop::collection::vec(prop::option::of(-1500..1500i32), 0..30),
        (length, size) in (1..4000i32, 0..300i32),
        percent in prop::option::of(0u8..=100),
    ) {
        let milestones: Vec<_> = dates.iter().map(|days| Milestone {
            date: days.map(|days| cycle.proposals_by().add_days(days)),
            ..Milestone::default()
        }).collect();
        let dues: Vec<_> = milestones.iter().zip(Phase::ALL.into_iter().cycle())
            .filter_map(|(milestone, phase)| Some((phase, milestone.date?, None))).collect();
        let chart = Chart {
            cycle, windows: windows(cycle, &own, None), progress: [percent; 4], milestones: &milestones, dues: &dues, today,
        };
        let extent = |label| match label {
            Label::Milestone(at) => size + i32::try_from(at).unwrap_or(0),
            _ => size,
        };
        for flow in [Flow::Across, Flow::Down] {
            let timeline = layout(&chart, flow, length, &extent);
            let axis = 0..=timeline.length;
            prop_assert!(timeline.length >= length && (flow == Flow::Down || timeline.length == length));
            prop_assert_eq!(timeline.marks.len(), 2 + usize::from(today.is_some()) + dates.iter().flatten().count());
            for mark in &timeline.marks {
                prop_assert!(axis.contains(&mark.at) && axis.contains(&mark.label_from) && axis.contains(&mark.label_to));
                prop_assert!(mark.lane < timeline.lanes);
                prop_assert_eq!(mark.label_to - mark.label_from, extent(mark.label).min(timeline.length));
                prop_assert_eq!(mark.is_outside, mark.date < timeline.first || mark.date > timeline.last);
                prop_assert!(!mark.is_outside || !matches!(mark.label, Label::Proposals | Label::Approval));
            }
            for lane in 0..timeline.lanes {
                let lane: Vec<_> = timeline.marks.iter().filter(|mark| mark.lane == lane).collect();
                prop_assert!(!lane.is_empty());
                prop_assert!(lane.windows(2).all(|pair| pair[0].label_to <= pair[1].label_from));
            }
            prop_assert!(timeline.marks.windows(2).all(|pair| pair[0].at <= pair[1].at && pair[0].date <= pair[1].date));
            prop_assert!(timeline.ticks.windows(2).all(|pair| pair[0].at <= pair[1].at && pair[0].date < pair[1].date));
            prop_assert!(timeline.ticks.len() <= 24);
            for bar in timeline.bars {
                prop_assert!(0 <= bar.from && bar.from <= bar.done && bar.done <= bar.to && bar.to <= timeline.length);
            }
            prop_assert_eq!(timeline.dots.iter().map(|dot| dot.count).sum::<usize>(), dues.len());
            prop_assert!(timeline.dots.iter().all(|dot| axis.contains(&dot.at)));
        }
    }
}
