//! 与上次相比: an earlier state is chosen, and what changed since is said.

use std::rc::Rc;

use plan_checklist_domain::sharing::link::{Link, LinkError, decode};
use plan_checklist_domain::sharing::since::{Change, Course, Earlier, Since};
use plan_checklist_domain::storage::backup::import;
use plan_checklist_domain::storage::key::RestorePoint;
use plan_checklist_domain::{UnitKind, Workbook};
use web_sys::{Event, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::components::button::{Button, ButtonStyle};
use crate::components::findings::{finding, finding_list};
use crate::components::link::link;
use crate::components::section::section_of;
use crate::components::select::Select;
use crate::effects::{clock, pick, storage};
use crate::store::Store;
use crate::words;

/// What is compared with, if anything is.
pub(crate) type EarlierHandle = UseStateHandle<Option<Rc<Earlier>>>;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct SinceBoxProps {
    pub(crate) store: Store,
    pub(crate) kind: UnitKind,
    pub(crate) earlier: EarlierHandle,
}

#[component]
pub(crate) fn SinceBox(props: &SinceBoxProps) -> Html {
    let SinceBoxProps { store, kind, earlier } = props;
    let kind = *kind;
    let workbook = store.workbook(kind);
    // What went wrong when an earlier state was chosen.
    let fault = use_state_eq(|| None::<AttrValue>);
    let choose = {
        let (earlier, fault, store) = (earlier.setter(), fault.setter(), store.clone());
        Callback::from(move |found: Result<Earlier, AttrValue>| {
            let workbook = store.workbook(kind);
            match found {
                Ok(found) if found.kind() != workbook.kind || found.first_year() != workbook.cycle.first_year() => {
                    earlier.set(None);
                    fault.set(Some("那一份的单位类别或规划期和这一份不同，没有可比的。请换一份。".into()));
                }
                Ok(found) => {
                    earlier.set(Some(Rc::new(found)));
                    fault.set(None);
                }
                Err(sentence) => {
                    earlier.set(None);
                    fault.set(Some(sentence));
                }
            }
        })
    };
    let points = if store.is_restored { storage::restore_points_of(workbook.id) } else { Vec::new() };
    let on_point = {
        let (choose, earlier, fault, points) = (choose.clone(), earlier.setter(), fault.setter(), points.clone());
        Callback::from(move |word: String| match points.iter().find(|point| point.number.to_string() == word) {
            None => {
                earlier.set(None);
                fault.set(None);
            }
            Some(point) => choose.emit(read(*point)),
        })
    };
    let on_file = {
        let (choose, store) = (choose.clone(), store.clone());
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                let (choose, store) = (choose.clone(), store.clone());
                pick::read(&file, move |text| {
                    let found = text.map_err(|_| "文件太大，不像是备份，没有读。".into());
                    choose.emit(found.and_then(|text| from_backup(&text, store.workbook(kind))));
                });
            }
            // The same file, mended, can be picked again.
            input.set_value("");
        })
    };
    let on_paste = {
        let (choose, catalogue) = (choose.clone(), store.catalogue);
        Callback::from(move |event: InputEvent| {
            if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
                let text = area.value();
                let fragment = text.split_once('#').map_or(text.as_str(), |(_, fragment)| fragment);
                if !text.trim().is_empty() {
                    choose.emit(from_link(decode(catalogue, fragment.trim())));
                }
            }
        })
    };
    let on_clear = {
        let earlier = earlier.setter();
        Callback::from(move |_: MouseEvent| earlier.set(None))
    };
    let none = [(AttrValue::from(""), AttrValue::from(if points.is_empty() { "还没有历史留底" } else { "请选择" }))];
    let options = points.iter().map(|point| {
        let text = format!("{}（{}）", clock::moment(point.made), words::reason(point.reason));
        (point.number.to_string().into(), text.into())
    });
    let options: Vec<_> = none.into_iter().chain(options).collect();
    let since =
        earlier.as_ref().and_then(|earlier| Since::of(workbook, store.catalogue, earlier, store.as_of(workbook)));
    let is_disabled = !store.is_restored;
    let inside = html! {
        <>
            <p class="page__lead">{ "选一份以前的，看哪些销了号，哪些是新增的，哪些又退了回来；生成的自查报告里也会写上。" }</p>
            <details class="since__choice">
                <summary class="findings__more">{ "选一份以前的" }</summary>
                <div class="hand-in__row">
                    <Select label="历史留底" name="earlier-point" value="" {options} is_disabled={is_disabled || points.is_empty()} on_choose={on_point} />
                    <label class="button">
                        { "打开以前的备份…" }
                        <input class="visually-hidden" name="earlier-file" type="file" accept=".json,application/json" onchange={on_file} disabled={is_disabled} />
                    </label>
                </div>
                <div class="field">
                    <label class="field__label" for="earlier-link">{ "或者粘贴以前的快照链接" }</label>
                    <textarea id="earlier-link" name="earlier-link" class="field__input" rows="2" autocomplete="off" spellcheck="false" disabled={is_disabled} oninput={on_paste} />
                </div>
            </details>
            <div>
                if let Some(fault) = &*fault {
                    <p class="attention" role="alert">{ fault }</p>
                }
            </div>
            <div>
                if let Some(since) = &since {
                    { shown(store, kind, since) }
                    <p class="buttons"><Button action="forget-earlier" style={ButtonStyle::Quiet} onclick={on_clear}>{ "不比了" }</Button></p>
                }
            </div>
        </>
    };
    html! { <div class="needs-program">{ section_of("since", "since", "与上次相比", inside) }</div> }
}

