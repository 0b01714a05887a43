//! The JSON of a workbook, as it stands in storage and in backup files. docs/file-format.md describes it.
//!
//! A field is an array of its values, latest first, each followed by its stamp. Fields nobody wrote are left out. What a
//! save holds and this release cannot read, an unknown member or a value of the wrong type, stays where it was and is
//! written back; answers to requirements that no longer exist wait in the attic.

use std::fmt::Write as _;
use std::ops::Range;
use std::rc::Rc;

use crate::catalogue::{CATALOGUE, RequirementId, UnitKind, canonical_id};
use crate::dates::date::Date;
use crate::workbook::field::Field;
use crate::json::{self, Map, Value, write_text};
use crate::map;
use crate::workbook::merge::merge_answer;
use crate::workbook::stamp::Stamp;
use crate::workbook::workbook::{Answer, Cycle, Entry, EntryId, OwnDate, Place, Status, Workbook, WorkbookId};

/// The JSON of a workbook, and which part of it is which answer: most of them are the same in the next save.
#[derive(Debug, Clone)]
pub struct Encoded {
    pub json: String,
    /// An answer held here is not changed in place, so the same answer has the same text.
    answers: Vec<(Rc<Answer>, Range<usize>)>,
}

/// The workbook as compact JSON. Equal workbooks give equal text.
#[must_use]
pub fn encode(workbook: &Workbook) -> String {
    encode_after(None, workbook).json
}

/// What [`encode`] gives, with those answers that the last save held as well taken over from its text.
#[must_use]
pub fn encode_after(last: Option<&Encoded>, workbook: &Workbook) -> Encoded {
    let (text, parts) = last.map(|last| (&*last.json, &*last.answers)).unwrap_or_default();
    let mut written = Vec::new();
    let mut object = Object::begin(String::with_capacity(text.len().max(8192)));
    object.text("id", &workbook.id.to_string());
    object.text("kind", workbook.kind.as_str());
    object.field("cycle", &workbook.cycle);
    object.field("unit", &workbook.unit);
    object.field("filler", &workbook.filler);
    object.field("deleted", &workbook.is_deleted);
    object.field("place", &workbook.place);
    for (date, field) in OwnDate::ALL.iter().zip(&workbook.own_dates) {
        object.field(date.as_str(), field);
    }
    object.entries("milestones", &workbook.milestones);
    let answers = workbook.answers.iter().map(|(id, answer)| (id.as_str(), answer));
    let answers = answers.chain(workbook.attic.iter().map(|(id, answer)| (id.as_str(), answer)));
    object.map("answers", answers, |answer, mut out| {
        let start = out.len();
        let held = parts.iter().find(|(held, _)| Rc::ptr_eq(held, answer));
        match held.and_then(|(_, part)| text.get(part.clone())) {
            Some(text) => out.push_str(text),
            None => out = write_answer(answer, out),
        }
        written.push((answer.clone(), start..out.len()));
        out
    });
    Encoded { json: object.end(&workbook.unknown), answers: written }
}

/// A workbook read back, and what in it could not be read.
#[derive(Debug, PartialEq)]
pub struct Decoded {
    pub workbook: Workbook,
    /// Where values of the wrong type stand, as `answers/2.4-b/due`. They are kept, and written back, but not shown.
    pub unreadable: Vec<String>,
}

/// Reads what [`encode`] wrote, in this or another release; `None` for what is no workbook at all.
#[must_use]
pub fn decode(value: Value) -> Option<Decoded> {
    let Value::Object(mut root) = value else { return None };
    let id = take(&mut root, "id", |value| WorkbookId::parse(value.as_str()?))?;
    let kind = take(&mut root, "kind", |value| UnitKind::parse(value.as_str()?))?;
    let mut workbook = Workbook::new(id, kind);
    let mut reader = Reader { path: String::new(), unreadable: Vec::new() };
    workbook.cycle = reader.field(&mut root, "cycle");
    workbook.unit = reader.field(&mut root, "unit");
    workbook.filler = reader.field(&mut root, "filler");
    workbook.is_deleted = reader.field(&mut root, "deleted");
    workbook.place = reader.field(&mut root, "place");
    for (date, field) in OwnDate::ALL.iter().zip(&mut workbook.own_dates) {
        *field = reader.field(&mut root, date.as_str());
    }
    workbook.milestones = reader.entries(&mut root, "milestones");
    let mut strays = Map::new();
    for (id, value) in reader.object(&mut root, "answers") {
        let Value::Object(answer) = value else {
            reader.unreadable.push(format!("answers/{id}"));
            strays.insert(id, value);
            continue;
        };
        reader.path = format!("answers/{id}/");
        let answer = reader.answer(answer);
        match CATALOGUE.requirement(canonical_id(&id)) {
            // A renamed requirement may meet its own later answer.
            Some(requirement) => {
                let held = workbook.answers.get_or_insert_with(requirement.id, Rc::default);
                merge_answer(Rc::make_mut(held), &answer);
            }
            None => {
                workbook.attic.insert(id, Rc::new(answer));
            }
        }
    }
    set_aside(&mut root, strays);
    workbook.unknown = root;
    Some(Decoded { workbook, unreadable: reader.unreadable })
}

