//! A round that a trainer sets: the same questions in the same order for everybody who opens its link.
//!
//! ```text
//! round= version check(4) bank(4) seed(4) scope [step] length(2) questions
//! ```
//!
//! It is sealed as links are (`sharing/link.rs`). The questions stand in it one by one, each a bit in the order of
//! `training/link_order.txt`, so that a bank that has grown since asks the same.

use crate::catalogue::kinds::UnitKind;
use crate::sharing::link::{LinkError, payload, plain};
use crate::sharing::sealed::{Digits, put, seal, unseal};
use crate::storage::checksum::checksum;
use crate::training::bank::{Bank, Form, Question};
use crate::training::random::Random;
use crate::training::round::{Asked, Round, Scope, choose};

/// The ids of all questions there ever were, in the order they came. Only its end grows.
const ORDER: &str = include_str!("../../training/link_order.txt");

const WORD: &str = "round";
const BANK_DIGITS: usize = 4;
const SEED_DIGITS: usize = 4;
const LENGTH_DIGITS: usize = 2;
/// The most letters of a step's id.
const STEP_LIMIT: usize = 40;
const BITS: usize = 6;

/// What is asked of a bank, in six decimal digits: another wording of a question or an option makes another version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BankVersion(u32);

/// A round set for others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// What it was drawn from.
    pub scope: Scope,
    /// Below 2^24.
    pub seed: u64,
    /// That of the bank it was drawn from.
    pub bank: BankVersion,
    /// The places of its questions in the list of all, ascending.
    places: Vec<usize>,
}

impl BankVersion {
    #[must_use]
    pub fn of(bank: &Bank) -> Self {
        let mut texts: Vec<&str> = Vec::new();
        for question in &bank.questions {
            texts.extend([question.id.as_str(), &question.stem]);
            match &question.form {
                Form::Single(choices) => {
                    texts.push("single");
                    texts.extend(choices.iter().map(|choice| choice.text.as_str()));
                }
                Form::Multiple(choices) => {
                    texts.push("multiple");
                    texts.extend(choices.iter().map(|choice| choice.text.as_str()));
                }
                Form::Judge { is_true, reasons } => {
                    texts.push(if *is_true { "true" } else { "false" });
                    texts.extend(reasons.iter().map(|choice| choice.text.as_str()));
                }
                Form::Order(items) => {
                    texts.push("order");
                    texts.extend(items.iter().map(String::as_str));
                }
                Form::Match(pairs) => {
                    texts.push("match");
                    texts.extend(pairs.iter().flat_map(|(left, right)| [left.as_str(), right]));
                }
                Form::Blank(answers) => {
                    texts.push("blank");
                    texts.extend(answers.iter().map(String::as_str));
                }
            }
        }
        let parts: Vec<&[u8]> = texts.iter().flat_map(|text| [text.as_bytes(), b"\n"]).collect();
        Self(checksum(&parts) % 1_000_000)
    }

    /// As it is shown.
    #[must_use]
    pub fn text(self) -> String {
        format!("{:06}", self.0)
    }
}

impl Assignment {
    /// Draws one; `None` where the scope depends on who asks, or has no questions.
    #[must_use]
    pub fn draw(bank: &Bank, scope: Scope, count: usize, seed: u64) -> Option<Self> {
        let seed = seed & 0xff_ffff;
        let chosen = choose(scope.pool(bank), &scope, count, seed);
        let mut places: Vec<usize> = Vec::with_capacity(chosen.len());
        places.extend(chosen.iter().filter_map(|question| ORDER.lines().position(|id| id == question.id)));
        places.sort_unstable();
        (!places.is_empty()).then(|| Self { scope, seed, bank: BankVersion::of(bank), places })
    }

    /// How many questions it has.
    #[must_use]
    pub fn count(&self) -> usize {
        self.places.len()
    }

    /// How many of its questions this bank does not have.
    #[must_use]
    pub fn missing(&self, bank: &Bank) -> usize {
        self.ids().filter(|id| id.is_none_or(|id| bank.question(id).is_none())).count()
    }

