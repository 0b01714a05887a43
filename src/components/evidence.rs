//! The evidence entries of one answer.

use std::rc::Rc;

use plan_checklist_domain::workbook::update::EntryValue;
use plan_checklist_domain::{Answer, Date, Entry, EntryId, List, Msg, RequirementId};
use web_sys::Element;
use yew::prelude::*;

use crate::components::button::{Button, ButtonStyle};
use crate::components::text_field::{Shape, TextField, date_value};
use crate::effects::scroll;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct EvidenceProps {
    pub(crate) id: RequirementId,
    pub(crate) answer: Rc<Answer>,
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
                if matches!(msg, Msg::EntryAdded(_)) { "li:last-child input" } else { "[data-action=add-evidence]" };
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
    let on_add = on_change.reform(move |_: MouseEvent| Msg::EntryAdded(list));
    html! {
        <div class="evidence" ref={whole}>
            <ol class="evidence__list">{ for entries }</ol>
            <Button action="add-evidence" is_disabled={props.is_disabled} onclick={on_add}>{ "＋ 添一条佐证" }</Button>
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
    html! {
        <li key={key.clone()} class="evidence__entry">
            <TextField label="是什么" name={format!("what-{id}-{key}")} value={(*entry.what).clone()} {is_disabled}
                class="evidence__what" placeholder="如：评估报告、会议纪要" on_write={write(EntryValue::What)} />
            <TextField label="文号或链接" name={format!("reference-{id}-{key}")} value={(*entry.reference).clone()}
                {is_disabled} class="evidence__reference" on_write={write(EntryValue::Reference)} />
            <TextField label="日期" name={format!("date-{id}-{key}")} value={date_value(*entry.date)} shape={Shape::Date}
                {is_disabled} class="evidence__date" on_write={write(|text| EntryValue::Date(Date::parse(&text)))} />
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
        </li>
    }
}
