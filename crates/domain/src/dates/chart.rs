//! 节点图: what it shows.

use crate::catalogue::kinds::Phase;
use crate::cycle::Cycle;
use crate::date::Date;
use crate::dates::milestone::Milestone;
use crate::dates::phases::Window;
use crate::dates::urgency::Urgency;

/// What the chart shows.
#[derive(Debug, Clone, Copy)]
pub struct Chart<'a> {
    pub cycle: Cycle,
    pub windows: [Window; 4],
    /// How far each phase has come, in percent; `None` where nothing applies.
    pub progress: [Option<u8>; 4],
    pub milestones: &'a [Milestone],
    /// For each dated requirement its phase, its date, and how pressing it is; `None` where it is closed.
    pub dues: &'a [(Phase, Date, Option<Urgency>)],
    pub today: Option<Date>,
}

/// How the axis runs, and so where labels give way to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// From left to right, for a wall: labels that would touch go to further lanes.
    Across,
    /// From top to bottom, for a phone: labels that would touch are moved along the axis, which grows if it must.
    Down,
}

/// Something with a label of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// 年底前提出三样, the speech's.
    Proposals,
    /// 首年上半年报批, the speech's.
    Approval,
    /// 自定节点, by its index.
    Milestone(usize),
    Today,
}
