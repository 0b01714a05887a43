//! Building blocks of the pages; each has its stylesheet of the same name in `styles/`.

pub(crate) mod backup;
pub(crate) mod blank;
pub(crate) mod element;
pub(crate) mod evidence;
pub(crate) mod field;
pub(crate) mod handout;
pub(crate) mod history;
pub(crate) mod icon;
pub(crate) mod import;
pub(crate) mod link;
pub(crate) mod meter;
pub(crate) mod out_of_turn;
pub(crate) mod requirement;
pub(crate) mod shell;
pub(crate) mod status_picker;
pub(crate) mod steps;
pub(crate) mod unit_names;