/// Keeps entries that are none of ours among the unknown members, beside those of earlier readings.
fn set_aside(map: &mut Map, strays: Map) {
    if strays.is_empty() {
        return;
    }
    let strays = match map.remove("unreadable") {
        Some(Value::Object(held)) => held.union(strays),
        _ => strays,
    };
    map.insert("unreadable".into(), Value::Object(strays));
}

/// A value that can stand in a field.
trait Cell: Clone + PartialEq + Default {
    fn write(&self, out: &mut String);
    fn read(value: &Value) -> Option<Self>;
}

impl Cell for String {
    fn write(&self, out: &mut String) {
        write_text(out, self);
    }
    fn read(value: &Value) -> Option<Self> {
        value.as_str().map(str::to_owned)
    }
}

impl Cell for bool {
    fn write(&self, out: &mut String) {
        json::write_bool(out, *self);
    }
    fn read(value: &Value) -> Option<Self> {
        value.as_bool()
    }
}

impl Cell for Status {
    fn write(&self, out: &mut String) {
        write_text(out, self.as_str());
    }
    fn read(value: &Value) -> Option<Self> {
        Self::parse(value.as_str()?)
    }
}

impl Cell for Cycle {
    fn write(&self, out: &mut String) {
        out.push_str(&self.0.to_string());
    }
    fn read(value: &Value) -> Option<Self> {
        value.as_u64()?.try_into().ok().map(Self)
    }
}

/// No date is the empty text.
impl Cell for Option<Date> {
    fn write(&self, out: &mut String) {
        write_text(out, &self.map_or_else(String::new, |date| date.to_string()));
    }
    fn read(value: &Value) -> Option<Self> {
        match value.as_str()? {
            "" => Some(None),
            text => Date::parse(text).map(Some),
        }
    }
}

impl Cell for Place {
    fn write(&self, out: &mut String) {
        write_text(out, self.map_or("", RequirementId::as_str));
    }
    fn read(value: &Value) -> Option<Self> {
        // A place that no longer exists is no place.
        Some(CATALOGUE.requirement(canonical_id(value.as_str()?)).map(|requirement| requirement.id))
    }
}

/// An object being written.
struct Object {
    out: String,
    written: Vec<&'static str>,
}

impl Object {
    fn begin(mut out: String) -> Self {
        out.push('{');
        Self { out, written: Vec::new() }
    }

    fn key(&mut self, key: &str) {
        if self.out.as_bytes().last() != Some(&b'{') {
            self.out.push(',');
        }
        write_text(&mut self.out, key);
        self.out.push(':');
    }

    fn text(&mut self, key: &'static str, text: &str) {
        self.key(key);
        write_text(&mut self.out, text);
        self.written.push(key);
    }

    fn field<T: Cell>(&mut self, key: &'static str, field: &Field<T>) {
        if !field.is_written() {
            return;
        }
        self.key(key);
        self.written.push(key);
        let mut before = '[';
        for (stamp, value) in field.entries() {
            self.out.push(before);
            before = ',';
            value.write(&mut self.out);
            self.stamp(stamp);
        }
        self.out.push(']');
    }

    /// Writes when the value before it was written.
    fn stamp(&mut self, stamp: Stamp) {
        // Straight into the text: a save holds hundreds of stamps.
        let _ = write!(self.out, ",\"{stamp}\"");
    }

