//! The edition in a single file: the whole program in one page, which opens from a disk, a mail or a USB stick.
//!
//! It is built without parts. Its programs stand in it as text, packed by LZMA: they would not find room otherwise. They are
//! packed in one piece, so that what both have in them, as the catalogue and the standard library, is there once. Nothing is
//! fetched, as there is nobody to ask.

use std::fmt::Write as _;
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
const OFFICE_WASM: [&str; 2] = ["new URL(\"office_bg.wasm\", self.location.href)", "officeWasm"];
/// What a reader is told where no program runs, in a page of the site, and in the file.
const NOT_RUNNING: [&str; 2] = [
    "程序没有运行（浏览器没有开启脚本，或者网站不让它运行）：可以阅读和打印，但不能填写。",
    "程序没有运行。在邮件或聊天里预览打不开：请先把文件存到电脑上，再用浏览器（Edge、Chrome、火狐、360 极速模式）打开。",
];

/// Writes the file into the site's folder.
pub(crate) fn write(staging: &Path, site: &Site, licences: &str) -> Result<()> {
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

fn page(site: &Site, css: &str, own: &Bound, office: &Bound, licences: &str) -> Result<String> {
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
    // The program first: a start unpacks nothing else.
    let (places, packed) = packed(&[&own.wasm, licences.as_bytes(), &office.wasm])?;
    let carried = format!(
        "<script type=\"text/plain\" id=\"packed\" data-places=\"{places}\">{packed}</script>\n\
         <script type=\"text/plain\" id=\"office-script\">{office_script}</script>\n"
    );
    for script in [&start, &program, &carried] {
        ensure!(!script.contains("<!--"), "a script would end where it should not");
    }
    for script in [&start, &program, &office_script] {
        ensure!(!script.contains("</script"), "a script would end where it should not");
    }
    let page = replace_once(&site.template, "<!-- prerender:head -->", &head)?;
    let page = replace_once(&page, "<!-- prerender:app -->", "<p class=\"note\">正在打开…</p>")?;
    let page = replace_once(&page, NOT_RUNNING[0], NOT_RUNNING[1])?;
    replace_once(&page, "</body>", &format!("{carried}<script>{program}</script>\n  </body>"))
}

/// All of these in one piece, in letters, as `unpack.js` reads it, and where in it each begins and the last one ends.
fn packed(members: &[&[u8]]) -> Result<(String, String)> {
    let all = members.concat();
    let mut places = String::from("0");
    let mut end = 0;
    for member in members {
        end += member.len();
        let _ = write!(places, " {end}");
    }
    let mut options = LzmaOptions::with_preset(9);
    options.nice_len = 273;
    // Half the instructions of a program stand at odd places: what stood at such a place before says nothing.
    (options.lc, options.pb) = (4, 0);
    // What comes last may repeat what comes first.
    options.dict_size = u32::try_from(all.len().next_power_of_two())?;
    let mut writer = LzmaWriter::new_use_header(Vec::new(), &options, Some(all.len() as u64))?;
    writer.write_all(&all)?;
    let packed = writer.finish().context("LZMA")?;
    Ok((places, BASE64_STANDARD.encode(packed)))
}
