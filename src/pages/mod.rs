//! The pages; each only composes.

pub(crate) mod all;
pub(crate) mod duties;
pub(crate) mod home;
pub(crate) mod review;
pub(crate) mod safety;
pub(crate) mod source;
pub(crate) mod step;
pub(crate) mod task_list;
pub(crate) mod workbooks;
