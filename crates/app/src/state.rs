//! What the page knows: one signal for each thing that the worker reports. Components read them; only
//! [`State::apply`] and the engine link write them.

use std::sync::Arc;

use leptos::prelude::*;
use protocol::{
    BackendChoice, BackendReport, Checkpoint, DataStatus, Event, Prediction, Progress, RunState, Sample,
    Score, Settings,
};

use crate::history::History;
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

/// What was saved from a worker that failed.
#[derive(Clone, Debug)]
pub struct Rescued {
    /// The last model that it reported.
    pub checkpoint: Arc<Checkpoint>,
    history: History,
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
    /// The settings in force.
    pub settings: RwSignal<Settings>,
    /// Whether a training is under way.
    pub run: RwSignal<RunState>,
    /// The newest report of the training.
    pub progress: RwSignal<Progress>,
    /// The newest score on the test set.
    pub score: RwSignal<Option<Score>>,
    /// The curves.
    pub history: RwSignal<History>,
    /// The newest model.
    pub checkpoint: RwSignal<Option<Arc<Checkpoint>>>,
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
    /// What was saved from it.
    pub rescued: RwSignal<Option<Rescued>>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            engine: RwSignal::new(Engine::Starting),
            backend: RwSignal::new(None),
            choice: RwSignal::new(BackendChoice::Auto),
            data: RwSignal::new(None),
            settings: RwSignal::new(Settings::default()),
            run: RwSignal::new(RunState::Fresh),
            progress: RwSignal::new(Progress::default()),
            score: RwSignal::new(None),
            history: RwSignal::new(History::default()),
            checkpoint: RwSignal::new(None),
            prediction: RwSignal::new(None),
            sample: RwSignal::new(None),
            program: Program::default(),
            refusal: RwSignal::new(None),
            crash: RwSignal::new(None),
            rescued: RwSignal::new(None),
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
            Event::Run(run) => {
                if run == RunState::Fresh {
                    self.start_over();
                }
                self.run.set(run);
            }
            Event::Progress(progress) => {
                self.history.update(|history| history.progress(&progress));
                self.progress.set(progress);
            }
            Event::Tested(score) => {
                self.history.update(|history| history.tested(&score));
                self.score.set(Some(score));
            }
            Event::Checkpoint(checkpoint) => self.take(Arc::from(checkpoint)),
            Event::Prediction(prediction) => self.prediction.set(Some(prediction)),
            Event::Sample(sample) => self.sample.set(Some(sample)),
            Event::Program(event) => self.program.apply(event),
            Event::Refused { message } => self.refusal.set(Some(message)),
            Event::Bench(_) | Event::Crashed { .. } | Event::Pong => {}
        }
    }

    /// Whether the test set is there, so that scores and samples can be asked for.
    pub fn has_test_set(&self) -> bool {
        self.data.with(|data| matches!(data, Some(DataStatus::TestReady { .. } | DataStatus::Ready { .. })))
    }

    /// Whether training can begin.
    pub fn can_train(&self) -> bool {
        self.engine.with(|engine| *engine == Engine::Alive)
            && self.data.with(|data| matches!(data, Some(DataStatus::Ready { .. })))
    }

    /// Whether steps are being taken.
    pub fn is_running(&self) -> bool {
        self.run.with(|run| *run == RunState::Running)
    }

    /// Whether a step can be taken: data are there, and steps are left.
    pub fn can_step(&self) -> bool {
        let steps = self.progress.with(|progress| progress.step);
        self.can_train() && steps < self.settings.get().total_steps()
    }

    /// The worker is lost: keeps its model, and shows what a new worker knows.
    pub fn lose_worker(&self, message: String) {
        if let Some(checkpoint) = self.checkpoint.get_untracked().filter(|checkpoint| checkpoint.step > 0) {
            let history = self.history.get_untracked();
            self.rescued.set(Some(Rescued { checkpoint, history }));
        }
        self.crash.set(Some(message));
        self.engine.set(Engine::Starting);
        self.backend.set(None);
        self.data.set(None);
        self.start_over();
        self.run.set(RunState::Fresh);
    }

    /// The rescued model, with its curves put back: what the new worker is to go on from.
    pub fn take_rescued(&self) -> Option<Arc<Checkpoint>> {
        let Rescued { checkpoint, mut history } = self.rescued.get_untracked()?;
        history.truncate(checkpoint.step);
        self.history.set(history);
        self.settings.set(checkpoint.settings);
        self.dismiss_crash();
        Some(checkpoint)
    }

    /// The message about the lost worker was read.
    pub fn dismiss_crash(&self) {
        self.crash.set(None);
        self.rescued.set(None);
    }

    fn take(&self, checkpoint: Arc<Checkpoint>) {
        if self.progress.with_untracked(|progress| progress.step != checkpoint.step) {
            self.progress.update(|progress| progress.step = checkpoint.step);
        }
        self.checkpoint.set(Some(checkpoint));
    }

    /// Forgets the training so far; what is known of the initial weights stays.
    fn start_over(&self) {
        if self.score.with_untracked(|score| score.is_some_and(|score| score.step > 0)) {
            self.score.set(None);
        }
        let scored_at_start = self.score.get_untracked();
        self.history.set(History::default());
        if let Some(score) = scored_at_start {
            self.history.update(|history| history.tested(&score));
        }
        self.progress.set(Progress::default());
    }
}

