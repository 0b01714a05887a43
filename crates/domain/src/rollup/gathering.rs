//! What was read, one file or link after the other: only what is needed of each is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::catalogue::Catalogue;
use crate::catalogue::kinds::UnitKind;
use crate::catalogue::requirement_id::RequirementId;
use crate::cycle::Cycle;
use crate::date::Date;
use crate::dates::urgency::AsOf;
use crate::rollup::unit::{Key, LINK, Round, Unit, Which, one_line};
use crate::sharing::link::{Link, LinkError, decode};
use crate::sharing::snapshot::Snapshot;
use crate::storage::backup::{FileError, import};
use crate::storage::locked::is_locked;
use crate::storage::saved;
use crate::training::class::key;
use crate::workbook::answer::Answer;
use crate::workbook::field::Field;
use crate::workbook::merge::merge;
use crate::workbook::stamp::Stamp;
use crate::workbook::status::Status;
use crate::workbook::workbook::Workbook;
use crate::workbook::workbook_id::WorkbookId;

/// What a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    Backup,
    Sheet,
    Link,
    /// It could not be told.
    Unknown,
}

/// A file or a link, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub round: Round,
    pub name: String,
    pub origin: Origin,
    /// The day of the last change in it, as far as it is known.
    pub day: Option<Date>,
    /// How many workbooks were read; or why none was.
    pub outcome: Result<usize, String>,
    /// What is missing or doubtful, a sentence each.
    pub notes: Vec<String>,
}

/// What makes two workbooks one unit's: round, kind, cycle and name; where there is no name, nothing does.
type Whose = (Round, UnitKind, Cycle, Vec<char>, Option<Key>);

/// A workbook that is not looked at now.
#[derive(Debug, Clone)]
struct Held {
    /// As files hold it: a tenth of what it takes up when it is open.
    json: String,
    unit: Unit,
    absent: Vec<RequirementId>,
}

/// All that was read.
#[derive(Debug, Clone)]
pub struct Gathering<'a> {
    catalogue: &'a Catalogue,
    day: Option<AsOf>,
    held: BTreeMap<Key, Held>,
    pub sources: Vec<Source>,
}

/// The first moment of a day, in milliseconds since 1970, where the units are.
#[must_use]
pub fn morning(day: Date) -> u64 {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    let days = Date::new(1970, 1, 1).map_or(0, |first| first.days_until(day));
    u64::try_from(i64::from(days) * DAY - DAY / 3).unwrap_or_default()
}

/// The day of a moment, where the units are.
#[must_use]
pub fn day_of(moment: u64) -> Option<Date> {
    const DAY: u64 = 24 * 60 * 60 * 1000;
    let days = i32::try_from((moment + DAY / 3) / DAY).ok().filter(|_| moment > 1)?;
    Some(Date::new(1970, 1, 1)?.add_days(days))
}

impl<'a> Gathering<'a> {
    /// Nothing read yet; `day` is the one by which lateness is judged.
    #[must_use]
    pub fn new(catalogue: &'a Catalogue, day: Option<AsOf>) -> Self {
        Self { catalogue, day, held: BTreeMap::new(), sources: Vec::new() }
    }

