//! Controls that many views have: a button that is on or off, and a slider with its name and its value.

use leptos::prelude::*;

use super::live::{Live, live, on};

/// How such a button looks beside charts and pictures.
pub const QUIET: &str = "button quiet small";

/// A button that is on or off. `id` is its handle, if it has one, and `tip` what it does, if its name does not say.
pub fn toggle(
    class: &'static str,
    id: &'static str,
    name: &'static str,
    tip: &'static str,
    is_on: impl Fn() -> bool + Send + 'static,
    press: impl FnMut() + 'static,
) -> AnyView {
    let is_on = live(is_on);
    let mut press: Box<dyn FnMut()> = Box::new(press);
    let stated = |text: &'static str| (!text.is_empty()).then_some(text);
    view! {
        <button
            class=class
            type="button"
            data-testid=stated(id)
            title=stated(tip)
            aria-pressed=live(move || if is_on() { "true" } else { "false" })
            on:click=on(move |_| press())
        >
            {name}
        </button>
    }
    .into_any()
}

/// The same for a signal.
pub fn switch(id: &'static str, name: &'static str, tip: &'static str, on: RwSignal<bool>) -> AnyView {
    toggle(QUIET, id, name, tip, move || on.get(), move || on.update(|on| *on = !*on))
}

/// A slider.
pub struct Slider {
    /// How it looks: `slider`, or more.
    pub class: &'static str,
    /// Its handle.
    pub id: &'static str,
    /// What it sets.
    pub name: &'static str,
    /// The ends, and the step between two positions.
    pub range: (f32, f32, f32),
}

/// A slider, where it stands, how that is written behind it, and what is done with a new value, which is one between its ends.
pub fn slider(
    slider: &Slider,
    value: impl Fn() -> f32 + Send + 'static,
    shown: Live<String>,
    set: impl Fn(f32) + 'static,
) -> AnyView {
    let (low, high, step) = slider.range;
    let value = live(value);
    let set: Box<dyn Fn(f32)> = Box::new(set);
    let pull = move |event| {
        if let Ok(to) = event_target_value(&event).parse::<f32>() {
            set(to.clamp(low, high));
        }
    };
    view! {
        <label class=slider.class>
            <span>{slider.name}</span>
            <input
                type="range"
                data-testid=slider.id
                min=low
                max=high
                step=step
                prop:value=live(move || value().to_string())
                on:input=on(pull)
            />
            <output class="mono">{shown}</output>
        </label>
    }
    .into_any()
}
