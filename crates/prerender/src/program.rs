//! The program's files: its script, its wasm, and the wasm of its parts.
//!
//! They lie in one folder, named by what is in it. Parts of one build know the insides of no other, so that a page must
//! never load those of another build: at the address of its own they are not found, which is said.

use std::collections::HashMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, anyhow, bail, ensure};
use plan_checklist::Part;
use wasm_split_cli_support::{Options, transform};
use xtask::places::find;

use crate::Build;
use crate::site::{fingerprint, squeeze, squeeze_script};

/// The name of the binary, and of what wasm-bindgen makes of it.
const NAME: &str = "plan-checklist";
/// What starts it, and fetches its files.
const START: &str = include_str!("program.js");
/// What it leaves for later.
const LATER: &str = include_str!("later.js");
/// The package that makes Word and Excel files.
const OFFICE: &str = "plan-checklist-office-worker";
/// The script that loads parts.
const PARTS: &str = "parts.js";

/// What Chromium 80 knows. `--all-features` would let wasm-opt write imports that it refuses.
const FEATURES: [&str; 5] = [
    "--mvp-features",
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-mutable-globals",
];

/// What makes the files smallest as they are sent. `-Oz` makes them smaller before compression, and 2 % larger after it:
/// code that is not squeezed repeats itself, above all that of functions of one name, compiled for several types.
const PASSES: [&str; 6] =
    ["--flatten", "--rereloop", "-O2", "-O2", "--one-caller-inline-max-function-size=0", "--reorder-functions-by-name"];

/// Where the program's files lie below the site's folder.
pub(crate) struct Program {
    folder: String,
    scripts: Vec<String>,
    /// The files of each part, by its name.
    parts: HashMap<String, Vec<String>>,
}

impl Program {
    /// Makes the program's folder in Trunk's, in place of what Trunk has bound.
    pub(crate) fn put_together(staging: &Path, build: Build) -> Result<Self> {
        let folder = staging.join("program");
        fs::create_dir_all(&folder)?;
        let bound = [format!("{NAME}.js"), format!("{NAME}_bg.wasm")];
        let mut scripts = vec!["program.js".to_owned(), bound[0].clone()];
        let parts = match build {
            Build::Debug => {
                for name in &bound {
                    fs::rename(staging.join(name), folder.join(name))?;
                }
                HashMap::new()
            }
            Build::Release => {
                for name in &bound {
                    fs::remove_file(staging.join(name)).with_context(|| format!("Trunk has not written {name}"))?;
                }
                let parts = split(&folder)?;
                bind(&folder)?;
                for file in files(&folder, "wasm")? {
                    optimise(&file)?;
                }
                scripts.push(PARTS.to_owned());
                parts
            }
        };
        let profile = match build {
            Build::Debug => "dev",
            // Made to be fast: the largest files take seconds.
            Build::Release => "office",
        };
        office(&folder, profile)?;
        for name in Part::ALL.iter().flat_map(|part| part.styles()) {
            let style = folder.join(name).with_extension("css");
            // Two parts may share one.
            if !style.is_file() {
                let own = staging.join(name).with_extension("css");
                let css = fs::read_to_string(&own).with_context(|| format!("Trunk has not written {name}.css"))?;
                fs::remove_file(own)?;
                fs::write(style, squeeze(&css))?;
            }
        }
        fs::write(folder.join("program.js"), START)?;
        fs::write(folder.join("later.js"), LATER)?;
        for script in files(&folder, "js")? {
            fs::write(&script, squeeze_script(&fs::read_to_string(&script)?))?;
        }
        let mut all = Vec::new();
        for file in files(&folder, "")? {
            all.extend(file.file_name().unwrap_or_default().as_encoded_bytes());
            all.extend(fs::read(&file)?);
        }
        let name = format!("program-{}", fingerprint(&all));
        fs::rename(&folder, staging.join(&name))?;
        Ok(Self { folder: name, scripts, parts })
    }

    /// Where its files lie, below the site's folder.
    pub(crate) fn folder(&self) -> &str {
        &self.folder
    }

