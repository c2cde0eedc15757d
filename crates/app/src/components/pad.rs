//! The digit pad: takes strokes from mouse, finger, pen and keys, and asks the worker what they show.

use leptos::html;
use leptos::prelude::*;
use protocol::Command;
use wasm_bindgen::JsCast;

use super::Page;
use super::frame::{redraw, resized};
use super::live::{live, on, watch};
use super::pad_change::Changes;
use super::pad_input::Desk;
use super::pad_stages::StagePictures;
use super::pad_tools::{PadButtons, SampleVerdict};
use super::prediction::{Probabilities, Reading};
use crate::draw::ink::{self, Picture};
use crate::draw::palette::Palette;
use crate::engine_link::performance_now;
use crate::requests::Requests;
use crate::sheet::Sheet;
use crate::state::Engine;

/// From this width of the page on, the lab's views lie beside the pad.
const WIDE: f64 = 1280.0;

/// The panel: the pad, its buttons, and what the model makes of it.
#[component]
pub fn PadPanel() -> impl IntoView {
    let desk = Desk::new();
    ask(desk);
    // Where the views of the model lie below the pad, they come before what is seldom needed.
    let width = leptos::prelude::window().inner_width().ok().and_then(|width| width.as_f64());
    let wide = width.is_none_or(|width| width >= WIDE);
    view! {
        <section class="panel pad-panel" aria-labelledby="pad-title">
            <div class="panel-head">
                <h2 id="pad-title">"Draw a digit"</h2>
                <SampleVerdict sheet=desk.sheet />
            </div>
            <div class="pad-body">
                <Pad desk />
                <PadButtons desk />
                <Reading />
                <Probabilities />
                <details class="pad-more" data-testid="pad-more" open=wide>
                    <summary>"On its way to the model"</summary>
                    <StagePictures />
                    <Changes change=desk.change />
                </details>
            </div>
        </section>
    }
}

/// Asks for a prediction whenever the drawing, what is done to it, or the model of the program changes.
fn ask(desk: Desk) {
    let sheet = desk.sheet;
    let Page { state, link, .. } = Page::get();
    let requests = StoredValue::new(Requests::default());
    let send = move || {
        let change = desk.change.get_untracked();
        let Some(drawing) = sheet.with_untracked(|sheet| sheet.drawing(change)) else { return };
        let id = requests.try_update_value(|requests| requests.ask(performance_now())).flatten();
        if let Some(id) = id {
            link.send(&Command::Predict { id, drawing });
        }
    };
    watch(move || {
        let change = desk.change.get();
        state.program.lab.drawing.set(sheet.with(|sheet| sheet.drawing(change)));
    });
    watch(move || {
        state.program.position.track();
        desk.change.track();
        if sheet.with(Sheet::is_empty) {
            requests.update_value(Requests::forget);
            state.prediction.set(None);
        } else if state.engine.get() == Engine::Alive {
            send();
        }
    });
    watch(move || {
        let Some(id) = state.prediction.with(|prediction| prediction.as_ref().map(|p| p.id)) else { return };
        let changed = requests.try_update_value(|requests| requests.answered(id)) == Some(true);
        if !requests.with_value(|requests| requests.is_current(id)) {
            state.prediction.set(None);
        }
        if changed {
            send();
        }
    });
    watch(move || {
        // Neither a worker that refused nor one that was replaced will answer what it was asked.
        state.refusal.track();
        state.crash.track();
        requests.update_value(Requests::give_up);
    });
}

#[component]
fn Pad(desk: Desk) -> impl IntoView {
    let Page { theme, .. } = Page::get();
    let Desk { sheet, pen, .. } = desk;
    let canvas = NodeRef::<html::Canvas>::new();
    let resized = resized(canvas);
    let unfolded = document().create_element("canvas").ok().and_then(|canvas| canvas.dyn_into().ok());
    let track = move || {
        sheet.track();
        pen.track();
        theme.dark.track();
        resized.track();
    };
    redraw(canvas, track, move |canvas| {
        sheet.with_untracked(|sheet| {
            let image = sheet.pixels().zip(unfolded.as_ref());
            let crosshair = pen.get_untracked().map(|pen| (pen.at, pen.down));
            ink::draw(canvas, Picture { strokes: sheet.strokes(), image, crosshair }, &Palette::read());
        });
    });
    view! {
        <div class="pad-frame">
            <canvas
                node_ref=canvas
                class="pad"
                class:erasing=live(move || desk.tool.with(|tool| tool.erases))
                data-testid="digit-pad"
                tabindex="0"
                role="application"
                aria-label="Digit pad"
                aria-describedby="pad-hint"
                on:pointerdown=on(move |event| desk.pointer_down(&event))
                on:pointermove=on(move |event| desk.pointer_move(&event))
                on:pointerup=on(move |_| desk.lift())
                on:pointercancel=on(move |_| desk.lift())
                on:keydown=on(move |event| desk.key_down(&event))
                on:focus=on(move |event| desk.focus(&event))
                on:blur=on(move |_| desk.blur())
            ></canvas>
            <p class="invitation" hidden=live(move || !sheet.with(Sheet::is_empty))>"Draw 0 to 9 here"</p>
        </div>
    }
}
