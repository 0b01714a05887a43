//! The Chinese words of the interface that stand in more than one place.

use std::borrow::Cow;

use plan_checklist_domain::catalogue::kinds::{ClauseKind, RoleBasis, Who};
use plan_checklist_domain::hidden::is_hidden;
use plan_checklist_domain::storage::key::Reason;
use plan_checklist_domain::workbook::history::ChangeKind;
use plan_checklist_domain::workbook::plan::{id_for_plan, requirement_of};
use plan_checklist_domain::workbook::update::EntryValue;
use plan_checklist_domain::{
    Catalogue, Cycle, List, Msg, Phase, Pressing, Requirement, RequirementId, Status, Tally, UnitKind, Urgency,
    Workbook,
};

pub const PRODUCT: &str = "规划编制自查";
pub const WHAT_IT_IS: &str = "把一篇部署五年规划编制工作的讲话，拆成一项项可以核对的要求。县区、部门和发改委打开网页就能逐项自查，答复只存在自己的浏览器里。";
pub const ADVICE: &str = "建议";

#[must_use]
pub fn kind(kind: UnitKind) -> &'static str {
    kind.name()
}

#[must_use]
pub fn status(status: Status) -> &'static str {
    status.name()
}

#[must_use]
pub fn phase(phase: Phase) -> &'static str {
    phase.name()
}

/// What a unit of this kind has to do with a requirement; nothing where it is not concerned.
#[must_use]
pub fn role(requirement: &Requirement, kind: UnitKind) -> &'static str {
    requirement.role_name(kind)
}

/// Whose word it is that a unit of this kind has its role; nothing where it is not concerned.
#[must_use]
pub fn basis(catalogue: &Catalogue, requirement: &Requirement, kind: UnitKind) -> String {
    match requirement.duty(kind).map(|duty| duty.basis) {
        None => String::new(),
        Some(RoleBasis::Named) => "讲话点名".into(),
        Some(RoleBasis::Addressed) => {
            let mut cited = requirement.clauses.iter().filter_map(|id| catalogue.clause(id));
            let addressed = cited.find(|clause| !clause.addressed.is_empty());
            format!("讲话对{}说", addressed.map_or("各单位", |clause| &clause.addressed))
        }
        Some(RoleBasis::Understood) => "讲话没点名，我们理解都要做".into(),
        // The city's own plan follows no other.
        Some(RoleBasis::Reference) if kind == UnitKind::Commission => ADVICE.into(),
        Some(RoleBasis::Reference) => "参照（建议）".into(),
    }
}

/// The phase a requirement is put into, which is our suggestion.
#[must_use]
pub fn suggested_phase(phase: Phase) -> String {
    format!("建议阶段：{}", self::phase(phase))
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

/// Whose business a clause is.
#[must_use]
pub fn who(who: Who) -> &'static str {
    match who {
        Who::All => "未点名",
        Who::City => "全市，未点名由谁",
        Who::Commission => "市发展改革委",
        Who::CommissionLeads => "市发展改革委牵头",
        Who::Department => "市级部门",
        Who::DepartmentLeads => "市级部门牵头",
        Who::County => "县区",
        Who::Nobody => "",
    }
}

/// Whose workbook it is: its unit, else its kind.
#[must_use]
pub fn whose(workbook: &Workbook) -> &str {
    let name = workbook.unit.trim();
    if name.is_empty() { kind(workbook.kind) } else { name }
}

/// What a workbook is called: by its unit, else by its kind; and its cycle.
#[must_use]
pub fn book(workbook: &Workbook) -> String {
    format!("{} · {}", whose(workbook), workbook.cycle.name())
}

/// What a cycle is called, with its years: `“十四五”（2021—2025年）`.
#[must_use]
pub fn cycle(cycle: Cycle) -> String {
    cycle.name_with_years()
}

/// How much of something is late or soon will be; `None` where nothing is.
#[must_use]
pub fn pressing(pressing: Pressing) -> Option<String> {
    let parts = [Urgency::Overdue, Urgency::Near].map(|urgency| (pressing.count(urgency), self::urgency(urgency)));
    let parts: Vec<_> =
        parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{what} {count} 项")).collect();
    (!parts.is_empty()).then(|| parts.join("、"))
}

#[must_use]
pub fn urgency(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Overdue => "逾期",
        Urgency::Near => "临近",
        Urgency::Normal => "正常",
        Urgency::Undated => "未定",
    }
}

/// What a requirement is called, as on the own page of a unit of this kind.
#[must_use]
pub fn requirement(
    catalogue: &'static Catalogue,
    kind: UnitKind,
    cycle: Cycle,
    id: RequirementId,
) -> Cow<'static, str> {
    catalogue.requirement(id.as_str()).map_or_else(Cow::default, |found| cycle.reword(found.title(kind, cycle)))
}

/// What an answer of this workbook is an answer to, as its own pages call it.
#[must_use]
pub fn answered(catalogue: &'static Catalogue, book: &Workbook, id: RequirementId) -> String {
    if let Some(own) = book.own_requirement(id) {
        return own.name().into();
    }
    let title = |id| requirement(catalogue, book.kind, *book.cycle, id);
    let whole = requirement_of(&id).and_then(RequirementId::parse);
    let plan = whole.and_then(|whole| book.plans().find(|(plan, _)| id_for_plan(whole, *plan) == Some(id)));
    match (whole, plan) {
        (Some(whole), Some((_, plan))) => format!("{plan}：{}", title(whole)),
        (Some(whole), None) => title(whole).into(),
        (None, _) => title(id).into(),
    }
}

