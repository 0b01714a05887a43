//! Finding requirements by words, status and role.

use std::borrow::Cow;

use crate::catalogue::Catalogue;
use crate::catalogue::kinds::Role;
use crate::catalogue::requirement::Requirement;
use crate::checking::points::plan_ids;
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

/// What words may be found in, besides what a list shows of a requirement anyhow: its title, its question, who answers for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Id,
    Point,
    Note,
    Problem,
    Measure,
    Reason,
    Evidence,
    /// The note to one of a department's several plans, by its name.
    Plan(String),
    /// What there is to look at.
    Finding,
}

/// A place where words were found, and what is written around the first of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub place: Place,
    pub excerpt: String,
}

/// Words are looked for in these; `None` is what a list shows anyhow.
type Texts<'a> = Vec<(Option<Place>, Cow<'a, str>)>;

impl Query {
    /// Where a requirement, as the workbook's unit reads it, answers the query; `None` if it does not.
    ///
    /// Words are looked for in its title, question, points and id, in everything the unit wrote to it, and in what there is
    /// to look at (`逾期`, `缺佐证`), ignoring case and full-width forms.
    #[must_use]
    pub fn find(
        &self,
        catalogue: &Catalogue,
        requirement: &Requirement,
        workbook: &Workbook,
        day: Option<AsOf>,
    ) -> Option<Vec<Hit>> {
        let (kind, cycle) = (workbook.kind, *workbook.cycle);
        if self.role.is_some_and(|role| requirement.role(kind) != Some(role)) {
            return None;
        }
        let answer = workbook.answer(requirement.id);
        let findings = Finding::of(&answer, workbook.due(requirement), day);
        self.find_in_answer(&answer, &findings, || {
            let ask = requirement.ask(kind, cycle);
            let mut texts: Texts<'_> =
                vec![(None, cycle.reword(requirement.title(kind, cycle))), (None, cycle.reword(ask.question))];
            texts.extend(ask.points.iter().map(|point| (Some(Place::Point), cycle.reword(point))));
            texts.push((Some(Place::Id), requirement.id.as_str().into()));
            texts.extend(
                plan_ids(catalogue, workbook, requirement.id).into_iter().map(|(id, name)| {
                    (Some(Place::Plan(name.to_owned())), workbook.answer(id).note.to_string().into())
                }),
            );
            texts
        })
    }

    /// Where a requirement of the unit's own answers the query. It has no role: the unit gave it to itself.
    #[must_use]
    pub fn find_in_own(&self, own: &OwnRequirement<'_>, workbook: &Workbook, day: Option<AsOf>) -> Option<Vec<Hit>> {
        let answer = workbook.answer(own.id);
        let findings = Finding::of(&answer, *answer.due, day);
        if self.role.is_some() {
            return None;
        }
        self.find_in_answer(&answer, &findings, || vec![(None, own.title.into()), (None, own.source.into())])
    }

    fn find_in_answer<'a>(
        &self,
        answer: &'a Answer,
        findings: &[Finding],
        asked: impl FnOnce() -> Texts<'a>,
    ) -> Option<Vec<Hit>> {
        if self.status.is_some_and(|status| *answer.status != status)
            || self.finding.is_some_and(|finding| !findings.contains(&finding))
        {
            return None;
        }
        let words = words(&self.words);
        if words.is_empty() {
            return Some(Vec::new());
        }
        let mut texts = asked();
        texts.extend([
            (None, answer.owner.as_str().into()),
            (Some(Place::Note), answer.note.as_str().into()),
            (Some(Place::Problem), answer.problem.as_str().into()),
            (Some(Place::Measure), answer.measure.as_str().into()),
            (Some(Place::Reason), answer.reason.as_str().into()),
        ]);
        let evidence = answer.evidence().flat_map(|(_, entry)| [&*entry.what, &*entry.reference, &*entry.place]);
        texts.extend(evidence.map(|text| (Some(Place::Evidence), text.as_str().into())));
        texts.extend(findings.iter().map(|finding| (Some(Place::Finding), finding.name().into())));
        let folded: Vec<Vec<char>> = texts.iter().map(|(_, text)| fold(text)).collect();
        let is_all = words.iter().all(|word| folded.iter().any(|text| first(text, word).is_some()));
        is_all.then(|| {
            let hits = texts.into_iter().zip(&folded).filter_map(|((place, text), folded)| {
                let at = words.iter().filter_map(|word| first(folded, word)).min()?;
                Some(Hit { place: place?, excerpt: excerpt(&text, at) })
            });
            hits.collect()
        })
    }

    /// Cuts a text into what was looked for (`true`) and what is between.
    #[must_use]
    pub fn marked<'a>(&self, text: &'a str) -> Vec<(bool, &'a str)> {
        let folded = fold(text);
        let mut is_found = vec![false; folded.len()];
        for word in words(&self.words) {
            for at in 0..folded.len() {
                if folded[at..].starts_with(&word) {
                    is_found[at..at + word.len()].fill(true);
                }
            }
        }
        let mut pieces = Vec::new();
        let mut from = 0;
        for (place, (at, _)) in text.char_indices().enumerate().skip(1) {
            if is_found[place] != is_found[place - 1] {
                pieces.push((is_found[place - 1], &text[from..at]));
                from = at;
            }
        }
        if let Some(last) = is_found.last() {
            pieces.push((*last, &text[from..]));
        }
        pieces
    }
}

