//! Training: what is learned by heart, asked in rounds, and asked again when it is about to be forgotten.
//!
//! Only the part of the program that trains uses it. What somebody did is kept as a [`Log`](crate::storage::log::Log).

pub mod assignment;
pub mod attempts;
pub mod bank;
pub mod class;
pub mod fault_kind;
pub mod marking;
pub mod memory;
pub mod practice;
pub mod progress;
pub mod random;
pub mod record;
pub mod result_code;
pub mod round;

pub use assignment::{Assignment, BankVersion};
pub use attempts::{Attempt, Attempts, Verdicts};
pub use bank::{Bank, Choice, Form, Lesson, Question, Topic, builtin};
pub use class::{Class, Results};
pub use fault_kind::FaultKind;
pub use marking::{Given, Mark, Outcome};
pub use memory::Grade;
pub use practice::{Difficulty, Fault, Practice, Score};
pub use progress::{Deed, Progress};
pub use record::Record;
pub use result_code::{CodeError, ResultCode};
pub use round::{Asked, Round, Scope};
