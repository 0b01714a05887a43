//! What a visitor downloads, in bytes after brotli (quality 11, window 22), as a good host would send it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The most the HTML and CSS of any page may weigh.
pub const FIRST_SCREEN_LIMIT: usize = 25 * 1024;
/// The most everything a first visit downloads may weigh.
pub const FIRST_VISIT_LIMIT: usize = 140 * 1024;

/// What one page weighs.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Its folder below the site's.
    pub path: String,
    pub html: usize,
    pub style: usize,
    pub script: usize,
    pub wasm: usize,
}

impl Page {
    /// What the page needs to be read.
    #[must_use]
    pub fn first_screen(&self) -> usize {
        self.html + self.style
    }

    /// Everything the page downloads.
    #[must_use]
    pub fn first_visit(&self) -> usize {
        self.first_screen() + self.script + self.wasm
    }
}

/// Weighs every page of the site in `folder` with the files it names.
///
/// # Errors
/// If it cannot be read, or is not a built site.
pub fn pages(folder: &Path) -> io::Result<Vec<Page>> {
    let (pages, others): (Vec<_>, Vec<_>) = files(folder)?.into_iter().partition(|file| ending(file) == "html");
    let mut weights = BTreeMap::new();
    for file in others {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        weights.insert(name, (ending(&file).to_owned(), compressed(&fs::read(&file)?)?));
    }
    let weigh = |file: &PathBuf| {
        let html = fs::read(file)?;
        let text = String::from_utf8_lossy(&html);
        let path = file.parent().and_then(|parent| parent.strip_prefix(folder).ok()).unwrap_or(file);
        let mut page = Page { path: path.display().to_string(), html: compressed(&html)?, ..Page::default() };
        for (name, (ending, weight)) in &weights {
            if text.contains(&format!("{name}\"")) {
                match ending.as_str() {
                    "css" => page.style += weight,
                    "js" => page.script += weight,
                    "wasm" => page.wasm += weight,
                    _ => {}
                }
            }
        }
        if page.style == 0 || page.script == 0 || page.wasm == 0 {
            return Err(io::Error::other(format!("{} is not a page of a built site", file.display())));
        }
        Ok(page)
    };
    pages.iter().map(weigh).collect()
}

/// The page that weighs most.
#[must_use]
pub fn heaviest(pages: &[Page], weight: fn(&Page) -> usize) -> Page {
    pages.iter().max_by_key(|page| weight(page)).cloned().unwrap_or_default()
}

fn ending(file: &Path) -> &str {
    file.extension().and_then(|ending| ending.to_str()).unwrap_or_default()
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
