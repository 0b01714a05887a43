//! A round of questions: which are asked, and in which order they and their options stand.

use crate::catalogue::kinds::UnitKind;
use crate::storage::checksum::checksum;
use crate::training::bank::{Bank, Form, Question, right_sides};
use crate::training::progress::Progress;
use crate::training::random::Random;

/// How many questions a quick round has.
pub const QUICK: usize = 10;
/// How many questions a round for one kind of unit has.
pub const OF_A_KIND: usize = 20;

/// Which questions a round draws from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Ten of all.
    Quick,
    /// Those of the step with this id.
    Step(String),
    /// Twenty for a unit of this kind: all that are for it and not for everybody, then others that concern it.
    Kind(UnitKind),
    /// All.
    Full,
    /// 错题本
    Mistakes,
    /// Those that are due.
    Due,
}

/// A round: the same for everybody who has the same bank, scope and seed; of mistakes and what is due, also the same
/// progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    pub scope: Scope,
    pub seed: u64,
    pub asked: Vec<Asked>,
}

/// A question in a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Its id.
    pub question: String,
    /// In which order its options, items or right sides are shown: by their places in the bank.
    pub order: Vec<usize>,
}

impl Scope {
    /// Its words in addresses and notes.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Quick => "quick".into(),
            Self::Step(step) => format!("step-{step}"),
            Self::Kind(kind) => format!("kind-{}", kind.as_str()),
            Self::Full => "full".into(),
            Self::Mistakes => "mistakes".into(),
            Self::Due => "due".into(),
        }
    }

    /// The questions it draws from; none where they depend on who asks.
    #[must_use]
    pub fn pool<'a>(&self, bank: &'a Bank) -> Vec<&'a Question> {
        let all = bank.questions.iter();
        match self {
            Self::Quick | Self::Full => all.collect(),
            Self::Step(step) => all.filter(|question| question.step == *step).collect(),
            Self::Kind(kind) => all.filter(|question| question.concerns(*kind)).collect(),
            Self::Mistakes | Self::Due => Vec::new(),
        }
    }

    /// Reads what [`text`](Self::text) writes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text.split_once('-') {
            Some(("step", step)) => Self::Step(step.into()),
            Some(("kind", kind)) => Self::Kind(UnitKind::parse(kind)?),
            _ => match text {
                "quick" => Self::Quick,
                "full" => Self::Full,
                "mistakes" => Self::Mistakes,
                "due" => Self::Due,
                _ => return None,
            },
        })
    }
}

/// Draws so many of these, in the order they are asked; of those for one kind of unit, first what is not for everybody.
pub(crate) fn choose<'a>(mut pool: Vec<&'a Question>, scope: &Scope, count: usize, seed: u64) -> Vec<&'a Question> {
    let mut random = Random::new(seed);
    random.shuffle(&mut pool);
    if let Scope::Kind(_) = scope {
        let (mut own, common): (Vec<_>, Vec<_>) = pool.into_iter().partition(|question| !question.kinds.is_empty());
        own.extend(common);
        own.truncate(count);
        random.shuffle(&mut own);
        pool = own;
    }
    pool.truncate(count);
    pool
}

impl Round {
    /// Draws a round. Empty where the scope has no questions.
    #[must_use]
    pub fn draw(bank: &Bank, scope: Scope, seed: u64, progress: &Progress) -> Self {
        let count = match scope {
            Scope::Quick => QUICK,
            Scope::Kind(_) => OF_A_KIND,
            _ => usize::MAX,
        };
        let pool = match &scope {
            Scope::Mistakes => progress.mistakes().filter_map(|id| bank.question(id)).collect(),
            Scope::Due => progress.due().filter_map(|id| bank.question(id)).collect(),
            _ => scope.pool(bank),
        };
        let asked = choose(pool, &scope, count, seed);
        Self { asked: asked.into_iter().map(|question| Asked::draw(question, seed)).collect(), scope, seed }
    }

    /// The round of this seed that asked these questions, with everything where it stood; `None` where the bank does not
    /// have all of them.
    #[must_use]
    pub fn again<'a>(bank: &Bank, scope: Scope, seed: u64, questions: impl Iterator<Item = &'a str>) -> Option<Self> {
        let asked = questions.map(|id| Some(Asked::draw(bank.question(id)?, seed))).collect::<Option<Vec<_>>>()?;
        Some(Self { scope, seed, asked })
    }
}

impl Asked {
    /// Puts the options of a question in the order that a seed gives them, whatever else is asked.
    #[must_use]
    pub fn draw(question: &Question, seed: u64) -> Self {
        let salt = checksum(&[question.id.as_bytes()]);
        let mut random = Random::new(seed ^ (u64::from(salt) << 32));
        let count = match &question.form {
            Form::Single(choices) | Form::Multiple(choices) | Form::Judge { reasons: choices, .. } => choices.len(),
            Form::Order(items) => items.len(),
            Form::Match(_) => right_sides(&question.form).len(),
            Form::Blank(_) => 0,
        };
        let mut order: Vec<usize> = (0..count).collect();
        random.shuffle(&mut order);
        // What is to be put in order does not stand in it.
        if matches!(question.form, Form::Order(_)) && order.is_sorted() {
            order.rotate_left(1);
        }
        Self { question: question.id.clone(), order }
    }
}
