//! One version of a program in a race: run at full speed, with its losses and the way of its parameters.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use engine::autograd::{Arrival, Visit};
use engine::{Engine, Ran, Span, Tensor, Updated, Watcher};
use lang::{Ask, Event, Limits, Machine, Reply, Request, Stops};
use protocol::program::{LossPoint, ProgramState};

use super::printed;
use crate::losses;
use crate::need;
use crate::pin::Files;
use crate::recorder::{Loss, Steps};

/// Instructions between two looks at the clock.
const LOOK: u64 = 500;
/// Losses and places of parameters that are kept; of more, every other one is dropped.
const MOST_LOSSES: usize = 400;
const MOST_STANDS: usize = 600;
/// Accuracies that are kept: those behind them are left out.
const MOST_ACCURACIES: usize = 2000;
/// Elements of all parameters, up to which their way is kept.
const MOST_ELEMENTS: usize = 20_000;
/// Milliseconds that a version may compute.
const LONGEST_MS: f64 = 60_000.0;

/// What the parameters held after so many steps of the optimizer.
pub(super) struct Kept {
    pub(super) steps: u64,
    pub(super) values: Vec<Tensor>,
}

/// Listens to the engine of one version.
#[derive(Default)]
pub(super) struct Tracker {
    losses: RefCell<Vec<Loss>>,
    /// Which parameters were updated, in the order in which they first were, and what they hold.
    params: RefCell<Vec<(Tensor, Tensor)>>,
    steps: Steps,
    way: RefCell<Vec<Kept>>,
    /// Of how many steps one is kept.
    stride: Cell<u64>,
    /// Whether there are too many elements.
    large: Cell<bool>,
}

impl Tracker {
    /// Keeps where the parameters are, if it is the turn of that.
    fn keep(&self) {
        let steps = self.steps.count();
        let stride = self.stride.get().max(1);
        if self.large.get() || !steps.is_multiple_of(stride) {
            return;
        }
        let mut way = self.way.borrow_mut();
        way.push(Kept {
            steps,
            values: self.params.borrow().iter().map(|(_, value)| value.clone()).collect(),
        });
        if way.len() > MOST_STANDS {
            self.stride.set(stride * 2);
            way.retain(|kept| kept.steps.is_multiple_of(stride * 2));
        }
    }

    /// The parameters, in the order in which they were first updated.
    pub(super) fn params(&self) -> Vec<Tensor> {
        self.params.borrow().iter().map(|(param, _)| param.clone()).collect()
    }

    /// Where they were, the last place included. Nothing, if they have too many elements.
    pub(super) fn way(&self) -> Vec<Kept> {
        let params = self.params.borrow();
        let last = self.steps.count();
        let mut way: Vec<Kept> = self
            .way
            .borrow()
            .iter()
            .filter(|kept| kept.values.len() == params.len())
            .map(|kept| Kept { steps: kept.steps, values: kept.values.clone() })
            .collect();
        if !self.large.get() && !params.is_empty() && way.last().is_none_or(|kept| kept.steps < last) {
            way.push(Kept { steps: last, values: params.iter().map(|(_, value)| value.clone()).collect() });
        }
        way
    }
}

impl Watcher for Tracker {
    fn ran(&self, _: &Ran<'_>) {}
    fn made(&self, _: &Tensor, _: Span) {}
    fn written(&self, _: &Tensor, _: &Tensor) {}
    fn visited(&self, _: &Visit) {}
    fn arrived(&self, _: &Arrival) {}

    fn began(&self, roots: &[&Tensor]) {
        if let [loss] = roots
            && loss.numel() == 1
        {
            let steps = self.steps.count();
            self.losses.borrow_mut().push(Loss { value: loss.frozen(), steps, clock: Some(steps) });
        }
    }

    fn updated(&self, update: &Updated<'_>) {
        if self.steps.begins_with(update.param) {
            if self.steps.count() > 0 {
                self.keep();
            }
            self.steps.begin();
        }
        self.steps.note(update.param);
        let mut params = self.params.borrow_mut();
        let after = update.param.frozen();
        if let Some((_, value)) = params.iter_mut().find(|(param, _)| param.same_as(update.param)) {
            *value = after;
            return;
        }
        // Seen for the first time: where it began belongs to the beginning of the way.
        let elements: usize = params.iter().map(|(param, _)| param.numel()).sum();
        self.large.set(self.large.get() || elements + update.param.numel() > MOST_ELEMENTS);
        params.push((update.param.clone(), after));
        let mut way = self.way.borrow_mut();
        if way.is_empty() {
            way.push(Kept { steps: 0, values: Vec::new() });
        }
        if let Some(first) = way.first_mut().filter(|first| first.steps == 0) {
            first.values.push(update.before.clone());
        }
    }
}

/// A version of the program.
pub struct Lane {
    machine: Option<Machine>,
    pub(super) tracker: Rc<Tracker>,
    files: Files,
    pub(crate) state: ProgramState,
    pub(crate) message: Option<String>,
    pub(super) losses: Vec<LossPoint>,
    pub(super) accuracies: Vec<LossPoint>,
    pub(super) millis: f64,
}

impl Lane {
    /// At the start of this text, on these devices.
    pub(crate) fn new(
        engine: &Engine,
        cuda: Option<&Engine>,
        text: &str,
        files: &Files,
        fused: bool,
    ) -> Self {
        let tracker = Rc::new(Tracker::default());
        for engine in std::iter::once(engine).chain(cuda) {
            engine.set_watcher(Some(Rc::clone(&tracker) as Rc<dyn Watcher>));
            engine.set_fused(fused);
        }
        let mut machine = Machine::with_devices(engine.clone(), cuda.cloned(), Limits::default());
        let (machine, state, message) = match machine.load(text) {
            Ok(()) => (Some(machine), ProgramState::Running, None),
            Err(errors) => {
                let first = errors.first().map(|error| format!("{}: {}", error.kind, error.message));
                (None, ProgramState::Failed, first)
            }
        };
        Self {
            machine,
            tracker,
            files: files.clone(),
            state,
            message,
            losses: Vec::new(),
            accuracies: Vec::new(),
            millis: 0.0,
        }
    }

