//! What `cargo xtask` and the end-to-end tests share.

pub mod bytes;
pub mod licences;
pub mod places;
pub mod service_worker;
pub mod site;
