//! Plain elements with a class, in one function each.
//!
//! `html!` writes out the building of every element where it stands; a page is mostly plain ones, and written so they
//! made up a fifth of the program. Whatever has more than a class is written in `html!`.

use std::rc::Rc;

use yew::html::IntoPropValue;
use yew::prelude::*;
use yew::virtual_dom::{AttributeOrProperty, Attributes, VList, VTag};

/// An element around a text or a node.
pub(crate) fn el(tag: &'static str, class: impl Into<AttrValue>, inside: impl IntoPropValue<Html>) -> Html {
    one(tag, class.into(), inside.into_prop_value())
}

fn one(tag: &'static str, class: AttrValue, child: Html) -> Html {
    let mut element = VTag::new(tag);
    if !class.is_empty() {
        let value = AttributeOrProperty::Attribute(class);
        element.set_attributes(Attributes::Dynamic { keys: &["class"], values: Box::new([Some(value)]) });
    }
    if let Some(place) = element.children_mut() {
        *place = child;
    }
    element.into()
}

/// An element around any number of nodes. Give each a key where their number may change.
pub(crate) fn many(tag: &'static str, class: impl Into<AttrValue>, children: impl IntoIterator<Item = Html>) -> Html {
    around(tag, class.into(), children.into_iter().collect())
}

fn around(tag: &'static str, class: AttrValue, children: Vec<Html>) -> Html {
    one(tag, class, VList::with_children(children, None).into())
}

/// An element with attributes. A value that is empty leaves its attribute out.
pub(crate) fn with(
    tag: &'static str,
    keys: &'static [&'static str],
    values: Vec<AttrValue>,
    inside: impl IntoPropValue<Html>,
) -> Html {
    attributed(tag, keys, values, inside.into_prop_value())
}

fn attributed(tag: &'static str, keys: &'static [&'static str], values: Vec<AttrValue>, inside: Html) -> Html {
    let mut element = VTag::new(tag);
    let value = |value: AttrValue| (!value.is_empty()).then_some(AttributeOrProperty::Attribute(value));
    element.set_attributes(Attributes::Dynamic { keys, values: values.into_iter().map(value).collect() });
    if let Some(place) = element.children_mut() {
        *place = inside;
    }
    element.into()
}

/// Gives an element its key.
pub(crate) fn keyed(key: &str, mut element: Html) -> Html {
    if let Html::VTag(tag) = &mut element
        && let Some(tag) = Rc::get_mut(tag)
    {
        tag.key = Some(key.into());
    }
    element
}

/// Gives an element its class. `html!` would keep a set of classes for it, whose code costs 2 KB.
///
/// The element must be written with some `class`, not an empty one, and have some other attribute that is not fixed; its children are
/// untouched.
pub(crate) fn classed(class: impl Into<AttrValue>, element: Html) -> Html {
    set_class(class.into(), element)
}

fn set_class(class: AttrValue, mut element: Html) -> Html {
    let place = if let Html::VTag(tag) = &mut element
        && let Some(tag) = Rc::get_mut(tag)
        && let Attributes::Dynamic { keys, values } = &mut tag.attributes
        && let Some(at) = keys.iter().position(|key| *key == "class")
    {
        values.get_mut(at)
    } else {
        None
    };
    debug_assert!(
        place.is_some(),
        "{class} has no place in an element whose attributes are all fixed, or without class"
    );
    if let Some(place) = place {
        *place = (!class.is_empty()).then_some(AttributeOrProperty::Attribute(class));
    }
    element
}
