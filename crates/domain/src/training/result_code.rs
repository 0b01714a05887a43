//! 成绩码: what came of a round, in letters and digits that can be copied by hand.
//!
//! ```text
//! version(1) round(4) answered(2) outcomes(answered / 3) points(2) check(3)
//! ```
//!
//! Each stands for five bits, in Crockford's alphabet, which has no I, L, O and U. Three outcomes go into one. The check is
//! a CRC-15 of the rest; it notices every change within two neighbours, and 32,767 in 32,768 of all others. Every later
//! version keeps the places of the version and of the check.

use crc::{CRC_15_CAN, Crc, NoTable};

use crate::hidden::is_hidden;
use crate::storage::checksum::checksum;
use crate::training::bank::Bank;
use crate::training::marking::{Mark, Outcome, most};
use crate::training::round::Round;

/// What somebody's round came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultCode {
    /// Which round it was, as [`round_id`] says.
    pub round: u32,
    /// Of the questions answered, in the order of the round.
    pub outcomes: Vec<Outcome>,
    pub points: usize,
}

/// Why something is no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeError {
    /// Something was left out, added or mistaken.
    Mistyped,
    /// A later release made it.
    Newer,
}

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const VERSION: u8 = 1;
const ROUND_LETTERS: usize = 4;
const COUNT_LETTERS: usize = 2;
const POINTS_LETTERS: usize = 2;
const CHECK_LETTERS: usize = 3;
/// Letters before the outcomes.
const HEAD: usize = 1 + ROUND_LETTERS + COUNT_LETTERS;
/// Letters after them.
const TAIL: usize = POINTS_LETTERS + CHECK_LETTERS;
/// The most that two letters say.
const MOST: usize = (1 << 10) - 1;
const GROUP: usize = 4;

/// Tells rounds apart: which questions, in which order, worth how much.
#[must_use]
pub fn round_id(bank: &Bank, round: &Round) -> u32 {
    let worth = |id: &str| bank.question(id).map_or(0, |question| most(&question.form));
    let lines = round.asked.iter().map(|asked| format!("{} {}\n", asked.question, worth(&asked.question)));
    let text: String = std::iter::once(format!("{}\n", round.seed)).chain(lines).collect();
    checksum(&[text.as_bytes()]) >> 12
}

impl ResultCode {
    /// What the marks of a round's first questions come to.
    #[must_use]
    pub fn of(bank: &Bank, round: &Round, marks: &[Mark]) -> Self {
        Self {
            round: round_id(bank, round),
            outcomes: marks.iter().map(|mark| mark.outcome()).collect(),
            points: marks.iter().map(|mark| mark.points).sum(),
        }
    }

    /// Whether it can be of this round: no more questions, and as many points as such outcomes come to.
    #[must_use]
    pub fn fits(&self, bank: &Bank, round: &Round) -> bool {
        let (mut least, mut most_points) = (0, 0);
        for (asked, outcome) in round.asked.iter().zip(&self.outcomes) {
            let of = bank.question(&asked.question).map_or(0, |question| most(&question.form));
            match outcome {
                Outcome::Right => (least, most_points) = (least + of, most_points + of),
                Outcome::Partly if of < 2 => return false,
                Outcome::Partly => (least, most_points) = (least + 1, most_points + of - 1),
                Outcome::Wrong => {}
            }
        }
        self.outcomes.len() <= round.asked.len() && (least..=most_points).contains(&self.points)
    }

    /// In groups of four; `None` where there are more questions or points than it can say.
    #[must_use]
    pub fn encode(&self) -> Option<String> {
        if self.outcomes.len() > MOST || self.points > MOST {
            return None;
        }
        let mut letters = vec![VERSION];
        put(&mut letters, self.round, ROUND_LETTERS);
        put(&mut letters, u32::try_from(self.outcomes.len()).ok()?, COUNT_LETTERS);
        letters.extend(self.outcomes.chunks(3).map(|three| {
            // The first is the lowest, so that what is missing of the last three counts nothing.
            three.iter().rev().fold(0, |sum, outcome| sum * 3 + *outcome as u8)
        }));
        put(&mut letters, u32::try_from(self.points).ok()?, POINTS_LETTERS);
        let check = check(&letters);
        put(&mut letters, check, CHECK_LETTERS);
        let groups = letters
            .chunks(GROUP)
            .map(|group| group.iter().map(|letter| char::from(ALPHABET[usize::from(*letter)])).collect::<String>());
        Some(groups.collect::<Vec<_>>().join("-"))
    }

