//! The catalogue compiler: TOML in, Rust source of static data out, every mistake with its file and line.
//!
//! Pure, so that `tests/catalogue_mistakes.rs` can feed it broken catalogues.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Deserialize;
use toml::Spanned;

/// One TOML file: its name for messages, and its text.
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) text: String,
}

/// The compiled catalogue: Rust arrays of UTF-16 units.
pub(crate) struct Packed {
    pub(crate) catalogue: String,
    pub(crate) clause_texts: String,
    pub(crate) asks: String,
    pub(crate) advice: String,
}

/// Something wrong in a source, at a line counted from 1.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) message: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// Compiles a whole catalogue. The file that ends in `clauses.toml` holds parts and clauses; every other file is a step.
pub(crate) fn compile(sources: &[Source]) -> Result<Packed, Vec<Mistake>> {
    let mut check = Check::default();
    let mut speech = None;
    let mut steps = Vec::new();
    for source in sources {
        if source.name.ends_with("clauses.toml") {
            speech = check.parse::<SpeechFile>(source).map(|file| (source, file));
        } else if let Some(file) = check.parse::<StepFile>(source) {
            steps.push((source, file));
        }
    }
    let Some((speech_source, speech)) = speech else {
        if check.mistakes.is_empty() {
            check.mistakes.push(Mistake {
                file: "catalogue/clauses.toml".into(),
                line: 1,
                message: "the clauses are missing".into(),
            });
        }
        return Err(check.mistakes);
    };
    check.speech(speech_source, &speech);
    let parsed_all = check.mistakes.is_empty();
    for (source, step) in &steps {
        check.step(source, step);
    }
    if parsed_all {
        check.coverage(speech_source, &speech);
    }
    if check.mistakes.is_empty() { Ok(generate(&speech, &steps)) } else { Err(check.mistakes) }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SpeechFile {
    part: Vec<PartEntry>,
    clause: Vec<ClauseEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PartEntry {
    id: Spanned<String>,
    title: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClauseEntry {
    id: Spanned<String>,
    /// What the speech itself calls it.
    name: Option<Spanned<String>>,
    kind: ClauseKind,
    who: Who,
    text: Spanned<String>,
}

#[derive(Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum ClauseKind {
    Task,
    Insight,
    Background,
    Date,
}

#[derive(Deserialize, Debug, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Who {
    All,
    Commission,
    CommissionLeads,
    Department,
    DepartmentLeads,
    County,
    None,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepFile {
    step: StepEntry,
    #[serde(default)]
    requirement: Vec<RequirementEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepEntry {
    id: Spanned<String>,
    title: Spanned<String>,
    summary: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RequirementEntry {
    id: Spanned<String>,
    title: Spanned<String>,
    question: Spanned<String>,
    phase: Phase,
    clauses: Spanned<Vec<Spanned<String>>>,
    points: Spanned<Vec<Spanned<String>>>,
    evidence: Spanned<Vec<Spanned<String>>>,
    mistakes: Spanned<Vec<Spanned<String>>>,
    commission: Role,
    department: Role,
    county: Role,
    #[serde(default, rename = "for")]
    variants: BTreeMap<Kind, VariantEntry>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct VariantEntry {
    title: Option<Spanned<String>>,
    question: Option<Spanned<String>>,
    points: Option<Spanned<Vec<Spanned<String>>>>,
    evidence: Option<Spanned<Vec<Spanned<String>>>>,
}

#[derive(Deserialize, Debug, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Phase {
    Mobilisation,
    Research,
    Drafting,
    Approval,
}

#[derive(Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Role {
    Lead,
    Support,
    None,
}

#[derive(Deserialize, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Commission,
    Department,
    County,
}

const KINDS: [Kind; 3] = [Kind::Commission, Kind::Department, Kind::County];

impl RequirementEntry {
    fn role(&self, kind: Kind) -> Role {
        match kind {
            Kind::Commission => self.commission,
            Kind::Department => self.department,
            Kind::County => self.county,
        }
    }
}

#[derive(Default)]
struct Check {
    mistakes: Vec<Mistake>,
    clauses: BTreeSet<String>,
    requirements: BTreeSet<String>,
    steps: BTreeSet<String>,
    covered: BTreeSet<String>,
}

impl Check {
    fn parse<T: for<'a> Deserialize<'a>>(&mut self, source: &Source) -> Option<T> {
        match toml::from_str(&source.text) {
            Ok(file) => Some(file),
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                self.mistake(source, at, error.message().to_owned());
                None
            }
        }
    }

    fn mistake(&mut self, source: &Source, at: usize, message: String) {
        let before = source.text.as_bytes().iter().take(at);
        let line = 1 + before.filter(|byte| **byte == b'\n').count();
        self.mistakes.push(Mistake { file: source.name.clone(), line, message });
    }

    fn text(&mut self, source: &Source, text: &Spanned<String>, what: &str) {
        if text.get_ref().trim().is_empty() {
            self.mistake(source, text.span().start, format!("{what} is empty"));
        }
        if text.get_ref().contains(|c| c == '\n' || c > '\u{ffff}') {
            self.mistake(source, text.span().start, format!("{what} has a line break or a rare character"));
        }
    }

    fn list(&mut self, source: &Source, list: &Spanned<Vec<Spanned<String>>>, what: &str, least: usize, most: usize) {
        let count = list.get_ref().len();
        if count < least || count > most {
            self.mistake(source, list.span().start, format!("{what}: {count} entries, expected {least} to {most}"));
        }
        for entry in list.get_ref() {
            self.text(source, entry, what);
        }
    }

    fn speech(&mut self, source: &Source, speech: &SpeechFile) {
        let mut parts = BTreeSet::new();
        for part in &speech.part {
            self.text(source, &part.id, "part id");
            self.text(source, &part.title, "part title");
            if !parts.insert(part.id.get_ref().as_str()) {
                self.mistake(source, part.id.span().start, format!("duplicate part {}", part.id.get_ref()));
            }
        }
        for clause in &speech.clause {
            let id = clause.id.get_ref();
            self.text(source, &clause.id, "clause id");
            self.text(source, &clause.text, "clause text");
            if let Some(name) = &clause.name {
                self.text(source, name, "clause name");
            }
            if !self.clauses.insert(id.clone()) {
                self.mistake(source, clause.id.span().start, format!("duplicate clause {id}"));
            }
            if !id.rsplit_once('-').is_some_and(|(part, _)| parts.contains(part)) {
                self.mistake(source, clause.id.span().start, format!("clause {id} belongs to no part"));
            }
        }
    }

    fn step(&mut self, source: &Source, file: &StepFile) {
        let step = &file.step;
        self.text(source, &step.title, "step title");
        self.text(source, &step.summary, "step summary");
        if !is_slug(step.id.get_ref()) {
            self.mistake(source, step.id.span().start, format!("step id {:?} is no slug", step.id.get_ref()));
        }
        if !self.steps.insert(step.id.get_ref().clone()) {
            self.mistake(source, step.id.span().start, format!("duplicate step {}", step.id.get_ref()));
        }
        if file.requirement.is_empty() {
            self.mistake(source, step.id.span().start, format!("step {} has no requirements", step.id.get_ref()));
        }
        for kind in KINDS {
            if !file.requirement.is_empty() && file.requirement.iter().all(|entry| entry.role(kind) == Role::None) {
                self.mistake(
                    source,
                    step.id.span().start,
                    format!("step {} asks nothing of {kind:?}", step.id.get_ref()),
                );
            }
        }
        for entry in &file.requirement {
            self.requirement(source, entry);
        }
    }

    fn requirement(&mut self, source: &Source, entry: &RequirementEntry) {
        let id = entry.id.get_ref();
        let at = entry.id.span().start;
        if !is_requirement_id(id) {
            self.mistake(source, at, format!("requirement id {id:?} is not a locator such as 2.4-b or 2.4-b2"));
        }
        if !self.requirements.insert(id.clone()) {
            self.mistake(source, at, format!("duplicate requirement {id}"));
        }
        self.text(source, &entry.title, "title");
        self.question(source, &entry.question);
        self.list(source, &entry.points, "points", 2, 5);
        self.list(source, &entry.evidence, "evidence", 1, 5);
        self.list(source, &entry.mistakes, "mistakes", 1, 5);
        if entry.clauses.get_ref().is_empty() {
            self.mistake(source, at, format!("requirement {id} cites no clause"));
        }
        for clause in entry.clauses.get_ref() {
            if self.clauses.contains(clause.get_ref()) {
                self.covered.insert(clause.get_ref().clone());
            } else {
                self.mistake(source, clause.span().start, format!("unknown clause {}", clause.get_ref()));
            }
        }
        if KINDS.iter().all(|kind| entry.role(*kind) == Role::None) {
            self.mistake(source, at, format!("requirement {id} concerns nobody"));
        }
        for (kind, variant) in &entry.variants {
            if entry.role(*kind) == Role::None {
                self.mistake(
                    source,
                    at,
                    format!("requirement {id} has wording for {kind:?}, whom it does not concern"),
                );
            }
            if let Some(title) = &variant.title {
                self.text(source, title, "title");
            }
            if let Some(question) = &variant.question {
                self.question(source, question);
            }
            if let Some(points) = &variant.points {
                self.list(source, points, "points", 2, 5);
            }
            if let Some(evidence) = &variant.evidence {
                self.list(source, evidence, "evidence", 1, 5);
            }
        }
    }

    fn question(&mut self, source: &Source, question: &Spanned<String>) {
        self.text(source, question, "question");
        let text = question.get_ref();
        let is_checkable = text.contains("是否") && text.ends_with('？');
        if !text.is_empty() && !is_checkable {
            self.mistake(source, question.span().start, "a question asks 是否 and ends in ？".into());
        }
    }

    /// Invariant: every clause that asks something is covered by a requirement.
    fn coverage(&mut self, source: &Source, speech: &SpeechFile) {
        for clause in &speech.clause {
            if clause.kind != ClauseKind::Background && !self.covered.contains(clause.id.get_ref()) {
                let message = format!("no requirement covers clause {}", clause.id.get_ref());
                self.mistake(source, clause.id.span().start, message);
            }
        }
    }
}

fn is_slug(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

fn is_requirement_id(id: &str) -> bool {
    let Some((part, letter)) = id.split_once('-') else { return false };
    let is_part =
        part.split('.').count() <= 2 && part.split('.').all(|n| n.len() == 1 && n.as_bytes()[0].is_ascii_digit());
    let mut letter = letter.bytes();
    let is_letter = letter.next().is_some_and(|byte| byte.is_ascii_lowercase());
    is_part && is_letter && letter.len() <= 1 && letter.all(|byte| (b'2'..=b'9').contains(&byte))
}

/// The catalogue as a text of lines, in UTF-16 because that compresses better than UTF-8: an array of its units.
///
/// `Check::text` keeps line breaks out, and characters of two units.
/// Every list ends with an empty line, so no entry begins with one. Enums are one line of digits, each the place of its
/// variant. A wording for one kind leaves empty what it shares with the common one. `src/catalogue/packed.rs` reads it.
fn generate(speech: &SpeechFile, steps: &[(&Source, StepFile)]) -> Packed {
    let mut text = String::new();
    for part in &speech.part {
        line(&mut text, part.id.get_ref());
        line(&mut text, part.title.get_ref());
    }
    line(&mut text, "");
    for clause in &speech.clause {
        line(&mut text, clause.id.get_ref());
        variants(&mut text, &[clause.kind as u8, clause.who as u8]);
        line(&mut text, clause.name.as_ref().map_or("", |name| name.get_ref()));
    }
    line(&mut text, "");
    for (_, file) in steps {
        line(&mut text, file.step.id.get_ref());
        line(&mut text, file.step.title.get_ref());
        line(&mut text, file.step.summary.get_ref());
        for entry in &file.requirement {
            requirement(&mut text, entry);
        }
        line(&mut text, "");
    }
    line(&mut text, "");
    // What not every page shows stands apart: a program that does not show it does not hold it.
    let (mut clause_texts, mut asks, mut advice) = (String::new(), String::new(), String::new());
    for clause in &speech.clause {
        line(&mut clause_texts, clause.text.get_ref());
    }
    let default = VariantEntry::default();
    for entry in steps.iter().flat_map(|(_, file)| &file.requirement) {
        line(&mut asks, entry.question.get_ref());
        lines(&mut asks, Some(&entry.points));
        lines(&mut advice, Some(&entry.mistakes));
        lines(&mut advice, Some(&entry.evidence));
        for kind in KINDS {
            let own = entry.variants.get(&kind).unwrap_or(&default);
            line(&mut asks, own.question.as_ref().map_or("", |question| question.get_ref()));
            lines(&mut asks, own.points.as_ref());
            lines(&mut advice, own.evidence.as_ref());
        }
    }
    let array = |text: &str| format!("{:?}", text.encode_utf16().collect::<Vec<_>>());
    Packed { catalogue: array(&text), clause_texts: array(&clause_texts), asks: array(&asks), advice: array(&advice) }
}

fn requirement(text: &mut String, entry: &RequirementEntry) {
    line(text, entry.id.get_ref());
    let [commission, department, county] = KINDS.map(|kind| entry.role(kind) as u8);
    variants(text, &[entry.phase as u8, commission, department, county]);
    lines(text, Some(&entry.clauses));
    line(text, entry.title.get_ref());
    let default = VariantEntry::default();
    for kind in KINDS {
        let own = entry.variants.get(&kind).unwrap_or(&default);
        line(text, own.title.as_ref().map_or("", |title| title.get_ref()));
    }
}

fn lines(text: &mut String, list: Option<&Spanned<Vec<Spanned<String>>>>) {
    for entry in list.into_iter().flat_map(Spanned::get_ref) {
        line(text, entry.get_ref());
    }
    line(text, "");
}

fn line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

fn variants(text: &mut String, places: &[u8]) {
    text.extend(places.iter().map(|place| char::from(b'0' + place)));
    text.push('\n');
}
