//! The kinds of things in a catalogue, and their words in its sources; the build script reads them with this file.

use serde::{Deserialize, Serialize};

/// What sort of thing a clause says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClauseKind {
    /// 任务: something to do.
    Task,
    /// 认识: something to have understood and written into the plan's reasoning.
    Insight,
    /// 背景: a fact; nothing to check.
    Background,
    /// 节点: a date.
    Date,
}

/// Whose business a clause is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    All,
    /// 全市, without a word on who does it.
    City,
    Commission,
    CommissionLeads,
    Department,
    DepartmentLeads,
    County,
    #[serde(rename = "none")]
    Nobody,
}

impl Who {
    /// The kind of unit that the speech names; `None` where it names none.
    #[must_use]
    pub fn named(self) -> Option<UnitKind> {
        match self {
            Self::Commission | Self::CommissionLeads => Some(UnitKind::Commission),
            Self::Department | Self::DepartmentLeads => Some(UnitKind::Department),
            Self::County => Some(UnitKind::County),
            Self::All | Self::City | Self::Nobody => None,
        }
    }
}

/// 负责 or 配合.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    Lead,
    Support,
}

/// Whose word it is that a unit has a role, the firmest first; never shown without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoleBasis {
    /// The speech names this kind of unit.
    Named,
    /// The speech says it to 各县区、各部门 or 各级各部门.
    Addressed,
    /// The speech names nobody; we take it to be for all three kinds.
    Understood,
    /// The speech says it of somebody else's plan; to follow it is our advice: 参照（建议）.
    Reference,
}

/// The four phases, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// 动员部署
    Mobilisation,
    /// 前期研究
    Research,
    /// 起草修改
    Drafting,
    /// 审定报批
    Approval,
}

impl Phase {
    pub const ALL: [Self; 4] = [Self::Mobilisation, Self::Research, Self::Drafting, Self::Approval];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Mobilisation => "动员部署",
            Self::Research => "前期研究",
            Self::Drafting => "起草修改",
            Self::Approval => "审定报批",
        }
    }
}

/// The two dates that the speech binds; [`Cycle`](crate::Cycle) says when they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Binding {
    /// 年底前提出总体思路、主要目标、重点任务.
    Proposals,
    /// 首年上半年审定报批.
    Approval,
}

/// 单位类别: which of the three kinds of responsible unit is checking itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnitKind {
    /// 市发展改革委
    Commission,
    /// 市级部门
    Department,
    /// 县区政府
    County,
}

impl UnitKind {
    pub const ALL: [Self; 3] = [Self::Commission, Self::Department, Self::County];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Commission => "市发展改革委",
            Self::Department => "市级部门",
            Self::County => "县区",
        }
    }

    /// The kind's word in addresses and save files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Commission => "commission",
            Self::Department => "department",
            Self::County => "county",
        }
    }

    /// The kind that [`as_str`](Self::as_str) names so; `None` for any other word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}
