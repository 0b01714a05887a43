//! 自查报告: what a unit hands in, as values. A page shows them, and an exporter sets them as an official document.

use crate::catalogue::Catalogue;
use crate::catalogue::requirement_id::RequirementId;
use crate::checking::progress::Tally;
use crate::checking::review::{Finding, review};
use crate::date::Date;
use crate::dates::urgency::AsOf;
use crate::sharing::problems::{Problem, problems_of};
use crate::sharing::since::{Earlier, Since};
pub use crate::sharing::subject::OWN;
use crate::sharing::subject::{Subject, by_step, subjects, whose};
use crate::workbook::answer::Answer;
use crate::workbook::status::Status;
use crate::workbook::workbook::Workbook;

/// What is chosen before a report is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Include {
    /// 全文
    #[default]
    Everything,
    /// 只要问题: no word on each step, no table of everything.
    ProblemsOnly,
    /// 不含备注
    WithoutNotes,
}

impl Include {
    /// Reads `problems` and `without-notes`; everything else is [`Everything`](Self::Everything).
    #[must_use]
    pub fn parse(word: &str) -> Self {
        match word {
            "problems" => Self::ProblemsOnly,
            "without-notes" => Self::WithoutNotes,
            _ => Self::Everything,
        }
    }
}

/// When a report is made, and what of it is wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    pub include: Include,
    /// The day it is dated.
    pub today: Option<Date>,
    /// The day by which lateness is judged; `None` where it says nothing.
    pub day: Option<AsOf>,
    /// What it is compared with.
    pub earlier: Option<&'a Earlier>,
}

/// 自查报告.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub title: String,
    /// 单位, 规划期, 填表人, 日期: what each is called, and what it is. What is not known is left out.
    pub facts: Vec<(&'static str, String)>,
    /// 总体情况: the counts and the percentage, then what is late or lacks something.
    pub overview: Vec<String>,
    /// A sentence on each step: its title, and the sentence.
    pub steps: Vec<(String, String)>,
    /// 与上次相比; `None` where nothing earlier was chosen.
    pub since: Option<Since>,
    /// 存在问题, by step; steps without any are left out.
    pub problems: Vec<StepProblems>,
    /// 下一步安排, by date.
    pub next: Vec<Planned>,
    /// How many open requirements have neither a date nor a measure nor a person, and so are not among [`next`](Self::next).
    pub unplanned: usize,
    /// 附件: everything that was asked, by step; empty where it is not wanted.
    pub table: Vec<StepRows>,
    /// Whether the table has a column for notes.
    pub has_notes: bool,
    /// 填表人, may be empty.
    pub filler: String,
}

/// What is not in order in one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepProblems {
    pub step: String,
    pub problems: Vec<Problem>,
    /// What nobody has looked at, and nothing is written about.
    pub unchecked: Vec<Problem>,
}

/// What is to be done next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    pub due: Option<Date>,
    pub is_late: bool,
    pub title: String,
    pub measure: String,
    pub owner: String,
}

/// A step's rows of the table of everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRows {
    pub step: String,
    pub rows: Vec<Row>,
}

/// What was answered to one requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub id: RequirementId,
    pub title: String,
    pub status: Status,
    pub owner: String,
    pub due: Option<Date>,
    pub evidence: Vec<String>,
    /// Why 不适用.
    pub reason: String,
    pub note: String,
}

