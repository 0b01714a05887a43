//! 按哪天看: looking at another day than today, and how far ahead is near.

use plan_checklist_domain::Date;
use yew::prelude::*;

use crate::components::button::Button;
use crate::components::text_field::{Shape, TextField, date_value};
use crate::store::{Action, Store};

/// The days ahead that can count as near.
const NEAR: [u16; 5] = [7, 15, 30, 60, 90];

pub(super) fn choose_day(store: &Store) -> Html {
    let dispatch = store.dispatch.clone();
    let is_disabled = !store.is_restored;
    let on_choose = {
        let dispatch = dispatch.clone();
        Callback::from(move |chosen| dispatch.send(Action::DayChosen(chosen)))
    };
    let on_day = {
        let today = store.clock_day();
        on_choose.reform(move |text: String| Date::parse(&text).filter(|day| Some(*day) != today))
    };
    let on_today = on_choose.reform(|_: MouseEvent| None);
    let options = NEAR.map(|days| {
        let onchange = dispatch.on::<Event>(Action::NearDaysChosen(days));
        html! {
            <label key={days} class="option">
                <input type="radio" name="near" value={days.to_string()} checked={days == store.near_days}
                    disabled={is_disabled} autocomplete="off" {onchange} />
                { format!("{days} 天") }
            </label>
        }
    });
    html! {
        <div class="stack">
            <p class="page__lead">{ "平时按今天算。培训演示，或回头看某一天的情形，可以选一天；只影响这个窗口的显示，不改任何答复。" }</p>
            <div class="dates__day">
                <TextField label="按此日期看" name="day" value={date_value(store.day())} shape={Shape::Date} {is_disabled} on_write={on_day} />
                <span>
                    if store.chosen_day.is_some() {
                        <Button action="today-here" onclick={on_today}>{ "回到今天" }</Button>
                    }
                </span>
            </div>
            <fieldset class="options"><legend>{ "几天之内算“临近”" }</legend>{ for options }</fieldset>
        </div>
    }
}
