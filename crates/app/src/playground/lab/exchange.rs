//! What is on the pad changes the model, or the model changes what is on the pad.

use leptos::prelude::*;
use protocol::program::LabCommand;
use protocol::{CLASSES, Drawing, Ink};

use crate::components::controls::{Slider, slider};
use crate::components::prediction::answer;
use crate::components::{Page, live, on, watch};
use crate::format::fixed;

/// A digit is named; then the model is trained on the drawing, or the drawing is changed until it is read as something else.
#[component]
pub fn Exchange() -> impl IntoView {
    let page = Page::get();
    let lab = page.state.program.lab;
    let label = RwSignal::new(None::<u8>);
    let strength = RwSignal::new(0.15_f32);
    let answer = answer();
    // What an image of the test set shows is known; for a drawing, the answer is the first guess.
    let known = move || {
        let sample = page.state.sample.get().map(|sample| sample.label);
        let answered = answer.get().and_then(|answer| u8::try_from(answer.digit).ok());
        label.get().or(sample).or(answered).unwrap_or(0)
    };
    watch(move || {
        // Another drawing shows something else; an image that was changed shows what it did.
        let changed = lab.drawing.with(|drawing| matches!(drawing, Some(Drawing { ink: Ink::Image(_), .. })));
        if !changed {
            label.set(None);
        }
    });
    watch(move || match lab.fooled.get() {
        Some(Ok(image)) => lab.put.set(Some(image)),
        Some(Err(why)) => lab.changed.set(Some(Err(why))),
        None => {}
    });
    let drawing = move || lab.drawing.get_untracked();
    let teach = move |_| {
        if let Some(drawing) = drawing() {
            super::ask(page, LabCommand::Teach { drawing, label: untrack(known) });
        }
    };
    let fool = move |_| {
        if let Some(drawing) = drawing() {
            let strength = strength.get_untracked();
            label.set(Some(untrack(known)));
            super::ask(page, LabCommand::Fool { drawing, label: untrack(known), strength });
        }
    };
    let options = (0..CLASSES as u8).map(|digit| {
        view! { <option value=digit.to_string() selected=live(move || known() == digit)>{digit}</option> }
            .into_any()
    });
    let control = Slider {
        class: "slider strength",
        id: "strength",
        name: "Change each pixel by",
        range: (0.01, 0.5, 0.01),
    };
    let shown = live(move || fixed(strength.get().into(), 2));
    view! {
        <div class="lab-tools exchange">
            <label class="slide">
                <span>"This is a"</span>
                <select data-testid="label" on:change=on(move |event| label.set(event_target_value(&event).parse().ok()))>{options.collect_view()}</select>
            </label>
            <button
                class="button small"
                type="button"
                data-testid="teach"
                title="One step of the program's own optimizer on this drawing. The run goes on from there"
                on:click=on(teach)
            >
                "Train on it"
            </button>
            {slider(&control, move || strength.get(), shown, move |to| strength.set(to))}
            <button
                class="button small"
                type="button"
                data-testid="fool"
                title="Changes each pixel along the sign of the gradient of the loss: the least visible way to have it read wrong"
                on:click=on(fool)
            >
                "Fool the model"
            </button>
        </div>
    }
}
