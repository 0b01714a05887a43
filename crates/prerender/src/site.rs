//! What trunk built, and how a page is put together from it.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use plan_checklist::{Part, Route};

use crate::Build;
use crate::program::Program;

/// Runs before anything else on the page. It chooses the content policy, and reserves the space of the resume card.
const START: &str = include_str!("start.js");

/// What a browser wants to put the site among a device's programs.
const EXTRAS: [(&str, &[u8]); 4] = [
    ("manifest.json", include_bytes!("manifest.json")),
    ("icon.svg", include_bytes!("../../../icons/icon.svg")),
    ("icon-192.png", include_bytes!("../../../icons/icon-192.png")),
    ("icon-512.png", include_bytes!("../../../icons/icon-512.png")),
];

/// Servers that take `//` for `/` serve a page at an address that its relative links do not start from.
const MEND_PATH: &str = "if(/\\/\\//.test(location.pathname))\
    location.replace(location.pathname.replace(/\\/+/g,'/')+location.search+location.hash)";

/// Trunk's template, and the files a page stands on.
pub(crate) struct Site {
    pub(crate) template: String,
    /// The script that runs first, and its file.
    pub(crate) start_script: String,
    start: String,
    /// The stylesheet, and its file.
    pub(crate) css: String,
    style: String,
    pub(crate) program: Program,
}

impl Site {
    /// Reads Trunk's staging folder, and makes one stylesheet of those that are no part's.
    pub(crate) fn read(staging: &Path, build: Build, program: Program) -> Result<Self> {
        let mut template = fs::read_to_string(staging.join("index.html"))?;
        let mut css = String::new();
        while let Some((before, tag, after)) = cut(&template, "<link rel=\"stylesheet\"", ">") {
            let href = attribute(tag, "href").context("a stylesheet has no href")?;
            let file = staging.join(href.rsplit('/').next().unwrap_or(href));
            // Those of parts lie with the program.
            if file.is_file() {
                css.push_str(&fs::read_to_string(&file)?);
                fs::remove_file(&file)?;
            }
            template = format!("{}{}", before.trim_end(), after);
        }
        while let Some((before, _, after)) = cut(&template, "<link data-trunk", ">") {
            template = format!("{}{}", before.trim_end(), after);
        }
        ensure!(!css.is_empty(), "no stylesheets in Trunk's index.html");
        let css = squeeze(&css);
        let style = format!("style-{}.css", fingerprint(css.as_bytes()));
        fs::write(staging.join(&style), &css)?;
        let mut start = squeeze_script(START);
        if build == Build::Debug {
            // Trunk's own server reloads the page by a script in it.
            start = replace_once(&start, "script-src 'self'", "script-src 'self' 'unsafe-inline'")?;
        }
        let name = format!("start-{}.js", fingerprint(start.as_bytes()));
        fs::write(staging.join(&name), &start)?;
        Ok(Self { template, start_script: start, start: name, css, style, program })
    }

    /// Writes what is there once: which files belong to this build, the icons, and what installs it.
    pub(crate) fn write_extras(&self, staging: &Path) -> Result<()> {
        let list = format!("plan-checklist\n{}\n{}\n{}\n", self.program.folder(), self.style, self.start);
        fs::write(staging.join("build.txt"), list)?;
        for (name, content) in EXTRAS {
            fs::write(staging.join(name), content)?;
        }
        Ok(())
    }

