//! The state of a workbook as text to paste into a chat.

use std::fmt::Write as _;

use crate::cycle::Cycle;
use crate::date::Date;
use crate::workbook::status::Status;

/// What the text is made of; from a workbook or from a snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary<'a> {
    /// 单位名称, may be empty.
    pub unit: &'a str,
    /// First year of the plan.
    pub cycle: u16,
    /// The day it is true for.
    pub date: Option<Date>,
    /// How many stand at each status, in the order of [`Status::ALL`].
    pub counts: [usize; 5],
    /// Titles of what is overdue, each with its date.
    pub overdue: Vec<(&'a str, Date)>,
    /// Whether it is said by when what is overdue was to be done; the brief text says only then what it is.
    pub tells_late: bool,
    /// The other findings: what they are called, and the titles.
    pub findings: Vec<(&'a str, Vec<&'a str>)>,
}

/// How many overdue titles the brief text names.
const NAMED: usize = 3;

impl Summary<'_> {
    /// One paragraph: the counts, and the first of what is overdue.
    #[must_use]
    pub fn brief(&self) -> String {
        let mut text = self.counts();
        if !self.overdue.is_empty() {
            let titles: Vec<_> = self.overdue.iter().take(NAMED).map(|(title, _)| *title).collect();
            let more = if self.overdue.len() > NAMED { "等" } else { "" };
            let titles = if self.tells_late { format!("：{}{more}", titles.join("；")) } else { String::new() };
            push(&mut text, format_args!("逾期 {} 项{titles}。", self.overdue.len()));
        }
        text
    }

    /// The counts, then every finding, one title a line.
    #[must_use]
    pub fn full(&self) -> String {
        let mut text = self.counts();
        if !self.overdue.is_empty() {
            push(&mut text, format_args!("\n\n逾期 {} 项：", self.overdue.len()));
            for (at, (title, due)) in self.overdue.iter().enumerate() {
                let due =
                    if self.tells_late { format!("（应于{}前完成）", due.in_chinese()) } else { String::new() };
                push(&mut text, format_args!("\n{}. {title}{due}", at + 1));
            }
        }
        for (name, titles) in self.findings.iter().filter(|(_, titles)| !titles.is_empty()) {
            push(&mut text, format_args!("\n\n{name} {} 项：", titles.len()));
            for (at, title) in titles.iter().enumerate() {
                push(&mut text, format_args!("\n{}. {title}", at + 1));
            }
        }
        text
    }

    fn counts(&self) -> String {
        let mut text = format!("{}{}规划编制自查", self.unit, Cycle(self.cycle).name());
        if let Some(day) = self.date {
            push(&mut text, format_args!("（截至{}）", day.in_chinese()));
        }
        push(&mut text, format_args!("：共 {} 项", self.counts.iter().sum::<usize>()));
        for (status, word) in [
            (Status::Done, "已落实"),
            (Status::InProgress, "推进中"),
            (Status::NotStarted, "未启动"),
            (Status::Unchecked, "未核对"),
            (Status::NotApplicable, "不适用"),
        ] {
            let count = self.counts[status as usize];
            if count > 0 || status == Status::Done {
                push(&mut text, format_args!("，{word} {count} 项"));
            }
        }
        text.push('。');
        text
    }
}

fn push(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a `String` cannot fail.
    let _ = text.write_fmt(arguments);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary() -> Summary<'static> {
        let due = Date::new(2020, 12, 31).expect("a day");
        Summary {
            unit: "××县",
            cycle: 2021,
            date: Date::new(2021, 1, 5),
            counts: [8, 5, 10, 31, 2],
            overdue: vec![("成立领导小组", due), ("报送规划《基本思路》", due)],
            tells_late: true,
            findings: vec![("未启动", vec!["组织专家论证"]), ("缺理由", vec![]), ("缺佐证", vec!["甲", "乙"])],
        }
    }

    #[test]
    fn the_brief_text_is_one_paragraph() {
        assert_eq!(
            summary().brief(),
            "××县“十四五”规划编制自查（截至2021年1月5日）：共 56 项，已落实 31 项，推进中 10 项，未启动 5 项，未核对 8 项，\
             不适用 2 项。逾期 2 项：成立领导小组；报送规划《基本思路》。"
        );
    }

    #[test]
    fn the_brief_text_names_only_the_first_of_many() {
        let mut summary = summary();
        let due = summary.overdue[0].1;
        summary.overdue = vec![("甲", due), ("乙", due), ("丙", due), ("丁", due)];
        assert!(summary.brief().ends_with("逾期 4 项：甲；乙；丙等。"));
    }

    #[test]
    fn the_full_text_lists_every_finding() {
        assert_eq!(
            summary().full(),
            "××县“十四五”规划编制自查（截至2021年1月5日）：共 56 项，已落实 31 项，推进中 10 项，未启动 5 项，未核对 8 项，\
             不适用 2 项。\n\n\
             逾期 2 项：\n1. 成立领导小组（应于2020年12月31日前完成）\n2. 报送规划《基本思路》（应于2020年12月31日前完成）\n\n\
             未启动 1 项：\n1. 组织专家论证\n\n\
             缺佐证 2 项：\n1. 甲\n2. 乙"
        );
    }

    #[test]
    fn what_is_late_is_only_counted_where_nobody_chose_to_tell() {
        let untold = Summary { tells_late: false, ..summary() };
        assert!(untold.brief().ends_with("不适用 2 项。逾期 2 项。"));
        assert!(untold.full().contains("逾期 2 项：\n1. 成立领导小组\n2. 报送规划《基本思路》\n"));
    }

    #[test]
    fn what_there_is_none_of_is_not_mentioned_but_for_what_is_done() {
        let nothing = Summary {
            unit: "",
            cycle: 2023,
            date: None,
            counts: [3, 0, 0, 0, 0],
            overdue: vec![],
            tells_late: true,
            findings: vec![],
        };
        assert_eq!(nothing.brief(), "2023—2027年规划编制自查：共 3 项，已落实 0 项，未核对 3 项。");
        assert_eq!(nothing.full(), nothing.brief());
    }
}
