//! The page's keys, and the dialog that lists them.

use leptos::ev::{self, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::Page;
use super::live::{on, watch};
use crate::playground::{EDITOR_KEYS, deeds, focus};

/// A key and what it does.
type Key = (&'static str, &'static str);

/// The keys of the playground.
const PLAYGROUND: [Key; 13] = [
    ("Space", "Run or pause; at the end, run again"),
    (".", "Step"),
    (",", "Step back"),
    ("g", "To the graph"),
    ("e", "To the program"),
    ("Escape", "Close the inspector"),
    ("?", "This list"),
    ("Arrow keys", "In the graph: walk along the edges"),
    ("Enter", "In the graph: inspect the node, or open a folded one"),
    ("+ − 0", "In the graph: nearer, farther, all of it"),
    ("Arrow keys", "On the timeline: to the moment before or after"),
    ("Home, End", "On the timeline: to the start, to the end"),
    ("Up, Down", "In the console: what was typed before"),
];

/// The keys of the digit pad.
const PAD: [Key; 4] = [
    ("Arrow keys", "On the pad: move the pen (with Shift, in small steps)"),
    ("Space or Enter", "On the pad: put the pen down, or lift it"),
    ("Ctrl+Z or Backspace", "On the pad: undo the last stroke"),
    ("Delete", "On the pad: clear it"),
];

/// What has the focus when the playground's keys ask for a pane.
const GRAPH: &str = "[data-testid=graph] [tabindex=\"0\"], [data-testid=graph][tabindex]";
const EDITOR: &str =
    "[data-testid=editor] .cm-content, textarea[data-testid=editor], [data-testid=editor] textarea";

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
    let rows = [&PLAYGROUND[..], &EDITOR_KEYS[..], &PAD[..]]
        .into_iter()
        .flatten()
        .map(|(key, action)| view! { <dt><kbd>{*key}</kbd></dt><dd>{*action}</dd> })
        .collect_view();
    view! {
        <dialog class="keys" aria-labelledby="keys-title" node_ref=dialog on:close=on(move |_| page.keys_open.set(false))>
            <h2 id="keys-title">"Keys"</h2>
            <dl>{rows}</dl>
            <button class="button" type="button" on:click=on(close)>"Close"</button>
        </dialog>
    }
}

fn press(page: Page, event: &KeyboardEvent) {
    let held = event.ctrl_key() || event.meta_key() || event.alt_key();
    if held || event.default_prevented() || page.keys_open.get_untracked() {
        return;
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let within = |selector: &str| {
        target.as_ref().is_some_and(|element| element.closest(selector).ok().flatten().is_some())
    };
    // In the inspector, Escape closes it wherever the focus is.
    let typing = within("input, select, textarea, [contenteditable]")
        && !(event.key() == "Escape" && within(".inspector"));
    if typing {
        return;
    }
    // Space presses what has the focus.
    let pressing = event.key() == " " && within(PRESSED);
    let acted = !pressing && act(page, event);
    if acted {
        event.prevent_default();
    }
}

/// What space presses, if it has the focus.
const PRESSED: &str = "button, a, summary, [role=application], [role=button], [role=tab]";

/// Does what a key is for. Says whether it is for anything.
fn act(page: Page, event: &KeyboardEvent) -> bool {
    let key = event.key();
    // Steps repeat while their key is held.
    match key.as_str() {
        "." => deeds::step(page),
        "," => deeds::step_back(page),
        _ if event.repeat() => return false,
        " " => deeds::run_or_pause(page),
        "g" => focus(GRAPH),
        "e" => focus(EDITOR),
        "Escape" if page.state.program.chosen.with_untracked(Option::is_some) => deeds::close_inspector(page),
        "?" => page.keys_open.set(true),
        _ => return false,
    }
    true
}
