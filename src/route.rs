//! The pages, their addresses and titles. Every one of them is prerendered.
//!
//! Addresses are relative to wherever the site was put: a page at `county/review/` links to the home page as `../../`.

use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::{RequirementId, Step, UnitKind};

use crate::words;

/// Whether this is the edition in a single file. Its pages have no folders: each stands after the `#` of the one address.
pub const IS_SINGLE_FILE: bool = cfg!(feature = "single-file");

/// Where the site has the licences of all that it is made of.
pub const LICENCES: &str = "licences.txt";

/// Where the site has that edition, below its folder.
pub const SINGLE_FILE: &str = "plan-checklist-offline.html";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    Home,
    TaskList(UnitKind),
    /// The step at this position in the catalogue.
    Step(UnitKind, usize),
    Review(UnitKind),
    /// All requirements, to search, filter and print.
    All(UnitKind),
    /// 分工一览: who leads and who supports what. (责任分工 is the speech's own heading, and a step.)
    Duties,
    /// 原文对照
    Source,
    /// 我的自查表
    Workbooks,
    /// 数据安全
    Safety,
    /// 节点期限
    Dates(UnitKind),
    /// 分享
    Share,
    /// A link that carries a snapshot leads here.
    Snapshot,
    /// 请填这份清单: a link that asks somebody to fill in leads here.
    Start(UnitKind),
    /// 海报
    Poster(UnitKind),
    /// 学习: how far one is, and the ways in.
    Training,
    /// 读本: the lessons.
    Lessons,
    /// 速记: the speech on one sheet.
    Crib,
    /// 测验
    Quiz,
    /// 复习
    Revision,
    /// 练习县: an invented county to be looked through.
    Practice,
    /// 成绩单
    Record,
    /// 带教: for trainers.
    Class,
    /// 汇总: many units side by side.
    RollUp,
}

impl Route {
    /// The pages one learns with.
    pub const OF_TRAINING: [Self; 8] = [
        Self::Training,
        Self::Lessons,
        Self::Crib,
        Self::Quiz,
        Self::Revision,
        Self::Practice,
        Self::Record,
        Self::Class,
    ];

    /// Every page there is.
    #[must_use]
    pub fn every() -> Vec<Self> {
        let mut routes = vec![
            Self::Home,
            Self::Duties,
            Self::Source,
            Self::Workbooks,
            Self::Safety,
            Self::Share,
            Self::Snapshot,
            Self::RollUp,
        ];
        routes.extend(Self::OF_TRAINING);
        for kind in UnitKind::ALL {
            routes.extend([Self::TaskList(kind), Self::Review(kind), Self::All(kind)]);
            routes.extend([Self::Dates(kind), Self::Start(kind), Self::Poster(kind)]);
            routes.extend((0..builtin().steps.len()).map(|step| Self::Step(kind, step)));
        }
        routes
    }

    /// The page's folder below the site's, ending in `/` unless empty.
    #[must_use]
    pub fn path(self) -> String {
        match self {
            Self::Home => String::new(),
            Self::TaskList(kind) => format!("{}/", kind.as_str()),
            Self::Step(kind, step) => format!("{}/{}/", kind.as_str(), builtin().steps[step].id),
            Self::Review(kind) => format!("{}/review/", kind.as_str()),
            Self::All(kind) => format!("{}/all/", kind.as_str()),
            Self::Duties => "duties/".into(),
            Self::Source => "source/".into(),
            Self::Workbooks => "workbooks/".into(),
            Self::Safety => "safety/".into(),
            Self::Dates(kind) => format!("{}/dates/", kind.as_str()),
            Self::Share => "share/".into(),
            Self::Snapshot => "snapshot/".into(),
            Self::Start(kind) => format!("{}/start/", kind.as_str()),
            Self::Poster(kind) => format!("{}/poster/", kind.as_str()),
            Self::Training => "training/".into(),
            Self::Lessons => "training/lessons/".into(),
            Self::Crib => "training/crib/".into(),
            Self::Quiz => "training/quiz/".into(),
            Self::Revision => "training/revision/".into(),
            Self::Practice => "training/practice/".into(),
            Self::Record => "training/record/".into(),
            Self::Class => "training/class/".into(),
            Self::RollUp => "rollup/".into(),
        }
    }

    /// The page at a path below the site's folder; `None` where there is none.
    #[must_use]
    pub fn parse(path: &str) -> Option<Self> {
        Self::every().into_iter().find(|route| route.path() == path)
    }

    /// The relative address of the site's folder as seen from this page.
    #[must_use]
    pub fn to_root(self) -> String {
        if IS_SINGLE_FILE {
            return "#".into();
        }
        match self.path().matches('/').count() {
            0 => "./".into(),
            depth => "../".repeat(depth),
        }
    }

    /// The relative address of `target` as seen from this page.
    #[must_use]
    pub fn href_to(self, target: Target) -> String {
        self.to_root() + &target.address()
    }