    /// The address of the script that starts it, below the site's folder.
    pub(crate) fn start(&self) -> String {
        format!("{}/program.js", self.folder)
    }

    /// The scripts that the first one imports.
    pub(crate) fn imported(&self) -> impl Iterator<Item = String> {
        self.scripts[1..].iter().map(|script| format!("{}/{script}", self.folder))
    }

    /// The names and addresses of the stylesheets that only a page's part has.
    pub(crate) fn styles(&self, part: Option<Part>) -> impl Iterator<Item = (&'static str, String)> {
        let names = part.map(Part::styles).unwrap_or_default();
        names.iter().map(|name| (*name, format!("{}/{name}.css", self.folder)))
    }

    /// The wasm that a page needs: the program's, and that of its part.
    pub(crate) fn wasm(&self, part: Option<Part>) -> impl Iterator<Item = String> {
        let files = part.and_then(|part| self.parts.get(part.name())).into_iter().flatten();
        let own = format!("{}/{NAME}_bg.wasm", self.folder);
        [own].into_iter().chain(files.map(|name| format!("{}/{name}.wasm", self.folder)))
    }
}

/// Splits rustc's own output: wasm-bindgen's has lost what refers to what. Gives the files of each part.
fn split(folder: &Path) -> Result<HashMap<String, Vec<String>>> {
    let built = target()?.join("wasm32-unknown-unknown/release").join(NAME).with_extension("wasm");
    let built = fs::read(&built).with_context(|| format!("{} cannot be read", built.display()))?;
    let (main, link, module) = (folder.join(NAME).with_extension("wasm"), format!("./{PARTS}"), format!("./{NAME}.js"));
    let mut options = Options::new(&built);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = &link;
    options.main_module = &module;
    let split = transform(options).map_err(|error| anyhow!("the program cannot be split: {error:#}"))?;
    for part in Part::ALL {
        ensure!(
            split.prefetch_map.get(part.name()).is_some_and(|files| !files.is_empty()),
            "the program has no part “{}”: was it built without the feature `split`?",
            part.name()
        );
    }
    let loader = folder.join(PARTS);
    fs::write(&loader, with_our_source(&fs::read_to_string(&loader)?, split.split_modules.len())?)?;
    Ok(split.prefetch_map)
}

/// The splitter's script fetches each file by itself; ours has them from one place.
fn with_our_source(script: &str, expected: usize) -> Result<String> {
    const BEFORE: &str = "() => {\n    const src = fetch(new URL(\"./";
    const AFTER: &str = "\", import.meta.url));\n    src.catch(() => {});\n    \
        return async (imports) => (WebAssembly.instantiateStreaming(src, imports));\n}\n";
    let mut pieces = script.split(BEFORE);
    let mut ours = format!("import {{ part }} from \"./program.js\";\n{}", pieces.next().unwrap_or_default());
    let mut count = 0;
    for piece in pieces {
        let (file, rest) =
            piece.split_once(AFTER).context("the splitter's script fetches in another way than it did")?;
        ours.push_str(&format!("() => part(\"{file}\"){rest}"));
        count += 1;
    }
    ensure!(count == expected, "the splitter's script fetches {count} of {expected} files");
    Ok(ours)
}

/// Writes the script that stands between the program and the browser.
fn bind(folder: &Path) -> Result<()> {
    let split = folder.join(NAME).with_extension("wasm");
    let mut bind = tool("wasm-bindgen")?;
    // What the parts call in the program is exported by the linker.
    bind.args(["--target", "web", "--keep-lld-exports", "--no-typescript", "--remove-producers-section", "--out-dir"]);
    run(bind.arg(folder).arg(&split))?;
    fs::remove_file(split)?;
    Ok(())
}

/// Builds the worker that makes Word and Excel files, and puts it beside the program, which loads it when it is asked for one.
fn office(folder: &Path, profile: &str) -> Result<()> {
    compile(&["--package", OFFICE], profile)?;
    bind_whole(folder, profile, &OFFICE.replace('-', "_"), "office")?;
    let script = folder.join("office.js");
    fs::write(&script, fs::read_to_string(&script)? + include_str!("office.js"))?;
    Ok(())
}

