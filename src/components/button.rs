//! A button.

use yew::prelude::*;

/// How much a button asks to be clicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum ButtonStyle {
    #[default]
    Plain,
    /// The one thing to do next.
    Primary,
    /// Little of it shows: for what stands in every row.
    Quiet,
}

impl ButtonStyle {
    fn class(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Primary => Some("button--primary"),
            Self::Quiet => Some("button--quiet"),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct ButtonProps {
    /// What tests call it.
    pub(crate) action: &'static str,
    #[prop_or_default]
    pub(crate) style: ButtonStyle,
    #[prop_or_default]
    pub(crate) class: &'static str,
    /// What it is called where its text does not say enough.
    #[prop_or_default]
    pub(crate) label: Option<AttrValue>,
    #[prop_or_default]
    pub(crate) is_disabled: bool,
    /// It does nothing for a moment. What was pressed keeps the keyboard meanwhile, which a disabled button loses.
    #[prop_or_default]
    pub(crate) is_busy: bool,
    pub(crate) onclick: Callback<MouseEvent>,
    pub(crate) children: Html,
}

#[component]
pub(crate) fn Button(props: &ButtonProps) -> Html {
    let ButtonProps { action, style, class, label, is_disabled, is_busy, onclick, children } = props.clone();
    let onclick = if is_busy { Callback::noop() } else { onclick };
    html! {
        <button type="button" class={classes!("button", style.class(), class)} data-action={action} aria-label={label}
            disabled={is_disabled} aria-disabled={is_busy.then_some("true")} {onclick}>
            { children }
        </button>
    }
}
