//! A static file server on 127.0.0.1 that does nothing a plain host would not: no rewrite rules, no headers of its own.

use std::fs;
use std::io::{Cursor, ErrorKind};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use anyhow::{Context as _, Result, anyhow};
use percent_encoding::percent_decode_str;
use tiny_http::{Header, Method, Request, Response, Server as Listener};

const WORKERS: usize = 4;

/// What is served, and how.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// The folder of the built site.
    pub folder: PathBuf,
    /// The folder it appears in, as `a/b/`; empty for the server's root.
    pub prefix: String,
    /// A script put first into every page: tests use it to record errors.
    pub first_script: Option<String>,
}

/// A running server; it stops when dropped.
pub struct Server {
    listener: Arc<Listener>,
    address: SocketAddr,
    prefix: String,
    workers: Vec<JoinHandle<()>>,
}

impl Server {
    /// Starts to serve on 127.0.0.1. Port 0 takes any free one.
    ///
    /// # Errors
    /// If the folder does not exist or the port is taken.
    pub fn start(mut site: Site, port: u16) -> Result<Self> {
        site.folder = site.folder.canonicalize().with_context(|| format!("no folder {}", site.folder.display()))?;
        let prefix = site.prefix.clone();
        let listener = Listener::http(("127.0.0.1", port))
            .map_err(|error| anyhow!("cannot listen on port {port}: {error}. Another --port may be free."))?;
        let address = listener.server_addr().to_ip().context("the server has no address")?;
        let (listener, site) = (Arc::new(listener), Arc::new(site));
        let workers = (0..WORKERS).map(|_| {
            let (listener, site) = (Arc::clone(&listener), Arc::clone(&site));
            thread::spawn(move || {
                while let Ok(request) = listener.recv() {
                    // The other side hung up: nothing to do about it.
                    let _ = answer(&site, request);
                }
            })
        });
        let workers = workers.collect();
        Ok(Self { listener, address, prefix, workers })
    }

    /// The address of the site's folder, ending in `/`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/{}", self.address, self.prefix)
    }

    /// Serves until the process ends.
    pub fn wait(mut self) {
        for worker in self.workers.drain(..) {
            let _ = worker.join();
        }
    }
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server").field("url", &self.url()).finish_non_exhaustive()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        for _ in &self.workers {
            self.listener.unblock();
        }
        for worker in self.workers.drain(..) {
            let _ = worker.join();
        }
    }
}

fn answer(site: &Site, request: Request) -> std::io::Result<()> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return request.respond(text(405, "method not allowed"));
    }
    match find(site, request.url()) {
        Found::File(path) => match fs::read(&path) {
            Ok(bytes) => request.respond(file(site, &path, bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => request.respond(text(404, "not found")),
            Err(error) => request.respond(text(500, &error.to_string())),
        },
        Found::Folder(location) => request.respond(text(301, "moved").with_header(header("Location", &location))),
        Found::Nothing => request.respond(text(404, "not found")),
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Found {
    File(PathBuf),
    /// A folder asked for without its `/`: where to go instead.
    Folder(String),
    Nothing,
}

fn find(site: &Site, url: &str) -> Found {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let Ok(decoded) = percent_decode_str(path).decode_utf8() else { return Found::Nothing };
    let Some(below) = decoded.strip_prefix('/').and_then(|path| path.strip_prefix(site.prefix.as_str())) else {
        return Found::Nothing;
    };
    let is_plain = |segment: &str| !segment.starts_with('.') && !segment.contains(['\\', '\0', ':']);
    if !below.split('/').all(is_plain) || below.starts_with('/') {
        return Found::Nothing;
    }
    let file = site.folder.join(below);
    match (file.is_dir(), decoded.ends_with('/')) {
        (true, true) => Found::File(file.join("index.html")),
        (true, false) => Found::Folder(format!("{path}/")),
        (false, true) => Found::Nothing,
        (false, false) => Found::File(file),
    }
}

fn file(site: &Site, path: &Path, bytes: Vec<u8>) -> Response<Cursor<Vec<u8>>> {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let kind = match ending {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "json" => "application/json",
        _ => "application/octet-stream",
    };
    let bytes = match (&site.first_script, ending) {
        (Some(script), "html") => with_script(&bytes, script),
        _ => bytes,
    };
    Response::from_data(bytes)
        .with_header(header("Content-Type", kind))
        .with_header(header("Cache-Control", "no-cache"))
}

fn with_script(page: &[u8], script: &str) -> Vec<u8> {
    String::from_utf8_lossy(page).replacen("<head>", &format!("<head><script>{script}</script>"), 1).into_bytes()
}

fn text(status: u16, text: &str) -> Response<Cursor<Vec<u8>>> {
    Response::from_string(text).with_status_code(status)
}

fn header(name: &str, value: &str) -> Header {
    let line = Header::from_bytes(name, value);
    line.unwrap_or_else(|()| Header::from_bytes("X-Refused", "1").expect("this header is well formed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(prefix: &str) -> Site {
        Site { folder: Path::new(env!("CARGO_MANIFEST_DIR")).into(), prefix: prefix.into(), first_script: None }
    }

    #[test]
    fn folders_show_their_index_and_gain_their_slash() {
        let site = site("a/b/");
        assert_eq!(find(&site, "/a/b/src/?x=1"), Found::File(site.folder.join("src/index.html")));
        assert_eq!(find(&site, "/a/b/src"), Found::Folder("/a/b/src/".into()));
        assert_eq!(find(&site, "/a/b/Cargo.toml"), Found::File(site.folder.join("Cargo.toml")));
        assert_eq!(find(&site, "/Cargo.toml"), Found::Nothing);
    }

    #[test]
    fn nothing_above_the_folder_can_be_reached() {
        for url in [
            "/../Cargo.toml",
            "/%2e%2e/Cargo.toml",
            "/src/..%2f..%2fCargo.toml",
            "//etc/passwd",
            "/%2fetc/passwd",
            "/..\\x",
            "/%ff",
        ] {
            assert_eq!(find(&site(""), url), Found::Nothing, "{url}");
        }
    }
}
