//! What loads when: most pages come with the program, the rarer ones in parts, each loaded once a page of it is opened
//! or pointed at.
//!
//! A part is everything that only its pages need. Which functions and data that is, the splitter finds out from the
//! program itself (`crates/prerender`). Without the feature `split`, and in a debug build, all of it is in the program.

use yew::Html;

use crate::effects::style;
use crate::pages;
use crate::route::Route;
use crate::store::Store;

/// Renders the page the store is about.
pub type Render = fn(&Store) -> Html;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Reading: the review, all requirements, duties, the source; and 汇总, what many units sent.
    Reading,
    /// Dates: milestones, the chart, the calendar file.
    Dates,
    /// Keeping what was filled in: workbooks, backups, import.
    Keeping,
    /// Handing something on, and opening what was handed on.
    Sharing,
    /// Learning: lessons, questions, and when they come again.
    Training,
    /// What learning leads to: the county that is practised on, the record.
    Practice,
}

/// A part did not arrive: the network is gone, or the site was replaced by another build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotLoaded;

impl Part {
    pub const ALL: [Self; 6] =
        [Self::Reading, Self::Dates, Self::Keeping, Self::Sharing, Self::Training, Self::Practice];

    /// The part a page is in; `None` if it comes with the program.
    #[must_use]
    pub fn of(route: Route) -> Option<Self> {
        match route {
            Route::Review(_) | Route::All(_) | Route::Duties | Route::Source | Route::RollUp => Some(Self::Reading),
            Route::Dates(_) => Some(Self::Dates),
            Route::Workbooks | Route::Safety => Some(Self::Keeping),
            Route::Share | Route::Poster(_) | Route::Snapshot | Route::Start(_) => Some(Self::Sharing),
            Route::Training | Route::Lessons | Route::Crib | Route::Quiz | Route::Revision | Route::Class => {
                Some(Self::Training)
            }
            Route::Practice | Route::Record => Some(Self::Practice),
            Route::Home | Route::TaskList(_) | Route::Step(..) => None,
        }
    }

    /// The stylesheets that only its pages need, by the names they have in `styles/`. They lie beside the program.
    #[must_use]
    pub fn styles(self) -> &'static [&'static str] {
        match self {
            Self::Reading => &["duties", "printout", "rollup"],
            Self::Dates => &["dates"],
            Self::Sharing => &["share", "snapshot", "poster"],
            Self::Keeping => &[],
            // A round is handed on as a page is.
            Self::Training => &["share", "training"],
            Self::Practice => &["share", "training", "practice"],
        }
    }

    /// What the splitter calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Dates => "dates",
            Self::Keeping => "keeping",
            Self::Sharing => "sharing",
            Self::Training => "training",
            Self::Practice => "practice",
        }
    }
}

/// How to render a page; `None` while its part is not there.
#[must_use]
pub fn renderer(route: Route) -> Option<Render> {
    match Part::of(route) {
        None => Some(pages::program),
        Some(part) => arrival::renderer(part).filter(|_| part.styles().iter().all(|name| style::is_there(name))),
    }
}

/// Has the page's part arrive.
///
/// # Errors
/// If it does not arrive. Another attempt may succeed.
pub async fn load(route: Route) -> Result<(), NotLoaded> {
    match Part::of(route) {
        None => Ok(()),
        Some(part) => {
            arrival::load(part).await?;
            for name in part.styles() {
                style::load(name).await.map_err(|_| NotLoaded)?;
            }
            Ok(())
        }
    }
}

/// Parts are files of their own.
#[cfg(all(feature = "split", target_family = "wasm", not(debug_assertions)))]
mod arrival {
    #![allow(
        unsafe_code,
        reason = "the macro declares what the splitter links: an import and an export, with the same signature"
    )]

    use std::cell::Cell;

    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    use super::{NotLoaded, Part, Render};
    use crate::pages;

    // These must stay where no other code calls them: what they lead to is what goes into a part.

    #[wasm_split(reading, fallible)]
    fn reading() -> Result<Render, SplitLoaderError> {
        Ok(pages::reading)
    }

    #[wasm_split(dates, fallible)]
    fn dates() -> Result<Render, SplitLoaderError> {
        Ok(pages::dates)
    }

    #[wasm_split(keeping, fallible)]
    fn keeping() -> Result<Render, SplitLoaderError> {
        Ok(pages::keeping)
    }

    #[wasm_split(sharing, fallible)]
    fn sharing() -> Result<Render, SplitLoaderError> {
        Ok(pages::sharing)
    }

    #[wasm_split(training, fallible)]
    fn training() -> Result<Render, SplitLoaderError> {
        Ok(pages::training)
    }

    #[wasm_split(practice, fallible)]
    fn practice() -> Result<Render, SplitLoaderError> {
        Ok(pages::practice)
    }

    thread_local! {
        static ARRIVED: [Cell<Option<Render>>; Part::ALL.len()] = const { [const { Cell::new(None) }; Part::ALL.len()] };
    }

    pub(super) fn renderer(part: Part) -> Option<Render> {
        ARRIVED.with(|arrived| arrived[part as usize].get())
    }

    pub(super) async fn load(part: Part) -> Result<(), NotLoaded> {
        let outcome = match part {
            Part::Reading => reading().await,
            Part::Dates => dates().await,
            Part::Keeping => keeping().await,
            Part::Sharing => sharing().await,
            Part::Training => training().await,
            Part::Practice => practice().await,
        };
        let render = outcome.map_err(|_| NotLoaded)?;
        ARRIVED.with(|arrived| arrived[part as usize].set(Some(render)));
        Ok(())
    }
}

/// Parts are in the program.
#[cfg(not(all(feature = "split", target_family = "wasm", not(debug_assertions))))]
mod arrival {
    use std::future::{Ready, ready};

    use super::{NotLoaded, Part, Render};
    use crate::pages;

    pub(super) fn renderer(part: Part) -> Option<Render> {
        Some(match part {
            Part::Reading => pages::reading,
            Part::Dates => pages::dates,
            Part::Keeping => pages::keeping,
            Part::Sharing => pages::sharing,
            Part::Training => pages::training,
            Part::Practice => pages::practice,
        })
    }

    pub(super) fn load(_: Part) -> Ready<Result<(), NotLoaded>> {
        ready(Ok(()))
    }
}
