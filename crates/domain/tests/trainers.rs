//! What trainers hand out and get back: links to a round, result codes, pasted lists.

#![expect(clippy::unwrap_used, reason = "tests")]

use plan_checklist_domain::UnitKind;
use plan_checklist_domain::catalogue::builtin as catalogue;
use plan_checklist_domain::sharing::link::LinkError;
use plan_checklist_domain::training::assignment::{Assignment, BankVersion};
use plan_checklist_domain::training::bank::{Bank, builtin};
use plan_checklist_domain::training::class::{Class, Fault, LINE_LIMIT, ListFault, Results};
use plan_checklist_domain::training::marking::most;
use plan_checklist_domain::training::result_code::{CodeError, ResultCode};
use plan_checklist_domain::training::{Mark, Outcome, Question, Round, Scope};
use proptest::prelude::*;

const LETTERS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Every link that a release made must open for ever.
const LINKS: &str = include_str!("fixtures/v1-rounds.txt");
/// And every code.
const CODES: &str = include_str!("fixtures/v1-result-codes.txt");

/// The bank of this release, to change something in.
fn bank() -> Bank {
    Bank::parse(include_str!(concat!(env!("OUT_DIR"), "/training.json"))).unwrap()
}

fn scopes() -> Vec<Scope> {
    let steps = catalogue().steps.iter().map(|step| Scope::Step(step.id.clone()));
    steps.chain(UnitKind::ALL.map(Scope::Kind)).chain([Scope::Quick, Scope::Full]).collect()
}

fn scope() -> impl Strategy<Value = Scope> {
    prop::sample::select(scopes())
}

fn draw(scope: Scope, count: usize, seed: u64) -> Assignment {
    Assignment::draw(builtin(), scope, count, seed).unwrap()
}

fn round(scope: Scope, count: usize, seed: u64) -> Round {
    draw(scope, count, seed).round(builtin()).unwrap()
}

// Links.

#[test]
fn a_link_is_short_and_says_the_same_to_everybody() {
    for scope in scopes() {
        for count in [1, 10, 20, 50, 500] {
            let one = draw(scope.clone(), count, 7);
            assert_eq!(one.count(), count.min(scope.pool(builtin()).len()));
            let fragment = one.encode();
            assert!(fragment.len() <= 100, "{} {fragment}", fragment.len());
            let other = Assignment::decode(&fragment).unwrap();
            assert_eq!(other, one);
            let (round, again) = (one.round(builtin()).unwrap(), other.round(builtin()).unwrap());
            assert_eq!(round, again);
            let mut ids: Vec<_> = round.asked.iter().map(|asked| &asked.question).collect();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), one.count());
        }
    }
    assert_ne!(round(Scope::Quick, 10, 7).asked, round(Scope::Quick, 10, 8).asked);
}

#[test]
fn rounds_that_depend_on_who_asks_are_not_set() {
    for scope in [Scope::Mistakes, Scope::Due, Scope::Step("none".into())] {
        assert_eq!(Assignment::draw(builtin(), scope, 10, 1), None);
    }
    assert_eq!(Assignment::draw(builtin(), Scope::Full, 0, 1), None);
}

#[test]
fn a_unit_is_first_asked_what_is_for_units_of_its_kind() {
    for kind in UnitKind::ALL {
        let own = builtin().questions.iter().filter(|it| !it.kinds.is_empty() && it.concerns(kind)).count();
        let round = round(Scope::Kind(kind), 20, 3);
        let asked = round.asked.iter().filter(|asked| !builtin().question(&asked.question).unwrap().kinds.is_empty());
        assert_eq!(asked.count(), own.min(20), "{kind:?}");
    }
}

#[test]
fn a_bank_that_changed_asks_the_same_as_long_as_it_has_all_of_it() {
    let one = draw(Scope::Quick, 10, 7);
    assert_eq!(one.bank, BankVersion::of(builtin()));
    let before = one.round(builtin()).unwrap();
    let is_asked = |question: &Question| before.asked.iter().any(|asked| asked.question == question.id);

    let mut smaller = bank();
    let at = smaller.questions.iter().position(|question| !is_asked(question)).unwrap();
    smaller.questions.remove(at);
    smaller.questions.rotate_left(17);
    assert_ne!(BankVersion::of(&smaller), one.bank);
    assert_eq!((one.missing(&smaller), one.round(&smaller)), (0, Some(before.clone())));

    let at = smaller.questions.iter().position(is_asked).unwrap();
    smaller.questions.remove(at);
    assert_eq!((one.missing(&smaller), one.round(&smaller)), (1, None));
}