    fn map<'a, V: 'a, K: AsRef<str>>(
        &mut self,
        key: &'static str,
        entries: impl Iterator<Item = (K, &'a Rc<V>)>,
        mut write: impl FnMut(&Rc<V>, String) -> String,
    ) {
        let mut entries = entries.peekable();
        if entries.peek().is_none() {
            return;
        }
        self.key(key);
        self.written.push(key);
        self.out.push('{');
        for (id, entry) in entries {
            self.key(id.as_ref());
            self.out = write(entry, std::mem::take(&mut self.out));
        }
        self.out.push('}');
    }

    fn entries(&mut self, key: &'static str, entries: &map::Map<EntryId, Rc<Entry>>) {
        self.map(key, entries.iter().map(|(id, entry)| (id.0.to_string(), entry)), |entry, out| {
            write_entry(entry, out)
        });
    }

    /// Writes what this release does not understand, and closes the object.
    fn end(mut self, unknown: &Map) -> String {
        for (key, value) in unknown.iter() {
            if !self.written.contains(&key.as_str()) {
                self.key(key);
                json::write(&mut self.out, value, None);
            }
        }
        self.out.push('}');
        self.out
    }
}

fn write_answer(answer: &Answer, out: String) -> String {
    let mut object = Object::begin(out);
    object.field("status", &answer.status);
    object.field("note", &answer.note);
    object.field("reason", &answer.reason);
    object.field("owner", &answer.owner);
    object.field("due", &answer.due);
    object.entries("evidence", &answer.entries);
    object.end(&answer.unknown)
}

fn write_entry(entry: &Entry, out: String) -> String {
    let mut object = Object::begin(out);
    object.field("what", &entry.what);
    object.field("reference", &entry.reference);
    object.field("date", &entry.date);
    object.field("removed", &entry.is_removed);
    object.end(&entry.unknown)
}

/// Reads, and remembers what it could not.
struct Reader {
    path: String,
    unreadable: Vec<String>,
}

impl Reader {
    /// Takes a field out of the map; leaves it there, and the field unwritten, where it cannot be read.
    fn field<T: Cell>(&mut self, map: &mut Map, key: &str) -> Field<T> {
        let Some(value) = map.get(key) else { return Field::default() };
        let field = read_field(value);
        self.took(map, key, field.is_some());
        field.unwrap_or_default()
    }

    /// Removes from the map what was read, and remembers what could not be.
    fn took(&mut self, map: &mut Map, key: &str, is_read: bool) {
        if is_read {
            map.remove(key);
        } else {
            self.unreadable.push(format!("{}{key}", self.path));
        }
    }

    fn object(&mut self, map: &mut Map, key: &str) -> Map {
        match map.remove(key) {
            Some(Value::Object(object)) => object,
            None => Map::new(),
            Some(other) => {
                map.insert(key.into(), other);
                self.unreadable.push(format!("{}{key}", self.path));
                Map::new()
            }
        }
    }

    fn answer(&mut self, mut map: Map) -> Answer {
        let mut answer = Answer {
            status: self.field(&mut map, "status"),
            note: self.field(&mut map, "note"),
            reason: self.field(&mut map, "reason"),
            owner: self.field(&mut map, "owner"),
            due: self.field(&mut map, "due"),
            entries: self.entries(&mut map, "evidence"),
            unknown: Map::new(),
        };
        answer.unknown = map;
        answer
    }

    fn entries(&mut self, map: &mut Map, key: &str) -> map::Map<EntryId, Rc<Entry>> {
        let (mut entries, mut strays) = (map::Map::new(), Map::new());
        for (id, value) in self.object(map, key) {
            match (Stamp::parse(&id), value) {
                (Some(stamp), Value::Object(entry)) => {
                    entries.insert(EntryId(stamp), Rc::new(self.entry(entry)));
                }
                (_, value) => {
                    self.unreadable.push(format!("{}{key}/{id}", self.path));
                    strays.insert(id, value);
                }
            }
        }
        set_aside(map, strays);
        entries
    }

    fn entry(&mut self, mut map: Map) -> Entry {
        Entry {
            what: self.field(&mut map, "what"),
            reference: self.field(&mut map, "reference"),
            date: self.field(&mut map, "date"),
            is_removed: self.field(&mut map, "removed"),
            unknown: map,
        }
    }
}

fn read_field<T: Cell>(value: &Value) -> Option<Field<T>> {
    let mut field = Field::<T>::default();
    for (value, stamp) in read_stamps(value)? {
        field.insert(stamp, T::read(value)?);
    }
    field.is_written().then_some(field)
}

/// The values of a field with their stamps.
fn read_stamps(value: &Value) -> Option<Vec<(&Value, Stamp)>> {
    let mut entries = Vec::new();
    for pair in value.as_list()?.chunks(2) {
        let [value, stamp] = pair else { return None };
        entries.push((value, Stamp::parse(stamp.as_str()?)?));
    }
    Some(entries)
}

/// Takes a value out where `read` understands it; leaves it in the map where not.
fn take<T>(map: &mut Map, key: &str, read: impl Fn(&Value) -> Option<T>) -> Option<T> {
    let value = read(map.get(key)?)?;
    map.remove(key);
    Some(value)
}
