//! The name of a unit as links carry it.

use crate::hidden::is_hidden;

/// The longest 单位名称 a link carries, in UTF-16 units.
pub const UNIT_LIMIT: usize = 60;

/// A 单位名称 fit to be shown: on one line, without characters that are invisible or turn the text around, and no
/// longer than a link carries. `None` where nothing is left.
#[must_use]
pub fn clean_unit(name: &str) -> Option<String> {
    let mut left = UNIT_LIMIT;
    let visible = name.trim_start_matches(|letter: char| letter.is_whitespace() || is_hidden(letter));
    let clean: String = visible
        .chars()
        .filter(|letter| !is_hidden(*letter))
        .take_while(|letter| {
            let fits = letter.len_utf16() <= left;
            left = left.saturating_sub(letter.len_utf16());
            fits
        })
        .collect();
    let clean = clean.trim();
    (!clean.is_empty()).then(|| clean.to_owned())
}
