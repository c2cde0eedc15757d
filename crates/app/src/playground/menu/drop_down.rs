//! A button with a panel below it that opens and closes. One is open at a time; Escape, a click elsewhere or leaving it with Tab closes it,
//! the arrow keys go through what is in it.

use leptos::ev::{self, FocusEvent, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};

use crate::components::icon::CHEVRON;
use crate::components::{Icon, live, on};

/// Which panel is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// Programs.
    Programs,
    /// Lessons.
    Lessons,
    /// Sharing.
    Share,
}

impl Open {
    /// Its handle for tests.
    fn handle(self) -> &'static str {
        match self {
            Self::Programs => "program-menu",
            Self::Lessons => "lesson-menu",
            Self::Share => "share-menu",
        }
    }

    fn panel(self) -> &'static str {
        match self {
            Self::Programs => "program-panel",
            Self::Lessons => "lesson-panel",
            Self::Share => "share-panel",
        }
    }
}

/// The button and its panel.
#[component]
pub fn DropDown(
    /// Which it is.
    which: Open,
    /// Which is open.
    open: RwSignal<Option<Open>>,
    /// What the panel is called.
    name: &'static str,
    /// What the button shows.
    label: AnyView,
    /// What the panel shows.
    panel: fn(RwSignal<Option<Open>>) -> AnyView,
) -> impl IntoView {
    let (around, button) = (NodeRef::<html::Div>::new(), NodeRef::<html::Button>::new());
    let is_open = move || open.get() == Some(which);
    let is_inside =
        move |node: Option<Node>| around.get_untracked().is_some_and(|around| around.contains(node.as_ref()));
    let close_if_outside = move |node: Option<Node>| {
        if open.get_untracked() == Some(which) && !is_inside(node) {
            open.set(None);
        }
    };
    let pressed = window_event_listener(ev::pointerdown, move |event| {
        close_if_outside(event.target().and_then(|target| target.dyn_into().ok()));
    });
    on_cleanup(move || pressed.remove());
    let left = move |event: FocusEvent| {
        if let Some(to) = event.related_target() {
            close_if_outside(to.dyn_into().ok());
        }
    };
    let key = move |event: KeyboardEvent| match event.key().as_str() {
        "Escape" if open.get_untracked() == Some(which) => {
            open.set(None);
            if let Some(button) = button.get_untracked() {
                let _ = button.focus();
            }
            event.prevent_default();
        }
        "ArrowDown" | "ArrowUp" => {
            if open.get_untracked() == Some(which)
                && let Some(around) = around.get_untracked()
            {
                walk(&around, event.key() == "ArrowDown");
                event.prevent_default();
            }
        }
        _ => {}
    };
    let toggle = move |_| open.update(|open| *open = if *open == Some(which) { None } else { Some(which) });
    view! {
        <div class="drop-down" node_ref=around on:keydown=on(key) on:focusout=on(left)>
            <button
                node_ref=button
                type="button"
                class="button quiet"
                data-testid=which.handle()
                aria-expanded=live(move || if is_open() { "true" } else { "false" })
                aria-controls=live(move || is_open().then_some(which.panel()))
                on:click=on(toggle)
            >
                {label}
                <Icon path=CHEVRON />
            </button>
            {live(move || is_open().then(|| view! {
                <section class="drop-panel" id=which.panel() aria-label=name data-testid=which.panel()>{panel(open)}</section>
            }.into_any()))}
        </div>
    }
}

/// Moves the focus to the next button or field, or to the one before.
fn walk(around: &HtmlElement, forward: bool) {
    let Ok(all) = around.query_selector_all("button:not(:disabled), input") else { return };
    let all: Vec<HtmlElement> = (0..all.length()).filter_map(|i| all.get(i)?.dyn_into().ok()).collect();
    let focused = document().active_element();
    let at = all.iter().position(|element| focused.as_ref() == Some(element.as_ref())).unwrap_or(0);
    let next = if forward { (at + 1) % all.len() } else { (at + all.len() - 1) % all.len() };
    if let Some(element) = all.get(next) {
        // An element that cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}