impl Report {
    /// The report on a workbook.
    #[must_use]
    pub fn of(workbook: &Workbook, catalogue: &Catalogue, wanted: Wanted<'_>) -> Self {
        let subjects = subjects(workbook, catalogue);
        let is_whole = wanted.include != Include::ProblemsOnly;
        let tally = Tally::of_workbook(catalogue, workbook);
        let step_sentences = catalogue.steps.iter().filter_map(|step| {
            let tally = Tally::of_step(workbook, step);
            (tally.total() > 0).then(|| (step.title.clone(), step_sentence(&tally)))
        });
        let (next, unplanned) = next(&subjects, wanted.day);
        Self {
            title: format!("{}{}规划编制自查报告", whose(workbook), workbook.cycle.name()),
            facts: facts(workbook, wanted.today),
            overview: overview(workbook, catalogue, &tally, wanted),
            steps: if is_whole { step_sentences.collect() } else { Vec::new() },
            since: wanted.earlier.and_then(|earlier| Since::of(workbook, catalogue, earlier, wanted.day)),
            problems: by_step_problems(&problems_of(&subjects, wanted.day)),
            next,
            unplanned,
            table: if is_whole { table(&subjects) } else { Vec::new() },
            has_notes: wanted.include == Include::Everything,
            filler: workbook.filler.trim().into(),
        }
    }
}

