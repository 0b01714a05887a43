//! The catalogue compiler: TOML in, Rust source of static data out, every mistake with its file and line.
//!
//! Pure, so that `tests/catalogue_mistakes.rs` can feed it broken catalogues.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write as _};

use serde::Deserialize;
use toml::Spanned;

/// One TOML file: its name for messages, and its text.
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) text: String,
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
pub(crate) fn compile(sources: &[Source]) -> Result<String, Vec<Mistake>> {
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
            self.text(source, &part.title, "part title");
            if !parts.insert(part.id.get_ref().as_str()) {
                self.mistake(source, part.id.span().start, format!("duplicate part {}", part.id.get_ref()));
            }
        }
        for clause in &speech.clause {
            let id = clause.id.get_ref();
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

fn generate(speech: &SpeechFile, steps: &[(&Source, StepFile)]) -> String {
    let mut out = String::from("Catalogue {\n    parts: &[\n");
    for part in &speech.part {
        line(&mut out, format_args!("Part {{ id: {:?}, title: {:?} }},", part.id.get_ref(), part.title.get_ref()));
    }
    out.push_str("    ],\n    clauses: &[\n");
    for clause in &speech.clause {
        let (id, kind, who, text) = (clause.id.get_ref(), clause.kind, clause.who, clause.text.get_ref());
        let name = clause.name.as_ref().map_or("", |name| name.get_ref());
        let who = match who {
            Who::None => "Nobody".to_owned(),
            who => format!("{who:?}"),
        };
        line(
            &mut out,
            format_args!(
                "Clause {{ id: {id:?}, name: {name:?}, kind: ClauseKind::{kind:?}, who: Who::{who}, text: {text:?} }},"
            ),
        );
    }
    out.push_str("    ],\n    steps: &[\n");
    for (_, file) in steps {
        let step = &file.step;
        let (id, title, summary) = (step.id.get_ref(), step.title.get_ref(), step.summary.get_ref());
        line(&mut out, format_args!("Step {{ id: {id:?}, title: {title:?}, summary: {summary:?}, requirements: &["));
        for entry in &file.requirement {
            requirement(&mut out, entry);
        }
        out.push_str("    ] },\n");
    }
    out.push_str("    ],\n}\n");
    out
}

fn requirement(out: &mut String, entry: &RequirementEntry) {
    let id = entry.id.get_ref();
    let phase = entry.phase;
    let clauses = strings(&entry.clauses);
    let mistakes = strings(&entry.mistakes);
    let base = VariantEntry {
        title: Some(entry.title.clone()),
        question: Some(entry.question.clone()),
        points: Some(entry.points.clone()),
        evidence: Some(entry.evidence.clone()),
    };
    let roles: Vec<String> = KINDS.iter().map(|kind| role(entry.role(*kind))).collect();
    let default = VariantEntry::default();
    let wordings: Vec<String> =
        KINDS.iter().map(|kind| wording(&base, entry.variants.get(kind).unwrap_or(&default))).collect();
    line(
        out,
        format_args!(
            "Requirement {{ id: RequirementId({id:?}), phase: Phase::{phase:?}, clauses: {clauses}, mistakes: {mistakes}, \
             roles: [{}], wordings: [{}] }},",
            roles.join(", "),
            wordings.join(", ")
        ),
    );
}

fn role(role: Role) -> String {
    match role {
        Role::None => "None".into(),
        role => format!("Some(Role::{role:?})"),
    }
}

/// A whole wording; what the variant leaves out comes from the base.
fn wording(base: &VariantEntry, variant: &VariantEntry) -> String {
    fn text(base: &Option<Spanned<String>>, own: &Option<Spanned<String>>) -> String {
        format!("{:?}", own.as_ref().or(base.as_ref()).map_or("", |text| text.get_ref()))
    }
    fn list(base: &Option<Spanned<Vec<Spanned<String>>>>, own: &Option<Spanned<Vec<Spanned<String>>>>) -> String {
        own.as_ref().or(base.as_ref()).map_or_else(|| "&[]".into(), strings)
    }
    format!(
        "Wording {{ title: {}, question: {}, points: {}, evidence: {} }}",
        text(&base.title, &variant.title),
        text(&base.question, &variant.question),
        list(&base.points, &variant.points),
        list(&base.evidence, &variant.evidence),
    )
}

fn strings(list: &Spanned<Vec<Spanned<String>>>) -> String {
    let entries: Vec<&str> = list.get_ref().iter().map(|entry| entry.get_ref().as_str()).collect();
    format!("&{entries:?}")
}

fn line(out: &mut String, arguments: fmt::Arguments<'_>) {
    out.write_fmt(arguments).expect("writing to a String cannot fail");
    out.push('\n');
}
