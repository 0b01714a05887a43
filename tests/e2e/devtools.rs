//! A tab of a browser that is driven over its DevTools protocol.

use std::cell::RefCell;
use std::fs;
use std::path::Path;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::time::{Instant, interval, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::driver::Watched;

/// Far more than anything takes: a machine may be busy with other things.
const PATIENCE: Duration = Duration::from_secs(30);

const PATIENCE_AT_START: Duration = Duration::from_secs(15);

/// The tab, and the browser that ends with it.
pub(crate) struct Tab {
    socket: RefCell<Connection>,
    session: String,
    _browser: Watched,
}

struct Connection {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    count: u64,
}

impl Connection {
    async fn ask(&mut self, session: Option<&str>, method: &str, params: Value) -> Value {
        self.count += 1;
        let id = self.count;
        let mut command = json!({ "id": id, "method": method, "params": params });
        if let Some(session) = session {
            command["sessionId"] = session.into();
        }
        self.socket.send(Message::text(command.to_string())).await.expect("the browser listens");
        loop {
            let heard = self.socket.next().await.expect("the browser answers").expect("it can be understood");
            let Ok(mut heard) = serde_json::from_str::<Value>(heard.to_text().unwrap_or_default()) else { continue };
            // Everything else are events, which nobody here waits for.
            if heard["id"] == json!(id) {
                assert!(heard["error"].is_null(), "{method}: {}", heard["error"]);
                return heard["result"].take();
            }
        }
    }
}

impl Tab {
    /// Opens a browser with a profile that is new each time. On a busy machine such a browser may come up deaf: then it is
    /// started again.
    pub(crate) async fn open(program: &Path, profile: &Path) -> Self {
        for _ in 0..4 {
            if let Ok(tab) = timeout(PATIENCE_AT_START, Self::start(program, profile)).await {
                return tab;
            }
        }
        Self::start(program, profile).await
    }

    async fn start(program: &Path, profile: &Path) -> Self {
        let _ = fs::remove_dir_all(profile);
        let arguments = [
            "--headless",
            "--no-sandbox",
            // As its packagers run it: it was built for a place without any of these.
            "--single-process",
            "--no-zygote",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--no-first-run",
            "--window-size=1280,900",
            "--remote-debugging-port=0",
        ];
        let mut arguments: Vec<String> = arguments.map(Into::into).into();
        arguments.push(format!("--user-data-dir={}", profile.display()));
        let (browser, url) = Watched::start(program, &arguments, |line| {
            line.split_once("DevTools listening on ").map(|(_, url)| url.trim().to_owned())
        })
        .await;
        let (socket, _) = connect_async(url).await.expect("the browser listens");
        let mut connection = Connection { socket, count: 0 };
        let target = connection.ask(None, "Target.createTarget", json!({ "url": "about:blank" })).await;
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let attached = connection.ask(None, "Target.attachToTarget", attach).await;
        let session = attached["sessionId"].as_str().expect("a session has an id").to_owned();
        let tab = Self { socket: RefCell::new(connection), session, _browser: browser };
        tab.ask("Page.enable", json!({})).await;
        tab
    }

    /// What the browser answers to a command about this tab.
    #[expect(clippy::await_holding_refcell_ref, reason = "one journey asks one thing at a time")]
    async fn ask(&self, method: &str, params: Value) -> Value {
        let mut socket = self.socket.borrow_mut();
        let answer = timeout(PATIENCE, socket.ask(Some(&self.session), method, params.clone())).await;
        answer.unwrap_or_else(|_| panic!("no answer to {method} {params}"))
    }

    /// The value of a JavaScript expression.
    pub(crate) async fn get(&self, expression: &str) -> Value {
        self.try_get(expression).await.unwrap_or_else(|fault| panic!("{expression}: {fault}"))
    }

    async fn try_get(&self, expression: &str) -> Result<Value, Value> {
        let mut found = self.ask("Runtime.evaluate", json!({ "expression": expression, "returnByValue": true })).await;
        if found["exceptionDetails"].is_null() {
            Ok(found["result"]["value"].take())
        } else {
            Err(found["exceptionDetails"].take())
        }
    }

    /// Waits until an expression has a value, and fails with what it has instead.
    pub(crate) async fn until_equal(&self, expression: &str, expected: Value) {
        let end = Instant::now() + PATIENCE;
        let mut ticks = interval(Duration::from_millis(20));
        loop {
            ticks.tick().await;
            // While a page gives way to the next one, there may be nothing to ask.
            let found = self.try_get(expression).await;
            if found.as_ref().is_ok_and(|found| *found == expected) {
                return;
            }
            assert!(Instant::now() < end, "{expression}\n   found {found:?}\nexpected {expected}");
        }
    }

    /// Loads a page and waits until the program runs.
    pub(crate) async fn load(&self, url: &str) {
        self.get("window.isLeft = true").await;
        self.ask("Page.navigate", json!({ "url": url })).await;
        self.running().await;
    }

    pub(crate) async fn reload(&self) {
        self.get("window.isLeft = true").await;
        self.ask("Page.reload", json!({})).await;
        self.running().await;
    }

    async fn running(&self) {
        let is_running = "(() => {
            if (window.isLeft) return 'left';
            if (document.documentElement.matches('.has-crashed')) return 'crashed';
            const saving = document.querySelector('[data-saving]');
            return saving && !saving.textContent.includes('正在打开') ? 'runs' : 'opens';
        })()";
        self.until_equal(is_running, json!("runs")).await;
    }

    /// Clicks with the mouse.
    pub(crate) async fn click(&self, selector: &str) {
        let place = format!(
            "(() => {{
                const element = document.querySelector({selector});
                if (!element) return null;
                element.scrollIntoView({{ block: 'center' }});
                const box = element.getBoundingClientRect();
                return [box.left + box.width / 2, box.top + box.height / 2];
            }})()",
            selector = json!(selector)
        );
        self.until_equal(&format!("!!document.querySelector({})", json!(selector)), json!(true)).await;
        let place = self.get(&place).await;
        for kind in ["mouseMoved", "mousePressed", "mouseReleased"] {
            let button = if kind == "mouseMoved" { "none" } else { "left" };
            let event = json!({ "type": kind, "x": place[0], "y": place[1], "button": button, "clickCount": 1 });
            self.ask("Input.dispatchMouseEvent", event).await;
        }
    }

    /// Types a text where the focus is, as an input method does.
    pub(crate) async fn insert(&self, text: &str) {
        self.ask("Input.insertText", json!({ "text": text })).await;
    }
}
