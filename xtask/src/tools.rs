//! The programs the build and the tests stand on: found, or installed once for all clones of the project, with a word
//! on what is happening.

use std::env;
use std::env::consts::EXE_EXTENSION;
use std::fs;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use xtask::places::{find, program_folders, project, servers, tools};

const TARGET: &str = "wasm32-unknown-unknown";
const TRUNK: &str = "0.21.14";
const BINARYEN: &str = "132.0.0";
/// Older ones have not been tried.
const OLDEST_WASM_OPT: u32 = 116;
/// The crate of the same name carries Binaryen's C++ sources: for machines without npm.
const WASM_OPT_CRATE: &str = "0.116.1";
const GECKODRIVER: &str = "0.37.1";
/// Checks what others wrote, by deny.toml.
const CARGO_DENY: &str = "0.20.2";
/// Finds what keeps people with disabilities out; injected into the pages by the end-to-end tests.
const AXE: &str = "4.14.1";
/// Answers the questions of docs/rollup-format.md, and how it is called from node.
const DUCKDB: &str = "1.5.6-r.1";
/// Chromiums as old as any that people have, and the versions of npm's `chrome-aws-lambda` that carry them, packed.
const OLD_CHROMIUMS: [(&str, &str); 2] = [("80", "2.1.1"), ("86", "5.3.1")];

/// A program run in the project's folder, with our own tools found first.
pub(crate) fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(project()).env("CARGO_TERM_COLOR", "always");
    if let Ok(path) = env::join_paths(program_folders()) {
        command.env("PATH", path);
    }
    command
}

/// Trunk, told to have no path of this machine written into the wasm, where panics say which line they are in: the same source
/// comes to the same bytes in any folder and any home.
pub(crate) fn trunk() -> Result<Command> {
    let (sysroot, crates) = (sysroot()?, cargo_home()?.join("registry/src"));
    let version = output(command("rustc").arg("-vV")).context("rustc does not run")?;
    let commit =
        version.lines().find_map(|line| line.strip_prefix("commit-hash: ")).context("rustc names no commit")?;
    // Where the library's source is installed, rustc would name it in its place.
    let mut places = vec![(sysroot.join("lib/rustlib/src/rust"), format!("/rustc/{commit}"))];
    for registry in fs::read_dir(&crates).with_context(|| format!("{} cannot be read", crates.display()))? {
        places.push((registry?.path(), String::new()));
    }
    let flags = places.iter().map(|(place, said)| format!("--remap-path-prefix={}={said}", place.display()));
    // Blanks part flags: a place with one in it has to be said as it is.
    let flags: Vec<String> = flags.filter(|flag| !flag.contains(char::is_whitespace)).collect();
    let mut trunk = command("trunk");
    // Added to what .cargo/config.toml says.
    trunk.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags.join(" "));
    Ok(trunk)
}

/// Where the sources of other people's crates lie.
pub(crate) fn cargo_home() -> Result<PathBuf> {
    let told = env::var_os("CARGO_HOME").map(PathBuf::from);
    told.or_else(|| env::home_dir().map(|home| home.join(".cargo"))).context("nobody knows where cargo's home is")
}

/// Installs what the build needs and the machine lacks.
pub(crate) fn ensure_build_tools() -> Result<()> {
    ensure_target()?;
    if version("trunk").as_deref() != Some(TRUNK) {
        cargo_install("trunk", TRUNK, Lock::Kept, Speed::Any, "about three minutes on two cores")?;
    }
    let wasm_bindgen = locked_version("wasm-bindgen")?;
    if version("wasm-bindgen").as_deref() != Some(&wasm_bindgen) || version("wasm-bindgen-test-runner").is_none() {
        // The CLI's own lock file does not resolve today; without it, it does.
        cargo_install(
            "wasm-bindgen-cli",
            &wasm_bindgen,
            Lock::Ignored,
            Speed::Some,
            "about three minutes on two cores",
        )?;
    }
    let has_wasm_opt =
        || version("wasm-opt").and_then(|found| found.parse().ok()).is_some_and(|found: u32| found >= OLDEST_WASM_OPT);
    if !has_wasm_opt() && find("npm").is_some() {
        // Where npm fails, there is another way.
        let _ = npm_install("binaryen", BINARYEN);
    }
    if !has_wasm_opt() {
        cargo_install(
            "wasm-opt",
            WASM_OPT_CRATE,
            Lock::Kept,
            Speed::Full,
            "about ten minutes on two cores; wants a C++ compiler",
        )?;
    }
    Ok(())
}

fn ensure_target() -> Result<()> {
    if sysroot()?.join("lib/rustlib").join(TARGET).is_dir() {
        return Ok(());
    }
    announced(TARGET, "half a minute", command("rustup").args(["target", "add", TARGET]))
        .with_context(|| format!("the target {TARGET} is missing, and rustup could not add it"))
}

