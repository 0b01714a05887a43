//! Everything impure: the address bar, storage, the clock, chance, files, keys, scrolling.

pub mod address;
pub mod clock;
pub mod day;
pub mod download;
pub mod identity;
pub mod keys;
pub mod persistence;
pub mod pick;
pub mod print;
pub mod scroll;
pub mod search;
pub mod storage;
