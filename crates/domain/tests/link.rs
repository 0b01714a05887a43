//! Links: what goes in comes out, whatever a chat program does to them; what is damaged is refused.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::sharing::late::Late;
use plan_checklist_domain::sharing::link::{
    Link, LinkError, Start, decode, decode_by, encode, encode_by, encode_start,
};
use plan_checklist_domain::sharing::link_order::LinkOrder;
use plan_checklist_domain::sharing::snapshot::{Snapshot, clean_unit};
use plan_checklist_domain::storage::checksum::checksum;
use plan_checklist_domain::{Date, RequirementId, Status, UnitKind};
use proptest::prelude::*;

const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const ORDER: &str = include_str!("../catalogue/link_order.txt");

/// Length and CRC-32 of the list's lines at each release; a release adds one and changes none.
const RELEASED_LINES: &[(usize, u32)] = &[(83, 0x4f03_5255)];

/// Every fixture and the CRC-32 of its bytes. Fixtures are added, never edited.
const FIXTURES: &[(&str, u32)] = &[
    ("v1-snapshot-all-done.txt", 0x3d8d_8cc0),
    ("v1-snapshot-blank.txt", 0xdbc2_1e1e),
    ("v1-snapshot-every-status.txt", 0x4772_e3d4),
    ("v1-snapshot-last-only.txt", 0x79f6_a63b),
    ("v1-snapshot-odd-year.txt", 0xd033_60a0),
    ("v1-start-named.txt", 0xc5de_ca42),
    ("v1-start-plain.txt", 0x28e6_d251),
];

fn asked(kind: UnitKind) -> Vec<RequirementId> {
    builtin().requirements_for(kind).map(|requirement| requirement.id).collect()
}

fn kind() -> impl Strategy<Value = UnitKind> {
    prop::sample::select(UnitKind::ALL.to_vec())
}

fn cycle() -> impl Strategy<Value = u16> {
    prop_oneof![4 => prop::sample::select(vec![2021, 2026, 2031]), 1 => 1950u16..2220, 1 => any::<u16>()]
}

fn unit() -> impl Strategy<Value = Option<String>> {
    prop_oneof![Just(String::new()), "某[县市区局委]{1,20}", "\\PC{0,70}", ".{0,70}"].prop_map(|name| clean_unit(&name))
}

fn snapshot() -> impl Strategy<Value = Snapshot> {
    let day = (2000..2176, 1u8..=12, 1u8..=31).prop_map(|(year, month, day)| Date::new(year, month, day));
    let statuses = prop::collection::vec(prop::sample::select(Status::ALL.to_vec()), 100);
    (kind(), cycle(), day, unit(), statuses).prop_map(|(kind, cycle, taken, unit, statuses)| {
        let mut snapshot = Snapshot::new(kind, cycle);
        (snapshot.taken, snapshot.unit) = (taken, unit);
        let looked_at = asked(kind).into_iter().zip(statuses).filter(|(_, status)| *status != Status::Unchecked);
        snapshot.statuses = looked_at.collect();
        snapshot
    })
}

/// A snapshot with every field, and a status for every requirement.
fn full(kind: UnitKind) -> Snapshot {
    let mut snapshot = Snapshot::new(kind, 2021);
    snapshot.taken = Date::new(2020, 11, 3);
    let statuses = [Status::Done, Status::InProgress, Status::NotApplicable, Status::Done, Status::NotStarted];
    snapshot.statuses = asked(kind).into_iter().zip(statuses.into_iter().cycle()).collect();
    snapshot
}

fn named(kind: UnitKind) -> Snapshot {
    Snapshot { unit: Some("××县发展改革局".into()), ..full(kind) }
}

fn shown(fragment: &str) -> Option<Snapshot> {
    match decode(builtin(), fragment) {
        Ok(Link::Snapshot(snapshot)) => Some(snapshot),
        _ => None,
    }
}

