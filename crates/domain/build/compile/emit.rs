//! The catalogue as `src/catalogue` reads it: JSON, in which what is empty is left out.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::Read;
use super::chinese::numeral;
use super::entries::{
    ClauseEntry, List, OrderFile, PartEntry, RequirementEntry, RuleEntry, SpeechFile, StepFile, Text, WordingEntry,
};
use super::kinds::UnitKind;

pub(super) fn json(speech: &SpeechFile, steps: &[Read<'_, StepFile>], order: &OrderFile, link_order: &str) -> String {
    let renamed: Vec<_> = order.renamed.iter().map(|(old, new)| (old, new.get_ref())).collect();
    // Without what is only for those who edit it.
    let link_order: String =
        link_order.split_inclusive('\n').filter(|line| !line.starts_with('#') && *line != "\n").collect();
    let unsaid = speech.unsaid.iter().map(|entry| json!({ "title": text(&entry.title), "text": text(&entry.text) }));
    json!({
        "parts": speech.part.iter().map(|entry| part(entry, order)).collect::<Vec<_>>(),
        "clauses": speech.clause.iter().map(|entry| clause(entry, order)).collect::<Vec<_>>(),
        "unsaid": unsaid.collect::<Vec<_>>(),
        "steps": steps.iter().map(|read| step(&read.file, order)).collect::<Vec<_>>(),
        "rules": order.rule.iter().map(rule).collect::<Vec<_>>(),
        "phases_clause": text(&order.phases.clause),
        "each_plan": order.each_plan.as_ref().map(texts).unwrap_or_default(),
        "renamed": renamed,
        "link_order": link_order,
    })
    .to_string()
}

fn text(text: &Text) -> &str {
    text.get_ref()
}

fn texts(list: &List) -> Vec<&str> {
    list.get_ref().iter().map(text).collect()
}

/// An object that only holds what is there.
struct Object(Map<String, Value>);

impl Object {
    fn of(members: Value) -> Self {
        let Value::Object(members) = members else { unreachable!("it is written as an object") };
        Self(members)
    }

    fn with(mut self, name: &str, value: Option<impl Serialize>) -> Self {
        self.0.extend(value.map(|value| (name.to_owned(), json!(value))));
        self
    }

    fn value(self) -> Value {
        Value::Object(self.0)
    }
}

fn part(entry: &PartEntry, order: &OrderFile) -> Value {
    let chapter = order.part.iter().find(|other| text(&other.id) == text(&entry.id)).and_then(|it| it.chapter.as_ref());
    Object::of(json!({ "id": text(&entry.id), "title": text(&entry.title) }))
        .with("numbering", entry.numbering.as_ref().map(text))
        .with("chapter", chapter.map(text))
        .value()
}

fn clause(entry: &ClauseEntry, order: &OrderFile) -> Value {
    let fixed = json!({
        "id": text(&entry.id),
        "kind": entry.kind,
        "who": entry.who,
        "text": text(&entry.text),
        "locator": locator(entry, order),
    });
    Object::of(fixed)
        .with("name", entry.name.as_ref().map(text))
        .with("addressed", entry.addressed.as_ref().map(text))
        .with("numbering", entry.numbering.as_ref().map(text))
        .with("note", entry.note.as_ref().map(text))
        .value()
}

/// Where in the speech a clause stands, as a reader would say it.
///
/// The speech's numbering is kept: part three has no （四）.
fn locator(entry: &ClauseEntry, order: &OrderFile) -> String {
    let id = text(&entry.id);
    let (part, letter) = id.split_once('-').unwrap_or((id, ""));
    let numeral = |digits: &str| digits.parse().map_or_else(|_| String::new(), numeral);
    let place = order.part.iter().find(|other| text(&other.id) == part).and_then(|part| part.place.as_ref());
    let heading = match (place, part.split_once('.')) {
        (Some(place), _) => text(place).to_owned(),
        (None, Some((part, "0"))) => format!("讲话{}引言", numeral(part)),
        (None, Some((part, point))) => format!("讲话{}（{}）", numeral(part), numeral(point)),
        (None, None) => format!("讲话{}", numeral(part)),
    };
    match (&entry.name, letter.bytes().next()) {
        (Some(name), _) => format!("{heading}{}", text(name)),
        (None, Some(byte @ b'a'..=b'z')) => format!("{heading}第{}条", byte - b'a' + 1),
        (None, _) => heading,
    }
}

fn step(file: &StepFile, order: &OrderFile) -> Value {
    let requirements: Vec<_> = file.requirement.iter().map(|entry| requirement(entry, order)).collect();
    let step = &file.step;
    json!({ "id": text(&step.id), "title": text(&step.title), "summary": text(&step.summary), "requirements": requirements })
}

fn requirement(entry: &RequirementEntry, order: &OrderFile) -> Value {
    let duties = UnitKind::ALL
        .map(|kind| entry.duty(kind).get_ref().0.map(|(role, basis)| json!({ "role": role, "basis": basis })));
    let wordings = entry.wordings();
    let wordings = wordings.iter().map(|(kind, is_for_others, words)| wording(*kind, *is_for_others, words));
    let fixed = json!({
        "id": text(&entry.id),
        "phase": entry.phase,
        "clauses": texts(&entry.clauses),
        "duties": duties,
        "wordings": wordings.collect::<Vec<_>>(),
    });
    let binding = order.binding.iter().find(|binding| text(&binding.requirement) == text(&entry.id));
    Object::of(fixed).with("binding", binding.map(|binding| binding.date)).value()
}

fn wording(kind: Option<UnitKind>, is_for_others: bool, words: &WordingEntry) -> Value {
    Object(Map::new())
        .with("kind", kind)
        .with("other_cycles", is_for_others.then_some(true))
        .with("title", words.title.as_ref().map(text))
        .with("question", words.question.as_ref().map(text))
        .with("points", words.points.as_ref().map(texts))
        .with("evidence", words.evidence.as_ref().map(texts))
        .with("mistakes", words.mistakes.as_ref().map(texts))
        .with("hint", words.hint.as_ref().map(text))
        .value()
}

fn rule(entry: &RuleEntry) -> Value {
    let fixed =
        json!({ "requirement": text(&entry.requirement), "needs": texts(&entry.after), "reason": text(&entry.reason) });
    Object::of(fixed).with("clause", entry.clause.as_ref().map(text)).value()
}
