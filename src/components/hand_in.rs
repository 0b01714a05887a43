//! What is handed in: the report as a Word file, the sheet as an Excel file, and the filled sheet back.

use std::rc::Rc;

use plan_checklist_domain::sharing::link::encode;
use plan_checklist_domain::sharing::report::{Include, Report, Wanted};
use plan_checklist_domain::sharing::since::Earlier;
use plan_checklist_domain::storage::record;
use plan_checklist_domain::{Msg, UnitKind, Workbook};
use serde::Deserialize as _;
use serde_json::Value;
use wasm_bindgen::JsValue;
use web_sys::{DragEvent, File, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::components::button::{Button, ButtonStyle};
use crate::components::link::link;
use crate::components::printout::{report_printout, use_printing};
use crate::components::section::section_of;
use crate::components::select::Select;
use crate::components::since::EarlierHandle;
use crate::effects::{download, office, pick, platform};
use crate::route::Route;
use crate::store::{Action, BigChange, Done, Outcome, Store};
use crate::words;

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const EXCEL: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// The largest sheet that is opened, in bytes; the worker has the same limit.
const LARGEST: u32 = 20 << 20;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct HandInProps {
    pub(crate) store: Store,
    pub(crate) kind: UnitKind,
    /// What the report compares with.
    pub(crate) earlier: EarlierHandle,
}

/// How far what was asked for has come.
#[derive(Debug, Clone, PartialEq)]
enum Stage {
    Waiting,
    Working,
    /// A sentence on what came of it.
    Made(String),
    Failed(String),
    /// What a filled sheet says, and which of it is to be taken.
    Preview(Rc<Filled>, Vec<bool>),
}

/// What a filled sheet says.
#[derive(Debug, PartialEq)]
struct Filled {
    /// The file, or the pasted rows.
    bytes: JsValue,
    /// What it was compared with.
    workbook: Rc<Workbook>,
    /// Whether it had to be compared once more, as the workbook was changed in another window.
    is_again: bool,
    rows: u64,
    fields: Vec<FilledField>,
    problems: Vec<String>,
}

#[derive(Debug, PartialEq)]
struct FilledField {
    title: String,
    name: String,
    here: String,
    sheet: String,
    /// What there is to say about which of the two is the newer.
    doubt: &'static str,
    msgs: Vec<Msg>,
}

impl Filled {
    /// Reads the worker's answer; a sentence where it refused the file.
    fn read(answer: &str, bytes: JsValue, workbook: Rc<Workbook>) -> Result<Self, String> {
        let value: Value = serde_json::from_str(answer).unwrap_or_default();
        if let Some(refused) = value["refused"].as_str() {
            return Err(format!("{refused}什么都没有改。"));
        }
        let list = |name: &str| value[name].as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let field = |value: &Value| FilledField {
            title: text(&value["title"]),
            name: text(&value["field"]),
            here: text(&value["here"]),
            sheet: text(&value["sheet"]),
            doubt: match value["standing"].as_str() {
                Some("filled") => "",
                Some("both-changed") => "表发出以后，这里也改过",
                _ => "分不清哪个新",
            },
            msgs: Vec::<Msg>::deserialize(&value["msgs"]).unwrap_or_default(),
        };
        let problems = list("problems").iter().map(text).collect();
        Ok(Self {
            bytes,
            workbook,
            is_again: false,
            rows: value["rows"].as_u64().unwrap_or_default(),
            fields: list("changes").iter().map(field).collect(),
            problems,
        })
    }

    /// Which fields are to be taken: as somebody has chosen already, where what is here and in the sheet is still the same;
    /// else those of which nothing has to be decided.
    fn to_take(&self, before: Option<&(Rc<Self>, Vec<bool>)>) -> Vec<bool> {
        let chosen = |field: &FilledField| {
            let (filled, taken) = before?;
            filled.fields.iter().position(|other| other == field).map(|at| taken[at])
        };
        self.fields.iter().map(|field| chosen(field).unwrap_or(field.doubt.is_empty())).collect()
    }
}

enum StageEvent {
    Became(Stage),
    /// The field at this place is to be taken, or is not any more.
    Ticked(usize),
}

impl Reducible for Stage {
    type Action = StageEvent;

    fn reduce(self: Rc<Self>, event: StageEvent) -> Rc<Self> {
        match (event, &*self) {
            (StageEvent::Became(stage), _) => Rc::new(stage),
            (StageEvent::Ticked(at), Self::Preview(filled, taken)) => {
                let mut taken = taken.clone();
                if let Some(is_taken) = taken.get_mut(at) {
                    *is_taken = !*is_taken;
                }
                Rc::new(Self::Preview(filled.clone(), taken))
            }
            (StageEvent::Ticked(_), _) => self,
        }
    }
}

type StageHandle = UseReducerHandle<Stage>;

#[component]
pub(crate) fn HandIn(props: &HandInProps) -> Html {
    let HandInProps { store, kind, earlier } = props;
    let workbook = store.workbook(*kind);
    let stage = use_reducer(|| Stage::Waiting);
    let include = use_state_eq(|| "all".to_owned());
    let is_previewed = use_state_eq(|| false);
    let (printed, on_print) = use_printing::<()>(&store.dispatch);
    let owner = use_state_eq(String::new);
    let (is_disabled, is_busy) = (!store.is_restored, *stage == Stage::Working);

    let make = |job: &'static str, what: &'static str, ending: &'static str, chosen: &str, media: &'static str| {
        let (store, kind, stage, chosen) = (store.clone(), *kind, stage.clone(), chosen.to_owned());
        let earlier = earlier.as_deref().map(|earlier| told(&store, earlier)).unwrap_or_default();
        Callback::from(move |_: MouseEvent| {
            stage.dispatch(StageEvent::Became(Stage::Working));
            let workbook = store.workbook(kind);
            let name = format!("{}-{what}.{ending}", words::file_safe(words::whose(workbook)));
            let stage = stage.clone();
            office::ask(job, &arguments(&store, workbook, &chosen, &earlier), move |answer| {
                stage.dispatch(StageEvent::Became(match answer.map(|file| download::hand_out(&name, media, &file)) {
                    Ok(Ok(())) => Stage::Made(format!("已生成“{name}”，在浏览器的下载里。")),
                    Ok(Err(_)) => Stage::Failed("浏览器不让下载。请换一个浏览器打开这个网页再试。".into()),
                    Err(fault) => Stage::Failed(sorry(fault)),
                }));
            });
        })
    };
    let on_report = make("report", "自查报告", "docx", &include, WORD);
    let on_sheet = make("sheet", "台账", "xlsx", &owner, EXCEL);
    let on_csv = make("csv", "台账", "csv", &owner, "text/csv");

    let on_file = {
        let (store, kind, stage) = (store.clone(), *kind, stage.clone());
        Callback::from(move |file: File| open(&store, kind, &stage, &file))
    };
    let on_pick = {
        let on_file = on_file.clone();
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                on_file.emit(file);
            }
            // The same file, mended, can be picked again.
            input.set_value("");
        })
    };
    let on_drop = Callback::from(move |event: DragEvent| {
        event.prevent_default();
        if let Some(file) = event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0)) {
            on_file.emit(file);
        }
    });
    let on_rows = {
        let (store, kind, stage) = (store.clone(), *kind, stage.clone());
        Callback::from(move |event: InputEvent| {
            let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() else { return };
            let text = area.value();
            if !text.trim().is_empty() {
                let bytes = js_sys::Uint8Array::from(text.as_bytes()).into();
                understand(store.workbook(kind), &stage.dispatcher(), bytes, None);
            }
        })
    };
    let on_preview = {
        let is_previewed = is_previewed.clone();
        Callback::from(move |_: MouseEvent| is_previewed.set(!*is_previewed))
    };
    let on_drag = Callback::from(|event: DragEvent| event.prevent_default());

    let choose = |state: &UseStateHandle<String>| {
        let state = state.setter();
        Callback::from(move |value| state.set(value))
    };
    let includes = [("all", "全文"), ("problems", "只要问题"), ("without-notes", "不含备注")];
    let owners = workbook.owners().into_iter().map(|owner| {
        let count = workbook.answers().filter(|(_, answer)| answer.owner.trim() == owner).count();
        (owner.to_owned().into(), format!("只要{owner}的 {count} 项").into())
    });
    let owners: Vec<(AttrValue, AttrValue)> = [("".into(), "全部".into())].into_iter().chain(owners).collect();
    let inside = html! {
        <>
            <p class="page__lead">{ "在浏览器里生成，不上传。请勿录入涉密信息。" }</p>
            <div class="hand-in__row">
                <Select label="自查报告包括" name="report-include" value={(*include).clone()} {is_disabled} on_choose={choose(&include)}
                    options={includes.map(|(value, text)| (value.into(), text.into())).to_vec()} />
                <span class="buttons">
                    <Button action="make-report" {is_disabled} {is_busy} onclick={on_report}>{ "生成自查报告文档" }</Button>
                    <Button action="print-report" {is_disabled} {is_busy} onclick={on_print.reform(|_: MouseEvent| ())}>{ "打印自查报告" }</Button>
                    <Button action="preview-report" style={ButtonStyle::Quiet} {is_disabled} {is_busy} onclick={on_preview}>
                        { if *is_previewed { "收起预览" } else { "预览" } }
                    </Button>
                </span>
            </div>
            <div class="hand-in__row">
                <Select label="台账包括" name="sheet-owner" value={(*owner).clone()} {is_disabled} on_choose={choose(&owner)} options={owners} />
                <span class="buttons">
                    <Button action="make-sheet" {is_disabled} {is_busy} onclick={on_sheet}>{ "导出台账表格" }</Button>
                    <Button action="make-csv" style={ButtonStyle::Quiet} {is_disabled} {is_busy} onclick={on_csv}>{ "存成纯文本表格" }</Button>
                </span>
            </div>
            <div class="drop" ondragover={on_drag} ondrop={on_drop}>
                <label class="button drop__button">
                    { "读回填好的台账…" }
                    <input class="visually-hidden" name="sheet-file" type="file" accept=".xlsx,.csv,.txt,.tsv" onchange={on_pick} disabled={is_disabled || is_busy} />
                </label>
                <span class="drop__hint">{ "也可以把文件拖到这里。先看会改什么，再决定要不要。" }</span>
            </div>
            <details>
                <summary class="findings__more">{ "不用文件，把表格里的行粘贴过来" }</summary>
                <div class="field">
                    <label class="field__label" for="sheet-rows">{ "在表格软件里连同表头那一行一起选中、复制，粘贴到这里" }</label>
                    <textarea id="sheet-rows" name="sheet-rows" class="field__input" rows="3" autocomplete="off" spellcheck="false" disabled={is_disabled || is_busy} oninput={on_rows} />
                </div>
            </details>
            <p>{ "收齐了各单位的台账、备份或者链接，放到一张表里看，用" }{ link(store, Route::RollUp, "", "汇总") }{ "。" }</p>
            <div class="hand-in__outcome">{ outcome(store, *kind, &stage) }</div>
        </>
    };
    let is_printed = printed.is_some();
    let printout = (*is_previewed || is_printed).then(|| {
        let day = store.as_of(workbook);
        let wanted = Wanted { include: Include::parse(&include), today: store.day(), day, earlier: earlier.as_deref() };
        report_printout(&Report::of(workbook, store.catalogue, wanted))
    });
    html! {
        <div class={classes!("printouts", is_printed.then_some("printouts--printing"))}>
            <div class="needs-program">{ section_of("hand-in", "hand-in", "交材料", inside) }</div>
            <div class={classes!("printout", (*is_previewed).then_some("printout--shown"))} data-printout={is_previewed.to_string()}>{ printout }</div>
        </div>
    }
}

