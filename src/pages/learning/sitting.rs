//! A round under way: what was asked and answered, in words that a reload brings back.

use plan_checklist_domain::training::marking::mark;
use plan_checklist_domain::training::{
    Asked, Assignment, Bank, Given, Mark, Progress, Question, ResultCode, Round, Scope, builtin,
};

/// What somebody did to the answer of the question shown. Places are those in the bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Touch {
    /// The only option or reason.
    Chosen(usize),
    /// One option of several, chosen or let go.
    Toggled(usize),
    Judged(bool),
    /// An item of an order went one place on.
    Moved {
        item: usize,
        is_up: bool,
    },
    Matched {
        left: usize,
        right: Option<usize>,
    },
    Written(String),
}

/// A round under way, or at its end.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sitting {
    pub(super) round: Round,
    /// What it was set by, where a trainer did.
    pub(super) assignment: Option<Assignment>,
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
        Self::at(round, None, now, Vec::new())
    }

    /// The round that a trainer set; `None` where the bank does not have all of its questions.
    pub(super) fn begin_assigned(assignment: Assignment, now: u64) -> Option<Self> {
        Self::at(assignment.round(builtin())?, Some(assignment), now, Vec::new())
    }

    fn at(round: Round, assignment: Option<Assignment>, session: u64, marks: Vec<Mark>) -> Option<Self> {
        if round.asked.is_empty() {
            return None;
        }
        let is_over = marks.len() >= round.asked.len();
        let mut sitting =
            Self { round, assignment, session, marks, given: Given::Chosen(Vec::new()), mark: None, is_over };
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

    /// Changes what is answered; what was handed in stays.
    pub(super) fn touch(&mut self, touch: Touch) {
        if self.mark.is_some() {
            return;
        }
        match (&mut self.given, touch) {
            (Given::Chosen(chosen), Touch::Chosen(at)) => *chosen = vec![at],
            (Given::Chosen(chosen), Touch::Toggled(at)) => match chosen.iter().position(|other| *other == at) {
                Some(place) => {
                    chosen.remove(place);
                }
                None => chosen.push(at),
            },
            (Given::Judged { reason, .. }, Touch::Chosen(at)) => *reason = Some(at),
            (Given::Judged { is_true, .. }, Touch::Judged(verdict)) => *is_true = Some(verdict),
            (Given::Ordered(order), Touch::Moved { item, is_up }) => {
                let from = order.iter().position(|other| *other == item);
                let to = from.and_then(|from| if is_up { from.checked_sub(1) } else { Some(from + 1) });
                if let (Some(from), Some(to)) = (from, to.filter(|to| *to < order.len())) {
                    order.swap(from, to);
                }
            }
            (Given::Matched(sides), Touch::Matched { left, right }) => {
                if let Some(side) = sides.get_mut(left) {
                    *side = right;
                }
            }
            (Given::Written(text), Touch::Written(written)) => *text = written,
            _ => {}
        }
    }

    /// Marks what is answered; `None` where it is not whole, or was handed in before.
    pub(super) fn hand_in(&mut self) -> Option<Mark> {
        let (question, _) = self.current()?;
        if self.mark.is_some() || self.is_over || !self.given.is_whole() {
            return None;
        }
        self.mark = Some(mark(&question.form, &self.given));
        self.mark
    }

    /// Turns to the next question, once this one was handed in.
    pub(super) fn go_on(&mut self) {
        if let Some(mark) = self.mark.take() {
            self.marks.push(mark);
            self.show();
        }
    }

    /// Goes back to the question handed in last, to answer it anew; gives that question. Not in a round that a trainer set:
    /// what is right was shown.
    pub(super) fn take_back(&mut self) -> Option<&'static Question> {
        if !self.can_take_back() {
            return None;
        }
        if self.mark.take().is_none() {
            self.marks.pop();
            self.is_over = false;
            self.show();
        }
        self.current().map(|(question, _)| question)
    }

    pub(super) fn can_take_back(&self) -> bool {
        self.assignment.is_none() && (self.mark.is_some() || !self.marks.is_empty())
    }

    /// What the trainer gets, where one set the round and something of it was answered.
    pub(super) fn code(&self) -> Option<String> {
        self.assignment.as_ref().filter(|_| !self.marks.is_empty())?;
        ResultCode::of(builtin(), &self.round, &self.marks).encode()
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
        let assigned = self.assignment.as_ref().map_or_else(String::new, |set| format!(" {}", set.encode()));
        format!(
            "{} {} {} {over}{assigned}\n{}\n{}",
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
        let assignment = head.next().and_then(|fragment| Assignment::decode(fragment).ok());
        let ids = lines.next()?.split(' ');
        let round = Round::again(bank, scope, seed, ids)?;
        let marks = lines.next()?.split(' ').filter(|mark| !mark.is_empty()).map(|mark| {
            let (points, of) = mark.split_once('/')?;
            Some(Mark { points: points.parse().ok()?, of: of.parse().ok()? })
        });
        let mut sitting = Self::at(round, assignment, session, marks.collect::<Option<Vec<_>>>()?)?;
        sitting.is_over |= is_over;
        Some(sitting)
    }
}

#[cfg(test)]
mod tests {
    use plan_checklist_domain::storage::log::Log;

    use super::*;

