//! Plain elements with a class, in one function each.
//!
//! `html!` writes out the building of every element where it stands; a page is mostly plain ones, and written so they
//! made up a fifth of the program. Whatever has more than a class is written in `html!`.

use yew::html::IntoPropValue;
use yew::prelude::*;
use yew::virtual_dom::{AttributeOrProperty, Attributes, VList, VTag};

/// An element around a text or a node.
pub(crate) fn el(tag: &'static str, class: &'static str, inside: impl IntoPropValue<Html>) -> Html {
    one(tag, class, inside.into_prop_value())
}

fn one(tag: &'static str, class: &'static str, child: Html) -> Html {
    let mut element = VTag::new(tag);
    if !class.is_empty() {
        let value = AttributeOrProperty::Attribute(AttrValue::Static(class));
        element.set_attributes(Attributes::Dynamic { keys: &["class"], values: Box::new([Some(value)]) });
    }
    if let Some(place) = element.children_mut() {
        *place = child;
    }
    element.into()
}

/// An element around any number of nodes. Give each a key where their number may change.
pub(crate) fn many(tag: &'static str, class: &'static str, children: impl IntoIterator<Item = Html>) -> Html {
    around(tag, class, children.into_iter().collect())
}

fn around(tag: &'static str, class: &'static str, children: Vec<Html>) -> Html {
    one(tag, class, VList::with_children(children, None).into())
}
