//! `cargo xtask serve | test | dist | bench`: installs what is missing, then runs the ordinary tools.

mod checks;
mod tools;

use std::env;
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result, bail};
use xtask::bytes::{FIRST_SCREEN_LIMIT, FIRST_VISIT_LIMIT, Weights};
use xtask::places::project;
use xtask::site::{Server, Site};

const USAGE: &str = "\
cargo xtask serve [--port N]   build the site and serve it on 127.0.0.1 (port 8080)
cargo xtask test [--quick]     run every check; --quick leaves out what needs a browser
cargo xtask dist               build the site into dist/
cargo xtask bench              weigh the built site";

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
    let prerender = ["run", "--quiet", "--release", "--package", "plan-checklist-prerender", "--", "dist"];
    tools::run(tools::command("cargo").args(prerender))
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
        .env("CARGO_TARGET_DIR", tools::project().join("target/small"))
}

fn bench() -> Result<()> {
    tools::ensure_build_tools()?;
    build()?;
    print_weights(&Weights::of(&project().join("dist"))?);
    Ok(())
}

fn print_weights(weights: &Weights) {
    let (page, first_screen) = weights.first_screen();
    println!("brotli 11: css {}, script {}, wasm {}", weights.style, weights.script, weights.wasm);
    println!("first screen (heaviest page, {page}): {first_screen} of {FIRST_SCREEN_LIMIT} bytes");
    println!("first visit: {} of {FIRST_VISIT_LIMIT} bytes", weights.first_visit());
}

/// Fails if a first visit downloads more than it may.
fn check_weights() -> Result<()> {
    let weights = Weights::of(&project().join("dist"))?;
    print_weights(&weights);
    if weights.first_screen().1 > FIRST_SCREEN_LIMIT {
        bail!("the first screen is too heavy");
    }
    if weights.first_visit() > FIRST_VISIT_LIMIT {
        bail!("a first visit downloads too much");
    }
    Ok(())
}
