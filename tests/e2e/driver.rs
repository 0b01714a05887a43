//! Browsers: their drivers, the sessions that journeys share one after the other, and the end of both.

use std::cell::RefCell;
use std::collections::HashSet;
use std::net::TcpListener;
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use std::{env, fs, process};

use fantoccini::error::{CmdError, NewSessionError};
use fantoccini::wd::WindowHandle;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::net::TcpStream;
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::runtime::Runtime;
use tokio::task::LocalSet;
use tokio::time::{interval, timeout};
use xtask::places::find;
use xtask::site::Server;

use crate::page::{Engine, Page, Setup, devtools};

/// Makes of each journey one test an engine.
macro_rules! in_each_engine {
    ($($journey:ident),+ $(,)?) => {
        mod chromium {
            $(#[test] fn $journey() { crate::driver::run(crate::page::Engine::Chromium, super::$journey); })+
        }
        mod firefox {
            $(#[test] fn $journey() { crate::driver::run(crate::page::Engine::Firefox, super::$journey); })+
        }
    };
}
pub(crate) use in_each_engine;

/// Makes of each journey one more test, in WebKit: of those in which work could be lost, and those that lead through a
/// kind of page as a whole. Its driver knows no profiles, no pages without scripts and no printing.
macro_rules! in_webkit_too {
    ($($journey:ident),+ $(,)?) => {
        mod webkit {
            $(#[test] fn $journey() { crate::driver::run(crate::page::Engine::WebKit, super::$journey); })+
        }
    };
}
pub(crate) use in_webkit_too;

/// What talks to the drivers; it outlives each journey, as the sessions do.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    runtime.worker_threads(1).enable_all().build().expect("a runtime starts")
});

/// No journey takes nearly as long; a driver that answers nothing more would otherwise keep all of them waiting.
const LONGEST: Duration = Duration::from_secs(600);

/// Far more than it takes: a machine may be busy with other things.
const PATIENCE: Duration = Duration::from_secs(30);

/// Sessions that no journey is using.
static IDLE: Mutex<Vec<Session>> = Mutex::new(Vec::new());

/// Ports of sites that journeys have looked at. A port taken twice would show one journey what another one stored.
static TAKEN: Mutex<Option<HashSet<String>>> = Mutex::new(None);

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs one journey. It has each browser it opens to itself while it lasts; then another journey goes on with it, in a new
/// window and with a site of its own.
pub(crate) fn run<F: Future<Output = ()> + 'static>(engine: Engine, journey: fn(Rc<Browser>) -> F) {
    LocalSet::new().block_on(&RUNTIME, async {
        let browser = Rc::new(Browser { engine, opened: RefCell::default() });
        let journey = journey(Rc::clone(&browser));
        let limited = async { timeout(LONGEST, journey).await.expect("the journey comes to an end") };
        let outcome = tokio::task::spawn_local(limited).await;
        for (page, session) in browser.opened.take() {
            if outcome.is_err() {
                page.describe().await;
            }
            // Where anything went wrong, the next journey begins with another browser.
            if outcome.is_err() || !session.is_shared || session.clear().await.is_err() {
                session.end().await;
            } else {
                lock(&IDLE).push(session);
            }
        }
        if let Err(error) = outcome {
            std::panic::resume_unwind(error.into_panic());
        }
    });
}

/// The browsers of one journey.
pub(crate) struct Browser {
    pub(crate) engine: Engine,
    opened: RefCell<Vec<(Rc<Page>, Session)>>,
}

impl Browser {
    /// Opens the site in a browser that has not seen it; in a profile of its own if one is given.
    pub(crate) async fn open(&self, setup: Setup) -> Rc<Page> {
        let is_new = |server: &Server| lock(&TAKEN).get_or_insert_default().insert(server.url());
        let mut server = Page::serve(&setup);
        while !is_new(&server) {
            server = Page::serve(&setup);
        }
        self.open_on(setup, Rc::new(server)).await
    }

    /// Opens the same site again in another browser, the page's having been killed.
    pub(crate) async fn open_after_kill(&self, setup: Setup, killed: &Page) -> Rc<Page> {
        self.open_on(setup, killed.server()).await
    }

    async fn open_on(&self, setup: Setup, server: Rc<Server>) -> Rc<Page> {
        let session = self.session(&setup).await;
        let page = Rc::new(Page::new(session.client.clone(), self.engine, server));
        self.opened.borrow_mut().push((Rc::clone(&page), session));
        page
    }

    /// A session with a new window: one that another journey has done with, if it will do.
    async fn session(&self, setup: &Setup) -> Session {
        while setup.can_share() {
            let fits = |session: &Session| session.engine == self.engine && session.is_dark == setup.is_dark;
            let take = || {
                let mut idle = lock(&IDLE);
                let at = idle.iter().position(fits)?;
                Some(idle.swap_remove(at))
            };
            let Some(session) = take() else { break };
            if session.open_window().await.is_ok() {
                return session;
            }
            session.end().await;
        }
        let session = Session::start(self.engine, setup).await.expect("the browser starts");
        if session.is_shared {
            session.open_window().await.expect("the browser opens a window");
        }
        session
    }
}

