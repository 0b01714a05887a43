//! How far somebody is: what the log says, replayed.
//!
//! Nothing of it is stored but the log itself, so a better schedule of a later release applies to what was learned before.

use std::collections::BTreeMap;

use crate::catalogue::requirement_id::RequirementId;
use crate::date::Date;
use crate::storage::log::Log;
use crate::training::attempts::Attempts;
use crate::training::bank::Bank;
use crate::training::fault_kind::FaultKind;
use crate::training::marking::Outcome;
use crate::training::memory::{Grade, Memory};
use crate::workbook::stamp::Stamp;

/// In how many different sessions a mistake must be answered right before it leaves the 错题本.
pub const SESSIONS: usize = 2;
/// For how many days ahead it is said how much will be due.
pub const FORECAST: usize = 14;

/// Something somebody did: what a line of the log says after its stamp.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Answered a question.
    Reviewed {
        question: String,
        grade: Grade,
        outcome: Outcome,
        /// Where it happened; `None` where the clock was absurdly wrong.
        day: Option<Date>,
        /// Which round it was in, by a number no other round has.
        session: u64,
    },
    /// Took back what they had answered to a question in this round until now.
    TookBack { question: String, session: u64 },
    /// Read a lesson.
    Read(String),
    /// Said their name.
    Named(String),
    /// Said of an answer of 练习县 what is wrong with it, or that nothing is.
    Judged { set: u8, attempt: u32, requirement: RequirementId, verdict: Option<FaultKind> },
    /// Took that back.
    Withdrawn { set: u8, attempt: u32, requirement: RequirementId },
    /// Handed in what was said of a set.
    HandedIn { set: u8, attempt: u32, day: Option<Date> },
}

/// The word for an answer with which nothing is wrong.
const SOUND: &str = "sound";

impl Deed {
    /// As a line of the log has it.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Reviewed { question, grade, outcome, day, session } => {
                let day = day.map_or_else(|| "-".into(), |day| day.to_string());
                format!("r {question} {} {} {day} {session}", grade.number(), outcome.as_str())
            }
            Self::TookBack { question, session } => format!("u {question} {session}"),
            Self::Read(lesson) => format!("l {lesson}"),
            Self::Named(name) => format!("n {}", name.split_whitespace().collect::<Vec<_>>().join(" ")),
            Self::Judged { set, attempt, requirement, verdict } => {
                format!("pj {set} {attempt} {requirement} {}", verdict.map_or(SOUND, FaultKind::as_str))
            }
            Self::Withdrawn { set, attempt, requirement } => format!("pw {set} {attempt} {requirement}"),
            Self::HandedIn { set, attempt, day } => {
                format!("ph {set} {attempt} {}", day.map_or_else(|| "-".into(), |day| day.to_string()))
            }
        }
    }

    /// Reads what [`text`](Self::text) writes; `None` for what another release may have written.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (sort, rest) = text.split_once(' ')?;
        match sort {
            "r" => {
                let mut words = rest.split(' ');
                let (question, grade, outcome) = (words.next()?, words.next()?, words.next()?);
                let (day, session) = (words.next()?, words.next()?);
                Some(Self::Reviewed {
                    question: question.into(),
                    grade: Grade::of_number(grade.parse().ok()?)?,
                    outcome: Outcome::ALL.into_iter().find(|known| known.as_str() == outcome)?,
                    day: Date::parse(day),
                    session: session.parse().ok()?,
                })
            }
            "u" => {
                let (question, session) = rest.split_once(' ')?;
                Some(Self::TookBack { question: question.into(), session: session.parse().ok()? })
            }
            "l" => Some(Self::Read(rest.into())),
            "n" => Some(Self::Named(rest.into())),
            "pj" | "pw" | "ph" => Self::parse_practice(sort, rest),
            _ => None,
        }
    }

    fn parse_practice(sort: &str, rest: &str) -> Option<Self> {
        let mut words = rest.split(' ');
        let (set, attempt) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        let about = words.next()?;
        if sort == "ph" {
            return Some(Self::HandedIn { set, attempt, day: Date::parse(about) });
        }
        let requirement = RequirementId::parse(about)?;
        if sort == "pw" {
            return Some(Self::Withdrawn { set, attempt, requirement });
        }
        let verdict = match words.next()? {
            SOUND => None,
            word => Some(FaultKind::parse(word)?),
        };
        Some(Self::Judged { set, attempt, requirement, verdict })
    }
}

