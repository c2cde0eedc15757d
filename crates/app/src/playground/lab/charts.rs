//! The charts of a training: losses, and accuracies.

use leptos::ev::PointerEvent;
use leptos::html;
use leptos::prelude::*;

use crate::components::controls::{Slider, slider, switch};
use crate::components::frame::{redraw, resized};
use crate::components::{Page, live, on};
use crate::draw::palette::Palette;
use crate::draw::plot::{self, Chart, Points};
use crate::format;
use crate::program::Program;

/// What a chart is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject {
    Loss,
    Accuracy,
}

/// How curves are shown.
#[derive(Clone, Copy)]
struct Look {
    /// The part of a smoothed value that is the one before.
    smooth: RwSignal<f64>,
    /// Whether losses are shown as logarithms.
    log: RwSignal<bool>,
    /// The step that is pointed at.
    mark: RwSignal<Option<f64>>,
}

/// Both charts.
#[component]
pub fn Charts() -> impl IntoView {
    let look = Look { smooth: RwSignal::new(0.9), log: RwSignal::new(false), mark: RwSignal::new(None) };
    let smoothing = Slider { class: "slider", id: "smoothing", name: "Smoothing", range: (0.0, 0.99, 0.01) };
    let part = move || look.smooth.get() as f32;
    let shown = live(move || format::fixed(look.smooth.get(), 2));
    let set = move |part: f32| look.smooth.set(f64::from(part));
    view! {
        <div class="lab-tools">
            {slider(&smoothing, part, shown, set)}
            {switch("log-loss", "Logarithmic loss", "", look.log)}
        </div>
        <div class="lab-charts">
            <LineChart subject=Subject::Loss look />
            <LineChart subject=Subject::Accuracy look />
        </div>
    }
}

/// The curves of the training set and of the test set.
fn curves(program: Program, subject: Subject, look: Look) -> (Points, Points) {
    let log = subject == Subject::Loss && look.log.get();
    let scaled = |value: f64| if log { value.max(1e-12).log10() } else { value };
    let measured = |value: fn(&protocol::program::Measured) -> f32| -> Points {
        program
            .lab
            .measured
            .with(|all| all.iter().map(|at| (at.steps as f64, scaled(value(at).into()))).collect())
    };
    match subject {
        Subject::Accuracy => (measured(|at| at.train.1), measured(|at| at.test.1)),
        Subject::Loss => {
            let losses = program.losses.with(|losses| {
                let points = losses.iter().map(|point| (point.steps as f64, point.value));
                points.filter(|(_, value)| value.is_finite()).collect::<Points>()
            });
            let smoothed = smoothed(&losses, look.smooth.get());
            let points = smoothed.into_iter().map(|(step, value)| (step, scaled(value)));
            (points.collect(), measured(|at| at.test.0))
        }
    }
}

/// Each value mixed with those before it.
fn smoothed(points: &[(f64, f64)], before: f64) -> Points {
    let mut mean = None;
    let mix = |&(step, value): &(f64, f64)| {
        let mixed = mean.map_or(value, |mean: f64| mean * before + value * (1.0 - before));
        mean = Some(mixed);
        (step, mixed)
    };
    points.iter().map(mix).collect()
}

/// The last value at a step or before.
fn value_at(points: &[(f64, f64)], step: f64) -> Option<f64> {
    let known = points.partition_point(|(at, _)| *at <= step);
    points.get(known.checked_sub(1)?).map(|(_, value)| *value)
}

#[component]
fn LineChart(subject: Subject, look: Look) -> impl IntoView {
    let Page { state, theme, .. } = Page::get();
    let canvas = NodeRef::<html::Canvas>::new();
    let both = Memo::new(move |_| curves(state.program, subject, look));
    let resized = resized(canvas);
    let track = move || {
        both.track();
        look.mark.track();
        theme.dark.track();
        resized.track();
    };
    redraw(canvas, track, move |canvas| {
        let palette = Palette::read();
        let log = subject == Subject::Loss && look.log.get_untracked();
        both.with_untracked(|(train, test)| {
            let points = [train.as_slice(), test.as_slice()];
            let range = match subject {
                Subject::Loss if log => plot::log_range(&points),
                Subject::Loss => plot::loss_range(&points),
                Subject::Accuracy => plot::accuracy_range(&points),
            };
            let curves = [(points[0], palette.train), (points[1], palette.test)];
            let label = |value: f64| match subject {
                Subject::Accuracy => format!("{}\u{a0}%", format::fixed(value * 100.0, 0)),
                Subject::Loss => written(subject, log, value),
            };
            let chart = Chart { curves: &curves, range, label: &label, mark: look.mark.get_untracked() };
            plot::draw(canvas, &chart, &palette);
        });
    });
    let point = move |event: PointerEvent| {
        let Some(canvas) = canvas.get_untracked() else { return };
        let step = both.with_untracked(|(train, test)| {
            plot::step_at(&[train, test], event.offset_x().into(), canvas.client_width().into())
        });
        look.mark.set(Some(step.round()));
    };
    let (title, handle) = match subject {
        Subject::Loss => ("Loss", "loss-chart"),
        Subject::Accuracy => ("Accuracy", "accuracy-chart"),
    };
    let readout = move || {
        let log = subject == Subject::Loss && look.log.get();
        both.with(|(train, test)| {
            // With nothing pointed at, the end of both.
            let end = train.last().into_iter().chain(test.last()).map(|(step, _)| *step).reduce(f64::max);
            let Some(step) = look.mark.get().or(end) else { return "nothing yet".to_owned() };
            let text = |points: &Points| {
                value_at(points, step).map_or_else(|| "–".to_owned(), |value| written(subject, log, value))
            };
            format!("step {}: train {}, test {}", format::count(step as u64), text(train), text(test))
        })
    };
    view! {
        <section class="lab-chart">
            <div class="panel-head">
                <h3>{title}</h3>
                <ul class="legend" aria-hidden="true">
                    <li class="train">"train"</li>
                    <li class="test">"test"</li>
                </ul>
            </div>
            <canvas
                node_ref=canvas
                role="img"
                aria-label=live(move || format!("{title} by step. At {}", readout()))
                data-testid=handle
                on:pointermove=on(point)
                on:pointerleave=on(move |_| look.mark.set(None))
            ></canvas>
            <p class="hint mono">{live(readout)}</p>
        </section>
    }
}

/// A value of a chart in words.
fn written(subject: Subject, log: bool, value: f64) -> String {
    match subject {
        Subject::Accuracy => format!("{}\u{a0}%", format::fixed(value * 100.0, 1)),
        Subject::Loss => format::significant(if log { 10_f64.powf(value) } else { value }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smoothing_mixes_each_value_with_those_before() {
        let points = [(0.0, 1.0), (1.0, 0.0), (2.0, 0.0)];
        assert_eq!(smoothed(&points, 0.5), [(0.0, 1.0), (1.0, 0.5), (2.0, 0.25)]);
        assert_eq!(smoothed(&points, 0.0), points);
    }

    #[test]
    fn between_two_points_the_earlier_one_counts() {
        let points = [(2.0, 1.0), (4.0, 3.0)];
        assert_eq!(
            [1.0, 2.0, 3.9, 9.0].map(|step| value_at(&points, step)),
            [None, Some(1.0), Some(1.0), Some(3.0)]
        );
    }
}