#[test]
fn the_version_of_a_bank_is_six_digits_and_tells_wordings_apart() {
    let version = BankVersion::of(builtin());
    assert!(version.text().len() == 6 && version.text().bytes().all(|digit| digit.is_ascii_digit()));
    let mut other = bank();
    assert_eq!(BankVersion::of(&other), version);
    other.questions[0].explanation.push('。');
    assert_eq!(BankVersion::of(&other), version, "an explanation asks nothing");
    other.questions[0].stem.push('？');
    assert_ne!(BankVersion::of(&other), version);
}

#[test]
fn links_of_every_release_open() {
    for line in LINKS.lines() {
        let (fragment, questions) = line.split_once(' ').unwrap();
        let assignment = Assignment::decode(fragment).unwrap_or_else(|error| panic!("{fragment}: {error:?}"));
        let round = assignment.round(builtin()).unwrap();
        let ids: Vec<_> = round.asked.iter().map(|asked| asked.question.as_str()).collect();
        assert_eq!(ids.join(","), questions);
    }
}

#[test]
fn what_is_no_link_to_a_round_is_refused() {
    let sound = draw(Scope::Quick, 10, 7).encode();
    for other in ["", "round", "main", "s=1AAAA", "start=1AAAAAAA", "<script>", "张三", "%", "%E5"] {
        assert_eq!(Assignment::decode(other), Err(LinkError::NotOurs), "{other}");
    }
    for other in ["round=", "round=1", "round=1AAAA", "round=x", "round=张三", &sound[..sound.len() - 1]] {
        assert_eq!(Assignment::decode(other), Err(LinkError::Damaged), "{other}");
    }
    // Of a later release that has more questions than this one.
    let mut newer = draw(Scope::Quick, 10, 7).encode();
    newer.replace_range(6..7, "2");
    assert_eq!(Assignment::decode(&newer), Err(LinkError::Damaged), "the check is of another version");
    // Chat programs escape and append.
    for spoilt in [format!("#{sound}"), sound.replace('=', "%3D"), format!("{sound}。"), format!("{sound} 收到")] {
        assert!(Assignment::decode(&spoilt).is_ok(), "{spoilt}");
    }
}

proptest! {
    #[test]
    fn any_round_comes_back(scope in scope(), count in 1_usize..220, seed in any::<u64>()) {
        let one = draw(scope, count, seed);
        prop_assert_eq!(Assignment::decode(&one.encode()), Ok(one));
    }

    #[test]
    fn any_fragment_is_read_or_refused(text in "(round=)?1?.{0,80}") {
        if let Ok(assignment) = Assignment::decode(&text) {
            let _ = assignment.round(builtin());
        }
    }

    #[test]
    fn a_changed_letter_is_noticed(scope in scope(), seed in any::<u64>(), at in any::<prop::sample::Index>(), letter in "[A-Za-z0-9_-]") {
        let sound = draw(scope, 10, seed).encode();
        let at = 6 + at.index(sound.len() - 6);
        let mut changed = sound.clone();
        changed.replace_range(at..=at, &letter);
        if changed != sound {
            prop_assert!(Assignment::decode(&changed).is_err());
        }
    }
}

// Result codes.

fn marks(round: &Round, chosen: &[u8]) -> Vec<Mark> {
    let of = |id: &str| most(&builtin().question(id).unwrap().form);
    let marks = round.asked.iter().zip(chosen).map(|(asked, chosen)| {
        let of = of(&asked.question);
        Mark { points: usize::from(*chosen) % (of + 1), of }
    });
    marks.collect()
}

fn result(round: &Round, chosen: &[u8]) -> ResultCode {
    ResultCode::of(builtin(), round, &marks(round, chosen))
}

#[test]
fn codes_are_as_long_as_is_said() {
    for (count, letters) in [(10, 16), (20, 19), (30, 22), (50, 29), (210, 82)] {
        let round = round(Scope::Full, count, 5);
        let code = result(&round, &[9; 210]).encode().unwrap();
        let plain: String = code.chars().filter(|letter| *letter != '-').collect();
        assert_eq!(plain.len(), letters, "{count} questions: {code}");
        assert!(plain.chars().all(|letter| LETTERS.contains(letter)));
        assert!(code.split('-').all(|group| group.len() <= 4));
    }
}

/// Two letters hold them all; a bank that outgrows this needs another version.
#[test]
fn all_points_of_the_bank_fit() {
    let points: usize = builtin().questions.iter().map(|question| most(&question.form)).sum();
    assert!(points < 1024, "{points}");
}