/// Installs what the checks need of the toolchain itself: rustup may have been told to install nothing by itself.
pub(crate) fn ensure_toolchain() -> Result<()> {
    ensure_target()?;
    let has = |program: &str| {
        Ok::<_, anyhow::Error>(sysroot()?.join("bin").join(program).with_extension(EXE_EXTENSION).is_file())
    };
    if has("cargo-clippy")? && has("rustfmt")? {
        return Ok(());
    }
    announced("clippy and rustfmt", "half a minute", command("rustup").args(["component", "add", "clippy", "rustfmt"]))
        .context("clippy and rustfmt are missing, and rustup could not add them")
}

pub(crate) fn sysroot() -> Result<PathBuf> {
    let sysroot = output(command("rustc").args(["--print", "sysroot"])).context("rustc does not run")?;
    Ok(sysroot.trim().into())
}

/// What the tests need, the Debian package that brings it, and the names or the file by which it is found.
struct TestTool {
    package: &'static str,
    names: &'static [&'static str],
}

impl TestTool {
    fn is_there(&self) -> bool {
        self.names.iter().any(|name| Path::new(name).is_file() || find(name).is_some())
    }
}

const TEST_TOOLS: [TestTool; 6] = [
    TestTool { package: "chromium", names: &["chromium", "chromium-browser", "google-chrome"] },
    TestTool { package: "chromium-driver", names: &["chromedriver"] },
    TestTool { package: "firefox-esr", names: &["firefox-esr", "firefox"] },
    TestTool { package: "webkit2gtk-driver", names: &["WebKitWebDriver"] },
    // WebKit's browser wants a screen.
    TestTool { package: "xvfb", names: &["Xvfb"] },
    TestTool { package: "fonts-noto-cjk", names: &["/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"] },
];

/// Installs what the tests need and the machine lacks.
pub(crate) fn ensure_test_tools() -> Result<()> {
    let missing = || TEST_TOOLS.iter().filter(|tool| !tool.is_there());
    let packages: Vec<&str> = missing().map(|tool| tool.package).collect();
    if !packages.is_empty() && find("apt-get").is_some() {
        let what = packages.join(", ");
        let install = [&["install", "--yes", "-qq", "--no-install-recommends"], packages.as_slice()].concat();
        let _ = announced("apt's package lists", "half a minute", &mut apt_get(&["update", "-qq"]));
        let _ = announced(&what, "two minutes", &mut apt_get(&install));
    }
    let missing: Vec<&str> = missing().map(|tool| tool.package).collect();
    if !missing.is_empty() {
        bail!(
            "the tests need {}, which are not on this machine and could not be installed. Install them, or run `cargo xtask test --quick`.",
            missing.join(", ")
        );
    }
    if version("geckodriver").is_none() {
        cargo_install("geckodriver", GECKODRIVER, Lock::Kept, Speed::Any, "about one minute on two cores")?;
    }
    if version("cargo-deny").as_deref() != Some(CARGO_DENY) {
        cargo_install("cargo-deny", CARGO_DENY, Lock::Kept, Speed::Any, "about one minute on two cores")?;
    }
    for (package, version) in [("axe-core", AXE), ("@duckdb/node-api", DUCKDB)] {
        let held = tools().join("node_modules").join(package).join("package.json");
        let held = fs::read_to_string(held).unwrap_or_default();
        if !held.contains(&format!("\"version\": \"{version}\"")) {
            if find("npm").is_none() {
                bail!("the tests need npm, to install {package}. Install it, or run `cargo xtask test --quick`.");
            }
            npm_install(package, version)?;
        }
    }
    ensure_servers()?;
    OLD_CHROMIUMS.into_iter().try_for_each(|(version, package)| ensure_old_chromium(version, package))
}

/// Web servers for the configurations in docs/deploy.md, by Debian's packages and a file of each. They are unpacked, not
/// installed: an installed one would begin to serve.
const SERVERS: [(&str, &str); 3] = [
    ("nginx", "usr/sbin/nginx"),
    ("libnginx-mod-http-brotli-static", "usr/lib/nginx/modules/ngx_http_brotli_static_module.so"),
    ("caddy", "usr/bin/caddy"),
];

fn ensure_servers() -> Result<()> {
    let folder = servers();
    if SERVERS.iter().all(|(_, file)| folder.join(file).is_file()) {
        return Ok(());
    }
    fs::create_dir_all(&folder)?;
    let packages = SERVERS.map(|(package, _)| package);
    let download = || {
        announced(
            &packages.join(", "),
            "half a minute",
            command("apt-get").args(["download", "-qq"]).args(packages).current_dir(&folder),
        )
    };
    if download().is_err() {
        let _ = announced("apt's package lists", "half a minute", &mut apt_get(&["update", "-qq"]));
        download().context("the tests need nginx and Caddy as Debian packages; or run `cargo xtask test --quick`")?;
    }
    for entry in fs::read_dir(&folder)? {
        let package = entry?.path();
        if package.extension().is_some_and(|ending| ending == "deb") {
            run(command("dpkg-deb").arg("--extract").arg(&package).arg(&folder))?;
            fs::remove_file(package)?;
        }
    }
    Ok(())
}

