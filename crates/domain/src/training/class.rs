//! What a trainer knows of a class: who is in it, what they handed in, and what most of them got wrong.
//!
//! Both lists are pasted, from a chat or a table, and read as people write them. Nothing of them is stored.

use std::collections::BTreeSet;

use crate::hidden::is_hidden;
use crate::training::bank::Bank;
use crate::training::marking::{Outcome, most};
use crate::training::result_code::{CodeError, ResultCode, is_between, round_id, value};
use crate::training::round::Round;

/// The most characters of a name.
pub const NAME_LIMIT: usize = 30;
/// The most lines that are read.
pub const LINE_LIMIT: usize = 1000;

/// Fewer letters than this are no code, nor what is left of one.
const LEAST_CODE: usize = 6;
/// What people write around a code.
const FILLERS: [&str; 4] = ["的成绩码是", "的成绩码", "成绩码是", "成绩码"];
/// Heads of columns, which nobody is called.
const HEADS: [&str; 4] = ["姓名", "名单", "名字", "学员姓名"];

/// Who is in a class.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Class {
    /// Each once, as they stand in the list.
    pub names: Vec<String>,
    pub faults: Vec<ListFault>,
}

/// What is wrong with a list of names. Lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListFault {
    /// What stands on this line is too long for a name.
    TooLong(usize),
    /// Two go by this name.
    Twice(String),
    /// Lines from here on were not read.
    TooMany(usize),
}

/// What was handed in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Results {
    /// One for each name.
    pub handed: Vec<Handed>,
    /// With the line each is on, from 1.
    pub faults: Vec<(usize, Fault)>,
}

/// What one of them handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handed {
    pub name: String,
    pub result: ResultCode,
}

/// What is wrong with a line of results. Names are empty where there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    Mistyped(String),
    /// A later release made the code.
    Newer(String),
    OtherRound(String),
    /// The name is not in the list.
    Unknown(String),
    /// There is a code and no name.
    Nameless,
    /// There is no code.
    Codeless(String),
    /// The one before counts.
    Twice {
        name: String,
        counts: usize,
        other: usize,
    },
    /// Lines from here on were not read.
    TooMany,
}

/// How a question of the round went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its id.
    pub question: String,
    /// Its number in the round, from 1.
    pub number: usize,
    /// How many answered it right, partly, wrong.
    pub counts: [usize; 3],
}

impl Class {
    /// Reads a list, one name a line. Of a line with several cells, as tables have, the first that is no number counts.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self::parse_as(text, &HEADS, NAME_LIMIT, LINE_LIMIT)
    }

    /// The same for a list of something else: with other heads of columns, longer names, or more lines.
    pub(crate) fn parse_as(text: &str, heads: &[&str], longest: usize, most: usize) -> Self {
        let mut class = Self::default();
        let mut keys = BTreeSet::new();
        for (at, line) in text.lines().enumerate() {
            if at >= most {
                class.faults.push(ListFault::TooMany(at + 1));
                break;
            }
            let cells = || line.split('\t').map(clean_name).filter(|cell| !cell.is_empty());
            let named = cells().find(|cell| cell.chars().any(char::is_alphabetic)).or_else(|| cells().next());
            let Some(name) = named.filter(|name| !heads.contains(&name.as_str())) else { continue };
            if name.chars().count() > longest {
                class.faults.push(ListFault::TooLong(at + 1));
                continue;
            }
            let key = key(&name);
            if key.is_empty() {
                continue;
            }
            if keys.insert(key) {
                class.names.push(name);
            } else {
                let fault = ListFault::Twice(name);
                if !class.faults.contains(&fault) {
                    class.faults.push(fault);
                }
            }
        }
        class
    }

    /// Those who have not handed in.
    pub fn missing<'a>(&'a self, results: &'a Results) -> impl Iterator<Item = &'a str> {
        let has_handed = |name: &str| results.handed.iter().any(|handed| handed.name == name);
        self.names.iter().map(String::as_str).filter(move |name| !has_handed(name))
    }
}

