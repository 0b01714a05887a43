//! Bringing a backup file in: pick or drop it, see what would change, then decide.

use std::rc::Rc;

use plan_checklist_domain::storage::backup::{self, Counted, FileError, Import, Loss};
use plan_checklist_domain::storage::locked::is_locked;
use plan_checklist_domain::storage::log::Log;
use plan_checklist_domain::workbook::conflicts::take_in;
use plan_checklist_domain::workbook::differences::{Difference, differences};
use plan_checklist_domain::workbook::history::ChangeKind;
use plan_checklist_domain::workbook::update::EntryValue;
use plan_checklist_domain::{Clock, Entry, EntryId, List, Msg, UnitKind, Workbook};
use web_sys::{DragEvent, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::components::button::{Button, ButtonStyle};
use crate::components::locked_backup::Unlock;
use crate::components::text_field::date_value;
use crate::effects::{clock, pick, scroll};
use crate::store::{Action, BigChange, Done, Outcome, Store};
use crate::words;

/// The name of the field that picks a file.
const FILE: &str = "backup-file";

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct ImportBackupProps {
    pub(crate) store: Store,
}

/// How far the import of a file has come.
#[derive(Debug, PartialEq)]
enum Stage {
    Waiting,
    Reading,
    Refused(FileError),
    /// It has a passphrase.
    Locked(AttrValue),
    /// What the file holds, and what to do with each of its workbooks.
    Preview {
        import: Rc<Import>,
        choices: Vec<Choice>,
    },
}

/// What to do with one workbook of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    /// Into the workbook it is a copy of; as it is where there is none.
    Merge,
    /// Beside it, as a workbook of its own.
    KeepBoth,
    Leave,
}

impl Choice {
    const ALL: [(Self, &'static str); 3] =
        [(Self::Merge, "merge"), (Self::KeepBoth, "keep-both"), (Self::Leave, "leave")];
}

/// What happened to the file.
enum StageEvent {
    Picked,
    Read(Result<Import, FileError>),
    Locked(String),
    /// What to do with the workbook at this place.
    Chose(usize, Choice),
    /// It was taken in, or not wanted.
    Closed,
}

impl Reducible for Stage {
    type Action = StageEvent;

    fn reduce(self: Rc<Self>, event: StageEvent) -> Rc<Self> {
        let next = match (event, &*self) {
            (StageEvent::Picked, _) => Self::Reading,
            (StageEvent::Read(Ok(import)), _) => {
                Self::Preview { choices: vec![Choice::Merge; import.workbooks.len()], import: Rc::new(import) }
            }
            (StageEvent::Read(Err(error)), _) => Self::Refused(error),
            (StageEvent::Locked(file), _) => Self::Locked(file.into()),
            (StageEvent::Chose(at, choice), Self::Preview { import, choices }) => {
                let mut choices = choices.clone();
                if let Some(place) = choices.get_mut(at) {
                    *place = choice;
                }
                Self::Preview { import: import.clone(), choices }
            }
            (StageEvent::Chose(..), _) => return self,
            (StageEvent::Closed, _) => Self::Waiting,
        };
        Rc::new(next)
    }
}

/// Where a file can be picked or dropped, and what came of it.
#[component]
pub(crate) fn ImportBackup(props: &ImportBackupProps) -> Html {
    let store = &props.store;
    let stage = use_reducer(|| Stage::Waiting);
    let on_pick = {
        let stage = stage.clone();
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                open(&stage, &file);
            }
            // The same file, mended, can be picked again.
            input.set_value("");
        })
    };
    let on_drop = {
        let stage = stage.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            if let Some(file) = event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0)) {
                open(&stage, &file);
            }
        })
    };
    let on_drag = Callback::from(|event: DragEvent| event.prevent_default());
    // Pasted it comes as a whole. Nobody types a backup.
    let on_paste = {
        let stage = stage.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
                stage.dispatch(read(&area.value()));
            }
        })
    };
    let body = match &*stage {
        Stage::Waiting => done(store),
        Stage::Reading => html! { <p role="status">{ "正在读取…" }</p> },
        Stage::Refused(error) => {
            let (word, text) = refusal(*error);
            html! { <p class="attention" role="alert" data-refused={word}>{ text }</p> }
        }
        Stage::Locked(file) => {
            let stage = stage.dispatcher();
            let on_open = Callback::from(move |text: String| {
                stage.dispatch(StageEvent::Read(backup::import(&text, clock::now())));
            });
            // Of another file, what was said of this one is not true.
            html! { <Unlock key={file.len()} file={file.clone()} {on_open} /> }
        }
        Stage::Preview { import, choices } => preview(store, &stage, import, choices),
    };
    html! {
        <div class="drop" ondragover={on_drag} ondrop={on_drop}>
            <p>
                <label class="button drop__button">
                    { "选择备份文件…" }
                    <input class="visually-hidden" name={FILE} type="file" accept=".json,application/json"
                        onchange={on_pick} disabled={!store.is_restored} />
                </label>
                <span class="drop__hint">{ "也可以把文件拖到这里。先看会改什么，再决定要不要。" }</span>
            </p>
            <details class="drop__paste">
                <summary>{ "没有文件，只有备份的文字？" }</summary>
                <label>
                    { "整段粘贴在这里：" }
                    <textarea class="field__input" name="backup-text" rows="3" autocomplete="off"
                        disabled={!store.is_restored} oninput={on_paste} />
                </label>
            </details>
            <div>{ body }</div>
        </div>
    }
}

