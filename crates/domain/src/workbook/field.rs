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

impl<T: Clone + Ord> Field<T> {
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

    /// Writes a value, which then is the current one, whatever the clocks of others said. Writing what stands there
    /// already is no write.
    pub fn write(&mut self, value: T, stamp: Stamp) {
        if value != self.value {
            self.insert(stamp.or_after(self.stamp), value);
        }
    }

    /// Shows a value that nobody wrote, as long as nobody writes one.
    pub(crate) fn assume(&mut self, value: T) {
        if !self.is_written() {
            self.value = value;
        }
    }

    /// Lets go of what the value was before: what it merges to from now on is the same, what it was is not known any more.
    pub(crate) fn forget(&mut self) {
        self.earlier = Vec::new();
    }

    /// Writes what was only assumed.
    pub(crate) fn settle(&mut self, stamp: Stamp) {
        if !self.is_written() {
            self.insert(stamp, self.value.clone());
        }
    }

    /// Takes stamps later than this moment, in milliseconds since 1970, for stamps of this moment.
    pub(crate) fn bound(&mut self, latest: u64) {
        let values: Vec<_> = self.values().map(|(stamp, value)| (stamp.bounded(latest), value.clone())).collect();
        if values.iter().zip(self.values()).any(|((bounded, _), (stamp, _))| *bounded != stamp) {
            (self.stamp, self.earlier) = (Stamp::NEVER, Vec::new());
            for (stamp, value) in values {
                self.insert(stamp, value);
            }
        }
    }

    /// Takes over what another copy of the field knows. Where nobody wrote it and the two assume different things, neither
    /// is known.
    pub fn merge(&mut self, other: &Self)
    where
        T: Default,
    {
        if !self.is_written() && !other.is_written() && self.value != other.value {
            self.value = T::default();
        }
        for (stamp, value) in other.values() {
            self.insert(stamp, value.clone());
        }
    }

    /// Adds one value to the history, wherever it belongs in it. Of two values that claim the same stamp, which only
    /// changes made outside of this program bring about, the greater one counts: the same on every side.
    pub(crate) fn insert(&mut self, mut stamp: Stamp, mut value: T) {
        let author = stamp.author;
        let is_superseded = |(held, other): (Stamp, &T)| held.author == author && (held, other) >= (stamp, &value);
        if stamp == Stamp::NEVER || (self.is_written() && is_superseded((self.stamp, &self.value))) {
            return;
        }
        if let Some(at) = self.earlier.iter().position(|(other, _)| other.author == author) {
            if is_superseded((self.earlier[at].0, &self.earlier[at].1)) {
                return;
            }
            self.earlier.remove(at);
        }
        if stamp >= self.stamp {
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
    fn what_is_written_here_is_the_current_value_whatever_others_claim() {
        let mut field = Field::<String>::default();
        field.insert(Stamp { wall: 8_640_000_000_000_000, counter: u32::MAX, author: Author(2) }, "theirs".into());
        field.write("ours".into(), at(5, 1));
        assert_eq!((field.as_str(), field.earlier()[0].1.as_str()), ("ours", "theirs"));
        field.write("later".into(), at(6, 1));
        assert_eq!((field.as_str(), field.earlier().len()), ("later", 1));
    }

    #[test]
    fn of_two_values_with_one_stamp_the_same_counts_on_every_side() {
        check(&[(1, 1, "a"), (1, 1, "b")], "b", &[]);
        check(&[(1, 1, "b"), (1, 1, "a")], "b", &[]);
        check(&[(2, 2, "c"), (1, 1, "a"), (1, 1, "b")], "c", &["b"]);
        check(&[(2, 2, "c"), (1, 1, "b"), (1, 1, "a")], "c", &["b"]);
    }

    #[test]
    fn what_is_assumed_is_no_write_until_it_is_settled() {
        let mut field = Field::<String>::default();
        field.assume("a".into());
        assert_eq!((field.as_str(), field.is_written(), field.values().count()), ("a", false, 0));
        let mut settled = field.clone();
        settled.settle(at(1, 1));
        assert_eq!((settled.as_str(), settled.stamp()), ("a", at(1, 1)));
        settled.assume("b".into());
        settled.settle(at(2, 1));
        assert_eq!((settled.as_str(), settled.stamp()), ("a", at(1, 1)));
        // What somebody wrote takes its place without a trace.
        field.insert(at(1, 2), "c".into());
        assert_eq!((field.as_str(), field.earlier().len()), ("c", 0));
    }

    #[test]
    fn what_is_only_assumed_merges_the_same_on_every_side() {
        let assumed = |text: &str| {
            let mut field = Field::<String>::default();
            field.assume(text.into());
            field
        };
        let merged = |one: &Field<String>, other: &Field<String>| {
            let mut merged = one.clone();
            merged.merge(other);
            merged
        };
        let mut written = Field::<String>::default();
        written.insert(at(1, 1), "c".into());
        let all = [assumed(""), assumed("a"), assumed("b"), written];
        for one in &all {
            assert_eq!(merged(one, one), *one);
            for other in &all {
                assert_eq!(merged(one, other), merged(other, one));
                for third in &all {
                    assert_eq!(merged(&merged(one, other), third), merged(one, &merged(other, third)));
                }
            }
        }
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
