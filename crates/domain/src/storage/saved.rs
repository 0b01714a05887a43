//! The JSON of a workbook, as it stands in storage and in backup files. docs/file-format.md describes it.
//!
//! A field is an array of its values, latest first, each followed by its stamp. Fields nobody wrote are left out. What a
//! save holds and this release cannot read, an unknown member or a value of the wrong type, stays where it was and is
//! written back.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::{Map, Value};

use crate::catalogue::kinds::UnitKind;
use crate::catalogue::requirement_id::RequirementId;
use crate::workbook::answer::{Answer, MOST_POINTS};
use crate::workbook::entry::{Entries, Entry, EntryId};
use crate::workbook::field::Field;
use crate::workbook::own_date::OwnDate;
use crate::workbook::stamp::Stamp;
use crate::workbook::workbook::Workbook;
use crate::workbook::workbook_id::WorkbookId;

/// Where entries that are none of ours are kept, among the unknown members.
const UNREADABLE: &str = "unreadable";

/// The members of an answer that say which points are met.
const POINTS: [&str; MOST_POINTS] =
    ["point-1", "point-2", "point-3", "point-4", "point-5", "point-6", "point-7", "point-8", "point-9", "point-10"];

/// The workbook as compact JSON. Equal workbooks give equal text.
#[must_use]
pub fn encode(workbook: &Workbook) -> String {
    serde_json::to_string(workbook).expect("all keys are texts, and writing to memory does not fail")
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
    let id: WorkbookId = take(&mut root, "id")?;
    let kind: UnitKind = take(&mut root, "kind")?;
    let mut workbook = Workbook::new(id, kind);
    let mut reader = Reader { path: String::new(), unreadable: Vec::new() };
    workbook.cycle = reader.field(&mut root, "cycle");
    workbook.unit = reader.field(&mut root, "unit");
    workbook.filler = reader.field(&mut root, "filler");
    workbook.is_deleted = reader.field(&mut root, "deleted");
    workbook.last_answered = reader.field(&mut root, "last-answered");
    for (date, field) in OwnDate::ALL.iter().zip(&mut workbook.own_dates) {
        *field = reader.field(&mut root, date.as_str());
    }
    workbook.milestones = reader.entries(&mut root, "milestones");
    workbook.plans = reader.entries(&mut root, "plans");
    workbook.own_requirements = reader.entries(&mut root, "own-requirements");
    workbook.answers = reader.objects(&mut root, "answers", RequirementId::parse, Reader::answer);
    workbook.unknown = root;
    Some(Decoded { workbook, unreadable: reader.unreadable })
}

/// An object being written.
struct Object<M> {
    map: M,
    written: Vec<&'static str>,
}

impl<M: SerializeMap> Object<M> {
    fn begin<S: Serializer<SerializeMap = M, Error = M::Error>>(serializer: S) -> Result<Self, M::Error> {
        Ok(Self { map: serializer.serialize_map(None)?, written: Vec::new() })
    }

    fn member(&mut self, key: &'static str, value: &(impl Serialize + ?Sized)) -> Result<(), M::Error> {
        self.written.push(key);
        self.map.serialize_entry(key, value)
    }

    fn field<T: Serialize + Clone + Ord>(&mut self, key: &'static str, field: &Field<T>) -> Result<(), M::Error> {
        if field.is_written() { self.member(key, field) } else { Ok(()) }
    }

    fn objects<K: Serialize, V: Serialize>(
        &mut self,
        key: &'static str,
        objects: &BTreeMap<K, Rc<V>>,
    ) -> Result<(), M::Error> {
        if objects.is_empty() { Ok(()) } else { self.member(key, objects) }
    }

    /// Writes what this release does not understand, and closes the object. What was written in place of something
    /// unreadable stands for it.
    fn end(mut self, unknown: &Map<String, Value>) -> Result<M::Ok, M::Error> {
        for (key, value) in unknown {
            if !self.written.contains(&key.as_str()) {
                self.map.serialize_entry(key, value)?;
            }
        }
        self.map.end()
    }
}

impl Serialize for Workbook {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::begin(serializer)?;
        object.member("id", &self.id)?;
        object.member("kind", &self.kind)?;
        object.field("cycle", &self.cycle)?;
        object.field("unit", &self.unit)?;
        object.field("filler", &self.filler)?;
        object.field("deleted", &self.is_deleted)?;
        object.field("last-answered", &self.last_answered)?;
        for (date, field) in OwnDate::ALL.iter().zip(&self.own_dates) {
            object.field(date.as_str(), field)?;
        }
        object.objects("milestones", &self.milestones)?;
        object.objects("plans", &self.plans)?;
        object.objects("own-requirements", &self.own_requirements)?;
        object.objects("answers", &self.answers)?;
        object.end(&self.unknown)
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::begin(serializer)?;
        object.field("status", &self.status)?;
        object.field("note", &self.note)?;
        object.field("problem", &self.problem)?;
        object.field("measure", &self.measure)?;
        object.field("reason", &self.reason)?;
        object.field("owner", &self.owner)?;
        object.field("due", &self.due)?;
        for (name, point) in POINTS.iter().zip(&self.points) {
            object.field(name, point)?;
        }
        object.objects("evidence", &self.entries)?;
        object.end(&self.unknown)
    }
}

impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::begin(serializer)?;
        object.field("what", &self.what)?;
        object.field("reference", &self.reference)?;
        object.field("place", &self.place)?;
        object.field("date", &self.date)?;
        object.field("removed", &self.is_removed)?;
        object.end(&self.unknown)
    }
}

impl<T: Serialize + Clone + Ord> Serialize for Field<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for (stamp, value) in self.values() {
            list.serialize_element(value)?;
            list.serialize_element(&stamp)?;
        }
        list.end()
    }
}

/// Reads, and remembers what it could not.
struct Reader {
    path: String,
    unreadable: Vec<String>,
}

impl Reader {
    /// Takes a field out of the map; leaves it there, and the field unwritten, where it cannot be read.
    fn field<T: DeserializeOwned + Clone + Ord + Default>(
        &mut self,
        map: &mut Map<String, Value>,
        key: &str,
    ) -> Field<T> {
        let Some(value) = map.get(key) else { return Field::default() };
        match read_field(value) {
            Some(field) => {
                map.remove(key);
                field
            }
            None => {
                self.unreadable.push(format!("{}{key}", self.path));
                Field::default()
            }
        }
    }

    /// Takes an object of objects out of the map. What in it is none of ours is kept among the unknown members.
    fn objects<K: Ord, V>(
        &mut self,
        map: &mut Map<String, Value>,
        key: &str,
        parse: fn(&str) -> Option<K>,
        read: fn(&mut Self, Map<String, Value>) -> V,
    ) -> BTreeMap<K, Rc<V>> {
        let mut objects = BTreeMap::new();
        let mut strays = Map::new();
        match map.remove(key) {
            None => {}
            Some(Value::Object(members)) => {
                for (name, value) in members {
                    match (parse(&name), value) {
                        (Some(id), Value::Object(object)) => {
                            let outer = self.path.len();
                            self.path.push_str(&format!("{key}/{name}/"));
                            objects.insert(id, Rc::new(read(self, object)));
                            self.path.truncate(outer);
                        }
                        (_, value) => {
                            self.unreadable.push(format!("{}{key}/{name}", self.path));
                            strays.insert(name, value);
                        }
                    }
                }
            }
            Some(other) => {
                self.unreadable.push(format!("{}{key}", self.path));
                map.insert(key.into(), other);
            }
        }
        if !strays.is_empty() {
            set_aside(map, key, strays);
        }
        objects
    }

    fn entries(&mut self, map: &mut Map<String, Value>, key: &str) -> Entries {
        self.objects(map, key, EntryId::parse, Self::entry)
    }

    fn answer(&mut self, mut map: Map<String, Value>) -> Answer {
        Answer {
            status: self.field(&mut map, "status"),
            note: self.field(&mut map, "note"),
            problem: self.field(&mut map, "problem"),
            measure: self.field(&mut map, "measure"),
            reason: self.field(&mut map, "reason"),
            owner: self.field(&mut map, "owner"),
            due: self.field(&mut map, "due"),
            points: POINTS.map(|name| self.field(&mut map, name)),
            entries: self.entries(&mut map, "evidence"),
            unknown: map,
        }
    }

    fn entry(&mut self, mut map: Map<String, Value>) -> Entry {
        Entry {
            what: self.field(&mut map, "what"),
            reference: self.field(&mut map, "reference"),
            place: self.field(&mut map, "place"),
            date: self.field(&mut map, "date"),
            is_removed: self.field(&mut map, "removed"),
            unknown: map,
        }
    }
}

/// Keeps what is none of ours among the unknown members, beside that of earlier readings.
fn set_aside(map: &mut Map<String, Value>, key: &str, mut strays: Map<String, Value>) {
    let mut aside = match map.remove(UNREADABLE) {
        Some(Value::Object(held)) => held,
        _ => Map::new(),
    };
    if let Some(Value::Object(held)) = aside.remove(key) {
        for (name, value) in held {
            strays.entry(name).or_insert(value);
        }
    }
    aside.insert(key.into(), Value::Object(strays));
    map.insert(UNREADABLE.into(), Value::Object(aside));
}

fn read_field<T: DeserializeOwned + Clone + Ord + Default>(value: &Value) -> Option<Field<T>> {
    let mut field = Field::<T>::default();
    for pair in value.as_array()?.chunks(2) {
        let [value, stamp] = pair else { return None };
        field.insert(Stamp::deserialize(stamp).ok()?, T::deserialize(value).ok()?);
    }
    field.is_written().then_some(field)
}

/// Takes a value out where it is of the right type; leaves it in the map where not.
fn take<T: DeserializeOwned>(map: &mut Map<String, Value>, key: &str) -> Option<T> {
    let value = T::deserialize(map.get(key)?).ok()?;
    map.remove(key);
    Some(value)
}