    /// One whole page. Addresses are relative, so that the site works in any folder.
    pub(crate) fn page(&self, route: Route, markup: &str) -> Result<String> {
        let Self { start, style, program, .. } = self;
        let root = route.to_root();
        let (title, description) = (escape(&route.title()), escape(&route.description()));
        let mut head = format!(
            "<title>{title}</title>\n    <meta name=\"description\" content=\"{description}\" />\n    \
             <meta property=\"og:title\" content=\"{title}\" />\n    \
             <meta property=\"og:description\" content=\"{description}\" />\n    \
             <meta property=\"og:type\" content=\"website\" />\n    \
             <link rel=\"icon\" href=\"data:,\" />\n    \
             <script>{MEND_PATH}</script>\n    \
             <script src=\"{root}{start}\"></script>\n    \
             <link rel=\"stylesheet\" href=\"{root}{style}\" />\n    \
             <link rel=\"modulepreload\" id=\"program\" href=\"{root}{}\" />",
            program.start()
        );
        for (name, style) in program.styles(Part::of(route)) {
            head.push_str(&format!("\n    <link rel=\"stylesheet\" id=\"style-{name}\" href=\"{root}{style}\" />"));
        }
        for script in program.imported() {
            head.push_str(&format!("\n    <link rel=\"modulepreload\" href=\"{root}{script}\" />"));
        }
        for wasm in program.wasm(Part::of(route)) {
            head.push_str(&format!(
                "\n    <link rel=\"preload\" href=\"{root}{wasm}\" as=\"fetch\" type=\"application/wasm\" crossorigin />"
            ));
        }
        let page = replace_once(&self.template, "<!-- prerender:head -->", &head)?;
        let page = replace_once(&page, "<!-- prerender:app -->", markup)?;
        let page = replace_once(&page, "data-elements=\"\"", &format!("data-elements=\"{}\"", elements(markup)))?;
        replace_once(&page, "data-route=\"\"", &format!("data-route=\"{}\"", route.path()))
    }
}

impl Site {
    /// /design/: the look of the program without the program.
    #[cfg(debug_assertions)]
    pub(crate) fn design(&self, markup: &str) -> String {
        let parts = Part::ALL.iter().flat_map(|part| self.program.styles(Some(*part))).map(|(_, style)| style);
        let styles = std::iter::once(self.style.clone()).chain(parts);
        let styles: String = styles.map(|style| format!("<link rel=\"stylesheet\" href=\"../{style}\" />")).collect();
        format!(
            "<!DOCTYPE html>\n<html lang=\"zh-CN\" class=\"has-program\">\n<head><meta charset=\"utf-8\" />\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\
             <meta name=\"color-scheme\" content=\"light dark\" /><title>Design</title>\
             {styles}</head>\n<body>{markup}</body>\n</html>\n"
        )
    }
}

/// How many elements there are in this markup: the program sees by it whether the page is as it was prerendered.
fn elements(markup: &str) -> usize {
    markup.as_bytes().windows(2).filter(|pair| pair[0] == b'<' && pair[1].is_ascii_alphabetic()).count()
}

pub(crate) fn replace_once(text: &str, mark: &str, with: &str) -> Result<String> {
    let (before, after) = text.split_once(mark).with_context(|| format!("{mark}: not found"))?;
    Ok(format!("{before}{with}{after}"))
}

/// Splits at the first piece that begins and ends so: what stands before, the piece, what stands after.
fn cut<'a>(text: &'a str, begin: &str, end: &str) -> Option<(&'a str, &'a str, &'a str)> {
    let from = text.find(begin)?;
    let to = from + text[from..].find(end)? + end.len();
    Some((&text[..from], &text[from..to], &text[to..]))
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!("{name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// Changes with the content of a file: a cached one never meets a page of another build.
pub(crate) fn fingerprint(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Leaves out the comments that stand on lines of their own, and what indents the others.
pub(crate) fn squeeze_script(script: &str) -> String {
    let is_comment = |line: &&str| {
        line.starts_with("/*")
            || line.starts_with("* ")
            || line.starts_with("*/")
            || *line == "*"
            || line.starts_with("//")
    };
    script.lines().map(str::trim).filter(|line| !line.is_empty() && !is_comment(line)).collect::<Vec<_>>().join("\n")
}

/// Leaves out comments, and white space where it cannot matter.
pub(crate) fn squeeze(css: &str) -> String {
    let mut rest = css;
    let mut bare = String::new();
    while let Some((before, _, after)) = cut(rest, "/*", "*/") {
        bare.push_str(before);
        rest = after;
    }
    bare.push_str(rest);
    let bare = bare.lines().map(str::trim).collect::<String>();
    bare.replace(" {", "{").replace(": ", ":").replace(";}", "}")
}

pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
