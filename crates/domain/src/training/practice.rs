//! 练习县: what an invented county answers, with faults planted in it, and what finding them is worth.
//!
//! Its workbook is made afresh whenever it is looked at. It is stored nowhere, so no other can be mixed up with it.

use std::sync::LazyLock;

use serde_json::Value;

use crate::catalogue::Catalogue;
use crate::catalogue::kinds::UnitKind;
use crate::catalogue::read::{list, string, take, text};
use crate::catalogue::requirement_id::RequirementId;
use crate::cycle::Cycle;
use crate::date::Date;
use crate::dates::urgency::AsOf;
use crate::training::attempts::Verdicts;
use crate::training::fault_kind::FaultKind;
use crate::workbook::entry::{EntryId, List};
use crate::workbook::stamp::{Author, Clock};
use crate::workbook::status::Status;
use crate::workbook::update::{EntryValue, Msg, update};
use crate::workbook::workbook::Workbook;
use crate::workbook::workbook_id::WorkbookId;

/// The numbers of the sets.
pub const SETS: [u8; 3] = [1, 2, 3];
/// What the county is called.
pub const UNIT: &str = "练习县（练习数据）";

/// 易, 中, 难.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difficulty {
    Easy,
    Middling,
    Hard,
}

impl Difficulty {
    /// The easiest first.
    pub const ALL: [Self; 3] = [Self::Easy, Self::Middling, Self::Hard];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Easy => "易",
            Self::Middling => "中",
            Self::Hard => "难",
        }
    }
}

/// Something wrong with an answer, planted.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// Permanent.
    pub id: String,
    pub requirement: RequirementId,
    pub difficulty: Difficulty,
    /// What is wrong, the best word first; the others are right too.
    pub kinds: Vec<FaultKind>,
    pub clauses: Vec<String>,
    /// What is wrong with this answer.
    pub seen: String,
    /// What the clauses say; empty where only our advice was not followed.
    pub speech: String,
    /// 建议: what is ours. May be empty.
    pub advice: String,
    sets: Vec<u8>,
    sheet: Sheet,
}

/// A set: the county as it is shown, and what is wrong with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Practice {
    pub number: u8,
    pub workbook: Workbook,
    /// In the order of the catalogue.
    pub faults: Vec<&'static Fault>,
}

/// What an attempt is worth. Everything in the order of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// Found, and called by its name.
    pub found: Vec<&'static Fault>,
    /// Found, and called something else.
    pub misnamed: Vec<(&'static Fault, FaultKind)>,
    /// Not found.
    pub missed: Vec<&'static Fault>,
    /// Said to be wrong, and sound.
    pub accused: Vec<(RequirementId, FaultKind)>,
}

/// The source, read.
struct Content {
    today: Date,
    answers: Vec<Sound>,
    faults: Vec<Fault>,
}

/// A sound answer; in some sets only, where it names them.
struct Sound {
    requirement: RequirementId,
    sets: Vec<u8>,
    sheet: Sheet,
}

/// What is written to one requirement; of a fault, what differs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Sheet {
    status: Option<Status>,
    points: Option<Vec<u8>>,
    owner: Option<String>,
    due: Option<Option<Date>>,
    note: Option<String>,
    problem: Option<String>,
    measure: Option<String>,
    reason: Option<String>,
    evidence: Option<Vec<[String; 3]>>,
}

fn content() -> &'static Content {
    static CONTENT: LazyLock<Content> = LazyLock::new(|| {
        read(include_str!(concat!(env!("OUT_DIR"), "/practice.json"))).expect("the build has written it")
    });
    &CONTENT
}

/// The day by which 练习县 is looked at.
#[must_use]
pub fn day() -> AsOf {
    AsOf { today: content().today, near_days: AsOf::NEAR_DAYS }
}

/// Every fault of every set.
#[must_use]
pub fn faults() -> &'static [Fault] {
    &content().faults
}

