//! 规划编制自查: the app. The UI, thin; what it shows comes from `plan-checklist-domain`.

pub mod app;
mod components;
pub mod effects;
mod pages;
pub mod route;
pub mod store;
pub mod words;

pub use app::App;
pub use route::Route;