/// The first `count` ids of each kind's list, as an earlier release would have had them.
fn shortened(count: usize) -> String {
    UnitKind::ALL
        .iter()
        .flat_map(|kind| LinkOrder::of(builtin()).ids(*kind).take(count).map(|id| format!("{id} {}\n", kind.as_str())))
        .collect()
}

/// Written a second time, from the description, so that a mistake in the codec cannot hide in its own mirror.
fn forge(word: &str, version: char, fields: &[(u64, usize)]) -> String {
    let digits = |value: u64, count: usize| -> String {
        (0..count)
            .map(|at| ALPHABET.as_bytes()[(value / 64u64.pow((count - 1 - at) as u32) % 64) as usize] as char)
            .collect()
    };
    let body: String = fields.iter().map(|(value, count)| digits(*value, *count)).collect();
    let mut crc = 0xb7_04ce_u64;
    for byte in format!("{word}{version}{body}").bytes() {
        for bit in (0..8).rev() {
            let is_set = (crc >> 23 ^ u64::from(byte) >> bit) & 1 == 1;
            crc = crc << 1 & 0xff_ffff;
            if is_set {
                crc ^= 0x86_4cfb;
            }
        }
    }
    format!("{word}={version}{}{body}", digits(crc, 4))
}

/// Kind, unit follows, day, year since 1953, count.
fn head(kind: u64, unit: u64, day: u64, year: u64, count: u64) -> (u64, usize) {
    ((((kind * 2 + unit) * 65_536 + day) * 256 + year) * 512 + count, 6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_snapshot_comes_back_as_it_was(snapshot in snapshot()) {
        prop_assert_eq!(decode(builtin(), &encode(builtin(), &snapshot)), Ok(Link::Snapshot(snapshot)));
    }

    #[test]
    fn a_start_comes_back_as_it_was(cycle in any::<u16>(), unit in unit()) {
        let start = Start { cycle, unit };
        prop_assert_eq!(decode(builtin(), &encode_start(&start)), Ok(Link::Start(start)));
    }

    #[test]
    fn a_link_from_an_older_catalogue_holds_what_that_one_asked(snapshot in snapshot(), count in 0usize..90) {
        let older = shortened(count);
        let known: Vec<&str> = LinkOrder::new(&older).ids(snapshot.kind).collect();
        let (held, absent) = asked(snapshot.kind).into_iter().partition::<Vec<_>, _>(|id| known.contains(&id.as_str()));
        let mut expected = snapshot.clone();
        expected.statuses.retain(|id, _| held.contains(id));
        expected.absent = absent;
        prop_assert_eq!(decode(builtin(), &encode_by(builtin(), LinkOrder::new(&older), &snapshot)), Ok(Link::Snapshot(expected)));
    }

    #[test]
    fn a_link_from_a_newer_catalogue_shows_what_it_can_and_counts_the_rest(snapshot in snapshot(), count in 0usize..90) {
        let ours = shortened(count);
        let known: Vec<&str> = LinkOrder::new(&ours).ids(snapshot.kind).collect();
        let mut expected = snapshot.clone();
        expected.statuses.retain(|id, _| known.contains(&id.as_str()));
        expected.unknown = snapshot.statuses.len() - expected.statuses.len();
        expected.absent = asked(snapshot.kind).into_iter().filter(|id| !known.contains(&id.as_str())).collect();
        prop_assert_eq!(decode_by(builtin(), LinkOrder::new(&ours), &encode(builtin(), &snapshot)), Ok(Link::Snapshot(expected)));
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,300}", base64 in "[A-Za-z0-9_-]{0,120}") {
        prop_assert_eq!(decode(builtin(), &text), Err(LinkError::NotOurs));
        for word in ["s", "start"] {
            for payload in [&text, &base64, &format!("1{base64}"), &format!("9{base64}")] {
                let _ = decode(builtin(), &format!("{word}={payload}"));
            }
        }
    }

    #[test]
    fn what_follows_a_link_does_not_matter(snapshot in snapshot(), junk in ".{0,20}") {
        let read = shown(&format!("#{}{junk}", encode(builtin(), &snapshot))).expect("a snapshot");
        // What looks like the mark of what is late cannot be told from one that was cut off, and is said to be that.
        let may_be_mark = junk.contains(".L") || junk.contains('%');
        prop_assert!(read.late == Late::NotTold || may_be_mark && read.late == Late::Unreadable);
        prop_assert_eq!(Snapshot { late: Late::NotTold, ..read }, snapshot);
    }

    #[test]
    fn a_link_cut_off_anywhere_is_damaged(snapshot in snapshot(), at in any::<prop::sample::Index>()) {
        let fragment = encode(builtin(), &snapshot);
        let at = 2 + at.index(fragment.len() - 2);
        prop_assert_eq!(decode(builtin(), &fragment[..at]), Err(LinkError::Damaged));
    }
}

