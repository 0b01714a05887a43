//! 规划期 of a workbook, changed where it is shown.

use plan_checklist_domain::{Cycle, Workbook};
use yew::prelude::*;

use crate::components::select::Select;
use crate::store::{Action, Store};
use crate::words;

/// How much is said of a cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Length {
    /// What it is called, beside what says what it is.
    Name,
    /// With its years, under a label.
    Whole,
}

/// The workbook's cycle, in a list of those to choose from.
pub(crate) fn cycle_choice(store: &Store, book: &Workbook, length: Length) -> Html {
    let (id, dispatch) = (book.id, store.dispatch.clone());
    let on_choose = Callback::from(move |cycle| dispatch.send(Action::CycleChosen(id, cycle)));
    let name = format!("cycle-{id}");
    list(name, *book.cycle, length, !store.is_restored || store.is_locked(id), on_choose)
}

/// The cycle of what is begun from now on.
pub(crate) fn usual_cycle_choice(store: &Store) -> Html {
    let dispatch = store.dispatch.clone();
    let on_choose = Callback::from(move |cycle| dispatch.send(Action::UsualCycleChosen(cycle)));
    list("cycle".into(), store.usual_cycle(), Length::Whole, !store.is_restored, on_choose)
}

fn list(name: String, chosen: Cycle, length: Length, is_disabled: bool, on_choose: Callback<Cycle>) -> Html {
    let value = |cycle: Cycle| AttrValue::from(cycle.first_year().to_string());
    // The cycle may be one that is not in the list.
    let own = Some(chosen).filter(|chosen| !Cycle::USUAL.contains(chosen));
    let options = Cycle::USUAL.into_iter().chain(own).map(|cycle| {
        let text = if length == Length::Name { cycle.name() } else { words::cycle(cycle) };
        (value(cycle), text.into())
    });
    let options: Vec<_> = options.collect();
    let class = if length == Length::Name { "field--bare cycle-choice" } else { "cycle-choice" };
    let on_choose = Callback::from(move |year: String| {
        if let Some(cycle) = Cycle::parse(&year) {
            on_choose.emit(cycle);
        }
    });
    html! { <Select label="规划期" {name} {options} value={value(chosen)} {class} {is_disabled} {on_choose} /> }
}
