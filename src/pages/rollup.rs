//! 汇总: what many units sent, side by side. A worker reads it and keeps it; here is only what is shown. Nothing is stored, and
//! nothing is mixed with the workbooks of this browser.

mod below;
mod table;

use std::cell::RefCell;
use std::rc::Rc;

use plan_checklist_domain::AsOf;
use serde_json::{Value, json};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DragEvent, File, FileList, HtmlInputElement};
use yew::prelude::*;

use crate::components::button::{Button, ButtonStyle};
use crate::components::link::link;
use crate::components::page_head::page_head;
use crate::components::section::section;
use crate::components::text_field::{Shape, TextField};
use crate::effects::office::{Fault, Session};
use crate::effects::{clock, download, platform, scroll};
use crate::pages::page_props::PageProps;
use crate::route::Route;
use crate::store::Store;

/// The largest file that is opened, in bytes; the worker has the same limit.
const LARGEST: f64 = 20.0 * 1024.0 * 1024.0;
/// How many rows are shown at first, and how many more each time.
const ROWS: usize = 100;
/// How often the page says how far it has come, in milliseconds.
const PACE: u64 = 150;

/// What lies on the desk.
#[derive(Debug, Default)]
struct Desk {
    session: Option<Rc<Session>>,
    /// Whether what comes next is of the earlier round.
    is_earlier: bool,
    links: String,
    roster: String,
    asked: Asked,
    /// How many files were read, of how many.
    reading: Option<(usize, usize)>,
    view: Option<Rc<Value>>,
    cell: Option<Cell>,
    /// A file is being made.
    is_making: bool,
    /// A sentence on what came of the last thing that was asked for.
    said: Option<Said>,
}

#[derive(Debug, Clone, PartialEq)]
enum Said {
    Fine(String),
    Trouble(String),
}

/// What of the table is wanted.
#[derive(Debug, Clone, PartialEq)]
struct Asked {
    group: String,
    sort: &'static str,
    is_descending: bool,
    text: String,
    has_problems: bool,
    rows: usize,
    late: usize,
    moves: usize,
}

impl Default for Asked {
    fn default() -> Self {
        Self {
            group: String::new(),
            sort: "name",
            is_descending: false,
            text: String::new(),
            has_problems: false,
            rows: ROWS,
            late: ROWS,
            moves: ROWS,
        }
    }
}

/// The cell that is open, and what is behind it once that is known.
#[derive(Debug, Clone, PartialEq)]
struct Cell {
    unit: u64,
    /// `None`: all steps.
    step: Option<usize>,
    found: Option<Rc<Value>>,
}

/// The desk as it is now, and how it changes.
#[derive(Clone)]
struct Live {
    desk: Rc<RefCell<Desk>>,
    update: UseForceUpdateHandle,
    store: Store,
}

impl Live {
    fn change(&self, make: impl FnOnce(&mut Desk)) {
        make(&mut self.desk.borrow_mut());
        self.update.force_update();
    }

    /// The worker, started when the first thing is to be read.
    async fn session(&self) -> Result<Rc<Session>, Fault> {
        let held = self.desk.borrow().session.clone();
        if let Some(session) = held {
            return Ok(session);
        }
        let session = Rc::new(Session::start().ok_or(Fault::NotLoaded)?);
        self.desk.borrow_mut().session = Some(session.clone());
        let today = self.store.day();
        let near_days = today.map_or(-1, |_| i32::from(AsOf::NEAR_DAYS));
        let today = today.map(|day| day.to_string()).unwrap_or_default();
        #[expect(clippy::cast_precision_loss, reason = "moments are whole numbers below 2^53")]
        let now = clock::now() as f64;
        session.ask("rollup_begin", &[today.into(), near_days.into(), now.into()]).await?;
        Ok(session)
    }

    fn round(&self) -> JsValue {
        if self.desk.borrow().is_earlier { "earlier" } else { "now" }.into()
    }