    /// Reads a code, whatever stands between its groups, in small or wide letters.
    ///
    /// # Errors
    /// See [`CodeError`].
    pub fn read(text: &str) -> Result<Self, CodeError> {
        let letters: Option<Vec<u8>> = text.chars().filter(|letter| !is_between(*letter)).map(value).collect();
        let letters = letters.ok_or(CodeError::Mistyped)?;
        let length = Self::length(&letters);
        match length {
            Some(length) if length == letters.len() => Self::of_letters(&letters),
            // It may be of a version that has other lengths.
            _ => Err(wrong(&letters)),
        }
    }

    /// Reads one or more codes, one after the other.
    ///
    /// # Errors
    /// See [`CodeError`]: if anything of it is no code.
    pub fn read_all(text: &str) -> Result<Vec<Self>, CodeError> {
        let letters: Option<Vec<u8>> = text.chars().filter(|letter| !is_between(*letter)).map(value).collect();
        let letters = letters.ok_or(CodeError::Mistyped)?;
        let (mut found, mut rest) = (Vec::new(), letters.as_slice());
        while !rest.is_empty() {
            let Some((code, after)) = Self::length(rest).and_then(|length| rest.split_at_checked(length)) else {
                return Err(wrong(rest));
            };
            found.push(Self::of_letters(code)?);
            rest = after;
        }
        Ok(found)
    }

    /// How long the code that begins here is.
    fn length(letters: &[u8]) -> Option<usize> {
        let answered = take(letters.get(1 + ROUND_LETTERS..HEAD)?);
        Some(HEAD + usize::try_from(answered).ok()?.div_ceil(3) + TAIL)
    }

    fn of_letters(letters: &[u8]) -> Result<Self, CodeError> {
        if letters.first() != Some(&VERSION) || !is_sound(letters) {
            return Err(wrong(letters));
        }
        let answered = usize::try_from(take(&letters[1 + ROUND_LETTERS..HEAD])).unwrap_or(0);
        let (outcomes, tail) = letters[HEAD..].split_at(letters.len() - HEAD - TAIL);
        let mut read = Vec::with_capacity(answered);
        for letter in outcomes {
            let mut three = usize::from(*letter);
            for _ in 0..3.min(answered - read.len()) {
                read.push(Outcome::ALL[three % 3]);
                three /= 3;
            }
            if three != 0 {
                return Err(CodeError::Mistyped);
            }
        }
        let points = usize::try_from(take(&tail[..POINTS_LETTERS])).unwrap_or(0);
        Ok(Self { round: take(&letters[1..=ROUND_LETTERS]), outcomes: read, points })
    }
}

/// What is wrong with these.
fn wrong(letters: &[u8]) -> CodeError {
    let is_later = letters.first().is_some_and(|version| *version > VERSION);
    if is_later && letters.len() > CHECK_LETTERS && is_sound(letters) { CodeError::Newer } else { CodeError::Mistyped }
}

fn is_sound(letters: &[u8]) -> bool {
    letters.len().checked_sub(CHECK_LETTERS).is_some_and(|end| check(&letters[..end]) == take(&letters[end..]))
}

fn check(letters: &[u8]) -> u32 {
    // Codes are short: no table is worth its bytes.
    Crc::<u16, NoTable>::new(&CRC_15_CAN).checksum(letters).into()
}

fn put(letters: &mut Vec<u8>, value: u32, count: usize) {
    letters.extend((0..count).rev().map(|at| (value >> (5 * at)) as u8 & 31));
}

fn take(letters: &[u8]) -> u32 {
    letters.iter().fold(0, |sum, letter| sum << 5 | u32::from(*letter))
}

/// Whether a character stands between the groups of a code and means nothing.
pub(crate) fn is_between(letter: char) -> bool {
    letter.is_whitespace()
        || is_hidden(letter)
        || matches!(
            letter,
            '-' | '_' | '.' | '－' | '＿' | '．' | '·' | '~' | '～' | '−' | 'ー' | '\u{2010}'..='\u{2015}'
        )
}

/// What a letter stands for, also where it was taken for one that looks like it.
pub(crate) fn value(letter: char) -> Option<u8> {
    let narrow = match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0)?,
        _ => letter,
    };
    let plain = match narrow.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.iter().position(|known| char::from(*known) == plain).and_then(|at| u8::try_from(at).ok())
}
