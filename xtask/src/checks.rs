//! `cargo xtask test`: every check there is, in the order in which failures come cheapest.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use wasmparser::{Validator, WasmFeatures};

use xtask::bytes::files;
use xtask::places::{find, project};

use crate::layers::{LAYERS, violations};
use crate::supply::{self, Asked};
use crate::tools::{
    cargo_home, command, ensure_build_tools, ensure_test_tools, ensure_toolchain, output, run as run_tool, sysroot,
};
use crate::{build, check_weights};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    Everything,
    /// What needs no browser.
    Quick,
}

/// What became of a check: how many tests passed and failed, which it may be without.
#[derive(Default)]
struct Count {
    passed: usize,
    failed: usize,
    /// Why nothing was checked, where that is no failure.
    not_checked: Option<String>,
}

/// A check that is no run of tests, and held.
const HELD: Count = Count { passed: 0, failed: 0, not_checked: None };

struct Check {
    name: &'static str,
    run: fn() -> Result<Count>,
}

/// What the quick checks stand on.
const TOOLCHAIN: Check = Check {
    name: "toolchain",
    run: || {
        ensure_toolchain()?;
        Ok(HELD)
    },
};

/// Without the tools, only the quick checks can run.
const TOOLS: Check = Check {
    name: "tools",
    run: || {
        ensure_test_tools()?;
        ensure_build_tools()?;
        Ok(HELD)
    },
};

const QUICK: [Check; 6] = [
    Check { name: "formatting", run: || one(command("cargo").args(["fmt", "--all", "--check"])) },
    Check { name: "clippy, host", run: || one(clippy().args(["--workspace", "--all-targets", "--", "-Dwarnings"])) },
    Check {
        name: "clippy, wasm32",
        run: || {
            one(clippy().args([
                "--package",
                "plan-checklist",
                "--all-targets",
                "--target",
                "wasm32-unknown-unknown",
                "--",
                "-Dwarnings",
            ]))
        },
    },
    Check {
        name: "native tests",
        run: || {
            tests(command("cargo").args(["test", "--workspace", "--exclude", "plan-checklist-e2e", "--no-fail-fast"]))
        },
    },
    Check { name: "invariants", run: invariants },
    Check { name: "layers", run: layers },
];

/// What others wrote. It wants a tool that is not there with Rust, and asks databases elsewhere.
const SUPPLY: [Check; 3] = [
    Check { name: "licences and sources", run: || supply::licences_and_sources().map(|()| HELD) },
    Check { name: "known holes in crates", run: || asked(supply::holes_in_crates()?) },
    Check { name: "known holes in npm's", run: || asked(supply::holes_in_npm_packages()?) },
];

const WITH_BROWSERS: [Check; 7] = [
    Check {
        name: "browser tests, Chromium",
        run: || tests(browser_tests().env("CHROMEDRIVER", found("chromedriver")?)),
    },
    Check { name: "browser tests, Firefox", run: || tests(browser_tests().env("GECKODRIVER", found("geckodriver")?)) },
    Check { name: "release build", run: || build().map(|()| HELD) },
    Check { name: "byte gates", run: || check_weights().map(|_| HELD) },
    Check { name: "no path of this machine", run: no_path_of_this_machine },
    Check { name: "starts on Chromium 80", run: old_browsers },
    Check {
        name: "end to end",
        run: || tests(command("cargo").args(["test", "--package", "plan-checklist-e2e", "--", "--test-threads=2"])),
    },
];

/// Runs the checks, all of them even after a failure, and says how each went, and what could not be checked. The last line is
/// the sum of the tests; a check without tests counts there only if it fails.
pub(crate) fn run(scope: Scope) -> ExitCode {
    let start = Instant::now();
    let (mut lines, mut not_checked, mut total) = (Vec::new(), Vec::new(), Count::default());
    let mut run_all = |checks: &[Check]| {
        for check in checks {
            let count = run_one(check, &mut lines);
            total.passed += count.passed;
            total.failed += count.failed;
            not_checked.extend(count.not_checked.map(|why| format!("NOT CHECKED: {} ({why})", check.name)));
        }
        total.failed == 0
    };
    let has_toolchain = run_all(&[TOOLCHAIN]);
    if has_toolchain && scope == Scope::Everything && run_all(&[TOOLS]) {
        run_all(&QUICK);
        run_all(&SUPPLY);
        run_all(&WITH_BROWSERS);
    } else {
        run_all(&QUICK);
    }
    println!("\n{}\nall of it took {} s", lines.join("\n"), start.elapsed().as_secs());
    for line in not_checked {
        println!("{line}");
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs a check and adds the line that says how it went.
fn run_one(check: &Check, lines: &mut Vec<String>) -> Count {
    println!("\n▸ {}", check.name);
    let start = Instant::now();
    let count = (check.run)().unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        Count { failed: 1, ..HELD }
    });
    let mark = match count {
        Count { failed: 1.., .. } => "✗",
        Count { not_checked: Some(_), .. } => "–",
        _ => "✓",
    };
    let seconds = start.elapsed().as_secs_f32();
    let tests = match count {
        Count { not_checked: Some(_), .. } => "not checked".to_owned(),
        Count { passed: 0, failed: 0, .. } => String::new(),
        Count { passed, failed, .. } => format!("{passed:>4} passed {failed:>3} failed"),
    };
    lines.push(format!("{mark} {:<26} {tests:<23} {seconds:>8.1} s", check.name));
    count
}

fn clippy() -> Command {
    let mut clippy = command("cargo");
    clippy.args(["clippy", "--quiet"]);
    clippy
}

