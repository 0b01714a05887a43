//! Who fills in the workbook. Optional, at any time.

use plan_checklist_domain::{Msg, UnitKind};
use yew::prelude::*;

use crate::components::field::{FieldProps, field};
use crate::components::link::{p, section};
use crate::store::{Action, Dispatch, Store};
use crate::words;

/// Who filled in, and which day it is: on paper only.
pub(crate) fn signature(store: &Store, kind: UnitKind) -> Html {
    let workbook = store.workbook(kind);
    let or_line = |text: String| if text.trim().is_empty() { "＿＿＿＿＿＿".into() } else { text };
    let [unit, filler, day] =
        [(*workbook.unit).clone(), (*workbook.filler).clone(), store.clock_day().map_or_else(String::new, words::date)]
            .map(or_line);
    p("print-only", format!("单位：{unit} · 填表人：{filler} · 打印日期：{day}"))
}

pub(crate) fn unit_names(store: &Store, kind: UnitKind) -> Html {
    let workbook = store.workbook(kind);
    let is_disabled = !store.is_restored;
    let write = |msg: fn(String) -> Msg| {
        let dispatch = Dispatch::of(store);
        Callback::from(move |text| dispatch.send(Action::Edited(kind, msg(text))))
    };
    let unit = field(FieldProps {
        label: "单位名称（可不填）".into(),
        name: "unit-name".into(),
        value: (*workbook.unit).clone().into(),
        is_disabled,
        on_write: write(Msg::UnitNamed),
        ..FieldProps::default()
    });
    let filler = field(FieldProps {
        label: "填表人（可不填）".into(),
        name: "filler-name".into(),
        value: (*workbook.filler).clone().into(),
        is_disabled,
        on_write: write(Msg::FillerNamed),
        ..FieldProps::default()
    });
    let fields = html! {
        <div class="unit-names">
            { unit }
            { filler }
        </div>
    };
    section("unit-heading", "这份自查表是谁的", "page__aside", fields)
}