#[cfg(test)]
mod tests {
    use protocol::Floats;

    use super::*;

    fn checkpoint(step: u64) -> Event {
        let (weight, bias) = (Floats::default(), Floats::default());
        Event::Checkpoint(Box::new(Checkpoint { settings: Settings::default(), step, weight, bias }))
    }

    fn trained() -> State {
        let state = State::default();
        for event in [
            Event::Tested(Score { step: 0, loss: 2.3, accuracy: 0.1 }),
            Event::Run(RunState::Running),
            Event::Progress(Progress {
                step: 3,
                losses: Floats::from(&[3.0, 2.0, 1.0][..]),
                ..Progress::default()
            }),
            checkpoint(3),
            Event::Tested(Score { step: 3, loss: 1.0, accuracy: 0.8 }),
        ] {
            state.apply(event);
        }
        state
    }

    #[test]
    fn a_reset_clears_curves_and_figures() {
        let _owner = Owner::new();
        let state = trained();
        state.apply(Event::Run(RunState::Fresh));
        assert_eq!(state.history.get_untracked(), History::default());
        assert_eq!(state.progress.get_untracked(), Progress::default());
        assert_eq!(state.score.get_untracked(), None);
    }

    #[test]
    fn the_score_of_the_initial_weights_outlives_the_report_that_they_are_fresh() {
        let _owner = Owner::new();
        let state = State::default();
        let score = Score { step: 0, loss: 2.3, accuracy: 0.1 };
        state.apply(Event::Tested(score));
        state.apply(Event::Run(RunState::Fresh));
        assert_eq!(state.score.get_untracked(), Some(score));
        assert!(!state.history.get_untracked().test_loss.is_empty());
    }

    #[test]
    fn a_lost_worker_leaves_its_model_and_curves() {
        let _owner = Owner::new();
        let state = trained();
        let before = state.history.get_untracked();
        state.lose_worker("unreachable executed".to_owned());
        state.apply(Event::Run(RunState::Fresh));
        assert!(!state.can_train());
        assert_eq!(state.take_rescued().map(|checkpoint| checkpoint.step), Some(3));
        assert_eq!(state.history.get_untracked(), before);
        assert_eq!(state.crash.get_untracked(), None);
    }

    #[test]
    fn an_untrained_worker_leaves_nothing_to_go_on_from() {
        let _owner = Owner::new();
        let state = State::default();
        state.apply(checkpoint(0));
        state.lose_worker(String::new());
        assert!(state.rescued.get_untracked().is_none());
    }

    #[test]
    fn going_on_from_a_checkpoint_goes_on_with_its_settings() {
        let _owner = Owner::new();
        let state = trained();
        state.settings.set(Settings { lr: 7.0, ..Settings::default() });
        state.lose_worker(String::new());
        state.take_rescued();
        assert_eq!(state.settings.get_untracked(), Settings::default());
    }

    #[test]
    fn steps_end_with_the_last_epoch() {
        let _owner = Owner::new();
        let state = trained();
        state.engine.set(Engine::Alive);
        assert!(!state.can_step(), "no data yet");
        state.apply(Event::Data(DataStatus::Ready { train: 60_000, test: 10_000 }));
        assert!(state.can_step());
        state.apply(checkpoint(Settings::default().total_steps()));
        assert!(!state.can_step(), "all steps are taken");
    }
}
