//! Functions with a gradient of their own: `torch.autograd.Function`.
//!
//! A call has two halves. [`Context::begin`] looks at the inputs; then the function's forward computes its outputs by
//! any ops, under [`Engine::no_grad`]; [`Context::finish`] puts the node on the tape. [`apply`] does all of it for
//! functions written in Rust. Between the halves an interpreter can run code of its own.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::ops::{Custom, Op};
use crate::tape::{History, Node, SavedTensor};
use crate::tensor::Tensor;

/// The gradients of the inputs, from those of the outputs.
pub type BackwardFn = dyn Fn(&Context, &[Option<Tensor>]) -> Result<Vec<Option<Tensor>>>;

/// How the gradient of a function is computed.
#[derive(Clone)]
pub enum Backward {
    /// By a Rust function.
    Closure(Rc<BackwardFn>),
    /// By code that the engine cannot run, under a number that its owner knows: the walk stops and asks
    /// (see [`Event::Function`](super::Event::Function)).
    Outside(u64),
}

/// What passes from the forward of a function to its backward: PyTorch's `ctx`.
#[derive(Clone)]
pub struct Context(pub(super) Rc<Parts>);

pub(super) struct Parts {
    pub(super) engine: Engine,
    /// The inputs, until the forward is done.
    pub(super) inputs: RefCell<Vec<Tensor>>,
    pub(super) needs: Vec<bool>,
    pub(super) to_save: RefCell<Vec<Option<Tensor>>>,
    pub(super) saved: RefCell<Option<Vec<Saved>>>,
    pub(super) constants: RefCell<Vec<Tensor>>,
    pub(super) dirty: RefCell<Vec<Tensor>>,
    pub(super) materialize: Cell<bool>,
    pub(super) node: RefCell<Weak<Node>>,
}

/// A place of `save_for_backward`.
pub(super) type Saved = Option<(Role, SavedTensor)>;

/// What a saved tensor is to the node.
#[derive(Clone, Copy)]
pub(super) enum Role {
    Input(usize),
    Output(usize),
    Neither,
}

/// Calls a function written in Rust. The outputs are what `forward` gives, with the function as their past.
///
/// # Errors
/// What `forward` says; [`Error::LeafInPlace`] for a leaf that it marks as dirty.
pub fn apply(
    engine: &Engine,
    name: &str,
    inputs: &[&Tensor],
    forward: impl FnOnce(&Context, &[&Tensor]) -> Result<Vec<Tensor>>,
    backward: impl Fn(&Context, &[Option<Tensor>]) -> Result<Vec<Option<Tensor>>> + 'static,
) -> Result<Vec<Tensor>> {
    let context = Context::begin(engine, inputs);
    let outputs = engine.no_grad(|| forward(&context, inputs))?;
    context.finish(name, Backward::Closure(Rc::new(backward)), &outputs)
}

impl Context {
    /// The first half of a call.
    pub fn begin(engine: &Engine, inputs: &[&Tensor]) -> Self {
        let recording = engine.is_recording();
        Self(Rc::new(Parts {
            engine: engine.clone(),
            needs: inputs.iter().map(|t| recording && t.requires_grad()).collect(),
            inputs: RefCell::new(inputs.iter().map(|&t| t.clone()).collect()),
            to_save: RefCell::default(),
            saved: RefCell::default(),
            constants: RefCell::default(),
            dirty: RefCell::default(),
            materialize: Cell::new(true),
            node: RefCell::default(),
        }))
    }

    /// For each input, whether its gradient is asked for: `ctx.needs_input_grad`.
    pub fn needs_input_grad(&self) -> &[bool] {
        &self.0.needs
    }

    /// Keeps tensors for backward: `ctx.save_for_backward`. They must not be overwritten before.
    pub fn save_for_backward(&self, tensors: &[Option<&Tensor>]) {
        *self.0.to_save.borrow_mut() = tensors.iter().map(|t| t.cloned()).collect();
    }

    /// What was kept: `ctx.saved_tensors`.
    ///
    /// # Errors
    /// [`Error::BackwardTwice`] if it was freed, [`Error::ModifiedInPlace`] if it was overwritten since.
    pub fn saved_tensors(&self) -> Result<Vec<Option<Tensor>>> {
        let node = self.0.node.borrow().upgrade().ok_or(Error::BackwardTwice)?;
        let saved = self.0.saved.borrow();
        let unpack = |item: &Saved| {
            let unpack = |(role, saved): &(Role, SavedTensor)| {
                saved.unpack(match role {
                    Role::Input(i) => node.inputs()[*i].history.clone(),
                    Role::Output(i) => History::Op(Rc::clone(&node), *i),
                    Role::Neither => History::None,
                })
            };
            item.as_ref().map(unpack).transpose()
        };
        saved.as_ref().ok_or(Error::BackwardTwice)?.iter().map(unpack).collect()
    }

