//! How workbooks are kept: records in the browser's storage, restore points, backup files, the journal of undo.

pub mod backup;
pub mod checksum;
pub mod journal;
pub mod key;
pub mod loading;
pub mod locked;
pub mod log;
pub mod log_shelf;
pub mod record;
pub mod restore_points;
mod room;
pub mod saved;
pub mod shelf;
mod slots;
pub mod store;
