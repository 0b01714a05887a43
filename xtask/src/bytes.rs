//! What a visitor downloads, in bytes after brotli (quality 11, window 22), as a good host would send it.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// The most the HTML and CSS of any page may weigh.
pub const FIRST_SCREEN_LIMIT: usize = 25 * 1024;
/// The most everything a first visit downloads may weigh.
pub const FIRST_VISIT_LIMIT: usize = 140 * 1024;

/// The weights of a built site.
#[derive(Debug, Clone)]
pub struct Weights {
    /// Each page's address below the site, and its HTML.
    pub pages: Vec<(String, usize)>,
    pub style: usize,
    pub script: usize,
    pub wasm: usize,
}

impl Weights {
    /// Weighs the site in `folder`.
    ///
    /// # Errors
    /// If it cannot be read, or is not a built site.
    pub fn of(folder: &Path) -> io::Result<Self> {
        let mut weights = Self { pages: Vec::new(), style: 0, script: 0, wasm: 0 };
        for file in files(folder)? {
            let compressed = compressed(&fs::read(&file)?)?;
            match file.extension().and_then(|ending| ending.to_str()) {
                Some("html") => {
                    let page = file.parent().and_then(|parent| parent.strip_prefix(folder).ok());
                    weights.pages.push((page.unwrap_or(&file).display().to_string(), compressed));
                }
                Some("css") => weights.style += compressed,
                Some("js") => weights.script += compressed,
                Some("wasm") => weights.wasm += compressed,
                _ => {}
            }
        }
        weights.pages.sort();
        if weights.pages.is_empty() || weights.style == 0 || weights.script == 0 || weights.wasm == 0 {
            return Err(io::Error::other(format!("{} does not hold a built site", folder.display())));
        }
        Ok(weights)
    }

    /// The heaviest page with its stylesheet: its name and weight.
    #[must_use]
    pub fn first_screen(&self) -> (&str, usize) {
        let heaviest = self.pages.iter().max_by_key(|(_, weight)| *weight);
        heaviest.map_or(("", self.style), |(page, weight)| (page, weight + self.style))
    }

    /// Everything a first visit to the heaviest page downloads.
    #[must_use]
    pub fn first_visit(&self) -> usize {
        self.first_screen().1 + self.script + self.wasm
    }
}

fn compressed(bytes: &[u8]) -> io::Result<usize> {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &params)?;
    Ok(out.len())
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            found.extend(files(&entry.path())?);
        } else {
            found.push(entry.path());
        }
    }
    Ok(found)
}