/// What a log says, from the first to the last, without answers that were taken back.
pub(super) fn deeds(log: &Log) -> Vec<(Stamp, Deed)> {
    let mut deeds: Vec<_> = log.entries().filter_map(|(stamp, text)| Some((stamp, Deed::parse(text)?))).collect();
    deeds.sort_by_key(|(stamp, _)| *stamp);
    let mut taken_back: BTreeMap<(String, u64), Stamp> = BTreeMap::new();
    for (stamp, deed) in &deeds {
        if let Deed::TookBack { question, session } = deed {
            taken_back.insert((question.clone(), *session), *stamp);
        }
    }
    deeds.retain(|(stamp, deed)| match deed {
        Deed::Reviewed { question, session, .. } => {
            taken_back.get(&(question.clone(), *session)).is_none_or(|taken_back| stamp > taken_back)
        }
        _ => true,
    });
    deeds
}

/// How well one question is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    pub memory: Memory,
    /// When it was last answered.
    pub last: Date,
    pub due: Date,
    /// How often it was answered.
    pub reviews: usize,
    pub outcome: Outcome,
    /// Whether it stands in the 错题本.
    pub is_mistake: bool,
    /// The sessions in which it was right since it came there.
    sessions: Vec<u64>,
}

/// How far somebody is, as of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// By question, those the bank has.
    cards: BTreeMap<String, Card>,
    today: Option<Date>,
    /// The lessons read, each once, the one read last at the end.
    pub read: Vec<String>,
    pub name: String,
    /// How many reviews are of questions that the bank does not have. They stay in the log.
    pub aside: usize,
    /// What was said of 练习县.
    pub practice: Attempts,
}

impl Progress {
    /// Replays a log, as of `today`; while the day is not known, nothing is due.
    ///
    /// A review cannot have been made after today, nor before the one before it: a clock that was wrong and was set right
    /// neither makes a memory old nor puts a date off.
    #[must_use]
    pub fn of(log: &Log, bank: &Bank, today: Option<Date>) -> Self {
        let mut progress = Self {
            cards: BTreeMap::new(),
            today,
            read: Vec::new(),
            name: String::new(),
            aside: 0,
            practice: Attempts::default(),
        };
        for (_, deed) in deeds(log) {
            match deed {
                Deed::Reviewed { question, grade, outcome, day, session } => {
                    if bank.question(&question).is_some() {
                        progress.review(question, grade, outcome, day, session);
                    } else {
                        progress.aside += 1;
                    }
                }
                // What it was about is not among them.
                Deed::TookBack { .. } => {}
                Deed::Read(lesson) => {
                    progress.read.retain(|read| *read != lesson);
                    if bank.lesson(&lesson).is_some() {
                        progress.read.push(lesson);
                    }
                }
                Deed::Named(name) => progress.name = name,
                Deed::Judged { set, attempt, requirement, verdict } => {
                    progress.practice.judge(set, attempt, requirement, Some(verdict));
                }
                Deed::Withdrawn { set, attempt, requirement } => {
                    progress.practice.judge(set, attempt, requirement, None);
                }
                Deed::HandedIn { set, attempt, day } => progress.practice.hand_in(set, attempt, day),
            }
        }
        progress
    }

