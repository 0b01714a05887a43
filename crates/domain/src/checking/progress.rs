//! Counting: how many of each status, and a percentage that never flatters.

use crate::catalogue::Catalogue;
use crate::catalogue::requirement::Requirement;
use crate::catalogue::step::Step;
use crate::workbook::status::Status;
use crate::workbook::workbook::Workbook;

/// How many requirements stand at each status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    counts: [usize; 5],
    /// 不适用 without a reason.
    unreasoned: usize,
    /// 已落实 without evidence.
    unproven: usize,
}

impl Tally {
    /// Counts these requirements.
    pub fn of<'a>(workbook: &Workbook, requirements: impl Iterator<Item = &'a Requirement>) -> Self {
        let stated = |requirement: &Requirement| match workbook.answers.get(&requirement.id) {
            None => (Status::Unchecked, false),
            Some(answer) => (*answer.status, answer.lacks_grounds()),
        };
        Self::of_stated(requirements.map(stated))
    }

    /// Counts statuses of which nothing more is known: no reason and no evidence is missed.
    pub fn of_statuses(statuses: impl Iterator<Item = Status>) -> Self {
        Self::of_stated(statuses.map(|status| (status, false)))
    }

    /// Counts statuses, each with whether it [lacks](crate::Answer::lacks_grounds) its reason or evidence.
    pub(crate) fn of_stated(stated: impl Iterator<Item = (Status, bool)>) -> Self {
        let mut tally = Self::default();
        for (status, is_lacking) in stated {
            tally.counts[status as usize] += 1;
            tally.unreasoned += usize::from(is_lacking && status == Status::NotApplicable);
            tally.unproven += usize::from(is_lacking && status == Status::Done);
        }
        tally
    }

    /// Counts everything asked of the workbook's unit.
    #[must_use]
    pub fn of_workbook(catalogue: &Catalogue, workbook: &Workbook) -> Self {
        Self::of(workbook, catalogue.requirements_for(workbook.kind))
    }

    /// Counts what one step asks of the workbook's unit.
    #[must_use]
    pub fn of_step(workbook: &Workbook, step: &Step) -> Self {
        Self::of(workbook, step.requirements_for(workbook.kind))
    }

    /// How many stand at this status.
    #[must_use]
    pub fn count(&self, status: Status) -> usize {
        self.counts[status as usize]
    }

    /// All of them.
    #[must_use]
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }

    /// Those somebody has looked at.
    #[must_use]
    pub fn checked(&self) -> usize {
        self.total() - self.count(Status::Unchecked)
    }

    /// The denominator: all but 不适用.
    #[must_use]
    pub fn applicable(&self) -> usize {
        self.total() - self.count(Status::NotApplicable)
    }

    /// Those that still need work: 未核对, 未启动, 推进中.
    #[must_use]
    pub fn open(&self) -> usize {
        self.applicable() - self.count(Status::Done)
    }

    /// 不适用 without a reason.
    #[must_use]
    pub fn unreasoned(&self) -> usize {
        self.unreasoned
    }

    /// 已落实 without evidence: counted as done, shown as 缺佐证.
    #[must_use]
    pub fn unproven(&self) -> usize {
        self.unproven
    }

    /// Whether nothing is left to do or to explain.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.open() == 0 && self.unreasoned == 0
    }

    /// 已落实 out of all that applies, in percent, floored; 100 only when nothing is left.
    ///
    /// `None` where nothing applies: there is nothing to take a percentage of.
    #[must_use]
    pub fn percent(&self) -> Option<u8> {
        let floored = (self.count(Status::Done) * 100).checked_div(self.applicable())?;
        let honest = if self.is_complete() { floored } else { floored.min(99) };
        u8::try_from(honest).ok()
    }

    /// The state of a step or a workbook in plain words.
    #[must_use]
    pub fn in_words(&self) -> String {
        let (checked, total) = (self.checked(), self.total());
        if checked == 0 {
            return format!("未开始，共 {total} 项");
        }
        if checked < total {
            return format!("已核对 {checked} 项，还有 {} 项未核对", total - checked);
        }
        if self.applicable() == 0 && self.unreasoned() == 0 {
            return "全部不适用".into();
        }
        match (self.open(), self.unreasoned()) {
            (0, 0) => "全部落实".into(),
            (0, unreasoned) => format!("已核对完，{unreasoned} 项不适用缺理由"),
            (open, _) => format!("已核对完，{open} 项还没落实"),
        }
    }
}
