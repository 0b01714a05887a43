//! CRC-32 (ISO-HDLC), as in zip and PNG.
//!
//! Four bytes at a time, with tables made at first use. A library's tables would be in every download, 1 KB at least: there
//! is nothing in them to compress. The library remains as the oracle of the tests.

use std::sync::LazyLock;

/// The polynomial, its highest power in the lowest bit.
const POLYNOMIAL: u32 = 0xedb8_8320;

/// In row `r`, what a byte adds to the remainder when `r` bytes have come after it.
static TABLES: LazyLock<[[u32; 256]; 4]> = LazyLock::new(|| {
    let mut tables = [[0; 256]; 4];
    for byte in 0..=u8::MAX {
        let mut remainder = u32::from(byte);
        for table in &mut tables {
            for _ in 0..8 {
                remainder = (remainder >> 1) ^ ((remainder & 1) * POLYNOMIAL);
            }
            table[usize::from(byte)] = remainder;
        }
    }
    tables
});

/// The checksum of the bytes.
#[must_use]
pub fn checksum(bytes: &[u8]) -> u32 {
    let [one, two, three, four] = &*TABLES;
    let mut remainder = u32::MAX;
    let (words, rest) = bytes.as_chunks();
    for word in words {
        let [a, b, c, d] = (remainder ^ u32::from_le_bytes(*word)).to_le_bytes().map(usize::from);
        remainder = four[a] ^ three[b] ^ two[c] ^ one[d];
    }
    for byte in rest {
        let [low, ..] = remainder.to_le_bytes();
        remainder = (remainder >> 8) ^ one[usize::from(low ^ byte)];
    }
    !remainder
}

#[cfg(test)]
mod tests {
    use crc::{CRC_32_ISO_HDLC, Crc};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn it_is_the_standards_own_example() {
        assert_eq!(checksum(b"123456789"), 0xcbf4_3926);
        assert_eq!(checksum(b""), 0);
    }

    proptest! {
        #[test]
        fn it_is_what_the_library_says(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
            prop_assert_eq!(checksum(&bytes), Crc::<u32>::new(&CRC_32_ISO_HDLC).checksum(&bytes));
        }
    }
}