/// What every file is made of: the workbook, what was chosen, and the day.
fn arguments(store: &Store, workbook: &Workbook, chosen: &str, earlier: &[String; 2]) -> Vec<JsValue> {
    let today = store.day().map(|day| day.to_string()).unwrap_or_default();
    let near_days = store.as_of(workbook).map_or(-1, |day| i32::from(day.near_days));
    let [earlier, taken] = earlier.each_ref().map(|text| text.as_str().into());
    vec![record::write(workbook, 0, 0).into(), chosen.into(), today.into(), near_days.into(), earlier, taken]
}

/// An earlier state as the worker reads it: a link's fragment or a record, and the day of which that tells.
fn told(store: &Store, earlier: &Earlier) -> [String; 2] {
    match earlier {
        Earlier::Snapshot(snapshot) => [encode(store.catalogue, snapshot), String::new()],
        Earlier::Workbook(workbook, taken) => {
            [record::write(workbook, 0, 0), taken.map(|day| day.to_string()).unwrap_or_default()]
        }
    }
}

fn sorry(fault: office::Fault) -> String {
    match fault {
        office::Fault::NotLoaded => "没有装上生成文件的程序：可能断网了，或者网页刚更新过。请刷新页面再试，答复都在。",
        office::Fault::Failed => "没有做成。请刷新页面再试；还不行，请下载备份留底，用打印代替。",
    }
    .into()
}

