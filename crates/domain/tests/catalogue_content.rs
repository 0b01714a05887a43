//! The packed catalogue unpacks to what its sources say.

#![expect(clippy::unwrap_used, reason = "the build has checked the sources")]

use std::fs;

use plan_checklist_domain::{CATALOGUE, Requirement, UnitKind};
use toml::{Table, Value};

fn sources() -> (Table, Vec<Table>) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/catalogue");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let mut files: Vec<Table> = paths.iter().map(|path| fs::read_to_string(path).unwrap().parse().unwrap()).collect();
    (files.pop().unwrap(), files)
}

fn entries<'a>(file: &'a Table, name: &str) -> &'a [Value] {
    file[name].as_array().unwrap()
}

/// The words of an enum's variants, as the sources write them.
fn word(variant: impl std::fmt::Debug) -> String {
    let mut word = String::new();
    for c in format!("{variant:?}").chars() {
        if c.is_ascii_uppercase() && !word.is_empty() {
            word.push('-');
        }
        word.push(c.to_ascii_lowercase());
    }
    word
}

#[test]
fn parts_and_clauses_are_those_of_the_sources() {
    let (speech, _) = sources();
    let parts = entries(&speech, "part");
    assert_eq!(CATALOGUE.parts.len(), parts.len());
    for (part, source) in CATALOGUE.parts.iter().zip(parts) {
        assert_eq!([part.id, part.title], ["id", "title"].map(|key| source[key].as_str().unwrap()));
    }
    let clauses = entries(&speech, "clause");
    assert_eq!(CATALOGUE.clauses.len(), clauses.len());
    for (clause, source) in CATALOGUE.clauses.iter().zip(clauses) {
        assert_eq!([clause.id, clause.text()], ["id", "text"].map(|key| source[key].as_str().unwrap()));
        assert_eq!(clause.name, source.get("name").map_or("", |name| name.as_str().unwrap()));
        assert_eq!(word(clause.kind), source["kind"].as_str().unwrap());
        assert_eq!(word(clause.who).replace("nobody", "none"), source["who"].as_str().unwrap());
    }
}

#[test]
fn steps_and_requirements_are_those_of_the_sources() {
    let (_, files) = sources();
    assert_eq!(CATALOGUE.steps.len(), files.len());
    for (step, file) in CATALOGUE.steps.iter().zip(&files) {
        let texts = ["id", "title", "summary"].map(|key| file["step"][key].as_str().unwrap());
        assert_eq!([step.id, step.title, step.summary], texts);
        let requirements = entries(file, "requirement");
        assert_eq!(step.requirements.len(), requirements.len());
        for (requirement, source) in step.requirements.iter().zip(requirements) {
            check(requirement, source);
        }
    }
}

fn check(requirement: &Requirement, source: &Value) {
    let list = |value: &Value| -> Vec<String> {
        value.as_array().unwrap().iter().map(|entry| entry.as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(requirement.id.as_str(), source["id"].as_str().unwrap());
    assert_eq!(word(requirement.phase), source["phase"].as_str().unwrap());
    assert_eq!(requirement.clauses, list(&source["clauses"]));
    for kind in UnitKind::ALL {
        let role = requirement.role(kind).map_or("none".into(), word);
        assert_eq!(role, source[kind.as_str()].as_str().unwrap());
        let own =
            |key: &str| source.get("for").and_then(|all| all.get(kind.as_str())?.get(key)).unwrap_or(&source[key]);
        let (ask, advice) = (requirement.ask(kind), requirement.advice(kind));
        let texts = ["title", "question"].map(|key| own(key).as_str().unwrap());
        assert_eq!([requirement.title(kind), ask.question], texts);
        assert_eq!(ask.points, list(own("points")));
        assert_eq!(advice.evidence, list(own("evidence")));
        assert_eq!(advice.mistakes, list(&source["mistakes"]));
    }
}