impl Results {
    /// Reads what was handed in: lines of a name and a code in any order. Without a list, everybody counts.
    #[must_use]
    pub fn read(class: &Class, bank: &Bank, round: &Round, text: &str) -> Self {
        let id = round_id(bank, round);
        let keys: Vec<(Vec<char>, &String)> = class.names.iter().map(|name| (key(name), name)).collect();
        let mut results = Self::default();
        // A name that stood alone: in chats, what somebody says stands on the line below.
        let mut waiting: Option<(usize, String)> = None;
        for (at, line) in text.lines().enumerate() {
            let number = at + 1;
            if at >= LINE_LIMIT {
                results.faults.push((number, Fault::TooMany));
                break;
            }
            let letters = letters(line);
            if letters.is_empty() {
                continue;
            }
            let Line { name, is_known, code } = Line::read(&letters, &keys);
            if code.iter().filter(|letter| letter.is_ascii_alphanumeric()).count() < LEAST_CODE {
                if let Some((number, name)) = waiting.replace((number, name)) {
                    results.faults.push((number, Fault::Codeless(name)));
                }
                continue;
            }
            let (name, is_known) = match waiting.take() {
                Some((_, waiting)) if name.is_empty() => {
                    let known = keys.iter().find(|(other, _)| *other == key(&waiting));
                    (known.map_or(waiting, |(_, name)| (*name).clone()), known.is_some())
                }
                other => {
                    results.faults.extend(other.map(|(number, name)| (number, Fault::Codeless(name))));
                    (name, is_known)
                }
            };
            let code: String = code.into_iter().collect();
            let mut fault = |fault: Fault| results.faults.push((number, fault));
            match ResultCode::read_all(&code) {
                _ if name.is_empty() => fault(Fault::Nameless),
                _ if !is_known && !keys.is_empty() => fault(Fault::Unknown(name)),
                Err(CodeError::Mistyped) => fault(Fault::Mistyped(name)),
                Err(CodeError::Newer) => fault(Fault::Newer(name)),
                Ok(codes) => {
                    for result in codes {
                        results.take(number, &name, result, id, bank, round);
                    }
                }
            }
        }
        results.faults.extend(waiting.map(|(number, name)| (number, Fault::Codeless(name))));
        results.faults.sort_by_key(|(number, _)| *number);
        results
    }

    fn take(&mut self, number: usize, name: &str, result: ResultCode, id: u32, bank: &Bank, round: &Round) {
        if result.round != id {
            self.faults.push((number, Fault::OtherRound(name.into())));
        } else if !result.fits(bank, round) {
            self.faults.push((number, Fault::Mistyped(name.into())));
        } else if let Some(first) = self.handed.iter().find(|handed| handed.name == name) {
            if first.result != result {
                let (counts, other) = (first.result.points, result.points);
                self.faults.push((number, Fault::Twice { name: name.into(), counts, other }));
            }
        } else {
            self.handed.push(Handed { name: name.into(), result });
        }
    }

    /// How each question of the round went, what most got wrong first.
    #[must_use]
    pub fn items(&self, round: &Round) -> Vec<Item> {
        let count = |at: usize, wanted: Outcome| {
            self.handed.iter().filter(|handed| handed.result.outcomes.get(at) == Some(&wanted)).count()
        };
        let mut items: Vec<Item> = Vec::with_capacity(round.asked.len());
        items.extend(round.asked.iter().enumerate().map(|(at, asked)| Item {
            question: asked.question.clone(),
            number: at + 1,
            counts: Outcome::ALL.map(|wanted| count(at, wanted)),
        }));
        // Half wrong counts half. What nobody answered comes last.
        let missed = |item: &Item| item.counts[1] + 2 * item.counts[2];
        items.sort_by(|one, other| {
            let (of_one, of_other) = (one.answered(), other.answered());
            (of_one == 0)
                .cmp(&(of_other == 0))
                .then((missed(other) * of_one).cmp(&(missed(one) * of_other)))
                .then(one.number.cmp(&other.number))
        });
        items
    }

    /// A text to paste into a chat or a table.
    #[must_use]
    pub fn text(&self, heading: &str, class: &Class, bank: &Bank, round: &Round) -> String {
        let full: usize =
            round.asked.iter().map(|asked| bank.question(&asked.question).map_or(0, |it| most(&it.form))).sum();
        let missing: Vec<_> = class.missing(self).collect();
        let mut text = format!("{heading}\n已交 {} 人", self.handed.len());
        if !class.names.is_empty() {
            text += &format!("，共 {} 人", class.names.len());
        }
        if !missing.is_empty() {
            text += &format!("；没有交的：{}", missing.join("、"));
        }
        text += &format!("。\n\n姓名\t得分（满分 {full}）\t答对\t对一部分\t答错\t没有答\n");
        for Handed { name, result } in &self.handed {
            let [right, partly, wrong] = result.counts();
            let open = round.asked.len().saturating_sub(result.outcomes.len());
            text += &format!("{name}\t{}\t{right}\t{partly}\t{wrong}\t{open}\n", result.points);
        }
        text += "\n题目\t没有全对的\t答了的\n";
        for item in self.items(round) {
            let stem = bank.question(&item.question).map_or("", |question| &question.stem);
            text += &format!("{}. {stem}\t{}\t{}\n", item.number, item.counts[1] + item.counts[2], item.answered());
        }
        text
    }
}

impl ResultCode {
    /// How many questions were answered right, partly, wrong.
    #[must_use]
    pub fn counts(&self) -> [usize; 3] {
        Outcome::ALL.map(|wanted| self.outcomes.iter().filter(|outcome| **outcome == wanted).count())
    }
}

impl Item {
    #[must_use]
    pub fn answered(&self) -> usize {
        self.counts.iter().sum()
    }

    /// How many of a hundred did not get it all right, rounded down.
    #[must_use]
    pub fn missed_per_cent(&self) -> usize {
        ((self.counts[1] + self.counts[2]) * 100).checked_div(self.answered()).unwrap_or(0)
    }
}

