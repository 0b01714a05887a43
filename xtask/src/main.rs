//! `cargo xtask serve | test | dist | bench`: installs what is missing, then runs the ordinary tools.

mod checks;
mod tools;

use std::env;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use xtask::bytes::{self, FIRST_SCREEN_LIMIT, FIRST_VISIT_LIMIT, Page, heaviest};
use xtask::places::project;
use xtask::site::{Server, Site};

const USAGE: &str = "\
cargo xtask serve [--port N]   build the site and serve it on 127.0.0.1 (port 8080)
cargo xtask test [--quick]     run every check; --quick leaves out what needs a browser
cargo xtask dist               build the site into dist/
cargo xtask bench              weigh the built site, and time clicks in it";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments.as_slice() {
        ["serve"] => serve(8080),
        ["serve", "--port", port] => port.parse().context("--port wants a number").and_then(serve),
        ["test"] => return checks::run(checks::Scope::Everything),
        ["test", "--quick"] => return checks::run(checks::Scope::Quick),
        ["dist"] => tools::ensure_build_tools().and_then(|()| build()),
        ["bench"] => bench(),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::FAILURE;
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn serve(port: u16) -> Result<()> {
    tools::ensure_build_tools()?;
    build()?;
    let site = Site { folder: project().join("dist"), ..Site::default() };
    let server = Server::start(site, port)?;
    println!("serving {} (Ctrl+C ends it)", server.url());
    server.wait();
    Ok(())
}

/// Builds the site into `dist/`.
fn build() -> Result<()> {
    println!("… building the site: about two minutes the first time, one after that");
    tools::run(tools::command("trunk").args(["build", "--release", "--log", "warn"]))
}

fn bench() -> Result<()> {
    tools::ensure_test_tools()?;
    tools::ensure_build_tools()?;
    build()?;
    weigh()?;
    // Not optimised: what is timed runs in the browser.
    tools::run(tools::command("cargo").args([
        "bench",
        "--quiet",
        "--profile",
        "dev",
        "--package",
        "plan-checklist-e2e",
    ]))
}

/// Weighs the site, says what it found, and returns what the first screen and the first visit weigh at most.
fn weigh() -> Result<(usize, usize)> {
    let pages = bytes::pages(&project().join("dist"))?;
    if pages.is_empty() {
        bail!("dist/ does not hold a built site");
    }
    let say = |what: &str, weight: fn(&Page) -> usize, limit: usize| {
        let page = heaviest(&pages, weight);
        let Page { path, html, style, script, wasm } = &page;
        println!("{what}: {} of {limit} bytes (brotli 11), heaviest /{path}", weight(&page));
        println!("  html {html}, css {style}, script {script}, wasm {wasm}");
        weight(&page)
    };
    let first_screen = say("first screen", Page::first_screen, FIRST_SCREEN_LIMIT);
    let first_visit = say("first visit", Page::first_visit, FIRST_VISIT_LIMIT);
    Ok((first_screen, first_visit))
}

/// Fails if a first visit downloads more than it may.
fn check_weights() -> Result<()> {
    let (first_screen, first_visit) = weigh()?;
    if first_screen > FIRST_SCREEN_LIMIT {
        bail!("the first screen is too heavy");
    }
    if first_visit > FIRST_VISIT_LIMIT {
        bail!("a first visit downloads too much");
    }
    Ok(())
}