#[test]
fn eighty_statuses_fit_the_promised_length() {
    let ids: Vec<String> =
        builtin().requirements().take(80).map(|requirement| format!("{} county\n", requirement.id)).collect();
    assert_eq!(ids.len(), 80);
    let order = ids.concat();
    let payload = |snapshot: &Snapshot| encode_by(builtin(), LinkOrder::new(&order), snapshot).len() - "s=".len();
    assert_eq!(payload(&full(UnitKind::County)), 43);
    assert_eq!(payload(&Snapshot { cycle: 9999, ..full(UnitKind::County) }), 46);
    assert_eq!(payload(&named(UnitKind::County)), 66);
    for kind in UnitKind::ALL {
        let length = encode(builtin(), &full(kind)).len() - "s=".len();
        assert!(length <= 44, "{length} characters for {kind:?}");
    }
}

#[test]
fn every_changed_character_is_noticed() {
    let snapshot = named(UnitKind::County);
    for fragment in [
        encode(builtin(), &full(UnitKind::Commission)),
        encode(builtin(), &snapshot),
        encode_start(&Start { cycle: 2026, unit: snapshot.unit }),
    ] {
        let start = fragment.find('=').expect("a word and a payload") + 1;
        for at in start..fragment.len() {
            for letter in ALPHABET.chars().filter(|letter| !fragment[at..].starts_with(*letter)) {
                let changed = format!("{}{letter}{}", &fragment[..at], &fragment[at + 1..]);
                assert_eq!(decode(builtin(), &changed), Err(LinkError::Damaged), "{letter} at {at} of {fragment}");
            }
        }
        for at in start..fragment.len() - 1 {
            let (left, right) = (&fragment[at..=at], &fragment[at + 1..at + 2]);
            if left != right {
                let swapped = format!("{}{right}{left}{}", &fragment[..at], &fragment[at + 2..]);
                assert_eq!(decode(builtin(), &swapped), Err(LinkError::Damaged), "{at} of {fragment}");
            }
        }
    }
}

/// Of 16,777,216 links with something random in them, one would pass; of these few, none must.
#[test]
fn random_contents_do_not_pass() {
    let sound = encode(builtin(), &named(UnitKind::County));
    let mut seed = 1u64;
    let mut random = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize
    };
    for _ in 0..20_000 {
        let mut bytes = sound.clone().into_bytes();
        for _ in 0..4 + random() % 12 {
            let at = "s=1".len() + random() % (bytes.len() - "s=1".len());
            bytes[at] = ALPHABET.as_bytes()[random() % 64];
        }
        let changed = String::from_utf8(bytes).expect("ASCII");
        assert!(changed == sound || decode(builtin(), &changed).is_err(), "{changed}");
    }
}