    /// The relative address, as seen from this page, of the page that shares `target`.
    #[must_use]
    pub fn href_to_share(self, target: Target) -> String {
        self.href_to(Self::Share.into()) + "#" + &target.address()
    }

    /// Whether what an address of this page has after its `#` is meant as a place on the page. To some it is what they show,
    /// and some programs put signs of their own there.
    #[must_use]
    pub fn is_place(self, fragment: &str) -> bool {
        const NO_PLACES: [&str; 3] = ["top", "rd", "wechat_redirect"];
        let is_what_is_shown = matches!(
            self,
            Self::Share | Self::Snapshot | Self::Start(_) | Self::Poster(_) | Self::Quiz | Self::Revision
        );
        !is_what_is_shown && !NO_PLACES.contains(&fragment)
    }

    /// Whose checklist the page belongs to.
    #[must_use]
    pub fn kind(self) -> Option<UnitKind> {
        match self {
            Self::TaskList(kind) | Self::Step(kind, _) | Self::Review(kind) | Self::All(kind) | Self::Dates(kind) => {
                Some(kind)
            }
            // A link to start or a poster is for somebody else's checklist.
            Self::Home
            | Self::Duties
            | Self::Source
            | Self::Workbooks
            | Self::Safety
            | Self::Share
            | Self::Snapshot
            | Self::Start(_)
            | Self::Poster(_)
            | Self::Training
            | Self::Lessons
            | Self::Crib
            | Self::Quiz
            | Self::Revision
            | Self::Practice
            | Self::Record
            | Self::Class
            | Self::RollUp => None,
        }
    }

    /// What the page is called in the browser's title and in link previews.
    #[must_use]
    pub fn title(self) -> String {
        let page = match self {
            Self::Home => return format!("{}：五年规划编制工作对照检查", words::PRODUCT),
            Self::TaskList(kind) => format!("自查步骤 · {}", words::kind(kind)),
            Self::Step(kind, step) => format!("{} · {}", builtin().steps[step].title, words::kind(kind)),
            Self::Review(kind) => format!("核对结果 · {}", words::kind(kind)),
            Self::All(kind) => format!("全部要求 · {}", words::kind(kind)),
            Self::Duties => "分工一览".into(),
            Self::Source => "原文对照".into(),
            Self::Workbooks => "我的自查表".into(),
            Self::Safety => "数据安全".into(),
            Self::Dates(kind) => format!("节点期限 · {}", words::kind(kind)),
            Self::Share => "分享".into(),
            Self::Snapshot => "自查快照（只读）".into(),
            Self::Start(kind) => format!("请填这份清单 · {}", words::kind(kind)),
            Self::Poster(kind) => format!("打印海报 · {}", words::kind(kind)),
            Self::Training => "学习".into(),
            Self::Lessons => "读本 · 学习".into(),
            Self::Crib => "速记 · 学习".into(),
            Self::Quiz => "测验 · 学习".into(),
            Self::Revision => "复习 · 学习".into(),
            Self::Practice => "练习县（练习数据） · 学习".into(),
            Self::Record => "成绩单 · 学习".into(),
            Self::Class => "带教 · 学习".into(),
            Self::RollUp => "汇总".into(),
        };
        format!("{page} · {}", words::PRODUCT)
    }

    /// One sentence for link previews.
    #[must_use]
    pub fn description(self) -> String {
        match self {
            Self::Home => words::WHAT_IT_IS.into(),
            Self::TaskList(kind) => {
                let count = builtin().requirements_for(kind).count();
                format!(
                    "{}编制五年规划的 {count} 项要求，分 {} 步逐项核对，答复只存在自己的浏览器里。",
                    words::kind(kind),
                    builtin().steps.len()
                )
            }
            Self::Step(_, step) => builtin().steps[step].summary.clone(),
            Self::Review(kind) => {
                format!("{}自查还差什么：未核对、逾期、缺佐证、缺理由，逐项列出。", words::kind(kind))
            }
            Self::All(kind) => format!("{}编制五年规划的全部要求，可搜索、筛选、打印。", words::kind(kind)),
            Self::Duties => "编制五年规划，哪些事谁负责、谁配合，出处在哪，三类单位一张表看清。".into(),
            Self::Source => "讲话逐条对照：每一条由哪几项要求来落实。".into(),
            Self::Workbooks => "这个浏览器里的自查表：打开、改名、复制、新建，误删的可以找回。".into(),
            Self::Safety => "答复存在哪里、会不会丢：备份、导入、快照、回收站，都在这一页。".into(),
            Self::Dates(kind) => {
                format!(
                    "{}编制五年规划的四个阶段、两个时限和自己的节点：哪些逾期、哪些临近、怎么倒排。",
                    words::kind(kind)
                )
            }
            Self::Share => "把清单或自查情况分享出去：网址、二维码、可以粘贴的文字、打印海报。".into(),
            Self::Snapshot => "别人发来的自查快照：只看不改，可以和自己的对照，也可以合并。".into(),
            Self::Start(kind) => {
                let count = builtin().requirements_for(kind).count();
                format!(
                    "请{}对照 {count} 项要求自查五年规划编制工作。打开就填，答复只存在自己的浏览器里。",
                    words::kind(kind)
                )
            }
            Self::Training => "一个下午记住讲话要求了什么、谁来做、什么时候做完：读本、速记、测验、复习。".into(),
            Self::Lessons => "讲话逐条学：要什么、谁来做、为什么要紧、常见的毛病，一屏一条。".into(),
            Self::Crib => "讲话的结构一页纸：三点认识、五要、四个准确把握、四个阶段、两个时限。".into(),
            Self::Quiz => "对照讲话的测验题，每答一题就说对不对、错在哪里、出处是哪一条。".into(),
            Self::Revision => "答过的题在快忘的时候再问一遍，每天几分钟。".into(),
            Self::Practice => "一个编出来的县的自查表，埋了毛病：逐项审，指出哪里不对、为什么。全是练习数据。".into(),
            Self::Record => "学了哪些、做过几组题、各步骤答得怎样、还要看什么，一张纸，可以打印。".into(),
            Self::Class => "给带新人的老师：布置同一组题，印试卷，收成绩码，看哪些题错得多。".into(),
            Self::RollUp => "把各单位交来的自查情况放到一张表里：谁到哪一步、谁逾期、谁没有报。不上传，不保存。".into(),
            Self::Poster(kind) => format!("一张 A4 海报：扫码打开{}的规划编制自查清单。", words::kind(kind)),
        }
    }
}

