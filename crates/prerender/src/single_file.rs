//! The edition in a single file: the whole program in one page, which opens from a disk, a mail or a USB stick.
//!
//! It is built without parts. Its programs stand in it as text, packed by LZMA: they would not find room otherwise. Nothing
//! is fetched, as there is nobody to ask.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use lzma_rust2::{LzmaOptions, LzmaWriter};
use plan_checklist::Route;
use plan_checklist::route::SINGLE_FILE;
use xtask::service_worker::integrity;

use crate::program;
use crate::site::{Site, escape, replace_once, squeeze_script};

const UNPACK: &str = include_str!("unpack.js");
const START: &str = include_str!("single_file.js");
/// What the page asks of its policy when it has its files beside it, and what it asks here.
const POLICY: [&str; 2] =
    ["img-src 'self' data:; connect-src 'self'; manifest-src 'self'; ", "img-src data:; worker-src blob:; "];
/// How the program is started when it is a file, and how here.
const BEGIN: [&str; 2] = [
    "import(document.getElementById(\"program\").href).then(function (program) { return program.start(); })",
    "Promise.resolve().then(startProgram)",
];
/// Where the worker has its wasm from when it is a file, and where from here.
const OFFICE_WASM: [&str; 2] = ["new URL(\"office_bg.wasm\", self.location.href)", "unpack(packed)"];
/// What a reader is told where no program runs, in a page of the site, and in the file.
const NOT_RUNNING: [&str; 2] = [
    "程序没有运行（浏览器没有开启脚本，或者网站不让它运行）：可以阅读和打印，但不能填写。",
    "程序没有运行。在邮件或聊天里预览打不开：请先把文件存到电脑上，再用浏览器（Edge、Chrome、火狐、360 极速模式）打开。",
];

/// Writes the file into the site's folder.
pub(crate) fn write(staging: &Path, site: &Site, licences: String) -> Result<()> {
    let folder = staging.join("single-file");
    fs::create_dir_all(&folder)?;
    program::single(&folder)?;
    let (own, office) = (Bound::read(&folder, "single")?, Bound::read(&folder, "office")?);
    fs::remove_dir_all(&folder)?;
    // Those of the parts, too.
    let mut css = site.css.clone();
    for style in program::files(&staging.join(site.program.folder()), "css")? {
        css.push_str(&fs::read_to_string(style)?);
    }
    fs::write(staging.join(SINGLE_FILE), page(site, &css, &own, &office, licences)?)?;
    Ok(())
}

/// A program, and the script that stands between it and the browser.
struct Bound {
    script: String,
    wasm: Vec<u8>,
}

impl Bound {
    fn read(folder: &Path, name: &str) -> Result<Self> {
        let script = fs::read_to_string(folder.join(name).with_extension("js"))?;
        Ok(Self { script, wasm: fs::read(folder.join(format!("{name}_bg.wasm")))? })
    }
}

fn page(site: &Site, css: &str, own: &Bound, office: &Bound, licences: String) -> Result<String> {
    let program = squeeze_script(&format!("{}\n{UNPACK}\n{START}", own.script));
    let office_script = replace_once(&squeeze_script(&office.script), OFFICE_WASM[0], OFFICE_WASM[1])?;
    let start = replace_once(&site.start_script, POLICY[0], POLICY[1])?;
    let start = replace_once(&start, BEGIN[0], BEGIN[1])?;
    let start = replace_once(&start, "script-src 'self'", &format!("script-src '{}'", integrity(program.as_bytes())))?;
    let start = replace_once(&start, "style-src 'self'", &format!("style-src '{}'", integrity(css.as_bytes())))?;
    let title = escape(&Route::Home.title());
    let head = format!(
        "<title>{title}</title>\n    <link rel=\"icon\" href=\"data:,\" />\n    <script>{start}</script>\n    \
         <style>{css}</style>"
    );
    let carried = [
        ("program-wasm", packed(&own.wasm)?),
        ("office-wasm", packed(&office.wasm)?),
        ("office-script", office_script),
        ("licences", licences),
    ];
    let count = carried.len();
    let carried: String =
        carried.iter().map(|(id, text)| format!("<script type=\"text/plain\" id=\"{id}\">{text}</script>\n")).collect();
    for script in [&start, &program, &carried] {
        ensure!(!script.contains("<!--"), "a script would end where it should not");
    }
    let ends = carried.matches("</script").count();
    ensure!(
        !program.contains("</script") && !start.contains("</script") && ends == count,
        "a script would end where it should not"
    );
    let page = replace_once(&site.template, "<!-- prerender:head -->", &head)?;
    let page = replace_once(&page, "<!-- prerender:app -->", "<p class=\"note\">正在打开…</p>")?;
    let page = replace_once(&page, NOT_RUNNING[0], NOT_RUNNING[1])?;
    replace_once(&page, "</body>", &format!("{carried}<script>{program}</script>\n  </body>"))
}

/// In letters, as `unpack.js` reads it.
fn packed(wasm: &[u8]) -> Result<String> {
    let mut options = LzmaOptions::with_preset(9);
    options.nice_len = 273;
    // Half the instructions of a program stand at odd places: what stood at such a place before says nothing.
    (options.lc, options.pb) = (4, 0);
    options.dict_size = options.dict_size.min(1 << 22);
    let mut writer = LzmaWriter::new_use_header(Vec::new(), &options, Some(wasm.len() as u64))?;
    writer.write_all(wasm)?;
    let packed = writer.finish().context("LZMA")?;
    Ok(BASE64_STANDARD.encode(packed))
}