    /// Steps that its optimizers have taken.
    pub(crate) fn steps(&self) -> u64 {
        self.tracker.steps.count()
    }

    /// Whether it runs.
    pub(crate) fn is_running(&self) -> bool {
        self.state == ProgramState::Running
    }

    /// The names of the variables that hold its parameters, in their order; none for what no variable holds.
    pub(super) fn names(&self) -> Vec<Option<String>> {
        let named = self.machine.as_ref().map(Machine::named_tensors).unwrap_or_default();
        let name = |param: Tensor| {
            named.iter().find(|named| named.tensor.same_as(&param)).map(|named| named.name.clone())
        };
        self.tracker.params().into_iter().map(name).collect()
    }

    /// Runs for so many milliseconds at most.
    pub(crate) fn slice(&mut self, millis: f64, now: fn() -> f64) -> Option<Request> {
        let began = now();
        let request = self.run_until(began + millis, now);
        self.millis += now() - began;
        if self.is_running() && self.millis > LONGEST_MS {
            self.end(ProgramState::Paused, Some("ended after a minute of computing".to_owned()));
        }
        request
    }

    fn run_until(&mut self, deadline: f64, now: fn() -> f64) -> Option<Request> {
        while self.is_running() && now() < deadline {
            let machine = self.machine.as_mut()?;
            match machine.run(LOOK, &Stops::default()) {
                Event::Need => match machine.request() {
                    Some(Request::Ask(ask)) => {
                        let Some(reply) = self.answer(&ask, now) else { return Some(Request::Ask(ask)) };
                        self.reply(reply);
                    }
                    request => return request,
                },
                Event::Print(text) => self.note_printed(&text),
                Event::Finished(_) => self.end(ProgramState::Finished, None),
                Event::Failed(traceback) => {
                    let last = traceback.text.trim_end().lines().last().unwrap_or_default().to_owned();
                    self.end(ProgramState::Failed, Some(last));
                }
                _ => {}
            }
        }
        None
    }

    /// What needs nobody else: files of its own folder, the time, and no waiting.
    fn answer(&mut self, ask: &Ask, now: fn() -> f64) -> Option<Reply> {
        Some(match ask {
            Ask::Time => Reply::Time(now() / 1000.0),
            Ask::Sleep(_) => Reply::Done,
            Ask::ReadFile(name) => need::read_file(&self.files, name),
            Ask::WriteFile(name, content) => {
                self.files.insert(need::file_name(name).to_owned(), Rc::clone(content));
                Reply::Done
            }
            Ask::Mnist { .. } | Ask::OwnData { .. } => return None,
        })
    }

    /// Keeps the accuracy that it tells, if it does.
    fn note_printed(&mut self, text: &str) {
        if let Some(value) = printed::accuracy(text)
            && self.accuracies.len() < MOST_ACCURACIES
        {
            let steps = self.steps();
            self.accuracies.push(LossPoint { clock: steps, steps, value });
        }
    }

    /// Answers a question.
    pub fn reply(&mut self, reply: Reply) {
        if let Some(machine) = &mut self.machine {
            machine.reply(reply);
        }
    }

    /// Gives a value that was waited for.
    pub fn provide(&mut self, value: lang::Settled) {
        if let Some(machine) = &mut self.machine {
            machine.provide(value);
        }
    }

    fn end(&mut self, state: ProgramState, message: Option<String>) {
        (self.state, self.message) = (state, message);
    }

    /// Reads the losses that have come since the last time.
    pub(super) async fn read_losses(&mut self) {
        let fresh = self.tracker.losses.take();
        losses::read(&fresh, &mut self.losses, MOST_LOSSES).await;
    }
}
