//! 与上次相比: what changed since an earlier state of the same unit.

use std::collections::BTreeMap;

use crate::catalogue::Catalogue;
use crate::catalogue::kinds::UnitKind;
use crate::catalogue::requirement_id::RequirementId;
use crate::checking::progress::Tally;
use crate::date::Date;
use crate::dates::urgency::AsOf;
use crate::sharing::snapshot::Snapshot;
use crate::sharing::subject::{Subject, subjects};
use crate::workbook::status::Status;
use crate::workbook::workbook::Workbook;

/// What is compared with.
#[derive(Debug, Clone, PartialEq)]
pub enum Earlier {
    /// Statuses only: whether there was evidence or a reason is not known.
    Snapshot(Snapshot),
    /// Everything, as it was on this day.
    Workbook(Box<Workbook>, Option<Date>),
}

/// What changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since {
    /// All of it in one sentence for the leader.
    pub sentence: String,
    /// A sentence on each step in which something changed: its title, and the sentence.
    pub steps: Vec<(String, String)>,
    /// In the order of the catalogue.
    pub changes: Vec<Change>,
    /// How many were not in order then, and are not now.
    pub still_open: usize,
}

/// A requirement that stands otherwise than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub id: RequirementId,
    pub step: String,
    pub title: String,
    pub was: String,
    pub now: String,
    pub course: Course,
}

/// Which way it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Course {
    /// 销号: what was asked for is there now.
    Closed,
    /// 新增: nobody had looked at it then, and it is not in order.
    New,
    /// 退回: it was in order then.
    CameBack,
    /// 有变化: neither of these.
    Moved,
}

impl Course {
    pub const ALL: [Self; 4] = [Self::Closed, Self::New, Self::CameBack, Self::Moved];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Closed => "销号",
            Self::New => "新增",
            Self::CameBack => "退回",
            Self::Moved => "有变化",
        }
    }
}

/// How one requirement stood.
struct Standing {
    status: Status,
    is_in_order: bool,
    words: String,
}

impl Earlier {
    #[must_use]
    pub fn kind(&self) -> UnitKind {
        match self {
            Self::Snapshot(snapshot) => snapshot.kind,
            Self::Workbook(workbook, _) => workbook.kind,
        }
    }

    /// The first year of the cycle.
    #[must_use]
    pub fn first_year(&self) -> u16 {
        match self {
            Self::Snapshot(snapshot) => snapshot.cycle,
            Self::Workbook(workbook, _) => workbook.cycle.first_year(),
        }
    }

    /// The day of which it tells.
    #[must_use]
    pub fn taken(&self) -> Option<Date> {
        match self {
            Self::Snapshot(snapshot) => snapshot.taken,
            Self::Workbook(_, taken) => *taken,
        }
    }

    /// Whether it says what evidence and which reasons there were.
    fn has_details(&self) -> bool {
        matches!(self, Self::Workbook(..))
    }

    /// How everything stood that was asked then.
    fn standings(&self, catalogue: &Catalogue) -> BTreeMap<RequirementId, Standing> {
        match self {
            Self::Snapshot(snapshot) => catalogue
                .requirements_for(snapshot.kind)
                .filter(|requirement| !snapshot.absent.contains(&requirement.id))
                .map(|requirement| (requirement.id, Standing::of_status(snapshot.status(requirement.id))))
                .collect(),
            Self::Workbook(workbook, _) => {
                subjects(workbook, catalogue).iter().map(|subject| (subject.id, Standing::of(subject))).collect()
            }
        }
    }
}

impl Standing {
    fn of(subject: &Subject) -> Self {
        let is_in_order = subject.findings(None).is_empty();
        Self { status: *subject.answer.status, is_in_order, words: subject.state(None) }
    }

    fn of_status(status: Status) -> Self {
        let is_in_order = matches!(status, Status::Done | Status::NotApplicable);
        Self { status, is_in_order, words: status.name().into() }
    }
}

