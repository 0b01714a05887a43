//! Writes a report and a sheet of an invented county into the folder given, to be looked at in an office program. With a
//! filled sheet as a second argument it says what that one says.

use std::error::Error;
use std::path::PathBuf;

use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::rollup::unit::Round;
use plan_checklist_domain::rollup::{Gathering, Group, Notice, Roster, details};
use plan_checklist_domain::sharing::report::{Include, Report, Wanted};
use plan_checklist_domain::sharing::since::Earlier;
use plan_checklist_domain::sharing::snapshot::Snapshot;
use plan_checklist_domain::storage::backup::export;
use plan_checklist_domain::storage::log::Log;
use plan_checklist_domain::workbook::update::{EntryValue, update};
use plan_checklist_domain::{AsOf, Author, Clock, Cycle, Date, List, Msg, Status, UnitKind, Workbook, WorkbookId};
use plan_checklist_office::docx::docx;
use plan_checklist_office::ledger::{Occasion, Rows, csv, xlsx};
use plan_checklist_office::ledger_back::read;
use plan_checklist_office::{notice, roll_up};

/// A workbook half way through, in which every kind of problem comes up.
fn sample() -> Workbook {
    let mut clock = Clock::new(Author(1));
    let mut workbook = Workbook::new(WorkbookId(0x0123_4567_89ab_cdef), UnitKind::County);
    let mut write = |msg| workbook = update(&workbook, msg, clock.tick(1));
    write(Msg::CycleChosen(Cycle(2026)));
    write(Msg::UnitNamed("××县发展和改革局".into()));
    write(Msg::FillerNamed("张某某".into()));
    let people = ["王某某", "李某某", "赵某某"];
    let answered = builtin().requirements_for(UnitKind::County).enumerate();
    let answered: Vec<_> = answered.map(|(at, requirement)| (at, requirement.id)).collect();
    for (at, id) in answered {
        write(Msg::Answered(
            id,
            [
                Status::Done,
                Status::Done,
                Status::InProgress,
                Status::NotStarted,
                Status::Done,
                Status::Unchecked,
                Status::NotApplicable,
            ][at % 7],
        ));
        match at % 7 {
            0 | 4 => {
                write(Msg::EntryAdded(List::Evidence(id), "规划纲要（征求意见稿）第二章".into()));
                write(Msg::EntryAdded(List::Evidence(id), "关于印发规划编制工作方案的通知".into()));
            }
            2 => {
                write(Msg::PointTicked(id, 1, true));
                write(Msg::ProblemWritten(id, "责任股室人手不够，材料还没有收齐。".into()));
                write(Msg::MeasureWritten(id, "抽调两名同志集中办公，月底前补齐材料，报领导小组办公室审核。".into()));
                write(Msg::OwnerNamed(id, people[at % 3].into()));
                write(Msg::DueSet(id, Date::new(2025, [10, 11, 12][at % 3], 20)));
                write(Msg::NoteWritten(id, "已向分管领导口头报告。".into()));
            }
            3 => write(Msg::OwnerNamed(id, people[at % 3].into())),
            6 if at % 2 == 0 => write(Msg::ReasonGiven(id, "本县不单独编制专项规划，内容并入纲要。".into())),
            _ => {}
        }
    }
    write(Msg::EntryAdded(List::OwnRequirements, "召开一次老干部座谈会".into()));
    let at = workbook.answer(builtin().requirements_for(UnitKind::County).next().expect("there are some").id);
    let at = at.evidence().nth(1).map(|(at, _)| at);
    let id = builtin().requirements_for(UnitKind::County).next().expect("there are some").id;
    for value in [
        EntryValue::Reference("×发改〔2025〕12号".into()),
        EntryValue::Place("规划股档案柜".into()),
        EntryValue::Date(Date::new(2025, 3, 18)),
    ] {
        if let Some(at) = at {
            workbook = update(&workbook, Msg::EntryWritten(List::Evidence(id), at, value), clock.tick(1));
        }
    }
    workbook
}

