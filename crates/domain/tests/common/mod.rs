//! What the property tests share: workbooks anybody could have filled in.

#![allow(dead_code, unreachable_pub, reason = "each test binary uses some of it")]

pub mod simulated;

use plan_checklist_domain::RequirementId;
use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::workbook::stamp::Clock;
use plan_checklist_domain::workbook::update::{EntryValue, update};
use plan_checklist_domain::{
    Author, Cycle, Date, EntryId, List, Msg, OwnDate, Stamp, Status, UnitKind, Workbook, WorkbookId,
};
use proptest::prelude::*;

pub const ID: WorkbookId = WorkbookId(0x0123_4567_89ab_cdef);

pub fn kind() -> impl Strategy<Value = UnitKind> {
    prop::sample::select(UnitKind::ALL.to_vec())
}

pub fn requirement() -> impl Strategy<Value = RequirementId> {
    prop::sample::select(builtin().requirements().map(|requirement| requirement.id).collect::<Vec<_>>())
}

/// One of few, so that writes meet.
pub fn busy_requirement() -> impl Strategy<Value = RequirementId> {
    prop::sample::select(builtin().requirements().map(|requirement| requirement.id).take(3).collect::<Vec<_>>())
}

pub fn status() -> impl Strategy<Value = Status> {
    prop::sample::select(Status::ALL.to_vec())
}

/// Emoji, right-to-left, control characters, blanks, nothing.
pub fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,12}",
        ".{0,12}",
        Just(String::new()),
        Just("  ".into()),
        Just("规划\u{202e}纲要🗂\u{0}\"\\".into())
    ]
}

pub fn date() -> impl Strategy<Value = Option<Date>> {
    prop::option::of(
        (2015..2036, 1u8..=12, 1u8..=28).prop_map(|(y, m, d)| Date::new(y, m, d).expect("days to 28 exist")),
    )
}

/// A message, the entry it is about given by its place.
#[derive(Debug, Clone)]
pub enum Deed {
    Msg(Msg),
    Write(List, usize, EntryValue),
    Remove(List, usize),
}

impl Deed {
    /// The message, for a workbook as it is now; `None` where it has no such entry.
    pub fn msg(self, workbook: &Workbook) -> Option<Msg> {
        let entry = |list, at| -> Option<EntryId> {
            match list {
                List::Evidence(id) => workbook.answer(id).evidence().nth(at).map(|(entry, _)| entry),
                List::Milestones => workbook.milestones(builtin()).nth(at).map(|(entry, _)| entry),
                List::Plans => workbook.plans().nth(at).map(|(entry, _)| entry),
                List::OwnRequirements => workbook.own_requirements().nth(at).map(|own| own.entry),
            }
        };
        match self {
            Self::Msg(msg) => Some(msg),
            Self::Write(list, at, field) => Some(Msg::EntryWritten(list, entry(list, at)?, field)),
            Self::Remove(list, at) => Some(Msg::EntryRemoved(list, entry(list, at)?, true)),
        }
    }
}

pub fn deed_on(requirement: impl Strategy<Value = RequirementId> + Clone + 'static) -> impl Strategy<Value = Deed> {
    let r = {
        let requirement = requirement.clone();
        move || requirement.clone()
    };
    let field = prop_oneof![
        3 => text().prop_map(EntryValue::What),
        1 => text().prop_map(EntryValue::Reference),
        1 => text().prop_map(EntryValue::Place),
        1 => date().prop_map(EntryValue::Date),
    ];
    let list = move || {
        let evidence = requirement.clone().prop_map(List::Evidence);
        prop_oneof![4 => evidence, 1 => Just(List::Milestones), 1 => Just(List::OwnRequirements), 1 => Just(List::Plans)]
    };
    let own = prop::sample::select(OwnDate::ALL.to_vec());
    prop_oneof![
        1 => (2015u16..2040).prop_map(|year| Deed::Msg(Msg::CycleChosen(Cycle(year)))),
        1 => text().prop_map(|name| Deed::Msg(Msg::UnitNamed(name))),
        1 => text().prop_map(|name| Deed::Msg(Msg::FillerNamed(name))),
        8 => (r(), status()).prop_map(|(id, status)| Deed::Msg(Msg::Answered(id, status))),
        2 => (r(), text()).prop_map(|(id, note)| Deed::Msg(Msg::NoteWritten(id, note))),
        3 => (r(), text()).prop_map(|(id, reason)| Deed::Msg(Msg::ReasonGiven(id, reason))),
        1 => (r(), text()).prop_map(|(id, owner)| Deed::Msg(Msg::OwnerNamed(id, owner))),
        2 => (r(), date()).prop_map(|(id, due)| Deed::Msg(Msg::DueSet(id, due))),
        1 => (own, date()).prop_map(|(which, date)| Deed::Msg(Msg::OwnDateSet(which, date))),
        1 => (r(), text()).prop_map(|(id, problem)| Deed::Msg(Msg::ProblemWritten(id, problem))),
        1 => (r(), text()).prop_map(|(id, measure)| Deed::Msg(Msg::MeasureWritten(id, measure))),
        4 => (r(), 0u8..12, any::<bool>()).prop_map(|(id, point, is_met)| Deed::Msg(Msg::PointTicked(id, point, is_met))),
        4 => (list(), text()).prop_map(|(list, what)| Deed::Msg(Msg::EntryAdded(list, what))),
        6 => (list(), 0usize..3, field).prop_map(|(list, at, field)| Deed::Write(list, at, field)),
        1 => (list(), 0usize..3).prop_map(|(list, at)| Deed::Remove(list, at)),
    ]
}

/// One of few.
pub fn cycle() -> impl Strategy<Value = Cycle> {
    prop::sample::select(vec![Cycle(2021), Cycle(2026), Cycle(2031)])
}

pub fn deed() -> impl Strategy<Value = Deed> {
    deed_on(requirement().boxed())
}

pub fn at(wall: u64, author: u64) -> Stamp {
    Stamp { wall, counter: 0, author: Author(author) }
}

/// Does these deeds one after the other, as the page of this author.
pub fn done(workbook: Workbook, author: u64, deeds: Vec<Deed>) -> Workbook {
    let mut clock = Clock::new(Author(author));
    clock.observe(workbook.latest());
    deeds.into_iter().fold(workbook, |workbook, deed| match deed.msg(&workbook) {
        Some(msg) => update(&workbook, msg, clock.tick(1000 * author)),
        None => workbook,
    })
}

pub fn workbook() -> impl Strategy<Value = Workbook> {
    (kind(), prop::collection::vec(deed(), 0..120)).prop_map(|(kind, deeds)| done(Workbook::new(ID, kind), 1, deeds))
}

/// Copies of one workbook, each worked on by a page of its own.
pub fn copies() -> impl Strategy<Value = [Workbook; 3]> {
    let deeds = || prop::collection::vec(deed_on(busy_requirement().boxed()), 0..25);
    let cycles = || [cycle(), cycle(), cycle()];
    (kind(), prop_oneof![1 => Just(Vec::new()), 3 => deeds()], [deeds(), deeds(), deeds()], cycles()).prop_map(
        |(kind, common, own, assumed)| {
            let common = done(Workbook::new(ID, kind), 1, common);
            let mut author = 1;
            let mut assumed = assumed.into_iter();
            own.map(|deeds| {
                author += 1;
                let mut copy = common.clone();
                copy.assume_cycle(assumed.next().unwrap_or_default());
                done(copy, author, deeds)
            })
        },
    )
}
