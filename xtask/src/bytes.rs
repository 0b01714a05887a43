//! What a visitor downloads, in bytes after brotli (quality 11, window 22), as a good host would send it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display, Formatter};
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::service_worker::SERVICE_WORKER;

/// The edition in a single file, in the site's folder.
pub const SINGLE_FILE: &str = "plan-checklist-offline.html";

/// A file or some files: as they are, and compressed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Weight {
    pub raw: usize,
    pub sent: usize,
}

impl Weight {
    /// Of a file; what it is sent as may lie beside it.
    fn of(file: &Path) -> io::Result<Self> {
        let bytes = fs::read(file)?;
        let packed = fs::metadata(file.with_added_extension("br")).map(|packed| usize::try_from(packed.len()));
        let sent = match packed {
            Ok(Ok(sent)) => sent,
            _ => brotli(&bytes)?.len(),
        };
        Ok(Self { raw: bytes.len(), sent })
    }
}

/// Bytes as a good host would send them.
///
/// # Errors
/// None that are known: nothing is read or written but memory.
pub fn brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &params)?;
    Ok(out)
}

impl std::ops::Add for Weight {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { raw: self.raw + other.raw, sent: self.sent + other.sent }
    }
}

impl std::iter::Sum for Weight {
    fn sum<I: Iterator<Item = Self>>(weights: I) -> Self {
        weights.fold(Self::default(), |sum, weight| sum + weight)
    }
}

/// What a built site weighs.
#[derive(Debug, Clone, Default)]
pub struct Weights {
    /// The heaviest page with the stylesheets of its part, and the folder it lies in.
    pub page: (String, Weight),
    /// The heaviest page that needs no part.
    pub own_page: (String, Weight),
    pub style: Weight,
    pub script: Weight,
    /// The wasm that every page needs.
    pub program: Weight,
    /// The wasm that only the pages of a part need, by the part's name.
    pub parts: BTreeMap<String, Weight>,
    /// The worker that makes Word and Excel files: loaded when somebody asks for one, and part of no visit.
    pub office: Weight,
    /// The edition in a single file, in bytes as they are: it is copied, not sent.
    pub single_file: u64,
    /// The wasm of all parts together: some of it is shared by two.
    all_parts: Weight,
}

impl Weights {
    /// Weighs the site in `folder`.
    ///
    /// # Errors
    /// If it cannot be read, or is not a built site.
    pub fn of(folder: &Path) -> io::Result<Self> {
        // Nobody's visit begins with what is not there.
        let all = files(folder)?.into_iter().filter(|file| {
            !["404.html", SINGLE_FILE].contains(&name(file).as_str()) && !["br", "gz"].contains(&ending(file))
        });
        let (pages, others): (Vec<_>, Vec<_>) = all.partition(|file| ending(file) == "html");
        let single_file = fs::metadata(folder.join(SINGLE_FILE)).map_or(0, |file| file.len());
        let mut weights = Self { single_file, ..Self::default() };
        let (mut wasm, mut part_styles) = (BTreeMap::new(), BTreeMap::new());
        for file in &others {
            let weight = Weight::of(file)?;
            match ending(file) {
                "css" if name(file).starts_with("style-") => weights.style = weights.style + weight,
                "css" => {
                    part_styles.insert(name(file), weight);
                }
                // The page is not shown before it has run.
                "js" if name(file).starts_with("start-") => weights.style = weights.style + weight,
                // Fetched once nobody waits for anything.
                _ if name(file) == SERVICE_WORKER => {}
                _ if name(file).starts_with("office") => weights.office = weights.office + weight,
                "js" => weights.script = weights.script + weight,
                "wasm" => {
                    wasm.insert(name(file), weight);
                }
                _ => {}
            }
        }
        // What each page names is what it needs.
        let mut sets = BTreeSet::new();
        let mut weighed = Vec::new();
        for page in &pages {
            let html = fs::read_to_string(page)?;
            let set: BTreeSet<&String> = wasm.keys().filter(|name| html.contains(&format!("/{name}\""))).collect();
            sets.insert(set.clone());
            let path = page.parent().and_then(|parent| parent.strip_prefix(folder).ok()).unwrap_or(page);
            let own = part_styles.iter().filter(|(name, _)| html.contains(&format!("/{name}\"")));
            let weight = Weight::of(page)? + own.map(|(_, weight)| *weight).sum();
            weighed.push((set, path.display().to_string(), weight));
        }
        let Some(own) = sets.iter().min_by_key(|set| set.len()).cloned().filter(|own| !own.is_empty()) else {
            return Err(io::Error::other(format!("{} does not hold a built site", folder.display())));
        };
        for (set, path, weight) in weighed {
            if set == own && weight.sent > weights.own_page.1.sent {
                weights.own_page = (path.clone(), weight);
            }
            if weight.sent > weights.page.1.sent {
                weights.page = (path, weight);
            }
        }
        let sum = |names: &mut dyn Iterator<Item = &&String>| names.map(|name| wasm[*name]).sum();
        weights.program = sum(&mut own.iter());
        for set in &sets {
            let name = set.iter().find_map(|name| name.strip_prefix("split_")?.strip_suffix(".wasm"));
            if let Some(name) = name {
                weights.parts.insert(name.to_owned(), sum(&mut set.difference(&own)));
            }
        }
        weights.all_parts = wasm.iter().filter(|(name, _)| !own.contains(name)).map(|(_, weight)| *weight).sum();
        Ok(weights)
    }

    /// What a page needs to be read.
    #[must_use]
    pub fn first_screen(&self) -> Weight {
        self.page.1 + self.style
    }

    /// Everything that a visit begun on a page of the program downloads.
    #[must_use]
    pub fn first_visit(&self) -> Weight {
        self.own_page.1 + self.style + self.script + self.program
    }

    /// Everything that a visit begun on a page of the heaviest part downloads.
    #[must_use]
    pub fn first_visit_to_a_part(&self) -> Weight {
        self.first_screen() + self.script + self.program + self.heaviest_part()
    }

    #[must_use]
    pub fn heaviest_part(&self) -> Weight {
        self.parts.values().copied().max_by_key(|weight| weight.sent).unwrap_or_default()
    }

    /// Everything that a visit to all pages downloads.
    #[must_use]
    pub fn everything(&self) -> Weight {
        self.first_screen() + self.script + self.program + self.all_parts
    }
}

impl Display for Weights {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<36} {:>9} {:>9}", "", "raw", "brotli 11")?;
        let mut line = |what: &str, Weight { raw, sent }: Weight| writeln!(f, "{what:<36} {raw:>9} {sent:>9}");
        line(&format!("heaviest page: /{}", self.page.0), self.page.1)?;
        line(&format!("… of the program: /{}", self.own_page.0), self.own_page.1)?;
        line("stylesheet", self.style)?;
        line("scripts", self.script)?;
        line("program", self.program)?;
        for (name, weight) in &self.parts {
            line(&format!("part: {name}"), *weight)?;
        }
        line("Word and Excel, when asked for", self.office)?;
        writeln!(f, "{:<36} {:>9}", "the single file", self.single_file)
    }
}

fn name(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn ending(file: &Path) -> &str {
    file.extension().and_then(|ending| ending.to_str()).unwrap_or_default()
}

/// Every file in a folder and the folders in it.
///
/// # Errors
/// If one of them cannot be read.
pub fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
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