/// Has the worker read the file, and stages what it says.
fn open(store: &Store, kind: UnitKind, stage: &StageHandle, file: &File) {
    stage.dispatch(StageEvent::Became(Stage::Working));
    let (store, stage) = (store.clone(), stage.clone());
    pick::read_bytes(file, LARGEST, move |bytes| match bytes {
        Ok(bytes) => understand(store.workbook(kind), &stage.dispatcher(), bytes, None),
        Err(_) => stage
            .dispatch(StageEvent::Became(Stage::Failed("文件超过 20 MB，不像是台账，没有读。什么都没有改。".into()))),
    });
}

/// Has the worker read a file or pasted rows, and stages what they say. `before` is what they said before the workbook was
/// changed in another window, and which of it was to be taken.
fn understand(
    workbook: &Rc<Workbook>,
    stage: &UseReducerDispatcher<Stage>,
    bytes: JsValue,
    before: Option<(Rc<Filled>, Vec<bool>)>,
) {
    let (stage, workbook) = (stage.clone(), workbook.clone());
    stage.dispatch(StageEvent::Became(Stage::Working));
    office::ask("read", &[record::write(&workbook, 0, 0).into(), bytes.clone()], move |answer| {
        let answer = answer.map(|text| Filled::read(&text.as_string().unwrap_or_default(), bytes, workbook));
        stage.dispatch(StageEvent::Became(match answer {
            Ok(Ok(filled)) => {
                let taken = filled.to_take(before.as_ref());
                Stage::Preview(Rc::new(Filled { is_again: before.is_some(), ..filled }), taken)
            }
            Ok(Err(refused)) => Stage::Failed(refused),
            Err(fault) => Stage::Failed(sorry(fault)),
        }));
    });
}

