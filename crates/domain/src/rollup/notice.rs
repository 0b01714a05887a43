//! 通报: what the commission tells all units, as values. An exporter sets it as an official document.

use crate::checking::progress::Tally;
use crate::checking::review::Finding;
use crate::date::Date;
use crate::rollup::details::title;
use crate::rollup::gathering::Gathering;
use crate::rollup::roster::Roster;
use crate::rollup::rounds::{Move, Rounds};
use crate::rollup::table::{Group, Query, Sort, laggards, missed, rows};
use crate::rollup::unit::Unit;
use crate::workbook::status::Status;

/// How many requirements that most units miss are named.
const MOST_MISSED: usize = 10;
/// How many late ones are named.
const MOST_LATE: usize = 100;

/// 通报 on one group of units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub title: String,
    pub today: Option<Date>,
    /// 总体情况
    pub overview: Vec<String>,
    /// 各单位情况, the furthest first: name, percentage, done of applicable, late, without evidence or reason.
    pub units: Vec<[String; 5]>,
    /// 多数单位还差的: a sentence each.
    pub missed: Vec<String>,
    /// 逾期: unit, requirement, person, date.
    pub late: Vec<[String; 4]>,
    /// How many late ones are not named.
    pub more_late: usize,
    /// 与上一轮相比: a sentence each; empty where there is no earlier round.
    pub moves: Vec<String>,
    /// 未报
    pub missing: Vec<String>,
}

/// A percentage as people read it.
#[must_use]
pub fn percent(tally: &Tally) -> String {
    tally.percent().map_or_else(|| "—".into(), |percent| format!("{percent}%"))
}

impl Notice {
    #[must_use]
    pub fn of(gathering: &Gathering<'_>, units: &[Unit], group: Group, roster: &Roster, today: Option<Date>) -> Self {
        let catalogue = gathering.catalogue();
        let query = Query { sort: Sort::Percent, is_descending: true, ..Query::default() };
        let ranked: Vec<&Unit> = rows(units, group, &query).into_iter().map(|at| &units[at]).collect();
        let late = laggards(units, group);
        let late: Vec<_> = late.into_iter().filter(|(_, found)| found.findings.contains(&Finding::Overdue)).collect();
        let more_late = late.len().saturating_sub(MOST_LATE);
        let rounds = Rounds::of(catalogue, units, group);
        let sample = ranked.first();
        let missed = missed(catalogue, units, group).into_iter().take(MOST_MISSED).filter_map(|missed| {
            let title = title(catalogue, sample?, missed.id);
            Some(format!("{title}：{} 个单位里有 {} 个没有落实。", missed.asked, missed.open))
        });
        Self {
            title: format!("{}{}规划编制自查情况的通报", group.kind.name(), group.cycle.name()),
            today,
            overview: overview(&ranked, roster, late.len(), today),
            units: ranked.iter().map(|unit| line(unit)).collect(),
            missed: missed.collect(),
            late: late
                .iter()
                .take(MOST_LATE)
                .map(|(at, found)| {
                    let unit = &units[*at];
                    let due = found.due.map(|due| due.to_string()).unwrap_or_default();
                    [unit.name.clone(), title(catalogue, unit, found.id), found.owner.clone(), due]
                })
                .collect(),
            more_late,
            moves: moves(&rounds),
            missing: roster.missing.clone(),
        }
    }

    /// A text to paste into a chat.
    #[must_use]
    pub fn text(&self) -> String {
        let mut lines = vec![self.title.clone()];
        lines.extend(self.overview.iter().cloned());
        if !self.units.is_empty() {
            lines.push("各单位完成率：".into());
            lines.extend(self.units.iter().take(30).map(|[name, percent, done, late, _]| {
                let late = if late == "0" { String::new() } else { format!("，逾期 {late} 项") };
                format!("· {name} {percent}（{done}）{late}")
            }));
        }
        if self.units.len() > 30 {
            lines.push(format!("……共 {} 个单位，其余见汇总表。", self.units.len()));
        }
        if !self.missed.is_empty() {
            lines.push("没有落实的单位最多的要求：".into());
            lines.extend(self.missed.iter().take(5).map(|sentence| format!("· {sentence}")));
        }
        lines.extend(self.moves.iter().take(1).cloned());
        lines.push("按各单位交来的材料汇总，非官方工具生成。".into());
        lines.join("\n")
    }
}

