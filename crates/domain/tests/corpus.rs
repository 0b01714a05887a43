//! Every text that fuzzing kept, for being unlike all others, is still handled as it must be.

#![expect(clippy::unwrap_used, reason = "the corpus is ours")]

#[expect(unreachable_pub, reason = "to the fuzz targets it is a library")]
#[path = "../fuzz/checks.rs"]
mod checks;

use std::fs;
use std::path::Path;

/// Tries a check on the corpus of the fuzz target of that name.
fn check(target: &str, holds: fn(&str)) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut count = 0;
    for entry in fs::read_dir(corpus).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        // As the fuzzer does it: what is text up to the first byte that is none.
        holds(bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid()));
        count += 1;
    }
    assert!(count > 0, "the corpus of {target} is missing");
}

#[test]
fn records_from_anywhere_are_read_or_refused() {
    check("record", checks::record);
}

#[test]
fn backups_from_anywhere_are_read_or_refused() {
    check("backup", checks::backup);
}

#[test]
fn ids_from_anywhere_lead_somewhere() {
    check("alias", checks::alias);
}

#[test]
fn links_from_anywhere_are_read_or_refused() {
    check("link", checks::link);
}
