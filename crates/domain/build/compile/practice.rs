//! 练习县: what its source looks like, what it keeps to, and the JSON that `src/training/practice.rs` reads.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Value, json};
use toml::Spanned;

use super::check::Check;
use super::entries::{List, StepFile, Text};
use super::fault_kind::FaultKind;
use super::kinds::UnitKind;
use super::{Read, Source};

/// How many sets there are.
const SETS: u8 = 3;
/// The fewest faults of a set.
const FEWEST: usize = 20;
/// The fewest kinds of fault in a set.
const KINDS: usize = 6;
/// The grades of difficulty: 易, 中, 难.
const GRADES: [u8; 3] = [1, 2, 3];

/// `training/practice.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PracticeFile {
    today: Text,
    answer: Vec<AnswerEntry>,
    fault: Vec<FaultEntry>,
}

/// What a sound county answers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerEntry {
    requirement: Text,
    /// In these sets only, instead of the one for all.
    sets: Option<Vec<u8>>,
    status: Text,
    points: Option<Vec<u8>>,
    owner: Option<String>,
    due: Option<Text>,
    evidence: Option<Vec<EvidenceEntry>>,
    note: Option<String>,
    problem: Option<String>,
    measure: Option<String>,
    reason: Option<String>,
}

/// Something wrong: what differs from the sound answer, and why that is wrong.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FaultEntry {
    id: Text,
    requirement: Text,
    sets: Vec<u8>,
    grade: u8,
    kind: Text,
    /// What may be said as well.
    also: Option<List>,
    clauses: List,
    seen: Text,
    speech: Option<Text>,
    advice: Option<Text>,
    status: Option<Text>,
    points: Option<Vec<u8>>,
    owner: Option<String>,
    due: Option<Text>,
    evidence: Option<Vec<EvidenceEntry>>,
    note: Option<String>,
    problem: Option<String>,
    measure: Option<String>,
    reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EvidenceEntry {
    what: String,
    #[serde(default)]
    place: String,
    date: String,
}

/// The members of an answer, sound or not.
struct Members<'a> {
    status: Option<&'a Text>,
    points: Option<&'a Vec<u8>>,
    due: Option<&'a Text>,
    evidence: Option<&'a Vec<EvidenceEntry>>,
    texts: [(&'static str, Option<&'a String>); 5],
}

impl AnswerEntry {
    fn members(&self) -> Members<'_> {
        Members {
            status: Some(&self.status),
            points: self.points.as_ref(),
            due: self.due.as_ref(),
            evidence: self.evidence.as_ref(),
            texts: [
                ("owner", self.owner.as_ref()),
                ("note", self.note.as_ref()),
                ("problem", self.problem.as_ref()),
                ("measure", self.measure.as_ref()),
                ("reason", self.reason.as_ref()),
            ],
        }
    }

    fn is_in(&self, set: u8) -> bool {
        self.sets.as_ref().is_some_and(|sets| sets.contains(&set))
    }
}

impl FaultEntry {
    fn members(&self) -> Members<'_> {
        Members {
            status: self.status.as_ref(),
            points: self.points.as_ref(),
            due: self.due.as_ref(),
            evidence: self.evidence.as_ref(),
            texts: [
                ("owner", self.owner.as_ref()),
                ("note", self.note.as_ref()),
                ("problem", self.problem.as_ref()),
                ("measure", self.measure.as_ref()),
                ("reason", self.reason.as_ref()),
            ],
        }
    }
}

impl Members<'_> {
    /// As the program reads them: only those that are said.
    fn value(&self) -> Value {
        let mut value = json!({});
        let mut add = |name: &str, member: Option<Value>| {
            if let (Value::Object(members), Some(member)) = (&mut value, member) {
                members.insert(name.into(), member);
            }
        };
        add("status", self.status.map(|status| json!(status.get_ref())));
        add("points", self.points.map(|points| json!(points)));
        add("due", self.due.map(|due| json!(due.get_ref())));
        for (name, text) in self.texts {
            add(name, text.map(|text| json!(text)));
        }
        let entry = |entry: &EvidenceEntry| json!([entry.what, entry.place, entry.date]);
        add("evidence", self.evidence.map(|entries| entries.iter().map(entry).collect()));
        value
    }
}

