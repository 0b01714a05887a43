//! Browsers: their drivers, a session with a profile of its own, and the end of both.

use std::cell::RefCell;
use std::num::NonZeroU16;
use std::process::Stdio;
use std::rc::Rc;

use fantoccini::ClientBuilder;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::task::LocalSet;
use xtask::places::find;
use xtask::site::Server;

use crate::page::{Page, Setup};

/// What the journeys run in. Another engine needs an arm in each `match` here, and in [`in_each_engine`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    Chromium,
    Firefox,
}

/// Makes of each journey one test an engine.
macro_rules! in_each_engine {
    ($($journey:ident),+ $(,)?) => {
        mod chromium {
            $(#[test] fn $journey() { crate::driver::run(crate::driver::Engine::Chromium, super::$journey); })+
        }
        mod firefox {
            $(#[test] fn $journey() { crate::driver::run(crate::driver::Engine::Firefox, super::$journey); })+
        }
    };
}
pub(crate) use in_each_engine;

/// Runs one journey in a browser of its own. Whatever becomes of it, browser and driver end with it.
pub(crate) fn run<F: Future<Output = ()> + 'static>(engine: Engine, journey: fn(Rc<Browser>) -> F) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    LocalSet::new().block_on(&runtime, async {
        let browser = Rc::new(Browser::start(engine).await);
        let outcome = tokio::task::spawn_local(journey(Rc::clone(&browser))).await;
        for page in browser.pages.take() {
            if outcome.is_err() {
                page.describe().await;
            }
            let _ = page.client.clone().close().await;
        }
        if let Err(error) = outcome {
            std::panic::resume_unwind(error.into_panic());
        }
    });
}

/// Running drivers, and the sessions opened with them.
pub(crate) struct Browser {
    pub(crate) engine: Engine,
    pages: RefCell<Vec<Rc<Page>>>,
    /// One for each browser.
    drivers: RefCell<Vec<Driver>>,
}

struct Driver {
    url: String,
    /// Killed when dropped.
    _process: Child,
}

impl Driver {
    async fn start(engine: Engine) -> Self {
        let program = engine.driver();
        let path = find(program).unwrap_or_else(|| panic!("{program} is missing; `cargo xtask test` installs it"));
        let mut command = Command::new(path);
        // Port 0: the driver takes a free one and prints which.
        match engine {
            Engine::Chromium => command.arg("--port=0"),
            Engine::Firefox => command.args(["--port=0", "--websocket-port=0"]),
        };
        command.stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        let mut driver = command.spawn().expect("the driver starts");
        let mut lines = BufReader::new(driver.stdout.take().expect("standard output is piped")).lines();
        let port = loop {
            let line = lines.next_line().await.expect("the driver prints text").expect("the driver names its port");
            let last = line.trim_end_matches('.').rsplit([' ', ':']).next().unwrap_or_default();
            if let ("port" | "on", Ok(port)) = (word_before_last(&line), last.parse::<NonZeroU16>()) {
                break port;
            }
        };
        // A full pipe would stop the driver.
        tokio::task::spawn_local(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Self { url: format!("http://127.0.0.1:{port}"), _process: driver }
    }
}

impl Browser {
    async fn start(engine: Engine) -> Self {
        let drivers = RefCell::new(vec![Driver::start(engine).await]);
        Self { engine, pages: RefCell::default(), drivers }
    }

    /// Opens the site, in a fresh profile if none is given.
    pub(crate) async fn open(&self, setup: Setup) -> Rc<Page> {
        let server = Rc::new(Page::serve(&setup));
        // One of Firefox's drivers drives one browser.
        if !self.pages.borrow().is_empty() {
            let driver = Driver::start(self.engine).await;
            self.drivers.borrow_mut().push(driver);
        }
        self.open_on(setup, server).await
    }

    /// Opens the same site again with another driver, the page's browser having been killed.
    pub(crate) async fn open_after_kill(&self, setup: Setup, killed: &Page) -> Rc<Page> {
        let driver = Driver::start(self.engine).await;
        self.drivers.borrow_mut().push(driver);
        self.open_on(setup, killed.server()).await
    }

    async fn open_on(&self, setup: Setup, server: Rc<Server>) -> Rc<Page> {
        let url = self.drivers.borrow().last().expect("one was started").url.clone();
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client = builder.capabilities(self.engine.capabilities(&setup)).connect(&url).await;
        let page = Rc::new(Page::new(client.expect("the browser starts"), server));
        self.pages.borrow_mut().push(Rc::clone(&page));
        page
    }
}

fn word_before_last(line: &str) -> &str {
    line.split_whitespace().rev().nth(1).unwrap_or_default()
}

impl Engine {
    fn driver(self) -> &'static str {
        match self {
            Self::Chromium => "chromedriver",
            Self::Firefox => "geckodriver",
        }
    }

    fn capabilities(self, setup: &Setup) -> Map<String, Value> {
        let binary = |names: &[&str]| names.iter().find_map(|name| find(name)).expect("the browser is installed");
        let Setup { is_dark, has_script, has_fine_clock, .. } = *setup;
        let mut capabilities = match self {
            Self::Chromium => json!({ "goog:chromeOptions": {
                "binary": binary(&["chromium", "chromium-browser", "google-chrome"]),
                // Containers have no sandbox to offer; nothing but our own pages is opened.
                "args": [
                    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                    "--disable-background-networking", "--window-size=1280,900", "--lang=zh-CN",
                    if is_dark { "--blink-settings=preferredColorScheme=0" } else { "--blink-settings=preferredColorScheme=1" },
                ],
                "prefs": { "profile.managed_default_content_settings.javascript": if has_script { 1 } else { 2 } },
            }}),
            Self::Firefox => json!({ "moz:firefoxOptions": {
                "binary": binary(&["firefox-esr", "firefox"]),
                "args": ["-headless", "--width=1280", "--height=900"],
                "prefs": {
                    "layout.css.prefers-color-scheme.content-override": if is_dark { 0 } else { 1 },
                    "javascript.enabled": has_script,
                    "privacy.reduceTimerPrecision": !has_fine_clock,
                    "privacy.reduceTimerPrecision.unconditional": !has_fine_clock,
                    "network.captive-portal-service.enabled": false,
                    "network.connectivity-service.enabled": false,
                },
            }}),
        };
        if let Some(profile) = &setup.profile {
            let (options, given) = match self {
                Self::Chromium => ("goog:chromeOptions", vec![format!("--user-data-dir={}", profile.display())]),
                Self::Firefox => ("moz:firefoxOptions", vec!["-profile".into(), profile.display().to_string()]),
            };
            let args = capabilities[options]["args"].as_array_mut().expect("it is a list");
            args.extend(given.into_iter().map(Value::from));
        }
        capabilities.as_object().expect("it is an object").clone()
    }
}