    fn review(&mut self, question: String, grade: Grade, outcome: Outcome, day: Option<Date>, session: u64) {
        let before = self.cards.remove(&question);
        let earliest = before.as_ref().map_or(Date::FIRST, |card| card.last);
        let day = day.or(self.today).unwrap_or(earliest);
        let last = self.today.map_or(day, |today| day.min(today)).max(earliest);
        let memory = match &before {
            Some(card) => card.memory.after(grade, u32::try_from(card.last.days_until(last)).unwrap_or(0)),
            None => Memory::first(grade),
        };
        let was_mistake = before.as_ref().is_some_and(|card| card.is_mistake);
        let reviews = before.as_ref().map_or(0, |card| card.reviews) + 1;
        let mut sessions = before.map_or_else(Vec::new, |card| card.sessions);
        let is_mistake = match outcome {
            Outcome::Right => {
                if was_mistake && !sessions.contains(&session) {
                    sessions.push(session);
                }
                was_mistake && sessions.len() < SESSIONS
            }
            Outcome::Partly | Outcome::Wrong => {
                sessions.clear();
                true
            }
        };
        if !is_mistake {
            sessions.clear();
        }
        let due = last.add_days(i32::try_from(memory.interval()).unwrap_or(i32::MAX));
        self.cards.insert(question, Card { memory, last, due, reviews, outcome, is_mistake, sessions });
    }

    /// What is known of a question; `None` where it was never answered.
    #[must_use]
    pub fn card(&self, question: &str) -> Option<&Card> {
        self.cards.get(question)
    }

    /// How many questions were answered at least once.
    #[must_use]
    pub fn seen(&self) -> usize {
        self.cards.len()
    }

    /// The questions of the 错题本, in the order of their ids.
    pub fn mistakes(&self) -> impl Iterator<Item = &str> {
        self.cards.iter().filter(|(_, card)| card.is_mistake).map(|(id, _)| id.as_str())
    }

    /// The questions that are due today or were before, the one due longest first.
    pub fn due(&self) -> impl Iterator<Item = &str> {
        let mut due: Vec<_> = self
            .cards
            .iter()
            .filter(|(_, card)| self.today.is_some_and(|today| card.due <= today))
            .map(|(id, card)| (card.due, id.as_str()))
            .collect();
        due.sort_unstable();
        due.into_iter().map(|(_, id)| id)
    }

    /// How many will be due on each of the days from today; what is late counts as due today.
    #[must_use]
    pub fn forecast(&self) -> [usize; FORECAST] {
        let mut days = [0; FORECAST];
        if let Some(today) = self.today {
            for card in self.cards.values() {
                let ahead = usize::try_from(today.days_until(card.due)).unwrap_or(0);
                if let Some(count) = days.get_mut(ahead) {
                    *count += 1;
                }
            }
        }
        days
    }

    /// How much of what was answered is likely still remembered today, in per cent, rounded down; `None` where nothing was.
    /// Of what was answered wrong last, nobody has shown that they know it.
    #[must_use]
    pub fn retention(&self) -> Option<u32> {
        let today = self.today.filter(|_| !self.cards.is_empty())?;
        let days = |card: &Card| u32::try_from(card.last.days_until(today)).unwrap_or(0);
        let known = self.cards.values().filter(|card| card.outcome != Outcome::Wrong);
        let sum: f64 = known.map(|card| card.memory.retention(days(card))).sum();
        let count = u32::try_from(self.cards.len()).ok()?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies between 0 and 100")]
        {
            Some((sum / f64::from(count) * 100.0) as u32)
        }
    }

    /// After how many days the question would be asked again, for each grade.
    #[must_use]
    pub fn intervals(&self, question: &str) -> [u32; 4] {
        let card = self.cards.get(question);
        Grade::ALL.map(|grade| match (card, self.today) {
            (Some(card), Some(today)) => {
                card.memory.after(grade, u32::try_from(card.last.days_until(today)).unwrap_or(0)).interval()
            }
            _ => Memory::first(grade).interval(),
        })
    }

    /// Whether a lesson was read.
    #[must_use]
    pub fn has_read(&self, lesson: &str) -> bool {
        self.read.iter().any(|read| read == lesson)
    }
}