    /// Declares outputs that no gradient flows through: `ctx.mark_non_differentiable`.
    pub fn mark_non_differentiable(&self, outputs: &[&Tensor]) {
        self.0.constants.borrow_mut().extend(outputs.iter().map(|&t| t.clone()));
    }

    /// Declares inputs that the forward has written to: `ctx.mark_dirty`. They must be outputs.
    pub fn mark_dirty(&self, inputs: &[&Tensor]) {
        self.0.dirty.borrow_mut().extend(inputs.iter().map(|&t| t.clone()));
    }

    /// Whether backward gets zeros (as it does by default) or `None` for outputs that no gradient came back to:
    /// `ctx.set_materialize_grads`.
    pub fn set_materialize_grads(&self, materialize: bool) {
        self.0.materialize.set(materialize);
    }

    /// The second half of a call: `outputs` are what the forward has computed. A gradient will be asked of `backward`
    /// once for all of them.
    ///
    /// # Errors
    /// [`Error::LeafInPlace`] for a leaf that was marked as dirty; [`Error::Shape`] if an inference tensor is saved.
    pub fn finish(&self, name: &str, backward: Backward, outputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let inputs = self.0.inputs.take();
        let (constants, dirty) = (self.0.constants.take(), self.0.dirty.take());
        let to_save = self.0.to_save.take();
        let is_in = |list: &[Tensor], t: &Tensor| list.iter().any(|other| other.same_as(t));
        if !self.0.needs.contains(&true) {
            return Ok(outputs.to_vec());
        }
        for t in &dirty {
            t.check_dirty()?;
        }
        // An input that is given back is another tensor, unless it was written to.
        let fresh = |t: &Tensor| {
            if is_in(&inputs, t) && !is_in(&dirty, t) { t.with_history(History::None) } else { t.clone() }
        };
        let results: Vec<Tensor> = outputs.iter().map(fresh).collect();
        let custom = Custom::new(name, backward, self.clone());
        let borrowed: Vec<&Tensor> = inputs.iter().collect();
        // The node is the past of these stand-ins first, so that constants and written views are told apart.
        let stand_ins: Vec<Tensor> = results.iter().map(|t| t.with_history(History::None)).collect();
        let engine = &self.0.engine;
        engine.record(Op::Custom(custom), &borrowed, &stand_ins.iter().collect::<Vec<_>>())?;
        let Some(node) = stand_ins.first().and_then(Tensor::grad_fn) else { return Ok(results) };
        *self.0.node.borrow_mut() = Rc::downgrade(&node);
        let save = |t: &Option<Tensor>| {
            let save = |t: &Tensor| {
                let role = inputs.iter().position(|i| i.same_as(t)).map(Role::Input);
                let role = role.or_else(|| outputs.iter().position(|o| o.same_as(t)).map(Role::Output));
                Ok::<_, Error>((role.unwrap_or(Role::Neither), SavedTensor::new(t)?))
            };
            t.as_ref().map(save).transpose()
        };
        *self.0.saved.borrow_mut() = Some(to_save.iter().map(save).collect::<Result<_>>()?);
        for ((out, stand_in), given) in results.iter().zip(&stand_ins).zip(outputs) {
            if is_in(&constants, given) || !out.dtype().is_floating_point() {
                continue;
            }
            if is_in(&dirty, out) {
                out.rebase(stand_in)?;
            } else {
                out.set_history(stand_in.history());
            }
        }
        Ok(results)
    }

    /// Whether its node is still there.
    pub fn is_live(&self) -> bool {
        self.0.node.borrow().strong_count() > 0
    }

    /// Lets go of what was saved.
    pub(crate) fn release(&self) {
        *self.0.saved.borrow_mut() = None;
    }

    /// The gradients of the outputs as backward is to see them.
    pub(crate) fn materialized(
        &self,
        node: &Node,
        gradients: &[Option<Tensor>],
    ) -> Result<Vec<Option<Tensor>>> {
        let fill = |(i, g): (usize, &Option<Tensor>)| match (g, node.outputs().get(i)) {
            (None, Some(out)) if self.0.materialize.get() => {
                self.0.engine.full(&out.shape, 0.0, out.dtype).map(Some)
            }
            _ => Ok(g.clone()),
        };
        gradients.iter().enumerate().map(fill).collect()
    }
}

/// What a function gave as gradients, checked against the inputs of its node.
///
/// # Errors
/// [`Error::Shape`], in PyTorch's words, if there are too few or too many.
pub(crate) fn checked(node: &Node, mut gradients: Vec<Option<Tensor>>) -> Result<Vec<Option<Tensor>>> {
    let expected = node.inputs().len();
    // PyTorch forgives more gradients than inputs if they are None.
    while gradients.len() > expected && matches!(gradients.last(), Some(None)) {
        gradients.pop();
    }
    if gradients.len() == expected {
        return Ok(gradients);
    }
    Err(Error::Shape(format!(
        "function {} returned an incorrect number of gradients (expected {expected}, got {})",
        node.grad_fn(),
        gradients.len()
    )))
}
