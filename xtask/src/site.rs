//! Serves a built site: for the end-to-end tests, and for the bench.

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use anyhow::{Context as _, Result, ensure};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, IF_MODIFIED_SINCE, LOCATION,
};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, IntoResponse as _, Response};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use tokio::sync::oneshot;
use tower_http::services::ServeDir;

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
    /// A content policy that the server sends along, as an administrator may have set it.
    pub policy: Option<&'static str>,
}

/// A running server; it stops when dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    prefix: String,
    withheld: Withheld,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Pieces of the addresses that are refused.
type Withheld = Arc<Mutex<Vec<String>>>;

impl Server {
    /// Starts to serve on 127.0.0.1. Port 0 takes any free one.
    ///
    /// # Errors
    /// If the folder does not exist or the port is taken.
    pub fn start(site: Site, port: u16) -> Result<Self> {
        ensure!(site.folder.is_dir(), "no folder {}", site.folder.display());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        // The standard library's: whoever starts a server may be running on a runtime of its own, which must not wait.
        let listener = TcpListener::bind(("127.0.0.1", port))
            .with_context(|| format!("cannot listen on port {port}. Another --port may be free."))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let prefix = site.prefix.clone();
        let withheld = Withheld::default();
        let router = router(site, Arc::clone(&withheld));
        let (stop, stopped) = oneshot::channel();
        let thread = thread::spawn(move || {
            // Ending it ends every connection, also those that browsers keep open.
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).expect("the runtime is there");
                tokio::select! {
                    _ = axum::serve(listener, router) => {}
                    _ = stopped => {}
                }
            });
        });
        Ok(Self { address, prefix, withheld, stop: Some(stop), thread: Some(thread) })
    }

    /// The address of the site's folder, ending in `/`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/{}", self.address, self.prefix)
    }

    /// Refuses every address that has one of these pieces in it, until it is called again.
    pub fn withhold(&self, pieces: &[&str]) {
        let mut withheld = self.withheld.lock().unwrap_or_else(PoisonError::into_inner);
        *withheld = pieces.iter().map(ToString::to_string).collect();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// What browsers escape in a path, beside everything outside ASCII.
const UNWRITABLE: &AsciiSet = &CONTROLS.add(b' ');

fn router(site: Site, withheld: Withheld) -> Router {
    let files = ServeDir::new(&site.folder);
    let router = match site.prefix.trim_matches('/') {
        "" => Router::new().fallback_service(files),
        // As browsers write it.
        prefix => Router::new().nest_service(&format!("/{}", utf8_percent_encode(prefix, UNWRITABLE)), files),
    };
    router.layer(from_fn_with_state((Arc::new(site), withheld), answer))
}

/// Answers as a plain host would, but for what the site asks for.
async fn answer(State((site, withheld)): State<(Arc<Site>, Withheld)>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let is_withheld = {
        let withheld = withheld.lock().unwrap_or_else(PoisonError::into_inner);
        withheld.iter().any(|piece| path.contains(piece.as_str()))
    };
    if is_withheld {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    // A page kept from another test has another first script.
    request.headers_mut().remove(IF_MODIFIED_SINCE);
    let mut response = next.run(request).await;
    if response.status().is_redirection()
        && let Ok(folder) = HeaderValue::from_str(&format!("{path}/"))
    {
        // The files' own service does not know the prefix.
        response.headers_mut().insert(LOCATION, folder);
    }
    if response.status() == StatusCode::NOT_FOUND {
        // As hosts do that know of such a page.
        let page = std::fs::read_to_string(site.folder.join("404.html")).unwrap_or_else(|_| "404 Not Found".into());
        response = (StatusCode::NOT_FOUND, Html(page)).into_response();
    }
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if site.is_isolated {
        for (name, value) in
            [("cross-origin-opener-policy", "same-origin"), ("cross-origin-embedder-policy", "require-corp")]
        {
            response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
    }
    if let Some(policy) = site.policy {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    }
    match &site.first_script {
        Some(script) if is_page(&response) => with_script(response, script).await,
        _ => response,
    }
}

fn is_page(response: &Response) -> bool {
    response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

async fn with_script(response: Response, script: &str) -> Response {
    let (mut head, body) = response.into_parts();
    let Ok(page) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let page = String::from_utf8_lossy(&page).replacen("<head>", &format!("<head><script>{script}</script>"), 1);
    head.headers.remove(CONTENT_LENGTH);
    Response::from_parts(head, Body::from(page))
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpStream;

    use super::*;

    fn serve(prefix: &str) -> Server {
        let folder = env!("CARGO_MANIFEST_DIR").into();
        Server::start(Site { folder, prefix: prefix.into(), ..Site::default() }, 0).expect("a port is free")
    }

    fn ask(server: &Server, path: &str) -> String {
        let mut stream = TcpStream::connect(server.address).expect("it listens");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers and hangs up");
        answer
    }

    #[test]
    fn files_are_found_below_the_prefix_and_folders_gain_their_slash() {
        for prefix in ["", "a/b/"] {
            let server = serve(prefix);
            let answer = ask(&server, &format!("/{prefix}Cargo.toml"));
            assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.contains("name = \"xtask\""), "{answer}");
            assert!(ask(&server, &format!("/{prefix}src")).contains(&format!("location: /{prefix}src/\r\n")));
            for nothing in ["nothing", "../Cargo.toml", "%2e%2e/Cargo.toml", "src/..%2f..%2fCargo.toml"] {
                let answer = ask(&server, &format!("/{prefix}{nothing}"));
                assert!(!answer.starts_with("HTTP/1.1 200"), "{nothing}: {answer}");
            }
        }
    }

    #[test]
    fn what_is_withheld_is_refused_until_it_is_given_again() {
        let server = serve("a/");
        server.withhold(&["Cargo"]);
        assert!(ask(&server, "/a/Cargo.toml").starts_with("HTTP/1.1 503 "));
        assert!(ask(&server, "/a/src/lib.rs").starts_with("HTTP/1.1 200 "));
        server.withhold(&[]);
        assert!(ask(&server, "/a/Cargo.toml").starts_with("HTTP/1.1 200 "));
    }

    #[test]
    fn many_connections_at_once_are_all_answered() {
        let server = serve("");
        let idle: Vec<_> = (0..9).map(|_| TcpStream::connect(server.address).expect("it listens")).collect();
        assert!(ask(&server, "/Cargo.toml").starts_with("HTTP/1.1 200 "));
        drop(idle);
    }
}
