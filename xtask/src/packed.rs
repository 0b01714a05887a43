//! What a host may send instead of a file, packed once and for all, and what every file is known by.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use anyhow::{Context as _, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};
use xtask::bytes::{brotli, files};

/// The files whose content packs well.
const PACKED: [&str; 7] = ["html", "css", "js", "wasm", "json", "svg", "txt"];

/// Writes `.br` and `.gz` beside the files of a site, and the sums of all of them, as `sha256sum --check` reads it.
pub(crate) fn pack(site: &Path) -> Result<()> {
    let is_packed = |file: &PathBuf| file.extension().is_some_and(|own| PACKED.iter().any(|ending| own == *ending));
    let left = Mutex::new(files(site)?.into_iter().filter(is_packed).collect::<Vec<_>>());
    let next = || left.lock().ok()?.pop();
    let work = || -> Result<()> {
        while let Some(file) = next() {
            let content = fs::read(&file)?;
            fs::write(beside(&file, "br"), brotli(&content)?)?;
            let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
            gzip.write_all(&content)?;
            fs::write(beside(&file, "gz"), gzip.finish()?)?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let workers: Vec<_> =
            (0..thread::available_parallelism().map_or(1, usize::from)).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().ok().context("packing panicked")?)
    })?;
    let mut sums = String::new();
    let mut all = files(site)?;
    all.sort();
    for file in all {
        let path = file.strip_prefix(site)?.to_string_lossy().replace('\\', "/");
        let sum = Sha256::digest(fs::read(&file)?).iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
        let _ = writeln!(sums, "{sum}  {path}");
    }
    fs::write(site.join("SHA256SUMS"), sums)?;
    Ok(())
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}