#[test]
fn every_typo_and_every_swap_of_neighbours_is_noticed() {
    for (count, seed) in [(1, 1), (2, 2), (10, 3), (20, 4), (210, 5)] {
        let round = round(Scope::Full, count, seed);
        let chosen: Vec<u8> = (0..210).map(|at| at % 5).collect();
        let code = result(&round, &chosen).encode().unwrap();
        let plain: Vec<char> = code.chars().filter(|letter| *letter != '-').collect();
        let read = |letters: &[char]| ResultCode::read(&letters.iter().collect::<String>());
        assert!(read(&plain).is_ok());
        for at in 0..plain.len() {
            for letter in LETTERS.chars().chain(['U', '?', '字']).filter(|letter| *letter != plain[at]) {
                let mut typo = plain.clone();
                typo[at] = letter;
                assert!(read(&typo).is_err(), "{letter} for {at} of {code}");
            }
            let mut left_out = plain.clone();
            left_out.remove(at);
            assert!(read(&left_out).is_err(), "{at} left out of {code}");
            let mut twice = plain.clone();
            twice.insert(at, plain[at]);
            assert!(read(&twice).is_err(), "{at} twice in {code}");
            if at > 0 && plain[at] != plain[at - 1] {
                let mut swapped = plain.clone();
                swapped.swap(at, at - 1);
                assert!(read(&swapped).is_err(), "{at} swapped in {code}");
            }
        }
    }
}

#[test]
fn what_looks_alike_is_the_same() {
    let round = round(Scope::Quick, 10, 7);
    let result = result(&round, &[1, 0, 2, 1, 3, 0, 1, 1, 2, 1]);
    let code = result.encode().unwrap();
    let wide = |text: &str| -> String {
        text.chars().map(|letter| char::from_u32(u32::from(letter) + 0xfee0).unwrap_or(letter)).collect()
    };
    let misread = code.replace('0', "O").replacen('1', "l", 1).replace('1', "I");
    for same in [
        code.to_lowercase(),
        code.replace('-', " "),
        code.replace('-', ""),
        code.replace('-', "—"),
        misread,
        wide(&code),
        format!("\u{200b} {code}\u{feff}"),
    ] {
        assert_eq!(ResultCode::read(&same), Ok(result.clone()), "{same}");
    }
}

#[test]
fn codes_of_every_release_are_read() {
    for line in CODES.lines() {
        let (code, what) = line.split_once(' ').unwrap();
        let result = ResultCode::read(code).unwrap_or_else(|error| panic!("{code}: {error:?}"));
        let outcomes: String = result.outcomes.iter().map(|outcome| &outcome.as_str()[..1]).collect();
        assert_eq!(format!("{} {outcomes} {}", result.round, result.points), what);
    }
}

#[test]
fn what_is_no_code_is_refused() {
    for other in ["", "1", "-", "张三", "\u{202e}", "1AAA-AAAA", "🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂", &"Z".repeat(500)]
    {
        assert_eq!(ResultCode::read(other), Err(CodeError::Mistyped), "{other}");
    }
    // Of a later version, with a check that is right.
    assert_eq!(ResultCode::read(&later()), Err(CodeError::Newer));
}

/// A code that begins with 2 and has a right check.
fn later() -> String {
    let all: Vec<char> = LETTERS.chars().collect();
    let codes = (0..1 << 15)
        .map(|check: usize| format!("2AAA-BBBB-CC{}{}{}", all[check >> 10], all[check >> 5 & 31], all[check & 31]));
    codes.into_iter().find(|code| ResultCode::read(code) == Err(CodeError::Newer)).unwrap()
}

proptest! {
    #[test]
    fn any_result_comes_back(scope in scope(), count in 1_usize..220, seed in any::<u64>(), chosen in prop::collection::vec(any::<u8>(), 0..210)) {
        let round = round(scope, count, seed);
        let result = result(&round, &chosen);
        prop_assert!(result.fits(builtin(), &round));
        let code = result.encode().unwrap();
        prop_assert_eq!(ResultCode::read(&code), Ok(result.clone()));
        prop_assert_eq!(ResultCode::read_all(&format!("{code} {code}")), Ok(vec![result.clone(), result]));
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,60}") {
        let _ = ResultCode::read(&text);
        let _ = ResultCode::read_all(&text);
    }

    #[test]
    fn any_lists_are_read(names in ".{0,80}(\n.{0,20}){0,6}", results in ".{0,80}(\n.{0,40}){0,6}") {
        let class = Class::parse(&names);
        let round = round(Scope::Quick, 10, 7);
        let results = Results::read(&class, builtin(), &round, &results);
        prop_assert!(results.handed.is_empty());
        prop_assert_eq!(results.items(&round).len(), 10);
    }
}

