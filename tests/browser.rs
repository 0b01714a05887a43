//! The effects, in a real browser: keys, storage that refuses, downloads, the address bar, the focus.
#![cfg(target_arch = "wasm32")]

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use js_sys::{Function, Object, Promise, Reflect};
use plan_checklist::effects::keeper::Keeper;
use plan_checklist::effects::keys::{Shortcut, shortcut};
use plan_checklist::effects::storage::Local;
use plan_checklist::effects::{address, clock, download, print, scroll, storage};
use plan_checklist::route::Target;
use plan_checklist::store::{File, Media};
use plan_checklist::{App, AppProps, Route};
use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::storage::log::Log;
use plan_checklist_domain::storage::store::{Refusal, Storage as _};
use plan_checklist_domain::{Status, UnitKind};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element, Event, HtmlAnchorElement, KeyboardEvent, KeyboardEventInit, Window};

wasm_bindgen_test_configure!(run_in_browser);

fn window() -> Window {
    web_sys::window().expect("tests run in a browser")
}

fn document() -> Document {
    window().document().expect("a window shows a document")
}

/// A piece of page that goes with the test.
struct Stage(Element);

impl Stage {
    fn of(markup: &str) -> Self {
        let stage = document().create_element("div").expect("a browser makes elements");
        stage.set_inner_html(markup);
        document().body().expect("a page has a body").append_child(&stage).expect("it takes children");
        Self(stage)
    }

    fn find(&self, selector: &str) -> Element {
        self.0.query_selector(selector).expect("a selector").expect(selector)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.0.remove();
    }
}

fn run(script: &str) -> JsValue {
    Function::new_no_args(script).call0(&JsValue::NULL).expect("the script runs")
}

// Keys

/// What a key pressed in the element marked `here` asks for.
fn check_key(markup: &str, key: &str, change: impl Fn(&KeyboardEventInit), expected: Option<Shortcut>) {
    let stage = Stage::of(markup);
    let found = Rc::new(Cell::new(None));
    let listener = EventListener::new(&document(), "keydown", {
        let found = Rc::clone(&found);
        move |event| found.set(Some(shortcut(event.unchecked_ref())))
    });
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_bubbles(true);
    init.set_cancelable(true);
    change(&init);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).expect("a key press");
    stage.find("#here").dispatch_event(&event).expect("it is dispatched");
    drop(listener);
    assert_eq!(found.get(), Some(expected), "{key} in {markup}");
}

#[wasm_bindgen_test]
fn keys_ask_for_something_wherever_nothing_can_be_typed() {
    let keys = [
        ("1", Shortcut::Answer(Status::Unchecked)),
        ("2", Shortcut::Answer(Status::NotStarted)),
        ("3", Shortcut::Answer(Status::InProgress)),
        ("4", Shortcut::Answer(Status::Done)),
        ("5", Shortcut::Answer(Status::NotApplicable)),
        ("j", Shortcut::NextRequirement),
        ("k", Shortcut::PreviousRequirement),
        ("n", Shortcut::NextUnchecked),
        ("/", Shortcut::Find),
        ("?", Shortcut::Help),
        ("？", Shortcut::Help),
        ("Escape", Shortcut::Close),
    ];
    for markup in [
        "<p id=here>x</p>",
        "<input id=here type=radio>",
        "<input id=here type=checkbox>",
        "<details><summary id=here>x</summary></details>",
    ] {
        for (key, expected) in keys {
            check_key(markup, key, |_| {}, Some(expected));
        }
        for key in ["6", "0", "J", "Enter", " ", "Tab", "a"] {
            check_key(markup, key, |_| {}, None);
        }
    }
}

#[wasm_bindgen_test]
fn digits_on_a_button_answer_nothing() {
    let button = "<button id=here>x</button>";
    for key in ["1", "2", "3", "4", "5"] {
        check_key(button, key, |_| {}, None);
    }
    check_key(button, "j", |_| {}, Some(Shortcut::NextRequirement));
}

