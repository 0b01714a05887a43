//! The catalogue compiler: TOML in, one JSON out, every mistake with its file and line.
//!
//! Pure, so that `tests/catalogue_mistakes.rs` can feed it broken catalogues.

mod check;
#[path = "../../src/chinese.rs"]
#[expect(unreachable_pub, reason = "the domain shows it")]
mod chinese;
mod emit;
mod entries;
#[path = "../../src/training/fault_kind.rs"]
#[expect(unreachable_pub, reason = "the domain shows them")]
#[expect(dead_code, reason = "the domain uses all of it")]
mod fault_kind;
#[path = "../../src/catalogue/kinds.rs"]
#[expect(unreachable_pub, reason = "the domain shows them")]
#[expect(dead_code, reason = "the domain uses all of it")]
mod kinds;
mod practice;
mod training;

use std::fmt;

use check::Check;
use entries::{OrderFile, SpeechFile, StepFile};
use practice::PracticeFile;
use training::TrainingFile;

/// One file: its name for messages, and its text.
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) text: String,
}

/// Something wrong in a source, at a line counted from 1.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) message: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// A source that was read.
struct Read<'a, T> {
    source: &'a Source,
    file: T,
}

/// What the program reads.
pub(crate) struct Compiled {
    /// The JSON that `Catalogue::parse` reads.
    pub(crate) catalogue: String,
    /// The JSON that `Bank::parse` reads.
    pub(crate) training: String,
    pub(crate) lessons: usize,
    /// The JSON that `Practice::set` reads.
    pub(crate) practice: String,
}

/// Compiles a whole catalogue, and the training content that rests on it.
///
/// `clauses.toml` holds parts and clauses, `order.toml` what is in which order, `link_order.txt` what links carry; every
/// other TOML file is a step, or training content where it lies in `training/`.
pub(crate) fn compile(sources: &[Source]) -> Result<Compiled, Vec<Mistake>> {
    let mut check = Check::default();
    let (mut speech, mut order, mut link_order, mut steps) = (None, None, "", Vec::new());
    let (mut training, mut practice) = (Vec::new(), None);
    for source in sources {
        let name = source.name.as_str();
        if name.ends_with("training/practice.toml") {
            practice = check.parse::<PracticeFile>(source);
        } else if name.contains("training/") {
            if name.ends_with(".toml") {
                training.extend(check.parse::<TrainingFile>(source));
            }
        } else if name.ends_with("clauses.toml") {
            speech = check.parse::<SpeechFile>(source);
        } else if name.ends_with("/order.toml") {
            order = check.parse::<OrderFile>(source);
        } else if name.ends_with("link_order.txt") {
            link_order = &source.text;
        } else if name.ends_with(".toml") {
            steps.extend(check.parse::<StepFile>(source));
        }
    }
    let (Some(speech), Some(order)) = (speech, order) else {
        if check.mistakes.is_empty() {
            let message = "clauses.toml or order.toml is missing".into();
            check.mistakes.push(Mistake { file: "catalogue".into(), line: 1, message });
        }
        return Err(check.mistakes);
    };
    check.everything(&speech, &steps, &order);
    // A catalogue for tests has none.
    if check.mistakes.is_empty() && !training.is_empty() {
        check.training(&training, speech.source, &speech.file.clause);
    }
    if check.mistakes.is_empty()
        && let Some(practice) = &practice
    {
        check.practice(practice, &steps);
    }
    if !check.mistakes.is_empty() {
        return Err(check.mistakes);
    }
    let (content, lessons) = training::emit(&training);
    let catalogue = emit::json(&speech.file, &steps, &order.file, link_order);
    Ok(Compiled { catalogue, training: content, lessons, practice: practice::emit(practice.as_ref()) })
}
