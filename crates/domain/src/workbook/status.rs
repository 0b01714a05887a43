//! 状态: how far a requirement has come.

use serde::{Deserialize, Serialize};

/// 状态. [`Unchecked`](Self::Unchecked) is not [`NotStarted`](Self::NotStarted): nobody has looked yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// 未核对
    #[default]
    Unchecked,
    /// 未启动
    NotStarted,
    /// 推进中
    InProgress,
    /// 已落实
    Done,
    /// 不适用, which needs a reason.
    NotApplicable,
}

impl Status {
    /// In the order of the number keys 1–5.
    pub const ALL: [Self; 5] = [Self::Unchecked, Self::NotStarted, Self::InProgress, Self::Done, Self::NotApplicable];

    /// The status's word in save files and form values.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unchecked => "unchecked",
            Self::NotStarted => "not-started",
            Self::InProgress => "in-progress",
            Self::Done => "done",
            Self::NotApplicable => "not-applicable",
        }
    }

    /// The status that [`as_str`](Self::as_str) names so; `None` for any other word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Unchecked => "未核对",
            Self::NotStarted => "未启动",
            Self::InProgress => "推进中",
            Self::Done => "已落实",
            Self::NotApplicable => "不适用",
        }
    }

    /// Whether there is still something to do: 未核对, 未启动, 推进中.
    #[must_use]
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Done | Self::NotApplicable)
    }
}