fn read(point: RestorePoint) -> Result<Earlier, AttrValue> {
    let workbook = storage::read_restore_point(point).ok_or("这份历史留底读不出来了，请换一份。")?;
    Ok(Earlier::Workbook(Box::new(workbook), clock::date_of(point.made)))
}

/// The workbook of the file that this one was: the same; else the only one of its kind and cycle.
fn from_backup(text: &str, ours: &Workbook) -> Result<Earlier, AttrValue> {
    let import = import(text, clock::now()).map_err(|_| "这个文件不是备份，或者坏了，读不出来。什么都没有改。")?;
    let same = import.workbooks.iter().find(|workbook| workbook.id == ours.id);
    let mut alike =
        import.workbooks.iter().filter(|workbook| workbook.kind == ours.kind && *workbook.cycle == *ours.cycle);
    let only = alike.next().filter(|_| alike.next().is_none());
    let found = same.or(only).ok_or("备份里没有这一份自查表以前的样子，也没有别的可比的。")?;
    Ok(Earlier::Workbook(Box::new(found.clone()), clock::date_of(found.latest().wall)))
}

fn from_link(link: Result<Link, LinkError>) -> Result<Earlier, AttrValue> {
    match link {
        Ok(Link::Snapshot(snapshot)) => Ok(Earlier::Snapshot(snapshot)),
        Err(LinkError::Newer) => Err("这个链接是更新的版本做的，这里读不了。".into()),
        Err(LinkError::Damaged) => Err("这个链接不完整，可能没有整段复制下来，读不出来。".into()),
        Ok(Link::Start(_)) | Err(LinkError::NotOurs) => Err("这里面没有快照。请粘贴“自查快照”的整个网址。".into()),
    }
}

fn shown(store: &Store, kind: UnitKind, since: &Since) -> Html {
    let groups = Course::ALL.map(|course| {
        let changes: Vec<_> = since.all(course).collect();
        let hint = match course {
            Course::Closed => "要的都有了。",
            Course::New => "那时还没有核对。",
            Course::CameBack => "那时已经办好，现在又不齐了。",
            Course::Moved => "",
        };
        let rows = finding_list(changes.iter().map(|change| row(store, kind, change)));
        html! {
            <div key={course.name()}>
                if !changes.is_empty() {
                    <details open={changes.len() <= 8} data-course={course.name()}>
                        <summary>{ format!("{}（{} 项）{hint}", course.name(), changes.len()) }</summary>
                        { rows }
                    </details>
                }
            </div>
        }
    });
    let steps = since.steps.iter().map(|(step, sentence)| html! { <li>{ format!("{step}：{sentence}") }</li> });
    html! {
        <>
            <p role="status" class="since__sentence">{ &since.sentence }</p>
            <ul class="plain-list">{ for steps }</ul>
            { for groups }
        </>
    }
}

fn row(store: &Store, kind: UnitKind, change: &Change) -> Html {
    let workbook = store.workbook(kind);
    let title = match store.place(workbook, change.id) {
        Some((to, _)) => link(store, to, "", change.title.clone()),
        None => change.title.clone().into(),
    };
    finding(change.id.as_str(), title, format!("{} → {}", change.was, change.now))
}
