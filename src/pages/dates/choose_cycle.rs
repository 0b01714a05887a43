//! 规划期: which plan it is, and what follows from that.

use plan_checklist_domain::{Cycle, Msg, Workbook};
use yew::prelude::*;

use crate::components::text_field::TextField;
use crate::store::{Action, Store};
use crate::words;

pub(super) fn choose_cycle(store: &Store, workbook: &Workbook) -> Html {
    let chosen = *workbook.cycle;
    let on_choose = {
        let (kind, dispatch) = (workbook.kind, store.dispatch.clone());
        Callback::from(move |cycle| dispatch.send(Action::Edited(kind, Msg::CycleChosen(cycle))))
    };
    let options = Cycle::USUAL.map(|cycle| {
        let onchange = on_choose.reform(move |_: Event| cycle);
        html! {
            <label key={cycle.0} class="option">
                <input type="radio" name="cycle" value={cycle.0.to_string()} checked={cycle == chosen}
                    disabled={!store.is_editable(workbook.kind)} autocomplete="off" {onchange} />
                { words::cycle(cycle) }
            </label>
        }
    });
    let on_write = Callback::from(move |text: String| {
        // Anything but a year stays in the field, and changes nothing.
        if let Some(cycle) = Cycle::parse(&text) {
            on_choose.emit(cycle);
        }
    });
    let other = if Cycle::USUAL.contains(&chosen) { String::new() } else { chosen.0.to_string() };
    let follows = format!(
        "全市{}规划：{}前提出总体思路、主要目标、重点任务，{}前完成审定报批。",
        chosen.name(),
        chosen.proposals_by().in_chinese(),
        chosen.approval_by().in_chinese()
    );
    html! {
        <div class="stack">
            <p class="page__lead">{ "讲话说的是“十四五”，只说“今年”，没有写年份；由“今年底到 2021 年上半年”推算，今年是 2020 年。编别的规划期也能用：两个时限按首年推算，已填的答复都留着。" }</p>
            <fieldset class="options"><legend class="visually-hidden">{ "规划期" }</legend>{ for options }</fieldset>
            <div class="dates__year">
                <TextField label="其他：规划首年（四位数字）" name="cycle-year" value={other} placeholder="如 2028"
                    is_disabled={!store.is_editable(workbook.kind)} {on_write} />
            </div>
            <p role="status" data-cycle={chosen.0.to_string()}>{ follows }</p>
        </div>
    }
}
