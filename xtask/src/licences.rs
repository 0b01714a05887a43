//! The licences of everything the site ships, as one text: what they ask for is that their words come along.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::places::project;

/// Its file in the site's folder.
pub const LICENCES: &str = "licences.txt";
/// The programs that are shipped, and the features they are built with.
const SHIPPED: [&[&str]; 2] =
    [&["--package", "plan-checklist", "--features", "split"], &["--package", "plan-checklist-office-worker"]];
const TARGET: &str = "wasm32-unknown-unknown";
const APACHE: &str = "Apache-2.0";

/// The text.
///
/// # Errors
/// If cargo does not say what is shipped, or a package has no licence.
pub fn text() -> Result<String> {
    let places = places()?;
    let mut packages = BTreeSet::new();
    for program in SHIPPED {
        packages.extend(packages_of(program)?);
    }
    let (mut by_choice, mut own, mut apache) = (Vec::new(), Vec::new(), String::new());
    for (name, version, licence) in packages {
        let folder =
            places.get(&(name.clone(), version.clone())).with_context(|| format!("{name} {version} has no place"))?;
        ensure!(!licence.is_empty(), "{name} says nothing of its licence");
        let texts = texts(folder)?;
        let is_choice = (licence.contains(" OR ") || licence.contains('/')) && !licence.contains(" AND ");
        if is_choice && licence.contains(APACHE) {
            if apache.is_empty() {
                let found = texts.iter().find(|text| text.contains("Apache License") && text.contains("APPENDIX"));
                apache = found.cloned().unwrap_or_default();
            }
            by_choice.push(format!("{name} {version}"));
        } else {
            own.push((format!("{name} {version} ({licence})"), texts));
        }
    }
    ensure!(!apache.is_empty(), "no package has the text of {APACHE}");
    let mut text = format!(
        "What 规划编制自查 is made of, and under which licences. Its own source is under MIT or {APACHE}, as you choose.\n\n\
         Under {APACHE}, whose text is at the end: the Rust standard library; {}.\n",
        by_choice.join("; ")
    );
    for (package, texts) in own {
        let _ = write!(text, "\n{}\n{package}\n\n{}\n", "-".repeat(72), texts.join("\n\n"));
    }
    let _ = write!(text, "\n{}\n{apache}\n", "-".repeat(72));
    Ok(text)
}

/// Name, version and licence of every package in a program, ours left out.
fn packages_of(program: &[&str]) -> Result<Vec<(String, String, String)>> {
    let edges = "normal,no-proc-macro";
    let mut tree = cargo();
    tree.args(["tree", "--target", TARGET, "--edges", edges, "--prefix", "none", "--format", "{p}|{l}"]).args(program);
    let tree = output(&mut tree)?;
    let packages = tree.lines().filter(|line| !line.contains(" (/") && !line.contains(":\\")).map(|line| {
        let (package, licence) =
            line.trim_end_matches(" (*)").split_once('|').context("cargo tree has another format")?;
        let mut words = package.split(' ');
        let (name, version) = words.next().zip(words.next()).context("cargo tree names no version")?;
        Ok((name.to_owned(), version.trim_start_matches('v').to_owned(), licence.to_owned()))
    });
    packages.collect()
}

/// Where each package lies.
fn places() -> Result<BTreeMap<(String, String), PathBuf>> {
    let metadata =
        output(cargo().args(["metadata", "--all-features", "--format-version", "1", "--filter-platform", TARGET]))?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let packages = metadata["packages"].as_array().context("cargo metadata lists no packages")?.iter();
    let place = |package: &Value| {
        let text = |name: &str| package[name].as_str().map(ToOwned::to_owned);
        Some(((text("name")?, text("version")?), Path::new(&text("manifest_path")?).parent()?.into()))
    };
    Ok(packages.filter_map(place).collect())
}

/// What the package's files say of its licence.
fn texts(folder: &Path) -> Result<Vec<String>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().to_uppercase();
        let is_meant =
            ["LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE"].iter().any(|word| name.starts_with(word));
        if is_meant && entry.file_type()?.is_file() {
            found.insert(name, fs::read_to_string(entry.path())?.replace("\r\n", "\n").trim().to_owned());
        }
    }
    Ok(found.into_values().collect())
}

fn cargo() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(project());
    cargo
}

fn output(command: &mut Command) -> Result<String> {
    let output = command.output()?;
    ensure!(output.status.success(), "cargo failed: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_package_that_is_shipped_is_named_and_none_of_the_tools() {
        let text = text().expect("cargo knows");
        for package in
            ["yew 0.23", "serde_json 1.", "qrcodegen 1.", "rust_xlsxwriter ", "calamine ", "wasm-bindgen 0.2"]
        {
            assert!(text.contains(package), "{package}");
        }
        for package in ["tokio 1.", "proptest ", "fantoccini ", "plan-checklist"] {
            assert!(!text.contains(package), "{package}");
        }
        assert!(text.contains("Permission is hereby granted"), "the MIT licence's words");
    }
}