    #[must_use]
    pub fn catalogue(&self) -> &'a Catalogue {
        self.catalogue
    }

    /// The day by which lateness is judged.
    #[must_use]
    pub fn day(&self) -> Option<AsOf> {
        self.day
    }

    /// Takes in a backup, at `now`, in milliseconds since 1970.
    pub fn add_backup(&mut self, round: Round, name: &str, text: &str, now: u64) {
        if is_locked(text) {
            return self.add_failure(round, name, "备份加了口令，这里打不开。请对方发一份不加口令的，或者发台账。");
        }
        let found = match import(text, now) {
            Ok(found) => found,
            Err(error) => return self.add_failure(round, name, file_error(error)),
        };
        let mut notes = Vec::new();
        if !found.losses.is_empty() {
            notes.push("文件不完整，或者存好以后被改过，只算了读得出来的部分。".to_owned());
        }
        let (mut taken, mut latest, mut binned) = (Vec::new(), 0, 0);
        for workbook in found.workbooks {
            if *workbook.is_deleted {
                binned += 1;
            } else if !workbook.is_blank() {
                latest = latest.max(workbook.latest().wall);
                taken.push(workbook);
            }
        }
        if binned > 0 {
            notes.push(format!("里面有 {binned} 份在回收站，没有算。"));
        }
        if taken.is_empty() {
            return self.add_failure(round, name, "里面没有填过的自查表。");
        }
        let source = self.add_source(round, name, Origin::Backup, day_of(latest), taken.len(), notes);
        for workbook in taken {
            let which = Which::Workbook(workbook.id);
            self.take(Key { round, kind: workbook.kind, which }, source, workbook, Vec::new());
        }
    }

    /// Takes in what a sheet says, as a workbook. `is_named` where the sheet tells of which workbook it is.
    pub fn add_sheet(&mut self, round: Round, name: &str, workbook: Workbook, is_named: bool, notes: Vec<String>) {
        let day = day_of(workbook.latest().wall);
        let source = self.add_source(round, name, Origin::Sheet, day, 1, notes);
        let which = if is_named { Which::Workbook(workbook.id) } else { Which::Loose(source) };
        self.take(Key { round, kind: workbook.kind, which }, source, workbook, Vec::new());
    }

    /// Takes in links, with whatever people write around them. Gives how many there were.
    pub fn add_links(&mut self, round: Round, name: &str, text: &str) -> usize {
        let mut count = 0;
        for (number, line) in (1..).zip(text.lines()) {
            let found: Vec<_> = line.split('#').skip(1).map(|piece| decode(self.catalogue, piece)).collect();
            // What is none of ours may be a word that begins with that sign, beside a link.
            let is_any = found.iter().any(|found| *found != Err(LinkError::NotOurs));
            let found = found.into_iter().filter(|found| !is_any || *found != Err(LinkError::NotOurs));
            for found in found.take(if is_any { usize::MAX } else { 1 }) {
                count += 1;
                self.add_link(round, &format!("{name}第 {number} 行"), found);
            }
        }
        count
    }

    fn add_link(&mut self, round: Round, name: &str, found: Result<Link, LinkError>) {
        let why = match found {
            Ok(Link::Snapshot(snapshot)) => return self.add_snapshot(round, name, &snapshot),
            Ok(Link::Start(_)) => "这是请人填写的链接，里面没有自查情况。",
            Err(LinkError::Newer) => "这个链接是更新的版本出的。请刷新这一页再试。",
            Err(LinkError::Damaged) => "链接不完整，请对方重新发一次。",
            Err(LinkError::NotOurs) => "这不是自查快照的链接。",
        };
        self.add_failure(round, name, why);
    }

    /// Takes in a snapshot. Within its day, what a file says is taken for later.
    pub fn add_snapshot(&mut self, round: Round, name: &str, snapshot: &Snapshot) {
        let notes = match snapshot.unknown {
            0 => Vec::new(),
            unknown => vec![format!("有 {unknown} 项这一版不认识，没有算。")],
        };
        let source = self.add_source(round, name, Origin::Link, snapshot.taken, 1, notes);
        let key = Key { round, kind: snapshot.kind, which: Which::Loose(source) };
        self.take(key, source, workbook_of(snapshot), snapshot.absent.clone());
    }

    /// Notes what could not be read, and why.
    pub fn add_failure(&mut self, round: Round, name: &str, why: impl Into<String>) {
        let (name, origin) = (one_line(name), Origin::Unknown);
        self.sources.push(Source { round, name, origin, day: None, outcome: Err(why.into()), notes: Vec::new() });
    }

    fn add_source(
        &mut self,
        round: Round,
        name: &str,
        origin: Origin,
        day: Option<Date>,
        count: usize,
        notes: Vec<String>,
    ) -> usize {
        self.sources.push(Source { round, name: one_line(name), origin, day, outcome: Ok(count), notes });
        self.sources.len() - 1
    }

    fn take(&mut self, key: Key, source: usize, mut workbook: Workbook, absent: Vec<RequirementId>) {
        lighten(&mut workbook);
        let before = self.held.remove(&key).and_then(|held| Some((opened(&held.json)?, held)));
        let held = match before {
            None => self.hold(key, &workbook, absent, vec![source], BTreeSet::new()),
            Some((ours, held)) => {
                let mut sources = held.unit.sources;
                sources.push(source);
                let mut disputed: BTreeSet<_> = BTreeSet::new();
                disputed.extend(held.unit.disputed);
                disputed.extend(disputes(&ours, &workbook));
                let absent = held.absent.into_iter().filter(|id| absent.contains(id)).collect();
                self.hold(key, &merge(&ours, &workbook), absent, sources, disputed)
            }
        };
        self.held.insert(key, held);
    }

    fn hold(
        &self,
        key: Key,
        workbook: &Workbook,
        absent: Vec<RequirementId>,
        sources: Vec<usize>,
        disputed: BTreeSet<RequirementId>,
    ) -> Held {
        let mut unit = Unit::of(self.catalogue, workbook, &absent, key.round, self.day);
        unit.sources = sources;
        unit.disputed = disputed.into_iter().collect();
        unit.keys = vec![key];
        Held { json: saved::encode(workbook), unit, absent }
    }

    /// The units, each once for every kind, cycle and round, in the order of their names.
    #[must_use]
    pub fn units(&self) -> Vec<Unit> {
        let mut groups: BTreeMap<Whose, Vec<Key>> = BTreeMap::new();
        for (at, Held { unit, .. }) in &self.held {
            let name = key(&unit.name);
            // What has no name is nobody else's.
            let alone = name.is_empty().then_some(*at);
            groups.entry((unit.round, unit.kind, unit.cycle, name, alone)).or_default().push(*at);
        }
        let mut units = Vec::with_capacity(groups.len());
        for keys in groups.into_values() {
            units.extend(self.unit_of(&keys));
        }
        units
    }

    fn unit_of(&self, keys: &[Key]) -> Option<Unit> {
        let first = self.held.get(keys.first()?)?;
        let mut unit = if keys.len() == 1 {
            first.unit.clone()
        } else {
            let (workbook, absent, disputed) = self.together(keys)?;
            let mut unit = Unit::of(self.catalogue, &workbook, &absent, first.unit.round, self.day);
            for held in keys.iter().filter_map(|key| self.held.get(key)) {
                unit.sources.extend(&held.unit.sources);
            }
            unit.sources.sort_unstable();
            unit.sources.dedup();
            unit.disputed = disputed.into_iter().collect();
            unit.keys = keys.to_vec();
            unit
        };
        if unit.name.is_empty() {
            let source = unit.sources.first().and_then(|at| self.sources.get(*at)).map_or("", |source| &*source.name);
            unit.name = format!("未写单位名称（{source}）");
        }
        Some(unit)
    }

    /// What several workbooks say, field by field the newest.
    fn together(&self, keys: &[Key]) -> Option<(Workbook, Vec<RequirementId>, BTreeSet<RequirementId>)> {
        let mut keys = keys.iter();
        let open = |key: &Key| {
            let held = self.held.get(key)?;
            Some((opened(&held.json)?, held))
        };
        let (mut workbook, held) = open(keys.next()?)?;
        let (mut absent, mut disputed) = (held.absent.clone(), BTreeSet::new());
        disputed.extend(held.unit.disputed.iter().copied());
        for key in keys {
            let (other, held) = open(key)?;
            disputed.extend(held.unit.disputed.iter().copied());
            disputed.extend(disputes(&workbook, &other));
            absent.retain(|id| held.absent.contains(id));
            workbook = merge(&workbook, &other);
        }
        Some((workbook, absent, disputed))
    }

    /// The answers of a unit, and what its sources do not ask.
    #[must_use]
    pub fn workbook(&self, unit: &Unit) -> Option<(Workbook, Vec<RequirementId>)> {
        let (workbook, absent, _) = self.together(&unit.keys)?;
        Some((workbook, absent))
    }
}

