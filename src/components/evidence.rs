//! The evidence entries of one answer.

use std::rc::Rc;

use plan_checklist_domain::workbook::update::EntryValue;
use plan_checklist_domain::{Answer, Cycle, Date, Entry, EntryId, List, Msg, RequirementId};
use web_sys::Element;
use yew::prelude::*;

use crate::components::advice_tag::advice_tag;
use crate::components::button::{Button, ButtonStyle};
use crate::components::text_field::{Shape, TextField, date_value};
use crate::effects::scroll;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct EvidenceProps {
    pub(crate) id: RequirementId,
    pub(crate) answer: Rc<Answer>,
    /// What could be kept, to be clicked in.
    pub(crate) hints: &'static [String],
    pub(crate) cycle: Cycle,
    pub(crate) is_disabled: bool,
    /// The entry whose removal waits for a second click.
    pub(crate) asked: Option<EntryId>,
    pub(crate) on_edit: Callback<Msg>,
    pub(crate) on_ask: Callback<Option<EntryId>>,
}

/// Every entry, and the way to one more.
///
/// One just added here gets the focus, one removed leaves it to the button that adds: at once, before the next key. What
/// comes from another window or by undoing moves nothing.
#[component]
pub(crate) fn Evidence(props: &EvidenceProps) -> Html {
    let list = List::Evidence(props.id);
    let whole = use_node_ref();
    let on_change = {
        let (whole, on_edit) = (whole.clone(), props.on_edit.clone());
        Callback::from(move |msg: Msg| {
            let focused =
                if matches!(msg, Msg::EntryAdded(..)) { "li:last-child input" } else { "[data-action=add-evidence]" };
            let find = |whole: &Element, selector: &str| whole.query_selector(selector).ok().flatten();
            if let Some(whole) = whole.cast::<Element>()
                && let Some(list) = find(&whole, "ol")
            {
                scroll::once_changed(&list, move || {
                    if let Some(element) = find(&whole, focused) {
                        scroll::focus_in_sight(&element);
                    }
                });
            }
            on_edit.emit(msg);
        })
    };
    let entries =
        props.answer.evidence().enumerate().map(|(position, (at, entry))| row(props, &on_change, position, at, entry));
    let on_add = on_change.reform(move |_: MouseEvent| Msg::EntryAdded(list, String::new()));
    html! {
        <div class="evidence" ref={whole}>
            <p class="evidence__label">{ "佐证" }</p>
            <ol class="evidence__list">{ for entries }</ol>
            { hints(props, &on_change) }
            <Button action="add-evidence" is_disabled={props.is_disabled} onclick={on_add}>{ "＋ 添一条佐证" }</Button>
        </div>
    }
}

/// What could be kept and is not there yet: a click adds it.
fn hints(props: &EvidenceProps, on_change: &Callback<Msg>) -> Html {
    let list = List::Evidence(props.id);
    let hints = props.hints.iter().map(|hint| props.cycle.reword(hint).into_owned());
    let hints = hints.filter(|hint| props.answer.evidence().all(|(_, entry)| entry.what.trim() != hint));
    let hints = hints.map(|hint| {
        let what = hint.clone();
        let onclick = on_change.reform(move |_: MouseEvent| Msg::EntryAdded(list, what.clone()));
        html! {
            <li key={hint.clone()}>
                <button type="button" class="hint" data-action="add-hint" disabled={props.is_disabled} {onclick}>{ "＋ " }{ hint }</button>
            </li>
        }
    });
    let hints: Vec<Html> = hints.collect();
    html! {
        <div class="evidence__hints">
            if !hints.is_empty() {
                <p class="evidence__label">{ "可以留存，点一下添上" }{ advice_tag() }</p>
                <ul>{ for hints }</ul>
            }
        </div>
    }
}

fn row(props: &EvidenceProps, on_change: &Callback<Msg>, position: usize, at: EntryId, entry: &Entry) -> Html {
    let EvidenceProps { id, is_disabled, on_edit, on_ask, .. } = props;
    let (id, is_disabled) = (*id, *is_disabled);
    let (list, key) = (List::Evidence(id), at.0.to_string());
    let write =
        |value: fn(String) -> EntryValue| on_edit.reform(move |text: String| Msg::EntryWritten(list, at, value(text)));
    let is_asked = props.asked == Some(at);
    let remove = if is_asked { "确认移除" } else { "移除" };
    // What says nothing is removed without asking.
    let on_remove = if is_asked || entry.is_blank() {
        on_change.reform(move |_: MouseEvent| Msg::EntryRemoved(list, at, true))
    } else {
        on_ask.reform(move |_: MouseEvent| Some(at))
    };
    let on_keep = on_ask.reform(|_: MouseEvent| None);
    let more = [entry.reference.trim(), entry.place.trim(), &date_value(*entry.date)]
        .iter()
        .filter(|text| !text.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(" · ");
    let more = if more.is_empty() { "文号、存放处、日期".to_owned() } else { more };
    html! {
        <li key={key.clone()} class="evidence__entry">
            <TextField label="是什么" name={format!("what-{id}-{key}")} value={(*entry.what).clone()} {is_disabled}
                class="evidence__what" is_label_hidden={true} placeholder="如：评估报告、会议纪要" on_write={write(EntryValue::What)} />
            <div class="evidence__actions">
                <Button action="remove-evidence" style={ButtonStyle::Quiet} label={format!("{remove}第 {} 条佐证", position + 1)}
                    {is_disabled} onclick={on_remove}>
                    { remove }
                </Button>
                <span>
                    if is_asked {
                        <Button action="keep-evidence" style={ButtonStyle::Quiet} onclick={on_keep}>{ "保留" }</Button>
                    }
                </span>
            </div>
            <details class="evidence__more">
                <summary>{ more }</summary>
                <div class="evidence__fields">
                    <TextField label="文号或链接" name={format!("reference-{id}-{key}")} value={(*entry.reference).clone()}
                        {is_disabled} class="evidence__reference" on_write={write(EntryValue::Reference)} />
                    <TextField label="存放在哪里" name={format!("place-{id}-{key}")} value={(*entry.place).clone()}
                        {is_disabled} placeholder="如：规划科档案柜、内网共享盘" on_write={write(EntryValue::Place)} />
                    <TextField label="日期" name={format!("date-{id}-{key}")} value={date_value(*entry.date)} shape={Shape::Date}
                        {is_disabled} class="evidence__date" on_write={write(|text| EntryValue::Date(Date::parse(&text)))} />
                </div>
            </details>
        </li>
    }
}
