//! The checksum of records and backup files: CRC-32 as in zip and PNG.

use std::sync::LazyLock;

use crc::{CRC_32_ISO_HDLC, Crc, Table};

/// Sixteen bytes at a time, because every save checks everything it writes; made at first use, because sixteen kilobytes
/// of table would be downloaded otherwise.
static CRC: LazyLock<Crc<u32, Table<16>>> = LazyLock::new(|| Crc::<u32, Table<16>>::new(&CRC_32_ISO_HDLC));

/// The checksum of these parts, one after the other.
#[must_use]
pub fn checksum(parts: &[&[u8]]) -> u32 {
    let mut digest = CRC.digest();
    for part in parts {
        digest.update(part);
    }
    digest.finalize()
}
