//! `cargo xtask serve | test | dist | bench`: installs what is missing, then runs the ordinary tools.

mod checks;
mod names;
mod tools;

use std::env;
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result, bail};
use xtask::bytes::{self, FIRST_SCREEN_LIMIT, FIRST_VISIT_LIMIT, Page, heaviest};
use xtask::places::{find, project};
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

/// Builds the site into `dist/`: trunk compiles, binds and optimises the programs, the prerenderer writes the pages.
fn build() -> Result<()> {
    println!("… building the site: about five minutes the first time, two after that");
    tools::run(small(tools::command("trunk").args(["build", "--release", "--log", "warn"])))?;
    shorten_scripts()?;
    let prerender = ["run", "--quiet", "--release", "--package", "plan-checklist-prerender", "--", "dist"];
    tools::run(tools::command("cargo").args(prerender))
}

/// Makes the programs' scripts shorter, where terser is there, and the names by which both call each other.
fn shorten_scripts() -> Result<()> {
    let dist = project().join("dist");
    for entry in std::fs::read_dir(&dist)? {
        let script = entry?.path();
        if script.extension().is_none_or(|ending| ending != "js") {
            continue;
        }
        if find("terser").is_some() {
            tools::run(
                tools::command("terser").arg(&script).args(["--compress", "--mangle", "--output"]).arg(&script),
            )?;
        }
        let name = script.file_stem().and_then(|name| name.to_str()).context("scripts have names")?;
        names::shorten(&dist.join(format!("{name}_bg.wasm")), &script)?;
    }
    Ok(())
}

/// Builds the standard library along with the program, for size and without the texts of panics.
///
/// The pinned toolchain can do so, but only if told that its unstable options are wanted. Without them everything works
/// the same, and a first visit downloads a sixth more.
fn small(command: &mut Command) -> &mut Command {
    let flags = [
        "-Ctarget-feature=-reference-types,-multivalue",
        "-Clink-arg=--features=mutable-globals,sign-ext,bulk-memory,nontrapping-fptoint",
        "-Clink-arg=--no-check-features",
        "-Cllvm-args=--inline-threshold=0",
        "-Zunstable-options",
        "-Cpanic=immediate-abort",
        "-Zlocation-detail=none",
        "-Zfmt-debug=none",
    ];
    command
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags.join(" "))
        .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
        .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size")
        // Apart from other builds for wasm32, which would otherwise be built anew every time.
        .env("CARGO_TARGET_DIR", project().join("target/small"))
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
