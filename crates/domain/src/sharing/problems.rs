//! 问题清单: what is not in order, and who sees to it by when.

use std::fmt::Write as _;

use crate::catalogue::Catalogue;
use crate::catalogue::requirement_id::RequirementId;
use crate::checking::review::Finding;
use crate::date::Date;
use crate::dates::urgency::AsOf;
use crate::sharing::subject::{Subject, subjects, whose};
use crate::workbook::status::Status;
use crate::workbook::workbook::Workbook;

/// A requirement that is not in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub id: RequirementId,
    pub step: String,
    pub title: String,
    /// 推进中，逾期
    pub state: String,
    pub is_late: bool,
    /// What has to be there before it closes.
    pub missing: Vec<String>,
    /// 存在问题, may be empty.
    pub problem: String,
    /// 下一步措施, may be empty.
    pub measure: String,
    /// 责任人, may be empty.
    pub owner: String,
    pub due: Option<Date>,
    /// Nobody has looked at it, and nothing is written about it.
    pub is_silent: bool,
}

/// What the list is arranged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrangement {
    Step,
    Owner,
    Due,
}

/// Those that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub key: Key,
    pub problems: Vec<Problem>,
}

/// What they have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// The title of a step.
    Step(String),
    Owner(String),
    Due(Date),
    /// Nobody is responsible, or there is no date.
    None,
}

/// Everything that is not in order, in the order of the catalogue; then what is not in order of the unit's own.
///
/// `day` is the day by which lateness is judged; `None` where it says nothing.
#[must_use]
pub fn problems(workbook: &Workbook, catalogue: &Catalogue, day: Option<AsOf>) -> Vec<Problem> {
    problems_of(&subjects(workbook, catalogue), day)
}

pub(super) fn problems_of(subjects: &[Subject], day: Option<AsOf>) -> Vec<Problem> {
    subjects.iter().filter_map(|subject| problem(subject, day)).collect()
}

fn problem(subject: &Subject, day: Option<AsOf>) -> Option<Problem> {
    let findings = subject.findings(day);
    if findings.is_empty() {
        return None;
    }
    let answer = &subject.answer;
    let status = *answer.status;
    let missed = subject.missed.filter(|missed| status.is_open() && day.is_some_and(|day| *missed < day.today));
    let missed = missed.map(|missed| format!("，讲话定的时限{}已过", missed.in_chinese())).unwrap_or_default();
    let missing = match status {
        Status::Unchecked => vec!["核对".into()],
        Status::NotStarted | Status::InProgress
            if subject.plans.iter().any(|(_, status)| *status != Status::Unchecked) =>
        {
            let open = subject.plans.iter().filter(|(_, status)| status.is_open());
            open.map(|(name, status)| format!("{name}{}", status.name())).collect()
        }
        Status::NotStarted | Status::InProgress => {
            let unmet = (1..).zip(&subject.points).filter(|(number, _)| answer.point(*number).is_none_or(|met| !**met));
            unmet.map(|(_, point)| point.clone()).collect()
        }
        Status::Done => vec!["佐证材料".into()],
        Status::NotApplicable => vec!["不适用的理由".into()],
    };
    let texts = [&answer.problem, &answer.measure, &answer.owner];
    Some(Problem {
        id: subject.id,
        step: subject.step.clone(),
        title: subject.title.clone(),
        state: format!("{}{missed}", subject.state(day)),
        is_late: findings.contains(&Finding::Overdue),
        missing,
        problem: answer.problem.trim().into(),
        measure: answer.measure.trim().into(),
        owner: answer.owner.trim().into(),
        due: subject.due,
        is_silent: status == Status::Unchecked && texts.iter().all(|text| text.trim().is_empty()),
    })
}

/// Arranges the list: steps in their order, persons as they come up first, dates from the earliest on; what has no person or
/// no date stands last. Within a group the earliest date comes first, except by step.
#[must_use]
pub fn arrange(problems: Vec<Problem>, by: Arrangement) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for problem in problems {
        let key = match by {
            Arrangement::Step => Key::Step(problem.step.clone()),
            Arrangement::Owner if problem.owner.is_empty() => Key::None,
            Arrangement::Owner => Key::Owner(problem.owner.clone()),
            Arrangement::Due => problem.due.map_or(Key::None, Key::Due),
        };
        match groups.iter_mut().find(|group| group.key == key) {
            Some(group) => group.problems.push(problem),
            None => groups.push(Group { key, problems: vec![problem] }),
        }
    }
    match by {
        Arrangement::Step => {}
        Arrangement::Owner => groups.sort_by_key(|group| group.key == Key::None),
        Arrangement::Due => groups.sort_by(|one, other| one.key.cmp(&other.key)),
    }
    if by == Arrangement::Owner {
        for group in &mut groups {
            group.problems.sort_by_key(|problem| (problem.due.is_none(), problem.due));
        }
    }
    groups
}

