//! Turns `catalogue/*.toml` into static data, or fails the build naming file and line.

mod compile;

use std::path::{Path, PathBuf};
use std::{env, fs, io, process};

use compile::Source;

fn main() -> io::Result<()> {
    let folder = Path::new("catalogue");
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed=build");

    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();

    let mut sources = Vec::new();
    for path in paths {
        let name = format!("crates/domain/{}", path.display());
        sources.push(Source { name, text: fs::read_to_string(&path)? });
    }

    match compile::compile(&sources) {
        Ok(packed) => {
            let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR for build scripts");
            let out = Path::new(&out);
            fs::write(out.join("catalogue.rs"), packed.catalogue)?;
            fs::write(out.join("clause_texts.rs"), packed.clause_texts)?;
            fs::write(out.join("asks.rs"), packed.asks)?;
            fs::write(out.join("advice.rs"), packed.advice)
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