type StageHandle = UseReducerHandle<Stage>;

/// What the last import on this page did.
fn done(store: &Store) -> Html {
    let Some(Outcome { what: Done::Imported(count), is_kept }) = store.outcome else { return html! {} };
    let kept = if is_kept { "导入前的样子留了历史留底，在下面可以恢复。" } else { "" };
    // Where everything was new, nothing was merged that could be undone.
    let is_merge = |kind| {
        let last = store.history(kind).and_then(|history| history.next_undo());
        last.is_some_and(|entry| entry.kind == ChangeKind::Merge)
    };
    let undo = if UnitKind::ALL.into_iter().any(is_merge) {
        "合并进来的可以点页面上方的“撤销”退回。"
    } else {
        "在“我的自查表”里可以打开，不要的也在那里删。"
    };
    html! {
        <p role="status" data-imported={count.to_string()}>
            { if count == 0 { "学习记录已并进来。".to_owned() } else { format!("已导入 {count} 份自查表。{undo}{kept}") } }
        </p>
    }
}

/// Reads the file, and stages what it holds.
fn open(stage: &StageHandle, file: &web_sys::File) {
    stage.dispatch(StageEvent::Picked);
    let stage = stage.dispatcher();
    pick::read(file, move |text| {
        stage.dispatch(match text {
            Ok(text) => read(&text),
            Err(error) => StageEvent::Read(Err(error)),
        });
    });
}

/// What a text turns out to be.
fn read(text: &str) -> StageEvent {
    if is_locked(text) {
        return StageEvent::Locked(text.to_owned());
    }
    StageEvent::Read(backup::import(text, clock::now()))
}

/// What is to be done with the workbooks of the file.
fn change(import: &Import, choices: &[Choice]) -> BigChange {
    let chosen = |wanted: Choice| {
        let books = import.workbooks.iter().zip(choices).filter(|(_, choice)| **choice == wanted);
        books.map(|(workbook, _)| Rc::new(workbook.clone())).collect()
    };
    let training = Rc::new(import.training.clone());
    BigChange::Import { merged: chosen(Choice::Merge), added: chosen(Choice::KeepBoth), training }
}

fn preview(store: &Store, stage: &StageHandle, import: &Rc<Import>, choices: &[Choice]) -> Html {
    let books = import.workbooks.iter().zip(choices).enumerate();
    let books = books.map(|(at, (book, choice))| book_preview(store, stage, at, book, *choice));
    let on_apply = {
        let (dispatch, stage) = (store.dispatch.clone(), stage.dispatcher());
        let change = change(import, choices);
        Callback::from(move |_| {
            scroll::focus_named(FILE);
            dispatch.send(Action::BigChangeWanted(change.clone()));
            stage.dispatch(StageEvent::Closed);
        })
    };
    let on_cancel = {
        let stage = stage.dispatcher();
        Callback::from(move |_| {
            scroll::focus_named(FILE);
            stage.dispatch(StageEvent::Closed);
        })
    };
    html! {
        <div class="preview" data-preview="true">
            <div>
                if !import.losses.is_empty() {
                    <div class="note" data-losses={import.losses.len().to_string()}>
                        <p class="attention">{ "这个文件不完整，或者被改动过。能读的都读出来了，请留意：" }</p>
                        <ul class="plain-list">
                            { for import.losses.iter().map(|loss| html! { <li>{ describe_loss(loss) }</li> }) }
                        </ul>
                    </div>
                }
            </div>
            <ul class="books">{ for books }</ul>
            <div>
                if !import.training.is_empty() {
                    <p data-training={import.training.len().to_string()}>{ training_preview(store, &import.training) }</p>
                }
            </div>
            <p class="buttons">
                <Button action="apply-import" style={ButtonStyle::Primary} onclick={on_apply}>{ "按上面的选择导入" }</Button>
                <Button action="cancel-import" onclick={on_cancel}>{ "取消，什么都不改" }</Button>
            </p>
        </div>
    }
}

