//! The page's keys, and the dialog that lists them.

use leptos::ev::{self, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::Page;
use super::live::{on, watch};
use super::training::{run_or_pause, step};
use crate::playground::EDITOR_KEYS;

/// Every key and what it does.
const KEYS: [(&str, &str); 7] = [
    ("Space", "Train or pause"),
    (".", "One training step"),
    ("?", "This list"),
    ("Arrow keys", "On the pad: move the pen (with Shift, in small steps)"),
    ("Space or Enter", "On the pad: put the pen down, or lift it"),
    ("Ctrl+Z or Backspace", "On the pad: undo the last stroke"),
    ("Delete", "On the pad: clear it"),
];

/// Listens to the keys, and lists them when asked.
#[component]
pub fn Keys() -> impl IntoView {
    let page = Page::get();
    let dialog = NodeRef::<html::Dialog>::new();
    let listener = window_event_listener(ev::keydown, move |event| press(page, &event));
    on_cleanup(move || listener.remove());
    watch(move || {
        if page.keys_open.get()
            && let Some(dialog) = dialog.get()
        {
            // Fails only if it is open already.
            let _ = dialog.show_modal();
        }
    });
    let close = move |_| {
        if let Some(dialog) = dialog.get() {
            dialog.close();
        }
    };
    let rows: Vec<_> = KEYS
        .into_iter()
        .chain(EDITOR_KEYS)
        .map(|(key, action)| view! { <dt><kbd>{key}</kbd></dt><dd>{action}</dd> })
        .collect();
    view! {
        <dialog class="keys" aria-labelledby="keys-title" node_ref=dialog on:close=on(move |_| page.keys_open.set(false))>
            <h2 id="keys-title">"Keys"</h2>
            <dl>{rows}</dl>
            <button class="button" type="button" on:click=on(close)>"Close"</button>
        </dialog>
    }
}

fn press(page: Page, event: &KeyboardEvent) {
    let held = event.ctrl_key() || event.meta_key() || event.alt_key() || event.repeat();
    if held || event.default_prevented() || page.keys_open.get_untracked() {
        return;
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let within = |selector: &str| {
        target.as_ref().is_some_and(|element| element.closest(selector).ok().flatten().is_some())
    };
    let typing = within("input, select, textarea, [contenteditable]");
    match event.key().as_str() {
        // Space presses the button that has the focus.
        " " if !typing && !within("button, a, [role=application]") => run_or_pause(page),
        "." if !typing => step(page),
        "?" if !typing => page.keys_open.set(true),
        _ => return,
    }
    event.prevent_default();
}
