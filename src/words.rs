//! The Chinese words of the interface that stand in more than one place.

use plan_checklist_domain::catalogue::{ClauseKind, Who};
use plan_checklist_domain::{Phase, Role, Status, Tally, UnitKind};

pub const PRODUCT: &str = "规划编制自查";
pub const WHAT_IT_IS: &str = "把一篇部署五年规划编制工作的讲话，拆成一项项可以核对的要求。县区、部门和发改委打开网页就能逐项自查，答复只存在自己的浏览器里。";
pub const ADVICE: &str = "建议";

#[must_use]
pub fn kind(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Commission => "市发展改革委",
        UnitKind::Department => "市级部门",
        UnitKind::County => "县区",
    }
}

#[must_use]
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Unchecked => "未核对",
        Status::NotStarted => "未启动",
        Status::InProgress => "推进中",
        Status::Done => "已落实",
        Status::NotApplicable => "不适用",
    }
}

#[must_use]
pub fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Mobilisation => "动员部署",
        Phase::Research => "前期研究",
        Phase::Drafting => "起草修改",
        Phase::Approval => "审定报批",
    }
}

#[must_use]
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Lead => "牵头",
        Role::Support => "配合",
    }
}

#[must_use]
pub fn clause_kind(kind: ClauseKind) -> &'static str {
    match kind {
        ClauseKind::Task => "任务",
        ClauseKind::Insight => "认识",
        ClauseKind::Background => "背景",
        ClauseKind::Date => "节点",
    }
}

#[must_use]
pub fn who(who: Who) -> &'static str {
    match who {
        Who::All => "三类单位",
        Who::Commission => "市发展改革委",
        Who::CommissionLeads => "市发展改革委牵头",
        Who::Department => "市级部门",
        Who::DepartmentLeads => "市级部门牵头",
        Who::County => "县区",
        Who::Nobody => "",
    }
}

/// A step's or workbook's state in plain words.
#[must_use]
pub fn state(tally: &Tally) -> String {
    let (checked, total) = (tally.checked(), tally.total());
    if checked == 0 {
        return format!("未开始，共 {total} 项");
    }
    if checked < total {
        return format!("已核对 {checked} 项，还有 {} 项未核对", total - checked);
    }
    if tally.applicable() == 0 && tally.unreasoned() == 0 {
        return "全部不适用".into();
    }
    match (tally.open(), tally.unreasoned()) {
        (0, 0) => "全部落实".into(),
        (0, unreasoned) => format!("已核对完，{unreasoned} 项不适用缺理由"),
        (open, _) => format!("已核对完，{open} 项还没落实"),
    }
}

/// The percentage, or why there is none.
#[must_use]
pub fn percent(tally: &Tally) -> String {
    tally.percent().map_or_else(|| "—".into(), |percent| format!("{percent}%"))
}