/// A name fit to be shown: on one line, without what is invisible, and without the number before it.
fn clean_name(cell: &str) -> String {
    let visible: String = cell.chars().filter(|letter| letter.is_whitespace() || !is_hidden(*letter)).collect();
    let trimmed = visible.trim();
    let unnumbered = trimmed.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let unnumbered = unnumbered.strip_prefix(['.', '、', '．', ')', '）']).map_or(trimmed, str::trim);
    let words: Vec<&str> = unnumbered.split_whitespace().collect();
    // 张　三 is spread to look as wide as a name of three.
    words.join(if unnumbered.is_ascii() { " " } else { "" })
}

/// What stays the same where a name is written in another way.
pub(crate) fn key(name: &str) -> Vec<char> {
    letters(name).into_iter().map(|letter| letter.plain).collect()
}

/// A letter of a line, without what parts it from the one before.
#[derive(Debug, Clone, Copy)]
struct Letter {
    plain: char,
    shown: char,
    is_apart: bool,
}

fn letters(line: &str) -> Vec<Letter> {
    let line = FILLERS.iter().fold(line.to_owned(), |line, filler| line.replace(filler, " "));
    let mut letters = Vec::new();
    let mut is_apart = true;
    for shown in line.chars() {
        let is_parting = matches!(shown, ',' | '，' | '、' | ':' | '：' | ';' | '；' | '|' | '。');
        if shown.is_whitespace() || is_parting {
            is_apart = true;
        } else if !is_hidden(shown) {
            let narrow = match shown {
                '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(shown) - 0xfee0).unwrap_or(shown),
                _ => shown,
            };
            letters.push(Letter { plain: narrow.to_ascii_uppercase(), shown, is_apart });
            is_apart = false;
        }
    }
    letters
}

/// Whether a letter is of the sort that codes are made of, stands between their groups, or neither.
fn sort(letter: char) -> u8 {
    if letter.is_ascii_alphanumeric() { 0 } else { 1 + u8::from(!is_between(letter)) }
}

/// Where a name of the list stands in a line.
struct Match<'a> {
    start: usize,
    end: usize,
    /// Letters that the code may begin or end with stand beside it.
    is_inside: bool,
    name: &'a str,
}

/// A line in two.
struct Line {
    name: String,
    /// It is one of the list.
    is_known: bool,
    code: Vec<char>,
}

impl Line {
    fn read(letters: &[Letter], keys: &[(Vec<char>, &String)]) -> Self {
        let is_edge = |at: usize| {
            at == 0
                || at == letters.len()
                || letters[at].is_apart
                || sort(letters[at - 1].plain) != sort(letters[at].plain)
        };
        let is_code =
            |code: &[char]| ResultCode::read_all(&code.iter().collect::<String>()).is_ok_and(|it| !it.is_empty());
        let mut found: Vec<Match<'_>> = Vec::new();
        for (key, name) in keys {
            for start in 0..(letters.len() + 1).saturating_sub(key.len()) {
                let end = start + key.len();
                if !key.iter().zip(&letters[start..end]).all(|(one, other)| *one == other.plain) {
                    continue;
                }
                // Inside of another name it is nobody's; a letter beside it may be the code's.
                let may_end = |at: usize| is_edge(at) || sort(letters[at].plain) == 0;
                if may_end(start) && may_end(end) {
                    found.push(Match { start, end, is_inside: !is_edge(start) || !is_edge(end), name });
                }
            }
        }
        found.sort_by_key(|it| (it.is_inside, usize::MAX - (it.end - it.start), it.start));
        let rest = |it: &Match<'_>| code_of(letters[..it.start].iter().chain(&letters[it.end..]));
        let sound = found.iter().find(|it| is_code(&rest(it)));
        if let Some(best) = sound.or_else(|| found.first().filter(|first| !first.is_inside)) {
            return Self { name: best.name.into(), is_known: true, code: rest(best) };
        }
        // A blank may part them.
        for at in (1..letters.len()).filter(|at| letters[*at].is_apart) {
            let (one, other) = letters.split_at(at);
            for (name, code) in [(one, other), (other, one)] {
                if is_code(&code_of(code.iter())) {
                    return Self { name: shown(name.iter()), is_known: false, code: code_of(code.iter()) };
                }
            }
        }
        let name = shown(letters.iter().filter(|letter| sort(letter.plain) == 2));
        Self { name, is_known: false, code: code_of(letters.iter()) }
    }
}

/// What of these may belong to a code.
fn code_of<'a>(letters: impl Iterator<Item = &'a Letter>) -> Vec<char> {
    letters.map(|letter| letter.plain).filter(|letter| sort(*letter) == 0 || value(*letter).is_some()).collect()
}

/// These as a name.
fn shown<'a>(letters: impl Iterator<Item = &'a Letter>) -> String {
    letters.take(NAME_LIMIT).map(|letter| letter.shown).collect()
}
