//! When something was written, and where: the order of all writes to a workbook.

use std::fmt;

/// One page of this program in one browser, from loading to closing. Random; drawn by the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Author(pub u64);

/// The moment of a write: wall time, a counter for writes within it, and who wrote.
///
/// Ordered by time first, so that of two writes the later one wins; the author breaks ties the same way everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Stamp {
    /// Milliseconds since 1970, UTC.
    pub wall: u64,
    pub counter: u32,
    pub author: Author,
}

/// The latest moment a stamp may claim, the last that a browser's clock can show.
const LATEST: u64 = 8_640_000_000_000_000;

impl Stamp {
    /// Before every write: the stamp of a field nobody wrote.
    pub const NEVER: Self = Self { wall: 0, counter: 0, author: Author(0) };

    /// This stamp where it is later than the other one; else one by the same author just after the other.
    #[must_use]
    pub fn or_after(self, other: Self) -> Self {
        if self > other { self } else { other.next_by(self.author) }
    }

    /// The first stamp of this author that is later than this one.
    fn next_by(self, author: Author) -> Self {
        match self.counter.checked_add(1) {
            Some(counter) => Self { counter, author, ..self },
            None => Self { wall: self.wall.saturating_add(1), counter: 0, author },
        }
    }

    /// This stamp, but no later than this moment, in milliseconds since 1970.
    #[must_use]
    pub fn bounded(self, latest: u64) -> Self {
        Self { wall: self.wall.min(latest), ..self }
    }

    /// Reads what [`Display`](fmt::Display) writes; `None` for anything else, and for times no clock shows.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let (wall, counter, author) = (parts.next()?, parts.next()?, parts.next()?);
        // `from_str` would also take a sign and leading zeros, and one stamp must have one text.
        let stamp = Self {
            wall: wall.parse().ok()?,
            counter: counter.parse().ok()?,
            author: Author(u64::from_str_radix(author, 16).ok()?),
        };
        (parts.next().is_none() && stamp.wall <= LATEST && stamp.to_string() == text).then_some(stamp)
    }
}

impl fmt::Display for Stamp {
    /// `wall.counter.author`, the author in hexadecimal: `1606204800000.0.9f3a61c02b`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{:x}", self.wall, self.counter, self.author.0)
    }
}

/// Gives out stamps, each later than all it has seen: a hybrid logical clock.
///
/// A computer whose clock runs behind thus still writes after what it has read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Clock {
    author: Author,
    last: Stamp,
}

impl Clock {
    #[must_use]
    pub fn new(author: Author) -> Self {
        Self { author, last: Stamp::NEVER }
    }

    /// The stamp of a write happening at `now`, in milliseconds since 1970.
    pub fn tick(&mut self, now: u64) -> Stamp {
        self.last = if now > self.last.wall {
            Stamp { wall: now, counter: 0, author: self.author }
        } else {
            self.last.next_by(self.author)
        };
        self.last
    }

    /// Takes note of a stamp met elsewhere: later ticks come after it.
    pub fn observe(&mut self, stamp: Stamp) {
        self.last = self.last.max(stamp);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_has_one_text() {
        for text in ["0.0.0", "1606204800000.7.9f3a61c02b"] {
            assert_eq!(Stamp::parse(text).map(|stamp| stamp.to_string()).as_deref(), Some(text));
        }
        for text in ["", "1", "1.2", "1.2.3.4", "01.2.3", "+1.2.3", "1.2.F", "1.2.x", "9000000000000000.0.1", "1.-2.3"]
        {
            assert_eq!(Stamp::parse(text), None, "{text}");
        }
    }

    #[test]
    fn each_tick_is_later_than_all_seen_even_if_the_clock_stands_or_runs_back() {
        let mut clock = Clock::new(Author(7));
        let mut last = Stamp::NEVER;
        for now in [5, 5, 3, 9, 9] {
            let next = clock.tick(now);
            assert!(next > last, "{next} after {last}");
            last = next;
        }
        let ahead = Stamp { wall: 100, counter: u32::MAX, author: Author(9) };
        clock.observe(ahead);
        assert!(clock.tick(10) > ahead);
    }
}
