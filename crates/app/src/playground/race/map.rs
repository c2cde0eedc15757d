//! The landscape of the loss, and the ways of the parameters over it, step by step.

use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use protocol::program::Landscape;

use super::{Arena, picture};
use crate::components::frame::redraw;
use crate::components::{icon, icon::ChangingIcon, live, on, watch};
use crate::draw::heat;
use crate::draw::palette::Palette;
use crate::format::{count, significant};

/// How long a step shows while they are played.
const BEAT: Duration = Duration::from_millis(70);
/// The darkest place of the landscape, as a part of the full colour.
const DARKEST: f32 = 0.8;

/// The landscape.
#[component]
pub fn Map(arena: Arena) -> impl IntoView {
    let note = live(move || arena.race().and_then(|race| race.note.clone()));
    let is_there = move || arena.race().is_some_and(|race| race.landscape.is_some());
    let name = move |y: bool| {
        live(move || {
            let race = arena.race()?;
            let landscape = race.landscape.as_ref()?;
            Some(match (&landscape.y, y) {
                (Some(axis), true) => format!("↑ {}", axis.name),
                (None, true) => "↑ loss".to_owned(),
                (_, false) => format!("{} →", landscape.x.name),
            })
        })
    };
    view! {
        <p class="hint" data-testid="race-note">{note}</p>
        <figure class="race-map" data-testid="race-map" hidden=live(move || !is_there())>
            <figcaption>"The loss of the last step, and the ways over it"</figcaption>
            <p class="race-axis mono">{name(true)}</p>
            <Square arena />
            <p class="race-axis across mono">{name(false)}</p>
            <Steps arena />
        </figure>
    }
}

#[component]
fn Square(arena: Arena) -> impl IntoView {
    let canvas = NodeRef::<html::Canvas>::new();
    let theme = arena.page.theme;
    let follow = move || {
        arena.page.state.program.race.track();
        theme.dark.track();
    };
    redraw(canvas, follow, move |canvas| {
        let race = untrack(move || arena.race());
        let Some(landscape) = race.as_ref().and_then(|race| race.landscape.as_ref()) else { return };
        let palette = Palette::read();
        let values = if landscape.y.is_some() { flipped(landscape) } else { vec![0.0] };
        let (columns, rows) =
            if landscape.y.is_some() { (landscape.columns, landscape.rows) } else { (1, 1) };
        if values.len() as u64 == u64::from(columns) * u64::from(rows) {
            heat::paint_rows(canvas, &heat::diverging(&values, 1.0, &palette), columns, rows);
        }
    });
    let drawing = live(move || {
        let race = arena.race();
        let Some(race) = race.as_ref() else { return String::new() };
        let Some(landscape) = &race.landscape else { return String::new() };
        let mut markup = match landscape.y {
            Some(_) => format!("<path class=\"contour\" d=\"{}\"/>", picture::contours(landscape)),
            None => format!("<path class=\"surface\" d=\"{}\"/>", picture::curve(landscape)),
        };
        let steps = arena.steps.get().unwrap_or(u64::MAX);
        for (at, lane) in race.lanes.iter().enumerate() {
            if let Some((path, (x, y))) = picture::way(landscape, &lane.way, steps) {
                markup.push_str(&format!(
                    "<path class=\"way-edge\" d=\"{path}\"/><path class=\"lane lane-{at}\" d=\"{path}\"/>\
                     <circle class=\"stand lane-{at}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"6\"/>"
                ));
            }
        }
        markup
    });
    let side = picture::SIDE;
    view! {
        <div class="race-square">
            <canvas node_ref=canvas aria-hidden="true"></canvas>
            <svg
                viewBox=format!("0 0 {side} {side}")
                role="img"
                aria-label="The landscape of the loss with the way of each version"
                inner_html=drawing
            ></svg>
            <p class="race-corner low mono" aria-hidden="true">{live(move || corner(arena, false))}</p>
            <p class="race-corner high mono" aria-hidden="true">{live(move || corner(arena, true))}</p>
        </div>
    }
}

/// The numbers at the lower left and the upper right corner.
fn corner(arena: Arena, high: bool) -> Option<String> {
    let race = arena.race()?;
    let landscape = race.landscape.as_ref()?;
    let (x, y) = (&landscape.x, landscape.y.as_ref());
    let end = |low: f64, top: f64| significant(if high { top } else { low });
    let y = y.map_or_else(|| picture::bounds(landscape), |axis| (axis.low, axis.high));
    Some(format!("{}, {}", end(x.low, x.high), end(y.0, y.1)))
}

/// The places of the landscape from the top, each as dark as it is high.
fn flipped(landscape: &Landscape) -> Vec<f32> {
    let ranks = picture::ranks(&landscape.values.to_vec());
    ranks.chunks(landscape.columns.max(1) as usize).rev().flatten().map(|rank| rank * DARKEST).collect()
}

/// Up to which step the ways are drawn.
#[component]
fn Steps(arena: Arena) -> impl IntoView {
    let playing = RwSignal::new(false);
    let shown = move || arena.steps.get().unwrap_or_else(|| arena.last());
    watch(move || {
        if !playing.get() {
            return;
        }
        let handle = set_interval_with_handle(
            move || {
                let (at, last) = (arena.steps.get_untracked().unwrap_or(0), untrack(move || arena.last()));
                // A long way is walked in some hundred strides.
                let next = at + (last / 150).max(1);
                arena.steps.set((next < last).then_some(next));
                playing.set(next < last);
            },
            BEAT,
        );
        on_cleanup(move || {
            if let Ok(handle) = handle {
                handle.clear();
            }
        });
    });
    let play = move |_| {
        if !playing.get_untracked() && arena.steps.get_untracked().is_none() {
            arena.steps.set(Some(0));
        }
        playing.update(|playing| *playing = !*playing);
    };
    let name = move || if playing.get() { "Pause" } else { "Walk the ways" };
    view! {
        <div class="race-slider">
            <button class="button icon-only" type="button" data-testid="race-walk" aria-label=live(name) title=live(name) on:click=on(play)>
                <ChangingIcon path=live(move || if playing.get() { icon::PAUSE } else { icon::PLAY }) />
            </button>
            <input
                type="range"
                data-testid="race-steps"
                aria-label="Steps of the optimizer"
                min="0"
                max=live(move || arena.last().to_string())
                prop:value=live(move || shown().to_string())
                on:input=on(move |event| {
                    playing.set(false);
                    arena.steps.set(event_target_value(&event).parse().ok());
                })
            />
            <output class="mono">{live(move || format!("step {}", count(shown())))}</output>
        </div>
    }
}