/// What is searched for, word by word, as [`fold`] leaves it. Signs that part words are as good as blanks.
fn words(text: &str) -> Vec<Vec<char>> {
    let folded = fold(text);
    let words = folded.split(|c| c.is_whitespace() || "、，,;；。".contains(*c));
    words.filter(|word| !word.is_empty()).map(<[char]>::to_vec).collect()
}

/// Where the word stands first, in characters.
fn first(text: &[char], word: &[char]) -> Option<usize> {
    text.windows(word.len()).position(|part| part == word)
}

/// One line of a text around this character.
fn excerpt(text: &str, at: usize) -> String {
    const BEFORE: usize = 12;
    const LENGTH: usize = 48;
    // A beginning of few characters is not worth cutting.
    let from = if at < 2 * BEFORE { 0 } else { at - BEFORE };
    let mut rest = text.chars().skip(from);
    let part: String = rest.by_ref().take(LENGTH).collect();
    let line = part.split_whitespace().collect::<Vec<_>>().join(" ");
    let (before, after) = (if from > 0 { "…" } else { "" }, if rest.next().is_some() { "…" } else { "" });
    format!("{before}{line}{after}")
}

/// Lower case, full-width ASCII made half-width, so that what is typed with an input method on finds what is printed. Each
/// character stays one.
fn fold(text: &str) -> Vec<char> {
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
            .filter(|requirement| query.find(builtin(), requirement, &workbook, None).is_some())
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
                .filter(|requirement| query.find(builtin(), requirement, &workbook, day).is_some())
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
    fn a_hit_says_where_the_words_are_and_what_is_around_them() {
        let id = builtin().requirement("2.4-b").expect("it is there").id;
        let note = "前言，".repeat(20) + "龘里\n已收到ＡＢＣ表" + &"，后记".repeat(20);
        let mut clock = Clock::new(Author(1));
        let mut workbook = Workbook::new(WorkbookId(1), UnitKind::County);
        for msg in [Msg::NoteWritten(id, note), Msg::OwnerNamed(id, "张三".into())] {
            workbook = update(&workbook, msg, clock.tick(1));
        }
        let hits = |words: &str| {
            let query = Query { words: words.into(), ..Query::default() };
            let hits = query.find(builtin(), builtin().requirement("2.4-b").expect("it is there"), &workbook, None)?;
            Some(hits.into_iter().map(|hit| (hit.place, hit.excerpt)).collect::<Vec<_>>())
        };
        let around =
            "…前言，前言，前言，前言，龘里 已收到ＡＢＣ表，后记，后记，后记，后记，后记，后记，后记，后记，后…";
        assert_eq!(hits("abc 龘里"), Some(vec![(Place::Note, around.to_owned())]));
        assert_eq!(hits("2.4-b"), Some(vec![(Place::Id, "2.4-b".to_owned())]));
        assert_eq!(hits("张三"), Some(vec![]), "a list shows who answers for it anyhow");
        assert_eq!(hits("张三 李四"), None);
        assert_eq!(hits(""), Some(vec![]));
    }

    #[test]
    fn what_was_looked_for_is_marked() {
        let marked = |words: &str, text: &'static str| Query { words: words.into(), ..Query::default() }.marked(text);
        assert_eq!(marked("abc、表", "收到ＡＢＣ表 Ab"), [(false, "收到"), (true, "ＡＢＣ表"), (false, " Ab")]);
        assert_eq!(marked("人人", "人人人"), [(true, "人人人")]);
        assert_eq!(marked(" ", "字"), [(false, "字")]);
        assert_eq!(marked("字", ""), []);
    }

    proptest::proptest! {
        #[test]
        fn marking_changes_no_text(words in ".{0,4}", text in ".{0,40}") {
            let query = Query { words, ..Query::default() };
            let pieces: String = query.marked(&text).into_iter().map(|(_, piece)| piece).collect();
            proptest::prop_assert_eq!(pieces, text);
        }
    }

    #[test]
    fn every_word_must_occur_and_width_does_not_matter() {
        assert!(found("规划") > found("规划 衔接"));
        assert!(found("规划 衔接") > 0);
        assert_eq!(found("２．４－ｂ"), found("2.4-b"));
        assert!(found("2.4-B") > 0);
    }
}