/// Where a link leads: a page, and perhaps a requirement on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    pub route: Route,
    pub requirement: Option<RequirementId>,
}

impl Target {
    /// The page on which a unit of this kind answers the requirement.
    #[must_use]
    pub fn requirement(kind: UnitKind, id: RequirementId) -> Self {
        Self { route: Route::Step(kind, step_position(id)), requirement: Some(id) }
    }

    /// Its address below the site's folder.
    #[must_use]
    pub fn address(self) -> String {
        let fragment = self.requirement.map_or_else(String::new, |id| format!("#{id}"));
        self.route.path() + &fragment
    }

    /// Reads what [`address`](Self::address) writes; `None` where there is no such page. A requirement that this page does
    /// not ask is left out.
    #[must_use]
    pub fn parse(address: &str) -> Option<Self> {
        let (path, id) = address.split_once('#').unwrap_or((address, ""));
        let route = Route::parse(path)?;
        let requirement = builtin().requirement(id).filter(|requirement| match route {
            Route::Step(kind, _) => {
                requirement.role(kind).is_some() && Self::requirement(kind, requirement.id).route == route
            }
            _ => false,
        });
        Some(Self { route, requirement: requirement.map(|requirement| requirement.id) })
    }
}

impl From<Route> for Target {
    fn from(route: Route) -> Self {
        Self { route, requirement: None }
    }
}

fn step_position(id: RequirementId) -> usize {
    let holds = |step: &Step| step.requirements.iter().any(|requirement| requirement.id == id);
    builtin().steps.iter().position(holds).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_again_at_its_own_path() {
        let routes = Route::every();
        assert_eq!(routes.len(), 16 + 3 * (6 + builtin().steps.len()));
        for route in routes {
            assert_eq!(Route::parse(&route.path()), Some(route));
        }
        for path in ["county", "/", "county/review", "village/", "county//"] {
            assert_eq!(Route::parse(path), None, "{path}");
        }
    }

    #[test]
    fn links_climb_to_the_site_folder_and_down_again() {
        let id = builtin().steps[4].requirements[0].id;
        let step = Target::requirement(UnitKind::County, id);
        assert_eq!(Route::Home.href_to(step), format!("./county/four-grasps/#{id}"));
        assert_eq!(Route::Review(UnitKind::County).href_to(step), format!("../../county/four-grasps/#{id}"));
        assert_eq!(Route::Duties.href_to(Route::Home.into()), "../");
        assert_eq!(Route::Duties.href_to_share(step), format!("../share/#county/four-grasps/#{id}"));
    }

    #[test]
    fn what_is_to_be_shared_is_read_back_and_nothing_else() {
        let id = builtin().steps[4].requirements_for(UnitKind::County).next().expect("the step asks for some").id;
        let step = Target::requirement(UnitKind::County, id);
        assert_eq!(Target::parse(&step.address()), Some(step));
        for route in Route::every() {
            assert_eq!(Target::parse(&route.path()), Some(route.into()));
        }
        let other = Route::Step(UnitKind::County, 0);
        assert_eq!(Target::parse(&format!("{}#{id}", other.path())), Some(other.into()), "it stands on another page");
        assert_eq!(Target::parse("county/four-grasps/#<b>"), Some(step.route.into()));
        for rubbish in ["main", "county", "../", "https://example.org/", "s=1AAAA", "%E8"] {
            assert_eq!(Target::parse(rubbish), None, "{rubbish}");
        }
    }
}
