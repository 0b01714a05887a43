//! Where things are: the project, and the tools that all its clones share.

use std::env;
use std::path::{Path, PathBuf};

/// The project's folder.
#[must_use]
pub fn project() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    folder.expect("xtask lies in the project's folder").into()
}

/// The folder of the tools we install: the user's cache, so that a fresh clone need not build them again.
#[must_use]
pub fn tools() -> PathBuf {
    let cache = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|folder| folder.is_absolute());
    let cache = cache.or_else(|| env::home_dir().map(|home| home.join(".cache")));
    cache.unwrap_or_else(|| project().join("target")).join("plan-checklist")
}

/// The folder of the web servers whose documented configurations are tried.
#[must_use]
pub fn servers() -> PathBuf {
    tools().join("servers")
}

/// Where programs are looked for: our own tools first, then the machine's.
#[must_use]
pub fn program_folders() -> Vec<PathBuf> {
    let ours = [tools().join("bin"), tools().join("node_modules/.bin")];
    let others = env::var_os("PATH").unwrap_or_default();
    ours.into_iter().chain(env::split_paths(&others)).collect()
}

/// Where a program is.
#[must_use]
pub fn find(program: &str) -> Option<PathBuf> {
    program_folders().into_iter().map(|folder| folder.join(program)).find(|file| file.is_file())
}