impl Practice {
    /// The set with this number.
    #[must_use]
    pub fn set(catalogue: &Catalogue, number: u8) -> Self {
        let faults =
            |id| content().faults.iter().find(move |fault| fault.requirement == id && fault.sets.contains(&number));
        Self {
            number,
            workbook: workbook(catalogue, number, |id| faults(id).map(|fault| &fault.sheet)),
            faults: catalogue.requirements_for(UnitKind::County).filter_map(|asked| faults(asked.id)).collect(),
        }
    }

    /// The workbook of a set as it would be with nothing planted in it.
    #[must_use]
    pub fn sound(catalogue: &Catalogue, number: u8) -> Workbook {
        workbook(catalogue, number, |_| None)
    }

    /// The fault planted in the answer to this requirement.
    #[must_use]
    pub fn fault(&self, id: RequirementId) -> Option<&'static Fault> {
        self.faults.iter().copied().find(|fault| fault.requirement == id)
    }

    /// What these verdicts are worth. Who says nothing of a requirement says that it is sound.
    #[must_use]
    pub fn score(&self, catalogue: &Catalogue, verdicts: &Verdicts) -> Score {
        let mut score = Score { found: Vec::new(), misnamed: Vec::new(), missed: Vec::new(), accused: Vec::new() };
        for asked in catalogue.requirements_for(UnitKind::County) {
            match (self.fault(asked.id), verdicts.get(&asked.id).copied().flatten()) {
                (Some(fault), Some(kind)) if fault.kinds.contains(&kind) => score.found.push(fault),
                (Some(fault), Some(kind)) => score.misnamed.push((fault, kind)),
                (Some(fault), None) => score.missed.push(fault),
                (None, Some(kind)) => score.accused.push((asked.id, kind)),
                (None, None) => {}
            }
        }
        score
    }
}

impl Score {
    /// How many faults were planted.
    #[must_use]
    pub fn planted(&self) -> usize {
        self.found.len() + self.misnamed.len() + self.missed.len()
    }

    /// What it is worth, in half points: one for each fault found, half for one that was called something else, less one for
    /// each sound answer that was accused; never below nothing. Who accuses everything gets nothing.
    #[must_use]
    pub fn half_points(&self) -> usize {
        (2 * self.found.len() + self.misnamed.len()).saturating_sub(2 * self.accused.len())
    }
}

/// The county's workbook, made by the messages that fill in any other.
fn workbook(catalogue: &Catalogue, number: u8, planted: impl Fn(RequirementId) -> Option<&'static Sheet>) -> Workbook {
    let mut workbook = Workbook::new(WorkbookId(u64::from(number)), UnitKind::County);
    let mut clock = Clock::new(Author(u64::from(number)));
    let mut write = |msg: Msg| {
        let stamp = clock.tick(1);
        workbook = update(&workbook, msg, stamp);
        stamp
    };
    write(Msg::CycleChosen(Cycle::OF_THE_SPEECH));
    write(Msg::UnitNamed(UNIT.into()));
    for asked in catalogue.requirements_for(UnitKind::County) {
        let id = asked.id;
        let sound = content().answers.iter().filter(|sound| sound.requirement == id);
        let own = sound.clone().find(|sound| sound.sets.contains(&number));
        let Some(sound) = own.or_else(|| sound.clone().find(|sound| sound.sets.is_empty())) else { continue };
        let sheet = planted(id).map_or_else(|| sound.sheet.clone(), |change| change.over(&sound.sheet));
        let status = sheet.status.unwrap_or_default();
        let total = asked.ask(UnitKind::County, Cycle::OF_THE_SPEECH).points.len();
        let met = |point: &u8| match &sheet.points {
            Some(points) => points.contains(point),
            None => status == Status::Done,
        };
        for point in (1..).take(total).filter(met) {
            write(Msg::PointTicked(id, point, true));
        }
        write(Msg::Answered(id, status));
        let texts = [
            sheet.owner.map(|text| Msg::OwnerNamed(id, text)),
            sheet.note.map(|text| Msg::NoteWritten(id, text)),
            sheet.problem.map(|text| Msg::ProblemWritten(id, text)),
            sheet.measure.map(|text| Msg::MeasureWritten(id, text)),
            sheet.reason.map(|text| Msg::ReasonGiven(id, text)),
        ];
        for msg in texts.into_iter().flatten() {
            write(msg);
        }
        if let Some(due) = sheet.due.flatten() {
            write(Msg::DueSet(id, Some(due)));
        }
        for [what, place, date] in sheet.evidence.into_iter().flatten() {
            let at = EntryId(write(Msg::EntryAdded(List::Evidence(id), what)));
            if !place.is_empty() {
                write(Msg::EntryWritten(List::Evidence(id), at, EntryValue::Place(place)));
            }
            write(Msg::EntryWritten(List::Evidence(id), at, EntryValue::Date(Date::parse(&date))));
        }
    }
    workbook
}