    /// Answers somehow.
    fn answer(sitting: &mut Sitting) {
        sitting.touch(Touch::Judged(true));
        sitting.touch(Touch::Chosen(0));
        sitting.touch(Touch::Written("年底".into()));
        (0..9).for_each(|left| sitting.touch(Touch::Matched { left, right: Some(0) }));
    }

    #[test]
    fn each_touch_builds_on_the_one_before() {
        let progress = Progress::of(&Log::default(), builtin(), None);
        let mut sitting = Sitting::begin(Scope::Full, 17, &progress).expect("there are questions");
        let mut seen = 0;
        while sitting.current().is_some() {
            let before = sitting.given.clone();
            let (touches, expected) = match &before {
                Given::Chosen(_) => (
                    vec![Touch::Toggled(0), Touch::Toggled(2), Touch::Toggled(0), Touch::Toggled(1)],
                    Given::Chosen(vec![2, 1]),
                ),
                Given::Judged { .. } => (
                    vec![Touch::Judged(true), Touch::Chosen(1), Touch::Judged(false)],
                    Given::Judged { is_true: Some(false), reason: Some(1) },
                ),
                Given::Ordered(order) => {
                    let mut next = order.clone();
                    next[..3].rotate_left(1);
                    let item = order[0];
                    let down = Touch::Moved { item, is_up: false };
                    (vec![Touch::Moved { item, is_up: true }, down.clone(), down], Given::Ordered(next))
                }
                Given::Matched(sides) => {
                    let touches = (0..sides.len()).map(|left| Touch::Matched { left, right: Some(0) }).collect();
                    (touches, Given::Matched(vec![Some(0); sides.len()]))
                }
                Given::Written(_) => {
                    (vec![Touch::Written("年".into()), Touch::Written("年底".into())], Given::Written("年底".into()))
                }
            };
            touches.into_iter().for_each(|touch| sitting.touch(touch));
            assert_eq!(sitting.given, expected);
            sitting.hand_in();
            sitting.touch(Touch::Toggled(3));
            sitting.touch(Touch::Written("改".into()));
            assert_eq!(sitting.given, expected, "it was handed in");
            sitting.go_on();
            seen += 1;
        }
        assert_eq!(seen, builtin().questions.len());
    }

    #[test]
    fn an_assigned_round_comes_back_as_one_and_has_a_code() {
        let assignment = Assignment::draw(builtin(), Scope::Quick, 3, 17).expect("there are questions");
        let mut sitting = Sitting::begin_assigned(assignment.clone(), 5).expect("the bank has them");
        assert_eq!(sitting.code(), None);
        answer(&mut sitting);
        sitting.hand_in();
        sitting.go_on();
        let again = Sitting::parse(builtin(), &sitting.text(true));
        assert_eq!(again, Some(sitting.clone()));
        let code = sitting.code().expect("one was answered");
        let result = ResultCode::read(&code).expect("it is sound");
        let round = assignment.round(builtin()).expect("the bank has them");
        assert!(result.fits(builtin(), &round) && result.outcomes.len() == 1);
    }

    #[test]
    fn what_was_handed_in_is_taken_back_unless_a_trainer_set_it() {
        let progress = Progress::of(&Log::default(), builtin(), None);
        let mut sitting = Sitting::begin(Scope::Quick, 17, &progress).expect("there are questions");
        assert_eq!(sitting.take_back(), None, "there is nothing yet");
        let first = sitting.current().map(|(question, _)| question);
        answer(&mut sitting);
        sitting.hand_in();
        assert_eq!((sitting.take_back(), sitting.mark), (first, None));
        assert!(sitting.given.is_whole(), "what was answered is there to be changed");
        sitting.hand_in();
        sitting.go_on();
        assert_eq!(sitting.take_back(), first);
        assert_eq!((sitting.marks.len(), sitting.given.is_whole()), (0, false));
        while sitting.current().is_some() {
            answer(&mut sitting);
            sitting.hand_in();
            sitting.go_on();
        }
        assert!(sitting.take_back().is_some() && !sitting.is_over);
        let assignment = Assignment::draw(builtin(), Scope::Quick, 3, 17).expect("there are questions");
        let mut sitting = Sitting::begin_assigned(assignment, 5).expect("the bank has them");
        answer(&mut sitting);
        sitting.hand_in();
        assert_eq!(sitting.take_back(), None);
    }

    #[test]
    fn a_reload_brings_the_round_back() {
        let progress = Progress::of(&Log::default(), builtin(), None);
        let mut sitting = Sitting::begin(Scope::Quick, 17, &progress).expect("there are questions");
        assert_eq!(Sitting::parse(builtin(), &sitting.text(true)), Some(sitting.clone()));
        assert_eq!(sitting.hand_in(), None, "there is no answer yet");
        answer(&mut sitting);
        let marked = sitting.hand_in();
        assert!(marked.is_some());
        assert_eq!(sitting.hand_in(), None, "it was handed in");
        let (recorded, not) = (sitting.text(true), sitting.text(false));
        assert_eq!(Sitting::parse(builtin(), &not).map(|sitting| sitting.marks.len()), Some(0));
        sitting.go_on();
        assert_eq!(Sitting::parse(builtin(), &recorded), Some(sitting.clone()));
        let done = sitting.marks.len();
        sitting.go_on();
        assert_eq!(sitting.marks.len(), done, "nothing was handed in");
        while sitting.current().is_some() {
            answer(&mut sitting);
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