fn browser_tests() -> Command {
    let mut command = command("cargo");
    command.args(["test", "--package", "plan-checklist", "--test", "browser", "--target", "wasm32-unknown-unknown"]);
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
    command.env_remove("CHROMEDRIVER").env_remove("GECKODRIVER");
    command
}

fn found(program: &str) -> Result<std::path::PathBuf> {
    find(program).with_context(|| format!("{program} is missing"))
}

/// Nobody who could answer is no answer.
fn asked(answer: Asked) -> Result<Count> {
    let not_checked = match answer {
        Asked::NoneKnown => None,
        Asked::NotReachable(why) => Some(why),
    };
    Ok(Count { not_checked, ..HELD })
}

/// A program that passes or fails as a whole.
fn one(command: &mut Command) -> Result<Count> {
    run_tool(command).map(|()| HELD)
}

/// A run of tests, counted from what the test harnesses print.
fn tests(command: &mut Command) -> Result<Count> {
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let mut count = Count::default();
    for line in BufReader::new(child.stdout.take().context("standard output is piped")?).lines() {
        let line = line?;
        println!("{line}");
        if line.contains("test result:") {
            count.passed += number_before(&line, " passed");
            count.failed += number_before(&line, " failed");
        }
    }
    let status = child.wait()?;
    if !status.success() && count.failed == 0 {
        bail!("the tests ended with {status}");
    }
    if count.passed + count.failed == 0 {
        bail!("no tests ran");
    }
    Ok(count)
}

fn number_before(line: &str, word: &str) -> usize {
    let before = line.split(word).next().unwrap_or_default();
    before.rsplit(|letter: char| !letter.is_ascii_digit()).next().and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

/// The invariants of ARCHITECTURE.md that neither the compiler nor another test checks.
fn invariants() -> Result<Count> {
    let tree = |package: &str| {
        output(command("cargo").args([
            "tree",
            "--package",
            package,
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--target",
            "wasm32-unknown-unknown",
        ]))
    };
    let absent = [
        (
            "plan-checklist-domain",
            &["yew", "web-sys", "js-sys", "wasm-bindgen", "gloo-events", "rand", "getrandom"][..],
        ),
        ("plan-checklist", &["plan-checklist-office", "rust_xlsxwriter", "calamine", "zip", "chrono"][..]),
    ];
    for (package, unwanted) in absent {
        let tree = tree(package)?;
        for name in unwanted {
            if tree.lines().any(|line| line.split(' ').next() == Some(name)) {
                bail!("{package} must not depend on {name}; `cargo tree -p {package} -i {name}` shows how it does");
            }
        }
    }
    let features = output(command("cargo").args([
        "tree",
        "--package",
        "plan-checklist",
        "--edges",
        "features",
        "--target",
        "wasm32-unknown-unknown",
    ]))?;
    if features.contains("yew feature \"ssr\"") {
        bail!("yew/ssr has reached the app; only the prerenderer may turn it on");
    }
    let ignored = output(command("git").args([
        "grep",
        "-nE",
        r"#\[ignore|thread::sleep|time::sleep",
        "--",
        "*.rs",
        ":!xtask/src/checks.rs",
    ]));
    if let Ok(found) = ignored {
        bail!("no test is ignored, nothing sleeps:\n{found}");
    }
    Ok(HELD)
}

/// Arrows between files run one way.
fn layers() -> Result<Count> {
    let mut found = Vec::new();
    for layers in &LAYERS {
        found.extend(violations(&project(), layers)?);
    }
    if !found.is_empty() {
        bail!("arrows run back, or in a circle:\n{}", found.join("\n"));
    }
    Ok(HELD)
}

/// What was built says nothing of where: elsewhere it would come to other bytes.
fn no_path_of_this_machine() -> Result<Count> {
    let places = [project(), cargo_home()?, sysroot()?];
    for path in files(&project().join("dist"))? {
        if path.extension().is_some_and(|ending| ending == "wasm") {
            let program = fs::read(&path)?;
            for place in &places {
                let place = place.as_os_str().as_encoded_bytes();
                if program.windows(place.len()).any(|bytes| bytes == place) {
                    bail!("{} says {}", path.display(), String::from_utf8_lossy(place));
                }
            }
        }
    }
    Ok(HELD)
}

/// Words of scripts that Chromium 80 cannot parse, or functions it lacks.
const TOO_NEW: [&str; 7] = ["??=", "||=", "&&=", "static {", "structuredClone(", ".at(", ".replaceAll("];

/// The wasm uses nothing that Chromium 80 lacks, and the scripts no words that it does not know, also where no journey in
/// the browser itself leads.
fn old_browsers() -> Result<Count> {
    let features = WasmFeatures::MUTABLE_GLOBAL
        | WasmFeatures::SATURATING_FLOAT_TO_INT
        | WasmFeatures::SIGN_EXTENSION
        | WasmFeatures::BULK_MEMORY
        | WasmFeatures::FLOATS
        | WasmFeatures::GC_TYPES;
    let (mut programs, mut scripts) = (0, 0);
    for path in files(&project().join("dist"))? {
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("wasm") => {
                Validator::new_with_features(features)
                    .validate_all(&fs::read(&path)?)
                    .with_context(|| format!("{} wants a newer browser", path.display()))?;
                programs += 1;
            }
            Some("js" | "html") => {
                let script = fs::read_to_string(&path)?;
                if let Some(word) = TOO_NEW.iter().find(|word| script.contains(**word)) {
                    bail!("{} says {word}, which wants a newer browser", path.display());
                }
                scripts += 1;
            }
            _ => {}
        }
    }
    if programs < 2 || scripts < 2 {
        bail!("dist/ does not hold a built site");
    }
    Ok(HELD)
}
