//! Short names for what a program and its script call each other.
//!
//! wasm-bindgen's names end in sixteen random digits, which no compression makes smaller, and stand in both files: 4 KB of
//! the download. Inside one program they need to differ from each other and from nothing else.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use wasm_encoder::reencode::{Reencode as _, RoundtripReencoder};
use wasm_encoder::{ExportSection, ImportSection, Module, RawSection};
use wasmparser::{Parser, Payload};

/// All of wasm-bindgen's own names begin so, and none of the page's.
const PREFIX: &str = "__w";
/// What a program calls its script.
const MODULE: &str = "_";

/// Gives a program and its script short names for each other's functions.
pub(crate) fn shorten(wasm: &Path, script: &Path) -> Result<()> {
    let bytes = fs::read(wasm)?;
    let mut names = Names::default();
    let renamed = rename(&bytes, &mut names).with_context(|| format!("cannot rename in {}", wasm.display()))?;
    fs::write(wasm, renamed)?;
    let text = fs::read_to_string(script)?;
    fs::write(script, names.replace_in(&text))?;
    Ok(())
}

fn rename(bytes: &[u8], names: &mut Names) -> Result<Vec<u8>> {
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(bytes) {
        match payload? {
            Payload::ImportSection(section) => {
                let mut imports = ImportSection::new();
                for import in section.into_imports() {
                    let import = import?;
                    let kind = RoundtripReencoder.entity_type(import.ty)?;
                    import.module.clone_into(&mut names.module);
                    imports.import(MODULE, &names.short(import.name), kind);
                }
                module.section(&imports);
            }
            Payload::ExportSection(section) => {
                let mut exports = ExportSection::new();
                for export in section {
                    let export = export?;
                    exports.export(&names.short(export.name), export.kind.into(), export.index);
                }
                module.section(&exports);
            }
            // Who built it, and for what.
            Payload::CustomSection(_) => {}
            payload => {
                if let Some((id, range)) = payload.as_section() {
                    module.section(&RawSection { id, data: &bytes[range] });
                }
            }
        }
    }
    Ok(module.finish())
}

#[derive(Default)]
struct Names {
    short: HashMap<String, String>,
    /// What the program calls the script: all imports are from there.
    module: String,
}

impl Names {
    /// The short name for a long one; a name that is not wasm-bindgen's stays.
    fn short(&mut self, name: &str) -> String {
        if !name.starts_with(PREFIX) {
            return name.to_owned();
        }
        let count = self.short.len();
        self.short.entry(name.to_owned()).or_insert_with(|| format!("_{}", in_letters(count))).clone()
    }

    /// Replaces every word of the script that is a long name, and what the program calls the script.
    fn replace_in(&self, script: &str) -> String {
        let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '$';
        let mut out = String::with_capacity(script.len());
        let mut rest = script;
        while !rest.is_empty() {
            let (word, after) = rest.split_at(rest.find(|letter| !is_word(letter)).unwrap_or(rest.len()));
            out.push_str(self.short.get(word).map_or(word, String::as_str));
            let (between, after) = after.split_at(after.find(is_word).unwrap_or(after.len()));
            out.push_str(between);
            rest = after;
        }
        out.replace(&format!("\"{}\"", self.module), &format!("\"{MODULE}\""))
    }
}

/// `a` to `z`, then `ba`, `bb`…
fn in_letters(number: usize) -> String {
    let (above, last) = (number / 26, number % 26);
    let mut letters = if above > 0 { in_letters(above) } else { String::new() };
    letters.extend(char::from_digit(u32::try_from(last).unwrap_or(0) + 10, 36));
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_files_use_the_same_short_names() {
        let long = "__wbg_appendChild_e75b4a3a4b1e3bb8";
        let mut imports = ImportSection::new();
        imports.import("./x", long, wasm_encoder::EntityType::Function(0));
        let mut exports = ExportSection::new();
        exports.export("main", wasm_encoder::ExportKind::Func, 0);
        exports.export("__wbindgen_malloc", wasm_encoder::ExportKind::Func, 0);
        let mut types = wasm_encoder::TypeSection::new();
        types.ty().function([], []);
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&exports);

        let mut names = Names::default();
        let renamed = rename(&module.finish(), &mut names).expect("a module");
        wasmparser::Validator::new().validate_all(&renamed).expect("still a module");
        let text = String::from_utf8_lossy(&renamed);
        assert!(text.contains("main") && text.contains("_a") && text.contains("_b") && !text.contains(PREFIX));
        let script = format!("e={{{long}:f,{long}x:g}};T.__wbindgen_malloc(T.main);return{{\"./x\":e}}");
        assert_eq!(names.replace_in(&script), format!("e={{_a:f,{long}x:g}};T._b(T.main);return{{\"_\":e}}"));
    }

    #[test]
    fn every_number_has_a_name_of_its_own() {
        let names: std::collections::HashSet<_> = (0..2000).map(in_letters).collect();
        assert_eq!(names.len(), 2000);
        assert_eq!((in_letters(25), in_letters(26)), ("z".into(), "ba".into()));
    }
}
