//! What the unit says besides a status: who, by when, what shows it, what is wrong, and what comes next.

use std::rc::Rc;

use plan_checklist_domain::{Answer, Cycle, Date, Msg, RequirementId, Status};
use yew::prelude::*;

use crate::components::editing::Editing;
use crate::components::evidence::Evidence;
use crate::components::history::history;
use crate::components::text_field::{Shape, TextField, date_value};

/// The id of the page's list of names that somebody was made responsible by.
pub(crate) const OWNERS: &str = "owners";

/// Who does it, and by when.
pub(crate) fn who_and_when(id: RequirementId, answer: &Answer, editing: &Editing) -> Html {
    let Editing { is_disabled, on_edit, .. } = editing;
    let is_disabled = *is_disabled;
    html! {
        <div class="record__row">
            <TextField label="责任人" name={format!("owner-{id}")} value={(*answer.owner).clone()} list={OWNERS}
                {is_disabled} on_write={on_edit.reform(move |text| Msg::OwnerNamed(id, text))} />
            <TextField label="完成时限" name={format!("due-{id}")} value={date_value(*answer.due)} shape={Shape::Date}
                {is_disabled} on_write={on_edit.reform(move |text: String| Msg::DueSet(id, Date::parse(&text)))} />
        </div>
    }
}

/// What shows it, what is wrong, what comes next. Of what nobody has looked at, it is closed until somebody opens it.
pub(crate) fn record(
    id: RequirementId,
    answer: &Rc<Answer>,
    hints: &'static [String],
    cycle: Cycle,
    is_edited: bool,
    editing: &Editing,
) -> Html {
    let Editing { is_disabled, asked, on_edit, on_ask } = editing;
    let (is_disabled, asked) = (*is_disabled, *asked);
    let is_open = is_edited || *answer.status != Status::Unchecked || !answer.is_blank();
    let is_lacking = matches!(*answer.status, Status::NotStarted | Status::InProgress);
    let is_lacking = is_lacking || [&answer.problem, &answer.measure].iter().any(|text| !text.is_empty());
    html! {
        <details class="record" open={is_open}>
            <summary class="record__summary">{ "佐证、备注" }</summary>
            <div class="record__body">
                <div class="record__texts">
                    <div class="record__lacking">
                        if is_lacking {
                            <TextField label="存在问题" name={format!("problem-{id}")} value={(*answer.problem).clone()} shape={Shape::Paragraph}
                                {is_disabled} placeholder="还差什么，卡在哪里" on_write={on_edit.reform(move |text| Msg::ProblemWritten(id, text))} />
                            <TextField label="下一步措施" name={format!("measure-{id}")} value={(*answer.measure).clone()} shape={Shape::Paragraph}
                                {is_disabled} placeholder="谁在什么时候做什么" on_write={on_edit.reform(move |text| Msg::MeasureWritten(id, text))} />
                        }
                    </div>
                    <TextField label="备注" name={format!("note-{id}")} value={(*answer.note).clone()} shape={Shape::Paragraph}
                        {is_disabled} on_write={on_edit.reform(move |text| Msg::NoteWritten(id, text))} />
                </div>
                <div class="record__evidence">
                    <Evidence {id} answer={answer.clone()} {hints} {cycle} {is_disabled} {asked} on_edit={on_edit.clone()} on_ask={on_ask.clone()} />
                    { history(id, answer, is_disabled, on_edit) }
                </div>
            </div>
        </details>
    }
}

/// The same as text, a line each.
pub(crate) fn record_in_words(answer: &Answer) -> String {
    let mut lines = String::new();
    let mut add = |what: &str, text: &str| {
        if !text.trim().is_empty() {
            lines += what;
            lines += text.trim();
            lines.push('\n');
        }
    };
    add("责任人：", &answer.owner);
    add("时限：", &date_value(*answer.due));
    for (_, entry) in answer.evidence() {
        add("佐证：", &entry.what);
        add("", &entry.reference);
        add("存放：", &entry.place);
        add("", &date_value(*entry.date));
    }
    add("存在问题：", &answer.problem);
    add("下一步措施：", &answer.measure);
    add("备注：", &answer.note);
    lines
}
