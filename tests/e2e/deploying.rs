//! The servers of docs/deploy.md, each with the configuration that stands there.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::rc::Rc;

use plan_checklist::Route;
use plan_checklist_domain::UnitKind;
use serde_json::json;
use xtask::bytes::files;
use xtask::places::{find, project, servers};

use crate::driver::{Browser, Watched, free_port, in_each_engine};
use crate::page::Setup;

in_each_engine! {
    behind_nginx_as_documented_it_works_below_a_path,
    behind_caddy_as_documented_it_works_below_a_path,
}

async fn behind_nginx_as_documented_it_works_below_a_path(browser: Rc<Browser>) {
    let folder = folder(&format!("nginx-{:?}", browser.engine));
    let port = free_port();
    let block = documented("nginx").replace("listen 80;", &format!("listen 127.0.0.1:{port};"));
    let module = servers().join("usr/lib/nginx/modules/ngx_http_brotli_static_module.so");
    let paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let paths: String = paths.iter().map(|name| format!("{name}_temp_path {}/{name};\n", folder.display())).collect();
    let config = format!(
        "load_module {};\ndaemon off;\nmaster_process off;\npid {1}/pid;\nerror_log stderr notice;\nevents {{}}\n\
         http {{\naccess_log off;\n{paths}\n{block}\n}}\n",
        module.display(),
        folder.display()
    );
    let file = folder.join("nginx.conf");
    fs::write(&file, config).expect("there is room");
    let arguments = ["-e", "stderr", "-p", &folder.display().to_string(), "-c", &file.display().to_string()];
    let begins = |line: &str| line.contains("event method").then_some(());
    let (_nginx, ()) = Watched::start(&servers().join("usr/sbin/nginx"), &arguments.map(Into::into), begins).await;
    works(&browser, port).await;
}

async fn behind_caddy_as_documented_it_works_below_a_path(browser: Rc<Browser>) {
    let folder = folder(&format!("caddy-{:?}", browser.engine));
    let port = free_port();
    let block = documented("caddy").replace(":80 {", &format!("http://127.0.0.1:{port} {{"));
    let file = folder.join("Caddyfile");
    fs::write(&file, format!("{{\nadmin off\nauto_https off\n}}\n{block}")).expect("there is room");
    // What it keeps of its own accord goes into our folder.
    let mut arguments =
        ["XDG_CONFIG_HOME", "XDG_DATA_HOME"].map(|name| format!("{name}={}", folder.display())).to_vec();
    arguments.push(servers().join("usr/bin/caddy").display().to_string());
    arguments.extend(["run", "--adapter", "caddyfile", "--config"].map(Into::into));
    arguments.push(file.display().to_string());
    let begins = |line: &str| line.contains("serving initial configuration").then_some(());
    let (_caddy, ()) = Watched::start(&find("env").expect("every system has it"), &arguments, begins).await;
    works(&browser, port).await;
}

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).expect("there is room");
    folder
}

/// The block of this language in docs/deploy.md, with our folder in it.
fn documented(language: &str) -> String {
    let text = fs::read_to_string(project().join("docs/deploy.md")).expect("it can be read");
    let (_, block) = text.split_once(&format!("```{language}\n")).expect("it is documented");
    let (block, _) = block.split_once("```").expect("it ends");
    block.replace("/srv/plan-checklist", &project().join("dist").display().to_string())
}

/// What the server answers, the head in small letters.
struct Answer {
    head: String,
    body: Vec<u8>,
}

fn ask(port: u16, path: &str, encoding: &str) -> Answer {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("it listens");
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: {encoding}\r\nConnection: close\r\n\r\n"
    )
    .expect("it reads");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("it answers and hangs up");
    let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").expect("a head");
    let body = answer.split_off(end + 4);
    let head = String::from_utf8_lossy(&answer).to_lowercase();
    let body = if head.contains("transfer-encoding: chunked") { whole(&body) } else { body };
    Answer { head, body }
}

/// What was sent in pieces, each with its length before it.
fn whole(mut pieces: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    loop {
        let end = pieces.windows(2).position(|bytes| bytes == b"\r\n").expect("a length");
        let length = usize::from_str_radix(&String::from_utf8_lossy(&pieces[..end]), 16).expect("a number");
        if length == 0 {
            return whole;
        }
        let piece = &pieces[end + 2..];
        whole.extend(&piece[..length]);
        pieces = &piece[length + 2..];
    }
}

impl Answer {
    fn says(&self, parts: &[&str]) {
        for part in parts {
            assert!(self.head.contains(part), "no “{part}” in:\n{}", self.head);
        }
    }
}

async fn works(browser: &Browser, port: u16) {
    let dist = project().join("dist");
    ask(port, "/zicha", "identity").says(&["http/1.1 30", "/zicha/\r\n"]);
    let folder = ask(port, "/zicha/county", "identity");
    folder.says(&["http/1.1 30", "county/\r\n"]);
    let nothing = ask(port, "/zicha/nothing/", "identity");
    nothing.says(&[" 404 "]);
    assert!(String::from_utf8_lossy(&nothing.body).contains("没有这一页"));
    for (path, kind) in [
        ("", "text/html"),
        ("sw.js", "text/javascript"),
        ("manifest.json", "application/json"),
        ("licences.txt", "text/plain"),
        ("icon-192.png", "image/png"),
        ("icon.svg", "image/svg+xml"),
    ] {
        let answer = ask(port, &format!("/zicha/{path}"), "identity");
        answer.says(&[
            " 200 ",
            &format!("content-type: {kind}"),
            "cache-control: no-cache",
            "x-content-type-options: nosniff",
            "referrer-policy: no-referrer",
            "frame-ancestors 'none'",
        ]);
        let file = if path.is_empty() { "index.html" } else { path };
        assert_eq!(answer.body, fs::read(dist.join(file)).expect("it is there"), "{path}");
    }
    for (ending, kind) in [("wasm", "application/wasm"), ("css", "text/css")] {
        let is_meant = |file: &PathBuf| file.extension().is_some_and(|own| own == ending);
        let file = files(&dist).expect("a site").into_iter().find(is_meant).expect("there is one");
        let path = file.strip_prefix(&dist).expect("it lies there").display().to_string();
        for (encoding, packed) in [("br", "br"), ("gzip", "gz")] {
            let answer = ask(port, &format!("/zicha/{path}"), encoding);
            let encoding = format!("content-encoding: {encoding}");
            answer.says(&[" 200 ", &format!("content-type: {kind}"), &encoding, "max-age=31536000, immutable"]);
            let packed = fs::read(file.with_added_extension(packed)).expect("`cargo xtask dist` packs");
            assert_eq!(answer.body, packed, "{path}");
        }
    }
    let page = browser.open(Setup::default()).await;
    let step = Route::Step(UnitKind::County, 4);
    page.client.goto(&format!("http://127.0.0.1:{port}/zicha/{}", step.path())).await.expect("the server answers");
    page.running().await;
    page.click("input[value=done]").await;
    page.until("document.querySelector('[data-saving=saved]')").await;
    page.follow("数据安全").await;
    page.find("[data-action=backup]:not(:disabled)").await;
    page.until("navigator.serviceWorker.controller").await;
    page.reload().await;
    assert_eq!(page.get("document.title").await, json!(Route::Safety.title()));
    page.has_no_trouble().await;
}
