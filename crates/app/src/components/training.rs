//! The training panel: how the run stands, the buttons that drive it, its figures and its settings.

use leptos::prelude::*;
use protocol::{Command, RunState, StopReason};

use super::Page;
use super::figures::Figures;
use super::icon::{self, ChangingIcon, Icon};
use super::live::{live, on};
use super::settings::SettingsForm;
use crate::format::count;

/// What the panel calls a state of the run: a handle, an icon and a word.
fn describe(run: &RunState) -> (&'static str, &'static str, &'static str) {
    match run {
        RunState::Fresh => ("fresh", icon::FRESH, "Not trained"),
        RunState::Running => ("running", icon::PLAY, "Running"),
        RunState::Stopped(StopReason::Paused) => ("paused", icon::PAUSE, "Paused"),
        RunState::Stopped(StopReason::Finished) => ("finished", icon::DONE, "Done"),
        RunState::Stopped(StopReason::NotFinite { .. }) => ("not-finite", icon::WARNING, "Diverged"),
        RunState::Stopped(StopReason::Failed(_)) => ("failed", icon::CROSS, "Failed"),
    }
}

/// What went wrong and what to do about it.
fn problem(run: &RunState) -> Option<String> {
    match run {
        RunState::Stopped(StopReason::NotFinite { step, kept }) => Some(format!(
            "At step {} the loss was infinite or not a number. The weights are back at step {}: lower the learning \
             rate to go on from there, or reset.",
            count(*step),
            count(*kept)
        )),
        RunState::Stopped(StopReason::Failed(why)) => Some(format!("Training stopped: {why}")),
        _ => None,
    }
}

/// Trains, or pauses if training.
pub fn run_or_pause(page: Page) {
    if page.state.is_running() {
        page.link.send(&Command::Pause);
    } else if page.state.can_step() {
        page.link.send(&Command::Train);
    }
}

/// Takes one step, between steps.
pub fn step(page: Page) {
    if page.state.can_step() && !page.state.is_running() {
        page.link.send(&Command::Step);
    }
}

/// The panel.
#[component]
pub fn TrainingPanel() -> impl IntoView {
    let Page { state, .. } = Page::get();
    let problem = move || state.run.with(problem);
    view! {
        <section class="panel training" aria-labelledby="training-title">
            <div class="panel-head">
                <h2 id="training-title">"Training"</h2>
                <RunBadge />
            </div>
            <Transport />
            <p class="message error" role="alert" data-testid="run-problem" hidden=live(move || problem().is_none())>
                {live(move || problem().unwrap_or_default())}
            </p>
            <Figures />
            <SettingsForm />
        </section>
    }
}

#[component]
fn RunBadge() -> impl IntoView {
    let Page { state, .. } = Page::get();
    let description = Memo::new(move |_| state.run.with(describe));
    let path = live(move || description.get().1);
    view! {
        <p class="badge" data-testid="run-state" data-state=live(move || description.get().0) role="status">
            <ChangingIcon path />
            {live(move || description.get().2)}
        </p>
    }
}

#[component]
fn Transport() -> impl IntoView {
    let page = Page::get();
    let Page { state, link, .. } = page;
    let running = Memo::new(move |_| state.is_running());
    let begun = Memo::new(move |_| state.progress.with(|progress| progress.step > 0));
    let name = move || match (running.get(), begun.get()) {
        (true, _) => "Pause",
        (false, true) => "Resume",
        (false, false) => "Train",
    };
    let path = live(move || if running.get() { icon::PAUSE } else { icon::PLAY });
    view! {
        <div class="transport" role="group" aria-label="Run">
            <button
                class="button primary"
                type="button"
                data-testid="train"
                title="Train or pause (space)"
                disabled=live(move || !running.get() && !state.can_step())
                on:click=on(move |_| run_or_pause(page))
            >
                <ChangingIcon path />
                {live(name)}
            </button>
            <button
                class="button"
                type="button"
                data-testid="step"
                title="One training step (.)"
                disabled=live(move || running.get() || !state.can_step())
                on:click=on(move |_| step(page))
            >
                <Icon path=icon::STEP />
                "Step"
            </button>
            <button
                class="button"
                type="button"
                data-testid="reset"
                title="Back to the initial weights: the same for the same seed"
                disabled=live(move || !state.can_train())
                on:click=on(move |_| link.send(&Command::Reset))
            >
                <Icon path=icon::RESET />
                <span>"Reset"<span class="wide">" to the same weights"</span></span>
            </button>
        </div>
    }
}