// Lists.

#[test]
fn a_list_of_names_is_read_as_people_paste_it() {
    for (text, expected) in [
        ("张三\n李四\r\n\n  王五  ", vec!["张三", "李四", "王五"]),
        ("姓名\n张　三\n李 四", vec!["张三", "李四"]),
        ("序号\t姓名\t单位\n", vec!["序号"]),
        ("1\t张三\t发改局\n2\t李四\t统计局", vec!["张三", "李四"]),
        ("1. 张三\n2、李四\n（3）王五", vec!["张三", "李四", "（3）王五"]),
        ("Li Lei\n学员1\n7", vec!["Li Lei", "学员1", "7"]),
        ("\u{202e}张\u{200b}三\n🙂\n、", vec!["张三", "🙂"]),
    ] {
        assert_eq!(Class::parse(text).names, expected, "{text:?}");
    }
    let class = Class::parse(&format!("张三\n张 三\n{}\n李四", "长".repeat(200)));
    assert_eq!(class.names, ["张三", "李四"]);
    assert_eq!(class.faults, [ListFault::Twice("张三".into()), ListFault::TooLong(3)]);
    let many: String = (0..LINE_LIMIT + 5).map(|number| format!("学员{number}\n")).collect();
    let class = Class::parse(&many);
    assert_eq!((class.names.len(), class.faults), (LINE_LIMIT, vec![ListFault::TooMany(LINE_LIMIT + 1)]));
}

struct Handout {
    class: Class,
    round: Round,
}

impl Handout {
    fn new(names: &str) -> Self {
        Self { class: Class::parse(names), round: round(Scope::Quick, 10, 7) }
    }

    fn code(&self, chosen: &[u8]) -> String {
        result(&self.round, chosen).encode().unwrap()
    }

    fn read(&self, text: &str) -> Results {
        Results::read(&self.class, builtin(), &self.round, text)
    }

    /// Who handed in how many points.
    fn points(&self, text: &str) -> Vec<(String, usize)> {
        self.read(text).handed.into_iter().map(|handed| (handed.name, handed.result.points)).collect()
    }
}

#[test]
fn results_are_read_as_people_send_them() {
    let it = Handout::new("张三\n张三丰\n学员1\n学员11\n学员A\nLi Lei\n李四");
    let code = it.code(&[9; 10]);
    let points = ResultCode::read(&code).unwrap().points;
    let (plain, low, spaced) = (code.replace('-', ""), code.to_lowercase(), code.replace('-', " "));
    let wide: String = code.chars().map(|letter| char::from_u32(u32::from(letter) + 0xfee0).unwrap()).collect();
    for (line, name) in [
        (format!("张三 {code}"), "张三"),
        (format!("{code}\t张三"), "张三"),
        (format!("张三：{plain}。"), "张三"),
        (format!("张三{code}"), "张三"),
        (format!("{plain}张三"), "张三"),
        (format!("  张　三，{low}"), "张三"),
        (format!("张三的成绩码是 {spaced}"), "张三"),
        (format!("张三丰 {wide}"), "张三丰"),
        (format!("学员1 {plain}"), "学员1"),
        (format!("学员11 {code}"), "学员11"),
        (format!("学员1{plain}"), "学员1"),
        (format!("学员A{plain}"), "学员A"),
        (format!("学员ａ　{code}"), "学员A"),
        (format!("li lei {code}"), "Li Lei"),
        (format!("{code} LiLei"), "Li Lei"),
        (format!("李四:\n{code}"), "李四"),
        (format!("李四\n\n{code}\n"), "李四"),
        (format!("\u{202e}李四\u{200b} {code}"), "李四"),
    ] {
        let results = it.read(&line);
        let handed: Vec<_> = results.handed.iter().map(|handed| (handed.name.as_str(), handed.result.points)).collect();
        assert_eq!((handed, results.faults), (vec![(name, points)], vec![]), "{line:?}");
    }
}

#[test]
fn without_a_list_everybody_counts() {
    let it = Handout::new("");
    let code = it.code(&[9; 10]);
    for (line, name) in [
        (format!("王五 {code}"), "王五"),
        (format!("学员X {code}"), "学员X"),
        (format!("{} 学员X", code.replace('-', " ")), "学员X"),
        (format!("Han Meimei {code}"), "HanMeimei"),
    ] {
        let handed: Vec<_> = it.points(&line).into_iter().map(|(name, _)| name).collect();
        assert_eq!(handed, [name], "{line:?}");
    }
}

