//! Bringing a backup file in: pick or drop it, see what would change, then decide.

use gloo_file::callbacks::FileReader;
use plan_checklist_domain::file::{self, Counted, FileError, Import as Contents, Loss};
use plan_checklist_domain::merge::merge;
use plan_checklist_domain::shelf::Reason;
use plan_checklist_domain::update::{Difference, EvidenceField, differences};
use plan_checklist_domain::{Msg, Workbook};
use web_sys::{DragEvent, HtmlInputElement};
use yew::prelude::*;

use crate::components::evidence::date_value;
use crate::effects::{clock, identity, pick, storage};
use crate::store::{Action, State, use_dispatch, use_store};
use crate::words;

#[derive(Debug, Properties, PartialEq)]
pub(crate) struct ImportProps {
    pub(crate) on_done: Callback<()>,
}

/// What became of the file.
#[derive(Debug, PartialEq)]
enum Stage {
    Waiting,
    Reading,
    Refused(FileError),
    Preview { contents: Contents, choices: Vec<Choice> },
    Done(String),
}

/// What to do with one workbook of the file.
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

#[component]
pub(crate) fn Import(props: &ImportProps) -> Html {
    let state = use_store();
    let dispatch = use_dispatch();
    let stage = use_state_eq(|| Stage::Waiting);
    // Dropping the reader would stop it.
    let reader = use_mut_ref(|| None::<FileReader>);
    let open = {
        let (stage, reader) = (stage.clone(), reader);
        Callback::from(move |file: web_sys::File| {
            let on_text = {
                let stage = stage.clone();
                move |text: String| match file::import(&text) {
                    Ok(contents) => {
                        let choices = contents.workbooks.iter().map(|_| Choice::Merge).collect();
                        stage.set(Stage::Preview { contents, choices });
                    }
                    Err(error) => stage.set(Stage::Refused(error)),
                }
            };
            match pick::read(&file, on_text) {
                Ok(running) => {
                    stage.set(Stage::Reading);
                    reader.replace(Some(running));
                }
                Err(error) => stage.set(Stage::Refused(error)),
            }
        })
    };
    let on_pick = {
        let open = open.clone();
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                open.emit(file);
            }
            // The same file, mended, can be picked again.
            input.set_value("");
        })
    };
    let on_drop = Callback::from(move |event: DragEvent| {
        event.prevent_default();
        if let Some(file) = event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0)) {
            open.emit(file);
        }
    });
    let on_drag = Callback::from(|event: DragEvent| event.prevent_default());
    let on_cancel = {
        let stage = stage.clone();
        Callback::from(move |_: MouseEvent| stage.set(Stage::Waiting))
    };
    let body = match &*stage {
        Stage::Waiting => html! {},
        Stage::Reading => html! { <p role="status">{ "正在读取…" }</p> },
        Stage::Refused(error) => {
            html! { <p class="attention" role="alert" data-refused={format!("{error:?}")}>{ refusal(*error) }</p> }
        }
        Stage::Done(text) => html! { <p role="status" data-imported="true">{ text.clone() }</p> },
        Stage::Preview { contents, choices } => {
            let on_choose = {
                let (stage, choices, contents) = (stage.clone(), choices.clone(), contents.workbooks.clone());
                let losses = losses_of(&stage);
                Callback::from(move |(at, choice): (usize, Choice)| {
                    let mut choices = choices.clone();
                    choices[at] = choice;
                    let contents = Contents { workbooks: contents.clone(), losses: losses.clone() };
                    stage.set(Stage::Preview { contents, choices });
                })
            };
            let on_apply = {
                let (state, stage, on_done) = (state.clone(), stage.clone(), props.on_done.clone());
                let (workbooks, choices) = (contents.workbooks.clone(), choices.clone());
                let dispatch = dispatch.clone();
                Callback::from(move |_: MouseEvent| {
                    let mut count = 0;
                    for (workbook, choice) in workbooks.iter().zip(&choices) {
                        let now = clock::now();
                        match (choice, state.books.get(&workbook.id)) {
                            (Choice::Leave, _) => continue,
                            (Choice::KeepBoth, Some(_)) => {
                                dispatch.dispatch(Action::Added(workbook.duplicate(identity::workbook_id())));
                            }
                            (_, held) => {
                                if let Some(held) = held {
                                    storage::snapshot(held, Reason::Import);
                                }
                                dispatch.dispatch(Action::Merged { workbook: workbook.clone(), now });
                                dispatch.dispatch(Action::Opened(workbook.id));
                            }
                        }
                        count += 1;
                    }
                    stage.set(Stage::Done(format!("已导入 {count} 份自查表。合并可以撤销，导入前的样子也留了快照。")));
                    on_done.emit(());
                })
            };
            let losses = contents.losses.iter().map(|loss| html! { <li>{ describe_loss(loss) }</li> });
            let warning = (!contents.losses.is_empty()).then(|| {
                html! {
                    <div class="note" data-losses={contents.losses.len().to_string()}>
                        <p class="attention">{ "这个文件不完整。能读的都读出来了，下面这些没有：" }</p>
                        <ul class="plain-list">{ for losses }</ul>
                    </div>
                }
            });
            let books = contents.workbooks.iter().zip(choices).enumerate();
            let books = books.map(|(at, (book, choice))| preview(&state, at, book, *choice, &on_choose));
            html! {
                <div class="preview" data-preview="true">
                    <div>{ for warning }</div>
                    <ul class="books">{ for books }</ul>
                    <p class="buttons">
                        <button type="button" class="button button--primary" data-action="apply-import" onclick={on_apply}>{ "按上面的选择导入" }</button>
                        <button type="button" class="button" data-action="cancel-import" onclick={on_cancel}>{ "取消，什么都不改" }</button>
                    </p>
                </div>
            }
        }
    };
    html! {
        <div class="drop" ondragover={on_drag} ondrop={on_drop}>
            <p>
                <label class="button drop__button">{ "选择备份文件…" }
                    <input class="visually-hidden drop__input" type="file" accept=".json,application/json" onchange={on_pick} disabled={!state.is_restored} />
                </label>
                <span class="drop__hint">{ "也可以把文件拖到这里。先看会改什么，再决定要不要。" }</span>
            </p>
            <div>{ body }</div>
        </div>
    }
}