impl Check {
    /// What a sound practice set keeps to. Whether the sound answers are sound by the rules of checking, a test says.
    pub(super) fn practice(&mut self, read: &Read<'_, PracticeFile>, steps: &[Read<'_, StepFile>]) {
        let Read { source, file } = read;
        self.day(source, &file.today);
        let mut asked: BTreeMap<&str, usize> = BTreeMap::new();
        for requirement in steps.iter().flat_map(|step| &step.file.requirement) {
            if let Some(points) = requirement.points_asked(UnitKind::County) {
                asked.insert(requirement.id.get_ref(), points);
            }
        }
        let mut sound = BTreeMap::new();
        for answer in &file.answer {
            let (id, at) = (answer.requirement.get_ref().as_str(), answer.requirement.span().start);
            self.members(source, at, id, &asked, &answer.members());
            match &answer.sets {
                None if sound.insert(id, answer).is_some() => {
                    self.mistake(source, at, format!("a second answer to {id}"));
                }
                Some(sets) => self.sets(source, at, sets),
                None => {}
            }
        }
        for id in asked.keys().filter(|id| !sound.contains_key(*id)) {
            self.mistake(source, file.today.span().start, format!("no sound answer to {id}"));
        }
        let mut ids = BTreeSet::new();
        for fault in &file.fault {
            self.training_id(source, &fault.id, &mut ids);
            self.fault(source, fault, &asked);
            for set in &fault.sets {
                let id = fault.requirement.get_ref().as_str();
                let own = file.answer.iter().find(|answer| answer.requirement.get_ref() == id && answer.is_in(*set));
                let base = own.or_else(|| sound.get(id).copied()).map(|answer| answer.members().value());
                let changed = fault.members().value();
                let is_change = base.is_some_and(|base| {
                    changed.as_object().is_some_and(|changed| changed.iter().any(|(name, value)| base[name] != *value))
                });
                if !is_change {
                    let message = format!("fault {} changes nothing in set {set}", fault.id.get_ref());
                    self.mistake(source, fault.id.span().start, message);
                }
            }
        }
        for set in 1..=SETS {
            self.set(source, file, set);
        }
    }

    /// A set as a whole.
    fn set(&mut self, source: &Source, file: &PracticeFile, set: u8) {
        let at = file.today.span().start;
        let faults: Vec<_> = file.fault.iter().filter(|fault| fault.sets.contains(&set)).collect();
        if faults.len() < FEWEST {
            self.mistake(source, at, format!("set {set} has {} faults, expected {FEWEST} or more", faults.len()));
        }
        for grade in GRADES {
            if faults.iter().all(|fault| fault.grade != grade) {
                self.mistake(source, at, format!("set {set} has no fault of grade {grade}"));
            }
        }
        let kinds: BTreeSet<_> = faults.iter().map(|fault| fault.kind.get_ref()).collect();
        if kinds.len() < KINDS {
            self.mistake(source, at, format!("set {set} has {} kinds of fault, expected {KINDS}", kinds.len()));
        }
        let mut seen = BTreeSet::new();
        for fault in faults {
            if !seen.insert(fault.requirement.get_ref()) {
                let message = format!("set {set} has a second fault of {}", fault.requirement.get_ref());
                self.mistake(source, fault.requirement.span().start, message);
            }
        }
    }

    fn fault(&mut self, source: &Source, fault: &FaultEntry, asked: &BTreeMap<&str, usize>) {
        let at = fault.id.span().start;
        self.members(source, at, fault.requirement.get_ref(), asked, &fault.members());
        self.sets(source, at, &fault.sets);
        if !GRADES.contains(&fault.grade) {
            self.mistake(source, at, format!("unknown grade {}", fault.grade));
        }
        for kind in fault.also.iter().flat_map(Spanned::get_ref).chain([&fault.kind]) {
            if FaultKind::parse(kind.get_ref()).is_none() {
                self.mistake(source, kind.span().start, format!("unknown kind of fault {}", kind.get_ref()));
            }
        }
        self.cited(source, &fault.clauses);
        for (text, what) in
            [(Some(&fault.seen), "seen"), (fault.speech.as_ref(), "speech"), (fault.advice.as_ref(), "advice")]
        {
            text.into_iter().for_each(|text| self.text(source, text, what));
        }
        if fault.speech.is_none() && fault.advice.is_none() {
            self.mistake(source, at, "a fault says what the speech or what we ask for".into());
        }
    }

    fn sets(&mut self, source: &Source, at: usize, sets: &[u8]) {
        let distinct: BTreeSet<_> = sets.iter().collect();
        if sets.is_empty() || distinct.len() != sets.len() || sets.iter().any(|set| !(1..=SETS).contains(set)) {
            self.mistake(source, at, format!("sets: of 1 to {SETS}, each once"));
        }
    }

    fn members(
        &mut self,
        source: &Source,
        at: usize,
        requirement: &str,
        asked: &BTreeMap<&str, usize>,
        members: &Members<'_>,
    ) {
        let Some(points) = asked.get(requirement) else {
            return self.mistake(source, at, format!("a county is not asked {requirement}"));
        };
        for point in members.points.into_iter().flatten() {
            if !(1..=*points).contains(&usize::from(*point)) {
                self.mistake(source, at, format!("{requirement} has no point {point}"));
            }
        }
        if let Some(status) = members.status
            && !["done", "in-progress", "not-started", "not-applicable"].contains(&status.get_ref().as_str())
        {
            self.mistake(source, status.span().start, format!("unknown status {}", status.get_ref()));
        }
        // An empty one takes the date away.
        if let Some(due) = members.due.filter(|due| !due.get_ref().is_empty()) {
            self.day(source, due);
        }
        for entry in members.evidence.into_iter().flatten() {
            if entry.what.trim().is_empty() || !is_day(&entry.date) {
                self.mistake(source, at, "evidence says what it is, and has a date".into());
            }
        }
    }

    fn day(&mut self, source: &Source, day: &Text) {
        if !is_day(day.get_ref()) {
            self.mistake(source, day.span().start, format!("{} is no day", day.get_ref()));
        }
    }
}