/// Which field a change is about.
#[must_use]
pub fn field(msg: &Msg) -> &'static str {
    match msg {
        Msg::CycleChosen(_) => "规划期",
        Msg::UnitNamed(_) => "单位名称",
        Msg::FillerNamed(_) => "填表人",
        Msg::Deleted(_) => "回收站",
        Msg::Answered(..) => "状态",
        Msg::NoteWritten(..) => "备注",
        Msg::ProblemWritten(..) => "存在问题",
        Msg::MeasureWritten(..) => "下一步措施",
        Msg::PointTicked(..) => "要点",
        Msg::ReasonGiven(..) => "不适用的理由",
        Msg::OwnerNamed(..) => "责任人",
        Msg::DueSet(..) => "完成时限",
        Msg::OwnDateSet(..) => "阶段起止",
        Msg::EntryWritten(List::Evidence(_), _, EntryValue::Reference(_)) => "佐证的文号或链接",
        Msg::EntryWritten(List::Evidence(_), _, EntryValue::Place(_)) => "佐证的存放处",
        Msg::EntryWritten(List::Evidence(_), _, EntryValue::Date(_)) => "佐证的日期",
        Msg::EntryAdded(List::Evidence(_), _)
        | Msg::EntryRemoved(List::Evidence(_), ..)
        | Msg::EntryWritten(List::Evidence(_), ..) => "佐证",
        Msg::EntryAdded(List::Milestones, _)
        | Msg::EntryRemoved(List::Milestones, ..)
        | Msg::EntryWritten(List::Milestones, ..) => "自定节点",
        Msg::EntryAdded(List::Plans, _) | Msg::EntryRemoved(List::Plans, ..) | Msg::EntryWritten(List::Plans, ..) => {
            "规划的名称"
        }
        Msg::EntryAdded(List::OwnRequirements, _)
        | Msg::EntryRemoved(List::OwnRequirements, ..)
        | Msg::EntryWritten(List::OwnRequirements, ..) => "本单位自加的要求",
    }
}

/// What a step that can be undone did to this workbook.
#[must_use]
pub fn change(catalogue: &'static Catalogue, book: &Workbook, kind: &ChangeKind) -> String {
    match kind {
        ChangeKind::Edit(msg) => match msg.requirement() {
            Some(id) => format!("“{}”的{}", answered(catalogue, book, id), field(msg)),
            None => field(msg).into(),
        },
        ChangeKind::Merge => "合并导入的内容".into(),
        ChangeKind::Restore => "恢复历史留底".into(),
        ChangeKind::Link => "合并别人的快照".into(),
        ChangeKind::Schedule => "倒排工期".into(),
        ChangeKind::Together => "一起填写的内容".into(),
    }
}

/// Why a restore point was made.
#[must_use]
pub fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Daily => "当天第一次改动前",
        Reason::Import => "导入前",
        Reason::Restore => "恢复历史留底前",
        Reason::Link => "合并别人的快照前",
        Reason::Schedule => "倒排工期前",
    }
}

/// A step's or workbook's state in plain words.
#[must_use]
pub fn state(tally: &Tally) -> String {
    tally.in_words()
}

/// The percentage, or why there is none.
#[must_use]
pub fn percent(tally: &Tally) -> String {
    tally.percent().map_or_else(|| "—".into(), |percent| format!("{percent}%"))
}

/// How much there is to do.
#[must_use]
pub fn extent(catalogue: &Catalogue, kind: UnitKind) -> String {
    format!("{} 项要求，分 {} 步", catalogue.requirements_for(kind).count(), catalogue.steps.len())
}

/// A name as file systems take it: without what they forbid or nobody sees, and not too long.
#[must_use]
pub fn file_safe(name: &str) -> String {
    let is_safe = |letter: &char| !letter.is_control() && !"\\/:*?\"<>|".contains(*letter) && !is_hidden(*letter);
    name.trim().chars().filter(is_safe).take(40).collect()
}

#[cfg(test)]
mod tests {
    use plan_checklist_domain::catalogue::builtin;
    use plan_checklist_domain::workbook::update::update;
    use plan_checklist_domain::{Author, Clock, EntryId, WorkbookId};

    use super::*;

    #[test]
    fn answers_are_named_as_their_own_pages_do() {
        let id = builtin().requirement("2.4-b").expect("it is there").id;
        let mut clock = Clock::new(Author(1));
        let mut book = Workbook::new(WorkbookId(1), UnitKind::Department);
        for (list, what) in [(List::Plans, "水利专项规划"), (List::OwnRequirements, "编制水网方案")] {
            book = update(&book, Msg::EntryAdded(list, what.into()), clock.tick(1));
        }
        let plan = book.plans().next().and_then(|(plan, _)| id_for_plan(id, plan)).expect("ids are short");
        let own = book.own_requirements().next().expect("there is one").id;
        let title = requirement(builtin(), book.kind, *book.cycle, id);
        assert_eq!(answered(builtin(), &book, id), title);
        assert_eq!(answered(builtin(), &book, plan), format!("水利专项规划：{title}"));
        assert_eq!(answered(builtin(), &book, own), "编制水网方案");
        // Of a plan that was removed, what it answered.
        let other = id_for_plan(id, EntryId(clock.tick(9))).expect("ids are short");
        assert_eq!(answered(builtin(), &book, other), title);
    }

    #[test]
    fn file_names_are_safe_and_short() {
        assert_eq!(file_safe(" 甲/乙\\丙:*?\"<>|\u{202e}县\n "), "甲乙丙县");
        assert_eq!(file_safe(&"长".repeat(200)).chars().count(), 40);
    }
}
