//! Everything impure: the address bar, storage, the clock, downloads, keys, scrolling.

pub mod address;
pub mod clock;
pub mod crash;
pub mod download;
pub mod keys;
pub mod scroll;
pub mod storage;