/// What to send to the person who is responsible for these.
#[must_use]
pub fn reminder(workbook: &Workbook, owner: &str, problems: &[Problem]) -> String {
    let what = format!("{}{}规划编制自查", whose(workbook), workbook.cycle.name());
    let count = problems.len();
    let common =
        problems.first().and_then(|first| first.due).filter(|due| problems.iter().all(|p| p.due == Some(*due)));
    let mut text = match common {
        Some(due) if !problems[0].is_late => {
            format!("请{owner}于{}前办好{what}的 {count} 项：", due.in_chinese())
        }
        _ => format!("请{owner}办好{what}的 {count} 项，时限写在各项后面："),
    };
    for (number, problem) in (1..).zip(problems) {
        let due = problem.due.filter(|_| common.is_none() || problem.is_late);
        let due = due.map(|due| format!("，{}前完成", due.in_chinese())).unwrap_or_default();
        // A text in memory takes everything that is written to it.
        let _ = write!(text, "\n{number}. {}（{}{due}）", problem.title, problem.state);
        let lines = [
            ("还差", problem.missing.join("；")),
            ("存在问题", problem.problem.clone()),
            ("下一步", problem.measure.clone()),
        ];
        for (name, line) in lines.iter().filter(|(_, line)| !line.is_empty()) {
            let _ = write!(text, "\n   {name}：{line}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::builtin;
    use crate::catalogue::kinds::UnitKind;
    use crate::cycle::Cycle;
    use crate::workbook::entry::List;
    use crate::workbook::plan::id_for_plan;
    use crate::workbook::stamp::{Author, Clock};
    use crate::workbook::update::{Msg, update};
    use crate::workbook::workbook_id::WorkbookId;

    fn id(text: &str) -> RequirementId {
        builtin().requirement(text).expect("it is there").id
    }

    fn sample() -> Workbook {
        let mut clock = Clock::new(Author(1));
        let blank = Workbook::new(WorkbookId(1), UnitKind::County);
        let msgs = [
            Msg::CycleChosen(Cycle(2026)),
            Msg::UnitNamed("某县".into()),
            Msg::OwnerNamed(id("1.1-a"), "张三".into()),
            Msg::DueSet(id("1.1-a"), Date::parse("2026-03-31")),
            Msg::OwnerNamed(id("1.2-b"), "李四".into()),
            Msg::DueSet(id("1.2-b"), Date::parse("2026-03-31")),
            Msg::OwnerNamed(id("1.2-c"), "张三 ".into()),
            Msg::DueSet(id("1.2-c"), Date::parse("2026-01-31")),
            Msg::Answered(id("1.2-c"), Status::InProgress),
            Msg::MeasureWritten(id("1.2-c"), "再开一次会".into()),
        ];
        msgs.into_iter().fold(blank, |workbook, msg| update(&workbook, msg, clock.tick(1)))
    }

    fn arranged(by: Arrangement) -> Vec<Group> {
        let day = Date::parse("2026-02-10").map(|today| AsOf { today, near_days: AsOf::NEAR_DAYS });
        arrange(problems(&sample(), builtin(), day), by)
    }

    #[test]
    fn of_several_plans_those_that_are_open_are_named() {
        let mut clock = Clock::new(Author(1));
        let mut workbook = Workbook::new(WorkbookId(1), UnitKind::Department);
        for name in ["交通规划", "水利规划"] {
            workbook = update(&workbook, Msg::EntryAdded(List::Plans, name.into()), clock.tick(1));
        }
        let plans: Vec<_> = workbook.plans().map(|(plan, _)| plan).collect();
        let mut answer =
            |id: RequirementId, status| workbook = update(&workbook, Msg::Answered(id, status), clock.tick(1));
        answer(id("2.4-b2"), Status::InProgress);
        for (plan, status) in plans.into_iter().zip([Status::Done, Status::NotStarted]) {
            answer(id_for_plan(id("2.4-b2"), plan).expect("ids are short"), status);
        }
        let problems = problems(&workbook, builtin(), None);
        let found = problems.iter().find(|problem| problem.id == id("2.4-b2"));
        assert_eq!(found.map(|problem| &*problem.missing), Some(&["水利规划未启动".to_owned()][..]));
    }

    #[test]
    fn every_problem_is_in_one_group_whatever_they_are_arranged_by() {
        let all = problems(&sample(), builtin(), None).len();
        for by in [Arrangement::Step, Arrangement::Owner, Arrangement::Due] {
            let groups = arranged(by);
            assert_eq!(groups.iter().map(|group| group.problems.len()).sum::<usize>(), all, "{by:?}");
            let keys: std::collections::BTreeSet<_> = groups.iter().map(|group| &group.key).collect();
            assert_eq!(keys.len(), groups.len(), "{by:?}");
        }
    }

    #[test]
    fn a_person_sees_what_is_theirs_the_earliest_first() {
        let groups = arranged(Arrangement::Owner);
        assert_eq!((&groups[0].key, groups[0].problems.len()), (&Key::Owner("张三".into()), 2));
        assert_eq!(groups[0].problems[0].id, id("1.2-c"));
        assert_eq!(groups.last().map(|group| &group.key), Some(&Key::None));
    }

    #[test]
    fn dates_come_in_their_order_and_what_has_none_last() {
        let groups = arranged(Arrangement::Due);
        assert!(groups.is_sorted_by_key(|group| group.key.clone()));
        assert_eq!(groups[0].key, Key::Due(Date::parse("2025-12-31").expect("a date")), "the speech's own");
        assert_eq!(groups.last().map(|group| &group.key), Some(&Key::None));
    }

    #[test]
    fn a_reminder_says_who_what_and_by_when() {
        let groups = arranged(Arrangement::Owner);
        let text = reminder(&sample(), "李四", &groups[1].problems);
        assert!(text.starts_with("请李四于2026年3月31日前办好某县“十五五”规划编制自查的 1 项：\n1. "), "{text}");
        assert!(text.contains("（未核对）\n   还差：核对"), "{text}");
        let text = reminder(&sample(), "张三", &groups[0].problems);
        assert!(text.starts_with("请张三办好某县“十五五”规划编制自查的 2 项，时限写在各项后面：\n1. "), "{text}");
        assert!(text.contains("（推进中，逾期，2026年1月31日前完成）"), "{text}");
        assert!(text.contains("\n   下一步：再开一次会\n2. "), "{text}");
    }
}