#[test]
fn what_chat_programs_do_to_a_link_does_not_matter() {
    let snapshot = named(UnitKind::Department);
    let fragment = encode(builtin(), &snapshot);
    let escape = |text: &str, escaped: &str| -> String {
        text.chars()
            .map(|c| if escaped.contains(c) { format!("%{:02X}", u32::from(c)) } else { c.to_string() })
            .collect()
    };
    let everything: String = fragment.chars().collect();
    let once = escape(&fragment, &everything);
    let twice = escape(&once, "%");
    for changed in [
        format!("#{fragment}"),
        escape(&fragment, "="),
        escape(&fragment, "-_="),
        once.to_lowercase().replace("%3d", "%3D"),
        escape(&escape(&fragment, "=-_"), "%"),
        escape(&twice, ""),
        once,
    ] {
        assert_eq!(shown(&changed).as_ref(), Some(&snapshot), "{changed}");
    }
    for junk in [
        "，",
        "。",
        " ",
        "%20",
        "）",
        ")",
        "”",
        "\">",
        ">",
        "%EF%BC%8C",
        "%25EF%25BC%258C",
        "_",
        "-",
        "abc",
        "?from=timeline",
        "&x=1",
        "\u{200b}",
        "\n",
        "%",
        "%E",
        "请查收",
        "https://",
    ] {
        assert_eq!(shown(&format!("{fragment}{junk}")).as_ref(), Some(&snapshot), "{junk:?}");
    }
    assert_eq!(shown(&format!("{fragment} {}", "x".repeat(50_000_000))).as_ref(), Some(&snapshot));
}

#[test]
fn the_longest_link_escaped_twice_is_still_read() {
    let order: String = (0..600).map(|number| format!("{number} county\n")).collect();
    let longest = Snapshot { unit: clean_unit(&"县".repeat(99)), cycle: 9999, ..full(UnitKind::County) };
    let fragment = encode_by(builtin(), LinkOrder::new(&order), &longest);
    let twice: String = fragment.bytes().map(|byte| format!("%25{byte:02X}")).collect();
    assert!(twice.len() < 4096, "{}", twice.len());
    let Ok(Link::Snapshot(read)) = decode(builtin(), &twice) else { panic!("{fragment}") };
    assert_eq!((read.unit, read.cycle), (longest.unit, 9999));
}

#[test]
fn the_fragments_of_others_are_not_ours() {
    for fragment in [
        "", "#", "2.4-b", "#2.4-b", "main", "s", "#s", "start", "S=1", "sx=1", "x=1", "/s=1", "?s=1", "%", "%25",
        "%25%3D", "😀", "\u{0}s=",
    ] {
        assert_eq!(decode(builtin(), fragment), Err(LinkError::NotOurs), "{fragment:?}");
    }
}

#[test]
fn a_newer_version_is_told_from_a_damaged_one() {
    for word in ["s", "start"] {
        for version in '2'..='9' {
            let newer = forge(word, version, &[(123, 3), (456, 10)]);
            assert_eq!(decode(builtin(), &newer), Err(LinkError::Newer), "{newer}");
            assert_eq!(decode(builtin(), &format!("{newer}，请查收")), Err(LinkError::Newer));
            assert_eq!(decode(builtin(), &newer[..newer.len() - 1]), Err(LinkError::Damaged));
        }
        for version in ['0', 'A', '-', ' ', '：'] {
            assert_eq!(decode(builtin(), &forge(word, version, &[(123, 3)])), Err(LinkError::Damaged));
        }
    }
}

