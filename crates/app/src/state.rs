//! What the page knows: one signal for each thing that the worker reports. Components read them; only
//! [`State::apply`] and the engine link write them.

use leptos::prelude::*;
use protocol::{BackendChoice, BackendReport, DataStatus, Event, OwnData, Prediction, Sample};

use crate::program::Program;

/// How the worker does.
#[derive(Clone, Debug, PartialEq)]
pub enum Engine {
    /// It is being loaded, or replaced.
    Starting,
    /// It answers.
    Alive,
    /// It failed too often and was not started again.
    GivenUp,
}

/// The signals of the page. Cheap to copy: each is a handle.
#[derive(Clone, Copy)]
pub struct State {
    /// How the worker does.
    pub engine: RwSignal<Engine>,
    /// Which backend computes, once one was opened.
    pub backend: RwSignal<Option<BackendReport>>,
    /// Which backend the user wants.
    pub choice: RwSignal<BackendChoice>,
    /// How far the data set has come.
    pub data: RwSignal<Option<DataStatus>>,
    /// What programs get in place of MNIST.
    pub own: RwSignal<OwnData>,
    /// What the model makes of the drawing.
    pub prediction: RwSignal<Option<Prediction>>,
    /// The image of the test set that was asked for last.
    pub sample: RwSignal<Option<Sample>>,
    /// The program and its run.
    pub program: Program,
    /// Why the last command was not carried out.
    pub refusal: RwSignal<Option<String>>,
    /// What the worker said when it failed.
    pub crash: RwSignal<Option<String>>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            engine: RwSignal::new(Engine::Starting),
            backend: RwSignal::new(None),
            choice: RwSignal::new(BackendChoice::Auto),
            data: RwSignal::new(None),
            own: RwSignal::new(OwnData::default()),
            prediction: RwSignal::new(None),
            sample: RwSignal::new(None),
            program: Program::default(),
            refusal: RwSignal::new(None),
            crash: RwSignal::new(None),
        }
    }
}

impl State {
    /// Takes in what the worker reports. `Crashed` and `Pong` concern the engine link alone.
    pub fn apply(&self, event: Event) {
        match event {
            Event::Backend(report) => {
                self.choice.set(report.choice);
                self.backend.set(Some(report));
            }
            Event::Data(status) => self.data.set(Some(status)),
            Event::OwnData(own) => self.own.set(own),
            Event::Prediction(prediction) => self.prediction.set(Some(prediction)),
            Event::Sample(sample) => self.sample.set(Some(sample)),
            Event::Program(event) => self.program.apply(event),
            Event::Refused { message } => self.refusal.set(Some(message)),
            Event::Bench(_) | Event::Crashed { .. } | Event::Pong => {}
        }
    }

    /// Whether the test set is there, so that images of it can be asked for.
    pub fn has_test_set(&self) -> bool {
        self.data.with(|data| matches!(data, Some(DataStatus::TestReady { .. } | DataStatus::Ready { .. })))
    }

    /// The worker is lost, and the run with it: shows what a new worker knows.
    pub fn lose_worker(&self, message: String) {
        self.crash.set(Some(message));
        self.engine.set(Engine::Starting);
        self.backend.set(None);
        self.data.set(None);
        self.program.lose_run();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_worker_takes_the_run_but_not_the_text() {
        let _owner = Owner::new();
        let state = State::default();
        state.program.open("x = 1\n".to_owned());
        state.program.edition.set(1);
        state.apply(Event::Data(DataStatus::Ready { train: 60_000, test: 10_000 }));
        state.lose_worker("unreachable executed".to_owned());
        assert_eq!(state.program.text.get_untracked(), "x = 1\n");
        assert_eq!(state.program.lost.get_untracked().as_deref(), Some("x = 1\n"));
        assert!(!state.has_test_set());
        assert_eq!(state.crash.get_untracked().as_deref(), Some("unreachable executed"));
    }
}