fn outcome(store: &Store, kind: UnitKind, stage: &StageHandle) -> Html {
    match &**stage {
        Stage::Waiting => match store.outcome {
            Some(Outcome { what: Done::SheetRead(count), is_kept }) => {
                let kept = if is_kept { "读回前的样子留了历史留底。" } else { "" };
                html! {
                    <p role="status" data-read={count.to_string()}>
                        { format!("已从台账采用 {count} 处，可以点页面上方的“撤销”退回。{kept}") }
                    </p>
                }
            }
            _ if store.is_restored && platform::is_wechat() => html! {
                <p class="attention">{ "现在是在微信里，存不了文件。请点右上角“···”，选“在浏览器打开”，再生成。" }</p>
            },
            _ => html! {},
        },
        Stage::Working => html! { <p role="status">{ "正在处理…" }</p> },
        Stage::Made(text) => html! { <p role="status" data-made="true">{ text }</p> },
        Stage::Failed(text) => html! { <p class="attention" role="alert">{ text }</p> },
        Stage::Preview(filled, taken) => preview(store, kind, stage, filled, taken),
    }
}

fn preview(store: &Store, kind: UnitKind, stage: &StageHandle, filled: &Rc<Filled>, taken: &[bool]) -> Html {
    let count = taken.iter().filter(|is_taken| **is_taken).count();
    let summary = match filled.fields.len() {
        0 => format!("认出 {} 行，和这里的内容一样，没有要改的。", filled.rows),
        all => {
            format!("认出 {} 行，有 {all} 处和这里不同。勾上的会采用；两边都改过的没有勾，请看过再定。", filled.rows)
        }
    };
    let fields = filled.fields.iter().enumerate().map(|(at, field)| {
        let onchange = {
            let stage = stage.dispatcher();
            Callback::from(move |_: Event| stage.dispatch(StageEvent::Ticked(at)))
        };
        let or_none = |text: &str| if text.is_empty() { "（空）".to_owned() } else { format!("“{text}”") };
        let line = format!("{} · {}：{} → {}", field.title, field.name, or_none(&field.here), or_none(&field.sheet));
        html! {
            <li key={at}>
                <label class="option">
                    <input type="checkbox" name="take" checked={taken[at]} autocomplete="off" {onchange} />
                    { line }
                </label>
                if !field.doubt.is_empty() {
                    <span class="tag">{ field.doubt }</span>
                }
            </li>
        }
    });
    let on_apply = {
        let (dispatch, stage, filled, taken) =
            (store.dispatch.clone(), stage.dispatcher(), filled.clone(), taken.to_vec());
        Callback::from(move |_: MouseEvent| {
            let state = dispatch.state();
            let (workbook, id) = (state.workbook(kind), filled.workbook.id);
            // What is shown as being here is not what is here: nothing is replaced that nobody has seen.
            if **workbook != *filled.workbook {
                let before = Some((filled.clone(), taken.clone()));
                return understand(workbook, &stage, filled.bytes.clone(), before);
            }
            let chosen = filled.fields.iter().zip(&taken).filter(|(_, is_taken)| **is_taken);
            let msgs: Vec<_> = chosen.flat_map(|(field, _)| field.msgs.clone()).collect();
            stage.dispatch(StageEvent::Became(Stage::Waiting));
            dispatch.send(Action::BigChangeWanted(BigChange::Sheet { id, fields: count, msgs }));
        })
    };
    let on_cancel = {
        let stage = stage.clone();
        Callback::from(move |_: MouseEvent| stage.dispatch(StageEvent::Became(Stage::Waiting)))
    };
    html! {
        <div class="preview" data-sheet-preview={filled.fields.len().to_string()}>
            <p role="status">
                if filled.is_again {
                    <strong>{ "刚才这份自查表在另一个窗口里改过，已经照最新的重新比对，还没有采用。请再看一遍。" }</strong>
                }
                { summary }
            </p>
            <div>
                if !filled.problems.is_empty() {
                    <div class="note" data-problems={filled.problems.len().to_string()}>
                        <p class="attention">{ "下面这些没有读，请看一看：" }</p>
                        <ul class="plain-list">{ for filled.problems.iter().map(|problem| html! { <li>{ problem }</li> }) }</ul>
                    </div>
                }
            </div>
            <ul class="changes plain-list">{ for fields }</ul>
            <p class="buttons">
                <Button action="apply-sheet" style={ButtonStyle::Primary} is_disabled={count == 0} onclick={on_apply}>
                    { format!("采用勾上的 {count} 处") }
                </Button>
                <Button action="cancel-sheet" onclick={on_cancel}>{ "取消，什么都不改" }</Button>
            </p>
        </div>
    }
}