#[test]
fn contents_that_cannot_be_are_damage_even_under_a_valid_check() {
    let sound = [head(2, 0, 0, 68, 3), (3 * 25 + 5 + 4, 2)];
    let read = shown(&forge("s", '1', &sound)).expect("the forger knows the format");
    let expected = asked(UnitKind::County).into_iter().zip([Status::Done, Status::NotStarted, Status::NotApplicable]);
    assert_eq!((read.kind, read.cycle, read.statuses), (UnitKind::County, 2021, expected.collect::<BTreeMap<_, _>>()));

    let day = |month: u64, day: u64| (21 * 12 + month - 1) * 31 + day;
    for (fields, what) in [
        (vec![head(3, 0, 0, 68, 0)], "a fourth kind"),
        (vec![head(2, 0, day(2, 30), 68, 0)], "a 30th of February"),
        (vec![head(2, 0, day(4, 31), 68, 0)], "a 31st of April"),
        (vec![head(2, 0, 0, 68, 3), (125, 2)], "statuses beyond the last combination"),
        (vec![head(2, 0, 0, 68, 18), ((1 << 42) - 1, 7)], "a block beyond the last combination"),
        (vec![head(2, 0, 0, 68, 511), (0, 10)], "fewer statuses than counted"),
        (vec![head(2, 0, 0, 255, 0), (2021, 3)], "a year in the wrong place"),
        (vec![head(2, 0, 0, 255, 0), (65_536, 3)], "a year too large"),
        (vec![head(2, 1, 0, 68, 0)], "a unit that does not follow"),
        (vec![head(2, 1, 0, 68, 0), (61, 1)], "a unit too long"),
        (vec![head(2, 1, 0, 68, 0), (1, 1), (0xd800, 3)], "half a character"),
        (vec![head(2, 1, 0, 68, 0), (1, 1), (0x1_0000, 3)], "a character too large"),
    ] {
        assert_eq!(decode(builtin(), &forge("s", '1', &fields)), Err(LinkError::Damaged), "{what}");
    }
    assert_eq!(decode(builtin(), &forge("start", '1', &[(65_536, 3), (0, 1)])), Err(LinkError::Damaged));
}

#[test]
fn a_link_does_not_pass_for_one_of_the_other_sort() {
    let start = encode_start(&Start { cycle: 2021, unit: None });
    assert_eq!(decode(builtin(), &start.replace("start=", "s=")), Err(LinkError::Damaged));
    assert_eq!(
        decode(builtin(), &encode(builtin(), &full(UnitKind::County)).replace("s=", "start=")),
        Err(LinkError::Damaged)
    );
}

#[test]
fn a_name_that_tries_to_hide_something_is_cleaned() {
    let letters: Vec<u16> = "某\u{202e}局\u{7}".encode_utf16().collect();
    let pack = |letters: &[u16]| letters.iter().fold(0, |value, letter| value << 16 | u64::from(*letter));
    let name = [(4, 1), (pack(&letters[..3]), 8), (pack(&letters[3..]), 3)];
    let fields = [&[head(2, 1, 0, 68, 0)], &name[..]].concat();
    assert_eq!(shown(&forge("s", '1', &fields)).and_then(|snapshot| snapshot.unit).as_deref(), Some("某局"));
    let start = forge("start", '1', &[&[(2021, 3)], &name[..]].concat());
    assert_eq!(decode(builtin(), &start), Ok(Link::Start(Start { cycle: 2021, unit: Some("某局".into()) })));
}

#[test]
fn a_day_no_clock_should_show_is_left_out() {
    for (year, expected) in [(1970, None), (1999, None), (2999, None), (2176, None), (2175, Date::new(2175, 12, 31))] {
        let snapshot = Snapshot { taken: Date::new(year, 12, 31), ..full(UnitKind::County) };
        assert_eq!(shown(&encode(builtin(), &snapshot)).expect("it is sound").taken, expected);
    }
}

#[test]
fn renamed_and_retired_requirements_are_followed_and_counted() {
    let [first, second, ..] = asked(UnitKind::County)[..] else { panic!("there are more than two") };
    let theirs = format!("{first} county\n{second} county\n3.9-x county\n");
    let ours = format!("0.9-x county\n{second} county\n3.9-x county\n0.9-x -> {first}\n");
    let mut snapshot = Snapshot::new(UnitKind::County, 2021);
    snapshot.statuses = [(first, Status::Done), (second, Status::NotStarted)].into_iter().collect();
    let fragment = encode_by(builtin(), LinkOrder::new(&theirs), &snapshot);
    let Ok(Link::Snapshot(read)) = decode_by(builtin(), LinkOrder::new(&ours), &fragment) else { panic!("{fragment}") };
    assert_eq!((&read.statuses, read.unknown), (&snapshot.statuses, 0));
    assert_eq!(encode_by(builtin(), LinkOrder::new(&ours), &read), fragment);

    let retired = forge("s", '1', &[head(2, 0, 0, 68, 3), (3 * 25 + 5 + 4, 2)]);
    let Ok(Link::Snapshot(read)) = decode_by(builtin(), LinkOrder::new(&ours), &retired) else { panic!("{retired}") };
    assert_eq!((read.statuses.len(), read.unknown), (2, 1));
}

