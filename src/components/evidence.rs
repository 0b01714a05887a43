//! The evidence entries of one answer.

use plan_checklist_domain::update::EntryField;
use plan_checklist_domain::{Answer, Date, Entry, EntryId, List, Msg, RequirementId};
use yew::prelude::*;

use crate::components::button::{Button, ButtonStyle};
use crate::components::text_field::{Shape, TextField, date_value};

/// What the entries of one answer are shown with.
#[derive(Debug)]
pub(crate) struct EvidenceList<'a> {
    pub(crate) id: RequirementId,
    pub(crate) answer: &'a Answer,
    pub(crate) is_disabled: bool,
    /// The entry whose removal waits for a second click.
    pub(crate) asked: Option<EntryId>,
    pub(crate) on_edit: &'a Callback<Msg>,
    pub(crate) on_ask: &'a Callback<Option<EntryId>>,
}

impl EvidenceList<'_> {
    /// Every entry, and the way to one more.
    pub(crate) fn view(&self) -> Html {
        let list = List::Evidence(self.id);
        let entries = self.answer.evidence().enumerate().map(|(position, (at, entry))| self.row(position, at, entry));
        let on_add = self.on_edit.reform(move |_: MouseEvent| Msg::EntryAdded(list));
        html! {
            <div class="evidence">
                <ol class="evidence__list">{ for entries }</ol>
                <Button action="add-evidence" is_disabled={self.is_disabled} onclick={on_add}>{ "＋ 添一条佐证" }</Button>
            </div>
        }
    }

    fn row(&self, position: usize, at: EntryId, entry: &Entry) -> Html {
        let Self { id, is_disabled, on_edit, on_ask, .. } = *self;
        let (list, key) = (List::Evidence(id), at.0.to_string());
        let write = |field: fn(String) -> EntryField| {
            on_edit.reform(move |text: String| Msg::EntryWritten(list, at, field(text)))
        };
        let is_asked = self.asked == Some(at);
        let remove = if is_asked { "确认移除" } else { "移除" };
        // What says nothing is removed without asking.
        let on_remove = if is_asked || entry.is_blank() {
            on_edit.reform(move |_: MouseEvent| Msg::EntryRemoved(list, at, true))
        } else {
            on_ask.reform(move |_: MouseEvent| Some(at))
        };
        let on_keep = on_ask.reform(|_: MouseEvent| None);
        html! {
            <li key={key.clone()} class="evidence__entry">
                <TextField label="是什么" name={format!("what-{id}-{key}")} value={(*entry.what).clone()} {is_disabled}
                    class="evidence__what" placeholder="如：评估报告、会议纪要" on_write={write(EntryField::What)} />
                <TextField label="文号或链接" name={format!("reference-{id}-{key}")} value={(*entry.reference).clone()}
                    {is_disabled} class="evidence__reference" on_write={write(EntryField::Reference)} />
                <TextField label="日期" name={format!("date-{id}-{key}")} value={date_value(*entry.date)} shape={Shape::Date}
                    {is_disabled} class="evidence__date" on_write={write(|text| EntryField::Date(Date::parse(&text)))} />
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
}
