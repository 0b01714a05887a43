//! The site in one browser window: what a person does there, and what can be seen.

use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, Locator};
use http::Method;
use serde_json::{Value, json};
use tokio::process::Command;
use tokio::time::{Instant, interval};
use url::{ParseError, Url};
use xtask::places::project;
use xtask::site::{Server, Site};

pub(crate) const RECORDER: &str = include_str!("recorder.js");
/// Far more than anything takes: a machine may be busy with other things.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) const TAB: char = '\u{e004}';
pub(crate) const BACKSPACE: char = '\u{e003}';
pub(crate) const ESCAPE: char = '\u{e00c}';
pub(crate) const ENTER: char = '\u{e007}';
pub(crate) const SPACE: char = ' ';
pub(crate) const SHIFT: char = '\u{e008}';
pub(crate) const ALT: char = '\u{e00a}';
pub(crate) const DOWN: char = '\u{e015}';

/// What the journeys run in. Another engine needs an arm in each `match` of the driver, and a module in a macro there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    Chromium,
    Firefox,
    WebKit,
}

/// How the site is put up and looked at.
#[derive(Debug, Clone)]
pub(crate) struct Setup {
    /// The folder the site lies in, as `a/b/`.
    pub(crate) prefix: &'static str,
    pub(crate) is_dark: bool,
    pub(crate) has_script: bool,
    /// A script that runs in every page before the page's own.
    pub(crate) script: String,
    /// The folder of a profile that outlives the browser.
    pub(crate) profile: Option<PathBuf>,
    /// Whether the browser forgets all of it in the end.
    pub(crate) is_private: bool,
    /// Whether the page's clock tells more than browsers let just any page know.
    pub(crate) has_fine_clock: bool,
    /// A content policy that the server sends along.
    pub(crate) policy: Option<&'static str>,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            prefix: "a/b/",
            is_dark: false,
            has_script: true,
            script: String::new(),
            profile: None,
            is_private: false,
            has_fine_clock: false,
            policy: None,
        }
    }
}

impl Setup {
    /// The site on this day, at noon, whatever day it is.
    pub(crate) fn on(day: &str) -> Self {
        let script = format!(
            "{{
                const RealDate = Date, shift = new RealDate('{day}T12:00').getTime() - RealDate.now();
                window.Date = class extends RealDate {{
                    constructor(...given) {{ given.length ? super(...given) : super(RealDate.now() + shift); }}
                    static now() {{ return RealDate.now() + shift; }}
                }};
            }}"
        );
        Self { script, ..Self::default() }
    }

    /// The site at the time of the speech, when a plan in preparation was of “十四五”.
    pub(crate) fn at_the_speech() -> Self {
        Self::on("2020-11-24")
    }

    /// The same, with one more script before the page's own.
    pub(crate) fn with(mut self, script: &str) -> Self {
        self.script.push_str(script);
        self
    }

    /// Whether a browser that others have used will do.
    pub(crate) fn can_share(&self) -> bool {
        self.has_script && self.profile.is_none() && !self.is_private && !self.has_fine_clock
    }
}

pub(crate) struct Page {
    pub(crate) client: Client,
    engine: Engine,
    server: Rc<Server>,
}

impl Page {
    pub(crate) fn new(client: Client, engine: Engine, server: Rc<Server>) -> Self {
        Self { client, engine, server }
    }

    pub(crate) fn server(&self) -> Rc<Server> {
        Rc::clone(&self.server)
    }

    /// Puts the site up.
    pub(crate) fn serve(setup: &Setup) -> Server {
        let folder = project().join("dist");
        assert!(folder.join("index.html").is_file(), "the site is not built: `cargo xtask dist` does");
        let first_script = Some(format!("{RECORDER}\n{}", setup.script));
        let (prefix, is_isolated) = (setup.prefix.into(), setup.has_fine_clock);
        let site = Site { folder, prefix, first_script, is_isolated, policy: setup.policy };
        Server::start(site, 0).expect("the server starts")
    }

