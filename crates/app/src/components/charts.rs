//! The two charts of a run: loss, and accuracy.

use leptos::html;
use leptos::prelude::*;

use super::Page;
use super::frame::{redraw, resized};
use super::live::live;
use crate::draw::palette::Palette;
use crate::draw::plot::{self, Chart};
use crate::format;
use crate::history::{History, Series};

/// What one of the charts shows.
#[derive(Clone, Copy)]
struct Subject {
    title: &'static str,
    test_id: &'static str,
    curves: fn(&History) -> (&Series, &Series),
    range: fn(&Series, &Series) -> (f64, f64),
    /// A value on the axis.
    label: fn(f64) -> String,
    /// A value in the text for those who do not see the chart.
    value: fn(f64) -> String,
}

const LOSS: Subject = Subject {
    title: "Loss",
    test_id: "loss-chart",
    curves: |history| (&history.train_loss, &history.test_loss),
    range: plot::loss_range,
    label: |value| if value >= 1000.0 { format::exponential(value, 0) } else { format::fixed(value, 2) },
    value: format::loss,
};

const ACCURACY: Subject = Subject {
    title: "Accuracy",
    test_id: "accuracy-chart",
    curves: |history| (&history.train_accuracy, &history.test_accuracy),
    range: plot::accuracy_range,
    label: |value| format!("{} %", format::fixed(value * 100.0, 0)),
    value: |value| format::percent(value as f32),
};

/// Both charts.
#[component]
pub fn Charts() -> impl IntoView {
    view! {
        <div class="charts">
            <LineChart subject=LOSS />
            <LineChart subject=ACCURACY />
        </div>
    }
}

#[component]
fn LineChart(subject: Subject) -> impl IntoView {
    let Page { state, theme, .. } = Page::get();
    let canvas = NodeRef::<html::Canvas>::new();
    let resized = resized(canvas);
    let track = move || {
        state.history.track();
        theme.dark.track();
        resized.track();
    };
    redraw(canvas, track, move |canvas| {
        state.history.with_untracked(|history| {
            let (train, test) = (subject.curves)(history);
            let chart = Chart { train, test, range: (subject.range)(train, test), label: subject.label };
            plot::draw(canvas, &chart, &Palette::read());
        });
    });
    let description = move || state.history.with(|history| describe(subject, history));
    let empty = Memo::new(move |_| state.history.with(|history| (subject.curves)(history).0.is_empty()));
    view! {
        <section class="panel chart">
            <div class="panel-head">
                <h2>{subject.title}</h2>
                <ul class="legend" aria-hidden="true">
                    <li class="train">"train"</li>
                    <li class="test">"test"</li>
                </ul>
            </div>
            <div class="chart-box">
                <canvas node_ref=canvas role="img" aria-label=live(description) data-testid=subject.test_id></canvas>
                <p class="invitation" hidden=live(move || !empty.get())><span>"Press Train to draw the curve."</span></p>
            </div>
            <p class="axis-name" aria-hidden="true">"step"</p>
        </section>
    }
}

/// The chart in words: where its curves stand.
fn describe(subject: Subject, history: &History) -> String {
    let (train, test) = (subject.curves)(history);
    let name = subject.title;
    match (train.last(), test.last()) {
        (None, None) => format!("{name} by step: nothing yet"),
        (train, test) => {
            let text = |last: Option<(f64, f64)>| {
                last.map_or_else(|| "none".to_owned(), |(_, value)| (subject.value)(value))
            };
            let step = format::count(history.step());
            format!("{name} by step. At step {step}: training set {}, test set {}", text(train), text(test))
        }
    }
}
