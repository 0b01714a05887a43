//! Finding requirements by words, status and role.

use crate::catalogue::kinds::Role;
use crate::catalogue::requirement::Requirement;
use crate::checking::review::Finding;
use crate::dates::urgency::AsOf;
use crate::workbook::answer::Answer;
use crate::workbook::own_requirement::OwnRequirement;
use crate::workbook::status::Status;
use crate::workbook::workbook::Workbook;

/// What to look for; the default finds everything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// Words parted by blanks, 、 or commas; all must occur.
    pub words: String,
    pub status: Option<Status>,
    pub role: Option<Role>,
    pub finding: Option<Finding>,
}

impl Query {
    /// Whether a requirement, as the workbook's unit reads it, answers the query.
    ///
    /// Words are looked for in its title, question, points and id, in everything the unit wrote to it, and in what there is
    /// to look at (`逾期`, `缺佐证`), ignoring case and full-width forms.
    #[must_use]
    pub fn matches(&self, requirement: &Requirement, workbook: &Workbook, day: Option<AsOf>) -> bool {
        let (kind, cycle) = (workbook.kind, *workbook.cycle);
        if self.role.is_some_and(|role| requirement.role(kind) != Some(role)) {
            return false;
        }
        let answer = workbook.answer(requirement.id);
        let findings = Finding::of(&answer, workbook.due(requirement), day);
        self.matches_answer(&answer, &findings, || {
            let ask = requirement.ask(kind, cycle);
            let texts = [requirement.id.as_str(), requirement.title(kind, cycle), ask.question];
            let points = ask.points.iter().map(String::as_str);
            let texts: Vec<&str> = texts.into_iter().chain(points).collect();
            cycle.reword(&texts.join("\n")).into_owned()
        })
    }

    /// Whether a requirement of the unit's own answers the query. It has no role: the unit gave it to itself.
    #[must_use]
    pub fn matches_own(&self, own: &OwnRequirement<'_>, workbook: &Workbook, day: Option<AsOf>) -> bool {
        let answer = workbook.answer(own.id);
        let findings = Finding::of(&answer, *answer.due, day);
        self.role.is_none() && self.matches_answer(&answer, &findings, || format!("{}\n{}", own.title, own.source))
    }

    fn matches_answer(&self, answer: &Answer, findings: &[Finding], asked: impl FnOnce() -> String) -> bool {
        self.status.is_none_or(|status| *answer.status == status)
            && self.finding.is_none_or(|finding| findings.contains(&finding))
            && matches_words(&self.words, || {
                let mut text = asked();
                let evidence =
                    answer.evidence().flat_map(|(_, entry)| [&*entry.what, &*entry.reference, &*entry.place]);
                let own = answer.texts().into_iter().map(|text| text.as_str()).chain(evidence.map(String::as_str));
                for own in own.chain(findings.iter().map(|finding| finding.name())) {
                    text.push('\n');
                    text.push_str(own);
                }
                text
            })
    }
}

/// Whether all of these words occur in a text. Signs that part words are as good as blanks.
fn matches_words(words: &str, text: impl FnOnce() -> String) -> bool {
    let words = fold(words);
    let words = words.split(|c: char| c.is_whitespace() || "、，,;；。".contains(c));
    let mut words = words.filter(|word| !word.is_empty()).peekable();
    if words.peek().is_none() {
        return true;
    }
    let text = fold(&text());
    words.all(|word| text.contains(word))
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
    use crate::date::Date;
    use crate::workbook::entry::List;
    use crate::workbook::stamp::{Author, Clock};
    use crate::workbook::update::{Msg, update};
    use crate::workbook::workbook_id::WorkbookId;

    fn found(words: &str) -> usize {
        let workbook = Workbook::new(WorkbookId(1), UnitKind::County);
        let query = Query { words: words.into(), ..Query::default() };
        builtin()
            .requirements_for(UnitKind::County)
            .filter(|requirement| query.matches(requirement, &workbook, None))
            .count()
    }

    #[test]
    fn no_words_find_everything_and_nonsense_finds_nothing() {
        let all = builtin().requirements_for(UnitKind::County).count();
        assert_eq!(found(""), all);
        assert_eq!(found(" \u{3000} "), all);
        assert_eq!(found("龘龘"), 0);
    }

    #[test]
    fn ones_own_words_people_and_what_is_missing_are_found() {
        let id = builtin().requirement("2.4-b").expect("it is there").id;
        let mut workbook = Workbook::new(WorkbookId(1), UnitKind::County);
        let list = List::Evidence(id);
        let msgs = [
            Msg::NoteWritten(id, "已报市里".into()),
            Msg::ProblemWritten(id, "缺底图".into()),
            Msg::MeasureWritten(id, "月底补测".into()),
            Msg::OwnerNamed(id, "张三".into()),
            Msg::Answered(id, Status::NotStarted),
            Msg::DueSet(id, Date::parse("2020-06-30")),
            Msg::EntryAdded(list, "定位对照表".into()),
        ];
        let mut clock = Clock::new(Author(1));
        for msg in msgs {
            workbook = update(&workbook, msg, clock.tick(1));
        }
        let today = Date::parse("2020-07-01").expect("a day");
        let found = |query: Query| {
            let day = Some(AsOf { today, near_days: 30 });
            let asked = builtin().requirements_for(UnitKind::County);
            asked
                .filter(|requirement| query.matches(requirement, &workbook, day))
                .map(|found| found.id)
                .collect::<Vec<_>>()
        };
        for words in ["市里 已报", "底图、缺", "月底补测", "张三", "张三，逾期", "定位对照表", "未启动"]
        {
            assert_eq!(found(Query { words: words.into(), ..Query::default() }), [id], "{words}");
        }
        assert_eq!(found(Query { finding: Some(Finding::Overdue), ..Query::default() }), [id]);
        assert_eq!(found(Query { words: "张三 缺佐证".into(), ..Query::default() }), []);
    }

    #[test]
    fn every_word_must_occur_and_width_does_not_matter() {
        assert!(found("规划") > found("规划 衔接"));
        assert!(found("规划 衔接") > 0);
        assert_eq!(found("２．４－ｂ"), found("2.4-b"));
        assert!(found("2.4-B") > 0);
    }
}
