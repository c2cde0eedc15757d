//! Being told what an engine does, as it does it: who draws a graph listens here.

use std::rc::Rc;

use crate::autograd::{Arrival, Visit};
use crate::engine::Engine;
use crate::ops::Op;
use crate::optim::{Algorithm, Options, State};
use crate::tape::{Node, Origin, Span};
use crate::tensor::Tensor;

/// Listens to an engine. It must not run ops while it is told something.
pub trait Watcher {
    /// An op has run, in a forward pass or as a part of a gradient.
    fn ran(&self, ran: &Ran<'_>);
    /// A function has given this tensor to the program text at `span`: a new one, the result of an op that was told, or one that
    /// was there before.
    fn made(&self, tensor: &Tensor, span: Span);
    /// `value` was written to the elements of `tensor`, whose past is now that of the value.
    fn written(&self, tensor: &Tensor, value: &Tensor);
    /// A backward pass begins at these tensors.
    fn began(&self, roots: &[&Tensor]);
    /// A backward pass has visited a node.
    fn visited(&self, visit: &Visit);
    /// A gradient has arrived at a leaf.
    fn arrived(&self, arrival: &Arrival);
    /// An optimizer has changed a parameter.
    fn updated(&self, update: &Updated<'_>);
}

/// An op that has run. What it is composed of is not told.
pub struct Ran<'a> {
    /// Which.
    pub op: &'a Op,
    /// Of what.
    pub inputs: &'a [&'a Tensor],
    /// What came out.
    pub output: &'a Tensor,
    /// Where it comes from.
    pub origin: Origin,
    /// Its node, if it was recorded for gradients.
    pub node: Option<Rc<Node>>,
}

/// An update of a parameter.
pub struct Updated<'a> {
    /// By what.
    pub algorithm: Algorithm,
    /// The parameter, as it is now.
    pub param: &'a Tensor,
    /// What it was.
    pub before: Tensor,
    /// Its gradient.
    pub grad: Tensor,
    /// The options of its group.
    pub options: &'a Options,
    /// What is remembered of it now.
    pub state: &'a State,
    /// What was remembered before. Its tensors are those of then.
    pub state_before: State,
}

impl Tensor {
    /// Tells who listens that the program text at `span` was given this tensor.
    pub fn tell_made(&self, span: Span) {
        self.engine().tell(|watcher| watcher.made(self, span));
    }
}

impl Engine {
    /// Lets somebody listen, or nobody any more. Gives back who did before.
    pub fn set_watcher(&self, watcher: Option<Rc<dyn Watcher>>) -> Option<Rc<dyn Watcher>> {
        self.0.watcher.replace(watcher)
    }

    /// How many ops have run, of those that are told: what ops and steps of optimizers are composed of does not count.
    pub fn ops_run(&self) -> u64 {
        self.0.ops_run.get()
    }

    /// Tells the watcher something, unless a part of an op or of an update is being computed.
    pub(crate) fn tell(&self, news: impl FnOnce(&dyn Watcher)) {
        if self.0.aside.get() {
            return;
        }
        let watcher = self.0.watcher.borrow().clone();
        if let Some(watcher) = watcher {
            news(&*watcher);
        }
    }

    /// Whether anybody is listening now.
    pub(crate) fn is_watched(&self) -> bool {
        !self.0.aside.get() && self.0.watcher.borrow().is_some()
    }

    /// Runs what is not to be told.
    pub(crate) fn aside<T>(&self, body: impl FnOnce() -> T) -> T {
        let before = self.0.aside.replace(true);
        let out = body();
        self.0.aside.set(before);
        out
    }
}