/// A browser and the driver that drives it.
struct Session {
    engine: Engine,
    is_dark: bool,
    is_shared: bool,
    client: Client,
    /// A window in which nothing happens: with its last one, a browser would end.
    blank: WindowHandle,
    driver: Driver,
}

impl Session {
    async fn start(engine: Engine, setup: &Setup) -> Result<Self, NewSessionError> {
        let driver = Driver::start(engine, setup).await;
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client = builder.capabilities(engine.capabilities(setup)).connect(&driver.url).await?;
        let blank = client.window().await.expect("a browser starts with a window");
        Ok(Self { engine, is_dark: setup.is_dark, is_shared: setup.can_share(), client, blank, driver })
    }

    async fn open_window(&self) -> Result<(), CmdError> {
        let window = self.client.new_window(false).await?;
        self.client.switch_to_window(window.handle).await?;
        self.client.set_window_size(WINDOW.0, WINDOW.1).await?;
        match self.engine {
            // The first click would otherwise also bring the window to the front, and a field back that had the focus.
            Engine::Chromium => devtools(&self.client, "Page.bringToFront", json!({})).await.map(drop),
            Engine::Firefox | Engine::WebKit => Ok(()),
        }
    }

    /// Closes all that a journey opened.
    async fn clear(&self) -> Result<(), CmdError> {
        self.client.release_actions().await?;
        for window in self.client.windows().await? {
            if window != self.blank {
                self.client.switch_to_window(window).await?;
                self.client.close_window().await?;
            }
        }
        self.client.switch_to_window(self.blank.clone()).await
    }

    async fn end(self) {
        let _ = self.client.close().await;
        drop(self.driver);
    }
}

/// The size of each window, outside.
pub(crate) const WINDOW: (u32, u32) = (1280, 900);

/// A running driver.
struct Driver {
    url: String,
    _process: Watched,
    /// The screen of a browser that wants one.
    _screen: Option<Watched>,
}

impl Driver {
    async fn start(engine: Engine, setup: &Setup) -> Self {
        match engine {
            // Port 0: the driver takes a free one and prints which.
            Engine::Chromium => Self::start_on_any_port(engine, &["--port=0"].map(Into::into)).await,
            Engine::Firefox => {
                Self::start_on_any_port(engine, &["--port=0", "--websocket-port=0"].map(Into::into)).await
            }
            Engine::WebKit => Self::start_on_a_screen(engine, setup).await,
        }
    }

    async fn start_on_any_port(engine: Engine, arguments: &[String]) -> Self {
        let port = |line: &str| {
            let last = line.trim_end_matches('.').rsplit([' ', ':']).next().unwrap_or_default();
            let port = last.parse::<NonZeroU16>().ok()?;
            matches!(word_before_last(line), "port" | "on").then_some(port)
        };
        let (process, port) = Watched::start(&engine.driver(), arguments, port).await;
        Self { url: format!("http://127.0.0.1:{port}"), _process: process, _screen: None }
    }

    /// Starts a driver that prints nothing, and a screen that its browser has to itself: two would take each other's focus.
    async fn start_on_a_screen(engine: Engine, setup: &Setup) -> Self {
        let screen = ["-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"].map(Into::into);
        let (screen, number) = Watched::start(&program("Xvfb"), &screen, |line| line.parse::<u16>().ok()).await;
        let port = free_port();
        let variables = [
            ("DISPLAY", format!(":{number}")),
            ("GTK_THEME", if setup.is_dark { "Adwaita:dark" } else { "Adwaita" }.to_owned()),
            ("LC_ALL", "C.UTF-8".to_owned()),
            ("NO_AT_BRIDGE", "1".to_owned()),
            // Containers have no sandbox to offer; nothing but our own pages is opened.
            ("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1".to_owned()),
        ];
        let (process, lines) = Watched::spawn(&engine.driver(), &[format!("--port={port}")], &variables);
        drain(lines);
        let mut ticks = interval(Duration::from_millis(10));
        let listens = async {
            while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
                ticks.tick().await;
            }
        };
        timeout(PATIENCE, listens).await.expect("the driver listens");
        Self { url: format!("http://127.0.0.1:{port}"), _process: process, _screen: Some(screen) }
    }
}

/// A port for a server that takes none by itself.
pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
    listener.local_addr().expect("it has an address").port()
}

/// A process that ends with all that it started when this is dropped, or when the tests end in whatever way: a shell
/// watches over it, and sees its own input end.
pub(crate) struct Watched {
    _lifeline: ChildStdin,
    _watcher: Child,
}

/// Starts a program in a process group of its own, and kills that group when the input ends.
const WATCHER: &str = r#"set -m
"$@" </dev/null 2>&1 &
read -r _
kill -KILL -- -$!
wait
rm -rf -- "$TMPDIR""#;

type Printed = Lines<BufReader<ChildStdout>>;

