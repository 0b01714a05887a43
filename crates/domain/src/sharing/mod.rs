//! What is handed on: links and the snapshots they carry, QR codes, texts to paste.

pub mod link;
pub mod link_order;
pub mod qr;
pub mod snapshot;
pub mod summary;
