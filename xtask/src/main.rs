//! `cargo xtask serve | test | dist | weigh | bench`: installs what is missing, then runs the ordinary tools.

mod checks;
mod layers;
mod packed;
mod supply;
mod tools;

use std::env;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use xtask::bytes::{Weight, Weights};
use xtask::places::project;

const USAGE: &str = "\
cargo xtask serve [--port N] [--release]   build the site, serve it on 127.0.0.1 (port 8080), follow what is edited
cargo xtask test [--quick]                 run every check; --quick leaves out what needs a browser, or others' databases
cargo xtask dist                           build the site into dist/
cargo xtask weigh                          say what the site in dist/ weighs, part by part
cargo xtask bench                          weigh the built site, and time clicks in it";

/// The most that may be downloaded, in KB (brotli 11). A gate is there to catch accidents: where something is worth its
/// bytes, raise the number and say why.
struct Gate {
    what: &'static str,
    limit: usize,
    weight: fn(&Weights) -> Weight,
}

const GATES: [Gate; 5] = [
    Gate { what: "first screen: HTML and CSS", limit: 20, weight: Weights::first_screen },
    // Meant to be 190, and at most 240. One program in parts weighed 242; points with ticks, rows that open, evidence clicked
    // in, several plans, a unit's own requirements and dates as people type them came on top, then keeping, merging and
    // backing up what was learned (measured: 281), and 2 % for what moves by itself. Of the code half is the standard
    // library, Yew and serde_json; the catalogue's words are 20.
    Gate { what: "a first visit", limit: 286, weight: Weights::first_visit },
    // The program, and the part on top (measured: 438).
    Gate { what: "a first visit to a page of a part", limit: 446, weight: Weights::first_visit_to_a_part },
    // Meant to be 60. Most of the part for training are words: 210 questions with a reason for each wrong choice, and the
    // lessons; then papers, codes and class lists for trainers (measured: 151). 练习县, words too, is one of its own (116).
    Gate { what: "a part", limit: 155, weight: Weights::heaviest_part },
    // Measured: about 712, of which 613 before the printed report, lists by person, comparing, 汇总 (38) and encryption. With 汇总
    // in a seventh part it was 722, in 77 pieces instead of 49. The worker that makes and reads Word and Excel files (738,
    // compiled for speed) is asked for by few, and part of no visit.
    Gate { what: "everything there is", limit: 728, weight: Weights::everything },
];

/// The most that the edition in a single file may have, in bytes: mail programs and people accept it (measured: 1,565,000).
const SINGLE_FILE_LIMIT: u64 = 1_596_000;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments.as_slice() {
        ["serve", options @ ..] => serve(options),
        ["test"] => return checks::run(checks::Scope::Everything),
        ["test", "--quick"] => return checks::run(checks::Scope::Quick),
        ["dist"] => tools::ensure_build_tools().and_then(|()| build()),
        ["weigh"] => check_weights().map(drop),
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

/// Has Trunk serve the site: at once and unoptimised, or as it is released.
fn serve(options: &[&str]) -> Result<()> {
    let (mut port, mut release) = ("8080", None);
    let mut options = options.iter();
    while let Some(option) = options.next() {
        match *option {
            "--port" => port = options.next().context("--port wants a number")?,
            "--release" => release = Some("--release"),
            other => bail!("{other} is unknown\n{USAGE}"),
        }
    }
    tools::ensure_build_tools()?;
    println!("… building the site, then serving http://127.0.0.1:{port}/ (Ctrl+C ends it)");
    // Apart from `dist/`, which is for what is released, and tested.
    let serve = ["serve", "--address", "127.0.0.1", "--port", port, "--dist", "target/serve", "--log", "warn"];
    tools::run(tools::trunk()?.args(serve).args(release))
}

/// Builds the site into `dist/`.
fn build() -> Result<()> {
    println!("… building the site: about four minutes the first time, two after that");
    tools::run(tools::trunk()?.args(["build", "--release", "--log", "warn"]))?;
    packed::pack(&project().join("dist"))
}

fn bench() -> Result<()> {
    tools::ensure_test_tools()?;
    tools::ensure_build_tools()?;
    build()?;
    drop(weigh()?);
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

/// Says what the site weighs, part by part, and against its gates. Gives what is over one.
fn weigh() -> Result<Vec<&'static str>> {
    let weights = Weights::of(&project().join("dist"))?;
    print!("{weights}");
    let mut over = Vec::new();
    for Gate { what, limit, weight } in GATES {
        let Weight { raw, sent } = weight(&weights);
        println!("{what:<36} {raw:>9} {sent:>9} of {}", limit * 1024);
        if sent > limit * 1024 {
            over.push(what);
        }
    }
    if weights.single_file > SINGLE_FILE_LIMIT {
        over.push("the single file");
    }
    Ok(over)
}

/// Fails if more is downloaded than may be. Gives the number of gates.
fn check_weights() -> Result<usize> {
    let over = weigh()?;
    if !over.is_empty() {
        bail!("too heavy: {}", over.join(", "));
    }
    Ok(GATES.len())
}
