//! Who fills in the workbook. Optional, at any time.

use plan_checklist_domain::{Msg, UnitKind};
use yew::prelude::*;

use crate::components::field::Field;
use crate::store::{edit, use_dispatch};

#[derive(Debug, Properties, PartialEq)]
pub(crate) struct UnitNamesProps {
    pub(crate) kind: UnitKind,
    pub(crate) unit: AttrValue,
    pub(crate) filler: AttrValue,
    pub(crate) is_disabled: bool,
}

#[component]
pub(crate) fn UnitNames(props: &UnitNamesProps) -> Html {
    let UnitNamesProps { kind, unit, filler, is_disabled } = props;
    let (kind, is_disabled) = (*kind, *is_disabled);
    let dispatch = use_dispatch();
    let write = |msg: fn(String) -> Msg| {
        let dispatch = dispatch.clone();
        Callback::from(move |text| edit(&dispatch, kind, msg(text)))
    };
    html! {
        <div class="unit-names">
            <Field label="单位名称（可不填）" name="unit-name" value={unit.clone()} {is_disabled} on_write={write(Msg::UnitNamed)} />
            <Field label="填表人（可不填）" name="filler-name" value={filler.clone()} {is_disabled} on_write={write(Msg::FillerNamed)} />
        </div>
    }
}
