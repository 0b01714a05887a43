//! What trunk built, and how a page is put together from it.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::{fs, io};

use plan_checklist::{Bundle, Route};

/// Runs before anything else on the page. It chooses the content policy, and reserves the space of the resume card.
const START: &str = include_str!("start.js");

/// Stylesheets that not every bundle's pages need.
const NOT_OF_ALL: [(&str, &[Bundle]); 15] = [
    ("home", &[Bundle::Filling]),
    ("requirement", &[Bundle::Filling]),
    ("status_picker", &[Bundle::Filling]),
    ("evidence", &[Bundle::Filling]),
    ("steps", &[Bundle::Filling]),
    ("history", &[Bundle::Filling]),
    ("standing", &[Bundle::Reading, Bundle::Receiving]),
    ("review", &[Bundle::Reading]),
    ("all", &[Bundle::Reading]),
    ("duties", &[Bundle::Reference]),
    ("source", &[Bundle::Reference]),
    ("books", &[Bundle::Keeping]),
    ("safety", &[Bundle::Keeping]),
    ("dates", &[Bundle::Planning]),
    ("share", &[Bundle::Sharing, Bundle::Receiving]),
];

/// Trunk's output: the template and the names of the files it stands on.
pub(crate) struct Site {
    template: String,
    /// For each bundle, its stylesheet.
    styles: [String; Bundle::ALL.len()],
    /// For each bundle, its script and its wasm.
    programs: [(String, String); Bundle::ALL.len()],
}

impl Site {
    /// Reads trunk's staging folder, and makes one stylesheet a bundle of the many.
    pub(crate) fn read(staging: &Path) -> io::Result<Self> {
        let mut template = fs::read_to_string(staging.join("index.html"))?;
        // A page loads the styles of its bundle only: what it leads to within the bundle needs no others.
        let mut css = Bundle::ALL.map(|_| String::new());
        while let Some((before, tag, after)) = cut(&template, "<link rel=\"stylesheet\"", ">") {
            let href = attribute(tag, "href").ok_or_else(|| missing("href of a stylesheet"))?;
            let name = href.rsplit('/').next().unwrap_or(href);
            let file = staging.join(name);
            let rules = fs::read_to_string(&file)?;
            let component = name.rsplit_once('-').map_or(name, |(component, _)| component);
            let owners = NOT_OF_ALL.iter().find(|(own, _)| *own == component).map(|(_, bundles)| *bundles);
            for bundle in Bundle::ALL.into_iter().filter(|bundle| owners.is_none_or(|owners| owners.contains(bundle))) {
                css[bundle as usize].push_str(&rules);
            }
            fs::remove_file(&file)?;
            template = format!("{}{}", before.trim_end(), after);
        }
        while let Some((before, _, after)) = cut(&template, "<link data-trunk", ">") {
            template = format!("{}{}", before.trim_end(), after);
        }
        if css.iter().any(String::is_empty) {
            return Err(missing("stylesheets in trunk's index.html"));
        }
        let styles = css.map(|css| squeeze(&css));
        let names = styles.each_ref().map(|css| format!("style-{}.css", fingerprint(css.as_bytes())));
        for (name, css) in names.iter().zip(styles) {
            fs::write(staging.join(name), css)?;
        }
        let mut programs = Bundle::ALL.map(|_| (String::new(), String::new()));
        for (bundle, program) in Bundle::ALL.into_iter().zip(&mut programs) {
            let name = bundle.binary();
            let script = staging.join(file_named(staging, name, ".js")?);
            fs::write(&script, squeeze_script(&fs::read_to_string(&script)?))?;
            let wasm = staging.join(file_named(staging, name, "_bg.wasm")?);
            *program = (rename_by_content(&script, name)?, rename_by_content(&wasm, name)?);
        }
        Ok(Self { template, styles: names, programs })
    }

    /// One whole page. Addresses are relative, so that the site works in any folder.
    pub(crate) fn page(&self, route: Route, markup: &str) -> io::Result<String> {
        let root = route.to_root();
        let (title, description) = (escape(&route.title()), escape(&route.description()));
        let style = &self.styles[route.bundle() as usize];
        let (script, wasm) = &self.programs[route.bundle() as usize];
        let head = format!(
            "<title>{title}</title>\n    <meta name=\"description\" content=\"{description}\" />\n    \
             <meta property=\"og:title\" content=\"{title}\" />\n    \
             <meta property=\"og:description\" content=\"{description}\" />\n    \
             <meta property=\"og:type\" content=\"website\" />\n    \
             <link rel=\"icon\" href=\"data:,\" />\n    \
             <script>{}</script>\n    \
             <link rel=\"stylesheet\" href=\"{root}{style}\" />\n    \
             <link rel=\"preload\" id=\"wasm\" href=\"{root}{wasm}\" as=\"fetch\" type=\"application/wasm\" crossorigin />\n    \
             <script defer src=\"{root}{script}\"></script>",
            squeeze_script(START)
        );
        let page = replace_once(&self.template, "<!-- prerender:head -->", &head)?;
        let page = replace_once(&page, "<!-- prerender:app -->", markup)?;
        replace_once(&page, "data-route=\"\"", &format!("data-route=\"{}\"", route.path()))
    }
}

fn missing(what: &str) -> io::Error {
    io::Error::other(format!("{what}: not found"))
}

fn replace_once(text: &str, mark: &str, with: &str) -> io::Result<String> {
    let (before, after) = text.split_once(mark).ok_or_else(|| missing(mark))?;
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

fn file_named(folder: &Path, beginning: &str, ending: &str) -> io::Result<String> {
    let names = fs::read_dir(folder)?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut found: Vec<String> = names.filter(|name| name.starts_with(beginning) && name.ends_with(ending)).collect();
    match (found.pop(), found.is_empty()) {
        (Some(name), true) => Ok(name),
        _ => Err(missing(&format!("exactly one file {beginning}…{ending}"))),
    }
}

/// Gives a file a name that changes with its content: a cached one never meets a page of another build.
fn rename_by_content(file: &Path, name: &str) -> io::Result<String> {
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let name = format!("{name}-{}.{ending}", fingerprint(&fs::read(file)?));
    fs::rename(file, file.with_file_name(&name))?;
    Ok(name)
}

fn fingerprint(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Leaves out the comments that stand on lines of their own, and what indents the others.
fn squeeze_script(script: &str) -> String {
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
fn squeeze(css: &str) -> String {
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

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