    /// Whether this is still the worker of the desk.
    fn holds(&self, session: &Rc<Session>) -> bool {
        self.desk.borrow().session.as_ref().is_some_and(|held| Rc::ptr_eq(held, session))
    }

    fn read(&self, files: Vec<File>) {
        if files.is_empty() || self.desk.borrow().reading.is_some() {
            return;
        }
        let live = self.clone();
        let round = self.round();
        self.change(|desk| {
            (desk.reading, desk.said, desk.cell) = (Some((0, files.len())), None, None);
        });
        spawn_local(async move {
            let outcome = live.read_all(&files, &round).await;
            live.done(outcome).await;
        });
    }

    async fn read_all(&self, files: &[File], round: &JsValue) -> Result<Rc<Session>, Fault> {
        let session = self.session().await?;
        let mut last = clock::now();
        for (at, file) in files.iter().enumerate() {
            let name = JsValue::from(file.name());
            let outcome = if file.size() > LARGEST {
                session.ask("rollup_failed", &[round.clone(), name, "文件超过 20 MB，没有读。".into()]).await
            } else {
                let saved = file.last_modified().into();
                session.ask("rollup_file", &[round.clone(), name.clone(), saved, file.into()]).await
            };
            match outcome {
                // One that cannot be opened any more, or that the worker choked on, does not stop the others.
                Err(Fault::Failed) => {
                    let why = "文件打不开，没有读。".into();
                    session.ask("rollup_failed", &[round.clone(), file.name().into(), why]).await?;
                }
                other => drop(other?),
            }
            let now = clock::now();
            if now.saturating_sub(last) > PACE {
                last = now;
                self.change(|desk| desk.reading = Some((at + 1, files.len())));
            }
        }
        Ok(session)
    }

    fn read_links(&self) {
        let text = self.desk.borrow().links.clone();
        if text.trim().is_empty() || self.desk.borrow().reading.is_some() {
            return;
        }
        let (live, round) = (self.clone(), self.round());
        self.change(|desk| (desk.reading, desk.said, desk.cell) = (Some((0, 1)), None, None));
        spawn_local(async move {
            let outcome = async {
                let session = live.session().await?;
                let count = session.ask("rollup_links", &[round, text.into()]).await?;
                Ok((session, count.as_f64().unwrap_or_default() > 0.0))
            };
            match outcome.await {
                Ok((session, true)) => {
                    live.change(|desk| desk.links.clear());
                    live.done(Ok(session)).await;
                }
                Ok((_, false)) => live.change(|desk| {
                    desk.reading = None;
                    desk.said = Some(Said::Trouble("粘贴的文字里没有链接。请一行贴一个快照链接。".into()));
                }),
                Err(fault) => live.done(Err(fault)).await,
            }
        });
    }

    /// Shows what has been read.
    async fn done(&self, outcome: Result<Rc<Session>, Fault>) {
        match outcome {
            Ok(session) if self.holds(&session) => {
                self.change(|desk| desk.reading = None);
                self.look().await;
            }
            // It was put away.
            Ok(_) => {}
            Err(fault) => {
                let is_ours = self.desk.borrow().reading.is_some();
                if is_ours {
                    self.put_away(Some(Said::Trouble(sorry(fault))));
                }
            }
        }
    }

    async fn look(&self) {
        let (session, asked) = {
            let desk = self.desk.borrow();
            let Asked { group, sort, is_descending, text, has_problems, rows, late, moves } = &desk.asked;
            let asked = json!({
                "group": group, "sort": sort, "descending": is_descending, "text": text, "problems": has_problems,
                "rows": rows, "late": late, "moves": moves, "roster": desk.roster,
            });
            (desk.session.clone(), asked.to_string())
        };
        let Some(session) = session else { return };
        let answer = session.ask("rollup_view", &[asked.into()]).await;
        if !self.holds(&session) {
            return;
        }
        let view = answer.ok().and_then(|text| serde_json::from_str(&text.as_string()?).ok());
        self.change(|desk| match view {
            Some(view) => desk.view = Some(Rc::new(view)),
            None => desk.said = Some(Said::Trouble(sorry(Fault::Failed))),
        });
    }