/// A pipe that is full, or closed, would stop the program.
fn drain(lines: Printed) {
    RUNTIME.spawn(async move { tokio::io::copy(&mut lines.into_inner(), &mut tokio::io::sink()).await });
}

impl Watched {
    /// Starts a program and reads what it prints until it says what it is to be known by.
    pub(crate) async fn start<T>(program: &Path, arguments: &[String], says: impl Fn(&str) -> Option<T>) -> (Self, T) {
        let (watched, mut lines) = Self::spawn(program, arguments, &[]);
        let mut printed = Vec::new();
        let said = loop {
            let line = lines.next_line().await.expect("the program prints text");
            let line = line.unwrap_or_else(|| panic!("{} ended:\n{}", program.display(), printed.join("\n")));
            if let Some(said) = says(&line) {
                break said;
            }
            printed.push(line);
        };
        drain(lines);
        (watched, said)
    }

    fn spawn(program: &Path, arguments: &[String], variables: &[(&str, String)]) -> (Self, Printed) {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let folder = format!("plan-checklist-{}-{}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = env::temp_dir().join(folder);
        fs::create_dir_all(&folder).expect("there is room for temporary files");
        let mut command = Command::new("bash");
        command.args(["-c", WATCHER, "watcher"]).arg(program).args(arguments).env("TMPDIR", folder);
        command.envs(variables.iter().map(|(name, value)| (name, value)));
        // Keys that end this process at a terminal leave the watcher to its work.
        command.process_group(0).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut watcher = command.spawn().expect("bash starts");
        let lifeline = watcher.stdin.take().expect("standard input is piped");
        let lines = BufReader::new(watcher.stdout.take().expect("standard output is piped")).lines();
        (Self { _lifeline: lifeline, _watcher: watcher }, lines)
    }
}

/// Runs what needs no driver.
pub(crate) fn in_a_runtime(journey: impl Future<Output = ()>) {
    let limited = async { timeout(LONGEST, journey).await.expect("the journey comes to an end") };
    LocalSet::new().block_on(&RUNTIME, limited);
}

fn word_before_last(line: &str) -> &str {
    line.split_whitespace().rev().nth(1).unwrap_or_default()
}

fn program(name: &str) -> PathBuf {
    find(name).unwrap_or_else(|| panic!("{name} is missing; `cargo xtask test` installs it"))
}

impl Engine {
    fn driver(self) -> PathBuf {
        program(match self {
            Self::Chromium => "chromedriver",
            Self::Firefox => "geckodriver",
            Self::WebKit => "WebKitWebDriver",
        })
    }

    fn capabilities(self, setup: &Setup) -> Map<String, Value> {
        let binary = |names: &[&str]| names.iter().find_map(|name| find(name)).expect("the browser is installed");
        let Setup { is_dark, has_script, has_fine_clock, is_private, .. } = *setup;
        let (name, mut options) = match self {
            Self::Chromium => (
                "goog:chromeOptions",
                json!({
                    "binary": binary(&["chromium", "chromium-browser", "google-chrome"]),
                    // Containers have no sandbox to offer; nothing but our own pages is opened.
                    "args": [
                        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                        "--disable-background-networking", "--window-size=1280,900", "--lang=zh-CN",
                        // Without a screen, it would load every page anew that somebody goes back to.
                        "--enable-features=BackForwardCache",
                        if is_dark { "--blink-settings=preferredColorScheme=0" } else { "--blink-settings=preferredColorScheme=1" },
                    ],
                    "prefs": { "profile.managed_default_content_settings.javascript": if has_script { 1 } else { 2 } },
                }),
            ),
            Self::Firefox => (
                "moz:firefoxOptions",
                json!({
                    "binary": binary(&["firefox-esr", "firefox"]),
                    "args": ["-headless", "--width=1280", "--height=900"],
                    "prefs": {
                        "layout.css.prefers-color-scheme.content-override": if is_dark { 0 } else { 1 },
                        "javascript.enabled": has_script,
                        "browser.privatebrowsing.autostart": is_private,
                        "privacy.reduceTimerPrecision": !has_fine_clock,
                        "privacy.reduceTimerPrecision.unconditional": !has_fine_clock,
                        // Its drivers switch off what brings pages back as they were.
                        "fission.bfcacheInParent": true,
                        "network.captive-portal-service.enabled": false,
                        "network.connectivity-service.enabled": false,
                    },
                }),
            ),
            Self::WebKit => {
                assert!(setup.can_share(), "its driver has no settings");
                return Map::new();
            }
        };
        let mut given: Vec<String> = Vec::new();
        match (self, &setup.profile) {
            (Self::Chromium, Some(profile)) => given.push(format!("--user-data-dir={}", profile.display())),
            (Self::Firefox, Some(profile)) => given.extend(["-profile".into(), profile.display().to_string()]),
            (Self::WebKit, _) | (_, None) => {}
        }
        if self == Self::Chromium && is_private {
            given.push("--incognito".into());
        }
        let args = options["args"].as_array_mut().expect("it is a list");
        args.extend(given.into_iter().map(Value::from));
        Map::from_iter([(name.to_owned(), options)])
    }
}