#[test]
fn what_is_wrong_is_said_of_whom_and_where() {
    let it = Handout::new("张三\n李四\n王五");
    let (sound, other) = (it.code(&[1; 10]), it.code(&[0; 10]));
    let mut typo = sound.clone();
    typo.replace_range(8..9, if &sound[8..9] == "7" { "8" } else { "7" });
    let cut = &sound[..sound.len() - 3];
    let foreign = result(&round(Scope::Quick, 10, 8), &[1; 10]).encode().unwrap();
    let points = |code: &str| ResultCode::read(code).unwrap().points;
    let named = String::from;
    for (text, expected) in [
        (format!("张三 {typo}"), Fault::Mistyped(named("张三"))),
        (format!("李四 {cut}"), Fault::Mistyped(named("李四"))),
        (format!("王五 {foreign}"), Fault::OtherRound(named("王五"))),
        (format!("张三 {}", later()), Fault::Newer(named("张三"))),
        (format!("赵六 {sound}"), Fault::Unknown(named("赵六"))),
        (format!("张三丰 {sound}"), Fault::Unknown(named("张三丰"))),
        (sound.clone(), Fault::Nameless),
        (named("张三"), Fault::Codeless(named("张三"))),
        (named("请大家今天交"), Fault::Codeless(named("请大家今天交"))),
    ] {
        let results = it.read(&text);
        assert_eq!((results.handed.len(), results.faults), (0, vec![(1, expected)]), "{text}");
    }
    // The first counts; the same again says nothing.
    let twice = Fault::Twice { name: named("张三"), counts: points(&sound), other: points(&other) };
    for text in [format!("张三 {sound}\n张三 {sound}\n张三 {other}"), format!("张三 {sound} {other}")] {
        let results = it.read(&text);
        let line = text.lines().count();
        assert_eq!((results.handed.len(), results.faults), (1, vec![(line, twice.clone())]));
    }
    // One that is wrong keeps no other from counting.
    assert_eq!(it.points(&format!("张三 {typo}\n李四 {sound}\n赵六 {sound}\n王五 {sound}")).len(), 2);
}

/// A code with a right check that claims what such a round cannot come to.
#[test]
fn a_code_of_this_round_that_cannot_be_is_refused() {
    let it = Handout::new("张三");
    let sound = result(&it.round, &[9; 10]);
    let more = ResultCode { points: 500, ..sound.clone() };
    let longer = ResultCode { outcomes: vec![Outcome::Wrong; 11], points: 0, ..sound.clone() };
    for wrong in [more, longer] {
        let results = it.read(&format!("张三 {}", wrong.encode().unwrap()));
        assert_eq!(results.faults, [(1, Fault::Mistyped("张三".into()))]);
    }
}

#[test]
fn what_most_got_wrong_comes_first() {
    let it = Handout::new("张三\n李四\n王五\n赵六");
    let mut wrong_fourth = [9; 10];
    let most = |at: usize| u8::try_from(most(&builtin().question(&it.round.asked[at].question).unwrap().form)).unwrap();
    let right: Vec<u8> = (0..10).map(most).collect();
    wrong_fourth.copy_from_slice(&right);
    wrong_fourth[3] = 0;
    let mut wrong_two = wrong_fourth;
    wrong_two[7] = 0;
    let text = format!("张三 {}\n李四 {}\n王五 {}", it.code(&wrong_fourth), it.code(&wrong_two), it.code(&right[..5]));
    let results = it.read(&text);
    assert_eq!(results.faults, []);
    let items = results.items(&it.round);
    let first: Vec<_> = items.iter().take(2).map(|item| (item.number, item.counts)).collect();
    assert_eq!(first, [(4, [1, 0, 2]), (8, [1, 0, 1])]);
    assert_eq!((items[0].missed_per_cent(), items[1].missed_per_cent(), items[9].missed_per_cent()), (66, 50, 0));
    assert_eq!(it.class.missing(&results).collect::<Vec<_>>(), ["赵六"]);
    let text = results.text("测试", &it.class, builtin(), &it.round);
    assert!(text.starts_with("测试\n已交 3 人，共 4 人；没有交的：赵六。\n"), "{text}");
    let row = text.lines().find(|line| line.starts_with("王五\t")).unwrap();
    assert!(row.ends_with("\t5\t0\t0\t5"), "{row}");
}

#[test]
fn five_hundred_are_read() {
    let names: String = (0..500).map(|number| format!("学员{number}\n")).collect();
    let it = Handout::new(&names);
    let results: String =
        (0..500_u16).map(|number| format!("{}\t学员{number}\n", it.code(&[(number % 5) as u8; 10]))).collect();
    let results = it.read(&results);
    assert_eq!((results.handed.len(), results.faults.len()), (500, 0));
}
