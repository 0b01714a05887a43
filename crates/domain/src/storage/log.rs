//! What somebody did to learn: a set of lines that only grows. What they mean, the training part knows.
//!
//! A line is a stamp, a blank, and the rest. Merging is the union, so it cannot go wrong, and lines that this release does
//! not understand stay. docs/file-format.md describes them.

use std::cmp::Ordering;
use std::rc::Rc;

use crate::storage::record::{self, Header, RecordError};
use crate::workbook::stamp::Stamp;

/// The version this release writes.
pub const VERSION: u32 = 1;

/// The most characters of a line.
const LONGEST: usize = 200;

/// Not that of a workbook's record, so that an older release leaves it alone.
const MAGIC: &str = "plan-checklist-training ";

/// Every line, each once, in the order of the texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Log {
    lines: Vec<Rc<str>>,
}

impl Log {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// How many lines there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Every line, in the order of the texts.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(|line| &**line)
    }

    /// Every line, in two: when it was written, and what it says.
    pub fn entries(&self) -> impl Iterator<Item = (Stamp, &str)> {
        self.lines().filter_map(entry)
    }

    /// When the last one was written.
    #[must_use]
    pub fn latest(&self) -> Stamp {
        self.entries().map(|(stamp, _)| stamp).max().unwrap_or_default()
    }

    /// Writes down what happened. What is no line is left out.
    pub fn add(&mut self, at: Stamp, what: &str) {
        self.insert(&format!("{at} {what}"));
    }

    /// Takes a line in; `false` for what is none.
    pub fn insert(&mut self, line: &str) -> bool {
        if entry(line).is_none() {
            return false;
        }
        if let Err(place) = self.lines.binary_search_by(|held| (**held).cmp(line)) {
            self.lines.insert(place, line.into());
        }
        true
    }

    /// Both together.
    #[must_use]
    pub fn merge(&self, other: &Self) -> Self {
        let (mut ours, mut theirs) = (self.lines.iter().peekable(), other.lines.iter().peekable());
        let mut lines = Vec::with_capacity(self.lines.len().max(other.lines.len()));
        loop {
            let order = match (ours.peek(), theirs.peek()) {
                (Some(one), Some(another)) => one.cmp(another),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => return Self { lines },
            };
            let next = if order == Ordering::Greater { theirs.next() } else { ours.next() };
            if order == Ordering::Equal {
                theirs.next();
            }
            lines.extend(next.cloned());
        }
    }

    /// Whether every line of the other one is in this one.
    #[must_use]
    pub fn includes(&self, other: &Self) -> bool {
        self.merge(other).len() == self.len()
    }

    /// The same, in which no stamp claims a later moment than this: what a wrong clock wrote would otherwise come after
    /// everything for ever.
    #[must_use]
    pub fn bounded(&self, latest: u64) -> Self {
        let mut bounded = Self::default();
        for (stamp, what) in self.entries() {
            bounded.add(stamp.bounded(latest), what);
        }
        bounded
    }

    /// What lines of one sort are about, each once: the word after the sort.
    #[must_use]
    pub fn subjects(&self, sort: &str) -> Vec<&str> {
        let mut subjects = Vec::new();
        for (_, what) in self.entries() {
            let mut words = what.split(' ');
            if words.next() == Some(sort)
                && let Some(subject) = words.next()
                && !subjects.contains(&subject)
            {
                subjects.push(subject);
            }
        }
        subjects
    }

    /// A record of it.
    #[must_use]
    pub fn record(&self, generation: u64, saved: u64) -> String {
        let content = self.lines.join("\n");
        record::seal_as(MAGIC, VERSION, &format!("{generation} {saved} {}\n", content.len()), &content)
    }

    /// Reads a record; what is no line in it is left out.
    ///
    /// # Errors
    /// As [`record::read`].
    pub fn read(record: &str) -> Result<(Header, Self), RecordError> {
        let (header, content) = record::open(MAGIC, VERSION, record)?;
        let mut log = Self::default();
        for line in content.lines() {
            log.insert(line);
        }
        Ok((header, log))
    }

    /// Reads the first line of a record alone.
    #[must_use]
    pub fn header(record: &str) -> Option<Header> {
        record::header_as(MAGIC, VERSION, record)
    }

    /// Whether a text looks like a record of one, sound or not.
    #[must_use]
    pub fn is_record(text: &str) -> bool {
        text.starts_with(MAGIC)
    }
}

/// A line in two; `None` for what is none.
fn entry(line: &str) -> Option<(Stamp, &str)> {
    let (stamp, what) = line.split_once(' ')?;
    let is_sound = !what.is_empty() && what.len() <= LONGEST && !what.contains(char::is_control);
    Some((Stamp::parse(stamp).filter(|_| is_sound)?, what))
}
