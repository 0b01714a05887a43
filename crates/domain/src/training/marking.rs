//! Marking: what was answered, and how many points it is worth. Nothing is all or nothing that can be told apart.

use crate::hidden::is_hidden;
use crate::training::bank::{Choice, Form, right_sides};
use crate::training::memory::Grade;

/// What somebody answered. Places are those in the bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// These were chosen.
    Chosen(Vec<usize>),
    /// Whether the statement is true, and the reason.
    Judged {
        is_true: Option<bool>,
        reason: Option<usize>,
    },
    /// The items in this order.
    Ordered(Vec<usize>),
    /// For every left side, one of [`right_sides`].
    Matched(Vec<Option<usize>>),
    Written(String),
}

/// What an answer is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    pub points: usize,
    pub of: usize,
}

/// The same in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Right,
    Partly,
    Wrong,
}

impl Mark {
    #[must_use]
    pub fn outcome(self) -> Outcome {
        match self.points {
            points if points >= self.of => Outcome::Right,
            0 => Outcome::Wrong,
            _ => Outcome::Partly,
        }
    }
}

impl Outcome {
    pub const ALL: [Self; 3] = [Self::Right, Self::Partly, Self::Wrong];

    /// Its word in the log.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Partly => "partly",
            Self::Wrong => "wrong",
        }
    }

    /// The grade of whoever answered so and was not asked for one.
    #[must_use]
    pub fn grade(self) -> Grade {
        match self {
            Self::Right => Grade::Good,
            Self::Partly => Grade::Hard,
            Self::Wrong => Grade::Again,
        }
    }
}

impl Given {
    /// Nothing yet, as a question of this form is shown; what is to be put in order stands in `order`.
    #[must_use]
    pub fn nothing(form: &Form, order: &[usize]) -> Self {
        match form {
            Form::Single(_) | Form::Multiple(_) => Self::Chosen(Vec::new()),
            Form::Judge { .. } => Self::Judged { is_true: None, reason: None },
            Form::Order(_) => Self::Ordered(order.to_vec()),
            Form::Match(pairs) => Self::Matched(vec![None; pairs.len()]),
            Form::Blank(_) => Self::Written(String::new()),
        }
    }

    /// Whether there is enough of it to be marked.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        match self {
            Self::Chosen(chosen) => !chosen.is_empty(),
            Self::Judged { is_true, reason } => is_true.is_some() && reason.is_some(),
            Self::Ordered(_) => true,
            Self::Matched(sides) => sides.iter().all(Option::is_some),
            Self::Written(text) => !plain(text).is_empty(),
        }
    }
}

/// Marks an answer:
///
/// - one to choose: 1 point;
/// - several to choose: 1 for each right one chosen, less 1 for each wrong one, never below 0;
/// - a statement: 1 for the verdict, and 1 for the reason where the verdict is right;
/// - an order: 1 for every two neighbours of the right order of which the first stands before the second;
/// - what belongs to what: 1 for each pair;
/// - a gap: 1 point, whatever blanks and wide letters are in it.
///
/// An answer of another form is worth nothing.
#[must_use]
pub fn mark(form: &Form, given: &Given) -> Mark {
    match (form, given) {
        (Form::Single(choices), Given::Chosen(chosen)) => {
            let is_right = matches!(chosen.as_slice(), [only] if is_right(choices, *only));
            Mark { points: usize::from(is_right), of: 1 }
        }
        (Form::Multiple(choices), Given::Chosen(chosen)) => {
            let right = chosen.iter().filter(|at| is_right(choices, **at)).count();
            let of = choices.iter().filter(|choice| choice.is_right()).count();
            Mark { points: right.saturating_sub(chosen.len() - right), of }
        }
        (Form::Judge { is_true, reasons }, Given::Judged { is_true: verdict, reason }) => {
            let is_verdict_right = *verdict == Some(*is_true);
            let is_reason_right = is_verdict_right && reason.is_some_and(|at| is_right(reasons, at));
            Mark { points: usize::from(is_verdict_right) + usize::from(is_reason_right), of: 2 }
        }
        (Form::Order(items), Given::Ordered(order)) => {
            let place = |item: usize| order.iter().position(|at| *at == item);
            let neighbours = (1..items.len()).filter(|item| match (place(item - 1), place(*item)) {
                (Some(first), Some(second)) => first < second,
                _ => false,
            });
            Mark { points: neighbours.count(), of: items.len().saturating_sub(1) }
        }
        (Form::Match(pairs), Given::Matched(sides)) => {
            let rights = right_sides(form);
            let pairs_right = pairs
                .iter()
                .zip(sides)
                .filter(|((_, right), side)| side.and_then(|side| rights.get(side)).is_some_and(|side| side == right));
            Mark { points: pairs_right.count(), of: pairs.len() }
        }
        (Form::Blank(answers), Given::Written(text)) => {
            let text = plain(text);
            Mark { points: usize::from(answers.iter().any(|answer| plain(answer) == text)), of: 1 }
        }
        _ => Mark { points: 0, of: 1 },
    }
}

/// The most points that a question of this form is worth.
#[must_use]
pub fn most(form: &Form) -> usize {
    mark(form, &Given::nothing(form, &[])).of
}

fn is_right(choices: &[Choice], at: usize) -> bool {
    choices.get(at).is_some_and(Choice::is_right)
}

/// What was written, without what two people would write differently: blanks, wide forms, capitals, a full stop, quotes.
#[must_use]
pub fn plain(text: &str) -> String {
    let narrow = |letter: char| match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        _ => letter.to_ascii_lowercase(),
    };
    let is_kept = |letter: &char| {
        !letter.is_whitespace() && !is_hidden(*letter) && !matches!(letter, '“' | '”' | '"' | '《' | '》')
    };
    let text: String = text.chars().filter(is_kept).map(narrow).map(|letter| letter.to_ascii_lowercase()).collect();
    text.trim_end_matches(['。', '.', '，', ',', '；', ';']).to_owned()
}