/// What the file says was learned, and what of it is new.
fn training_preview(store: &Store, training: &Log) -> String {
    let new = store.training.merge(training).len() - store.training.len();
    match new {
        0 => format!("学习记录 {} 条，这里都已经有了。", training.len()),
        new => format!("学习记录 {} 条，其中 {new} 条这里没有，会并进来；这里已有的都留着。", training.len()),
    }
}

/// The error's word for tests, and what people are told.
fn refusal(error: FileError) -> (&'static str, &'static str) {
    match error {
        FileError::TooLarge => {
            ("too-large", "文件太大（超过 20 MB），不会是自查表的备份。请确认选对了文件。什么都没有改。")
        }
        FileError::TooMany => {
            ("too-many", "文件里的答复和佐证太多（超过 30 万条），不会是自查表的备份。什么都没有改。")
        }
        FileError::Office => (
            "office",
            "这是表格文件，不是备份。填好的台账，请到那份自查表的“核对结果”页，在“交材料”里读回。什么都没有改。",
        ),
        FileError::NotOurs => (
            "not-ours",
            "这不是自查表的备份文件，或者已经损坏得读不出来。请选从“下载备份”得到的、文件名以 .json 结尾的文件。什么都没有改。",
        ),
        FileError::Newer => {
            ("newer", "这个文件是用更新的版本做的，这个页面读不全，为免丢东西，没有导入。请换用最新版的网址再导入。")
        }
        FileError::Empty => ("empty", "文件是自查表的备份，但里面没有能读出来的内容。什么都没有改。"),
    }
}

fn describe_loss(loss: &Loss) -> String {
    match loss {
        Loss::CutOff => "文件在中间断了，断点之后的内容没有。".into(),
        Loss::Altered => "校验码对不上：文件做好以后被改动过，请核对内容。".into(),
        Loss::Missing { what, expected, found } => {
            let what = match what {
                Counted::Workbooks => "自查表",
                Counted::Answers => "答复",
                Counted::Evidence => "佐证",
                Counted::Training => "学习记录",
            };
            format!("{what}应有 {expected} 条，读出 {found} 条。")
        }
        Loss::Unreadable(place) => format!("读不懂的内容：{place}（原样保留，不显示）。"),
        Loss::NoWorkbook(count) => format!("{count} 处不是自查表，或者已经损坏。"),
    }
}

/// One workbook of the file: what it is, what it would change, and what to do with it.
fn book_preview(store: &Store, stage: &StageHandle, at: usize, book: &Workbook, choice: Choice) -> Html {
    let held = store.books.get(&book.id).filter(|held| !held.is_blank());
    let changes: Vec<Html> = match held {
        Some(held) => {
            let merged = take_in(held, book, &mut Clock::default(), clock::now());
            let found = differences(held, &merged);
            found.iter().map(|difference| html! { <li>{ describe(store, difference, held, &merged) }</li> }).collect()
        }
        None => Vec::new(),
    };
    let summary = match (held, changes.len()) {
        (None, _) => format!("这个浏览器里没有这份，会新添进来：{} 项答复。", book.answers().count()),
        (Some(_), 0) => "这个浏览器里已有同一份，内容一样新或更新，合并不会改动任何答复。".to_owned(),
        (Some(_), count) => format!(
            "这个浏览器里已有同一份。合并会改动下面 {count} 处；同一处两边都改过的，留较晚的，另一个在“修改记录”里。"
        ),
    };
    let options = Choice::ALL.into_iter().filter(|(choice, _)| held.is_some() || *choice != Choice::KeepBoth);
    let options = options.map(|(option, word)| {
        let stage = stage.dispatcher();
        let onchange = Callback::from(move |_| stage.dispatch(StageEvent::Chose(at, option)));
        let text = match option {
            Choice::Merge if held.is_some() => "合并",
            Choice::Merge => "添进来",
            Choice::KeepBoth => "另存为一份，两份都留",
            Choice::Leave => "不要这份",
        };
        html! {
            <label key={word} class="option">
                <input type="radio" name={format!("import-{at}")} value={word} checked={option == choice} autocomplete="off" {onchange} />
                { text }
            </label>
        }
    });
    html! {
        <li key={at} class="book">
            <div class="book__body">
                <p><strong>{ words::book(book) }</strong></p>
                <p>{ summary }</p>
                <ul class="changes plain-list" data-changes={changes.len().to_string()}>{ for changes }</ul>
            </div>
            <fieldset class="options"><legend class="visually-hidden">{ "怎么处理这份" }</legend>{ for options }</fieldset>
        </li>
    }
}

