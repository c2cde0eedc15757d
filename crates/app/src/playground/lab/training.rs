//! The training: curves of losses and accuracies, how the parameters lie over its course, and edits that take effect while it goes on.

use leptos::prelude::*;

use super::charts::Charts;
use super::spreads::Spreads;
use crate::components::controls::switch;
use crate::components::{Page, live, on};
use crate::format::{count, loss, percent};
use crate::share::files::download;

/// The view.
#[component]
pub fn TrainingView() -> impl IntoView {
    let program = Page::get().state.program;
    let lab = program.lab;
    let last = move || lab.measured.with(|all| all.last().cloned());
    let standing = move || match last() {
        Some(last) => format!(
            "Step {}: test accuracy {}, loss {}; training accuracy {}, loss {} (first {} images of each set).",
            count(last.steps),
            percent(last.test.1),
            loss(last.test.0.into()),
            percent(last.train.1),
            loss(last.train.0.into()),
            count(last.images.into())
        ),
        None => {
            "While a program trains a model on MNIST, it is measured here on a part of both sets.".to_owned()
        }
    };
    view! {
        <div class="training-view">
            <p class="hint" data-testid="measured" role="status">{live(standing)}</p>
            <div class="lab-tools">
                {switch(
                    "live",
                    "Live edits",
                    "While this is on, what you change in the text (a learning rate, a number of epochs) takes effect in the run that is under way, from where it is",
                    lab.live,
                )}
                <button
                    class="button quiet small"
                    type="button"
                    data-testid="compare"
                    title="Runs the program several times side by side, with one thing different each time"
                    on:click=on(move |_| lab.compare.update(|times| *times = times.wrapping_add(1)))
                >
                    "Compare rates or optimizers"
                </button>
                <button
                    class="button quiet small"
                    type="button"
                    data-testid="curves-csv"
                    disabled=live(move || lab.measured.with(|all| all.is_empty()) && program.losses.with(Vec::is_empty))
                    on:click=on(move |_| download("training.csv", "text/csv", &table(program)))
                >
                    "Save as CSV"
                </button>
            </div>
            <Charts />
            <Spreads />
            <p class="hint">"From a moment on with another text: “fork” at the timeline."</p>
        </div>
    }
}

/// All that the charts show, as a table.
fn table(program: crate::program::Program) -> String {
    let mut text = "step,loss,train_loss,train_accuracy,test_loss,test_accuracy\n".to_owned();
    program.losses.with_untracked(|losses| {
        for point in losses {
            text.push_str(&format!("{},{},,,,\n", point.steps, point.value));
        }
    });
    program.lab.measured.with_untracked(|all| {
        for at in all.iter() {
            let ((train_loss, train), (test_loss, test)) = (at.train, at.test);
            text.push_str(&format!("{},,{train_loss},{train},{test_loss},{test}\n", at.steps));
        }
    });
    text
}
