//! A value that remembers who wrote it when, and what it was before: the unit of merging.

use std::ops::Deref;

use crate::workbook::stamp::Stamp;

/// How many values a field keeps: the current one, and earlier ones of other pages.
pub const KEPT: usize = 8;

/// A value with its history: for every page that wrote it, the last value written there.
///
/// Merging takes the union of both histories, the latest value wins, and the [`KEPT`] latest stay. A page overwrites
/// only its own earlier value. So merging is commutative, associative and idempotent, and loses no value that a
/// different page wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field<T> {
    value: T,
    stamp: Stamp,
    /// Latest first; no two by the same author, none by the author of `stamp`.
    earlier: Vec<(Stamp, T)>,
}

impl<T: Default> Default for Field<T> {
    /// Nobody wrote it.
    fn default() -> Self {
        Self { value: T::default(), stamp: Stamp::NEVER, earlier: Vec::new() }
    }
}

/// The current value.
impl<T> Deref for Field<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Clone + PartialEq> Field<T> {
    /// When the current value was written; [`Stamp::NEVER`] if nobody did.
    #[must_use]
    pub fn stamp(&self) -> Stamp {
        self.stamp
    }

    #[must_use]
    pub fn is_written(&self) -> bool {
        self.stamp != Stamp::NEVER
    }

    /// What other pages wrote, latest first.
    #[must_use]
    pub fn earlier(&self) -> &[(Stamp, T)] {
        &self.earlier
    }

    /// Every value with its stamp, latest first; nothing for a field nobody wrote.
    pub fn values(&self) -> impl Iterator<Item = (Stamp, &T)> {
        let current = self.is_written().then_some((self.stamp, &self.value));
        current.into_iter().chain(self.earlier.iter().map(|(stamp, value)| (*stamp, value)))
    }

    /// Writes a value. Writing what stands there already is no write.
    pub fn write(&mut self, value: T, stamp: Stamp) {
        if value != self.value {
            self.insert(stamp, value);
        }
    }

    /// Takes over what another copy of the field knows.
    pub fn merge(&mut self, other: &Self) {
        for (stamp, value) in other.values() {
            self.insert(stamp, value.clone());
        }
    }

    /// Adds one value to the history, wherever it belongs in it.
    pub(crate) fn insert(&mut self, mut stamp: Stamp, mut value: T) {
        let author = stamp.author;
        if stamp == Stamp::NEVER || (author == self.stamp.author && stamp <= self.stamp) {
            return;
        }
        if let Some(at) = self.earlier.iter().position(|(other, _)| other.author == author) {
            if self.earlier[at].0 >= stamp {
                return;
            }
            self.earlier.remove(at);
        }
        if stamp > self.stamp {
            std::mem::swap(&mut self.stamp, &mut stamp);
            std::mem::swap(&mut self.value, &mut value);
        }
        // What is not, or is no longer, the current value; an author's own later one takes its place.
        if stamp != Stamp::NEVER && stamp.author != self.stamp.author {
            let at = self.earlier.iter().take_while(|(other, _)| *other > stamp).count();
            self.earlier.insert(at, (stamp, value));
            self.earlier.truncate(KEPT - 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::stamp::Author;

    fn at(wall: u64, author: u64) -> Stamp {
        Stamp { wall, counter: 0, author: Author(author) }
    }

    fn check(writes: &[(u64, u64, &str)], current: &str, earlier: &[&str]) {
        let mut field = Field::<String>::default();
        for (wall, author, value) in writes {
            field.insert(at(*wall, *author), (*value).into());
        }
        assert_eq!(*field, current);
        assert_eq!(field.earlier().iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>(), earlier);
    }

    #[test]
    fn the_latest_wins_and_others_are_kept() {
        check(&[(1, 1, "a"), (2, 2, "b")], "b", &["a"]);
        check(&[(2, 2, "b"), (1, 1, "a")], "b", &["a"]);
        check(&[(1, 1, "a"), (3, 1, "c"), (2, 2, "b")], "c", &["b"]);
        check(&[(1, 1, "a"), (2, 2, "b"), (3, 1, "c")], "c", &["b"]);
        check(&[(2, 2, "b"), (3, 1, "c"), (1, 1, "a")], "c", &["b"]);
        check(&[(5, 1, "e"), (1, 2, "a"), (3, 2, "c"), (2, 2, "b")], "e", &["c"]);
    }

    #[test]
    fn writing_the_same_again_changes_nothing() {
        let mut field = Field::<String>::default();
        field.write("a".into(), at(1, 1));
        field.write("a".into(), at(2, 2));
        assert_eq!((field.stamp(), field.earlier().len()), (at(1, 1), 0));
        let mut empty = Field::<String>::default();
        empty.write(String::new(), at(1, 1));
        assert!(!empty.is_written());
    }
}
