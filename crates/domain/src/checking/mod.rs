//! What the answers add up to: counts, findings, order, search.

pub mod order;
pub mod points;
pub mod pressing;
pub mod progress;
pub mod review;
pub mod search;
