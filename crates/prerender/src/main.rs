//! Trunk's post-build hook (Trunk.toml). It works in the folder that Trunk has filled: splits the program into parts, makes
//! one stylesheet of the many, and writes one HTML file a page.

mod program;
mod single_file;
mod site;

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use plan_checklist::Route;
use xtask::licences::{self, LICENCES};
use xtask::service_worker;

use program::Program;
use site::Site;

/// What Trunk was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Build {
    /// `trunk serve`: quick to build, the program in one piece.
    Debug,
    Release,
}

fn main() -> ExitCode {
    match run() {
        Ok(pages) => {
            println!("prerendered {pages} pages");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("prerender: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<usize> {
    let staging = env::var_os("TRUNK_STAGING_DIR").context("this is Trunk's hook: run `trunk build`")?;
    let staging = PathBuf::from(staging);
    let build =
        if env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release") { Build::Release } else { Build::Debug };
    let program = Program::put_together(&staging, build)?;
    let site = Site::read(&staging, build, program)?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let local = tokio::task::LocalSet::new();
    let routes = Route::every();
    for route in &routes {
        let markup = local.block_on(&runtime, plan_checklist_prerender::markup(*route));
        let folder = staging.join(route.path());
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("index.html"), site.page(*route, &markup)?)?;
    }
    // Trunk runs this hook in a debug build whatever it builds itself.
    #[cfg(debug_assertions)]
    if build == Build::Debug {
        let markup = local.block_on(&runtime, plan_checklist_prerender::design());
        fs::create_dir_all(staging.join("design"))?;
        fs::write(staging.join("design/index.html"), site.design(&markup))?;
    }
    if build == Build::Release {
        let licences = licences::text()?;
        fs::write(staging.join(LICENCES), &licences)?;
        single_file::write(&staging, &site, &licences)?;
    }
    fs::write(staging.join("404.html"), missing_page(&routes)?)?;
    site.write_extras(&staging)?;
    if build == Build::Release {
        // Last: it names all the others.
        service_worker::write(&staging)?;
    }
    Ok(routes.len())
}

/// What hosts answer with where there is no page: it leads home from any address.
fn missing_page(routes: &[Route]) -> Result<String> {
    let paths: Vec<String> = routes.iter().map(|route| route.path()).collect();
    let folders: BTreeSet<&str> =
        paths.iter().filter_map(|path| path.split_once('/').map(|(first, _)| first)).collect();
    let folders: Vec<&str> = folders.into_iter().collect();
    site::replace_once(include_str!("missing.html"), "FOLDERS", &folders.join("|"))
}