fn losses_of(stage: &Stage) -> Vec<Loss> {
    match stage {
        Stage::Preview { contents, .. } => contents.losses.clone(),
        _ => Vec::new(),
    }
}

fn refusal(error: FileError) -> &'static str {
    match error {
        FileError::TooLarge => "文件太大（超过 20 MB），不会是自查表的备份。请确认选对了文件。什么都没有改。",
        FileError::NotOurs => {
            "这不是自查表的备份文件，或者已经损坏得读不出来。请选文件名以 .json 结尾、从“下载备份”得到的文件。什么都没有改。"
        }
        FileError::Newer => {
            "这个文件是用更新的版本做的，这个页面读不全，为免丢东西，没有导入。请换用最新版的网址再导入。"
        }
        FileError::Empty => "文件是自查表的备份，但里面没有能读出来的自查表。什么都没有改。",
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
            };
            format!("{what}应有 {expected} 条，读出 {found} 条。")
        }
        Loss::Unreadable(place) => format!("读不懂的内容：{place}（原样保留，不显示）。"),
        Loss::NoWorkbook(count) => format!("{count} 处不是自查表，或者已经损坏。"),
    }
}

/// One workbook of the file: what it is, what it would change, and what to do with it.
fn preview(state: &State, at: usize, book: &Workbook, choice: Choice, on_choose: &Callback<(usize, Choice)>) -> Html {
    let held = state.books.get(&book.id).filter(|held| !held.is_blank());
    let changes: Vec<Html> = match held {
        Some(held) => {
            let merged = merge(held, book);
            differences(held, &merged)
                .iter()
                .map(|difference| html! { <li>{ describe(difference, held, &merged) }</li> })
                .collect()
        }
        None => Vec::new(),
    };
    let (summary, has_choice) = match (held, changes.len()) {
        (None, _) => (format!("这个浏览器里没有这份，会新添进来：{} 项答复。", book.answers().count()), false),
        (Some(_), 0) => ("这个浏览器里已有同一份，内容一样新或更新，合并不会改动任何答复。".to_owned(), true),
        (Some(_), count) => (
            format!(
                "这个浏览器里已有同一份。合并会改动下面 {count} 处；同一处两边都改过的，留较晚的，另一个在“修改记录”里。"
            ),
            true,
        ),
    };
    let options = Choice::ALL.into_iter().filter(|(choice, _)| has_choice || *choice != Choice::KeepBoth).map(|(option, word)| {
        let on_choose = on_choose.clone();
        let onchange = Callback::from(move |_: Event| on_choose.emit((at, option)));
        let text = match option {
            Choice::Merge if has_choice => "合并",
            Choice::Merge => "添进来",
            Choice::KeepBoth => "另存为一份，两份都留",
            Choice::Leave => "不要这份",
        };
        html! {
            <label key={word} class="option"><input type="radio" name={format!("import-{at}")} value={word} checked={option == choice} autocomplete="off" {onchange} />{ text }</label>
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
fn describe(difference: &Difference, before: &Workbook, after: &Workbook) -> String {
    let or_none =
        |text: &str| if text.trim().is_empty() { "（空）".to_owned() } else { format!("“{}”", text.trim()) };
    let date = |date| or_none(&date_value(date));
    let msg = match difference {
        Difference::Value(msg) => msg,
        Difference::EvidenceAdded(id, at) => {
            let answer = after.answer(*id);
            let what = answer.evidence().find(|(other, _)| other == at).map(|(_, entry)| (*entry.what).clone());
            return format!("{} · 添佐证 {}", words::requirement(*id), or_none(&what.unwrap_or_default()));
        }
    };
    let held = |id| before.answer(id);
    let (from, to) = match msg {
        Msg::CycleChosen(cycle) => (words::cycle(*before.cycle), words::cycle(*cycle)),
        Msg::UnitNamed(name) => (or_none(&before.unit), or_none(name)),
        Msg::FillerNamed(name) => (or_none(&before.filler), or_none(name)),
        Msg::Deleted(is_deleted) => {
            let place = |is_deleted: bool| if is_deleted { "在回收站里" } else { "不在回收站里" }.to_owned();
            (place(!is_deleted), place(*is_deleted))
        }
        Msg::Answered(id, status) => (words::status(*held(*id).status).into(), words::status(*status).into()),
        Msg::NoteWritten(id, text) => (or_none(&held(*id).note), or_none(text)),
        Msg::ReasonGiven(id, text) => (or_none(&held(*id).reason), or_none(text)),
        Msg::OwnerNamed(id, text) => (or_none(&held(*id).owner), or_none(text)),
        Msg::DueSet(id, due) => (date(*held(*id).due), date(*due)),
        Msg::EvidenceAdded(_) => (String::new(), String::new()),
        Msg::EvidenceRemoved(_, _, is_removed) => {
            let place = |is_removed: bool| if is_removed { "已移除" } else { "在" }.to_owned();
            (place(!is_removed), place(*is_removed))
        }
        Msg::EvidenceWritten(id, at, field) => {
            let answer = held(*id);
            let entry =
                answer.evidence().find(|(other, _)| other == at).map(|(_, entry)| entry.clone()).unwrap_or_default();
            match field {
                EvidenceField::What(text) => (or_none(&entry.what), or_none(text)),
                EvidenceField::Reference(text) => (or_none(&entry.reference), or_none(text)),
                EvidenceField::Date(value) => (date(*entry.date), date(*value)),
            }
        }
    };
    let place = msg.requirement().map_or_else(String::new, |id| format!("{} · ", words::requirement(id)));
    format!("{place}{}：{from} → {to}", words::field(msg))
}
