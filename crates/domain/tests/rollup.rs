//! 汇总: many units side by side, whatever they sent and in whatever order it was read.

mod common;

use common::{ID, at, copies, workbook};
use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::rollup::details::csv;
use plan_checklist_domain::rollup::gathering::{day_of, morning};
use plan_checklist_domain::rollup::table::{groups, laggards, missed, rows};
use plan_checklist_domain::rollup::unit::Round;
use plan_checklist_domain::rollup::{Detail, Gathering, Group, Notice, Only, Query, Roster, Rounds, Sort, Unit};
use plan_checklist_domain::sharing::link::{Start, encode, encode_start};
use plan_checklist_domain::sharing::snapshot::Snapshot;
use plan_checklist_domain::storage::backup::export;
use plan_checklist_domain::storage::log::Log;
use plan_checklist_domain::workbook::merge::merge;
use plan_checklist_domain::workbook::update::update;
use plan_checklist_domain::{
    AsOf, Author, Clock, Cycle, Date, Finding, List, Msg, RequirementId, Status, Tally, UnitKind, Workbook, WorkbookId,
};
use proptest::prelude::*;

const NOW: u64 = 1_800_000_000_000;

fn date(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

fn day() -> Option<AsOf> {
    Some(AsOf { today: date("2026-03-01"), near_days: 30 })
}

fn ids(kind: UnitKind) -> Vec<RequirementId> {
    builtin().requirements_for(kind).map(|requirement| requirement.id).collect()
}

/// A county's workbook of “十五五”, written at this moment.
fn county(id: u64, unit: &str, wall: u64, msgs: impl IntoIterator<Item = Msg>) -> Workbook {
    let mut clock = Clock::new(Author(id));
    let begin = [Msg::CycleChosen(Cycle(2026)), Msg::UnitNamed(unit.into())];
    begin
        .into_iter()
        .chain(msgs)
        .fold(Workbook::new(WorkbookId(id), UnitKind::County), |workbook, msg| update(&workbook, msg, clock.tick(wall)))
}

fn gathering() -> Gathering<'static> {
    Gathering::new(builtin(), day())
}

fn add(gathering: &mut Gathering<'_>, round: Round, workbooks: &[Workbook]) {
    gathering.add_backup(round, "备份.json", &export(workbooks, &Log::default(), None), NOW);
}

fn link(workbook: &Workbook, day: &str) -> String {
    let snapshot =
        Snapshot { unit: Some((*workbook.unit).clone()), ..Snapshot::of(builtin(), workbook, Some(date(day))) };
    format!("https://example.org/snapshot/#{}", encode(builtin(), &snapshot))
}

const GROUP: Group = Group { kind: UnitKind::County, cycle: Cycle(2026) };

fn names(units: &[Unit], query: &Query) -> Vec<String> {
    rows(units, GROUP, query).into_iter().map(|at| units[at].name.clone()).collect()
}

#[test]
fn what_a_unit_comes_to_is_what_its_own_pages_say() {
    let id = ids(UnitKind::County);
    let book = county(
        1,
        "甲县",
        1000,
        [
            Msg::Answered(id[0], Status::Done),
            Msg::Answered(id[1], Status::NotApplicable),
            Msg::DueSet(id[2], Date::parse("2026-02-01")),
            Msg::EntryAdded(List::OwnRequirements, "水网".into()),
        ],
    );
    let mut gathering = gathering();
    add(&mut gathering, Round::Now, std::slice::from_ref(&book));
    let units = gathering.units();
    let unit = &units[0];
    assert_eq!((units.len(), &*unit.name, unit.own), (1, "甲县", (1, 0)));
    assert_eq!(unit.tally, Tally::of_workbook(builtin(), &book));
    for (step, tally) in builtin().steps.iter().zip(&unit.steps) {
        assert_eq!(*tally, step.requirements_for(UnitKind::County).next().map(|_| Tally::of_step(&book, step)));
    }
    assert_eq!((unit.count(Finding::WithoutEvidence), unit.count(Finding::WithoutReason)), (1, 1));
    assert!(unit.found.iter().any(|found| found.id == id[2] && found.findings[0] == Finding::Overdue));
    assert!(unit.has_problems());
}

#[test]
fn a_cycle_that_is_over_is_not_late() {
    let mut clock = Clock::new(Author(1));
    let book = update(&Workbook::new(WorkbookId(1), UnitKind::County), Msg::UnitNamed("甲县".into()), clock.tick(1));
    let mut gathering = gathering();
    add(&mut gathering, Round::Now, &[book]);
    assert_eq!(gathering.units()[0].count(Finding::Overdue), 0);
}