#[wasm_bindgen_test]
fn keys_that_are_typed_ask_for_nothing() {
    for markup in [
        "<textarea id=here></textarea>",
        "<input id=here>",
        "<input id=here type=text>",
        "<input id=here type=search>",
        "<input id=here type=date>",
        "<select id=here></select>",
        "<div contenteditable><p id=here>x</p></div>",
    ] {
        for key in ["1", "5", "j", "k", "n", "/", "?"] {
            check_key(markup, key, |_| {}, None);
        }
        check_key(markup, "Escape", |_| {}, Some(Shortcut::Close));
    }
}

#[wasm_bindgen_test]
fn keys_meant_for_the_browser_or_an_input_method_ask_for_nothing() {
    let plain = "<p id=here>x</p>";
    check_key(plain, "n", |init| init.set_ctrl_key(true), None);
    check_key(plain, "n", |init| init.set_meta_key(true), None);
    check_key(plain, "1", |init| init.set_alt_key(true), None);
    check_key(plain, "j", |init| init.set_is_composing(true), None);
    check_key("<textarea id=here></textarea>", "Escape", |init| init.set_is_composing(true), None);
    check_key(plain, "?", |init| init.set_shift_key(true), Some(Shortcut::Help));
}

#[wasm_bindgen_test]
fn undo_and_redo_are_ours_except_where_the_browser_has_its_own() {
    let (plain, field) = ("<p id=here>x</p>", "<textarea id=here></textarea>");
    let ctrl = |init: &KeyboardEventInit| init.set_ctrl_key(true);
    let command_shift = |init: &KeyboardEventInit| {
        init.set_meta_key(true);
        init.set_shift_key(true);
    };
    check_key(plain, "z", ctrl, Some(Shortcut::Undo));
    check_key(plain, "y", ctrl, Some(Shortcut::Redo));
    check_key(plain, "Z", command_shift, Some(Shortcut::Redo));
    check_key(plain, "z", |_| {}, None);
    check_key(field, "z", ctrl, None);
    check_key(field, "y", ctrl, None);
}

#[wasm_bindgen_test]
fn a_key_that_something_else_has_taken_asks_for_nothing() {
    let options = EventListenerOptions { phase: gloo_events::EventListenerPhase::Capture, passive: false };
    let taken = EventListener::new_with_options(&document(), "keydown", options, Event::prevent_default);
    check_key("<p id=here>x</p>", "j", |_| {}, None);
    drop(taken);
}

// Storage

const KEY: &str = "plan-checklist/m/test";

/// What storage says while `refuse` holds, which `allow` undoes.
fn check_refusal(refuse: &str, allow: &str, expected: Refusal) {
    run("localStorage.clear()");
    run(refuse);
    let written = Local.set(KEY, "x");
    let is_reachable = Local.keys().is_ok();
    let (_, restored) = Keeper::open();
    run(allow);
    assert_eq!(written, Err(expected), "{refuse}");
    assert_eq!(restored.refusal, (!is_reachable).then_some(Refusal::Blocked), "{refuse}");
    assert!(restored.books.is_empty(), "{refuse}");
    assert_eq!(run("return localStorage.length"), 0, "{refuse}");
}

const REFUSING: &str = "window.kept = Storage.prototype.setItem; Storage.prototype.setItem = () => ";
const ALLOWING: &str = "Storage.prototype.setItem = window.kept";

#[wasm_bindgen_test]
fn a_full_storage_is_told_from_a_forbidden_one() {
    let throw = |name: &str| format!("{REFUSING} {{ throw new DOMException('no', '{name}') }}");
    check_refusal(&throw("QuotaExceededError"), ALLOWING, Refusal::Full);
    check_refusal(&throw("NS_ERROR_DOM_QUOTA_REACHED"), ALLOWING, Refusal::Full);
    check_refusal(&throw("SecurityError"), ALLOWING, Refusal::Blocked);
    check_refusal(&format!("{REFUSING} {{ throw new TypeError('no') }}"), ALLOWING, Refusal::Blocked);
}