impl Since {
    /// What changed from `earlier` to the workbook as it is; `None` where they are not of the same kind and cycle.
    ///
    /// `day` is the day by which lateness is judged; it only says how what changed stands now.
    #[must_use]
    pub fn of(workbook: &Workbook, catalogue: &Catalogue, earlier: &Earlier, day: Option<AsOf>) -> Option<Self> {
        if earlier.kind() != workbook.kind || earlier.first_year() != workbook.cycle.first_year() {
            return None;
        }
        let (then, now) = (earlier.standings(catalogue), subjects(workbook, catalogue));
        let unchecked = Standing::of_status(Status::Unchecked);
        let mut changes = Vec::new();
        let mut still_open = 0;
        for subject in &now {
            let is_own = catalogue.requirement(subject.id.as_str()).is_none();
            let was = match then.get(&subject.id) {
                Some(was) => was,
                // The unit added it since.
                None if is_own && earlier.has_details() => &unchecked,
                // That list did not have it, or does not tell.
                None => continue,
            };
            let is =
                if earlier.has_details() { Standing::of(subject) } else { Standing::of_status(*subject.answer.status) };
            if !was.is_in_order && !is.is_in_order {
                still_open += 1;
            }
            if let Some(course) = course(was, &is) {
                let now = if earlier.has_details() { subject.state(day) } else { is.words };
                let (step, title) = (subject.step.clone(), subject.title.clone());
                changes.push(Change { id: subject.id, step, title, was: was.words.clone(), now, course });
            }
        }
        let percents = |step| percents(workbook, catalogue, &then, step);
        let than = earlier.taken().map_or_else(|| "与上次相比".into(), |day| format!("与{}相比", day.in_chinese()));
        let whole = if changes.is_empty() {
            format!("{than}，各项情况没有变化，还有 {still_open} 项没有销号。")
        } else {
            format!("{than}，{}；还有 {still_open} 项一直没有销号。", sentence(&changes, percents(None)))
        };
        let steps = changes.chunk_by(|one, next| one.step == next.step).map(|group| {
            let step = &group[0].step;
            (step.clone(), format!("{}。", sentence(group, percents(Some(step)))))
        });
        Some(Self { steps: steps.collect(), sentence: whole, changes, still_open })
    }

    /// Those that went this way.
    pub fn all(&self, course: Course) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.course == course)
    }
}

fn course(was: &Standing, is: &Standing) -> Option<Course> {
    match (was.is_in_order, is.is_in_order) {
        (true, true) if was.status == is.status => None,
        (_, true) => Some(if was.is_in_order { Course::Moved } else { Course::Closed }),
        (true, false) => Some(Course::CameBack),
        (false, false) if was.words == is.words => None,
        (false, false) if was.status == Status::Unchecked => Some(Course::New),
        (false, false) => Some(Course::Moved),
    }
}

/// The percentages then and now of what was asked both times: of one step, or of all.
fn percents(
    workbook: &Workbook,
    catalogue: &Catalogue,
    then: &BTreeMap<RequirementId, Standing>,
    step: Option<&str>,
) -> Option<(u8, u8)> {
    let steps = catalogue.steps.iter().filter(|other| step.is_none_or(|title| other.title == title));
    let asked = steps.flat_map(|step| step.requirements_for(workbook.kind)).map(|requirement| requirement.id);
    let both: Vec<_> = asked.filter_map(|id| Some((then.get(&id)?.status, workbook.status(id)))).collect();
    let percent = |statuses: &mut dyn Iterator<Item = Status>| Tally::of_statuses(statuses).percent();
    let was = percent(&mut both.iter().map(|(was, _)| *was));
    was.zip(percent(&mut both.iter().map(|(_, is)| *is)))
}

