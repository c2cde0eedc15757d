//! The track of the timeline and its handle: by pointer and by keys.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;

use super::Time;
use super::line::neighbour;
use crate::components::{live, on};
use crate::format::fixed;

/// The track: what is drawn on it, and the handle.
#[component]
pub fn Track(time: Time, children: Children) -> impl IntoView {
    let Time { program, seeker, present, span, scale, .. } = time;
    let (track, handle) = (NodeRef::<html::Div>::new(), NodeRef::<html::Div>::new());
    let place = move || format!("{}%", fixed(span.get().part(present.get()) * 100.0, 3));
    let words = move || {
        let line = program.position.with(|position| position.as_ref().and_then(|p| p.line));
        let steps = program.position.with(|position| position.as_ref().map_or(0, |p| p.steps));
        let line = line.map_or_else(|| "at the end".to_owned(), |line| format!("line {line}"));
        format!("step {steps}, {line}")
    };
    let go = move |event: &PointerEvent| {
        let Some(track) = track.get_untracked() else { return };
        let place = track.get_bounding_client_rect();
        let part = (f64::from(event.client_x()) - place.left()) / place.width().max(1.0);
        seeker.hold(span.get_untracked().clock(part), true);
    };
    let down = move |event: PointerEvent| {
        if !event.is_primary() || event.button() != 0 || span.get_untracked().end == 0 {
            return;
        }
        event.prevent_default();
        if let (Some(track), Some(handle)) = (track.get_untracked(), handle.get_untracked()) {
            // Either fails only for what is gone already.
            let _ = track.set_pointer_capture(event.pointer_id());
            let _ = handle.focus();
        }
        go(&event);
    };
    let moved = move |event: PointerEvent| {
        if event.is_primary() && event.buttons() & 1 != 0 {
            go(&event);
        }
    };
    view! {
        <div
            class="time-track"
            node_ref=track
            on:pointerdown=on(down)
            on:pointermove=on(moved)
            on:pointerup=on(move |_| seeker.let_go())
            on:pointercancel=on(move |_| seeker.let_go())
        >
            <span class="time-ahead" style:left=live(place) aria-hidden="true"></span>
            {children()}
            <p class="invitation" hidden=live(move || scale.get().is_some())>
                "The losses appear here as backward() is called."
            </p>
            <div
                class="time-handle"
                node_ref=handle
                role="slider"
                tabindex="0"
                data-testid="time-handle"
                aria-label="Moment of the run"
                aria-orientation="horizontal"
                aria-valuemin="0"
                aria-valuemax=live(move || span.get().end)
                aria-valuenow=live(move || present.get())
                aria-valuetext=live(words)
                style:left=live(place)
                on:keydown=on(move |event| key(time, &event))
            ></div>
        </div>
    }
}

/// A key on the handle.
fn key(time: Time, event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let end = time.span.get_untracked().end;
    let present = time.present.get_untracked();
    let by = |by| neighbour(&stops(time), present, by, end);
    let clock = match event.key().as_str() {
        "ArrowLeft" | "ArrowDown" => by(-1),
        "ArrowRight" | "ArrowUp" => by(1),
        "PageDown" => by(-10),
        "PageUp" => by(10),
        "Home" => 0,
        "End" => end,
        _ => return,
    };
    event.prevent_default();
    time.seeker.hold(clock, false);
}

/// The moments at which the arrow keys stop: those that are kept, and the losses.
fn stops(time: Time) -> Vec<u64> {
    let mut stops: Vec<u64> = time
        .program
        .position
        .with_untracked(|position| position.as_ref().map(|p| p.moments.clone()))
        .unwrap_or_default()
        .into_iter()
        .map(|moment| moment.clock)
        .collect();
    time.program.curves.with_untracked(|curves| {
        for point in &curves.now.points {
            if let Err(at) = stops.binary_search(&point.clock) {
                stops.insert(at, point.clock);
            }
        }
    });
    stops
}
