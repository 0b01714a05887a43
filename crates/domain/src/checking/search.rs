//! Finding requirements by words, status and role.

use crate::catalogue::kinds::Role;
use crate::catalogue::requirement::Requirement;
use crate::workbook::status::Status;
use crate::workbook::workbook::Workbook;

/// What to look for; the default finds everything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// Words separated by spaces; all must occur.
    pub words: String,
    pub status: Option<Status>,
    pub role: Option<Role>,
}

impl Query {
    /// Whether a requirement, as the workbook's unit reads it, answers the query.
    ///
    /// Words are looked for in its title, question, points and id, ignoring case and full-width forms.
    #[must_use]
    pub fn matches(&self, requirement: &Requirement, workbook: &Workbook) -> bool {
        self.status.is_none_or(|status| workbook.status(requirement.id) == status)
            && self.role.is_none_or(|role| requirement.role(workbook.kind) == Some(role))
            && self.matches_words(requirement, workbook)
    }

    fn matches_words(&self, requirement: &Requirement, workbook: &Workbook) -> bool {
        let words = fold(&self.words);
        let mut words = words.split_whitespace().peekable();
        if words.peek().is_none() {
            return true;
        }
        let (kind, cycle) = (workbook.kind, *workbook.cycle);
        let ask = requirement.ask(kind, cycle);
        let mut text = format!("{}\n{}\n{}", requirement.id, requirement.title(kind, cycle), ask.question);
        for point in ask.points {
            text.push('\n');
            text.push_str(point);
        }
        let text = fold(&cycle.reword(&text));
        words.all(|word| text.contains(word))
    }
}

/// Lower case, full-width ASCII made half-width, so that what is typed with an input method on finds what is printed.
fn fold(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{3000}' => ' ',
            '“' | '”' => '"',
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c).to_ascii_lowercase(),
            c => c.to_ascii_lowercase(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::builtin;
    use crate::catalogue::kinds::UnitKind;
    use crate::workbook::workbook_id::WorkbookId;

    fn found(words: &str) -> usize {
        let workbook = Workbook::new(WorkbookId(1), UnitKind::County);
        let query = Query { words: words.into(), ..Query::default() };
        builtin().requirements_for(UnitKind::County).filter(|requirement| query.matches(requirement, &workbook)).count()
    }

    #[test]
    fn no_words_find_everything_and_nonsense_finds_nothing() {
        let all = builtin().requirements_for(UnitKind::County).count();
        assert_eq!(found(""), all);
        assert_eq!(found(" \u{3000} "), all);
        assert_eq!(found("龘龘"), 0);
    }

    #[test]
    fn every_word_must_occur_and_width_does_not_matter() {
        assert!(found("规划") > found("规划 衔接"));
        assert!(found("规划 衔接") > 0);
        assert_eq!(found("２．４－ｂ"), found("2.4-b"));
        assert!(found("2.4-B") > 0);
    }
}
