//! What is handed on: links and the snapshots they carry, QR codes, texts to paste, the report and what it is made of.

pub mod late;
pub mod link;
pub mod link_order;
pub mod problems;
pub mod qr;
pub mod report;
pub(crate) mod sealed;
pub mod since;
pub mod snapshot;
mod subject;
pub mod summary;
mod unit_name;
