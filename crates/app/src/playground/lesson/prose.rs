//! The texts of lessons, with `code` in them, as elements.

use leptos::prelude::*;

/// A text; every second part between backticks is code.
pub fn prose(text: &str) -> Vec<AnyView> {
    let parts = text.split('`').enumerate();
    parts
        .map(|(i, part)| {
            let part = part.to_owned();
            if i % 2 == 1 { view! { <code>{part}</code> }.into_any() } else { part.into_any() }
        })
        .collect()
}

/// Paragraphs.
pub fn paragraphs(all: &[String]) -> Vec<AnyView> {
    all.iter().map(|text| view! { <p>{prose(text)}</p> }.into_any()).collect()
}

/// A list.
pub fn items(all: &[String]) -> AnyView {
    let items: Vec<AnyView> = all.iter().map(|text| view! { <li>{prose(text)}</li> }.into_any()).collect();
    view! { <ul>{items}</ul> }.into_any()
}
