//! Training: what is learned by heart, asked in rounds, and asked again when it is about to be forgotten.
//!
//! Only the part of the program that trains uses it. What somebody did is kept as a [`Log`](crate::storage::log::Log).

pub mod bank;
pub mod marking;
pub mod memory;
pub mod progress;
pub mod random;
pub mod round;

pub use bank::{Bank, Choice, Form, Lesson, Question, Topic, builtin};
pub use marking::{Given, Mark, Outcome};
pub use memory::Grade;
pub use progress::{Deed, Progress};
pub use round::{Asked, Round, Scope};
