//! The elements of the drawing: made, changed and removed so that they are what is wanted, with as few changes as possible. Written
//! directly to the document: thousands of nodes would be thousands of signals otherwise.

use std::collections::BTreeMap;

use leptos::prelude::document;
use web_sys::Element;

const SVG: &str = "http://www.w3.org/2000/svg";

/// An element that is wanted.
pub struct Sprite {
    /// Names it: the same element is changed, not made anew.
    pub key: u64,
    /// Its attributes, always in the same order; those that are not given at the end are as they were.
    pub attributes: Vec<(&'static str, String)>,
    /// What is in it; nothing if that is as it was.
    pub markup: Option<String>,
}

struct Shown {
    element: Element,
    attributes: Vec<(&'static str, String)>,
    markup: String,
    wave: u32,
}

/// The elements of one kind.
pub struct Layer {
    root: Element,
    tag: &'static str,
    shown: BTreeMap<u64, Shown>,
    wave: u32,
}

/// A new element of SVG.
pub fn element(tag: &str, class: &str) -> Option<Element> {
    let element = document().create_element_ns(Some(SVG), tag).ok()?;
    // Fails for malformed names only.
    let _ = element.set_attribute("class", class);
    Some(element)
}

impl Layer {
    /// A layer of elements with this tag, at the end of another element.
    pub fn new(parent: &Element, tag: &'static str, class: &str) -> Option<Self> {
        let root = element("g", class)?;
        parent.append_child(&root).ok()?;
        Some(Self { root, tag, shown: BTreeMap::new(), wave: 0 })
    }

    /// Whether an element is there.
    pub fn has(&self, key: u64) -> bool {
        self.shown.contains_key(&key)
    }

    /// An element that is there.
    pub fn get(&self, key: u64) -> Option<&Element> {
        self.shown.get(&key).map(|shown| &shown.element)
    }

    /// Makes the layer what is wanted. What is not among it goes.
    pub fn show(&mut self, sprites: Vec<Sprite>) {
        self.wave = self.wave.wrapping_add(1);
        for sprite in sprites {
            self.take(sprite);
        }
        let wave = self.wave;
        self.shown.retain(|_, shown| {
            let stays = shown.wave == wave;
            if !stays {
                shown.element.remove();
            }
            stays
        });
    }

    fn take(&mut self, sprite: Sprite) {
        let Sprite { key, attributes, markup } = sprite;
        if let Some(shown) = self.shown.get_mut(&key) {
            shown.wave = self.wave;
            for (new, old) in attributes.into_iter().zip(&mut shown.attributes) {
                if new != *old {
                    let _ = shown.element.set_attribute(new.0, &new.1);
                    *old = new;
                }
            }
            if let Some(markup) = markup.filter(|markup| *markup != shown.markup) {
                shown.element.set_inner_html(&markup);
                shown.markup = markup;
            }
            return;
        }
        let Ok(element) = document().create_element_ns(Some(SVG), self.tag) else { return };
        for (name, value) in &attributes {
            let _ = element.set_attribute(name, value);
        }
        let markup = markup.unwrap_or_default();
        if !markup.is_empty() {
            element.set_inner_html(&markup);
        }
        if self.root.append_child(&element).is_ok() {
            self.shown.insert(key, Shown { element, attributes, markup, wave: self.wave });
        }
    }
}
