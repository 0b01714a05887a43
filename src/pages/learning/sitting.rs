//! A round under way: what was asked and answered, in words that a reload brings back.

use plan_checklist_domain::training::marking::mark;
use plan_checklist_domain::training::{Asked, Bank, Given, Mark, Progress, Question, Round, Scope, builtin};

/// A round under way, or at its end.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sitting {
    pub(super) round: Round,
    /// What no other round has.
    pub(super) session: u64,
    /// Of the questions that are done with, in their order.
    pub(super) marks: Vec<Mark>,
    /// What is answered to the question shown.
    pub(super) given: Given,
    /// What that is worth, once it was handed in.
    pub(super) mark: Option<Mark>,
    pub(super) is_over: bool,
}

impl Sitting {
    /// A new round; `None` where the scope has no questions.
    pub(super) fn begin(scope: Scope, now: u64, progress: &Progress) -> Option<Self> {
        let round = Round::draw(builtin(), scope, now, progress);
        Self::at(round, now, Vec::new())
    }

    fn at(round: Round, session: u64, marks: Vec<Mark>) -> Option<Self> {
        if round.asked.is_empty() {
            return None;
        }
        let is_over = marks.len() >= round.asked.len();
        let mut sitting = Self { round, session, marks, given: Given::Chosen(Vec::new()), mark: None, is_over };
        sitting.show();
        Some(sitting)
    }

    /// Begins with the question that is next.
    fn show(&mut self) {
        self.mark = None;
        if let Some((question, asked)) = self.current() {
            self.given = Given::nothing(&question.form, &asked.order);
        } else {
            self.given = Given::Chosen(Vec::new());
            self.is_over = true;
        }
    }

    /// The question shown.
    pub(super) fn current(&self) -> Option<(&'static Question, &Asked)> {
        let asked = self.round.asked.get(self.marks.len())?;
        Some((builtin().question(&asked.question)?, asked))
    }

    pub(super) fn hand_in(&mut self) -> Option<Mark> {
        let (question, _) = self.current()?;
        self.mark = Some(mark(&question.form, &self.given));
        self.mark
    }

    pub(super) fn go_on(&mut self) {
        self.marks.extend(self.mark.take());
        self.show();
    }

    pub(super) fn stop(&mut self) {
        self.mark = None;
        self.is_over = true;
    }

    /// The same where what was handed in counts.
    pub(super) fn stop_after_this(&mut self) {
        self.marks.extend(self.mark.take());
        self.is_over = true;
    }

    /// What is done with, each with its mark.
    pub(super) fn done(&self) -> impl Iterator<Item = (&'static Question, Mark)> {
        let done = self.round.asked.iter().zip(&self.marks);
        done.filter_map(|(asked, mark)| Some((builtin().question(&asked.question)?, *mark)))
    }

    /// In words, for when the page is loaded anew: a line each for the round, its questions, and the marks.
    pub(super) fn text(&self, is_recorded: bool) -> String {
        let ids: Vec<_> = self.round.asked.iter().map(|asked| asked.question.as_str()).collect();
        let marks = self.marks.iter().chain(self.mark.as_ref().filter(|_| is_recorded));
        let marks: Vec<_> = marks.map(|mark| format!("{}/{}", mark.points, mark.of)).collect();
        let over = if self.is_over { "over" } else { "on" };
        format!(
            "{} {} {} {over}\n{}\n{}",
            self.round.scope.text(),
            self.round.seed,
            self.session,
            ids.join(" "),
            marks.join(" ")
        )
    }

    /// Reads what [`text`](Self::text) wrote; `None` for whatever else it may be.
    pub(super) fn parse(bank: &Bank, text: &str) -> Option<Self> {
        let mut lines = text.split('\n');
        let mut head = lines.next()?.split(' ');
        let scope = Scope::parse(head.next()?)?;
        let (seed, session) = (head.next()?.parse().ok()?, head.next()?.parse().ok()?);
        let is_over = head.next()? == "over";
        let ids = lines.next()?.split(' ');
        let round = Round::again(bank, scope, seed, ids)?;
        let marks = lines.next()?.split(' ').filter(|mark| !mark.is_empty()).map(|mark| {
            let (points, of) = mark.split_once('/')?;
            Some(Mark { points: points.parse().ok()?, of: of.parse().ok()? })
        });
        let mut sitting = Self::at(round, session, marks.collect::<Option<Vec<_>>>()?)?;
        sitting.is_over |= is_over;
        Some(sitting)
    }
}

#[cfg(test)]
mod tests {
    use plan_checklist_domain::storage::log::Log;

    use super::*;

    #[test]
    fn a_reload_brings_the_round_back() {
        let progress = Progress::of(&Log::default(), builtin(), None);
        let mut sitting = Sitting::begin(Scope::Quick, 17, &progress).expect("there are questions");
        assert_eq!(Sitting::parse(builtin(), &sitting.text(true)), Some(sitting.clone()));
        let marked = sitting.hand_in();
        assert!(marked.is_some());
        let (recorded, not) = (sitting.text(true), sitting.text(false));
        assert_eq!(Sitting::parse(builtin(), &not).map(|sitting| sitting.marks.len()), Some(0));
        sitting.go_on();
        assert_eq!(Sitting::parse(builtin(), &recorded), Some(sitting.clone()));
        while sitting.current().is_some() {
            sitting.hand_in();
            sitting.go_on();
        }
        assert!(sitting.is_over);
        assert_eq!(Sitting::parse(builtin(), &sitting.text(true)), Some(sitting));
        for other in ["", "搜索", "quick 1 1 on", "quick 1 1 on\nq-none\n", "quick 1 1 on\nq-1.1-a-1\nx"] {
            assert_eq!(Sitting::parse(builtin(), other), None, "{other}");
        }
    }
}