    /// Changes what is asked for, and looks again.
    fn ask(&self, make: impl FnOnce(&mut Desk)) {
        self.change(make);
        let live = self.clone();
        spawn_local(async move { live.look().await });
    }

    /// Opens a cell, or closes the one that is open.
    fn open(&self, unit: u64, step: Option<usize>) {
        let wanted = Cell { unit, step, found: None };
        let is_open = self.desk.borrow().cell.as_ref().is_some_and(|cell| (cell.unit, cell.step) == (unit, step));
        self.change(|desk| desk.cell = (!is_open).then_some(wanted));
        let session = self.desk.borrow().session.clone();
        let Some(session) = session.filter(|_| !is_open) else { return };
        let live = self.clone();
        spawn_local(async move {
            let at = step.and_then(|step| i32::try_from(step).ok()).unwrap_or(-1);
            #[expect(clippy::cast_precision_loss, reason = "places are small")]
            let answer = session.ask("rollup_cell", &[(unit as f64).into(), at.into()]).await;
            let found = answer.ok().and_then(|text| serde_json::from_str(&text.as_string()?).ok()).map(Rc::new);
            live.change(|desk| {
                if let Some(cell) = desk.cell.as_mut().filter(|cell| (cell.unit, cell.step) == (unit, step)) {
                    cell.found = found;
                }
            });
        });
    }

    /// Has a file made and handed out.
    fn make(&self, job: &'static str, arguments: Vec<JsValue>, name: &'static str, media: &'static str) {
        let session = self.desk.borrow().session.clone();
        let Some(session) = session else { return };
        self.change(|desk| (desk.is_making, desk.said) = (true, None));
        let live = self.clone();
        spawn_local(async move {
            let answer = if job == DETAILS { details(&session).await } else { session.ask(job, &arguments).await };
            if !live.holds(&session) {
                return;
            }
            let said = match answer.map(|file| download::hand_out(name, media, &file)) {
                Ok(Ok(())) => Said::Fine(format!("已生成“{name}”，在浏览器的下载里。")),
                Ok(Err(_)) => Said::Trouble("浏览器不让下载。请换一个浏览器打开这个网页再试。".into()),
                Err(fault) => Said::Trouble(sorry(fault)),
            };
            live.change(|desk| (desk.is_making, desk.said) = (false, Some(said)));
        });
    }

    /// Clears the desk: the worker ends, and what it has read goes with it.
    fn put_away(&self, said: Option<Said>) {
        let session = self.desk.borrow_mut().session.take();
        self.change(|desk| {
            let kept = (desk.is_earlier, std::mem::take(&mut desk.roster));
            *desk = Desk { is_earlier: kept.0, roster: kept.1, said, ..Desk::default() };
        });
        if let Some(session) = session {
            session.end();
        }
    }
}

/// Comes in pieces.
const DETAILS: &str = "rollup_details";
/// How many units a piece is of, as the worker has it.
const PIECE: u32 = 200;

/// The pieces of the details, put together.
async fn details(session: &Session) -> Result<JsValue, Fault> {
    let pieces = js_sys::Array::new();
    for at in 0.. {
        let piece: js_sys::Uint8Array = session.ask(DETAILS, &[(at * PIECE).into()]).await?.unchecked_into();
        if piece.length() == 0 {
            break;
        }
        pieces.push(&piece);
    }
    web_sys::Blob::new_with_u8_array_sequence(&pieces).map(Into::into).map_err(|_| Fault::Failed)
}

