//! Listening to the engine, and remembering what ran as a graph.

use std::cell::{Cell, RefCell};

use engine::autograd::{Arrival, Visit};
use engine::{Ran, Span, Tensor, Updated, Watcher};

use crate::graph::Graph;

/// Remembers what ran. Numbers of records depend on the program alone: a rerun gives the same.
#[derive(Default)]
pub(crate) struct Recorder {
    graph: RefCell<Graph>,
    /// Whether ops are recorded; losses and steps always are.
    recording: Cell<bool>,
    /// The losses since somebody asked.
    losses: RefCell<Vec<Loss>>,
    steps: Steps,
}

/// Counts the steps of optimizers by the parameters that they update: the first one that comes again begins another step.
#[derive(Default)]
pub(crate) struct Steps {
    count: Cell<u64>,
    updated: RefCell<Vec<usize>>,
}

impl Steps {
    /// Steps so far.
    pub(crate) fn count(&self) -> u64 {
        self.count.get()
    }

    /// Goes on counting from here.
    fn set(&self, count: u64) {
        self.count.set(count);
        self.updated.take();
    }

    /// Whether another step begins with an update of this parameter.
    pub(crate) fn begins_with(&self, param: &Tensor) -> bool {
        let updated = self.updated.borrow();
        updated.is_empty() || updated.contains(&param.id())
    }

    /// Another step begins.
    pub(crate) fn begin(&self) {
        self.set(self.count() + 1);
    }

    /// A parameter is updated in this step.
    pub(crate) fn note(&self, param: &Tensor) {
        self.updated.borrow_mut().push(param.id());
    }
}

/// A scalar on which `backward` was called.
pub(crate) struct Loss {
    pub(crate) value: Tensor,
    /// Steps of optimizers before.
    pub(crate) steps: u64,
    /// When, once that is known.
    pub(crate) clock: Option<u64>,
}

impl Recorder {
    /// Forgets everything.
    pub(crate) fn clear(&self) {
        self.graph.take();
        self.losses.take();
        self.steps.set(0);
    }

    /// Begins to record ops, or ends.
    pub(crate) fn set_recording(&self, recording: bool) {
        self.recording.set(recording);
        if !recording {
            // What runs now is not known later: nothing may be taken for it.
            self.graph.take();
        }
    }

    /// Whether ops are recorded.
    pub(crate) fn is_recording(&self) -> bool {
        self.recording.get()
    }

    /// Steps of optimizers since the start.
    pub(crate) fn steps(&self) -> u64 {
        self.steps.count()
    }

    /// Goes on counting from here.
    pub(crate) fn set_steps(&self, steps: u64) {
        self.steps.set(steps);
    }

    /// The losses since this was called last.
    pub(crate) fn take_losses(&self) -> Vec<Loss> {
        self.losses.take()
    }

    /// Notes the clock of the newest losses, which came between these two: one after the other, as far as is known.
    pub(crate) fn stamp(&self, before: u64, now: u64) {
        let mut losses = self.losses.borrow_mut();
        let known = losses.iter().rposition(|loss| loss.clock.is_some()).map_or(0, |last| last + 1);
        let fresh = (losses.len() - known) as u64;
        for (loss, place) in losses[known..].iter_mut().zip(1..) {
            loss.clock = Some(before + (now - before) * place / fresh);
        }
    }

    /// Notes which modules were being called when the newest records were made.
    pub(crate) fn note_modules(&self, modules: impl FnOnce() -> Vec<String>) {
        self.graph.borrow_mut().note_modules(modules);
    }

    /// Looks at what was recorded.
    pub(crate) fn with<T>(&self, look: impl FnOnce(&Graph) -> T) -> T {
        look(&self.graph.borrow())
    }
}

impl Watcher for Recorder {
    fn ran(&self, ran: &Ran<'_>) {
        if self.recording.get() {
            self.graph.borrow_mut().ran(ran);
        }
    }

    fn made(&self, tensor: &Tensor, span: Span) {
        if self.recording.get() {
            self.graph.borrow_mut().made(tensor, span);
        }
    }

    fn written(&self, tensor: &Tensor, value: &Tensor) {
        if self.recording.get() {
            self.graph.borrow_mut().written(tensor, value);
        }
    }

    fn began(&self, roots: &[&Tensor]) {
        if let [loss] = roots
            && loss.numel() == 1
        {
            let loss = Loss { value: loss.frozen(), steps: self.steps.count(), clock: None };
            self.losses.borrow_mut().push(loss);
        }
        let mut graph = self.graph.borrow_mut();
        graph.visiting = None;
        for root in roots {
            if let Some(number) = graph.number(root)
                && let Some(record) = graph.get_mut(number)
            {
                record.is_loss = true;
            }
        }
    }

    fn visited(&self, visit: &Visit) {
        if self.recording.get() {
            self.graph.borrow_mut().visited(visit);
        }
    }

    fn arrived(&self, arrival: &Arrival) {
        if self.recording.get() {
            self.graph.borrow_mut().arrived(arrival);
        }
    }

    fn updated(&self, update: &Updated<'_>) {
        if self.steps.begins_with(update.param) {
            self.steps.begin();
        }
        self.steps.note(update.param);
        if self.recording.get() {
            self.graph.borrow_mut().updated(update);
        }
    }
}
