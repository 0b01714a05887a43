//! How workbooks are kept: records in the browser's storage, restore points, backup files.

pub mod backup;
pub mod checksum;
pub mod record;
pub mod saved;
pub mod shelf;