#[wasm_bindgen_test]
fn a_browser_without_storage_is_no_reason_to_fail() {
    for get in ["throw new DOMException('no', 'SecurityError')", "return null", "return undefined"] {
        let refuse = format!(
            "window.kept = Object.getOwnPropertyDescriptor(window, 'localStorage');
             Object.defineProperty(window, 'localStorage', {{ configurable: true, get() {{ {get} }} }})"
        );
        check_refusal(&refuse, "Object.defineProperty(window, 'localStorage', window.kept)", Refusal::Blocked);
    }
}

#[wasm_bindgen_test]
fn texts_come_back_from_storage_as_they_were() {
    run("localStorage.clear(); localStorage.setItem('somebody-else', 'x')");
    for text in ["", "备注“引号”\n\u{1f600}\0"] {
        Local.set(KEY, text).expect("there is room");
        assert_eq!(Local.get(KEY), Ok(Some(text.into())));
    }
    let mut keys = Local.keys().expect("storage is open");
    keys.sort();
    assert_eq!(keys, [KEY, "somebody-else"]);
    assert!(
        !storage::rescue_file(&[], &Log::default()).text.contains("somebody-else"),
        "what is not ours is not taken along"
    );
    Local.remove(KEY).expect("storage is open");
    assert_eq!(Local.get(KEY), Ok(None));
    assert_eq!(run("return localStorage.getItem('somebody-else')"), "x");
    run("localStorage.clear()");
}

// Downloads

#[wasm_bindgen_test]
async fn a_download_has_its_name_and_holds_the_text() {
    const TEXT: &str = "{\"备注\":\"“引号”\u{1f600}\"}";
    let clicked = Rc::new(RefCell::new(None));
    let options = EventListenerOptions::enable_prevent_default();
    let listener = EventListener::new_with_options(&document(), "click", options, {
        let clicked = Rc::clone(&clicked);
        move |event| {
            event.prevent_default();
            let link = event.target().and_then(|target| target.dyn_into::<HtmlAnchorElement>().ok());
            *clicked.borrow_mut() = link.map(|link| (link.download(), link.href()));
        }
    });
    let file = File { name: "规划编制自查-备份.json".into(), media: Media::Json, text: TEXT.into() };
    download::offer(&file).expect("the browser offers files");
    drop(listener);
    let (name, href) = clicked.take().expect("a link was clicked");
    assert_eq!(name, "规划编制自查-备份.json");
    let read = Function::new_with_args("href", "return fetch(href).then(answer => answer.text())");
    let read: Promise = read.call1(&JsValue::NULL, &href.into()).expect("it starts").unchecked_into();
    assert_eq!(JsFuture::from(read).await.expect("it can be read"), TEXT);
    assert!(document().query_selector("a[download]").expect("a selector").is_none(), "nothing is left on the page");
}

// The address bar

#[wasm_bindgen_test]
fn the_address_follows_and_is_read_again() {
    let folder = address::site_folder();
    let start = window().location().href().expect("an address");
    let id = builtin().steps[4].requirements[0].id;
    let target = Target::requirement(UnitKind::County, id);
    assert!(address::push(&Route::Home.href_to(target)));
    assert_eq!(address::shown_route(&folder), Some(target.route));
    assert_eq!(address::fragment().as_deref(), Some(id.as_str()));
    assert!(address::push(&target.route.href_to(Route::Review(UnitKind::Commission).into())));
    assert_eq!(address::shown_route(&folder), Some(Route::Review(UnitKind::Commission)));
    assert_eq!(address::fragment(), None);
    let go = |url: &str| {
        let history = window().history().expect("a history");
        history.replace_state_with_url(&JsValue::NULL, "", Some(url)).expect("an address of ours");
    };
    go("#%E5%AE%9A%E4%BD%8D");
    assert_eq!(address::fragment().as_deref(), Some("定位"));
    go("#%E5%AE%9");
    assert_eq!(
        address::fragment().as_deref(),
        Some("%E5%AE%9"),
        "half a letter points at something, if at nothing there is"
    );
    go("../../elsewhere/");
    assert_eq!(address::shown_route(&folder), None);
    go(&start);
}