#[test]
fn the_same_unit_twice_is_one_and_the_newest_counts_field_by_field() {
    let id = ids(UnitKind::County);
    let old = county(
        1,
        "甲县",
        morning(date("2026-01-01")),
        [Msg::Answered(id[0], Status::InProgress), Msg::OwnerNamed(id[0], "张三".into())],
    );
    let new = county(2, " 甲 县", morning(date("2026-02-01")), [Msg::Answered(id[0], Status::NotStarted)]);
    let by_link = county(3, "甲县", 1, [Msg::Answered(id[0], Status::Done), Msg::Answered(id[1], Status::Done)]);
    let mut gathering = gathering();
    add(&mut gathering, Round::Now, &[new]);
    assert_eq!(gathering.add_links(Round::Now, "粘贴的链接", &format!("请看\n{}", link(&by_link, "2026-01-15"))), 1);
    add(&mut gathering, Round::Now, &[old]);
    let units = gathering.units();
    let unit = &units[0];
    assert_eq!((units.len(), &*unit.sources), (1, &[0, 1, 2][..]));
    assert_eq!(unit.disputed, [id[0]]);
    let details = Detail::of(&gathering, unit);
    assert_eq!((details[0].status, &*details[0].owner, details[0].is_disputed), (Status::NotStarted, "张三", true));
    // A link carries no evidence: none is missed.
    assert_eq!((details[1].status, details[1].evidence, details[1].findings.len()), (Status::Done, None, 0));
    assert_eq!(unit.tally.unproven(), 0);
}

#[test]
fn copies_of_one_workbook_are_one_whatever_they_call_the_unit() {
    let id = ids(UnitKind::County);
    let first = county(1, "甲县", 1000, [Msg::EntryAdded(List::Evidence(id[0]), "纪要".into())]);
    let (entry, _) = first.answer(id[0]).evidence().next().map(|(at, entry)| (at, entry.clone())).expect("one");
    let later = update(&first, Msg::UnitNamed("甲县发改局".into()), at(2000, 1));
    let later = update(&later, Msg::EntryRemoved(List::Evidence(id[0]), entry, true), at(3000, 1));
    let later = update(&later, Msg::Answered(id[0], Status::Done), at(4000, 1));
    for order in [[&first, &later], [&later, &first]] {
        let mut gathering = gathering();
        for book in order {
            add(&mut gathering, Round::Now, std::slice::from_ref(book));
        }
        let units = gathering.units();
        assert_eq!((units.len(), &*units[0].name), (1, "甲县发改局"));
        assert_eq!(units[0].tally.unproven(), 1, "the evidence was removed");
    }
}

#[test]
fn kinds_cycles_rounds_and_units_without_a_name_are_kept_apart() {
    let other_cycle = update(&county(2, "甲县", 1, []), Msg::CycleChosen(Cycle(2031)), at(9, 2));
    let mut gathering = gathering();
    add(
        &mut gathering,
        Round::Now,
        &[county(1, "甲县", 1, []), other_cycle, county(3, "", 1, []), county(4, "", 1, [])],
    );
    add(&mut gathering, Round::Earlier, &[county(1, "甲县", 1, [])]);
    let units = gathering.units();
    assert_eq!(units.len(), 5);
    assert_eq!(groups(&units), [(GROUP, 3), (Group { kind: UnitKind::County, cycle: Cycle(2031) }, 1)]);
    assert!(units.iter().any(|unit| unit.name == "未写单位名称（备份.json）"));
}

#[test]
fn what_cannot_be_read_is_listed_and_stops_nothing() {
    let mut gathering = gathering();
    gathering.add_backup(Round::Now, "坏.json", "{\"format\":\"other\"}", NOW);
    gathering.add_backup(Round::Now, "空.json", &export(&[], &Log::default(), None), NOW);
    let binned = update(&county(1, "甲县", 1, []), Msg::Deleted(true), at(2, 1));
    add(&mut gathering, Round::Now, &[binned]);
    let start = encode_start(&Start { cycle: 2026, unit: None });
    let good = link(&county(1, "乙县", 1, []), "2026-01-15");
    let cut = &good[..good.len() - 3];
    let lines = format!("请看：\n#{start}\n{cut}\n #重要 {good} #抓紧\n#elsewhere");
    assert_eq!(gathering.add_links(Round::Now, "", &lines), 4);
    let whole = export(&[county(2, "丙县", 1, [])], &Log::default(), None);
    gathering.add_backup(Round::Now, "改过.json", &whole.replace("丙县", "丁县"), NOW);
    let failed: Vec<_> = gathering.sources.iter().map(|source| source.outcome.is_err()).collect();
    assert_eq!(failed, [true, true, true, true, true, false, true, false]);
    assert_eq!(gathering.sources[7].notes.len(), 1);
    assert_eq!(gathering.units().len(), 2);
}

