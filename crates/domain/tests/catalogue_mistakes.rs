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
    mistakes_of(clauses, step, ORDER)
}

fn mistakes_of(clauses: &str, step: &str, order: &str) -> Vec<String> {
    let source = |name: &str, text: &str| Source { name: name.into(), text: text.into() };
    match compile(&[source("01.toml", step), source("clauses.toml", clauses), source("/order.toml", order)]) {
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
    check(
        ("是否做了？", "是否建了台账？"),
        "01.toml:9: 台账 is our device, not the speech's: it may stand in a point or in the advice",
    );
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

#[test]
fn a_role_is_as_well_founded_as_the_speech_makes_it() {
    let county = |stated: &str| STEP.replace("county = \"lead, understood\"", &format!("county = \"{stated}\""));
    let of_county = |found: Vec<String>| found.into_iter().find(|mistake| mistake.contains("County"));
    let check = |clause: &str, stated: &str, expected: Option<&str>| {
        let clauses = CLAUSES.replace("who = \"all\"", clause);
        let expected =
            expected.map(|made| format!("01.toml:17: {stated} for County, but the cited clauses make it {made}"));
        assert_eq!(of_county(mistakes(&clauses, &county(&format!("lead, {stated}")))), expected, "{clause}: {stated}");
    };
    for (clause, made) in [
        ("who = \"all\"", "understood"),
        ("who = \"city\"", "understood"),
        ("who = \"all\"\naddressed = \"各县区、各部门\"", "addressed"),
        ("who = \"county\"", "named"),
        ("who = \"commission-leads\"", "reference"),
        ("who = \"department\"\naddressed = \"有关部门\"", "reference"),
    ] {
        for stated in ["named", "addressed", "understood"] {
            check(clause, stated, Some(made).filter(|made| *made != stated));
        }
        // That something is our advice may be said of anything.
        check(clause, "reference", None);
    }

    let cited = STEP.replace("clauses = [\"1.1-a\"]", "clauses = [\"1.1-b\", \"1.1-a\"]");
    let clauses =
        CLAUSES.replace("who = \"none\"", "who = \"county\"").replace("who = \"all\"", "who = \"department\"");
    let found = of_county(mistakes(&clauses, &cited));
    let expected = "01.toml:17: understood for County, but the cited clauses make it named";
    assert_eq!(found.as_deref(), Some(expected), "the firmest of the cited clauses counts");

    let found = mistakes(CLAUSES, &county("lead"));
    assert!(found[0].starts_with("01.toml:17: unknown variant ``, expected one of `named`"), "{found:?}");
}

#[test]
fn what_is_true_of_one_cycle_only_has_other_words_for_others() {
    for (from, to, line) in [
        ("title = \"做事\"", "title = \"学习十九大\"", 8),
        ("是否做了？", "2020 年是否做了？", 9),
        ("\"二\"]", "\"写明首个五年规划\"]", 12),
    ] {
        let word = ["十九大", "2020", "首个五年规划"].into_iter().find(|word| to.contains(word)).unwrap();
        let step = STEP.replace(from, to);
        let found = mistakes(CLAUSES, &step);
        let expected =
            format!("01.toml:{line}: {word} is true of one cycle only: other cycles need words of their own");
        assert_eq!(found, [expected]);
        let others =
            "\n[requirement.other_cycles]\ntitle = \"做\"\nquestion = \"是否做？\"\npoints = [\"甲\", \"乙\"]\n";
        assert_eq!(mistakes(CLAUSES, &(step.clone() + others)), Vec::<String>::new());
        let own = format!("\n[requirement.for.county]\nquestion = \"2018 年是否做？\"{others}");
        let found = mistakes(CLAUSES, &(step + &own));
        assert_eq!(found.len(), 1, "the words of one kind need others of that kind: {found:?}");
    }
    let other = format!("{STEP}\n[requirement.other_cycles]\nmistakes = [\"照抄 2018 年的\"]\n");
    assert_eq!(mistakes(CLAUSES, &other), ["01.toml:20: 2018 is true of one cycle only, and not of others"]);
}

#[test]
fn what_goes_by_ids_names_what_there_is() {
    for (from, to, expected) in [
        ("[phases]\nclause = \"1.1-a\"", "[phases]\nclause = \"1.1-z\"", "/order.toml:2: unknown clause 1.1-z"),
        ("after = [\"1.1-a\"]", "after = [\"1.1-z\"]", "/order.toml:6: unknown requirement 1.1-z"),
        ("after = [\"1.1-a\"]", "after = []", "/order.toml:6: after: 0 entries, expected 1 to 9"),
        ("先做后核。", "先做后核", "/order.toml:7: a reason is a sentence and ends in 。"),
    ] {
        assert_eq!(mistakes_of(CLAUSES, STEP, &ORDER.replace(from, to)), [expected]);
    }
}

const TRAINING: &str = r#"[[question]]
id = "q-1.1-a-1"
step = "first"
clauses = ["1.1-a"]
kinds = ["county"]
form = "single"
stem = "做什么？"
explanation = "做一件事。"
options = [
  { text = "一件事", right = true },
  { text = "两件事", why = "只有一件。" },
  { text = "三件事", why = "只有一件。" },
]

[[question]]
id = "q-1.1-a-2"
step = "first"
clauses = ["1.1-a"]
form = "blank"
stem = "做＿＿件事。"
explanation = "一件。"
answers = ["一", "1"]

[[lesson]]
id = "l-1.1-a"
step = "first"
clauses = ["1.1-a"]
title = "做事"
idea = "做一件事。"
why = "要做。"
evidence = "文件"
mistake = "没做"
"#;

fn training_mistakes(training: &str) -> Vec<String> {
    let source = |name: &str, text: &str| Source { name: name.into(), text: text.into() };
    let sources = [
        source("01.toml", STEP),
        source("clauses.toml", CLAUSES),
        source("/order.toml", ORDER),
        source("training/q.toml", training),
    ];
    match compile(&sources) {
        Ok(compiled) => {
            assert!(compiled.training.contains("q-1.1-a-1") && compiled.lessons == 1 && !compiled.catalogue.is_empty());
            assert_eq!(compiled.practice, "{}", "there is none");
            Vec::new()
        }
        Err(mistakes) => mistakes.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn training_content_keeps_to_its_rules() {
    assert_eq!(training_mistakes(TRAINING), Vec::<String>::new());
    for (from, to, expected) in [
        ("id = \"q-1.1-a-2\"", "id = \"q-1.1-a-1\"", "training/q.toml:16: duplicate id q-1.1-a-1"),
        (
            "id = \"l-1.1-a\"",
            "id = \"第一课\"",
            "training/q.toml:25: id \"第一课\": at most 16 small letters, digits, points and hyphens",
        ),
        ("step = \"first\"", "step = \"last\"", "training/q.toml:3: unknown step last"),
        ("clauses = [\"1.1-a\"]", "clauses = [\"1.1-z\"]", "training/q.toml:4: unknown clause 1.1-z"),
        ("clauses = [\"1.1-a\"]", "clauses = [\"1.1-b\"]", "clauses.toml:6: no question is about clause 1.1-a"),
        ("kinds = [\"county\"]", "kinds = []", "training/q.toml:5: kinds: each once, or left out for all"),
        (
            "form = \"single\"",
            "form = \"song\"",
            "training/q.toml:6: unknown variant `song`, expected one of `single`, `multiple`, `judge`, `order`, `match`, `blank`",
        ),
        ("form = \"single\"", "form = \"judge\"", "training/q.toml:6: form judge needs is_true"),
        ("form = \"single\"", "form = \"order\"", "training/q.toml:6: form order has no options"),
        ("form = \"single\"", "form = \"multiple\"", "training/q.toml:9: 1 right options of 3 in form multiple"),
        ("{ text = \"两件事\", why = \"只有一件。\" },", "", "training/q.toml:9: options: 2 entries, expected 3 to 5"),
        (", why = \"只有一件。\"", "", "training/q.toml:11: a wrong option says why"),
        (", why = \"只有一件。\"", ", right = true", "training/q.toml:9: 3 right options of 3 in form single"),
        ("right = true", "right = true, why = \"对。\"", "training/q.toml:10: a right option has no why"),
        ("\"三件事\"", "\"两 件事\"", "training/q.toml:12: options: 两 件事 twice"),
        ("做＿＿件事", "做几件事", "training/q.toml:20: 0 gaps ＿＿ in the stem of form blank"),
        ("[\"一\", \"1\"]", "[]", "training/q.toml:22: answers: 0 entries, expected 1 to 20"),
        ("explanation = \"一件。\"", "explanation = \"\"", "training/q.toml:21: explanation is empty"),
        (
            "title = \"做事\"",
            "title = \"一二三四五六七八九十一二三四五\"",
            "training/q.toml:28: a lesson's title has at most 14 characters",
        ),
    ] {
        let edited = TRAINING.replace(from, to);
        assert_ne!(edited, TRAINING, "the edit {from:?} edits nothing");
        let found = training_mistakes(&edited);
        assert!(found.iter().any(|found| found == expected), "expected {expected:?}, found {found:#?}");
    }
}

const PRACTICE: &str = r#"today = "2020-12-20"

[[answer]]
requirement = "1.1-a"
status = "done"
evidence = [{ what = "文件", date = "2020-12-01" }]

[[fault]]
id = "p-1.1-a-1"
requirement = "1.1-a"
sets = [1]
grade = 1
kind = "no-evidence"
clauses = ["1.1-a"]
evidence = []
seen = "没有。"
advice = "留一份。"
"#;

/// A practice set of one requirement is too small for its own rules, which are looked at last.
#[test]
fn what_is_planted_keeps_to_its_rules() {
    let check = |(from, to): (&str, &str), expected: &str| {
        let edited = PRACTICE.replace(from, to);
        assert!(from.is_empty() || edited != PRACTICE, "the edit {from:?} edits nothing");
        let source = |name: &str, text: &str| Source { name: name.into(), text: text.into() };
        let found = compile(&[
            source("01.toml", STEP),
            source("clauses.toml", CLAUSES),
            source("/order.toml", ORDER),
            source("training/practice.toml", &edited),
        ]);
        let found: Vec<_> = found.err().unwrap().iter().map(ToString::to_string).collect();
        let expected = format!("training/practice.toml:{expected}");
        assert!(found.contains(&expected), "expected {expected:?}, found {found:#?}");
        found.len()
    };
    let only_its_size = check(("", ""), "1: set 1 has 1 faults, expected 20 or more");
    assert_eq!(only_its_size, check(("", ""), "1: set 1 has no fault of grade 2"));
    check(("", ""), "1: set 2 has 0 kinds of fault, expected 6");
    for (from, to, expected) in [
        ("2020-12-20", "Advent", "1: Advent is no day"),
        ("[[answer]]\nrequirement = \"1.1-a\"", "[[answer]]\nrequirement = \"1.1-b\"", "1: no sound answer to 1.1-a"),
        (
            "[[answer]]\nrequirement = \"1.1-a\"",
            "[[answer]]\nrequirement = \"1.1-b\"",
            "4: a county is not asked 1.1-b",
        ),
        ("status = \"done\"", "status = \"open\"", "5: unknown status open"),
        ("status = \"done\"", "status = \"done\"\npoints = [3]", "4: 1.1-a has no point 3"),
        ("what = \"文件\"", "what = \"\"", "4: evidence says what it is, and has a date"),
        ("id = \"p-1.1-a-1\"", "id = \"毛病\"", "9: id \"毛病\": at most 16 small letters, digits, points and hyphens"),
        ("sets = [1]", "sets = [4]", "9: sets: of 1 to 3, each once"),
        ("grade = 1", "grade = 4", "9: unknown grade 4"),
        ("\"no-evidence\"", "\"ugly\"", "13: unknown kind of fault ugly"),
        ("clauses = [\"1.1-a\"]", "clauses = [\"9.9-z\"]", "14: unknown clause 9.9-z"),
        ("seen = \"没有。\"", "seen = \"\"", "16: seen is empty"),
        ("advice = \"留一份。\"", "", "9: a fault says what the speech or what we ask for"),
        ("evidence = []\n", "", "9: fault p-1.1-a-1 changes nothing in set 1"),
    ] {
        check((from, to), expected);
    }
}