fn line(unit: &Unit) -> [String; 5] {
    let tally = &unit.tally;
    [
        unit.name.clone(),
        percent(tally),
        format!("{}/{}", tally.count(Status::Done), tally.applicable()),
        unit.count(Finding::Overdue).to_string(),
        (tally.unproven() + tally.unreasoned()).to_string(),
    ]
}

fn overview(units: &[&Unit], roster: &Roster, late: usize, today: Option<Date>) -> Vec<String> {
    let asof = today.map(|day| format!("截至{}，", day.in_chinese())).unwrap_or_default();
    let count = |is: &dyn Fn(&Unit) -> bool| units.iter().filter(|unit| is(unit)).count();
    let complete = count(&|unit| unit.tally.is_complete());
    let half = count(&|unit| unit.tally.percent().is_some_and(|percent| percent < 50));
    let blank = count(&|unit| unit.tally.checked() == 0);
    let mut parts = vec![format!("全部落实的 {complete} 个"), format!("完成率不到一半的 {half} 个")];
    if blank > 0 {
        parts.push(format!("一项都没有核对的 {blank} 个"));
    }
    let mut sentences = vec![format!(
        "{asof}收到 {} 个单位的自查情况，{}。完成率是已落实的占适用的比例，不足 1% 的舍去。",
        units.len(),
        parts.join("，")
    )];
    let late_units = count(&|unit| unit.count(Finding::Overdue) > 0);
    if late > 0 {
        sentences.push(format!("{late_units} 个单位有 {late} 项已过完成时限仍未落实。"));
    }
    let lacking: usize = units.iter().map(|unit| unit.tally.unproven() + unit.tally.unreasoned()).sum();
    if lacking > 0 {
        sentences.push(format!("另有 {lacking} 项写了已落实但缺佐证，或者写了不适用但没有理由。"));
    }
    if !roster.missing.is_empty() {
        sentences.push(format!(
            "名单上 {} 个单位，还有 {} 个没有报：{}。",
            roster.named,
            roster.missing.len(),
            roster.missing.join("、")
        ));
    } else if roster.named > 0 {
        sentences.push(format!("名单上 {} 个单位都报了。", roster.named));
    }
    sentences
}

fn moves(rounds: &Rounds) -> Vec<String> {
    if rounds.moves.is_empty() {
        return Vec::new();
    }
    let count = |is: &dyn Fn(&Move) -> bool| rounds.moves.iter().filter(|moved| is(moved)).count();
    let mut sentences = vec![format!(
        "两轮都报了的 {} 个单位里，{} 个有新落实的，{} 个有退回的，{} 个没有变化。",
        rounds.moves.len(),
        count(&|moved| moved.done > 0),
        count(&|moved| !moved.back.is_empty()),
        count(&|moved| moved.done == 0 && moved.back.is_empty() && moved.others == 0)
    )];
    let shown = rounds.moves.iter().filter(|moved| moved.done > 0 || !moved.back.is_empty()).take(30);
    sentences.extend(shown.map(|moved| {
        let mut parts = vec![format!("{} → {}", percent(&moved.then), percent(&moved.now))];
        if moved.done > 0 {
            parts.push(format!("新落实 {} 项", moved.done));
        }
        if !moved.back.is_empty() {
            parts.push(format!("由已落实退回 {} 项", moved.back.len()));
        }
        format!("{}：{}。", moved.name, parts.join("，"))
    }));
    sentences
}
