//! What the sources look like.

mod duty;
mod order;
mod speech;
mod step;

use toml::Spanned;

pub(super) use duty::Duty;
pub(super) use order::{OrderFile, RuleEntry};
pub(super) use speech::{ClauseEntry, PartEntry, SpeechFile};
pub(super) use step::{RequirementEntry, StepFile, WordingEntry};

pub(super) type Text = Spanned<String>;
pub(super) type List = Spanned<Vec<Text>>;
