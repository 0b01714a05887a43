//! Arrows between the files of a crate run one way: no file imports one of a layer above its own, and no files import
//! each other in a circle.
//!
//! It reads `use` lines, those of tests left out. What a `mod.rs` or `lib.rs` hands on (`pub use`) counts as an import of the
//! file it comes from.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

/// A crate's source, and the order of the files and folders in it: the lowest layer first. Those of one layer may import
/// each other, in one direction. What is not named is above all others.
pub(crate) struct Layers {
    pub(crate) source: &'static str,
    pub(crate) order: &'static [&'static [&'static str]],
}

pub(crate) const LAYERS: [Layers; 3] = [
    Layers {
        source: "src",
        order: &[&["words", "route"], &["store"], &["effects"], &["components"], &["pages"], &["parts", "app"]],
    },
    Layers {
        source: "crates/domain/src",
        order: &[
            &["chinese", "cycle", "date", "hidden", "percent"],
            &["catalogue"],
            &["workbook", "dates"],
            &["checking"],
            &["storage"],
            &["sharing"],
            &["training"],
            &["rollup"],
        ],
    },
    Layers {
        source: "crates/office/src",
        order: &[
            &["text", "not_written"],
            &["columns", "sheet", "word"],
            &["docx", "ledger"],
            &["ledger_back", "notice", "roll_up"],
            &["ledger_alone"],
        ],
    },
];

/// What runs against the order, one line each.
pub(crate) fn violations(project: &Path, layers: &Layers) -> Result<Vec<String>> {
    let mut crate_files = Files::default();
    crate_files.read(&project.join(layers.source), &[])?;
    Ok(crate_files.violations(layers))
}

/// A module's path in its crate; the crate itself has an empty one.
type Module = Vec<String>;

/// The files of a crate, by the module each holds.
#[derive(Default)]
struct Files {
    files: BTreeMap<Module, File>,
}

#[derive(Default)]
struct File {
    uses: Vec<Module>,
    /// What it hands on: the name, and where that is from.
    exports: Vec<(String, Module)>,
}

impl Files {
    fn read(&mut self, folder: &Path, module: &[String]) -> Result<()> {
        for entry in fs::read_dir(folder).with_context(|| format!("no folder {}", folder.display()))? {
            let path = entry?.path();
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let within: Module = module.iter().cloned().chain([name.clone()]).collect();
            if path.is_dir() {
                self.read(&path, &within)?;
            } else if path.extension().is_some_and(|ending| ending == "rs") && name != "main" {
                let own = if matches!(name.as_str(), "mod" | "lib") { module.to_vec() } else { within };
                self.add(own, &fs::read_to_string(&path)?);
            }
        }
        Ok(())
    }

    fn add(&mut self, module: Module, text: &str) {
        let mut file = File::default();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for line in code.split_inclusive('\n').scan(0, |at, line| {
            *at += line.len();
            Some((*at - line.len(), line))
        }) {
            let (at, line) = line;
            let trimmed = line.trim_start();
            let Some(visible) = ["use ", "pub use ", "pub(crate) use ", "pub(super) use "]
                .into_iter()
                .find(|beginning| trimmed.starts_with(beginning))
            else {
                continue;
            };
            let begin = at + (line.len() - trimmed.len()) + visible.len();
            let tree = code[begin..].split(';').next().unwrap_or_default();
            for (path, alias) in expand(tree) {
                let absolute = absolute(&module, &path);
                if visible != "use "
                    && let Some(name) = alias.or_else(|| path.last().cloned())
                {
                    file.exports.push((name, absolute.clone()));
                }
                file.uses.push(absolute);
            }
        }
        self.files.insert(module, file);
    }

    /// The file that what a path names is written in; `None` for another crate's.
    fn resolve(&self, path: &[String]) -> Option<Module> {
        let mut at = Module::new();
        for (index, name) in path.iter().enumerate() {
            let child: Module = at.iter().cloned().chain([name.clone()]).collect();
            if self.files.contains_key(&child) || self.files.keys().any(|module| module.starts_with(&child)) {
                at = child;
                continue;
            }
            let exported = self.files.get(&at)?.exports.iter().find(|(exported, _)| exported == name);
            return match exported {
                Some((_, from)) if from.as_slice() != path => {
                    let rest = from.iter().chain(&path[index + 1..]).cloned().collect::<Vec<_>>();
                    self.resolve(&rest)
                }
                _ if index > 0 || self.files.contains_key(&at) => (index > 0).then_some(at),
                _ => None,
            };
        }
        Some(at)
    }

    /// Which files each file imports.
    fn arrows(&self) -> BTreeMap<&Module, BTreeSet<Module>> {
        let imported = |module: &Module, file: &File| {
            let found = file.uses.iter().filter_map(|path| self.resolve(path));
            // A module may import what it is the parent of, and hand it on.
            found
                .filter(|other| other != module && !other.starts_with(module) && self.files.contains_key(other))
                .collect()
        };
        self.files.iter().map(|(module, file)| (module, imported(module, file))).collect()
    }