/// Builds the programs of the single file into a folder: `single.js` and `single_bg.wasm`, and the worker, both as small as
/// they can be. The next build of the site puts its own program into cargo's folder again.
pub(crate) fn single(folder: &Path) -> Result<()> {
    compile(&["--features", "single-file"], "release")?;
    bind_whole(folder, "release", NAME, "single")?;
    office(folder, "release")
}

fn compile(what: &[&str], profile: &str) -> Result<()> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut compile = Command::new(cargo);
    compile.args(["build", "--quiet", "--target", "wasm32-unknown-unknown", "--profile", profile]).args(what);
    // Those of the cargo that runs this hook are for this machine.
    run(compile.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS"))
}

/// Binds what cargo has built of a program that is not split, as a classic script and its wasm.
fn bind_whole(folder: &Path, profile: &str, built: &str, name: &str) -> Result<()> {
    let place = if profile == "dev" { "debug" } else { profile };
    let wasm = target()?.join("wasm32-unknown-unknown").join(place).join(built).with_extension("wasm");
    let mut bind = tool("wasm-bindgen")?;
    bind.args(["--target", "no-modules", "--no-typescript", "--remove-producers-section", "--out-name", name]);
    run(bind.arg("--out-dir").arg(folder).arg(&wasm))?;
    if profile != "dev" {
        let bound = folder.join(format!("{name}_bg.wasm"));
        fs::write(&bound, without_links(&fs::read(&bound)?).context("a program has no sections")?)?;
        optimise(&bound)?;
    }
    Ok(())
}

/// A module without what only a linker or our splitter reads, which is as large again: this one is not split.
fn without_links(wasm: &[u8]) -> Option<Vec<u8>> {
    let (mut kept, mut at) = (wasm.get(..8)?.to_vec(), 8);
    while at < wasm.len() {
        let (length, content) = number(wasm, at + 1)?;
        let end = content + length;
        let is_custom = wasm[at] == 0;
        let (name_length, name) = if is_custom { number(wasm, content)? } else { (0, content) };
        let name = wasm.get(name..name + name_length)?;
        if !(is_custom && (name == b"linking" || name.starts_with(b"reloc."))) {
            kept.extend(wasm.get(at..end)?);
        }
        at = end;
    }
    Some(kept)
}

/// The number that begins here (LEB128), and where what follows it begins.
fn number(wasm: &[u8], mut at: usize) -> Option<(usize, usize)> {
    let mut number = 0;
    for shift in (0..32).step_by(7) {
        let byte = usize::from(*wasm.get(at)?);
        number |= (byte & 0x7f) << shift;
        at += 1;
        if byte < 0x80 {
            return Some((number, at));
        }
    }
    None
}

fn optimise(wasm: &Path) -> Result<()> {
    run(tool("wasm-opt")?.args(FEATURES).args(PASSES).arg(wasm).arg("--output").arg(wasm))
}

fn tool(name: &str) -> Result<Command> {
    let found = find(name).with_context(|| format!("{name} is missing; `cargo xtask dist` installs it"))?;
    Ok(Command::new(found))
}

fn run(command: &mut Command) -> Result<()> {
    let program = command.get_program().display().to_string();
    let status = command.status().with_context(|| format!("{program} does not start"))?;
    if !status.success() {
        bail!("{program} ended with {status}");
    }
    Ok(())
}

/// The folder cargo builds into.
fn target() -> Result<PathBuf> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo).args(["metadata", "--no-deps", "--format-version", "1"]).output()?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).context("cargo metadata failed")?;
    Ok(metadata["target_directory"].as_str().context("cargo has a target folder")?.into())
}

/// The files of a folder with this ending, or all of them, in order of their names.
pub(crate) fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() && (ending.is_empty() || path.extension().is_some_and(|own| own == ending)) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
