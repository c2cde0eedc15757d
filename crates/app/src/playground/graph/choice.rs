//! A button that opens a list of things to choose from.

use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::components::on;

/// The list; `act` is told which was chosen. It closes when that has happened, when the focus goes elsewhere, and with Escape.
pub fn choice(
    id: &'static str,
    name: String,
    tip: &'static str,
    options: Vec<String>,
    now: Option<&str>,
    act: impl Fn(&str) + 'static,
) -> AnyView {
    let details = NodeRef::<html::Details>::new();
    let act = StoredValue::new_local(Box::new(act) as Box<dyn Fn(&str)>);
    let close = move || {
        if let Some(details) = details.get_untracked() {
            details.set_open(false);
        }
    };
    let left = move |event: FocusEvent| {
        let Some(details) = details.get_untracked() else { return };
        let details: &Element = details.as_ref();
        let next = event.related_target().and_then(|next| next.dyn_into::<Element>().ok());
        let stays = match &next {
            Some(next) => details.contains(Some(next)),
            // Some browsers give a pressed button no focus.
            None => details.matches(":hover").unwrap_or(false),
        };
        if !stays {
            close();
        }
    };
    let key = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            close();
            let button = event.current_target().and_then(|list| list.dyn_into::<Element>().ok());
            let button = button.and_then(|list| list.query_selector("summary").ok().flatten());
            if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
                let _ = button.focus();
            }
            event.stop_propagation();
        }
    };
    let options: Vec<_> = options
        .into_iter()
        .map(|option| {
            let (chosen, name) = (option.clone(), option.clone());
            let pressed = (now == Some(option.as_str())).then_some("true");
            let choose = move |_| {
                close();
                act.with_value(|act| act(&chosen));
            };
            view! {
                <button
                    type="button"
                    class="choice-option"
                    data-option=option
                    aria-pressed=pressed
                    on:click=on(choose)
                >
                    {name}
                </button>
            }
        })
        .collect();
    view! {
        <details class="choice" data-testid=id node_ref=details on:focusout=on(left) on:keydown=on(key)>
            <summary class="button small" title=tip>{name}</summary>
            <div class="choice-list">{options}</div>
        </details>
    }
    .into_any()
}
