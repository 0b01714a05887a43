//! Training: the bank as a whole, rounds, marking, the log's laws, and the schedule.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};

use fsrs::{FSRS, MemoryState};
use plan_checklist_domain::catalogue::builtin as catalogue;
use plan_checklist_domain::storage::backup;
use plan_checklist_domain::storage::log::Log;
use plan_checklist_domain::training::bank::{LESSONS, builtin, right_sides};
use plan_checklist_domain::training::marking::{mark, plain};
use plan_checklist_domain::training::memory::{LONGEST, Memory};
use plan_checklist_domain::training::round::{OF_A_KIND, QUICK};
use plan_checklist_domain::training::{
    Asked, Bank, Choice, Deed, Form, Given, Grade, Outcome, Progress, Record, Round, Scope, Topic,
};
use plan_checklist_domain::{Author, Date, Stamp, UnitKind};
use proptest::prelude::*;

const FIRST_IDS: &str = include_str!("fixtures/training_ids.txt");

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn today() -> Option<Date> {
    Some(day("2026-11-30"))
}

// The bank.

#[test]
fn the_bank_is_large_enough_and_covers_every_step() {
    let bank = builtin();
    let of = |topic| bank.questions.iter().filter(|question| question.topic == Some(topic)).count();
    assert!(bank.questions.len() >= 120, "{}", bank.questions.len());
    assert!(of(Topic::Unsaid) >= 15 && of(Topic::Case) >= 25);
    assert_eq!(bank.lessons.len(), LESSONS);
    for step in &catalogue().steps {
        assert!(bank.questions.iter().filter(|question| question.step == step.id).count() >= 5, "{}", step.id);
        assert!(bank.lessons.iter().any(|lesson| lesson.step == step.id), "no lesson of {}", step.id);
    }
}

#[test]
fn ids_that_were_released_are_still_there() {
    let ids: BTreeSet<&str> = builtin().questions.iter().map(|question| question.id.as_str()).collect();
    let lessons: BTreeSet<&str> = builtin().lessons.iter().map(|lesson| lesson.id.as_str()).collect();
    for id in FIRST_IDS.lines() {
        assert!(ids.contains(id) || lessons.contains(id), "{id} is gone, or goes by another id now");
    }
}

/// Who always takes the longest option, or always the same place as it stands in the source, should not get far.
#[test]
fn the_right_option_is_told_neither_by_its_length_nor_by_its_place() {
    let mut longest = 0;
    let mut places = [0; 5];
    let mut count = 0;
    for question in &builtin().questions {
        let (Form::Single(choices) | Form::Judge { reasons: choices, .. }) = &question.form else { continue };
        count += 1;
        let right = choices.iter().position(Choice::is_right).unwrap();
        places[right] += 1;
        let length = |choice: &Choice| choice.text.chars().count();
        longest += usize::from(
            choices.iter().enumerate().all(|(at, other)| at == right || length(other) < length(&choices[right])),
        );
    }
    assert!(longest * 100 < count * 40, "the longest is right in {longest} of {count}");
    assert!(places.iter().all(|place| place * 100 < count * 45), "{places:?} of {count}");
}

#[test]
fn statements_are_as_often_wrong_as_right() {
    let verdicts = builtin().questions.iter().filter_map(|question| match &question.form {
        Form::Judge { is_true, .. } => Some(*is_true),
        _ => None,
    });
    let verdicts: Vec<_> = verdicts.collect();
    let right = verdicts.iter().filter(|is_true| **is_true).count();
    assert!(right * 100 >= verdicts.len() * 15 && right < verdicts.len(), "{right} of {}", verdicts.len());
}

