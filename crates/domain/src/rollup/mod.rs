//! 汇总: what many units handed in, side by side.
//!
//! Only the worker that makes office files uses it. Nothing of it is stored, and nothing is mixed with one's own workbooks.

pub mod details;
pub mod gathering;
pub mod notice;
pub mod roster;
pub mod rounds;
pub mod table;
pub mod unit;

pub use details::Detail;
pub use gathering::{Gathering, Origin, Source};
pub use notice::Notice;
pub use roster::Roster;
pub use rounds::{Move, Rounds};
pub use table::{Group, Missed, Only, Query, Sort};
pub use unit::{Round, Unit, UnitFinding};