fn sorry(fault: Fault) -> String {
    match fault {
        Fault::NotLoaded => "没有装上读文件的程序：可能断网了，或者网页刚更新过。请刷新页面再试。",
        Fault::Failed => "没有做成。请再试一次；还不行，请刷新页面，少选一些文件。",
    }
    .into()
}

fn list(files: Option<FileList>) -> Vec<File> {
    files.map(|files| (0..files.length()).filter_map(|at| files.get(at)).collect()).unwrap_or_default()
}

#[component]
pub(crate) fn RollUp(props: &PageProps) -> Html {
    let store = &props.store;
    let live = Live { desk: use_mut_ref(Desk::default), update: use_force_update(), store: store.clone() };
    {
        // The worker does not outlive the page.
        let desk = live.desk.clone();
        use_effect_with((), move |()| {
            move || {
                if let Some(session) = desk.borrow_mut().session.take() {
                    session.end();
                }
            }
        });
    }
    let desk = live.desk.borrow();
    html! {
        <div class="page rollup">
            { page_head(None, "汇总", html! {
                <p class="page__lead">
                    { "把各单位交来的备份、台账和快照链接放到一张表里：谁到哪一步、哪些要求多数单位没做到、谁逾期、谁没有报。" }
                </p>
            }) }
            <p class="page__sources">
                { "都在这个浏览器里读，不上传，不保存，也不会和" }{ link(store, Route::Workbooks, "", "自己的自查表") }
                { "混在一起；离开或者刷新这一页就没有了，要留存请存成文件。请勿录入涉密信息。" }
            </p>
            <p class="print-only">{ store.day().map(|day| format!("{}汇总", day.in_chinese())) }</p>
            <div class="needs-program rollup__in">{ intake(store, &live, &desk) }</div>
            <div class="rollup__state">{ state(&live, &desk) }</div>
            <div class="rollup__out">
                if let Some(view) = desk.view.as_ref().filter(|_| desk.reading.is_none()) {
                    { outcome(store, &live, &desk, view) }
                }
            </div>
        </div>
    }
}

/// Where files, links and the roster come in.
fn intake(store: &Store, live: &Live, desk: &Desk) -> Html {
    // While files are read the buttons only do nothing: the keyboard stays where it is.
    let (is_disabled, is_busy) = (!store.is_restored, desk.reading.is_some());
    let rounds = [(false, "now", "这一轮"), (true, "earlier", "上一轮（用来对比）")].map(|(is_earlier, word, name)| {
        let live = live.clone();
        let onchange = Callback::from(move |_: Event| live.change(|desk| desk.is_earlier = is_earlier));
        html! {
            <label key={word} class="option">
                <input type="radio" name="round" value={word} checked={desk.is_earlier == is_earlier} disabled={is_disabled || is_busy}
                    autocomplete="off" {onchange} />
                { name }
            </label>
        }
    });
    let on_pick = {
        let live = live.clone();
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            live.read(list(input.files()));
            // The same files, mended, can be picked again.
            input.set_value("");
        })
    };
    let on_open = Callback::from(move |event: MouseEvent| {
        if is_busy {
            event.prevent_default();
        }
    });
    let on_drop = {
        let live = live.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            live.read(list(event.data_transfer().and_then(|data| data.files())));
        })
    };
    let on_drag = Callback::from(|event: DragEvent| event.prevent_default());
    let on_links = {
        let live = live.clone();
        Callback::from(move |text: String| live.change(|desk| desk.links = text))
    };
    let on_read = {
        let live = live.clone();
        Callback::from(move |_: MouseEvent| live.read_links())
    };
    let on_roster = {
        let live = live.clone();
        Callback::from(move |text: String| live.ask(|desk| desk.roster = text))
    };
    html! {
        <>
            <fieldset class="options rollup__rounds"><legend>{ "下面选的材料算哪一轮" }</legend>{ for rounds }</fieldset>
            <div class="drop" ondragover={on_drag} ondrop={on_drop}>
                <label class="button drop__button">
                    { "选文件…" }
                    <input class="visually-hidden" name="rollup-files" type="file" multiple=true accept=".json,.xlsx,.csv,.txt,.tsv"
                        onchange={on_pick} onclick={on_open} disabled={is_disabled} aria-disabled={is_busy.then_some("true")} />
                </label>
                <span class="drop__hint">{ "备份、台账（表格或者纯文本表格）都行，可以一次选很多个，也可以拖到这里。可以分几次选，都算在一起。" }</span>
            </div>
            <div class="rollup__fields">
                <div>
                    <TextField label="快照链接：一行一个" name="rollup-links" shape={Shape::Paragraph} value={desk.links.clone()}
                        is_disabled={is_disabled || is_busy} on_write={on_links} />
                    <p class="buttons"><Button action="read-links" {is_disabled} {is_busy} onclick={on_read}>{ "读这些链接" }</Button></p>
                </div>
                <TextField label="应报单位名单：一行一个，可以从表格里粘贴，用来看谁没有报" name="rollup-roster" shape={Shape::Paragraph}
                    value={desk.roster.clone()} is_disabled={!store.is_restored} on_write={on_roster} />
            </div>
        </>
    }
}