/// Leaves out what is not looked at here: notes, ticks, dates of phases and milestones, and what values were before.
fn lighten(workbook: &mut Workbook) {
    workbook.milestones.clear();
    workbook.own_dates = Default::default();
    workbook.unknown.clear();
    for answer in workbook.answers.values_mut() {
        let answer = Rc::make_mut(answer);
        answer.note = Field::default();
        answer.points = Default::default();
        answer.unknown.clear();
        answer.status.forget();
        answer.due.forget();
        for text in [&mut answer.problem, &mut answer.measure, &mut answer.reason, &mut answer.owner] {
            text.forget();
        }
    }
}

fn opened(json: &str) -> Option<Workbook> {
    saved::decode(serde_json::from_str(json).ok()?).map(|decoded| decoded.workbook)
}

/// Requirements about which both say something, and not the same.
fn disputes(ours: &Workbook, theirs: &Workbook) -> Vec<RequirementId> {
    fn is_disputed<T: Clone + Ord>(ours: &Field<T>, theirs: &Field<T>) -> bool {
        ours.is_written() && theirs.is_written() && **ours != **theirs
    }
    let differ = |ours: &Answer, theirs: &Answer| {
        is_disputed(&ours.status, &theirs.status)
            || is_disputed(&ours.due, &theirs.due)
            || ours.texts().into_iter().zip(theirs.texts()).any(|(ours, theirs)| is_disputed(ours, theirs))
    };
    let both = theirs.answers.iter().filter_map(|(id, theirs)| Some((*id, ours.answers.get(id)?, theirs)));
    both.filter(|(_, ours, theirs)| differ(ours, theirs)).map(|(id, ..)| id).collect()
}

/// A snapshot as a workbook that was written in the first moment of its day.
fn workbook_of(snapshot: &Snapshot) -> Workbook {
    let wall = snapshot.taken.map_or(1, morning).max(1);
    let stamp = Stamp { wall, counter: 0, author: LINK };
    let mut workbook = Workbook::new(WorkbookId(0), snapshot.kind);
    workbook.cycle.insert(stamp, Cycle(snapshot.cycle));
    if let Some(unit) = &snapshot.unit {
        workbook.unit.insert(stamp, unit.clone());
    }
    for (id, status) in snapshot.statuses.iter().filter(|(_, status)| **status != Status::Unchecked) {
        let mut answer = Answer::default();
        answer.status.insert(stamp, *status);
        workbook.answers.insert(*id, answer.into());
    }
    workbook
}

fn file_error(error: FileError) -> &'static str {
    match error {
        FileError::TooLarge => "文件超过 20 MB，不像是备份，没有读。",
        FileError::TooMany => "文件里的内容太多，不像是备份，没有读。",
        FileError::NotOurs | FileError::Office => "不是备份、台账或者快照链接，读不出来。",
        FileError::Newer => "是更新的版本存的备份。请刷新这一页再试。",
        FileError::Empty => "里面没有读得出来的自查表。",
    }
}
