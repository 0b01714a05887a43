//! What is handed on: a text to copy, and a QR code.

use plan_checklist_domain::qr::qr;
use yew::prelude::*;

use crate::components::element::{el, many};
use crate::components::link::{Look, button};
use crate::pages::sharing::Desk;

/// A text in a field of its own, with a button that copies it; `more` stands beside that.
pub(crate) fn copyable(
    desk: &Desk,
    id: &'static str,
    label: &'static str,
    text: &str,
    rows: usize,
    more: Html,
) -> Html {
    let copied = match desk.copied(text) {
        None => "",
        Some(true) => "已复制",
        Some(false) => "浏览器不让自动复制。上面的文字已经选中，请按 Ctrl+C 复制（手机上长按）。",
    };
    let onclick = {
        let (desk, text) = (desk.clone(), text.to_owned());
        Callback::from(move |_: MouseEvent| desk.copy(id, &text))
    };
    html! {
        <div class="copyable">
            <label class="field__label" for={id}>{ label }</label>
            <textarea {id} class="field__input" readonly=true rows={rows.to_string()} value={text.to_owned()} autocomplete="off" spellcheck="false" />
            <p class="buttons">
                <span data-copy={id}>{ button("复制", Look::primary("copy"), onclick) }</span>
                { more }
                <span class="copyable__outcome" role="status">{ copied }</span>
            </p>
        </div>
    }
}

/// An address as a QR code: a picture, so that it can be saved or put into a document, drawn in lines, so that it prints
/// sharp. Dark on light also where the page is dark.
pub(crate) fn qr_code(address: &str) -> Html {
    let Some(code) = qr(address) else {
        return el("p", "attention", "网址太长，画不成二维码，请复制网址。");
    };
    let side = code.size;
    let source = format!(
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='{0}' height='{0}' viewBox='0 0 {side} {side}' \
         shape-rendering='crispEdges'%3E%3Cpath fill='%23fff' d='M0 0h{side}v{side}H0z'/%3E%3Cpath d='{1}'/%3E%3C/svg%3E",
        side * 8,
        code.path,
    );
    html! { <img class="qr" src={source} width="256" height="256" alt="二维码，扫码打开这个网址" /> }
}

/// A choice among a few, each with a line that says what it means.
pub(crate) struct Option {
    pub(crate) word: &'static str,
    pub(crate) title: AttrValue,
    pub(crate) hint: AttrValue,
    pub(crate) is_chosen: bool,
    pub(crate) is_disabled: bool,
    pub(crate) on_choose: Callback<Event>,
}

/// Radio buttons as cards.
pub(crate) fn options(name: &'static str, legend: &'static str, options: Vec<Option>) -> Html {
    let cards = options.into_iter().map(|option| {
        let Option { word, title, hint, is_chosen, is_disabled, on_choose } = option;
        html! {
            <label class={if is_chosen { "pick pick--chosen" } else { "pick" }}>
                <input type="radio" {name} value={word} checked={is_chosen} disabled={is_disabled} autocomplete="off" onchange={on_choose} />
                { many("span", "", vec![el("strong", "pick__title", title), el("span", "pick__hint", hint)]) }
            </label>
        }
    });
    html! { <fieldset class="picks"><legend class="page__subtitle">{ legend }</legend>{ many("div", "picks__list", cards) }</fieldset> }
}

/// A labelled list to choose from: of values and what they are called.
pub(crate) fn select(
    id: &'static str,
    label: &'static str,
    entries: Vec<(String, AttrValue)>,
    chosen: &str,
    on_choose: Callback<String>,
) -> Html {
    let entries = entries.into_iter().map(|(value, text)| {
        let selected = value == chosen;
        html! { <option key={value.clone()} {value} {selected}>{ text }</option> }
    });
    let onchange = Callback::from(move |event: Event| {
        if let Some(select) = event.target_dyn_into::<web_sys::HtmlSelectElement>() {
            on_choose.emit(select.value());
        }
    });
    html! {
        <div class="field">
            <label class="field__label" for={id}>{ label }</label>
            <select {id} class="field__input" autocomplete="off" {onchange}>{ for entries }</select>
        </div>
    }
}

/// A labelled line to type into.
pub(crate) fn line(
    id: &'static str,
    label: &'static str,
    value: &str,
    placeholder: &'static str,
    on_write: Callback<String>,
) -> Html {
    let oninput = Callback::from(move |event: InputEvent| {
        if let Some(input) = event.target_dyn_into::<web_sys::HtmlInputElement>() {
            on_write.emit(input.value());
        }
    });
    html! {
        <div class="field">
            <label class="field__label" for={id}>{ label }</label>
            <input {id} class="field__input" type="text" value={value.to_owned()} {placeholder} autocomplete="off" {oninput} />
        </div>
    }
}

/// Says, where it is so, that not everybody can open an address of this site.
pub(crate) fn reach_note(desk: &Desk) -> Html {
    use crate::effects::here::Reach;
    let reach = desk.held().here.as_ref().map(|here| here.reach);
    let text = match reach {
        Some(Reach::ThisComputer) => {
            "这个网址只有这台电脑自己能打开，发给别人也打不开。要分享，请先用单位服务器上的网址打开本站，再到这一页来。"
        }
        Some(Reach::Network) => "这是内网网址：只有连在同一个网络里的人打得开，手机扫码也要连这个网络。",
        _ => return html! {},
    };
    html! { <p class="note attention" data-reach="true">{ text }</p> }
}
