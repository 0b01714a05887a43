//! The bank: every question and every lesson.
//!
//! A plain value, like the catalogue. That of this release is compiled from `training/*.toml`.

use std::fmt;
use std::sync::LazyLock;

use serde_json::Value;

use crate::catalogue::kinds::UnitKind;
use crate::catalogue::read::{list, string, take, text, word};

/// The questions and lessons of a release.
pub struct Bank {
    pub questions: Vec<Question>,
    /// In the order of the speech.
    pub lessons: Vec<Lesson>,
}

/// One thing to know.
#[derive(Debug, PartialEq, Eq)]
pub struct Question {
    /// Permanent.
    pub id: String,
    /// The id of the step it belongs to.
    pub step: String,
    /// What it rests on; of what the speech does not say, what comes nearest.
    pub clauses: Vec<String>,
    /// The kinds of unit it is for; empty where it is for all.
    pub kinds: Vec<UnitKind>,
    pub topic: Option<Topic>,
    pub stem: String,
    pub explanation: String,
    pub form: Form,
}

/// What a question is about besides its step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// 讲话没有说: what people expect of the speech and will not find.
    Unsaid,
    /// A short situation.
    Case,
}

/// How a question is answered.
#[derive(Debug, PartialEq, Eq)]
pub enum Form {
    /// One of these is right.
    Single(Vec<Choice>),
    /// Two or more of these are right.
    Multiple(Vec<Choice>),
    /// The stem is a statement; one of the reasons says why it is so or not.
    Judge { is_true: bool, reasons: Vec<Choice> },
    /// To be put in order; here in the right one.
    Order(Vec<String>),
    /// What belongs to what.
    Match(Vec<(String, String)>),
    /// The stem has a gap; each of these fills it, the best first.
    Blank(Vec<String>),
}

/// Something to choose.
#[derive(Debug, PartialEq, Eq)]
pub struct Choice {
    pub text: String,
    /// Why it is wrong; empty where it is right.
    pub why: String,
}

impl Choice {
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.why.is_empty()
    }
}

/// One idea to learn.
#[derive(Debug, PartialEq, Eq)]
pub struct Lesson {
    /// Permanent.
    pub id: String,
    /// The id of the step it belongs to.
    pub step: String,
    pub clauses: Vec<String>,
    pub title: String,
    /// What is asked, of whom, by when: only what the clauses say.
    pub idea: String,
    /// Why it matters. Ours, as are the next two.
    pub why: String,
    /// An example of good evidence.
    pub evidence: String,
    /// A common mistake.
    pub mistake: String,
}

/// How many lessons the bank of this release has, for those who do not have the bank.
pub const LESSONS: usize = include!(concat!(env!("OUT_DIR"), "/lessons.rs"));

/// The bank of this release.
#[must_use]
pub fn builtin() -> &'static Bank {
    static BUILTIN: LazyLock<Bank> = LazyLock::new(|| {
        Bank::parse(include_str!(concat!(env!("OUT_DIR"), "/training.json"))).expect("the build has written it")
    });
    &BUILTIN
}

/// There is one of each bank, so that nothing in it need be compared.
impl PartialEq for Bank {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl fmt::Debug for Bank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bank").finish_non_exhaustive()
    }
}

impl Bank {
    /// Reads a bank in its compiled form. `None` where something in it cannot be read. What the build checks is not checked
    /// again.
    #[must_use]
    pub fn parse(json: &str) -> Option<Self> {
        let mut from: Value = serde_json::from_str(json).ok()?;
        Some(Self { questions: list(&mut from, "questions", question)?, lessons: list(&mut from, "lessons", lesson)? })
    }

    /// The question with this id.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// The lesson with this id.
    #[must_use]
    pub fn lesson(&self, id: &str) -> Option<&Lesson> {
        self.lessons.iter().find(|lesson| lesson.id == id)
    }
}

impl Question {
    /// Whether it is for a unit of this kind.
    #[must_use]
    pub fn concerns(&self, kind: UnitKind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }
}

/// The right sides of a question that asks what belongs to what, each once; none for other forms.
#[must_use]
pub fn right_sides(form: &Form) -> Vec<&str> {
    let mut sides = Vec::new();
    if let Form::Match(pairs) = form {
        for (_, right) in pairs {
            if !sides.contains(&right.as_str()) {
                sides.push(right);
            }
        }
    }
    sides
}

fn question(mut from: Value) -> Option<Question> {
    let [id, step, stem, explanation, form, topic] =
        ["id", "step", "stem", "explanation", "form", "topic"].map(|name| text(&mut from, name));
    let kinds = match &from["kinds"] {
        Value::Array(words) => words.iter().map(|word| UnitKind::parse(word.as_str()?)).collect::<Option<Vec<_>>>()?,
        _ => Vec::new(),
    };
    let choices = |from: &mut Value| list(from, "options", choice);
    let form = match form.as_str() {
        "single" => Form::Single(choices(&mut from)?),
        "multiple" => Form::Multiple(choices(&mut from)?),
        "judge" => Form::Judge { is_true: word(&from, "is_true")?, reasons: choices(&mut from)? },
        "order" => Form::Order(list(&mut from, "items", string)?),
        "match" => Form::Match(list(&mut from, "pairs", pair)?),
        "blank" => Form::Blank(list(&mut from, "answers", string)?),
        _ => return None,
    };
    let topic = match topic.as_str() {
        "unsaid" => Some(Topic::Unsaid),
        "case" => Some(Topic::Case),
        _ => None,
    };
    let clauses = list(&mut from, "clauses", string)?;
    Some(Question { id, step, clauses, kinds, topic, stem, explanation, form })
}

fn choice(mut from: Value) -> Option<Choice> {
    let [text, why] = [0, 1].map(|at| from.get_mut(at).map(Value::take).unwrap_or_default());
    Some(Choice { text: string(text)?, why: string(why).unwrap_or_default() })
}

fn pair(mut from: Value) -> Option<(String, String)> {
    let [left, right] = [0, 1].map(|at| from.get_mut(at).map(Value::take).unwrap_or_default());
    Some((string(left)?, string(right)?))
}

fn lesson(mut from: Value) -> Option<Lesson> {
    let clauses = take(&mut from, "clauses");
    let clauses = match clauses {
        Value::Array(clauses) => clauses.into_iter().map(string).collect::<Option<Vec<_>>>()?,
        _ => return None,
    };
    let [id, step, title, idea, why, evidence, mistake] =
        ["id", "step", "title", "idea", "why", "evidence", "mistake"].map(|name| text(&mut from, name));
    Some(Lesson { id, step, clauses, title, idea, why, evidence, mistake })
}