/// A difference in one line: where, from what, to what.
fn describe(store: &Store, difference: &Difference, before: &Workbook, after: &Workbook) -> String {
    let or_none =
        |text: &str| if text.trim().is_empty() { "（空）".to_owned() } else { format!("“{}”", text.trim()) };
    let date = |date| or_none(&date_value(date));
    // What only the file has is named by the file.
    let title = |id| words::answered(store.catalogue, after, id);
    let msg = match difference {
        Difference::Value(msg) => msg,
        Difference::EntryAdded(list, at) => {
            let what = or_none(&entry(after, *list, *at).what);
            return match list {
                List::Evidence(id) => format!("{} · 添佐证 {what}", title(*id)),
                List::Milestones => format!("添自定节点 {what}"),
                List::Plans => format!("添一个规划 {what}"),
                List::OwnRequirements => format!("添本单位自加的要求 {what}"),
            };
        }
    };
    let held = |id| before.answer(id);
    let (from, to) = match msg {
        Msg::CycleChosen(cycle) => (before.cycle.name(), cycle.name()),
        Msg::UnitNamed(name) => (or_none(&before.unit), or_none(name)),
        Msg::FillerNamed(name) => (or_none(&before.filler), or_none(name)),
        Msg::Deleted(is_deleted) => {
            let place = |is_deleted: bool| if is_deleted { "在回收站里" } else { "不在回收站里" }.to_owned();
            (place(!is_deleted), place(*is_deleted))
        }
        Msg::Answered(id, status) => (words::status(*held(*id).status).into(), words::status(*status).into()),
        Msg::NoteWritten(id, text) => (or_none(&held(*id).note), or_none(text)),
        Msg::ProblemWritten(id, text) => (or_none(&held(*id).problem), or_none(text)),
        Msg::MeasureWritten(id, text) => (or_none(&held(*id).measure), or_none(text)),
        Msg::PointTicked(_, number, is_met) => {
            let state = |is_met: bool| format!("第 {number} 条{}", if is_met { "做到" } else { "没做到" });
            (state(!is_met), state(*is_met))
        }
        Msg::ReasonGiven(id, text) => (or_none(&held(*id).reason), or_none(text)),
        Msg::OwnerNamed(id, text) => (or_none(&held(*id).owner), or_none(text)),
        Msg::DueSet(id, due) => (date(*held(*id).due), date(*due)),
        Msg::OwnDateSet(which, value) => (date(**before.own_date(*which)), date(*value)),
        Msg::EntryAdded(..) => (String::new(), String::new()),
        Msg::EntryRemoved(_, _, is_removed) => {
            let place = |is_removed: bool| if is_removed { "已移除" } else { "在" }.to_owned();
            (place(!is_removed), place(*is_removed))
        }
        Msg::EntryWritten(list, at, field) => {
            let entry = entry(before, *list, *at);
            match field {
                EntryValue::What(text) => (or_none(&entry.what), or_none(text)),
                EntryValue::Reference(text) => (or_none(&entry.reference), or_none(text)),
                EntryValue::Place(text) => (or_none(&entry.place), or_none(text)),
                EntryValue::Date(value) => (date(*entry.date), date(*value)),
            }
        }
    };
    let place = msg.requirement().map_or_else(String::new, |id| format!("{} · ", title(id)));
    format!("{place}{}：{from} → {to}", words::field(msg))
}

fn entry(workbook: &Workbook, list: List, at: EntryId) -> Entry {
    workbook.entry(list, at).cloned().unwrap_or_default()
}
