//! The permanent id of a requirement.

use std::fmt;

/// The longest id there can be, in bytes. Those of this catalogue have seven at most.
const LENGTH: usize = 16;

/// The permanent id of a requirement: the locator of its main clause, with a digit where a clause has several (`2.4-b2`).
///
/// Any word of up to sixteen ASCII letters, digits and signs is one: whether a catalogue has such a requirement is for
/// the catalogue to say. Ids are ordered as their texts are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequirementId {
    /// The text, filled up with zeros.
    bytes: [u8; LENGTH],
}

impl RequirementId {
    /// Reads an id; `None` for a text that cannot be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_id = !text.is_empty() && text.len() <= LENGTH && text.bytes().all(|byte| byte.is_ascii_graphic());
        let mut bytes = [0; LENGTH];
        bytes.get_mut(..text.len()).filter(|_| is_id)?.copy_from_slice(text.as_bytes());
        Some(Self { bytes })
    }

    /// The id as it stands in addresses and save files.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let length = self.bytes.iter().position(|byte| *byte == 0).unwrap_or(LENGTH);
        str::from_utf8(&self.bytes[..length]).unwrap_or_default()
    }
}

impl fmt::Display for RequirementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for RequirementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_short_word_and_ordered_like_one() {
        for text in ["2.4-b", "0-a", "2.4-b2", "a234567890123456"] {
            assert_eq!(RequirementId::parse(text).map(|id| id.to_string()).as_deref(), Some(text));
        }
        for text in ["", "2.4 b", "a2345678901234567", "二", "2.4-b\n", "\0"] {
            assert_eq!(RequirementId::parse(text), None, "{text:?}");
        }
        let mut texts = ["2.4-b2", "2.4-b", "2.4-c", "0-a", "2.10-a"];
        let mut ids = texts.map(|text| RequirementId::parse(text).expect("an id"));
        texts.sort_unstable();
        ids.sort_unstable();
        assert_eq!(ids.map(|id| id.to_string()), texts);
    }
}