/// How far the reading has come, or what came of the last thing.
fn state(live: &Live, desk: &Desk) -> Html {
    let stop = |said: &'static str| {
        let live = live.clone();
        Callback::from(move |_: MouseEvent| {
            scroll::focus_id("main");
            live.put_away(Some(Said::Fine(said.into())));
        })
    };
    if let Some((done, all)) = desk.reading {
        return html! {
            <div key="reading" class="rollup__progress" data-reading={all.to_string()}>
                <label for="rollup-progress">{ format!("正在读：{done} / {all}") }</label>
                <progress id="rollup-progress" max={all.to_string()} value={done.to_string()} />
                <Button action="cancel" onclick={stop("已取消，读过的也清掉了。")}>{ "取消" }</Button>
            </div>
        };
    }
    let said = match &desk.said {
        _ if desk.is_making => html! { <p role="status">{ "正在生成…" }</p> },
        Some(Said::Fine(text)) => html! { <p role="status" data-said="fine">{ text }</p> },
        Some(Said::Trouble(text)) => html! { <p class="attention" role="alert">{ text }</p> },
        None if desk.view.is_none() && desk.session.is_none() && live.store.is_restored && platform::is_wechat() => {
            html! {
                <p class="attention">{ "现在是在微信里，存不了文件。请点右上角“···”，选“在浏览器打开”，再汇总。" }</p>
            }
        }
        None => html! {},
    };
    html! {
        <div key="said">
            { said }
            if let Some(view) = &desk.view {
                <p class="rollup__read" role="status" data-files={view["sources"]["files"].to_string()}>
                    { format!("读了 {} 份材料。", view["sources"]["files"]) }
                    <span class="needs-program">
                        <Button action="begin-anew" style={ButtonStyle::Quiet} onclick={stop("已清空。")}>{ "清空重来" }</Button>
                    </span>
                </p>
            }
        </div>
    }
}

fn outcome(store: &Store, live: &Live, desk: &Desk, view: &Rc<Value>) -> Html {
    html! {
        <>
            { below::unread(view) }
            if view["group"].is_string() {
                { table::table(live, desk, view) }
                { below::outputs(store, live, desk, view) }
                { below::roster(view) }
                { below::missed(view) }
                { below::late(live, view) }
                { below::rounds(live, view) }
                { below::merged(view) }
            } else {
                { section("rollup-none", "没有能放进表里的", html! { <p>{ "读过的材料里没有这一轮的自查情况。" }</p> }) }
            }
            { below::notes(view) }
        </>
    }
}

/// The texts of a list.
fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(|text| text.as_str().unwrap_or_default().to_owned()).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn count(value: &Value) -> u64 {
    value.as_u64().unwrap_or_default()
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}
