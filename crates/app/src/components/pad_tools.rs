//! The pad's buttons and tools, and what is known of an image of the test set that is on it.

use leptos::prelude::*;
use protocol::Command;

use super::Page;
use super::controls::{Slider, slider};
use super::icon::{self, ChangingIcon, Icon};
use super::live::{live, on, watch};
use super::pad_input::Desk;
use super::prediction::answer;
use crate::format::count;
use crate::sheet::{Picture, Sheet, Tool};

/// How wide the pen can be, in units of the pad.
const WIDTHS: (f32, f32) = (6.0, 60.0);

/// Undo, clear, an image of the test set, and what the hand holds.
#[component]
pub fn PadButtons(desk: Desk) -> impl IntoView {
    let Page { state, link, .. } = Page::get();
    let sheet = desk.sheet;
    let empty = Memo::new(move |_| sheet.with(Sheet::is_empty));
    let ask_for_sample = move |_| {
        // The worker takes the index modulo the size of the test set.
        let index = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
        link.send(&Command::Sample { index });
    };
    watch(move || {
        if let Some(sample) = state.sample.get() {
            sheet.update(|sheet| sheet.show(Picture::Sample(sample)));
        }
    });
    watch(move || {
        if let Some(photo) = state.program.lab.photo.get() {
            sheet.update(|sheet| sheet.show(Picture::Photo(photo)));
        }
    });
    watch(move || {
        if let Some(pixels) = state.program.lab.put.get() {
            sheet.update(|sheet| sheet.show(Picture::Image(pixels)));
        }
    });
    view! {
        <div class="pad-tools" role="group" aria-label="Pad">
            <button
                class="button"
                type="button"
                data-testid="undo"
                title="Undo the last stroke (Ctrl+Z on the pad)"
                disabled=live(move || empty.get())
                on:click=on(move |_| desk.undo())
            >
                <Icon path=icon::UNDO />
                "Undo"
            </button>
            <button
                class="button"
                type="button"
                data-testid="clear"
                title="Clear the pad (Delete on the pad)"
                disabled=live(move || empty.get())
                on:click=on(move |_| desk.clear())
            >
                <Icon path=icon::CROSS />
                "Clear"
            </button>
            <button
                class="button"
                type="button"
                data-testid="test-digit"
                title="Put an image of the test set on the pad"
                disabled=live(move || !state.has_test_set())
                on:click=on(ask_for_sample)
            >
                <Icon path=icon::IMAGE />
                "Test digit"
            </button>
            <Hand tool=desk.tool />
            <p class="hint" id="pad-hint">"By keyboard: arrows move the pen, Space puts it down or lifts it, E takes the eraser."</p>
        </div>
    }
}

/// Pen or eraser, and how wide.
#[component]
fn Hand(tool: RwSignal<Tool>) -> impl IntoView {
    let erases = live(move || if tool.with(|tool| tool.erases) { "true" } else { "false" });
    let width = Memo::new(move |_| tool.with(|tool| tool.width));
    let range = (WIDTHS.0, WIDTHS.1, 1.0);
    let control = Slider { class: "slider pad-width", id: "pen-width", name: "Width", range };
    let shown = live(move || width.get().to_string());
    let slider = slider(&control, move || width.get(), shown, move |to| tool.update(|tool| tool.width = to));
    view! {
        <button
            class="button"
            type="button"
            data-testid="eraser"
            title="Take ink away (E on the pad)"
            aria-pressed=erases
            on:click=on(move |_| tool.update(|tool| tool.erases = !tool.erases))
        >
            <Icon path=icon::ERASER />
            "Eraser"
        </button>
        {slider}
    }
}

/// Which image of the test set is on the pad, and whether the model reads it right.
#[component]
pub fn SampleVerdict(sheet: RwSignal<Sheet>) -> impl IntoView {
    let answer = answer();
    let sample =
        Memo::new(move |_| sheet.with(|sheet| sheet.sample().map(|sample| (sample.index, sample.label))));
    let right = move || {
        let (_, label) = sample.get()?;
        answer.get().map(|answer| answer.digit == usize::from(label))
    };
    let path = live(move || if right() == Some(true) { icon::DONE } else { icon::CROSS });
    let verdict = move || if right() == Some(true) { "read right" } else { "read wrong" };
    let text = move || {
        let text = |(index, label)| format!("Test image {} shows {label}", count(u64::from(index)));
        sample.get().map(text).unwrap_or_default()
    };
    view! {
        <p class="verdict" data-testid="verdict" data-right=live(move || right().map(|right| if right { "true" } else { "false" })) role="status">
            <span class="hint">{live(text)}</span>
            <span class="badge" hidden=live(move || right().is_none())>
                <ChangingIcon path />
                {live(verdict)}
            </span>
        </p>
    }
}
