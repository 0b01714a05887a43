//! Turns `catalogue/*.toml` into JSON that the program reads, or fails the build naming file and line.

mod compile;

use std::path::{Path, PathBuf};
use std::{env, fs, io, process};

use compile::Source;

fn main() -> io::Result<()> {
    let folder = Path::new("catalogue");
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/catalogue/kinds.rs");
    println!("cargo::rerun-if-changed=src/chinese.rs");

    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.sort();

    let mut sources = Vec::new();
    for path in paths {
        let name = format!("crates/domain/{}", path.display());
        sources.push(Source { name, text: fs::read_to_string(&path)? });
    }

    match compile::compile(&sources) {
        Ok(json) => {
            let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR for build scripts");
            fs::write(Path::new(&out).join("catalogue.json"), json)
        }
        Err(mistakes) => {
            for mistake in &mistakes {
                eprintln!("{mistake}");
                println!("cargo::error={mistake}");
            }
            process::exit(1);
        }
    }
}