    /// The round; `None` where the bank does not have all of its questions.
    #[must_use]
    pub fn round(&self, bank: &Bank) -> Option<Round> {
        let questions: Option<Vec<&Question>> = self.ids().map(|id| bank.question(id?)).collect();
        let mut questions = questions?;
        Random::new(self.seed).shuffle(&mut questions);
        let asked = questions.into_iter().map(|question| Asked::draw(question, self.seed)).collect();
        Some(Round { scope: self.scope.clone(), seed: self.seed, asked })
    }

    fn ids(&self) -> impl Iterator<Item = Option<&'static str>> {
        self.places.iter().map(|place| ORDER.lines().nth(*place))
    }

    /// As a fragment, without the `#`.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut body = String::new();
        put(&mut body, self.bank.0.into(), BANK_DIGITS);
        put(&mut body, self.seed, SEED_DIGITS);
        match &self.scope {
            Scope::Step(step) => {
                put(&mut body, 5, 1);
                put(&mut body, step.len() as u64, 1);
                body.push_str(step);
            }
            Scope::Kind(kind) => put(&mut body, 2 + *kind as u64, 1),
            Scope::Full => put(&mut body, 1, 1),
            _ => put(&mut body, 0, 1),
        }
        let length = self.places.last().map_or(0, |last| last / BITS + 1);
        put(&mut body, length as u64, LENGTH_DIGITS);
        for digit in 0..length {
            let bits = (0..BITS).filter(|bit| self.places.binary_search(&(digit * BITS + bit)).is_ok());
            put(&mut body, bits.fold(0, |sum, bit| sum | 1 << bit), 1);
        }
        seal(WORD, &body)
    }

    /// Reads a fragment, whatever a chat program made of it.
    ///
    /// # Errors
    /// See [`LinkError`].
    pub fn decode(fragment: &str) -> Result<Self, LinkError> {
        let plain = plain(fragment);
        let payload = payload(&plain, WORD).ok_or(LinkError::NotOurs)?;
        unseal(WORD, payload, read)
    }
}

fn read(body: &mut Digits<'_>) -> Option<Assignment> {
    let bank = BankVersion(u32::try_from(body.take(BANK_DIGITS)?).ok().filter(|version| *version < 1_000_000)?);
    let seed = body.take(SEED_DIGITS)?;
    let scope = match body.take(1)? {
        0 => Scope::Quick,
        1 => Scope::Full,
        5 => {
            let length = usize::try_from(body.take(1)?).ok().filter(|length| (1..=STEP_LIMIT).contains(length))?;
            Scope::Step(body.text(length)?.to_owned())
        }
        kind => Scope::Kind(*UnitKind::ALL.get(usize::try_from(kind).ok()?.checked_sub(2)?)?),
    };
    let length = usize::try_from(body.take(LENGTH_DIGITS)?).ok()?;
    let mut places = Vec::new();
    for digit in 0..length {
        let bits = body.take(1)?;
        places.extend((0..BITS).filter(|bit| bits >> bit & 1 == 1).map(|bit| digit * BITS + bit));
    }
    (!places.is_empty()).then_some(Assignment { scope, seed, bank, places })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::training::bank::builtin;

    /// Length and CRC-32 of the list's lines at each release; a release adds one and changes none.
    const RELEASED_LINES: &[(usize, u32)] = &[(210, 0x666b_f49f)];

    #[test]
    fn every_question_has_a_place_in_links() {
        let places: BTreeSet<&str> = ORDER.lines().collect();
        assert_eq!(places.len(), ORDER.lines().count(), "a line stands twice");
        let missing: Vec<_> =
            builtin().questions.iter().map(|question| question.id.as_str()).filter(|id| !places.contains(id)).collect();
        assert!(missing.is_empty(), "add to the end of training/link_order.txt: {missing:?}");
    }

    #[test]
    fn the_list_only_grows_at_its_end() {
        for (length, expected) in RELEASED_LINES {
            let lines: String = ORDER.split_inclusive('\n').take(*length).collect();
            assert_eq!(
                checksum(&[lines.as_bytes()]),
                *expected,
                "the first {length} lines: {:#x}",
                checksum(&[lines.as_bytes()])
            );
        }
    }
}
