//! Numbers of the text, scrubbed from the graph.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::editing::Desk;
use super::scan::{is_number, scrubbed};
use super::tangent::predict;
use crate::components::{live, on};

/// Pixels for one step of a number that is dragged.
const STEP: f64 = 8.0;

/// A number of the text: it is dragged sideways, stepped with the arrow keys, or typed. With Alt, what its gradient predicts is shown.
pub fn scrubber(desk: Desk, index: usize) -> AnyView {
    // Where the pointer went down, and what the number was then.
    let held: StoredValue<Option<(f64, String)>, LocalStorage> = StoredValue::new_local(None);
    let step = move |from: &str, steps: i64| {
        if let Some(number) = scrubbed(from, steps) {
            desk.put(index, &number);
        }
    };
    let current = move || untrack(move || desk.number(index));
    let key = move |event: KeyboardEvent| {
        let steps = match event.key().as_str() {
            "ArrowUp" => 1,
            "ArrowDown" => -1,
            "PageUp" => 10,
            "PageDown" => -10,
            _ => return,
        };
        event.prevent_default();
        predict(desk, index, event.alt_key());
        step(&current(), steps);
    };
    let press = move |event: PointerEvent| {
        held.set_value(Some((f64::from(event.client_x()), current())));
        predict(desk, index, event.alt_key());
        if let Some(element) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) {
            // Fails only for a pointer that is gone already.
            let _ = element.set_pointer_capture(event.pointer_id());
        }
    };
    let drag = move |event: PointerEvent| {
        if let Some((start, number)) = held.get_value() {
            let steps = ((f64::from(event.client_x()) - start) / STEP).round() as i64;
            if steps != 0 || current() != number {
                step(&number, steps);
            }
        }
    };
    let typed = move |event: web_sys::Event| {
        let number = event_target_value(&event);
        if is_number(number.trim()) {
            desk.put(index, number.trim());
        } else {
            desk.refusal.set("That is not a number.");
        }
    };
    view! {
        <input
            class="node-number"
            data-testid="scrub"
            inputmode="decimal"
            size="6"
            aria-label="Number: drag, type, or use the arrow keys"
            title="Drag sideways, type, or use the arrow keys; with Alt, see what its gradient predicts"
            prop:value=live(move || desk.number(index))
            on:keydown=on(key)
            on:pointerdown=on(press)
            on:pointermove=on(drag)
            on:pointerup=on(move |_| held.set_value(None))
            on:pointercancel=on(move |_| held.set_value(None))
            on:change=on(typed)
        />
    }
    .into_any()
}
