//! The compiled catalogue says what its sources say.

#![expect(clippy::unwrap_used, reason = "the build has checked the sources")]

use std::fs;

use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::{Cycle, Requirement, UnitKind};
use toml::{Table, Value};

fn sources() -> (Table, Vec<Table>) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/catalogue");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let mut files: Vec<Table> = paths.iter().map(|path| fs::read_to_string(path).unwrap().parse().unwrap()).collect();
    files.pop_if(|file| file.contains_key("phases")).expect("order.toml comes last");
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
    assert_eq!(builtin().parts.len(), parts.len());
    for (part, source) in builtin().parts.iter().zip(parts) {
        assert_eq!([&*part.id, &*part.title], ["id", "title"].map(|key| source[key].as_str().unwrap()));
    }
    let clauses = entries(&speech, "clause");
    assert_eq!(builtin().clauses.len(), clauses.len());
    for (clause, source) in builtin().clauses.iter().zip(clauses) {
        assert_eq!([&*clause.id, &*clause.text], ["id", "text"].map(|key| source[key].as_str().unwrap()));
        let optional = |key: &str| source.get(key).map_or("", |text| text.as_str().unwrap());
        let found = [&*clause.name, &*clause.addressed, &*clause.numbering, &*clause.note];
        assert_eq!(found, ["name", "addressed", "numbering", "note"].map(optional));
        assert_eq!(word(clause.kind), source["kind"].as_str().unwrap());
        assert_eq!(word(clause.who).replace("nobody", "none"), source["who"].as_str().unwrap());
    }
}

#[test]
fn steps_and_requirements_are_those_of_the_sources() {
    let (_, files) = sources();
    assert_eq!(builtin().steps.len(), files.len());
    for (step, file) in builtin().steps.iter().zip(&files) {
        let texts = ["id", "title", "summary"].map(|key| file["step"][key].as_str().unwrap());
        assert_eq!([&*step.id, &*step.title, &*step.summary], texts);
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
        let duty = requirement.duty(kind);
        let duty = duty.map_or("none".into(), |duty| format!("{}, {}", word(duty.role), word(duty.basis)));
        assert_eq!(duty, source[kind.as_str()].as_str().unwrap());
        for cycle in [Cycle::OF_THE_SPEECH, Cycle(2026)] {
            let own = source.get("for").and_then(|all| all.get(kind.as_str()));
            let others = [own, Some(source)].map(|of| of.and_then(|of| of.get("other_cycles")));
            let [own_others, others] = others.map(|others| others.filter(|_| cycle != Cycle::OF_THE_SPEECH));
            let wordings = [own_others, own, others, Some(source)];
            let found = |key: &str| wordings.into_iter().flatten().find_map(|wording| wording.get(key));
            let (ask, advice) = (requirement.ask(kind, cycle), requirement.advice(kind, cycle));
            let texts = ["title", "question"].map(|key| found(key).unwrap().as_str().unwrap());
            assert_eq!([requirement.title(kind, cycle), ask.question], texts);
            assert_eq!(ask.points, list(found("points").unwrap()));
            assert_eq!(advice.evidence, list(found("evidence").unwrap()));
            assert_eq!(advice.mistakes, list(found("mistakes").unwrap()));
            assert_eq!(advice.hint, found("hint").map_or("", |hint| hint.as_str().unwrap()));
        }
    }
}