fn sentence(changes: &[Change], percents: Option<(u8, u8)>) -> String {
    let counts = Course::ALL.map(|course| (course.name(), changes.iter().filter(|c| c.course == course).count()));
    let mut parts: Vec<_> =
        counts.iter().filter(|(_, count)| *count > 0).map(|(name, count)| format!("{name} {count} 项")).collect();
    parts
        .extend(percents.map(|(was, is)| {
            if was == is { format!("完成率仍是 {is}%") } else { format!("完成率由 {was}% 到 {is}%") }
        }));
    parts.join("，")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::builtin;
    use crate::cycle::Cycle;
    use crate::workbook::entry::List;
    use crate::workbook::stamp::{Author, Clock};
    use crate::workbook::update::{Msg, update};
    use crate::workbook::workbook_id::WorkbookId;

    fn id(text: &str) -> RequirementId {
        builtin().requirement(text).expect("it is there").id
    }

    fn answered(workbook: &Workbook, msgs: impl IntoIterator<Item = Msg>, clock: &mut Clock) -> Workbook {
        msgs.into_iter().fold(workbook.clone(), |workbook, msg| update(&workbook, msg, clock.tick(1)))
    }

    /// Then, and now.
    fn both() -> (Workbook, Workbook) {
        let mut clock = Clock::new(Author(1));
        let blank = Workbook::new(WorkbookId(1), UnitKind::County);
        let then = answered(
            &blank,
            [
                Msg::CycleChosen(Cycle(2026)),
                Msg::Answered(id("1.1-a"), Status::Done),
                Msg::EntryAdded(List::Evidence(id("1.1-a")), "文稿".into()),
                Msg::Answered(id("1.1-b"), Status::InProgress),
                Msg::Answered(id("1.1-c"), Status::NotStarted),
                Msg::Answered(id("1.2-b"), Status::Done),
            ],
            &mut clock,
        );
        let now = answered(
            &then,
            [
                Msg::Answered(id("1.1-a"), Status::InProgress),
                Msg::Answered(id("1.1-b"), Status::Done),
                Msg::EntryAdded(List::Evidence(id("1.1-b")), "对照表".into()),
                Msg::Answered(id("1.1-c"), Status::InProgress),
                Msg::EntryAdded(List::Evidence(id("1.2-b")), "会议记录".into()),
                Msg::Answered(id("1.2-c"), Status::NotStarted),
                Msg::EntryAdded(List::OwnRequirements, "开一次座谈会".into()),
            ],
            &mut clock,
        );
        (then, now)
    }

    fn courses(since: &Since) -> Vec<(String, Course)> {
        since.changes.iter().map(|change| (change.id.to_string(), change.course)).collect()
    }

    #[test]
    fn what_was_asked_for_and_is_there_now_is_closed_and_what_was_in_order_comes_back() {
        let (then, now) = both();
        let earlier = Earlier::Workbook(Box::new(then), Date::parse("2025-10-08"));
        let since = Since::of(&now, builtin(), &earlier, None).expect("the same kind and cycle");
        let expected = [
            ("1.1-a", Course::CameBack),
            ("1.1-b", Course::Closed),
            ("1.1-c", Course::Moved),
            // Evidence was missing.
            ("1.2-b", Course::Closed),
            ("1.2-c", Course::New),
        ];
        assert_eq!(courses(&since), expected.map(|(id, course)| (id.to_owned(), course)));
        let asked = builtin().requirements_for(UnitKind::County).count();
        // All but the three that were or are in order; and the unit's own.
        assert_eq!(since.still_open, asked - 3 + 1);
        assert_eq!(
            since.sentence,
            format!(
                "与2025年10月8日相比，销号 2 项，新增 1 项，退回 1 项，有变化 1 项，完成率仍是 {}%；还有 {} 项一直没有销号。",
                200 / asked,
                asked - 2
            )
        );
        assert_eq!(since.steps.len(), 1);
    }

    #[test]
    fn a_snapshot_does_not_tell_of_evidence_and_nothing_is_guessed() {
        let (then, now) = both();
        let snapshot = Snapshot::of(builtin(), &then, None);
        let since = Since::of(&now, builtin(), &Earlier::Snapshot(snapshot), None).expect("the same kind and cycle");
        let expected =
            [("1.1-a", Course::CameBack), ("1.1-b", Course::Closed), ("1.1-c", Course::Moved), ("1.2-c", Course::New)];
        assert_eq!(courses(&since), expected.map(|(id, course)| (id.to_owned(), course)));
        assert!(since.sentence.starts_with("与上次相比，"), "{}", since.sentence);
    }

    #[test]
    fn nothing_changed_is_said_so_and_other_kinds_and_cycles_are_not_compared() {
        let (then, _) = both();
        let same = Earlier::Workbook(Box::new(then.clone()), None);
        let since = Since::of(&then, builtin(), &same, None).expect("the same kind and cycle");
        assert!(since.changes.is_empty() && since.sentence.contains("没有变化"), "{}", since.sentence);
        let other = Earlier::Snapshot(Snapshot::new(UnitKind::Department, 2026));
        assert_eq!(Since::of(&then, builtin(), &other, None), None);
        let other = Earlier::Snapshot(Snapshot::new(UnitKind::County, 2021));
        assert_eq!(Since::of(&then, builtin(), &other, None), None);
    }
}
