//! 成绩单: what somebody has done and how it went, as the log says.

use crate::date::Date;
use crate::storage::log::Log;
use crate::training::bank::Bank;
use crate::training::progress::{Deed, Progress, deeds};

/// What a record shows besides [`Progress`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The one begun last at the end.
    pub rounds: Vec<RoundDone>,
    /// Those with questions, in the order of the bank.
    pub steps: Vec<StepDone>,
}

/// A round, as far as it was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundDone {
    /// When it was begun; `None` where the clock was absurdly wrong.
    pub day: Option<Date>,
    /// How many were answered right, partly, wrong.
    pub counts: [usize; 3],
}

/// How far a step is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepDone {
    /// Its id.
    pub step: String,
    /// How many questions the bank has of it.
    pub questions: usize,
    /// How many of them were last answered right, partly, wrong.
    pub counts: [usize; 3],
    /// The questions of it that stand in the 错题本.
    pub mistakes: Vec<String>,
}

impl Record {
    #[must_use]
    pub fn of(log: &Log, bank: &Bank, progress: &Progress) -> Self {
        Self { rounds: rounds(log, bank), steps: steps(bank, progress) }
    }
}

impl StepDone {
    #[must_use]
    pub fn answered(&self) -> usize {
        self.counts.iter().sum()
    }
}

fn rounds(log: &Log, bank: &Bank) -> Vec<RoundDone> {
    let mut sessions: Vec<u64> = Vec::new();
    let mut rounds: Vec<RoundDone> = Vec::new();
    for (_, deed) in deeds(log) {
        let Deed::Reviewed { question, outcome, day, session, .. } = deed else { continue };
        if bank.question(&question).is_none() {
            continue;
        }
        // Two rounds may be under way in two tabs; the one that goes on is mostly among the last.
        let at = sessions.iter().rposition(|other| *other == session).unwrap_or_else(|| {
            sessions.push(session);
            rounds.push(RoundDone { day, counts: [0; 3] });
            rounds.len() - 1
        });
        rounds[at].counts[outcome as usize] += 1;
    }
    rounds
}

fn steps(bank: &Bank, progress: &Progress) -> Vec<StepDone> {
    let mut steps: Vec<StepDone> = Vec::new();
    for question in &bank.questions {
        let at = steps.iter().position(|done| done.step == question.step).unwrap_or_else(|| {
            steps.push(StepDone { step: question.step.clone(), questions: 0, counts: [0; 3], mistakes: Vec::new() });
            steps.len() - 1
        });
        steps[at].questions += 1;
        if let Some(card) = progress.card(&question.id) {
            steps[at].counts[card.outcome as usize] += 1;
            if card.is_mistake {
                steps[at].mistakes.push(question.id.clone());
            }
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::bank::builtin;
    use crate::training::marking::Outcome;
    use crate::training::memory::Grade;
    use crate::workbook::stamp::Author;
    use crate::workbook::stamp::Stamp;

    #[test]
    fn a_record_says_what_was_done_in_which_round_and_step() {
        let mut log = Log::default();
        let questions = &builtin().questions;
        let mut answer = |at: u64, question: &str, outcome: Outcome, day: &str, session: u64| {
            let (question, day) = (question.to_owned(), Date::parse(day));
            let deed = Deed::Reviewed { question, grade: Grade::Good, outcome, day, session };
            log.add(Stamp { wall: at, counter: 0, author: Author(1) }, &deed.text());
        };
        answer(1, &questions[0].id, Outcome::Wrong, "2026-11-01", 7);
        answer(2, &questions[1].id, Outcome::Right, "2026-11-01", 7);
        answer(3, &questions[0].id, Outcome::Partly, "2026-11-02", 9);
        answer(4, &questions[2].id, Outcome::Right, "2026-11-02", 7);
        answer(5, "q-gone-1", Outcome::Right, "2026-11-02", 9);
        let progress = Progress::of(&log, builtin(), Date::parse("2026-11-30"));
        let record = Record::of(&log, builtin(), &progress);
        let (first, second) = (Date::parse("2026-11-01"), Date::parse("2026-11-02"));
        assert_eq!(
            record.rounds,
            [RoundDone { day: first, counts: [2, 0, 1] }, RoundDone { day: second, counts: [0, 1, 0] }]
        );
        let step = &record.steps[0];
        assert_eq!((&step.step, step.counts, step.answered()), (&questions[0].step, [2, 1, 0], 3));
        assert_eq!(step.mistakes, [questions[0].id.clone()]);
        assert_eq!(record.steps.iter().map(|step| step.questions).sum::<usize>(), questions.len());
    }
}
