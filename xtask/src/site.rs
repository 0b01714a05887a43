//! A static file server on 127.0.0.1 that does nothing a plain host would not: no rewrite rules, no headers of its own
//! unless asked.

use std::fs;
use std::io::{BufRead as _, BufReader, ErrorKind, Read as _, Result as IoResult, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anyhow::{Context as _, Result};
use percent_encoding::percent_decode_str;

/// Longer requests are nobody's.
const LONGEST_REQUEST: u64 = 64 * 1024;
/// Browsers open connections ahead of need; this long an idle one is kept.
const PATIENCE: Duration = Duration::from_secs(30);

/// What is served, and how.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// The folder of the built site.
    pub folder: PathBuf,
    /// The folder it appears in, as `a/b/`; empty for the server's root.
    pub prefix: String,
    /// A script put first into every page: tests use it to record errors.
    pub first_script: Option<String>,
    /// Whether pages have a browser to themselves, as two headers ask it: it then lets them read a finer clock.
    pub is_isolated: bool,
}

/// What the names of files begin with that are not handed out for now.
type Refused = Arc<Mutex<&'static [&'static str]>>;

/// A running server; it stops when dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    prefix: String,
    refused: Refused,
    is_stopping: Arc<AtomicBool>,
    acceptor: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts to serve on 127.0.0.1. Port 0 takes any free one.
    ///
    /// # Errors
    /// If the folder does not exist or the port is taken.
    pub fn start(mut site: Site, port: u16) -> Result<Self> {
        site.folder = site.folder.canonicalize().with_context(|| format!("no folder {}", site.folder.display()))?;
        let prefix = site.prefix.clone();
        let listener = TcpListener::bind(("127.0.0.1", port))
            .with_context(|| format!("cannot listen on port {port}. Another --port may be free."))?;
        let address = listener.local_addr()?;
        let is_stopping = Arc::new(AtomicBool::new(false));
        let refused = Refused::default();
        let acceptor = {
            let (site, refused, is_stopping) = (Arc::new(site), Arc::clone(&refused), Arc::clone(&is_stopping));
            thread::spawn(move || {
                for stream in listener.incoming() {
                    if is_stopping.load(Ordering::Relaxed) {
                        break;
                    }
                    let (site, refused) = (Arc::clone(&site), Arc::clone(&refused));
                    // Where the other side hung up, there is nothing to do about it.
                    thread::spawn(move || stream.and_then(|stream| answer(&site, &refused, stream)));
                }
            })
        };
        Ok(Self { address, prefix, refused, is_stopping, acceptor: Some(acceptor) })
    }

    /// The address of the site's folder, ending in `/`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/{}", self.address, self.prefix)
    }

    /// Refuses files whose names begin like this, until told otherwise.
    pub fn refuse(&self, beginnings: &'static [&'static str]) {
        *self.refused.lock().unwrap_or_else(PoisonError::into_inner) = beginnings;
    }

    /// Serves until the process ends.
    pub fn wait(mut self) {
        if let Some(acceptor) = self.acceptor.take() {
            let _ = acceptor.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(acceptor) = self.acceptor.take() {
            self.is_stopping.store(true, Ordering::Relaxed);
            // One last connection wakes the acceptor, which then looks at the flag.
            if TcpStream::connect(self.address).is_ok() {
                let _ = acceptor.join();
            }
        }
    }
}

/// Reads one request and answers it.
fn answer(site: &Site, refused: &Refused, mut stream: TcpStream) -> IoResult<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut reader = BufReader::new(stream.try_clone()?.take(LONGEST_REQUEST));
    let mut request = String::new();
    reader.read_line(&mut request)?;
    let mut header = String::new();
    while reader.read_line(&mut header)? > 2 {
        header.clear();
    }
    let mut words = request.split_ascii_whitespace();
    let (Some(method), Some(url)) = (words.next(), words.next()) else { return Ok(()) };
    let answer = match method {
        "GET" | "HEAD" if is_refused(refused, url) => Answer::text("503 Service Unavailable"),
        "GET" | "HEAD" => look_up(site, url),
        _ => Answer::text("405 Method Not Allowed"),
    };
    let Answer { status, kind, location, body } = &answer;
    let length = body.len();
    write!(stream, "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n")?;
    if let Some(location) = location {
        write!(stream, "Location: {location}\r\n")?;
    }
    if site.is_isolated {
        write!(stream, "Cross-Origin-Opener-Policy: same-origin\r\nCross-Origin-Embedder-Policy: require-corp\r\n")?;
    }
    write!(stream, "Cache-Control: no-cache\r\nConnection: close\r\n\r\n")?;
    if method == "GET" {
        stream.write_all(body)?;
    }
    stream.flush()
}

fn is_refused(refused: &Refused, url: &str) -> bool {
    let name = url.rsplit('/').next().unwrap_or_default();
    refused.lock().unwrap_or_else(PoisonError::into_inner).iter().any(|beginning| name.starts_with(beginning))
}

struct Answer {
    status: &'static str,
    kind: &'static str,
    location: Option<String>,
    body: Vec<u8>,
}

impl Answer {
    fn text(status: &'static str) -> Self {
        Self { status, kind: "text/plain", location: None, body: status.into() }
    }
}

fn look_up(site: &Site, url: &str) -> Answer {
    match find(site, url) {
        Found::File(path) => match fs::read(&path) {
            Ok(bytes) => file(site, &path, bytes),
            Err(error) if error.kind() == ErrorKind::NotFound => Answer::text("404 Not Found"),
            Err(_) => Answer::text("500 Internal Server Error"),
        },
        Found::Folder(location) => Answer { location: Some(location), ..Answer::text("301 Moved Permanently") },
        Found::Nothing => Answer::text("404 Not Found"),
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

fn file(site: &Site, path: &Path, bytes: Vec<u8>) -> Answer {
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
    let body = match (&site.first_script, ending) {
        (Some(script), "html") => with_script(&bytes, script),
        _ => bytes,
    };
    Answer { status: "200 OK", kind, location: None, body }
}

fn with_script(page: &[u8], script: &str) -> Vec<u8> {
    String::from_utf8_lossy(page).replacen("<head>", &format!("<head><script>{script}</script>"), 1).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(prefix: &str) -> Site {
        Site { folder: Path::new(env!("CARGO_MANIFEST_DIR")).into(), prefix: prefix.into(), ..Site::default() }
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

    #[test]
    fn many_connections_at_once_are_all_answered() {
        let server = Server::start(site("a/"), 0).expect("a port is free");
        let idle: Vec<_> = (0..9).map(|_| TcpStream::connect(server.address).expect("it listens")).collect();
        let ask = |path: &str| {
            let mut stream = TcpStream::connect(server.address).expect("it listens");
            write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\n\r\n").expect("it reads");
            let mut answer = String::new();
            stream.read_to_string(&mut answer).expect("it answers and hangs up");
            answer
        };
        let (head, body) =
            ask("/a/Cargo.toml").split_once("\r\n\r\n").map(|(a, b)| (a.to_owned(), b.to_owned())).expect("both");
        assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
        assert!(body.contains("name = \"xtask\""), "{body}");
        assert!(ask("/a/src").contains("\r\nLocation: /a/src/\r\n"));
        assert!(ask("/a/nothing").starts_with("HTTP/1.1 404 "));
        drop(idle);
    }
}