#[test]
fn rows_are_sorted_and_filtered() {
    let id = ids(UnitKind::County);
    let done = |count: usize| id[..count].iter().map(|id| Msg::Answered(*id, Status::Done)).collect::<Vec<_>>();
    let late = Msg::DueSet(id[9], Date::parse("2026-01-01"));
    let mut gathering = gathering();
    add(
        &mut gathering,
        Round::Now,
        &[county(1, "乙县", 1, done(5)), county(2, "甲县", 1, [late]), county(3, "丙县", 1, [])],
    );
    let units = gathering.units();
    let query = |sort, is_descending| Query { sort, is_descending, ..Query::default() };
    assert_eq!(names(&units, &query(Sort::Percent, true))[0], "乙县");
    assert_eq!(names(&units, &query(Sort::Open, false))[0], "乙县");
    assert_eq!(names(&units, &query(Sort::Late, true))[0], "甲县");
    assert_eq!(names(&units, &Query { text: "丙".into(), ..Query::default() }), ["丙县"]);
    assert_eq!(
        names(&units, &Query { only: Only::Problems, ..query(Sort::Percent, true) }).len(),
        units.iter().filter(|unit| unit.has_problems()).count()
    );
    let missed = missed(builtin(), &units, GROUP);
    assert_eq!((missed[0].asked, missed[0].open), (3, 3));
    assert!(missed.iter().filter(|missed| id[..5].contains(&missed.id)).all(|missed| missed.open == 2));
    let found = laggards(&units, GROUP);
    assert!(found.windows(2).all(|pair| pair[0].1.due <= pair[1].1.due));
    assert!(found.iter().any(|(_, found)| found.id == id[9]));
}

#[test]
fn a_roster_is_read_as_people_paste_it() {
    let mut gathering = gathering();
    add(&mut gathering, Round::Now, &[county(1, "甲县", 1, []), county(2, "Ａ区", 1, []), county(3, "外县", 1, [])]);
    let roster = Roster::read("序号\t单位\n1\t甲 县\n\n２\tA区\n3、乙县\n乙县\n", &gathering.units());
    assert_eq!(
        (roster.named, &roster.missing, &roster.beyond),
        (3, &vec!["乙县".to_owned()], &vec!["外县".to_owned()])
    );
    assert_eq!(roster.faults.len(), 1);
    assert_eq!(Roster::read(" \n", &gathering.units()), Roster::default());
}

#[test]
fn two_rounds_say_who_moved_and_who_fell_back() {
    let id = ids(UnitKind::County);
    let done = |wanted: &[usize]| wanted.iter().map(|at| Msg::Answered(id[*at], Status::Done)).collect::<Vec<_>>();
    let mut gathering = gathering();
    add(
        &mut gathering,
        Round::Earlier,
        &[county(1, "甲县", 1, done(&[0])), county(2, "乙县", 1, done(&[0, 1])), county(3, "丙县", 1, [])],
    );
    let back = Msg::Answered(id[1], Status::InProgress);
    add(
        &mut gathering,
        Round::Now,
        &[
            county(1, "甲县", 1, done(&[0, 1, 2])),
            county(5, "乙县", 1, [Msg::Answered(id[0], Status::Done), back]),
            county(4, "丁县", 1, []),
        ],
    );
    let units = gathering.units();
    let rounds = Rounds::of(builtin(), &units, GROUP);
    let moves: Vec<_> = rounds.moves.iter().map(|moved| (&*moved.name, moved.done, moved.back.clone())).collect();
    assert_eq!(moves, [("乙县", 0, vec![id[1]]), ("甲县", 2, vec![])]);
    assert_eq!((rounds.gone, rounds.new), (vec!["丙县".to_owned()], vec!["丁县".to_owned()]));
    let notice = Notice::of(&gathering, &units, GROUP, &Roster::read("戊县", &units), Some(date("2026-03-01")));
    assert_eq!((notice.units.len(), notice.moves.len(), &*notice.missing), (3, 3, &["戊县".to_owned()][..]));
    assert!(notice.text().contains("还有 1 个没有报：戊县"));
}

