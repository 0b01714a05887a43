//! What the pages that share are made of: texts to copy, a QR code, choices, lines to type into, terms and notes.

use plan_checklist_domain::qr::qr;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::components::element::{el, many, with};
use crate::components::link::{Look, button, p};
use crate::effects::here::Reach;
use crate::pages::sharing::Desk;

/// A text in a field of its own, with a button that copies it; `more` stands beside that.
pub(crate) fn copyable(
    desk: &Desk,
    id: &'static str,
    label: &'static str,
    text: String,
    rows: &'static str,
    more: Vec<Html>,
) -> Html {
    let copied = match desk.copied(&text) {
        None => "",
        Some(true) => "已复制",
        Some(false) => "浏览器不让自动复制。上面的文字已经选中，请按 Ctrl+C 复制（手机上长按）。",
    };
    let area = html! {
        <textarea {id} class="field__input" readonly=true {rows} value={text.clone()} autocomplete="off" spellcheck="false" />
    };
    let onclick = {
        let desk = desk.clone();
        Callback::from(move |_: MouseEvent| desk.copy(id, &text))
    };
    let copy = with("span", &["data-copy"], vec![id.into()], button("复制", Look::primary("copy"), onclick));
    let outcome = with("span", &["class", "role"], vec!["copyable__outcome".into(), "status".into()], copied);
    let mut actions = more;
    actions.insert(0, copy);
    actions.push(outcome);
    many("div", "copyable", vec![labelled(id, label), area, many("p", "buttons", actions)])
}

fn labelled(id: &'static str, label: &'static str) -> Html {
    with("label", &["class", "for"], vec!["field__label".into(), id.into()], label)
}

/// An address as a QR code: a picture, so that it can be saved or put into a document, drawn in lines, so that it prints
/// sharp. Dark on light also where the page is dark.
pub(crate) fn qr_code(address: &str) -> Html {
    let Some(code) = qr(address) else {
        return p("attention", "网址太长，画不成二维码，请复制网址。");
    };
    let (side, width) = (code.size, code.size * 8);
    let source = format!(
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{width}' viewBox='0 0 {side} {side}' \
         shape-rendering='crispEdges'%3E%3Cpath fill='%23fff' d='M0 0h{side}v{side}H0z'/%3E%3Cpath d='{}'/%3E%3C/svg%3E",
        code.path,
    );
    let values = vec!["qr".into(), source.into(), "256".into(), "256".into(), "二维码，扫码打开这个网址".into()];
    with("img", &["class", "src", "width", "height", "alt"], values, html! {})
}

/// A radio button or a checkbox.
pub(crate) struct Tick {
    /// `radio` or `checkbox`.
    pub(crate) shape: &'static str,
    pub(crate) name: &'static str,
    pub(crate) value: &'static str,
    /// Where no label stands around it.
    pub(crate) label: AttrValue,
    pub(crate) is_on: bool,
    pub(crate) is_disabled: bool,
}

pub(crate) fn tick(tick: &Tick, onchange: Callback<Event>) -> Html {
    let Tick { shape, name, value, label, is_on, is_disabled } = tick;
    let label = (!label.is_empty()).then(|| label.clone());
    html! {
        <input type={*shape} name={*name} value={*value} aria-label={label} checked={*is_on} disabled={*is_disabled} autocomplete="off" {onchange} />
    }
}

/// A labelled list to choose from: of values and what they are called.
pub(crate) fn select(
    id: &'static str,
    label: &'static str,
    entries: Vec<(String, String)>,
    chosen: &str,
    on_choose: Callback<String>,
) -> Html {
    let entries = entries.into_iter().map(|(value, text)| {
        let selected = value == chosen;
        html! { <option key={value.clone()} {value} {selected}>{ text }</option> }
    });
    let onchange = Callback::from(move |event: Event| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            on_choose.emit(select.value());
        }
    });
    let list = html! { <select {id} class="field__input" autocomplete="off" {onchange}>{ for entries }</select> };
    many("div", "field", vec![labelled(id, label), list])
}

/// A labelled line to type into.
pub(crate) fn line(
    id: &'static str,
    label: &'static str,
    value: String,
    placeholder: &'static str,
    on_write: Callback<String>,
) -> Html {
    let oninput = Callback::from(move |event: InputEvent| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            on_write.emit(input.value());
        }
    });
    let input =
        html! { <input {id} class="field__input" type="text" {value} {placeholder} autocomplete="off" {oninput} /> };
    many("div", "field", vec![labelled(id, label), input])
}

/// What is so, in rows.
pub(crate) fn terms(rows: Vec<(&'static str, Html)>) -> Html {
    let rows = rows.into_iter();
    many("dl", "terms", rows.map(|(what, is)| many("div", "terms__row", vec![el("dt", "", what), el("dd", "", is)])))
}

/// Said where the address carries something that cannot be used.
pub(crate) fn fault(fault: Option<(&'static str, &'static str)>) -> Html {
    let note = fault.map(|(word, text)| {
        let inside = vec![p("attention", text), p("", "什么都没有改动，也没有存下任何东西。")];
        with("div", &["class", "role", "data-fault"], vec!["note".into(), "alert".into(), word.into()], pieces(inside))
    });
    many("div", "", note)
}

/// Said inside WeChat, whose browser cannot do everything.
pub(crate) fn in_wechat(desk: &Desk, text: &'static str) -> Html {
    let is_wechat = desk.held().here.as_ref().is_some_and(|here| here.is_wechat);
    many("div", "", is_wechat.then(|| with("p", &["class", "data-wechat"], vec!["note".into(), "true".into()], text)))
}

/// Said where not everybody can open an address of this site.
pub(crate) fn reach_note(desk: &Desk) -> Html {
    let text = match desk.held().here.as_ref().map(|here| here.reach) {
        Some(Reach::ThisComputer) => {
            "这个网址只有这台电脑自己能打开，发给别人也打不开。要分享，请先用单位服务器上的网址打开本站，再到这一页来。"
        }
        Some(Reach::Network) => "这是内网网址：只有连在同一个网络里的人打得开，手机扫码也要连这个网络。",
        _ => return html! {},
    };
    with("p", &["class", "data-reach"], vec!["note attention".into(), "true".into()], text)
}

/// Several nodes as one.
pub(crate) fn pieces(nodes: Vec<Html>) -> Html {
    yew::virtual_dom::VList::with_children(nodes, None).into()
}
