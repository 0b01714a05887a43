//! Who fills in the workbook, and for which cycle. Optional, at any time.

use plan_checklist_domain::{Date, Msg, UnitKind};
use yew::prelude::*;

use crate::components::cycle_choice::{Length, cycle_choice};
use crate::components::section::section_of;
use crate::components::text_field::TextField;
use crate::store::{Action, Store};
use crate::words;

/// Who filled in, for which cycle, and which day it is: on paper only.
pub(crate) fn signature(store: &Store, kind: UnitKind) -> Html {
    let workbook = store.workbook(kind);
    let or_line = |text: &str| if text.trim().is_empty() { "＿＿＿＿＿＿".to_owned() } else { text.to_owned() };
    let day = store.clock_day().map_or_else(String::new, Date::in_chinese);
    let (unit, filler, day) = (or_line(&workbook.unit), or_line(&workbook.filler), or_line(&day));
    let cycle = words::cycle(*workbook.cycle);
    html! {
        <p class="print-only signature">{ format!("单位：{unit} · 填表人：{filler} · 规划期：{cycle} · 打印日期：{day}") }</p>
    }
}

/// Asked at the end of the results, under a heading.
pub(crate) fn unit_names(store: &Store, kind: UnitKind) -> Html {
    section_of(
        "page__aside",
        "unit-heading",
        "这份自查表是谁的",
        html! {
            // What is being typed belongs to this unit alone.
            <div key={kind.as_str()} class="unit-names">{ names(store, kind) }</div>
        },
    )
}

/// Asked where the work starts, in one line, which may be left as it is.
pub(crate) fn start_line(store: &Store, kind: UnitKind) -> Html {
    html! {
        <div key={kind.as_str()} class="unit-names unit-names--line needs-program">
            { names(store, kind) }
            { cycle_choice(store, store.workbook(kind), Length::Whole) }
        </div>
    }
}

fn names(store: &Store, kind: UnitKind) -> Html {
    let workbook = store.workbook(kind);
    let is_disabled = !store.is_editable(kind);
    let write = |msg: fn(String) -> Msg| {
        let dispatch = store.dispatch.clone();
        Callback::from(move |text| dispatch.send(Action::Edited(kind, msg(text))))
    };
    html! {
        <>
            <TextField label="单位名称（可不填）" name="unit-name" value={(*workbook.unit).clone()} {is_disabled}
                on_write={write(Msg::UnitNamed)} />
            <TextField label="填表人（可不填）" name="filler-name" value={(*workbook.filler).clone()} {is_disabled}
                on_write={write(Msg::FillerNamed)} />
        </>
    }
}
