//! A mistake in the catalogue fails the build, naming file and line.

#![expect(clippy::unwrap_used, reason = "the fixture is ours")]

#[path = "../build/compile/mod.rs"]
mod compile;

use compile::{Source, compile};

const CLAUSES: &str = r#"[[part]]
id = "1.1"
title = "部分"

[[clause]]
id = "1.1-a"
kind = "task"
who = "all"
text = "做一件事。"

[[clause]]
id = "1.1-b"
kind = "background"
who = "none"
text = "一个事实。"
"#;

const STEP: &str = r#"[step]
id = "first"
title = "第一步"
summary = "做事。"

[[requirement]]
id = "1.1-a"
title = "做事"
question = "是否做了？"
phase = "drafting"
clauses = ["1.1-a"]
points = ["一", "二"]
evidence = ["文件"]
mistakes = ["没做"]
commission = "lead, understood"
department = "lead, understood"
county = "lead, understood"
"#;

const ORDER: &str = r#"[phases]
clause = "1.1-a"

[[rule]]
requirement = "1.1-a"
after = ["1.1-a"]
reason = "先做后核。"
"#;

fn mistakes(clauses: &str, step: &str) -> Vec<String> {
    let source = |name: &str, text: &str| Source { name: name.into(), text: text.into() };
    match compile(&[source("01.toml", step), source("clauses.toml", clauses), source("/order.toml", ORDER)]) {
        Ok(_) => Vec::new(),
        Err(mistakes) => mistakes.iter().map(ToString::to_string).collect(),
    }
}

fn check(edit: (&str, &str), expected: &str) {
    let (from, to) = edit;
    assert!(CLAUSES.contains(from) || STEP.contains(from), "the edit {from:?} edits nothing");
    let found = mistakes(&CLAUSES.replace(from, to), &STEP.replace(from, to));
    assert!(found.iter().any(|found| found == expected), "expected {expected:?}, found {found:#?}");
}

#[test]
fn a_sound_catalogue_compiles() {
    assert_eq!(mistakes(CLAUSES, STEP), Vec::<String>::new());
}

#[test]
fn each_mistake_is_named_with_file_and_line() {
    check(("clauses = [\"1.1-a\"]", "clauses = [\"1.1-z\"]"), "01.toml:11: unknown clause 1.1-z");
    check(("clauses = [\"1.1-a\"]", "clauses = [\"1.1-b\"]"), "clauses.toml:6: no requirement covers clause 1.1-a");
    check(("clauses = [\"1.1-a\"]", "clauses = []"), "01.toml:7: requirement 1.1-a cites no clause");
    check(("title = \"做事\"", "title = \" \""), "01.toml:8: title is empty");
    check(("\"一\", \"二\"", "\"一\", \"\""), "01.toml:12: points is empty");
    check(("\"一\", \"二\"", "\"一\""), "01.toml:12: points: 1 entries, expected 2 to 5");
    check(("是否做了？", "做了。"), "01.toml:9: a question asks 是否 and ends in ？");
    check(("text = \"做一件事。\"", "text = \"\""), "clauses.toml:9: clause text is empty");
    check(("\"文件\"", "\"两\\n行\""), "01.toml:13: evidence has a line break");
    check(("county = \"lead, understood\"", "county = \"none\""), "01.toml:2: step first asks nothing of County");
    check(
        ("phase = \"drafting\"", "phase = \"later\""),
        "01.toml:10: unknown variant `later`, expected one of `mobilisation`, `research`, `drafting`, `approval`",
    );
    check(("id = \"1.1-b\"", "id = \"1.1-a\""), "clauses.toml:12: duplicate clause 1.1-a");
}

#[test]
fn duplicate_requirements_and_empty_steps_are_mistakes() {
    let (head, requirement) = STEP.split_at(STEP.find("[[requirement]]").unwrap());
    let twice = format!("{STEP}\n{requirement}");
    assert!(mistakes(CLAUSES, &twice).contains(&"01.toml:20: duplicate requirement 1.1-a".to_owned()));
    assert!(mistakes(CLAUSES, head).contains(&"01.toml:2: step first has no requirements".to_owned()));
}
