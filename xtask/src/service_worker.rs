//! The service worker of a built site: it names every file of its build, and what is in it.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest as _, Sha256};

use crate::bytes::{SINGLE_FILE, files};

/// Its file, which lies in the site's folder: it can look after that folder only.
pub const SERVICE_WORKER: &str = "sw.js";
const SCRIPT: &str = include_str!("service_worker.js");
/// What no page asks for.
const NOT_KEPT: [&str; 5] = ["404.html", "build.txt", "SHA256SUMS", SERVICE_WORKER, SINGLE_FILE];

/// Writes the worker of the site in a folder.
///
/// # Errors
/// If a file cannot be read, or the worker not written.
pub fn write(folder: &Path) -> io::Result<()> {
    let mut kept = Vec::new();
    for file in files(folder)? {
        let path = file.strip_prefix(folder).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        let is_packed = [".br", ".gz"].iter().any(|ending| path.ends_with(ending));
        if !is_packed && !NOT_KEPT.contains(&path.as_str()) {
            // As browsers ask for it.
            let address = path.strip_suffix("index.html").filter(|rest| rest.is_empty() || rest.ends_with('/'));
            kept.push((address.unwrap_or(&path).to_owned(), integrity(&fs::read(&file)?)));
        }
    }
    // The first page comes first.
    kept.sort();
    let mut list = String::new();
    for (path, integrity) in kept {
        let _ = writeln!(list, "{path:?}: \"{integrity}\",");
    }
    let build = integrity(format!("{list}{SCRIPT}").as_bytes());
    fs::write(folder.join(SERVICE_WORKER), format!("const BUILD = \"{build}\";\nconst FILES = {{\n{list}}};\n{SCRIPT}"))
}

/// What these bytes are, as browsers compare it.
#[must_use]
pub fn integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(bytes)))
}
