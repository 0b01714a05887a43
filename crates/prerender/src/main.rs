//! After trunk's build: one stylesheet, one HTML file a page, each with the start script and relative addresses.
//!
//! Run by `cargo xtask` with the folder that trunk has filled.

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
    let staging = env::args_os().nth(1).ok_or_else(|| io::Error::other("which folder?"))?;
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