impl Sheet {
    /// This upon another. What goes with a status goes with it: ticks, what is wrong, and what comes next.
    fn over(&self, sound: &Self) -> Self {
        let is_kept = self.status.is_none_or(|status| sound.status == Some(status));
        let kept = |text: &Option<String>| text.clone().filter(|_| is_kept);
        let change = self.clone();
        Self {
            status: change.status.or(sound.status),
            points: change.points.or_else(|| sound.points.clone().filter(|_| is_kept)),
            owner: change.owner.or_else(|| sound.owner.clone()),
            due: change.due.or(sound.due),
            note: change.note.or_else(|| sound.note.clone()),
            problem: change.problem.or_else(|| kept(&sound.problem)),
            measure: change.measure.or_else(|| kept(&sound.measure)),
            reason: change.reason.or_else(|| kept(&sound.reason)),
            evidence: change.evidence.or_else(|| sound.evidence.clone()),
        }
    }
}

fn read(json: &str) -> Option<Content> {
    let mut from: Value = serde_json::from_str(json).ok()?;
    Some(Content {
        today: Date::parse(&text(&mut from, "today"))?,
        answers: list(&mut from, "answers", sound)?,
        faults: list(&mut from, "faults", fault)?,
    })
}

fn sound(mut from: Value) -> Option<Sound> {
    Some(Sound {
        requirement: RequirementId::parse(&text(&mut from, "requirement"))?,
        sets: list(&mut from, "sets", |value| number(&value))?,
        sheet: sheet(take(&mut from, "answer"))?,
    })
}

fn fault(mut from: Value) -> Option<Fault> {
    let [id, seen, speech, advice] = ["id", "seen", "speech", "advice"].map(|name| text(&mut from, name));
    let grade = usize::try_from(from["grade"].as_u64()?).ok()?;
    Some(Fault {
        id,
        requirement: RequirementId::parse(&text(&mut from, "requirement"))?,
        difficulty: Difficulty::ALL.get(grade.checked_sub(1)?).copied()?,
        kinds: list(&mut from, "kinds", |word| FaultKind::parse(word.as_str()?))?,
        clauses: list(&mut from, "clauses", string)?,
        seen,
        speech,
        advice,
        sets: list(&mut from, "sets", |value| number(&value))?,
        sheet: sheet(take(&mut from, "answer"))?,
    })
}

fn number(value: &Value) -> Option<u8> {
    u8::try_from(value.as_u64()?).ok()
}

fn sheet(mut from: Value) -> Option<Sheet> {
    let mut text = |name: &str| string(take(&mut from, name));
    let [status, due] = ["status", "due"].map(&mut text);
    let [owner, note, problem, measure, reason] = ["owner", "note", "problem", "measure", "reason"].map(&mut text);
    let has = |name: &str, from: &Value| !from[name].is_null();
    let (has_points, has_evidence) = (has("points", &from), has("evidence", &from));
    let (points, evidence) = (list(&mut from, "points", |value| number(&value))?, list(&mut from, "evidence", proof)?);
    Some(Sheet {
        status: status.as_deref().and_then(Status::parse),
        points: has_points.then_some(points),
        owner,
        due: due.map(|due| Date::parse(&due)),
        note,
        problem,
        measure,
        reason,
        evidence: has_evidence.then_some(evidence),
    })
}

fn proof(mut from: Value) -> Option<[String; 3]> {
    let [what, place, date] = [0, 1, 2].map(|at| from.get_mut(at).map(Value::take).and_then(string));
    Some([what?, place?, date?])
}
