//! Turns `catalogue/*.toml` and `training/*.toml` into JSON that the program reads, or fails the build naming file and line.

mod compile;

use std::path::{Path, PathBuf};
use std::{env, fs, io, process};

use compile::Source;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/catalogue/kinds.rs");
    println!("cargo::rerun-if-changed=src/chinese.rs");
    println!("cargo::rerun-if-changed=src/training/fault_kind.rs");

    let mut sources = Vec::new();
    for folder in ["catalogue", "training"] {
        println!("cargo::rerun-if-changed={folder}");
        let mut paths: Vec<PathBuf> =
            fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
        paths.sort();
        for path in paths {
            let name = format!("crates/domain/{}", path.display());
            sources.push(Source { name, text: fs::read_to_string(&path)? });
        }
    }

    match compile::compile(&sources) {
        Ok(compiled) => {
            let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR for build scripts");
            let out = Path::new(&out);
            fs::write(out.join("catalogue.json"), compiled.catalogue)?;
            fs::write(out.join("training.json"), compiled.training)?;
            fs::write(out.join("practice.json"), compiled.practice)?;
            fs::write(out.join("lessons.rs"), compiled.lessons.to_string())
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