#[test]
fn details_are_text_whatever_people_wrote() {
    let id = ids(UnitKind::County);
    let book = county(
        1,
        "=1+1\n县",
        1,
        [Msg::Answered(id[0], Status::InProgress), Msg::ProblemWritten(id[0], "说\"好\",\n@x".into())],
    );
    let mut gathering = gathering();
    add(&mut gathering, Round::Now, &[book]);
    let units = gathering.units();
    let text = csv(&gathering, &units);
    assert_eq!(text.lines().count(), 1 + ids(UnitKind::County).len(), "a row each, on a line each");
    let row = text.lines().nth(1).expect("a row");
    assert!(row.contains("\"'=1+1 县\"") && row.contains("\"说\"\"好\"\", @x\""), "{row}");
}

#[test]
fn days_begin_where_the_units_are() {
    assert_eq!(morning(date("1970-01-02")), 16 * 60 * 60 * 1000);
    for day in ["2026-01-01", "2020-12-31"] {
        assert_eq!(day_of(morning(date(day))), Some(date(day)));
        assert_eq!(day_of(morning(date(day)) - 1), Some(date(day).add_days(-1)));
    }
    assert_eq!((day_of(0), day_of(1)), (None, None));
}

/// All of the units but where they were read from.
fn shown(gathering: &Gathering<'_>) -> Vec<String> {
    let say = |unit: &Unit| {
        let Unit { name, tally, steps, found, statuses, own, disputed, .. } = unit;
        let details = Detail::of(gathering, unit);
        format!("{name} {tally:?} {steps:?} {found:?} {statuses:?} {own:?} {disputed:?} {details:?}")
    };
    gathering.units().iter().map(say).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_reading_does_not_matter(copies in copies(), taken in 0u64..40_000) {
        let names = copies.iter().map(|copy| update(copy, Msg::UnitNamed("甲县".into()), at(1_000_000, 9)));
        let copies: Vec<Workbook> = names.map(|copy| update(&copy, Msg::CycleChosen(Cycle(2026)), at(1_000_001, 9))).collect();
        let other = copies[0].duplicate(WorkbookId(77));
        let line = link(&copies[1], &day_of(taken * 86_400_000).unwrap_or(date("2020-01-01")).to_string());
        let read = |order: [usize; 5]| {
            let mut gathering = gathering();
            for which in order {
                match which {
                    3 => add(&mut gathering, Round::Now, std::slice::from_ref(&other)),
                    4 => { gathering.add_links(Round::Now, "", &line); }
                    copy => add(&mut gathering, Round::Now, std::slice::from_ref(&copies[copy])),
                }
            }
            shown(&gathering)
        };
        let first = read([0, 1, 2, 3, 4]);
        prop_assert_eq!(first.len(), 1);
        for order in [[4, 3, 2, 1, 0], [2, 0, 4, 1, 3]] {
            prop_assert_eq!(read(order), first.clone());
        }
    }

    #[test]
    fn copies_of_a_workbook_come_to_what_their_merger_does(copies in copies()) {
        let merged = merge(&merge(&copies[0], &copies[1]), &copies[2]);
        prop_assume!(!*merged.is_deleted && copies.iter().all(|copy| !copy.is_blank()));
        let mut gathering = gathering();
        for copy in &copies {
            add(&mut gathering, Round::Now, std::slice::from_ref(copy));
        }
        let units = gathering.units();
        prop_assert_eq!(units.len(), 1);
        prop_assert_eq!(merged.id, ID);
        prop_assert_eq!(units[0].tally, Tally::of_workbook(builtin(), &merged));
    }

    #[test]
    fn totals_add_up(workbook in workbook()) {
        prop_assume!(!*workbook.is_deleted && !workbook.is_blank());
        let mut gathering = gathering();
        add(&mut gathering, Round::Now, std::slice::from_ref(&workbook));
        let units = gathering.units();
        let unit = &units[0];
        for status in Status::ALL {
            let by_step: usize = unit.steps.iter().flatten().map(|tally| tally.count(status)).sum();
            prop_assert_eq!(by_step, unit.tally.count(status));
            prop_assert_eq!(unit.statuses.iter().filter(|held| **held == Some(status)).count(), by_step);
        }
        let group = Group::of(unit);
        let open: usize = missed(builtin(), &units, group).iter().map(|missed| missed.open).sum();
        prop_assert_eq!(open, unit.tally.open());
        prop_assert_eq!(Detail::of(&gathering, unit).len(), unit.tally.total());
        prop_assert_eq!(unit.count(Finding::WithoutEvidence), unit.tally.unproven());
    }
}
