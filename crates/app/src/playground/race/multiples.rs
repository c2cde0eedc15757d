//! A small chart for each version, all with the same axes: losses, and accuracies where they are printed. The best one is marked, what is
//! pointed at in one shows in all, and a click takes its value over into the text.

use leptos::ev::PointerEvent;
use leptos::prelude::*;
use protocol::program::{Lane, LossPoint};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::{Arena, bounds, picture, standing};
use crate::components::{live, on};
use crate::draw::plot;
use crate::format::{count, percent, percent_short, significant};

/// The size of a chart, in units of its drawing.
const CHART: (f64, f64) = (200.0, 80.0);

/// What a chart is about.
#[derive(Clone, Copy)]
struct Subject {
    name: &'static str,
    points: fn(&Lane) -> &Vec<LossPoint>,
    /// The values at its bottom and its top, the same for all versions.
    bounds: Memo<Option<(f64, f64)>>,
    written: fn(f64) -> String,
    log: bool,
}

/// The charts.
#[component]
pub fn Multiples(arena: Arena) -> impl IntoView {
    let accuracies = Memo::new(move |_| {
        let race = arena.race()?;
        let curves = race.lanes.iter().map(|lane| &lane.accuracies).filter(|points| !points.is_empty());
        let curves: Vec<plot::Points> =
            curves.map(|points| points.iter().map(|at| (at.steps as f64, at.value)).collect()).collect();
        let curves: Vec<_> = curves.iter().map(Vec::as_slice).collect();
        (!curves.is_empty()).then(|| plot::accuracy_range(&curves))
    });
    let loss = Subject {
        name: "loss",
        points: |lane| &lane.losses,
        bounds: bounds(arena),
        written: significant,
        log: true,
    };
    let accuracy = Subject {
        name: "accuracy",
        points: |lane| &lane.accuracies,
        bounds: accuracies,
        written: |value| percent(value as f32),
        log: false,
    };
    let best = Memo::new(move |_| standing::best(&arena.race()?.lanes));
    let program = arena.page.state.program;
    let in_text = Memo::new(move |_| {
        let subject = arena.begun.with(|begun| begun.subject.clone())?;
        program.text.with(|text| subject.again(text)).map(|subject| subject.value)
    });
    // Built once for each race: a card stays while its version runs.
    let cards = live(move || {
        let begun = arena.begun.get();
        let card = |(at, value): (usize, &String)| {
            card(arena, at, value.clone(), begun.named(value), [loss, accuracy], best, in_text)
        };
        begun.values.iter().enumerate().map(card).collect_view()
    });
    view! {
        <ul class="race-cards" data-testid="race-cards" hidden=live(move || !arena.apart.get())>{cards}</ul>
    }
}

/// One version.
fn card(
    arena: Arena,
    at: usize,
    value: String,
    name: String,
    subjects: [Subject; 2],
    best: Memo<Option<usize>>,
    in_text: Memo<Option<String>>,
) -> AnyView {
    let is_best = move || best.get() == Some(at);
    let same = value.clone();
    let is_in_text = Memo::new(move |_| in_text.with(|text| text.as_ref() == Some(&same)));
    let lane = move || arena.race().and_then(|race| race.lanes.get(at).cloned());
    let readout = move || {
        let Some(lane) = lane() else { return String::new() };
        let mark = arena.mark.get();
        let told = |subject: &Subject| {
            let value = standing::value_at((subject.points)(&lane), mark)?;
            Some(format!("{} {}", subject.name, (subject.written)(value)))
        };
        let values: Vec<String> = subjects.iter().filter_map(told).collect();
        match (mark, &lane.message) {
            (Some(step), _) => format!("step {}: {}", count(step as u64), values.join(", ")),
            (None, Some(message)) if values.is_empty() => message.clone(),
            (None, _) => values.join(", "),
        }
    };
    let take = on(move |_| take_over(arena, &value));
    view! {
        <li>
            <button
                class="race-card"
                class:best=live(is_best)
                type="button"
                data-testid="race-card"
                title="Take this value over into the text"
                on:click=take
            >
                <span class="race-card-head">
                    <svg class="swatch" viewBox="0 0 20 4" aria-hidden="true"><path class=format!("lane lane-{at}") d="M0 2H20" /></svg>
                    <span class="mono">{name}</span>
                    <span class="race-tag" hidden=live(move || !is_in_text.get())>"in the text"</span>
                    <span class="race-tag best" data-testid="race-best" hidden=live(move || !is_best())>"best"</span>
                </span>
                {subjects.map(|subject| chart(arena, at, subject))}
                <span class="race-readout mono">{live(readout)}</span>
            </button>
        </li>
    }
    .into_any()
}

/// A chart of a version.
fn chart(arena: Arena, at: usize, subject: Subject) -> AnyView {
    let log = move || subject.log && arena.log.get();
    let curve = live(move || {
        let (Some(race), Some(bounds)) = (arena.race(), subject.bounds.get()) else { return String::new() };
        let Some(lane) = race.lanes.get(at) else { return String::new() };
        let points = standing::thinned((subject.points)(lane));
        let path = picture::losses(&points, arena.last(), bounds, log(), CHART);
        let dots = match points.last().filter(|_| points.len() == 1) {
            // A single point is no line.
            Some(_) => format!("<path class=\"lane lane-{at} dot\" d=\"{path}h0.1\"/>"),
            None => String::new(),
        };
        format!("<path class=\"lane lane-{at}\" d=\"{path}\"/>{dots}")
    });
    let end = move |high: bool| {
        live(move || {
            let (low, top) = subject.bounds.get()?;
            let value = if high { top } else { low };
            Some(if subject.log { significant(value) } else { percent_short(value as f32) })
        })
    };
    let point = move |event: PointerEvent| {
        let chart = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(chart) = chart {
            let along = f64::from(event.offset_x()) / f64::from(chart.client_width().max(1));
            arena.mark.set(Some((along.clamp(0.0, 1.0) * arena.last() as f64).round()));
        }
    };
    let mark = live(move || {
        let along = arena.mark.get().map_or(0.0, |step| 100.0 * step / arena.last().max(1) as f64);
        format!("left:{along:.1}%")
    });
    view! {
        <span
            class="race-chart"
            aria-hidden="true"
            hidden=live(move || subject.bounds.with(Option::is_none))
            on:pointermove=on(point)
            on:pointerleave=on(move |_| arena.mark.set(None))
        >
            <svg viewBox=format!("0 0 {} {}", CHART.0, CHART.1) preserveAspectRatio="none" aria-hidden="true" inner_html=curve></svg>
            <span class="race-end high mono">{end(true)}</span>
            <span class="race-end low mono">{end(false)}</span>
            <span class="race-mark" style=mark hidden=live(move || arena.mark.get().is_none())></span>
        </span>
    }
    .into_any()
}

/// Puts the value of a version into the text, where its like stands now.
fn take_over(arena: Arena, value: &str) {
    let program = arena.page.state.program;
    let subject = arena.begun.with_untracked(|begun| begun.subject.clone());
    let Some(subject) = subject else { return };
    let edit = match program.text.with_untracked(|text| subject.again(text)) {
        Some(again) => again.edit(value),
        None => Err(format!("The text has no {} any more.", subject.name)),
    };
    match edit {
        Ok(edit) => program.edit(&[edit]),
        Err(why) => arena.page.shelf.tell(why),
    }
}
