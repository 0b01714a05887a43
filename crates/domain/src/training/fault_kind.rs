//! What can be wrong with an answer: words that the sources of 练习县 and the program share.

/// A sort of fault, for the trainee to choose from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FaultKind {
    /// 已落实 without evidence.
    NoEvidence,
    /// Evidence of another year, place or thing.
    Unfit,
    /// 不适用 for a bad reason.
    Reason,
    /// Something ahead of what it should follow.
    Order,
    /// Overdue and nothing said of it, or planned for later than the speech has it.
    Late,
    /// The wrong unit leads.
    Owner,
    /// Plans that contradict each other.
    Clash,
    /// Targets and judgements without a basis.
    Basis,
    /// Less than what is asked.
    Gap,
}

impl FaultKind {
    /// In the order in which they are offered.
    pub const ALL: [Self; 9] = [
        Self::NoEvidence,
        Self::Unfit,
        Self::Reason,
        Self::Order,
        Self::Late,
        Self::Owner,
        Self::Clash,
        Self::Basis,
        Self::Gap,
    ];

    /// Its word in sources, in the log, and in form values. Permanent.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoEvidence => "no-evidence",
            Self::Unfit => "unfit",
            Self::Reason => "reason",
            Self::Order => "order",
            Self::Late => "late",
            Self::Owner => "owner",
            Self::Clash => "clash",
            Self::Basis => "basis",
            Self::Gap => "gap",
        }
    }

    /// The kind that [`as_str`](Self::as_str) names so; `None` for any other word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NoEvidence => "缺佐证",
            Self::Unfit => "佐证对不上",
            Self::Reason => "理由站不住",
            Self::Order => "顺序倒了",
            Self::Late => "逾期或排晚了",
            Self::Owner => "责任主体不对",
            Self::Clash => "规划之间打架",
            Self::Basis => "依据不足",
            Self::Gap => "内容有缺漏",
        }
    }

    /// When to choose it.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::NoEvidence => "选了已落实，一条佐证也没有。",
            Self::Unfit => "有佐证，但是往年的、别处的、别的事的，或者证明不了这一项已经做到。",
            Self::Reason => "选了不适用，理由却不成立。",
            Self::Order => "该在后面的跑到了前面。",
            Self::Late => "过了时限还没办完，又没有像样的说法；或者把时间排到了讲话的时限以后。",
            Self::Owner => "该自己牵头的推给了别人，或者交给了不该负责的。",
            Self::Clash => "下级与上级、专项与总体、各份规划之间不一致，没有改。",
            Self::Basis => "目标、定位、判断拿不出测算、数据，或者依据已经失效。",
            Self::Gap => "点到的几样少了，或者只做了一半就算落实。",
        }
    }
}