/// Two rounds of twelve counties, each some way ahead of the one before.
fn gathering(sample: &Workbook, day: Option<AsOf>) -> Gathering<'static> {
    let mut gathering = Gathering::new(builtin(), day);
    for number in 1..=12u64 {
        let mut clock = Clock::new(Author(number + 1));
        let workbook = sample.duplicate(WorkbookId(number));
        let mut workbook = update(&workbook, Msg::UnitNamed(format!("第 {number} 县")), clock.tick(2));
        let file = |workbook: &Workbook| export(std::slice::from_ref(workbook), &Log::default(), None);
        gathering.add_backup(Round::Earlier, "上一轮.json", &file(&workbook), u64::MAX);
        let asked = builtin().requirements_for(UnitKind::County).enumerate();
        for (at, requirement) in asked.filter(|(at, _)| (*at as u64 * 7) % 12 < number) {
            let status = if at == 3 { Status::NotStarted } else { Status::Done };
            workbook = update(&workbook, Msg::Answered(requirement.id, status), clock.tick(3));
        }
        gathering.add_backup(Round::Now, "这一轮.json", &file(&workbook), u64::MAX);
    }
    gathering
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("which folder?")?);
    std::fs::create_dir_all(&folder)?;
    let workbook = sample();
    if let Some(filled) = std::env::args().nth(2) {
        let reading = read(&workbook, builtin(), &std::fs::read(filled)?)?;
        println!("{} rows", reading.rows);
        for change in reading.changes {
            let (here, sheet) = (change.here.replace('\n', "⏎"), change.sheet.replace('\n', "⏎"));
            println!("{} {}: {here:?} -> {sheet:?} {:?}", change.id, change.field.name(), change.standing);
        }
        reading.problems.iter().for_each(|problem| println!("{problem}"));
        return Ok(());
    }
    let today = Date::new(2025, 11, 30);
    let day = today.map(|today| AsOf { today, near_days: AsOf::NEAR_DAYS });
    let mut earlier = Snapshot::of(builtin(), &workbook, Date::new(2025, 10, 8));
    let changed: Vec<_> = earlier.statuses.keys().copied().step_by(9).collect();
    for id in changed {
        earlier.statuses.insert(id, Status::InProgress);
    }
    let earlier = Earlier::Snapshot(earlier);
    for (name, include, earlier) in [
        ("report.docx", Include::Everything, Some(&earlier)),
        ("report-problems.docx", Include::ProblemsOnly, None),
        ("report-without-notes.docx", Include::WithoutNotes, None),
    ] {
        let report = Report::of(&workbook, builtin(), Wanted { include, today, day, earlier });
        std::fs::write(folder.join(name), docx(&report, today)?)?;
    }
    // To be opened in the app.
    std::fs::write(folder.join("backup.json"), export(std::slice::from_ref(&workbook), &Log::default(), today))?;
    let occasion = Occasion { today, day, earlier: Some(&earlier) };
    let gathering = gathering(&workbook, day);
    let units = gathering.units();
    std::fs::write(folder.join("rollup.xlsx"), roll_up::xlsx(&gathering, &units, today)?)?;
    let group = Group { kind: UnitKind::County, cycle: Cycle(2026) };
    let roster = Roster::read("甲县\n××县\n第 1 县", &units);
    let notice = Notice::of(&gathering, &units, group, &roster, today);
    std::fs::write(folder.join("notice.docx"), notice::docx(&notice)?)?;
    std::fs::write(folder.join("rollup.csv"), details::csv(&gathering, &units))?;
    std::fs::write(folder.join("ledger.xlsx"), xlsx(&workbook, builtin(), Rows::All, occasion)?)?;
    std::fs::write(folder.join("ledger-one.xlsx"), xlsx(&workbook, builtin(), Rows::Of("李某某"), occasion)?)?;
    std::fs::write(folder.join("ledger.csv"), csv(&workbook, builtin(), Rows::All))?;
    Ok(())
}
