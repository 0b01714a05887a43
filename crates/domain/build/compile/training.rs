//! The training content: what its sources look like, what they keep to, and the JSON that `src/training` reads.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Value, json};
use toml::Spanned;

use super::check::Check;
use super::entries::{ClauseEntry, List, Text};
use super::kinds::{ClauseKind, UnitKind};
use super::{Read, Source};

/// The gap in a stem that asks for a word.
const GAP: &str = "＿＿";

/// A file of `training/`: questions, lessons, or both.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TrainingFile {
    #[serde(default)]
    question: Vec<QuestionEntry>,
    #[serde(default)]
    lesson: Vec<LessonEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionEntry {
    id: Text,
    step: Text,
    clauses: List,
    kinds: Option<Spanned<Vec<UnitKind>>>,
    form: Spanned<FormWord>,
    stem: Text,
    explanation: Text,
    options: Option<Spanned<Vec<OptionEntry>>>,
    is_true: Option<bool>,
    items: Option<List>,
    pairs: Option<Spanned<Vec<[Text; 2]>>>,
    answers: Option<List>,
    topic: Option<TopicWord>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum FormWord {
    Single,
    Multiple,
    Judge,
    Order,
    Match,
    Blank,
}

impl FormWord {
    fn as_str(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Multiple => "multiple",
            Self::Judge => "judge",
            Self::Order => "order",
            Self::Match => "match",
            Self::Blank => "blank",
        }
    }
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum TopicWord {
    Unsaid,
    Case,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OptionEntry {
    text: Text,
    #[serde(default)]
    right: bool,
    why: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LessonEntry {
    id: Text,
    step: Text,
    clauses: List,
    title: Text,
    idea: Text,
    why: Text,
    evidence: Text,
    mistake: Text,
}

impl Check {
    /// What sound training content keeps to. The speech and the steps were checked before.
    pub(super) fn training(&mut self, files: &[Read<'_, TrainingFile>], speech: &Source, clauses: &[ClauseEntry]) {
        let (mut ids, mut asked) = (BTreeSet::new(), BTreeSet::new());
        for Read { source, file } in files {
            for question in &file.question {
                self.training_id(source, &question.id, &mut ids);
                self.place(source, &question.step, &question.clauses);
                asked.extend(question.clauses.get_ref().iter().map(|clause| clause.get_ref().clone()));
                self.question(source, question);
            }
            for lesson in &file.lesson {
                self.training_id(source, &lesson.id, &mut ids);
                self.place(source, &lesson.step, &lesson.clauses);
                for (text, what) in [
                    (&lesson.title, "title"),
                    (&lesson.idea, "idea"),
                    (&lesson.why, "why"),
                    (&lesson.evidence, "evidence"),
                    (&lesson.mistake, "mistake"),
                ] {
                    self.text(source, text, what);
                }
                if lesson.title.get_ref().chars().count() > 14 {
                    self.mistake(
                        source,
                        lesson.title.span().start,
                        "a lesson's title has at most 14 characters".into(),
                    );
                }
            }
        }
        for clause in clauses.iter().filter(|clause| clause.kind != ClauseKind::Background) {
            let id = clause.id.get_ref();
            if !asked.contains(id) {
                self.mistake(speech, clause.id.span().start, format!("no question is about clause {id}"));
            }
        }
    }

    pub(super) fn training_id(&mut self, source: &Source, id: &Text, ids: &mut BTreeSet<String>) {
        let (text, at) = (id.get_ref(), id.span().start);
        let is_sound = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.');
        if text.is_empty() || text.len() > 16 || !text.bytes().all(is_sound) {
            let message = format!("id {text:?}: at most 16 small letters, digits, points and hyphens");
            self.mistake(source, at, message);
        }
        if !ids.insert(text.clone()) {
            self.mistake(source, at, format!("duplicate id {text}"));
        }
    }

    /// The step something belongs to, and the clauses it rests on.
    fn place(&mut self, source: &Source, step: &Text, clauses: &List) {
        if !self.steps.contains(step.get_ref()) {
            self.mistake(source, step.span().start, format!("unknown step {}", step.get_ref()));
        }
        self.cited(source, clauses);
    }

    /// The clauses something rests on.
    pub(super) fn cited(&mut self, source: &Source, clauses: &List) {
        self.list(source, clauses, "clauses", 1, 9);
        for clause in clauses.get_ref() {
            if !self.clauses.contains_key(clause.get_ref()) {
                self.mistake(source, clause.span().start, format!("unknown clause {}", clause.get_ref()));
            }
        }
    }

    fn question(&mut self, source: &Source, entry: &QuestionEntry) {
        let at = entry.form.span().start;
        self.text(source, &entry.stem, "stem");
        self.text(source, &entry.explanation, "explanation");
        if let Some(kinds) = &entry.kinds {
            let distinct: BTreeSet<_> = kinds.get_ref().iter().collect();
            if distinct.is_empty() || distinct.len() != kinds.get_ref().len() {
                self.mistake(source, kinds.span().start, "kinds: each once, or left out for all".into());
            }
        }
        let form = *entry.form.get_ref();
        let members = [
            (
                "options",
                entry.options.is_some(),
                matches!(form, FormWord::Single | FormWord::Multiple | FormWord::Judge),
            ),
            ("is_true", entry.is_true.is_some(), form == FormWord::Judge),
            ("items", entry.items.is_some(), form == FormWord::Order),
            ("pairs", entry.pairs.is_some(), form == FormWord::Match),
            ("answers", entry.answers.is_some(), form == FormWord::Blank),
        ];
        for (name, is_there, is_wanted) in members {
            if is_there != is_wanted {
                let word = if is_wanted { "needs" } else { "has no" };
                self.mistake(source, at, format!("form {} {word} {name}", form.as_str()));
            }
        }
        if let Some(options) = &entry.options {
            self.options(source, form, options);
        }
        if let Some(items) = &entry.items {
            self.list(source, items, "items", 3, 6);
            self.distinct(source, items.get_ref().iter(), "items");
        }
        if let Some(pairs) = &entry.pairs {
            let count = pairs.get_ref().len();
            if !(3..=6).contains(&count) {
                self.mistake(source, pairs.span().start, format!("pairs: {count} entries, expected 3 to 6"));
            }
            for text in pairs.get_ref().iter().flatten() {
                self.text(source, text, "pairs");
            }
            self.distinct(source, pairs.get_ref().iter().map(|[left, _]| left), "left sides");
            let rights: BTreeSet<_> = pairs.get_ref().iter().map(|[_, right]| right.get_ref()).collect();
            if rights.len() < 2 {
                self.mistake(source, pairs.span().start, "pairs: nothing to choose from".into());
            }
        }
        if let Some(answers) = &entry.answers {
            self.list(source, answers, "answers", 1, 20);
            self.distinct(source, answers.get_ref().iter(), "answers");
        }
        let gaps = entry.stem.get_ref().matches(GAP).count();
        if gaps != usize::from(form == FormWord::Blank) {
            let message = format!("{gaps} gaps {GAP} in the stem of form {}", form.as_str());
            self.mistake(source, entry.stem.span().start, message);
        }
    }

    fn options(&mut self, source: &Source, form: FormWord, options: &Spanned<Vec<OptionEntry>>) {
        let at = options.span().start;
        let count = options.get_ref().len();
        if !(3..=5).contains(&count) {
            self.mistake(source, at, format!("options: {count} entries, expected 3 to 5"));
        }
        for option in options.get_ref() {
            self.text(source, &option.text, "option");
            let start = option.text.span().start;
            match (&option.why, option.right) {
                (None, false) => self.mistake(source, start, "a wrong option says why".into()),
                (Some(_), true) => self.mistake(source, start, "a right option has no why".into()),
                (why, _) => why.iter().for_each(|why| self.text(source, why, "why")),
            }
        }
        self.distinct(source, options.get_ref().iter().map(|option| &option.text), "options");
        let right = options.get_ref().iter().filter(|option| option.right).count();
        let is_sound = match form {
            FormWord::Multiple => right >= 2 && right < count,
            _ => right == 1,
        };
        if !is_sound {
            self.mistake(source, at, format!("{right} right options of {count} in form {}", form.as_str()));
        }
    }

    fn distinct<'a>(&mut self, source: &Source, texts: impl Iterator<Item = &'a Text>, what: &str) {
        let mut seen = BTreeSet::new();
        for text in texts {
            // Two that differ in blanks only are the same to whoever reads them.
            let plain: String = text.get_ref().split_whitespace().collect();
            if !seen.insert(plain) {
                self.mistake(source, text.span().start, format!("{what}: {} twice", text.get_ref()));
            }
        }
    }
}

/// The training content as `src/training` reads it, and how many lessons there are.
pub(super) fn emit(files: &[Read<'_, TrainingFile>]) -> (String, usize) {
    let questions: Vec<_> = files.iter().flat_map(|read| &read.file.question).map(question).collect();
    let lessons: Vec<_> = files.iter().flat_map(|read| &read.file.lesson).map(lesson).collect();
    let count = lessons.len();
    (json!({ "questions": questions, "lessons": lessons }).to_string(), count)
}

fn texts(list: &List) -> Vec<&str> {
    list.get_ref().iter().map(|text| text.get_ref().as_str()).collect()
}

fn question(entry: &QuestionEntry) -> Value {
    let mut members = json!({
        "id": entry.id.get_ref(),
        "step": entry.step.get_ref(),
        "clauses": texts(&entry.clauses),
        "form": entry.form.get_ref().as_str(),
        "stem": entry.stem.get_ref(),
        "explanation": entry.explanation.get_ref(),
    });
    let mut add = |name: &str, value: Value| {
        if let Value::Object(members) = &mut members {
            members.insert(name.into(), value);
        }
    };
    if let Some(kinds) = &entry.kinds {
        add("kinds", json!(kinds.get_ref()));
    }
    if let Some(topic) = entry.topic {
        add(
            "topic",
            json!(match topic {
                TopicWord::Unsaid => "unsaid",
                TopicWord::Case => "case",
            }),
        );
    }
    if let Some(options) = &entry.options {
        // Each with why it is wrong; the right ones with nothing.
        let pair = |option: &OptionEntry| json!([option.text.get_ref(), option.why.as_ref().map(Spanned::get_ref)]);
        add("options", options.get_ref().iter().map(pair).collect());
    }
    if let Some(is_true) = entry.is_true {
        add("is_true", json!(is_true));
    }
    if let Some(items) = &entry.items {
        add("items", json!(texts(items)));
    }
    if let Some(pairs) = &entry.pairs {
        let pair = |[left, right]: &[Text; 2]| json!([left.get_ref(), right.get_ref()]);
        add("pairs", pairs.get_ref().iter().map(pair).collect());
    }
    if let Some(answers) = &entry.answers {
        add("answers", json!(texts(answers)));
    }
    members
}

fn lesson(entry: &LessonEntry) -> Value {
    json!({
        "id": entry.id.get_ref(),
        "step": entry.step.get_ref(),
        "clauses": texts(&entry.clauses),
        "title": entry.title.get_ref(),
        "idea": entry.idea.get_ref(),
        "why": entry.why.get_ref(),
        "evidence": entry.evidence.get_ref(),
        "mistake": entry.mistake.get_ref(),
    })
}
