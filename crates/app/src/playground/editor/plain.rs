//! The plain field: what the program is edited in until the bundle is there, or if it never is.

use leptos::ev::{Event, KeyboardEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlTextAreaElement};

use super::text::{bytes, indentation};
use super::{KEYS_ID, Marked, point_at};
use crate::components::{Page, live, on, watch};

/// `--code-line` of `www/styles/tokens.css`, and the space above the first line.
const LINE_HEIGHT: f64 = 21.0;
const ABOVE: f64 = 8.0;
/// A line that is nowhere to be seen.
const NOWHERE: i64 = -9;

/// The field; the line that is about to run, and what is pointed at, are marked in it.
#[component]
pub fn PlainEditor(
    field: NodeRef<html::Textarea>,
    current: Signal<u32>,
    marked: Signal<Option<Marked>>,
) -> impl IntoView {
    let program = Page::get().state.program;
    watch(move || {
        let text = program.text.get();
        // Only what differs: setting it moves the cursor to the end.
        if let Some(field) = field.get().filter(|field| field.value() != text) {
            field.set_value(&text);
        }
    });
    let lines = move || {
        let number = |line: u32| if line == 0 { NOWHERE } else { i64::from(line) };
        let pointed = marked.get().map_or(0, |marked| program.text.with(|text| marked.line(text)));
        format!("--current: {}; --pointed: {}", number(current.get()), number(pointed))
    };
    let typed = move |event: Event| program.text.set(event_target_value(&event));
    // Escape lets the next Tab leave the field.
    let leaving = StoredValue::new(false);
    let pressed = move |event: KeyboardEvent| {
        if press(&event, field.get_untracked(), leaving.get_value()) {
            event.prevent_default();
        }
        leaving.set_value(event.key() == "Escape");
    };
    let hovered = move |event: PointerEvent| {
        let Some(field) = field.get_untracked() else { return };
        let y = f64::from(event.offset_y()) + f64::from(field.scroll_top()) - ABOVE;
        let count = program.text.with_untracked(|text| text.split('\n').count());
        let line = (y / LINE_HEIGHT).floor() + 1.0;
        point_at(program, if (1.0..=count as f64).contains(&line) { line as u32 } else { 0 });
    };
    view! {
        <textarea
            class="plain"
            data-testid="editor"
            aria-label="Program"
            aria-describedby=KEYS_ID
            spellcheck="false"
            autocapitalize="off"
            autocomplete="off"
            wrap="off"
            style=live(lines)
            node_ref=field
            on:input=on(typed)
            on:keydown=on(pressed)
            on:pointermove=on(hovered)
            on:pointerleave=on(move |_| point_at(program, 0))
        ></textarea>
    }
}

/// What a key does beyond what the browser does; whether it did.
fn press(event: &KeyboardEvent, field: Option<HtmlTextAreaElement>, leaving: bool) -> bool {
    let modified = event.shift_key() || event.ctrl_key() || event.alt_key() || event.meta_key();
    let Some(field) = field.filter(|_| !modified && !event.is_composing()) else { return false };
    let text = field.value();
    let at = field.selection_start().ok().flatten().unwrap_or_default();
    let before = &text[..bytes(&text, at)];
    match event.key().as_str() {
        "Tab" if !leaving => {
            let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count());
            insert(&" ".repeat(4 - column % 4))
        }
        "Enter" => insert(&format!("\n{}", indentation(before))),
        _ => false,
    }
}

/// Types a text, so that the browser can undo it.
fn insert(text: &str) -> bool {
    let document = document().dyn_into::<HtmlDocument>().ok();
    let typed = document.map(|d| d.exec_command_with_show_ui_and_value("insertText", false, text));
    matches!(typed, Some(Ok(true)))
}