/// apt-get as root, if it can be had.
fn apt_get(arguments: &[&str]) -> Command {
    let is_root = output(command("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    let mut command = if is_root { command("apt-get") } else { command("sudo") };
    if !is_root {
        command.args(["-n", "apt-get"]);
    }
    command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn ensure_old_chromium(version: &str, package: &str) -> Result<()> {
    let folder = tools().join(format!("chromium-{version}"));
    let program = folder.join("chromium");
    if program.is_file() {
        return Ok(());
    }
    if find("npm").is_none() {
        bail!("the tests need npm, to install Chromium {version}. Install it, or run `cargo xtask test --quick`.");
    }
    let download = folder.join("download");
    fs::create_dir_all(&download)?;
    let mut install = command("npm");
    // Of the package only the browser is wanted: neither what drives it elsewhere, nor any script.
    install.args(["install", "--no-save", "--legacy-peer-deps", "--ignore-scripts", "--no-audit", "--no-fund"]);
    install.args(["--loglevel=error", "--prefix"]).arg(&download).arg(format!("chrome-aws-lambda@{package}"));
    announced(&format!("Chromium {version}"), "half a minute", &mut install)?;
    let packed = fs::File::open(download.join("node_modules/chrome-aws-lambda/bin/chromium.br"))?;
    // Complete or not there at all.
    let unpacked = folder.join("chromium.part");
    brotli::BrotliDecompress(&mut BufReader::new(packed), &mut fs::File::create(&unpacked)?)?;
    run(command("chmod").arg("755").arg(&unpacked))?;
    fs::rename(unpacked, program)?;
    fs::remove_dir_all(download)?;
    Ok(())
}

/// Whether to build a tool with the dependencies its authors locked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lock {
    Kept,
    Ignored,
}

/// How fast a tool must be: the less, the sooner it is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Speed {
    Any,
    /// It reads all of the program.
    Some,
    Full,
}

fn npm_install(name: &str, version: &str) -> Result<()> {
    let tools = tools();
    fs::create_dir_all(&tools)?;
    let mut install = command("npm");
    // Saved among the folder's dependencies: npm would otherwise remove it when it installs the next one.
    install.args(["install", "--save-exact", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"]).arg(&tools);
    install.arg(format!("{name}@{version}"));
    announced(&format!("npm's {name} {version}"), "half a minute", &mut install)
}

fn cargo_install(name: &str, version: &str, lock: Lock, speed: Speed, duration: &str) -> Result<()> {
    let tools = tools();
    let what = format!("{name} {version}");
    // A prebuilt one, where the machine has the means.
    if find("cargo-binstall").is_some() {
        let mut binstall = command("cargo");
        binstall.args(["binstall", "--no-confirm", "--force", "--root"]).arg(&tools).arg(format!("{name}@{version}"));
        if announced(&what, "half a minute, if there is a prebuilt one", &mut binstall).is_ok() {
            return Ok(());
        }
    }
    let mut install = command("cargo");
    install.args(["install", "--quiet", "--force", name, "--version", version, "--root"]).arg(&tools);
    if lock == Lock::Kept {
        install.arg("--locked");
    }
    if speed != Speed::Full {
        // Half as long as an optimised build.
        install.arg("--debug").env("CARGO_PROFILE_DEV_DEBUG", "0");
    }
    if speed == Speed::Some {
        install.env("CARGO_PROFILE_DEV_OPT_LEVEL", "1");
    }
    announced(&what, duration, &mut install).with_context(|| format!("{what} could not be installed"))
}

fn announced(what: &str, duration: &str, command: &mut Command) -> Result<()> {
    println!("… installing {what}, once: {duration}");
    let start = Instant::now();
    run(command)?;
    println!("  installed {what} in {} s", start.elapsed().as_secs());
    Ok(())
}

/// Runs a program to its end.
///
/// # Errors
/// If it does not start, or ends with a failure.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("{} does not start", command.get_program().display()))?;
    if !status.success() {
        bail!("{} ended with {status}", command.get_program().display());
    }
    Ok(())
}

/// What a program prints.
///
/// # Errors
/// If it does not start, or ends with a failure.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::null()).output()?;
    if !output.status.success() {
        bail!("{} ended with {}", command.get_program().display(), output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The first number-like word of `<program> --version`; `None` where there is no such program.
fn version(program: &str) -> Option<String> {
    let text = output(command(program).arg("--version")).ok()?;
    text.split_whitespace().find(|word| word.starts_with(|first: char| first.is_ascii_digit())).map(Into::into)
}

/// The version of a crate in Cargo.lock.
fn locked_version(name: &str) -> Result<String> {
    let lock = fs::read_to_string(project().join("Cargo.lock")).context("Cargo.lock cannot be read")?;
    let entry = lock.split_once(&format!("name = \"{name}\"\nversion = \"")).context("not in Cargo.lock")?;
    Ok(entry.1.split('"').next().unwrap_or_default().to_owned())
}
