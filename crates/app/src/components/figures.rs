//! The figures of a run, each in its place and with a fixed width.

use leptos::prelude::*;

use super::Page;
use super::live::{Live, live};
use crate::format::{count, loss, percent};

/// What stands where there is no number yet.
const NONE: &str = "–";

/// All figures.
#[component]
pub fn Figures() -> impl IntoView {
    let Page { state, .. } = Page::get();
    let progress = state.progress;
    let test_accuracy = live(move || state.score.get().map(|score| percent(score.accuracy)));
    let running_loss = live(move || state.history.with(|history| history.running_loss().map(loss)));
    let train_accuracy = live(move || {
        progress.with(|progress| (!progress.losses.is_empty()).then(|| percent(progress.train_accuracy)))
    });
    let speed = live(move || {
        let speed = progress.with(|progress| progress.samples_per_second);
        (speed > 0.0).then(|| count(speed.round() as u64))
    });
    let step = move || progress.with(|progress| progress.step);
    let epoch = live(move || {
        let settings = state.settings.get();
        let epoch = step().div_ceil(u64::from(settings.steps_per_epoch()));
        Some(format!("{} of {}", count(epoch), count(u64::from(settings.epochs))))
    });
    let part = move || Some(step() as f64 / state.settings.get().total_steps() as f64);
    view! {
        <dl class="figures">
            <Figure id="test-accuracy" label="Test accuracy" large=true value=test_accuracy />
            <Figure id="loss" label="Loss" large=true value=running_loss />
            <Figure id="train-accuracy" label="Train accuracy" value=train_accuracy />
            <Figure id="speed" label="Samples/s" value=speed />
            <Figure id="epoch" label="Epoch" value=epoch />
            <Figure id="step-count" label="Step" value=live(move || Some(count(step()))) />
        </dl>
        <progress class="run-progress" aria-label="Steps taken" max="1" value=live(part)></progress>
    }
}

#[component]
fn Figure(
    id: &'static str,
    label: &'static str,
    #[prop(optional)] large: bool,
    value: Live<Option<String>>,
) -> impl IntoView {
    view! {
        <div class=if large { "figure large" } else { "figure" }>
            <dt>{label}</dt>
            <dd data-testid=id>{live(move || value().unwrap_or_else(|| NONE.to_owned()))}</dd>
        </div>
    }
}