#[test]
fn what_is_no_bank_is_refused() {
    for json in ["", r#"{"questions":[{"form":"song"}]}"#, r#"{"questions":[{"form":"judge"}]}"#, r#"{"lessons":[{}]}"#]
    {
        assert!(Bank::parse(json).is_none(), "{json}");
    }
}

// Rounds.

fn nobody() -> Progress {
    Progress::of(&Log::default(), builtin(), today())
}

#[test]
fn a_seed_gives_the_same_round_everywhere() {
    let draw = |seed| Round::draw(builtin(), Scope::Quick, seed, &nobody());
    assert_eq!(draw(7), draw(7));
    assert_ne!(draw(7).asked, draw(8).asked);
    // Whatever changes here changes what a seed that was handed out gives.
    assert_eq!(draw(1).asked.len(), QUICK);
}

#[test]
fn rounds_ask_what_they_say_and_nothing_twice() {
    for seed in 0..50 {
        let draw = |scope| Round::draw(builtin(), scope, seed, &nobody());
        let distinct = |round: &Round| round.asked.iter().map(|asked| &asked.question).collect::<BTreeSet<_>>().len();
        let full = draw(Scope::Full);
        assert_eq!((full.asked.len(), distinct(&full)), (builtin().questions.len(), builtin().questions.len()));
        for step in &catalogue().steps {
            let round = draw(Scope::Step(step.id.clone()));
            assert!(round.asked.iter().all(|asked| builtin().question(&asked.question).unwrap().step == step.id));
        }
        for kind in UnitKind::ALL {
            let round = draw(Scope::Kind(kind));
            assert_eq!((round.asked.len(), distinct(&round)), (OF_A_KIND, OF_A_KIND));
            assert!(round.asked.iter().all(|asked| builtin().question(&asked.question).unwrap().concerns(kind)));
        }
        for Asked { question, order } in &full.asked {
            let mut sorted = order.clone();
            sorted.sort_unstable();
            assert!(sorted.iter().copied().eq(0..order.len()), "{question}: {order:?}");
            if let Form::Order(_) = builtin().question(question).unwrap().form {
                assert!(!order.is_sorted(), "{question} stands in order");
            }
        }
    }
    assert!(Round::draw(builtin(), Scope::Mistakes, 1, &nobody()).asked.is_empty());
}

#[test]
fn every_place_is_right_as_often_in_rounds() {
    let mut places = BTreeMap::<usize, usize>::new();
    for seed in 0..200 {
        for asked in Round::draw(builtin(), Scope::Full, seed, &nobody()).asked {
            if let Form::Single(choices) = &builtin().question(&asked.question).unwrap().form
                && choices.len() == 4
            {
                *places.entry(asked.order.iter().position(|at| choices[*at].is_right()).unwrap()).or_default() += 1;
            }
        }
    }
    let all: usize = places.values().sum();
    assert!(places.values().all(|count| (all * 23..all * 27).contains(&(count * 100))), "{places:?}");
}

#[test]
fn scopes_have_a_text() {
    let all = [Scope::Quick, Scope::Full, Scope::Mistakes, Scope::Due, Scope::Step("four-grasps".into())];
    for scope in all.into_iter().chain(UnitKind::ALL.map(Scope::Kind)) {
        assert_eq!(Scope::parse(&scope.text()), Some(scope));
    }
    assert_eq!(Scope::parse("slow"), None);
}

// Marking.

fn choices(right: &[bool]) -> Vec<Choice> {
    right
        .iter()
        .map(|is_right| Choice { text: "甲".into(), why: if *is_right { "" } else { "不对。" }.into() })
        .collect()
}

#[test]
fn partial_credit_is_as_it_is_stated() {
    let single = Form::Single(choices(&[false, true, false]));
    let multiple = Form::Multiple(choices(&[true, true, false, true, false]));
    let judge = Form::Judge { is_true: false, reasons: choices(&[false, true, false]) };
    let order = Form::Order(["一", "二", "三", "四"].map(String::from).to_vec());
    let matching = Form::Match([("甲", "一"), ("乙", "二"), ("丙", "一")].map(|(a, b)| (a.into(), b.into())).to_vec());
    let blank = Form::Blank(vec!["12月31日".into(), "年底".into()]);
    assert_eq!(right_sides(&matching), ["一", "二"]);
    let chosen = |places: &[usize]| Given::Chosen(places.to_vec());
    let judged = |is_true, reason| Given::Judged { is_true: Some(is_true), reason: Some(reason) };
    let written = |text: &str| Given::Written(text.into());
    for (form, given, points, of) in [
        (&single, chosen(&[1]), 1, 1),
        (&single, chosen(&[0]), 0, 1),
        (&single, chosen(&[0, 1]), 0, 1),
        (&single, chosen(&[9]), 0, 1),
        (&multiple, chosen(&[0, 1, 3]), 3, 3),
        (&multiple, chosen(&[0, 1]), 2, 3),
        (&multiple, chosen(&[0, 1, 2]), 1, 3),
        (&multiple, chosen(&[2, 4]), 0, 3),
        (&multiple, chosen(&[0, 1, 2, 3, 4]), 1, 3),
        (&judge, judged(false, 1), 2, 2),
        (&judge, judged(false, 0), 1, 2),
        (&judge, judged(true, 1), 0, 2),
        (&order, Given::Ordered(vec![0, 1, 2, 3]), 3, 3),
        (&order, Given::Ordered(vec![1, 2, 3, 0]), 2, 3),
        (&order, Given::Ordered(vec![3, 2, 1, 0]), 0, 3),
        (&order, Given::Ordered(vec![]), 0, 3),
        (&matching, Given::Matched(vec![Some(0), Some(1), Some(0)]), 3, 3),
        (&matching, Given::Matched(vec![Some(0), Some(0), None]), 1, 3),
        (&blank, written("年底"), 1, 1),
        (&blank, written(" １２月３１日。 "), 1, 1),
        (&blank, written("“年 底”"), 1, 1),
        (&blank, written("年初"), 0, 1),
        (&blank, chosen(&[0]), 0, 1),
    ] {
        let found = mark(form, &given);
        assert_eq!((found.points, found.of), (points, of), "{form:?} {given:?}");
    }
    assert_eq!(plain("ＧＤＰ　1，000"), "gdp1,000");
}

/// What is right by the bank gets all points, and nothing given gets none.
#[test]
fn every_question_can_be_answered_right() {
    for question in &builtin().questions {
        let form = &question.form;
        let order = Asked::draw(question, 1).order;
        assert!(!Given::nothing(form, &order).is_whole() || matches!(form, Form::Order(_)), "{}", question.id);
        let places = |choices: &[Choice]| (0..choices.len()).filter(|at| choices[*at].is_right()).collect::<Vec<_>>();
        let given = match form {
            Form::Single(options) | Form::Multiple(options) => Given::Chosen(places(options)),
            Form::Judge { is_true, reasons } => {
                Given::Judged { is_true: Some(*is_true), reason: places(reasons).first().copied() }
            }
            Form::Order(items) => Given::Ordered((0..items.len()).collect()),
            Form::Match(pairs) => Given::Matched(
                pairs.iter().map(|(_, right)| right_sides(form).iter().position(|side| side == right)).collect(),
            ),
            Form::Blank(answers) => Given::Written(answers[0].clone()),
        };
        assert!(given.is_whole());
        assert_eq!(mark(form, &given).outcome(), Outcome::Right, "{}", question.id);
    }
}

// The log.

fn deed() -> impl Strategy<Value = String> {
    let question = prop::sample::select(vec!["q-1.1-a-1", "q-1.1-a-2", "gone-1"]);
    let review = (question, 1_u8..=4, prop::sample::select(Outcome::ALL.to_vec()), 0..400_i32, 0..5_u64);
    prop_oneof![
        review.prop_map(|(question, grade, outcome, days, session)| {
            let day = Some(day("2026-01-01").add_days(days));
            let grade = Grade::of_number(grade).unwrap();
            Deed::Reviewed { question: question.into(), grade, outcome, day, session }.text()
        }),
        prop::sample::select(vec!["l l-1.1-a", "l l-gone", "n 甲", "u q-1.1-a-1 3", "z 后来的版本写的"])
            .prop_map(String::from),
    ]
}

fn log() -> impl Strategy<Value = Log> {
    let line = (0..50_u64, 0..3_u32, 1..4_u64, deed());
    prop::collection::vec(line, 0..12).prop_map(|lines| {
        let mut log = Log::default();
        for (wall, counter, author, what) in lines {
            log.add(Stamp { wall, counter, author: Author(author) }, &what);
        }
        log
    })
}

proptest! {
    #[test]
    fn merging_logs_obeys_the_laws_of_answers(a in log(), b in log(), c in log()) {
        prop_assert_eq!(a.merge(&a), a.clone());
        prop_assert_eq!(a.merge(&b), b.merge(&a));
        prop_assert_eq!(a.merge(&b).merge(&c), a.merge(&b.merge(&c)));
        prop_assert!(a.merge(&b).includes(&a) && a.merge(&b).includes(&b));
        let mut lines: Vec<_> = a.lines().chain(b.lines()).collect();
        lines.sort_unstable();
        lines.dedup();
        let both = a.merge(&b);
        prop_assert!(both.lines().eq(lines));
    }

    #[test]
    fn a_log_survives_its_record_and_its_file(log in log()) {
        prop_assert_eq!(Log::read(&log.record(3, 5)).map(|(_, read)| read), Ok(log.clone()));
        let found = backup::import(&backup::export(&[], &log, Date::new(2026, 11, 30)), u64::MAX / 2);
        if log.is_empty() {
            prop_assert_eq!(found, Err(backup::FileError::Empty));
        } else {
            let found = found.unwrap();
            prop_assert_eq!((found.training, found.losses), (log, vec![]));
        }
    }

    #[test]
    fn no_log_can_break_the_schedule(log in log(), days in 0..2000_i32) {
        let today = day("2026-01-01").add_days(days);
        let progress = Progress::of(&log, builtin(), Some(today));
        for id in ["q-1.1-a-1", "q-1.1-a-2"] {
            if let Some(card) = progress.card(id) {
                prop_assert!(card.last <= today);
                prop_assert!(today.days_until(card.due) <= i32::try_from(LONGEST).unwrap());
            }
            prop_assert!(progress.intervals(id).is_sorted());
        }
        prop_assert!(progress.card("gone-1").is_none());
        prop_assert_eq!(progress.forecast().iter().sum::<usize>() <= progress.seen(), true);
        prop_assert!(progress.retention().is_none_or(|percent| percent <= 100));
    }

    #[test]
    fn damaged_records_are_told(log in log(), at in 0_usize..400, byte in 0_u8..128) {
        let record = log.record(1, 2);
        let mut bytes = record.clone().into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        if let Ok(text) = String::from_utf8(bytes)
            && text != record
        {
            prop_assert!(Log::read(&text).is_err());
        }
    }
}

#[test]
fn what_is_no_line_is_left_out_and_what_is_unknown_stays() {
    let mut log = Log::default();
    for line in ["", "1.0.a", "1.0.a ", "x y", "1.0.a r\u{1}", &format!("1.0.a {}", "长".repeat(100))] {
        assert!(!log.insert(line), "{line}");
    }
    assert!(log.insert("1.0.a z whatever a later release says"));
    assert_eq!(Log::read(&log.record(1, 1)).unwrap().1, log);
    assert_eq!(nobody().seen(), 0);
}

// The schedule.

/// A log of one question, answered on these days.
fn reviews(days: &[(&str, Grade, Outcome, u64)]) -> Log {
    let mut log = Log::default();
    for (at, (date, grade, outcome, session)) in days.iter().enumerate() {
        let question = "q-1.1-a-1".into();
        let deed =
            Deed::Reviewed { question, grade: *grade, outcome: *outcome, day: Date::parse(date), session: *session };
        log.add(Stamp { wall: at as u64, counter: 0, author: Author(1) }, &deed.text());
    }
    log
}

fn card(days: &[(&str, Grade, Outcome, u64)], today: &str) -> plan_checklist_domain::training::progress::Card {
    Progress::of(&reviews(days), builtin(), Some(day(today))).card("q-1.1-a-1").unwrap().clone()
}

#[test]
fn the_schedule_is_that_of_the_library() {
    let library = FSRS::default();
    let mut random = plan_checklist_domain::training::random::Random::new(3);
    for _ in 0..300 {
        let mut ours: Option<Memory> = None;
        let mut theirs: Option<MemoryState> = None;
        for _ in 0..12 {
            let grade = Grade::ALL[random.below(4)];
            let days = u32::try_from(random.below(60)).unwrap() * u32::try_from(random.below(2)).unwrap();
            let next = library.next_states(theirs, 0.9, days).unwrap();
            let next = [next.again, next.hard, next.good, next.easy][usize::from(grade.number() - 1)].clone();
            let memory = ours.map_or_else(|| Memory::first(grade), |memory| memory.after(grade, days));
            let is_close = |a: f64, b: f32| (a - f64::from(b)).abs() <= 0.01 * a.abs().max(0.1);
            assert!(
                is_close(memory.stability, next.memory.stability)
                    && is_close(memory.difficulty, next.memory.difficulty),
                "{memory:?} {next:?}"
            );
            let interval = next.interval.round().clamp(1.0, 365.0);
            assert!((f64::from(memory.interval()) - f64::from(interval)).abs() <= f64::from(interval) * 0.01 + 1.0);
            (ours, theirs) = (Some(memory), Some(next.memory));
        }
    }
}

/// Who answers what is due, each day for 90 days, remembers about as much as the schedule is made for.
#[test]
fn ninety_days_of_training_keep_most_of_it() {
    let mut random = plan_checklist_domain::training::random::Random::new(11);
    let start = day("2026-01-01");
    let mut log = Log::default();
    let (mut asked, mut remembered, mut most) = (0, 0, 0);
    for offset in 0..90 {
        let today = start.add_days(offset);
        let progress = Progress::of(&log, builtin(), Some(today));
        let due: Vec<String> = progress.due().map(String::from).collect();
        most = most.max(due.len());
        let fresh = builtin().questions.iter().filter(|question| progress.card(&question.id).is_none()).take(10);
        let fresh: Vec<String> = fresh.map(|question| question.id.clone()).collect();
        for (at, id) in due.iter().chain(&fresh).enumerate() {
            let outcome = match progress.card(id) {
                Some(card) => {
                    let days = u32::try_from(card.last.days_until(today)).unwrap();
                    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is a share")]
                    let share = (card.memory.retention(days) * 1000.0) as usize;
                    asked += 1;
                    let is_right = random.below(1000) < share;
                    remembered += usize::from(is_right);
                    if is_right { Outcome::Right } else { Outcome::Wrong }
                }
                None => Outcome::Right,
            };
            let session = u64::try_from(offset).unwrap();
            let deed =
                Deed::Reviewed { question: id.clone(), grade: outcome.grade(), outcome, day: Some(today), session };
            let wall = session * 1000 + at as u64;
            log.add(Stamp { wall, counter: 0, author: Author(1) }, &deed.text());
        }
    }
    assert!(remembered * 100 > asked * 82 && remembered * 100 < asked * 96, "{remembered} of {asked}");
    assert!(most < 90, "{most} in one day");
    let progress = Progress::of(&log, builtin(), Some(start.add_days(90)));
    assert_eq!(progress.seen(), builtin().questions.len());
    assert!(progress.retention().unwrap() >= 85);
}

#[test]
fn a_clock_set_back_or_ahead_moves_no_date_by_years() {
    use Grade::Good;
    use Outcome::Right;
    let plain = card(&[("2026-11-01", Good, Right, 1), ("2026-11-10", Good, Right, 2)], "2026-11-10");
    for (wrong, word) in [("2040-01-01", "ahead"), ("1999-01-01", "back"), ("-", "unknown")] {
        let found = card(&[("2026-11-01", Good, Right, 1), (wrong, Good, Right, 2)], "2026-11-10");
        assert!(found.due <= plain.due, "{word}: {} instead of {}", found.due, plain.due);
        assert!(found.last <= day("2026-11-10"), "{word}");
        // Set right again, it goes on as if nothing had been.
        let days = [("2026-11-01", Good, Right, 1), (wrong, Good, Right, 2), ("2026-11-12", Good, Right, 3)];
        let after = card(&days, "2026-11-12");
        assert!((1..60).contains(&day("2026-11-12").days_until(after.due)), "{word}: {}", after.due);
    }
}

#[test]
fn a_mistake_leaves_after_being_right_in_two_sessions() {
    use Grade::{Again, Good};
    use Outcome::{Partly, Right, Wrong};
    let is_mistake = |days: &[(&str, Grade, Outcome, u64)]| card(days, "2026-11-30").is_mistake;
    let on = "2026-11-01";
    assert!(!is_mistake(&[(on, Good, Right, 1)]));
    assert!(is_mistake(&[(on, Again, Wrong, 1)]));
    assert!(is_mistake(&[(on, Again, Partly, 1)]));
    assert!(is_mistake(&[(on, Again, Wrong, 1), (on, Good, Right, 1), (on, Good, Right, 1)]), "one session");
    assert!(is_mistake(&[(on, Again, Wrong, 1), (on, Good, Right, 2)]));
    assert!(!is_mistake(&[(on, Again, Wrong, 1), (on, Good, Right, 2), (on, Good, Right, 3)]));
    assert!(is_mistake(&[(on, Again, Wrong, 1), (on, Good, Right, 2), (on, Again, Wrong, 3), (on, Good, Right, 4)]));
}

#[test]
fn what_was_answered_wrong_last_does_not_count_as_remembered() {
    use Grade::{Again, Good};
    use Outcome::{Right, Wrong};
    let percent = |days: &[(&str, Grade, Outcome, u64)]| {
        Progress::of(&reviews(days), builtin(), Date::parse("2026-11-01")).retention()
    };
    let on = "2026-11-01";
    assert_eq!(percent(&[]), None);
    assert_eq!(percent(&[(on, Good, Right, 1)]), Some(100));
    assert_eq!(percent(&[(on, Again, Wrong, 1)]), Some(0));
    assert_eq!(percent(&[(on, Again, Wrong, 1), (on, Good, Right, 2)]), Some(100));
}

#[test]
fn what_the_bank_no_longer_has_is_kept_aside() {
    let mut log = reviews(&[("2026-11-01", Grade::Good, Outcome::Right, 1)]);
    log.insert("9.0.1 r gone-1 3 right 2026-11-02 1");
    log.insert("9.1.1 l l-gone");
    log.insert("9.2.1 n 王 小 明");
    let progress = Progress::of(&log, builtin(), today());
    assert_eq!((progress.seen(), progress.aside, progress.read.len(), progress.name.as_str()), (1, 1, 0, "王 小 明"));
    assert_eq!(log.len(), 4);
}

#[test]
fn deeds_are_read_back() {
    let review = |day| Deed::Reviewed {
        question: "case-1".into(),
        grade: Grade::Easy,
        outcome: Outcome::Partly,
        day,
        session: 17,
    };
    for deed in [review(today()), review(None), Deed::Read("l-2.4-b".into()), Deed::Named("王 小明".into())] {
        assert_eq!(Deed::parse(&deed.text()), Some(deed));
    }
    for text in ["", "r", "r q 5 right - 1", "r q 1 maybe - 1", "r q 1 right -", "x y"] {
        assert_eq!(Deed::parse(text), None, "{text}");
    }
}

#[test]
fn an_answer_that_was_taken_back_counts_for_nothing() {
    let mut log = Log::default();
    let at = |wall| Stamp { wall, ..Stamp::default() };
    let review = |outcome: Outcome, session| Deed::Reviewed {
        question: "q-1.1-a-1".into(),
        grade: outcome.grade(),
        outcome,
        day: Some(day("2026-01-01")),
        session,
    };
    let progress = |log: &Log| Progress::of(log, builtin(), Some(day("2026-01-01")));
    log.add(at(1), &review(Outcome::Wrong, 7).text());
    assert_eq!(progress(&log).mistakes().count(), 1);
    let back = Deed::TookBack { question: "q-1.1-a-1".into(), session: 7 };
    assert_eq!(Deed::parse(&back.text()), Some(back.clone()));
    log.add(at(2), &back.text());
    assert_eq!((progress(&log).seen(), progress(&log).mistakes().count()), (0, 0));
    // Answered anew in the same round, it counts as if for the first time; and so does another round.
    log.add(at(3), &review(Outcome::Right, 7).text());
    let card = progress(&log).card("q-1.1-a-1").cloned().expect("it was answered");
    assert_eq!((card.reviews, card.outcome, card.is_mistake), (1, Outcome::Right, false));
    log.add(at(0), &review(Outcome::Wrong, 6).text());
    assert_eq!(progress(&log).card("q-1.1-a-1").map(|card| card.reviews), Some(2));
    let record = Record::of(&log, builtin(), &progress(&log));
    assert_eq!(record.rounds.iter().map(|round| round.counts.iter().sum::<usize>()).sum::<usize>(), 2);
}
