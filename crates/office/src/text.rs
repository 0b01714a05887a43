//! Text as it may stand in a file: without what programs refuse, and without what nobody sees.

use plan_checklist_domain::hidden::is_hidden;

/// The most a cell of a sheet holds, in UTF-16 units, as spreadsheet programs count.
pub(crate) const CELL_LIMIT: usize = 32_767;

/// Without characters that Word and Excel refuse, or that hide or turn text; lines end in `\n`, blanks around it are gone.
pub(crate) fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let is_fit = |letter: &char| matches!(letter, '\n' | '\t') || !(is_hidden(*letter) || is_refused(*letter));
    text.chars().filter(is_fit).collect::<String>().trim().to_owned()
}

/// As [`clean`], on one line.
pub(crate) fn one_line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Characters that are none in XML, and are no control characters either.
fn is_refused(letter: char) -> bool {
    matches!(letter, '\u{fffe}' | '\u{ffff}')
}

/// How long spreadsheet programs find a text.
pub(crate) fn cell_length(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// As XML writes it.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_refuse_and_what_nobody_sees_is_removed() {
        for (text, expected) in [
            ("一\r\n二\r三", "一\n二\n三"),
            ("  甲\u{0}\u{b}乙\u{1f}\u{7f}\u{85} ", "甲乙"),
            ("\u{feff}规划\u{202e}纲要\u{fffe}\u{ffff}", "规划纲要"),
            ("=1+1", "=1+1"),
            ("\n\t\n", ""),
        ] {
            assert_eq!(clean(text), expected, "{text:?}");
        }
        assert_eq!(one_line(" 甲\n  乙\t丙 "), "甲 乙 丙");
    }

    #[test]
    fn markup_in_a_text_is_text() {
        assert_eq!(escape("<w:p>&\"'"), "&lt;w:p&gt;&amp;&quot;'");
    }
}
