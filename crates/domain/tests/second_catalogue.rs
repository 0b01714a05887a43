//! A second catalogue can be read while the program runs, and everything works over it as over the first.

#![expect(clippy::unwrap_used, reason = "the fixture is ours")]

#[path = "../build/compile/mod.rs"]
mod compile;

use compile::{Source, compile};
use plan_checklist_domain::checking::order::{OutOfTurn, out_of_turn};
use plan_checklist_domain::checking::review::review;
use plan_checklist_domain::sharing::link::{Link, decode, encode};
use plan_checklist_domain::sharing::snapshot::Snapshot;
use plan_checklist_domain::workbook::update::update;
use plan_checklist_domain::{
    Catalogue, Cycle, Finding, Msg, RequirementId, Stamp, Status, Tally, UnitKind, Workbook, WorkbookId,
};

const CLAUSES: &str = r#"
[[part]]
id = "1"
title = "部分"

[[clause]]
id = "1-a"
kind = "task"
who = "county"
text = "先做一件事，再做一件事。"
"#;

const STEP: &str = r#"
[step]
id = "only"
title = "一步"
summary = "做事。"

[[requirement]]
id = "1-a"
title = "先做"
question = "是否先做了？"
phase = "research"
clauses = ["1-a"]
points = ["一", "二"]
evidence = ["文件"]
mistakes = ["没做"]
commission = "support, reference"
department = "support, reference"
county = "lead, named"

[requirement.other_cycles]
title = "这次先做"

[requirement.for.county]
question = "县里是否先做了？"

[requirement.for.county.other_cycles]
question = "县里这次是否先做了？"

[[requirement]]
id = "1-a2"
title = "再做"
question = "是否再做了？"
phase = "drafting"
clauses = ["1-a"]
points = ["一", "二"]
evidence = ["文件"]
mistakes = ["没做"]
hint = "做不了的，选“不适用”。"
commission = "none"
department = "none"
county = "lead, named"
"#;

const ORDER: &str = r#"
[phases]
clause = "1-a"

[[binding]]
requirement = "1-a"
date = "proposals"

[[rule]]
requirement = "1-a2"
after = ["1-a"]
reason = "先做后核。"

[renamed]
"0-z" = "1-a"
"#;

const LINKS: &str = "1-a commission department county\n1-a2 county\n";

fn second() -> Catalogue {
    let source = |name: &str, text: &str| Source { name: name.into(), text: text.into() };
    let sources = [
        source("01.toml", STEP),
        source("clauses.toml", CLAUSES),
        source("/link_order.txt", LINKS),
        source("/order.toml", ORDER),
    ];
    let compiled = compile(&sources).unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
    // It needs no training content of its own.
    assert_eq!((compiled.training.as_str(), compiled.lessons), (r#"{"lessons":[],"questions":[]}"#, 0));
    assert_eq!(compiled.practice, "{}");
    Catalogue::parse(&compiled.catalogue).unwrap()
}

fn id(text: &str) -> RequirementId {
    RequirementId::parse(text).unwrap()
}

#[test]
fn progress_findings_order_and_links_are_those_of_the_catalogue_at_hand() {
    let catalogue = second();
    let stamp = Stamp { wall: 1, ..Stamp::default() };
    let blank = Workbook::new(WorkbookId(1), UnitKind::County);
    let workbook = update(&blank, Msg::Answered(id("1-a2"), Status::Done), stamp);

    let tally = Tally::of_workbook(&catalogue, &workbook);
    assert_eq!((tally.total(), tally.checked(), tally.percent()), (2, 1, Some(50)));
    assert_eq!(Tally::of_step(&workbook, &catalogue.steps[0]), tally);
    assert_eq!(Tally::of_workbook(&catalogue, &Workbook::new(WorkbookId(2), UnitKind::Department)).total(), 1);

    let review = review(&catalogue, &workbook, None);
    assert_eq!(review.all(Finding::Unchecked).map(|found| found.requirement.id).collect::<Vec<_>>(), [id("1-a")]);
    let found = out_of_turn(&catalogue, UnitKind::County, |id| workbook.status(id));
    assert!(matches!(&found[0], OutOfTurn::Requirement { id: ahead, .. } if *ahead == id("1-a2")));
    let due = workbook.due(catalogue.place_in("#0-z，请看").and_then(|id| catalogue.requirement(id)).unwrap());
    assert_eq!(due, Some(Cycle::OF_THE_SPEECH.proposals_by()));

    let snapshot = Snapshot::of(&catalogue, &workbook, None);
    let link = encode(&catalogue, &snapshot);
    assert_eq!(decode(&catalogue, &link), Ok(Link::Snapshot(snapshot)));
}

#[test]
fn the_most_particular_words_are_shown() {
    let catalogue = second();
    let requirement = catalogue.requirement("1-a").unwrap();
    let words = |kind, cycle| (requirement.title(kind, cycle), requirement.ask(kind, cycle).question);
    let (own, other) = (Cycle::OF_THE_SPEECH, Cycle(2026));
    assert_eq!(words(UnitKind::Department, own), ("先做", "是否先做了？"));
    assert_eq!(words(UnitKind::Department, other), ("这次先做", "是否先做了？"));
    assert_eq!(words(UnitKind::County, own), ("先做", "县里是否先做了？"));
    assert_eq!(words(UnitKind::County, other), ("这次先做", "县里这次是否先做了？"));
    assert_eq!(requirement.advice(UnitKind::County, own).hint, "");
    let hinted = catalogue.requirement("1-a2").unwrap();
    assert_eq!(hinted.advice(UnitKind::County, other).hint, "做不了的，选“不适用”。");
}