/// Whether a text looks like a day. That each is one, a test says, which has a calendar.
fn is_day(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').map(str::len).collect();
    parts == [4, 2, 2] && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

/// 练习县 as the program reads it.
pub(super) fn emit(read: Option<&Read<'_, PracticeFile>>) -> String {
    let Some(Read { file, .. }) = read else { return json!({}).to_string() };
    let answers = file.answer.iter().map(|answer| {
        json!({ "requirement": answer.requirement.get_ref(), "sets": answer.sets, "answer": answer.members().value() })
    });
    let words = |list: &List| list.get_ref().iter().map(|text| text.get_ref().clone()).collect::<Vec<_>>();
    let faults = file.fault.iter().map(|fault| {
        let mut kinds = vec![fault.kind.get_ref().clone()];
        kinds.extend(fault.also.iter().flat_map(&words));
        json!({
            "id": fault.id.get_ref(),
            "requirement": fault.requirement.get_ref(),
            "sets": fault.sets,
            "grade": fault.grade,
            "kinds": kinds,
            "clauses": words(&fault.clauses),
            "seen": fault.seen.get_ref(),
            "speech": fault.speech.as_ref().map(Spanned::get_ref),
            "advice": fault.advice.as_ref().map(Spanned::get_ref),
            "answer": fault.members().value(),
        })
    });
    json!({ "today": file.today.get_ref(), "answers": answers.collect::<Vec<_>>(), "faults": faults.collect::<Vec<_>>() })
        .to_string()
}