fn facts(workbook: &Workbook, today: Option<Date>) -> Vec<(&'static str, String)> {
    let facts = [
        ("单位", whose(workbook).to_owned()),
        ("规划期", workbook.cycle.name_with_years()),
        ("填表人", workbook.filler.trim().to_owned()),
        ("日期", today.map(Date::in_chinese).unwrap_or_default()),
    ];
    facts.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// The statuses in the order in which a leader asks for them.
const REPORTED: [Status; 5] =
    [Status::Done, Status::InProgress, Status::NotStarted, Status::Unchecked, Status::NotApplicable];

fn counts(tally: &Tally) -> String {
    let shown = REPORTED.into_iter().filter(|status| tally.count(*status) > 0 || *status == Status::Done);
    shown.map(|status| format!("{} {} 项", status.name(), tally.count(status))).collect::<Vec<_>>().join("，")
}

fn overview(workbook: &Workbook, catalogue: &Catalogue, tally: &Tally, wanted: Wanted<'_>) -> Vec<String> {
    let asof = wanted.today.map(|day| format!("截至{}，", day.in_chinese())).unwrap_or_default();
    let percent = match tally.percent() {
        Some(percent) => format!("完成率 {percent}%（已落实的占适用的比例，不足 1% 的舍去）"),
        None => "各项都不适用，不计完成率".into(),
    };
    let mut sentences = vec![format!(
        "{asof}应核对 {} 项，已核对 {} 项。{}。{percent}。",
        tally.total(),
        tally.checked(),
        counts(tally)
    )];
    let review = review(catalogue, workbook, wanted.day);
    let lacking = [
        (Finding::Overdue, "项已过完成时限仍未落实"),
        (Finding::Near, "项临近完成时限"),
        (Finding::WithoutEvidence, "项已落实但缺佐证"),
        (Finding::WithoutReason, "项不适用但没有写明理由"),
    ];
    let lacking: Vec<_> = lacking
        .into_iter()
        .map(|(finding, what)| (review.count(finding), what))
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    if !lacking.is_empty() {
        sentences.push(format!("其中，{}。", lacking.join("，")));
    }
    let own: Vec<_> = workbook.own_requirements().map(|own| workbook.status(own.id)).collect();
    if !own.is_empty() {
        let done = own.iter().filter(|status| **status == Status::Done).count();
        sentences.push(format!("另有本单位自加的要求 {} 项，已落实 {done} 项，不计入完成率。", own.len()));
    }
    sentences
}

fn step_sentence(tally: &Tally) -> String {
    let percent = tally.percent().map(|percent| format!("，完成率 {percent}%")).unwrap_or_default();
    if tally.checked() == 0 {
        return format!("共 {} 项，都还没有核对。", tally.total());
    }
    format!("共 {} 项，{}{percent}。", tally.total(), counts(tally))
}

fn by_step_problems(problems: &[Problem]) -> Vec<StepProblems> {
    let groups = problems.chunk_by(|one, next| one.step == next.step).map(|group| {
        let (unchecked, problems) = group.iter().cloned().partition(|problem| problem.is_silent);
        StepProblems { step: group[0].step.clone(), problems, unchecked }
    });
    groups.collect()
}

/// What is open and has a date, a measure or a person, the earliest date first; and how many have none of these.
fn next(subjects: &[Subject], day: Option<AsOf>) -> (Vec<Planned>, usize) {
    let open = || subjects.iter().filter(|subject| subject.answer.status.is_open());
    let mut planned: Vec<_> = open()
        .map(|subject| Planned {
            due: subject.due,
            is_late: subject.findings(day).contains(&Finding::Overdue),
            title: subject.title.clone(),
            measure: subject.answer.measure.trim().into(),
            owner: subject.answer.owner.trim().into(),
        })
        .filter(|planned| planned.due.is_some() || !planned.measure.is_empty() || !planned.owner.is_empty())
        .collect();
    planned.sort_by_key(|planned| (planned.due.is_none(), planned.due));
    let unplanned = open().count() - planned.len();
    (planned, unplanned)
}

fn table(subjects: &[Subject]) -> Vec<StepRows> {
    let row = |subject: &Subject| Row {
        id: subject.id,
        title: subject.title.clone(),
        status: *subject.answer.status,
        owner: subject.answer.owner.trim().into(),
        due: subject.due,
        evidence: evidence(&subject.answer),
        reason: subject.answer.reason.trim().into(),
        note: subject.answer.note.trim().into(),
    };
    let groups = by_step(subjects, |group| group.iter().map(row).collect());
    groups.into_iter().map(|(step, rows)| StepRows { step, rows }).collect()
}

fn evidence(answer: &Answer) -> Vec<String> {
    answer.evidence().filter(|(_, entry)| !entry.is_blank()).map(|(_, entry)| entry.in_words()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::builtin;
    use crate::catalogue::kinds::UnitKind;
    use crate::cycle::Cycle;
    use crate::workbook::entry::List;
    use crate::workbook::stamp::{Author, Clock};
    use crate::workbook::update::{Msg, update};
    use crate::workbook::workbook_id::WorkbookId;

    fn date(text: &str) -> Option<Date> {
        Date::parse(text)
    }

    fn id(text: &str) -> RequirementId {
        builtin().requirement(text).expect("it is there").id
    }

    fn workbook(msgs: impl IntoIterator<Item = Msg>) -> Workbook {
        let mut clock = Clock::new(Author(1));
        let blank = Workbook::new(WorkbookId(1), UnitKind::County);
        msgs.into_iter().fold(blank, |workbook, msg| update(&workbook, msg, clock.tick(1)))
    }

    fn sample() -> Workbook {
        workbook([
            Msg::CycleChosen(Cycle(2026)),
            Msg::UnitNamed(" 某县 ".into()),
            Msg::FillerNamed("张三".into()),
            Msg::Answered(id("1.1-a"), Status::Done),
            Msg::EntryAdded(List::Evidence(id("1.1-a")), "文稿第一章".into()),
            Msg::NoteWritten(id("1.1-a"), "内部说明".into()),
            Msg::Answered(id("1.1-b"), Status::InProgress),
            Msg::PointTicked(id("1.1-b"), 1, true),
            Msg::ProblemWritten(id("1.1-b"), "没有对照".into()),
            Msg::MeasureWritten(id("1.1-b"), "补对照表".into()),
            Msg::OwnerNamed(id("1.1-b"), "李四".into()),
            Msg::DueSet(id("1.1-b"), date("2025-11-01")),
            Msg::Answered(id("1.1-c"), Status::Done),
            Msg::EntryAdded(List::OwnRequirements, "开一次座谈会".into()),
        ])
    }

    fn report(workbook: &Workbook, include: Include, earlier: Option<&Earlier>) -> Report {
        let today = date("2025-11-30");
        let day = today.map(|today| AsOf { today, near_days: AsOf::NEAR_DAYS });
        Report::of(workbook, builtin(), Wanted { include, today, day, earlier })
    }

    #[test]
    fn a_report_says_who_what_and_how_far() {
        let report = report(&sample(), Include::Everything, None);
        assert_eq!(report.title, "某县“十五五”规划编制自查报告");
        let facts =
            [("单位", "某县"), ("规划期", "“十五五”（2026—2030年）"), ("填表人", "张三"), ("日期", "2025年11月30日")];
        assert_eq!(report.facts, facts.map(|(what, value)| (what, value.to_owned())));
        let total = builtin().requirements_for(UnitKind::County).count();
        assert_eq!(
            report.overview[0],
            format!(
                "截至2025年11月30日，应核对 {total} 项，已核对 3 项。已落实 2 项，推进中 1 项，未核对 {} 项。\
                 完成率 {}%（已落实的占适用的比例，不足 1% 的舍去）。",
                total - 3,
                200 / total
            )
        );
        assert!(report.overview[1].starts_with("其中，1 项已过完成时限仍未落实，"), "{}", report.overview[1]);
        assert_eq!(report.overview[2], "另有本单位自加的要求 1 项，已落实 0 项，不计入完成率。");
        assert_eq!(report.steps.len(), builtin().steps.len());
    }

    #[test]
    fn a_problem_says_what_is_missing_and_who_sees_to_it() {
        let report = report(&sample(), Include::Everything, None);
        let first = &report.problems[0];
        let points = builtin().requirement("1.1-b").expect("it is there").ask(UnitKind::County, Cycle(2026)).points;
        assert_eq!(
            first.problems[0],
            Problem {
                id: id("1.1-b"),
                step: first.step.clone(),
                title: "对照基本实现现代化的要求".into(),
                state: "推进中，逾期".into(),
                is_late: true,
                missing: points[1..].to_vec(),
                problem: "没有对照".into(),
                measure: "补对照表".into(),
                owner: "李四".into(),
                due: date("2025-11-01"),
                is_silent: false,
            }
        );
        assert_eq!(
            (first.problems[1].state.as_str(), first.problems[1].missing[0].as_str()),
            ("已落实，缺佐证", "佐证材料")
        );
        assert!(!first.unchecked.is_empty());
        let own = report.problems.last().expect("there are problems");
        assert_eq!((own.step.as_str(), own.unchecked[0].title.as_str()), ("本单位自加", "开一次座谈会"));
    }

    #[test]
    fn every_open_requirement_is_planned_or_counted() {
        let workbook = sample();
        let report = report(&workbook, Include::Everything, None);
        let open = Tally::of_workbook(builtin(), &workbook).open() + 1;
        assert_eq!(report.next.len() + report.unplanned, open);
        assert_eq!((report.next[0].title.as_str(), report.next[0].is_late), ("对照基本实现现代化的要求", true));
        assert!(report.next.iter().map(|planned| planned.due).is_sorted_by_key(|due| (due.is_none(), due)));
    }

    #[test]
    fn what_is_not_wanted_is_left_out() {
        let whole = report(&sample(), Include::Everything, None);
        assert_eq!(
            whole.table.iter().map(|step| step.rows.len()).sum::<usize>(),
            1 + Tally::of_workbook(builtin(), &sample()).total()
        );
        assert!(whole.has_notes);
        let short = report(&sample(), Include::ProblemsOnly, None);
        assert_eq!((short.table.len(), short.steps.len(), &short.problems), (0, 0, &whole.problems));
        assert!(!report(&sample(), Include::WithoutNotes, None).has_notes);
    }

    #[test]
    fn what_changed_since_an_earlier_state_is_in_it_where_it_is_asked_for() {
        assert_eq!(report(&sample(), Include::Everything, None).since, None);
        let earlier = Earlier::Workbook(Box::new(sample()), date("2025-10-08"));
        let since = report(&sample(), Include::Everything, Some(&earlier)).since.expect("it was asked for");
        assert!(since.sentence.starts_with("与2025年10月8日相比，各项情况没有变化"), "{}", since.sentence);
    }
}
