//! After trunk's build: one stylesheet, one HTML file a page, each with the start script and relative addresses.
//!
//! Run by trunk's `post_build` hook, which says where the build stands in `TRUNK_STAGING_DIR`.

mod site;

use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs, io};

use plan_checklist::Route;
use site::Site;

fn main() -> ExitCode {
    match run() {
        Ok(pages) => {
            println!("prerendered {pages} pages");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("prerender: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> io::Result<usize> {
    let staging = env::var_os("TRUNK_STAGING_DIR").ok_or_else(|| io::Error::other("TRUNK_STAGING_DIR is not set"))?;
    let staging = PathBuf::from(staging);
    let site = Site::read(&staging)?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let local = tokio::task::LocalSet::new();
    let routes = Route::every();
    for route in &routes {
        let markup = local.block_on(&runtime, plan_checklist_prerender::markup(*route));
        let folder = staging.join(route.path());
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("index.html"), site.page(*route, &markup)?)?;
    }
    Ok(routes.len())
}