#[test]
fn two_requirements_that_became_one_keep_the_first_that_was_looked_at() {
    let [first, ..] = asked(UnitKind::County)[..] else { panic!("there are some") };
    let order = format!("8.8-x county\n9.9-x county\n8.8-x -> {first}\n9.9-x -> {first}\n");
    for (digits, expected) in [(3, Status::Done), (2 * 5 + 3, Status::InProgress)] {
        let fragment = forge("s", '1', &[head(2, 0, 0, 68, 2), (digits, 1)]);
        let Ok(Link::Snapshot(read)) = decode_by(builtin(), LinkOrder::new(&order), &fragment) else {
            panic!("{fragment}")
        };
        assert_eq!((read.status(first), read.unknown), (expected, 0));
    }
}

#[test]
fn a_released_line_of_the_order_is_never_changed() {
    let lines: Vec<&str> = ORDER.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    for (count, sum) in RELEASED_LINES {
        let released = lines.get(..*count).expect("a line was removed").join("\n");
        assert_eq!(
            checksum(&[released.as_bytes()]),
            *sum,
            "one of the first {count} lines was changed: {:#x}",
            checksum(&[released.as_bytes()])
        );
    }
}

#[test]
fn no_fixture_was_edited() {
    let sums: Vec<(String, u32)> =
        fixtures().iter().map(|path| (name(path), checksum(&[&fs::read(path).expect("readable")]))).collect();
    let expected: Vec<(String, u32)> = FIXTURES.iter().map(|(name, sum)| ((*name).to_owned(), *sum)).collect();
    assert_eq!(sums, expected, "{sums:#x?}");
}

/// A fixture says what its link means in lines of `field: value`; what became of a requirement later is no fault of its.
#[test]
fn every_link_ever_released_still_opens() {
    for path in fixtures() {
        let text = fs::read_to_string(&path).expect("readable");
        let fields: BTreeMap<&str, &str> = text.lines().filter_map(|line| line.split_once(": ")).collect();
        let (unit, cycle) =
            (fields.get("unit").map(|unit| (*unit).to_owned()), fields["cycle"].parse().expect("a year"));
        let snapshot = match decode(builtin(), fields["fragment"]) {
            Ok(Link::Start(start)) => {
                assert_eq!(start, Start { cycle, unit }, "{}", name(&path));
                continue;
            }
            Ok(Link::Snapshot(snapshot)) => snapshot,
            Err(error) => panic!("{}: {error:?}", name(&path)),
        };
        let (kind, taken) = (UnitKind::parse(fields["kind"]), fields.get("taken").and_then(|day| Date::parse(day)));
        assert_eq!((Some(snapshot.kind), snapshot.cycle, snapshot.taken, &snapshot.unit), (kind, cycle, taken, &unit));
        let mut unknown = 0;
        let mut statuses = BTreeMap::new();
        for status in Status::ALL {
            for id in fields.get(status.as_str()).copied().unwrap_or_default().split_whitespace() {
                match builtin().requirement(LinkOrder::of(builtin()).renamed(id)) {
                    Some(today) if today.role(snapshot.kind).is_some() => {
                        statuses.entry(today.id).or_insert(status);
                    }
                    _ => unknown += 1,
                }
            }
        }
        assert_eq!((snapshot.statuses, snapshot.unknown), (statuses, unknown), "{}", name(&path));
    }
}

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/link");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> String {
    path.file_name().expect("a file").to_string_lossy().into_owned()
}
