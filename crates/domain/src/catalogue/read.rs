//! Reads a catalogue from its compiled form, the JSON that `build/compile/emit.rs` writes. What is left out there is empty.
//!
//! By hand: derived, it would weigh four times as much in everybody's download.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::catalogue::Catalogue;
use crate::catalogue::clause::{Clause, Part, Unsaid};
use crate::catalogue::requirement::{Duty, Requirement, Wording};
use crate::catalogue::requirement_id::RequirementId;
use crate::catalogue::rule::Rule;
use crate::catalogue::step::Step;

/// `None` for what is no catalogue.
pub(super) fn catalogue(mut from: Value) -> Option<Catalogue> {
    Some(Catalogue {
        parts: list(&mut from, "parts", part)?,
        clauses: list(&mut from, "clauses", clause)?,
        unsaid: list(&mut from, "unsaid", unsaid)?,
        steps: list(&mut from, "steps", step)?,
        rules: list(&mut from, "rules", rule)?,
        each_plan: list(&mut from, "each_plan", |id| RequirementId::parse(&string(id)?))?,
        phases_clause: text(&mut from, "phases_clause"),
        renamed: list(&mut from, "renamed", renaming)?,
        link_order: text(&mut from, "link_order"),
    })
}

/// A member, taken out.
pub(crate) fn take(from: &mut Value, name: &str) -> Value {
    from.get_mut(name).map(Value::take).unwrap_or_default()
}

pub(crate) fn text(from: &mut Value, name: &str) -> String {
    string(take(from, name)).unwrap_or_default()
}

pub(crate) fn string(value: Value) -> Option<String> {
    if let Value::String(text) = value { Some(text) } else { None }
}

pub(crate) fn list<T>(from: &mut Value, name: &str, read: fn(Value) -> Option<T>) -> Option<Vec<T>> {
    match take(from, name) {
        Value::Array(values) => values.into_iter().map(read).collect(),
        _ => Some(Vec::new()),
    }
}

/// A word of `kinds.rs`.
pub(crate) fn word<T: DeserializeOwned>(from: &Value, name: &str) -> Option<T> {
    T::deserialize(&from[name]).ok()
}

fn part(mut from: Value) -> Option<Part> {
    let [id, title, numbering, chapter] = ["id", "title", "numbering", "chapter"].map(|name| text(&mut from, name));
    Some(Part { id, title, numbering, chapter })
}

fn clause(mut from: Value) -> Option<Clause> {
    let (kind, who) = (word(&from, "kind")?, word(&from, "who")?);
    let [id, said, locator] = ["id", "text", "locator"].map(|name| text(&mut from, name));
    let [name, addressed, numbering, note] =
        ["name", "addressed", "numbering", "note"].map(|name| text(&mut from, name));
    Some(Clause { id, kind, who, text: said, locator, name, addressed, numbering, note })
}

fn unsaid(mut from: Value) -> Option<Unsaid> {
    Some(Unsaid { title: text(&mut from, "title"), text: text(&mut from, "text") })
}

fn step(mut from: Value) -> Option<Step> {
    let requirements = list(&mut from, "requirements", requirement)?;
    let [id, title, summary] = ["id", "title", "summary"].map(|name| text(&mut from, name));
    Some(Step { id, title, summary, requirements })
}

fn requirement(mut from: Value) -> Option<Requirement> {
    Some(Requirement {
        id: RequirementId::parse(&text(&mut from, "id"))?,
        phase: word(&from, "phase")?,
        clauses: list(&mut from, "clauses", string)?,
        binding: word(&from, "binding")?,
        duties: list(&mut from, "duties", duty)?.try_into().ok()?,
        wordings: list(&mut from, "wordings", wording)?,
    })
}

fn duty(from: Value) -> Option<Option<Duty>> {
    match from {
        Value::Null => Some(None),
        from => Some(Some(Duty { role: word(&from, "role")?, basis: word(&from, "basis")? })),
    }
}

fn wording(mut from: Value) -> Option<Wording> {
    let [title, question, hint] = ["title", "question", "hint"].map(|name| text(&mut from, name));
    Some(Wording {
        kind: word(&from, "kind")?,
        other_cycles: take(&mut from, "other_cycles") == Value::Bool(true),
        title,
        question,
        points: list(&mut from, "points", string)?,
        evidence: list(&mut from, "evidence", string)?,
        mistakes: list(&mut from, "mistakes", string)?,
        hint,
    })
}

fn rule(mut from: Value) -> Option<Rule> {
    let (needs, clause) = (list(&mut from, "needs", string)?, string(take(&mut from, "clause")));
    Some(Rule { requirement: text(&mut from, "requirement"), needs, clause, reason: text(&mut from, "reason") })
}

fn renaming(from: Value) -> Option<(String, String)> {
    let Value::Array(pair) = from else { return None };
    let [old, new] = <[Value; 2]>::try_from(pair).ok()?;
    Some((string(old)?, string(new)?))
}
