//! The figures of a run, each in its place and with a fixed width.

use leptos::prelude::*;

use super::Page;
use crate::format::{count, loss, percent};

/// What stands where there is no number yet.
const NONE: &str = "–";

/// All figures.
#[component]
pub fn Figures() -> impl IntoView {
    let Page { state, .. } = Page::get();
    let test_accuracy = Memo::new(move |_| state.score.get().map(|score| percent(score.accuracy)));
    let running_loss = Memo::new(move |_| state.history.with(|history| history.running_loss().map(loss)));
    let progress = state.progress;
    let reported = move || progress.with(|progress| !progress.losses.is_empty());
    let train_accuracy =
        Memo::new(move |_| reported().then(|| percent(progress.with(|progress| progress.train_accuracy))));
    let speed = Memo::new(move |_| {
        let speed = progress.with(|progress| progress.samples_per_second);
        (speed > 0.0).then(|| count(speed.round() as u64))
    });
    let step = Memo::new(move |_| progress.with(|progress| progress.step));
    let epoch = move || {
        let settings = state.settings.get();
        let epoch = step.get().div_ceil(u64::from(settings.steps_per_epoch()));
        format!("{} of {}", count(epoch), count(u64::from(settings.epochs)))
    };
    let part = move || step.get() as f64 / state.settings.get().total_steps() as f64;
    view! {
        <dl class="figures">
            <Figure id="test-accuracy" label="Test accuracy" large=true value=Signal::derive(move || test_accuracy.get()) />
            <Figure id="loss" label="Loss" large=true value=Signal::derive(move || running_loss.get()) />
            <Figure id="train-accuracy" label="Train accuracy" value=Signal::derive(move || train_accuracy.get()) />
            <Figure id="speed" label="Samples/s" value=Signal::derive(move || speed.get()) />
            <Figure id="epoch" label="Epoch" value=Signal::derive(move || Some(epoch())) />
            <Figure id="step-count" label="Step" value=Signal::derive(move || Some(count(step.get()))) />
        </dl>
        <progress class="run-progress" aria-label="Steps taken" max="1" value=part></progress>
    }
}

#[component]
fn Figure(
    id: &'static str,
    label: &'static str,
    #[prop(optional)] large: bool,
    value: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <div class="figure" class:large=large>
            <dt>{label}</dt>
            <dd data-testid=id>{move || value.get().unwrap_or_else(|| NONE.to_owned())}</dd>
        </div>
    }
}