#[wasm_bindgen_test]
fn where_history_is_forbidden_links_are_followed_the_ordinary_way() {
    let history = window().history().expect("a history");
    let refuse = Function::new_no_args("throw new DOMException('no', 'SecurityError')");
    Reflect::set(&history, &"pushState".into(), &refuse).expect("it can be covered");
    let is_pushed = address::push(&Route::Home.href_to(Route::Duties.into()));
    Reflect::delete_property(history.unchecked_ref::<Object>(), &"pushState".into()).expect("and uncovered");
    assert!(!is_pushed);
}

// The clock

#[wasm_bindgen_test]
fn the_clock_is_local_and_has_minutes() {
    let shown = "const two = number => String(number).padStart(2, '0'); const now = new Date();
        return [[now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-'),
            two(now.getHours()) + ':' + two(now.getMinutes())].join(' ')";
    let told = || format!("{} {}", clock::today().expect("a date"), clock::time_of_day());
    let before = run(shown);
    let told = told();
    // A minute may end in between.
    assert!(before == told.as_str() || run(shown) == told.as_str(), "{told}");
}

// The focus

#[wasm_bindgen_test]
fn the_focus_moves_among_requirements_and_stays_at_the_ends() {
    let stage = Stage::of(
        "<article id=a data-requirement=a tabindex=-1></article>
         <article id=b data-requirement=b tabindex=-1><input name=field></article>",
    );
    let focused = || document().active_element().map(|element| element.id());
    scroll::move_by(-1);
    assert_eq!(scroll::focused_requirement(), None);
    for (steps, expected) in [(1, "a"), (-1, "a"), (1, "b"), (1, "b"), (-1, "a")] {
        scroll::move_by(steps);
        assert_eq!(focused().as_deref(), Some(expected));
        assert_eq!(scroll::focused_requirement().as_deref(), Some(expected));
    }
    scroll::focus_named("field");
    assert_eq!(scroll::focused_requirement().as_deref(), Some("b"), "a field belongs to its requirement");
    assert!(scroll::reveal("a"));
    assert!(!scroll::reveal("nowhere"));
    drop(stage);
}

// Printing

#[wasm_bindgen_test]
fn paper_shows_long_lists_open_and_the_page_closes_them_again() {
    let stage = Stage::of(
        "<details id=long class='group print-open'></details><details id=other></details><details id=open class=print-open open></details>",
    );
    let listeners = print::open_boxes(&window());
    let open = || ["#long", "#other", "#open"].map(|id| stage.find(id).has_attribute("open"));
    for (event, expected) in [("beforeprint", [true, false, true]), ("afterprint", [false, false, true])] {
        let event = Event::new(event).expect("an event");
        window().dispatch_event(&event).expect("it is dispatched");
        assert_eq!(open(), expected);
    }
    drop(listeners);
}

// The app

async fn tick() {
    let tick = run("return new Promise(done => setTimeout(done, 10))");
    JsFuture::from(tick.unchecked_into::<Promise>()).await.expect("time passes");
}

#[wasm_bindgen_test]
async fn the_app_also_renders_into_an_empty_page() {
    run("localStorage.clear()");
    for route in [Route::Home, Route::Step(UnitKind::County, 4), Route::Source, Route::Safety] {
        let stage = Stage::of("<div id=root></div>");
        let root = stage.find("#root");
        let app = yew::Renderer::<App>::with_root_and_props(root.clone(), AppProps { route }).render();
        // Effects run after rendering; they read storage, and say so on the page.
        let saving = || root.query_selector("[data-saving]").expect("a selector");
        let is_ready = || saving().is_some_and(|saving| saving.text_content().as_deref() == Some("自动保存"));
        for _ in 0..500 {
            if is_ready() {
                break;
            }
            tick().await;
        }
        assert_eq!(root.query_selector_all("h1").expect("a selector").length(), 1, "{route:?}");
        assert!(is_ready(), "{route:?}");
        app.destroy();
        // Its listeners go with it, in its own time.
        tick().await;
    }
}
