//! What is handed on: links and the snapshots they carry, QR codes, texts to paste, the report.

pub mod link;
pub mod link_order;
pub mod qr;
pub mod report;
pub mod snapshot;
pub mod summary;