    /// The address of a path below the site's folder.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.server.url())
    }

    /// Loads a page anew and waits until the program runs.
    pub(crate) async fn load(&self, path: &str) {
        let url = self.url(path);
        if path.contains('#') {
            // Two addresses that differ in their fragment only would not load anything.
            self.client.goto("about:blank").await.expect("the browser goes to an empty page");
        }
        self.client.goto(&url).await.expect("the browser goes to our page");
        self.running().await;
    }

    pub(crate) async fn reload(&self) {
        self.client.refresh().await.expect("the browser reloads");
        self.running().await;
    }

    /// Waits until the program has taken the page over and read what was saved.
    pub(crate) async fn running(&self) {
        let is_running = "!document.querySelector('[data-saving]').textContent.includes('正在打开')";
        self.until(&format!("document.documentElement.matches('.has-crashed') || {is_running}")).await;
        assert_eq!(self.get("document.documentElement.matches('.has-crashed')").await, json!(false), "it crashed");
    }

    /// Waits until the address is that of a path below the site's folder, and the program runs there.
    pub(crate) async fn arrived(&self, path: &str) {
        let url = self.url(path);
        self.until(&format!("decodeURI(location.href) === decodeURI({})", json!(url))).await;
        self.running().await;
    }

    /// Waits until the address is that of this path, whatever follows after a `#`, and the program runs there.
    pub(crate) async fn arrived_at(&self, path: &str) {
        let url = self.url(path);
        self.until(&format!("decodeURI(location.href.split('#')[0]) === decodeURI({})", json!(url))).await;
        self.running().await;
    }

    /// Opens a requirement that is closed to a row.
    pub(crate) async fn open_card(&self, card: &str) {
        self.open_box(&format!("{card} summary.requirement__head")).await;
    }

    /// Opens a requirement that is closed to a row, and the record in it.
    pub(crate) async fn open_record(&self, card: &str) {
        self.open_card(card).await;
        self.open_box(&format!("{card} summary.record__summary")).await;
    }

    async fn open_box(&self, summary: &str) {
        let is_open = format!("document.querySelector({}).parentElement.open", json!(summary));
        if self.get(&is_open).await == json!(false) {
            self.click(summary).await;
            self.until(&is_open).await;
        }
    }

    /// The value of a JavaScript expression.
    pub(crate) async fn get(&self, expression: &str) -> Value {
        self.run(&format!("return ({expression});"), json!(null)).await
    }

    /// What a script returns; it finds `given` as `arguments[0]`.
    pub(crate) async fn run(&self, script: &str, given: Value) -> Value {
        self.client.execute(script, vec![given]).await.unwrap_or_else(|error| panic!("{error}\nin: {script}"))
    }

    /// What a script hands to its last argument, a callback.
    pub(crate) async fn run_async(&self, script: &str, given: Value) -> Value {
        self.client.execute_async(script, vec![given]).await.unwrap_or_else(|error| panic!("{error}\nin: {script}"))
    }

    /// What Chromium answers to a command of its DevTools protocol about this window.
    pub(crate) async fn devtools(&self, command: &str, params: Value) -> Value {
        devtools(&self.client, command, params).await.unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// Waits until a JavaScript expression holds.
    pub(crate) async fn until(&self, condition: &str) {
        let script = format!("return !!({condition});");
        let end = Instant::now() + PATIENCE;
        let mut ticks = interval(Duration::from_millis(10));
        loop {
            ticks.tick().await;
            // While a page gives way to the next one, scripts fail; that is not yet a fault.
            let outcome = self.client.execute(&script, Vec::new()).await;
            if outcome.as_ref().is_ok_and(|holds| *holds == json!(true)) {
                return;
            }
            assert!(Instant::now() < end, "waited in vain for: {condition} ({outcome:?})");
        }
    }

    /// Waits until something outside the page holds.
    pub(crate) async fn until_outside(&self, holds: impl Fn() -> bool) {
        let end = Instant::now() + PATIENCE;
        let mut ticks = interval(Duration::from_millis(10));
        while !holds() {
            ticks.tick().await;
            assert!(Instant::now() < end, "waited in vain");
        }
    }

    /// Kills the browser's process, and waits until it is gone.
    pub(crate) async fn kill(&self) {
        let capabilities = self.client.capabilities().expect("the session has capabilities");
        let id = ["goog:processID", "moz:processID"].iter().find_map(|name| capabilities.get(*name)?.as_u64());
        let id = id.expect("the driver tells the process").to_string();
        let killed = Command::new("kill").args(["-KILL", &id]).status().await.expect("the kill command runs");
        assert!(killed.success(), "process {id} could not be killed");
        // Of a process that has ended, its driver not having taken note yet, no program is left.
        self.until_outside(|| fs::read_link(Path::new("/proc").join(&id).join("exe")).is_err()).await;
    }

    /// Waits until an expression has a value, and fails with what it has instead.
    pub(crate) async fn until_equal(&self, expression: &str, expected: Value) {
        let end = Instant::now() + PATIENCE;
        let mut ticks = interval(Duration::from_millis(10));
        loop {
            ticks.tick().await;
            let found = self.get(expression).await;
            if found == expected {
                return;
            }
            assert!(Instant::now() < end, "{expression}\n   found {found}\nexpected {expected}");
        }
    }

    pub(crate) async fn find(&self, selector: &str) -> Element {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(selector)).await;
        found.unwrap_or_else(|error| panic!("{selector}: {error}"))
    }

    /// Clicks with the mouse, where the header that stays in sight does not cover it.
    pub(crate) async fn click(&self, selector: &str) {
        let found = self.find(selector).await;
        self.to_centre(&found).await;
        found.click().await.unwrap_or_else(|error| panic!("{selector}: {error}"));
    }

    async fn to_centre(&self, element: &Element) {
        let script = "arguments[0].scrollIntoView({ block: 'center' })";
        self.run(script, serde_json::to_value(element).expect("an element is a reference")).await;
    }

    /// Clicks the link with these words.
    pub(crate) async fn follow(&self, words: &str) {
        let link = self.client.wait().at_most(PATIENCE).for_element(Locator::LinkText(words)).await;
        let link = link.unwrap_or_else(|error| panic!("no link {words}: {error}"));
        self.to_centre(&link).await;
        link.click().await.unwrap_or_else(|error| panic!("{words}: {error}"));
    }

    /// Types into a field.
    pub(crate) async fn write(&self, selector: &str, text: &str) {
        let field = self.find(selector).await;
        if self.engine == Engine::Chromium && text.chars().any(|letter| u32::from(letter) > 0xffff) {
            // Some drivers of Chromium take no letters beyond the basic ones; an input method hands them over like this.
            field.click().await.unwrap_or_else(|error| panic!("{selector}: {error}"));
            self.devtools("Input.insertText", json!({ "text": text })).await;
            return;
        }
        if self.engine == Engine::WebKit && text.chars().any(|letter| letter == '\n' || u32::from(letter) > 0xffff) {
            // Nor does its driver have keys for these.
            let script = "
                document.querySelector(arguments[0].selector).focus();
                document.execCommand('insertText', false, arguments[0].text);";
            self.run(script, json!({ "selector": selector, "text": text })).await;
            return;
        }
        if text.is_empty() {
            // Some drivers take that for no text at all.
            return;
        }
        field.send_keys(text).await.unwrap_or_else(|error| panic!("{selector}: {error}"));
    }

    /// Enters a date or a text the way a browser does, and leaves the field.
    pub(crate) async fn enter(&self, name: &str, value: &str) {
        self.find(&format!("[name='{name}']:not(:disabled)")).await;
        let script = "
            const field = document.getElementsByName(arguments[0].name)[0];
            field.focus();
            Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, arguments[0].value);
            field.dispatchEvent(new InputEvent('input', { bubbles: true }));
            field.blur();";
        self.run(script, json!({ "name": name, "value": value })).await;
    }

    /// Chooses from a list.
    pub(crate) async fn choose(&self, selector: &str, words: &str) {
        let chosen = self.find(selector).await.select_by_label(words).await;
        chosen.unwrap_or_else(|error| panic!("{selector} {words}: {error}"));
    }

    /// Presses keys one after the other, wherever the focus is.
    pub(crate) async fn press(&self, keys: impl IntoIterator<Item = char>) {
        let actions = keys.into_iter().fold(KeyActions::new("keyboard".into()), |actions, key| {
            actions.then(KeyAction::Down { value: key }).then(KeyAction::Up { value: key })
        });
        self.client.perform_actions(actions).await.expect("the browser takes keys");
    }

    /// Presses keys while another one is held.
    pub(crate) async fn press_with(&self, held: char, keys: impl IntoIterator<Item = char>) {
        let actions = KeyActions::new("keyboard".into()).then(KeyAction::Down { value: held });
        let actions = keys.into_iter().fold(actions, |actions, key| {
            actions.then(KeyAction::Down { value: key }).then(KeyAction::Up { value: key })
        });
        let actions = actions.then(KeyAction::Up { value: held });
        self.client.perform_actions(actions).await.expect("the browser takes keys");
    }

    pub(crate) async fn text(&self, selector: &str) -> String {
        let found = self.find(selector).await;
        if self.engine == Engine::WebKit {
            // Its driver takes the row that opens a closed box for hidden.
            let reference = serde_json::to_value(found).expect("an element is a reference");
            let text = self.run("return arguments[0].innerText;", reference).await;
            return text.as_str().expect("a text").to_owned();
        }
        found.text().await.unwrap_or_else(|error| panic!("{selector}: {error}"))
    }

    /// Everything that went wrong since the session began.
    async fn troubles(&self) -> Value {
        self.get("JSON.parse(sessionStorage.getItem('troubles') || '[]')").await
    }

    /// Fails on any error, and on any request that failed or went to another host.
    pub(crate) async fn has_no_trouble(&self) {
        assert_eq!(self.troubles().await, json!([]));
        let strays = "performance.getEntriesByType('resource')
            .filter(entry => !entry.name.startsWith(location.origin + '/') && !entry.name.startsWith('data:')
                || entry.responseStatus >= 400)
            .map(entry => entry.name + ' ' + entry.responseStatus)";
        assert_eq!(self.get(strays).await, json!([]), "requests");
    }

    /// Says where a failed journey stands.
    pub(crate) async fn describe(&self) {
        let url = self.client.current_url().await.map(|url| url.to_string());
        let state = "[sessionStorage.getItem('troubles'), document.activeElement.outerHTML.slice(0, 200),
            document.querySelector('main').innerText.slice(0, 500), innerWidth, innerHeight]";
        let state = self.client.execute(&format!("return {state}"), Vec::new()).await;
        eprintln!("at {url:?}: {state:?}");
    }
}

/// What Chromium answers to a command of its DevTools protocol about the current window.
pub(crate) async fn devtools(client: &Client, command: &str, params: Value) -> Result<Value, CmdError> {
    client.issue_cmd(Devtools(json!({ "cmd": command, "params": params }))).await
}

/// A command that only Chromium's driver knows: it hands on what stands in it.
#[derive(Debug)]
struct Devtools(Value);

impl WebDriverCompatibleCommand for Devtools {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.0.to_string()))
    }
}