    fn violations(&self, layers: &Layers) -> Vec<String> {
        let arrows = self.arrows();
        let layer = |module: &Module| {
            let top = module.first().map_or("", String::as_str);
            layers.order.iter().position(|names| names.contains(&top)).unwrap_or(layers.order.len())
        };
        let mut found = Vec::new();
        for (module, imported) in &arrows {
            for other in imported.iter().filter(|other| layer(other) > layer(module)) {
                found.push(format!("{}: {} imports {}, which is above it", layers.source, name(module), name(other)));
            }
        }
        let mut done = BTreeSet::new();
        for module in arrows.keys() {
            walk(module, &arrows, &mut Vec::new(), &mut done, &mut |circle| {
                let names: Vec<_> = circle.iter().map(|module| name(module)).collect();
                found.push(format!("{}: a circle, {}", layers.source, names.join(" → ")));
            });
        }
        found
    }
}

/// Goes along the arrows, and tells of each circle it comes upon.
fn walk<'a>(
    module: &'a Module,
    arrows: &'a BTreeMap<&Module, BTreeSet<Module>>,
    way: &mut Vec<&'a Module>,
    done: &mut BTreeSet<&'a Module>,
    tell: &mut dyn FnMut(&[&Module]),
) {
    if let Some(at) = way.iter().position(|passed| *passed == module) {
        tell(&[&way[at..], &[module]].concat());
        return;
    }
    if !done.insert(module) {
        return;
    }
    way.push(module);
    for other in arrows.get(module).into_iter().flatten() {
        walk(other, arrows, way, done, tell);
    }
    way.pop();
}

fn name(module: &Module) -> String {
    if module.is_empty() { "lib".into() } else { module.join("/") }
}

/// A path as seen from the crate's root; what begins with no `crate`, `self` or `super` may be a child or another crate.
fn absolute(module: &Module, path: &[String]) -> Module {
    let mut base = Module::new();
    let mut rest = path;
    match path.first().map(String::as_str) {
        Some("crate") => rest = &path[1..],
        Some("self") => (base, rest) = (module.clone(), &path[1..]),
        Some("super") => {
            base.clone_from(module);
            while rest.first().is_some_and(|word| word == "super") {
                base.pop();
                rest = &rest[1..];
            }
        }
        _ => base.clone_from(module),
    }
    base.into_iter().chain(rest.iter().cloned()).collect()
}

/// The single paths of a tree like `a::{b, c::{self, D as E}}`, each with the name it is given.
fn expand(tree: &str) -> Vec<(Vec<String>, Option<String>)> {
    let tree = tree.trim();
    let (stem, branches) = match tree.split_once('{') {
        Some((stem, branches)) => (stem, branches.rsplit_once('}').map_or("", |(inside, _)| inside)),
        None => {
            let (path, alias) = match tree.split_once(" as ") {
                Some((path, alias)) => (path, Some(alias.trim().to_owned())),
                None => (tree, None),
            };
            let words = path.split("::").map(|word| word.trim().to_owned()).filter(|word| !word.is_empty());
            return vec![(words.collect(), alias)];
        }
    };
    let stem: Vec<String> =
        stem.split("::").map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect();
    let mut paths = Vec::new();
    for branch in top_level(branches) {
        for (path, alias) in expand(branch) {
            let path = path.into_iter().filter(|word| word != "self");
            paths.push((stem.iter().cloned().chain(path).collect(), alias));
        }
    }
    paths
}

/// The pieces between the commas that stand in no brackets.
fn top_level(text: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0;
    text.split(move |letter| {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        letter == ',' && depth == 0
    })
    .filter(|piece| !piece.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORDER: Layers = Layers { source: "src", order: &[&["words"], &["store"], &["pages"]] };

    fn check(files: &[(&str, &str)], expected: &[&str]) {
        let mut found = Files::default();
        for (path, text) in files {
            let module = path.split('/').filter(|word| !matches!(*word, "lib" | "mod")).map(Into::into).collect();
            found.add(module, text);
        }
        assert_eq!(found.violations(&ORDER), expected, "{files:?}");
    }

    #[test]
    fn arrows_run_from_what_is_above_to_what_is_below() {
        check(&[("words", ""), ("store", "use crate::words;\nuse yew::words::X;"), ("lib", "pub mod app;")], &[]);
        check(
            &[
                ("words", "use crate::{pages::{self, home as h}, X};"),
                ("pages/mod", ""),
                ("pages/home", ""),
                ("lib", ""),
            ],
            &["src: words imports pages, which is above it", "src: words imports pages/home, which is above it"],
        );
        check(&[("store", "#[cfg(test)]\nmod tests { use crate::pages; }"), ("pages", "")], &[]);
    }

    #[test]
    fn what_is_handed_on_counts_as_where_it_is_from() {
        let lib = ("lib", "pub use pages::{Page, Other as Renamed};");
        check(
            &[lib, ("store", "use crate::Renamed;\n"), ("pages", "pub struct Other;")],
            &["src: store imports pages, which is above it"],
        );
        check(&[lib, ("app", "use crate::Page;\n"), ("pages", "")], &[]);
    }

    #[test]
    fn no_files_import_each_other() {
        check(
            &[
                ("pages/a", "use super::b;"),
                ("pages/b", "use crate::pages::c::X;"),
                ("pages/c", "use crate::pages::a;"),
            ],
            &["src: a circle, pages/a → pages/b → pages/c → pages/a"],
        );
        check(&[("pages/mod", "pub use a::X;"), ("pages/a", "use super::Y;")], &[]);
    }
}
